"""TOML files, with the line of every key.

https://toml.io/en/v1.0.0 — tomllib gives no positions, so the lines of headers and keys are looked up in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.files.paths import content_of, no_file
from qa.files.problem import InputProblem, Steps, closest_place
from qa.finding import Unusable
from qa.source import Place

_NAME = re.compile(r"""[ \t]*+(?:([\w-]++)|"([^"\n]*+)"|'([^'\n]*+)')[ \t]*+""")
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Toml:
    """A TOML file that findings call ``name``."""

    name: str
    content: dict[str, Any]
    places: Mapping[Steps, Place]

    def place(self, steps: Steps) -> Place:
        """The line of a key, or of the nearest table around it."""
        return closest_place(steps, self.places) or Place(self.name)

    def lines(self) -> Iterator[tuple[tuple[str, str], Place]]:
        """Every key with its table («links.known»), what it says, and where; of a list, each value."""
        yield from self._lines(self.content, ())

    def _lines(self, value: object, steps: Steps) -> Iterator[tuple[tuple[str, str], Place]]:
        if isinstance(value, Mapping):
            for key, each in value.items():
                yield from self._lines(each, (*steps, key))
        elif isinstance(value, list):
            for each in value:
                yield from self._lines(each, steps)
        else:
            yield (".".join(map(str, steps)), str(value)), self.place(steps)


def read_toml(path: Path, name: str) -> Toml:
    """Unusable where the file is no TOML."""
    import tomllib  # where there is no qa.toml, nothing else needs it

    if wrong := no_file(path):
        raise Unusable(f"{name} {wrong}")
    try:
        text = content_of(path).decode("utf-8-sig").replace("\r\n", "\n")
        return Toml(name, tomllib.loads(text), dict(_places(text, name)))
    except tomllib.TOMLDecodeError as fault:
        at = _AT.search(str(fault))
        where = Place(name, int(at[1] or len(text.splitlines())) if at else None)
        wrong = _AT.sub("", str(fault)).lower()
        raise Unusable(str(InputProblem(where, (), f"this is no TOML: {wrong}."))) from None
    except UnicodeDecodeError:
        raise Unusable(f"{name}: a character is not in UTF-8; save the file as UTF-8.") from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise Unusable(f"{name}: a number in it is far too long.") from None
    except (OSError, RecursionError) as fault:
        raise Unusable(
            f"{name}: the file cannot be read ({getattr(fault, 'strerror', 'nested too deeply')})."
        ) from None


def _places(text: str, name: str) -> Iterator[tuple[Steps, Place]]:
    table: Steps = ()
    for number, line in enumerate(text.splitlines(), 1):
        begun = line.lstrip()
        brackets = len(begun) - len(begun.lstrip("["))
        steps, ended = _dotted(begun, brackets)
        if not steps or begun[ended : ended + 1] not in ("]", "="):
            continue
        if brackets and begun[ended] == "]":
            table = steps
            yield table, Place(name, number)
        elif not brackets and begun[ended] == "=":
            yield (*table, *steps), Place(name, number, len(line) - len(begun) + 1)


def _dotted(line: str, begins: int) -> tuple[Steps, int]:
    """The names of a dotted key, and where it ends."""
    steps: list[str] = []
    while match := _NAME.match(line, begins):
        steps.append(next(group for group in match.groups() if group is not None))
        begins = match.end()
        if line[begins : begins + 1] != ".":
            break
        begins += 1
    return tuple(steps), begins
