"""Pixels and bytes of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import BuiltImage, Images
from qa.artefacts.causes import of_picture
from qa.build.assets import Asset
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.image_names import DOT, built_name, grouped, on_the_web, require_some, times
from qa.text.wording import quoted

_NEARLY = 0.97  # 397 pixels in a place of 400 look as sharp
_LIMITS = facts("limits")["pictures"]


@dataclass(frozen=True)
class ResolutionOptions(Options):
    """``ratio``: pixels a picture must have for each pixel it is shown in; 2 asks for pictures for dense screens."""

    ratio: float = 1.0


@dataclass(frozen=True)
class WeightOptions(Options):
    """Bytes: of one picture, and of all pictures of an email or a page together."""

    most: int = _LIMITS["most"]
    most_of_an_email: int = _LIMITS["most_of_an_email"]
    most_of_a_page: int = _LIMITS["most_of_a_page"]


@check(
    "image-resolution",
    Code(
        "low-resolution",
        Severity.WARNING,
        "A picture has fewer pixels than it is shown in.",
        "Export the picture again, at least as wide as it is shown; twice as wide looks sharp on a phone.",
    ),
)
def image_resolution(images: Images, options: ResolutionOptions) -> Iterator[Finding]:
    """Every picture has the pixels for its place.

    A picture that is blown up to fill its place is blurred for everybody, and most of all on the dense screen of a
    phone.

    Fails:
        email: {}
        build: <p><img src="hero.png" width="600" alt="Speakers"></p>
        files: {build/hero.png: {picture: [300, 150, hero]}}

    Passes:
        email: {}
        build: <p><img src="hero.png" width="600" alt="Speakers"></p>
        files: {build/hero.png: {picture: [1200, 600, hero]}}
    """
    require_some(images)
    measured = [image for image in images.built if image.picture and image.picture.width and image.tag.width]
    if not measured:
        raise Skip("no picture's own size and size in the build are both known")
    for same in grouped(image for image in measured if _blown_up(image, options.ratio)):
        tag, picture = same[0].tag, same[0].picture
        assert picture is not None and tag.width is not None
        yield Finding(
            "low-resolution",
            f"{quoted(built_name(tag))} is {picture.width} px wide and is shown {tag.width} px wide{times(same)}: "
            "it will look blurred.",
            tag.where,
            expected=f"{round(tag.width * options.ratio)} px",
            actual=f"{picture.width} px",
            causes=tuple(of_picture(image.tag) for image in same),
        )


def _blown_up(image: BuiltImage, ratio: float) -> bool:
    picture, width = image.picture, image.tag.width or 0
    if picture is None or picture.content_type == "image/svg+xml" or image.tag.kind != "img":
        return False
    return min(picture.width, picture.height) > DOT and picture.width < width * ratio * _NEARLY


@check(
    "image-weight",
    Code(
        "heavy-image",
        Severity.WARNING,
        "One picture is too heavy.",
        "Save the picture at the size it is shown, and compress it.",
    ),
    Code(
        "heavy-images",
        Severity.WARNING,
        "The pictures together are too heavy.",
        "Compress the pictures, or show fewer.",
    ),
)
def image_weight(images: Images, asset: Asset, options: WeightOptions) -> Iterator[Finding]:
    """The pictures are light enough for a phone on a train.

    Most emails are opened on the way somewhere and looked at for a few seconds; a picture that comes later than that
    was made for nobody.

    Fails:
        email: {}
        build: <p><img src="hero.bmp" alt="Speakers"></p>
        files: {build/hero.bmp: {picture: [600, 300, hero]}}

    Passes:
        email: {}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files: {build/hero.png: {picture: [600, 300, hero]}}
    """
    require_some(images)
    files = {image.picture.file: image for image in reversed(images.built) if image.picture and image.picture.bytes}
    if not files:
        raise Skip(on_the_web(images))
    sizes = {file: image.picture.bytes if image.picture else 0 for file, image in files.items()}
    heavy: list[Cause] = []
    for file, image in sorted(files.items(), key=lambda item: item[1].tag.where.offset or 0):
        size = sizes[file]
        if size > options.most:
            heavy.append(of_picture(image.tag))
            yield Finding(
                "heavy-image",
                f"{quoted(built_name(image.tag))} weighs {_size(size)}; a picture may weigh {_size(options.most)}.",
                image.tag.where,
                expected=f"at most {_size(options.most)}",
                actual=_size(size),
                causes=(of_picture(image.tag),),
            )
    most = options.most_of_a_page if asset.kind == "page" else options.most_of_an_email
    together = sum(sizes.values())
    # Were each heavy picture as light as it may be: where that is enough, they are all that is wrong.
    enough = sum(min(size, options.most) for size in sizes.values()) <= most
    if together > most:
        yield Finding(
            "heavy-images",
            f"The {len(files)} pictures weigh {_size(together)} together; {_size(most)} is the most for all.",
            expected=f"at most {_size(most)}",
            actual=_size(together),
            causes=tuple(heavy) if enough else (),
        )


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{round(size / 1000)} KB"
