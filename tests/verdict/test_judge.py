"""Severities, waivers, the gate, the exit code."""

from dataclasses import replace
from datetime import date

import pytest

from qa.finding import Cause, Code, Finding, Outcome, Result, Severity, Waiver
from qa.profile.model import Profile
from qa.report.examine import exit_code
from qa.source import Place
from qa.verdict import precedence
from qa.verdict.judge import MOST_FINDINGS, Decision, Verdict, conclude

LOUD = Code("too-loud", Severity.ERROR, "It is too loud.", "Turn it down.")
DIM = Code("too-dim", Severity.WARNING, "It is too dim.", "Turn it up.")
TODAY = date(2026, 3, 1)


def _result(*findings: Finding, outcome: Outcome = Outcome.FAILED) -> Result:
    return Result("noise", "Title", "invite", outcome, "", findings, (LOUD, DIM), "email")


def _waiver(until: date = TODAY, code: str = "too-loud") -> Waiver:
    return Waiver(code=code, reason="agreed", who="Kim", until=until, where=Place("waivers.yaml", 1))


def _judge(*results: Result, waivers: tuple[Waiver, ...] = (), **fields: object) -> Verdict:
    return conclude(results, Profile(**fields), waivers, TODAY)  # type: ignore[arg-type]


def test_nothing_found_goes() -> None:
    verdict = _judge(_result(outcome=Outcome.PASSED))
    assert verdict.decision is Decision.GO
    assert not any(verdict.counts.values())


def test_warnings_and_questions_go_under_the_usual_gate() -> None:
    verdict = _judge(_result(Finding("too-dim", "x"), Finding("too-loud", "x", review=True)))
    assert verdict.decision is Decision.GO
    assert (verdict.counts["warning"], verdict.counts["review"]) == (1, 1)


@pytest.mark.parametrize(
    ("code", "gate", "decision"),
    [
        ("too-loud", Severity.ERROR, Decision.HELD),
        ("too-dim", Severity.WARNING, Decision.HELD),
        ("too-loud", None, Decision.GO),
    ],
)
def test_the_gate_holds(code: str, gate: Severity | None, decision: Decision) -> None:
    assert _judge(_result(Finding(code, "x")), gate=gate).decision is decision


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ((), "no check was chosen"),
        ((_result(outcome=Outcome.SKIPPED),), "every check was skipped"),
        ((replace(_result(outcome=Outcome.PASSED), check="build"),), "no check was chosen"),
    ],
)
def test_where_nothing_was_looked_at_nothing_goes(results: tuple[Result, ...], why: str) -> None:
    verdict = _judge(*results)
    assert verdict.decision is Decision.INCOMPLETE
    assert why in verdict.results[-1].reason


def test_a_broken_build_says_itself_that_nothing_was_looked_at() -> None:
    broken = replace(_result(outcome=Outcome.BROKEN), check="build")
    verdict = _judge(broken, _result(outcome=Outcome.SKIPPED))
    assert verdict.decision is Decision.INCOMPLETE
    assert [weight.result.check for weight in verdict.results] == ["build", "noise"]


def test_broken_is_incomplete_unless_something_is_held() -> None:
    broken = _result(outcome=Outcome.BROKEN)
    assert _judge(broken).decision is Decision.INCOMPLETE
    assert _judge(broken, _result(Finding("too-loud", "x"))).decision is Decision.HELD


def test_the_team_sets_the_weight() -> None:
    assert _judge(_result(Finding("too-loud", "x")), severities={"too-loud": Severity.INFO}).decision is Decision.GO
    off = _judge(_result(Finding("too-loud", "x")), severities={"too-loud": None})
    assert off.results[0].outcome is Outcome.SKIPPED
    assert "switched off" in off.results[0].reason


def test_one_cause_is_told_once_and_weighs_as_much_as_the_heaviest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "precedence", lambda: {"too-dim": frozenset({"too-loud"})})
    lamp = Cause("lamp", "1")
    dim, loud = Finding("too-dim", "x", causes=(lamp,)), Finding("too-loud", "y", causes=(lamp,))
    verdict = _judge(_result(dim), _result(loud))
    assert verdict.decision is Decision.HELD
    assert [judged.severity for result in verdict.results for judged in result.judged] == [Severity.ERROR]
    assert (verdict.results[1].outcome, verdict.results[1].reason) == (Outcome.FAILED, "told by too-dim")
    off = _judge(_result(dim), _result(loud), severities={"too-dim": None})
    assert [judged.finding.code for result in off.results for judged in result.judged] == ["too-loud"]


def test_a_question_that_another_finding_answers_is_open_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "precedence", lambda: {"too-dim": frozenset({"too-loud"})})
    lamp = Cause("lamp", "1")
    verdict = _judge(
        _result(Finding("too-dim", "x", causes=(lamp,))),
        _result(Finding("too-loud", "y", review=True, causes=(lamp,)), outcome=Outcome.REVIEW),
    )
    assert (verdict.results[1].outcome, verdict.results[1].reason) == (Outcome.SKIPPED, "told by too-dim")


