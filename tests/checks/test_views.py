"""Does everybody see the same? Defects that only a rendering shows, each found once over the whole catalogue."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest

from qa.artefacts import Box, Element, Rendering, Screenshot, View
from qa.build.campaign import Campaign
from qa.check import all_checks
from qa.finding import Finding, Outcome, Skip
from qa.gather.inventory import inventory
from qa.profile.model import Profile
from qa.request import AskedEmail, load_request
from qa.source import Source
from qa.testing import run_check, write_campaign
from tests.planted_views import EMAIL, FILES, PLANTED, VIEWS, Planted
from tests.running import run
from tests.told import findings

CLEAN = Path(__file__).parents[2] / "fixtures" / "spring-webinar-clean"


def said(build: str, views: tuple[str, ...]) -> list[Finding]:
    """What the whole catalogue finds in an email, drawn in some views."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, build=build, email={}, files=FILES)
        profile = Profile(views=views)
        results = run(Campaign(folder, folder.name), load_request(folder), profile).results
    return findings(results, profile)


@pytest.fixture(scope="module")
def anyway(browser: None) -> Counter[str]:
    """What is said of the email without any defect: nothing about how it looks."""
    return Counter(finding.code for finding in said(EMAIL, VIEWS))


@pytest.mark.browser
def test_an_email_that_is_right_in_every_view(anyway: Counter[str]) -> None:
    # White text on a picture, and a client that turns everything round: that is a note, and no mistake.
    assert set(anyway) == {"turned-text-on-picture", "missing-postal-address", "missing-view-link"}


@pytest.mark.browser
@pytest.mark.parametrize("case", PLANTED, ids=lambda case: f"{case.kind}-{PLANTED.index(case)}")
def test_a_planted_defect_is_found_once_and_in_its_place(case: Planted, anyway: Counter[str]) -> None:
    found = [f for f in said(case.build, case.views) if f.code == case.code or f.code not in {*anyway, *case.also}]
    assert [(f.code, f.where.line if f.where else None) for f in found] == [(case.code, case.line)], found


def test_there_are_enough_of_them() -> None:
    assert len(PLANTED) >= 30
    assert len({case.kind for case in PLANTED}) >= 12


@pytest.mark.browser
def test_nothing_is_wrong_with_the_clean_campaign_in_any_view(browser: None) -> None:
    profile = Profile(views=("all",))
    answers = run(Campaign(CLEAN, CLEAN.name), load_request(CLEAN), profile)
    assert [finding for finding in findings(answers.results, profile) if finding.code not in NOTES] == []


NOTES = {"turned-text-on-picture", "missing-role"}  # a note each, and true


def screenshot(name: str, *elements: Element, width: int = 600, images: bool = True, note: str = "") -> Screenshot:
    return Screenshot(View(name, name.title(), width, images=images), width, 800, width, b"", elements, note)


def piece(offset: int, text: str, visible: bool = True, tag: str = "p", height: float = 20, **more: str) -> Element:
    colours = {"colour": "rgb(0, 0, 0)", "background": "rgb(255, 255, 255)"} | more
    return Element(offset, tag, Box(0, offset, 300, height), visible, text, font_size=16, **colours)


HTML = """<p>Join us in spring, all of you together, for forty minutes.</p>
<a href="https://acme.example/seat?utm_source=top">Save my seat</a>
<a href="https://acme.example/notes">Our notes</a>
<a href="https://acme.example/seat?utm_source=end">Book now</a>
"""
P, SEAT, NOTE, BOOK = (HTML.index(tag) for tag in ("<p", '<a href="https://acme.example/seat?utm_source=top', '<a href="https://acme.example/notes', '<a href="https://acme.example/seat?utm_source=end'))  # fmt: skip
COPY = "Join us in spring, all of you together, for forty minutes."


