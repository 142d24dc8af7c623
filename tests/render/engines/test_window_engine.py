"""WebKit and Gecko on small documents: the same twice, nothing leaves, and what hangs or dies costs its own screenshot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines import DrawnView, Engine, LostView, measuring
from qa.render.engines.gecko import FirefoxWindow
from qa.render.engines.webkit import GtkWindow
from qa.render.engines.window_engine import LATE, Windowed
from tests.processes import DEADLINE, descendants, gone
from tests.windows import (
    DARK,
    DESKTOP,
    FORCED,
    PHONE,
    SCRIPTED_WAYS_OUT,
    SHARP,
    WAYS_OUT,
    budget,
    drawn,
    fits_a_wide_one,
    knows_what_is_cut_off,
    load,
    picture,
    wanted,
    witness,
    write_picture,
)

ROOT = Path(__file__).parents[3]
only_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are read from /proc")


@pytest.fixture(scope="module", params=["webkit", "gecko"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = new(request.param)
    yield engine
    engine.close()


def new(name: str) -> Engine:
    engine: Engine | str = import_module(f"qa.render.engines.{name}").found(Profile())
    return wanted(engine)


def test_every_view_from_one_load_in_its_order(engine: Engine, tmp_path: Path) -> None:
    screenshots = drawn(engine, load(tmp_path, '<div style="height:1500px">Hi</div>', DESKTOP, PHONE, SHARP))
    assert [(screenshot.view.name, screenshot.width, screenshot.height) for screenshot in screenshots] == [
        ("desktop", 800, 1500),
        ("phone", 375, 1500),
        ("sharp", 375, 1500),
    ]
    assert [picture(screenshot).size for screenshot in screenshots] == [(800, 1500), (375, 1500), (750, 3000)]


def test_a_ratio_between_whole_ones(engine: Engine, tmp_path: Path) -> None:
    (screenshot,) = drawn(engine, load(tmp_path, '<div style="height:1000px">Hi</div>', replace(PHONE, ratio=1.5)))
    assert picture(screenshot).size == (round(375 * 1.5), 1500)


def test_what_is_measured_is_what_is_drawn(engine: Engine, tmp_path: Path) -> None:
    body = '<a href="#" style="display:block;width:200px;height:40px;background:#ff0000;color:#ffffff;font-size:20px">Go</a>'
    (screenshot,) = drawn(engine, load(tmp_path, body))
    (link,) = [element for element in screenshot.elements if element.tag == "a"]
    assert (link.box.width, link.box.height, link.text, link.font_size) == (200, 40, "Go", 20)
    assert (link.colour, link.background, link.visible) == ("rgb(255, 255, 255)", "rgb(255, 0, 0)", True)
    assert picture(screenshot).getpixel((150, 35)) == (255, 0, 0)


def test_what_is_too_wide_is_said(engine: Engine, tmp_path: Path) -> None:
    (screenshot,) = drawn(engine, load(tmp_path, '<div style="width:500px">wide</div>'))
    assert (screenshot.width, screenshot.scroll_width) == (375, 500)
    assert picture(screenshot).width == 375


def test_text_that_a_box_cuts_off_is_known(engine: Engine, tmp_path: Path) -> None:
    knows_what_is_cut_off(engine, tmp_path)


def test_a_phone_that_makes_messages_fit_shows_all_of_a_wide_one(engine: Engine, tmp_path: Path) -> None:
    fits_a_wide_one(engine, tmp_path)


def test_a_document_in_quirks_mode_is_seen_whole(engine: Engine, tmp_path: Path) -> None:
    (screenshot,) = drawn(engine, load(tmp_path, "", whole='<body style="margin:0"><div style="height:2000px">x'))
    assert screenshot.height == 2000


def test_dark_mode_as_the_document_says(engine: Engine, tmp_path: Path) -> None:
    body = "<style>body{background:#fff}@media(prefers-color-scheme:dark){body{background:#000}}</style><p>x"
    light, dark, again = drawn(engine, load(tmp_path, body, PHONE, DARK, DESKTOP))
    assert [picture(screenshot).getpixel((300, 300)) for screenshot in (light, dark, again)] == [
        (255, 255, 255),
        (0, 0, 0),
        (255, 255, 255),
    ]


def test_dark_mode_by_force_is_undone_for_the_next_view(engine: Engine, tmp_path: Path) -> None:
    body = '<div style="background:#ffffff;height:900px;color:#000000">x</div>'
    _, dark, again = drawn(engine, load(tmp_path, body, PHONE, FORCED, DESKTOP))
    assert max(pixel(dark, (300, 300))) < 100
    assert pixel(again, (300, 300)) == (255, 255, 255)


def pixel(screenshot: DrawnView, place: tuple[int, int]) -> tuple[int, ...]:
    found = picture(screenshot).getpixel(place)
    assert isinstance(found, tuple)
    return tuple(map(int, found))


def test_pictures_and_the_texts_in_their_place(engine: Engine, tmp_path: Path) -> None:
    write_picture(tmp_path, "red.png", "red")
    body = '<img src="red.png" alt="A hero" style="display:block">'
    (shown,) = drawn(engine, load(tmp_path, body))
    (hidden,) = drawn(engine, load(tmp_path, body, images=False))
    assert pixel(shown, (20, 10)) == (255, 0, 0)
    assert pixel(hidden, (200, 100)) == (255, 255, 255)
    natural = [[e.natural for e in screenshot.elements if e.tag == "img"] for screenshot in (shown, hidden)]
    assert natural == [[(40, 20)], [(0, 0)]]


def test_an_animation_shows_its_first_frame(engine: Engine, tmp_path: Path) -> None:
    blue = Image.new("RGB", (40, 20), "blue")
    write_picture(tmp_path, "moving.gif", "red", save_all=True, append_images=[blue, blue], duration=20, loop=0)
    for _ in range(2):
        (screenshot,) = drawn(engine, load(tmp_path, '<img src="moving.gif" style="display:block">'))
        assert pixel(screenshot, (20, 10))[0] > 200


def test_scripts_run_in_pages_alone_by_a_clock_that_stands(engine: Engine, tmp_path: Path) -> None:
    body = (
        "<p>before<script>document.querySelector('p').textContent = new Date().toISOString()"
        " + ' ' + Math.random() + (Date() instanceof Object) + (new Date(0) instanceof Date)</script>"
    )
    (email,) = drawn(engine, load(tmp_path, body))
    (page,) = drawn(engine, load(tmp_path, body, scripted=True))
    assert email.elements[0].text == "before"
    assert page.elements[0].text == "2026-01-01T12:00:00.000Z 0.000007826369259425611falsetrue"
    active = """<img src="x" onerror="document.body.textContent = 'ran'"><p>stays"""
    (email,) = drawn(engine, load(tmp_path, active))
    assert [element.text for element in email.elements if element.tag == "p"] == ["stays"]


def test_two_runs_draw_the_same(engine: Engine, tmp_path: Path) -> None:
    body = """<style>@keyframes m { from { left: 0 } to { left: 300px } }
    b { position: relative; animation: m 3s linear infinite } i { transition: all 2s }</style>
    <b>moving</b><i>turning</i><p>Words, words, 😀 and <input autofocus value="field"> more"""
    first, second = (drawn(engine, load(tmp_path, body, PHONE, SHARP, DARK)) for _ in range(2))
    other = new(engine.name)
    try:
        third = drawn(other, load(tmp_path, body, PHONE, SHARP, DARK))
    finally:
        other.close()
    pictures = [[screenshot.png for screenshot in screenshots] for screenshots in (first, second, third)]
    assert pictures[0] == pictures[1] == pictures[2]
    assert [screenshot.elements for screenshot in first] == [screenshot.elements for screenshot in third]


@pytest.mark.parametrize("scripted", [False, True], ids=["email", "page"])
def test_nothing_leaves(engine: Engine, tmp_path: Path, scripted: bool) -> None:
    with witness() as (port, came):
        ways = (WAYS_OUT + (SCRIPTED_WAYS_OUT if scripted else "")).format(port=port)
        asked = load(tmp_path, ways, PHONE, DARK, scripted=scripted)
        drawn(engine, asked)
        assert came == []
    refused = asked.served.refused
    known = {"pixel", "style", "import", "font", "background", "srcset", "frame", "object", "svg"}
    known |= {"beacon", "fetch", "image", "socket", "events"} if scripted else set()
    assert {f"https://{name}.example" for name in known} <= set(refused)
    assert f"http://127.0.0.1:{port}/near.gif" in refused


def test_nothing_is_remembered_from_one_document_to_the_next(engine: Engine, tmp_path: Path) -> None:
    body = "<p>?<script>document.querySelector('p').textContent = [document.cookie, localStorage.length].join();"
    body += "document.cookie = 'seen=1'; localStorage.seen = 1</script>"
    write_picture(tmp_path, "red.png", "red")
    for colour in ("red", "blue"):
        write_picture(tmp_path, "red.png", colour)
        (page,) = drawn(engine, load(tmp_path, body + '<img src="red.png" style="display:block">', scripted=True))
        assert page.elements[0].text == ",0"
        box = next(element.box for element in page.elements if element.tag == "img")
        assert pixel(page, (int(box.x) + 9, int(box.y) + 9)) == ((255, 0, 0) if colour == "red" else (0, 0, 255))


def test_a_page_that_loops_costs_its_own_screenshots(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "BUDGET", budget(engine, tmp_path))
    at_once = engine.draw(load(tmp_path, "<p>x<script>while (true);</script>", PHONE, DESKTOP, scripted=True))
    assert at_once == [LostView(PHONE, LATE), LostView(DESKTOP, LATE)]
    later = "<p>x<script>addEventListener('resize', () => { if (innerWidth === 800) while (true); })</script>"
    first, second, third = engine.draw(
        load(tmp_path, later, PHONE, DESKTOP, replace(PHONE, name="again"), scripted=True)
    )
    assert isinstance(first, DrawnView)
    assert second == LostView(DESKTOP, LATE)
    assert isinstance(third, DrawnView)
    monkeypatch.undo()
    drawn(engine, load(tmp_path, "<p>fine", PHONE))


@pytest.mark.parametrize(
    "body",
    [
        "<script>setInterval(() => alert(1), 1); for (let i = 0; i < 50; i++) alert(i)</script>",
        "<canvas width=5000 height=5000></canvas><script>document.querySelector('canvas').getContext('2d').fillRect(0, 0, 9, 9)</script>",
        "<script>print(); window.open('https://popup.example/')</script>",
        '<form name="body"></form><form name="documentElement"></form><form name="scrollingElement"></form>',
    ],
    ids=["alerts", "canvas", "popup", "clobbering"],
)
def test_restless_pages_are_drawn(engine: Engine, tmp_path: Path, body: str) -> None:
    (screenshot,) = drawn(engine, load(tmp_path, f"<p>here</p>{body}", scripted=True))
    assert screenshot.elements[0].text == "here"


def test_a_page_that_leads_away_at_once_is_lost_with_its_reason(engine: Engine, tmp_path: Path) -> None:
    body = "<script>location.href = 'https://elsewhere.example/'</script><p>x"
    (lost,) = engine.draw(load(tmp_path, body, scripted=True))
    assert isinstance(lost, LostView)
    assert "leads away" in lost.reason


def test_a_page_that_leads_away_later_is_seen_as_it_was_or_lost(engine: Engine, tmp_path: Path) -> None:
    body = "<p>here<script>setTimeout(() => { location.href = 'http://build.localhost/other.html' }, 30)</script>"
    (answer,) = engine.draw(load(tmp_path, body, scripted=True))
    if isinstance(answer, LostView):
        assert "leads away" in answer.reason
    else:
        assert answer.elements[0].text == "here"


def test_an_email_that_leads_away_is_shown_as_it_was_built(engine: Engine, tmp_path: Path) -> None:
    whole = '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/"><p>here'
    (screenshot,) = drawn(engine, load(tmp_path, "", whole=whole))
    assert screenshot.elements[-1].text == "here"


def test_a_huge_document_is_cut_with_a_word(engine: Engine, tmp_path: Path) -> None:
    body = '<div style="height:200000px;width:600px">x</div>'
    for scripted in (False, True):
        (screenshot,) = drawn(engine, load(tmp_path, body, SHARP, scripted=scripted))
        assert (screenshot.height, picture(screenshot).size) == (200_000, (750, 20_000))
        assert screenshot.note == "cut at 10,000 px; the whole is 200,000 px tall"


def running(engine: Engine) -> list[int]:
    """The processes an engine has, by what they were started with."""
    assert isinstance(engine, Windowed)
    return [
        pid
        for window in engine._all
        if isinstance(window, GtkWindow | FirefoxWindow)
        for pid in descendants(window.pid)
    ]


@only_linux
def test_one_crash_costs_a_retry(engine: Engine, tmp_path: Path) -> None:
    drawn(engine, load(tmp_path, "<p>before"))
    for pid in running(engine):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    drawn(engine, load(tmp_path, "<p>after"))


@only_linux
@pytest.mark.parametrize("name", ["webkit", "gecko"])
def test_it_draws_where_nobody_can_write_into_the_home(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = new(name)
    for variable in ("HOME", *(f"XDG_{kind}_HOME" for kind in ("CACHE", "CONFIG", "DATA", "STATE"))):
        monkeypatch.setenv(variable, "/proc/nowhere")  # not even by root
    with closing(engine):
        assert isinstance(drawn(engine, load(tmp_path, "<p>x"))[0], DrawnView)


@pytest.mark.parametrize("name", ["webkit", "gecko"])
def test_nothing_is_left_when_it_is_closed(tmp_path: Path, name: str) -> None:
    engine = new(name)
    drawn(engine, load(tmp_path, "<p>x", PHONE, SHARP, DARK))
    pids = running(engine)
    assert pids
    engine.close()
    assert gone(pids)
    with pytest.raises(Fault, match="stopped"):
        engine.draw(load(tmp_path, "<p>x"))


@only_linux
@pytest.mark.parametrize("name", ["webkit", "gecko"])
def test_nothing_is_left_when_the_run_is_killed(tmp_path: Path, name: str) -> None:
    new(name)
    program = f"""
import time
from pathlib import Path
from tests.render.engines.test_window_engine import drawn, load, new, running
engine = new({name!r})
drawn(engine, load(Path({str(tmp_path)!r}), "<p>x"))
print(*running(engine), flush=True)
time.sleep({DEADLINE})
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
    assert pids
    assert gone(pids)
