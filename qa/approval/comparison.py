"""Comparison of a screenshot with the approved one: what is compared, and the words for what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from qa.approval.baseline import digest
from qa.artefacts import BaselineScreenshot, Change, Compared
from qa.finding import Fault
from qa.text.wording import folded
from qa.views.legibility import calls
from qa.visual import AREA, COLOUR, NamedBox, Region, Shift, compare

if TYPE_CHECKING:
    from qa.artefacts import Element, Markup, Screenshot, View

_Layouts = tuple[Iterable[NamedBox], Iterable[NamedBox]]  # as approved, and now, in the picture's pixels
_MOST = 800  # things that are written down of one screenshot
_NEAR = 100  # pixels between what changed and what moved for it
_KINDS = {"img": "picture", "button": "button", "input": "field", "select": "field", "textarea": "field", "a": "link"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def baseline_screenshot(asset: str, screenshot: Screenshot, markup: Markup | None, build: str) -> BaselineScreenshot:
    """What would be kept of a screenshot if it were accepted."""
    view = screenshot.view
    return BaselineScreenshot(
        asset=asset,
        view=view.name,
        picture=digest(screenshot.png),
        renderer=screenshot.renderer,
        fonts=_fonts(),
        drawn_as=_drawn_as(view),
        ratio=view.ratio,
        build=build,
        layout=tuple(named_boxes(screenshot.elements, markup))[:_MOST],
    )


def _fonts() -> str:
    from qa.render.fonts import fingerprint

    return fingerprint()


def _drawn_as(view: View) -> str:
    """A fingerprint of all that a view does to a build; not of what is said about it."""
    plain = replace(view, title="", note="", source="", client="")
    told = [str(part) for name, part in zip(plain.__slots__, astuple(plain), strict=True) if name != "dated"]
    return sha256("\n".join(told).encode()).hexdigest()[:16]


def named_boxes(elements: Iterable[Element], markup: Markup | None = None) -> Iterator[NamedBox]:
    """What a reader can point at, in words, in CSS pixels; pictures by their file name."""
    files = {image.where.offset: image.src for image in markup.images} if markup else {}
    for element in elements:
        box = element.box
        words = _words(element, files)
        if element.visible and words and box.width >= 1 and box.height >= 1:
            yield NamedBox((round(box.x), round(box.y), round(box.width), round(box.height)), words)


def _words(element: Element, files: Mapping[int | None, str]) -> str:
    kind = "heading" if element.tag in _HEADINGS else _KINDS.get(element.tag, "text")
    if kind == "picture":
        return f"the picture {picture_name(files.get(element.offset, ''))}".strip()
    text = folded(element.text)
    if kind == "field":
        return f"the field “{text}”" if text else "the field"
    if kind == "link" and calls(element, pictured=False):
        kind = "button"
    return f"the {kind} “{text}”" if text else ""


def picture_name(src: str) -> str:
    """The file name of a picture, as far as it has one."""
    if src[:5].lower() == "data:":
        return ""
    try:
        return folded(unquote(urlsplit(src.strip()).path).rpartition("/")[2])[:80]
    except ValueError:
        return ""


def compared(  # noqa: PLR0913 - a screenshot, what was approved of it, and two limits
    screenshot: Screenshot,
    approved: BaselineScreenshot,
    before: bytes,
    markup: Markup | None,
    *,
    colour: float = COLOUR,
    area: int = AREA,
) -> Compared:
    """A screenshot against the approved one of its view: by its pixels where that means something, else by its layout.

    ``colour`` and ``area`` are the limits of `qa.visual.compare`.
    """
    after = tuple(named_boxes(screenshot.elements, markup))
    now = baseline_screenshot(approved.asset, screenshot, markup, "")
    if reason := _unlike(approved, now):
        from qa.visual.layout import rearranged

        found = rearranged(approved.layout, after)
        changes = tuple(_change(region, 1, screenshot, (approved.layout, after)) for region in found)
        return Compared(screenshot.view, approved, "unlike", changes, reason, before)
    if approved.picture == now.picture:
        return Compared(screenshot.view, approved, "same", picture=before)
    ratio = screenshot.view.ratio
    try:
        then, now_there = _scaled(approved.layout, approved.ratio), _scaled(after, ratio)
        result = compare(before, screenshot.png, colour=colour, area=area, named=now_there, before=then)
    except ValueError as error:
        raise Fault(f"The screenshot of “{approved.asset}” in {approved.view} cannot be compared: {error}.") from None
    changes = tuple(_changes(result.regions, result.shifts, screenshot, (then, now_there)))
    if not changes and any(result.grown):
        changes = (_grown(result.grown, ratio, screenshot),)
    return Compared(screenshot.view, approved, "changed" if changes else "same", changes, picture=before)


def _unlike(then: BaselineScreenshot, now: BaselineScreenshot) -> str:
    """Why two pictures cannot be compared pixel by pixel; "" where they can."""
    if then.renderer != now.renderer:
        return f"{then.renderer} drew what was approved, {now.renderer} drew this"
    if then.fonts != now.fonts:
        return "what was approved was drawn with other fonts"
    if then.drawn_as != now.drawn_as:
        return "the view itself was changed since: its size, or what its client does to a build"
    return ""


def _scaled(boxes: Iterable[NamedBox], ratio: float) -> tuple[NamedBox, ...]:
    if ratio == 1:
        return tuple(boxes)
    return tuple(
        NamedBox((x * ratio, y * ratio, w * ratio, h * ratio), s.words) for s in boxes for x, y, w, h in [s.box]
    )


def _changes(
    regions: Iterable[Region], shifts: Iterable[Shift], screenshot: Screenshot, layouts: _Layouts
) -> Iterator[Change]:
    """Every region; a shift only where no region is there that it came from, else as the end of its sentence."""
    left, ratio = list(shifts), screenshot.view.ratio
    for region in regions:
        change = _change(region, ratio, screenshot, layouts)
        bottom = region.box[1] + region.box[3]
        caused = [each for each in left if -_NEAR <= each.below + each.by - bottom <= _NEAR]
        for shift in caused[:1]:
            left.remove(shift)
            way = "down" if shift.by > 0 else "up"
            by = round(abs(shift.by) / ratio)
            change = replace(change, said=f"{change.said[:-1]}, and what stands below it moved {by} px {way}.")
        yield change
    for shift in left:
        box = (0, round((shift.below + shift.by) / ratio), screenshot.width, round((shift.end - shift.below) / ratio))
        yield Change(shift.said, True, box, element_at(box, screenshot.elements))


def _change(region: Region, ratio: float, screenshot: Screenshot, layouts: _Layouts) -> Change:
    x, y, width, height = (round(edge / ratio) for edge in region.box)
    box = (x, y, max(1, width), max(1, height))
    moved = region.kind == "moved" or (region.kind in ("added", "removed") and not region.pixels)
    before, after = layouts
    stood = (region.box[0] - region.dx, region.box[1] - region.dy, *region.box[2:])
    words = (*_texts_at(region.box, after), *_texts_at(stood, before))
    return Change(region.said, moved, box, element_at(box, screenshot.elements), words)


def _texts_at(box: tuple[int, ...], layout: Iterable[NamedBox]) -> Iterator[str]:
    x, y, width, height = box
    for each in layout:
        left, top, wide, high = each.box
        said = each.quoted or (each.words.removeprefix("the picture ") if each.kind == "picture" else "")
        if said and left < x + width and x < left + wide and top < y + height and y < top + high:
            yield said


def _grown(grown: tuple[int, int], ratio: float, screenshot: Screenshot) -> Change:
    wide, high = (round(each / ratio) for each in grown)
    parts = [f"{abs(wide)} px {'wider' if wide > 0 else 'narrower'}"] if wide else []
    parts += [f"{abs(high)} px {'longer' if high > 0 else 'shorter'}"] if high else []
    return Change(
        f"The whole became {' and '.join(parts) or 'a little larger'}.",
        True,
        (0, 0, screenshot.width, screenshot.height),
    )


def element_at(box: tuple[int, int, int, int], elements: Iterable[Element]) -> int | None:
    """The element that shares most with a box, for its size."""
    best, offset = 0.0, None
    x, y, width, height = box
    for element in elements:
        other = element.box
        wide = min(x + width, other.x + other.width) - max(x, other.x)
        high = min(y + height, other.y + other.height) - max(y, other.y)
        if element.visible and wide > 0 and high > 0:
            share = wide * high / (width * height + other.width * other.height - wide * high)
            if share > best:
                best, offset = share, element.offset
    return offset
