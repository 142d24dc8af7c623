"""Email clients and the features each supports, by the dated tables of https://www.caniemail.com"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from qa.facts import facts


@dataclass(frozen=True, slots=True)
class Client:
    """A mail program readers use. ``share``: percent of the readers; ``tested``: what Can I email calls it."""

    name: str
    title: str
    share: float
    tested: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of HTML or CSS, or a picture format: who supports it, by what was found when it was tested last."""

    slug: str
    title: str
    category: str  # "css", "html", "image", "others"
    url: str
    tested: str
    cells: Mapping[str, str]  # client → "n", "a 1 3" (partly, notes 1 and 3), "u" (nobody knows); else it is supported
    notes: Mapping[str, str]

    def level(self, client: Client) -> str:
        """ "y", "a" (partly), "n" or "u" (nobody knows)."""
        return self.cells.get(client.tested, "y")[0]

    def says(self, client: Client) -> tuple[str, ...]:
        """The notes on what a client makes of it."""
        return tuple(self.notes[n] for n in self.cells.get(client.tested, "y").split()[1:] if n in self.notes)

    def fails(self, client: Client, noted: str = "") -> bool:
        """Whether it does not work there; in part is too little where a note says so that matches ``noted``."""
        level = self.level(client)
        if level == "n":
            return True
        return level == "a" and bool(noted) and any(re.search(noted, note, re.IGNORECASE) for note in self.says(client))


@cache
def _published() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("qa.data").joinpath("caniemail.json").read_text("utf-8"))
    return table


def dated() -> str:
    """The month the table was published: "2026-05"."""
    return str(_published()["date"])[:7]


@cache
def features() -> Mapping[str, Feature]:
    """Every feature of the table, by its slug."""
    return {slug: _feature(slug, entry) for slug, entry in _published()["features"].items()}


def _feature(slug: str, entry: Mapping[str, Any]) -> Feature:
    cells = {client: cell for cell, names in entry["support"].items() for client in names.split()}
    return Feature(slug, entry["title"], entry["category"], entry["url"], entry["tested"], cells, entry["notes"])


def known_clients() -> tuple[str, ...]:
    """Every name a mix can have: those of the table, and Can I email's own ("gmx.desktop-webmail")."""
    return (*facts("clients")["clients"], *_published()["clients"].split())
