"""Does the build say what was approved, all of it, and nothing that was ruled out?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import AlignedCopy, Body, Tokens, Written
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.garbling import mended
from qa.link_names import listed
from qa.merge_tags import same_but_for_bad_tags, tagless
from qa.placeholders import Placeholder, holds_any, is_title, is_whole, placeholders_in
from qa.request import AskedAsset, AskedEmail, AskedPage, CopyBlock, Request
from qa.source import Place, Source, Text
from qa.wording import alike, changed_words, contains, find, loose, quoted


@check(
    "copy",
    Code("missing-copy", Severity.ERROR, "A block of approved copy is not in the build.", "Put it in."),
    Code(
        "changed-copy", Severity.ERROR, "Approved copy was changed.", "Use the approved words, or have these approved."
    ),
)
def copy(asked: AskedAsset, copy: AlignedCopy, tokens: Tokens, body: Body) -> Iterator[Finding]:
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
        if likeness == 1 or _said_elsewhere(asked, block, built, tokens):
            continue
        if changes := changed_words(block.text, mended(built.value, body.source.text)):
            message = f"The copy was changed: {'; '.join(_told(*change) for change in changes[:3])}"
            more = {4: "; and one more change"}.get(len(changes), f"; and {len(changes) - 3} more changes")
            more = more if len(changes) > 3 else ""
            yield Finding("changed-copy", f"{message}{more}.", built.where, block.where, block.text, built.value)
    for block in copy.missing:
        message = f"The approved copy {quoted(block.text)} is not in the build."
        yield Finding("missing-copy", message, request=block.where, expected=block.text)


def _said_elsewhere(asked: AskedAsset, block: CopyBlock, built: Text, tokens: Tokens) -> bool:
    """Whether other checks speak of the difference: those of merge tags, or that of a page's heading."""
    if isinstance(asked, AskedPage) and asked.heading and alike(asked.heading) == alike(block.text):
        return True
    only_tags = asked.tokens is not None and tagless(block.text) == tagless(built.value)
    return only_tags or same_but_for_bad_tags(block.text, built.value, tokens)


def _told(before: str, after: str) -> str:
    if not after:
        return f"{quoted(before)} was left out"
    return f"{quoted(before)} became {quoted(after)}" if before else f"{quoted(after)} was added"


@check(
    "required-wording",
    Code("missing-wording", Severity.ERROR, "Words that must be in the build are not there.", "Add them."),
)
def required_wording(request: Request, asked: AskedAsset, body: Body) -> Iterator[Finding]:
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
            yield Finding("missing-wording", f"{quoted(words)} is not in the build.", None, place, words)


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
        if places := [*_in_inbox(words, asked, written), *_said(words, body)]:
            more = f", {len(places)} times" if len(places) > 1 else ""
            message = f"The build says {quoted(words)}{more}; the request rules it out."
            request = asked.place("must_not_include", number)
            yield Finding("banned-wording", message, places[0].where, request, actual=places[0].value)


def _in_inbox(words: str, asked: AskedAsset, written: Written) -> Iterator[Text]:
    """In the inbox, but for what the request gives word for word: that is compared as a whole."""
    for inside, text in written.texts:
        if getattr(asked, inside.replace("-", "_"), None) is None and contains(text.value, words):
            yield text


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


