"""Pictures of the request, matched with those of the build."""

from __future__ import annotations

from qa.artefacts import AlignedImages, Approved, BuiltImage, Images, Picture
from qa.check import gatherer
from qa.links.url import bare
from qa.match.assignment import best_pairs
from qa.match.labels import SAME_TEXT, label_likeness
from qa.pictures.measure import likeness_distance
from qa.pictures.names import bare_name, is_one_name
from qa.request import AskedAsset, AskedImage

NEAR_PICTURE = 12  # of 64 bits of the perceptual hash


@gatherer()
def aligned_images(asked: AskedAsset, images: Images, approved: Approved) -> AlignedImages:
    """Asked pictures and built ones, by file name, by what they show, and by their alternative texts."""
    wanted: tuple[AskedImage, ...] = asked.require("images")
    built = [image for image in images.built if not image.tag.hidden]
    built = [image for image in built if not image.tag.outlook_only or image.tag.kind == "vml"]
    scores = [[_image_score(ask, image, approved.pictures.get(ask.asset or "")) for image in built] for ask in wanted]
    matched = best_pairs(scores, 0.3)
    rows, columns = {row for row, _ in matched}, {column for _, column in matched}
    return AlignedImages(
        tuple((wanted[row], built[column]) for row, column in matched),
        tuple(ask for row, ask in enumerate(wanted) if row not in rows),
        tuple(image for column, image in enumerate(built) if column not in columns),
    )


def _image_score(asked: AskedImage, built: BuiltImage, approved: Picture | None) -> float:
    name = asked.src is not None and _name_score(asked.src, built.tag.src)
    exact = asked.src is not None and asked.src.strip() == built.tag.src.strip()
    likeness = _same_picture(approved, built.picture)
    alt = label_likeness(asked.alt, built.tag.alt) if asked.alt and built.tag.alt else 0.0
    link = asked.url is not None and bool(built.tag.link) and bare(asked.url) == bare(built.tag.link)
    return 0.5 * name + 0.1 * exact + 0.6 * likeness + (0.4 * alt if alt >= SAME_TEXT else 0.0) + 0.1 * link


def _name_score(asked: str, built: str) -> float:
    """1 for the very name, a little less for one that a platform added something to."""
    same = bare_name(asked).casefold() == bare_name(built).casefold()
    return 1.0 if same else 0.9 * is_one_name(asked, built)


def are_compared(approved: Picture | None, built: Picture | None) -> bool:
    """Whether an approved picture and a built one can be set beside each other."""
    return approved is not None and built is not None and not approved.fault and not built.fault


def _same_picture(approved: Picture | None, built: Picture | None) -> bool:
    if approved is None or built is None or not are_compared(approved, built):
        return False
    if approved.fingerprint == built.fingerprint:
        return True
    return likeness_distance(approved.likeness, built.likeness) <= NEAR_PICTURE
