"""Can everybody read the build: with a screen reader, with pictures off, with weak eyes? https://www.w3.org/TR/WCAG22/"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import AlignedImages, AlignedLinks, Block, ImageTag, Link, Markup, Structure
from qa.artefacts.causes import of_label, of_link, of_passage, of_picture
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.faults import is_dead
from qa.links.roles import role_of
from qa.links.url import is_web
from qa.match.image_names import DOT, surrounds
from qa.request import AskedAsset, AskedEmail, AskedPage, Request
from qa.text.wording import loose, quoted

_FACTS = facts("accessibility")
_QUIET_ROLES = frozenset(("presentation", "none"))


@dataclass(frozen=True)
class TextOptions(Options):
    """``smallest``: pixels that text must have at least."""

    smallest: float = _FACTS["text"]["smallest"]


@check(
    "layout-tables",
    Code(
        "missing-role",
        Severity.INFO,
        "A table that only lays things out is read aloud as a table.",
        'Add role="presentation" to the table.',
    ),
)
def layout_tables(asked: AskedEmail, structure: Structure) -> Iterator[Finding]:
    """Tables that hold the layout say that they are no tables.

    Without role="presentation", a screen reader says "table with one column and nine rows" before every module, and
    the reader gives up before the offer. Nearly all emails lack it; raise the severity where yours must not.

    Fails:
        email: {}
        build: <table><tr><td>Save your seat</td></tr></table>

    Passes:
        email: {}
        build: <table role="presentation"><tr><td>Save your seat</td></tr></table>
    """
    layout = [table for table in structure.tables if not table.told]
    if not layout:
        raise Skip("the email has no layout tables")
    without = [table for table in layout if table.role not in _QUIET_ROLES]
    if without:
        have = "has" if len(without) == 1 else "have"
        some = f"{len(without)} of {len(layout)} layout tables {have}" if len(layout) > 1 else "The layout table has"
        yield Finding("missing-role", f'{some} no role="presentation".', without[0].where)


@check(
    "text-direction",
    Code(
        "missing-dir",
        Severity.ERROR,
        "Text that runs from right to left is not set from right to left.",
        'Add dir="rtl" to the <html> tag, and to the outermost table: some clients drop the <html> tag.',
    ),
)
def text_direction(asked: AskedAsset, request: Request, markup: Markup) -> Iterator[Finding]:
    """Arabic, Hebrew, Persian and Urdu are set from right to left.

    Without the direction, sentences begin at the wrong edge, and their full stops, numbers and brackets jump to the
    wrong end.

    Fails:
        email: {language: ar}
        build: <html lang="ar"><body><p>احجز مقعدك الآن</p></body></html>

    Passes:
        email: {language: ar}
        build: <html lang="ar" dir="rtl"><body><p>احجز مقعدك الآن</p></body></html>
    """
    said = asked.language or request.language or (markup.lang.value if markup.lang else "")
    language = re.split("[-_]", said.strip().lower())[0]
    if language not in _FACTS["right_to_left"]["languages"]:
        raise Skip("the language of the build does not run from right to left")
    if not _RIGHT_TO_LEFT.search(markup.source.text):
        where = markup.lang.where if markup.lang else None
        request_place = asked.place("language") if asked.language else request.place("language")
        message = f'The text is in {quoted(said)}, which runs from right to left; nothing in the build says dir="rtl".'
        yield Finding("missing-dir", message, where, request_place, "rtl", markup.dir or None)


_RIGHT_TO_LEFT = re.compile(r"\sdir\s{0,5}=\s{0,5}[\"']?rtl|direction\s{0,5}:\s{0,5}rtl", re.IGNORECASE)


@check(
    "heading-order",
    Code("skipped-heading", Severity.INFO, "Headings skip a level.", "Use the next level; set its size with styles."),
)
def heading_order(markup: Markup) -> Iterator[Finding]:
    """Headings follow each other like those of a book.

    A screen reader's user jumps from heading to heading; where a level is left out, a part seems to be missing.

    Fails:
        email: {}
        build: <h1>Spring webinar</h1><h4>What you will learn</h4>

    Passes:
        email: {}
        build: <h1>Spring webinar</h1><h2>What you will learn</h2>
    """
    levels = [level for level, _ in markup.headings]
    if not levels:
        raise Skip("the build has no headings")
    skipped = [n for n in range(1, len(levels)) if levels[n] > levels[n - 1] + 1]
    if skipped:
        level, text = markup.headings[skipped[0]]
        before = levels[skipped[0] - 1]
        more = f"; {len(skipped)} places in all" if len(skipped) > 1 else ""
        message = f"{quoted(text.value, 40)} is a heading of level {level} right after one of level {before}{more}."
        yield Finding("skipped-heading", message, text.where, None, f"h{before + 1}", f"h{level}")


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


@check(
    "text-size",
    Code(
        "small-text",
        Severity.WARNING,
        "Text is too small to be read on a phone.",
        "Set a larger font-size, also in the footer.",
    ),
)
def text_size(asked: AskedEmail, markup: Markup, options: TextOptions) -> Iterator[Finding]:
    """No text is too small to read.

    Half of all readers are over forty and hold a phone; legal copy that cannot be read does not count as said in
    every country.

    Fails:
        email: {}
        build: <p style="font-size:9px">Prices include VAT. The offer ends on Sunday.</p>

    Passes:
        email: {}
        build: <p style="font-size:13px">Prices include VAT. The offer ends on Sunday.</p>
    """
    small = [block for block in markup.blocks if _small(block, options.smallest)]
    if small:
        below = [block for block in markup.blocks if _below(block, options.smallest)]
        labels = sum(any(map(str.isalnum, block.text)) for block in below) - len(small)
        least = min(small, key=lambda block: block.size or 0)
        more = _also_small(len(small) - 1, labels, options.smallest)
        message = f"{quoted(least.text, 50)} is set in {least.size:g} px{more}."
        expected = f"at least {options.smallest:g} px"
        each = tuple(block.text for block in small)
        about = tuple(of_passage(block.where, block.text) for block in below)
        yield Finding("small-text", message, least.where, None, expected, f"{least.size:g} px", each=each, causes=about)


def _also_small(texts: int, labels: int, smallest: float) -> str:
    """What else is as small: pieces of text, and labels too short to be told one by one."""
    counted = [f"{texts} more piece{'s' if texts > 1 else ''} of text"] if texts else []
    counted += [f"{labels} short label{'s' if labels > 1 else ''}"] if labels else []
    verb = "is" if texts + labels == 1 else "are"
    return f"; {' and '.join(counted)} {verb} below {smallest:g} px too" if counted else ""


def _below(block: Block, smallest: float) -> bool:
    return not (block.hidden or block.outlook_only) and block.size is not None and 2 < block.size < smallest


def _small(block: Block, smallest: float) -> bool:
    return _below(block, smallest) and bool(sum(map(str.isalnum, block.text)) >= _FACTS["text"]["fewest"])
