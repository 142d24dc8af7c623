"""Files that a page needs to look and to work as it was made."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import LinkedFiles
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.request import AskedPage
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted

_MOST_NAMES = 5


@check(
    "page-files",
    Code(
        "missing-page-file",
        Severity.WARNING,
        "A style sheet or a script of the page is not in the build.",
        "Put the files into the build folder, where the page looks for them.",
    ),
)
def page_files(asked: AskedPage, files: LinkedFiles) -> Iterator[Finding]:
    """The style sheets and scripts of the page are in the build.

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
    missing = [one for one in files.missing if one.kind != "picture"]
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
