"""Playwright's own browsers as engines: tried with a Chromium, driven in the same way, because few machines have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.profile.model import Profile
from qa.render.engines import Engine, LostView, measuring
from qa.render.engines.chromium_found import find_browser
from qa.render.engines.playwright_window import PlaywrightWindow, downloaded
from qa.render.engines.window_engine import Windowed
from tests.windows import DARK, DESKTOP, PHONE, SHARP, WAYS_OUT, drawn, load, picture, witness

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]


@pytest.fixture(scope="module")
def engine(browser: None) -> Iterator[Engine]:
    program = find_browser(Profile()).path

    def start(_ratio: float) -> PlaywrightWindow:
        return PlaywrightWindow("chromium", executable_path=program)

    engine = Windowed("webkit", lambda: "Chromium", "x", lambda view: view.ratio, start)
    yield engine
    engine.close()


def test_every_view(engine: Engine, tmp_path: Path) -> None:
    body = "<style>body{background:#fff}@media(prefers-color-scheme:dark){body{background:#000}}</style>"
    screenshots = drawn(engine, load(tmp_path, body + '<p style="height:1500px">x', PHONE, SHARP, DARK, DESKTOP))
    assert [(picture(screenshot).width, picture(screenshot).getpixel((300, 900))) for screenshot in screenshots] == [
        (375, (255, 255, 255)),
        (750, (255, 255, 255)),
        (375, (0, 0, 0)),
        (800, (255, 255, 255)),
    ]


def test_scripts_run_in_pages_alone(engine: Engine, tmp_path: Path) -> None:
    body = "<p>before<script>document.querySelector('p').textContent = new Date().toISOString()</script>"
    (email,) = drawn(engine, load(tmp_path, body))
    (page,) = drawn(engine, load(tmp_path, body, scripted=True))
    assert (email.elements[0].text, page.elements[0].text) == ("before", "2026-01-01T12:00:00.000Z")


def test_nothing_leaves(engine: Engine, tmp_path: Path) -> None:
    with witness() as (port, came):
        asked = load(tmp_path, WAYS_OUT.format(port=port))
        drawn(engine, asked)
        assert came == []
    assert any("pixel.example" in url for url in asked.served.refused)


def test_a_page_that_loops_is_lost_and_the_next_is_drawn(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "BUDGET", 2.0)
    (lost,) = engine.draw(load(tmp_path, "<script>while (true);</script>", scripted=True))
    assert isinstance(lost, LostView)
    monkeypatch.undo()
    drawn(engine, load(tmp_path, "<p>fine"))


def test_without_a_download_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    assert downloaded("webkit", "webkit") is None