def judged(*screenshots: Screenshot, html: str = HTML) -> list[Finding]:
    source = Source("build/a.html", html)
    check = all_checks()["view-content"]
    return list(check.function(Rendering("x", screenshots), inventory(source), AskedEmail(name="a")))


def whole(name: str, *but: int, width: int = 600, button: float = 20) -> Screenshot:
    """A view of all of it, but for some offsets."""
    pieces = [piece(P, COPY), *(piece(at, "", tag="a", height=button) for at in (SEAT, NOTE, BOOK))]
    return screenshot(name, *(e for e in pieces if e.offset not in but), width=width)


def test_what_is_the_same_everywhere() -> None:
    assert judged(whole("one"), whole("two")) == []
    assert judged(whole("one"), whole("two", BOOK)) == []  # the first link leads to the same place
    assert judged(whole("one", NOTE), whole("two", NOTE)) == []  # hidden everywhere is hidden on purpose


def test_a_link_that_one_view_does_not_show() -> None:
    (finding,) = judged(whole("one"), whole("two", NOTE))
    assert (finding.code, finding.view, finding.actual) == ("unseen-link", "one", "https://acme.example/notes")
    assert finding.message == "The link “Our notes” cannot be seen in Two; it can in One."
    assert finding.where is not None and finding.where.line == 3


def test_a_link_without_an_address_is_known_by_its_words() -> None:
    html = HTML.replace("https://acme.example/notes", "").replace("https://acme.example/seat?utm_source=end", "")
    pieces = {text: piece(html.index(f">{text}") - 11, text, tag="a") for text in ("Our notes", "Book now")}
    copy = piece(P, COPY)
    assert judged(screenshot("one", copy, *pieces.values()), screenshot("two", copy, *pieces.values()), html=html) == []
    (finding,) = judged(
        screenshot("one", copy, *pieces.values()), screenshot("two", copy, pieces["Book now"]), html=html
    )
    assert finding.message == "The link “Our notes” cannot be seen in Two; it can in One."


def test_what_the_same_views_lack_is_said_once() -> None:
    (finding,) = judged(whole("one"), whole("two", P, SEAT, NOTE, BOOK))
    assert finding.message == (
        "The link “Save my seat” cannot be seen in Two, nor can 1 more link and 1 more passage; it can in One."
    )


def test_menus_are_left_out_on_phones() -> None:
    assert judged(whole("one", button=44), whole("phone", NOTE, width=390, button=44)) != []  # a button
    beside = [piece(P, COPY), piece(SEAT, "", tag="a", height=44), piece(BOOK, "", tag="a")]
    desk = screenshot("desk", *beside, piece(NOTE, "", tag="a"))
    assert judged(desk, screenshot("phone", *beside, width=390)) == []
    assert judged(desk, screenshot("tablet", *beside, width=768)) != []
    assert judged(whole("desk"), whole("phone", NOTE, width=390)) != []  # where no call to action is left


def test_another_link_with_the_same_words_does() -> None:
    words = piece(5000, "save my seat »", tag="a")
    html = HTML.replace("seat?utm_source=end", "elsewhere")
    seen = screenshot("two", piece(P, COPY), piece(NOTE, "", tag="a"), piece(BOOK, "", tag="a"), words)
    assert judged(whole("one"), seen, html=html) == []


def test_a_picture_that_did_not_load_is_not_known_to_be_missing() -> None:
    html = HTML.replace("Our notes", '<img src="https://cdn.example/notes.png">')
    image = Element(html.index("<img"), "img", Box(0, 0, 0, 0), False, natural=(0, 0))
    empty = screenshot("two", piece(P, COPY), piece(SEAT, "", tag="a"), image)
    assert judged(whole("one"), empty, html=html) == []
    loaded = Element(html.index("<img"), "img", Box(0, 0, 0, 0), False, natural=(80, 40))
    assert judged(whole("one"), screenshot("two", *empty.elements[:2], loaded), html=html) != []


