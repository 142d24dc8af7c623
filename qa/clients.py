"""Which clients do the readers use, and what does each of them support? The table is Can I email's, with its date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from qa.complaint import shown, unknown
from qa.facts import facts

_CHOICE = re.compile(r"([A-Za-z][\w.-]*)(?:\s+(\d{1,3}(?:\.\d{1,3})?)\s?%?)?")
_UNMEASURED = 1.0  # percent: a client of Can I email's that the table does not count


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


def mix(chosen: Sequence[str] = ()) -> tuple[Client, ...]:
    """The clients readers use, the most used first: those of the table, or those chosen.

    A choice is a name of the table or one of Can I email's ("gmx.desktop-webmail"), and a share in percent after it:
    "outlook-windows 40". Without shares, those of the table are kept in proportion. ValueError where a name is not
    known, or where only some have a share.
    """
    if not chosen:
        return _usual()
    pairs = [_choice(choice) for choice in chosen]
    shares = [share for _, share in pairs]
    if None in shares and any(share is not None for share in shares):
        raise ValueError("either every client has its share, as in “outlook-windows 40”, or none has")
    clients = [_client(name, share) for name, share in pairs]
    whole = sum(client.share for client in clients) if None in shares else 100.0
    return _sorted(Client(c.name, c.title, c.share / whole * 100, c.tested) for c in clients)


@cache
def _usual() -> tuple[Client, ...]:
    table = facts("clients")["clients"]
    return _sorted(Client(name, row["title"], row["share"], row["tested"]) for name, row in table.items())


def _choice(choice: str) -> tuple[str, float | None]:
    found = _CHOICE.fullmatch(choice.strip())
    if found is None:
        raise ValueError(f"“{shown(choice)}” should be a client and its share, as in “outlook-windows 40”")
    return found[1].lower(), float(found[2]) if found[2] else None


def _client(name: str, share: float | None) -> Client:
    table = facts("clients")["clients"]
    if name in table:
        return Client(
            name, table[name]["title"], table[name]["share"] if share is None else share, table[name]["tested"]
        )
    if name in _published()["clients"].split():
        return Client(name, name, _UNMEASURED if share is None else share, name)
    raise ValueError(f"the client `{shown(name)}` {unknown(name, table)}")


def _sorted(clients: Iterable[Client]) -> tuple[Client, ...]:
    return tuple(sorted(clients, key=lambda client: (-client.share, client.name)))


def listed(clients: Sequence[Client], most: int = 4) -> str:
    """Clients for people to read: « Outlook on Windows (14 % of readers), Gmail on the web (17 %) and 3 more »."""
    shown = [f"{client.title} ({client.share:.2g} %)" for client in clients[:most]]
    if shown:
        shown[0] = shown[0].replace(" %)", " % of readers)")
    more = len(clients) - most
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1] if shown else "")))
