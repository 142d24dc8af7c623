"""The place of approved copy: alone, once, and in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedCopy, Body
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.word_differences import of_changes
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, CopyBlock, Request
from qa.source import Place, Text
from qa.text.wording import alike, extent, quoted

_TAG, _ENDED, _GOES_ON = "\ue010", "\ue011", "\ue012"  # stand for a merge tag, and for approved copy
_ENDS = ".!?:;,…*|)]»\"'"
_LONG = 5  # words; shorter blocks («Register», «Our speakers») may well stand twice


@check(
    "copy-place",
    Code(
        "extended-copy",
        Severity.WARNING,
        "Something was added to a block of approved copy.",
        "Take the addition out, or have it approved and put into the request.",
    ),
    Code(
        "added-copy",
        Severity.INFO,
        "Something that is not in the request stands beside approved copy.",
        "Put it into the request if it is meant to be there.",
    ),
    Code("repeated-copy", Severity.WARNING, "A block of approved copy is there more than once.", "Remove the surplus."),
    Code(
        "moved-copy", Severity.WARNING, "The approved copy stands in another order.", "Put it in the order asked for."
    ),
)
def copy_place(request: Request, asked: AskedAsset, copy: AlignedCopy, body: Body) -> Iterator[Finding]:
    """The approved copy stands alone, once, and in the order of the request.

    “Refunds are possible” was approved; “Not all refunds. Refunds are possible on Mondays” was not, and every approved
    word is in it. A block pasted twice or in the wrong place is read by all and noticed by no comparison of words.

    Fails:
        email: {copy: ["Doors open at nine.", "Doors close at five."]}
        build: <p>Doors close at five.</p><p>Doors open at nine.</p>

    Passes:
        email: {copy: ["Doors open at nine.", "Doors close at five."]}
        build: <p>Doors open at nine.</p><p>Doors close at five.</p>
    """
    if not copy.pairs:
        raise Skip("none of the approved copy is in the build")
    verbatim = [(block, built) for block, built, likeness in copy.pairs if likeness == 1]
    yield from _extended(verbatim, _approved(request, asked))
    yield from _repeated(verbatim, body)
    yield from _moved([(block, built) for block, built, _ in copy.pairs])


def _approved(request: Request, asked: AskedAsset) -> list[str]:
    """Everything the request itself asks to be said, longest first."""
    texts = [block.text for block in asked.wording or ()]
    texts += [link.text for link in asked.links or ()]
    texts += [*(asked.must_include or ()), *request.legal.must_include]
    return sorted(map(alike, texts), key=len, reverse=True)


def _extended(verbatim: Sequence[tuple[CopyBlock, Text]], approved: Sequence[str]) -> Iterator[Finding]:
    seen: set[Place] = set()
    for block, built in verbatim:
        if built.where in seen:
            continue
        seen.add(built.where)
        inside, beside = _added(alike(TOKEN.sub(_TAG, built.value)), approved)
        if inside or beside:
            what = " and ".join(quoted(piece.replace(_TAG, "…")) for piece in (inside or beside)[:3])
            message = f"{what} was added to the approved copy {quoted(block.text)}."
            code = "extended-copy" if inside else "added-copy"
            placeholders = of_changes([("", piece) for piece in inside or beside], built.where)
            about = tuple(placeholders or [of_passage(built.where)])
            yield Finding(code, message, built.where, block.where, block.text, built.value, causes=about)


def _added(rest: str, approved: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands in a block besides approved copy: within a sentence of it, or as a sentence of its own."""
    for text in approved:
        words = alike(TOKEN.sub(_TAG, text))
        while span := extent(rest, words):
            rest = f"{rest[: span[0]]}{_ENDED if words[-1] in _ENDS else _GOES_ON}{rest[span[1] :]}"
    inside: list[str] = []
    beside: list[str] = []
    pieces = re.split(f"([{_ENDED}{_GOES_ON}])", rest)
    for number in range(0, len(pieces), 2):
        piece = pieces[number].strip()
        if any(c.isalnum() for c in piece):
            before, after = pieces[max(number - 1, 0)], number + 1 < len(pieces)
            goes_on = (number and before == _GOES_ON and piece[0].isalnum()) or (after and piece[-1] not in _ENDS)
            (inside if goes_on and _TAG not in piece else beside).append(piece)
    return inside, beside


def _repeated(verbatim: Sequence[tuple[CopyBlock, Text]], body: Body) -> Iterator[Finding]:
    text = alike(body.text)
    asked = Counter(alike(block.text) for block, _ in verbatim)
    # The longest first, each taken out once counted: a short block may well be the beginning of a longer one.
    for block, built in sorted(verbatim, key=lambda pair: -len(pair[0].text)):
        words = alike(block.text)
        wanted = asked.pop(words, 0)
        often = 0
        while wanted and (span := extent(text, words)):
            often += 1
            text = f"{text[: span[0]]}\n{text[span[1] :]}"
        if often > wanted and len(words.split()) >= _LONG:
            message = f"{quoted(block.text)} is in the build {often} times; the request has it {wanted} times."
            times = ("once" if wanted == 1 else f"{wanted} times", f"{often} times")
            message, about = message.replace("1 times", "once"), (of_passage(built.where, block.text),)
            yield Finding("repeated-copy", message, built.where, block.where, *times, causes=about)


def _moved(pairs: Sequence[tuple[CopyBlock, Text]]) -> Iterator[Finding]:
    """The first block that stands above the one it was asked to follow."""
    behind = -1
    for number, (block, built) in enumerate(pairs):
        offset = built.where.offset or 0
        if offset < behind:
            before = pairs[number - 1][0]
            message = f"{quoted(block.text)} stands above {quoted(before.text)}; the request has it below."
            yield Finding("moved-copy", message, built.where, block.where)
            return
        behind = offset
