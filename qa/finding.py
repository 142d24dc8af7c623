"""Findings: what a check says, its codes, causes and severities, and the words for what was not looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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
class Cause:
    """One thing in a build or a request that something is wrong with, named alike by every check that meets it.

    ``kind`` is the sort of thing ("link", "merge-tag", "picture", "passage", "asked-link" …; `qa.artefacts.causes`
    makes them all), ``key`` tells it from others of its sort in this asset, and ``name`` is what people call it,
    wherever it stands: only that goes into the id of a finding, so that a line put in above changes no id.
    """

    kind: str
    key: str
    name: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reviewer should know.

    ``message`` is a whole sentence that says what is and what should be; ``expected`` and ``actual`` are the two bare
    values to set side by side. ``review`` marks what a person must decide; it never gates. ``each`` holds the things it
    speaks of, one by one, where there are several: a waiver for one of them must not cover the others.

    ``causes`` are all the things that are wrong as far as this finding sees. Where each of them is told better by
    another finding, this one is not shown (qa/data/precedence.toml says which code tells what better); a check never
    stays silent for another one. None: nobody else can mean the same.
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
    causes: tuple[Cause, ...] = ()
    id: str = ""  # what it is known by in every run; the verdict gives it, no check does


@dataclass(frozen=True, slots=True)
class Result:
    """What one check says of one subject, before anything is weighed: whole, and the same under every profile.

    ``asset`` is the name of the email, page or segment, None for the campaign; ``kind`` tells an email from a segment
    of the same name. ``reason`` says why it was skipped or is broken, ``trace`` where in the code it broke.
    """

    check: str
    title: str
    asset: str | None
    outcome: Outcome
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    codes: tuple[Code, ...] = ()
    kind: str = ""  # "email", "page", "segment", "campaign" or "request"
    trace: str = ""

    @property
    def subject(self) -> tuple[str, str | None]:
        """What it was asked of."""
        return self.kind, self.asset


class Skip(Exception):
    """Raised by a check or a gatherer: not asked for, or the build has no such part. The text is the reason."""


class Fault(Exception):
    """Raised by a gatherer: it should have worked and could not. The text is one clear line for a person.

    ``trace`` is where in the code, of what nobody had foreseen.
    """

    trace = ""


class Unusable(Exception):
    """The command, the request or the configuration cannot be used: every problem, one a line (exit code 2)."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, eq=False)  # two that read alike are still two
class Judged:
    """A finding with the weight the team gives it. ``severity`` is None for what a person must decide.

    ``stands_for`` is more than one where the line only counts findings that are not shown one by one.
    """

    finding: Finding
    severity: Severity | None
    fix: str
    waiver: Waiver | None = None
    stands_for: int = 1


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted finding. ``until`` is its last day; an empty ``asset`` or ``contains`` means any."""

    code: str
    reason: str
    who: str
    until: date
    where: Place
    asset: str = ""
    contains: str = ""

    def concerns(self, code: str, asset: str | None) -> bool:
        """Whether it is for findings of a code in an asset at all."""
        return code == self.code and (not self.asset or asset == self.asset)

    def covers(self, thing: str) -> bool:
        """Whether it covers one of the `things` a finding it concerns speaks of, by its wording."""
        return self.contains in thing

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return today > self.until


def things(finding: Finding) -> tuple[str, ...]:
    """What a finding speaks of, one by one; of a single thing its message and the value found."""
    return finding.each if len(finding.each) > 1 else (f"{finding.message}\n{finding.actual or ''}",)
