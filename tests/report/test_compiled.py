"""Are compiled templates used again, and only where nobody else can have written them?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from qa.report.compiled import CompiledTemplates


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def rendered(text: str, settings: str = __file__) -> str:
    loader = DictLoader({"page": text})
    return (
        Environment(loader=loader, bytecode_cache=CompiledTemplates(settings)).get_template("page").render(name="Kim")
    )


def kept(cache: Path) -> Path:
    (file,) = cache.glob("templates/*.bin")
    return file


def test_a_template_is_compiled_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("Hello {{ name }}") == "Hello Kim"
    monkeypatch.setattr(Environment, "compile", None)
    assert rendered("Hello {{ name }}") == "Hello Kim"


def test_a_changed_template_is_compiled_anew(cache: Path, tmp_path: Path) -> None:
    rendered("Hello {{ name }}")
    assert rendered("Dear {{ name }}") == "Dear Kim"
    before = kept(cache).read_bytes()
    (tmp_path / "other.py").write_text("autoescape = True")
    rendered("Dear {{ name }}", str(tmp_path / "other.py"))
    assert kept(cache).read_bytes() != before


def test_a_spoilt_file_is_as_good_as_none(cache: Path) -> None:
    rendered("Hello {{ name }}")
    whole = kept(cache).read_bytes()
    for spoilt in (b"", whole[:30], whole[:-9], whole[:40] + b"\0" * 40):
        kept(cache).write_bytes(spoilt)
        assert rendered("Hello {{ name }}") == "Hello Kim"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_what_others_can_write_is_not_run(cache: Path) -> None:
    rendered("Hello {{ name }}")
    environment = Environment()
    bucket = CompiledTemplates(__file__).get_bucket(environment, "page", None, "Hello {{ name }}")
    assert bucket.code is not None
    kept(cache).chmod(0o666)
    assert CompiledTemplates(__file__).get_bucket(environment, "page", None, "Hello {{ name }}").code is None


def test_a_folder_nobody_can_write_to_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "file"))
    assert rendered("Hello {{ name }}") == "Hello Kim"
