"""What does a reader see? A picture of the whole document at each width, and what was measured on it."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qa.artefacts import Box, Element, Parts, Rendering, Shot
from qa.browser import Running, play
from qa.build import Asset
from qa.check import gatherer
from qa.config import Settings
from qa.finding import Fault, Skip
from qa.html import STAMP, stamped
from qa.origin import ORIGIN, Origin

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page

# A small phone still in wide use, the width emails are designed for, a laptop.
VIEWS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "email": (("phone", 375), ("tablet", 600), ("desktop", 1280)),
    "page": (("phone", 375), ("desktop", 1280)),
}
FOLD = 800  # pixels; height of the window before the document's own is known
TALLEST = 20_000  # pixels; what Chromium draws in one picture without gaps, and longer than any email should be
BUDGET = 20.0  # seconds for an asset in all; ordinary emails take 0.1 to 1, restless pages 6, so more is a loop
PATIENCE = 5.0  # seconds for pictures and fonts to come; after that the page is shown as it is
LARGEST = 10_000_000  # characters of HTML; the largest real page seen had a tenth of that
MOST_ELEMENTS = 5_000
FARTHEST = 100_000  # elements looked at in search of those
NOON = "2026-01-01T12:00:00Z"  # what a page's clock shows: countdowns must look the same in two runs
CHANCE = "{ let seed = 1; Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647; }"  # and carousels


@gatherer(slow=True)
def rendering(asset: Asset, parts: Parts, settings: Settings) -> Rendering:
    """Every view of an asset, from one load of it."""
    if not settings.render:
        raise Skip("rendering was switched off (--no-render)")
    if parts.html is None:
        raise Skip("the build has no HTML part")
    if len(parts.html.text) > LARGEST:
        raise Fault(f"{parts.file} is too large to be rendered: {len(parts.html.text):,} characters of HTML")
    html = stamped(parts.html)

    async def scene(running: Running) -> Rendering:
        origin = Origin(asset, parts, html)
        try:
            async with asyncio.timeout(BUDGET):
                shots = await _shots(running, origin, asset.kind)
        except TimeoutError:
            raise Fault(
                f"{parts.file} was not rendered: it took more than {BUDGET:.0f} seconds; "
                + (
                    "a script of it may loop for ever"
                    if asset.kind == "page"
                    else "its markup is too large or too deep"
                )
            ) from None
        return Rendering(running.label, shots, origin.refused)

    return play(settings, scene, parts.file)


async def _shots(running: Running, origin: Origin, kind: str) -> tuple[Shot, ...]:
    scripted = kind == "page"  # email clients run no scripts
    context = await _context(running, origin, scripted)
    page = await _open(context, origin)
    world = await _World.of(page)
    while not await world.call("qa.loaded()"):  # Playwright's own wait does not outlive a refused change of place
        await asyncio.sleep(0.01)
    if not page.url.startswith(ORIGIN) or not await world.call("qa.begun()"):
        raise Fault(f"{origin.file} was not rendered: a script of it leads away before it can be seen")
    await world.call(f"qa.settle({_js(scripted)})", PATIENCE + (4 if scripted else 0))
    shots = [await _shot(page, world, view, width, scripted) for view, width in VIEWS[kind]]
    await context.close()
    return tuple(shots)


async def _context(running: Running, origin: Origin, scripted: bool) -> BrowserContext:
    """A window that remembers nothing, and shows the same wherever and whenever it is opened."""
    context = await running.chromium.new_context(
        java_script_enabled=scripted,
        accept_downloads=False,
        service_workers="block",
        permissions=[],
        viewport={"width": VIEWS["email"][0][1], "height": FOLD},
        device_scale_factor=1,
        reduced_motion="reduce",
        color_scheme="light",
        locale="en-GB",
        timezone_id="UTC",
    )
    await context.route("**/*", origin.answer)
    if scripted:
        await context.clock.set_fixed_time(NOON)
        await context.add_init_script(CHANCE)
    return context


async def _open(context: BrowserContext, origin: Origin) -> Page:
    page = await context.new_page()
    page.on("websocket", lambda socket: origin.refuse(socket.url))
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
    context.on("page", lambda popup: asyncio.ensure_future(popup.close()))
    await page.goto(origin.url, wait_until="commit", timeout=0)
    return page


class _World:
    """Our script beside the page's: it sees the same tree and shares no object with it."""

    def __init__(self, session: CDPSession, context: int) -> None:
        self.session = session
        self._context = context

    @classmethod
    async def of(cls, page: Page) -> _World:
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        frame = {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "qa"}
        made = await session.send("Page.createIsolatedWorld", frame)
        world = cls(session, made["executionContextId"])
        await world.call(_script())
        return world

    async def call(self, expression: str, patience: float | None = None) -> Any:
        """The value of an expression. ``patience``: after so many seconds, None, and the page goes on."""
        wanted = {"expression": expression, "contextId": self._context, "awaitPromise": True, "returnByValue": True}
        try:
            answer = await asyncio.wait_for(self.session.send("Runtime.evaluate", wanted), patience)
        except TimeoutError:
            return None
        if "exceptionDetails" in answer:
            raise Fault(f"the page could not be measured: {answer['result'].get('description', '')[:200]}")
        return answer["result"].get("value")


async def _shot(page: Page, world: _World, view: str, width: int, scripted: bool) -> Shot:
    await page.set_viewport_size({"width": width, "height": FOLD})
    await world.call(f"qa.drawn({_js(scripted)})", PATIENCE)
    size = (await world.session.send("Page.getLayoutMetrics"))["cssContentSize"]
    whole = max(1, round(size["height"]))
    height = min(whole, TALLEST)
    if not scripted:
        # A window as tall as the document. Not for pages: what is "as tall as the window" there would grow with it.
        await page.set_viewport_size({"width": width, "height": height})
        await world.call("qa.drawn(false)", PATIENCE)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    wanted = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": scripted, "clip": clip}
    picture = await world.session.send("Page.captureScreenshot", wanted)
    facts = json.loads(await world.call(f"qa.measure({_js(STAMP)}, {MOST_ELEMENTS}, {FARTHEST})"))
    notes = [f"cut at {TALLEST:,} px; the whole is {whole:,} px tall"] if whole > TALLEST else []
    notes += ["only the first elements of very many were measured"] if facts["cut"] else []
    elements = tuple(_element(fact) for fact in facts["found"])
    png = base64.b64decode(picture["data"])
    return Shot(view, width, whole, max(width, facts["reach"]), png, elements, "; ".join(notes))


def _element(fact: list[Any]) -> Element:
    offset, tag, x, y, width, height, visible, text, colour, background, font_size, natural = fact
    return Element(
        offset, tag, Box(x, y, width, height), visible, text, colour, background, font_size,
        (natural[0], natural[1]) if natural is not None else None,
    )  # fmt: skip


def _js(value: object) -> str:
    return json.dumps(value)


@cache
def _script() -> str:
    return (files("qa.gather") / "rendering.js").read_text("utf-8")
