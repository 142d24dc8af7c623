"""The policy over a campaign: the team's qa.toml, and what the campaign's own may say.

A campaign can come from anybody, as a zip from an agency: what it brings counts only where the team lets it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.files.names import REQUEST_NAMES, WAIVER_NAMES
from qa.files.paths import inside
from qa.files.toml import read_toml
from qa.finding import Fault, Unusable
from qa.profile.model import FILE, SETTINGS, WAIVERS, Profile


@dataclass(frozen=True, slots=True)
class Policy:
    """The files that speak of a campaign's policy.

    ``team``: the qa.toml that decides, ``brought``: one that came with the campaign; None where there is none.
    ``waived``: the campaign has waivers. ``own``: somebody works in its folder, so that what is in it is his own.
    """

    team: Path | None
    brought: Path | None = None
    waived: bool = False
    own: bool = False


def policy_of(start: Path, named: Path | None = None) -> Policy:
    """The files for a campaign folder, or a build file. ``named`` is a qa.toml that takes the place of the team's.

    What lies in a campaign's folder, or beside a build without a request, is brought; unless it is the working folder,
    or that lies below it.
    """
    here = start.resolve()
    folder = here.parent if here.is_file() else here
    above = [each for each in (folder, *folder.parents) if os.path.lexists(each / FILE)]
    brought = [each for each in above if is_brought(each, folder if here.is_file() else None)]
    own = [each for each in brought if named is None and Path.cwd().is_relative_to(each)]
    team = (
        named.resolve() if named else next((each / FILE for each in above if each in own or each not in brought), None)
    )
    other = next((each / FILE for each in brought if each not in own and each / FILE != team), None)
    waived = folder == here and any(os.path.lexists(folder / name) for name in WAIVER_NAMES)
    return Policy(team, other, waived, named is None and Path.cwd().is_relative_to(folder))


def is_brought(folder: Path, beside: Path | None = None) -> bool:
    """Whether a folder is one of a campaign, or lies below one; or is that of a build without a request."""
    requests = (above / name for above in (folder, *folder.parents) for name in REQUEST_NAMES)
    return folder == beside or any(map(os.path.lexists, requests))


def profile_of(policy: Policy) -> Profile:
    """The team's profile, with what a campaign brought as far as it may. Unusable with every problem."""
    profile = _read(policy.team) if policy.team else Profile()
    profile = replace(profile, takes_waivers=policy.own or WAIVERS in profile.may)
    counted: list[str] = []
    unused: list[str] = []
    if policy.brought:
        _refuse_shortcut(policy.brought)
        content = _content(policy.brought)
        counted, unused = [s for s in content if s in profile.may], [s for s in content if s not in profile.may]
        profile = _changed(profile, policy.brought, counted)
    elif policy.own and policy.team and is_brought(policy.team.parent):
        counted = list(_content(policy.team))
    if policy.waived:
        (counted if profile.takes_waivers else unused).append(WAIVERS)
    return replace(profile, counted=tuple(counted), unused=tuple(unused))


def _read(file: Path) -> Profile:
    from qa.profile.qa_toml import read_profile

    return read_profile(file, under=Profile() if is_brought(file.parent) else None)


def _content(file: Path) -> Mapping[str, Any]:
    return read_toml(file, file.name).content


def _refuse_shortcut(file: Path) -> None:
    """Unusable where a campaign's qa.toml leads to a file of somebody else's."""
    try:
        inside(file.parent, file.name)
    except Fault as fault:
        raise Unusable(f"{file.parent.name}: {fault}") from None


def _changed(team: Profile, file: Path, settings: list[str]) -> Profile:
    """The team's profile with some settings of a campaign's qa.toml; tables are put together, but for the mix."""
    from qa.profile.qa_toml import read_profile

    own, content = read_profile(file, under=team), _content(file)
    changed: dict[str, Any] = {"brought": file} if settings else {}
    for setting in settings:
        for field, key in SETTINGS[setting].items():
            if key in ("", *content[setting]):
                before, value = getattr(team, field), getattr(own, field)
                whole = setting == "clients" or not isinstance(value, Mapping)
                changed[field] = value if whole else {**before, **value}
    return replace(team, **changed)
