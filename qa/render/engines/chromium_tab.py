"""One tab of a Chromium: a document comes in, a picture of it goes out for each view."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from qa.finding import Fault
from qa.render.engines import DrawnView, Load, measuring
from qa.render.engines.cdp import Session, TabConnection
from qa.render.engines.chromium_launch import Running
from qa.render.engines.first_frame import first_frame, first_frames
from qa.render.engines.measuring import PATIENCE
from qa.render.engines.proxy import Opened
from qa.render.origin import ORIGIN

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page, Route

    from qa.artefacts import View
    from qa.render.origin import Answer, BuildOrigin

_GONE = ("context", "target navigated")  # in what Chromium says of a script whose document was left
_AWAY = "a script of it leads away before it can be seen"
_USES = 100  # documents after which a tab is given up: what it holds back grows
_MEDIA = {"prefers-reduced-motion": "reduce", "prefers-contrast": "no-preference", "forced-colors": "none"}


class Tab:
    """A tab and our script in it, beside the page's: it sees the same tree and shares no object with it."""

    def __init__(self, context: BrowserContext, page: Page, session: Session, frame: str) -> None:
        self._context = context
        self._page = page
        self._session = session
        self._frame = frame
        self._world = 0
        self._load: Load | None = None
        self._delivered = False
        self._dark: bool | None = None
        self._recoloured = False
        self._uses = 0

    @classmethod
    async def entered(cls, running: Running, load: Load, view: View) -> Tab:
        """A tab in which the document of a load stands, settled, as the view has it."""
        tab: Tab | None = None
        if not load.scripted:
            tab, running.left_open = running.left_open, None
        tab = tab or await cls._new(running, load)
        await tab._enter(load, view)
        return tab

    @classmethod
    async def _new(cls, running: Running, load: Load) -> Tab:
        context = await new_window(running, scripted=load.scripted)
        if running.proxy is None:
            opened = Opened(load.served)
            await context.route("**/*", lambda route: answer_route(route, opened))
        page, session, frame = await quiet_tab(running, context)
        tab = cls(context, page, session, frame)
        if running.proxy is not None:
            session.on("Fetch.requestPaused", tab._asked)
            await session.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})
        return tab

    async def leave(self, running: Running) -> None:
        """Keep it for the next document where nothing of this one can be left in it: no script ran."""
        assert self._load is not None
        if self._load.scripted or running.proxy is None or self._uses >= _USES:
            await self._context.close()
        else:
            running.left_open = self

    def _asked(self, event: dict[str, Any]) -> None:
        """A document is asked for: ours comes once, and whatever would take its place stays out."""
        url, paused = event["request"]["url"], {"requestId": event["requestId"]}
        assert self._load is not None
        served: BuildOrigin = self._load.served
        if event["frameId"] == self._frame and (self._delivered or url != served.url):
            served.refuse(url)
            soon(self._session.send("Fetch.failRequest", {**paused, "errorReason": "Aborted"}))
        else:
            self._delivered |= event["frameId"] == self._frame
            soon(self._session.send("Fetch.continueRequest", paused))

    async def _enter(self, load: Load, view: View) -> None:
        self._load, self._delivered, self._recoloured = load, False, False
        self._uses += 1
        navigate = self._session.send("Page.navigate", {"url": load.served.url})
        await asyncio.gather(self._colours(view), self._resize(view, view.height), navigate)
        frame = {"frameId": self._frame, "worldName": "qa"}
        self._world = (await self._session.send("Page.createIsolatedWorld", frame))["executionContextId"]
        loaded = await self._call(f"{measuring.script()};qa.loaded()")
        while not loaded:  # from outside: where scripts are switched off, no timer runs
            await asyncio.sleep(0.005)
            loaded = await self._call("qa.loaded()")
        settled = f"qa.settle({_js(load.scripted)}).then(() => true)"
        here = f"location.origin === '{ORIGIN}' && qa.begun() && {settled}"
        if await self._call(here, PATIENCE + (4 if load.scripted else 0)) is False:
            raise Fault(_AWAY)
        if load.scripted:
            await self._call(measuring.contents_script())
        if any(map(measuring.darkened, load.views)):
            await self._call(measuring.darkening_script())

    async def screenshot(self, view: View) -> DrawnView:
        assert self._load is not None
        scripted = self._load.scripted
        # Small again before anything changes its colours: a tall window would be painted once more for nobody.
        before = "qa.fit(false), qa.undarken(), " if self._recoloured else "qa.fit(false), "
        drawn = self._call(f"{before}qa.drawn({_js(scripted)})", PATIENCE)
        await asyncio.gather(self._resize(view, view.height), self._colours(view), drawn)
        whole = await self._height()
        if view.fits:
            whole = measuring.shrunk(view, whole, await self._call(measuring.FIT))
        height = min(whole, measuring.tallest(view))
        if not scripted:
            # A window as tall as the document. Not for pages: what is "as tall as the window" there would grow with it.
            await asyncio.gather(self._resize(view, height), self._call("qa.drawn(false)", PATIENCE))
        mode = measuring.darkened(view)
        self._recoloured = bool(mode)
        answer = await self._call(f'qa.darken("{mode}"), {measuring.MEASURE}' if mode else measuring.MEASURE)
        png = await self._picture(view, height, scripted)
        contents = await self._call(measuring.CONTENTS) if scripted else ""
        return await asyncio.to_thread(measuring.measured, view, whole, png, answer, contents)

    async def _height(self) -> int:
        metrics = await self._session.send("Page.getLayoutMetrics")
        return max(1, round(float(metrics["cssContentSize"]["height"])))

    async def _picture(self, view: View, height: int, beyond: bool) -> bytes:
        wanted: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if beyond:
            clip = {"x": 0, "y": 0, "width": view.width, "height": height, "scale": 1}
            wanted |= {"captureBeyondViewport": True, "clip": clip}
        return base64.b64decode((await self._session.send("Page.captureScreenshot", wanted))["data"])

    async def _colours(self, view: View) -> None:
        dark = measuring.prefers_dark(view)
        if dark != self._dark:
            self._dark = dark
            media = {**_MEDIA, "prefers-color-scheme": "dark" if dark else "light"}
            features = [{"name": name, "value": value} for name, value in media.items()]
            await self._session.send("Emulation.setEmulatedMedia", {"media": "", "features": features})

    async def _resize(self, view: View, height: int) -> None:
        size = {"width": view.width, "height": height, "deviceScaleFactor": view.ratio, "mobile": False}
        await self._session.send("Emulation.setDeviceMetricsOverride", size)

    async def _call(self, expression: str, patience: float | None = None) -> Any:
        """The value of an expression. ``patience``: after so many seconds, None, and the page goes on."""
        from playwright.async_api import Error

        wanted = {"expression": expression, "contextId": self._world, "awaitPromise": True, "returnByValue": True}
        try:
            answer = await asyncio.wait_for(self._session.send("Runtime.evaluate", wanted), patience)
        except TimeoutError:
            return None
        except Error as error:
            if any(word in str(error) for word in _GONE):
                raise Fault(_AWAY) from None
            raise
        if "exceptionDetails" in answer:
            raise Fault(f"the page could not be measured: {answer['result'].get('description', '')[:200]}")
        return answer["result"].get("value")


