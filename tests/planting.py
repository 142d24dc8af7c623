"""Planted defects: each found once, by the right code, in the right place, and nothing else said without reason.

Plants each case of tests/defects.py in a copy of its base, runs the whole catalogue in process once, and draws several
conclusions from the same results: of the whole, of the defect's own check alone, and with the defect's code off.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from qa.build.campaign import Campaign
from qa.check import all_checks, registry
from qa.finding import Finding, Outcome, Result, Severity, Waiver
from qa.profile.codes import known_codes
from qa.profile.model import Profile
from qa.request import Request, load_request
from qa.testing import needs_browser, shared
from qa.verdict.judge import Decision, Verdict, conclude
from qa.verdict.waivers import load_waivers
from tests.defects import BASES, Case, Edit, Expectation, bases, harmless, planted
from tests.running import run
from tests.turns import TURNS

TODAY = date(2031, 1, 15)  # before every send date of the bases
FOUND = "found"
HELD, NOBODY_ELSE = "held", "nobody else saw it"
_Judged = TypeVar("_Judged")
_LOUD = (Severity.ERROR.value, Severity.WARNING.value)


@dataclass(frozen=True)
class Said:
    """A finding, as far as it is compared."""

    code: str
    severity: str
    asset: str | None
    message: str
    text: str = field(compare=False, default="")
    file: str = field(compare=False, default="")
    line: int | None = field(compare=False, default=None)
    check: str = field(compare=False, default="")

    def __str__(self) -> str:
        return f"{self.severity} {self.code} [{self.asset}] {self.file}:{self.line} {self.message}"


@dataclass(frozen=True)
class Examined:
    """What came of one folder: every finding nobody waived, how each check went, and what all this was made of."""

    said: tuple[Said, ...]
    outcomes: Mapping[tuple[str, str | None], str]
    results: tuple[Result, ...]
    waivers: tuple[Waiver, ...]

    @property
    def broken(self) -> list[str]:
        return [
            f"{check} [{asset}] {how}"
            for (check, asset), how in self.outcomes.items()
            if how.startswith(Outcome.BROKEN)
        ]


@dataclass(frozen=True)
class Answer:
    """What became of a case: "found", or what went wrong; ``noise`` is what was said beside it.

    ``alone``: the same of the defect's own check, had it run alone. ``switched_off``: what becomes of the campaign
    where the defect's code is switched off: "held", "nobody else saw it", or who did although the campaign goes.
    """

    case: Case
    outcome: str
    noise: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    alone: str = ""
    switched_off: str = ""

    @property
    def detected(self) -> bool:
        return self.outcome in (FOUND, "noise", "twice")


def examine(folder: Path, request: Request, *, render: bool, day: date = TODAY) -> Examined:
    """Run the whole catalogue over a folder as if it were that day, without a browser unless asked."""
    drawn = () if render else tuple(check.id for check in all_checks().values() if needs_browser(check))
    profile = Profile(render=render, skip=drawn)
    results = run(Campaign(folder, folder.name), request, profile, day).results
    waivers = load_waivers(folder, known_codes(registry()))
    verdict = conclude(results, profile, waivers, day)
    outcomes = {(w.result.check, w.result.asset): f"{w.outcome.value} {w.reason}".strip() for w in verdict.results}
    return Examined(tuple(_said(verdict)), outcomes, results, waivers)


def _said(verdict: Verdict) -> Iterator[Said]:
    for weight in verdict.results:
        for judged in weight.judged:
            if judged.waiver is None:
                yield _as_said(judged.finding, judged.severity, weight.result)


def _as_said(finding: Finding, severity: Severity | None, result: Result) -> Said:
    where = finding.where
    text = "\n".join(filter(None, (finding.message, finding.expected, finding.actual)))
    weight = severity.value if severity else "review"
    place = (where.file, where.line) if where else ("", None)
    return Said(finding.code, weight, result.asset, finding.message, text, *place, result.check)


@cache
def baseline(base: str, render: bool = False) -> Examined:
    """What is said of a base as it is."""
    return examine(BASES / base, _request(base), render=render)


@cache
def _request(base: str) -> Request:
    return load_request(BASES / base)


def answer(case: Case) -> Answer:
    """Plant one case in a copy of its base, and judge what is said of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / case.base
        shutil.copytree(BASES / case.base, folder)
        lines = [plant(folder, edit) for edit in case.edits]
        asked_again = any(edit.file.startswith(("request", "assets/")) for edit in case.edits)
        request = load_request(folder) if asked_again else _request(case.base)
        after = examine(folder, request, render=case.render)
        before = baseline(case.base, case.render)
        if case.expect is None:
            return _unchanged(case, before, after)
        return _judged(case, case.expect, before, after, _wanted_lines(folder, case, lines))


