"""The places where pytest looks for campaigns, and the names by which a part of a campaign is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from qa.files.names import REQUEST_NAMES

INI = "qa_campaigns"
ROOTS = pytest.StashKey[tuple[Path, ...]]()


def roots(config: pytest.Config) -> tuple[Path, ...]:
    """The folders below which campaigns are collected, read once: none in most runs of most projects.

    Those of the ini-file; without it, those named on the command line, unless Python tests lie in them: a folder of
    requests among such tests is a fixture of theirs. A campaign that is named itself is always meant.
    """
    if ROOTS not in config.stash:
        sent = getattr(config, "workerinput", {}).get(INI)  # a worker of xdist is told what the controller found
        found = _found(config) if sent is None else [Path(each) for each in sent]
        config.stash[ROOTS] = tuple(dict.fromkeys(found))
    return config.stash[ROOTS]


def _found(config: pytest.Config) -> list[Path]:
    written: list[Path] | None = config.getini(INI)
    found = list(written or ())
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        for argument in config.args:
            named = config.invocation_params.dir / argument.partition("::")[0]
            folder = Path(os.path.normpath(named if named.is_dir() else named.parent))
            is_meant = request_of(folder) and named.name in (folder.name, *REQUEST_NAMES)
            if is_meant or (written is None and named.is_dir() and _holds_campaigns_alone(folder, config)):
                found.append(folder)
    return found


def named_profile(config: pytest.Config) -> Path | None:
    """The qa.toml that the command line names, from the folder on that pytest was started in."""
    named: Path | None = config.option.qa_profile
    return config.invocation_params.dir / named if named else None


def request_of(folder: Path) -> Path | None:
    """The request in a folder, which makes it a campaign."""
    return next((folder / name for name in REQUEST_NAMES if (folder / name).is_file()), None)


def asset_path(named: Path) -> tuple[Path, str] | None:
    """«campaigns/spring/invite» as the request of the campaign and the asset in it; None where it is no such name."""
    for folder in named.parents:
        if folder.is_dir():
            request = request_of(folder)
            return (request, named.relative_to(folder).as_posix()) if request else None
    return None


def campaign_of(root: Path, nodeid: str) -> str | None:
    """The campaign folder a test belongs to, by where its name says it is."""
    return _campaign(root, nodeid.rpartition("::")[0])


@cache
def _campaign(root: Path, where: str) -> str | None:
    named = root / where
    if request_of(named):
        return str(named)
    found = None if named.exists() else asset_path(named)
    return str(found[0].parent) if found else None


def named_below(config: pytest.Config, file: Path, *above: str) -> Iterator[str]:
    """What the command line names below a node: «campaigns/spring/invite::copy» has copy, below invite."""
    for argument in config.args:
        path, *names = argument.split("::")
        here = Path(os.path.normpath(config.invocation_params.dir / path)) == file
        if here and tuple(names[: len(above)]) == above and len(names) > len(above):
            yield names[len(above)].partition("[")[0]


def as_arguments(arguments: Iterable[str], start: Path) -> list[str]:
    """Command-line arguments with our node ids, which name no file, turned into those pytest can follow."""
    return [_as_argument(argument, start) for argument in arguments]


def _as_argument(argument: str, start: Path) -> str:
    path, *names = argument.split("::")
    named = start / path
    if named.is_file() or (named.is_dir() and not names):
        return argument
    if named.is_dir():
        request = request_of(named)
        return "::".join((str(request), *names)) if request else argument
    found = asset_path(named)
    return "::".join((str(found[0]), found[1], *names)) if found else argument


def _holds_campaigns_alone(folder: Path, config: pytest.Config) -> bool:
    """Whether there is a request somewhere below a folder, and no Python test."""
    tests, avoided = config.getini("python_files"), config.getini("norecursedirs")
    there = False
    for _, folders, files in os.walk(folder):
        if any(fnmatch(file, pattern) for pattern in tests for file in files):
            return False
        there = there or not {*REQUEST_NAMES}.isdisjoint(files)
        folders[:] = [each for each in folders if not any(fnmatch(each, pattern) for pattern in avoided)]
    return there
