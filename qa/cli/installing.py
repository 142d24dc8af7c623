"""Installation on this machine: Playwright's own browsers, and the distribution's packages where we are root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import IO

from qa.cli.output import tell

SILENCE = 5_000  # milliseconds after which Playwright asks its next host; in all it asks five times
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def from_playwright(out: IO[str], what: str, *arguments: str) -> bool:
    """Browsers of Playwright's own, into its cache in the home folder; no rights are needed."""
    tell(f"Downloading Playwright's {what} …", out)
    return _playwright(out, "install", *arguments)


def from_distribution(out: IO[str], what: str, *packages: str) -> bool:
    """Packages of Debian or Ubuntu; False where there is no apt-get, or we are not root."""
    if not may_install():
        return False
    tell(f"Installing {what} with apt-get …", out)
    command(out, ["apt-get", "update", "-q"])
    return command(out, ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages])


def libraries_of_chromium(out: IO[str]) -> bool:
    """The system's libraries that a downloaded Chromium lacks, as Playwright knows them."""
    if not may_install():
        return False
    tell("The browser is there but does not start; installing the libraries it may lack …", out)
    return _playwright(out, "install-deps", "chromium-headless-shell")


def may_install() -> bool:
    """Whether packages of the system can be installed without asking anybody."""
    return shutil.which("apt-get") is not None and sys.platform != "win32" and os.geteuid() == 0


def _playwright(out: IO[str], *arguments: str) -> bool:
    return command(out, [sys.executable, "-m", "playwright", *arguments])


def command(out: IO[str], words: Sequence[str]) -> bool:
    """Run a command, what it says on an indented line each, once and without traces; whether it went well."""
    quiet = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(SILENCE), "DEBIAN_FRONTEND": "noninteractive"}
    try:
        running = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **quiet}, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as error:
        tell(f"  {words[0]} could not be started: {error.strerror}", out)
        return False
    said: set[str] = set()
    with running:
        for line in running.stdout or ():
            news = _COLOUR.sub("", line).strip()
            if news not in said and (news[:1].isupper() or "% of " in news):
                said.add(news)
                tell(f"  {news[:150]}", out)
    return running.returncode == 0
