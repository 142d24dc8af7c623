"""Links to a place in the same document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedLinks, Link, Markup
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.anchors import is_anchor, is_there, places
from qa.links.naming import lines, name_of
from qa.request import AskedAsset
from qa.text.phrases import begun, listed


@check(
    "link-anchors",
    Code(
        "missing-anchor",
        Severity.WARNING,
        "A link leads to a place in the document that is not there.",
        "Give the place that id, or correct the link.",
    ),
)
def link_anchors(asked: AskedAsset, markup: Markup, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """Every link within the document has its target.

    A table of contents whose entries do nothing looks broken; the targets get lost when a section is copied.

    Fails:
        email: {}
        build: <a href="#agenda">Agenda</a> <h2>Agenda</h2>

    Passes:
        email: {}
        build: <a href="#agenda">Agenda</a> <h2 id="agenda">Agenda</h2>
    """
    within = [link for link in markup.links if is_anchor(link.href)]
    if not within:
        raise Skip("no link leads to a place in the document")
    found = places(markup.source.text)
    lost = [link for link in within if not is_there(link.href, found)]
    pairs = aligned.pairs if aligned else ()
    unlike = [link for link in lost if any(link in built and ask.url != link.href for ask, built in pairs)]
    for there in ([link for link in lost if link not in unlike], unlike):  # the comparison may tell those better
        if there:
            yield _lost(there)


def _lost(there: Sequence[Link]) -> Finding:
    first = there[0]
    message = f"{begun(name_of(first))} leads to {first.href.strip()}; nothing in the document has that id"
    rest = [link.href.strip() for link in there if link.href.strip() != first.href.strip()]
    more = f", nor {listed(rest)}" if rest else ""
    each, causes = tuple(f"{link.text} {link.href}" for link in there), tuple(map(of_link, there))
    message = f"{message}{more}{lines(there)}."
    return Finding("missing-anchor", message, first.where, actual=first.href, each=each, causes=causes)