def plant(folder: Path, edit: Edit, origin: Path = BASES) -> tuple[int, int]:
    """Make an edit; the first and the last line it touched. An edit that changes nothing is an error.

    ``origin``: where the folder was copied from, for edits that copy a file.
    """
    file = folder / edit.file
    before = file.read_bytes() if file.exists() else b""
    lines = (1, 1)
    if edit.delete:
        file.unlink()
    elif edit.copy:
        file.write_bytes((origin / folder.name / edit.copy).read_bytes())
    elif edit.turn:
        TURNS[edit.turn](file)
    else:
        text, start, end = _rewritten(before.decode("utf-8"), edit)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        lines = (text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
    if not edit.delete and not edit.turn.startswith("file:") and file.read_bytes() == before:
        raise AssertionError(f"{edit.file}: the edit changes nothing")
    return lines


def _rewritten(text: str, edit: Edit) -> tuple[str, int, int]:
    if not edit.find:
        return edit.prepend + text + edit.append, 0 if edit.prepend else len(text), len(text) + len(edit.append)
    pattern = re.compile(edit.find if edit.regex else re.escape(edit.find), re.DOTALL)
    hits = list(pattern.finditer(text))
    if edit.nth:
        hits = hits[edit.nth - 1 : edit.nth]
    if not hits or (len(hits) > 1 and not edit.every):
        raise AssertionError(f"{edit.file}: {edit.find!r} is there {len(hits)} times")
    new = [hit.expand(edit.replace) if edit.regex else edit.replace for hit in hits]
    pieces, at = [], 0
    for hit, replacement in zip(hits, new, strict=True):
        pieces += [text[at : hit.start()], replacement]
        at = hit.end()
    return "".join([*pieces, text[at:]]), hits[0].start(), hits[0].start() + len(new[0])


def _wanted_lines(folder: Path, case: Case, lines: list[tuple[int, int]]) -> range | None:
    """The lines the finding may stand in; None where the finding's own words say enough."""
    expect = case.expect
    assert expect is not None
    if expect.at:
        text = (folder / case.edits[0].file).read_text("utf-8")
        at = text.find(expect.at)
        assert at >= 0, f"{case.name}: {expect.at!r} is not in the edited file"
        line = text.count("\n", 0, at) + 1
        return range(line, line + 1)
    return None if expect.contains else range(lines[0][0], lines[0][1] + 1)


def _judged(case: Case, expect: Expectation, before: Examined, after: Examined, lines: range | None) -> Answer:
    new = _new(before.said, after.said)
    named = [said for said in new if said.code == expect.code]
    hits = [said for said in named if _fits(said, expect, lines)]
    rest = [said for said in new if said not in hits and said.severity in _LOUD and said.code not in case.also]
    noise = (*map(str, rest), *(broken for broken in after.broken if broken not in before.broken))
    if hits and len(named) == 1:
        outcome = "noise" if noise else FOUND
    elif named:
        outcome = "twice" if len(named) > 1 else "wrong place"
    else:
        outcome = "wrong code" if noise else "missed"
    alone, switched_off = _alone(expect, before, after, lines), _switched_off(expect, before, after)
    return Answer(case, outcome, noise, tuple(map(str, new)), alone, switched_off)


def _new(before: Iterable[Said], after: Iterable[Said]) -> list[Said]:
    return list((Counter(after) - Counter(before)).elements())


def _fits(said: Said, expect: Expectation, lines: range | None) -> bool:
    placed = lines is None or said.line in lines
    return said.code == expect.code and said.asset == expect.asset and expect.contains in said.text and placed


def _alone(expect: Expectation, before: Examined, after: Examined, lines: range | None) -> str:
    """What the check that has the code says of the defect where no other check runs beside it."""
    own = {result.check for result in after.results if any(code.name == expect.code for code in result.codes)}

    def alone(examined: Examined) -> Iterator[Said]:
        # A code that is no check's own is the verdict's, which sees what all of them say.
        results = [result for result in examined.results if not own or result.check in own]
        return _said(conclude(results, Profile(), examined.waivers, TODAY))

    new = _new(alone(before), alone(after))
    if any(_fits(said, expect, lines) for said in new):
        return FOUND
    return "\n".join([f"missed by {', '.join(sorted(own))} alone", *map(str, new)])


def _switched_off(expect: Expectation, before: Examined, after: Examined) -> str:
    """What becomes of the campaign where the team switched the code off, and another check made an error of it."""
    others = [said for said in _new(_errors(before), _errors(after)) if said.code != expect.code]
    if not others:
        return NOBODY_ELSE
    verdict = conclude(after.results, Profile(severities={expect.code: None}), after.waivers, TODAY)
    return HELD if verdict.decision is not Decision.GO else "\n".join(["go, in spite of", *map(str, others)])


def _errors(examined: Examined) -> Iterator[Said]:
    """Every error as its check made it, shown or not."""
    for result in examined.results:
        severe = {code.name for code in result.codes if code.severity is Severity.ERROR}
        for finding in result.findings:
            if finding.code in severe and not finding.review:
                yield _as_said(finding, Severity.ERROR, result)


def _unchanged(case: Case, before: Examined, after: Examined) -> Answer:
    """Whether a harmless edit left everything as it was: the same findings, every check with the same outcome."""

    def keys(examined: Examined) -> Counter[tuple[str, ...]]:
        found = [(said.code, said.severity, str(said.asset)) for said in examined.said]
        return Counter([*found, *((*map(str, key), value) for key, value in examined.outcomes.items())])

    changed = [*(keys(after) - keys(before)), *(keys(before) - keys(after))]
    noise = tuple(" ".join(key) for key in changed)
    return Answer(case, "changed" if noise else FOUND, noise, tuple(map(str, after.said)))


def answers(cases: Iterable[Case], jobs: int = 2) -> list[Answer]:
    """Every case judged, in order, by a few processes; the cases of a base stay together, so that it is read once."""
    listed = list(cases)
    groups = sorted({case.base for case in listed}, key=lambda base: -sum(case.base == base for case in listed))
    batches = [[case for case in listed if case.base == base] for base in groups]
    with _pool(jobs) as pool:
        done = {id_: found for batch in pool.map(_batch, batches) for id_, found in batch}
    return [done[case.kind, case.number] for case in listed]


@cache
def answered(*, render: bool) -> Mapping[str, Answer]:
    """Every case of the corpus by its name, judged once for all tests: those only a browser sees, or the others."""
    cases = [case for case in (*planted(), *harmless()) if case.render is render]
    return {answer.case.name: answer for answer in answers(cases)}


def examine_bases() -> dict[str, Examined]:
    """What is said of every base as it is."""
    return dict(zip(bases(), in_processes(baseline, bases()), strict=True))


def in_processes(judge: Callable[[str], _Judged], names: list[str]) -> list[_Judged]:
    """Something judged for each name, by two processes."""
    with _pool(2) as pool:
        return list(pool.map(judge, names))


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_settle_the_day)


def _settle_the_day() -> None:
    os.environ["QA_TODAY"] = TODAY.isoformat()


def _batch(cases: list[Case]) -> list[tuple[tuple[str, int], Answer]]:
    try:
        return [((case.kind, case.number), answer(case)) for case in cases]
    finally:
        shared().close()  # a process of a pool ends without atexit
