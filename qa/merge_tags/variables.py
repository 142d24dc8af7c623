"""Variables of template languages: which a build sets, and which it prints without setting them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from qa.merge_tags.field_names import nearest_name


@dataclass(frozen=True, slots=True)
class Variables:
    """What is set in a build. ``whole``: nothing outside of the build can set any other."""

    rules: dict[str, Any]
    names: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()  # named before anything is set
    whole: bool = False

    def judge(self, name: str, prints: bool) -> tuple[bool | None, str]:
        """Whether a name is a variable that is set; None where it may be something else. And what it resembles.

        A tag that ``prints`` nothing may also ask for what is not set; only what is misspelt is wrong in it.
        """
        if not self.rules:
            return None, ""
        folded = self._folded
        names = {folded(known) for known in self.names}
        for hit in re.finditer(self.rules["used"], name):
            word = hit["name"]
            if folded(word) in names:
                if self.rules.get("local"):
                    return True, ""
            elif word not in self.rules.get("known", ()) and (prints or folded(word) not in self.declared):
                near = nearest_name(word, sorted(self.names))
                if near or (prints and self.whole and self.rules.get("only")):
                    return False, self.rules["write"] % near if near else ""
        return None, ""

    def _folded(self, name: str) -> str:
        return name if self.rules.get("case_matters") else name.casefold()


def variables_of(facts: dict[str, Any], texts: Iterable[str]) -> Variables:
    """What the texts of one build set, by a platform's grammar."""
    rules = facts.get("variables")
    if rules is None:
        return Variables({})
    written = list(texts)
    names = (
        name for text in written for hit in _sets(tuple(rules["sets"])).finditer(text) for name in hit.groups() if name
    )
    lists = (hit[1] for text in written for hit in re.finditer(rules.get("declares", r"(?!)"), text))
    declared = (hit["name"].casefold() for names_of in lists for hit in re.finditer(rules["used"], names_of))
    brought = re.compile(rules.get("brought", r"(?!)"))
    return Variables(rules, frozenset(names), frozenset(declared), not any(map(brought.search, written)))


@cache
def _sets(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
