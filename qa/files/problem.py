"""Mistakes in a request or a profile: file, line, field, what is wrong, and the nearest known word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from qa.finding import Unusable
from qa.source import Place

Steps = tuple[str | int, ...]  # the way to a value: ("emails", 0, "links", 2, "url")

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One mistake. ``wrong`` continues the sentence that the field begins: "is missing", "should be text" …"""

    where: Place
    steps: Steps
    wrong: str

    def __str__(self) -> str:
        line = f", line {self.where.line}" if self.where.line else ""
        field = f"`{field_path(self.steps)}` " if self.steps else ""
        return f"{self.where.file}{line}: {field}{self.wrong}"


def raise_all(problems: Iterable[InputProblem]) -> None:
    """Unusable with every problem in the order of the file, each once; nothing where there is none."""
    ordered = sorted(problems, key=lambda problem: (problem.where.file, problem.where.line or 0))
    if ordered:
        raise Unusable(*dict.fromkeys(map(str, ordered)))


def field_path(steps: Steps) -> str:
    """``emails[0].links[2].url``, in the words of the file."""
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f"{'.' if path else ''}{shown(step, 40)}"
    return path


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    spellings = {_plain(name): name for name in known}
    close = get_close_matches(_plain(word)[:60], spellings, n=1, cutoff=0.6)
    return spellings[close[0]] if close else None


def unknown(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about a word nobody knows, with the nearest known one, or with all of them."""
    names = sorted(known)
    if (near := nearest(word, names)) is not None:
        return f"is not known here; did you mean `{near}`?"
    return f"is not known here. Known: {', '.join(names)}." if len(names) <= 20 else "is not known."


def shown(value: object, longest: int = 60) -> str:
    """A value inside a message: one line, not too long, nothing a terminal would obey."""
    text = _UNPRINTABLE.sub(" ", str(value)[: longest + 1])
    return text if len(text) <= longest else text[: longest - 1] + "…"


def closest_place(steps: Steps, places: Mapping[Steps, Place]) -> Place | None:
    """The place of a value or, where it was not written, of the nearest part around it."""
    for length in range(len(steps), -1, -1):
        if (place := places.get(steps[:length])) is not None:
            return place
    return None


def _plain(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")
