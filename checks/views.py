"""Does every reader see the same, whatever the mail program?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Link, Markup, Rendering, Shot
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.views import View
from qa.wording import quoted

_CLIP = 102 * 1024  # bytes; what Gmail shows of a message is message-size's to say


@check(
    "views",
    Code(
        "lost-view",
        Severity.WARNING,
        "A picture of the build could not be taken.",
        "Open the build in a browser: does it hang there, too? Else run the check once more.",
    ),
)
def views(rendering: Rendering) -> Iterator[Finding]:
    """Every view that was wanted is drawn.

    A view that was not drawn was not looked at: what is broken in it, the reader finds.

    Fails:
        page: {}
        build: <body><p>Save your seat<script>onresize = () => { if (innerWidth > 900) for (;;); }</script></body>

    Passes:
        page: {}
        build: <body><p>Save your seat</body>
    """
    for view, reason in rendering.lost:
        yield Finding("lost-view", f"{view.title} was not drawn: {reason}", view=view.name)
    if rendering.missing and not rendering.lost:
        reasons = dict.fromkeys(reason for _, reason in rendering.missing)
        raise Skip(f"not drawn: {_titles([view for view, _ in rendering.missing])}. {' '.join(reasons)}")


@check(
    "view-content",
    Code(
        "unseen-link",
        Severity.WARNING,
        "A link is seen in some mail programs and not in others.",
        "Show it in both: look for display:none, media queries and conditional comments around it.",
    ),
)
def view_content(rendering: Rendering, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """Every link that one reader sees, every reader can see.

    Responsive emails carry things twice, for phones and for desks, and Outlook's buttons stand in comments that nobody
    else reads: where one of the two is forgotten or hidden by mistake, the readers of one mail program get an email
    without its button.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { display: none } }</style></head><body> <p>Join
          us in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { color: red } }</style></head><body> <p>Join us
          in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>
    """
    clipped = len(markup.source.text.encode("utf-8", "replace")) > _CLIP
    shots = [s for s in rendering.shots if s.view.images and not (clipped and "gmail-clip" in s.view.transforms)]
    if len(shots) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    unseen: dict[tuple[str, ...], list[tuple[Link, Sequence[View]]]] = {}
    for same in _by_goal(markup.links):
        missing = [shot.view for shot in shots if not _shows(shot, same)]
        if missing and len(missing) < len(shots):
            unseen.setdefault(tuple(view.name for view in missing), []).append((same[0], missing))
    for found in unseen.values():
        yield _unseen(found, shots)


def _by_goal(links: Iterable[Link]) -> Iterable[list[Link]]:
    """The links that lead to the same place: one of them is enough."""
    goals: dict[str, list[Link]] = {}
    for link in links:
        goal = link.href.strip()
        if goal[:1] not in ("", "#") and not link.hidden and (link.text.strip() or link.pictures):
            goals.setdefault(goal, []).append(link)
    return goals.values()


def _shows(shot: Shot, links: Sequence[Link]) -> bool:
    """Whether one of the links is seen; what was not measured is not known to be missing."""
    offsets = {link.where.offset for link in links}
    last = max((element.offset for element in shot.elements), default=0)
    if any(offset is not None and offset > last for offset in offsets) and "only the first" in shot.note:
        return True
    return any(element.visible and element.offset in offsets for element in shot.elements)


def _unseen(found: Sequence[tuple[Link, Sequence[View]]], shots: Sequence[Shot]) -> Finding:
    (first, missing), more = found[0], len(found) - 1
    seen = [shot.view for shot in shots if shot.view not in missing]
    name = quoted(first.text, 60) if first.text.strip() else quoted(first.href, 60)
    others = f", nor can {more} more" if more else ""
    message = f"The link {name} cannot be seen in {_titles(missing)}{others}; it can in {_titles(seen)}."
    goals = "\n".join(link.href for link, _ in found[:10])
    return Finding("unseen-link", message, first.where, actual=goals, view=seen[0].name)


def _titles(views: Sequence[View], most: int = 3) -> str:
    """« Gmail on the web, Outlook on Windows and 2 more »."""
    titles = list(dict.fromkeys(view.title for view in views))
    if len(titles) > most + 1:
        return f"{', '.join(titles[:most])} and {len(titles) - most} more"
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
