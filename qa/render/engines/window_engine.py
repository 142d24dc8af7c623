"""An engine made of windows: browsers that are told step by step, and that may hang or die at each step.

A window is one browser process behind a proxy of its own. It draws one load at a time, is kept for the next, and is
ended with all it started where a step takes longer than the budget.
"""

from __future__ import annotations

import json
import threading
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from qa.artefacts import View
from qa.finding import Fault
from qa.render.engines import STOPPED, DrawnView, Load, LostView, measuring
from qa.render.engines.proxy import Proxy
from qa.render.origin import ORIGIN

K = TypeVar("K", bound=Hashable)

LATE = f"it took more than {measuring.BUDGET:.0f} seconds"
AWAY = "a script of it leads away before it can be seen"
AT_ONCE = 2  # windows that draw; more would not be faster on few cores, and each takes 250 to 600 MB
TRIES = 2  # windows a load may use up
_POLL = 0.005  # seconds
# What a page's clock and dice show, set before its own scripts run: two runs must look the same.
FROZEN = f"""{{ const noon = Date.parse("{measuring.NOON}"), Real = Date;
globalThis.Date = new Proxy(Real, {{
  construct: (target, given, as) => Reflect.construct(target, given.length ? given : [noon], as),
  apply: () => new Real(noon).toString(),
}});
Real.now = () => noon; Real.prototype.constructor = Date; }}
{measuring.CHANCE}
{measuring.ROOTS}"""

# Read through their prototypes, because a form may be named like a property. The body is what scrolls in quirks mode.
HEIGHT = """(() => {
  const read = (type, name, object) => Object.getOwnPropertyDescriptor(type.prototype, name).get.call(object);
  const root = read(Document, "documentElement", document);
  const scrolled = read(Document, "scrollingElement", document) || root;
  return Math.max(read(Element, "scrollHeight", root), read(Element, "scrollHeight", scrolled));
})()"""


class Stuck(Exception):
    """A step took longer than the budget; the window is of no use any more."""


class Crashed(Exception):
    """The browser, or the process that draws in it, ended."""


class Unseen(Exception):
    """The document cannot be shown or measured; another window would do no better."""


class Window(ABC):
    """One browser process. Every step raises Stuck after ``deadline`` (of time.monotonic), or Crashed."""

    proxy: Proxy
    deadline: float
    left = False  # whether the document gave its place to another before it was there itself

    @abstractmethod
    def open(self, load: Load, view: View) -> None:
        """Begin to load a document, in a place that remembers nothing of the one before."""

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The value, awaited, of an expression in a world of our own beside the page's."""

    @abstractmethod
    def resize(self, view: View, height: int) -> None:
        """Show as wide a window as the view has, so tall, with its pixel ratio and colour scheme."""

    @abstractmethod
    def picture(self, view: View, height: int, beyond: bool) -> bytes:
        """A PNG of the document down to a height. ``beyond``: that is below the window's own end."""

    @abstractmethod
    def close(self) -> None:
        """End the process and all it started; harmless when it has ended."""


@dataclass(slots=True)
class _Work:
    """A load on its way: the views that wait to be drawn, and what came of the others."""

    waiting: list[View]
    answers: list[DrawnView | LostView] = field(default_factory=list)
    reason: str = ""  # why the last window was given up
    hopeless: bool = False  # another would do no better


