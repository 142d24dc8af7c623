"""The start of a Chromium, or the connection to one that runs already; nothing it draws reaches a network."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.finding import Fault
from qa.render.engines.cdp import FLAG, port_of
from qa.render.engines.proxy import Proxy
from qa.render.fonts import environment

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright

START = 30  # seconds a browser may take to start: a cold disk under load needs ten
_CDP = ("http://", "https://")  # a debugging port; ws:// is Playwright's own server unless its path says otherwise


@dataclass(frozen=True, slots=True)
class Browser:
    """A Chromium. ``kind`` is "headless shell", "Chromium", "Chrome", "Edge", "configured", or "elsewhere".

    One elsewhere has an ``address`` and no path: ws:// of a Playwright server, or http:// of a debugging port.
    """

    path: Path
    kind: str
    address: str = ""


@dataclass(eq=False, slots=True)
class Running:
    """A started browser: what a task runs in. ``label`` names product, version and kind.

    ``proxy`` is where all its traffic ends in; None for one elsewhere, which cannot reach ours. At ``port`` its tabs
    can be spoken to straight; 0 for none. ``left_open`` is whatever a task leaves open for the next.
    """

    chromium: Chromium
    label: str
    sandboxed: bool
    proxy: Proxy | None = None
    port: int = 0
    left_open: Any = None


def arguments(port: int) -> list[str]:
    """What every browser is started with. Nothing it draws can reach a network, by three ways at once.

    Whatever it asks for goes to the proxy at this port, and loopback is no exception; no name resolves; and WebRTC may
    not send beside the proxy.
    """
    return [
        FLAG,
        f"--proxy-server=http://127.0.0.1:{port}",
        "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        *PICTURE_FLAGS,
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--js-flags=--max-old-space-size=512",  # MB: a script that hoards memory dies before the machine does
    ]


# Those that show in a picture, and so belong to the fingerprint.
PICTURE_FLAGS = (
    "--blink-settings=imageAnimationPolicy=2",  # the first frame of every GIF, WebP, APNG: two runs look the same
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--disable-partial-raster",  # a corner painted anew in part is not always, to the last bit, one painted at once
)


async def start(playwright: Playwright, found: Browser) -> Running:
    """Start it in its sandbox; without where there cannot be one: as root, in containers, on hardened kernels."""
    if found.address:
        return await _connected(playwright, found)
    proxy = Proxy()
    reason = ""
    for sandbox in (False,) if _is_root() else (True, False):
        chromium = await _started(playwright, found, proxy.port, sandbox)
        if not isinstance(chromium, str):
            label = f"{_product(found)} {chromium.version} ({found.kind})"
            return Running(chromium, label, sandbox, proxy, await port_of(chromium))
        reason = chromium
        if reason == _LATE:
            break  # one that hangs does so without a sandbox too
    proxy.close()
    raise Fault(f"the browser {found.path} could not be started ({reason}): run `qa doctor`")


_LATE = "it did not answer"


async def _started(playwright: Playwright, found: Browser, port: int, sandbox: bool) -> Chromium | str:
    """The browser, or what went wrong in one line."""
    from playwright.async_api import Error, TimeoutError

    try:
        return await playwright.chromium.launch(
            executable_path=found.path, args=arguments(port), chromium_sandbox=sandbox, timeout=START * 1000,
            env={**os.environ, **environment()}, handle_sigint=False, handle_sigterm=False, handle_sighup=False,
        )  # fmt: skip
    except TimeoutError:
        return _LATE
    except Error as error:
        return first_line(error)


async def _connected(playwright: Playwright, found: Browser) -> Running:
    from playwright.async_api import Error

    address, within = found.address, START * 1000
    try:
        if address.startswith(_CDP) or "/devtools/" in address:
            chromium = await playwright.chromium.connect_over_cdp(address, timeout=within)
        else:
            chromium = await playwright.chromium.connect(address, timeout=within)
    except Error as error:
        raise Fault(f"the browser at {address} could not be reached ({first_line(error)})") from None
    return Running(chromium, f"Chromium {chromium.version} (elsewhere)", True)


def _product(found: Browser) -> str:
    return found.kind if found.kind in ("Chrome", "Edge") else "Chromium"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", 1)[0].partition(": ")[2][:200] or str(error)[:200]
