"""A program that draws in WebKitGTK for another: orders come in on stdin, answers and pixels leave on stdout.

Runs under the system's own Python, the only one that PyGObject is built for; so it imports the standard library and
``gi`` alone. Started with the address of a proxy; without, it names WebKit's version. An order is its length (4 bytes)
and JSON; an answer the lengths of its JSON and of its pixels, and both.
https://webkitgtk.org/reference/webkit2gtk/stable/
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

PR_SET_PDEATHSIG = 1
HEAP = 1500  # MB a page may take before its process is ended
WORLD = "qa"  # our scripts' own: they share the page's tree, and no object with its scripts


def end_all() -> None:
    """End this process and all it started: they are one group, of which this is the first."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def open_display() -> None:
    """A screen of our own that nobody sees."""
    reading, writing = os.pipe()
    screen = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"]
    nowhere = subprocess.DEVNULL
    subprocess.Popen(
        screen, stdin=nowhere, stdout=nowhere, stderr=nowhere, pass_fds=[writing],
        preexec_fn=die_with_parent,  # noqa: PLW1509 - there is one thread yet
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as stream:
        number = stream.readline().strip()
    if not number:
        raise SystemExit("Xvfb does not start")
    os.environ["DISPLAY"] = ":" + number


class Worker:
    def __init__(self, answers: BinaryIO, proxy: str, sandboxed: bool) -> None:
        self.answers = answers
        self.waiting = False  # whether an order has no answer yet
        self.opening = False
        self.crashed = False
        self.finished = self.scripted = False
        self.left = False  # whether the document gave its place to another before it was there itself
        self.view: Any = None
        self.window: Any = None
        self.closed = (proxy, sandboxed)
        self.context = self.closed_context(*self.closed)
        settings = Gtk.Settings.get_default()
        settings.props.gtk_font_name = "Liberation Sans 12"
        settings.props.gtk_xft_antialias = 1
        settings.props.gtk_xft_hinting = 0
        settings.props.gtk_xft_rgba = "none"
        settings.props.gtk_enable_animations = False  # prefers-reduced-motion: reduce
        settings.props.gtk_cursor_blink = False

    def closed_context(self, proxy: str, sandboxed: bool) -> Any:
        """What views share: nothing is kept, and every request goes to the proxy, those to this machine too."""
        store = WebKit2.WebsiteDataManager.new_ephemeral()
        everywhere = WebKit2.NetworkProxySettings.new(proxy, None)
        store.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, everywhere)
        store.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.FAIL)
        limit = WebKit2.MemoryPressureSettings.new()
        limit.set_memory_limit(HEAP)
        limit.set_kill_threshold(1.0)
        context = WebKit2.WebContext(website_data_manager=store, memory_pressure_settings=limit)
        if sandboxed:
            context.set_sandbox_enabled(True)
            if fonts := os.environ.get("FONTCONFIG_FILE"):
                context.add_path_to_sandbox(str(Path(fonts).parent), True)
        context.set_cache_model(WebKit2.CacheModel.DOCUMENT_VIEWER)
        context.set_preferred_languages(["en-GB"])
        return context

    def answer(self, pixels: bytes = b"", **facts: object) -> None:
        if self.waiting:
            self.waiting = False
            head = json.dumps(facts).encode()
            self.answers.write(struct.pack(">II", len(head), len(pixels)) + head)
            self.answers.write(pixels)
            self.answers.flush()

    def obey(self, order: dict[str, Any]) -> bool:
        self.waiting = True
        try:
            if self.crashed:
                self.answer(crashed=True)
            else:
                getattr(self, "to_" + order.pop("order"))(**order)
        except Exception as error:
            self.answer(error=repr(error))
        return False

    def to_open(self, url: str, scripted: bool, preload: str, width: int, height: int) -> None:
        """Load a document in a view of its own, which remembers nothing of the one before."""
        if self.window is not None:
            self.window.destroy()
        if scripted:  # it may leave cookies and the like behind
            self.context = self.closed_context(*self.closed)
        scripts = WebKit2.UserContentManager()
        if preload:
            everywhere = WebKit2.UserContentInjectedFrames.ALL_FRAMES
            start = WebKit2.UserScriptInjectionTime.START
            scripts.add_script(WebKit2.UserScript.new(preload, everywhere, start, None, None))
        self.view = WebKit2.WebView(web_context=self.context, user_content_manager=scripts, settings=how(scripted))
        self.view.connect("load-changed", self.loading)
        self.view.connect("load-failed", self.failed)
        self.view.connect("web-process-terminated", self.ended)
        self.view.connect("script-dialog", lambda *_: True)
        self.view.connect("permission-request", lambda _, request: request.deny() or True)
        self.view.connect("context-menu", lambda *_: True)
        self.window = Gtk.OffscreenWindow()
        self.window.add(self.view)
        self.size(width, height)
        self.window.show_all()
        self.opening = True
        self.finished = self.left = False
        self.scripted = scripted
        self.view.load_uri(url)

    def loading(self, _view: Any, event: Any) -> None:
        if self.opening and event == WebKit2.LoadEvent.COMMITTED:
            self.opening = False
            self.answer()
        elif event == WebKit2.LoadEvent.FINISHED:
            self.finished = True

    def failed(self, _view: Any, _event: Any, _url: str, error: Any) -> bool:
        """What cannot be loaded takes the place of nothing: a page that leads away stays where it is."""
        if self.opening:
            self.opening = False
            self.answer(error=error.message)
        else:
            # Of a script's doing the moment is chance, and so would be the picture; a refresh comes after the document.
            self.left |= self.scripted or not self.finished
        return True

    def ended(self, _view: Any, _reason: Any) -> None:
        self.crashed = True
        self.answer(crashed=True)

    def size(self, width: int, height: int) -> None:
        self.window.set_default_size(width, height)
        self.window.resize(width, height)
        self.view.set_size_request(width, height)

    def to_resize(self, width: int, height: int, dark: bool) -> None:
        Gtk.Settings.get_default().props.gtk_application_prefer_dark_theme = dark
        self.size(width, height)
        self.answer()

    def to_evaluate(self, script: str) -> None:
        body = f"return JSON.stringify(await ({script}))"
        self.view.call_async_javascript_function(body, -1, None, WORLD, None, None, self.evaluated)

    def evaluated(self, view: Any, result: Any) -> None:
        try:
            value = view.call_async_javascript_function_finish(result)
            self.answer(value=json.loads(value.to_string()) if value.is_string() else None, left=self.left)
        except GLib.Error as error:
            self.answer(error=error.message)

    def to_picture(self, whole: bool) -> None:
        region = WebKit2.SnapshotRegion.FULL_DOCUMENT if whole else WebKit2.SnapshotRegion.VISIBLE
        self.view.get_snapshot(region, WebKit2.SnapshotOptions.NONE, None, self.pictured)

    def pictured(self, view: Any, result: Any) -> None:
        try:
            surface = view.get_snapshot_finish(result)
        except GLib.Error as error:
            self.answer(error=error.message)
            return
        surface.flush()
        facts = {"width": surface.get_width(), "height": surface.get_height(), "stride": surface.get_stride()}
        self.answer(surface.get_data(), **facts)


