"""What does the HTML of an asset hold? Its inventory, taken in one walk, with true places in the source."""

from __future__ import annotations

from functools import lru_cache

from qa.artefacts import Glimpse, Link, Markup, Parts
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.gather.blocks import folded
from qa.gather.found import Draft, Found
from qa.gather.walk import walked
from qa.source import Source, Text


@gatherer()
def markup(parts: Parts) -> Markup:
    """The inventory of the HTML part."""
    if parts.html is None:
        raise Skip("the build has no HTML part")
    return inventory(parts.html)


@gatherer()
def glimpse(parts: Parts) -> Glimpse:
    """What the HTML shows of an envelope."""
    if parts.html is None:
        return Glimpse()
    try:
        found = inventory(parts.html)
    except Fault:
        return Glimpse()  # whoever needs the markup itself says what is wrong with it
    return Glimpse(found.title, found.preheader)


@lru_cache(maxsize=2)  # the markup and the glimpse of one asset are asked for one after the other
def inventory(source: Source) -> Markup:
    """The inventory of one HTML document."""
    try:
        found = walked(source)
    except Fault as fault:
        raise Fault(f"{source.file}: {fault}") from None
    blocks = sorted((block for one in found.blocks for block in one.built), key=lambda block: block.where.offset or 0)
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
        links=tuple(map(_link, found.links)),
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


def _link(draft: Draft) -> Link:
    attributes = draft.element.attributes
    written = (attributes.get(name, "") for name in ("alt", "aria-label", "title"))
    return Link(
        href=attributes.get("href", ""),
        text=draft.words or next(filter(None, map(folded, written)), ""),
        where=draft.where,
        tag=draft.element.name,
        pictures=tuple(draft.pictures),
        hidden=draft.hidden,
        outlook_only=draft.outlook_only,
        has_href="href" in attributes,
    )
