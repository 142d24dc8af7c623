"""The profile as a frozen model; an unknown key is an error that names the nearest one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.finding import Severity
from qa.network import Guard
from qa.visual import AREA, COLOUR

if TYPE_CHECKING:
    from qa.check import Check, Options

FILE = "qa.toml"
_ASKED = ("domains", "known_links", "clients", "own_views", "visual_colour", "visual_area", "inlines")
# What a campaign may be allowed to set: each table of qa.toml, and the fields of a profile with their keys in it.
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "gate": {"gate": ""},
    "checks": {"only": "only", "skip": "skip", "options": ""},
    "severity": {"severities": ""},
    "brand": {"domains": "domains"},
    "links": {"known_links": "known"},
    "clients": {"clients": "mix"},
    "render": {"views": "views", "inlines": "inlines", "cache": "cache"},
    "views": {"own_views": ""},
    "triage": {"lead_days": "lead_days"},
    "visual": {"visual_colour": "colour", "visual_area": "area"},
}
WAIVERS = "waivers"
MAY = (*SETTINGS, WAIVERS)
GATES = {"error": Severity.ERROR, "warning": Severity.WARNING, "never": None}


def _usual_clients() -> Mapping[str, float]:
    from qa.clients.mix import usual_mix

    return usual_mix()


@dataclass(frozen=True)
class Profile:
    """The team's policy. ``gate`` is the lowest severity that holds a campaign; None: nothing does."""

    gate: Severity | None = Severity.ERROR
    only: tuple[str, ...] = ()  # checks to run; empty: all
    skip: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)  # code → severity; None: off
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # check → option → value
    domains: tuple[str, ...] = ()  # the brand's own
    known_links: tuple[str, ...] = ()  # addresses that stand in every email and page, with * for anything
    clients: Mapping[str, float] = field(default_factory=_usual_clients)  # mail program → percent of the readers
    browser: str = ""  # path of a Chromium; empty: the first one found
    local_checks: Path | None = None  # folder with the team's own checks
    lead_days: int = 5  # working days between request and send that triage wants
    views: tuple[str, ...] = ()  # names of views to draw; empty: chosen by what the readers use
    own_views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # name → what views.toml would say
    visual_colour: float = COLOUR  # how far, 0 to 1, a colour may be from the approved one and still be that one
    visual_area: int = AREA  # pixels that differ in one place, from which on somebody hears of them
    file: Path | None = None  # where all this was read
    may: tuple[str, ...] = ()  # what a campaign may set: tables of qa.toml, and "waivers"
    takes_waivers: bool = False  # whether those in the campaign's folder count
    brought: Path | None = None  # the campaign's own qa.toml, where something of it counts
    counted: tuple[str, ...] = ()  # what the campaign brought and may set, by the words of ``may``
    unused: tuple[str, ...] = ()  # … and may not
    render: bool = True
    online: bool = False  # requests may leave the machine
    allow_private: tuple[str, ...] = ()  # hosts of private networks that they may go to
    keep: float = 0  # seconds that what the web answered counts in later runs
    browsers: int = 2  # how many draw at once
    inlines: bool | None = None  # whether the platform inlines style sheets when it sends; None: as it usually does
    cache: bool = True  # what was drawn before and has not changed is not drawn again
    jobs: int = 1

    @property
    def guard(self) -> Guard | None:
        """What may be connected to; None: nothing."""
        return Guard(self.allow_private) if self.online else None

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
        return {
            "gate": self.gate,
            "only": self.only,
            "skip": self.skip,
            "severities": dict(self.severities),
            "waivers": self.takes_waivers,
        }

    def options_for(self, check: Check) -> Options:
        """The options of a check: its defaults, and what the profile says instead."""
        from qa.check import Options

        return (check.options or Options)(**self.options.get(check.id, {}))
