"""How is something installed on this machine, with its news on a line each and an end to waiting?"""

from __future__ import annotations

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
from pathlib import Path
from typing import IO

SILENCE = 20  # seconds without a sign of life after which a download is given up: its host cannot be reached
PATIENCE = 300  # the same for a package manager, which fetches 60 MB without a word
LONGEST = 900  # seconds an installation may take in all: 120 MB over a slow line
PACKAGES_AGE = 7 * 86_400  # seconds after which a distribution's list of packages is fetched anew
LISTS = Path("/var/lib/apt/lists")
_NOISE = re.compile(r"at |errno|code:|syscall|hostname|Error: (?:Download failure|Failed to )|Reading|Building")


def download(out: IO[str], *browsers: str) -> bool:
    """Browsers of Playwright's own, into its cache in the home folder; no rights are needed."""
    soon = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(SILENCE * 1000 // 4)}  # it tries several hosts
    return command(out, [sys.executable, "-m", "playwright", "install", *browsers], soon, SILENCE)


def packages(out: IO[str], *names: str) -> bool:
    """Packages of Debian or its kin, with the rights of root; False where they cannot be had."""
    root = as_root()
    if not shutil.which("apt-get") or root is None:
        return False
    if _stale_lists() and not command(out, [*root, "apt-get", "update"]):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    return command(out, [*root, "apt-get", "install", "-y", "--no-install-recommends", *names], quiet)


def as_root() -> list[str] | None:
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


def command(
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
