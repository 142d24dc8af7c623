"""Copy blocks of the request, matched with the text of the build."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from qa.artefacts import AlignedCopy, Block, Body, Tokens
from qa.check import gatherer
from qa.match.assignment import best_pairs
from qa.match.filled import fills
from qa.match.labels import refuse_too_many
from qa.merge_tags.tagless import tagless, without_addresses
from qa.request import AskedAsset, CopyBlock
from qa.source import Text
from qa.text.likeness import likeness
from qa.text.wording import alike, extent

SAME_COPY = 0.55  # a block less like than this was not changed: it is another one


@gatherer()
def aligned_copy(asked: AskedAsset, body: Body, tokens: Tokens) -> AlignedCopy:
    """Asked copy blocks and the passages that answer them: word for word where they stand so, else the nearest."""
    wanted: tuple[CopyBlock, ...] = asked.require("wording")
    built = [block for block in body.blocks if not block.hidden and not block.outlook_only and block.text]
    built = _as_approved(built, wanted) if body.is_plain else built
    found = _verbatim([alike(ask.text) for ask in wanted], built)
    found |= dict(_filled_in(wanted, built, found, tokens)) if tokens.rendered else {}
    left = [row for row in range(len(wanted)) if row not in found]
    taken = {text.where for text in found.values()}
    passages = [text for text in _passages(built) if text.where not in taken]
    refuse_too_many(len(left), len(passages), "copy blocks")
    normal = [tagless(text.value) for text in passages]  # a long merge tag must not make two texts unlike
    scores = [[_copy_score(tagless(wanted[row].text), text) for text in normal] for row in left]
    nearest = {left[row]: (passages[column], scores[row][column]) for row, column in best_pairs(scores, SAME_COPY)}
    pairs = {row: (wanted[row], text, 1.0) for row, text in found.items()}
    pairs |= {row: (wanted[row], text, score) for row, (text, score) in nearest.items()}
    missing = tuple(ask for row, ask in enumerate(wanted) if row not in pairs)
    return AlignedCopy(tuple(pairs[row] for row in sorted(pairs)), missing)


def _as_approved(built: Sequence[Block], wanted: Sequence[CopyBlock]) -> list[Block]:
    """Paragraphs of a plain text as the copy would have them: no addresses, and headings not in capitals."""
    capitals = {alike(ask.text).casefold(): ask.text for ask in wanted}
    bare = [replace(block, text=" ".join(without_addresses(block.text).split())) for block in built]
    headings = {block.where: capitals.get(alike(block.text).casefold()) for block in bare if block.text.isupper()}
    return [replace(block, text=headings.get(block.where) or block.text) for block in bare if block.text]


def _copy_score(wanted: str, built: str) -> float:
    return min(0.99, likeness(wanted, built) / 100)  # 1 is word for word, merge tags among them


def _verbatim(wanted: Sequence[str], built: Sequence[Block]) -> dict[int, Text]:
    """The asked blocks whose words stand exactly so, each in a place of its own: in one block, or over several.

    Each is looked for behind the one before it, so that words that occur twice are matched in order.
    """
    texts = [alike(block.text) for block in built]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole, taken, behind = " ".join(texts), set[int](), 0
    found: dict[int, Text] = {}
    for row, words in enumerate(wanted):
        spans = (extent(whole, words, behind), *_extents(whole, words))
        span = next((span for span in spans if span and span[0] not in taken), None)
        if span is not None:
            taken.add(span[0])
            behind = span[1]
            first = bisect_right(starts, span[0]) - 1
            inside = span[1] <= starts[first] + len(texts[first])
            found[row] = Text(built[first].text if inside else words, built[first].where)
    return found


def _filled_in(
    wanted: Sequence[CopyBlock], built: Sequence[Block], found: Mapping[int, Text], tokens: Tokens
) -> Iterator[tuple[int, Text]]:
    """The asked blocks that a sent message has with their merge tags filled in."""
    free = [block for block in built if block.where not in {text.where for text in found.values()}]
    for row, ask in enumerate(wanted):
        block = next((block for block in free if fills(ask.text, block.text, tokens.platform)), None)
        if row not in found and block is not None:
            free.remove(block)
            yield row, Text(block.text, block.where)


def _extents(text: str, words: str) -> Iterator[tuple[int, int]]:
    span = extent(text, words)
    while span:
        yield span
        span = extent(text, words, span[1])


def _passages(built: Sequence[Block]) -> Iterator[Text]:
    """What an asked block can have become: a built block, or two neighbours it was split into."""
    for block in built:
        yield Text(block.text, block.where)
    for one, other in pairwise(built):
        yield Text(f"{one.text} {other.text}", one.where)
