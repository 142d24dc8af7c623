"""Strings that others obey, through every command and every writer: what leaves says them, and orders nothing."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa.cli.command_line import main
from qa.files import yaml
from qa.testing import write_campaign
from qa.text.leaving import escaped_json, escaped_yaml, plain, unobeyed, visible
from tests.attacks.strings import STRINGS
from tests.suite_campaigns import run as run_pytest

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
ORDERS = re.compile(r"##\w*\[|^\s*::[a-z]", re.IGNORECASE | re.MULTILINE)
TAKEN = re.compile(r"\[\[\s*\w+\s*\|", re.IGNORECASE)
FORMATS = ("json", "junit", "sarif", "markdown")


def acting(text: str) -> list[str]:
    """What of a text somebody would obey, or could not see."""
    return [*HIDDEN.findall(text), *(found[0] for found in ORDERS.finditer(text))]


@pytest.mark.parametrize(
    "text", ["Spring sale", "https://a.example/#top", "## Terms", "a::b", "p::before", "12:30", "🌍 Ärzte"]
)
def test_what_orders_nothing_stays_as_it_is(text: str) -> None:
    assert {plain(text), unobeyed(text), visible(text), escaped_json(text), escaped_yaml(text)} == {text}


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_a_line_orders_nothing_and_is_as_long_as_before(text: str) -> None:
    assert not acting(plain(text)) and "\n" not in plain(text)
    assert len(plain(text)) == len(text)
    for width in range(20, 120, 7):
        assert not acting("\n".join(textwrap.wrap(plain(text), width, break_long_words=False)))


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_json_says_the_same(text: str) -> None:
    written = escaped_json(json.dumps({text: [text]}, indent=1, ensure_ascii=False))
    assert json.loads(written) == {text: [text]} and not acting(written)


def strange(text: str) -> dict[str, object]:
    """A campaign with a text wherever somebody else's text can stand."""
    shown = escape("".join(c for c in text if c not in "\x00\ud83d"))
    html = f"""<html lang="en"><title>{shown}</title><style>.a{{}}/* {shown} */</style>
<p>{shown}</p><a href="https://a.example/?q={shown}">{shown}</a><img src="a.png" alt="{shown}">
<pre>
{shown}</pre>{{{{lead.{shown}}}}}</html>"""
    return {
        "build": html,
        "sidecar": {"subject": text, "preheader": text, "from": {"name": text, "address": "news@a.example"}},
    }


def asked(text: str) -> dict[str, object]:
    copy = f"Wanted {text}"
    return {
        "name": text or "asset",
        "subject": f"{text} other",
        "copy": [copy],
        "links": [{"text": copy, "url": "https://a.example/asked"}],
        "must_include": [copy],
    }


@pytest.fixture(params=STRINGS.values(), ids=STRINGS)
def hostile(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path]]:
    text: str = request.param.replace("\ud83d", "\ufffd").replace("\x00", "\ufffd")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    write_campaign(tmp_path / "spring", **strange(text), email=asked(text), campaign={"name": text})  # type: ignore[arg-type]
    yield text, tmp_path


def files(folder: Path) -> list[str]:
    return [part for name in FORMATS for part in (f"--{name}", str(folder / f"out.{name}"))]


def test_run_triage_and_judge(hostile: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    _, folder = hostile
    for command in (
        ["run", "spring", "--no-render"],
        ["run", "spring", "spring/build/asset.html", "--no-render"],
        ["triage", "spring"],
    ):
        assert main([*command, *files(folder)]) in (0, 1, 3)
        captured = capsys.readouterr()
        assert captured.out and not acting(captured.out + captured.err)
        look_at_the_files(folder)
    assert main(["run", "spring", "--no-render"]) in (0, 1, 3)
    assert main(["judge", "qa-report"]) in (0, 1, 3)
    captured = capsys.readouterr()
    assert not acting(captured.out + captured.err)


def look_at_the_files(folder: Path) -> None:
    """Nothing in them acts, and all can be read."""
    written = {name: (folder / f"out.{name}").read_text("utf-8") for name in FORMATS}
    assert not acting(written["json"]) and not acting(written["sarif"])
    assert json.loads(written["json"])
    texts = [each["message"]["text"] for run in json.loads(written["sarif"])["runs"] for each in run["results"]]
    assert texts and not [text for text in texts if re.search(r"\{\s*\d", text) or HIDDEN.search(text)]
    assert not acting(written["junit"]) and not TAKEN.search(written["junit"])
    assert ElementTree.fromstring(written["junit"]).iter("testcase")
    assert not ORDERS.search(written["markdown"]) and not HIDDEN.search(written["markdown"].replace("\u2060", ""))
    assert "<script" not in written["markdown"] and "](http" not in written["markdown"]


def test_the_page_shows_it_and_runs_nothing(hostile: tuple[str, Path]) -> None:
    _, folder = hostile
    main(["run", "spring", "--no-render"])
    page = (folder / "qa-report/report.html").read_text("utf-8")
    assert not HIDDEN.search(page)
    assert page.count("<script") == 1 and "<img src=x" not in page


def test_draft_keeps_the_text_and_orders_nothing(hostile: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    text, folder = hostile
    assert main(["draft", "spring/build/asset.html"]) == 0
    captured = capsys.readouterr()
    assert not acting(captured.out + captured.err)
    assert main(["draft", "spring/build/asset.html", "--out", "drafted.yaml"]) == 0
    assert not acting(capsys.readouterr().out)
    drafted = yaml.load(folder / "drafted.yaml", "drafted.yaml").written
    subject = drafted["emails"][0]["subject"]
    assert visible(" ".join(subject.split())) == visible(" ".join(text.split()))


@pytest.mark.parametrize("text", STRINGS.values(), ids=STRINGS)
def test_a_mistake_in_a_command_orders_nothing(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = text.replace("\x00", "")
    for command in (
        ["run", text],
        ["explain", text],
        ["draft", text],
        ["judge", text],
        ["baseline", "list", text],
        ["triage", text],
    ):
        assert main(command) == 2
    for command in (["run", "x", "--jobs", text], [text]):
        with pytest.raises(SystemExit):
            main(command)
    captured = capsys.readouterr()
    assert captured.err and not acting(captured.out + captured.err)


@pytest.mark.parametrize(
    "name", ["azure", "github", "github, on a line of its own", "an attachment", "right to left", "an escape", "markup"]
)
def test_a_suite_of_pytest_orders_nothing(name: str, pytester: pytest.Pytester) -> None:
    text = STRINGS[name]
    write_campaign(pytester.path / "campaigns/spring", **strange(text), email=asked(text), campaign={"name": text})  # type: ignore[arg-type]
    result = run_pytest(pytester, "campaigns", "--junitxml=out.xml", "--html=out.html", "--self-contained-html")
    assert result.parseoutcomes()["failed"]
    said = result.stdout.str() + result.stderr.str()
    assert not acting(said)
    junit = (pytester.path / "out.xml").read_text("utf-8")
    assert not acting(junit) and not TAKEN.search(junit)
    page = (pytester.path / "out.html").read_text("utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page
