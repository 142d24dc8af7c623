"""The same fonts in every engine: what fontconfig answers with our configuration, and what makes another fingerprint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa.facts import facts
from qa.render import fonts

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only fontconfig can be told")
CACHED = (fonts.fingerprint, fonts._installed, fonts._families, fonts._written)


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """What is installed is looked up once a run; these tests change it."""
    for cached in CACHED:
        cached.cache_clear()
    yield
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of font files in the place of this machine's."""
    monkeypatch.setitem(facts("fonts"), "folders", [str(tmp_path)])
    return tmp_path


def matched(asked: str) -> str:
    """The family that fontconfig draws with where another is asked for."""
    if not (program := shutil.which("fc-match")):
        pytest.skip("fontconfig's fc-match is not on this machine")
    environment = {**os.environ, **fonts.environment()}
    command = [program, "-f", "%{family}", asked]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ("Arial", "Liberation Sans"),
        ("helvetica", "Liberation Sans"),
        ("system-ui", "Liberation Sans"),
        ("Segoe UI", "Liberation Sans"),
        ("serif", "Liberation Serif"),
        ("Georgia", "Liberation Serif"),
        ("Courier New", "Liberation Mono"),
        ("Nobody Has This", "Liberation Sans"),
    ],
)
def test_what_emails_ask_for_is_drawn_with_the_documented_set(asked: str, drawn: str) -> None:
    if any(font.family == drawn for font in fonts.lacking()):
        pytest.skip(f"the font {drawn} is not installed")
    assert matched(asked) == drawn


def test_the_configuration_is_whole(machine: Path) -> None:
    for name in ("LiberationSans-Regular.ttf", "DejaVuSans.ttf", "Comic.ttf"):
        (machine / name).write_bytes(b"font")
    tree = ElementTree.parse(fonts.environment()["FONTCONFIG_FILE"])
    accepted = [glob.text for glob in tree.findall("selectfont/acceptfont/glob")]
    assert accepted == [str(machine / "DejaVuSans.ttf"), str(machine / "LiberationSans-Regular.ttf")]
    verdana = next(m for m in tree.findall("match") if m.findtext("test/string") == "Verdana")
    assert verdana.findtext("edit/string") == "DejaVu Sans"


def test_where_the_set_is_not_installed_every_font_is_used(machine: Path) -> None:
    (machine / "Other.ttf").write_bytes(b"font")
    tree = ElementTree.parse(fonts.environment()["FONTCONFIG_FILE"])
    assert [glob.text for glob in tree.findall("selectfont/acceptfont/glob")] == [str(machine / "Other.ttf")]


def test_where_no_font_is_known_the_machine_decides(machine: Path) -> None:
    assert fonts.environment() == {}
    assert fonts.lacking() == []
    assert fonts.fingerprint()


def test_what_is_lacking_is_said_with_its_package(machine: Path) -> None:
    (machine / "LiberationSans-Regular.ttf").write_bytes(b"font")
    lacking = {font.family: font.apt for font in fonts.lacking()}
    assert "Liberation Sans" not in lacking
    assert lacking["Carlito"] == "fonts-crosextra-carlito"


def test_another_font_is_another_fingerprint_and_another_date_is_none(machine: Path) -> None:
    def now() -> str:
        for cached in CACHED:
            cached.cache_clear()
        return fonts.fingerprint()

    file = machine / "LiberationSans-Regular.ttf"
    file.write_bytes(b"font")
    first = now()
    os.utime(file, (1, 1))
    assert now() == first
    (machine / "NotOurs.ttf").write_bytes(b"font")
    assert now() == first
    file.write_bytes(b"tnof")
    assert now() != first


def test_every_substitute_is_of_the_documented_set() -> None:
    drawn = {entry["family"] for entry in facts("fonts")["drawn"]}
    substitutes = {family for entry in facts("fonts")["substitute"] for family in entry["drawn"]}
    assert substitutes <= drawn
    asked = [name.lower() for entry in facts("fonts")["substitute"] for name in entry["asked"]]
    assert len(asked) == len(set(asked))
