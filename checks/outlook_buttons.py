"""Buttons of Outlook on Windows, beside everybody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Link, Markup, Structure
from qa.artefacts.causes import of_link, of_page
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.text.phrases import and_more
from qa.text.wording import loose, quoted


@check(
    "outlook-buttons",
    Code(
        "other-label-in-outlook",
        Severity.WARNING,
        "Outlook's button has other words than the one everybody else sees.",
        "Write the same words into both: the one in the conditional comment, and the link beside it.",
    ),
)
def outlook_buttons(markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """A button says the same in Outlook as elsewhere.

    The button for Outlook on Windows stands in a comment that no other program reads, and no preview shows: the words
    of the link were changed, those of the comment are last year's.

    Fails:
        email: {}
        build: >-
          <!--[if mso]><v:roundrect href="https://acme.example/seat"><center>Come back</center></v:roundrect>
          <![endif]--><!--[if !mso]><!--><a href="https://acme.example/seat">Save my seat</a><!--<![endif]-->

    Passes:
        email: {}
        build: >-
          <!--[if mso]><v:roundrect href="https://acme.example/seat"><center>Save my seat</center></v:roundrect>
          <![endif]--><!--[if !mso]><!--><a href="https://acme.example/seat">Save my seat</a><!--<![endif]-->
    """
    buttons = [link for link in markup.links if link.outlook_only and loose(link.text)]
    if not buttons:
        raise Skip("the build has no button for Outlook alone")
    pairs = [(button, twin) for button in buttons if (twin := _twin(button, markup.links))]
    if pairs:
        (button, twin), more = pairs[0], len(pairs) - 1
        others = {0: "", 1: " Another button differs, too."}.get(more, f" {more} other buttons differ, too.")
        message = f"In Outlook on Windows, {quoted(twin.text, 60)} says {quoted(button.text, 60)}.{others}"
        each = tuple(f"{one.text} / {other.text}" for one, other in pairs)
        wanted, found, where = twin.text.strip(), button.text.strip(), button.where
        labels = {loose(ask.text) for ask in asked.links or ()}
        # Where the request has Outlook's words, the others are wrong.
        wrong = (twin if loose(button.text) in labels else button for button, twin in pairs)
        causes = tuple(map(of_link, wrong))
        yield Finding("other-label-in-outlook", message, where, None, wanted, found, each=each, causes=causes)


def _twin(button: Link, links: Sequence[Link]) -> Link | None:
    """The link next to a button that leads to the same place with other words; None where one has the same words."""
    at = links.index(button)
    beside = [link for link in (*links[at + 1 : at + 2], *links[max(0, at - 1) : at]) if not link.outlook_only]
    same = [link for link in beside if link.href.strip() == button.href.strip() and loose(link.text)]
    if any(_alike(link, button) for link in beside):
        return None
    return next((link for link in same if not link.hidden and not link.pictures), None)


def _alike(link: Link, button: Link) -> bool:
    one, other = loose(link.text), loose(button.text)
    return bool(one) and (one in other or other in one)


@check(
    "outlook-shapes",
    Code(
        "torn-shape",
        Severity.ERROR,
        "A button or a background that is drawn for Outlook alone is not whole.",
        "Write the shape whole, with its prefix: <v:roundrect …> … </v:roundrect>.",
    ),
)
def outlook_shapes(structure: Structure) -> Iterator[Finding]:
    """What is drawn for Outlook on Windows is whole.

    A button in VML that lost its end, or the “v:” before its name, is a bare line of text there, or takes the rest of
    the email along. No other program reads it, and so no preview shows it.

    Fails:
        email: {}
        build: <!--[if mso]><v:roundrect href="https://acme.example/seat"><center>Save my seat</center><![endif]-->

    Passes:
        email: {}
        build: >-
          <!--[if mso]><v:roundrect href="https://acme.example/seat"><center>Save my seat</center></v:roundrect>
          <![endif]-->
    """
    if not structure.shapes:
        return
    first, more = structure.shapes[0], and_more([flaw.where for flaw in structure.shapes])
    ever = {"unclosed": "is opened and never closed", "unopened": "closes what was never opened"}
    message = (
        f"What is drawn for Outlook on Windows is torn: {first.what} {ever.get(first.kind, 'lacks its prefix')}{more}."
    )
    each, about = tuple(flaw.what for flaw in structure.shapes), (of_page("torn tags"),)
    yield Finding("torn-shape", message, first.where, actual=first.what, each=each, causes=about)
