"""What is the team's policy? qa.toml as frozen settings; an unknown key is an error that names the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.files.problem import unknown
from qa.finding import Severity, Unusable
from qa.visual import AREA, COLOUR

if TYPE_CHECKING:
    from qa.check import Check, Options

FILE = "qa.toml"
_ASKED = ("domains", "clients", "own_views", "look_colour", "look_area", "inlines")
GATES = {"error": Severity.ERROR, "warning": Severity.WARNING, "never": None}


def _usual_clients() -> Mapping[str, float]:
    from qa.clients.mix import usual_mix

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

    @property
    def asked(self) -> dict[str, Any]:
        """What of it decides which findings are made."""
        own = sorted(self.local_checks.glob("*.py")) if self.local_checks else []
        told = {name: getattr(self, name) for name in _ASKED}
        chosen = {check: dict(options) for check, options in self.options.items()}
        return {**told, "options": chosen, "checks": [file.read_text("utf-8") for file in own]}

    @property
    def weighed(self) -> dict[str, Any]:
        """What of it decides what the findings weigh."""
        return {"gate": self.gate, "only": self.only, "skip": self.skip, "severities": dict(self.severities)}

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
        from qa.views.catalogue import unknown_views

        if not views:
            raise Unusable("--views: no view is named; leave it out to draw the usual ones (see `qa list --views`)")
        if wrong := [f"--views: `{name}` {said}" for name, said in unknown_views(views, settings.own_views)]:
            raise Unusable(*wrong)
    if only or skip:
        _refuse_unknown(settings.local_checks, {"--only": only, "--skip": skip})
        kept = tuple(check for check in settings.skip if check not in only)
        given |= {"only": only or settings.only, "skip": (*kept, *skip)}
    return replace(settings, **given)


def policy_file(start: Path) -> Path | None:
    """The qa.toml that holds in a folder, or for a build file: the nearest, there or above."""
    here = start.resolve()
    beside = here.parent if here.is_file() else here
    return next((folder / FILE for folder in (beside, *beside.parents) if (folder / FILE).is_file()), None)


def _written(start: Path) -> Settings:
    file = policy_file(start)
    if file is None:
        return Settings()
    from qa.policy import read_policy

    here = start.resolve()
    beside = here.is_file() and file.parent == here.parent
    return read_policy(file, brought=beside or _in_campaign(file.parent))


def _in_campaign(folder: Path) -> bool:
    """Whether a folder is one of a campaign, or lies below one: what is in it may come from anybody."""
    from qa.request import REQUEST_NAMES

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
