"""Sent tests of a whole campaign: what a platform adds is no finding, and what is wrong in them is told once."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

import pytest

from qa.build.campaign import Campaign
from qa.finding import Finding
from qa.probing.prober import Manners, Prober
from qa.profile.clock import Clock
from qa.profile.model import Profile
from qa.request import load_request
from qa.run import answers, plan, session
from qa.testing import shared, web_of, write_campaign
from tests.probing.site import Site, moved
from tests.sent import FILLED, FILTERS, FIXTURES, READABLE, TRACKERS, SentTest
from tests.told import codes, findings

TODAY = date(2026, 11, 22)
HTML = (FIXTURES / "spring-webinar-clean/build/invite.html").read_text("utf-8")
GREETING = "Hi {{lead.First Name:default=there}},"
NOTES = "https://www.kestrelline.example/notes/forecasting-in-ranges?"
STORY = re.search(r"<p [^>]*><a href=\"[^\"]*customers/thornbury-foods[^>]*>See how .*?</a></p>", HTML)
assert STORY
NOT_DRAWN = {"unseen-asked-link", "missing-role"}  # as of the fixture itself, where no view is drawn

MISTAKES = {
    "a tag is left": ((GREETING, "Hi {{lead.Nickname:default=there}},"), "unfilled-token"),
    "another family's tag is left": ((GREETING, "Hi *|FNAME|*,"), "foreign-token"),
    "a tag is torn": ((GREETING, "Hi {{lead.First Name},"), "malformed-token"),
    "a value is empty": ((GREETING, "Hi ,"), "empty-token"),
    "a word is wrong": (("explain it in one slide", "explain it in two slides"), "changed-copy"),
    "a label is wrong": ((">Look inside scenarios<", ">Look inside narios<"), "wrong-label"),
    "a link is missing": ((STORY[0], ""), "missing-link"),
    "a link leads nowhere": (('href="https://privacy.kestrelline.example/notice"', 'href=""'), "empty-link"),
}
ELSEWHERE = {
    "another page": ((NOTES, NOTES.replace("ranges", "points")), "wrong-destination"),
    "another parameter": (("utm_content=notes", "utm_content=story"), "wrong-tracking"),
}
WAYS = {
    "unread": SentTest(TRACKERS["marketo"]),
    "read": SentTest(READABLE["customerio"]),
    "filtered": SentTest(mailbox=FILTERS["urldefense 3"]),
}

QUICKLY = Manners(delay=0, again=0, longest_wait=0)


def told(test: SentTest, folder: Path, profile: Profile | None = None) -> list[Finding]:
    """What is told of a sent test; where the profile goes online, of a web on which every wrapped link leads on."""
    campaign, profile = test.write(folder / "campaign"), profile or Profile(render=False)
    began = session(profile, Clock(TODAY), None if profile.online else shared())
    if profile.online:
        web = {there: {"location": page} for there, page in test.wrapped.items() if there != page}
        visit = web_of(web | test.web)

        def asked(url: str):  # type: ignore[no-untyped-def]
            test.asked.append(url)
            return visit(url)

        began.resources.lend(Prober, began.registry, profile, Prober(lambda _: lambda: asked, QUICKLY))
    results = answers(plan(began, Campaign(campaign, "campaign"), load_request(campaign)))
    return [finding for finding in findings(results) if finding.code not in NOT_DRAWN]


ONLINE = Profile(render=False, online=True)


@pytest.mark.parametrize("email", ["invite", "reminder"])
@pytest.mark.parametrize("platform", TRACKERS)
def test_what_a_platform_wraps_is_one_line_for_a_person(platform: str, email: str, tmp_path: Path) -> None:
    (finding,) = told(SentTest(TRACKERS[platform], email=email), tmp_path)
    assert (finding.code, finding.review) == ("unread-links", True)
    assert re.match(r"Where (13|9) links lead cannot be read.*--online", finding.message)


@pytest.mark.parametrize("platform", READABLE)
def test_what_can_be_read_is_as_asked(platform: str, tmp_path: Path) -> None:
    assert told(SentTest(READABLE[platform]), tmp_path) == []


@pytest.mark.parametrize("mailbox", FILTERS)
def test_what_a_mailbox_puts_around_a_link_is_taken_off(mailbox: str, tmp_path: Path) -> None:
    assert told(SentTest(mailbox=FILTERS[mailbox]), tmp_path / "alone") == []
    codes = [finding.code for finding in told(SentTest(TRACKERS["sendgrid"], FILTERS[mailbox]), tmp_path / "both")]
    assert codes == ["unread-links"]


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("way", WAYS)
def test_what_is_wrong_is_told_once(way: str, mistake: str, tmp_path: Path) -> None:
    edit, code = MISTAKES[mistake]
    test = WAYS[way]
    found = told(SentTest(test.tracker, test.mailbox, edits=(edit,)), tmp_path)
    assert [finding.code for finding in found if finding.code != "unread-links"] == [code]


@pytest.mark.parametrize("mistake", ELSEWHERE)
@pytest.mark.parametrize("way", ["read", "filtered"])
def test_a_wrapped_link_that_leads_elsewhere(way: str, mistake: str, tmp_path: Path) -> None:
    edit, code = ELSEWHERE[mistake]
    test = WAYS[way]
    assert [f.code for f in told(SentTest(test.tracker, test.mailbox, edits=(edit,)), tmp_path)] == [code]


@pytest.mark.parametrize("platform", ["marketo", "sfmc, own domain", "hubspot", "sendgrid", "nobody knows it"])
def test_online_a_click_tracker_is_followed_to_the_page(platform: str, tmp_path: Path) -> None:
    test = SentTest(TRACKERS[platform])
    (finding,) = told(test, tmp_path, ONLINE)
    assert finding.code == "unread-links"
    assert finding.message.startswith("“Email preferences” leads through ")  # what signs off is never asked
    leaving = [there for there, page in test.wrapped.items() if "preferences" in page or "unsubscribe" in page]
    assert leaving and not set(leaving).intersection(test.asked)


@pytest.mark.parametrize("mistake", ELSEWHERE | MISTAKES)
def test_online_what_is_wrong_is_told_once(mistake: str, tmp_path: Path) -> None:
    edit, code = (ELSEWHERE | MISTAKES)[mistake]
    found = told(SentTest(TRACKERS["sendgrid"], edits=(edit,)), tmp_path, ONLINE)
    assert [finding.code for finding in found if finding.code != "unread-links"] == [code]
    if code == "wrong-destination":
        (finding,) = (finding for finding in found if finding.code == code)
        assert "forecasting-in-points by way of url9624.kestrelline.example; the request says" in finding.message


def test_online_a_tracker_that_has_forgotten_its_link_is_dead_and_not_unread(tmp_path: Path) -> None:
    test = SentTest(TRACKERS["iterable"])
    there = test.wrap(re.search(rf"{re.escape(NOTES)}[^\"]*", HTML)[0].replace("&amp;", "&"))  # type: ignore[index]
    test.web = {there: {"status": 404}}
    found = told(test, tmp_path, ONLINE)
    assert sorted(finding.code for finding in found) == ["dead-link", "unread-links"]
    assert all("forecasting in ranges" not in f.message for f in found if f.code == "unread-links")


def test_online_the_page_that_was_asked_for_may_send_on(tmp_path: Path) -> None:
    test = SentTest(TRACKERS["hubspot"])
    test.web = {"https://go.kestrelline.example/video": {"location": "https://www.youtube.com/@kestrelline"}}
    codes = {finding.code for finding in told(test, tmp_path, ONLINE)}
    assert "wrong-destination" not in codes


def test_online_what_a_redirect_loses_behind_the_tracker_is_told(tmp_path: Path) -> None:
    test, page = SentTest(TRACKERS["marketo"]), "https://www.kestrelline.example/customers/thornbury-foods"
    whole = re.search(rf"{re.escape(page)}[^\"]*", HTML)[0].replace("&amp;", "&")  # type: ignore[index]
    test.web = {whole: {"location": f"{page}/2027"}}
    found = [finding for finding in told(test, tmp_path, ONLINE) if finding.code != "unread-links"]
    assert [finding.code for finding in found] == ["lost-tracking"]


def test_the_same_message_exported_raw_is_judged_by_its_grammar(tmp_path: Path) -> None:
    raw = {tag: tag for tag in FILLED}
    assert told(SentTest(filled=raw, received=False), tmp_path / "raw") == []
    codes = {finding.code for finding in told(SentTest(filled=raw), tmp_path / "sent")}
    assert "unfilled-token" in codes
    edits = ((GREETING, "Hi {{lead.Frist Name:default=there}},"),)
    wrong = told(SentTest(filled=raw, received=False, edits=edits), tmp_path / "wrong")
    assert [finding.code for finding in wrong] == ["unknown-token"]


@pytest.mark.parametrize("code", ["", "Wren Ólafsdóttir-Nakamura", "W", "Dr. Wren, Jr."])
def test_any_value_is_right_but_none(code: str, tmp_path: Path) -> None:
    filled = FILLED | {"{{lead.First Name:default=Hello}}": code, "{{lead.First Name:default=there}}": code}
    found = told(SentTest(filled=filled), tmp_path)
    assert [finding.code for finding in found] == ([] if code else ["empty-token", "empty-token"])


WRAPPED = "https://links.acme.example/a/click?_t=5cce074b&_m=74aKPN&_e={}"
MESSAGE = """Received: from mx.acme.example
From: {{sender}}
Subject: {{subject}}
Message-ID: <7@acme.example>
Date: Mon, 01 Mar 2027 09:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html lang="en"><head><title>Seats</title></head><body><div style="display:none">{{preheader}}</div>{{body}}</body></html>
"""


def message(body: str, subject: str = "Seats", preheader: str = "Soon", sender: str = "a@acme.example") -> str:
    parts = {"body": body, "subject": subject, "preheader": preheader, "sender": sender}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], MESSAGE)


TAGS = {
    "subject": "Seats for {{lead.First Name}}",
    "preheader": "{{lead.First Name}}, it is soon",
    "from": {"name": "{{lead.Owner Name:default=Acme}}", "address": "a@acme.example"},
    "copy": ["{{lead.First Name}},", "Your seat {{my.Seat}} is kept until {{my.Day}}.", "We look forward to it."],
    "must_include": ["kept until {{my.Day}}"],
    "images": [
        {"src": "seat.png", "alt": "The seat of {{lead.First Name}}", "url": "https://acme.example/s?id={{lead.Id}}"}
    ],
    "links": [
        {"text": "Save it, {{lead.First Name}}", "url": "https://acme.example/s?id={{lead.Id}}"},
        {"text": "Add it to my calendar", "url": "{{my.Calendar File}}"},
    ],
    "tokens": ["{{lead.First Name}}"],
}
FILLED_IN = (
    '<p>Wren,</p><p>Your seat 7B is kept until 3 March.</p><p>We look forward to it.</p><a href="https://acme.example/s?'
    'id=42"><img src="seat.png" alt="The seat of Wren"></a><a href="https://acme.example/s?id=42">Save it, Wren</a>'
    '<a href="https://files.acme.example/seat.ics">Add it to my calendar</a>'
)
COMPARED = (
    "subject-line", "preheader", "sender", "copy", "required-wording", "image-alt", "image-link", "link-destination",
    "link-presence", "tokens-asked", "sent-values", "sent-tokens", "unasked-links", "tracking",
)  # fmt: skip


def compared(build: str) -> list[str]:
    plan = {"platform": "marketo", "tracking": {"utm": {"source": "news"}, "exempt": ["acme.example"]}}
    return codes(*COMPARED, build=build, email=TAGS, campaign=plan)


def test_every_text_of_the_request_may_be_filled_in() -> None:
    assert compared(message(FILLED_IN, "Seats for Wren", "Wren, it is soon", "Ada Lin <a@acme.example>")) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("Seats for Wren", "Seat for Wren", "wrong-subject"),
        ("Seats for Wren", "Seats for", "empty-token"),
        ("Wren, it is soon", "Wren, it is late", "wrong-preheader"),
        ("Wren, it is soon", ", it is soon", "empty-token"),
        ("until 3 March", "before 3 March", "changed-copy"),
        ("<p>Wren,</p>", "<p>,</p>", "empty-token"),
        ("The seat of Wren", "A seat of Wren", "wrong-alt"),
        ("The seat of Wren", "The seat of ", "empty-token"),
        ("Save it, Wren", "Take it, Wren", "wrong-label"),
        ('.ics">', '{{my.File}}">', "unfilled-token"),
        ("https://files.acme.example/seat.ics", "", "wrong-destination"),
        ("<p>We look", "<p>{{lead.Score}} We look", "unfilled-token"),
    ],
)
def test_what_differs_beside_the_values_is_told(before: str, after: str, code: str) -> None:
    whole = message(FILLED_IN, "Seats for Wren", "Wren, it is soon", "Ada Lin <a@acme.example>")
    assert before in whole
    assert code in compared(whole.replace(before, after))


@pytest.mark.parametrize(
    "tag",
    [
        "{{lead.First Name}}", "*|FNAME|*", "%%FirstName%%", "{{ first_name }}", "{{${first_name}}}", "%%=v(@name)=%%",
        "{{contact.firstname}}", "<span class=eloquaemail>C_FirstName</span>", "{{{first_name}}}", "{% if vip %}",
    ],
)  # fmt: skip
def test_a_tag_of_any_family_is_left(tag: str) -> None:
    for platform in ("marketo", "iterable", None):
        campaign = {"platform": platform} if platform else {}
        built = message(f"<p>Dear {tag}, your seat is kept.</p>")
        found = codes("sent-tokens", "token-syntax", "token-names", build=built, email={}, campaign=campaign)
        assert len(found) == 1, (tag, platform, found)
        assert set(found) < {"unfilled-token", "foreign-token", "malformed-token", "unknown-token", "unset-variable"}, (
            tag,
            platform,
        )


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ('<p>No longer interested? You can unsubscribe <a href="{0}">at any time</a>.</p>', "at any time"),
        ('<p><a href="{0}">Unsubscribe</a></p>', "Unsubscribe"),
        ('<p><a href="{0}">Abmelden</a></p>', "Abmelden"),
        ('<p><a href="{0}">Change what you get</a></p>', "Change what you get"),  # the request says what it does
        ('<p>To unsubscribe, <a href="{0}">click here</a>.</p>', "click here"),
        ('<p><a href="{0}">Yes, I accept</a></p>', "Yes, I accept"),
    ],
)
def test_what_does_something_is_not_asked_behind_a_tracker(body: str, label: str) -> None:
    asked, links = [], [{"text": "Change what you get", "url": "{{system.unsubscribeLink}}"}]
    there, page = WRAPPED.format("l6cj19GbssUn6h5qtXjRcC5os6azNW"), WRAPPED.format("a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5")
    built = message(f'<p>Hi</p><a href="{page}">Read on</a>{body.format(there)}')

    def visit(url: str):  # type: ignore[no-untyped-def]
        asked.append(url)
        return web_of({page: {"location": "https://acme.example/read"}})(url)

    with tempfile.TemporaryDirectory() as name:
        write_campaign(Path(name), build=built, email={"links": links})
        began = session(ONLINE, Clock(TODAY))
        began.resources.lend(Prober, began.registry, ONLINE, Prober(lambda _: lambda: visit, QUICKLY))
        answers(plan(began, Campaign(Path(name), "c"), load_request(Path(name))))
    assert page in asked
    assert there not in asked, label


def test_on_a_real_network_hops_are_followed_and_nothing_is_sent_where_nothing_may_be() -> None:
    code = "l6cj19GbssUn6h5qtXjRcC5os6azNW"
    with Site() as site:
        wrap = f"{site.url}/a/click?_t=5cce&_e={{}}".format
        site.pages = {
            f"/a/click?_t=5cce&_e={code}1": moved("/webinar?utm_source=news"),
            f"/a/click?_t=5cce&_e={code}2": moved(f"/ls/click?upn={code}"),
            f"/ls/click?upn={code}": moved("/winter?utm_source=news"),
            f"/a/click?_t=5cce&_e={code}3": moved("/unsubscribe?id=7"),
        }
        links = [{"text": text, "url": f"{site.url}/webinar"} for text in ("Save my seat", "Keep my chair")]
        body = f'<p>Hi</p><a href="{wrap(code + "1")}">Save my seat</a> <a href="{wrap(code + "2")}">Keep my chair</a>'
        body += f'<p><a href="{wrap(code + "3")}">Adiós</a> <a href="{wrap(code + "4")}">Unsubscribe</a></p>'
        profile = Profile(
            only=("link-destination", "tracking", "click-trackers"), online=True, allow_private=("127.0.0.1",)
        )
        with tempfile.TemporaryDirectory() as name:
            plan_of = {"tracking": {"utm": {"source": "news"}}}
            write_campaign(Path(name), build=message(body), email={"links": links}, campaign=plan_of)
            began = session(profile, Clock(TODAY))
            found = findings(answers(plan(began, Campaign(Path(name), "c"), load_request(Path(name)))))
            began.resources.close()
        assert sorted(finding.code for finding in found) == ["wrong-destination"]
        (wrong,) = found
        assert f"leads to {site.url}/winter by way of 127.0.0.1" in wrong.message
        assert not [path for path in site.asked if "unsubscribe" in path or path.endswith("4")]
        assert max(site.counted.values()) == 1
