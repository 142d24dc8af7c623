"""What is left where pictures are not shown? On measured screenshots; in a browser in tests/checks/test_views.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.artefacts import Box, Element, Features, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Outcome, Skip
from qa.gather.inventory import inventory
from qa.profile.model import Profile
from qa.request import AskedEmail
from qa.source import Source
from qa.testing import run_check

HTML = '<td background="dusk.png">Save your seat</td>\n<p>Hello</p>\n<img src="all.png">\n<img src="b.png">'
CELL, WORDS, ALL, MORE = 0, HTML.index("<p>"), HTML.index("<img"), HTML.rindex("<img")
WHITE, DARK = "rgb(255, 255, 255)", "rgb(32, 48, 64)"


def screenshot(*elements: Element, images: bool = True, dark: bool = False, name: str = "mail") -> Screenshot:
    view = View(name, "Mail", 600, images=images, dark=dark)
    return Screenshot(view, 600, 800, 600, b"", elements)


def judged(check: str, *screenshots: Screenshot) -> list[Finding]:
    markup = inventory(Source("build/a.html", HTML))
    needs = {
        "background-pictures": (
            Rendering("x", screenshots),
            markup,
            Features(),
            AskedEmail(name="a"),
        ),
        "image-only": (Rendering("x", screenshots), markup, AskedEmail(name="a")),
    }
    return list(all_checks()[check].function(*needs[check]))


def text(
    backdrop: str, colour: str = WHITE, picture: bool = True, background: str = "", visible: bool = True
) -> Element:
    box = Box(0, 0, 300, 40)
    return Element(CELL, "td", box, visible, "Save your seat", colour, background, 16, None, backdrop, picture)


def behind(*elements: Element) -> list[Finding]:
    return judged("background-pictures", *(screenshot(element, name=f"{at}") for at, element in enumerate(elements)))


def test_a_colour_like_the_picture() -> None:
    assert behind(text(DARK)) == []
    assert behind(text(WHITE, colour=DARK)) == []


def test_no_picture_behind() -> None:
    assert behind(text(WHITE, picture=False, background=WHITE)) == []  # contrast says what is to be said
    assert behind(text(WHITE, visible=False)) == []


def test_a_colour_unlike_the_picture() -> None:
    (finding,) = behind(text(WHITE), text(WHITE))
    assert (finding.code, finding.where and finding.where.line) == ("no-colour-behind", 1)
    assert finding.message == "“Save your seat” stands on a picture; without it, it is #ffffff on #ffffff."
    assert (finding.expected, finding.actual) == ("at least 3 : 1", "1 : 1")


CELLS = '<table><tr><td background="dusk.png"{} style="color:#ffffff">Save your seat today.</td></tr></table>'


@pytest.mark.browser
@pytest.mark.parametrize(
    ("views", "colour", "codes"),
    [
        (("gmail-web", "outlook-windows"), ' bgcolor="#203040"', []),
        (("gmail-web", "outlook-windows"), "", ["no-colour-behind"]),
        (("gmail-web", "outlook-windows"), ' bgcolor="#ffffff"', ["no-colour-behind"]),
        (("gmail-web",), "", ["no-colour-behind"]),
    ],
)
def test_in_a_browser(browser: None, views: tuple[str, ...], colour: str, codes: list[str]) -> None:
    files = {"build/dusk.png": {"picture": [60, 30, "dusk"]}}
    profile = Profile(views=views)
    answer = run_check("background-pictures", email={}, build=CELLS.format(colour), files=files, profile=profile)
    assert answer.codes == codes


@pytest.mark.parametrize("check", ["background-pictures", "image-only"])
def test_no_light_no_verdict(check: str) -> None:
    with pytest.raises(Skip, match="no view in light mode"):
        judged(check, screenshot(images=False), screenshot(dark=True))


def picture(offset: int, y: float, height: float, width: float = 600, natural: tuple[int, int] = (600, 900)) -> Element:
    return Element(offset, "img", Box(0, y, width, height), width > 0, natural=natural)


def words(y: float, text: str, size: float = 16) -> Element:
    return Element(WORDS, "p", Box(0, y, 600, 20), True, text, font_size=size)


OFFER = "Everything is half the price until Sunday, in all our shops and on our pages, while it lasts."
VIEW = "Trouble reading this email? View it in your browser, or add us to your address book."


def test_pictures_beside_text() -> None:
    assert judged("image-only", screenshot(picture(ALL, 0, 300), words(300, OFFER), picture(MORE, 340, 300))) == []
    assert judged("image-only", screenshot(words(0, OFFER), picture(ALL, 40, 900))) == []  # a headline above it


@pytest.mark.parametrize(
    "sentence",
    [
        "Join us for forty minutes on what changed this year in planning.",
        "Ab sofort finden Sie uns in der Lindenallee, gleich am Markt.",
        "Que diriez-vous de passer la journée avec nous au marché ?",
    ],
)
def test_one_real_sentence_is_a_message(sentence: str) -> None:
    assert judged("image-only", screenshot(words(0, sentence), picture(ALL, 40, 900))) == []


@pytest.mark.parametrize(
    "words_above",
    ["Everything at half the price, all of this week", "If you cannot see this email, please view it in your browser."],
)
def test_a_headline_and_a_way_to_the_browser_are_no_message(words_above: str) -> None:
    (finding,) = judged("image-only", screenshot(words(0, words_above), picture(ALL, 40, 900)))
    assert finding.code == "image-only-email"


def test_a_hero_above_a_letter() -> None:
    letter = [words(320 + at * 40, OFFER) for at in range(20)]
    assert judged("image-only", screenshot(picture(ALL, 0, 300), *letter)) == []


@pytest.mark.parametrize(
    ("text", "said"), [("", "as text it says nothing before"), ("a", "only 1 letter b"), ("Sale", "only 4 letters b")]
)
def test_what_it_says_as_text(text: str, said: str) -> None:
    (finding,) = judged("image-only", screenshot(words(0, text, 40), picture(ALL, 20, 900)))
    assert finding.code == "image-only-email" and said in finding.message


def test_small_pictures_say_nothing() -> None:
    assert judged("image-only", screenshot(picture(ALL, 0, 40, width=120), words(60, "Hello"))) == []


def test_an_email_that_is_a_picture() -> None:
    (finding,) = judged("image-only", screenshot(words(0, VIEW, size=11), picture(ALL, 20, 900), words(930, OFFER)))
    assert (finding.code, finding.where and finding.where.line) == ("image-only-email", 3)
    assert finding.message == "The email is one picture: as text it says nothing before its footer."
    (finding,) = judged("image-only", screenshot(picture(ALL, 0, 400), words(400, "Now"), picture(MORE, 420, 400)))
    assert finding.message == "The email is 2 pictures: as text it says only 3 letters before its footer."


def test_pictures_of_unknown_size() -> None:
    with pytest.raises(Skip, match="nobody knows"):
        judged("image-only", screenshot(picture(ALL, 0, 0, width=0, natural=(0, 0)), words(20, "Hello")))
    assert judged("image-only", screenshot(picture(ALL, 0, 0, width=0, natural=(0, 0)), words(20, OFFER))) == []


def test_text_alone() -> None:
    assert judged("image-only", screenshot(words(0, "Hello"))) == []
    assert (
        run_check("image-only", email={}, build="<p>Hello</p>", profile=Profile(render=False)).outcome
        is Outcome.SKIPPED
    )


BANNER = '<img src="seat.png" width="300" alt="Save your seat"><img src="dot.png" width="9" height="9" alt="Dot"><img src="x.png" alt="">'


def banner(ground: str, colour: str = WHITE, width: float = 300, at: int = 0, **more: bool) -> list[Finding]:
    markup = inventory(Source("build/a.html", BANNER))
    element = Element(at, "img", Box(0, 0, width, 60), True, "", colour, ground, 16, (600, 120), ground)
    element = replace(element, picture_behind=more.get("behind", False), visible=more.get("visible", True))
    check = all_checks()["alt-colours"].function
    return list(check(Rendering("x", (screenshot(element),)), markup, AskedEmail(name="a")))


def test_words_of_a_picture_that_can_be_read_without_it() -> None:
    assert banner(DARK) == []
    assert banner(WHITE, DARK) == []


def test_words_of_a_picture_that_cannot() -> None:
    (finding,) = banner(DARK, "rgb(0, 0, 0)")
    assert finding.code == "unseen-alt"
    assert finding.message == (
        "Where pictures are off, the words of the picture “Save your seat” are #000000 on #203040."
    )
    assert (finding.expected, finding.actual) == ("at least 3 : 1", "1.5 : 1")


def test_small_pictures_hidden_ones_and_those_on_another_are_left_alone() -> None:
    assert banner(WHITE, visible=False) == []
    assert banner(WHITE, behind=True) == []
    assert banner(WHITE, width=9, at=BANNER.index("<img", 5)) == []
    assert banner(WHITE, at=BANNER.rindex("<img")) == []  # it has no words


def test_no_words_in_the_place_of_any_picture() -> None:
    with pytest.raises(Skip, match="no picture has words"):
        list(
            all_checks()["alt-colours"].function(
                Rendering("x", (screenshot(),)), inventory(Source("a", "<p>x")), AskedEmail(name="a")
            )
        )


PARAGRAPH = (
    "Forty minutes on what changed this year, live on 24 March, with both of our speakers and your own questions."
)
FOOTER = "You receive this email because you registered with Acme. Unsubscribe here, or write to us whenever you like."


def test_a_paragraph_below_the_picture_is_text_of_the_message() -> None:
    assert judged("image-only", screenshot(picture(ALL, 0, 600), words(620, PARAGRAPH, size=16))) == []
    for below in (words(620, PARAGRAPH, size=11), words(620, FOOTER, size=16), words(620, f"© {PARAGRAPH}", size=16)):
        (finding,) = judged("image-only", screenshot(picture(ALL, 0, 600), below))
        assert finding.code == "image-only-email"
