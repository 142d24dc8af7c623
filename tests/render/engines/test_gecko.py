"""What is Gecko's alone: where it is looked for, and what it asks for by itself. How it draws: test_windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.profile.model import Profile
from qa.render.engines import gecko
from qa.render.engines.window_engine import Windowed
from tests.windows import drawn, load, wanted


def test_it_is_named_with_its_version_before_it_is_started() -> None:
    engine = wanted(gecko.found(Profile()))
    assert engine.name == "gecko"
    assert engine.label.startswith("Firefox ")
    assert engine.fingerprint.startswith(engine.label)


def test_where_there_is_none_the_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gecko, "find_firefox", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nowhere")
    assert gecko.found(Profile()) == "Firefox is not on this machine: run `qa setup --engines`"


def test_what_it_asks_for_itself_is_not_the_builds_doing(tmp_path: Path) -> None:
    engine = wanted(gecko.found(Profile()))
    assert isinstance(engine, Windowed)
    try:
        for _ in range(3):
            asked = load(tmp_path, "<p>x")
            drawn(engine, asked)
            assert asked.served.refused == ()
        (window,) = engine._all
        assert all(host.endswith((".mozilla.com", ".mozilla.org", ".firefox.com")) for host in window.proxy.called)
    finally:
        engine.close()


def test_its_profile_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine = wanted(gecko.found(Profile()))
    drawn(engine, load(tmp_path, "<p>x"))
    assert list(tmp_path.glob("qa-firefox-*"))
    engine.close()
    assert not list(tmp_path.glob("qa-firefox-*"))
