"""The commands `qa doctor` (what is installed, what is missing) and `qa setup` (install a browser, or all of it)."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import time
from contextlib import closing
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import IO

from qa.cli.doctor_optional import setup_engines, show_dictionaries, show_engines, show_fonts
from qa.cli.installing import from_distribution, from_playwright, libraries_of_chromium
from qa.cli.output import tell
from qa.facts import facts
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines.chromium_found import find_browser
from qa.render.engines.chromium_launch import Browser, Running
from qa.render.engines.chromium_pool import ChromiumPool
from qa.render.engines.proxy import CutOff

DEFAULT = Profile()
TRIAL = 20  # seconds the trial picture may take


def doctor(out: IO[str], profile: Profile = DEFAULT, report: Path = Path("qa-report")) -> int:
    """Say what is there and what is missing. Returns 0 where nothing that a run needs is missing, 1 otherwise."""
    fine = [line(out) for line in (_python, _packages, lambda out: _browser(out, profile))]
    fine.append(_folder(out, report))
    show_engines(out, profile)
    show_fonts(out)
    show_dictionaries(out)
    if all(fine):
        tell("\nEverything a run needs is there.", out)
    else:
        tell("\nSomething is missing: see the lines above that start with “missing”.", out)
    return 0 if all(fine) else 1


def setup(out: IO[str], profile: Profile = DEFAULT, engines: bool = False) -> int:
    """Install a browser unless a working one is there; ``engines``: the others too. Returns 0 where all work."""
    fine = _setup_browser(out, profile)
    return (setup_engines(out, profile) or fine) if engines else fine


def _setup_browser(out: IO[str], profile: Profile) -> int:
    try:
        return _installed(out, profile)
    except CutOff as fault:
        tell(f"A browser is there, but {fault}", out)
        return 1


def _installed(out: IO[str], profile: Profile) -> int:
    if found := _working(profile):
        tell(f"A browser is there already and works: {found}. Nothing to install.", out)
        return 0
    if profile.browser or os.environ.get("QA_BROWSER"):
        tell("The browser that is configured (qa.toml or QA_BROWSER) does not work:", out)
        return 0 if _browser(out, profile) else 1
    for attempt in (_download, _libraries, _install):
        if attempt(out) and (found := _working(profile)):
            tell(f"Done: {found}.", out)
            return 0
    tell("No browser could be installed. Screenshots need one; everything else works without (--no-render).", out)
    tell(f"{_advice()}\nOr set `browser` in qa.toml to the path of a Chromium, Chrome or Edge.", out)
    return 1


def _line(out: IO[str], fine: bool, text: str, remedy: str = "") -> bool:
    tell(f"{'ok' if fine else 'missing':<8} {text}", out)
    if remedy and not fine:
        tell(f"         {remedy}", out)
    return fine


def _python(out: IO[str]) -> bool:
    number = ".".join(map(str, sys.version_info[:3]))
    return _line(out, sys.version_info >= (3, 11), f"Python {number}", "Python 3.11 or newer is needed.")


def _packages(out: IO[str]) -> bool:
    fine = [_package(out, "campaign-qa")]
    for requirement in sorted(requires("campaign-qa") or [], key=str.lower):
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            fine.append(_package(out, name[0]))
    return all(fine)


def _package(out: IO[str], name: str) -> bool:
    try:
        return _line(out, True, f"{name} {version(name)}")
    except PackageNotFoundError:
        return _line(out, False, name, f"Install it: {sys.executable} -m pip install {name}")


def _browser(out: IO[str], profile: Profile) -> bool:
    """The browser is really started and takes a picture."""
    try:
        found = find_browser(profile)
        return _line(out, True, f"browser: {_trial(found)}")
    except CutOff as fault:
        return _line(out, False, f"browser: {fault}")
    except Fault as fault:
        return _line(out, False, f"browser: {fault}", _advice())


def _working(profile: Profile) -> str:
    """What the browser that was found calls itself; "" where there is none or it does not work."""
    try:
        return _trial(find_browser(profile))
    except CutOff:
        raise
    except Fault:
        return ""


def _trial(found: Browser) -> str:
    started = time.monotonic()
    with closing(ChromiumPool(found, 1)) as pool:
        running = pool.run(_trial_picture, "a trial page")
    caution = "" if running.sandboxed else ", without its sandbox"
    return f"{running.label}, {found.path}, drew a page in {time.monotonic() - started:.1f} s{caution}"


async def _trial_picture(running: Running) -> Running:
    try:
        async with asyncio.timeout(TRIAL):
            page = await running.chromium.new_page()
            await page.set_content("<p>A trial page")
            await page.screenshot()
            return running
    except TimeoutError:
        raise Fault(f"{running.label} starts, but takes no picture within {TRIAL} seconds") from None


def _folder(out: IO[str], report: Path) -> bool:
    above = next((folder for folder in (report, *report.resolve().parents) if folder.is_dir()), Path.cwd())
    fine = not report.is_file() and os.access(above, os.W_OK)
    return _line(out, fine, f"report folder {report}", f"{above} cannot be written to; use --report FOLDER.")


def _download(out: IO[str]) -> bool:
    return from_playwright(out, "Chromium (about 120 MB)", "--only-shell", "chromium")


def _libraries(out: IO[str]) -> bool:
    """What a downloaded browser lacks; only where there is one."""
    try:
        find_browser(Profile())
    except Fault:
        return False
    return libraries_of_chromium(out)


def _install(out: IO[str]) -> bool:
    wanted = facts("browsers")["packages"]
    return any(from_distribution(out, package, package, *wanted["apt_fonts"]) for package in wanted["apt"])


def _advice() -> str:
    """How a browser is got on this machine, in one line."""
    for program, order in facts("browsers")["packages"]["advice"].items():
        if shutil.which(program):
            return f"Install it: {order}"
    return "Install Chromium, Chrome or Edge the way programs are installed on this machine."
