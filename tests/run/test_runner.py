"""The engine: what is gathered, what a fault becomes, what is never called passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from qa.build.campaign import Campaign
from qa.check import Check, Gatherer, MisdeclaredCheck, Registry, _needs, all_checks, check, registry
from qa.finding import Code, Fault, Finding, Outcome, Result, Severity, Skip
from qa.profile.model import Profile
from qa.request import Request
from qa.run import Job, Session, Subject, answer
from qa.run.needs import kinds
from qa.testing import run_check, write_campaign
from tests.running import run

CODE = Code("too-loud", Severity.ERROR, "It is too loud.", "Turn it down.")


@dataclass(frozen=True)
class Noise:
    """An artefact for these tests."""

    level: int


def _check(function: Any) -> Check:
    return Check("noise", "Title", "Why.", "", "", (CODE,), (Noise,), None, function, __name__)


def _asked(function: Any, given: object = None) -> Result:
    return _answered(_check(function), {Noise: given or Noise(1)}, registry())


def _answered(check: Check, given: dict[type, object], known: Registry) -> Result:
    subject = Subject("email", "invite", given, Session(registry=known))
    return answer(Job(Campaign(Path(), "example"), subject, check))


def test_nothing_found_is_passed() -> None:
    assert _asked(lambda noise: []).outcome is Outcome.PASSED


def test_findings_are_failed_and_questions_are_for_review() -> None:
    assert _asked(lambda noise: [Finding("too-loud", "x")]).outcome is Outcome.FAILED
    assert _asked(lambda noise: [Finding("too-loud", "x", review=True)]).outcome is Outcome.REVIEW
    both = [Finding("too-loud", "x", review=True), Finding("too-loud", "y")]
    assert _asked(lambda noise: both).outcome is Outcome.FAILED


def test_a_reason_not_to_look_is_skipped() -> None:
    def skipping(noise: Noise) -> Iterator[Finding]:
        raise Skip("the request does not say")
        yield

    result = _asked(skipping)
    assert (result.outcome, result.reason) == (Outcome.SKIPPED, "the request does not say")


@pytest.mark.parametrize("error", [ZeroDivisionError("division by zero"), Fault("the browser died"), RecursionError()])
def test_a_check_that_fails_is_broken_and_never_passed(error: Exception) -> None:
    def failing(noise: Noise) -> Iterator[Finding]:
        yield Finding("too-loud", "x")
        raise error

    result = _asked(failing)
    assert result.outcome is Outcome.BROKEN
    assert "\n" not in result.reason


def test_a_code_nobody_declared_is_broken() -> None:
    result = _asked(lambda noise: [Finding("surprise", "x")])
    assert result.outcome is Outcome.BROKEN
    assert "surprise" in result.reason


def test_a_check_must_say_what_it_is_for() -> None:
    with pytest.raises(MisdeclaredCheck, match="docstring"):

        @check("no-reason", CODE)
        def no_reason(request: Request) -> Iterator[Finding]:
            """A title alone."""
            yield from ()

    with pytest.raises(MisdeclaredCheck, match="no code"):
        check("no-code")(lambda request: ())
    assert "no-reason" not in all_checks()


@dataclass(frozen=True)
class Silence:
    """An artefact that is not there."""


def test_a_check_can_do_without_what_is_not_there() -> None:
    def silence(noise: Noise) -> Silence:
        raise Skip("it is loud")

    def listens(noise: Noise, silence: Silence | None) -> Iterator[Finding]:
        yield Finding("too-loud", f"{noise.level}, {silence}")

    known = Registry(gatherers={Silence: Gatherer(Silence, (Noise,), silence, False)})
    needs, optional = _needs(listens)
    assert (needs, optional) == ((Noise, Silence), {Silence})
    (finding,) = _answered(replace(_check(listens), needs=needs, optional=optional), {Noise: Noise(1)}, known).findings
    assert finding.message == "1, None"
    assert _answered(replace(_check(listens), needs=needs), {Noise: Noise(1)}, known).outcome is Outcome.SKIPPED


def test_kinds_follow_from_needs() -> None:
    checks = all_checks()
    assert kinds(checks["subject-line"], registry()) == {"email"}
    assert kinds(checks["page-title"], registry()) == {"page"}
    assert kinds(checks["link-syntax"], registry()) == {"email", "page"}
    assert kinds(checks["list-count"], registry()) == {"segment"}
    assert kinds(checks["segment-overlap"], registry()) == {"campaign"}


def _run(folder: Path, **fields: Any) -> list[Result]:
    campaign = Campaign(folder, "example")
    return list(run(campaign, None, replace(Profile(render=False), **fields)).results)


def test_only_what_is_selected_runs_and_only_what_it_needs_is_gathered(tmp_path: Path) -> None:
    write_campaign(tmp_path, build="<p>x</p>", sidecar={"subject": "Hi"}, email={"subject": "Hi"})
    came_out = run(Campaign(tmp_path, "x"), None, Profile(only=("subject-line",)))
    said = [(result.check, result.outcome) for result in came_out.results]
    assert said == [("build", Outcome.PASSED), ("subject-line", Outcome.PASSED)]
    gathered = {kind.__name__ for subject in came_out.subjects for kind in subject._gathered}
    assert not {"Rendering", "Images", "Listing"} & gathered


def test_a_missing_build_is_broken_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    emails = [{"name": "lost", "build": "build/lost.html"}]
    write_campaign(tmp_path, build="<p>Hello</p>", email={"must_include": ["Hello"]}, campaign={"emails": emails})
    results = _run(tmp_path)
    lost = [result for result in results if result.asset == "lost"]
    assert [result.check for result in lost if result.outcome is Outcome.BROKEN] == ["build"]
    assert {result.outcome for result in lost if result.check != "build"} == {Outcome.SKIPPED}
    assert any(result.asset == "asset" and result.outcome is Outcome.PASSED for result in results)


def test_a_damaged_picture_breaks_no_other_check(tmp_path: Path) -> None:
    write_campaign(
        tmp_path,
        build='<p>Hello</p><img src="a.png" alt="x">',
        email={"must_include": ["Hello"]},
        files={"build/a.png": b"\x89PNG\r\n\x1a\nbroken"},
    )
    outcomes = {result.check: result.outcome for result in _run(tmp_path)}
    assert outcomes["required-wording"] is Outcome.PASSED
    assert outcomes["image-files"] is Outcome.FAILED


def test_two_runs_say_the_same(tmp_path: Path) -> None:
    write_campaign(tmp_path, build="<p>Lorem ipsum <a href='#'>x</a></p>", email={"must_include": ["Hello"]})
    assert _run(tmp_path) == _run(tmp_path)


def test_no_render_skips_what_needs_pictures(tmp_path: Path) -> None:
    write_campaign(tmp_path, build="<p>Hello</p>")
    (result,) = [result for result in _run(tmp_path) if result.check == "phone-overflow"]
    assert result.outcome is Outcome.SKIPPED
    assert "--no-render" in result.reason


def test_an_unreadable_build_is_told_in_one_line() -> None:
    answer = run_check("language", build=b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert answer.outcome is Outcome.BROKEN
    assert "PNG" in answer.reason


def test_a_folder_of_the_teams_own_checks(tmp_path: Path) -> None:
    own = tmp_path / "own_checks"
    own.mkdir()
    (own / "tone.py").write_text(
        "from qa.check import check\nfrom qa.artefacts import Markup\nfrom qa.finding import Code, Finding, Severity\n\n"
        "@check('tone', Code('shouting', Severity.WARNING, 'It shouts.', 'Whisper.'))\n"
        "def tone(markup: Markup):\n"
        '    """Nobody shouts.\n\n    Readers do not like to be shouted at.\n\n'
        "    Fails:\n        build: <p>BUY NOW!!!</p>\n\n    Passes:\n        build: <p>Hello</p>\n"
        '    """\n'
        "    if '!!!' in markup.text:\n        yield Finding('shouting', 'It shouts.')\n"
    )
    write_campaign(tmp_path, build="<p>BUY NOW!!!</p>")
    results = _run(tmp_path, only=("tone",), local_checks=own)
    assert [finding.code for result in results for finding in result.findings] == ["shouting"]
