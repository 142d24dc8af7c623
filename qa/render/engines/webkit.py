"""The engine WebKit, which stands for Apple Mail: WebKitGTK, in a worker under the system's own Python.

It is the engine of Apple Mail with Linux fonts and form fields: the same layout and CSS, another text. Where it cannot
be had, on macOS and Windows, Playwright's own WebKit draws.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from qa.artefacts import View
from qa.facts import facts
from qa.finding import Fault
from qa.profile.model import Profile
from qa.render import fonts
from qa.render.engines import Engine, Load
from qa.render.engines.measuring import prefers_dark
from qa.render.engines.playwright_window import downloaded
from qa.render.engines.proxy import Proxy
from qa.render.engines.window_engine import FROZEN, Crashed, Stuck, Unseen, Window, Windowed

MISSING = "WebKit is not on this machine: run `qa setup --engines`"
START = 30  # seconds it may take to start; 0.7 to 3 were measured
WORKER = Path(__file__).with_name("webkit_worker.py")
_PIPE = 1 << 20  # bytes on their way from the worker: pictures have millions
_QUIET = {
    "GDK_BACKEND": "x11",
    "GSETTINGS_BACKEND": "memory",  # nobody's own theme and text size
    "XDG_CONFIG_HOME": "/nonexistent",
    "NO_AT_BRIDGE": "1",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    "TZ": "UTC",
}


def found(_profile: Profile) -> Engine | str:
    """WebKitGTK where all it takes is installed; else the sentence that says how to get it. Nothing is started."""
    python = facts("browsers")["webkitgtk"]["python"]
    library = _library()
    if library is None or not sys.platform.startswith("linux"):
        return downloaded("webkit", "webkit") or MISSING
    worker = hashlib.sha256(WORKER.read_bytes()).hexdigest()[:12]
    parts = ("WebKitGTK", library.name, library.stat().st_size, worker, fonts.fingerprint())
    return Windowed(
        "webkit", lambda: _label(python), " ".join(map(str, parts)), _pixels, lambda ratio: GtkWindow(python, ratio)
    )


def _label(python: str) -> str:
    said = subprocess.run(
        [python, "-I", str(WORKER)], capture_output=True, text=True, check=False, timeout=START
    ).stdout
    return f"WebKitGTK {said.strip()}".strip()


def _library() -> Path | None:
    """WebKit itself, where its description for Python, PyGObject with pictures, and Xvfb are installed too."""
    places = facts("browsers")["webkitgtk"]
    if not Path(places["python"]).is_file() or not shutil.which("Xvfb"):
        return None
    there = [next((file for place in places[part] for file in _there(place)), None) for part in _PARTS]
    return there[0].resolve() if there[0] and all(there) else None


def _there(pattern: str) -> list[Path]:
    return sorted(Path("/").glob(pattern.removeprefix("/")))


_PARTS = ("library", "description", "pictures")


def _pixels(view: View) -> int:
    """Pixels to one of CSS; a process keeps them for life, and GTK knows whole ones alone."""
    return math.ceil(view.ratio)


@cache
def _sandboxed() -> tuple[str, ...]:
    """How the worker is asked for WebKit's sandbox, where it can be had: not in every container."""
    if not shutil.which("xdg-dbus-proxy") or not (bubblewrap := shutil.which("bwrap")):
        return ()
    trial = [bubblewrap, "--ro-bind", "/", "/", "--unshare-all", "true"]
    failed = subprocess.run(trial, capture_output=True, check=False, timeout=START).returncode
    return () if failed else ("sandboxed",)


