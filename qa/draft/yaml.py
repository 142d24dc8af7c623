"""The YAML of a drafted request: every text survives in it, and comments stand above what they speak of."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, TypeAlias

from qa.text.leaving import acts, escaped_yaml, plain

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

Value: TypeAlias = "str | int | bool | list[Value] | Section"

_WIDTH = 110
_NO_WRAPPING = 1_000_000  # a value stays on one line, however long: folding would cost spaces
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa1-\ud7ff\uf900-\ufffd\U00010000-\U0001fffd]")


@dataclass
class Section:
    """Keys and values in order, each with the comments above it. ``above`` stands before a list's entry."""

    entries: dict[str, Value] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)

    def put(self, key: str, value: Value, *comments: str) -> None:
        """A key, with its comments and those about what could not be said before it."""
        self.entries[key] = value
        self.comments[key] = [*self._waiting, *comments]
        self._waiting = []

    def note(self, *comments: str) -> None:
        """A comment about a key that is not there; it stands above the next one."""
        self._waiting += comments

    def close(self, key: str) -> None:
        """Put what nothing followed above the given key."""
        self.comments[key] = [*self.comments.get(key, ()), *self._waiting]
        self._waiting = []


def written(section: Section, *heading: str) -> str:
    """The whole document."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = _NO_WRAPPING
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_mapping(section, 0), out)
    head = "".join(f"# {line}\n" for line in _lines(heading, 0))
    return escaped_yaml(f"{head}\n{out.getvalue()}")


def _mapping(section: Section, indent: int) -> CommentedMap:
    from ruamel.yaml.comments import CommentedMap

    mapping = CommentedMap()
    for key, value in section.entries.items():
        mapping[_scalar(key)] = _node(value, indent + 2)
        if lines := _lines(section.comments.get(key, ()), indent):
            mapping.yaml_set_comment_before_after_key(key, before="\n".join(lines), indent=indent)
    return mapping


def _sequence(values: list[Value], indent: int) -> CommentedSeq:
    from ruamel.yaml.comments import CommentedSeq

    sequence = CommentedSeq([_node(value, indent + 2) for value in values])
    if not values:
        sequence.fa.set_flow_style()
    for index, value in enumerate(values):
        lines = _lines(value.above, indent) if isinstance(value, Section) else []
        if lines:
            sequence.yaml_set_comment_before_after_key(index, before="\n".join(lines), indent=indent)
    return sequence


def _node(value: Value, indent: int) -> object:
    if isinstance(value, Section):
        return _mapping(value, indent)
    if isinstance(value, list):
        return _sequence(value, indent)
    return _scalar(value) if isinstance(value, str) else value


def _scalar(text: str) -> object:
    """A text; in double quotes where it holds what a plain one would lose."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    odd = _UNPRINTABLE.search(text) or acts(text) or "\\" in text or text != text.strip()
    return DoubleQuotedScalarString(text) if odd or not text else text


def _lines(comments: object, indent: int) -> list[str]:
    """Comments cut into lines; what a build says in them can end none."""
    lines: list[str] = []
    for comment in comments if isinstance(comments, list | tuple) else ():
        lines += textwrap.wrap(
            plain(" ".join(comment.split())), _WIDTH - indent, break_long_words=False, break_on_hyphens=False
        )
    return lines
