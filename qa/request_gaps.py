"""Fields that a request leaves empty, and the checks of a build that are skipped without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qa.facts import facts
from qa.finding import Code, Finding
from qa.part import Asked
from qa.source import Place


def gap(code: Code, where: Place | None, message: str = "", *, review: bool = False) -> Finding:
    """A finding about something missing: the code's meaning or a message of its own, and what is skipped for it."""
    checks = facts("triage")["skipped"].get(code.name, ())
    skipped = f" Without it, `qa run` skips {', '.join(checks)}." if checks else ""
    return Finding(code.name, f"{message or code.meaning}{skipped}", request=where, review=review)


def gaps(part: Asked, codes: Mapping[str, Code]) -> Iterator[Finding]:
    """A finding for each of these fields that is empty."""
    for field, code in codes.items():
        if not getattr(part, field):
            yield gap(code, part.place())
