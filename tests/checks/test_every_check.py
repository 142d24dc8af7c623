"""What every check must have: a reason, examples that run, codes that are tried; and a start that is light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa.check import Check, registry
from qa.finding import Outcome
from qa.render.engines import measuring
from qa.run.needs import kinds
from qa.testing import example, needs_browser
from tests.windows import budget, chromium

ROOT = Path(__file__).parents[2]
KNOWN = registry()
CHECKS = KNOWN.checks
NOT_EVALUATED_YET = {"list-condition"}  # is skipped, whatever it meets

HEAVY = {
    "lxml",
    "bs4",
    "numpy",
    "PIL",
    "playwright",
    "pydantic",
    "rich",
    "jinja2",
    "requests",
    "docx",
    "premailer",
    "ruamel",
    "markdown_it",
    "publicsuffixlist",
    "filelock",
    "platformdirs",
}
UNWANTED = {
    *(HEAVY - {"filelock", "lxml", "pydantic", "rich", "jinja2", "platformdirs", "publicsuffixlist"}),
    "asyncio",
    "concurrent.futures.process",
    "multiprocessing",
    "pydantic.plugin._loader",  # as soon as a validator of the request is built
    "rapidfuzz",
    "qa.render.engines.chromium",
    "rich.progress",
    "ruamel.yaml",
    "webbrowser",
    "websockets",
}
OF_THE_SYSTEM = {"gi", "cairo"}  # imported by WebKit's worker, which the distribution's own Python runs


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys; from qa.cli.command_line import main; main(['--version']); print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & {name.split(".")[0] for name in out.split()}


def test_a_build_alone_imports_what_it_needs(tmp_path: Path) -> None:
    """Without pictures, screenshots, request and terminal; measured in tests/bench_start.py."""
    (tmp_path / "invite.html").write_text('<html lang="en"><title>Hello</title><p>Hello</p></html>')
    run = "main(['run', 'invite.html', '--no-render'])"
    code = f"import sys; from qa.cli.command_line import main; {run}; print(*sorted(sys.modules))"
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    loaded = set(out.splitlines()[-1].split())
    assert "qa.checks.copy_place" in loaded
    assert not loaded & UNWANTED


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_needs_of_a_check_are_gathered_for_some_subject(check: Check) -> None:
    assert kinds(check, KNOWN)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_says_why_and_how_it_fails(check: Check) -> None:
    assert len(check.title) <= 90
    assert len(check.rationale.split()) >= 12
    assert all(code.meaning.endswith(".") and code.fix.endswith(".") for code in check.codes)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_examples_of_a_check_fail_and_pass(
    check: Check, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if needs_browser(check):
        request.getfixturevalue("browser")
        if "for (;;)" in check.fails:
            monkeypatch.setattr(measuring, "BUDGET", budget(chromium(), tmp_path))
    failing, passing = example(check.id, check.fails), example(check.id, check.passes)
    if check.id in NOT_EVALUATED_YET:
        assert {answer.outcome for answer in (failing, passing)} == {Outcome.SKIPPED}
        return
    assert failing.outcome in (Outcome.FAILED, Outcome.REVIEW), (failing.outcome, failing.reason)
    assert set(failing.codes) <= {code.name for code in check.codes}
    assert passing.outcome is Outcome.PASSED, (passing.outcome, passing.reason, passing.findings)


def test_a_code_belongs_to_one_check() -> None:
    codes = [code.name for check in CHECKS.values() for code in check.codes]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_has_a_test_of_its_own(check: Check) -> None:
    tests = "".join(file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    assert f'"{check.id}"' in tests
    untried = [code.name for code in check.codes if f'"{code.name}"' not in tests]
    assert not untried, f"no test names {', '.join(untried)}"


def test_every_gatherer_delivers_what_something_needs() -> None:
    needed = {need for check in CHECKS.values() for need in check.needs}
    needed |= {need for gatherer in KNOWN.gatherers.values() for need in gatherer.needs}
    idle = {kind.__name__ for kind in KNOWN.gatherers} - {need.__name__ for need in needed}
    assert idle <= {"Rendering"}, idle
