"""Pictures that lie beside a build in a folder or a zip, for those that it names by their address on the web."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from qa.artefacts import PictureFile
from qa.build.assets import Asset
from qa.build.bag import Bag
from qa.facts import facts
from qa.finding import Fault
from qa.pictures.measure import MOST_BYTES
from qa.pictures.names import is_picture_name, names_in


class PicturesNearby:
    """The files of those folders and zips by their bare names, in lower case; none is read before it is wanted."""

    def __init__(self, asset: Asset) -> None:
        self._files: dict[str, tuple[Bag, str] | PictureFile] = {}
        if asset.file is None or asset.on_web or asset.fault:
            return
        stem = posixpath.splitext(asset.file.name)[0]
        table = facts("picture_folders")
        folder = posixpath.dirname(asset.file.name)
        places = [f"{stem}{ending}" for ending in table["endings"]]
        places += [posixpath.join(folder, name) for name in table["names"]]
        for place in places:
            self._add_folder(asset.bag, place)
        for place in (stem, *places):
            self._add_zip(asset.bag, f"{place}.zip")

    def of(self, address: str) -> PictureFile | None:
        """The file that has the name of an address on the web; None where there is none."""
        if not self._files:
            return None
        found = next((self._files[key] for name in names_in(address) if (key := name.casefold()) in self._files), None)
        if found is None or isinstance(found, PictureFile):
            return found
        bag, name = found
        try:
            size = bag.size(name) or 0
            return PictureFile(name, size=size) if size > MOST_BYTES else PictureFile(name, bag.read(name, MOST_BYTES))
        except Fault as fault:
            return PictureFile(name, fault=str(fault))

    def _add_folder(self, bag: Bag, place: str) -> None:
        try:
            names = bag.beside(f"{place}/*") if bag.is_folder(place) else []
        except (Fault, OSError):
            return
        for name in names[: facts("picture_folders")["most_files"]]:
            self._files.setdefault(name.casefold(), (bag, posixpath.join(place, name)))

    def _add_zip(self, bag: Bag, place: str) -> None:
        most = facts("picture_folders")["most_bytes"]
        try:
            if bag.has(place):
                for file in _unpacked(place, bag.read(place, most), most):
                    self._files.setdefault(posixpath.basename(file.name).casefold(), file)
        except Exception:  # each kind of broken zip fails in its own way: it holds no picture, then
            return


def _unpacked(zip_name: str, content: bytes, most: int) -> Iterator[PictureFile]:
    """The pictures of a zip, as far as all of them together are no bomb."""
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist()[: facts("picture_folders")["most_files"]]:
            most -= entry.file_size
            if most < 0:
                return
            if not entry.is_dir() and is_picture_name(posixpath.basename(entry.filename)):
                name = f"{zip_name}/{entry.filename}"
                if entry.file_size > MOST_BYTES:
                    yield PictureFile(name, size=entry.file_size)
                else:
                    yield PictureFile(name, archive.read(entry))
