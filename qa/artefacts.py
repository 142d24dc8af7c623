"""What does gathering return? Plain frozen data about a build; nothing here judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.source import Place, Source, Text

if TYPE_CHECKING:
    from datetime import date

    from qa.clock import Clock
    from qa.dates import Day, NamedYear
    from qa.html import RawHtml
    from qa.html import Token as RawToken
    from qa.money import Percentage, Price, PromoCode
    from qa.request import AskedField, AskedImage, AskedLink, AskedSegment, CopyBlock
    from qa.views import View


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside a message: an inline picture (``cid``) or an attachment."""

    name: str
    cid: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a message, decoded."""

    name: str
    value: str
    where: Place


@dataclass(frozen=True)
class Parts:
    """What one build file holds. ``size`` is the HTML as sent, in bytes of UTF-8: what a client counts."""

    file: str
    html: Source | None = None
    plain: Source | None = None
    headers: tuple[Header, ...] | None = None  # None: not a message, so there are none to look at
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.html.text.encode("utf-8", "replace")) if self.html else 0


@dataclass(frozen=True, slots=True)
class Envelope:
    """Subject line, preheader and sender, as far as the build shows them.

    ``origin`` says where they were read: "headers" of a message, a "sidecar" file, the page "title" (then only the
    subject line, standing in), or "" where nothing shows them.
    """

    origin: str = ""
    subject: Text | None = None
    preheader: Text | None = None
    from_name: Text | None = None
    from_address: Text | None = None
    reply_to: Text | None = None
    headers: tuple[Header, ...] = ()
    send_at: Text | None = None  # only a sidecar says


@dataclass(frozen=True, slots=True)
class Written:
    """The envelope as it is written outside the HTML: headers of a message, a sidecar; empty for a page."""

    envelope: Envelope

    @property
    def texts(self) -> tuple[tuple[str, Text], ...]:
        """What stands where: "subject", "preheader", "from" (name and address each) and "reply-to"."""
        one = self.envelope
        found = [("subject", one.subject), ("preheader", one.preheader), ("from", one.from_name)]
        found += [("from", one.from_address), ("reply-to", one.reply_to)]
        return tuple((inside, text) for inside, text in found if text is not None)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the HTML shows of an envelope: its <title> and the first hidden text; both None where there is no HTML."""

    title: Text | None = None
    preheader: Text | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """One email of a campaign: its parts and its envelope."""

    name: str
    parts: Parts
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Page:
    """One landing page of a campaign. ``url`` is where it was fetched, "" for a local file."""

    name: str
    parts: Parts
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block boundaries (a paragraph, a cell, a heading …), white space folded."""

    text: str
    where: Place
    tag: str = ""
    hidden: bool = False  # by its own or an ancestor's style, attribute or tag
    outlook_only: bool = False  # inside a conditional comment only Outlook on Windows reads
    size: float | None = None  # pixels of most of its letters, as styles declare it; None: they do not say


@dataclass(frozen=True, slots=True)
class Link:
    """Anything that leads somewhere: <a>, <area>, a VML button."""

    href: str  # as written, character references decoded, nothing else changed; "" where the attribute is missing
    text: str  # visible text, or the alternative texts of the pictures inside
    where: Place
    tag: str = "a"
    pictures: tuple[str, ...] = ()  # src of the pictures inside
    hidden: bool = False
    outlook_only: bool = False
    has_href: bool = True


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, measured. ``fault`` says why it could not be read; then the sizes are 0."""

    file: str
    content_type: str = ""  # "image/png" …
    width: int = 0
    height: int = 0
    bytes: int = 0
    frames: int = 1
    fault: str = ""
    fingerprint: str = ""  # of the decoded pixels: equal for equal pictures whatever the file is called
    likeness: str = ""  # perceptual hash, hex: near for the same picture resized or recompressed


