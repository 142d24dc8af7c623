"""Looks of a build, beside those that were approved and designed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.approval.mock_up import gross
from qa.artefacts import BaselineComparison, BaselineScreenshot, Change, Compared, Markup, MockUpLikeness, causes
from qa.check import check
from qa.finding import Code, Finding, Severity

_ACCEPT = (
    "Correct it; or, where it is meant, look at the report and accept the new screenshots with `qa baseline accept`."
)
_DESIGN = causes.of_page("design")


@check(
    "approved-look",
    Code("changed-look", Severity.WARNING, "Something looks different from what was approved.", _ACCEPT),
    Code("moved-look", Severity.WARNING, "Something stands elsewhere than in what was approved.", _ACCEPT),
    Code(
        "undrawn-view",
        Severity.WARNING,
        "A view that was approved was not drawn this time.",
        "Draw it again (see its reason), or take it out with `qa baseline drop`.",
    ),
    Code(
        "unapproved-view",
        Severity.WARNING,
        "A view was drawn that nobody approved.",
        "Look at it in the report, then `qa baseline accept`.",
    ),
    Code(
        "other-renderer",
        Severity.WARNING,
        "What was approved was drawn by another program, so that colours and pictures were not compared.",
        "Look at both in the report; then accept the screenshots anew with `qa baseline accept`.",
    ),
)
def approved_look(comparison: BaselineComparison, markup: Markup) -> Iterator[Finding]:
    """The build looks as it was approved.

    After the stakeholder has said yes, somebody corrects one more word, and a button slides under a picture or the
    wrong hero is uploaded again. Whatever changes after the approval has to be seen by somebody before it is sent.

    Fails:
        email: {}
        build: <html><body><h1>Save your seat</h1><p>Now only €59</p></body></html>
        approved: <html><body><h1>Save your seat</h1><p>Now only €49</p></body></html>

    Passes:
        email: {}
        build: <html><body><h1>Save your seat</h1><p>Now only €49</p></body></html>
        approved: <html><body><h1>Save your seat</h1><p>Now only €49</p></body></html>
    """
    for change, views in _together(comparison.compared):
        yield _finding(change, views, markup)
    if comparison.undrawn:
        yield _undrawn(comparison.undrawn)
    if comparison.fresh:
        names = ", ".join(view.title for view in comparison.fresh)
        message = f"Nobody has approved these views yet: {names}."
        yield Finding("unapproved-view", message, review=True, causes=(causes.of_page("approval"),))
    for reason in dict.fromkeys(each.reason for each in comparison.compared if each.reason):
        names = ", ".join(each.view.title for each in comparison.compared if each.reason == reason)
        message = f"In {names}: {reason}; so only words and places were compared, not colours and pictures."
        yield Finding("other-renderer", message, review=True)


def _undrawn(undrawn: Sequence[tuple[BaselineScreenshot, str]]) -> Finding:
    """All views that did not come, in one finding: each with its day, and each reason once."""
    together: dict[str, list[str]] = {}
    for approved, reason in undrawn:
        together.setdefault(reason.rstrip("."), []).append(f"“{approved.view}” ({approved.accepted})")
    reasons = "; ".join(f"{', '.join(views)}: {reason}" for reason, views in together.items())
    what = f"{len(undrawn)} views were" if len(undrawn) > 1 else "A view was"
    each = tuple(f"“{approved.view}” ({approved.accepted}): {reason}" for approved, reason in undrawn)
    return Finding("undrawn-view", f"{what} approved and not drawn now: {reasons}.", review=True, each=each)


def _together(compared: tuple[Compared, ...]) -> list[tuple[Change, list[Compared]]]:
    """Each change once, with every view it is in."""
    found: dict[tuple[str, int | None], tuple[Change, list[Compared]]] = {}
    for each in compared:
        for change in each.changes:
            views = found.setdefault((change.said, change.offset), (change, []))[1]
            if each not in views:  # two regions of one view may read alike
                views.append(each)
    return list(found.values())


def _finding(change: Change, views: list[Compared], markup: Markup) -> Finding:
    first, more = views[0].view.title, len(views) - 1
    where = f"{first}, and in {more} more view{'s' if more > 1 else ''}" if more else first
    place = None if change.offset is None else markup.source.place(change.offset)
    when = views[0].approved.accepted
    message = f"{change.said} In {where}; approved on {when}."
    code = "moved-look" if change.moved else "changed-look"
    told = tuple(map(causes.of_approved_words, dict.fromkeys(change.words)))
    return Finding(code, message, place, view="" if more else views[0].view.name, causes=told)


@check(
    "mock-up",
    Code(
        "unlike-mock-up",
        Severity.WARNING,
        "The build shows little of what its mock-up shows.",
        "Look at both in the report, and correct the build, or name the right mock-up.",
    ),
    Code(
        "off-mock-up",
        Severity.WARNING,
        "A part of the build is not as its mock-up shows it.",
        "Look at both in the report, and correct the build where the difference was not agreed.",
    ),
)
def mock_up(likeness: MockUpLikeness, markup: Markup) -> Iterator[Finding]:
    """The build follows its mock-up.

    The stakeholder approved a design, and expects that email. Blocks get lost when a design is built, last season's
    hero stays in the template, and colours come from another brand. Fonts and line breaks differ between a design
    tool and a browser, so blocks, pictures and colours are compared, and a person decides.

    Fails:
        email: {mock_up: assets/design.png}
        build: <body style="margin:0"><img src="hero.png" width="600" height="400" style="display:block" alt=""></body>
        files: {build/hero.png: {picture: [600, 400, autumn]}, assets/design.png: {picture: [600, 400, spring]}}

    Passes:
        email: {mock_up: assets/design.png}
        build: <body style="margin:0"><img src="hero.png" width="600" height="400" style="display:block" alt=""></body>
        files: {build/hero.png: {picture: [600, 400, spring]}, assets/design.png: {picture: [1200, 800, spring]}}
    """
    if likeness.found < gross():
        share = f"{round(100 * likeness.found)} %"
        message = (
            f"Only {share} of what {likeness.file} shows is found in the build as {likeness.view.title} shows it: "
            "this looks like another design."
        )
        yield Finding("unlike-mock-up", message, request=likeness.request, view=likeness.view.name, causes=(_DESIGN,))
    for each in likeness.unlike:
        place = None if each.offset is None else markup.source.place(each.offset)
        message = f"{each.said} Compared with {likeness.file}, as {likeness.view.title} shows the build."
        view = likeness.view.name
        yield Finding("off-mock-up", message, place, likeness.request, review=True, view=view, causes=(_DESIGN,))
