"""A page opened in a tab of its own: quiet, with its traffic, its errors and its cookies written down."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from qa.artefacts import Arrival, ScriptError
from qa.finding import Fault
from qa.render.engines import measuring
from qa.render.engines.cdp import Session
from qa.render.engines.chromium_launch import Running
from qa.render.engines.chromium_tab import new_window, quiet_tab
from qa.render.origin import BuildOrigin
from qa.render.visit.traffic import Traffic, is_own

BUDGET = 30.0  # seconds for a page until it is quiet, and for what is done with it; ordinary ones take 1 to 3
_PATIENCE = measuring.PATIENCE + 4
_MOST_ERRORS = 50
_LONGEST = 300
_SIZE = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
_NOTED = "qaNoted"


@dataclass
class OpenedPage:
    """What was written down so far, and the way to ask the document something."""

    session: Session
    traffic: Traffic
    document: str  # the address of the document
    errors: list[ScriptError] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    alerts: int = 0
    world: int = 0

    async def ask(self, expression: str, patience: float | None = None, *, of_page: bool = False) -> Any:
        """The value of an expression in a world of our own, or in the page's; None where it takes longer."""
        from playwright.async_api import Error

        wanted: dict[str, Any] = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        if not of_page:
            wanted["contextId"] = self.world
        try:
            answer = await asyncio.wait_for(self.session.send("Runtime.evaluate", wanted), patience)
        except TimeoutError:
            return None
        except Error:  # the document was left, or closed itself
            raise Fault("the page left its place before it could be looked at") from None
        return None if "exceptionDetails" in answer else answer["result"].get("value")

    def hear(self) -> None:
        self.session.on("Runtime.exceptionThrown", self._thrown)
        self.session.on("Runtime.consoleAPICalled", self._written)
        self.session.on("Runtime.bindingCalled", self._noted)
        self.session.on("Audits.issueAdded", self._issue)

    def _thrown(self, event: dict[str, Any]) -> None:
        details = event["exceptionDetails"]
        said = details.get("exception", {}).get("description") or details.get("text", "")
        self._add(said.partition("\n")[0], details.get("url", ""), details.get("lineNumber"), uncaught=True)

    def _written(self, event: dict[str, Any]) -> None:
        if event["type"] not in ("error", "assert"):
            return
        words = [str(each.get("value", each.get("description", ""))) for each in event["args"][:5]]
        frames: list[dict[str, Any]] = event.get("stackTrace", {}).get("callFrames", [])
        frame = frames[0] if frames else {}
        said = " ".join(words).partition("\n")[0]
        self._add(said, frame.get("url", ""), frame.get("lineNumber"), uncaught=False)

    def _add(self, said: str, url: str, line: int | None, *, uncaught: bool) -> None:
        inside = not url or url == self.document
        file = "" if inside else unquote(urlsplit(url).path).removeprefix("/") if is_own(url) else url
        number = line + 1 if inside and url and line is not None else None
        error = ScriptError(" ".join(said.split())[:_LONGEST], number, file[:_LONGEST], uncaught)
        if len(self.errors) < _MOST_ERRORS and error not in self.errors:
            self.errors.append(error)

    def _issue(self, event: dict[str, Any]) -> None:
        issue = event["issue"].get("details", {}).get("mixedContentIssueDetails", {})
        url = issue.get("insecureURL", "")[:_LONGEST]
        if issue.get("resolutionStatus") == "MixedContentBlocked" and self._is_new(url):
            self.blocked.append(url)

    def _is_new(self, url: str) -> bool:
        return url not in self.blocked and len(self.blocked) < _MOST_ERRORS

    def _noted(self, event: dict[str, Any]) -> None:
        self.alerts += event["payload"] == "!"
        name = str(event["payload"]).partition("=")[0].strip() if event["payload"] != "!" else ""
        if name and name not in self.cookies and len(self.cookies) < 100:
            self.cookies.append(name)


@asynccontextmanager
async def opened(running: Running, served: BuildOrigin, arrival: Arrival) -> AsyncIterator[OpenedPage]:
    """The page once it is quiet. Nothing of it is left when it is closed."""
    context = await new_window(running, scripted=True, prepared=False)
    _, session, frame = await quiet_tab(running, context)
    url = served.url.replace("http:", "https:", 1) if arrival.is_https else served.url
    url += f"?{arrival.query}" if arrival.query else ""
    here = OpenedPage(session, Traffic(session, frame, served, url), url)
    here.hear()
    await here.traffic.begin()
    await session.send("Page.enable")
    await session.send("Runtime.enable")
    await session.send("Audits.enable")
    await session.send("Runtime.addBinding", {"name": _NOTED})
    await session.send("Page.addScriptToEvaluateOnNewDocument", {"source": _before_page()})
    await session.send("Emulation.setDeviceMetricsOverride", _SIZE)
    await session.send("Page.navigate", {"url": url})
    world = {"frameId": frame, "worldName": "qa"}
    here.world = (await session.send("Page.createIsolatedWorld", world))["executionContextId"]
    await _settled(here)
    yield here
    with suppress(Exception):  # whatever goes wrong with it now, what it did is known
        await context.close()


async def _settled(here: OpenedPage) -> None:
    await here.ask(f"{measuring.script()};{measuring.script_named('visit')};true")
    while not await here.ask("qa.loaded()"):
        await asyncio.sleep(0.02)
    await here.ask("qa.begun() && qa.settle(true).then(() => true)", _PATIENCE)


async def visited(here: OpenedPage) -> dict[str, Any]:
    """The scripts and hidden fields of the final document, and the ids that were handed to Google's tags."""
    found = await here.ask("qa.visited()", _PATIENCE) or {"scripts": [], "hidden": []}
    try:
        found["configured"] = [str(each) for each in json.loads(await here.ask(_IDS, _PATIENCE, of_page=True) or "[]")]
    except (ValueError, TypeError):  # the page's own world: whatever it likes
        found["configured"] = []
    return dict(found)


_IDS = """JSON.stringify([...(window.dataLayer || [])].slice(0, 200)
  .filter((each) => each && each[0] === "config" && typeof each[1] === "string").map((each) => each[1].slice(0, 60)))"""


def _before_page() -> str:
    noon = datetime.fromisoformat(measuring.NOON).timestamp() * 1000
    before = measuring.script_named("before_page").rstrip()
    return measuring.CHANCE + measuring.ROOTS + measuring.SILENCE + f"{before}({noon:.0f});"
