"""Wording that was approved: the copy, and words that must be said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from qa.artefacts import AlignedCopy, AlignedLinks, Body, Tokens
from qa.artefacts.causes import of_asked, of_asked_link, of_placeholder
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.match.filled import filled_in
from qa.match.included_blocks import copy_elsewhere, may_be_in, words_elsewhere
from qa.match.late_pages import look
from qa.match.nearest import nearest
from qa.match.word_differences import answered, causes_of, garbled_letters, of_label
from qa.request import AskedAsset, AskedEmail, CopyBlock, Request
from qa.source import Place
from qa.text.mojibake import mended
from qa.text.placeholders import placeholders_in
from qa.text.wording import changed_words, contains, quoted


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
    instead, elsewhere = _instead(asked, copy, body), copy_elsewhere(asked, copy, body)
    for block in copy.missing:
        later = look(asked, body) or may_be_in(elsewhere.get(block, ""))
        message = f"The approved copy {quoted(block.text)} is not in the build.{later}"
        lost = [of_asked_link(link) for link in (links.missing if links else ()) if contains(block.text, link.text)]
        about = instead.get(block) or tuple(dict.fromkeys((answered(asked, block, links), *lost)))
        yield Finding("missing-copy", message, None, block.where, block.text, review=bool(later), causes=about)


def _instead(asked: AskedAsset, copy: AlignedCopy, body: Body) -> dict[CopyBlock, tuple[Cause, ...]]:
    """Missing blocks in whose place placeholders stand, at least one for each: between the blocks around them."""
    offsets = {block: built.where.offset or 0 for block, built, _ in copy.pairs}
    found: dict[CopyBlock, tuple[Cause, ...]] = {}
    texts = sorted((block.where.offset or 0, block.text) for block in body.blocks)
    groups = [(missing, list(group)) for missing, group in groupby(asked.wording or (), lambda one: one not in offsets)]
    for at, (missing, blocks) in enumerate(groups):
        if not missing:
            continue
        after = offsets[groups[at - 1][1][-1]] if at else -1
        before = offsets[groups[at + 1][1][0]] if at + 1 < len(groups) else len(body.source.text)
        between = [text for _, text in texts[bisect_left(texts, (after + 1, "")) : bisect_left(texts, (before, ""))]]
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
    Code(
        "changed-wording",
        Severity.ERROR,
        "Words that must be in the build stand there otherwise.",
        "Use the words asked for, or have the others approved.",
    ),
)
def required_wording(  # noqa: PLR0913, PLR0917 - what must be said, and all it can be lost with
    request: Request,
    asked: AskedAsset,
    body: Body,
    copy: AlignedCopy | None,
    links: AlignedLinks | None,
    tokens: Tokens,
) -> Iterator[Finding]:
    """Everything that must be said is said.

    Terms, disclaimers and the company's address are law, not decoration; they live in the footer, where a cloned
    template keeps the wrong ones. One digit of a register number is enough to make it another company's.

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
    of_versions = [] if tokens.rendered else list(_of_versions(asked))
    if not wanted and not of_versions:
        asked.require("must_include")
    text = _visible(body)
    for words, place in (*wanted, *of_versions):
        if contains(text, words) or (tokens.rendered and filled_in(words, text, tokens.platform)):
            continue
        about = tuple(_lost_with(words, asked, body, copy, links)) or (of_asked(place, words),)
        near = nearest(words, body)
        if near and not any(contains(near[0].value, other) for other, _ in (*wanted, *of_versions)):
            built, changes = near
            message = f"{quoted(words)} was changed: {'; '.join(_told(*change) for change in changes[:3])}."
            yield Finding("changed-wording", message, built.where, place, words, built.value, causes=about)
        elif (words, place) in wanted:
            later = look(asked, body) or may_be_in(words_elsewhere(asked, body))
            message = f"{quoted(words)} is not in the build.{later}"
            yield Finding("missing-wording", message, None, place, words, review=bool(later), causes=about)


def _of_versions(asked: AskedAsset) -> Iterator[tuple[str, Place | None]]:
    """What the versions inside the one build must say; whether they say it behind their conditions is seen there."""
    for variant in asked.variants if isinstance(asked, AskedEmail) else ():
        if variant.when is not None:
            yield from ((text, variant.place("must_include", n)) for n, text in enumerate(variant.must_include))


def _lost_with(
    words: str, asked: AskedAsset, body: Body, copy: AlignedCopy | None, links: AlignedLinks | None
) -> Iterator[Cause]:
    """What words are a part of, where that is what was lost: garbled letters, a block of copy, the label of a link."""
    if contains(mended(body.text), words):
        yield from garbled_letters(words, body.text, body.source.place(0))
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
