"""The structure of an HTML document before any parser repairs its tags, and the features of HTML and CSS it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place, Text


@dataclass(frozen=True, slots=True)
class Flaw:
    """A tag, comment or condition without its other half, as it is written: "<table>", "</td>", "[if mso]" …

    ``kind`` is "unclosed", "unopened" or "misplaced" (it stands in a table, but in none of its cells).
    """

    kind: str
    what: str
    where: Place
    outlook_only: bool = False  # only Outlook on Windows reads the document this way


@dataclass(frozen=True, slots=True)
class TableTag:
    """A <table> tag. ``role`` as written, lower case; ``told`` where it has a heading cell or a caption."""

    where: Place
    role: str = ""
    told: bool = False


@dataclass(frozen=True)
class Structure:
    """How the tags of a document hang together before any parser repairs them; everything in document order."""

    tables: tuple[TableTag, ...] = ()
    table_flaws: tuple[Flaw, ...] = ()
    link_flaws: tuple[Flaw, ...] = ()
    formatting_flaws: tuple[Flaw, ...] = ()  # <b> and the like, where they go on behind the block they stand in
    conditions: tuple[Flaw, ...] = ()
    shapes: tuple[Flaw, ...] = ()  # of VML; "bare": without its prefix
    comment: Place | None = None  # where a comment begins that never ends
    quotes: tuple[Flaw, ...] = ()  # tags with a quote that does not end where it should
    repeated: tuple[Text, ...] = ()  # a second <html> or <body>
    second_attributes: tuple[Text, ...] = ()  # those a tag has twice, with another value: `<td> style`
    scripts: tuple[Text, ...] = ()  # src or content, of those that would run
    sheets: tuple[Text, ...] = ()  # addresses of linked style sheets


@dataclass(frozen=True, slots=True)
class FeatureUse:
    """One way a feature of HTML or CSS is used, where every reader's client is to understand it: not in a media query,
    not for a pointer that hovers, not in a rule that applies to nothing, not behind a simpler value of the property.
    """

    feature: str  # by Can I email's name: "css-display-flex"
    value: str  # as written: "display: flex", "<video>", "hidden"
    where: Place  # the first
    times: int = 1
    tag: str = ""  # the element it applies to; "*" where that cannot be told
    seen_by: str = ""  # "outlook": only Outlook on Windows reads it; "others": all but that; "": everybody
    beside: frozenset[str] = frozenset()  # the marks of qa/data/features.toml on the same element or in the same rule


@dataclass(frozen=True)
class Features:
    """The features of HTML and CSS a document uses, with their first place, and those a reader may come to miss."""

    first: Mapping[str, Place] = field(default_factory=dict)
    uses: tuple[FeatureUse, ...] = ()
    for_outlook: frozenset[str] = frozenset()  # names of the elements that only Outlook on Windows reads
