"""Sent tests of a whole campaign: what a platform adds is no finding, and what is wrong in them is told once."""

from __future__ import annotations

import re
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
from qa.testing import shared, web_of
from tests.sent import FILLED, FILTERS, FIXTURES, READABLE, TRACKERS, SentTest
from tests.told import findings

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

        began.resources.lend(Prober, began.registry, profile, Prober(lambda: lambda: asked, QUICKLY))
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