@dataclass(frozen=True, slots=True)
class BuiltImage:
    """A picture of the markup with the file behind it. ``picture`` is None where it was not looked up (``why``)."""

    tag: ImageTag
    picture: Picture | None = None
    why: str = ""


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

    @property
    def text(self) -> str:
        """All visible text, a block a line."""
        return "\n".join(block.text for block in self.blocks if not block.hidden and not block.outlook_only)


@dataclass(frozen=True, slots=True)
class RawTokens:
    """A document as its tokeniser reads it, once for all who look: tags, text and comments, nothing repaired."""

    raw: RawHtml
    tokens: tuple[RawToken, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The markup of an asset, or the reason there is none: what `Markup` and `Glimpse` are both read from."""

    markup: Markup | None
    reason: Exception | None = None
    read: RawTokens | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Every link of a document, in order."""

    built: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Images:
    """Every picture of a document, in order, with the files behind them."""

    built: tuple[BuiltImage, ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """The approved pictures the request names, measured like the built ones: ``asset`` as written → picture."""

    pictures: Mapping[str, Picture]


@dataclass(frozen=True, slots=True)
class Token:
    """A merge tag as written. ``role`` is "value" (prints something), "system" or "logic"; ``name`` has no default.

    ``fault`` says what is wrong with its syntax ("" where nothing is).
    """

    raw: str
    where: Place
    platform: str
    name: str = ""
    default: str | None = None
    role: str = "value"
    known: bool | None = None  # None: the platform's names are not all known
    inside: str = "html"  # "html", "text", "subject", "preheader", "from", "reply-to"
    fault: str = ""
    nearest: str = ""  # where the name is not known: the known tag it resembles


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every merge tag of an asset: in its HTML, its plain text and its envelope."""

    platform: str  # "" where neither the request nor the build tells
    built: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels from the top left corner of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it was laid out. ``offset`` is that of its start tag in the source: it joins picture and source."""

    offset: int
    tag: str
    box: Box
    visible: bool = True
    text: str = ""  # its own visible text, white space folded
    colour: str = ""  # computed, "rgb(r, g, b)" or "rgba(…)"
    background: str = ""  # the nearest painted one behind it; "" where a picture is behind
    font_size: float = 0.0  # pixels
    natural: tuple[int, int] | None = None  # of a picture: its own size; (0, 0) where it did not load
    backdrop: str = ""  # the nearest painted colour behind it, pictures disregarded; white at the bottom
    picture_behind: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """One full-page picture in one view, and what was measured on it. ``png`` has ``view.ratio`` times these sizes."""

    view: View
    width: int  # of the viewport, CSS pixels
    height: int  # of the whole page
    scroll_width: int  # over ``width``: the page scrolls sideways
    png: bytes
    elements: tuple[Element, ...] = ()
    note: str = ""  # "cut at 20,000 px" …
    renderer: str = ""  # what drew it: "Chromium 156.0.1 (headless shell)"


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a reader sees: a shot a view. ``refused`` lists the requests the browser was not allowed to make.

    ``lost`` are shots that failed, with the reason; ``missing`` those whose engine is not on this machine, with the
    sentence that says how to get it.
    """

    renderer: str
    shots: tuple[Shot, ...]
    refused: tuple[str, ...] = ()
    lost: tuple[tuple[View, str], ...] = ()
    missing: tuple[tuple[View, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Styles:
    """The document with its style sheets inlined, as clients without <style> see it."""

    html: str


@dataclass(frozen=True, slots=True)
class AlignedLinks:
    """Asked and built links, matched once. A pair's built links are all that answer the asked one, in order."""

    pairs: tuple[tuple[AskedLink, tuple[Link, ...]], ...]
    missing: tuple[AskedLink, ...] = ()
    unasked: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedImages:
    """Asked and built pictures, matched once."""

    pairs: tuple[tuple[AskedImage, BuiltImage], ...]
    missing: tuple[AskedImage, ...] = ()
    unasked: tuple[BuiltImage, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedCopy:
    """Asked copy blocks and the built text that answers each, matched once; ``likeness`` from 0 to 1 (the same)."""

    pairs: tuple[tuple[CopyBlock, Text, float], ...]
    missing: tuple[CopyBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedFields:
    """Asked and built form fields, matched once, in the order asked."""

    form: Form
    pairs: tuple[tuple[AskedField, FormField], ...]
    missing: tuple[AskedField, ...] = ()
    unasked: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One exported list of an audience, read once as a stream. Rows are counted from 1, the header not among them."""

    file: str
    columns: tuple[str, ...]
    rows: int
    note: str = ""  # how it was decoded, where that had to be guessed
    broken: tuple[Place, ...] = ()  # rows with another number of cells than the header, the first hundred
    broken_rows: int = 0
    repeated: tuple[tuple[str, Place], ...] = ()  # masked value and its second place, the first hundred
    repeated_rows: int = 0
    malformed: tuple[str, Place] | None = None  # the first cell of the address column that holds no address
    malformed_rows: int = 0
    blanks: Mapping[str, tuple[int, Place]] = field(
        default_factory=dict
    )  # required column → rows without it, the first
    suppressed: tuple[tuple[str, Place], ...] = ()  # masked address and place, the first hundred
    suppressed_rows: int = 0
    missing_seeds: tuple[str, ...] = ()
    digests: frozenset[bytes] = frozenset()  # of the addresses, where lists are compared with each other
    addresses: str = ""  # the column of e-mail addresses; "" where none is recognised


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two segments with people in common."""

    first: str
    second: str
    people: int
    example: str  # masked
    where: Place  # of the example, in the second segment's list


@dataclass(frozen=True, slots=True)
class Audience:
    """The lists of all segments of a campaign, and who is in two of them."""

    listings: tuple[tuple[AskedSegment, Listing], ...]
    overlaps: tuple[Overlap, ...] = ()


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
    conditions: tuple[Flaw, ...] = ()
    comment: Place | None = None  # where a comment begins that never ends
    quotes: tuple[Flaw, ...] = ()  # tags with a quote that does not end where it should
    repeated: tuple[Text, ...] = ()  # a second <html> or <body>
    scripts: tuple[Text, ...] = ()  # src or content, of those that would run
    sheets: tuple[Text, ...] = ()  # addresses of linked style sheets


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which the build is judged, in the time zone of the send."""

    date: date


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, time, price, percentage or promo code that a reader meets.

    ``inside`` is "subject", "preheader", "title", "body", "hidden" (a version for phones, say), "alt" or "text" (the
    plain-text part). ``standing`` says whether the words around it were asked for: "asked" as they stand, "changed"
    (the check that compares them says so), or "free" where nobody else compares them.
    """

    kind: str  # "date", "time", "price", "percentage", "code", "name" (one with a year: Summit 2026)
    fact: Day | Clock | Price | Percentage | PromoCode | NamedYear
    written: str
    inside: str
    where: Place
    around: str  # the passage it stands in, cut to what is near
    at: int  # where in that passage
    standing: str = "free"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every date, time, price, percentage and promo code of an asset, in order."""

    found: tuple[Mention, ...]
    language: str = ""
    sent: date | None = None  # when it goes out, or went: by the request, else by the message's own header
    near: date | None = None  # the date by which a year left out is told: that of the offer, else that of the send
    words: str = ""  # everything that was read, web addresses and merge tags left out


@dataclass(frozen=True, slots=True)
class PlainLink:
    """An address in the plain-text part, or a merge tag that may print one; ``label``: what stands in front of it."""

    href: str
    label: str
    where: Place


@dataclass(frozen=True, slots=True)
class PlainLinks:
    """Every address of the plain-text part, in order."""

    source: Source
    built: tuple[PlainLink, ...] = ()


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
