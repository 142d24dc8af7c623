"""Layout in all views: what is cut off, and text that lies over text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Element, LinkedFiles, Markup, Rendering, Screenshot, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.source import Place
from qa.text.wording import quoted
from qa.views.legibility import letters
from qa.views.overflow import Harm, is_fixed, is_phone, is_wide, overflow, phone_overflows
from qa.views.overlaps import CUT, overlapping

_OVERLAP = facts("view_limits")["overlap"]


@check(
    "view-layout",
    Code(
        "overlapping-text",
        Severity.WARNING,
        "Two pieces of text lie over one another.",
        "Look for fixed heights, negative margins and positions at that place.",
    ),
    Code(
        "cut-off-text",
        Severity.WARNING,
        "A box is too low for its text, and cuts it off.",
        "Take away the fixed height, or the overflow: hidden, of the box around it.",
    ),
    Code(
        "cut-off-layout",
        Severity.WARNING,
        "The layout is wider than the window it is shown in.",
        "Let it shrink: max-width: 100%, or a narrower table.",
    ),
)
def view_layout(rendering: Rendering, markup: Markup, files: LinkedFiles | None = None) -> Iterator[Finding]:
    """In no view does the layout fall apart.

    What was built for one window breaks in another: a fixed height that held two lines must now hold three, a table is
    wider than the pane it is read in.

    Fails:
        email: {}
        build: >-
          <div style="height:10px"><p style="margin:0">Join us on 24 March.</p></div>
          <p style="margin:0">Save your seat now.</p>

    Passes:
        email: {}
        build: <div><p style="margin:0">Join us on 24 March.</p></div><p style="margin:0">Save your seat now.</p>
    """
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the layout is not its own")
    yield from _overlaps(rendering, markup)
    yield from _cut_texts(rendering, markup)
    yield from _too_wide(rendering, markup)


def _too_wide(rendering: Rendering, markup: Markup) -> Iterator[Finding]:
    """The layout that is cut off furthest: on phones, where it was not made for them, else on desks."""
    screenshots = rendering.screenshots
    narrow = list(phone_overflows(rendering, markup)) if any(map(is_phone, screenshots)) else []
    for unsure in (False, True):
        if phones := [each.screenshot for each in narrow if each.harm in _GONE and each.harm.unsure is unsure]:
            yield _cut_off(phones, markup, review=unsure)
            return
    desks = [s for s in screenshots if is_wide(s) and not is_phone(s) and (s.view.images or s.view.kind == "email")]
    if wide := [screenshot for screenshot in desks if overflow(screenshot, markup).harm is not Harm.NOTHING]:
        yield _cut_off(wide, markup)


_GONE = (Harm.MUCH, Harm.PERHAPS_WITH_TAGS, Harm.PERHAPS_WITH_PICTURES)


def _overlaps(rendering: Rendering, markup: Markup) -> Iterator[Finding]:
    told: dict[tuple[int, int], tuple[Element, Element, list[Screenshot]]] = {}
    for screenshot in rendering.screenshots:
        for one, other in overlapping(screenshot):
            told.setdefault((one.offset, other.offset), (one, other, []))[2].append(screenshot)
    for one, other, screenshots in list(told.values())[:1]:
        said = f"{quoted(other.text, 40)} lies over {quoted(one.text, 40)}"
        yield _first("overlapping-text", said, markup.source.place(other.offset), screenshots, len(told))


def _cut_texts(rendering: Rendering, markup: Markup) -> Iterator[Finding]:
    told: dict[int, tuple[Element, list[Screenshot]]] = {}
    for screenshot in rendering.screenshots:
        # What a page cuts off whole waits for its turn: the other slides, the other tabs.
        most = 0.98 if screenshot.view.kind == "page" else 1
        cut = (e for e in screenshot.elements if CUT <= e.cut <= most and e.visible)
        for element in (e for e in cut if letters(e) >= _OVERLAP["letters"]):
            told.setdefault(element.offset, (element, []))[1].append(screenshot)
    for element, screenshots in list(told.values())[:1]:
        said = f"{element.cut:.0%} of {quoted(element.text, 40)} is cut off"
        yield _first("cut-off-text", said, markup.source.place(element.offset), screenshots, len(told))


def _first(code: str, said: str, place: Place, screenshots: Sequence[Screenshot], places: int) -> Finding:
    """What is said of the first of many places, and in which views it is seen."""
    titles = ", ".join(dict.fromkeys(screenshot.view.title for screenshot in screenshots[:3]))
    more = f" There are {places - 1} more such places." if places > 1 else ""
    return Finding(code, f"In {titles}, {said}.{more}", place, view=screenshots[0].view.name)


def _widest(screenshot: Screenshot, markup: Markup) -> Element | None:
    """What sticks out because its own tag says so; else the outermost of what reaches furthest."""
    sticking = [e for e in screenshot.elements if e.visible and e.box.x + e.box.width > screenshot.width + 1]
    said = [e for e in sticking if is_fixed(e, markup)]
    return max(said or sticking, key=lambda e: (round(e.box.x + e.box.width), -e.offset), default=None)


def _cut_off(wide: Sequence[Screenshot], markup: Markup, *, review: bool = False) -> Finding:
    screenshot = max(wide, key=lambda one: one.scroll_width - one.width)
    widest = _widest(screenshot, markup)
    message = (
        f"In {screenshot.view.title}, the message gets {screenshot.width} px and "
        f"the layout is {screenshot.scroll_width} px wide: the reader has to scroll sideways."
    )
    place = markup.source.place(widest.offset) if widest else None
    should, is_ = f"{screenshot.width} px", f"{screenshot.scroll_width} px"
    about = (causes.of_page("width"),)
    view = screenshot.view.name
    return Finding("cut-off-layout", message, place, None, should, is_, review=review, view=view, causes=about)
