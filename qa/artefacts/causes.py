"""The things findings are about, each named alike by every check that meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.finding import Cause

if TYPE_CHECKING:
    from qa.artefacts.audience import Listing
    from qa.artefacts.document import Form, FormField, ImageTag, Link
    from qa.artefacts.mentions import Mention, PlainLink
    from qa.artefacts.message import FurtherPart
    from qa.artefacts.tokens import Token
    from qa.request import AskedImage, AskedLink
    from qa.source import Place


def of_link(link: Link) -> Cause:
    """A link of the build, wherever it leads."""
    return of_link_at(link.where, link.text or link.href)


def of_link_at(where: Place, label: str) -> Cause:
    """The link of the build that stands at a place."""
    return Cause("link", spot(where), label)


def of_parameters(link: Link) -> Cause:
    """What follows the “?” of a link's address: its tracking, or the message an e-mail link fills in."""
    return Cause("parameters", spot(link.where), link.text or link.href)


def of_picture(tag: ImageTag) -> Cause:
    """A picture of the build."""
    return Cause("picture", spot(tag.where), tag.src)


def of_element(where: Place) -> Cause:
    """A tag of the build that is no link, no picture and no form."""
    return Cause("element", spot(where))


def of_token(token: Token) -> Cause:
    """A merge tag of the build: each spelling is one thing, wherever it stands."""
    return of_written_token(token.raw)


def of_written_token(raw: str) -> Cause:
    """The same, of a text that may be one."""
    return Cause("merge-tag", raw, raw)


def of_part(part: FurtherPart) -> Cause:
    """A part of a message besides its HTML and its plain text."""
    return Cause("part", str(part.number), f"part {part.number}")


def of_passage(where: Place, text: str = "") -> Cause:
    """A run of text of the build: a block, a line of the plain-text part, a subject line, an alternative text."""
    return Cause("passage", spot(where), text)


def of_approved_words(text: str) -> Cause:
    """Words of an asset that are not as they were approved: those that stand there now, else those that are gone."""
    return Cause("approved-words", text, text)


def of_mention(mention: Mention) -> Cause:
    """A date, time, price, percentage or code where a reader meets it; where its words were changed, what was asked.

    A passage may have the same time in two zones: each is one thing.
    """
    where = f"{spot(mention.where)}+{mention.at}"
    return mention.became or Cause("mention", f"{where} {mention.kind} {mention.written}", mention.written)


def of_asked_link(asked: AskedLink) -> Cause:
    """A link of the request."""
    return Cause("asked-link", spot(asked.place()), asked.text)


def of_asked_picture(asked: AskedImage) -> Cause:
    """A picture of the request."""
    return Cause("asked-picture", spot(asked.place()), asked.src or asked.alt or "")


def of_asked(where: Place | None, name: str) -> Cause:
    """Anything else of the request, by its line: a block of copy, a field, a wording."""
    return Cause("asked", spot(where) or name, name)


def of_asked_in_text(where: Place | None, name: str) -> Cause:
    """A wording of the request as the plain-text part beside the HTML should have it."""
    return Cause("asked-in-text", spot(where) or name, name)


def of_lost_token(key: str) -> Cause:
    """A merge tag of the request that is not in the build, by its name as the platform compares it."""
    return Cause("lost-merge-tag", key, key)


def of_placeholder(key: str) -> Cause:
    """A placeholder, however often it stands there: `qa.text.placeholders` makes the key."""
    return Cause("placeholder", key, key or "filler text")


def of_garbled(where: Place, letters: str) -> Cause:
    """Letters that were garbled on their way into one part of the build."""
    return Cause("garbled", f"{where.file}#{where.part} {letters}", letters)


def of_test_prefix(where: Place) -> Cause:
    """The words in front of a subject line that call it a test or an answer."""
    return Cause("test-prefix", spot(where), "test")


def of_text_link(link: PlainLink) -> Cause:
    """An address in the plain-text part."""
    return Cause("text-link", spot(link.where), link.href)


def of_page(what: str) -> Cause:
    """What an asset has once: its title, its width on a screen, the length of its message."""
    return Cause("page", what, what)


def of_field(field: FormField) -> Cause:
    """A field of a form of the build."""
    return of_field_at(field.where, field.label or field.name)


def of_field_at(where: Place, name: str = "") -> Cause:
    """The field of a form that stands at a place."""
    return Cause("field", spot(where), name)


def of_form(form: Form) -> Cause:
    """A form of the build as a whole: whether it is seen, and where it sends and leads."""
    return Cause("form", spot(form.where), "the form")


def of_rows(listing: Listing) -> Cause:
    """The rows of a list that nobody can read."""
    return Cause("rows", listing.file, listing.file)


def of_feature(where: Place | None, written: str) -> Cause:
    """A way HTML or CSS is used, as it is written."""
    return Cause("feature", f"{spot(where)} {written}", written)


def of_background(where: Place | None, written: str) -> Cause:
    """A picture or gradient behind text, as the styles set it."""
    return Cause("background", spot(where), written)


def of_label(link: Link) -> Cause:
    """What a link is called, whoever is right about where it leads."""
    return Cause("label", spot(link.where), link.text or link.href)


def of_scheme(link: Link) -> Cause:
    """How a link is opened, wherever it leads: http instead of https."""
    return Cause("scheme", spot(link.where), link.text or link.href)


def spot(where: Place | None) -> str:
    """A place as text, the same for all who name it; "" where there is none."""
    if where is None:
        return ""
    at = where.offset if where.offset is not None else f"{where.line}:{where.column}"
    return f"{where.file}#{where.part}@{at}"
