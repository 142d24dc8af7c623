"""The rendering of an asset: a screenshot of the whole document in each view, and what was measured on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from qa.artefacts import Parts, PictureFile, Rendering, Screenshot, View, WebPictures
from qa.build.assets import Asset
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.markup.tokeniser import stamped
from qa.markup.variables import Variables
from qa.pictures.measure import measured
from qa.profile.model import Profile
from qa.render.authored_dark import knows_dark
from qa.render.cache import cached, store
from qa.render.emulation import emulated
from qa.render.emulation.inlined import as_sent
from qa.render.engines import Browsers, DrawnView, Engine, Load, LostView
from qa.render.origin import BuildOrigin
from qa.request import Request
from qa.views.catalogue import selected

LARGEST = 10_000_000  # characters of HTML; the largest real page seen had a tenth of that


@gatherer(slow=True)
def rendering(  # noqa: PLR0913, PLR0917 - a build, what is known of it, and what draws it
    asset: Asset, parts: Parts, request: Request, profile: Profile, browsers: Browsers, web: WebPictures | None = None
) -> Rendering:
    """Every view of an asset that is wanted, from as few loads of it as they need."""
    if not profile.render:
        raise Skip("rendering was switched off (--no-render)")
    if parts.html is None:
        raise Skip("the build has no HTML part")
    if len(parts.html.text) > LARGEST:
        raise Fault(f"{parts.file} is too large to be rendered: {len(parts.html.text):,} characters of HTML")
    known = browsers.engines()
    running = {name: engine for name, engine in known.items() if not isinstance(engine, str)}
    chosen = selected(asset.kind, profile, running, knows_dark=knows_dark(asset, parts))
    missing = tuple((view, str(known[name])) for view, name in chosen.missing)
    if not running or (profile.browser and "chromium" not in running):  # whoever names a browser wants no other
        raise Fault(str(known["chromium"]))
    if not chosen.views:
        raise Fault(f"{parts.file} was not rendered: {missing[0][1]}")
    before = as_sent(request.platform or "", profile.inlines)
    filled = Variables(parts.html.text).in_text(stamped(parts.html))
    changed, lost = _changed(filled, chosen.views, before)
    loads = _loads(asset, parts, changed, _served(web))
    drawing = [_Drawing(running[load.views[0].engine], load, profile.cache) for load in loads]
    _draw(drawing, profile.browsers)
    return _rendering(parts.file, chosen.views, drawing, lost, missing)


@dataclass
class _Drawing:
    """A load, and what came of it: screenshots of an earlier run, and those drawn now."""

    engine: Engine
    load: Load
    cache: bool
    answers: list[DrawnView | LostView] = field(default_factory=list)
    renderer: str = ""
    refused: frozenset[str] = frozenset()

    def draw(self) -> None:
        load = self.load
        if self.cache:
            load = self._recall()
        if load.views:
            drawn = self.engine.draw(load)
            self.answers += drawn
            self.renderer = self.engine.label
            self.refused |= frozenset(load.served.refused)
            if self.cache:
                screenshots = [answer for answer in drawn if isinstance(answer, DrawnView)]
                store(load, screenshots, self.engine.fingerprint, self.renderer)

    def _recall(self) -> Load:
        """Take what was drawn before; the load that is left."""
        found = {view: cached(self.load, view, self.engine.fingerprint) for view in self.load.views}
        for screenshot in found.values():
            if screenshot is not None:
                self.answers.append(screenshot.drawn)
                self.renderer = screenshot.renderer
                self.refused |= frozenset(screenshot.refused)
        return replace(self.load, views=tuple(view for view, screenshot in found.items() if screenshot is None))


def _changed(html: str, views: Iterable[View], before: tuple[str, ...]) -> tuple[dict[View, str], list[LostView]]:
    """What each view's client makes of a document; ``before``: what its platform does to it when it is sent."""
    changed, lost = {}, []
    for view in views:
        # A client that reads style sheets shows the same either way: only where they go is the twin wanted.
        transforms = (*before, *view.transforms) if "no-style" in view.transforms else view.transforms
        try:
            changed[view] = emulated(html, replace(view, transforms=transforms))
        except Fault as fault:
            lost.append(LostView(view, str(fault)))
    return changed, lost


_CLOSED_ROOT = re.compile(r"(<template\b[^<>]*?\bshadowrootmode\s*=\s*)([\"']?)closed\b\2", re.IGNORECASE)


def _served(web: WebPictures | None) -> dict[str, tuple[str, bytes]]:
    """The pictures of the web that are there, each with its type; what is no picture is not shown."""
    found = {}
    for src, file in (web.files if web else {}).items():
        if isinstance(file, PictureFile) and file.content and (kind := measured(file).content_type):
            found[src] = kind, file.content
    return found


def _loads(
    asset: Asset, parts: Parts, changed: Mapping[View, str], web: Mapping[str, tuple[str, bytes]]
) -> Iterator[Load]:
    """The views by what they share: engine, document, and whether pictures are shown."""
    scripted = asset.kind == "page"  # email clients run no scripts
    alike: dict[tuple[str, str, bool], list[View]] = {}
    for view, text in changed.items():
        alike.setdefault((view.engine, text, view.images), []).append(view)
    for (_, text, images), sharing in alike.items():
        html = _CLOSED_ROOT.sub(r"\1\2open\2  ", text) if scripted else text  # as long, and what it shows can be read
        served = BuildOrigin(asset, parts, html, images=images, scripted=scripted, web=web)
        yield Load(html, served, tuple(sharing), scripted)


def _draw(drawing: list[_Drawing], at_once: int) -> None:
    """Draw every load, several at once; each engine sees to it that no more of its browsers run than should."""
    pool = ThreadPoolExecutor(max(1, min(len(drawing), 2 * at_once)), thread_name_prefix="draw")
    try:
        for done in [pool.submit(each.draw) for each in drawing]:
            done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _rendering(
    file: str,
    views: tuple[View, ...],
    drawing: list[_Drawing],
    unchanged: list[LostView],
    missing: tuple[tuple[View, str], ...],
) -> Rendering:
    renderers = {answer.view: each.renderer for each in drawing for answer in each.answers}
    answers: dict[View, DrawnView | LostView] = {answer.view: answer for answer in unchanged}
    answers |= {answer.view: answer for each in drawing for answer in each.answers}
    lost = tuple((view, answer.reason) for view in views if isinstance(answer := answers[view], LostView))
    screenshots = tuple(
        _screenshot(answer, renderers[view]) for view in views if isinstance(answer := answers[view], DrawnView)
    )
    if lost and not screenshots:
        raise Fault(f"{file} was not rendered: {lost[0][1]}")
    # As Chromium asked: the others ask for the same, and for things of their own besides.
    refused = {url for each in drawing if each.engine.name == "chromium" for url in each.refused}
    return Rendering(", ".join(dict.fromkeys(renderers.values())), screenshots, tuple(sorted(refused)), lost, missing)


def _screenshot(drawn: DrawnView, renderer: str) -> Screenshot:
    return Screenshot(
        drawn.view, drawn.width, drawn.height, drawn.scroll_width, drawn.png, drawn.elements, drawn.note,
        renderer, drawn.contents,
    )  # fmt: skip
