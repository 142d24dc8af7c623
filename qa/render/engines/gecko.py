"""The engine Gecko, which stands for Thunderbird: an installed Firefox, spoken to over WebDriver BiDi.

https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from shutil import rmtree, which
from typing import TYPE_CHECKING, Any

from qa.artefacts import View
from qa.facts import facts
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render import fonts
from qa.render.engines import Engine, Load
from qa.render.engines.measuring import prefers_dark
from qa.render.engines.playwright_window import downloaded
from qa.render.engines.proxy import Proxy
from qa.render.engines.window_engine import AWAY, FROZEN, Crashed, Stuck, Unseen, Window, Windowed

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

MISSING = "Firefox is not on this machine: run `qa setup --engines`"
START = 45  # seconds it may take to start; 1 to 4 were measured
REAPER = Path(__file__).with_name("reaper.py")
_POLL = 0.02  # seconds
_SANDBOX = "qa"  # BiDi's word for a world of our own beside the page's


def found(_profile: Profile) -> Engine | str:
    """An installed Firefox; else the sentence that says how to get one. Nothing is started."""
    if (program := find_firefox()) is None:
        return downloaded("gecko", "firefox") or MISSING
    preferences = hashlib.sha256(json.dumps(facts("firefox_prefs")["still"]).encode()).hexdigest()[:12]
    release, build = _release(program)
    fingerprint = f"{release} {build} {preferences} {fonts.fingerprint()}"
    return Windowed("gecko", lambda: release, fingerprint, prefers_dark, lambda dark: FirefoxWindow(program, dark))


def find_firefox() -> Path | None:
    places = facts("browsers")["firefox"]
    for place in places.get(sys.platform, places["linux"]):
        named = os.path.expanduser(place) if "/" in place else which(place) or ""  # noqa: PTH111 - as in qa.render.engines.chromium_pool
        if named and os.access(named, os.X_OK):
            return Path(named)
    return None


@cache
def _release(program: Path) -> tuple[str, str]:
    """Name and version, and what tells one build from another: as the file beside the program says."""
    beside = program.resolve().parent
    for folder in (beside, beside.parent / "Resources"):
        with suppress(OSError, KeyError):
            lines = (folder / "application.ini").read_text("utf-8").splitlines()
            facts = dict(line.split("=", 1) for line in lines if "=" in line)
            return f"Firefox {facts['Version']}", facts["BuildID"]
    return "Firefox", f"{program.resolve()} {program.stat().st_size}"


class FirefoxWindow(Window):
    """A Firefox with a profile of its own, which goes with it, and a proxy. ``dark`` holds for its whole life."""

    def __init__(self, program: Path, dark: bool) -> None:
        self._tidy = ExitStack()  # what is to be closed, the last first
        self.proxy = Proxy(own=tuple(facts("browsers")["firefox"]["own"]))
        self._tidy.callback(self.proxy.close)
        self._profile = profile = Path(tempfile.mkdtemp(prefix="qa-firefox-"))
        (profile / "user.js").write_text(_preferences(self.proxy.port, dark), "utf-8")
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            profile,
            "--remote-debugging-port",
            "0",
            "about:blank",
        ]
        self._reaper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(REAPER), str(profile), *map(str, command)],
            stdin=subprocess.PIPE, start_new_session=True,
            env=_environment(str(profile)),
        )  # fmt: skip
        self.pid = self._reaper.pid
        self._tidy.callback(self._end)
        self._place: dict[str, str] = {}  # where the document is: context, and the storage it has to itself
        self._count = 0
        self.deadline = time.monotonic() + START
        try:
            self._socket = self._connected(profile)
            wishes = {"alwaysMatch": {"unhandledPromptBehavior": {"default": "dismiss"}}}
            self._ask("session.new", capabilities=wishes)
        except (Stuck, Crashed, Unseen) as error:
            self.close()
            why = str(error) or "it did not answer"
            raise Fault(f"Firefox could not be started ({why}): run `qa doctor`") from None

    def _connected(self, profile: Path) -> ClientConnection:
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect

        while not (port := _port(profile)):
            if self._reaper.poll() is not None:
                raise Crashed("Firefox ended")
            if time.monotonic() > self.deadline:
                raise Stuck
            time.sleep(_POLL)
        try:
            # As long as a picture takes nothing is heard; and pictures are longer than what is usually sent.
            connection = connect(
                f"ws://127.0.0.1:{port}/session", max_size=None, compression=None, ping_interval=None, proxy=None
            )
            return self._tidy.enter_context(connection)
        except (OSError, WebSocketException) as error:
            raise Crashed(str(error)) from None

    def open(self, load: Load, view: View) -> None:
        if self._place:
            self._ask("browser.removeUserContext", userContext=self._place["userContext"])
        self._place = self._ask("browser.createUserContext")
        self._place |= self._ask("browsingContext.create", type="tab", userContext=self._place["userContext"])
        if load.scripted:
            frozen = f"() => {{ {FROZEN} }}"
            self._ask("script.addPreloadScript", functionDeclaration=frozen, contexts=[self._place["context"]])
        self.resize(view, view.height)
        self._ask("browsingContext.navigate", context=self._place["context"], url=load.served.url, wait="interactive")

    def evaluate(self, expression: str) -> Any:
        target = {"context": self._place["context"], "sandbox": _SANDBOX}
        written = f"(async () => JSON.stringify(await ({expression})))()"
        answer = self._ask("script.evaluate", expression=written, target=target, awaitPromise=True)
        if answer["type"] != "success":
            said = answer["exceptionDetails"]["text"][:200]
            raise Unseen(AWAY if "qa is not defined" in said else f"Firefox could not measure it: {said}")
        return json.loads(answer["result"].get("value", "null"))

    def resize(self, view: View, height: int) -> None:
        size = {"width": view.width, "height": height}
        self._ask(
            "browsingContext.setViewport",
            context=self._place["context"], viewport=size, devicePixelRatio=view.ratio,
        )  # fmt: skip

    def picture(self, view: View, height: int, beyond: bool) -> bytes:
        clip = {"type": "box", "x": 0, "y": 0, "width": view.width, "height": height}
        origin = "document" if beyond else "viewport"
        answer = self._ask(
            "browsingContext.captureScreenshot",
            context=self._place["context"], origin=origin, clip=clip, format={"type": "image/png"},
        )  # fmt: skip
        return b64decode(answer["data"])

    def close(self) -> None:
        self._tidy.close()

    def _end(self) -> None:
        """Let the reaper end it; what it removes is gone when this returns."""
        assert self._reaper.stdin is not None
        self._reaper.stdin.close()
        self._reaper.wait()
        rmtree(self._profile, ignore_errors=True)  # should the reaper have been killed itself

    def _ask(self, method: str, **parameters: object) -> Any:
        from websockets.exceptions import ConnectionClosed

        self._count += 1
        try:
            self._socket.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
            while True:
                answer = json.loads(self._socket.recv(max(0, self.deadline - time.monotonic())))
                if answer.get("id") == self._count:
                    break
        except TimeoutError:
            raise Stuck from None
        except (ConnectionClosed, OSError):
            raise Crashed("Firefox ended") from None
        if answer["type"] == "error":
            raise Unseen(f"Firefox could not show it: {answer['message'][:200]}")
        return answer["result"]


def _environment(home: str) -> dict[str, str]:
    """With a home of its own: it never comes up where it cannot write into the one it is told of."""
    folders = {"HOME": home, **{f"XDG_{name}_HOME": home for name in ("CACHE", "CONFIG", "DATA", "STATE")}}
    return {**os.environ, **fonts.environment(), **folders, "TZ": "UTC", "MOZ_CRASHREPORTER_DISABLE": "1"}


def _port(profile: Path) -> int:
    """The port Firefox listens on, as it writes it into its profile; 0 before that."""
    try:
        written: dict[str, int] = json.loads((profile / "WebDriverBiDiServer.json").read_text("utf-8"))
    except (OSError, ValueError):
        return 0
    return written["ws_port"]


def _preferences(port: int, dark: bool) -> str:
    table = facts("firefox_prefs")
    wanted = {**table["network"], **table["still"], **table["own"]}
    wanted |= {"network.proxy.http_port": port, "network.proxy.ssl_port": port}
    wanted["layout.css.prefers-color-scheme.content-override"] = 0 if dark else 1
    return "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())
