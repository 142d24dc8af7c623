"""Can the email be read in dark mode? On measured screenshots and drawn pictures, pages in a browser; emails there in tests/checks/test_views.py."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from qa.artefacts import Box, Darkening, Element, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Outcome, Skip
from qa.gather.inventory import inventory
from qa.request import AskedEmail
from qa.source import Source
from qa.testing import run_check
from qa.views.screenshot_pixels import strokes_lost

HTML = '<p>Save your seat</p>\n<p>until Sunday</p>\n<img src="logo.png" alt="Acme">\n<img src="b.png" alt="">'
ONE, TWO, LOGO, OTHER = 0, HTML.index("<p>until"), HTML.index("<img"), HTML.rindex("<img")
WHITE, BLACK = (255, 255, 255), (17, 17, 17)


def rgb(colour: tuple[int, int, int]) -> str:
    return f"rgb{colour}"


def text(offset: int, ink: tuple[int, int, int], paper: tuple[int, int, int], **more: object) -> Element:
    facts = {"visible": True, "font_size": 16.0, "background": rgb(paper)} | more
    return Element(offset, "p", Box(10, 10, 100, 20), text="Save your seat", colour=rgb(ink), **facts)  # type: ignore[arg-type]


def screenshot(
    *elements: Element, dark: bool = False, how: Darkening = Darkening.AUTHORED, page: Image.Image | None = None
) -> Screenshot:
    view = View("mail-dark" if dark else "mail", "Mail, dark mode" if dark else "Mail", 400, dark=dark, darkening=how)
    out = BytesIO()
    (page or Image.new("RGB", (400, 200), BLACK if dark else WHITE)).save(out, "PNG")
    return Screenshot(view, 400, 200, 400, out.getvalue(), elements)


def judged(check: str, *screenshots: Screenshot) -> list[Finding]:
    markup = inventory(Source("build/a.html", HTML))
    asked = AskedEmail(name="a") if check == "dark-mode-pictures" else None
    return list(all_checks()[check].function(Rendering("x", screenshots), markup, asked))


def texts(day: Element, night: Element, how: Darkening = Darkening.AUTHORED) -> list[Finding]:
    return judged("dark-mode-text", screenshot(day), screenshot(night, dark=True, how=how))


def test_light_on_dark_by_night() -> None:
    assert texts(text(ONE, BLACK, WHITE), text(ONE, WHITE, BLACK)) == []
    assert texts(text(ONE, BLACK, WHITE), text(ONE, BLACK, WHITE)) == []  # left as it is


def test_what_cannot_be_read_by_day_either() -> None:
    grey, pale = (200, 200, 200), (60, 60, 60)
    assert texts(text(ONE, grey, WHITE), text(ONE, pale, BLACK)) == []  # contrast says so
    assert texts(text(ONE, WHITE, WHITE), text(ONE, BLACK, BLACK)) == []  # hidden by its colour
    assert texts(text(ONE, BLACK, WHITE, font_size=1.0), text(ONE, BLACK, BLACK, font_size=1.0)) == []
    assert texts(text(ONE, BLACK, WHITE), text(ONE, BLACK, BLACK, visible=False)) == []


def test_what_is_little_worse_by_night() -> None:
    assert texts(text(ONE, (140, 140, 140), WHITE), text(ONE, (105, 105, 105), (30, 30, 30))) == []


def test_dark_on_dark_by_night() -> None:
    (finding,) = texts(text(ONE, BLACK, WHITE), text(ONE, (50, 50, 50), BLACK))
    assert (finding.code, finding.view, finding.where and finding.where.line) == (
        "unreadable-in-dark-mode",
        "mail-dark",
        1,
    )
    assert finding.message == "In Mail, dark mode, “Save your seat” is #323232 on #111111: a contrast of 1.4 : 1."
    assert (finding.expected, finding.actual) == ("at least 3 : 1", "1.4 : 1")


def test_colours_that_a_client_makes_up_are_told_where_text_is_lost() -> None:
    pale = text(ONE, (100, 100, 100), BLACK)  # 3.2 : 1 and 2.5 : 1
    assert len(texts(text(ONE, BLACK, WHITE), text(ONE, (85, 85, 85), BLACK))) == 1
    assert texts(text(ONE, BLACK, WHITE), text(ONE, (85, 85, 85), BLACK), Darkening.PARTIAL) == []
    assert len(texts(text(ONE, BLACK, WHITE), text(ONE, (60, 60, 60), BLACK), Darkening.PARTIAL)) == 1
    assert texts(text(ONE, BLACK, WHITE), pale) == []


def test_several_texts_are_one_finding_and_each_is_told_once() -> None:
    day = screenshot(text(ONE, BLACK, WHITE), text(TWO, BLACK, WHITE))
    night = screenshot(text(ONE, BLACK, BLACK), text(TWO, (30, 30, 30), BLACK), dark=True)
    (finding,) = judged("dark-mode-text", day, night, night)
    assert "“Save your seat” (and 1 more) is" in finding.message


def test_what_is_shown_by_night_alone() -> None:
    hidden = text(ONE, BLACK, WHITE, visible=False)
    assert texts(hidden, text(ONE, WHITE, BLACK)) == []
    assert len(texts(hidden, text(ONE, BLACK, BLACK))) == 1
    assert texts(hidden, text(ONE, BLACK, BLACK), Darkening.PARTIAL) == []  # a preheader the client brought up


@pytest.mark.parametrize("how", [Darkening.PARTIAL, Darkening.FULL])
def test_text_on_a_picture_that_stays_as_it_is(how: Darkening) -> None:
    def on(paper: tuple[int, int, int], ink: tuple[int, int, int], dark: bool) -> Screenshot:
        page = Image.new("RGB", (400, 200), paper)
        element = text(ONE, ink, paper, background="", picture_behind=True)
        return screenshot(element, dark=dark, how=how, page=page)

    noon, dusk = (244, 234, 208), (24, 40, 56)
    assert judged("dark-mode-text", on(dusk, WHITE, dark=False), on(dusk, WHITE, dark=True)) == []
    assert judged("dark-mode-text", on(noon, BLACK, dark=False), on(noon, BLACK, dark=True)) == []
    (finding,) = judged("dark-mode-text", on(noon, BLACK, dark=False), on(noon, WHITE, dark=True))
    assert "is #ffffff on a picture or gradient that is mostly #f4ead0: a contrast of 1.1 : 1" in finding.message
    assert finding.code == ("turned-text-on-picture" if how is Darkening.FULL else "unreadable-in-dark-mode")


@pytest.mark.parametrize("check", ["dark-mode-text", "dark-mode-pictures"])
def test_no_dark_mode_no_verdict(check: str) -> None:
    with pytest.raises(Skip, match="no view in dark mode"):
        judged(check, screenshot())
    with pytest.raises(Skip):
        judged(check, screenshot(dark=True))


INK, LIGHT, ORANGE = (20, 26, 68, 255), (255, 255, 255, 255), (246, 176, 66, 255)
NAME = ((50, 6, 150, 12), (50, 26, 150, 34))
BLOCK, SIGN = (4, 4, 36, 36), (14, 14, 26, 26)


def logo(*parts: tuple[tuple[int, int, int, int], tuple[int, int, int, int]], paper: int = 0) -> Image.Image:
    image = Image.new("RGBA", (160, 40), (255, 255, 255, paper))
    draw = ImageDraw.Draw(image)
    for box, colour in parts:
        draw.rectangle(box, fill=colour)
    return image


def outlined(box: tuple[int, int, int, int], by: int = 2) -> tuple[int, int, int, int]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


DARK = logo(*((box, INK) for box in (BLOCK, *NAME)))
EDGED = logo(*((outlined(box), LIGHT) for box in (BLOCK, *NAME)), *((box, INK) for box in (BLOCK, *NAME)))
SIGNED = logo((BLOCK, INK), (SIGN, LIGHT))
SIGNED_AND_NAMED = logo((BLOCK, INK), (SIGN, LIGHT), *((box, INK) for box in NAME))
MARKED = logo((BLOCK, ORANGE), *((box, INK) for box in NAME))
OPAQUE = logo(*((box, INK) for box in NAME), paper=255)
GREY = logo(*((box, (120, 120, 130, 255)) for box in NAME))


def laid(paper: str, picture: Image.Image) -> Image.Image:
    page = Image.new("RGB", (picture.width + 4, picture.height + 4), paper)
    page.paste(picture, (2, 2), picture)
    return page.convert("L")


def lost(picture: Image.Image, day: str = "#ffffff", night: str = "#111111") -> bool:
    return strokes_lost(laid(day, picture), laid(night, picture), 2)


def portrait() -> Image.Image:
    """An opaque photograph of somebody with dark hair, cut round by styles."""
    image = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, 119, 119), fill=ORANGE)
    draw.ellipse((20, 10, 100, 70), fill=INK)
    return image


ROUND = portrait()


@pytest.mark.parametrize(
    "picture", [EDGED, SIGNED, OPAQUE, GREY, ROUND], ids=["edged", "signed", "opaque", "grey", "round"]
)
def test_pictures_that_are_seen_by_night(picture: Image.Image) -> None:
    assert not lost(picture)
    assert not lost(picture, "#eceef6", "#333333")


@pytest.mark.parametrize("picture", [DARK, MARKED, SIGNED_AND_NAMED], ids=["dark", "marked", "signed and named"])
def test_dark_strokes_on_a_transparent_ground(picture: Image.Image) -> None:
    assert lost(picture)
    assert lost(picture, night="#2b2b2b")
    assert not lost(picture, night="#ffffff")  # the ground stays light
    assert not lost(picture, "#202020", "#111111")  # and it was dark by day, too


def test_another_picture_by_night() -> None:
    light = logo(*((box, LIGHT) for box in (BLOCK, *NAME)))
    assert not strokes_lost(laid("#ffffff", DARK), laid("#111111", light), 2)


def test_views_of_another_width_and_pictures_that_were_cut() -> None:
    assert strokes_lost(laid("#ffffff", DARK).resize((320, 80)), laid("#111111", DARK), 2)
    assert not strokes_lost(None, laid("#111111", DARK), 2)
    assert not strokes_lost(laid("#ffffff", DARK), None, 2)


def pictures(*offsets: int, natural: tuple[int, int] = (160, 40)) -> list[Finding]:
    screenshots = []
    for dark, paper in ((False, WHITE), (True, BLACK)):
        page = Image.new("RGB", (400, 200), paper)
        elements = []
        for at, offset in enumerate(offsets):
            page.paste(DARK, (20, 20 + 60 * at), DARK)
            elements.append(Element(offset, "img", Box(20, 20 + 60 * at, 160, 40), natural=natural))
        screenshots.append(screenshot(*elements, dark=dark, page=page))
    return judged("dark-mode-pictures", *screenshots)


def test_a_lost_logo() -> None:
    (finding,) = pictures(LOGO)
    assert (finding.code, finding.where and finding.where.line) == ("lost-in-dark-mode", 3)
    assert finding.message == (
        "In Mail, dark mode, the picture “Acme” is hardly seen: dark strokes on a transparent ground."
    )


def test_lost_pictures_are_one_finding() -> None:
    (finding,) = pictures(LOGO, OTHER)
    assert "2 pictures are hardly seen: dark strokes on a transparent ground, the first in “Acme”." in finding.message


def test_a_picture_that_did_not_load() -> None:
    assert pictures(LOGO, natural=(0, 0)) == []


STYLE = "<style>@media (prefers-color-scheme: dark) { body { color: #eee } }</style>"


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="color-scheme" content="light dark">{STYLE}',
        f'<meta name="supported-color-schemes" content="light dark">{STYLE}',
        f"<style>:root {{ color-scheme: light dark }}</style>{STYLE}",
    ],
)
def test_dark_mode_that_is_declared(head: str) -> None:
    assert run_check("colour-scheme", email={}, build=f"<html><head>{head}</head></html>").outcome is Outcome.PASSED


def test_dark_mode_that_is_not_declared() -> None:
    answer = run_check("colour-scheme", email={}, build=f"<html><head>\n{STYLE}</head></html>")
    assert answer.codes == ["undeclared-colour-scheme"]
    assert answer.findings[0].where is not None and answer.findings[0].where.line == 2


def test_no_dark_styles_nothing_to_declare() -> None:
    assert run_check("colour-scheme", email={}, build="<p>Hello</p>").outcome is Outcome.SKIPPED


PAGE = "<html><head>{}</head><body><p>Save your seat today.</p></body></html>"
INK_BY_NIGHT = "p {{ color: #222222 }} @media (prefers-color-scheme: dark) {{ body {{ background: #111111 }} {} }}"


@pytest.mark.browser
@pytest.mark.parametrize(
    "head",
    [
        f"<style>{INK_BY_NIGHT.format('p { color: #eeeeee }')}</style>",
        '<link rel="stylesheet" href="css/good.css?v=3">',
        '<meta name="color-scheme" content="light dark">',  # the browser turns text and ground
    ],
)
def test_a_page_that_can_be_read_in_its_own_dark_mode(browser: None, head: str) -> None:
    files = {"build/css/good.css": INK_BY_NIGHT.format("p { color: #eeeeee }")}
    answer = run_check("dark-mode-text", page={}, build=PAGE.format(head), files=files)
    assert (answer.outcome, answer.findings) == (Outcome.PASSED, [])


@pytest.mark.browser
@pytest.mark.parametrize(
    "head",
    [
        f"<style>{INK_BY_NIGHT.format('')}</style>",
        "<link rel=stylesheet href=css/all.css>",
        "<style>@import url(css/bad.css)</style>",
        '<meta name="color-scheme" content="light dark"><style>p { color: #222222 }</style>',
    ],
)
def test_a_page_whose_own_dark_mode_loses_its_text(browser: None, head: str) -> None:
    files = {"build/css/all.css": "@import 'bad.css';", "build/css/bad.css": INK_BY_NIGHT.format("")}
    (finding,) = run_check("dark-mode-text", page={}, build=PAGE.format(head), files=files).findings
    assert (finding.code, finding.view, finding.where and finding.where.line) == (
        "unreadable-in-dark-mode",
        "phone-dark",
        1,
    )
    assert finding.message.startswith("In Phone, dark mode, “Save your seat today.” is #222222 on #1")


@pytest.mark.browser
@pytest.mark.parametrize(
    "head",
    [
        "<style>p { color: #222222 }</style>",
        '<meta name="color-scheme" content="light only"><style>:root { color-scheme: light } .dark { color: red }</style>',
        '<link rel="stylesheet" href="css/none.css"><link rel="stylesheet" href="../../else.css">',
    ],
)
def test_a_page_without_styles_for_dark_mode_is_drawn_by_day(browser: None, head: str) -> None:
    answer = run_check("dark-mode-text", page={}, build=PAGE.format(head), files={"build/css/none.css": "p {}"})
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "no view in dark mode was drawn")