class Windowed(Generic[K]):
    """An engine made of windows. ``key`` names what cannot be changed in a running one, ``start`` starts one so."""

    def __init__(
        self,
        name: str,
        called: Callable[[], str],
        fingerprint: str,
        key: Callable[[View], K],
        start: Callable[[K], Window],
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._called = called
        self._key = key
        self._start = start
        self._idle: dict[K, list[Window]] = defaultdict(list)
        self._all: set[Window] = set()
        # Why no window is to be had. A browser that cannot be started costs half a minute: once a run, not a load.
        self._fault = ""
        self._lock = threading.Lock()
        self._places = threading.Semaphore(AT_ONCE)

    @cached_property
    def label(self) -> str:
        return self._called()

    def draw(self, load: Load) -> list[DrawnView | LostView]:
        grouped: dict[K, list[View]] = defaultdict(list)
        for view in load.views:
            grouped[self._key(view)].append(view)
        answers = [answer for key, views in grouped.items() for answer in self._answers(key, load, views)]
        return sorted(answers, key=lambda answer: load.views.index(answer.view))

    def close(self) -> None:
        with self._lock:
            self._fault = STOPPED
            windows, self._all = self._all, set()
            self._idle.clear()
        for window in windows:
            window.close()

    def _answers(self, key: K, load: Load, views: list[View]) -> list[DrawnView | LostView]:
        work = _Work(views)
        for _ in range(TRIES):
            if work.waiting and not work.hopeless:
                with self._places:
                    self._try(key, load, work)
        return work.answers + [LostView(view, work.reason) for view in work.waiting]

    def _try(self, key: K, load: Load, work: _Work) -> None:
        """As many views as one window manages."""
        window = self._take(key)
        try:
            with window.proxy.serving(load.served):
                _open(window, load, work.waiting[0])
                while work.waiting:
                    work.answers.append(_screenshot(window, work.waiting[0], load.scripted))
                    del work.waiting[0]
        except BaseException as error:
            self._end(window)
            match error:
                case Stuck():
                    work.reason = LATE
                    work.answers.append(LostView(work.waiting.pop(0), LATE))
                case Crashed():
                    work.reason = f"the browser died of it twice ({error})"
                case Unseen():
                    work.reason = str(error)
                    work.hopeless = True
                case _:
                    raise
        else:
            self._give_back(key, window)

    def _take(self, key: K) -> Window:
        with self._lock:
            self._refuse_after_fault()
            if self._idle[key]:
                return self._idle[key].pop()
        try:
            window = self._start(key)
        except Fault as fault:
            self._fault = str(fault)
            raise
        with self._lock:
            self._all.add(window)
        try:
            self._refuse_after_fault()  # it was closed meanwhile
        except Fault:
            self._end(window)
            raise
        return window

    def _refuse_after_fault(self) -> None:
        if self._fault:
            raise Fault(self._fault)

    def _give_back(self, key: K, window: Window) -> None:
        with self._lock:
            if window in self._all:  # it was not closed meanwhile
                self._idle[key].append(window)

    def _end(self, window: Window) -> None:
        with self._lock:
            self._all.discard(window)
        window.close()


def _open(window: Window, load: Load, first: View) -> None:
    """The document, loaded and at rest. One that hangs here would do so for every view of it."""
    window.deadline = time.monotonic() + measuring.BUDGET
    try:
        window.open(load, first)
        window.evaluate(_block(measuring.script()))
        while not window.evaluate("qa.loaded()"):
            time.sleep(_POLL)
        if not window.evaluate(f"location.origin === {json.dumps(ORIGIN)} && qa.begun()") or window.left:
            raise Unseen(AWAY)
        _patiently(window, f"qa.settle({json.dumps(load.scripted)})", measuring.PATIENCE + (4 if load.scripted else 0))
        if window.left:
            raise Unseen(AWAY)
        if load.scripted:
            window.evaluate(_block(measuring.contents_script()))
        if any(map(measuring.darkened, load.views)):
            window.evaluate(_block(measuring.darkening_script()))
    except Stuck:
        raise Unseen(AWAY if window.left else LATE) from None
    except Unseen as unseen:
        # Firefox stumbles in its own words over a document that gives its place away while it is asked something.
        raise (Unseen(AWAY) if load.scripted and _leaves(window) else unseen) from None


def _leaves(window: Window) -> bool:
    """Whether another document comes, or came, in the place of the one that was opened."""
    given_up = time.monotonic() + 1
    while time.monotonic() < given_up:
        with suppress(Unseen, Stuck):
            if window.left or not window.evaluate(f"location.origin === {json.dumps(ORIGIN)}"):
                return True
        time.sleep(_POLL)
    return False


def _screenshot(window: Window, view: View, scripted: bool) -> DrawnView:
    window.deadline = time.monotonic() + measuring.BUDGET
    _resize(window, view, view.height)
    whole = _at_rest(window, view, scripted)
    height = min(whole, measuring.tallest(view))
    beyond = scripted and whole > view.height
    if not scripted or whole > height:
        # A window as tall as the document. Not for pages: what is "as tall as the window" there would grow with it.
        _resize(window, view, height)
        beyond = False
    if mode := measuring.darkened(view):
        window.evaluate(f"qa.darken({json.dumps(mode)}) === null")
    png = window.picture(view, height, beyond)
    answer = window.evaluate(measuring.MEASURE)
    contents = window.evaluate(measuring.CONTENTS) if scripted else ""
    if mode:
        window.evaluate("qa.undarken() === null")
    return measuring.measured(view, whole, png, answer, contents)


def _resize(window: Window, view: View, height: int) -> None:
    """Browsers take note of a new size later; some never of an odd one."""
    window.resize(view, height)
    given_up = time.monotonic() + 1
    while not window.evaluate(f"innerWidth === {view.width} && innerHeight === {height}"):
        if time.monotonic() > given_up:
            return
        time.sleep(_POLL)


def _at_rest(window: Window, view: View, scripted: bool) -> int:
    """The height of the document, once nothing of it moves or is still to come."""
    _patiently(window, f"qa.drawn({json.dumps(scripted)})", measuring.PATIENCE)
    window.evaluate("qa.fit(false)")
    height: int = max(1, window.evaluate(HEIGHT))
    return measuring.shrunk(view, height, window.evaluate(measuring.FIT)) if view.fits else height


def _patiently(window: Window, expression: str, seconds: float) -> None:
    """Wait for what may never come, and go on without it."""
    late = f"new Promise((done) => setTimeout(done, {seconds * 1000:.0f}))"
    window.evaluate(f"Promise.race([{expression}, {late}]).then(() => true)")


def _block(statements: str) -> str:
    """Statements as an expression."""
    return f"(() => {{ {statements}\nreturn true }})()"