class GtkWindow(Window):
    """A worker process with its own screen, WebKit's processes, and proxy."""

    def __init__(self, python: str, ratio: int) -> None:
        self.proxy = Proxy(still=True)
        self._home = tempfile.mkdtemp(prefix="qa-webkit-")
        self._ratio = ratio
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the worker
        self._worker = subprocess.Popen(
            [python, "-I", str(WORKER), f"http://127.0.0.1:{self.proxy.port}", *_sandboxed()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, pipesize=_PIPE,
            start_new_session=True, env=_environment(self._home, ratio),
        )  # fmt: skip
        self.pid = self._worker.pid
        self.deadline = time.monotonic() + START
        try:
            self._answer()
        except (Stuck, Crashed):
            reason = _last_line(self._stderr) or "it did not answer"
            self.close()
            raise Fault(f"WebKit could not be started ({reason}): run `qa doctor`") from None

    def open(self, load: Load, view: View) -> None:
        size = {"width": view.width, "height": view.height}
        preload = FROZEN if load.scripted else ""
        self._ask("open", url=load.served.url, scripted=load.scripted, preload=preload, **size)

    def evaluate(self, expression: str) -> Any:
        facts, _ = self._ask("evaluate", script=expression)
        self.left = facts["left"]
        return facts["value"]

    def resize(self, view: View, height: int) -> None:
        self._ask("resize", width=view.width, height=height, dark=prefers_dark(view))

    def picture(self, view: View, height: int, beyond: bool) -> bytes:
        from PIL import Image

        facts, pixels = self._ask("picture", whole=beyond)
        drawn = (facts["width"], facts["height"])
        image = Image.frombuffer("RGB", drawn, pixels, "raw", "BGRX", facts["stride"], 1)
        wanted = (view.width * self._ratio, height * self._ratio)
        if drawn != wanted:
            image = image.crop((0, 0, *wanted))
        if self._ratio != view.ratio:
            image = image.resize((round(view.width * view.ratio), round(height * view.ratio)), Image.Resampling.LANCZOS)
        out = BytesIO()
        image.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def close(self) -> None:
        with suppress(OSError):
            os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()
        for stream in (self._worker.stdin, self._worker.stdout):
            with suppress(OSError):  # an order that nobody took
                assert stream is not None
                stream.close()
        self._stderr.close()
        shutil.rmtree(self._home, ignore_errors=True)
        self.proxy.close()

    def _ask(self, order: str, **rest: object) -> tuple[dict[str, Any], bytearray]:
        message = json.dumps({"order": order, **rest}).encode()
        assert self._worker.stdin is not None
        try:
            self._worker.stdin.write(struct.pack(">I", len(message)) + message)
            self._worker.stdin.flush()
        except (OSError, ValueError):  # ValueError: closed in another thread
            raise Crashed("WebKit ended") from None
        facts, pixels = self._answer()
        if "crashed" in facts:
            raise Crashed("WebKit ended")
        if "error" in facts:
            raise Unseen(f"WebKit could not show it: {facts['error'][:200]}")
        return facts, pixels

    def _answer(self) -> tuple[dict[str, Any], bytearray]:
        lengths = struct.unpack(">II", self._read(8))
        return json.loads(self._read(lengths[0])), self._read(lengths[1])

    def _read(self, count: int) -> bytearray:
        """So many bytes of the worker's, in time."""
        stream = self._worker.stdout
        assert stream is not None
        got = bytearray()
        while len(got) < count:
            try:
                ready, _, _ = select.select([stream], [], [], max(0, self.deadline - time.monotonic()))
                news = os.read(stream.fileno(), min(count - len(got), _PIPE)) if ready else None
            except (OSError, ValueError):
                raise Crashed("WebKit ended") from None
            if news is None:
                raise Stuck
            if not news:
                raise Crashed("WebKit ended")
            got += news
        return got


def _environment(home: str, ratio: int) -> dict[str, str]:
    """With a home of its own: it does not start where it cannot write into the one it is told of."""
    folders = {"HOME": home, **{f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CACHE", "DATA", "STATE")}}
    return {**os.environ, **fonts.environment(), **_QUIET, **folders, "GDK_SCALE": str(ratio)}


def _last_line(stream: IO[bytes]) -> str:
    stream.seek(0)
    lines = stream.read(100_000).decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")
