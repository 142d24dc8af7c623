"""Patterns and methods of dataclasses that are kept between runs: as good as those made anew, and nobody's words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.facts import compiled
from qa.kept_code import KeptCode, parts_of

MAKE = re._compiler.compile  # type: ignore[attr-defined]
PATTERNS = [
    r"a+",
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"(?<!\w)(?:ä|ö)(?=\s)",
    r"(a)|(b(?P<deep>c))\3?",
    r"(?i:x)[^\W\d_]++",
    rb"\xff.",
    "",
]
WARM = """
import sys
from qa import kept_code
kept = []
made = kept_code.KeptCode
kept_code.KeptCode = lambda file: kept.append(made(file)) or kept[0]
kept_code.keep_code()
from qa.cli.command_line import main
code = main(sys.argv[1:])
print("new" if kept[0]._is_new else "all of it was kept", file=sys.stderr)
sys.exit(code)
"""


def constant(kept: KeptCode, source: str | bytes, flags: int = 0) -> re.Pattern[str]:
    """A pattern as a module makes it while it is imported."""
    names = {"__name__": "qa.text", "kept": kept, "make": MAKE, "source": source, "flags": flags}
    exec(compile("made = kept.pattern(make, source, flags)", "some/module.py", "exec"), names)
    return names["made"]  # type: ignore[return-value]


@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE, re.VERBOSE | re.DOTALL])
@pytest.mark.parametrize("source", PATTERNS)
def test_a_pattern_that_was_kept_is_the_one_that_was_made(tmp_path: Path, source: str | bytes, flags: int) -> None:
    first = KeptCode(tmp_path / "code")
    made = constant(first, source, flags)
    first.save()
    second = KeptCode(tmp_path / "code")
    kept = constant(second, source, flags)
    assert not second._is_new
    anew = re.compile(source, flags)  # type: ignore[type-var]
    assert made == kept == anew and kept.groupindex == anew.groupindex and kept.flags == anew.flags
    text = "aa 2026-11 ä abcc Xß" if isinstance(source, str) else b"\xffa"
    found = [each.span() for each in anew.finditer(text)]  # type: ignore[arg-type]
    assert [each.span() for each in kept.finditer(text)] == found  # type: ignore[arg-type]


def test_the_words_of_a_campaign_are_not_kept(tmp_path: Path) -> None:
    kept = KeptCode(tmp_path / "code")
    assert kept.pattern(MAKE, "mara@acme[.]example", 0).search("mara@acme.example")
    kept.save()
    assert not (tmp_path / "code").exists()


def test_a_pattern_of_a_table_is_kept_wherever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptCode(tmp_path / "code")
    monkeypatch.setattr(re._compiler, "compile", lambda source, flags=0: kept.pattern(MAKE, source, flags))  # type: ignore[attr-defined]
    assert compiled("never made (before)").search("never made before")
    kept.save()
    assert b"never made (before)" in (tmp_path / "code").read_bytes()


def test_methods_are_compiled_once(tmp_path: Path) -> None:
    first = KeptCode(tmp_path / "code")
    names: dict[str, int] = {}
    exec(first.method("x = 6 * 7"), names)
    first.save()
    second = KeptCode(tmp_path / "code")
    exec(second.method("x = 6 * 7"), names)
    assert names["x"] == 42 and not second._is_new


@pytest.mark.parametrize("content", [b"", b"spoilt", b"\x80\x04N."])
def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "code").write_bytes(content)
    assert constant(KeptCode(tmp_path / "code"), "a+").search("baa")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps the cache in the account's own folder")
def test_what_others_can_write_is_not_believed(tmp_path: Path) -> None:
    first = KeptCode(tmp_path / "code")
    first.method("x = 1")
    first.save()
    (tmp_path / "code").chmod(0o666)
    second = KeptCode(tmp_path / "code")
    second.method("x = 1")
    assert second._is_new


def test_a_mistake_in_a_pattern_is_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="missing"):
        parts_of(MAKE, "(", 0)
    with pytest.raises(re.error, match="missing"):
        constant(KeptCode(tmp_path / "code"), "(")


def test_the_second_start_makes_nothing_anew(tmp_path: Path) -> None:
    environment = {**os.environ, "QA_CACHE": str(tmp_path)}
    run = [sys.executable, "-c", WARM, "list"]
    said = [
        subprocess.run(run, check=False, capture_output=True, text=True, env=environment, timeout=120) for _ in range(2)
    ]
    assert [each.returncode for each in said] == [0, 0] and said[0].stdout == said[1].stdout
    assert said[0].stderr.endswith("new\n") and said[1].stderr.endswith("all of it was kept\n")
