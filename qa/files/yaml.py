"""YAML files: texts, lists and mappings as they are spelled, with a place for every value.

https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.files.problem import InputProblem, Steps, raise_all
from qa.files.readings import Readings
from qa.files.yaml_syntax import Node, NotYaml, decode, decoded, node_of
from qa.finding import Unusable
from qa.source import Place, Source

_MOST_VALUES = 50_000  # after aliases were followed: nine lines of YAML can stand for a billion values
_DEEPEST = 50
_NULL = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file. Places are of values; ``keys`` has those of the words before the colon.

    In ``written`` every value but null is text as it was spelled: 001 stays "001" and 1.10 stays "1.10".
    """

    source: Source
    written: Any
    places: Mapping[Steps, Place]
    keys: Mapping[Steps, Place]
    problems: tuple[InputProblem, ...] = ()  # keys written twice


def load(path: Path, name: str) -> Document:
    """Read a file that findings call ``name``; Unusable with every problem where it is not sound."""
    document = read(path, name)
    raise_all(document.problems)
    return document


def read(path: Path, name: str, readings: Readings | None = None) -> Document:
    """Like ``load``, but its problems are left to the caller, who tells them together with those of the values."""
    return _parsed(name, lambda: decode(path, name, readings or Readings()))


def read_bytes(content: bytes, name: str) -> Document:
    """The same, of a file whose bytes are there already."""
    return _parsed(name, lambda: decoded(content, name))


def _parsed(name: str, text: Callable[[], Source]) -> Document:
    try:
        source = text()
    except NotYaml as error:
        raise Unusable(str(InputProblem(Place(name, error.line), (), str(error)))) from None
    return parse(source)


def parse(source: Source) -> Document:
    """The document in a text; Unusable where it is no YAML."""
    tree = _Tree(source)
    try:
        root = node_of(source.text, _DEEPEST)
        written = None if root is None else tree.grow(root, ())
    except NotYaml as error:
        where = source.place(error.offset) if error.offset is not None else Place(source.file)
        raise Unusable(str(InputProblem(where, (), str(error)))) from None
    return Document(source, written, tree.places, tree.keys, tuple(tree.problems))


class _Tree:
    """Turns nodes into what is written, and notes where every value stood."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places: dict[Steps, Place] = {}
        self.keys: dict[Steps, Place] = {}
        self.problems: list[InputProblem] = []

    def grow(self, node: Node, steps: Steps) -> Any:
        if len(self.places) >= _MOST_VALUES:
            raise NotYaml(
                f"the file holds more than {_MOST_VALUES:,} values; is a `*` repeating too much?", node.offset
            )
        if len(steps) > _DEEPEST:
            raise NotYaml("lists or keys are nested too deeply.", node.offset)
        self.places[steps] = self.source.place(node.offset)
        if isinstance(node.content, str):
            return None if node.plain and node.content in _NULL else node.content
        if isinstance(node.content, list):
            return [self.grow(item, (*steps, index)) for index, item in enumerate(node.content)]
        return {key: self.grow(value, (*steps, key)) for key, value in self._entries(node.content, steps)}

    def _entries(self, content: tuple[tuple[Node, Node], ...], steps: Steps) -> Iterator[tuple[str, Node]]:
        """The keys with their values; of a key written twice the first counts, and the second is a problem."""
        seen: dict[str, int | None] = {}
        for key, value in content:
            if not isinstance(key.content, str):
                raise NotYaml("text that begins with { or [ must stand in quotes.", key.offset)
            name, place = key.content, self.source.place(key.offset)
            if name in seen:
                lines = f"lines {seen[name]} and {place.line}" if seen[name] != place.line else f"line {place.line}"
                wrong = f"is written twice, on {lines}; keep one."
                self.problems.append(InputProblem(place, (*steps, name), wrong))
                continue
            seen[name] = place.line
            self.keys[(*steps, name)] = place
            yield name, value
