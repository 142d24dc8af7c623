"""Things of the request that no reader sees, though they are in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import LinkedFiles, LinkRoles, Markup, Rendering
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.asked_things import AskedThing, AskedThings
from qa.match.sights import Sight, missing_in, sights
from qa.text.phrases import listed
from qa.text.wording import quoted
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
    wanted: AskedThings, markup: Markup, roles: LinkRoles, rendering: Rendering | None, files: LinkedFiles | None
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
    if rendering is None:
        unsure = [thing for thing in wanted.things if thing.doubt]
        if not unsure:
            raise Skip("no view was drawn: whether readers see what was asked for was not looked at")
        yield from map(_not_looked_at, unsure)
        return
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the page looks otherwise without it")
    views = sights([screenshot for screenshot in rendering.screenshots if screenshot.view.images], markup)
    if not wanted.things or not views:
        raise Skip("nothing that was asked for is in the source" if views else "no view with pictures was drawn")
    for thing in wanted.things:
        if missing := missing_in(views, thing):
            yield from _unseen(thing, missing, views, roles)


def _not_looked_at(thing: AskedThing) -> Finding:
    code = "unseen-asked-link" if thing.links else "unseen-asked-text"
    message = (
        f"{thing.name} may be hidden by {thing.doubt}; no view was drawn, so whether readers see it was not looked at."
    )
    return Finding(code, message, thing.where, thing.request, review=True, causes=thing.causes)


def _unseen(thing: AskedThing, missing: Sequence[Sight], views: Sequence[Sight], roles: LinkRoles) -> Iterator[Finding]:
    code = "unseen-asked-link" if thing.links else "unseen-asked-text"
    others = [one for one in views if one not in missing]
    phones = [one for one in views if is_phone(one.screenshot)]
    page = views[0].view.kind == "page"

    def said(code: str, message: str, *, review: bool = False) -> Finding:
        view = missing[0].view.name
        return Finding(code, message, thing.where, thing.request, review=review, view=view, causes=thing.causes)

    if not others:
        opens = "; see whether it opens at a click" if thing.may_open else ""
        yield said(code, f"{thing.name} is in the source and can be seen in no view{opens}.", review=thing.may_open)
    elif thing.links and phones and all(one in missing for one in phones) and not _in_a_menu(thing, roles):
        yield said(code, f"{thing.name} can be seen on no phone; it can in {_titles(others)}.")
    elif thing.links and not page and not _in_a_menu(thing, roles):
        yield said(
            "partly-unseen-link", f"{thing.name} cannot be seen in {_titles(missing)}; it can in {_titles(others)}."
        )


def _in_a_menu(thing: AskedThing, roles: LinkRoles) -> bool:
    """Menus may step aside on a phone, and with them what a request names of them."""
    return all(roles.of(link) not in ("button", "picture", "text", "unsubscribe") for link in thing.links)


def _titles(views: Sequence[Sight]) -> str:
    return listed([one.view.title for one in views], _MOST)
