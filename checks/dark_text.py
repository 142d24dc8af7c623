"""Text in dark mode."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Darkening, Element, LinkedFiles, Markup, Rendering, Screenshot, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.text.wording import quoted
from qa.views.contrast import in_hex, ratio
from qa.views.dark_text import Pair, dark_and_light, lost_texts

_CONTRAST = facts("view_limits")["contrast"]


@check(
    "dark-mode-text",
    Code(
        "unreadable-in-dark-mode",
        Severity.WARNING,
        "In dark mode, text cannot be told from what is behind it.",
        "Give text and ground their colours together, on the same element, or both in the styles for dark mode.",
    ),
    Code(
        "turned-text-on-picture",
        Severity.INFO,
        "Where everything is turned round in dark mode, text on a picture is and the picture is not.",
        "Look at it in the client; where it matters, set the words beside the picture, or into it with an alt text.",
    ),
)
def dark_mode_text(rendering: Rendering, markup: Markup, files: LinkedFiles | None = None) -> Iterator[Finding]:
    """What can be read by day can be read in dark mode.

    One reader in three has dark mode on. Mail programs turn light grounds dark and dark text light, each by rules of
    its own; where they change one of the two and not the other, the text is gone. Browsers leave a page as it is,
    unless it has styles of its own for dark mode: then these may do the same.

    Fails:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { background: #111111 !important } }</style></head><body style="background:#ffffff"><p
          style="color:#222222">Save your seat today.</p></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { background: #111111 !important } p { color: #eeeeee !important }
          }</style></head><body style="background:#ffffff"><p style="color:#222222">Save your seat
          today.</p></body></html>
    """
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the colours are not its own")
    told: set[int] = set()
    for dark, light in dark_and_light(rendering):
        lost = [(e, pair) for e, pair in lost_texts(dark, light) if e.offset not in told]
        told |= {element.offset for element, _ in lost}
        turned = [one for one in lost if one[0].picture_behind and dark.view.darkening is Darkening.FULL]
        for code, some in (
            ("unreadable-in-dark-mode", [one for one in lost if one not in turned]),
            ("turned-text-on-picture", turned),
        ):
            if some:
                yield _unreadable(code, some, dark, markup)


def _unreadable(code: str, lost: Sequence[tuple[Element, Pair]], dark: Screenshot, markup: Markup) -> Finding:
    worst, (text, behind) = min(lost, key=lambda one: (ratio(*one[1]), one[0].offset))
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    found = f"{int(ratio(text, behind) * 10) / 10:g} : 1"
    ground = "a picture or gradient that is mostly " if worst.picture_behind else ""
    message = (
        f"In {dark.view.title}, {quoted(worst.text, 40)}{more} is {in_hex(text)} on {ground}{in_hex(behind)}: "
        f"a contrast of {found}."
    )
    expected = f"at least {_CONTRAST['large_text']:g} : 1"
    place = markup.source.place(worst.offset)
    about = tuple(causes.of_passage(markup.source.place(element.offset), element.text) for element, _ in lost)
    return Finding(code, message, place, None, expected, found, view=dark.view.name, causes=about)
