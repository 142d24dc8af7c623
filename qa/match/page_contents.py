"""What each view of a page shows a visitor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.artefacts import (
    Element,
    LinkedFiles,
    Markup,
    Rendering,
    Screenshot,
    View,
)
from qa.finding import Skip
from qa.text.phrases import listed
from qa.text.wording import loose, quoted

_SPEAKS = ("label", "legend", "span")
_MOST = 3  # views that one message names
_LEAST = 1  # CSS pixels; what is no wider or higher is of no size


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a view shows."""

    view: View
    seen: dict[int, Element]  # by offset
    words: frozenset[str]  # of labels
    measured: int  # the offset up to which was looked

    def any(self, offsets: Iterable[int]) -> bool:
        """Whether one of these is seen; what was not measured may be."""
        return any(offset in self.seen or offset > self.measured for offset in offsets)


def page_contents(rendering: Rendering, markup: Markup, files: LinkedFiles | None) -> list[PageContent]:
    """What the views with pictures show; Skip where there are too few of them, or they are not drawn as they should."""
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the page looks otherwise without it")
    contents = [_content(screenshot, markup) for screenshot in rendering.screenshots if screenshot.view.images]
    if len(contents) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    return contents


def _content(screenshot: Screenshot, markup: Markup) -> PageContent:
    seen = {e.offset: e for e in screenshot.elements if e.visible and min(e.box.width, e.box.height) > _LEAST}
    words = frozenset(loose(element.text) for element in seen.values() if element.tag in _SPEAKS)
    partly = "only the first" in screenshot.note
    measured = max((e.offset for e in screenshot.elements), default=0) if partly else len(markup.source.text)
    return PageContent(screenshot.view, seen, words - {""}, measured)


def titles_of(contents: Sequence[PageContent]) -> str:
    """« Phone, Tablet and Desktop »; a view in dark mode is named where it is not as by day."""
    by_day = {content.view.name for content in contents}
    titles = [s.view.title for s in contents if not (s.view.dark and s.view.name.removesuffix("-dark") in by_day)]
    return listed(titles, _MOST)
