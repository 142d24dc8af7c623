"""The page as a browser has it once its scripts ran, against its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import (
    AlignedCopy,
    AlignedFields,
    AlignedLinks,
    DrawnContents,
    Inventory,
    KnownLinks,
    Link,
    Markup,
    View,
)
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.drawn_additions import PagePart, added_facts, added_links, changed_facts
from qa.match.drawn_changes import DrawnChange, changed_form, changed_links, changed_title, changed_words
from qa.match.fact_spots import Spot
from qa.match.script_writing import remote_scripts, writing_script
from qa.match.sheet_words import SAYS, sheet_words
from qa.request import AskedPage, Request
from qa.text.phrases import listed
from qa.text.wording import quoted

_MOST = 5  # changes that one message names


@check(
    "page-as-drawn",
    Code(
        "changed-by-script",
        Severity.ERROR,
        "The source has what was asked for, and a browser shows something else: a script or a style sheet changes it.",
        "Open the page in a browser, and correct the script or the style sheet that writes there.",
    ),
    Code(
        "added-by-script",
        Severity.WARNING,
        "A browser shows a link, a price or a date on the page that neither its source nor the request has.",
        "Open the page in a browser; take it out, or add it to the request if it is meant to be there.",
    ),
    Code(
        "unrun-script",
        Severity.WARNING,
        "A script of the page writes into it, and no view was drawn: what it writes was not looked at.",
        "Run with rendering, or look at the page in a browser.",
    ),
    Code(
        "undrawn-words",
        Severity.WARNING,
        "A style sheet writes words into the page, and no view was drawn: what they make of it was not looked at.",
        "Run with rendering, or look at the page in a browser.",
    ),
)
def page_as_drawn(  # noqa: PLR0913, PLR0917 - each is something that was asked for, or what it is held against
    asked: AskedPage,
    request: Request,
    read: Inventory,
    markup: Markup,
    known: KnownLinks,
    links: AlignedLinks | None,
    copy: AlignedCopy | None,
    fields: AlignedFields | None,
    drawn: DrawnContents | None,
) -> Iterator[Finding]:
    """What a browser makes of the page is still what was asked for.

    A script that was copied along with a page may write last year's price over this year's, or send the button to the
    campaign before: whoever reads the source finds nothing wrong with it. So the page is read again as a browser has
    it, with what its scripts, its shadow roots, its frames and the words of its style sheets make of it.

    Fails:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <p>Join us in spring.</p><a id="go" href="https://acme.example/webinar">Save my seat</a><script>
          document.getElementById("go").href = "https://acme.example/winter"</script>

    Passes:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <p>Join us in spring.</p><a id="go" href="https://acme.example/webinar">Save my seat</a><script>
          document.getElementById("go").href += "?utm_source=page"</script>
    """
    if drawn is None:
        yield from _not_looked_at(read, markup)
        return
    part = PagePart(asked, request, known)
    changes: dict[str, tuple[DrawnChange, View]] = {}
    additions: dict[str, View] = {}
    for view, document in drawn.documents:
        facts = added_facts(part, markup, document)
        found = [*changed_links(links, markup, document), *changed_words(asked, copy, markup, document)]
        found += [*changed_title(asked, markup, document), *changed_form(fields, document)]
        found += changed_facts(part, markup, document, facts)
        for change in found:
            changes.setdefault(f"{change.name} {change.before}", (change, view))
        told = "\n".join(change.after for change, _ in changes.values())
        for said in _additions(added_links(part, markup, document), facts, told):
            additions.setdefault(said, view)
    for unsure in (False, True):
        if some := [(change, view) for change, view in changes.values() if change.unsure is unsure]:
            yield _changed(some)
    if additions:
        message = (
            f"A browser shows what is neither in the source of the page nor in the request: {listed(additions, _MOST)}."
        )
        where, first = markup.source.place(0), next(iter(additions.values()))
        yield Finding("added-by-script", message, where, each=tuple(additions), view=first.name)
    elif not changes and (remote := remote_scripts(markup)):
        raise Skip(
            f"what scripts from the web change was not looked at: they are not run here, {quoted(remote[0])} is one"
        )


def _additions(links: Iterable[Link], facts: Iterable[Spot], told: str) -> Iterator[str]:
    """What was added, what a change tells already left out."""
    for link in links:
        if link.href not in told:
            yield f"a link {quoted(link.text, 40)} to {link.href}"
    for spot in facts:
        if spot.written.lower() not in told.lower():
            yield f"the {spot.kind} {quoted(spot.written)}"


def _changed(some: Sequence[tuple[DrawnChange, View]]) -> Finding:
    first, view = some[0]
    named = [_in_words(change) for change, _ in some]
    more = f", and {len(named) - _MOST} more" if len(named) > _MOST else ""
    message = f"In a browser the page is not as its source says: {'; '.join(named[:_MOST])}{more}."
    if first.unsure:
        message += " It may be something that moves: look at it."
    about = tuple(dict.fromkeys(cause for change, _ in some for cause in change.causes))
    return Finding(
        "changed-by-script", message, first.where, first.request, first.before, first.after or None,
        review=first.unsure, view=view.name, each=tuple(change.before for change, _ in some), causes=about,
    )  # fmt: skip


def _in_words(change: DrawnChange) -> str:
    """« the link “Book” (https://…) is now “…” »."""
    what = f"{change.name} ({change.before})" if change.name else quoted(change.before, 60)
    return f"{what} has become {quoted(change.after, 120)}" if change.after else f"{what} is gone"


def _not_looked_at(read: Inventory, markup: Markup) -> Iterator[Finding]:
    script = writing_script(markup)
    if script is not None:
        message = f"A script of the page writes into it ({quoted(script.value, 40)}), and no view was drawn: "
        yield Finding(
            "unrun-script", f"{message}what it makes of the page was not looked at.", script.where, review=True
        )
    assert read.read is not None  # where there is markup, it was read from tags
    if words := [one for one in sheet_words(read.read, markup) if SAYS.search(one.value)]:
        each = tuple(dict.fromkeys(one.value for one in words))
        message = f"A style sheet writes {listed(map(quoted, each), _MOST)} into the page, and no view was drawn: "
        yield Finding(
            "undrawn-words", f"{message}what that makes of it was not looked at.", words[0].where, actual=each[0],
            review=True, each=each,
        )  # fmt: skip
    elif markup.scripts and script is None:
        raise Skip("no view was drawn: what the scripts of the page make of it was not looked at")
