"""Pictures compared with the approved ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import AlignedImages, Approved, BuiltImage, Picture, PictureDetail, PictureDetails
from qa.artefacts.causes import of_picture
from qa.check import Options, check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.image_names import (
    OUTSIDE,
    built_name,
    is_broken,
    why_broken,
)
from qa.pictures.measure import likeness_distance
from qa.request import AskedImage
from qa.text.phrases import listed, lowered, sentence
from qa.text.wording import quoted


@dataclass(frozen=True)
class PictureOptions(Options):
    """``most_distance``: in how many of 64 traits the same picture may differ, resized or recompressed."""

    most_distance: int = 10


@check(
    "image-picture",
    Code("wrong-picture", Severity.ERROR, "A picture is not the approved one.", "Put the approved picture in."),
    Code(
        "altered-picture",
        Severity.ERROR,
        "A picture is the approved one but for a detail.",
        "Look at both in the report, and put the approved picture in, or approve the other one.",
    ),
)
def image_picture(
    images: AlignedImages, approved: Approved, details: PictureDetails | None, options: PictureOptions
) -> Iterator[Finding]:
    """Every picture shows what was approved.

    File names lie: last year's hero is called hero.png as well. The pictures themselves are compared, so that a
    resized or recompressed copy passes and another picture under the same name does not; nor does the same design with
    another date, price or face in it.

    Fails:
        email: {images: [{src: hero.png, asset: assets/hero.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files:
          build/hero.png: {picture: [600, 300, last year]}
          assets/hero.png: {picture: [600, 300, this year]}

    Passes:
        email: {images: [{src: hero.png, asset: assets/hero.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files:
          build/hero.png: {picture: [600, 300, this year]}
          assets/hero.png: {picture: [1200, 600, this year]}
    """
    pairs = [(asked, built) for asked, built in images.pairs if asked.asset]
    if not pairs:
        raise Skip("no approved picture can be set beside one of the build")
    altered = {detail.tag.where: detail for detail in (details.differing if details else ())}
    for asked, built in pairs:
        wanted = approved.pictures.get(asked.asset or "")
        if is_broken(built) and OUTSIDE not in why_broken(built):
            yield _not_shown(asked, built)
        elif wanted is None or wanted.fault or built.picture is None or built.picture.fault:
            yield _by_eye(asked, built, wanted)
        elif not _same(wanted, built.picture, options.most_distance):
            yield Finding(
                "wrong-picture",
                f"{quoted(built_name(built.tag))} shows another picture than the approved {quoted(asked.asset or '')}.",
                built.tag.where,
                asked.place("asset"),
                expected=asked.asset,
                actual=built.picture.file,
                causes=(of_picture(built.tag),),
            )
        elif detail := altered.get(built.tag.where):
            yield _altered(asked, built, detail)


def _altered(asked: AskedImage, built: BuiltImage, detail: PictureDetail) -> Finding:
    places = listed(dict.fromkeys(_part(box, detail.size) for box in detail.boxes))
    message = f"{quoted(built_name(built.tag))} is the approved {quoted(asked.asset or '')} but for a detail: "
    message += f"{places}, it shows something else."
    file = built.picture.file if built.picture else built.tag.src
    where, place, causes = built.tag.where, asked.place("asset"), (of_picture(built.tag),)
    return Finding("altered-picture", message, where, place, asked.asset, file, causes=causes)


def _part(box: tuple[int, int, int, int], size: tuple[int, int]) -> str:
    """Where in a picture a box is, in words."""
    (x, y, width, height), (wide, high) = box, size
    if width > 0.7 * wide and height > 0.7 * high:
        return "all over"
    column = ("on the left", "in the middle", "on the right")[min(2, int(3 * (x + width / 2) / wide))]
    row = ("at the top", "", "at the bottom")[min(2, int(3 * (y + height / 2) / high))]
    return f"{row} {column}".strip()


def _not_shown(asked: AskedImage, built: BuiltImage) -> Finding:
    name, wanted = built_name(built.tag), quoted(asked.asset or "")
    name = quoted(name) if name else "A picture without an address"
    message = sentence(f"{name} cannot be shown in the place of the approved {wanted}: {lowered(why_broken(built))}")
    where, place, causes = built.tag.where, asked.place("asset"), (of_picture(built.tag),)
    return Finding("wrong-picture", message, where, place, asked.asset, built.tag.src, causes=causes)


def _by_eye(asked: AskedImage, built: BuiltImage, wanted: Picture | None) -> Finding:
    name = quoted(asked.asset or "")
    if wanted is None or wanted.fault:
        why = wanted.fault if wanted else "it is not there"
        reason = f"the approved picture {name} cannot be read: {lowered(why)}"
    else:
        reason = f"it was not looked up: {lowered(why_broken(built))}"
    message = (
        f"{quoted(built_name(built.tag))} could not be compared with the approved {name}; "
        f"compare them by eye ({reason.rstrip('.')})."
    )
    where, place, causes = built.tag.where, asked.place("asset"), (of_picture(built.tag),)
    return Finding("wrong-picture", message, where, place, asked.asset, built.tag.src, review=True, causes=causes)


def _same(wanted: Picture, built: Picture, most_distance: int) -> bool:
    if wanted.fingerprint and wanted.fingerprint == built.fingerprint:
        return True
    return likeness_distance(wanted.likeness, built.likeness) <= most_distance
