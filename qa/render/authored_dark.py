"""Styles of a build's own for dark mode. https://www.w3.org/TR/css-color-adjust-1/"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from qa.artefacts import Parts
from qa.build.assets import Asset
from qa.finding import Fault

_MEDIA = "prefers-color-scheme"
# What a browser darkens by itself where a page lets it: «color-scheme: light dark», in a style or in a <meta>.
_SCHEME = re.compile(r"color-scheme[^;{}<>]{1,60}?\bdark\b", re.IGNORECASE)
_NAMED = re.compile(r"(?<=[\"'=(\s])[^\"'=()\s<>?#]{1,300}+(?=[\"')\s>;?#])")
_ENDINGS = (".css", ".js", ".mjs")  # a script may turn a page dark as well
_MOST = 50  # files of a page that are looked at
_HEAVIEST = 5_000_000  # bytes of one of them


def knows_dark(asset: Asset, parts: Parts) -> bool:
    """Whether dark mode may show it otherwise, by what it says of itself; of a page, its style sheets and scripts say
    it as well. Of an email, only what it says itself counts: mail programs load no style sheets."""
    html = parts.html.text if parts.html else ""
    if asset.kind != "page":
        return _MEDIA in html
    return any(_MEDIA in text or _SCHEME.search(text) for text in (html, *_loaded(asset, parts.file, html)))


def _loaded(asset: Asset, file: str, text: str) -> Iterator[str]:
    """What the files hold that a page names, and those that these name in turn."""
    waiting, known = [(file, text)], {file}
    while waiting:
        by, text = waiting.pop()
        for name in _names(text):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(by), name))
            if path not in known and len(known) <= _MOST:
                known.add(path)
                if content := _content(asset, path):
                    yield content
                    waiting.append((path, content))


def _names(text: str) -> Iterator[str]:
    for found in _NAMED.finditer(text):
        if (name := unquote(found[0])).lower().endswith(_ENDINGS):
            yield name


def _content(asset: Asset, path: str) -> str:
    """The text of a file of the build; "" where it is none."""
    try:
        return asset.bag.read(path, _HEAVIEST).decode("utf-8", "replace")
    except Fault:
        return ""
