"""Are the checks of a request checks like all others: run alone, explained, waived, weighed, told once, in every report?"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from qa.artefacts import Today
from qa.build.campaign import Campaign
from qa.check import all_checks, registry
from qa.cli.command_line import main
from qa.finding import Outcome, Severity
from qa.profile.clock import Clock
from qa.profile.model import Profile
from qa.request import Request
from qa.request.brief import Brief
from qa.run import session
from qa.run.needs import is_of_request
from qa.testing import run_check, write_campaign
from qa.triage.judge import Readiness, Triage, triage
from tests.running import run

TODAY = date(2027, 2, 1)
CODES: dict[str, set[str]] = {
    "request-audience": {"no-audience", "no-suppressions", "no-seeds", "no-count", "zero-count"},
    "request-content": {"no-copy", "no-links", "no-build"},
    "request-envelope": {"no-subject", "no-preheader", "no-sender", "no-reply-to"},
    "request-files": {"missing-file", "missing-list", "empty-file", "unreadable-picture"},
    "request-form": {"no-fields", "no-consent", "no-thank-you"},
    "request-language": {"no-language"},
    "request-links": {"link-twice", "two-plans", "picture-link-unasked"},
    "request-offer-wording": {"offer-clash"},
    "request-offer-dates": {"event-too-early", "offer-over", "dates-crossed", "two-dates"},
    "request-page": {"no-title", "no-url", "no-description", "no-heading", "no-robots", "no-tags"},
    "request-people": {"no-people", "no-requester", "two-roles"},
    "request-picture-size": {"small-picture"},
    "request-pictures": {"no-alt", "no-asset"},
    "request-samples": {"sample-value"},
    "request-send-date": {"no-send-date", "send-past", "short-notice", "weekend-send"},
    "request-send-time": {"no-send-time", "no-timezone", "lost-hour", "double-hour", "unknown-zone"},
    "request-setting": {"no-platform", "no-regions"},
    "request-tokens": {"no-tokens", "unlisted-token", "bare-greeting"},
    "request-tracking": {"no-tracking", "utm-spelling"},
    "request-url-tracking": {"url-off-plan", "url-tracked"},
    "request-urls": {"sample-url", "malformed-url", "relative-url", "insecure-url", "staging-url"},
    "request-variants": {"unknown-segment"},
    "request-wording": {"wording-clash"},
    "request-wording-dates": {"off-weekday", "other-date"},
}
OFFER = {"event_date": "2027-03-16"}  # a Tuesday


def _judged(folder: Path, profile: Profile | None = None, today: date | None = TODAY, **campaign: Any) -> Triage:
    write_campaign(folder, campaign=campaign)
    clock = Clock(today) if today else None
    return triage(session(profile or Profile(), clock), Campaign(folder, folder.name))


def _codes(result: Triage) -> list[str]:
    return [question.finding.code for question in result.questions]


def _said(identifier: str, **campaign: Any) -> list[str]:
    return run_check(identifier, campaign=campaign).codes


def test_every_code_is_in_its_check() -> None:
    known = registry()
    of_request = [check for check in known.checks.values() if is_of_request(check, known)]
    assert {check.id: {code.name for code in check.codes} for check in of_request} == CODES


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en-GB", "Tuesday 16 March", "Monday 16 March"),
        ("en-US", "Tue, 3/16/2027", "Mon, 3/16/2027"),
        ("de", "am Dienstag, dem 16. März", "am Montag, dem 16. März"),
        ("nl", "dinsdag op 16 maart", "maandag op 16 maart"),
        ("pl", "wtorek, 16 marca", "środa, 16 marca"),
        ("ru", "вторник, 16 марта", "среда, 16 марта"),
        ("cs", "úterý 16. března", "středa 16. března"),
        ("tr", "16 Mart (Salı)", "16 Mart (Pazar)"),
        ("fi", "tiistaina 16. maaliskuuta", "perjantaina 16. maaliskuuta"),
    ],
)
def test_weekdays_are_read_in_the_language_of_the_request(language: str, right: str, wrong: str) -> None:
    for subject, codes in ((right, []), (wrong, ["off-weekday"])):
        emails = [{"name": "invite", "subject": subject}]
        assert _said("request-wording-dates", language=language, offer=OFFER, emails=emails) == codes


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en-GB", "Live on 16/03/2027", "Live on 17/03/2027"),
        ("en-GB", "Live on 16-Mar-2027", "Live on 17-Mar-2027"),
        ("ja", "3月16日に", "3月17日に"),
        ("ko", "3월 16일에", "3월 17일에"),
        ("pl", "już 16 marca", "już 17 marca"),
        ("hu", "március 16.", "március 17."),
    ],
)
def test_dates_that_the_offer_does_not_know(language: str, right: str, wrong: str) -> None:
    for heading, codes in ((right, []), (wrong, ["other-date"])):
        pages = [{"name": "registration", "heading": heading}]
        assert _said("request-wording-dates", language=language, offer=OFFER, pages=pages) == codes


def test_figures_that_can_be_read_two_ways_are_no_second_date() -> None:
    emails = [{"name": "invite", "subject": "Live on 4/3/2027"}]
    offer = {"event_date": "2027-03-04"}
    assert _said("request-wording-dates", language="en", offer=offer, emails=emails) == []
    assert _said("request-offer-dates", emails=emails, offer={"event": "4/3/2020"}, send={"at": "2027-03-04"}) == []


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("https://acme.netlify.app/webinar", []),
        ("https://int.acme.example/webinar", []),
        ("https://test-drive.acme.example/", []),
        ("https://www-dev.acme.example/", ["staging-url"]),
        ("http://localhost:3000/webinar", ["staging-url"]),
        ("file:///C:/Users/bo/invite.html", ["staging-url"]),
        ("https://deploy-preview-7--acme.netlify.app/", ["staging-url"]),
    ],
)
def test_sites_for_testing_are_those_of_the_links_of_a_build(tmp_path: Path, url: str, codes: list[str]) -> None:
    found = _codes(_judged(tmp_path, emails=[{"name": "invite", "links": [{"text": "Join", "url": url}]}]))
    assert [code for code in found if code in CODES["request-urls"]] == codes


def test_working_days() -> None:
    wanted: dict[str, int] = {"2027-02-05": 4, "2027-02-08": 5, "2027-02-07": 4, "2027-02-19": 14, "2027-01-20": 0}
    judged = all_checks()["request-send-date"].function
    for day, left in wanted.items():
        emails = [{"name": "invite"}]
        request = _request({"emails": emails, "send": {"at": f"{day}T09:00"}})
        found = [f for f in judged(Brief(request, 15), Today(TODAY)) if f.code == "short-notice"]
        assert [finding.actual for finding in found] == [str(left)]


def _request(fields: dict[str, Any]) -> Request:
    return Request.model_validate({"id": "T-1", "name": "Example", **fields})


def test_an_unknown_zone_is_not_judged() -> None:
    request = _request({"emails": [{"name": "invite"}], "send": {"at": "2027-03-02T09:00"}})
    send = request.send.model_copy(update={"timezone": "Nowhere/Atall", "at": datetime(2027, 3, 2, 9)})
    judged = all_checks()["request-send-time"].function
    (finding,) = judged(Brief(request.model_copy(update={"send": send}), 5))
    assert finding.code == "unknown-zone"


def test_a_date_that_is_over_is_told_once(tmp_path: Path) -> None:
    fields: dict[str, Any] = {"emails": [{"name": "invite"}], "send": {"at": "2027-01-05T09:00"}}
    dates = {"send-past", "short-notice"}
    assert dates & {*_codes(_judged(tmp_path, **fields))} == {"send-past"}
    off = Profile(severities={"send-past": None})
    assert dates & {*_codes(_judged(tmp_path, off, **fields))} == {"short-notice"}


def test_a_url_that_will_be_replaced_is_told_once(tmp_path: Path) -> None:
    url = "http://staging.acme.example/a?utm_source=hubspot"
    fields: dict[str, Any] = {"emails": [{"name": "invite", "links": [{"text": "Join", "url": url}]}]}
    urls = CODES["request-urls"] | CODES["request-url-tracking"]
    assert urls & {*_codes(_judged(tmp_path, **fields))} == {"staging-url"}
    off = Profile(severities={"staging-url": None})
    assert "url-tracked" in _codes(_judged(tmp_path, off, **fields))


def test_a_waiver_covers_what_is_missing_and_those_of_a_build_are_left_alone(tmp_path: Path) -> None:
    why = "reason: agreed\n  who: Kim Osei\n  until: 2027-12-31\n"
    (tmp_path / "waivers.yaml").write_text(f"- code: no-subject\n  {why}- code: wrong-destination\n  {why}")
    result = _judged(tmp_path, Profile(takes_waivers=True), emails=[{"name": "invite"}])
    assert not {"no-subject", "unused-waiver"} & {*_codes(result)}
    assert result.verdict.counts["waived"] == 1
    assert "no-copy" in _codes(result)


def test_what_a_person_decides_is_a_question_unless_it_is_switched_off(tmp_path: Path) -> None:
    email = {"name": "invite", "mock_up": "assets/look.png"}
    found = {q.finding.code: q.severity for q in _judged(tmp_path, emails=[email]).questions}
    assert found["no-copy"] is Severity.WARNING
    assert "no-copy" not in _codes(_judged(tmp_path, Profile(severities={"no-copy": None}), emails=[email]))


def test_the_profile_of_a_team_chooses_among_them(tmp_path: Path) -> None:
    fields: dict[str, Any] = {"emails": [{"name": "invite"}]}
    skipped = _judged(tmp_path, Profile(skip=("request-content", "links")), **fields)
    assert not CODES["request-content"] & {*_codes(skipped)} and "no-subject" in _codes(skipped)
    named = _judged(tmp_path, Profile(only=("request-content", "copy")), **fields)
    assert {*_codes(named)} == CODES["request-content"]
    others = _judged(tmp_path, Profile(only=("copy",)), **fields)
    assert {"no-subject", "no-people"} <= {*_codes(others)}


def test_a_check_that_breaks_makes_no_request_ready(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks/own.py").write_text(
        "from qa.request.brief import Brief\nfrom qa.check import check\nfrom qa.finding import Code, Severity\n"
        '@check("own-brief", Code("own-code", Severity.INFO, "One.", "Two."))\n'
        'def own(brief: Brief):\n    """A check of a team.\n\n    It breaks.\n\n    Fails:\n        {}\n\n'
        '    Passes:\n        {}\n    """\n    raise ValueError("no such field")\n'
    )
    own = Profile(only=("own-brief",), local_checks=tmp_path / "checks")
    result = _judged(tmp_path / "a", own, emails=[{"name": "invite"}])
    assert result.readiness is Readiness.NOT_READY
    assert [broken.reason for broken in result.broken] == ["the check itself failed: ValueError: no such field"]


