"""Comparison of a build with its mock-up: the view that fits it best, what differs, and the words for it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields
from io import BytesIO
from typing import TYPE_CHECKING

from qa.approval.comparison import element_at, named_boxes
from qa.artefacts import MockUpLikeness, Unlike
from qa.facts import facts
from qa.finding import Fault
from qa.visual import NamedBox

if TYPE_CHECKING:
    from qa.artefacts import Markup, Screenshot
    from qa.source import Place
    from qa.visual.mock_up import Difference, Limits

_ROUGHLY = 1.35  # how much wider or narrower than every view a design may be


def likeness(
    mock_up: bytes, file: str, request: Place | None, screenshots: Sequence[Screenshot], markup: Markup
) -> MockUpLikeness:
    """The mock-up against the screenshot it fits best; Fault where it cannot be opened."""
    from qa.visual.loading import image
    from qa.visual.mock_up import resemblance

    try:
        opened = image(mock_up)
        screenshot = _fitting(mock_up, screenshots)
        ratio = screenshot.view.ratio
        things = tuple(named_boxes(screenshot.elements, markup))
        pictures = [_scaled(each, ratio) for each in things if each.kind == "picture"]
        result = resemblance(mock_up, screenshot.png, pictures, _limits())
    except (ValueError, OSError) as error:
        raise Fault(f"{file}, the mock-up, cannot be compared: {error}.") from None
    png = BytesIO()
    opened.save(png, "PNG", compress_level=3)
    unlike = tuple(_unlike(each, ratio, screenshot, things) for each in result.differences)
    return MockUpLikeness(file, request, screenshot.view, png.getvalue(), unlike, result.found)


def _limits() -> Limits:
    from qa.visual.mock_up import Limits

    known = facts("visual")["mock_up"]
    return Limits(**{field.name: known[field.name] for field in fields(Limits)})


def gross() -> float:
    """The share of a mock-up below which the build is another design."""
    return float(facts("visual")["mock_up"]["gross"])


def _fitting(mock_up: bytes, screenshots: Sequence[Screenshot]) -> Screenshot:
    """The screenshot as wide as the mock-up, margins aside: in the light, with its pictures, where there is one."""
    from qa.visual.colour_squares import misfit, widths_of

    plain = [screenshot for screenshot in screenshots if screenshot.view.images and not screenshot.view.dark] or list(
        screenshots
    )
    wide = widths_of(mock_up)

    def apart(screenshot: Screenshot) -> float:
        own = [width / screenshot.view.ratio for width in widths_of(screenshot.png)]
        return min(misfit(each, width) for each in wide for width in own)

    best = min(plain, key=apart)
    if apart(best) > math.log(_ROUGHLY):
        widths = sorted({screenshot.width for screenshot in plain})
        raise ValueError(
            f"it is {max(wide)} pixels wide, and no view was drawn that fits "
            f"(the widths are {', '.join(map(str, widths))}, or twice or three times that)"
        )
    return best


def _scaled(each: NamedBox, ratio: float) -> NamedBox:
    x, y, width, height = (edge * ratio for edge in each.box)
    return NamedBox((x, y, width, height), each.words)


def _unlike(found: Difference, ratio: float, screenshot: Screenshot, things: Iterable[NamedBox]) -> Unlike:
    if found.kind == "missing":
        top, high = found.box[1], found.box[3]
        return Unlike(f"{found.said[:-1]}: {high} px of it, from row {top} on.", found.box, True)
    x, y, width, height = (round(edge / ratio) for edge in found.box)
    box = (x, y, width, height)
    if found.kind == "picture":
        return Unlike(found.said, box, offset=element_at(box, screenshot.elements))
    long = f"{width} × {height} px, {x} px from the left and {y} px from the top" if found.kind == "colour" else ""
    inside = [each for each in things if y <= each.box[1] + each.box[3] / 2 <= y + height and _beside(each, box)]
    named = f" ({_short(inside[0].words)}{' …' if len(inside) > 1 else ''})" if inside else ""
    extent = long or f"{height} px from row {y} on"
    return Unlike(f"{found.said[:-1]}: {extent}{named}.", box, offset=element_at(box, screenshot.elements))


def _beside(each: NamedBox, box: tuple[int, int, int, int]) -> bool:
    return each.box[0] < box[0] + box[2] and each.box[0] + each.box[2] > box[0]


def _short(words: str) -> str:
    return words if len(words) <= 70 else words[:68] + "…”"
