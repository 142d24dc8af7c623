"""The origin a build is served from: its own files at a made-up address; every other request is refused and listed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from qa.artefacts import Parts
from qa.build.assets import Asset
from qa.facts import facts
from qa.finding import Fault

# A name below localhost is a secure context over plain http, as a live page is; and http:// pictures in it are asked
# for as they were written, where an https:// origin would have them silently upgraded or blocked.
ORIGIN = "http://build.localhost"
HEAVIEST = 30_000_000  # bytes of one file that are handed to the browser; the largest picture of a real build had 8 MB
# What a document may run. A page opens no windows and no dialogs: a sandbox forbids what it does not allow.
NO_SCRIPTS = "script-src 'none'; worker-src 'none'"
SCRIPTS = "sandbox allow-scripts allow-same-origin allow-forms"
MOST_LISTED = 500  # requests that are remembered: a script can make a million of them
_CID = re.compile(r"""(?<=["'(=\s])cid:([^\s"'<>()]{1,500}+)""", re.IGNORECASE)
# Where a document names a picture: a link or a script with the same address stays as it is.
_SHOWN = re.compile(
    r"""(?<![\w-])(?:src|srcset|poster|background)\s*=\s*(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++)|url\([^()]*+\)""",
    re.IGNORECASE,
)


class Answer(NamedTuple):
    """What a request is answered with. A status of 204 leaves a page where it is."""

    status: int
    kind: str = "text/plain"
    content: bytes = b"\n"  # a frame with nothing in it would show a page of the browser's own


REFUSED, GONE, STAY = Answer(403), Answer(404), Answer(204, content=b"")


class BuildOrigin:
    """Which bytes answer which address: one document and the files it may read, for one load of it or several.

    ``images``: whether pictures come, or the texts that stand for them. ``scripted``: whether scripts may run. ``web``:
    pictures of the web that are there already, by address, each with its type: the browser itself asks nobody for them.
    """

    def __init__(  # noqa: PLR0913 - what is served, and how
        self,
        asset: Asset,
        parts: Parts,
        html: str,
        *,
        images: bool = True,
        scripted: bool = False,
        web: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
    ) -> None:
        self._bag = asset.bag
        # A message travels alone: nothing beside the .eml on our disk comes with it.
        self._has_folder = parts.headers is None
        self._here = PurePosixPath(parts.file).parent
        self._attachments = {_bare(each.cid): each for each in parts.attachments if each.cid}
        self._web = {f"web-{sha256(src.encode()).hexdigest()[:24]}": found for src, found in web.items()}
        self._addresses = tuple(web)
        self._refused: set[str] = set()
        self.images = images
        self.scripted = scripted
        self.policy = SCRIPTS if scripted else NO_SCRIPTS  # the Content-Security-Policy of every answer
        self.file = parts.file
        self.url = f"{ORIGIN}/{quote(parts.file)}"
        text = self._with_web_pictures(self._with_inline_pictures(html)).encode("utf-8", "replace")
        self.document = Answer(200, "text/html; charset=utf-8", text)
        self.asked: dict[str, str] = {}  # paths that were answered, each with the digest of what was answered

    @cached_property
    def digest(self) -> str:
        """Of the document as it is handed over."""
        return sha256(self.document.content).hexdigest()

    @property
    def refused(self) -> tuple[str, ...]:
        """The requests that were refused, sorted: browsers ask in no fixed order."""
        return tuple(sorted(self._refused))

    def refuse(self, url: str) -> Answer:
        if len(self._refused) < MOST_LISTED:
            self._refused.add(url[:300])
        return REFUSED

    def answer(self, url: str, method: str = "GET") -> Answer:
        """The file an address names; the document itself is not among them."""
        if not url.startswith(ORIGIN + "/") or method not in ("GET", "HEAD"):
            return self.refuse(url)
        path = unquote(urlsplit(url).path).removeprefix("/")
        try:
            found = self._found(path)
        except Fault:
            return self.refuse(url)
        if len(self.asked) < MOST_LISTED:
            self.asked[path] = sha256(found.content).hexdigest() if found.status == 200 else ""
        return found

    def unchanged(self, asked: Mapping[str, str]) -> bool:
        """Whether every one of these paths would be answered as it was then."""
        return len(asked) < MOST_LISTED and all(self._digest(path) == digest for path, digest in asked.items())

    def _found(self, path: str) -> Answer:
        kind, content = self._named(path)
        if isinstance(content, str):
            content = self._content(content)
        return GONE if content is None else Answer(200, kind, content)

    def _digest(self, path: str) -> str:
        try:
            content = self._named(path)[1]
        except Fault:
            return ""
        if not isinstance(content, str):
            return "" if content is None else sha256(content).hexdigest()
        try:
            return self._bag.digest(content) if (self._bag.size(content) or 0) <= HEAVIEST else ""
        except (Fault, OSError):
            return ""

    def _named(self, path: str) -> tuple[str, bytes | str | None]:
        """The kind of what a path names, and its bytes or its name; Fault where it leads out of the folder."""
        found: bytes | str | None
        if path.startswith("cid:"):
            attachment = self._attachments.get(path.removeprefix("cid:"))
            kind, found = (attachment.content_type, attachment.content) if attachment else ("", None)
        elif path in self._web:
            kind, found = self._web[path]
        else:
            kind = facts("served")["types"].get(PurePosixPath(path).suffix.lower(), "")
            found = self._file(path) if kind else None
        return kind, None if kind.startswith("image/") and not self.images else found

    def _file(self, path: str) -> str | None:
        """A file of the campaign: by its path from the campaign's folder, else from the build's own."""
        if not self._has_folder:
            return None
        return next((name for name in (path, str(self._here / path)) if self._bag.has(name)), None)

    def _content(self, name: str) -> bytes | None:
        try:
            return self._bag.read(name, HEAVIEST)
        except Fault:
            return None

    def _with_inline_pictures(self, html: str) -> str:
        def address(match: re.Match[str]) -> str:
            cid = _bare(unquote(match[1]))
            return f"{ORIGIN}/cid:{quote(cid, safe='')}" if cid in self._attachments else match[0]

        return _CID.sub(address, html) if self._attachments else html

    def _with_web_pictures(self, html: str) -> str:
        """The document with those addresses led to this origin, as they are written: with & or with &amp;."""
        served: dict[str, str] = {}
        for name, src in zip(self._web, self._addresses, strict=True):
            served |= dict.fromkeys((src, escape(src, quote=False), escape(src)), f"{ORIGIN}/{name}")
        if not served:
            return html
        written = re.compile("|".join(map(re.escape, sorted(served, key=len, reverse=True))))
        return _SHOWN.sub(lambda found: written.sub(lambda one: served[one[0]], found[0]), html)


def _bare(cid: str) -> str:
    return cid.strip().strip("<>")
