"""Do the rules of the house hold? Imports point one way; every check says what it is for, and its examples run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from qa.check import Check, registry
from qa.finding import Outcome
from qa.render.engines import measuring
from qa.run.needs import kinds
from qa.testing import example, needs_browser
from tests.windows import budget, chromium

ROOT = Path(__file__).parent.parent
KNOWN = registry()
CHECKS = KNOWN.checks
NOT_EVALUATED_YET = {"list-condition"}  # is skipped, whatever it meets
FILES = sorted(file for room in ("qa", "checks", "reports") for file in (ROOT / room).rglob("*.py"))

# Each room may import those named after it, and nothing further along the way.
FORBIDDEN = {
    "qa/source.py": {"qa."},
    "qa/finding.py": {"qa.artefacts", "qa.check", "qa.run", "qa.report", "qa.gather"},
    "qa/artefacts/": {"qa.check", "qa.run", "qa.report", "qa.gather", "qa.verdict.judge"},
    "qa/check.py": {"qa.run", "qa.report", "qa.gather", "qa.verdict.judge", "qa.request"},
    "qa/gather/": {"qa.run", "qa.report", "qa.verdict.judge", "qa.match.links", "qa.report.folder", "qa.cli.run"},
    "qa/match/links.py": {"qa.run", "qa.report", "qa.verdict.judge", "qa.report.folder"},
    "checks/": {
        "qa.run",
        "qa.report",
        "qa.gather",
        "qa.verdict.judge",
        "qa.report.folder",
        "qa.profile.settings",
        "qa.render.engines.chromium_pool",
    },
    "qa/run/": {"qa.report"},
    "qa/verdict/judge.py": {"qa.run", "qa.report", "qa.gather"},
    "reports/": {
        "qa.run",
        "qa.artefacts",
        "qa.gather",
        "qa.verdict.judge",
        "qa.request",
        "qa.profile.settings",
        "qa.report.folder",
    },
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
    "markdown_it",
    "publicsuffixlist",
    "filelock",
    "platformdirs",
}
OF_THE_SYSTEM = {"gi", "cairo"}  # imported by WebKit's worker, which the distribution's own Python runs


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:  # reports import their neighbours
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_imports_point_one_way(file: Path) -> None:
    name = file.relative_to(ROOT).as_posix()
    forbidden = {module for room, modules in FORBIDDEN.items() if name.startswith(room) for module in modules}
    wrong = {i for i in _imports(file) for f in forbidden if i == f or i.startswith(f if f.endswith(".") else f + ".")}
    assert not wrong, f"{name} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize(
    "file", [*FILES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_nothing_imports_checks_or_reports_by_name(file: Path) -> None:
    assert not {i for i in _imports(file) if re.match(r"qa\.(checks|reports)\b|(checks|reports)\b", i)}


def test_no_module_hides_the_mapped_packages() -> None:
    assert not (ROOT / "qa/checks.py").exists()
    assert not (ROOT / "qa/reports.py").exists()


def test_every_import_is_declared_and_every_declared_package_imported() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    declared = {re.split(r"[^\w.-]", requirement)[0] for requirement in wanted}
    names = {name.partition(".")[0] for file in FILES for name in _imports(file)}
    foreign = names - sys.stdlib_module_names - OF_THE_SYSTEM - {"qa"}
    brought_by = packages_distributions()
    imported = {_canonical(distribution) for name in foreign for distribution in brought_by[name]}
    assert imported == {_canonical(name) for name in declared}


def _canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_start_up_imports_nothing_heavy() -> None:
    code = "import sys; from qa.cli.command_line.command_line import main; main(['--version']); print(*sorted(sys.modules))"
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
