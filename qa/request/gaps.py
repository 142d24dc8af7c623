"""Fields that a request leaves empty, and the checks of a build that are skipped without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qa.facts import facts
from qa.finding import Code, Finding
from qa.request.part import Asked
from qa.source import Place


def gap(code: Code, where: Place | None, message: str = "", *, asking: str = "") -> Finding:
    """A finding about something missing: the code's meaning or a message of its own, and what is skipped for it.

    ``asking`` is what a person must decide, where one must.
    """
    checks = facts("triage")["skipped"].get(code.name, ())
    skipped = f"Without it, `qa run` skips {', '.join(checks)}." if checks else ""
    said = " ".join(filter(None, (message or code.meaning, skipped, asking)))
    return Finding(code.name, said, request=where, review=bool(asking))


def gaps(part: Asked, codes: Mapping[str, Code]) -> Iterator[Finding]:
    """A finding for each of these fields that is empty."""
    for field, code in codes.items():
        if not getattr(part, field):
            yield gap(code, part.place())
