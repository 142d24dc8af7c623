"""Do the rules of the house hold? Imports point one way; every check says what it is for, and its examples run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.check import Check, registry
from qa.engines import measures
from qa.finding import Outcome
from qa.run.needs import kinds
from qa.testing import example, needs_browser

ROOT = Path(__file__).parent.parent
KNOWN = registry()
CHECKS = KNOWN.checks
FILES = sorted(file for room in ("qa", "checks", "reports") for file in (ROOT / room).rglob("*.py"))

# Each room may import those named after it, and nothing further along the way.
FORBIDDEN = {
    "qa/source.py": {"qa."},
    "qa/finding.py": {"qa.artefacts", "qa.check", "qa.run", "qa.report", "qa.gather"},
    "qa/artefacts/": {"qa.check", "qa.run", "qa.report", "qa.gather", "qa.verdict"},
    "qa/check.py": {"qa.run", "qa.report", "qa.gather", "qa.verdict", "qa.request"},
    "qa/gather/": {"qa.run", "qa.report", "qa.verdict", "qa.align", "qa.report.folder", "qa.session"},
    "qa/align.py": {"qa.run", "qa.report", "qa.verdict", "qa.report.folder"},
    "checks/": {"qa.run", "qa.report", "qa.gather", "qa.verdict", "qa.report.folder", "qa.config", "qa.browser"},
    "qa/run/": {"qa.report"},
    "qa/verdict.py": {"qa.run", "qa.report", "qa.gather"},
    "qa/suites/": {"qa.gather", "qa.session", "qa.cli"},
    "reports/": {"qa.run", "qa.artefacts", "qa.gather", "qa.verdict", "qa.request", "qa.config", "qa.report.folder"},
}
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
}


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_point_one_way(file: Path) -> None:
    name = file.relative_to(ROOT).as_posix()
    forbidden = {module for room, modules in FORBIDDEN.items() if name.startswith(room) for module in modules}
    wrong = {i for i in _imports(file) for f in forbidden if i == f or i.startswith(f if f.endswith(".") else f + ".")}
    assert not wrong, f"{name} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize(
    "file", [*FILES, *sorted((ROOT / "tests").glob("*.py"))], ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_nothing_imports_checks_or_reports_by_name(file: Path) -> None:
    assert not {i for i in _imports(file) if re.match(r"qa\.(checks|reports)\b|(checks|reports)\b", i)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_only_suites_know_of_pytest(file: Path) -> None:
    if "suites" not in file.parts:
        foreign = {name.partition(".")[0] for name in _imports(file)}
        assert foreign.isdisjoint({"pytest", "_pytest", "pytest_html", "xdist"})
        assert not any(name.startswith("qa.suites") for name in _imports(file))


def test_no_module_hides_the_mapped_packages() -> None:
    assert not (ROOT / "qa/checks.py").exists()
    assert not (ROOT / "qa/reports.py").exists()


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys; from qa.cli import main; main(['--version']); print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & {name.split(".")[0] for name in out.split()}


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
    check: Check, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if needs_browser(check):
        request.getfixturevalue("browser")
        monkeypatch.setattr(measures, "BUDGET", 6)  # one of them loops for ever
    failing = example(check.id, check.fails)
    assert failing.outcome in (Outcome.FAILED, Outcome.REVIEW), (failing.outcome, failing.reason)
    assert set(failing.codes) <= {code.name for code in check.codes}
    passing = example(check.id, check.passes)
    assert passing.outcome is Outcome.PASSED, (passing.outcome, passing.reason, passing.findings)


def test_a_code_belongs_to_one_check() -> None:
    codes = [code.name for check in CHECKS.values() for code in check.codes]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_has_a_test_of_its_own(check: Check) -> None:
    tests = "".join(file.read_text("utf-8") for file in (ROOT / "tests").glob("test_*.py"))
    assert f'"{check.id}"' in tests
    untried = [code.name for code in check.codes if f'"{code.name}"' not in tests]
    assert not untried, f"no test names {', '.join(untried)}"


def test_every_gatherer_delivers_what_something_needs() -> None:
    needed = {need for check in CHECKS.values() for need in check.needs}
    needed |= {need for gatherer in KNOWN.gatherers.values() for need in gatherer.needs}
    idle = {kind.__name__ for kind in KNOWN.gatherers} - {need.__name__ for need in needed}
    assert idle <= {"Rendering", "Styles"}, idle
