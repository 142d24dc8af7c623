"""Strings that others obey, through every command and every writer: what leaves says them, and orders nothing."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterable
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qa.cli.command_line import main
from qa.files import yaml
from qa.text.leaving import escaped_json, escaped_yaml, plain, unobeyed, visible
from tests.attacks.strings import FILE_NAMES, STRINGS
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


def page_of(text: str) -> str:
    """A build with a text wherever it can stand."""
    shown = escape("".join(c for c in text if c not in "\x00\ud83d"))
    return f"""<html lang="en"><title>{shown}</title><style>.a{{}}/* {shown} */</style>
<p>{shown}</p><a href="https://a.example/?q={shown}">{shown}</a><img src="a.png" alt="{shown}">
<pre>
{shown}</pre>{{{{lead.{shown}}}}}</html>"""


def as_yaml(value: object) -> str:
    """JSON is YAML, but for what that has escaped alone, and for the halves of a pair."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def write_hostile(folder: Path, texts: Iterable[str]) -> list[str]:
    """A campaign of an email for each text, which is its name, its subject line and all it says; the builds."""
    (folder / "build").mkdir(parents=True)
    emails = []
    for number, text in enumerate(texts):
        copy = f"Wanted {text}"
        build = f"build/{number:02}.html"
        asked = {"name": text, "build": build, "subject": f"{text} other", "copy": [copy], "must_include": [copy]}
        emails.append(asked | {"links": [{"text": copy, "url": "https://a.example/asked"}]})
        (folder / build).write_text(page_of(text), "utf-8", "replace")
        sender = {"name": text, "address": "news@a.example"}
        envelope = {"subject": text, "preheader": text, "from": sender}
        (folder / build).with_suffix(".envelope.yaml").write_text(as_yaml(envelope), "utf-8")
    request = {"id": "T-1", "name": " ".join(texts), "emails": emails}
    (folder / "request.yaml").write_text(as_yaml(request), "utf-8")
    return [str(folder / email["build"]) for email in emails]


ALL = [text for text in STRINGS.values() if "\x00" not in text and "\ud83d" not in text]  # no YAML has these
FILES = [part for name in FORMATS for part in (f"--{name}", f"out.{name}")]


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those of a campaign of every hostile string, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return write_hostile(Path("spring"), ALL)


COMMANDS = {
    "run": ["run", "spring", "--no-render", *FILES],
    "run many": ["run", "spring", "spring/build/00.html", "--no-render", *FILES],
    "triage": ["triage", "spring", *FILES],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_commands_and_their_files(command: list[str], builds: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) in (0, 1, 3)
    captured = capsys.readouterr()
    assert len(captured.out) > 100
    assert not acting(captured.out + captured.err)
    look_at_the_files()


def look_at_the_files() -> None:
    """Nothing in them acts, and all can be read."""
    written = {name: Path(f"out.{name}").read_text("utf-8") for name in FORMATS}
    assert not acting(written["json"]) and not acting(written["sarif"])
    assert json.loads(written["json"])
    texts = [each["message"]["text"] for run in json.loads(written["sarif"])["runs"] for each in run["results"]]
    assert texts and not [text for text in texts if re.search(r"\{\s*\d", text) or HIDDEN.search(text)]
    assert not acting(written["junit"]) and not TAKEN.search(written["junit"])
    assert list(ElementTree.fromstring(written["junit"]).iter("testcase"))
    assert not ORDERS.search(written["markdown"]) and not HIDDEN.search(written["markdown"].replace("\u2060", ""))
    assert "<script" not in written["markdown"] and not re.search(r"(?<!\\)\]\(http", written["markdown"])


def test_the_page_shows_it_and_what_was_judged_again(builds: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "spring", "--no-render"])
    page = Path("qa-report/report.html").read_text("utf-8")
    assert not HIDDEN.search(page)
    assert page.count("<script") == 1 and "<img src=x" not in page
    assert main(["judge", "qa-report"]) in (0, 1, 3)
    captured = capsys.readouterr()
    assert captured.out and not acting(captured.out + captured.err)


def test_draft_keeps_the_texts_and_orders_nothing(builds: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", *builds]) == 0
    captured = capsys.readouterr()
    assert not acting(captured.out + captured.err)
    assert main(["draft", *builds, "--out", "drafted.yaml"]) == 0
    assert not acting(capsys.readouterr().out)
    emails = yaml.load(Path("drafted.yaml"), "drafted.yaml").written["emails"]
    assert [visible(" ".join(email["subject"].split())) for email in emails] == [
        visible(" ".join(text.split())) for text in ALL
    ]


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


def test_a_suite_of_pytest_orders_nothing(pytester: pytest.Pytester) -> None:
    write_hostile(pytester.path / "campaigns/spring", ALL[:28])  # pytest takes gigabytes for twice as many emails
    result = run_pytest(pytester, "campaigns", "--junitxml=out.xml", "--html=out.html", "--self-contained-html", "-rA")
    assert result.parseoutcomes()["failed"]
    assert not acting(result.stdout.str() + result.stderr.str())
    junit = (pytester.path / "out.xml").read_text("utf-8")
    assert not acting(junit) and not TAKEN.search(junit)
    page = (pytester.path / "out.html").read_text("utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", FILE_NAMES.values(), ids=FILE_NAMES)
def test_a_build_may_be_called_anything(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("<html lang='en'><title>Hi</title><p>Hello</p></html>", "utf-8")
    assert main(["run", f"./{name}", "--as", "page", "--no-render", *FILES]) in (0, 1)
    assert main(["judge", "qa-report"]) in (0, 1)
    assert main(["draft", f"./{name}"]) == 0
    captured = capsys.readouterr()
    assert captured.out and not acting(captured.out + captured.err)
    for each in FORMATS:
        assert not TAKEN.search(Path(f"out.{each}").read_text("utf-8")) or each != "junit"
