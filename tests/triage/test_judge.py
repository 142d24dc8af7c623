"""Is a request judged rightly before anything is built? A request that says everything first, then one slip at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qa.build.campaign import Campaign
from qa.check import all_checks, registry
from qa.cli.command_line import main
from qa.facts import facts
from qa.finding import Outcome, Severity, Unusable
from qa.profile.clock import Clock
from qa.profile.codes import known_codes
from qa.profile.load import load_profile
from qa.profile.model import Profile
from qa.run import session
from qa.run.needs import is_of_request
from qa.testing import run_check
from qa.triage.judge import Readiness, Triage, triage

TODAY = date(2027, 2, 1)
Change = Callable[[dict[str, Any]], object]
DOCS = Path(__file__).parents[2] / "docs" / "triage.md"

WHOLE: dict[str, Any] = {
    "id": "T-1",
    "name": "Spring webinar",
    "platform": "marketo",
    "language": "en",
    "requested_by": "Dana Ortiz <dana@acme.example>",
    "people": {
        "triage": "Ines Roy <ines@acme.example>",
        "builder": "Bo Lind <bo@acme.example>",
        "reviewer": "Kim Osei <kim@acme.example>",
        "approvers": ["Dana Ortiz <dana@acme.example>"],
    },
    "send": {"at": "2027-03-02T09:00", "timezone": "Europe/London"},
    "offer": {"event_date": "2027-03-16", "valid_from": "2027-02-01", "valid_until": "2027-04-30"},
    "tracking": {"utm": {"source": "marketo", "medium": "email", "campaign": "spring"}},
    "legal": {"regions": ["uk"], "must_include": ["Acme Ltd"]},
    "emails": [
        {
            "name": "invite",
            "build": "build/invite.html",
            "subject": "{{lead.First Name:default=Hi}}, see you on 16 March",
            "preheader": "Forty minutes, live",
            "from": {"name": "Acme", "address": "events@acme.example"},
            "reply_to": "events@acme.example",
            "links": [
                {"text": "Save my seat", "url": "https://www.acme.example/webinar", "utm": {"content": "hero"}},
                {"text": "Save your seat", "url": "https://www.acme.example/webinar", "utm": {"content": "foot"}},
                {"text": "Privacy", "url": "https://www.acme.example/privacy"},
            ],
            "images": [
                {
                    "src": "hero.png",
                    "asset": "assets/hero.png",
                    "alt": "Two people",
                    "url": "https://www.acme.example/webinar",
                }
            ],
            "copy": ["# Move faster", "Join us for forty minutes."],
            "tokens": ["{{lead.First Name:default=Hi}}"],
            "must_include": ["Terms apply"],
            "must_not_include": ["Winter", "Lorem ipsum"],
            "variants": [{"segment": "customers", "build": "build/c.html", "subject": "Your seat is waiting"}],
        }
    ],
    "pages": [
        {
            "name": "registration",
            "build": "build/registration.html",
            "url": "https://www.acme.example/webinar",
            "title": "Spring webinar",
            "description": "Forty minutes.",
            "heading": "Move faster",
            "robots": "noindex",
            "tags": ["GTM-ABC123"],
            "links": [{"text": "Privacy", "url": "https://www.acme.example/privacy"}],
            "copy": ["# Move faster"],
            "form": {
                "fields": [{"name": "Subject", "options": ["n/a", "Other"]}],
                "consent": {"text": "I agree"},
                "thank_you": "https://www.acme.example/thanks",
            },
        }
    ],
    "audience": {
        "suppressions": ["audience/out.csv"],
        "seeds": ["qa@acme.example"],
        "segments": [{"name": "customers", "list": "audience/c.csv", "count": 100}],
    },
}


def _picture(width: int, height: int = 300) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def _folder(folder: Path, change: Change | None = None, **files: bytes) -> Path:
    request = deepcopy(WHOLE)
    if change is not None:
        change(request)
    there = {
        "assets/hero.png": _picture(1200),
        "audience/out.csv": b"email\n",
        "audience/c.csv": b"email\na@acme.example\n",
    }
    for name, content in (
        there | {name.replace("__", "/").replace("_dot_", "."): f for name, f in files.items()}
    ).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "request.yaml").write_text(json.dumps(request, ensure_ascii=False, indent=1), "utf-8")
    return folder


def _judge(folder: Path, change: Change | None = None, today: date = TODAY, **files: bytes) -> Triage:
    return _result(_folder(folder, change, **files), today=today)


def _result(folder: Path, profile: Profile | None = None, today: date = TODAY) -> Triage:
    return triage(session(profile or Profile(), Clock(today)), Campaign(folder, folder.name))


def _codes(result: Triage) -> list[str]:
    return [question.finding.code for question in result.questions]


def _email(**fields: Any) -> Change:
    return lambda request: request["emails"][0].update(fields)


def _page(**fields: Any) -> Change:
    return lambda request: request["pages"][0].update(fields)


def _top(**fields: Any) -> Change:
    return lambda request: request.update(fields)


def _part(name: str, **fields: Any) -> Change:
    return lambda request: request[name].update(fields)


def _links(*links: dict[str, Any]) -> Change:
    return lambda request: request["emails"][0]["links"].extend(links)


def _link(url: str) -> Change:
    return _links({"text": "More", "url": url})


def _past(request: dict[str, Any]) -> None:
    request["offer"] = {"event_date": "1 March 2027"}
    request["emails"][0].update(subject="What was said")


def test_a_whole_request_is_ready(tmp_path: Path) -> None:
    result = _judge(tmp_path)
    assert [(q.finding.code, q.finding.message) for q in result.questions] == []
    assert result.readiness is Readiness.READY


HARMLESS: dict[str, Change] = {
    "the requester approves": _top(requested_by="Kim Osei <kim@acme.example>", people=WHOLE["people"] | {"approvers": ["Kim2"]}),
    "after the event, and it says so": lambda r: (_past(r), r.update(name="Webinar recording")),
    "an offer that began": _part("offer", valid_from="2026-01-01"),
    "the right weekday": _email(copy=["Tuesday, 16 March 2027. Dienstag, den 16. März. Tuesday, 16 March or so"]),
    "a price is no date": _part("offer", price="€49", discount="20 %"),
    "two events, two dates": _part("offer", workshop_1="2027-04-01", workshop_2="2027-04-02"),
    "the send date in the subject": _email(subject="Today, 2 March"),
    "a platform's own defaults": _top(platform="mailchimp"),
    "mailto and merge tag as links": _links({"text": "Write", "url": "mailto:a@acme.example"}, {"text": "Cal", "url": "{{my.Cal}}"}),
    "a label called Subject": lambda r: r["pages"][0]["form"]["fields"][0].update(label="Subject"),
    "a word inside another": _email(must_not_include=["fast"]),
    "a link called X": _links({"text": "X", "url": "https://x.com/acme"}),
    "a path on a page": lambda r: r["pages"][0]["links"].append({"text": "Top", "url": "/top"}),
    "a host like latest": _link("https://latest.acme.example/x"),
}  # fmt: skip


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_question(tmp_path: Path, change: Change) -> None:
    kept = [code for code in _codes(_judge(tmp_path, change)) if code != "unlisted-token"]
    assert kept == []


MISSING: dict[str, tuple[Change, str]] = {
    "no-subject": (_email(subject=None), "invite"),
    "no-copy": (_email(copy=None), "invite"),
    "no-preheader": (_email(preheader=None), "invite"),
    "no-sender": (_email(**{"from": "Acme"}), "invite"),
    "no-reply-to": (_email(reply_to=None), "invite"),
    "no-links": (_email(links=None, images=None), "invite"),
    "no-alt": (lambda r: r["emails"][0]["images"][0].pop("alt"), "invite"),
    "no-asset": (lambda r: r["emails"][0]["images"][0].pop("asset"), "invite"),
    "no-language": (_top(language=None), ""),
    "no-tokens": (_email(tokens=None), "invite"),
    "no-build": (_email(build=None), "invite"),
    "no-title": (_page(title=None), "registration"),
    "no-url": (_page(url=None), "registration"),
    "no-description": (_page(description=None), "registration"),
    "no-heading": (_page(heading=None), "registration"),
    "no-robots": (_page(robots=None), "registration"),
    "no-tags": (_page(tags=None), "registration"),
    "no-fields": (lambda r: r["pages"][0]["form"].pop("fields"), "registration"),
    "no-consent": (lambda r: r["pages"][0]["form"].pop("consent"), "registration"),
    "no-thank-you": (lambda r: r["pages"][0]["form"].pop("thank_you"), "registration"),
    "no-platform": (_top(platform=None), ""),
    "no-send-date": (_top(send=None), ""),
    "no-send-time": (_part("send", at="2027-03-02"), ""),
    "no-timezone": (_part("send", timezone=None), ""),
    "no-people": (_part("people", reviewer=None, approvers=[]), ""),
    "no-requester": (_top(requested_by=None), ""),
    "no-regions": (_part("legal", regions=[]), ""),
    "no-tracking": (_top(tracking=None), ""),
    "no-audience": (_top(audience=None), ""),
    "no-suppressions": (_part("audience", suppressions=[]), ""),
    "no-seeds": (_part("audience", seeds=[]), ""),
    "no-count": (lambda r: r["audience"]["segments"][0].pop("count"), ""),
}  # fmt: skip

WRONG: dict[str, tuple[Change, str]] = {
    "event-too-early": (_past, ""),
    "offer-over": (_part("offer", valid_until="28.02.2027"), ""),
    "dates-crossed": (_part("offer", sale_starts="2027-04-02", sale_ends="2027-04-01"), ""),
    "two-dates": (_part("offer", **{"webinar date": "2027-03-17"}), ""),
    "off-weekday": (_email(preheader="Live on Monday 16 March"), "invite"),
    "other-date": (_email(preheader="A day to remember: 17 March"), "invite"),
    "offer-clash": (_email(preheader="Live on 17 March"), "invite"),
    "zero-count": (lambda r: r["audience"]["segments"][0].update(count=0), ""),
    "link-twice": (_links({"text": "save my seat", "url": "https://www.acme.example/other"}), "invite"),
    "two-plans": (_links({"text": "x1", "url": "https://www.acme.example/privacy", "utm": {"source": "news"}}), "invite"),
    "url-off-plan": (_link("https://www.acme.example/a?utm_source=hubspot"), "invite"),
    "url-tracked": (_link("https://www.acme.example/a?utm_source=marketo"), "invite"),
    "utm-spelling": (lambda r: r["tracking"]["utm"].update(campaign="Spring sale"), ""),
    "unlisted-token": (_email(copy=["Hello {{my.City}}"]), "invite"),
    "bare-greeting": (_email(subject="{{lead.First Name}}", tokens=["{{lead.First Name}}"]), "invite"),
    "wording-clash": (_email(must_not_include=["faster"]), "invite"),
    "unknown-segment": (lambda r: r["audience"]["segments"][0].update(name="prospects"), "invite"),
    "picture-link-unasked": (lambda r: r["emails"][0]["images"][0].update(url="https://www.acme.example/b"), "invite"),
    "two-roles": (_part("people", reviewer="B. Lind <BO@acme.example>"), ""),
    "send-past": (_part("send", at="2027-01-29T09:00"), ""),
    "short-notice": (_part("send", at="2027-02-05T09:00"), ""),
    "weekend-send": (_part("send", at="2027-03-07T09:00"), ""),
    "lost-hour": (_part("send", at="2027-03-28T01:30"), ""),
    "double-hour": (_part("send", at="2027-10-31T01:30"), ""),
    "sample-value": (_email(preheader="TBD"), "invite"),
    "sample-url": (_link("https://example.com/a"), "invite"),
    "malformed-url": (_link("www.acme.example/a"), "invite"),
    "relative-url": (_link("/a"), "invite"),
    "insecure-url": (_link("http://www.acme.example/a"), "invite"),
    "staging-url": (_link("https://staging-2.acme.example/a"), "invite"),
    "missing-file": (lambda r: r["emails"][0]["images"][0].update(asset="assets/heroes.png"), "invite"),
    "missing-list": (lambda r: r["audience"]["segments"][0].update(list="audience/d.csv"), ""),
    "unreadable-picture": (_email(mock_up="audience/c.csv"), "invite"),
}  # fmt: skip

# What a change cannot help making true besides.
BESIDES = {
    "lost-hour": {"weekend-send", "event-too-early"},
    "double-hour": {"weekend-send", "event-too-early", "offer-over"},
}


@pytest.mark.parametrize(
    ("code", "change", "asset"), [(c, *more) for c, more in (MISSING | WRONG).items()], ids=MISSING | WRONG
)
def test_one_slip_is_one_finding(tmp_path: Path, code: str, change: Change, asset: str) -> None:
    result = _judge(tmp_path, change)
    assert [found for found in _codes(result) if found not in BESIDES.get(code, ())] == [code]
    question = next(question for question in result.questions if question.finding.code == code)
    assert question.asset == (asset or None)
    assert question.finding.request is not None and question.finding.request.line
    assert question.finding.message.endswith(".") and question.fix.endswith(".")
    worst = {q.severity for q in result.questions}
    expected = Readiness.READY if worst == {Severity.INFO} else Readiness.QUESTIONS
    assert result.readiness is (Readiness.NOT_READY if Severity.ERROR in worst else expected)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b"no picture", "unreadable-picture"), (_picture(400), "small-picture")],
    ids=["empty", "unreadable", "small"],
)
def test_pictures_that_were_handed_over(tmp_path: Path, content: bytes, code: str) -> None:
    assert _codes(_judge(tmp_path, assets__hero_dot_png=content)) == [code]


def test_a_picture_is_measured_by_the_width_in_its_name(tmp_path: Path) -> None:
    named = lambda r: r["emails"][0]["images"][0].update(src="team-1300w.png")  # noqa: E731
    (question,) = _judge(tmp_path, named).questions
    assert (question.finding.expected, question.finding.actual) == ("1300", "1200")
    year = lambda r: r["emails"][0]["images"][0].update(src="team-2027.png")  # noqa: E731
    assert _codes(_judge(tmp_path, year)) == []


def test_the_nearest_name_is_said(tmp_path: Path) -> None:
    result = _judge(tmp_path, WRONG["missing-file"][0])
    assert "hero.png" in result.questions[0].finding.message


def test_a_path_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(_picture(900))
    inner = tmp_path / "campaign"
    result = _judge(inner, _email(mock_up="../secret.png"))
    assert _codes(result) == ["missing-file"]
    assert "leads out" in result.questions[0].finding.message


@pytest.mark.parametrize(
    "text",
    ["tbd", "N/A", "See below.", "[TBC]", "XX% off today", "Lorem ipsum dolor", "Ask max@example.com", "Your subject here!",
     "siehe Anhang", "Copy to follow"],
)  # fmt: skip
def test_samples(tmp_path: Path, text: str) -> None:
    assert "sample-value" in _codes(_judge(tmp_path, _email(preheader=text)))


def test_copy_is_not_missed_where_a_mock_up_shows_it(tmp_path: Path) -> None:
    result = _judge(tmp_path, _email(copy=None, mock_up="assets/hero.png"))
    assert [(q.finding.code, q.severity) for q in result.questions] == [("no-copy", Severity.WARNING)]


def test_no_more_than_ten_of_a_kind(tmp_path: Path) -> None:
    urls = [{"text": "Save my seat", "url": f"https://www.acme.example/{n}"} for n in range(30)]
    result = _judge(tmp_path, _links(*urls))
    assert _codes(result) == ["link-twice"] * 10
    assert result.questions[-1].finding.message.startswith("21 more of the kind, in lines ")
    assert result.questions[-1].finding.request is not None


def test_the_worst_comes_first_and_each_asset_has_its_own_readiness(tmp_path: Path) -> None:
    def change(request: dict[str, Any]) -> None:
        request["emails"][0].update(subject=None, preheader=None, reply_to=None)
        request["pages"][0].update(title=None)

    result = _judge(tmp_path, change)
    assert [q.finding.code for q in result.of("invite")] == ["no-subject", "no-preheader", "no-reply-to"]
    assert result.readiness_of("invite") is Readiness.NOT_READY
    assert result.readiness_of("registration") is Readiness.QUESTIONS


def test_a_team_weighs_for_itself(tmp_path: Path) -> None:
    _folder(tmp_path / "spring", _email(preheader=None, reply_to=None))
    (tmp_path / "qa.toml").write_text(
        '[triage]\nlead_days = 30\n[severity]\nno-preheader = "error"\nno-reply-to = "off"\n'
    )
    result = _result(tmp_path / "spring", load_profile(tmp_path / "spring"))
    assert [(q.finding.code, q.severity.value) for q in result.questions] == [
        ("short-notice", "warning"),
        ("no-preheader", "error"),
    ]


def test_lead_days_are_refused_where_they_make_no_sense(tmp_path: Path) -> None:
    (tmp_path / "qa.toml").write_text("[triage]\nlead_days = -1\n")
    with pytest.raises(Unusable, match="lead_days"):
        load_profile(tmp_path)


def test_every_code_is_tried_and_documented() -> None:
    tried = {*MISSING, *WRONG, "empty-file", "unreadable-picture", "small-picture", "unknown-zone"}
    known = registry()
    of_request = [check for check in known.checks.values() if is_of_request(check, known)]
    assert {code.name for check in of_request for code in check.codes} == tried
    said = DOCS.read_text("utf-8")
    assert [code for code in tried if f"`{code}`" not in said] == []
    assert set(re.findall(r"^\| `([a-z-]+)`", said, re.MULTILINE)) == tried
    assert tried <= known_codes(known)


SKIPPED = sorted({check for code in facts("triage")["skipped"].values() for check in code})
BUILD = "<html lang=en><title>A</title><h1>A</h1><img src=a.png><a href=https://acme.example>A</a><form><input name=a></form>"
STILL_RUN = {"list-fields"}  # skipped only where there is no list at all


@pytest.mark.parametrize("check", SKIPPED)
def test_the_checks_that_are_said_to_be_skipped(check: str) -> None:
    assert check in all_checks()
    kind: dict[str, Any] = {"page": {"form": {}}} if check.startswith(("form-", "page-")) else {"email": {}}
    audience = {"audience": {"segments": [{"name": "a", "list": "a.csv"}]}}
    answer = run_check(
        check,
        build=BUILD,
        campaign=audience,
        files={"a.csv": "email\na@acme.example\n"},
        **kind,
    )
    assert answer.outcome is Outcome.SKIPPED or check in STILL_RUN, (answer.outcome, answer.reason)


def test_hostile_requests_take_no_time(tmp_path: Path) -> None:
    nasty = ["<" * 100_000, "[" * 100_000, "{{" * 50_000, "a" * 100_000 + "@", "1." * 50_000, "{%" * 50_000]
    result = _judge(tmp_path, _email(copy=nasty, subject="3 " * 20_000, preheader="x@" * 50_000))
    assert result.questions is not None


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, file = _folder(tmp_path / "spring"), tmp_path / "out" / "triage.json"
    arguments = ["triage", str(folder), "--today", "2027-02-01", "--json", str(file)]
    assert main(arguments) == 0
    assert " READY " in capsys.readouterr().out
    first = file.read_text("utf-8")
    assert main(arguments) == 0
    assert file.read_text("utf-8") == first
    document = json.loads(first)
    assert (document["schema"], document["readiness"], document["findings"]) == (2, "ready", [])
    assert [asset["readiness"] for asset in document["assets"]] == ["ready", "ready"]


def test_the_command_on_a_request_that_is_not_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, file = _folder(tmp_path / "a", _email(subject=None, preheader="\x1b[31mTBD")), tmp_path / "t.json"
    _folder(tmp_path / "b")
    assert main(["triage", str(tmp_path), "--today", "2027-02-01", "--json", str(file)]) == 1
    out = capsys.readouterr().out
    assert " NOT READY " in out and "no-subject" in out and "1 ready · 1 not ready" in out and "\x1b" not in out
    first, second = json.loads(file.read_text("utf-8"))
    assert first["campaign"]["folder"] == folder.name and second["readiness"] == "ready"
    assert first["findings"][0]["request"]["line"]


def test_what_cannot_be_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "invite.html").write_text("<p>Hello</p>")
    assert main(["triage", str(tmp_path / "invite.html")]) == 2
    assert "a campaign folder" in capsys.readouterr().err
    _folder(tmp_path / "good")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/request.yaml").write_text("id: 1\n")
    assert main(["triage", str(tmp_path / "bad")]) == 2
    assert main(["triage", str(tmp_path), "--today", "2027-02-01"]) == 2
    captured = capsys.readouterr()
    assert " READY " in captured.out and "bad: request.yaml" in captured.err
    with pytest.raises(SystemExit):
        main(["triage", str(tmp_path / "good"), "--today", "tomorrow"])


@pytest.mark.parametrize(
    "folder",
    sorted((Path(__file__).parents[2] / "fixtures").glob("*/request.yaml")),
    ids=lambda file: file.parent.name,
)
def test_the_sample_campaigns_can_be_built_from(folder: Path) -> None:
    result = _result(folder.parent, today=date(2027, 1, 11))
    assert result.readiness is not Readiness.NOT_READY
    assert {*_codes(result)} <= {"no-audience", "insecure-url"}
