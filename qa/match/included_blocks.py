"""What may stand in a block that the platform brings along when it sends, and that is therefore not in the build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from qa.artefacts import AlignedCopy, Markup
from qa.links.frame import host_role, is_service
from qa.links.roles import mentions, role_of
from qa.merge_tags.included_blocks import CONTENT, FOOTER, FRAME, IncludedBlock, included_blocks
from qa.request import AskedAsset, AskedEmail, AskedLink, CopyBlock
from qa.text.phrases import listed
from qa.text.postal_address import has_address
from qa.text.wording import quoted

_LEGAL = ("unsubscribe", "preferences", "view-in-browser", "privacy", "imprint")


def may_hold(markup: Markup, *kinds: str) -> str:
    """Where something that is missing may be: "the block “Footer”, which is not in the build"; "" for nowhere else."""
    return _named(included_blocks(markup.source.text, *kinds))


def may_be_in(elsewhere: str) -> str:
    """The sentence about it that ends a message."""
    return f" It may be in {elsewhere}." if elsewhere else ""


def footer_elsewhere(markup: Markup) -> str:
    """The block in which the footer may be."""
    return may_hold(markup, *FOOTER)


def frame_elsewhere(markup: Markup) -> str:
    """The block in which a link that stands above or below the message may be."""
    return may_hold(markup, *FRAME)


def other_half(markup: Markup, at: int, behind: bool) -> str:
    """The block that may hold the other tag of one that is opened and not closed, or closed and not opened."""
    blocks = included_blocks(markup.source.text, *FRAME, *CONTENT)
    return _named(block for block in blocks if (block.offset > at) is behind)


def words_elsewhere(asked: AskedAsset, markup: Markup) -> str:
    """The block in which words that must be said may be, wherever they stand."""
    return may_hold(markup, *CONTENT, *FOOTER) if isinstance(asked, AskedEmail) else ""


def link_elsewhere(link: AskedLink, asked: AskedAsset, markup: Markup) -> str:
    """The block in which a link that was asked for may be: a call to action stands in no footer."""
    if not isinstance(asked, AskedEmail):
        return ""
    of_frame = role_of(link.url, link.text) or host_role(link.url) or is_service(link.url, link.text)
    return may_hold(markup, *(FRAME if of_frame else CONTENT))


def copy_elsewhere(asked: AskedAsset, copy: AlignedCopy, markup: Markup) -> dict[CopyBlock, str]:
    """The blocks in which missing copy may be: those between the copy before and the copy behind it."""
    if not isinstance(asked, AskedEmail) or not included_blocks(markup.source.text, *CONTENT, *FOOTER):
        return {}
    around = _around(asked.wording or (), copy)
    found = {}
    for block in copy.missing:
        included = included_blocks(markup.source.text, *(FOOTER if _is_legal(block.text) else CONTENT))
        after, before = around[block]
        found[block] = _named(one for one in included if after < one.offset < before)
    return found


def _around(wording: Sequence[CopyBlock], copy: AlignedCopy) -> dict[CopyBlock, tuple[float, float]]:
    """Where in the source the nearest copy before and behind each block stands that is in the build."""
    offsets = {asked: float(built.where.offset or 0) for asked, built, _ in copy.pairs}
    before = list(accumulate((offsets.get(one) for one in wording), _last, initial=-1.0))
    behind = list(accumulate((offsets.get(one) for one in reversed(wording)), _last, initial=inf))[::-1]
    return {one: (before[at], behind[at + 1]) for at, one in reversed(list(enumerate(wording)))}


def _last(known: float, at: float | None) -> float:
    return known if at is None else at


def _is_legal(words: str) -> bool:
    return "©" in words or has_address(words) or any(mentions(role, words) for role in _LEGAL)


def _named(blocks: Iterable[IncludedBlock]) -> str:
    names = [quoted(block.name) for block in blocks]
    if len(names) > 1:
        return f"one of the blocks {listed(names, 3)}, which are not in the build"
    return f"the block {names[0]}, which is not in the build" if names else ""