def test_a_run_looks_at_builds_and_not_at_the_request(tmp_path: Path) -> None:
    write_campaign(tmp_path, build="<p>Hello</p>")
    campaign = Campaign(tmp_path, "a")
    made = run(campaign, None, Profile(render=False))
    assert not {result.check for result in made.results} & set(CODES)
    alone = run(campaign, None, Profile(only=("request-envelope",)))
    assert [(result.check, result.asset, result.outcome) for result in alone.results] == [
        ("request-envelope", "asset", Outcome.FAILED)
    ]


def test_the_clock_of_a_run_is_the_clock_of_triage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_TODAY", "2027-02-01")
    fields: dict[str, Any] = {"emails": [{"name": "invite"}], "send": {"at": "2027-01-29T09:00"}}
    result = _judged(tmp_path, today=None, **fields)
    assert (result.today, "send-past" in _codes(result)) == (TODAY, True)
    assert "send-past" not in _codes(_judged(tmp_path, today=date(2027, 1, 4), **fields))


def test_a_clock_that_says_no_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_TODAY", "soon")
    write_campaign(tmp_path, campaign={"emails": [{"name": "invite"}]})
    assert main(["triage", str(tmp_path)]) == 2
    assert "QA_TODAY" in capsys.readouterr().err


def test_a_line_put_in_above_changes_no_id(tmp_path: Path) -> None:
    urls = [("a", "news"), ("b", "news"), ("b", "blog")]
    links = [{"text": "Join", "url": f"https://dev.acme.example/{path}", "utm": {"source": utm}} for path, utm in urls]
    email = {"name": "invite", "subject": "A sale", "must_not_include": ["sale"], "links": links}
    before = _judged(tmp_path, emails=[email], send={"at": "2027-01-05T09:00"})
    file = tmp_path / "request.yaml"
    file.write_text(f"# agreed\n\n{file.read_text('utf-8')}", "utf-8")
    after = triage(session(Profile(), Clock(TODAY)), Campaign(tmp_path, tmp_path.name))
    assert {"link-twice", "wording-clash", "staging-url", "two-plans", "send-past"} <= {*_codes(before)}
    assert [q.finding.id for q in after.questions] == [q.finding.id for q in before.questions]
    assert [q.finding.request for q in after.questions] != [q.finding.request for q in before.questions]


