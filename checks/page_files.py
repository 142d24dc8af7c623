"""Files that a page needs to look and to work as it was made, and those it links to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import LinkedFile, LinkedFiles, Markup
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.form import brought_along
from qa.request import AskedPage
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted

_MOST_NAMES = 5


@check(
    "page-files",
    Code(
        "missing-page-file",
        Severity.WARNING,
        "A style sheet, a script or a film of the page is not in the build.",
        "Put the files into the build folder, where the page looks for them.",
    ),
    Code(
        "missing-frame",
        Severity.ERROR,
        "A frame of the page shows a file that is not in the build.",
        "Put the file into the build folder, or write the whole address if it is on the web already.",
    ),
    Code(
        "unread-frame",
        Severity.WARNING,
        "The page shows something in a frame that is not in the build: what that says was not looked at.",
        "Open the page in a browser, and read what is in the frame.",
    ),
    Code(
        "missing-linked-page",
        Severity.WARNING,
        "A link of the page leads to a file that is not in the build.",
        "Put the file into the build folder, or write the whole address if it is on the web already.",
    ),
)
def page_files(asked: AskedPage, files: LinkedFiles, markup: Markup) -> Iterator[Finding]:
    """The style sheets and scripts of the page, and the files it links to, are in the build.

    Without its style sheet a page is bare text, and without its script its form sends nothing. A build that was
    handed over without them cannot be judged by its looks, and an upload without them is what visitors get.

    Fails:
        page: {}
        build: <html><head><link rel="stylesheet" href="css/style.css"></head><body><h1>Join us</h1></body></html>

    Passes:
        page: {}
        build: <html><head><link rel="stylesheet" href="css/style.css"></head><body><h1>Join us</h1></body></html>
        files: {build/css/style.css: "h1 { color: #222222 }"}
    """
    if linked := [one for one in files.missing if one.kind == "page"]:
        yield _linked(linked, markup)
    for one in files.missing:
        if one.kind == "frame":
            message = f"A frame of the page shows {quoted(one.address.value)}, which is not in the build."
            yield Finding("missing-frame", message, one.address.where, actual=one.address.value)
    yield from _unread(asked, files, markup)
    missing = [one for one in files.missing if one.kind in ("sheet", "script", "film")]
    if not missing:
        return
    names = list(dict.fromkeys(quoted(one.address.value) for one in missing))
    verb = "is" if len(names) == 1 else "are"
    unseen = "; colours and layout were not judged" if any(one.is_sheet for one in missing) else ""
    first = missing[0].address
    places = in_lines([one.address.where for one in missing])
    message = f"{listed(names, _MOST_NAMES)} {verb} not in the build{places}{unseen}."
    each = tuple(dict.fromkeys(one.address.value for one in missing))
    yield Finding("missing-page-file", message, first.where, actual=first.value, each=each)


def _unread(asked: AskedPage, files: LinkedFiles, markup: Markup) -> Iterator[Finding]:
    """The frames on the web, but for the one in which the form is looked for."""
    form = brought_along(markup) if asked.form and not markup.forms else ""
    frames = [one.address for one in files.frames if one.address.value != form]
    if frames:
        each = tuple(dict.fromkeys(one.value for one in frames))
        message = f"The page shows {listed(map(quoted, each))} in a frame, and what that says was not looked at."
        yield Finding("unread-frame", message, frames[0].where, actual=each[0], review=True, each=each)


def _linked(linked: Sequence[LinkedFile], markup: Markup) -> Finding:
    """What may be on the site already; a person knows."""
    named = tuple(dict.fromkeys(one.address.value for one in linked))
    places = [one.address.where for one in linked]
    they, are, exist = ("it", "is", "exists") if len(named) == 1 else ("they", "are", "exist")
    message = (
        f"The page links to {listed(map(quoted, named), _MOST_NAMES)}, which {are} not in the build{in_lines(places)}: "
        f"see whether {they} {exist} on the site."
    )
    starts = {place.offset for place in places}
    about = tuple(of_link(link) for link in markup.links if link.where.offset in starts)
    return Finding("missing-linked-page", message, places[0], actual=named[0], review=True, each=named, causes=about)
