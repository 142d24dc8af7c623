"""A page as it works in a browser: its scripts, its files, its weight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from qa.artefacts import Markup, PageRequest, PageVisit, ScriptError
from qa.check import Options, check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.trackers import lacks_scripts
from qa.request import AskedPage
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted

_MOST = 5
_SURE = "SyntaxError"  # of a script that is there, whatever others would have brought


@check(
    "page-errors",
    Code(
        "script-error",
        Severity.WARNING,
        "A script of the page ends in an error.",
        "Correct the script; what stands behind the error in it is not run.",
    ),
    Code(
        "console-error",
        Severity.INFO,
        "A script of the page complains in the browser's console.",
        "See what it complains of.",
    ),
    Code(
        "failed-request",
        Severity.WARNING,
        "A script or a style sheet of the page asks for a file that is not in the build.",
        "Put the file into the build folder, where the page asks for it.",
    ),
    Code(
        "insecure-request",
        Severity.WARNING,
        "A script or a style sheet of the page asks for something without https.",
        "Ask for it by https: browsers refuse the rest on a page that is https itself.",
    ),
)
def page_errors(asked: AskedPage, visit: PageVisit, markup: Markup) -> Iterator[Finding]:
    """The page opens in a browser without an error.

    An error ends the script it is in: the form is not checked, the counter does not count, and the page looks well.
    Scripts from the web are not loaded here; an error that they may be needed for is not told.

    Fails:
        page: {}
        build: <html><body><p>Join us</p><script>startCountdown();</script></body></html>

    Passes:
        page: {}
        build: <html><body><p>Join us</p><script>function startCountdown() {} startCountdown();</script></body></html>
    """
    found = list(_errors(visit, markup))
    if not found and any(error.uncaught for error in visit.errors):
        raise Skip(
            "scripts of the web, or not in the build, did not come, and others fail without them: open it in a browser"
        )
    yield from found


def _errors(visit: PageVisit, markup: Markup) -> Iterator[Finding]:
    remote = lacks_scripts(visit)
    thrown = [error for error in visit.errors if error.uncaught]
    sure = [error for error in thrown if not remote or error.message.startswith(_SURE)]
    if sure:
        yield _told("script-error", "A script of the page ends in an error", sure, markup)
    written = [error for error in visit.errors if not error.uncaught]
    if written and not remote:
        yield _told("console-error", "A script of the page complains", written, markup)
    text = markup.source.text  # what it names, the checks of the source tell of
    if gone := [one.url for one in visit.requests if one.status == 404 and _name(one) not in text]:
        yield _asked_for("failed-request", gone, "not in the build")
    if plain := [url for url in visit.blocked if url not in text]:
        yield _asked_for("insecure-request", plain, "not https")


def _told(code: str, begin: str, errors: Sequence[ScriptError], markup: Markup) -> Finding:
    said = listed([quoted(error.message, 120) for error in errors[:_MOST]], _MOST)
    more = f", and {len(errors) - _MOST} more" if len(errors) > _MOST else ""
    first = errors[0]
    inside = f" ({first.file})" if first.file and len(errors) == 1 else ""
    each = tuple(dict.fromkeys(error.message for error in errors))
    return Finding(code, f"{begin}{inside}: {said}{more}.", _place(first, markup), actual=first.message, each=each)


def _place(error: ScriptError, markup: Markup) -> Place | None:
    return Place(markup.source.file, error.line, 1, markup.source.part) if error.line else None


def _name(one: PageRequest) -> str:
    return one.url.rpartition("/")[2] or one.url


def _asked_for(code: str, urls: Sequence[str], how: str) -> Finding:
    each = tuple(dict.fromkeys(urls))
    which = "which is" if len(each) == 1 else "which are"
    message = f"While it was open, the page asked for {listed(map(quoted, each), _MOST)}, {which} {how}."
    return Finding(code, message, None, actual=each[0], each=each)


@dataclass(frozen=True)
class BudgetOptions(Options):
    """``kilobytes``: what a page may weigh with all it loads of its own; 0: nobody said."""

    kilobytes: int = 0


@check(
    "page-budget",
    Code(
        "over-budget",
        Severity.WARNING,
        "The page weighs more than the team allows.",
        "Squeeze the pictures first, then take out scripts that the page does not need.",
    ),
)
def page_budget(asked: AskedPage, visit: PageVisit, options: BudgetOptions) -> Iterator[Finding]:
    """The page weighs no more than the team allows.

    Half of the visitors come on a phone, and leave a page that takes four seconds. Only files of the build are weighed:
    nothing is loaded from the web.

    Fails:
        page: {}
        build: {repeat: ["<p>Forty minutes on what changed this year.</p>", 60000], begins: "<html><body>"}
        profile: {options: {page-budget: {kilobytes: 1000}}}

    Passes:
        page: {}
        build: <html><body><p>Join us</p></body></html>
        profile: {options: {page-budget: {kilobytes: 1000}}}
    """
    if not options.kilobytes:
        raise Skip("the profile sets no budget ([checks.page-budget] kilobytes)")
    by_kind: dict[str, int] = defaultdict(int)
    for one in {one.url: one for one in visit.requests if not one.host and one.status == 200}.values():
        by_kind[one.kind] += one.size
    whole = sum(by_kind.values()) // 1000
    if whole > options.kilobytes:
        heaviest = sorted(by_kind.items(), key=lambda each: -each[1])
        parts = listed([f"{_NAMES.get(kind, kind)} {size // 1000:,} kB" for kind, size in heaviest if size >= 1000])
        away = len({urlsplit(one.url).path for one in visit.requests if one.host})
        unseen = f" {away} more files on the web were not weighed." if away else ""
        message = f"The page weighs {whole:,} kB; {options.kilobytes:,} kB are allowed: {parts}.{unseen}"
        yield Finding("over-budget", message, None, expected=f"{options.kilobytes} kB", actual=f"{whole} kB")


_NAMES = {"document": "the document", "image": "pictures", "script": "scripts", "stylesheet": "style sheets",
          "font": "fonts", "media": "films"}  # fmt: skip
