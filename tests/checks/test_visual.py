"""Does the build look as it was approved, and as it was designed?"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qa.approval.baseline import digest
from qa.approval.comparison import baseline_screenshot, compared, named_boxes
from qa.artefacts import BaselineComparison, Box, Element, Markup, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Outcome, things
from qa.profile.model import Profile
from qa.source import Source
from qa.testing import Answer, picture, run_check
from tests.planted_changes import CHANGES, Studio, boxed, expected
from tests.told import findings

VIEWS = Profile(views=("outlook-web", "outlook-ios"))
BUTTON = '<p><a style="display:inline-block;padding:14px 30px;background:#0b5fff;color:#fff;%s" href="https://a.example/">Save my seat</a></p>'
BUILD = "<html><body><h1>Save your seat</h1><p>Now only €49</p>" + BUTTON % "" + "<p>Until Friday</p></body></html>"


def approved(build: str, profile: Profile = VIEWS) -> Answer:
    return run_check("approved-look", build=build, approved=BUILD, profile=profile)


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
class TestApprovedLook:
    def test_an_unchanged_build_passes(self) -> None:
        assert approved(BUILD).outcome is Outcome.PASSED

    def test_a_comment_changes_nothing(self) -> None:
        assert approved(BUILD.replace("<h1>", "<!-- new --><h1>")).outcome is Outcome.PASSED

    def test_where_nothing_was_accepted_nothing_is_compared(self) -> None:
        answer = run_check("approved-look", build=BUILD, profile=VIEWS)
        assert answer.outcome is Outcome.SKIPPED and "qa baseline accept" in answer.reason

    def test_a_changed_digit_is_said_once_for_all_views(self) -> None:
        answer = approved(BUILD.replace("49", "59"))
        assert answer.codes == ["changed-look"]
        finding = answer.findings[0]
        assert finding.message.startswith("“Now only €49” became “Now only €59”. In ")
        assert "and in 1 more view; approved on 2026-11-20" in finding.message
        assert finding.where and finding.where.column == BUILD.index("<p>") + 1

    def test_a_button_that_moved(self) -> None:
        answer = approved(BUILD.replace("color:#fff;", "color:#fff;margin-left:4px;"))
        assert set(answer.codes) == {"moved-look"}
        assert "The button “Save my seat” moved 4 px to the right." in answer.findings[0].message

    def test_more_space_is_one_finding(self) -> None:
        answer = approved(BUILD.replace("<p>Now", '<p style="margin-top:60px">Now'))
        assert set(answer.codes) == {"moved-look"}
        assert "and what stands below it moved" in answer.findings[0].message

    def test_a_paragraph_that_came(self) -> None:
        answer = approved(BUILD.replace("<p>Until", "<p>No refunds</p><p>Until"))
        assert "The text “No refunds” was not there before" in answer.findings[0].message

    def test_the_limits_are_the_team_s(self) -> None:
        bluer = BUILD.replace("#0b5fff", "#1f73ff")
        assert approved(bluer).codes == ["changed-look"]
        assert approved(bluer, replace(VIEWS, visual_colour=0.2)).outcome is Outcome.PASSED
        digit = BUILD.replace("49", "59")
        assert approved(digit, replace(VIEWS, visual_area=400)).outcome is Outcome.PASSED


VIEW = View("plain", "Plain", 400)


def screenshot(button: Box, renderer: str = "Chromium 1", price: str = "€49", view: View = VIEW) -> Screenshot:
    image = Image.new("RGB", (400, 300), "white")
    image.paste(
        "navy", (round(button.x), round(button.y), round(button.x + button.width), round(button.y + button.height))
    )
    content = BytesIO()
    image.save(content, "PNG")
    elements = (
        Element(10, "h1", Box(20, 20, 300, 40), text="Save your seat"),
        Element(50, "a", button, text="Save my seat"),
        Element(90, "p", Box(20, 200, 300, 20), text=f"Only {price}"),
    )
    return Screenshot(view, 400, 300, 400, content.getvalue(), elements, renderer=renderer)


FIRST = Box(20, 100, 120, 40)


def test_another_renderer_compares_words_and_places_alone() -> None:
    before = screenshot(FIRST)
    accepted = baseline_screenshot("invite", before, None, "b")
    assert compared(before, accepted, before.png, None).outcome == "same"
    other = compared(screenshot(FIRST, "Chromium 2"), accepted, before.png, None)
    assert (other.outcome, other.changes) == ("unlike", ())
    assert other.reason == "Chromium 1 drew what was approved, Chromium 2 drew this"
    slightly = compared(screenshot(Box(22, 104, 124, 42), "Chromium 2"), accepted, before.png, None)
    assert slightly.changes == ()
    found = compared(screenshot(FIRST, "Chromium 2", "€59"), accepted, before.png, None)
    assert [change.said for change in found.changes] == ["“Only €49” became “Only €59”."]
    gone = compared(screenshot(Box(220, 100, 120, 40), "Chromium 2"), accepted, before.png, None)
    assert [(change.moved, change.offset) for change in gone.changes] == [(True, 50)]


def said(comparison: BaselineComparison) -> list[Finding]:
    return list(all_checks()["approved-look"].function(comparison, Markup(Source("build/a.html", "<p>One</p>"))))


def test_a_view_that_is_new_or_not_drawn_any_more_is_for_a_person() -> None:
    before = screenshot(FIRST)
    accepted = replace(baseline_screenshot("invite", before, None, "b"), accepted="2026-11-20")
    assert said(BaselineComparison((compared(before, accepted, before.png, None),))) == []
    found = said(BaselineComparison((), (VIEW,), ((accepted, "WebKit is not on this machine"),)))
    assert [(finding.code, finding.review) for finding in found] == [("undrawn-view", True), ("unapproved-view", True)]
    assert "WebKit is not on this machine" in found[0].message
    other = said(BaselineComparison((compared(screenshot(FIRST, "Chromium 2"), accepted, before.png, None),)))
    assert [(finding.code, finding.review) for finding in other] == [("other-renderer", True)]
    assert "only words and places were compared" in other[0].message


def test_views_that_are_not_drawn_are_said_once_and_each_can_be_waived() -> None:
    accepted = replace(baseline_screenshot("invite", screenshot(FIRST), None, "b"), accepted="2026-11-20")
    screenshots = [replace(accepted, view=name) for name in ("gmail-ios", "gmail-web", "apple-mail-ios")]
    reasons = ["it is not among the views that are drawn now"] * 2 + ["WebKit is not on this machine."]
    (found,) = said(BaselineComparison((), (), tuple(zip(screenshots, reasons, strict=True))))
    assert found.message == (
        "3 views were approved and not drawn now: “gmail-ios” (2026-11-20), “gmail-web” (2026-11-20): it is not among "
        "the views that are drawn now; “apple-mail-ios” (2026-11-20): WebKit is not on this machine."
    )
    assert [("gmail-web" in thing) for thing in things(found)] == [False, True, False]


def test_a_view_that_was_changed_is_not_compared_by_its_pixels() -> None:
    before = screenshot(FIRST)
    accepted = baseline_screenshot("invite", before, None, "b")
    wider = replace(VIEW, transforms=("no-style",))
    assert "the view itself was changed" in compared(screenshot(FIRST, view=wider), accepted, before.png, None).reason
    renamed = replace(VIEW, title="Another title", note="more")
    assert compared(screenshot(FIRST, view=renamed), accepted, before.png, None).outcome == "same"


def test_the_same_pixels_in_another_file_are_the_same() -> None:
    before = screenshot(FIRST)
    accepted = baseline_screenshot("invite", before, None, "b")
    again = BytesIO()
    Image.open(BytesIO(before.png)).save(again, "PNG", compress_level=0)
    after = replace(before, png=again.getvalue())
    assert digest(after.png) != accepted.picture
    assert compared(after, accepted, before.png, None).outcome == "same"


def test_what_stands_there_is_said_in_words() -> None:
    elements = (
        Element(1, "img", Box(0, 0, 600, 300)),
        Element(2, "a", Box(0, 310, 100, 18), text="Read  more"),
        Element(3, "a", Box(0, 340, 100, 44), text="Book"),
        Element(4, "input", Box(0, 400, 100, 44)),
        Element(5, "p", Box(0, 450, 100, 44), visible=False, text="hidden"),
        Element(6, "td", Box(0, 500, 100, 44)),
        Element(7, "h2", Box(0, 550, 100, 30), text="Two"),
    )
    words = [each.words for each in named_boxes(elements)]
    assert words == ["the picture", "the link “Read more”", "the button “Book”", "the field", "the heading “Two”"]


HERO = '<body style="margin:0"><img src="hero.png" width="600" height="300" style="display:block" alt=""><h1>Save your seat</h1></body>'


def designed(mock_up: bytes, build: str = HERO, name: str = "assets/design.png", seed: str = "spring") -> Answer:
    files = {name: mock_up, "build/hero.png": {"picture": [600, 300, seed]}}
    return run_check(
        "mock-up", build=build, email={"mock_up": name}, files=files, profile=Profile(views=("outlook-web",))
    )


def design(seed: str = "spring", more: int = 0) -> bytes:
    image = Image.new("RGB", (1200, 800 + more), "white")
    image.paste(Image.open(BytesIO(picture(1200, 600, seed))), (0, 0))
    for band in range(0, more, 100):
        image.paste("#222266", (100, 780 + band, 1000, 840 + band))
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
class TestMockUp:
    def test_a_build_that_follows_it_passes(self) -> None:
        assert designed(design()).outcome is Outcome.PASSED

    def test_without_one_there_is_nothing_to_compare(self) -> None:
        assert run_check("mock-up", build=HERO, email={}).outcome is Outcome.SKIPPED

    @pytest.mark.parametrize("name", ["https://design.example/a.png", "assets/design.pdf"])
    def test_what_is_no_picture_here_is_not_compared(self, name: str) -> None:
        answer = run_check("mock-up", build=HERO, email={"mock_up": name}, profile=Profile(views=("outlook-web",)))
        assert answer.outcome is Outcome.SKIPPED and "to have it compared" in answer.reason

    def test_one_that_is_missing_or_damaged_is_broken(self) -> None:
        answer = run_check(
            "mock-up", build=HERO, email={"mock_up": "assets/a.png"}, profile=Profile(views=("outlook-web",))
        )
        assert answer.outcome is Outcome.BROKEN and "is not there" in answer.reason
        assert designed(b"no picture").outcome is Outcome.BROKEN

    def test_one_that_fits_no_view_is_broken(self) -> None:
        narrow = BytesIO()
        Image.effect_noise((90, 400), 80).save(narrow, "PNG")
        answer = designed(narrow.getvalue())
        assert answer.outcome is Outcome.BROKEN and "no view was drawn that fits" in answer.reason

    def test_another_design_is_a_warning(self) -> None:
        answer = designed(design("autumn"))
        assert (answer.codes[0], set(answer.codes[1:])) == ("unlike-mock-up", {"off-mock-up"})
        assert [finding.code for finding in findings(answer.results)] == ["unlike-mock-up"]

    def test_a_band_in_another_colour_is_named_where_it_stands(self) -> None:
        band = '<div style="height:60px;background:%s"></div></body>'
        right, wrong = (HERO.replace("<h1>Save your seat</h1></body>", band % each) for each in ("#225566", "#225580"))
        image = Image.open(BytesIO(picture(1200, 720, "spring")))
        image.paste(Image.open(BytesIO(picture(1200, 600, "spring"))), (0, 0))
        image.paste("#225566", (0, 600, 1200, 720))
        content = BytesIO()
        image.save(content, "PNG")
        assert designed(content.getvalue(), right).outcome is Outcome.PASSED
        answer = designed(content.getvalue(), wrong)
        assert answer.codes == ["off-mock-up"] and answer.outcome is Outcome.REVIEW
        assert "#225566 is nowhere in the build; what stands there is #225580" in answer.findings[0].message

    def test_a_block_that_is_missing_is_for_a_person(self) -> None:
        answer = designed(design(more=400))
        assert set(answer.codes) == {"off-mock-up"} and answer.outcome is Outcome.REVIEW
        assert any("is not in the build" in finding.message for finding in answer.findings)


SOME = [
    change for change in CHANGES if change.kind in {"digit changed", "border gone", "picture swapped", "more space"}
][:6]


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_planted_visual_defects_are_boxed_where_they_are(tmp_path: Path) -> None:
    """A few of those `python -m tests.bench_visual` measures."""
    from qa.visual import compare

    studio = Studio(tmp_path)
    for change in SOME:
        before, after, at = studio.before_and_after(change)
        found = compare(before.png, after.png)
        assert boxed(change, found, expected(change, before, after, at)), (change, found)
