"""What does a check say? Findings, their codes and severities, and the words for 'not looked at'."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.source import Place


class Severity(StrEnum):
    """How much a finding weighs; the profile can change what a code's default says."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """How one check went on one asset. What was not looked at is never PASSED."""

    PASSED = "passed"
    FAILED = "failed"
    REVIEW = "review"
    SKIPPED = "skipped"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Code:
    """One way of failing, for ever: never reused, never renamed."""

    name: str
    severity: Severity
    meaning: str  # one line for the catalogue
    fix: str  # what to do about it, said to a builder


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reviewer should know.

    ``message`` is a whole sentence that says what is and what should be; ``expected`` and ``actual`` are the two bare
    values to set side by side. ``review`` marks what a person must decide; it never gates. ``each`` holds the things it
    speaks of, one by one, where there are several: a waiver for one of them must not cover the others.
    """

    code: str
    message: str
    where: Place | None = None
    request: Place | None = None
    expected: str | None = None
    actual: str | None = None
    fix: str = ""  # empty: the code's own
    review: bool = False
    each: tuple[str, ...] = ()
    view: str = ""  # the one view it was seen in; empty: whichever shows the place


class Skip(Exception):
    """Raised by a check or a gatherer: not asked for, or the build has no such part. The text is the reason."""


class Fault(Exception):
    """Raised by a gatherer: it should have worked and could not. The text is one clear line for a person."""


class Unusable(Exception):
    """The command, the request or the configuration cannot be used: every complaint, one a line (exit code 2)."""

    def __init__(self, *complaints: str) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints
