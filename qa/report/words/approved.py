"""The sentences a report says of what was accepted before: when, by whom, and why where it was not GO."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa.text.phrases import listed, sentence


def approved_in_words(document: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for everything that was accepted at once; with names where it was not the whole campaign."""
    approvals = document.get("approvals") or ()
    together: dict[tuple[str, ...], list[str | None]] = {}
    for each in approvals:
        key = (each["accepted"], each["by"], each["verdict"], each["reason"])
        together.setdefault(key, []).append(each["asset"])
    for (accepted, by, verdict, reason), assets in together.items():
        names = [name for name in assets if name is not None]
        of = f" ({listed(names)})" if names and len(together) > 1 else ""
        although = "" if verdict == "go" else f", although the report was {verdict}"
        why = f": {reason}" if reason else ""
        yield sentence(f"on {accepted}{f' by {by}' if by else ''}{of}{although}{why}")
