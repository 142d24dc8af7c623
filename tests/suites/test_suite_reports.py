"""Campaigns under pytest: read by build servers, shown as pages, and as the documentation says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.suite_campaigns import run, write


def test_build_servers_read_code_file_and_line(pytester: pytest.Pytester, campaigns: Path) -> None:
    run(pytester, "campaigns", "--junitxml=out.xml")
    cases = {case.get("classname", ""): case for case in _cases(pytester.path / "out.xml", "link-destination")}
    told = [(each.get("name"), each.get("value")) for each in cases["campaigns.bad.invite"].iter("property")]
    assert told == [
        ("check", "link-destination"),
        ("code", "wrong-destination"),
        ("file", "campaigns/bad/build/asset.html"),
        ("line", "1"),
    ]
    failure = cases["campaigns.bad.invite"].find("failure")
    assert failure is not None
    assert "leads to" in failure.get("message", "")
    assert [each.get("name") for each in cases["campaigns.good.invite"].iter("property")] == ["check"]


def _cases(file: Path, name: str) -> list[ElementTree.Element]:
    return [case for case in ElementTree.parse(file).iter("testcase") if case.get("name") == name]


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["one", "two"])
def test_pytest_html_shows_cards_and_verdicts(
    pytester: pytest.Pytester, campaigns: Path, processes: tuple[str, ...]
) -> None:
    write(campaigns / "bad", "https://acme.example/<b>boook</b>")
    arguments = ("campaigns", "--qa-no-render", "--html=out.html", "--self-contained-html", *processes)
    pytester.runpytest_subprocess(*arguments).assert_outcomes(failed=1, passed=7, skipped=2)
    page = (pytester.path / "out.html").read_text("utf-8")
    summary = page[page.index('class="verdicts"') :]
    assert summary.index(">Held<") < summary.index(">Go<")
    (card,) = [each for name, each in _extras(page) if name == "campaigns/bad/invite::link-destination"]
    assert "wrong-destination" in card
    assert "<mark>" in card
    assert "<b>boook" not in card
    assert 'src="http' not in page


def _extras(page: str) -> list[tuple[str, str]]:
    """The pieces of HTML that a page of pytest-html shows of each test."""
    from html import unescape

    found = re.search(r'data-jsonblob="([^"]*)"', page)
    assert found is not None
    tests = json.loads(unescape(found[1]))["tests"]
    return [(name, extra["content"]) for name, each in tests.items() for test in each for extra in test["extras"]]


def test_cards_show_the_place_in_a_picture(browser: None, pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.runpytest_subprocess("campaigns/bad", "--html=out.html", "--self-contained-html")
    (card,) = [card for name, card in _extras((pytester.path / "out.html").read_text("utf-8")) if "destination" in name]
    assert 'src="data:image/webp;base64,' in card
    assert 'class="ring"' in card


def test_other_peoples_runs_import_nothing_of_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\nLIGHT = {'qa.files', 'qa.files.names', 'qa.suites', 'qa.suites.plugin', 'qa.suites.places', 'qa.suites.processes'}\n"
        "def test_own(): assert not {n for n in sys.modules if n.startswith('qa.')} - LIGHT"
    )
    subprocess.run([sys.executable, "-m", "pytest", "-q"], cwd=pytester.path, check=True, capture_output=True)


DOCS = Path(__file__).parents[2] / "docs" / "pytest.md"
REQUEST = """id: MOPS-1423
name: Spring webinar
platform: marketo
emails:
  - name: invite
    build: build/invite.html
    links:
      # the only call to action
      - {text: Save my seat, url: https://www.acme.example/webinar}
"""
INVITE = """<html lang="en"><head><title>Spring webinar</title></head><body>
<p>Hello</p>
<a href="https://www.acme.example/webinr">Save my seat</a>
</body></html>
"""


def test_the_documented_example_is_what_pytest_prints(pytester: pytest.Pytester) -> None:
    folder = pytester.path / "campaigns" / "spring-webinar"
    (folder / "build").mkdir(parents=True)
    (folder / "request.yaml").write_text(REQUEST)
    (folder / "build" / "invite.html").write_text(INVITE)
    _, commands, printed, *_ = re.findall(
        r"^```(?:sh)?\n(.*?)^```$", "```\n```\n" + DOCS.read_text("utf-8"), re.S | re.M
    )
    told = run(pytester, "campaigns/spring-webinar/invite::link-destination").outlines
    headline, *lines = printed.splitlines()
    assert any(headline.strip("_ ") == line.strip("_ ") for line in told)
    start = told.index(lines[0])
    assert told[start : start + len(lines)] == lines
    for command in commands.splitlines():
        arguments = shlex.split(command.partition("#")[0])[1:]
        if "-n" not in arguments:
            assert run(pytester, *arguments, "-m", "link").ret in (0, 1, 5), command


def test_the_documented_settings_are_those_pytest_reads(pytester: pytest.Pytester, campaigns: Path) -> None:
    (written,) = re.findall(r"```toml\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    pytester.makepyprojecttoml(written)
    pytester.makepyfile(**{"tests/test_own": "def test_own(): pass"})
    run(pytester).assert_outcomes(failed=1, passed=8, skipped=2)
