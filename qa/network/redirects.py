"""Where an answer sends on to; followed by us, because `requests` would read the whole body of each redirect."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urljoin

_REDIRECTS = frozenset((301, 302, 303, 307, 308))


def redirect_target(here: str, status: int, location: str) -> str:
    """The address that a redirect leads to; "" where this is none."""
    location = location.strip() if status in _REDIRECTS else ""
    if not location:
        return ""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(here, location)
    except ValueError:
        return ""
