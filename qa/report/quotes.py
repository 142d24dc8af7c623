"""The texts that places lead to: the line of a finding, and its box in each screenshot."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from qa.artefacts import Parts, Rendering, Screenshot
from qa.build.assets import Asset
from qa.build.mime import LARGEST_MESSAGE
from qa.files.names import WAIVER_NAMES
from qa.files.readings import Readings
from qa.finding import Fault
from qa.report.read_files import in_folder, request_files
from qa.run import Plan
from qa.source import Place, Source

SNIPPET = 160  # characters of a source line that are shown around the place
_Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Quotes:
    """The texts places lead to, so that a report can show the line and the box in the picture."""

    sources: Mapping[tuple[str, str], Source]  # file and part
    screenshots: Mapping[str, tuple[Screenshot, ...]]  # by asset

    def snippet(self, place: Place) -> str | None:
        source = self.sources.get((place.file, place.part))
        if source is None or place.line is None:
            return None
        line = source.line(place.line)
        start = max(0, min((place.column or 1) - 1 - SNIPPET // 4, len(line) - SNIPPET))
        cut = line[start : start + SNIPPET]
        return ("…" if start else "") + cut.strip() + ("…" if start + SNIPPET < len(line) else "")

    def boxes(self, asset: str | None, place: Place) -> dict[str, _Box]:
        """The box of a place in every view that shows it, the widest last."""
        source = self.sources.get((place.file, place.part))
        if asset is None or source is None or place.offset is None:
            return {}
        by_width = sorted(self.screenshots.get(asset, ()), key=lambda screenshot: screenshot.width)
        found = {screenshot.view.name: _box(screenshot, source, place.offset) for screenshot in by_width}
        return {view: box for view, box in found.items() if box}


def _box(screenshot: Screenshot, source: Source, offset: int) -> _Box | None:
    """The element that starts at the offset, or else the nearest before it that holds it."""
    element = max((e for e in screenshot.elements if e.offset <= offset), key=lambda e: e.offset, default=None)
    if element is None or not element.visible:
        return None
    if element.offset != offset and "<!--[if" in source.text[element.offset : offset]:
        return None  # only Outlook reads this place: it is in no picture
    box = element.box
    return (round(box.x), round(box.y), round(box.width), round(box.height)) if box.width and box.height else None


def quotes_of(plan: Plan) -> Quotes:
    """The texts and pictures of all that was read of a plan."""
    sources: dict[tuple[str, str], Source] = {}
    screenshots: dict[str, tuple[Screenshot, ...]] = {}
    for subject in plan.subjects:
        if parts := subject.peek(Parts):
            sources |= {(s.file, s.part): s for s in (parts.html, parts.plain) if s is not None}
        if rendering := subject.peek(Rendering):
            screenshots[subject.name or ""] = rendering.screenshots
    files = request_files(plan) + in_folder(plan, WAIVER_NAMES, Readings())
    for subject in plan.subjects:
        if isinstance(asset := subject.given.get(Asset), Asset) and asset.sidecar:
            files.append(asset.sidecar)
    for file in files:
        with suppress(Fault):  # it changed meanwhile, which is told: no line of it is quoted that nobody judged
            text = file.read(LARGEST_MESSAGE).decode("utf-8", "replace")
            sources[file.name, ""] = Source(file.name, text)
    return Quotes(sources, screenshots)
