"""The syntax of YAML: the tree of a text, or the mistake in it and how to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.files.readings import Readings
from qa.markup.merge_tag_signs import PAIRS
from qa.source import Source

_LARGEST = 1_000_000  # bytes; a request with fifty emails and all their copy is a tenth of it
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_TAB = re.compile(r"[ \-?]*\t")
# A merge tag whose sign means something else to YAML, or another character that no plain text begins with.
_MEANT = "|".join(re.escape(opener) for opener in PAIRS if opener[0] in "{%*")
_UNQUOTED = re.compile(rf"[ \-]*+(?:[^\s:#'\"{{]++:\s++)?[\[ ]*+({_MEANT}|@|`|%)")
_QUOTES = "put the whole text in quotes"

# What the parser says, and what it means for somebody who writes a request.
_WORDINGS = (
    (r"\\t' that cannot", "a tab stands where YAML wants a space."),
    (r"cannot start any token", f"text that begins with this character is YAML of its own; {_QUOTES}."),
    (
        r"mapping values are not allowed",
        "a second colon, or a line indented too far. A text with “: ” in it must stand in quotes.",
    ),
    (r"unexpected end of stream", "a quotation mark that is opened here is never closed."),
    (r"could not find expected ':'", "a key without its colon and a space after it (`key: value`)."),
    (
        r"but found '(?:<scalar>|<alias>|<tag>|<anchor>|[\[{])'",
        "text goes on after a closing quotation mark. Put the other kind of quotes around the whole text.",
    ),
    (r"but found '(?:<block (?:mapping|sequence) start>|-|\?)'", "the indentation does not fit the lines above."),
    (r"expected ',' or '[\]}]'", "a list in [ ] or keys in { } are not closed, or a comma is missing."),
    (r"unknown escape character", "a backslash inside double quotes; use single quotes, or write \\\\."),
    (
        r"sequence entries are not allowed",
        "“- ” begins a list entry; begin it on a line of its own, or put the text in quotes.",
    ),
    (r"mapping keys are not allowed", f"text that begins with ? is YAML of its own; {_QUOTES}."),
    (r"expected the node content", "a value is missing, or a bracket is never closed."),
    (r"expected '<document start>'", "the indentation does not fit the lines above."),
    (
        r"expected a comment or a line break|expected chomping",
        "text after `|` or `>` belongs on the next line, indented.",
    ),
    (r"but found ','|but found '[}\]]'", f"text that begins with a bracket or a brace is YAML of its own; {_QUOTES}."),
)


class NotYaml(Exception):
    """The text cannot be read as YAML: one sentence and where."""

    def __init__(self, wrong: str, offset: int | None = None, line: int | None = None) -> None:
        super().__init__(wrong)
        self.offset = offset
        self.line = line


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (text), a list (nodes) or a mapping (pairs). ``plain``: a scalar without quotes."""

    offset: int
    content: str | list[Node] | tuple[tuple[Node, Node], ...]
    plain: bool = False


def decode(path: Path, name: str, readings: Readings) -> Source:
    """The text of a file: UTF-8, or UTF-16 where a mark at the start says so."""
    try:
        content = readings.read_file(path, name, _LARGEST + 1)
    except OSError as fault:
        raise NotYaml(f"the file cannot be read ({fault.strerror}).") from None
    return decoded(content, name)


def decoded(content: bytes, name: str) -> Source:
    """The text in the bytes of a file."""
    if len(content) > _LARGEST:
        raise NotYaml(f"the file is larger than {_LARGEST // 1000:,} KB; that is no {name}.")
    mark, encoding = next(((mark, name) for mark, name in _BOMS if content.startswith(mark)), (b"", "utf-8"))
    try:
        return Source(name, content[len(mark) :].decode(encoding), encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise NotYaml("a character is not in UTF-8; save the file as UTF-8.", line=line) from None


def node_of(text: str, deepest: int) -> Node | None:
    """The tree of the only document in a text; None where there is nothing but comments."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        return _Composer(YAML(typ="safe", pure=True).parse(text), deepest).document()
    except ReaderError as fault:
        raise NotYaml("the file holds a character that no text has (a control character).", fault.position) from None
    except MarkedYAMLError as fault:
        raise _explained(fault, text) from None
    except (OverflowError, ValueError):  # of an escape such as "\UFFFFFFFF", and the parser says not where
        raise NotYaml("an escape in double quotes (\\u or \\U) stands for no character.") from None


class _Composer:
    """Builds nodes out of the parser's events. An alias is a finished node: none can hold itself."""

    def __init__(self, events: Iterator[Any], deepest: int) -> None:
        self.events = events
        self.deepest = deepest
        self.anchors: dict[str, Node] = {}

    def document(self) -> Node | None:
        root = None
        for event in self.events:
            kind = type(event).__name__
            if kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
                if root is not None:
                    raise NotYaml(
                        "a second document begins here (after `---`); one file is one document.", _offset(event)
                    )
                root = self._node(event, 0)
        return None if root is not None and root.plain and root.content == "" else root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > self.deepest:
            raise NotYaml("lists or keys are nested too deeply.", _offset(event))
        kind, offset = type(event).__name__, _offset(event)
        if kind == "AliasEvent":
            if event.anchor not in self.anchors:
                raise NotYaml(f"text that begins with * is YAML of its own; {_QUOTES}.", offset)
            return self.anchors[event.anchor]
        if event.tag is not None:
            raise NotYaml(f"text that begins with ! is YAML of its own; {_QUOTES}.", offset)
        if kind == "ScalarEvent":
            node = Node(offset, event.value, plain=event.style in (None, ""))
        elif kind == "SequenceStartEvent":
            node = Node(offset, list(self._children(depth)))
        else:
            children = list(self._children(depth))
            node = Node(offset, tuple(map(_pair, children[::2], children[1::2])))
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _children(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if type(event).__name__ in ("SequenceEndEvent", "MappingEndEvent"):
                return
            yield self._node(event, depth + 1)


def _pair(key: Node, value: Node) -> tuple[Node, Node]:
    """A value that was left out is where its key is; the parser says where the next line begins."""
    left_out = value.plain and value.content == ""
    return key, replace(value, offset=key.offset) if left_out else value


def _offset(event: Any) -> int:
    offset: int = event.start_mark.index
    return offset


def _explained(fault: Any, text: str) -> NotYaml:
    """What the parser says in the words of a writer. Of what was never finished, the beginning counts."""
    problem = str(fault.problem)
    mark = fault.problem_mark or fault.context_mark
    if fault.context_mark is not None and ("end of stream" in problem or "expected ':'" in problem):
        mark = fault.context_mark
    if mark is None:
        return NotYaml("this is no YAML.")
    start = text.rfind("\n", 0, mark.index) + 1
    line = text[start : start + 500].partition("\n")[0]
    if _TAB.match(line):
        return NotYaml("a tab is used to indent; YAML wants spaces.", mark.index)
    if begun := _UNQUOTED.match(line):
        return NotYaml(f"text that begins with {begun[1]} must stand in quotes.", mark.index)
    wording = next((wording for pattern, wording in _WORDINGS if re.search(pattern, problem)), "this is no YAML here.")
    return NotYaml(wording, mark.index)
