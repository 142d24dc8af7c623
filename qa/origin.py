"""What may a browser read? The build's own files on a made-up origin; every other request is refused and listed."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from qa.artefacts import Parts
from qa.build import Asset
from qa.facts import facts
from qa.finding import Fault
from qa.paths import inside

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

# A name below localhost is a secure context over plain http, as a live page is; and http:// pictures in it are asked
# for as they were written, where an https:// origin would have them silently upgraded or blocked.
ORIGIN = "http://build.localhost"
HEAVIEST = 30_000_000  # bytes of one file that are handed to the browser; the largest picture of a real build had 8 MB
MOST_REFUSED = 500  # requests that are listed: a script can make a million of them
_CID = re.compile(r"""(?<=["'(=\s])cid:([^\s"'<>()]{1,500}+)""", re.IGNORECASE)


class Origin:
    """One document and the files it may read, as a browser asks for them."""

    def __init__(self, asset: Asset, parts: Parts, html: str) -> None:
        self._folder = asset.folder
        # A message travels alone: nothing beside the .eml on our disk comes with it.
        self._has_folder = parts.headers is None
        self._here = PurePosixPath(parts.file).parent
        self._attachments = {_bare(each.cid): each for each in parts.attachments if each.cid}
        self._document = self._with_inline_pictures(html).encode("utf-8", "replace")
        self._delivered = False
        self._refused: set[str] = set()
        self.file = parts.file
        self.url = f"{ORIGIN}/{quote(parts.file)}"

    @property
    def refused(self) -> tuple[str, ...]:
        """The requests that were refused, sorted: browsers ask in no fixed order."""
        return tuple(sorted(self._refused))

    def refuse(self, url: str) -> None:
        if len(self._refused) < MOST_REFUSED:
            self._refused.add(url[:300])

    async def answer(self, route: Route) -> None:
        """Answer one request of the browser, whatever it is for."""
        from playwright.async_api import Error

        with suppress(Error):  # the page that asked may be gone by now
            await self._answer(route)

    async def _answer(self, route: Route) -> None:
        request = route.request
        if request.is_navigation_request() and _leads_away(request):
            await self._navigate(route)
        elif request.url.startswith(ORIGIN + "/") and request.method in ("GET", "HEAD"):
            await self._serve(route, unquote(urlsplit(request.url).path).removeprefix("/"))
        else:
            self.refuse(request.url)
            await route.abort("blockedbyclient")

    async def _navigate(self, route: Route) -> None:
        """The document itself, once: a page that sends its reader elsewhere is shown as it was built."""
        if self._delivered or route.request.url != self.url:
            self.refuse(route.request.url)
            await route.abort("aborted")
        else:
            self._delivered = True
            await route.fulfill(body=self._document, content_type="text/html; charset=utf-8")

    async def _serve(self, route: Route, path: str) -> None:
        if path.startswith("cid:"):
            found = self._attachments.get(path.removeprefix("cid:"))
            content, kind = (found.content, found.content_type) if found else (None, "")
        else:
            kind = facts("served")["types"].get(PurePosixPath(path).suffix.lower(), "")
            content = self._read(route.request.url, path) if kind else None
        if content is None:
            await route.fulfill(status=404, body=b"", content_type="text/plain")
        else:
            await route.fulfill(body=content, content_type=kind)

    def _read(self, url: str, path: str) -> bytes | None:
        """A file of the campaign: by its path from the campaign's folder, else from the build's own."""
        if not self._has_folder:
            return None
        for written in (path, str(self._here / path)):
            try:
                file = inside(self._folder, written)
            except Fault:
                self.refuse(url)
                return None
            if file.is_file():
                return _content(file)
        return None

    def _with_inline_pictures(self, html: str) -> str:
        def address(match: re.Match[str]) -> str:
            cid = _bare(unquote(match[1]))
            return f"{ORIGIN}/cid:{quote(cid, safe='')}" if cid in self._attachments else match[0]

        return _CID.sub(address, html) if self._attachments else html


def _leads_away(request: Request) -> bool:
    """Whether it is for a whole page or a new window, not for a frame inside one."""
    from playwright.async_api import Error

    try:
        return request.frame.parent_frame is None
    except Error:  # a window that has no frame yet
        return True


def _bare(cid: str) -> str:
    return cid.strip().strip("<>")


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.stat().st_size <= HEAVIEST else None
    except OSError:
        return None
