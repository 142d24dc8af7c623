"""The search for an installed Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from qa.facts import facts
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render.engines.chromium_launch import Browser

_REMOTE = ("ws://", "wss://", "http://", "https://")


def find_browser(profile: Profile) -> Browser:
    """The browser to use: the configured one, else Playwright's own download, else an installed one; Fault for none."""
    if configured := profile.browser or os.environ.get("QA_BROWSER", ""):
        if configured.startswith(_REMOTE):
            return Browser(Path(), "elsewhere", configured)
        path = _at_home(configured)
        if not _runnable(path):
            raise Fault(f"the configured browser {configured} is not a program that can be started")
        return Browser(path, "configured")
    for browser in _candidates(sys.platform):
        return browser
    raise Fault("no browser was found: run `qa setup`, or set `browser` in qa.toml to the path of a Chromium")


def _candidates(platform: str) -> Iterator[Browser]:
    places = facts("browsers").get(platform) or facts("browsers")["linux"]
    cache_folder = _at_home(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or places["cache"])
    for kind, pattern in places["downloaded"]:
        for path in sorted(cache_folder.glob(pattern), key=_revision, reverse=True):
            if _runnable(path):
                yield Browser(path, kind)
    for kind, name in places["installed"]:
        path = _at_home(name) if "/" in name else Path(shutil.which(name) or "")
        if _runnable(path):
            yield Browser(path, kind)


def _revision(path: Path) -> int:
    """The number in chromium-1255: the newest download is taken."""
    folder = next((part for part in path.parts if part.startswith("chromium") and "-" in part), "")
    number = folder.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _at_home(written: str) -> Path:
    """A path in which ~ is somebody's home; as it stands where there is nobody of that name, or nobody's home."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 - pathlib's raises


def _runnable(path: Path) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113 - pathlib's raises for a name too long
