"""The words for one link, and for several, in a message."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from qa.artefacts import Link
from qa.facts import facts
from qa.links.hosts import host_of
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted


def name_of(link: Link, most: int = 80) -> str:
    """A link by its text, or by what it is where it has none."""
    if link.text.strip():
        return quoted(link.text, most)
    picture = next(iter(link.pictures), "")
    name = "" if picture.startswith("data:") else picture.partition("?")[0].rpartition("/")[2]
    if picture:
        return f"the linked picture {quoted(name, most)}" if name else "the linked picture"
    return "a link without text"


def lines(links: Sequence[Link]) -> str:
    """« (lines 12, 40)»: where links stand, if there are several."""
    return in_lines([link.where for link in links])


def in_outlook(link: Link) -> str:
    """What tells a button only Outlook shows from the link everybody else sees."""
    return " in Outlook on Windows (VML)" if link.outlook_only else ""


def by_way(link: Link) -> str:
    """« by way of go.acme.example»: the hosts on the way to where a link of a sent message leads."""
    hosts = listed(host for href in link.through if (host := host_of(href)))
    return f" by way of {hosts}" if hosts else ""


@cache
def known_labels(kind: str) -> frozenset[str]:
    """The labels of links of one kind, in all languages: "vague", "repeated"."""
    return frozenset(label for labels in facts("link_labels")[kind].values() for label in labels)
