"""Layout that is too wide for the screen of a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qa.artefacts import LinkedFiles, Markup, Rendering, Screenshot, causes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.source import Place
from qa.text.wording import quoted
from qa.views.overflow import Harm, Overflow, phone_overflows, right


@check(
    "phone-overflow",
    Code(
        "sideways-scroll",
        Severity.WARNING,
        "On a phone, the layout is wider than the screen.",
        "Let the element shrink: max-width: 100%, or a media query for narrow screens.",
    ),
    Code(
        "empty-overflow",
        Severity.INFO,
        "On a phone, a little sticks out over the edge of the screen, and nothing is lost by it.",
        "Take the negative margin out, or hide what sticks out: overflow: hidden.",
    ),
)
def phone_overflow(rendering: Rendering, markup: Markup, files: LinkedFiles | None = None) -> Iterator[Finding]:
    """On a phone, nothing is wider than the screen.

    Most readers open on a phone. Where one wide table or picture sticks out, they scroll sideways to read every
    line, or the whole email is shrunk until nobody can read it.

    Fails:
        email: {}
        build: <html><body><div style="width:600px">Save your seat</div></body></html>

    Passes:
        email: {}
        build: <html><body><div style="max-width:600px">Save your seat</div></body></html>
    """
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the layout is not its own")
    found: dict[Place | None, Finding] = {}
    for each in phone_overflows(rendering, markup):
        finding = _finding(each, markup)
        found.setdefault(finding.where, finding)
    yield from found.values()


def _finding(overflow: Overflow, markup: Markup) -> Finding:
    screenshot, widest = overflow.screenshot, overflow.widest
    message, place = f"On a phone {screenshot.width} px wide, the layout is {screenshot.scroll_width} px wide", None
    if widest is not None:
        said = f" {quoted(widest.text, 40)}" if widest.text.strip() else ""
        place = markup.source.place(widest.offset)
        message = (
            f"On a phone {screenshot.width} px wide, <{widest.tag}>{said} is {round(widest.box.width)} px wide "
            f"and sticks out by {round(right(widest)) - screenshot.width} px"
        )
    return Finding(
        "empty-overflow" if overflow.harm in (Harm.NOTHING, Harm.LITTLE) else "sideways-scroll",
        f"{message}{_what_is_lost(overflow)}.",
        place,
        expected=f"{screenshot.width} px",
        actual=f"{screenshot.scroll_width} px",
        review=overflow.harm.unsure,
        view=screenshot.view.name,
        causes=(causes.of_page("width"),),
    )


def _what_is_lost(overflow: Overflow) -> str:
    """What the reader loses, or what a person should look at."""
    if overflow.harm is Harm.PERHAPS_WITH_TAGS:
        return "; see whether it still does when the merge tags are filled in"
    if overflow.harm is Harm.PERHAPS_WITH_PICTURES:
        return "; see whether it still does when its pictures are there"
    return ": empty space" if overflow.harm is Harm.NOTHING else f": {_what_is_seen(overflow.screenshot)}"


def _what_is_seen(screenshot: Screenshot) -> str:
    if screenshot.scale == 1:
        return "the reader has to scroll sideways"
    letters: Counter[float] = Counter()
    for element in screenshot.elements:
        letters[element.font_size] += len(element.text) if element.visible else 0
    seen = f"{screenshot.view.title} shows everything smaller, at {screenshot.scale:.0%}"
    size, many = max(letters.items(), key=lambda each: each[1], default=(0.0, 0))
    return f"{seen}, so that type of {size:g} px looks like {size * screenshot.scale:.0f} px" if many else seen
