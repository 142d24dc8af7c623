"""Can the email be read and used on a phone? On measured screenshots and drawn pictures; in a browser in test_views_checks."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from qa.artefacts import Box, Element, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Skip
from qa.gather.inventory import inventory
from qa.request import AskedEmail
from qa.source import Source

COPY = "Join us on the 24th of March for forty minutes on what has changed this year."
FOOT = "Acme Ltd, 1 High Street, London, registered in England and Wales under 01234567."


def judged(check: str, html: str, *screenshots: Screenshot) -> list[Finding]:
    markup = inventory(Source("build/a.html", html))
    return list(all_checks()[check].function(Rendering("x", screenshots), markup, AskedEmail(name="a")))


def screenshot(
    *elements: Element, width: int = 390, png: bytes = b"", dark: bool = False, ratio: float = 1
) -> Screenshot:
    return Screenshot(View(f"{width}{dark}", "Phone", width, ratio=ratio, dark=dark), width, 800, width, png, elements)


def sizes(*lines: tuple[str, float], declared: str = "") -> list[Finding]:
    """What is said of texts one below the other, each with its size on the phone."""
    html, elements = "", []
    for at, (words, size) in enumerate(lines):
        elements.append(Element(len(html), "p", Box(0, at * 40, 300, 30), True, words, font_size=size))
        html += f"<p{declared}>{words}</p>\n"
    return judged("phone-text", html, screenshot(*elements))


def test_text_that_is_large_enough() -> None:
    assert sizes((COPY, 16), (COPY, 13)) == []


def test_a_footer_may_be_smaller() -> None:
    assert sizes(("View in browser", 11), (COPY, 16), (FOOT, 12), (FOOT, 11)) == []


def test_labels_may_be_smaller() -> None:
    assert sizes((COPY, 16), ("Live webinar", 12), (COPY, 16), (COPY, 16)) == []


def test_hidden_text_has_any_size() -> None:
    assert sizes((COPY, 1), (COPY, 16)) == []


def test_what_is_small_for_everybody_is_small_on_a_phone() -> None:
    (finding,) = sizes((COPY, 11), (COPY, 11), declared=' style="font-size:11px"')
    assert finding.code == "small-on-phone"


def test_copy_that_is_too_small() -> None:
    (finding,) = sizes(("Spring", 24), (COPY, 12), (COPY, 16), (FOOT, 12))
    assert (finding.code, finding.where and finding.where.line) == ("small-on-phone", 2)
    assert finding.message == (
        "On a phone, “Join us on the 24th of March for forty minutes on…” is set in 12 px; 48% of the text around it "
        "is as small."
    )
    (finding,) = sizes((COPY, 10), (FOOT, 10))
    assert finding.code == "small-on-phone"


def test_some_text_that_is_small() -> None:
    (finding,) = sizes((COPY, 16), (COPY, 12), (COPY * 5, 16))
    assert finding.code == "small-print-on-phone"
    (finding,) = sizes((COPY, 16), (FOOT, 9))
    assert (finding.code, finding.actual) == ("small-print-on-phone", "9 px")


@pytest.mark.parametrize("check", ["phone-text", "tap-targets"])
def test_no_phone_no_verdict(check: str) -> None:
    with pytest.raises(Skip, match="width of a phone"):
        judged(check, "<p>Hello</p>", screenshot(width=800))


def test_the_phone_in_the_light_is_looked_at() -> None:
    html = f"<p>{COPY}</p>"
    small, large = (Element(0, "p", Box(0, 0, 300, 30), True, COPY, font_size=size) for size in (9, 16))
    assert judged("phone-text", html, screenshot(small, dark=True), screenshot(large)) == []


BUTTON = '<a href="https://acme.example/seat">Save my seat</a>'
INK, PAGE = (26, 33, 96), (255, 255, 255)
OWN = "rgb(26, 33, 96)"


def tapped(link: Box, *grounds: Box, ratio: int = 1, behind: str = OWN, words: tuple[Box, ...] = ()) -> list[Finding]:
    """What is said of a link that lies on grounds of its colour, on a white page."""
    page = Image.new("RGB", (390 * ratio, 300 * ratio), PAGE)
    draw = ImageDraw.Draw(page)
    for boxes, colour in ((grounds, INK), (words, PAGE)):
        for b in boxes:
            right, bottom = (b.x + b.width) * ratio - 1, (b.y + b.height) * ratio - 1
            draw.rectangle((b.x * ratio, b.y * ratio, right, bottom), fill=colour)
    out = BytesIO()
    page.save(out, "PNG")
    element = Element(0, "a", link, True, "Save my seat", background=behind, font_size=16)
    return judged("tap-targets", BUTTON, screenshot(element, png=out.getvalue(), ratio=ratio))


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_button_as_large_as_a_thumb(ratio: int) -> None:
    box = Box(100, 100, 180, 44)
    assert tapped(box, box, ratio=ratio) == []
    assert tapped(Box(100, 100, 180, 41), box, ratio=ratio) == []  # fonts differ by as much


def test_links_in_a_text_are_no_buttons() -> None:
    assert tapped(Box(40, 100, 90, 18), Box(0, 0, 390, 300)) == []  # on a coloured page
    assert tapped(Box(40, 100, 90, 18), Box(20, 20, 350, 200)) == []  # in a coloured box
    assert tapped(Box(40, 100, 90, 18), Box(20, 92, 350, 34)) == []  # at the left of a coloured row
    menu = Box(60, 92, 270, 34)
    assert tapped(Box(150, 100, 90, 18), menu, words=(Box(90, 95, 30, 20), Box(270, 95, 40, 20))) != []
    assert tapped(Box(150, 100, 90, 18), menu, words=(Box(90, 95, 30, 20),)) == []  # beside another link
    assert tapped(Box(40, 100, 90, 18), behind="") == []  # on a picture


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_button_that_is_too_small(ratio: int) -> None:
    (finding,) = tapped(Box(100, 100, 180, 30), Box(100, 100, 180, 30), ratio=ratio)
    assert (finding.code, finding.actual) == ("small-tap-target", "30 px")
    assert finding.message == "On a phone, the button “Save my seat” is only 30 px high."


def test_a_button_of_which_only_the_words_can_be_tapped() -> None:
    (finding,) = tapped(Box(140, 115, 100, 18), Box(100, 100, 180, 48))
    assert finding.message == "On a phone, “Save my seat” is 48 px high, of which only 18 px can be tapped."


def icons(size: float, gap: float, goals: tuple[str, str] = ("one", "two")) -> list[Finding]:
    html, elements = "", []
    for at, goal in enumerate(goals):
        html += f'<a href="https://acme.example/{goal}">'
        elements.append(Element(html.rindex("<a"), "a", Box(at * (size + gap), 0, size, 12)))
        elements.append(Element(len(html), "img", Box(at * (size + gap), 0, size, size), natural=(48, 48)))
        html += f'<img src="{goal}.png" alt="Acme {goal}"></a>\n'
    return judged("tap-targets", html, screenshot(*elements))


def test_icons_with_room_around_them() -> None:
    assert icons(32, 0) == []
    assert icons(16, 10) == []
    assert icons(16, 2, goals=("one", "one")) == []


def test_icons_that_crowd() -> None:
    (finding,) = icons(16, 4)
    assert finding.code == "crowded-links"
    assert finding.message == (
        "On a phone, 2 linked pictures stand close together and are smaller than a thumb; the first, “Acme one”, "
        "measures 16 × 16 px."
    )


def test_no_link_no_verdict() -> None:
    with pytest.raises(Skip, match="no link is seen"):
        judged("tap-targets", "<p>Hello</p>", screenshot())


def test_where_all_is_shown_smaller_the_width_comes_first() -> None:
    view = View("phone", "Phone", 390, fits=True)
    with pytest.raises(Skip, match="too wide"):
        judged("tap-targets", "<p>Hello</p>", Screenshot(view, 390, 800, 640, b""))
