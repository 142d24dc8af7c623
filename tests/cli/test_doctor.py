"""Doctor says what is there and what is missing; setup installs nothing twice; neither shows a trace."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest

from qa.cli.doctor import doctor, setup
from qa.cli.doctor_optional import setup_engines, show_dictionaries, show_engines, show_fonts
from qa.cli.installing import command
from qa.profile.model import Profile
from qa.render.fonts import Lacking
from tests.windows import wanted


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_doctor_finds_everything(tmp_path: Path) -> None:
    out = StringIO()
    assert doctor(out, report=tmp_path / "qa-report") == 0
    assert "campaign-qa" in out.getvalue()
    assert "drew a page in" in out.getvalue()
    assert "missing" not in out.getvalue().replace("Everything", "")


def test_engines_that_are_not_there_are_optional(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.render.engines.gecko.find_firefox", lambda: None)
    monkeypatch.setattr("qa.render.engines.webkit._library", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    out = StringIO()
    show_engines(out, Profile())
    said = out.getvalue()
    assert "optional WebKit is not on this machine: run `qa setup --engines`" in said
    assert "optional Firefox is not on this machine: run `qa setup --engines`" in said
    assert said.count("Install") == 2
    assert "missing" not in said


def test_engines_that_are_there_are_tried() -> None:
    for name in ("webkit", "gecko"):
        wanted(import_module(f"qa.render.engines.{name}").found(Profile()))
    out = StringIO()
    show_engines(out, Profile())
    assert out.getvalue().count("drew a page in") == 2


def test_engines_that_work_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("webkit", "gecko"):
        wanted(import_module(f"qa.render.engines.{name}").found(Profile()))
    monkeypatch.setattr("qa.render.fonts.lacking", lambda: [])  # else they would be installed
    out = StringIO()
    assert setup_engines(out, Profile()) == 0
    assert out.getvalue().count("It is there already and works") == 2
    assert out.getvalue().count("\n") == 2


def test_an_engine_that_cannot_be_installed_is_said_with_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.render.engines.gecko.find_firefox", lambda: None)
    monkeypatch.setattr("qa.render.engines.webkit._library", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt-get
    monkeypatch.setattr("qa.cli.installing.sys.executable", "/nowhere/python")  # so nothing is downloaded
    out = StringIO()
    assert setup_engines(out, Profile()) == 1
    assert out.getvalue().count("could not be installed. ") == 2


def test_fonts_that_are_not_there_are_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.render.fonts.lacking", lambda: [Lacking("Carlito", "Calibri", "fonts-crosextra-carlito")])
    out = StringIO()
    show_fonts(out)
    assert out.getvalue().startswith("optional font Carlito: Calibri will not look like what readers see\n")


def test_dictionaries_that_are_not_there_are_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    there, gone = StringIO(), StringIO()
    show_dictionaries(there)
    monkeypatch.setattr("qa.gather.lexicons.PACKAGES", ("no_such_package",))
    show_dictionaries(gone)
    assert there.getvalue().startswith("ok       dictionaries")
    assert gone.getvalue().startswith("optional dictionaries: without them the check spelling is skipped\n")


def test_doctor_names_what_is_missing(tmp_path: Path) -> None:
    out = StringIO()
    assert doctor(out, Profile(browser=str(tmp_path / "gone")), tmp_path) == 1
    assert "missing  browser: the configured browser" in out.getvalue()
    assert "Install" in out.getvalue()


def test_doctor_finds_a_report_folder_that_is_a_file(tmp_path: Path) -> None:
    out = StringIO()
    (tmp_path / "qa-report").write_text("")
    doctor(out, Profile(browser=str(tmp_path / "gone")), tmp_path / "qa-report")
    assert "missing  report folder" in out.getvalue()


@pytest.mark.browser
@pytest.mark.usefixtures("browser")
def test_setup_leaves_a_working_browser_alone() -> None:
    out = StringIO()
    assert setup(out) == 0
    assert "there already and works" in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_setup_does_not_work_around_a_configured_browser(tmp_path: Path) -> None:
    out = StringIO()
    assert setup(out, Profile(browser=str(tmp_path / "gone"))) == 1
    assert "configured" in out.getvalue()
    assert "Download" not in out.getvalue()


def run(program: str) -> tuple[bool, str]:
    out = StringIO()
    fine = command(out, [sys.executable, "-c", program])
    return fine, out.getvalue()


def test_progress_is_shown() -> None:
    bar = "for n in (10, 20, 30): print(f'|■■■   | {n:3}% of 120 MiB')"
    assert run(bar) == (True, "".join(f"  |■■■   |  {n}% of 120 MiB\n" for n in (10, 20, 30)))


def test_traces_and_repetitions_are_not_shown() -> None:
    fine, said = run(
        "print('\\x1b[2mError: no host\\x1b[22m\\n    at x.js:1:2\\n  errno: -3\\n}\\nError: no host'); raise SystemExit(1)"
    )
    assert (fine, said) == (False, "  Error: no host\n")


def test_a_command_that_is_not_there_is_one_line() -> None:
    out = StringIO()
    assert not command(out, ["/nowhere/program"])
    assert out.getvalue() == "  /nowhere/program could not be started: No such file or directory\n"
