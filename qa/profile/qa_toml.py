"""The file qa.toml, every word of it known; the format is documented in docs/configuration.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from qa.check import Check, Registry, option_fields, registry
from qa.clients.caniemail import known_clients
from qa.clients.mix import usual_mix
from qa.files.problem import InputProblem, Steps, raise_all, shown, unknown
from qa.files.toml import Toml, read_toml
from qa.finding import Severity
from qa.profile.codes import known_codes, unknown_check
from qa.profile.model import GATES, MAY, Profile
from qa.profile.network import as_hosts, as_seconds
from qa.profile.own_views import problems
from qa.views.catalogue import unknown_views
from qa.visual import AREA, COLOUR

_HOSTS = "hold hosts such as staging.acme.example"
_TIMES = "be a time such as 30m, 1h or 7d, which is the longest"
_WEIGHTS: dict[str, Severity | None] = {**{each.value: each for each in Severity}, "off": None}
_TABLES = {
    "checks": ("only", "skip", "folder"),
    "brand": ("domains",),
    "links": ("known",),
    "clients": ("mix",),
    "render": ("browser", "views", "inlines", "cache"),
    "triage": ("lead_days",),
    "network": ("online", "allow_private", "keep"),
    "visual": ("colour", "area"),
    "campaigns": ("may",),
}
_MOST_PERCENT = 101.0  # a mix whose shares were rounded up
# Beyond these a check of the look would pass a button in another colour, or one that is gone.
_FARTHEST_COLOUR = 0.2
_LARGEST_AREA = 400
_NAMES = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text in quotes",
    tuple: "a list of texts: [\"…\", \"…\"]",
    dict: "a table of keys",
}  # fmt: skip


def read_profile(path: Path, *, under: Profile | None = None) -> Profile:
    """The profile in a qa.toml; Unusable with every problem, in the order of the file.

    ``under``: it came with a campaign, under that profile of the team, so it may name nothing that would be run.
    """
    here = Path.cwd()
    name = path.relative_to(here) if path.is_relative_to(here) else path  # it may stand folders above the campaign
    text = _ProfileText(path, read_toml(path, str(name)), under)
    profile = text.profile()
    raise_all(text.problems)
    return profile


@dataclass
class _ProfileText:
    """One qa.toml while it is read: problems are collected, the value with the problem stays at its default."""

    path: Path
    toml: Toml
    under: Profile | None
    problems: list[InputProblem] = field(default_factory=list)

    def profile(self) -> Profile:
        content = self.toml.content
        self._known((), content, ("gate", "severity", "views", *_TABLES))
        local_checks, known = self._checks()
        checks = known.checks
        written = self._table(("checks",))
        self._known(("checks",), written, (*_TABLES["checks"], *checks))
        for table in _TABLES.keys() - {"checks"}:
            self._known((table,), self._table((table,)), _TABLES[table])
        if self.under and "network" in content:
            self._add(("network",), "is refused: a campaign may not open the network; a qa.toml above it may.")
        gate = self._one_of(("gate",), content.get("gate", "error"), GATES)
        options = {id: self._options(checks[id]) for id in written if id in checks and id not in _TABLES["checks"]}
        return Profile(
            gate=GATES.get(gate, Severity.ERROR),
            only=self._named("only", checks),
            skip=self._named("skip", checks),
            severities=self._severities(known),
            options={id: chosen for id, chosen in options.items() if chosen},
            domains=self._domains(),
            known_links=self._known_links(),
            clients=self._clients(),
            lead_days=self._within(("triage", "lead_days"), Profile.lead_days, 0, 250, "a number of working days"),
            visual_colour=self._within(("visual", "colour"), COLOUR, 0, _FARTHEST_COLOUR, "a distance in colour"),
            visual_area=self._within(("visual", "area"), AREA, 1, _LARGEST_AREA, "a number of pixels"),
            browser=self._program(("render", "browser")),
            cache=self._value(("render", "cache"), bool, True),
            inlines=self._value(("render", "inlines"), bool, None),
            views=self._views(),
            own_views=self._own_views(),
            online=self._value(("network", "online"), bool, False),
            allow_private=self._read_by(as_hosts, ("network", "allow_private"), (), _HOSTS),
            keep=self._read_by(as_seconds, ("network", "keep"), "0m", _TIMES),
            local_checks=local_checks,
            may=self._may(),
            file=self.path,
        )

    def _checks(self) -> tuple[Path | None, Registry]:
        """The folder of the team's own checks, and all that is there with them."""
        steps = ("checks", "folder")
        named = self._program(steps)
        folder = (self.path.parent / named).resolve() if named else None
        if folder is not None and not folder.is_dir():
            self._add(steps, f"names a folder that is not there: {shown(named)}.")
            folder = None
        return folder, registry(folder or (self.under.local_checks if self.under else None))

    def _program(self, steps: Steps) -> str:
        """A path to what will be run; a problem where it came with a campaign."""
        named: str = self._value(steps, str, "")
        if named and self.under:
            wrong = (
                "is refused: a campaign may not bring checks or a browser of its own; put this into a qa.toml above it."
            )
            self._add(steps, wrong)
            return ""
        return named

    def _options(self, check: Check) -> dict[str, Any]:
        """What the profile sets of one check's options."""
        steps = ("checks", check.id)
        written = self._table(steps)
        known = option_fields(check.options)
        if written and not known:
            self._add(steps, "sets options, and this check has none.")
            return {}
        self._known(steps, written, known)
        hints = get_type_hints(check.options) if check.options else {}
        chosen = {name: self._value((*steps, name), hints[name], None) for name in written if name in known}
        chosen = {name: value for name, value in chosen.items() if value is not None}
        try:
            if check.options is not None:
                check.options(**chosen)
        except (ValueError, TypeError) as fault:
            said = shown(fault, 200)
            self._add(steps, f"cannot be used: {said}{'' if said.endswith(('.', '?')) else '.'}")
        return chosen

    def _named(self, key: str, checks: Mapping[str, Check]) -> tuple[str, ...]:
        steps = ("checks", key)
        names: tuple[str, ...] = self._value(steps, tuple[str, ...], ())
        for name in names:
            if name not in checks:
                self._add(steps, f"names the check `{shown(name)}`, which {unknown_check(name, checks)}")
        return names

    def _severities(self, known: Registry) -> dict[str, Severity | None]:
        written = self._table(("severity",))
        if written:
            self._known(("severity",), written, known_codes(known))
        weights = {code: self._one_of(("severity", code), weight, _WEIGHTS) for code, weight in written.items()}
        return {code: _WEIGHTS[weight] for code, weight in weights.items() if weight}

    def _domains(self) -> tuple[str, ...]:
        steps = ("brand", "domains")
        domains: tuple[str, ...] = self._value(steps, tuple[str, ...], ())
        for domain in domains:
            if "/" in domain or "." not in domain or "@" in domain or " " in domain:
                self._add(steps, f"should hold bare domains such as acme.example, not “{shown(domain)}”.")
        return tuple(domain.lower().strip(".") for domain in domains)

    def _known_links(self) -> tuple[str, ...]:
        steps = ("links", "known")
        known: tuple[str, ...] = self._value(steps, tuple[str, ...], ())
        for address in known:
            if " " in address.strip() or "." not in address:
                self._add(steps, f"should hold addresses such as https://acme.example/help, not “{shown(address)}”.")
        return tuple(address.strip() for address in known)

    def _read_by(self, read: Callable[[Any], Any], steps: Steps, default: Any, expected: str) -> Any:
        """A setting that has a reader of its own, which raises ValueError with what it cannot read."""
        try:
            return read(self._value(steps, tuple[str, ...] if isinstance(default, tuple) else str, default))
        except ValueError as wrong:
            self._add(steps, f"should {expected}, not “{shown(str(wrong))}”.")
            return read(default)

    def _own_views(self) -> dict[str, Any]:
        """[views.NAME]: nothing of it where a word of it is wrong."""
        written = self._table(("views",))
        wrong = list(problems(written))
        for steps, said in wrong:
            self._add(steps, said)
        return {} if wrong else written

    def _views(self) -> tuple[str, ...]:
        steps = ("render", "views")
        names: tuple[str, ...] | None = self._value(steps, tuple[str, ...], None)
        if names == ():
            self._add(steps, "names no view; take it out to draw the usual ones (see `qa list --views`).")
        names = names or ()
        for name, said in unknown_views(
            names, {**(self.under.own_views if self.under else {}), **self._table(("views",))}
        ):
            self._add(steps, f"names the view `{shown(name)}`, which {said}")
        return names

    def _may(self) -> tuple[str, ...]:
        steps = ("campaigns", "may")
        names: tuple[str, ...] = self._value(steps, tuple[str, ...], ())
        for name in names:
            if name not in MAY:
                self._add(steps, f"names `{shown(name)}`, which {unknown(name, MAY)}")
        return names

    def _clients(self) -> Mapping[str, float]:
        """The team's client mix, in percent of the readers; the usual one where the profile has none."""
        steps: Steps = ("clients", "mix")
        written = self._table(steps)
        if written:
            self._known(steps, written, known_clients())
        shares = {name: self._value((*steps, name), float, None) for name in written}
        if not written or None in shares.values():
            return usual_mix()
        if (whole := sum(shares.values())) > _MOST_PERCENT:
            self._add(steps, f"adds up to {whole:g}: the shares are in percent of all readers.")
        elif not whole:
            self._add(steps, "names no client that anybody uses.")
        return shares

    def _within(self, steps: Steps, default: Any, lowest: float, highest: float, what: str) -> Any:
        value = self._value(steps, type(default), default)
        if not lowest <= value <= highest:
            self._add(steps, f"should be {what} from {lowest:g} to {highest:g}, not {value}.")
        return value

    def _table(self, steps: Steps) -> dict[str, Any]:
        content: Any = self.toml.content
        for step in steps:
            content = content.get(step, {}) if isinstance(content, dict) else {}
        if isinstance(content, dict):
            return content
        self._add(steps, f"should be a table: [{'.'.join(map(str, steps))}] on a line of its own.")
        return {}

    def _value(self, steps: Steps, kind: Any, default: Any) -> Any:
        """The value at the end of a way, in the wanted type; the default where it is not written, or wrong."""
        content: Any = self.toml.content
        for step in steps:
            if not isinstance(content, dict) or step not in content:
                return default
            content = content[step]
        try:
            return _as(kind, content)
        except (ValueError, OverflowError):  # every number of an option is a limit
            self._add(steps, f"should be a number from 0 on, not {shown(content)}.")
            return default
        except TypeError:
            wanted = _NAMES.get(get_origin(kind) or kind, "of another type")
            self._add(steps, f"should be {wanted}, not {shown(content)!r}.")
            return default

    def _one_of(self, steps: Steps, value: object, known: Iterable[str]) -> str:
        if isinstance(value, str) and value in known:
            return value
        self._add(steps, f"is “{shown(value)}”; it should be one of {', '.join(known)}.")
        return ""

    def _known(self, steps: Steps, written: Mapping[str, Any], known: Iterable[str]) -> None:
        names = list(known)
        for key in written:
            if key not in names:
                self._add((*steps, key), unknown(key, names))

    def _add(self, steps: Steps, wrong: str) -> None:
        self.problems.append(InputProblem(self.toml.place(steps), steps, wrong))


def _as(kind: Any, value: object) -> object:
    """The value as an option's declared type; TypeError where it is not one, ValueError below 0. True is no number."""
    origin = get_origin(kind) or kind
    if origin is tuple and isinstance(value, list):
        return tuple(_as(get_args(kind)[0], each) for each in value)
    if origin is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if origin in (bool, int, float, str) and type(value) is not origin:
        raise TypeError
    if isinstance(value, int | float) and not 0 <= value < inf:
        raise ValueError
    if origin is tuple:
        raise TypeError
    return value
