"""What is the team's policy? qa.toml as frozen settings; an unknown key is an error that names the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.complaint import unknown
from qa.finding import Severity, Unusable
from qa.visual import AREA, COLOUR

if TYPE_CHECKING:
    from qa.check import Check, Options

FILE = "qa.toml"
GATES = {"error": Severity.ERROR, "warning": Severity.WARNING, "never": None}
WAIVER_CODES = ("expired-waiver", "unused-waiver")  # no check's own: qa/verdict.py finds them


def _usual_clients() -> Mapping[str, float]:
    from qa.clients import usual_mix

    return usual_mix()


@dataclass(frozen=True)
class Settings:
    """The team's policy. ``gate`` is the lowest severity that holds a campaign; None: nothing does."""

    gate: Severity | None = Severity.ERROR
    only: tuple[str, ...] = ()  # checks to run; empty: all
    skip: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)  # code → severity; None: off
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # check → option → value
    domains: tuple[str, ...] = ()  # the brand's own
    clients: Mapping[str, float] = field(default_factory=_usual_clients)  # mail program → percent of the readers
    browser: str = ""  # path of a Chromium; empty: the first one found
    local_checks: Path | None = None  # folder with the team's own checks
    lead_days: int = 5  # working days between request and send that triage wants
    views: tuple[str, ...] = ()  # names of views to draw; empty: chosen by what the readers use
    own_views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # name → what views.toml would say
    look_colour: float = COLOUR  # how far, 0 to 1, a colour may be from the approved one and still be that one
    look_area: int = AREA  # pixels that differ in one place, from which on somebody hears of them
    file: Path | None = None  # where all this was read
    render: bool = True
    online: bool = False
    browsers: int = 2  # how many draw at once
    inlines: bool | None = None  # whether the platform inlines style sheets when it sends; None: as it usually does
    cache: bool = True  # what was drawn before and has not changed is not drawn again
    jobs: int = 1

    def options_for(self, check: Check) -> Options:
        """The options of a check: its defaults, and what the policy says instead."""
        from qa.check import Options

        return (check.options or Options)(**self.options.get(check.id, {}))


def load_settings(start: Path, **overrides: Any) -> Settings:
    """The policy that holds in a folder: qa.toml there or in the nearest folder above, changed by ``overrides``.

    ``start`` is a campaign folder, or a folder of them; a file is a build without a request, its folder the campaign.
    What a campaign brings is never run: in a qa.toml of its own, `browser` and `folder` are a complaint.

    Overrides are fields of Settings as the command line gives them. ``gate`` may be "error", "warning" or "never";
    ``only`` takes the place of the policy's and lifts its skips, ``skip`` is added to the policy's; None changes
    nothing. Unusable with every complaint.
    """
    settings = _written(start)
    given = {name: value for name, value in overrides.items() if value is not None}
    if isinstance(given.get("gate"), str):
        given["gate"] = GATES[given["gate"]]
    only, skip = tuple(given.pop("only", ())), tuple(given.pop("skip", ()))
    if (views := given.get("views")) is not None:
        from qa.views import unknown_views

        if not views:
            raise Unusable("--views: no view is named; leave it out to draw the usual ones (see `qa list --views`)")
        if wrong := [f"--views: `{name}` {said}" for name, said in unknown_views(views, settings.own_views)]:
            raise Unusable(*wrong)
    if only or skip:
        _refuse_unknown(settings.local_checks, {"--only": only, "--skip": skip})
        kept = tuple(check for check in settings.skip if check not in only)
        given |= {"only": only or settings.only, "skip": (*kept, *skip)}
    return replace(settings, **given)


def known_codes(local_checks: Path | None = None) -> set[str]:
    """Every code that a severity or a waiver can name."""
    from qa.check import all_checks

    checked = {code.name for check in all_checks(local_checks).values() for code in check.codes}
    return checked | set(WAIVER_CODES)


def _written(start: Path) -> Settings:
    here = start.resolve()
    beside = here.parent if here.is_file() else None
    for above in (beside or here, *(beside or here).parents):
        if (above / FILE).is_file():
            from qa.policy import read_policy

            return read_policy(above / FILE, brought=above == beside or _in_campaign(above))
    return Settings()


def _in_campaign(folder: Path) -> bool:
    """Whether a folder is one of a campaign, or lies below one: what is in it may come from anybody."""
    from qa.campaign import REQUEST_NAMES

    return any((above / name).is_file() for above in (folder, *folder.parents) for name in REQUEST_NAMES)


def _refuse_unknown(local_checks: Path | None, named: Mapping[str, Iterable[str]]) -> None:
    from qa.check import all_checks

    known = all_checks(local_checks)
    complaints = [
        f"{option}: the check `{name}` {unknown(name, known)}"
        for option, names in named.items()
        for name in names
        if name not in known
    ]
    if complaints:
        raise Unusable(*complaints)
