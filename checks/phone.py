"""Can the email be read and used with a thumb?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Block, Element, Link, Markup, Rendering, Shot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.wording import quoted

_PHONE = facts("seen")["phone"]
_DECLARED = facts("accessibility")["text"]["smallest"]  # below, text-size speaks of it


def phones(rendering: Rendering) -> list[Shot]:
    """The shots as wide as a phone; Skip where there are none."""
    found = [shot for shot in rendering.shots if shot.view.width <= _PHONE["widest"]]
    if not found:
        raise Skip("no picture was taken at the width of a phone")
    return found


@check(
    "phone-text",
    Code(
        "small-on-phone",
        Severity.WARNING,
        "Much of the text is too small on a phone.",
        "Set at least 14 px for narrow screens; phones enlarge what is smaller, and layouts break by it.",
    ),
    Code(
        "small-print-on-phone",
        Severity.INFO,
        "Some of the text is small on a phone.",
        "See whether readers need it; if they do, set it larger.",
    ),
)
def phone_text(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """On a phone, text is large enough.

    An iPhone enlarges what is smaller than 13 pixels, on its own and without a look at the layout; other phones leave
    it, and the reader leaves too.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { p { font-size: 12px } }</style></head><body> <p>Join
          us on 24 March for forty minutes on what changed this year.</p></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { p { font-size: 15px } }</style></head><body> <p>Join
          us on 24 March for forty minutes on what changed this year.</p></body></html>
    """
    shot = phones(rendering)[0]
    told = {block.where.offset for block in markup.blocks if _told(block)}
    texts = [e for e in shot.elements if e.visible and e.font_size > 2 and any(map(str.isalnum, e.text))]
    small = [e for e in texts if e.font_size < _PHONE["text"] and e.offset not in told]
    if not small:
        return
    share = _letters(small) / max(1, _letters(texts))
    code = "small-on-phone" if share >= _PHONE["small_share"] else "small-print-on-phone"
    longest = max(small, key=lambda element: (len(element.text), -element.offset))
    message = (
        f"On a phone, {quoted(longest.text, 50)} is set in {longest.font_size:g} px; {share:.0%} of all letters are "
        f"smaller than {_PHONE['text']} px."
    )
    place = markup.source.place(longest.offset)
    expected = f"at least {_PHONE['text']} px"
    yield Finding(code, message, place, None, expected, f"{longest.font_size:g} px", view=shot.view.name)


def _told(block: Block) -> bool:
    return block.size is not None and block.size < _DECLARED


def _letters(texts: Iterable[Element]) -> int:
    return sum(len(element.text) for element in texts)


@check(
    "tap-targets",
    Code(
        "crowded-links",
        Severity.WARNING,
        "On a phone, links are so small and near one another that a thumb hits the wrong one.",
        "Give them room: padding inside the link, 8 px between, or one below the other.",
    ),
    Code(
        "small-tap-target",
        Severity.INFO,
        "On a phone, a button is smaller than a thumb.",
        "Put the padding inside the link, so that all of the button can be tapped.",
    ),
)
def tap_targets(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """On a phone, links and buttons can be hit with a thumb.

    A thumb covers 44 pixels. Where the padding of a button belongs to the table cell and not to the link, only its
    words can be tapped, and the reader thinks that the button is broken.

    Fails:
        email: {}
        build: >-
          <p style="font-size:14px;line-height:16px"><a href="https://a.example/one"><img src="a.png"
          width="16" height="16" alt="A"></a> <a href="https://a.example/two"><img src="b.png" width="16"
          height="16" alt="B"></a></p>
        files: {build/a.png: {picture: [32, 32, a]}, build/b.png: {picture: [32, 32, b]}}

    Passes:
        email: {}
        build: >-
          <p><a href="https://a.example/one"><img src="a.png" width="48" height="48" alt="A"></a> <a
          href="https://a.example/two"><img src="b.png" width="48" height="48" alt="B"></a></p>
        files: {build/a.png: {picture: [96, 96, a]}, build/b.png: {picture: [96, 96, b]}}
    """
    shot = phones(rendering)[0]
    by_offset = {link.where.offset: link for link in markup.links if link.tag == "a" and link.href.strip()}
    seen = [(e, by_offset[e.offset]) for e in shot.elements if e.visible and e.tag == "a" and e.offset in by_offset]
    if not seen:
        raise Skip("no link is seen on a phone")
    pictures = [(_target(e, shot), link) for e, link in seen if link.pictures]
    crowded = [pair for pair in pictures if _crowded(pair, pictures)]
    if crowded:
        yield _crowd(crowded, markup, shot)
    buttons = [(e, link) for e, link in seen if not link.pictures and _filled(e, shot) and e.box.height < _PHONE["tap"]]
    if buttons:
        yield _small_button(buttons, markup, shot)


def _target(link: Element, shot: Shot) -> Element:
    """What is tapped: the picture, where it reaches beyond the line that its link is."""
    behind = (e for e in shot.elements if e.tag == "img" and e.offset > link.offset and e.visible)
    picture = min(behind, key=lambda e: e.offset, default=link)
    return picture if picture.box.height > link.box.height else link


def _crowded(pair: tuple[Element, Link], others: Sequence[tuple[Element, Link]]) -> bool:
    """Small, and another link to another place so near that a circle of the least size around each would touch."""
    element, link = pair
    least = _PHONE["tap_least"]
    if min(element.box.width, element.box.height) >= least:
        return False
    return any(other.href != link.href and 0 < _distance(element, near) < least for near, other in others)


def _distance(one: Element, other: Element) -> float:
    """Between the middles of two elements."""
    (x, y), (u, v) = ((e.box.x + e.box.width / 2, e.box.y + e.box.height / 2) for e in (one, other))
    return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)


def _filled(link: Element, shot: Shot) -> bool:
    """A button: words on a ground of their own, another than most of the page's."""
    grounds = [e.background for e in shot.elements if e.visible and e.text and e.tag != "a"]
    usual = max(set(grounds), key=grounds.count, default="")
    return bool(link.background) and link.background != usual and 2 < len(link.text) < 40


def _crowd(crowded: Sequence[tuple[Element, Link]], markup: Markup, shot: Shot) -> Finding:
    element, link = crowded[0]
    size = f"{round(element.box.width)} × {round(element.box.height)} px"
    message = (
        f"On a phone, {len(crowded)} linked pictures stand close together and are smaller than a thumb; the first, "
        f"{quoted(link.text or link.href, 40)}, measures {size}."
    )
    least = f"at least {_PHONE['tap_least']} × {_PHONE['tap_least']} px"
    return Finding("crowded-links", message, link.where, None, least, size, view=shot.view.name)


def _small_button(buttons: Sequence[tuple[Element, Link]], markup: Markup, shot: Shot) -> Finding:
    element, link = min(buttons, key=lambda pair: pair[0].box.height)
    size = f"{round(element.box.height)} px"
    more = f" ({len(buttons)} buttons are as small)" if len(buttons) > 1 else ""
    message = f"On a phone, the part of {quoted(link.text, 40)} that can be tapped is only {size} high{more}."
    return Finding(
        "small-tap-target", message, link.where, None, f"at least {_PHONE['tap']} px", size, view=shot.view.name
    )
