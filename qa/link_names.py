"""How does a message speak of links: of one, of several, and of those the request names?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.align import SAME_TEXT, label_likeness
from qa.artefacts import Link
from qa.request import AskedAsset, AskedLink
from qa.system_links import role_of
from qa.url import bare, is_web
from qa.wording import quoted

_MOST_LINES = 12


def name_of(link: Link) -> str:
    """A link by its text, or by what it is where it has none."""
    if link.text.strip():
        return quoted(link.text)
    return "the linked picture" if link.pictures else "a link without text"


def begun(sentence: str) -> str:
    """A sentence with its first letter a capital."""
    return sentence[:1].upper() + sentence[1:]


def listed(items: Iterable[str], most: int = 5) -> str:
    """«a, b and c», or «a, b and 7 more»: each once, in order."""
    different = list(dict.fromkeys(items))
    shown = different[:most] if len(different) <= most + 1 else [*different[:most], f"{len(different) - most} more"]
    if len(different) == most + 1:
        shown = different
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def lines(links: Sequence[Link]) -> str:
    """« (lines 12, 40)»: where links stand, if there are several."""
    numbers = list(dict.fromkeys(link.where.line for link in links if link.where.line))
    if len(numbers) < 2:
        return ""
    more = ", …" if len(numbers) > _MOST_LINES else ""
    return f" (lines {', '.join(map(str, numbers[:_MOST_LINES]))}{more})"


def named_by(asked: AskedAsset, link: Link) -> AskedLink | None:
    """The link of the request that this one answers: it has its label, or leads where it leads (as qa.align pairs)."""
    wanted = asked.links or ()
    same = next((ask for ask in wanted if bare(ask.url) == bare(link.href)), None)
    return same or next((ask for ask in wanted if label_likeness(ask.text, link.text) >= SAME_TEXT), None)


def told_elsewhere(asked: AskedAsset, link: Link) -> bool:
    """Whether `link-destination` or `unasked-links` speaks of this link, or it stands as the request wants it."""
    if asked.links is None:
        return False
    return (is_web(link.href) and not role_of(link.href, link.text)) or named_by(asked, link) is not None
