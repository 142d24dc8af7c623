"""Where is kept what can be made anew?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qa.files.cache_folder import cache_folder


def test_the_folder_that_was_chosen_or_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_CACHE", "/chosen")
    assert cache_folder() == Path("/chosen")
    monkeypatch.delenv("QA_CACHE")
    assert cache_folder().is_absolute() and "campaign-qa" in cache_folder().parts


@pytest.mark.skipif(sys.platform != "linux", reason="XDG's names of folders")
def test_the_folder_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QA_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert cache_folder() == Path("/xdg/campaign-qa")
