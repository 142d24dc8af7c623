"""Names of merge tags as one platform knows them: standard fields, system tags, what a name resembles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qa.merge_tags.field_names import nearest_name


@dataclass(frozen=True)
class Namespace:
    """The part of a name before the separator, and what may follow it."""

    name: str
    names: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # known too, but nothing is taken for a slip of them
    open: bool = False  # further names exist
    pattern: str = ""  # what those look like
    role: str = "value"
    write: str = ""  # how a tag of it is written, where that is not as all others
    field: bool = False  # of a person: an exported list may have a column of that name


@dataclass(frozen=True)
class Names:
    """Every namespace of a platform, and how it compares and writes names."""

    facts: dict[str, Any]

    @cached_property
    def spaces(self) -> dict[str, Namespace]:
        spaces: dict[str, Namespace] = {}
        for fact in self.facts["namespace"]:
            names = fact["name"] if isinstance(fact["name"], list) else [fact["name"]]
            rest: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in fact.items()
            }
            spaces |= {self.fold(name): Namespace(**(rest | {"name": name})) for name in names}
        return spaces

    def fold(self, name: str) -> str:
        """A name as the platform compares it."""
        return name if self.facts.get("case_matters") else name.casefold()

    def write(self, name: str) -> str:
        """A name as a whole tag."""
        if name.startswith("{%"):
            return name
        space, separator, rest = name.partition(".")
        if separator and "write_in" in self.facts:
            return str(self.facts["write_in"] % (space, rest))
        return str(self.facts["write"] % name)

    def judge(self, name: str) -> tuple[str, bool | None, str]:
        """A name's role, whether the platform knows it, and where it does not: the tag it resembles."""
        instead: dict[str, str] = self.facts.get("instead", {})
        if name in instead:
            return "system", False, instead[name]
        told = self._judge(name)
        called = nearest_name(name, list(instead)) if told[1] is None else ""  # what might be somebody's own field
        return ("system", False, instead[called]) if called else told

    def _judge(self, name: str) -> tuple[str, bool | None, str]:
        head, separator, rest = name.partition(self.facts["separator"]) if self.facts["separator"] else ("", "", name)
        if not separator and getattr(self.spaces.get(self.fold(name)), "role", "") != "logic":
            head, rest = "", name
        space = self.spaces.get(self.fold(head))
        if space is not None:
            return self._judge_in(space, head + separator, rest)
        if not head:
            return "value", None, ""
        nearest = nearest_name(head, [known.name for known in self.spaces.values() if known.name])
        if not nearest and not self.facts.get("closed"):
            return "value", None, ""
        role = self.spaces[self.fold(nearest)].role if nearest else "value"
        return role, False, self.write(f"{nearest}{separator}{rest}") if nearest else ""

    def _judge_in(self, space: Namespace, prefix: str, rest: str) -> tuple[str, bool | None, str]:
        folded = self.fold(rest)
        if folded in map(self.fold, space.system):
            return "system", True, ""
        if folded in map(self.fold, (*space.names, *space.others)):
            return space.role, True, ""
        spelt = bool(self.facts.get("spaces_matter")) or not space.open
        nearest = nearest_name(rest, space.names, spelt) or nearest_name(rest, space.system)
        fits = not space.pattern or re.fullmatch(space.pattern, rest) is not None
        if space.open and fits and not nearest:
            return space.role, None, ""
        if not nearest and space.pattern and re.fullmatch(space.pattern, rest.upper()):
            nearest = rest.upper()
        role = "system" if nearest in space.system else space.role if nearest else "value"
        whole = space.write % nearest if space.write else self.write(prefix + nearest)
        return role, False, whole if nearest else ""

    def fills_in(self, name: str) -> bool:
        """Whether a name is that of a person's own field, not of the programme or the platform."""
        head, separator, _ = name.partition(self.facts["separator"]) if self.facts["separator"] else ("", "", "")
        space = self.spaces.get(self.fold(head if separator else ""))
        return space is not None and space.field and self.judge(name)[0] == "value"