@check(
    "placeholder-text",
    Code("placeholder-text", Severity.ERROR, "Text that was meant to be replaced is still there.", "Replace it."),
)
def placeholder_text(written: Written, body: Body) -> Iterator[Finding]:
    """No placeholder is left in the build.

    “Lorem ipsum”, “XX% off” and “[Insert name]” are what templates are made of, and what readers screenshot.

    Fails:
        build: <p>Save XX% until [insert date].</p>

    Passes:
        build: <p>Save 20% until Sunday.</p>
    """
    passages = list(_passages(written, body))
    if not passages:
        raise Skip("the build has no text")
    found: dict[str, list[_Passage]] = {}
    any_inside = holds_any(passage.text.value for passage in passages)
    for passage in passages:
        for one in _left_in(passage, any_inside):
            said = Text(one.said, passage.text.where)
            found.setdefault(one.cause, []).append(replace(passage, text=said, doubtful=one.doubtful))
    for together in _neighbours(found):
        names = [f"{quoted(same[0].text.value)}{_where(same)}" for same in together]
        first = together[0][0]
        actual = "\n".join(same[0].text.value for same in together)
        if first.doubtful:
            them = "them" if len(names) > 1 else "it"
            message = f"See whether the platform fills in {listed(names)}, or somebody was to replace {them}."
        elif together[0] is found.get(""):
            filler = f"{quoted(first.text.value, 40)}{_where(together[0])}"
            message = f"The build still has filler text, {filler}: a placeholder."
        else:
            message = f"The build still says {listed(names)}: {'placeholders' if len(names) > 1 else 'a placeholder'}."
        each = tuple(same[0].text.value for same in together)
        yield Finding("placeholder-text", message, first.text.where, actual=actual, review=first.doubtful, each=each)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text a reader may meet. ``number``: those of neighbours differ by one. ``kind``: what it may be as a whole."""

    text: Text
    number: int
    kind: str = ""
    doubtful: bool = False
    inside: str = ""  # what a title is called


def _passages(written: Written, body: Body) -> Iterator[_Passage]:
    labels = {loose(field.label) for form in body.forms for field in form.fields}
    number = 0
    for block in body.blocks:
        kind = "" if labels and loose(block.text) in labels else "whole"
        yield _Passage(Text(block.text, block.where), number := number + 1, kind)
    blocks = {block.text for block in body.blocks}
    titles = {"title": body.title} | {name: body.metas.get(name) for name in ("og:title", "twitter:title")}
    apart = [(Text(image.alt, image.where), "whole") for image in body.images if image.alt]
    apart += [(Text(link.text, link.where), "links") for link in body.links if link.tag and link.text]
    apart += [(text, "") for _, text in written.texts]
    for text, kind in apart:
        if kind != "links" or (text.value not in blocks or not is_whole(text.value)):
            yield _Passage(text, number := number + 2, kind)
    for name, title in titles.items():
        if title is not None:
            yield _Passage(title, number := number + 2, "titles", inside=name)
    number += 1
    for text in _lines(body.beside):
        yield _Passage(text, number := number + 1)


def _left_in(passage: _Passage, any_inside: bool) -> Iterator[Placeholder]:
    """The placeholders of a passage; of a link only what it is as a whole, as its words stand in a block as well."""
    text = passage.text.value
    inside = list(placeholders_in(text)) if any_inside and passage.kind != "links" else []
    if not inside and (is_title(text) if passage.kind == "titles" else passage.kind and is_whole(text, passage.kind)):
        yield Placeholder(text, re.sub(r"\d+", "0", loose(text)))
    yield from inside


def _neighbours(found: Mapping[str, list[_Passage]]) -> Iterator[list[list[_Passage]]]:
    """Placeholders in one passage, or in one and the next, are one thing that was forgotten: an address, say."""
    told: list[list[list[_Passage]]] = []
    for cause, same in sorted(found.items(), key=lambda one: one[1][0].number):
        before = told[-1][-1][0] if told and cause and told[-1][-1] is not found.get("") else None
        near = before is not None and same[0].number - before.number <= 1 and same[0].doubtful == before.doubtful
        if near:
            told[-1].append(same)
        else:
            told.append([same])
    yield from told


def _where(same: Sequence[_Passage]) -> str:
    titles = [one.inside for one in same if one.kind == "titles"]
    if len(titles) == len(same):
        return f" in its {' and '.join(titles)}"
    return f", {len(same)} times" if len(same) > 1 else ""


def _lines(plain: Source | None) -> Iterator[Text]:
    if plain is not None:
        for line in re.finditer(r"[^\r\n]+", plain.text):
            yield Text(line[0], plain.place(line.start()))
