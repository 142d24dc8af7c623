"""Things of the request that no reader sees, though they are in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import AlignedCopy, AlignedLinks, Link, LinkedFiles, Rendering
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.asked_things import AskedThing, AskedWords
from qa.match.sights import Sight, missing_in, sights
from qa.text.phrases import listed
from qa.text.wording import quoted
from qa.views.legibility import calls
from qa.views.overflow import is_phone

_MOST = 3  # views that one message names


@check(
    "asked-in-views",
    Code(
        "unseen-asked-link",
        Severity.ERROR,
        "A link of the request is in the source, and no reader sees it, or none on a phone.",
        "Look for what hides it: display:none, its size, its place, its colour, a media query around it.",
    ),
    Code(
        "partly-unseen-link",
        Severity.WARNING,
        "A link of the request is not seen in every view under its own words.",
        "Show it in every view: look for display:none and media queries around it.",
    ),
    Code(
        "unseen-asked-text",
        Severity.ERROR,
        "Words of the request are in the source, and no reader sees them.",
        "Look for what hides them: display:none, their size, their place, their colour.",
    ),
)
def asked_in_views(
    wanted: AskedWords,
    links: AlignedLinks | None,
    copy: AlignedCopy | None,
    rendering: Rendering | None,
    files: LinkedFiles | None,
) -> Iterator[Finding]:
    """What was asked for is seen by readers, and not merely in the source.

    A button that a rule for phones hides, a disclaimer in white on white: the source has them, the proof on somebody's
    desk may show them, and readers never do. Where no view was drawn, this says what it could not look at.

    Fails:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <p>Join us in spring.</p><p style="text-indent:-800px;overflow:hidden"><a
          href="https://acme.example/webinar">Save my seat</a></p>

    Passes:
        email: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: <p>Join us in spring.</p><p><a href="https://acme.example/webinar">Save my seat</a></p>
    """
    things = wanted.with_aligned(links, copy)
    if rendering is None:
        unsure = [thing for thing in things if thing.doubt]
        if not unsure:
            raise Skip("no view was drawn: whether readers see what was asked for was not looked at")
        yield from map(_not_looked_at, unsure)
        return
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the page looks otherwise without it")
    views = sights([screenshot for screenshot in rendering.screenshots if screenshot.view.images], wanted.markup)
    if not things or not views:
        raise Skip("nothing that was asked for is in the source" if views else "no view with pictures was drawn")
    for thing in things:
        if missing := missing_in(views, thing):
            yield from _unseen(thing, missing, views)


def _not_looked_at(thing: AskedThing) -> Finding:
    code = "unseen-asked-link" if thing.links else "unseen-asked-text"
    message = (
        f"{thing.name} may be hidden by {thing.doubt}; no view was drawn, so whether readers see it was not looked at."
    )
    return Finding(code, message, thing.where, thing.request, review=True, causes=thing.causes)


def _unseen(thing: AskedThing, missing: Sequence[Sight], views: Sequence[Sight]) -> Iterator[Finding]:
    code = "unseen-asked-link" if thing.links else "unseen-asked-text"
    others = [one for one in views if one not in missing]
    phones = [one for one in views if is_phone(one.screenshot)]
    page = views[0].view.kind == "page"
    coloured = any(one.colours_later(thing) for one in missing)

    def said(code: str, message: str) -> Finding:
        unsure = coloured or (thing.may_open and not others)
        more = "; see whether it opens at a click" if unsure else ""
        more = "; merge tags write its colours: see it in a proof" if coloured else more
        view = missing[0].view.name
        return Finding(
            code, f"{message}{more}.", thing.where, thing.request, review=unsure, view=view, causes=thing.causes
        )

    if not others:
        yield said(code, f"{thing.name} is in the source and can be seen in no view")
    elif thing.links and phones and all(one in missing for one in phones) and not _left_out(thing, missing, views):
        yield said(code, f"{thing.name} can be seen on no phone; it can in {_titles(others)}")
    elif thing.links and not page and not _left_out(thing, missing, views):
        yield said(
            "partly-unseen-link", f"{thing.name} cannot be seen in {_titles(missing)}; it can in {_titles(others)}"
        )


def _left_out(thing: AskedThing, missing: Sequence[Sight], views: Sequence[Sight]) -> bool:
    """Whether only phones do without it, and it is none of the calls to action, which they show: as with menus."""
    links = views[0].letters.markup.links
    if not all(is_phone(one.screenshot) and _calls(links, one) for one in missing):
        return False
    return not any(_calls(thing.links, one) for one in views)


def _calls(links: Iterable[Link], view: Sight) -> bool:
    """Whether one of the links looks like a call to action in a view."""
    pictured = {link.where.offset: bool(link.pictures) for link in links}
    drawn = [e for e in view.screenshot.elements if e.visible and e.offset in pictured]
    return any(calls(element, pictured=pictured[element.offset]) for element in drawn)


def _titles(views: Sequence[Sight]) -> str:
    return listed([one.view.title for one in views], _MOST)
