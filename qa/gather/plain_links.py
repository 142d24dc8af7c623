"""The addresses of the plain-text part, and what stands in front of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Destinations, Parts, PlainLink, PlainLinks
from qa.check import gatherer
from qa.finding import Skip
from qa.merge_tags.pattern import TOKEN
from qa.source import Source

_LONGEST_LABEL = 300  # characters in front of an address that can be its label
_TAG = TOKEN.pattern
# Marketo writes [[www.acme.example/x]] for an address whose clicks it counts.
_ADDRESS = re.compile(
    rf"\[\[((?>(?:{_TAG}|[^\[\]\s])+))\]\]|(?:https?://|(?<![\w@./-])www\.)(?>(?:{_TAG}|[^\s<>\"\[\]])+)|{_TAG}",
    re.IGNORECASE,
)
_AROUND = ".,;:!?)>}'’”»"


@gatherer()
def plain_links(parts: Parts, ends: Destinations) -> PlainLinks:
    """Every address of the plain-text part, in order, leading to its page."""
    if parts.plain is None:
        raise Skip("the build has no plain-text part")
    return PlainLinks(parts.plain, ends.text_links(addresses(parts.plain)))


def addresses(source: Source) -> Iterator[PlainLink]:
    """Every address of a plain text, in order."""
    behind = 0
    for found in _ADDRESS.finditer(source.text):
        href = found[1] or _trimmed(found[0])
        label = source.text[max(behind, found.start() - _LONGEST_LABEL) : found.start()].strip()
        yield PlainLink(href, label, source.place(found.start()))
        behind = found.end()


def _trimmed(written: str) -> str:
    """Without the punctuation of the sentence around; a bracket stays where the address opens it."""
    kept = written
    while kept and kept[-1] in _AROUND and not _belongs(kept):
        kept = kept[:-1]
    return kept


def _belongs(written: str) -> bool:
    if written[-1] == ")":
        return written.count("(") >= written.count(")")
    return written[-1] == "}" and "{" in written
