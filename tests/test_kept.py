"""Where is kept what can be made anew?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qa.kept import cache_folder, made_of


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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never(source: bytes) -> str:
    raise AssertionError(source)


def test_what_is_made_of_a_source_is_made_once(folder: Path) -> None:
    assert made_of(b"a", "some/name", bytes.decode) == "a"
    assert made_of(b"a", "some/name", never) == "a"
    assert made_of(b"b", "some/name", bytes.decode) == "b"


def test_a_spoilt_file_is_as_good_as_none(folder: Path) -> None:
    made_of(b"a", "name", bytes.decode)
    whole = (folder / "name").read_bytes()
    for spoilt in (b"", whole[:9], b"\0" * 40):
        (folder / "name").write_bytes(spoilt)
        assert made_of(b"a", "name", bytes.decode) == "a"
    assert (folder / "name").read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_what_others_can_write_is_not_believed(folder: Path) -> None:
    made_of(b"a", "name", bytes.decode)
    (folder / "name").chmod(0o666)
    assert made_of(b"a", "name", lambda _: "anew") == "anew"
    assert made_of(b"a", "name", never) == "anew"


def test_a_folder_nobody_can_write_to_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "file"))
    assert made_of(b"a", "name", bytes.decode) == "a"
