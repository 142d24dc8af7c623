"""Buttons that lead nowhere, as nothing about them is a link, or as a link and a <button> stand in one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Inventory, Link, Markup
from qa.artefacts.causes import of_asked_link, of_element, of_link
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.markup.dead_buttons import DeadButton, NestedButton, dead_buttons, nested_buttons
from qa.match.labels import label_likeness
from qa.request import AskedAsset, AskedPage
from qa.source import Place
from qa.text.phrases import and_more, in_lines, listed
from qa.text.wording import quoted


@check(
    "dead-buttons",
    Code(
        "dead-button",
        Severity.ERROR,
        "What looks like a button leads nowhere when it is clicked.",
        'Make it a link with an address: <a href="https://…">.',
    ),
)
def dead_button(asked: AskedAsset, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """Everything that looks like a button is a link.

    A button whose href was lost or misspelt, or whose address stands on a tag that is no link, looks as it should in
    every proof. A <button> tag does nothing in an email, where no script runs.

    Fails:
        email: {}
        build: <p>Join us.</p><a class="btn" hrf="https://www.acme.example/webinar">Save my seat</a>

    Passes:
        email: {}
        build: <p>Join us.</p><a class="btn" href="https://www.acme.example/webinar">Save my seat</a>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    by_place = {link.where.offset: link for link in markup.links}
    groups: dict[tuple[str, bool], list[DeadButton]] = {}
    for button in dead_buttons(read.read.raw, read.read.tokens, not isinstance(asked, AskedPage)):
        groups.setdefault((button.fault, button.doubtful), []).append(button)
    for (fault, doubtful), same in groups.items():
        places = [markup.source.place(button.start) for button in same]
        named = listed(quoted(button.words) for button in same)
        one = len({button.words for button in same}) == 1
        looks, it = ("looks like a link", "it") if one else ("look like links", "them")
        says = f"see whether a script makes {it} one" if doubtful else f"a click on {it} does nothing"
        message = f"{named} {looks}, but {fault}: {says}{in_lines(places)}."
        about = tuple(
            cause
            for button, place in zip(same, places, strict=True)
            for cause in _causes(button, place, by_place.get(button.start), asked)
        )
        each = tuple(button.words for button in same)
        yield Finding("dead-button", message, places[0], actual=each[0], review=doubtful, each=each, causes=about)


def _causes(button: DeadButton, place: Place, link: Link | None, asked: AskedAsset) -> Iterator[Cause]:
    """The button, and the link of the request that it was to be."""
    yield of_element(place)
    if link is not None:
        yield of_link(link)
    wanted = (one for one in asked.links or () if label_likeness(one.text, button.words) == 1)
    yield from map(of_asked_link, wanted)


@check(
    "nested-buttons",
    Code(
        "nested-button",
        Severity.WARNING,
        "A link and a <button> stand in one another, and not everybody can click on both.",
        'Take the <button> tag out, and give its styles to the link: <a href="https://…" style="…">.',
    ),
)
def nested_button(asked: AskedAsset, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """No link holds a <button>, and no <button> a link.

    HTML allows neither. Outlook and GMX know no <button>, so that nothing of its looks is left; and where a link stands
    in one, Firefox and Thunderbird keep the click to the button, and nothing opens.

    Fails:
        email: {}
        build: <p>Join us.</p><a href="https://www.acme.example/webinar"><button>Save my seat</button></a>

    Passes:
        email: {}
        build: <p>Join us.</p><a href="https://www.acme.example/webinar" class="button">Save my seat</a>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    nested = list(nested_buttons(read.read.raw, read.read.tokens))
    in_links = [one for one in nested if one.outer == "a" and not isinstance(asked, AskedPage)]
    if in_links:
        says = "is a <button> in a link: in Outlook and others it is drawn as plain text, or a click on it is lost"
        yield _nested(in_links, says, markup)
    if in_buttons := [one for one in nested if one.outer == "button"]:
        says = "is a link in a <button>: in Firefox and Thunderbird a click on it opens nothing"
        yield _nested(in_buttons, says, markup)


def _nested(same: Sequence[NestedButton], says: str, markup: Markup) -> Finding:
    first, places = same[0], [markup.source.place(one.start) for one in same]
    named = quoted(first.words) if first.words else "A picture"
    message = f"{named} {says}{and_more(places)}."
    starts = {one.start for one in same}
    about = tuple(of_link(link) for link in markup.links if link.where.offset in starts)
    each = tuple(one.words for one in same)
    return Finding("nested-button", message, places[0], actual=first.words, each=each, causes=about)
