"""A direct connection to a tab of our own browser: the Chrome DevTools Protocol over its debugging port.

Playwright starts the browser and opens its tabs; but whatever is said through it is read and written once more by its
driver, and a picture is a word of five million letters. Measured: a fifth of the work of a screenshot.
https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from playwright.async_api import Browser
    from websockets.asyncio.client import ClientConnection

FLAG = "--remote-debugging-port=0"  # any that is free; pages cannot reach it: all they ask for goes to the proxy
_PROFILE = "--user-data-dir="


class Session(Protocol):
    """What speaks with a tab: Playwright's CDPSession, or our own. What the browser refuses is Playwright's Error."""

    def on(self, event: Any, f: Callable[[dict[str, Any]], object]) -> None: ...

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any: ...


async def port_of(chromium: Browser) -> int:
    """Where a browser listens that was started with FLAG, as it notes in its profile; 0 where that cannot be read."""
    from playwright.async_api import Error

    try:
        asking = await chromium.new_browser_cdp_session()
        line: str = (await asking.send("SystemInfo.getInfo"))["commandLine"]
        await asking.detach()
        profile = line.partition(_PROFILE)[2].partition(" --")[0].strip('"')
        return int((Path(profile) / "DevToolsActivePort").read_text("ascii").partition("\n")[0])
    except (Error, OSError, ValueError):
        return 0


class TabConnection:
    """A session with one tab, over a connection of its own; it ends with the tab."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._hearing: dict[str, Callable[[dict[str, Any]], object]] = {}
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def to(cls, port: int, target: str) -> TabConnection | None:
        """None where there is no port, or nobody answers: a firewall of the machine may hold even loopback shut."""
        from websockets.asyncio.client import connect
        from websockets.exceptions import WebSocketException

        if not port:
            return None
        # Pictures are longer than what is usually sent, and while one is taken nothing is heard.
        address = f"ws://127.0.0.1:{port}/devtools/page/{target}"
        try:
            return cls(await connect(address, max_size=None, compression=None, ping_interval=None, proxy=None))
        except (OSError, WebSocketException):
            return None

    def on(self, event: str, f: Callable[[dict[str, Any]], object]) -> None:
        self._hearing[event] = f

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        from playwright.async_api import Error
        from websockets.exceptions import ConnectionClosed

        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(json.dumps({"id": number, "method": method, "params": params or {}}))
            return await answer
        except ConnectionClosed:
            raise Error("the tab was closed") from None
        finally:
            del self._waiting[number]

    async def _read(self) -> None:
        from playwright.async_api import Error
        from websockets.exceptions import ConnectionClosed

        with suppress(ConnectionClosed):
            async for message in self._socket:
                self._heard(json.loads(message))
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(Error("the tab was closed"))

    def _heard(self, said: dict[str, Any]) -> None:
        from playwright.async_api import Error

        if "id" not in said:
            if hearing := self._hearing.get(said["method"]):
                hearing(said["params"])
        elif (waiting := self._waiting.get(said["id"])) is not None and not waiting.done():
            if "error" in said:
                waiting.set_exception(Error(said["error"]["message"]))
            else:
                waiting.set_result(said["result"])
