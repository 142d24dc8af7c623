"""The profile of a folder: the nearest qa.toml, and what the command line sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.files.names import REQUEST_NAMES
from qa.finding import Unusable
from qa.profile.model import GATES, Profile, profile_file


def load_profile(start: Path, **overrides: Any) -> Profile:
    """The profile that holds in a folder: qa.toml there or in the nearest folder above, changed by ``overrides``.

    ``start`` is a campaign folder, or a folder of them; a file is a build without a request, its folder the campaign.
    What a campaign brings is never run: in a qa.toml of its own, `browser` and `folder` are a problem.

    Overrides are fields of Profile as the command line gives them. ``gate`` may be "error", "warning" or "never";
    ``only`` takes the place of the profile's and lifts its skips, ``skip`` is added to the profile's; None changes
    nothing. Unusable with every problem.
    """
    profile = _written(start)
    given = {name: value for name, value in overrides.items() if value is not None}
    if isinstance(given.get("gate"), str):
        given["gate"] = GATES[given["gate"]]
    only, skip = tuple(given.pop("only", ())), tuple(given.pop("skip", ()))
    if (views := given.get("views")) is not None:
        from qa.views.catalogue import unknown_views

        if not views:
            raise Unusable("--views: no view is named; leave it out to draw the usual ones (see `qa list --views`)")
        if wrong := [f"--views: `{name}` {said}" for name, said in unknown_views(views, profile.own_views)]:
            raise Unusable(*wrong)
    if only or skip:
        _refuse_unknown(profile.local_checks, {"--only": only, "--skip": skip})
        kept = tuple(check for check in profile.skip if check not in only)
        given |= {"only": only or profile.only, "skip": (*kept, *skip)}
    return replace(profile, **given)


def _written(start: Path) -> Profile:
    file = profile_file(start)
    if file is None:
        return Profile()
    from qa.profile.qa_toml import read_profile

    here = start.resolve()
    beside = here.is_file() and file.parent == here.parent
    return read_profile(file, brought=beside or _in_campaign(file.parent))


def _in_campaign(folder: Path) -> bool:
    """Whether a folder is one of a campaign, or lies below one: what is in it may come from anybody."""
    return any((above / name).is_file() for above in (folder, *folder.parents) for name in REQUEST_NAMES)


def _refuse_unknown(local_checks: Path | None, named: Mapping[str, Iterable[str]]) -> None:
    from qa.check import all_checks
    from qa.profile.codes import unknown_check

    known = all_checks(local_checks)
    problems = [
        f"{option}: the check `{name}` {unknown_check(name, known)}"
        for option, names in named.items()
        for name in names
        if name not in known
    ]
    if problems:
        raise Unusable(*problems)
