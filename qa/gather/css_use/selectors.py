"""Elements that a rule of a style sheet applies to, told from names, not from the tree.

A selector applies where every class, id, attribute and element it names is in the document; it applies to the elements
that have what its last part names. That is too much now and then, and never too little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from qa.markup.css import selectors_of

MOST_NAMES = 60  # of elements with the same class; HTML has little more than a hundred in all
_HIDING = frozenset(("gone", "gone-by-style", "mso-hide", "hidden", "faint", "flat", "away", "clipped"))
_ATTRIBUTE = re.compile(r"\[\s*+([\w-]++)[^\]]*+\]?+")
_PSEUDO = re.compile(r"::?([a-zA-Z-]++)(?>(?:\((?>(?:[^()]++|\([^()]*+\))*)\)?+)?)")
_NAME = re.compile(r"[.#]?[A-Za-z_][\w-]*+|\[[\w-]++\]")
_COMBINATOR = re.compile(r"[\s>+~]++")
_POINTED = frozenset(("hover", "focus", "active", "checked", "target", "visited", "focus-within", "focus-visible"))


class Selector(NamedTuple):
    """One selector of a rule: the names it needs, and those its last part needs."""

    needs: frozenset[str]  # ".button", "#hero", "td", "[data-ogsc]"
    last: tuple[str, ...]
    alone: bool  # its last part tells which elements it applies to: ".hero img" does not, ".hero .photo" does
    resting: bool  # applies without anybody pointing at something


class _Marks(NamedTuple):
    """Of the elements of one name."""

    all_have: frozenset[str]
    some_have: frozenset[str]  # but for hiding: one hidden element says nothing of the others


class Elements:
    """The names in a document: which elements have which class, id and attribute, and what marks beside it."""

    def __init__(self) -> None:
        self._having: dict[str, dict[str, _Marks]] = {}
        self._added: set[tuple[object, ...]] = set()

    def add(self, name: str, attributes: Mapping[str, str], marks: frozenset[str]) -> None:
        """An element of the document."""
        classes, identifier = attributes.get("class", ""), attributes.get("id", "")
        added = (name, classes, identifier, marks, *attributes)
        if added in self._added:
            return
        self._added.add(added)
        keys = [name, *(f".{word}" for word in classes.split()), *(f"[{attribute}]" for attribute in attributes)]
        if identifier:
            keys.append(f"#{identifier}")
        shown = marks - _HIDING
        for key in keys:
            names = self._having.setdefault(key, {})
            known = names.get(name)
            if known is None:
                if len(names) < MOST_NAMES:
                    names[name] = _Marks(marks, shown)
            elif not (known.all_have <= marks and known.some_have >= shown):
                names[name] = _Marks(known.all_have & marks, known.some_have | shown)

    def meant(self, selectors: str) -> dict[str, frozenset[str]]:
        """The names of the elements a rule applies to as the email is opened, and what marks they have.

        "*": any element; none at all: the rule applies to nothing. Where only what is around them tells which elements
        are meant, a mark that some have counts for all: better to say nothing than to raise a false alarm.
        """
        found: dict[str, frozenset[str]] = {}
        for selector in read(selectors):
            if selector.resting and self._having.keys() >= selector.needs:
                for name, marks in self._of(selector.last, selector.alone).items():
                    found[name] = found[name] & marks if name in found else marks
        return found

    def _of(self, keys: Sequence[str], alone: bool) -> dict[str, frozenset[str]]:
        having = [self._having[key] for key in keys]
        if not having:
            return {"*": frozenset()}
        names = set(having[0]).intersection(*having)
        return {name: frozenset().union(*(each[name][not alone] for each in having)) for name in sorted(names)}


@lru_cache(maxsize=4096)
def read(selectors: str) -> tuple[Selector, ...]:
    """The selectors of a rule, one by one."""
    return tuple(_selector(each) for each in selectors_of(selectors) if each.strip())


def _selector(text: str) -> Selector:
    resting = not any(match[1].lower() in _POINTED for match in _PSEUDO.finditer(text))
    plain = _PSEUDO.sub("", _ATTRIBUTE.sub(lambda match: f"[{match[1].lower()}]", text)).strip()
    parts = [tuple(_lowered(name) for name in _NAME.findall(part)) for part in _COMBINATOR.split(plain)]
    alone = len(parts) == 1 or any(name[0] in ".#" for name in parts[-1])
    return Selector(frozenset(name for part in parts for name in part), parts[-1], alone, resting)


def _lowered(name: str) -> str:
    return name if name[0] in ".#" else name.lower()
