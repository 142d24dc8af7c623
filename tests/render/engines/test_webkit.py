"""What is WebKit's alone: where it is looked for, and what it is called. How it draws: test_windows."""

from __future__ import annotations

import pytest

from qa.profile.model import Profile
from qa.render.engines import webkit
from tests.windows import wanted


def test_it_is_named_with_its_version() -> None:
    engine = wanted(webkit.found(Profile()))
    assert engine.name == "webkit"
    assert engine.label.split()[1].count(".") == 2


def test_its_fingerprint_names_program_fonts_and_how_it_is_driven() -> None:
    engine = wanted(webkit.found(Profile()))
    assert engine.fingerprint == wanted(webkit.found(Profile())).fingerprint


def test_where_a_part_is_missing_the_command_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # no Xvfb
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", "/nowhere")
    assert webkit.found(Profile()) == "WebKit is not on this machine: run `qa setup --engines`"