def test_every_writer_tells_what_triage_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a"
    emails = [{"name": "invite", "subject": "TBD", "links": [{"text": "Join", "url": "https://www.acme.example/"}]}]
    write_campaign(folder, campaign={"emails": emails})
    files = {name: tmp_path / f"out.{name}" for name in ("json", "junit", "sarif", "markdown")}
    options = [option for name, file in files.items() for option in (f"--{name}", str(file))]
    assert main(["triage", str(folder), "--today", "2027-02-01", *options]) == 1
    document = json.loads(files["json"].read_text("utf-8"))
    found = next(each for each in document["findings"] if each["code"] == "sample-value")
    assert (found["asset"], found["severity"], found["request"]["line"]) == ("invite", "error", 1)
    assert document["verdict"]["outcome"] == "held" and document["readiness"] == "not ready"
    (log,) = json.loads(files["sarif"].read_text("utf-8"))["runs"]
    (one,) = [each for each in log["results"] if each["ruleId"] == "sample-value"]
    assert one["message"]["text"].endswith("\nFound: TBD")
    assert one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a/request.yaml"
    assert '<testcase classname="T-1 / invite" name="request-samples">' in files["junit"].read_text("utf-8")
    markdown = files["markdown"].read_text("utf-8")
    assert markdown.startswith("## Not ready: Example") and "TBD" in markdown


def test_a_file_of_the_request_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_campaign(tmp_path, campaign={"emails": [{"name": "invite"}]})
    assert main(["triage", str(tmp_path), "--json", str(tmp_path / "request.yaml")]) == 2
    assert "overwrite" in capsys.readouterr().err


def test_they_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "no-subject"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("request-envelope\n") and "The request gives no subject line." in said
