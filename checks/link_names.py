"""Names of links, as they are read aloud. https://www.w3.org/TR/WCAG22/#link-purpose-in-context"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedImages, AlignedLinks, ImageTag, Link, Markup
from qa.artefacts.causes import of_label, of_link, of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.faulty.faults import is_dead
from qa.links.roles import role_of
from qa.links.url import is_web
from qa.match.image_names import DOT, surrounds
from qa.request import AskedAsset, AskedPage
from qa.text.wording import loose, quoted


@check(
    "link-names",
    Code(
        "nameless-link",
        Severity.WARNING,
        "A link has no words, not even for those who cannot see its icon.",
        "Write its words between <a> and </a>, say in aria-label where an icon leads, or take it out.",
    ),
)
def link_names(
    asked: AskedAsset, markup: Markup, aligned: AlignedLinks | None, images: AlignedImages | None
) -> Iterator[Finding]:
    """Every link has a name.

    A link without words is a button without a label: a screen reader spells its address, and often it is what was
    left when the text was deleted.

    Fails:
        email: {}
        build: <p>Save your seat <a href="https://acme.example/webinar"></a></p>

    Passes:
        email: {}
        build: <p>Save your seat <a href="https://acme.example/webinar">here</a></p>
    """
    if not markup.links:
        raise Skip("the build has no links")
    in_email, pictured = not isinstance(asked, AskedPage), _pictured(markup)
    nameless = [link for link in markup.links if _nameless(link) and link.where.offset not in pictured]
    # Where nothing at all stands in a link that leads nowhere, and where the request has other words for it or does not
    # name it, the link is what is wrong; it is told apart from those that lack nothing but words.
    wrong = [link for link in nameless if _is_left_over(link, markup, in_email) or _is_not_asked(link, aligned)]
    for some, cause in ((wrong, of_link), ([link for link in nameless if link not in wrong], of_label)):
        if some:
            yield _without_words(some, tuple(map(cause, some)))
    as_asked = {built.tag.where for ask, built in (images.pairs if images else ()) if ask.alt == (built.tag.alt or "")}
    mute = [(link, tags) for link in markup.links if (tags := _mute_pictures(link, markup))]
    mute = [(link, tags) for link, tags in mute if as_asked.isdisjoint(tag.where for tag in tags)]
    if mute:
        yield _without_words([link for link, _ in mute], tuple(of_picture(tag) for _, tags in mute for tag in tags))


def _without_words(nameless: Sequence[Link], causes: tuple[Cause, ...]) -> Finding:
    first, addresses = nameless[0], list(dict.fromkeys(link.href for link in nameless))
    more = {1: "", 2: ", nor does one more"}.get(len(nameless), f", nor do {len(nameless) - 1} more")
    leads = f"The link to {quoted(first.href)}" if first.href.strip() else "A link that leads nowhere"
    listed, each = "\n".join(addresses[:10]), tuple(addresses)
    message = f"{leads} has no words{more}."
    return Finding("nameless-link", message, first.where, actual=listed, each=each, causes=causes)


def _is_left_over(link: Link, markup: Markup, in_email: bool) -> bool:
    """Whether nothing is left of a link: no words, and no place it leads to."""
    hollow = _HOLLOW.match(markup.source.text, link.where.offset or 0) is not None
    return link.href.strip() in ("", "#") or (hollow and is_dead(link, in_email))


def _is_not_asked(link: Link, aligned: AlignedLinks | None) -> bool:
    """Whether the request has other words for a link, or does not name it at all."""
    if aligned is None:
        return False
    if link in aligned.unasked:
        return is_web(link.href) and not role_of(link.href, link.text)
    asked, answers = next(((ask, built) for ask, built in aligned.pairs if link in built), (None, ()))
    return asked is not None and loose(asked.text) not in {loose(one.text) for one in answers}


def _nameless(link: Link) -> bool:
    shown = not (link.hidden or link.outlook_only) and link.tag in ("a", "area") and link.has_href
    return shown and not link.text.strip() and not link.pictures


def _mute_pictures(link: Link, markup: Markup) -> list[ImageTag]:
    """The pictures in a link in which nothing else stands, where none of them says anything."""
    if link.text.strip() or not link.pictures or link.hidden or link.outlook_only:
        return []
    inside = [tag for tag in markup.images if surrounds(link, tag) and not (tag.hidden or tag.outlook_only)]
    return [tag for tag in inside if tag.kind == "img" and not {tag.width, tag.height}.intersection(range(DOT + 1))]


def _pictured(markup: Markup) -> frozenset[int]:
    """Where the links begin in which a picture stands, be it one that only some readers see."""
    starts = sorted(link.where.offset or 0 for link in markup.links)
    shown = (image.where.offset or 0 for image in markup.images if image.link and image.kind != "background")
    return frozenset(starts[bisect_right(starts, at) - 1] for at in shown)


_HOLLOW = re.compile(r"<a\b[^<>]*+>\s*+</a", re.IGNORECASE)
