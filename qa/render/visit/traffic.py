"""The traffic of one visit: every request of a tab is held, written down, and answered from the build or refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from qa.artefacts import PageRequest
from qa.render.engines.cdp import Session
from qa.render.engines.chromium_tab import soon
from qa.render.origin import ORIGIN, REFUSED, Answer, BuildOrigin

MOST = 2_000  # requests that are written down; a script can make a million of them
_LONGEST = 500  # characters of an address that are kept
_LONGEST_SENT = 200_000  # characters of what a form sends
_METHODS = ("POST", "PUT", "PATCH")


_SECURE = ORIGIN.replace("http:", "https:") + "/"  # the same files, as a page that is https asks for them


def is_own(url: str) -> bool:
    """Whether an address is one of the build's own files."""
    return url.startswith((_SECURE, ORIGIN + "/"))


class Sent(NamedTuple):
    """What would have left the machine with something in it: an address, the kind of request, and its body."""

    url: str
    method: str
    kind: str
    body: str = ""
    content_type: str = ""


class Traffic:
    """What one tab asks for. The document comes once; whatever would take its place is written down and stays out.

    ``reply``: what a request that carries something is answered with; by default all that leaves is refused.
    """

    def __init__(self, session: Session, frame: str, served: BuildOrigin, url: str) -> None:
        self._session = session
        self._frame = frame
        self._served = served
        self._url = url
        self._delivered = False
        self.requests: list[PageRequest] = []
        self.led_to: list[str] = []
        self.sent: list[Sent] = []
        self.reply: Callable[[Sent], Answer] = lambda _sent: REFUSED

    async def begin(self) -> None:
        self._session.on("Fetch.requestPaused", self._asked)
        self._session.on("Network.webSocketCreated", self._socket)
        await self._session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
        await self._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def _asked(self, event: dict[str, Any]) -> None:
        request, kind = event["request"], event["resourceType"].lower()
        url, method = request["url"], request["method"]
        if kind == "document" and event["frameId"] == self._frame:
            self._document(event, url, method)
        elif method in _METHODS:
            self._carried(event, kind)
        elif method == "OPTIONS":  # a browser asks whether it may send: that is known once it does
            self._answer(event, Answer(204))
        else:
            found = self._served.answer(url.replace(_SECURE, ORIGIN + "/", 1), method)
            self._note(url, kind, found)
            self._answer(event, found)

    def _document(self, event: dict[str, Any], url: str, method: str) -> None:
        if not self._delivered and url == self._url and method == "GET":
            self._delivered = True
            self._note(url, "document", self._served.document)
            self._answer(event, self._served.document)
            return
        if method in _METHODS:
            self._keep(self.sent, _sent(event, "document"))
        else:
            self._keep(self.led_to, url[:_LONGEST])
        failed = {"requestId": event["requestId"], "errorReason": "Aborted"}
        soon(self._session.send("Fetch.failRequest", failed))

    def _carried(self, event: dict[str, Any], kind: str) -> None:
        """What a script sends: to the page's own site, too, only what stands in for the server answers."""
        sent = _sent(event, kind)
        self._keep(self.sent, sent)
        found = self.reply(sent)
        self._note(sent.url, kind, found._replace(content=b"") if found.status == 200 else REFUSED)
        self._answer(event, found)

    def _socket(self, event: dict[str, Any]) -> None:
        self._note(event["url"], "websocket", REFUSED)

    def _note(self, url: str, kind: str, found: Answer) -> None:
        if url.startswith(("data:", "blob:")):
            return
        own = is_own(url)
        name = unquote(urlsplit(url).path).removeprefix("/") if own else url
        host = "" if own else _host(url)
        status = found.status if found.status in (200, 404) else 0
        self._keep(self.requests, PageRequest(name[:_LONGEST], kind, status, len(found.content), host))

    def _keep(self, where: list[Any], what: object) -> None:
        if len(where) < MOST:
            where.append(what)

    def _answer(self, event: dict[str, Any], found: Answer) -> None:
        paused = {"requestId": event["requestId"]}
        if found.status == REFUSED.status:
            soon(self._session.send("Fetch.failRequest", {**paused, "errorReason": "BlockedByClient"}))
            return
        origin = event["request"]["headers"].get("Origin", "*")
        headers = {
            "Content-Type": found.kind,
            "Cache-Control": "no-store",
            "Content-Security-Policy": self._served.policy,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Headers": "*, content-type, authorization, x-requested-with",
            "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH",
            "Access-Control-Allow-Credentials": "true",
        }
        listed = [{"name": name, "value": value} for name, value in headers.items()]
        body = base64.b64encode(found.content).decode("ascii")
        answer = {**paused, "responseCode": found.status, "responseHeaders": listed, "body": body}
        soon(self._session.send("Fetch.fulfillRequest", answer))


def _sent(event: dict[str, Any], kind: str) -> Sent:
    request = event["request"]
    entries = request.get("postDataEntries") or ()
    body = b"".join(base64.b64decode(entry.get("bytes", "")) for entry in entries).decode("utf-8", "replace")
    lower = {name.lower(): value for name, value in request["headers"].items()}
    body = body or request.get("postData", "")
    return Sent(
        request["url"][:2000], request["method"], kind, body[:_LONGEST_SENT], lower.get("content-type", "")
    )  # fmt: skip


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url.partition(":")[0]
    except ValueError:
        return "?"
