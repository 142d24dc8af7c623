"""What is there, what is missing and how is it got? `qa doctor` says so; `qa setup` installs a browser."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import IO

from qa.browser import Browser, Running, close_all, find_browser, play
from qa.config import Settings
from qa.facts import facts
from qa.finding import Fault

DEFAULT = Settings()
SILENCE = 20  # seconds without a sign of life after which a download is given up: its host cannot be reached
PATIENCE = 300  # the same for a package manager, which fetches 60 MB without a word
LONGEST = 900  # seconds an installation may take in all: 120 MB over a slow line
PACKAGES_AGE = 7 * 86_400  # seconds after which a distribution's list of packages is fetched anew
TRIAL = 20  # seconds the trial picture may take
_NOISE = re.compile(r"at |errno|code:|syscall|hostname|Error: (?:Download failure|Failed to )|Reading|Building")
LISTS = Path("/var/lib/apt/lists")


def doctor(out: IO[str], settings: Settings = DEFAULT, report: Path = Path("qa-report")) -> int:
    """Say what is there and what is missing. Returns 0 where nothing that a run needs is missing, 1 otherwise."""
    fine = [line(out) for line in (_python, _packages, lambda out: _browser(out, settings), _fonts)]
    fine.append(_folder(out, report))
    if all(fine):
        print("\nEverything a run needs is there.", file=out)
    else:
        print("\nSomething is missing: see the lines above that do not start with “ok”.", file=out)
    return 0 if all(fine) else 1


def setup(out: IO[str], settings: Settings = DEFAULT) -> int:
    """Install a browser unless a working one is there. Returns 0 where one works at the end, 1 otherwise."""
    if found := _working(settings):
        print(f"A browser is there already and works: {found}. Nothing to install.", file=out)
        return 0
    if settings.browser or os.environ.get("QA_BROWSER"):
        print("The browser that is configured (qa.toml or QA_BROWSER) does not work:", file=out)
        return 0 if _browser(out, settings) else 1
    for attempt in (_download, _libraries, _install):
        if attempt(out) and (found := _working(settings)):
            print(f"Done: {found}.", file=out)
            return 0
    print("No browser could be installed. Screenshots need one; everything else works without (--no-render).", file=out)
    print(f"{_advice()}\nOr set `browser` in qa.toml to the path of a Chromium, Chrome or Edge.", file=out)
    return 1


def _line(out: IO[str], fine: bool, text: str, remedy: str = "") -> bool:
    print(f"{'ok     ' if fine else 'missing'}  {text}", file=out)
    if remedy and not fine:
        print(f"         {remedy}", file=out)
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


def _browser(out: IO[str], settings: Settings) -> bool:
    """The browser is really started and takes a picture."""
    try:
        found = find_browser(settings)
        return _line(out, True, f"browser: {_trial(found, settings)}")
    except Fault as fault:
        return _line(out, False, f"browser: {fault}", _advice())


def _working(settings: Settings) -> str:
    """What the browser that was found calls itself; "" where there is none or it does not work."""
    try:
        return _trial(find_browser(settings), settings)
    except Fault:
        return ""


def _trial(found: Browser, settings: Settings) -> str:
    started = time.monotonic()
    try:
        running = play(settings, _trial_picture, "a trial page")
    finally:
        close_all()
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


def _fonts(out: IO[str]) -> bool:
    """Fonts are advice: without them pictures differ from what readers see, but they are taken."""
    if not sys.platform.startswith("linux") or not (lister := shutil.which("fc-list")):
        return True
    families = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False, timeout=60).stdout
    for what, names in (("Arial and its kin", ("Liberation Sans", "Arial")), ("emoji", ("Emoji",))):
        fine = any(name in families for name in names)
        text = f"fonts for {what}" + ("" if fine else ": pictures will not look like what readers see")
        _line(out, fine, text, _advice())
    return True


def _folder(out: IO[str], report: Path) -> bool:
    above = next((folder for folder in (report, *report.resolve().parents) if folder.is_dir()), Path.cwd())
    fine = not report.is_file() and os.access(above, os.W_OK)
    return _line(out, fine, f"report folder {report}", f"{above} cannot be written to; use --report FOLDER.")


def _download(out: IO[str]) -> bool:
    """Playwright's own headless Chromium, into its cache in the home folder; no rights are needed."""
    print("Downloading Playwright's Chromium (about 120 MB) …", file=out)
    soon = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(SILENCE * 1000 // 4)}  # it tries several hosts
    return _command(out, [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"], soon, SILENCE)


def _libraries(out: IO[str]) -> bool:
    """The system libraries a downloaded browser lacks; only where there is such a browser and the right to install."""
    root = _as_root()
    try:
        find_browser(Settings())
    except Fault:
        return False
    if root is None or not shutil.which("apt-get"):
        return False
    print("The browser is there but does not start; installing the libraries it may lack …", file=out)
    return _command(out, [*root, sys.executable, "-m", "playwright", "install-deps", "chromium-headless-shell"])


def _install(out: IO[str]) -> bool:
    """The distribution's Chromium, on Debian and its kin, with the rights of root."""
    root = _as_root()
    if not shutil.which("apt-get") or root is None:
        return False
    print("Installing the distribution's Chromium with apt-get …", file=out)
    if _stale_lists() and not _command(out, [*root, "apt-get", "update"]):
        return False
    wanted = facts("browsers")["packages"]
    install = [*root, "apt-get", "install", "-y", "--no-install-recommends"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    return any(_command(out, [*install, package, *wanted["apt_fonts"]], quiet) for package in wanted["apt"])


def _as_root() -> list[str] | None:
    """What to put before a command that needs the rights of root; None where they cannot be had without a password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _stale_lists() -> bool:
    lists = [file.stat().st_mtime for file in LISTS.glob("*_Packages*")] if LISTS.is_dir() else []
    return not lists or time.time() - max(lists) > PACKAGES_AGE


def _command(
    out: IO[str], command: Sequence[str], environment: Mapping[str, str] | None = None, silence: float = PATIENCE
) -> bool:
    """Run a command, its news on one indented line each; whether it went well. A silent one is ended."""
    try:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})}, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        print(f"  {command[0]} could not be started: {error.strerror}", file=out)
        return False
    with running, _Watch(running, silence) as watch:
        for news in _news(running, watch.heard):
            print(f"  {news}", file=out, flush=True)
    if watch.given_up:
        print(f"  given up: {watch.given_up}", file=out)
    return running.returncode == 0


def _news(running: subprocess.Popen[bytes], heard: Callable[[], None]) -> Iterator[str]:
    """What a person should read of a command's output: each thing once, without traces and colours."""
    said: set[str] = set()
    assert running.stdout is not None
    for raw in running.stdout:
        heard()
        text = re.sub(r"\x1b\[[0-9;]*m", "", raw.decode("utf-8", "replace")).strip()
        progress = re.match(r"\|[^|]*\|\s*(\d+)% of (.+)", text)
        news = f"{int(progress[1]) // 20 * 20}% of {progress[2]}" if progress else text
        if news[:1].isalnum() and not _NOISE.match(news) and news not in said:
            said.add(news)
            yield news[:150]


class _Watch:
    """Ends a command that says nothing for too long, or takes too long in all."""

    def __init__(self, running: subprocess.Popen[bytes], silence: float) -> None:
        self.given_up = ""
        self._running = running
        self._silence = silence
        self._last = self._first = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def heard(self) -> None:
        self._last = time.monotonic()

    def _look(self) -> None:
        while not self._done.wait(0.2):
            now = time.monotonic()
            if now - self._first > LONGEST:
                self.given_up = f"it took more than {LONGEST // 60} minutes"
            elif now - self._last > self._silence:
                self.given_up = f"nothing was heard for {self._silence:.0f} seconds"
            if self.given_up:
                self._end()
                return

    def _end(self) -> None:
        """End the command with all it started: what it started holds the other end of its output."""
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(self._running.pid)], capture_output=True, check=False)
        else:
            with suppress(OSError):
                os.killpg(self._running.pid, signal.SIGKILL)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._done.set()
        self._thread.join()
        if kind is not None:  # Ctrl-C
            self._end()


def _advice() -> str:
    """How a browser is got on this machine, in one line."""
    for program, command in facts("browsers")["packages"]["advice"].items():
        if shutil.which(program):
            return f"Install it: {command}"
    return "Install Chromium, Chrome or Edge the way programs are installed on this machine."