def how(scripted: bool) -> Any:
    settings = WebKit2.Settings()
    # Not "enable-javascript": our own scripts measure. Without markup of it, a document's scripts are never parsed.
    settings.set_property("enable-javascript-markup", scripted)
    settings.set_property("hardware-acceleration-policy", WebKit2.HardwareAccelerationPolicy.NEVER)
    settings.set_property("enable-dns-prefetching", False)
    settings.set_property("enable-page-cache", False)
    settings.set_property("enable-smooth-scrolling", False)
    settings.set_property("enable-webrtc", False)
    settings.set_property("enable-media", False)
    settings.set_property("javascript-can-open-windows-automatically", False)
    settings.set_property("default-font-family", "serif")
    for family in ("serif", "sans-serif", "monospace", "cursive", "fantasy"):
        settings.set_property(family + "-font-family", family)
    return settings


def listen(worker: Worker) -> None:
    """Pass orders on, one by one; their end is the end of this process, whatever a page is doing."""
    orders = sys.stdin.buffer
    while len(head := orders.read(4)) == 4:
        GLib.idle_add(worker.obey, json.loads(orders.read(struct.unpack(">I", head)[0])))
    end_all()


def serve(proxy: str, sandboxed: bool) -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints no answer
    Gtk.init([])
    worker = Worker(answers, proxy, sandboxed)
    worker.waiting = True
    worker.answer()  # ready
    threading.Thread(target=listen, args=[worker], daemon=True).start()
    Gtk.main()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        open_display()

    import gi

    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    import cairo  # noqa: F401 - without it a picture cannot be handed over
    from gi.repository import GLib, Gtk, WebKit2

    if len(sys.argv) > 1:
        serve(sys.argv[1], sys.argv[2:] == ["sandboxed"])
    else:
        print(WebKit2.MAJOR_VERSION, WebKit2.MINOR_VERSION, WebKit2.MICRO_VERSION, sep=".")
