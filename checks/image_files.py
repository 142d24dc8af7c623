"""Files of pictures that cannot be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from qa.artefacts import BuiltImage, FurtherPictures, Images, LinkedFiles, PictureFile, WebPictures
from qa.artefacts.causes import of_picture
from qa.build.assets import Asset
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.image_names import (
    OUTSIDE,
    elsewhere,
    grouped,
    is_broken,
    on_the_web,
    require_some,
    times,
    why_broken,
)
from qa.pictures.measure import measured
from qa.text.phrases import in_lines, listed, lowered, sentence
from qa.text.wording import quoted

_MOST_NAMES = 8  # that one message lists
_NO_FILE = "There is no such file"


@check(
    "image-files",
    Code(
        "broken-image", Severity.ERROR, "A picture of the build cannot be shown.", "Put a readable file where it leads."
    ),
)
def image_files(
    images: Images, asset: Asset, files: LinkedFiles | None, others: FurtherPictures, web: WebPictures
) -> Iterator[Finding]:
    """Every picture of the build can be shown.

    A file that was not uploaded, was renamed or was cut off on the way leaves a grey box with a cross in the place
    of the hero.

    Fails:
        email: {}
        build: <p><img src="images/hero.png" alt="Speakers"></p>

    Passes:
        email: {}
        build: <p><img src="images/hero.png" alt="Speakers"></p>
        files: {build/images/hero.png: {picture: [600, 300, hero]}}
    """
    broken = {image.tag.src for image in images.built if is_broken(image)}  # told below, once
    wanted = [one.address for one in files.missing if one.kind == "picture"] if files else []
    lacking = [address for address in wanted if address.value not in broken]
    if lacking:
        names = list(dict.fromkeys(quoted(address.value) for address in lacking))
        verb = "is" if len(names) == 1 else "are"
        places = in_lines([address.where for address in lacking])
        message = f"{listed(names, _MOST_NAMES)} {verb} not in the build{places}; some screens ask for such a picture."
        each = tuple(dict.fromkeys(address.value for address in lacking))
        yield Finding("broken-image", message, lacking[0].where, actual=each[0], each=each)
    unseen = list(_not_on_the_web(others, web, {image.tag.src for image in images.built}))
    yield from unseen
    if (lacking or unseen) and (not images.built or all(elsewhere(image) for image in images.built)):
        return
    require_some(images)
    if all(elsewhere(image) for image in images.built):
        raise Skip(on_the_web(images))
    yield from _unshown_files(images, asset)


def _not_on_the_web(others: FurtherPictures, web: WebPictures, told: Collection[str]) -> Iterator[Finding]:
    """Pictures in srcset, <source>, poster and style sheets that were asked for, and cannot be shown."""
    for address in {one.value: one for one in others.addresses if one.value not in told}.values():
        file = web.files.get(address.value)
        why = measured(file).fault if isinstance(file, PictureFile) else ""
        if why:
            message = f"The picture {quoted(address.value)} cannot be shown: {lowered(why)}"
            yield Finding("broken-image", sentence(message), address.where, actual=address.value)


def _unshown_files(images: Images, asset: Asset) -> Iterator[Finding]:
    causes: dict[str, list[list[BuiltImage]]] = {}
    for same in grouped(image for image in images.built if is_broken(image)):
        causes.setdefault(why_broken(same[0]), []).append(same)
    for why, same_fault in causes.items():
        unread = asset.kind == "page" and OUTSIDE in why  # whether it is there, a person has to see
        first = same_fault[0][0].tag
        each = tuple(same[0].tag.src for same in same_fault)
        message = _unshown(same_fault, why)
        if asset.kind == "email" and why.startswith(_NO_FILE):
            message += " In an email, a picture needs a web address, unless the platform takes it along in a zip file."
        pictures = tuple(of_picture(image.tag) for same in same_fault for image in same)
        where, actual = first.where, first.src
        yield Finding("broken-image", message, where, actual=actual, review=unread, each=each, causes=pictures)


def _unshown(files: Sequence[list[BuiltImage]], why: str) -> str:
    """One sentence about all pictures that cannot be shown for the same reason."""
    names = [f"{quoted(same[0].tag.src)}{times(same)}" for same in files]
    if not files[0][0].tag.src.strip():
        return f"A picture{times(files[0])} has no address."
    if len(names) == 1:
        return sentence(f"The picture {names[0]} cannot be shown: {lowered(why)}")
    return sentence(f"{len(names)} pictures cannot be shown, {listed(names, _MOST_NAMES)}: {lowered(why)}")
