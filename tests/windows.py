"""What the tests of every engine share: a document as a load, and a page that tries every way out."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qa.artefacts import Darkening, Parts, View
from qa.build.assets import Asset
from qa.check import registry
from qa.markup.tokeniser import stamped
from qa.profile.model import Profile
from qa.render.engines import Browsers, DrawnView, Engine, Load, LostView
from qa.render.origin import BuildOrigin
from qa.source import Source
from qa.testing import shared

PHONE = View("phone", "Phone", 375)
DESKTOP = View("desktop", "Desktop", 800)
SHARP = View("sharp", "Sharp phone", 375, ratio=2.0)
DARK = View("phone-dark", "Phone, dark", 375, dark=True, darkening=Darkening.AUTHORED)
FORCED = View("phone-full", "Phone, inverted", 375, dark=True, darkening=Darkening.FULL)
HTML = '<!doctype html><html lang="en"><head><title>T</title></head><body style="margin:0">{body}</body></html>'


def browsers(profile: Profile) -> Browsers:
    """Those every test of this profile shares; they are closed at the end of all."""
    return shared().get(Browsers, registry(), profile)


def wanted(engine: Engine | str) -> Engine:
    """The engine; skips where it is not installed, as on most machines."""
    if isinstance(engine, str):
        pytest.skip(engine)
    return engine


def chromium(profile: Profile | None = None) -> Engine:
    """The engine that every machine for tests has; ask for the fixture `browser` first."""
    found = browsers(profile or Profile()).engines()["chromium"]
    assert not isinstance(found, str)
    return found


def load(folder: Path, body: str, *views: View, scripted: bool = False, images: bool = True, whole: str = "") -> Load:
    """A document at build/asset.html, to be drawn in these views."""
    kind = "page" if scripted else "email"
    asset = Asset(kind, "asset", folder)
    parts = Parts("build/asset.html", Source("build/asset.html", whole or HTML.format(body=body)))
    assert parts.html is not None
    html = stamped(parts.html)
    served = BuildOrigin(asset, parts, html, images=images, scripted=scripted)
    return Load(html, served, views or (PHONE,), scripted)


def drawn(engine: Engine, load: Load) -> list[DrawnView]:
    """Every view, none of them lost."""
    answers = engine.draw(load)
    lost = [answer.reason for answer in answers if isinstance(answer, LostView)]
    assert not lost, lost
    return [answer for answer in answers if isinstance(answer, DrawnView)]


def budget(engine: Engine, folder: Path) -> float:
    """Seconds which only a page that hangs can need, on this machine and now: many times what a plain one takes."""
    plain = load(folder, "<p>Hello", PHONE, DESKTOP, scripted=True)
    drawn(engine, plain)  # the first also starts the browser
    began = time.monotonic()
    drawn(engine, plain)
    return max(2.0, 10 * (time.monotonic() - began))


def picture(screenshot: DrawnView) -> Image.Image:
    return Image.open(BytesIO(screenshot.png)).convert("RGB")


def write_picture(folder: Path, name: str, colour: str, **more: Any) -> None:
    file = folder / "build" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 20), colour).save(file, **more)


@contextmanager
def witness() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who came to it: nobody may, because everything ends in the proxy."""
    came: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    came.append(str(server.accept()[1]))

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], came


WAYS_OUT = """
<link rel="stylesheet" href="https://style.example/a.css"><link rel="preconnect" href="https://preconnect.example">
<link rel="dns-prefetch" href="https://dns.example"><link rel="prefetch" href="https://prefetch.example/p">
<link rel="preload" as="font" href="https://preload.example/f.woff2" crossorigin>
<style>@import url(https://import.example/i.css);
@font-face {{ font-family: Far; src: url(https://font.example/f.woff2) }}
p {{ font-family: Far; background: url(https://background.example/b.png) }}</style>
<p>Text<img src="https://pixel.example/open.gif"><img src="http://127.0.0.1:{port}/near.gif">
<img srcset="https://srcset.example/2.png 2x, https://srcset.example/1.png 1x"><video src="https://video.example/v.mp4"
 autoplay poster="https://poster.example/p.png"></video><iframe src="https://frame.example/"></iframe>
<object data="https://object.example/o.svg"></object><svg><image href="https://svg.example/s.png" /></svg>
<iframe srcdoc='<img src="https://inner.example/i.png">'></iframe>"""

SCRIPTED_WAYS_OUT = """<script>
navigator.sendBeacon("https://beacon.example/b", "x");
fetch("https://fetch.example/f").catch(() => 0);
fetch("http://127.0.0.1:{port}/near", {{mode: "no-cors"}}).catch(() => 0);
new Image().src = "https://image.example/i.png";
try {{ new WebSocket("wss://socket.example/s") }} catch {{}}
try {{ new WebSocket("ws://127.0.0.1:{port}/near") }} catch {{}}
try {{ new EventSource("https://events.example/e") }} catch {{}}
try {{ new Worker("https://worker.example/w.js") }} catch {{}}
try {{
  const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{port}"}}]}});
  peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
}} catch {{}}
window.open("https://popup.example/");
</script>"""


def fits_a_wide_one(engine: Engine, folder: Path) -> None:
    """A message too wide for a phone: as large as it is where it is scrolled, all of it where the client shrinks it."""
    blue, red = (
        f'<td style="background:{colour}" width="300" height="1000">x</td>' for colour in ("#0000ff", "#ff0000")
    )
    wide = f'<table cellspacing="0" cellpadding="0" style="width:750px"><tr>{blue}{red}</tr></table>'
    shrunk, scrolled = drawn(engine, load(folder, wide, replace(PHONE, name="fits", fits=True), PHONE))
    assert (shrunk.height, shrunk.scroll_width, scrolled.height, scrolled.scroll_width) == (800, 750, 1000, 750)
    assert shrunk.note.startswith("shown at 50%")
    assert [round(e.box.x + e.box.width) for e in shrunk.elements if e.tag == "td"] == [188, 375]
    assert picture(shrunk).getpixel((360, 490)) == (255, 0, 0)
    assert picture(shrunk).getpixel((100, 510)) == (255, 255, 255)
    assert picture(scrolled).getpixel((360, 990)) == (0, 0, 255)
    assert scrolled.note == ""


def knows_what_is_cut_off(engine: Engine, folder: Path) -> None:
    """A box that is too low cuts off lines; what was made to hide, and what ends in dots, does not count."""
    lines = '<div style="height:20px; overflow:hidden"><p style="margin:0; font:16px/20px serif">one<br>two</p></div>'
    after = '<div style="height:50px; overflow:hidden"><p style="margin:0; height:60px">seen</p><p>gone</p></div>'
    hidden = '<div style="height:0; overflow:hidden">preheader</div><div style="overflow:hidden; text-indent:-999px">logo</div>'
    dots = '<div style="width:50px; height:10px; overflow:hidden; text-overflow:ellipsis; font-size:30px">dots</div>'
    (screenshot,) = drawn(engine, load(folder, lines + after + hidden + dots))
    cut = {element.text: round(element.cut, 1) for element in screenshot.elements if element.text}
    assert cut == {"onetwo": 0.5, "seen": 0, "gone": 1, "preheader": 0, "logo": 0, "dots": 0}
