"""A browser elsewhere gets the build over the connection to it, and takes the same pictures."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from PIL import Image

from qa.artefacts import Parts, Rendering
from qa.build.assets import Asset
from qa.finding import Fault
from qa.gather.rendering import rendering
from qa.profile.model import Profile
from qa.render.engines import measuring
from qa.render.engines.chromium_found import find_browser
from qa.render.fonts import environment
from qa.request import unwritten
from qa.source import Source
from qa.testing import shared
from tests.windows import browsers

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]
VIEWS = {
    "small": {"title": "small", "width": 375, "ratio": 2.0},
    "large": {"title": "large", "width": 800, "darkening": "authored"},
}
HTML = (
    '<!doctype html><style>p{{color:#036}}@media(prefers-color-scheme:dark){{body{{background:#222}}}}</style><body><p>Hello</p><img src="a.gif">'
    '<img src="data:image/gif;base64,{}"><img src="https://other.example/x.png"><iframe src="f.html"></iframe>'
)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    shared().close()


def moving() -> bytes:
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "lime", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=20, loop=0)
    return out.getvalue()


def draw(folder: Path, kind: str, address: str = "", body: str = "") -> Rendering:
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build/a.gif").write_bytes(moving())
    (folder / "build/f.html").write_bytes(b"<p>A frame</p>")
    html = HTML.format(b64encode(moving()).decode()) + body
    own = {name: {**view, "kind": kind} for name, view in VIEWS.items()}
    profile = Profile(views=("small", "large", "large-dark"), own_views=own, browser=address, cache=False)
    asset = Asset(kind, "a", folder)
    parts = Parts("build/a.html", Source("build/a.html", html))
    return rendering(asset, parts, unwritten(asset.kind, "a", "a"), profile, browsers(profile))


@contextmanager
def program(*command: str, said: str, env: dict[str, str] | None = None) -> Iterator[str]:
    """A running program; what it says where it listens. It is ended with whatever it started itself."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **(env or {})},
        start_new_session=True,
    ) as running:  # fmt: skip
        try:
            yield _listening(running.stdout, said)
        finally:
            os.killpg(running.pid, signal.SIGTERM) if hasattr(os, "killpg") else running.terminate()


def _listening(out: IO[str] | None, said: str) -> str:
    for line in out or ():
        if found := re.search(said, line):
            return found[1]
    pytest.fail("it never said where it listens")


@contextmanager
def debugged(folder: Path) -> Iterator[str]:
    found = find_browser(Profile())
    flags = ["--headless", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={folder / 'profile'}"]
    flags += ["--force-color-profile=srgb", "--font-render-hinting=none"]
    with program(str(found.path), *flags, said=r"ws://(127\.0\.0\.1:\d+)/", env=environment()) as at:
        yield f"http://{at}"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    config = {
        "executablePath": str(find_browser(Profile()).path),
        "headless": True,
        "host": "127.0.0.1",
        "wsPath": "x",
    }
    (folder / "server.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium"]
    with program(*command, "--config", str(folder / "server.json"), said=r"(ws://\S+)", env=environment()) as at:
        yield at


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("elsewhere", [debugged, served])
def test_the_same_pictures(tmp_path: Path, kind: str, elsewhere: object) -> None:
    here = draw(tmp_path, kind)
    with elsewhere(tmp_path) as address:  # type: ignore[operator]
        there = draw(tmp_path, kind, address)
        shared().close()
    assert "elsewhere" in there.renderer
    assert [screenshot.view.name for screenshot in there.screenshots] == ["small", "large", "large-dark"]
    assert [screenshot.png for screenshot in there.screenshots] == [screenshot.png for screenshot in here.screenshots]
    assert [screenshot.elements for screenshot in there.screenshots] == [
        screenshot.elements for screenshot in here.screenshots
    ]
    assert there.refused == ("https://other.example/x.png",)


def test_it_survives_a_page_that_hangs_or_leads_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "BUDGET", 3)
    with debugged(tmp_path) as address:
        with pytest.raises(Fault, match="loop for ever"):
            draw(tmp_path, "page", address, "<script>for (;;);</script>")
        monkeypatch.undo()
        away = (
            "<script>location.href = 'https://other.example/'</script><meta http-equiv=refresh content='0;url=f.html'>"
        )
        assert len(draw(tmp_path, "page", address, away).screenshots) == 3
        shared().close()


def test_one_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    for address in ("http://127.0.0.1:9", "ws://127.0.0.1:9/x"):
        with pytest.raises(Fault, match="could not be reached") as fault:
            draw(tmp_path, "email", address)
        assert "\n" not in str(fault.value)