async def quiet_tab(running: Running, context: BrowserContext) -> tuple[Page, Session, str]:
    """A tab that asks nobody anything and opens no other: its page, the way to it, and its frame."""
    page = await context.new_page()
    page.on("dialog", lambda dialog: soon(dialog.dismiss()))
    context.on("page", lambda popup: soon(popup.close()))
    driven: Any = await context.new_cdp_session(page)
    frame: str = (await driven.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    return page, await TabConnection.to(running.port, frame) or driven, frame


async def new_window(running: Running, *, scripted: bool, prepared: bool = True) -> BrowserContext:
    """A window that remembers nothing, and shows the same wherever and whenever it is opened.

    Not ``prepared``: whoever opens it holds the clock of its pages himself.
    """
    context = await running.chromium.new_context(
        java_script_enabled=scripted,
        accept_downloads=False,
        service_workers="block",
        permissions=[],
        no_viewport=True,  # each view sets its own
        locale="en-GB",
        timezone_id="UTC",
    )
    if scripted and prepared:
        await context.clock.set_fixed_time(measuring.NOON)
        await context.add_init_script(measuring.CHANCE + measuring.ROOTS + measuring.SILENCE)
    return context


async def answer_route(route: Route, opened: Opened) -> None:
    """A browser elsewhere asks: it has no proxy, and was not told to hold animations still."""
    from playwright.async_api import Error

    request = route.request
    with suppress(Error):  # the page that asked may be gone by now
        answer = _first_frame_only(opened.answer(request.url, request.method, _fills_a_window(route)))
        if answer.status == 204:
            await route.abort("aborted")
        else:
            headers = {"Content-Type": answer.kind, "Content-Security-Policy": opened.served.policy}
            await route.fulfill(status=answer.status, headers=headers, body=answer.content)


def _first_frame_only(answer: Answer) -> Answer:
    if answer.kind.startswith("text/html"):
        return answer._replace(content=first_frames(answer.content))
    kind, content = first_frame(answer.kind, answer.content)
    return answer._replace(kind=kind, content=content)


def _fills_a_window(route: Route) -> bool:
    from playwright.async_api import Error

    if not route.request.is_navigation_request():
        return False
    try:
        return route.request.frame.parent_frame is None
    except Error:  # a window that has no frame yet
        return True


_under_way: set[asyncio.Future[Any]] = set()


def soon(work: Awaitable[Any]) -> None:
    """Begin it and go on; whom it was for may be gone by then."""
    begun = asyncio.ensure_future(work)
    _under_way.add(begun)
    begun.add_done_callback(_ended)


def _ended(begun: asyncio.Future[Any]) -> None:
    _under_way.discard(begun)
    if not begun.cancelled():
        begun.exception()


def _js(value: bool) -> str:
    return "true" if value else "false"
