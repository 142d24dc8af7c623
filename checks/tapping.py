"""Can the email be used with a thumb?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.artefacts import Element, Link, Markup, Rendering, Shot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.contrast import channels
from qa.views.legibility import opened, phone

if TYPE_CHECKING:
    from PIL.Image import Image

_PHONE = facts("seen")["phone"]
_LONGEST = 40  # characters of the words on a button
_MOST = 100  # links that are looked at

Pair = tuple[Element, Link]


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
    shot = phone(rendering)
    if shot.scale < 1:
        raise Skip("the message is too wide for the phone, which shows all of it smaller: first see to that")
    by_offset = {link.where.offset: link for link in markup.links if link.tag == "a" and link.has_href}
    seen = [(e, by_offset[e.offset]) for e in shot.elements if e.visible and e.tag == "a" and e.offset in by_offset]
    if not seen:
        raise Skip("no link is seen on a phone")
    pictures = [(_target(e, shot), link) for e, link in seen if link.pictures]
    crowded = [pair for pair in pictures if _crowded(pair, pictures)]
    if crowded:
        yield _crowd(crowded, markup, shot)
    buttons = list(_small_buttons([pair for pair in seen if _worded(pair)][:_MOST], shot))
    if buttons:
        yield _small_button(buttons, shot)


def _target(link: Element, shot: Shot) -> Element:
    """What is tapped: the picture, where it reaches beyond the line that its link is."""
    behind = (e for e in shot.elements if e.tag == "img" and e.offset > link.offset and e.visible)
    picture = min(behind, key=lambda e: e.offset, default=link)
    return picture if picture.box.height > link.box.height else link


def _crowded(pair: Pair, others: Sequence[Pair]) -> bool:
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


def _crowd(crowded: Sequence[Pair], markup: Markup, shot: Shot) -> Finding:
    element, link = crowded[0]
    size = f"{round(element.box.width)} × {round(element.box.height)} px"
    message = (
        f"On a phone, {len(crowded)} linked pictures stand close together and are smaller than a thumb; the first, "
        f"{quoted(link.text or link.href, 40)}, measures {size}."
    )
    least = f"at least {_PHONE['tap_least']} × {_PHONE['tap_least']} px"
    return Finding("crowded-links", message, link.where, None, least, size, view=shot.view.name)


def _worded(pair: Pair) -> bool:
    element, link = pair
    return not link.pictures and 2 < len(link.text) < _LONGEST and element.box.height < _PHONE["tap_near"]


@dataclass(frozen=True, slots=True)
class _Button:
    link: Link
    tapped: int  # CSS pixels of its height that can be tapped
    height: int  # of all of it


def _small_buttons(links: Sequence[Pair], shot: Shot) -> Iterator[_Button]:
    """Those of some links that stand alone on a ground of their own: a cell or a box, centred, with an edge all round.

    The picture says how far that ground reaches, whichever element it belongs to.
    """
    picture = opened(shot) if links else None
    for element, link in links:
        if picture is not None and (reach := _ground(picture, element, shot)):
            left, top, right, bottom = reach
            most = _PHONE["padding"]
            if top <= most and bottom <= most and abs(top - bottom) <= most / 4 and abs(left - right) <= most / 4:
                yield _Button(link, round(element.box.height), round(top + element.box.height + bottom))


def _ground(picture: Image, link: Element, shot: Shot) -> tuple[float, float, float, float] | None:
    """How far a link's own ground reaches to its left, above, to its right and below; None where it has none.

    A ground of its own ends on all four sides, and at the same colour.
    """
    own = channels(link.background)
    if own is None:
        return None
    box, ratio = link.box, shot.view.ratio
    middle, upper = (box.x + box.width / 2) * ratio, (box.y + 2) * ratio
    starts = [(box.x * ratio, upper), (middle, box.y * ratio)]
    starts += [((box.x + box.width) * ratio - 1, upper), (middle, (box.y + box.height) * ratio - 1)]
    walks = [_walk(picture, at, step, own) for at, step in zip(starts, _STEPS, strict=True)]
    ends = [walk for walk in walks if walk is not None]
    if len(ends) < len(walks) or any(not _alike(end[1], ends[0][1]) for end in ends):
        return None
    reach = [end[0] / ratio for end in ends]
    return reach[0], reach[1], reach[2], reach[3]


_STEPS = ((-1, 0), (0, -1), (1, 0), (0, 1))


def _walk(picture: Image, at: tuple[float, float], step: tuple[int, int], own: Any) -> tuple[int, Any] | None:
    """How many more pixels of a colour lie in one direction, and the colour behind; None where there is nothing."""
    pixels = picture.load()
    x, y = round(at[0]), round(at[1])
    for count in range(picture.width + picture.height):
        u, v = x + step[0] * (count + 3), y + step[1] * (count + 3)
        if not (0 <= u < picture.width and 0 <= v < picture.height) or pixels is None:
            return None
        if not _alike(pixels[x + step[0] * count, y + step[1] * count], own):
            return max(0, count - 1), pixels[u, v]  # three on: soft edges
    return None


def _alike(one: Any, other: Any) -> bool:
    return all(abs(a - b) <= _PHONE["alike"] for a, b in zip(one, other, strict=True))


def _small_button(buttons: Sequence[_Button], shot: Shot) -> Finding:
    worst = min(buttons, key=lambda button: button.tapped)
    size, name = f"{worst.tapped} px", quoted(worst.link.text, 40)
    more = f" ({len(buttons)} buttons are as small)" if len(buttons) > 1 else ""
    if worst.tapped + _PHONE["inside"] < worst.height:
        message = f"On a phone, {name} is {worst.height} px high, of which only {size} can be tapped{more}."
    else:
        message = f"On a phone, the button {name} is only {size} high{more}."
    least = f"at least {_PHONE['tap']} px"
    return Finding("small-tap-target", message, worst.link.where, None, least, size, view=shot.view.name)
