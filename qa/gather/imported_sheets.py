"""Style sheets that other style sheets import. https://www.w3.org/TR/css-cascade-5/#at-import"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from qa.build.addresses import file_named, path_of
from qa.build.assets import Asset
from qa.finding import Fault
from qa.links.url import scheme_of
from qa.markup.css import rules
from qa.source import Source, Text

_IMPORT = re.compile(
    r"@import\s*+(?:url\(\s*+)?(?:\"([^\"]++)\"|'([^']++)'|([^\"'()\s;]++))\s*+\)?([^;]*+)", re.IGNORECASE
)
_IN_FRONT = ("@import", "@charset", "@layer")  # behind anything else, browsers leave an @import out
_MOST = 50  # sheets that are read
_LARGEST = 2_000_000  # bytes of one


def imported(css: str) -> Iterator[tuple[str, int]]:
    """What a style sheet imports for screens: each address, and where that stands."""
    for rule in rules(css):
        if not rule.selector.lower().startswith(_IN_FRONT) or rule.around:
            return
        found = _IMPORT.match(css, rule.offset)
        if found and found[4].strip().lower() != "print":
            yield found[1] or found[2] or found[3], rule.offset


def imported_by(sheets: Iterable[str], asset: Asset) -> Iterator[Text]:
    """What those of an asset's sheets import that are in the build, and what these import in turn.

    Each address is written as the asset itself would have to write it.
    """
    waiting, read = list(sheets), set[str]()
    for address in waiting:  # grows
        name = file_named(address, asset)
        if not name or name in read or len(read) >= _MOST:
            continue
        read.add(name)
        source = Source(name, _content(name, asset))
        for there, at in imported(source.text):
            seen = _from_the_asset(there, address)
            waiting.append(seen)
            yield Text(seen, source.place(at))


def _content(name: str, asset: Asset) -> str:
    try:
        return asset.bag.read(name, _LARGEST).decode("utf-8", "replace")
    except Fault:  # not there, which is told of the address; or larger than any that is written by hand
        return ""


def _from_the_asset(address: str, sheet: str) -> str:
    if address.startswith("/") or scheme_of(address):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(path_of(sheet)), address))
