"""What may stand in a block that the platform brings along when it sends, and that is therefore not in the build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def copy_elsewhere(block: CopyBlock, asked: AskedAsset, copy: AlignedCopy, markup: Markup) -> str:
    """The block in which approved copy may be: one that stands between the copy before and the copy behind it."""
    if not isinstance(asked, AskedEmail):
        return ""
    kinds = FOOTER if _is_legal(block.text) else CONTENT
    included = included_blocks(markup.source.text, *kinds)
    if not included:
        return ""
    after, before = _around(block, asked.wording or (), copy)
    return _named(one for one in included if after < one.offset < before)


def _around(block: CopyBlock, wording: Sequence[CopyBlock], copy: AlignedCopy) -> tuple[float, float]:
    """Where in the source the nearest copy before and behind a block stands that is in the build."""
    offsets = {asked: built.where.offset or 0 for asked, built, _ in copy.pairs}
    at = wording.index(block)
    before = (offsets[one] for one in reversed(wording[:at]) if one in offsets)
    behind = (offsets[one] for one in wording[at + 1 :] if one in offsets)
    return next(before, -1), next(behind, float("inf"))


def _is_legal(words: str) -> bool:
    return "©" in words or has_address(words) or any(mentions(role, words) for role in _LEGAL)


def _named(blocks: Iterable[IncludedBlock]) -> str:
    names = [quoted(block.name) for block in blocks]
    if len(names) > 1:
        return f"one of the blocks {listed(names, 3)}, which are not in the build"
    return f"the block {names[0]}, which is not in the build" if names else ""
