"""Built pictures laid upon the approved ones: what of them is another date, price or face."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedImages, Approved, Picture, PictureDetail, PictureDetails, PictureFiles
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.check import gatherer
from qa.files.readings import Readings
from qa.gather.picture_files import named_file
from qa.match.images import NEAR_PICTURE
from qa.pictures.measure import likeness_distance

_SHOWN = 5  # pairs that are shown side by side


@gatherer()
def picture_details(
    images: AlignedImages, approved: Approved, files: PictureFiles, asset: Asset, readings: Readings
) -> PictureDetails:
    """Every built picture in which something is not as in the approved one."""
    beside = FolderBag(asset.folder, readings=readings)
    return PictureDetails(tuple(_differing(images, approved, files, beside)))


def _differing(
    images: AlignedImages, approved: Approved, files: PictureFiles, beside: FolderBag
) -> Iterator[PictureDetail]:
    from qa.visual.details import details, side_by_side

    shown = 0
    for asked, built in images.pairs:
        wanted, file = approved.pictures.get(asked.asset or ""), files.files[built.tag.src]
        if not asked.asset or wanted is None or isinstance(file, str) or not _are_looked_at(wanted, built.picture):
            continue
        one, other = named_file(beside, asked.asset), file
        try:
            found = details(one.content, other.content)
            if found.boxes:
                shown += 1
                png = side_by_side(one.content, other.content, found) if shown <= _SHOWN else b""
                yield PictureDetail(asked.asset, built.tag, found.size, found.boxes, png)
        except ValueError:  # one that nobody can read is told where it is measured
            continue


def _are_looked_at(wanted: Picture, built: Picture | None) -> bool:
    """Whether two are pictures of pixels and not the same ones."""
    if built is None or not wanted.likeness or not built.likeness:
        return False
    return (
        wanted.fingerprint != built.fingerprint and likeness_distance(wanted.likeness, built.likeness) <= NEAR_PICTURE
    )
