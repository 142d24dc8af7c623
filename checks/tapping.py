"""Links and buttons under a thumb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Markup, Rendering, Screenshot
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.text.wording import quoted
from qa.views.legibility import phone
from qa.views.tap_targets import Button, Pair, is_crowded, is_worded, small_buttons, tapped

_PHONE = facts("view_limits")["phone"]
_MOST = 100  # links that are looked at


@check(
    "tap-targets",
    Code(
        "crowded-links",
        Severity.WARNING,
        "On a phone, links are so small and near one another that a thumb hits the wrong one.",
        "Give them room: padding inside the link, 8 px between, or one below the other.",
    ),
    Code(
        "small-tap-target",
        Severity.INFO,
        "On a phone, a button is smaller than a thumb.",
        "Put the padding inside the link, so that all of the button can be tapped.",
    ),
)
def tap_targets(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """On a phone, links and buttons can be hit with a thumb.

    A thumb covers 44 pixels. Where the padding of a button belongs to the table cell and not to the link, only its
    words can be tapped, and the reader thinks that the button is broken.

    Fails:
        email: {}
        build: >-
          <p style="font-size:14px;line-height:16px"><a href="https://a.example/one"><img src="a.png"
          width="16" height="16" alt="A"></a> <a href="https://a.example/two"><img src="b.png" width="16"
          height="16" alt="B"></a></p>
        files: {build/a.png: {picture: [32, 32, a]}, build/b.png: {picture: [32, 32, b]}}

    Passes:
        email: {}
        build: >-
          <p><a href="https://a.example/one"><img src="a.png" width="48" height="48" alt="A"></a> <a
          href="https://a.example/two"><img src="b.png" width="48" height="48" alt="B"></a></p>
        files: {build/a.png: {picture: [96, 96, a]}, build/b.png: {picture: [96, 96, b]}}
    """
    screenshot = phone(rendering)
    if screenshot.scale < 1:
        raise Skip("the message is too wide for the phone, which shows all of it smaller: first see to that")
    by_offset = {link.where.offset: link for link in markup.links if link.tag == "a" and link.has_href}
    seen = [
        (e, by_offset[e.offset]) for e in screenshot.elements if e.visible and e.tag == "a" and e.offset in by_offset
    ]
    if not seen:
        raise Skip("no link is seen on a phone")
    pictures = [(tapped(e, screenshot), link) for e, link in seen if link.pictures]
    crowded = [pair for pair in pictures if is_crowded(pair, pictures)]
    if crowded:
        yield _crowd(crowded, markup, screenshot)
    buttons = list(small_buttons([pair for pair in seen if is_worded(pair)][:_MOST], screenshot))
    if buttons:
        yield _small_button(buttons, screenshot)


def _crowd(crowded: Sequence[Pair], markup: Markup, screenshot: Screenshot) -> Finding:
    element, link = crowded[0]
    size = f"{round(element.box.width)} × {round(element.box.height)} px"
    message = (
        f"On a phone, {len(crowded)} linked pictures stand close together and are smaller than a thumb; the first, "
        f"{quoted(link.text or link.href, 40)}, measures {size}."
    )
    least = f"at least {_PHONE['tap_least']} × {_PHONE['tap_least']} px"
    return Finding("crowded-links", message, link.where, None, least, size, view=screenshot.view.name)


def _small_button(buttons: Sequence[Button], screenshot: Screenshot) -> Finding:
    worst = min(buttons, key=lambda button: button.tapped)
    size, name = f"{worst.tapped} px", quoted(worst.link.text, 40)
    more = f" ({len(buttons)} buttons are as small)" if len(buttons) > 1 else ""
    if worst.tapped + _PHONE["inside"] < worst.height:
        message = f"On a phone, {name} is {worst.height} px high, of which only {size} can be tapped{more}."
    else:
        message = f"On a phone, the button {name} is only {size} high{more}."
    least = f"at least {_PHONE['tap']} px"
    return Finding("small-tap-target", message, worst.link.where, None, least, size, view=screenshot.view.name)
