"""The profile of a folder: the team's qa.toml, what a campaign may set, and what the command line sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.finding import Unusable
from qa.profile.model import GATES, Profile
from qa.profile.policy import policy_of, profile_of


def load_profile(start: Path, named: Path | None = None, **overrides: Any) -> Profile:
    """The profile that holds in a folder: of the nearest qa.toml that is no campaign's own, changed by ``overrides``.

    ``start`` is a campaign folder, or a folder of them; a file is a build without a request, its folder the campaign.
    ``named`` is a qa.toml that takes the place of the nearest. What a campaign brings counts as far as that lets it,
    and is never run: in a qa.toml of its own, `browser` and `folder` are a problem.

    Overrides are fields of Profile as the command line gives them. ``gate`` may be "error", "warning" or "never";
    ``only`` takes the place of the profile's and lifts its skips, ``skip`` is added to the profile's; None changes
    nothing. Unusable with every problem.
    """
    profile = profile_of(policy_of(start, named))
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
