"""The way a visitor comes to a page: by the button of an email of the campaign, with all that its address carries."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from qa.artefacts import Arrival
from qa.check import gatherer
from qa.links.url import same_destination, scheme_of
from qa.request import AskedLink, AskedPage, Request

_MADE_UP = "qa-trial-"  # begins what stands for a value where no email says one


@gatherer()
def arrival(asked: AskedPage, request: Request) -> Arrival:
    """The parameters of the first button that leads there; else one for each hidden field that is filled from them."""
    is_https = scheme_of(asked.url or "") != "http"  # a page that nobody named an address for is one on the web
    for email in request.emails:
        for link in email.links or ():
            if asked.url and same_destination(link.url, asked.url):
                return Arrival(_query(link, request), True, is_https)
    hidden = (asked.form.hidden if asked.form else None) or {}
    names = [name for name, value in hidden.items() if value == "query"]
    query = "&".join(f"{quote(name)}={_MADE_UP}{number}" for number, name in enumerate(names, 1))
    return Arrival(query, False, is_https)


def _query(link: AskedLink, request: Request) -> str:
    plan = request.tracking.utm.parameters() if request.tracking and not link.utm.none else {}
    own = urlsplit(link.url).query
    added = {**plan, **link.utm.parameters()}
    return "&".join([*([own] if own else []), *(f"{quote(name)}={quote(value)}" for name, value in added.items())])
