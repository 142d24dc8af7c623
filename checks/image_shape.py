"""Pictures squeezed out of their shape, and those wider than the cell they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import BuiltImage, Images, Markup
from qa.artefacts.causes import of_picture
from qa.check import Options, check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.image_names import built_name, grouped, meant_to_be_seen, require_some, times
from qa.request import AskedAsset, AskedPage
from qa.text.wording import quoted

_ROUNDED = 1.0  # pixels: 201 by 100 in a place of 200 by 100
_SHEET = re.compile(r"<style\b[^<>]*>([^<]*+)", re.IGNORECASE)
_NARROW = re.compile(r"@media[^{}]{0,300}\{(?>(?:[^{}]*+\{[^{}]*+\})*)[^{}]*+\}", re.IGNORECASE)
_SCALING = re.compile(r"(?<![\w-])height\s*:\s*auto|object-fit", re.IGNORECASE)


@dataclass(frozen=True)
class ShapeOptions(Options):
    """``percent``: how far the shape of a picture and that of its place may be apart."""

    percent: float = 2.0


@check(
    "image-shape",
    Code(
        "squeezed-image",
        Severity.WARNING,
        "A picture is squeezed or stretched out of its shape.",
        "Correct its width or its height, or crop the picture to its place.",
    ),
    Code(
        "wide-image",
        Severity.WARNING,
        "A picture is wider than the cell it stands in.",
        "Make the picture as narrow as its cell, or the cell as wide as the picture.",
    ),
)
def image_shape(images: Images, markup: Markup, asked: AskedAsset, options: ShapeOptions) -> Iterator[Finding]:
    """Every picture keeps its shape, and fits into its cell.

    When a picture is exchanged, the width and height of the one before stay in the markup: faces get broad, logos
    flat. A picture wider than its cell pushes the columns beside it out of place, in Outlook above all.

    Fails:
        email: {}
        build: <p><img src="hero.png" width="600" height="400" alt="Speakers"></p>
        files: {build/hero.png: {picture: [600, 300, hero]}}

    Passes:
        email: {}
        build: <p><img src="hero.png" width="600" height="300" alt="Speakers"></p>
        files: {build/hero.png: {picture: [1200, 600, hero]}}
    """
    require_some(images)
    seen = [image for image in images.built if image.tag.kind == "img" and meant_to_be_seen(image)]
    declared = [image for image in seen if image.tag.width]
    if not declared:
        raise Skip("no picture has a declared width")
    by_sheet = _scaled_by_sheet(markup.source.text)
    for same in grouped(image for image in declared if not by_sheet and _is_squeezed(image, options.percent)):
        yield _squeezed(same)
    wide = [image for image in declared if not isinstance(asked, AskedPage) and _is_too_wide(image)]
    for same in grouped(wide):
        tag = same[0].tag
        message = (
            f"{quoted(built_name(tag))} is {tag.width} px wide and stands in a cell of {tag.cell} px{times(same)}: "
        )
        message += "it pushes what stands beside it out of place."
        causes = tuple(of_picture(image.tag) for image in same)
        yield Finding(
            "wide-image", message, tag.where, expected=f"{tag.cell} px", actual=f"{tag.width} px", causes=causes
        )


def _scaled_by_sheet(html: str) -> bool:
    """Whether a style sheet leaves a side of some picture to its own shape, on every screen."""
    return any(_SCALING.search(_NARROW.sub("", sheet[1])) for sheet in _SHEET.finditer(html))


def _is_squeezed(image: BuiltImage, percent: float) -> bool:
    tag, picture = image.tag, image.picture
    # What is of one colour has no likeness, and a drawing in SVG keeps its shape by itself.
    if picture is None or not picture.likeness or not tag.width or not tag.height or tag.scales:
        return False
    high = tag.width * picture.height / picture.width
    wide = tag.height * picture.width / picture.height
    if abs(high - tag.height) <= _ROUNDED or abs(wide - tag.width) <= _ROUNDED:
        return False
    return abs(high / tag.height - 1) > percent / 100


def _squeezed(same: list[BuiltImage]) -> Finding:
    tag, picture = same[0].tag, same[0].picture
    assert picture is not None and tag.width and tag.height
    right = f"{tag.width} x {round(tag.width * picture.height / picture.width)} px"
    message = f"{quoted(built_name(tag))} is {picture.width} x {picture.height} px and is shown in "
    message += f"{tag.width} x {tag.height} px{times(same)}: it is out of shape, and would be {right} as it is."
    causes = tuple(of_picture(image.tag) for image in same)
    return Finding(
        "squeezed-image", message, tag.where, expected=right, actual=f"{tag.width} x {tag.height} px", causes=causes
    )


def _is_too_wide(image: BuiltImage) -> bool:
    tag = image.tag
    return bool(tag.cell and tag.width) and (tag.width or 0) > (tag.cell or 0) + _ROUNDED