def test_the_same_cause_in_two_assets_is_told_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "precedence", lambda: {"too-dim": frozenset({"too-loud"})})
    lamp = Cause("lamp", "1")
    other = replace(_result(Finding("too-loud", "y", causes=(lamp,))), asset="reminder")
    verdict = _judge(_result(Finding("too-dim", "x", causes=(lamp,))), other)
    assert [len(result.judged) for result in verdict.results] == [1, 1]


def test_many_findings_are_counted_not_listed() -> None:
    verdict = _judge(_result(*(Finding("too-loud", f"{n}") for n in range(50))))
    judged = verdict.results[0].judged
    assert len(judged) == MOST_FINDINGS
    assert judged[-1].finding.message.startswith("41 more of the kind")


def test_what_was_accepted_is_not_counted_with_the_rest() -> None:
    accepted = replace(_waiver(), contains="no. 4")
    verdict = _judge(_result(*(Finding("too-loud", f"no. {n}") for n in range(50))), waivers=(accepted,))
    assert [judged.waiver is None for judged in verdict.results[0].judged] == [True] * 4 + [False] + [True] * 5 + [
        False
    ]
    assert verdict.results[0].judged[-2].finding.message.startswith("31 more of the kind")


def test_a_waiver_in_force_takes_the_weight_away_and_is_shown() -> None:
    verdict = _judge(_result(Finding("too-loud", "x")), waivers=(_waiver(),))
    assert verdict.decision is Decision.GO
    assert verdict.counts["waived"] == 1
    assert verdict.results[0].judged[0].waiver == _waiver()
    assert verdict.results[-1].outcome is Outcome.PASSED


def test_a_finding_of_several_things_needs_a_waiver_for_each() -> None:
    both = Finding("too-loud", "x and y are too loud", each=("x.png", "y.png"))
    one, other = (replace(_waiver(), contains=name) for name in ("x.png", "y.png"))
    assert _judge(_result(both), waivers=(one,)).decision is Decision.HELD
    assert _judge(_result(both), waivers=(one,)).results[-1].outcome is Outcome.PASSED  # it covers something
    assert _judge(_result(both), waivers=(one, other)).decision is Decision.GO
    assert _judge(_result(both), waivers=(replace(one, contains=".png"),)).decision is Decision.GO
    alone = Finding("too-loud", "x is too loud", each=("x.png",))
    assert _judge(_result(alone), waivers=(replace(one, contains="too loud"),)).decision is Decision.GO


def test_a_waiver_that_ran_out_covers_nothing_and_says_so() -> None:
    verdict = _judge(_result(Finding("too-loud", "x")), waivers=(_waiver(date(2026, 2, 28)),))
    assert verdict.decision is Decision.HELD
    assert [judged.finding.code for judged in verdict.results[-1].judged] == ["expired-waiver"]


def test_a_waiver_nothing_needed_says_so() -> None:
    verdict = _judge(_result(outcome=Outcome.PASSED), waivers=(_waiver(),))
    assert [judged.finding.code for judged in verdict.results[-1].judged] == ["unused-waiver"]


@pytest.mark.parametrize(
    ("check", "asset", "said"),
    [("build", "", 0), ("build", "invite", 0), ("build", "other", 1), ("noise", "", 0), ("noise", "other", 1)],
)
def test_a_waiver_of_what_could_not_be_looked_at_is_not_called_unused(check: str, asset: str, said: int) -> None:
    broken = Result(check, "Title", "invite", Outcome.BROKEN, codes=() if check == "build" else (LOUD,))
    waiver = replace(_waiver(), asset=asset)
    assert len(_judge(broken, waivers=(waiver,)).results[-1].judged) == said


def test_a_code_that_is_switched_off_asks_nobody_to_decide() -> None:
    asking = _result(Finding("too-loud", "x", review=True))
    assert [judged.severity for judged in _judge(asking).results[0].judged] == [None]
    assert _judge(asking, severities={"too-loud": None}).results[0].judged == ()


def test_the_worst_of_many_exit_codes() -> None:
    assert exit_code([0, 3, 1]) == 1
    assert exit_code([0, 2, 3]) == 2
    assert exit_code([0, 3]) == 3
    assert exit_code([0]) == 0


def test_a_waiver_is_not_called_unused_for_what_a_part_of_a_run_left_out() -> None:
    passed, unasked = _result(outcome=Outcome.PASSED), replace(_result(outcome=Outcome.SKIPPED), asset="reminder")

    def told(waiver: Waiver, *left_out: Result) -> list[str]:
        verdict = conclude([passed], Profile(), (waiver,), TODAY, left_out)
        return [judged.finding.code for weight in verdict.results for judged in weight.judged]

    assert told(_waiver()) == ["unused-waiver"]
    assert told(_waiver(), unasked) == []
    assert told(replace(_waiver(), asset="reminder"), unasked) == []
    assert told(replace(_waiver(), asset="invite"), unasked) == ["unused-waiver"]
