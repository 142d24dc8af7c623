"""Analytics and advertising tags of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Page
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.request import AskedPage
from qa.text.wording import quoted


@check(
    "page-tags",
    Code(
        "missing-tag",
        Severity.ERROR,
        "A tag that was asked for is not in the page.",
        "Add the tag's snippet with this id to the page.",
    ),
    Code(
        "unasked-tag",
        Severity.WARNING,
        "Beside a tag that was asked for there is another of its kind.",
        "Take out the tag nobody asked for, or configure the snippet with the id that was asked for.",
    ),
)
def page_tags(asked: AskedPage, page: Page) -> Iterator[Finding]:
    """The page carries the analytics and advertising tags that were asked for.

    A page without its tag, or with the tag of another brand, looks the same and counts nothing: the campaign cannot
    be measured, and the days before anybody notices are lost.

    Fails:
        page: {tags: [GTM-ABC123]}
        build: <html><body><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ZZZ999"></script></body></html>

    Passes:
        page: {tags: [GTM-ABC123]}
        build: <html><body><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script></body></html>
    """
    wanted: tuple[str, ...] = asked.require("tags")
    source = _live(page.parts.html.text) if page.parts.html else ""
    told: set[str] = set()
    for number, tag in enumerate(wanted):
        others = [other for other in _siblings(tag, source) if other not in {*wanted, *told}]
        named = " and ".join(map(quoted, others))
        place = asked.place("tags", number)
        about, actual = (of_asked(place, tag),), ", ".join(others) or None
        if not re.search(rf"(?<![\w-]){re.escape(tag)}(?![\w-])", source):
            found = f"; it carries {named} instead" if others else ""
            message = f"The tag {quoted(tag)} was asked for and is not in the page{found}."
            yield Finding("missing-tag", message, None, place, tag, actual, causes=about)
        elif others:
            message = (
                f"The page carries {named} as well as {quoted(tag)}: its visits are counted for somebody else, too."
            )
            yield Finding("unasked-tag", message, None, place, tag, actual, causes=about)
        told.update(others)


def _siblings(tag: str, source: str) -> list[str]:
    """Tags of the same kind: GTM-XYZ999 beside GTM-ABC123."""
    kind = re.match(r"[A-Z]{1,6}-", tag)
    found = re.findall(rf"(?<![\w-]){kind[0]}[A-Z0-9-]{{4,20}}(?![\w-])", source) if kind else []
    return sorted(set(found))


def _live(source: str) -> str:
    """The source without its comments: a tag that was commented out counts nothing."""
    kept, at = [], 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start)) >= 0:
        kept.append(source[at:start])
        at = end + 3
    return "".join([*kept, source[at:]])
