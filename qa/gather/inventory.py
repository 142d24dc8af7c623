"""The inventory of an asset's HTML, taken in one walk, with true places in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from qa.artefacts import Destinations, HtmlEnvelope, Inventory, Link, Markup, Parts, RawTokens
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.gather.document.collected import Draft, Found
from qa.gather.document.walk import walked
from qa.links.url import same_destination
from qa.markup.tokeniser import RawHtml
from qa.request import AskedAsset, AskedPage
from qa.request.texts import used_tokens
from qa.source import Source, Text
from qa.text.wording import folded


@gatherer()
def read(parts: Parts, asked: AskedAsset) -> Inventory:
    """The HTML part, walked over once for all who look at it; why there is nothing to see is told, not raised."""
    if parts.html is None:
        return Inventory(None, Skip("the build has no HTML part"))
    raw = RawHtml(parts.html.text, kept=used_tokens(asked))
    read = RawTokens(raw, raw.tokens())
    try:
        return Inventory(inventory(parts.html, read, browsed=isinstance(asked, AskedPage)), read=read)
    except Fault as fault:
        return Inventory(None, fault)


@gatherer()
def markup(read: Inventory, ends: Destinations) -> Markup:
    """The inventory of the HTML part, its links leading to their pages; Skip or Fault where there is none."""
    if read.markup is None:
        raise read.reason or Skip("")
    return leading(read.markup, ends) if ends.pages else read.markup


def leading(markup: Markup, ends: Destinations) -> Markup:
    """A document whose links lead to the pages behind their addresses."""
    return replace(markup, links=ends.links(markup.links), images=ends.images(markup.images))


@gatherer()
def html_envelope(read: Inventory) -> HtmlEnvelope:
    """What the HTML shows of an envelope; nothing where it shows none, and then `markup` says why."""
    return HtmlEnvelope(read.markup.title, read.markup.preheader) if read.markup else HtmlEnvelope()


MOST_FRAMES = 3  # documents in one another: srcdoc


def inventory(source: Source, read: RawTokens | None = None, *, browsed: bool = False, deep: int = 0) -> Markup:
    """The inventory of one HTML document; ``browsed``: of a page."""
    try:
        found = walked(source, read, browsed=browsed)
    except Fault as fault:
        raise Fault(f"{source.file}: {fault}") from None
    frames = list(_framed(source, found, deep)) if deep < MOST_FRAMES else []
    blocks = [block for one in found.blocks for block in one.built] + [b for frame in frames for b in frame.blocks]
    blocks.sort(key=lambda block: block.where.offset or 0)
    links = [each for draft in found.links for each in _links(draft)] + [link for f in frames for link in f.links]
    links.sort(key=lambda link: link.where.offset or 0)
    return Markup(
        source,
        doctype=found.doctype,
        lang=_lang(found),
        dir=_root_attribute(found, "dir").lower(),
        title=found.title,
        metas=found.metas,
        canonical=found.canonical,
        blocks=tuple(blocks),
        headings=tuple((level, Text(draft.words, draft.where)) for level, draft in found.headings if draft.words),
        links=tuple(links),
        images=tuple(found.images),
        forms=found.forms.built(),
        scripts=tuple(found.scripts),
        preheader=found.blocks[0].preheader,
    )


def _lang(found: Found) -> Text | None:
    for element, where in found.roots:
        for name in ("lang", "xml:lang"):
            if value := element.attributes.get(name, "").strip():
                return Text(value, where)
    return None


def _root_attribute(found: Found, name: str) -> str:
    return next((value for element, _ in found.roots if (value := element.attributes.get(name, "").strip())), "")


def _opens(attributes: Mapping[str, str]) -> bool:
    return not _OPENING.isdisjoint(attributes) or attributes.get("role", "").strip().lower() == "button"


_OPENING = frozenset(
    ("data-toggle", "data-bs-toggle", "aria-haspopup", "aria-expanded", "aria-controls", "data-dismiss", "onclick")
)


def _framed(source: Source, found: Found, deep: int) -> Iterator[Markup]:
    """The documents that stand in the attributes of frames, all of it at the place of the frame."""
    for html, element, where in found.frames:
        inner = inventory(Source(source.file, html, part=source.part), browsed=True, deep=deep + 1)
        gone, doubt = element.gone or element.invisible, element.doubt
        blocks = (replace(b, where=where, hidden=b.hidden or gone, doubt=b.doubt or doubt) for b in inner.blocks)
        links = (replace(k, where=where, hidden=k.hidden or gone, doubt=k.doubt or doubt) for k in inner.links)
        yield replace(inner, blocks=tuple(blocks), links=tuple(links))


def _links(draft: Draft) -> Iterator[Link]:
    """A link, and besides it where a script of its own leads."""
    link = _link(draft)
    yield link
    if draft.led_to and not same_destination(draft.led_to, link.href):
        yield replace(link, href=draft.led_to, has_href=True)


def _link(draft: Draft) -> Link:
    attributes = draft.element.attributes
    written = (attributes.get(name, "") for name in ("alt", "aria-label", "title", "value"))
    return Link(
        href=draft.href or "",
        text=draft.words or next(filter(None, map(folded, written)), ""),
        where=draft.where,
        tag=draft.element.name,
        pictures=tuple(draft.pictures),
        hidden=draft.hidden,
        outlook_only=draft.outlook_only,
        has_href=draft.href is not None,
        opens=_opens(attributes),
        doubt=draft.doubt,
    )
