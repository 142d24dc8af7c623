"""Character references that readers see as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from qa.artefacts import DeclaredEnvelope, Markup, Parts, PlainLinks
from qa.artefacts.causes import of_asked, of_text_link
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.request import AskedAsset, AskedEmail, AskedPage
from qa.source import Source, Text
from qa.text.character_references import references_in
from qa.text.phrases import and_more
from qa.text.wording import alike, quoted

_AROUND = 25  # characters shown on either side of a reference


@check(
    "character-references",
    Code(
        "stray-entity",
        Severity.ERROR,
        "Readers see a character reference such as &nbsp; instead of its character.",
        "Write the character itself, or the reference once and rightly spelt: &nbsp; and not &amp;nbsp; or &nsbp;.",
    ),
)
def character_references(
    asked: AskedAsset, parts: Parts, declared: DeclaredEnvelope, markup: Markup, plain: PlainLinks | None
) -> Iterator[Finding]:
    """No character reference is seen as text.

    “&nbsp;” in the middle of a sentence, or in a subject line, where no reference is read at all, looks like phishing.
    It comes of text that was encoded twice, and of misspelt names.

    Fails:
        email: {}
        build: <p>Save &amp;nbsp; your seat.</p>

    Passes:
        email: {}
        build: <p>Save&nbsp;your seat.</p>
    """
    blocks = [block for block in markup.blocks if not block.hidden and not block.outlook_only and block.tag != "pre"]
    seen = [Text(block.text, block.where) for block in blocks]
    seen += [Text(image.alt, image.where) for image in markup.images if image.alt and not image.hidden]
    found = [Text(_excerpt(text.value, *hit.span()), text.where) for text in seen for hit in references_in(text.value)]
    if parts.plain is not None:
        found += _in_plain(parts.plain)
    yield from _told("Readers see a character reference", found)
    for name, text in _lines(asked, declared, markup):
        if hits := list(references_in(text.value)):
            excerpt = Text(_excerpt(text.value, *hits[0].span()), text.where)
            yield from _told(f"The {name} shows a character reference", [excerpt], _asked_for(asked, name, text))
    torn = [link for link in (plain.built if plain else ()) if any(references_in(link.href))]
    where, about = "The plain-text part shows an address with a character reference", tuple(map(of_text_link, torn))
    yield from _told(where, [Text(link.href, link.where) for link in torn], about)


def _told(what: str, found: Sequence[Text], about: tuple[Cause, ...] = ()) -> Iterator[Finding]:
    if found:
        first, each = found[0], tuple(one.value for one in found)
        message = f"{what}: {quoted(first.value)}{and_more([one.where for one in found])}."
        yield Finding("stray-entity", message, first.where, actual=first.value, each=each, causes=about)


def _lines(asked: AskedAsset, declared: DeclaredEnvelope, markup: Markup) -> Iterator[tuple[str, Text]]:
    """What stands around the body, where nothing but the title and a hidden preheader is HTML."""
    one = declared.envelope
    lines = {"subject line": one.subject, "preheader": one.preheader or markup.preheader, "from name": one.from_name}
    lines["title"] = markup.title if one.subject is None else None  # beside a subject line nobody sees it
    for name, text in lines.items():
        if text is not None and (name == "title" or not isinstance(asked, AskedPage)):
            yield name, text


def _asked_for(asked: AskedAsset, name: str, text: Text) -> tuple[Cause, ...]:
    """The line of the request that this is but for its references."""
    if isinstance(asked, AskedPage):
        wanted, place = asked.title, asked.place("title")
    elif not isinstance(asked, AskedEmail):
        return ()
    elif name == "from name":
        wanted, place = (asked.sender.name if asked.sender else None), asked.place("sender", "name")
    else:
        wanted = asked.preheader if name == "preheader" else asked.subject
        place = asked.place("preheader" if name == "preheader" else "subject")
    if wanted is None or alike(unescape(text.value)) != alike(wanted):
        return ()
    return (of_asked(place, wanted),)


def _in_plain(plain: Source) -> Iterator[Text]:
    for found in references_in(plain.text):
        if not _in_address(plain.text, found.start()):
            yield Text(_excerpt(plain.text, *found.span()), plain.place(found.start()))


def _excerpt(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : end + _AROUND].strip()


def _in_address(text: str, at: int) -> bool:
    """Whether a place is in a web address, which is told apart."""
    before = text[max(0, at - 500) : at].split()
    return bool(before) and not text[at - 1].isspace() and ("://" in before[-1] or before[-1].startswith("www."))
