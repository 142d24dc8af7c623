"""Every engine behind the same words; Chromium draws each view of a load, and a view that fails costs nothing but itself."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qa.artefacts import Darkening, Parts, View
from qa.build.assets import Asset
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines import NAMES, Browsers, DrawnView, Engine, Load, LostView, measuring
from qa.render.engines.chromium import Chromium
from qa.render.engines.chromium_tab import Tab
from qa.render.origin import BuildOrigin
from qa.run import Session, session
from qa.source import Source
from qa.testing import shared
from tests.windows import budget, chromium, fits_a_wide_one, knows_what_is_cut_off, wanted

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]
PHONE = View("phone", "A phone", 375)
WIDE = View("wide", "A desk", 600)
DARK = View("phone-dark", "A phone at night", 375, dark=True, darkening=Darkening.AUTHORED)


def load(folder: Path, html: str, *views: View, scripted: bool = False, images: bool = True) -> Load:
    file = "build/a.html"
    asset = Asset("page" if scripted else "email", "a", folder)
    served = BuildOrigin(asset, Parts(file, Source(file, html)), html, images=images, scripted=scripted)
    return Load(html, served, views or (PHONE,), scripted)


def draw(folder: Path, html: str, *views: View, scripted: bool = False) -> list[DrawnView]:
    answers = chromium().draw(load(folder, html, *views, scripted=scripted))
    assert all(isinstance(answer, DrawnView) for answer in answers), answers
    return [answer for answer in answers if isinstance(answer, DrawnView)]


def image(drawn: DrawnView) -> Image.Image:
    return Image.open(BytesIO(drawn.png)).convert("RGB")


def test_all_are_named_and_none_is_started_to_know() -> None:
    browsers = Browsers(Profile())
    assert tuple(browsers.engines()) == NAMES
    assert browsers.engines() is browsers.engines()
    browsers.close()
    with pytest.raises(Fault, match="the run was stopped"):
        browsers.engines()


def test_a_missing_one_says_how_it_is_got(tmp_path: Path) -> None:
    missing = Browsers(Profile(browser=str(tmp_path / "gone"))).engines()["chromium"]
    assert isinstance(missing, str)
    assert "is not a program" in missing


def test_what_it_is(tmp_path: Path) -> None:
    engine = chromium()
    assert engine.name == "chromium"
    assert engine.label.startswith("Chrom")
    assert len(engine.fingerprint) == 64
    assert engine.fingerprint == chromium(Profile(browsers=1)).fingerprint


def test_every_view_from_one_load(tmp_path: Path) -> None:
    first, second = draw(tmp_path, "<body style='margin:0;height:900px;background:red'>", PHONE, WIDE)
    assert (first.view, second.view) == (PHONE, WIDE)
    assert (image(first).size, image(second).size) == ((375, 900), (600, 900))


@pytest.mark.parametrize("scripted", [False, True])
def test_the_ratio_is_that_of_the_picture_alone(tmp_path: Path, scripted: bool) -> None:
    html = "<body style='margin:0'><div style='height:1000px;background:red'></div>"
    (drawn,) = draw(tmp_path, html, replace(PHONE, ratio=2.0), scripted=scripted)
    assert image(drawn).size == (750, 2000)
    assert (drawn.width, drawn.height, drawn.scroll_width) == (375, 1000, 375)
    assert image(drawn).getpixel((700, 1990)) == (255, 0, 0)


def test_at_a_higher_ratio_less_of_a_tall_document_fits(tmp_path: Path) -> None:
    (drawn,) = draw(tmp_path, "<body style='margin:0'><div style='height:12000px'>", replace(PHONE, ratio=2.0))
    assert image(drawn).size == (750, 20_000)
    assert drawn.note == "cut at 10,000 px; the whole is 12,000 px tall"


SCHEMES = "<style>body{background:white;color:black}@media(prefers-color-scheme:dark){body{background:blue}}</style><p data-qa-at='9'>Hello"


def test_dark_as_the_document_says_and_light_again(tmp_path: Path) -> None:
    dark = replace(PHONE, dark=True, darkening=Darkening.AUTHORED)
    screenshots = draw(tmp_path, SCHEMES, dark, PHONE, replace(dark, width=400))
    assert [image(each).getpixel((370, 300)) for each in screenshots] == [(0, 0, 255), (255, 255, 255), (0, 0, 255)]
    assert [each.elements[-1].backdrop for each in screenshots] == [
        "rgb(0, 0, 255)",
        "rgb(255, 255, 255)",
        "rgb(0, 0, 255)",
    ]


def test_dark_as_the_client_makes_it_and_light_again(tmp_path: Path) -> None:
    dark = replace(PHONE, dark=True, darkening=Darkening.FULL)
    screenshots = draw(tmp_path, SCHEMES, PHONE, dark, replace(PHONE, width=400))
    corners = [image(each).getpixel((370, 300)) for each in screenshots]
    assert corners[0] == corners[2] == (255, 255, 255)
    assert max(corners[1]) < 80
    assert screenshots[1].elements[-1].colour != screenshots[0].elements[-1].colour


def test_a_client_without_dark_mode_shows_the_light(tmp_path: Path) -> None:
    (drawn,) = draw(tmp_path, SCHEMES, replace(PHONE, dark=True))
    assert image(drawn).getpixel((370, 300)) == (255, 255, 255)


def test_a_dark_canvas_is_what_lies_under_everything(tmp_path: Path) -> None:
    html = "<meta name=color-scheme content='light dark'><p data-qa-at='9'>Hello"
    (drawn,) = draw(tmp_path, html, replace(PHONE, dark=True, darkening=Darkening.AUTHORED))
    assert drawn.elements[0].backdrop == "rgb({}, {}, {})".format(*image(drawn).getpixel((370, 300)))  # type: ignore[misc]
    assert drawn.elements[0].backdrop != "rgb(255, 255, 255)"


def test_a_picture_behind_and_the_colour_behind_that(tmp_path: Path) -> None:
    cases = {
        "<i data-qa-at='1'>x</i>": ("rgb(255, 255, 255)", False),
        "<div style='background:#00f url(x.png)'><i data-qa-at='1'>x</i></div>": ("rgb(0, 0, 255)", True),
        "<div style='background-image:url(x.png)'><i data-qa-at='1'>x</i></div>": ("rgb(255, 255, 255)", True),
        "<div style='background-image:url(x.png)'><i data-qa-at='1' style='background:#0f0'>x</i></div>": (
            "rgb(0, 255, 0)",
            False,
        ),
        "<div style='background:#00f url(x.png)'><i data-qa-at='1' style='background:rgba(255,255,255,.5)'>x</i></div>": (
            "rgb(128, 128, 255)",
            True,
        ),
    }
    (drawn,) = draw(tmp_path, "".join(cases))
    found = [(element.backdrop, element.picture_behind) for element in drawn.elements if element.tag == "i"]
    assert found == list(cases.values())


def test_without_pictures_their_texts_are_shown(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    Image.new("RGB", (40, 20), "red").save(tmp_path / "build/a.png")
    html = "<body style='margin:0'><img data-qa-at='1' src='a.png' alt='Logo' style='display:block'>"
    for images, natural in ((True, (40, 20)), (False, (0, 0))):
        (drawn,) = chromium().draw(load(tmp_path, html, images=images))
        assert isinstance(drawn, DrawnView)
        assert drawn.elements[0].natural == natural


def test_a_tab_is_used_again_and_nothing_of_the_last_document_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    new = Tab._new.__func__  # type: ignore[attr-defined]

    async def counted(cls: type[Tab], running: object, load: Load) -> Tab:
        opened.append(load.html)
        tab: Tab = await new(cls, running, load)
        return tab

    monkeypatch.setattr(Tab, "_new", classmethod(counted))
    shared().close()
    alone = draw(tmp_path, "<p>Hello")
    draw(tmp_path, "<style>p{color:red}</style><p style='height:5000px'>Other")
    draw(tmp_path, "<p>Hello", scripted=True)
    assert draw(tmp_path, "<p>Hello") == alone
    assert len(opened) == 2


def test_nor_are_its_pictures(tmp_path: Path) -> None:
    corners = []
    for colour in ("red", "blue"):
        folder = tmp_path / colour
        (folder / "build").mkdir(parents=True)
        Image.new("RGB", (40, 20), colour).save(folder / "build/a.png")
        (drawn,) = draw(folder, "<body style='margin:0'><img src='a.png' style='display:block'>")
        corners.append(image(drawn).getpixel((5, 5)))
    assert corners == [(255, 0, 0), (0, 0, 255)]


async def _hang(self: Tab, view: View) -> int:
    if view.width == WIDE.width:
        await self._call("new Promise(() => {})")
    return 100


def test_a_view_that_hangs_is_lost_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screenshot, seconds = Tab.screenshot, budget(chromium(), tmp_path)

    async def hanging(self: Tab, view: View) -> DrawnView:
        await _hang(self, view)
        return await screenshot(self, view)

    monkeypatch.setattr(Tab, "screenshot", hanging)
    monkeypatch.setattr(measuring, "BUDGET", seconds)
    answers = chromium().draw(load(tmp_path, "<p>Hello", PHONE, WIDE, replace(PHONE, width=400)))
    assert [(type(answer), answer.view.width) for answer in answers] == [
        (DrawnView, 375),
        (LostView, 600),
        (DrawnView, 400),
    ]
    assert isinstance(answers[1], LostView)
    assert f"more than {seconds:.0f} seconds" in answers[1].reason


@pytest.mark.parametrize(("crashes", "lost"), [(1, []), (2, [600])])
def test_a_crash_costs_one_retry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crashes: int, lost: list[int]
) -> None:
    screenshot, left = Tab.screenshot, [crashes]

    async def crashing(self: Tab, view: View) -> DrawnView:
        if view.width == WIDE.width and left[0]:
            left[0] -= 1
            await self._page.goto("chrome://crash")
        return await screenshot(self, view)

    monkeypatch.setattr(Tab, "screenshot", crashing)
    answers = chromium().draw(load(tmp_path, "<p>Hello", PHONE, WIDE, replace(PHONE, width=400)))
    assert sorted(answer.view.width for answer in answers) == [375, 400, 600]
    assert [answer.view.width for answer in answers if isinstance(answer, LostView)] == lost


def test_a_browser_that_cannot_be_started_is_a_fault(tmp_path: Path) -> None:
    program = tmp_path / "mine"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(Fault, match="could not be started"):
        chromium(Profile(browser=str(program))).draw(load(tmp_path, "<p>Hello"))


def test_an_engine_elsewhere_is_known_by_what_it_says() -> None:
    assert isinstance(Browsers(Profile(browser="ws://127.0.0.1:9/x")).engines()["chromium"], Chromium)
    with pytest.raises(Fault, match="could not be reached"):
        assert chromium(Profile(browser="http://127.0.0.1:9")).label


def test_text_that_a_box_cuts_off_is_known(tmp_path: Path) -> None:
    knows_what_is_cut_off(chromium(), tmp_path)


def test_a_phone_that_makes_messages_fit_shows_all_of_a_wide_one(tmp_path: Path) -> None:
    fits_a_wide_one(chromium(), tmp_path)


def test_views_are_shared_out_only_where_a_browser_would_idle(tmp_path: Path) -> None:
    found = Browsers(Profile(browsers=2)).engines()["chromium"]
    assert isinstance(found, Chromium)
    several = load(tmp_path, "<p>x", PHONE, WIDE, DARK)
    with found._shared(load(tmp_path, "<p>x", PHONE)) as alone, found._shared(several) as second:
        assert [[view.name for view in share.views] for share in (*alone, *second)] == [
            ["phone"],
            ["phone", "wide", "phone-dark"],
        ]
    with found._shared(several) as shares, found._shared(several) as waiting:
        assert [[view.name for view in share.views] for share in shares] == [["phone", "phone-dark"], ["wide"]]
        assert waiting == [several]


def test_two_sessions_have_engines_of_their_own_and_end_no_others(tmp_path: Path) -> None:
    def engine(of: Session) -> Engine | str:
        return of.resources.get(Browsers, of.registry, of.profile).engines()["chromium"]

    one, other = session(Profile(browsers=1)), session(Profile(browsers=1))
    try:
        assert engine(one) is engine(one.under(Profile(browsers=1, lead_days=3)))
        assert engine(one) is not engine(other)
        kept, ended = wanted(engine(other)), wanted(engine(one))
        for each in (kept, ended):
            assert isinstance(each.draw(load(tmp_path, "<p>Hello"))[0], DrawnView)
        one.resources.close()
        assert isinstance(kept.draw(load(tmp_path, "<p>Hello"))[0], DrawnView)
        with pytest.raises(Fault, match="the run was stopped"):
            ended.draw(load(tmp_path, "<p>Hello"))
    finally:
        one.resources.close()
        other.resources.close()