def test_a_passage_that_one_view_does_not_show() -> None:
    (finding,) = judged(whole("one"), whole("two", P))
    assert (finding.code, finding.where and finding.where.line) == ("unseen-text", 1)
    assert finding.message == f"“{COPY}” cannot be seen in Two; it can in One."


def test_a_price_that_one_view_does_not_show() -> None:
    """In an element of its own, or in the middle of a text of which the rest is seen."""
    for one, other in (
        ((piece(0, "Now only and free"), piece(9, "€49")), (piece(0, "Now only and free"), piece(9, "€49", False))),
        ((piece(0, "Now only €49, free"),), (piece(0, "Now only , free"),)),
    ):
        (finding,) = judged(screenshot("a", *one), screenshot("b", *other))
        assert finding.code == "unseen-text"
        assert finding.message == "“€49” cannot be seen in B; it can in A."
    assert judged(screenshot("a", piece(0, "Now only €49.00")), screenshot("b", piece(9, "49 € now"))) == []


def test_a_version_for_phones_says_the_same() -> None:
    version = piece(4000, "Join us all of you together in spring, for the forty minutes")
    assert judged(whole("one"), screenshot("two", version, *whole("two", P).elements)) == []


def test_text_in_the_colour_of_its_ground_is_not_seen() -> None:
    white = {"colour": "rgb(255, 255, 255)", "background": "rgb(250, 250, 250)"}
    faded = piece(P, COPY, **white)
    (finding,) = judged(whole("one"), screenshot("two", faded, *whole("two", P).elements))
    assert finding.code == "unseen-text"
    everywhere = [screenshot(name, faded, *whole(name, P).elements) for name in ("one", "two")]
    assert judged(*everywhere) == []


def test_what_was_not_measured_is_not_missing() -> None:
    assert judged(whole("one"), screenshot("two", piece(P, COPY), note="only the first 1 elements were measured")) == []


def test_hidden_in_the_source_is_hidden_on_purpose() -> None:
    html = HTML.replace("<p>", '<p style="display:none">')
    shift = len(html) - len(HTML)
    rest = [piece(at + shift, "", tag="a") for at in (SEAT, NOTE, BOOK)]
    assert judged(screenshot("one", piece(P, COPY), *rest), screenshot("two", *rest), html=html) == []


def test_one_view_is_nothing_to_compare() -> None:
    with pytest.raises(Skip):
        judged(whole("one"))
    with pytest.raises(Skip):
        judged(whole("one"), screenshot("two", images=False))


def drawn(*lost: str, missing: bool = False) -> list[Finding]:
    gone = tuple((View(name, name.title(), 600), "It took longer than 10 s.") for name in lost)
    absent = ((View("mac", "Apple Mail on Mac", 900), "WebKit is not on this machine: run `qa setup --engines`."),)
    rendering = Rendering("x", (screenshot("one"),), lost=gone, missing=absent if missing else ())
    return list(all_checks()["views"].function(rendering))


def test_every_view_is_drawn() -> None:
    assert drawn() == []


def test_a_view_that_was_lost() -> None:
    (finding,) = drawn("two", missing=True)
    assert (finding.code, finding.view) == ("lost-view", "two")
    assert finding.message == "Two was not drawn: It took longer than 10 s."


def test_a_view_without_its_engine_is_no_view() -> None:
    with pytest.raises(Skip, match=r"not drawn: Apple Mail on Mac\. WebKit is not on this machine: run"):
        drawn(missing=True)


@pytest.mark.browser
def test_in_a_browser(browser: None) -> None:
    once = '<p>Join us</p><a href="https://acme.example/seat">Save my seat</a>'
    twice = f'<div style="display:none" class="phone">{once}</div><div class="desk">{once}</div>'
    style = "<style>@media (max-width: 480px) { .phone { display: block !important } .desk { display: none } }</style>"
    answer = run_check("view-content", email={}, build=style + twice, profile=Profile(views=("gmail-web", "gmail-ios")))
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])
