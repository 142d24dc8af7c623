"""Does the build say what was approved, all of it, and nothing that was ruled out?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from qa.artefacts import AlignedCopy, AlignedLinks, Body, Tokens, Written
from qa.artefacts.causes import of_asked, of_asked_link, of_passage, of_placeholder
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.match.differences import answered, causes_of, garbling, of_label
from qa.request import AskedAsset, AskedEmail, CopyBlock, Request
from qa.source import Place, Source, Text
from qa.text.mojibake import mended
from qa.text.placeholders import placeholders_in
from qa.text.wording import changed_words, contains, find, quoted


@check(
    "copy",
    Code("missing-copy", Severity.ERROR, "A block of approved copy is not in the build.", "Put it in."),
    Code(
        "changed-copy", Severity.ERROR, "Approved copy was changed.", "Use the approved words, or have these approved."
    ),
)
def copy(
    asked: AskedAsset, copy: AlignedCopy, tokens: Tokens, body: Body, links: AlignedLinks | None
) -> Iterator[Finding]:
    """The approved copy is in the build, unchanged.

    What legal and the stakeholder approved is what must be sent. A changed date or a lost "not" is found by no spell
    checker, and by a tired reader only sometimes.

    Fails:
        email: {copy: ["Join us on 24 March for forty minutes on what changed this year."]}
        build: <p>Join us on 26 March for forty minutes on what changed this year.</p>

    Passes:
        email: {copy: ["Join us on 24 March for forty minutes on what changed this year."]}
        build: <p>Join us on <b>24 March</b> for forty minutes on what changed this&nbsp;year.</p>
    """
    for block, built, likeness in copy.pairs:
        about = causes_of(block.text, built, answered(asked, block, links), tokens) if likeness < 1 else ()
        if about:
            changes = changed_words(block.text, built.value)
            message = f"The copy was changed: {'; '.join(_told(*change) for change in changes[:3])}"
            more = {4: "; and one more change"}.get(len(changes), f"; and {len(changes) - 3} more changes")
            more = more if len(changes) > 3 else ""
            yield Finding(
                "changed-copy", f"{message}{more}.", built.where, block.where, block.text, built.value, causes=about
            )
    instead = _instead(asked, copy, body)
    for block in copy.missing:
        message = f"The approved copy {quoted(block.text)} is not in the build."
        lost = [of_asked_link(link) for link in (links.missing if links else ()) if contains(block.text, link.text)]
        about = instead.get(block) or tuple(dict.fromkeys((answered(asked, block, links), *lost)))
        yield Finding("missing-copy", message, request=block.where, expected=block.text, causes=about)


def _instead(asked: AskedAsset, copy: AlignedCopy, body: Body) -> dict[CopyBlock, tuple[Cause, ...]]:
    """Missing blocks in whose place placeholders stand, at least one for each: between the blocks around them."""
    offsets = {block: built.where.offset or 0 for block, built, _ in copy.pairs}
    found: dict[CopyBlock, tuple[Cause, ...]] = {}
    after = -1
    for missing, group in groupby(asked.wording or (), lambda block: block not in offsets):
        blocks = list(group)
        if not missing:
            after = offsets[blocks[-1]]
            continue
        rest = (asked.wording or ())[(asked.wording or ()).index(blocks[-1]) + 1 :]
        before = offsets[rest[0]] if rest else len(body.source.text)
        between = [block.text for block in body.blocks if after < (block.where.offset or 0) < before]
        holders = [keys for text in between if (keys := [one.cause for one in placeholders_in(text)])]
        if len(holders) >= len(blocks):
            found |= dict.fromkeys(blocks, tuple(of_placeholder(key) for keys in holders for key in keys))
    return found


def _told(before: str, after: str) -> str:
    if not after:
        return f"{quoted(before)} was left out"
    return f"{quoted(before)} became {quoted(after)}" if before else f"{quoted(after)} was added"


@check(
    "required-wording",
    Code("missing-wording", Severity.ERROR, "Words that must be in the build are not there.", "Add them."),
)
def required_wording(
    request: Request, asked: AskedAsset, body: Body, copy: AlignedCopy | None, links: AlignedLinks | None
) -> Iterator[Finding]:
    """Everything that must be said is said.

    Terms, disclaimers and the company's address are law, not decoration; they live in the footer, where a cloned
    template keeps the wrong ones.

    Fails:
        email: {must_include: ["Terms apply"]}
        build: <p>Half price until Sunday.</p>

    Passes:
        email: {must_include: ["Terms apply"]}
        build: <p>Half price until Sunday. Terms apply.</p>
    """
    wanted = [(text, asked.place("must_include", n)) for n, text in enumerate(asked.must_include or ())]
    if isinstance(asked, AskedEmail):
        legal = request.legal
        wanted += [(text, legal.place("must_include", n)) for n, text in enumerate(legal.must_include)]
    if not wanted:
        asked.require("must_include")
    text = _visible(body)
    for words, place in wanted:
        if not contains(text, words):
            about = tuple(_lost_with(words, asked, body, copy, links)) or (of_asked(place, words),)
            yield Finding("missing-wording", f"{quoted(words)} is not in the build.", None, place, words, causes=about)


def _lost_with(
    words: str, asked: AskedAsset, body: Body, copy: AlignedCopy | None, links: AlignedLinks | None
) -> Iterator[Cause]:
    """What words are a part of, where that is what was lost: garbled letters, a block of copy, the label of a link."""
    if contains(mended(body.text), words):
        yield from garbling(words, body.text, body.source.place(0))
        return
    built = [block for block, _, likeness in copy.pairs if likeness < 1] if copy else []
    for block in (*built, *(copy.missing if copy else ())):
        if contains(block.text, words):
            yield answered(asked, block, links)
            return
    label = next((link for link in asked.links or () if contains(link.text, words)), None)
    if label:
        yield of_label(label, links)


def _visible(body: Body) -> str:
    """What readers see, with alternative texts: words in a picture count where its alt repeats them."""
    alts = [image.alt for image in body.images if image.alt and not image.hidden]
    return " ".join(body.text.split("\n")) + "\n" + "\n".join(alts)


@check(
    "banned-wording",
    Code("banned-wording", Severity.ERROR, "The build says what the request rules out.", "Remove the words."),
)
def banned_wording(asked: AskedAsset, written: Written, body: Body) -> Iterator[Finding]:
    """Nothing is said that the request rules out.

    These are the words of the campaign this one was cloned from, or words legal has struck out.

    Fails:
        email: {must_not_include: [Winter]}
        build: <p>Our winter sale starts today.</p>

    Passes:
        email: {must_not_include: [Winter]}
        build: <p>Our spring sale starts today.</p>
    """
    wanted = asked.require("must_not_include")
    for number, words in enumerate(wanted):
        said = [(text, of_passage(text.where)) for text in _said(words, body)]
        # A line the request gives word for word comes last: another check may tell of it as a whole.
        if places := sorted([*_in_inbox(words, asked, written), *said], key=lambda place: place[1].kind == "asked"):
            more = f", {len(places)} times" if len(places) > 1 else ""
            message = f"The build says {quoted(words)}{more}; the request rules it out."
            request, first = asked.place("must_not_include", number), places[0][0]
            about = tuple(cause for _, cause in places)
            yield Finding("banned-wording", message, first.where, request, actual=first.value, causes=about)


def _in_inbox(words: str, asked: AskedAsset, written: Written) -> Iterator[tuple[Text, Cause]]:
    """In the inbox, but for what the request itself has there; a line it gives word for word is wrong as a whole."""
    for inside, text in written.texts:
        field = inside.replace("-", "_")
        wanted = getattr(asked, field, None)
        if contains(text.value, words) and (wanted is None or not contains(wanted, words)):
            yield text, of_passage(text.where) if wanted is None else of_asked(asked.place(field), wanted)


def _said(words: str, body: Body) -> Iterator[Text]:
    """Every place a reader can meet the words; hidden text too, which the inbox shows and screen readers say."""
    for block in body.blocks:
        if contains(block.text, words):
            yield Text(block.text, block.where)
    for image in body.images:
        if image.alt and contains(image.alt, words):
            yield Text(image.alt, image.where)
    if body.title and contains(body.title.value, words):
        yield body.title
    if body.beside and (hit := find(body.beside.text, words)):
        yield Text(hit[0], _in_plain(body.beside, hit[0]))


def _in_plain(plain: Source, words: str) -> Place:
    at = re.search(r"\s+".join(map(re.escape, words.split())), plain.text, re.IGNORECASE)
    return plain.place(at.start() if at else 0)
