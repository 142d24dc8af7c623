"""The place of approved copy: alone, once, and in order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from qa.artefacts import AlignedCopy, AlignedLinks, Body
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.word_differences import answered, of_changes
from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, CopyBlock, Request
from qa.source import Place, Text
from qa.text.wording import alike, extent, quoted

_TAG, _ENDED, _GOES_ON = "\ue010", "\ue011", "\ue012"  # stand for a merge tag, and for approved copy
_ENDS = ".!?:;,…*|)]»\"'"
_WINDOW = 20_000  # characters of markup that one block may take
_NEAR = 500  # characters of it that may stand between two words
_MOST_WORDS = 200
_EDGE = re.compile(r"<br|</?a\b", re.IGNORECASE)
_TAGS_BEFORE = re.compile(r"(?:<[^<>]*>|[^\w<>])*$")
_TAGS_BEHIND = re.compile(r"(?:[^\w<>]|<[^<>]*>)*")
_WORD = re.compile(r"\w+")
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
def copy_place(
    request: Request, asked: AskedAsset, copy: AlignedCopy, body: Body, links: AlignedLinks | None
) -> Iterator[Finding]:
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
    yield from _extended(verbatim, _Approved(request, asked), body)
    yield from _repeated(verbatim, body)
    yield from _moved(asked, copy, links)


class _Approved:
    """Everything the request itself asks to be said."""

    def __init__(self, request: Request, asked: AskedAsset) -> None:
        texts = [block.text for block in asked.wording or ()]
        texts += [link.text for link in asked.links or ()]
        texts += [*(asked.must_include or ()), *request.legal.must_include]
        longest_first = [alike(TOKEN.sub(_TAG, text)) for text in sorted(map(alike, texts), key=len, reverse=True)]
        often = Counter(word for words in longest_first for word in _WORD.findall(words))
        self._by_word: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, words in enumerate(longest_first):
            rarest = min(_WORD.findall(words), key=often.__getitem__, default="")
            self._by_word[rarest].append((number, words))

    def in_text(self, text: str) -> list[str]:
        """Those that may stand in a text, longest first: their rarest word does."""
        likely = [each for word in {"", *_WORD.findall(text)} for each in self._by_word.get(word, ())]
        return [words for _, words in sorted(likely)]


def _extended(verbatim: Sequence[tuple[CopyBlock, Text]], approved: _Approved, body: Body) -> Iterator[Finding]:
    seen: set[Place] = set()
    for block, built in verbatim:
        if built.where in seen:
            continue
        seen.add(built.where)
        start = built.where.offset or 0
        written = unescape(body.source.text[start : start + _WINDOW])
        inside, beside = _added(alike(TOKEN.sub(_TAG, built.value)), approved, written)
        if inside or beside:
            what = " and ".join(quoted(piece.replace(_TAG, "…")) for piece in (inside or beside)[:3])
            one, many = ("was added to", "were added to") if inside else ("stands beside", "stand beside")
            message = f"{what} {one if len(inside or beside) == 1 else many} the approved copy {quoted(block.text)}."
            code = "extended-copy" if inside else "added-copy"
            placeholders = of_changes([("", piece) for piece in inside or beside], built.where)
            about = tuple(placeholders or [of_passage(built.where)])
            yield Finding(code, message, built.where, block.where, block.text, built.value, causes=about)


def _added(rest: str, approved: _Approved, written: str) -> tuple[list[str], list[str]]:
    """What stands in a block besides approved copy: within a sentence of it, or in a line or a sentence of its own."""
    for words in approved.in_text(rest):
        while span := extent(rest, words):
            rest = f"{rest[: span[0]]}{_ENDED if words[-1] in _ENDS else _GOES_ON}{rest[span[1] :]}"
    inside: list[str] = []
    beside: list[str] = []
    pieces = re.split(f"([{_ENDED}{_GOES_ON}])", rest)
    for number in range(0, len(pieces), 2):
        piece = pieces[number].strip()
        if any(c.isalnum() for c in piece):
            before, after = pieces[max(number - 1, 0)], number + 1 < len(pieces)
            begins, ends = _own_line(piece, written)
            goes_on = number and before == _GOES_ON and piece[0].isalnum() and not begins
            leads_in = after and piece[-1] not in _ENDS and not ends
            (inside if (goes_on or leads_in) and _TAG not in piece else beside).append(piece)
    return inside, beside


def _own_line(piece: str, written: str) -> tuple[bool, bool]:
    """Whether a piece of a block begins, and ends, at a line break or at the edge of a link."""
    words = re.findall(r"\w+", piece)
    found = re.search(r"(?:[^\w<>]|<[^<>]*>)+".join(words), written) if len(words) <= _MOST_WORDS else None
    if found is None:
        return False, False
    before, after = (
        _TAGS_BEFORE.search(written[max(0, found.start() - _NEAR) : found.start()]),
        _TAGS_BEHIND.match(written, found.end()),
    )
    return bool(before and _EDGE.search(before[0])), bool(after and _EDGE.search(after[0]))


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


def _moved(asked: AskedAsset, copy: AlignedCopy, links: AlignedLinks | None) -> Iterator[Finding]:
    """The first block that stands above the one it was asked to follow; one that was changed counts as lost first."""
    unchanged = [pair for pair in copy.pairs if pair[2] == 1]
    for pairs in (unchanged, copy.pairs):
        for (before, above, _), (block, built, likeness) in pairwise(pairs):
            if (built.where.offset or 0) < (above.where.offset or 0):
                message = f"{quoted(block.text)} stands above {quoted(before.text)}; the request has it below."
                moved = block if likeness < 1 or pairs is unchanged else before
                about = (answered(asked, moved, links),)
                yield Finding("moved-copy", message, built.where, block.where, causes=about)
                return
