"""Optional parts of an installation: engines beside Chromium, fonts, dictionaries; without them less is looked at."""

from __future__ import annotations

import shutil
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import IO

from qa.cli.installing import from_distribution, from_playwright
from qa.cli.output import tell
from qa.facts import facts
from qa.finding import Fault
from qa.gather import lexicons
from qa.profile.model import Profile
from qa.render import fonts
from qa.render.engines import Engine, LostView

ASIDE = ("webkit", "gecko")
_CLIENTS = {"webkit": "WebKit (for Apple Mail)", "gecko": "Firefox (for Thunderbird)"}


def show_engines(out: IO[str], profile: Profile) -> None:
    """A line for each: what it is and how long it took to draw a page, or how it is got."""
    for name in ASIDE:
        fine, said = _tried(name, profile)
        tell(f"{'ok' if fine else 'optional':<8} {said}", out)
        if not fine:
            tell(f"         {_advice(name)}", out)


def show_fonts(out: IO[str]) -> None:
    """A line for what is drawn as readers see it, and for each font without which something is not."""
    lacking = fonts.lacking()
    if not lacking:
        tell("ok       fonts: the same as wherever these are installed", out)
    for font in lacking:
        tell(f"optional font {font.family}: {font.purpose} will not look like what readers see", out)
    if lacking and shutil.which("apt-get"):
        tell(f"         Install them: sudo apt-get install {' '.join(_packages_of(lacking))}", out)


def show_dictionaries(out: IO[str]) -> None:
    """A line for the dictionaries of the check `spelling`, and how they are got."""
    if lexicons.installed():
        tell("ok       dictionaries: spelling is checked", out)
    else:
        tell("optional dictionaries: without them the check spelling is skipped", out)
        tell(f"         Install them: {lexicons.HOW_TO_GET}", out)


def setup_engines(out: IO[str], profile: Profile) -> int:
    """Install the engines that are not there, and the fonts. Returns 0 where all work at the end, 1 otherwise."""
    all_fine = True
    for name in ASIDE:
        fine, said = _tried(name, profile)
        if fine:
            tell(f"It is there already and works: {said}.", out)
            continue
        tell(f"{said}.", out)
        for attempt in (_download, _install):
            if not fine and attempt(out, name):
                fine, said = _tried(name, profile)
        tell(f"Done: {said}." if fine else f"{_CLIENTS[name]} could not be installed. {_advice(name)}", out)
        all_fine &= fine
    small = [font for font in fonts.lacking() if font.apt not in facts("fonts")["large"]]
    if small:
        from_distribution(out, "fonts, so that builds look like what readers see,", *_packages_of(small))
    return 0 if all_fine else 1


def _packages_of(lacking: list[fonts.Lacking]) -> list[str]:
    return sorted({font.apt for font in lacking})


def _download(out: IO[str], name: str) -> bool:
    return from_playwright(out, f"{_CLIENTS[name]} (about 90 MB)", "firefox" if name == "gecko" else name)


def _install(out: IO[str], name: str) -> bool:
    return from_distribution(out, _CLIENTS[name], *facts("browsers")["packages"]["engines"][name])


def _tried(name: str, profile: Profile) -> tuple[bool, str]:
    """Whether an engine draws; with its name and the time that took, or why not."""
    engine: Engine | str = import_module(f"qa.render.engines.{name}").found(profile)
    if isinstance(engine, str):
        return False, engine
    started = time.monotonic()
    try:
        _draw(engine)
        first = time.monotonic() - started
        _draw(engine)
        again = time.monotonic() - started - first
    except Fault as fault:
        return False, str(fault)
    finally:
        engine.close()
    return True, f"{engine.label}, drew a page in {first:.1f} s, the next in {again:.1f} s"


def _draw(engine: Engine) -> None:
    from qa.artefacts import Parts, View
    from qa.build.assets import Asset
    from qa.render.engines import Load
    from qa.render.origin import BuildOrigin
    from qa.source import Source

    with tempfile.TemporaryDirectory() as folder:
        file = "trial.html"
        asset = Asset("email", "trial", Path(folder))
        html = "<!doctype html><p>A trial page"
        served = BuildOrigin(asset, Parts(file, Source(file, html)), html)
        for answer in engine.draw(Load(html, served, (View("trial", "Trial", 600),))):
            if isinstance(answer, LostView):
                raise Fault(f"{engine.label} starts, but draws no page: {answer.reason}")


def _advice(name: str) -> str:
    """How an engine is got on this machine, in one line."""
    wanted = facts("browsers")["packages"]["engines"]
    if shutil.which("apt-get"):
        return f"Install it: sudo apt-get install --no-install-recommends {' '.join(wanted[name])}"
    elsewhere: str = wanted[f"{name}_elsewhere"]
    return elsewhere
