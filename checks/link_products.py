"""Links that are named for one page of a kind and lead to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import name_of
from qa.links.roles import role_of
from qa.links.url import bare, is_web
from qa.match.asked_links import is_as_asked
from qa.match.slugs import NamedPages
from qa.match.unread import judged, readable
from qa.request import AskedAsset
from qa.text.phrases import begun


@check(
    "link-product",
    Code(
        "other-product",
        Severity.WARNING,
        "A link that names one product leads to the page of another.",
        "Let it lead to the page of what it names.",
    ),
)
def link_product(asked: AskedAsset, links: Links) -> Iterator[Finding]:
    """A link that names a product leads to its page, and not to that of its neighbour.

    Tiles are copied and their words are changed; the address of one is forgotten. It is compared where other links
    to both pages are called by the words of their addresses.

    Fails:
        email: {}
        build: |
          <a href="https://acme.example/shop/wool-beanie">Wool Beanie</a>
          <a href="https://acme.example/shop/rain-jacket">Rain Jacket</a>
          <a href="https://acme.example/shop/rain-jacket">Shop the beanie</a>

    Passes:
        email: {}
        build: |
          <a href="https://acme.example/shop/wool-beanie">Wool Beanie</a>
          <a href="https://acme.example/shop/rain-jacket">Rain Jacket</a>
          <a href="https://acme.example/shop/wool-beanie">Shop the beanie</a>
    """
    shown = [link for link in links.built if is_web(link.href) and not role_of(link.href, link.text)]
    if not shown:
        raise Skip("the build has no link to a page")
    yield from judged(_misnamed(asked, readable(shown)), shown)


def _misnamed(asked: AskedAsset, shown: Sequence[Link]) -> Iterator[Finding]:
    pages = NamedPages([*((link.text, link.href) for link in shown), *_asked_pairs(asked)])
    wrong: dict[tuple[str, str], list[tuple[Link, str]]] = {}
    for link in shown:
        named = "" if is_as_asked(asked, link) else pages.other_page(link.text, link.href)
        if named:
            wrong.setdefault((link.text, bare(link.href)), []).append((link, named))
    for (_, leads), several in wrong.items():
        (first, named), causes = several[0], tuple(of_link(link) for link, _ in several)
        message = f"{begun(name_of(first))} leads to {leads}; its words are those of {named}."
        yield Finding("other-product", message, first.where, None, named, leads, causes=causes)


def _asked_pairs(asked: AskedAsset) -> Iterator[tuple[str, str]]:
    yield from ((link.text, link.url) for link in asked.links or ())
    yield from ((image.alt or "", image.url) for image in asked.images or () if image.url)
