"""The fonts builds are drawn with: on Linux the same documented few in every engine, by our own fontconfig file.

https://www.freedesktop.org/software/fontconfig/fontconfig-user.html
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from qa.facts import facts

# Bytes at the start of a font file: its directory, with a checksum of every table in it. Collections of ten fonts have
# theirs within 4,000. https://learn.microsoft.com/en-us/typography/opentype/spec/otff
DIRECTORY = 16_384
_LETTERS = {"Liberation Sans", "DejaVu Sans"}  # one of these must be there for text to be drawn
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_SMOOTH = {"antialias": "true", "hinting": "false", "autohint": "false"}
_STYLES = {"hintstyle": "hintnone", "rgba": "none", "lcdfilter": "lcdnone"}


@dataclass(frozen=True, slots=True)
class Lacking:
    """A family of the documented set that is not installed: what it is for, and the Debian package that brings it."""

    family: str
    purpose: str
    apt: str


def environment() -> dict[str, str]:
    """What a browser is started with, so that it sees these fonts alone. Nothing on macOS and Windows."""
    return {"FONTCONFIG_FILE": str(_there())} if _ours() else {}


@cache
def fingerprint() -> str:
    """Whether two pictures were drawn with the same fonts: a digest of the rules and of every font file in use."""
    if not _ours():
        return f"{platform.system()} {platform.release()} {platform.version()}"
    digest = hashlib.sha256(json.dumps(facts("fonts")["substitute"], sort_keys=True).encode())
    digest.update(_configuration("").encode())
    for file in sorted(_files(), key=lambda file: file.name):
        with file.open("rb") as stream:
            digest.update(f"\0{file.name}\0{file.stat().st_size}\0".encode() + stream.read(DIRECTORY))
    return digest.hexdigest()[:16]


def lacking() -> list[Lacking]:
    """The families of the documented set that are not on this machine, in the table's order."""
    if not _ours():
        return []
    there = _families()
    return [
        Lacking(entry["family"], entry["purpose"], entry["apt"])
        for entry in facts("fonts")["drawn"]
        if entry["family"] not in there
    ]


def _ours() -> bool:
    """Whether fonts are chosen here: only fontconfig can be told, and only where it is known what there is."""
    return sys.platform.startswith("linux") and bool(_files())


@cache
def _installed() -> Mapping[str, Path]:
    """Every font file of the machine by its name; of two with the same name, the first folder's counts."""
    found: dict[str, Path] = {}
    for folder in facts("fonts")["folders"]:
        for above, below, names in os.walk(folder):
            below.sort()
            for name in sorted(names):
                if name.lower().endswith(_ENDINGS):
                    found.setdefault(name, Path(above, name))
    return found


@cache
def _families() -> Mapping[str, tuple[Path, ...]]:
    """The documented families that are installed, each with its files."""
    found = {}
    for entry in facts("fonts")["drawn"]:
        matching = (file for name, file in _installed().items() if _is_among(name, entry["files"]))
        if files := tuple(matching):
            found[entry["family"]] = files
    return found


def _is_among(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _files() -> set[Path]:
    """The files that are drawn with: the documented set, or every font where that has no letters."""
    if not _LETTERS & _families().keys():
        return set(_installed().values())
    return {file for files in _families().values() for file in files}


def _there() -> Path:
    """The configuration as a file; written anew where the folder of a run before this one went with it."""
    if not _written().exists():
        _written.cache_clear()
    return _written()


@cache
def _written() -> Path:
    """The configuration as a file, which goes when this run ends."""
    folder = Path(tempfile.mkdtemp(prefix="qa-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "fonts.conf"
    file.write_text(_configuration(_where()), "utf-8")
    return file


def _where() -> str:
    """The folders to look in, and the files in them that count."""
    files = sorted(_files())
    folders = sorted({file.parent for file in files})
    return "\n".join(
        [
            *(f"<dir>{escape(str(folder))}</dir>" for folder in folders),
            "<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>",
            *(f"<glob>{escape(str(file))}</glob>" for file in files),
            "</acceptfont></selectfont>",
        ]
    )


def _configuration(where: str) -> str:
    return "\n".join(
        [
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
            where,
            # Lists of what is in each font, read where they are there already: no rule comes from these folders.
            '<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix="xdg">fontconfig</cachedir>',
            *_rules(),
            "</fontconfig>",
        ]
    )


def _rules() -> Iterator[str]:
    there = _families()
    for entry in facts("fonts")["substitute"]:
        family = next((family for family in entry["drawn"] if family in there), "")
        for asked in entry["asked"] if family else ():
            test = f'<test name="family" qual="any" compare="eq">{_string(asked)}</test>'
            yield _match("pattern", test + _edit("family", "assign", _string(family), 'binding="same"'))
    if "Noto Color Emoji" in there:  # how browsers ask for emoji: by a language of that name
        test = '<test name="lang" compare="contains"><string>und-zsye</string></test>'
        yield _match("pattern", test + _edit("family", "prepend", _string("Noto Color Emoji"), 'binding="strong"'))
    # What nobody asked for by name comes in the table's order, so that a sign is taken from the same font everywhere.
    for family in there:
        yield _match("pattern", _edit("family", "append_last", _string(family), 'binding="weak"'))
    smooth = [_edit(name, "assign", f"<bool>{value}</bool>") for name, value in _SMOOTH.items()]
    smooth += [_edit(name, "assign", f"<const>{value}</const>") for name, value in _STYLES.items()]
    for target in ("pattern", "font"):
        yield _match(target, "".join(smooth))


def _string(text: str) -> str:
    return f"<string>{escape(text)}</string>"


def _edit(name: str, mode: str, value: str, more: str = "") -> str:
    return f'<edit name="{name}" mode="{mode}" {more}>{value}</edit>'


def _match(target: str, content: str) -> str:
    return f'<match target="{target}">{content}</match>'
