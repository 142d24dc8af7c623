"""A screenshot is kept for runs to come, and counts only while everything it was made of is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.artefacts import Box, Darkening, Element, Parts, View
from qa.build.assets import Asset
from qa.render import cache
from qa.render.cache import cached, store, sweep
from qa.render.engines import DrawnView, Load
from qa.render.origin import ORIGIN, BuildOrigin
from qa.source import Source

VIEW = View("phone", "A phone", 375)
ELEMENTS = (
    Element(
        3,
        "p",
        Box(0, 1.5, 375, 20),
        True,
        "Hello ‘you’ \ud800",
        "rgb(0, 0, 0)",
        "",
        16.0,
        None,
        "rgb(255, 255, 255)",
        True,
    ),
    Element(9, "img", Box(0, 20, 40, 20), natural=(40, 20)),
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_stores", 1)


def load(tmp_path: Path, html: str = "<p>Hello</p>", **more: bool) -> Load:
    file = "build/a.html"
    asset = Asset("email", "a", tmp_path)
    return Load(html, BuildOrigin(asset, Parts(file, Source(file, html)), html, **more), (VIEW,))


def drawn(view: View = VIEW, png: bytes = b"\x89PNG\n\0\n") -> DrawnView:
    return DrawnView(view, view.width, 1200, 400, png, ELEMENTS, "a note")


def stored(tmp_path: Path) -> Load:
    """A load that was drawn and kept, having asked for a picture that is there and one that is not."""
    (tmp_path / "build").mkdir(exist_ok=True)
    (tmp_path / "build/a.png").write_bytes(b"picture")
    first = load(tmp_path)
    for url in (f"{ORIGIN}/build/a.png", f"{ORIGIN}/build/gone.png", "http://other.example/x"):
        first.served.answer(url)
    store(first, [drawn()], "engine", "Chromium 1")
    return load(tmp_path)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    found = cached(stored(tmp_path), VIEW, "engine")
    assert found is not None
    assert found.drawn == drawn()
    assert (found.renderer, found.refused) == ("Chromium 1", ("http://other.example/x",))


def test_what_a_view_is_called_does_not_count(tmp_path: Path) -> None:
    other = replace(VIEW, name="other", title="Another", client="gmail-web")
    found = cached(stored(tmp_path), other, "engine")
    assert found is not None
    assert found.drawn.view == other


def test_whatever_is_seen_does(tmp_path: Path) -> None:
    again = stored(tmp_path)
    changes: list[dict[str, object]] = [
        {"width": 376},
        {"height": 801},
        {"ratio": 2.0},
        {"dark": True},
        {"kind": "page"},
        {"engine": "webkit"},
    ]
    for change in [*changes, {"darkening": Darkening.FULL}]:
        assert cached(again, replace(VIEW, **change), "engine") is None  # type: ignore[arg-type]
    assert cached(again, VIEW, "another engine") is None
    assert cached(load(tmp_path, "<p>Hullo</p>"), VIEW, "engine") is None
    assert cached(load(tmp_path, images=False), VIEW, "engine") is None
    assert cached(load(tmp_path, scripted=True), VIEW, "engine") is None


def test_and_so_do_the_files_it_asked_for(tmp_path: Path) -> None:
    stored(tmp_path)
    (tmp_path / "build/a.png").write_bytes(b"another")
    assert cached(load(tmp_path), VIEW, "engine") is None
    (tmp_path / "build/a.png").write_bytes(b"picture")
    assert cached(load(tmp_path), VIEW, "engine") is not None
    (tmp_path / "build/gone.png").write_bytes(b"now there")
    assert cached(load(tmp_path), VIEW, "engine") is None


@pytest.mark.parametrize(
    "spoilt", [b"", b"00000002", b"00000002{}", b"00000003[1]x", b"00000001\xff", b"99999999{", b"-0000001{}", None]
)
def test_what_is_spoilt_is_drawn_anew(tmp_path: Path, spoilt: bytes | None) -> None:
    again = stored(tmp_path)
    (file,) = (tmp_path / "cache").glob("screenshots/*/*")
    file.write_bytes(file.read_bytes()[:-1] if spoilt is None else spoilt)
    assert cached(again, VIEW, "engine") is None
    stored(tmp_path)
    assert cached(again, VIEW, "engine") is not None


def test_those_used_longest_ago_go_first(tmp_path: Path) -> None:
    views = [replace(VIEW, width=width) for width in (300, 400, 500)]
    for view in views:
        store(load(tmp_path), [drawn(view, b"x" * 2000)], "engine", "")
    for age, file in enumerate(sorted((tmp_path / "cache").glob("screenshots/*/*"))):
        cache.os.utime(file, (age, age))
    assert cached(load(tmp_path), views[0], "engine") is not None  # used now
    sweep(most=2 * max(file.stat().st_size for file in (tmp_path / "cache").glob("screenshots/*/*")))
    left = [cached(load(tmp_path), view, "engine") is not None for view in views]
    assert (left[0], sum(left)) == (True, 2)
    sweep(most=0)
    assert list((tmp_path / "cache").glob("screenshots/*/*")) == []


def test_a_folder_nobody_can_write_to_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "file"))
    assert cached(stored(tmp_path), VIEW, "engine") is None
