"""The picture files of a document, measured, and the approved ones they are held to."""

from __future__ import annotations

from qa.artefacts import Approved, BuiltImage, Images, Markup, Picture, PictureFiles
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.check import gatherer
from qa.files.readings import Readings
from qa.gather.picture_files import named_file
from qa.pictures.measure import measured
from qa.request import AskedAsset


@gatherer()
def images(markup: Markup, files: PictureFiles) -> Images:
    """Every picture with the file behind it; each file is measured once."""
    looked_up: dict[str, Picture | str] = {}
    built = []
    for tag in markup.images:
        if tag.src not in looked_up:
            found = files.files[tag.src]
            looked_up[tag.src] = found if isinstance(found, str) else measured(found)
        seen = looked_up[tag.src]
        built.append(BuiltImage(tag, why=seen) if isinstance(seen, str) else BuiltImage(tag, seen))
    return Images(tuple(built))


@gatherer()
def approved(asked: AskedAsset, asset: Asset, readings: Readings) -> Approved:
    """The approved pictures of an asset, each measured once."""
    written = dict.fromkeys(image.asset for image in asked.images or () if image.asset)
    # They are not of the build: the request names them in the campaign's folder.
    beside = FolderBag(asset.folder, readings=readings)
    return Approved({path: measured(named_file(beside, path)) for path in written})
