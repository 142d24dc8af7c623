"""Title, description and heading of a page."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Markup, Tokens
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.late_pages import look
from qa.match.word_differences import causes_of
from qa.request import AskedPage
from qa.source import Text
from qa.text.wording import alike, quoted

_HEAD_FIX = "Correct it in the page's settings."


@check("page-title", Code("wrong-page-title", Severity.ERROR, "The page has another title than asked for.", _HEAD_FIX))
def page_title(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The page has the title that was asked for.

    The title is the headline in search results, in the browser's tab and in every shared link; a cloned page keeps
    the title of the campaign it was cloned from.

    Fails:
        page: {title: Spring webinar | Acme}
        build: <html><head><title>Winter webinar | Acme</title></head><body><h1>Hello</h1></body></html>

    Passes:
        page: {title: Spring webinar | Acme}
        build: <html><head><title>Spring webinar | Acme</title></head><body><h1>Hello</h1></body></html>
    """
    yield from _text("wrong-page-title", asked, "title", markup.title, tokens)


@check(
    "page-description",
    Code("wrong-description", Severity.ERROR, "The page has another description than asked for.", _HEAD_FIX),
)
def page_description(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The page has the meta description that was asked for.

    Search engines and messengers show it below the title; nobody sees it while building.

    Fails:
        page: {description: Forty minutes on what changed.}
        build: <html><head><meta name="description" content="Lorem"></head><body><h1>Hello</h1></body></html>

    Passes:
        page: {description: Forty minutes on what changed.}
        build: <html><head><meta name="description" content="Forty minutes on what changed."></head><body></body></html>
    """
    yield from _text("wrong-description", asked, "description", markup.metas.get("description"), tokens)


@check(
    "page-heading",
    Code("wrong-heading", Severity.ERROR, "The page has another main heading than asked for.", "Correct the heading."),
    Code(
        "missing-heading",
        Severity.ERROR,
        "The page has no main heading.",
        "Make the headline an <h1>: search engines and screen readers look for it.",
    ),
)
def page_heading(asked: AskedPage, markup: Markup, tokens: Tokens) -> Iterator[Finding]:
    """The main heading of the page is the one that was asked for.

    It repeats the promise the email made. Where it says something else, the visitor thinks the link was wrong and
    leaves.

    Fails:
        page: {heading: Move faster in spring}
        build: <html><body><h1>Move faster in winter</h1></body></html>

    Passes:
        page: {heading: Move faster in spring}
        build: <html><body><h1>Move faster <em>in spring</em></h1></body></html>
    """
    wanted: str = asked.require("heading")
    built = [heading for level, heading in markup.headings if level == 1]
    where = asked.place("heading")
    if not built:
        later, line = look(asked, markup), (of_asked(where, wanted),)
        message = f"The page has no main heading (h1); the request says {quoted(wanted)}.{later}"
        yield Finding("missing-heading", message, None, where, wanted, review=bool(later), causes=line)
    elif all(alike(heading.value) != alike(wanted) for heading in built):
        first = built[0]
        message = f"The main heading is {quoted(first.value)}; the request says {quoted(wanted)}."
        about = causes_of(wanted, first, of_asked(where, wanted), tokens)
        yield Finding("wrong-heading", message, first.where, where, wanted, first.value, causes=about)


def _text(code: str, asked: AskedPage, name: str, built: Text | None, tokens: Tokens) -> Iterator[Finding]:
    wanted: str = asked.require(name)
    where = asked.place(name)
    line = of_asked(where, wanted)
    if built is None or not built.value.strip():
        message = f"The page has no {name}; the request says {quoted(wanted, 200)}."
        yield Finding(code, message, None, where, wanted, causes=(line,))
    elif alike(built.value) != alike(wanted):
        message = f"The page's {name} is {quoted(built.value, 200)}; the request says {quoted(wanted, 200)}."
        about = causes_of(wanted, built, line, tokens, is_named=name == "title")
        yield Finding(code, message, built.where, where, wanted, built.value, causes=about)
