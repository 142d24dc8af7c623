"""The inventory of an HTML document: its text, links, pictures and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qa.markup.merge_tag_mask import masked

if TYPE_CHECKING:
    from qa.markup.tokeniser import RawHtml
    from qa.markup.tokeniser import Token as RawToken
    from qa.source import Place, Source, Text


UNTIL = ", until "  # in a doubt: what a reader, or a script, does to bring the thing forth


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries (a paragraph, a cell, a heading …), white space folded."""

    text: str
    where: Place
    tag: str = ""
    hidden: bool = False  # by its own or an ancestor's style, attribute or tag
    outlook_only: bool = False  # inside a conditional comment only Outlook on Windows reads
    size: float | None = None  # pixels of most of its letters, as styles declare it; None: they do not say
    struck: tuple[str, ...] = ()  # the pieces of it that are crossed out
    cell: tuple[int, int] | None = None  # of a table: where its row starts in the source, its number in the row
    lang: str = ""  # of the element it stands in or the nearest around it that says so
    doubt: str = ""  # what may hide most of it, where the source alone cannot tell: a rule in @media


@dataclass(frozen=True, slots=True)
class Link:
    """Anything that leads somewhere: <a>, <area>, a VML button, an address in plain text (``tag`` is "")."""

    href: str  # as written, character references decoded, nothing else changed; "" where the attribute is missing
    text: str  # visible text, or the alternative texts of the pictures inside
    where: Place
    tag: str = "a"
    pictures: tuple[str, ...] = ()  # src of the pictures inside
    hidden: bool = False
    outlook_only: bool = False
    has_href: bool = True
    opens: bool = False  # its attributes say that a script opens something there: a menu, a dialogue
    doubt: str = ""  # what may hide it, where the source alone cannot tell
    through: tuple[str, ...] = ()  # of a sent message: the addresses by which a click comes to href, as far as known
    unread: bool = False  # href is a click tracker's address: nobody can read where it leads

    @property
    def asked(self) -> str:
        """The address that a click asks for."""
        return self.through[0] if self.through else self.href


@dataclass(frozen=True, slots=True)
class ImageTag:
    """A picture as the markup asks for it: <img>, a VML fill, a CSS or HTML background."""

    src: str
    where: Place
    alt: str | None = None  # None: no alt attribute
    width: int | None = None  # declared, CSS pixels
    height: int | None = None
    link: str = ""  # href of the link around it
    kind: str = "img"  # "img", "background", "vml"
    hidden: bool = False
    outlook_only: bool = False
    unread: bool = False  # that link goes through a click tracker: nobody can read where it leads
    scales: bool = False  # its style gives one side up to the picture's own shape, or fits the picture into the place
    cell: int | None = None  # pixels of the cell or table around it, where they are declared


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form as built. ``options`` are the visible labels of a select, radio group or datalist."""

    name: str
    where: Place
    label: str = ""
    type: str = "text"  # of the input, or "select", "textarea"
    required: bool = False
    options: tuple[str, ...] = ()
    value: str = ""
    checked: bool = False
    unseen: bool = False  # no visitor sees it, though its type is not "hidden"


@dataclass(frozen=True, slots=True)
class Form:
    """A form as built; buttons are no fields."""

    where: Place
    action: str = ""
    fields: tuple[FormField, ...] = ()
    hidden: tuple[FormField, ...] = ()


@dataclass(frozen=True)
class Markup:
    """The inventory of one HTML document, taken in one walk over its tree; everything in document order."""

    source: Source
    doctype: str = ""
    lang: Text | None = None
    dir: str = ""
    title: Text | None = None
    metas: Mapping[str, Text] = field(default_factory=dict)  # name, property or http-equiv (lower case) → content
    canonical: Text | None = None
    blocks: tuple[Block, ...] = ()
    headings: tuple[tuple[int, Text], ...] = ()  # level, text
    links: tuple[Link, ...] = ()
    images: tuple[ImageTag, ...] = ()
    forms: tuple[Form, ...] = ()
    scripts: tuple[Text, ...] = ()  # src or content
    preheader: Text | None = None  # the first hidden text of the body

    @cached_property
    def masked(self) -> str:
        """The source, its merge tags blotted out."""
        return masked(self.source.text)

    @cached_property
    def text(self) -> str:
        """All visible text, a block a line."""
        return "\n".join(block.text for block in self.blocks if not block.hidden and not block.outlook_only)


@dataclass(frozen=True)
class Body(Markup):
    """What a reader meets below the subject line: the HTML, or the plain text of an email that has nothing else.

    Checks of words, links and addresses need this; checks of tags need `Markup`, which no plain text has. Of plain
    text, ``blocks`` are its paragraphs and ``links`` its web addresses (``tag`` is ""), named by what stands before.
    """

    beside: Source | None = None  # the plain-text part that comes with the HTML; None where it is the body itself
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class RawTokens:
    """A document as its tokeniser reads it, once for all who look: tags, text and comments, nothing repaired."""

    raw: RawHtml
    tokens: tuple[RawToken, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The markup of an asset, or the reason there is none: what `Markup` and `HtmlEnvelope` are both read from."""

    markup: Markup | None
    reason: Exception | None = None
    read: RawTokens | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Every link of a document, in order."""

    built: tuple[Link, ...]
