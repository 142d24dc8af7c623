"""Bad input gets one clear line, and loses nothing of what can be checked all the same."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.cli.command_line import main
from qa.render.engines import measuring
from qa.render.visit import opened
from qa.testing import picture, write_campaign
from tests.windows import budget, chromium

GOOD = (
    "<html lang='en'><head><title>Hi</title></head><body><p>Hello</p>{}"
    "<a href='https://a.example/unsubscribe'>Unsubscribe</a></body></html>"
)
Check = Callable[..., dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs a campaign of one good email and one bad thing; returns the document and what was printed."""

    def examine(*arguments: str, **campaign: Any) -> dict[str, Any]:
        folder = tmp_path / "campaign"
        write_campaign(folder, **({"build": GOOD.format("")} | campaign))
        result = tmp_path / "result.json"
        flags = arguments or ("--no-render",)
        code = main(["run", str(folder), "--report", str(tmp_path / "out"), "--json", str(result), *flags])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err + captured.out
        document: dict[str, Any] = json.loads(result.read_text("utf-8"))
        return {**document, "exit": code, "out": captured.out}

    return examine


def _broken(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(r["asset"], r["reason"]) for r in document["results"] if r["outcome"] == "broken"]


def _codes(document: dict[str, Any], check: str) -> list[str]:
    return [f["code"] for r in document["results"] if r["check"] == check for f in r["findings"]]


def _passed(document: dict[str, Any], asset: str) -> int:
    return sum(r["asset"] == asset and r["outcome"] == "passed" for r in document["results"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "not there"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "PNG"),
        (b"<p>" + b"x" * 50_000_000, "MB"),
        (b"<div>" * 100_000 + b"x", "nests"),
    ],
    ids=["missing", "empty", "a picture named .html", "50 MB", "100,000 nested tags"],
)
def test_a_build_nobody_can_read(run: Check, content: bytes | None, words: str) -> None:
    files = {} if content is None else {"build/bad.html": content}
    document = run(campaign={"emails": [{"name": "bad", "build": "build/bad.html"}]}, files=files)
    assert document["exit"] == 3
    broken = {reason for asset, reason in _broken(document) if asset == "bad"}
    assert len(broken) == 1, broken
    assert "build/bad.html" in next(iter(broken)) and words in next(iter(broken))
    assert _passed(document, "bad") == 0
    assert _passed(document, "asset") > 3


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "build/link.html", "..\\secret.html"]
)
def test_a_path_that_leaves_the_campaign(run: Check, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    (tmp_path / "campaign/build").mkdir(parents=True)
    (tmp_path / "campaign/build/link.html").symlink_to(tmp_path / "secret.html")
    document = run(campaign={"emails": [{"name": "bad", "build": path}]})
    assert document["exit"] == 3
    assert [asset for asset, _ in _broken(document)] == ["bad"]
    assert "secret<" not in json.dumps(document)
    assert _passed(document, "asset") > 3


def _huge_png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"), [(picture(60, 40, "x")[:200], ""), (_huge_png(), "30")], ids=["truncated", "bomb"]
)
def test_a_picture_nobody_can_open(run: Check, content: bytes, words: str) -> None:
    document = run(build=GOOD.format('<img src="a.png" alt="A">'), files={"build/a.png": content})
    assert _codes(document, "image-files") == ["broken-image"]
    assert words in json.dumps(document)
    assert not _broken(document)


def _list(content: bytes) -> dict[str, Any]:
    segments = [{"name": "all", "list": "all.csv", "count": 2, "unique": "email"}]
    return {"campaign": {"audience": {"segments": segments}}, "files": {"all.csv": content}}


def test_a_list_with_a_broken_row(run: Check) -> None:
    document = run(**_list(b"email,name\na@x.example,Ann\nb@x.example,Bob,too,many\n"))
    assert _codes(document, "list-rows") == ["broken-row"]
    assert _codes(document, "list-uniqueness") == []


def test_a_list_in_another_encoding(run: Check) -> None:
    document = run(**_list("email;name\na@x.example;Jürgen\nb@x.example;Zoë\n".encode("cp1252")))
    assert not _broken(document)
    assert _codes(document, "list-count") == []


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_a_page_whose_script_loops_for_ever(run: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limits in (measuring, opened):
        monkeypatch.setattr(limits, "BUDGET", budget(chromium(), tmp_path))
    loop = GOOD.format("<script>for (;;) {}</script>")
    pages = [{"name": "loop", "build": "build/loop.html"}]
    document = run("--skip", "encoding", campaign={"pages": pages}, files={"build/loop.html": loop})
    assert {asset for asset, _ in _broken(document)} == {"loop"}
    assert len([screenshot for screenshot in document["screenshots"] if screenshot["asset"] == "asset"]) >= 6
    assert _passed(document, "asset") > 3
    assert document["exit"] == 3
