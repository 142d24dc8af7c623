"""What readers lose where their client lacks a feature, by the table qa/data/features.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from qa.clients.caniemail import Client, features
from qa.facts import compiled, facts

OUTLOOK = "outlook.windows"  # the one client that conditional comments and mso- properties speak to
_FOR_OUTLOOK = ("outlook-", "mso-", "for-outlook")


@dataclass(frozen=True)
class Degradation:
    """One thing that readers can lose; the keys are explained in the table."""

    feature: str
    loss: str
    fix: str
    joins: str  # those of the same kind are told together
    heavy: bool = False
    only: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    tags: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()
    partly: str = ""
    beside: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    needs: str = ""

    def concerns(self, value: str) -> bool:
        """Whether a use, as written, is one of those that matter."""
        if self.only is not None and self.only.search(value) is None:
            return False
        return self.unless is None or self.unless.search(value) is None

    def affected(self, clients: Iterable[Client], tag: str, seen_by: str, marks: frozenset[str]) -> tuple[Client, ...]:
        """The clients whose readers lose something by a use that matters, on an element, beside these marks."""
        if (self.tags and tag not in self.tags) or tag in self.not_tags or (self.beside and not self.beside & marks):
            return ()
        made_up_for = self.spared & marks
        if any(not mark.startswith(_FOR_OUTLOOK) for mark in made_up_for):
            return ()
        blind = [OUTLOOK] if made_up_for or seen_by == "others" else []
        return tuple(
            client
            for client in clients
            if client.tested not in blind
            and (seen_by != "outlook" or client.tested == OUTLOOK)
            and features()[self.feature].fails(client, self.partly)
            and not (self.needs and features()[self.needs].fails(client))
        )


@cache
def degradations() -> tuple[Degradation, ...]:
    """Every entry of the table."""
    return tuple(_degradation(name, entry) for name, entry in facts("features")["lost"].items())


def _degradation(name: str, entry: dict[str, Any]) -> Degradation:
    patterns = {key: compiled(entry[key], re.IGNORECASE) for key in ("only", "not") if key in entry}
    return Degradation(
        feature=entry.get("feature", name),
        loss=entry["loss"],
        fix=entry["fix"],
        joins=entry.get("joins", name),
        heavy=entry.get("heavy", False),
        only=patterns.get("only"),
        unless=patterns.get("not"),
        tags=frozenset(entry.get("tags", ())),
        not_tags=frozenset(entry.get("not_tags", ())),
        partly=entry.get("partly", ""),
        beside=frozenset(entry.get("beside", ())),
        spared=frozenset(entry.get("spared", ())),
        needs=entry.get("needs", ""),
    )


@cache
def _by_feature() -> dict[str, list[Degradation]]:
    found: dict[str, list[Degradation]] = {}
    for degradation in degradations():
        found.setdefault(degradation.feature, []).append(degradation)
    return found


@lru_cache(maxsize=16384)
def degradations_by(feature: str, value: str) -> tuple[Degradation, ...]:
    """What may be lost by a use of a feature, as written; nothing by most."""
    return tuple(degradation for degradation in _by_feature().get(feature, ()) if degradation.concerns(value))
