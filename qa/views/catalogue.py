"""The views in which a build is drawn: what each stands for, and how truly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any

from qa.artefacts import Darkening, Fidelity, View
from qa.facts import facts
from qa.files.problem import unknown

if TYPE_CHECKING:
    from qa.clients.caniemail import Client
    from qa.profile.model import Profile

ALL = "all"  # stands for every view in a list of names
ENGINES = ("chromium", "webkit", "gecko")
_ENDINGS = ("", "-dark", "-no-images", "-dark-no-images")
_LIGHT = 4  # views of the default six that are of ordinary light mode
_PHONE, _DESK = 480, 600  # CSS pixels: at most, at least


@dataclass(frozen=True, slots=True)
class ViewSelection:
    """What is to be drawn of an asset, and which views step aside: each with the engine that is not there."""

    views: tuple[View, ...]
    missing: tuple[tuple[View, str], ...] = ()


def all_views(profile: Profile | None = None) -> Mapping[str, View]:
    """Every view by its name, those of a team's own among them, each followed by its variants."""
    tables = _tables(profile.own_views if profile else {})
    return {view.name: view for name, table in tables.items() for view in _variants(_view(name, table))}


def selected(kind: str, profile: Profile, available: Collection[str], *, knows_dark: bool = False) -> ViewSelection:
    """The views of an asset of a kind ("email", "page"), where these engines are available.

    Those the profile names, if it names any of this kind: then none takes the place of one that is missing. Else six
    for emails by the clients the readers use, and every plain one for pages. ``knows_dark``: the build has styles of
    its own for dark mode, so that one more view shows what they do.
    """
    views = all_views(profile)
    of_kind = [view for view in views.values() if view.kind == kind]
    if ALL in profile.views:
        named = [view for view in of_kind if not view.dark or view.darkening is not Darkening.NONE]
    else:
        named = [views[name] for name in dict.fromkeys(profile.views) if name in views and views[name].kind == kind]
    if not named and kind == "page":
        plain = [view for view in of_kind if not view.dark and view.images]
        named = [*plain, *_by_night(plain, views, knows_dark)]
    if named:
        missing = tuple((view, view.engine) for view in named if view.engine not in available)
        return ViewSelection(tuple(view for view in named if view.engine in available), missing)
    return _by_readers(views, profile, available, knows_dark)


def _by_night(plain: Iterable[View], views: Mapping[str, View], knows_dark: bool) -> list[View]:
    """The phone of a page in dark mode, where the page has styles for it."""
    answering = [view for view in plain if knows_dark and view.darkening is Darkening.AUTHORED]
    return [views[f"{view.name}-dark"] for view in sorted(answering, key=lambda view: view.width)[:1]]


def unknown_views(names: Iterable[str], own: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The names nobody knows, each with the end of a sentence about it."""
    known = {ALL, *(name + end for name in (*facts("views")["views"], *own) for end in _ENDINGS)}
    yield from ((name, unknown(name, known)) for name in names if name not in known)


def _tables(own: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of views.toml as a team changed them; those it added behind them."""
    tables: dict[str, dict[str, Any]] = {name: dict(row) for name, row in facts("views")["views"].items()}
    for name, row in own.items():
        like = tables.get(name) or tables.get(row.get("like", ""), {})
        tables[name] = {**like, **{key: value for key, value in row.items() if key != "like"}}
    return tables


def _view(name: str, row: Mapping[str, Any]) -> View:
    fields = {"dated": facts("views")["date"], **row}
    fields["darkening"] = Darkening(row.get("darkening", "none"))
    fields["fidelity"] = Fidelity(row.get("fidelity", "emulated"))
    fields["transforms"] = tuple(row.get("transforms", ()))
    fields.setdefault("prefers_dark", fields["darkening"] is Darkening.AUTHORED)
    return View(name=name, **fields)


def _variants(view: View) -> Iterator[View]:
    yield view
    dark = replace(view, name=f"{view.name}-dark", title=f"{view.title}, dark mode", dark=True)
    yield dark
    for each in (view, dark):
        yield replace(each, name=f"{each.name}-no-images", title=f"{each.title}, pictures off", images=False)


class _Choice:
    """The default six: who is chosen, and who would have been if its engine were there."""

    def __init__(self, available: Collection[str]) -> None:
        self.available = available
        self.chosen: list[View] = []
        self.missing: list[View] = []

    def take(self, views: Iterable[View], most: int) -> list[View]:
        """The first ``most`` that can be drawn; those that stood before them and cannot are missing."""
        taken: list[View] = []
        for view in views:
            if len(taken) == most:
                break
            (taken if view.engine in self.available else self.missing).append(view)
        return taken


def _by_readers(
    views: Mapping[str, View], profile: Profile, available: Collection[str], knows_dark: bool
) -> ViewSelection:
    """Four in the light, one in the dark, one without pictures; a phone and a desk are among them."""
    ranked = _ranked(views, profile)
    choice = _Choice(available)
    light = choice.take(ranked, _LIGHT)
    for narrowest, widest in ((0, _PHONE), (_DESK, inf)):
        fit = [view for view in ranked if narrowest <= view.width <= widest]
        if light and not any(view in fit for view in light):
            light[-1:] = choice.take(fit, 1) or light[-1:]
    forced = [views[f"{view.name}-dark"] for view in ranked if view.darkening.forced]
    forced.sort(key=lambda view: view.fidelity is Fidelity.APPROXIMATE)  # a likeness of a likeness shows little
    answering = [views[f"{view.name}-dark"] for view in ranked if view.darkening is Darkening.AUTHORED]
    blocking = [views[f"{view.name}-no-images"] for view in ranked if view.blocks_images]
    dark = [*choice.take(forced, 1), *choice.take(answering, int(knows_dark))]
    missing = dict.fromkeys(choice.missing)
    return ViewSelection((*light, *dark, *choice.take(blocking, 1)), tuple((view, view.engine) for view in missing))


def _ranked(views: Mapping[str, View], profile: Profile) -> list[View]:
    """A view of each client readers use, the most used first, then those they do not use."""
    from qa.clients.mix import mix

    plain = [view for view in views.values() if view.kind == "email" and not view.dark and view.images]
    first: dict[str, View] = {}
    for view in plain:
        first.setdefault(view.client, view)
    clients: tuple[Client, ...] = mix(profile.clients)
    tested = {row["tested"]: name for name, row in facts("clients")["clients"].items()}
    used = [first[name] for client in clients if (name := tested.get(client.tested, client.name)) in first]
    return used + [view for view in first.values() if view not in used]
