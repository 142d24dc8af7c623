"""Pages behind links that answer, and are not the page that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import KnownLinks, Probes
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.links.hosts import host_of, one_owner
from qa.probing.answers.outcomes import absence_of, has_password, login_of
from qa.probing.answers.pages import other_language_of, other_page
from qa.probing.answers.told import finding, probed, short


@check(
    "linked-pages",
    Code(
        "soft-dead-link",
        Severity.WARNING,
        "A page says that it is not there, or the home page stands in its place.",
        "Correct the link, or the page.",
    ),
    Code(
        "login-page",
        Severity.WARNING,
        "A link leads to a page where readers have to log in.",
        "Open the link in a private window; readers without an account need another page.",
    ),
    Code(
        "other-page",
        Severity.WARNING,
        "A redirect ends on another page than the link asks for.",
        "See whether that page is meant, and link to it.",
    ),
    Code(
        "other-language",
        Severity.WARNING,
        "A page behind a link is in another language than the campaign.",
        "Link to the page in the campaign's language.",
    ),
)
def linked_pages(probes: Probes, known: KnownLinks) -> Iterator[Finding]:
    """Every link opens the page itself.

    Looked at with --online alone.
    Many sites answer “all is well” and show “page not found”, or send whoever asks for a page that is gone to the home
    page or to a log-in. A test of clicks sees nothing wrong with that; a reader does.

    Fails:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {body: "<title>Page not found | Acme</title>"}}

    Passes:
        email: {}
        build: <a href="https://www.acme.example/webinar">Save my seat</a>
        web: {"https://www.acme.example/webinar": {body: "<title>How to mend “page not found” | Acme</title>"}}
    """
    for each, probe in probed(probes):
        if page := login_of(probe):
            asks = " and asks for a password" if has_password(probe) else ""
            yield finding("login-page", each, f", which sends on to {page}{asks}", page, review=True)
        elif said := absence_of(probe):
            yield finding("soft-dead-link", each, f": the server answers {probe.status}, but {said}", said)
        elif said := other_page(probe):
            yield finding("other-page", each, f", which sends on to {short(probe.final)}: {said}", said, review=True)
        if any(one_owner(host_of(probe.final), owner) for owner in known.owners) and (
            said := other_language_of(probe, probes.language)
        ):
            yield finding("other-language", each, f": {said}", said, review=True)
