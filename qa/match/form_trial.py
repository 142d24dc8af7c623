"""A form that was tried in a browser, against the source and the request."""

from __future__ import annotations

from urllib.parse import parse_qsl, urljoin

from qa.artefacts import Arrival, Form, FormTrial, Markup
from qa.markup.merge_tag_mask import BLOT, masked
from qa.request import AskedForm, AskedPage


def tried_form(markup: Markup, trial: FormTrial) -> Form | None:
    """The form of the source that was tried."""
    forms = [form for form in markup.forms if {field.name for field in form.fields} & set(trial.names)]
    return max(forms, key=lambda form: len({field.name for field in form.fields} & set(trial.names)), default=None)


def live_address(asked: AskedPage, url: str) -> str:
    """The address on the live site, of one that was seen in the place where the build stood."""
    for begin in ("https://build.localhost/", "http://build.localhost/"):
        if url.startswith(begin):
            return urljoin(asked.url or "", "/" + url.removeprefix(begin))
    return url


def unfilled_from_address(
    form: AskedForm, trial: FormTrial, arrival: Arrival, built: Form | None
) -> dict[str, tuple[str, str]]:
    """Hidden fields that the address should have filled: what they should hold, and what they hold."""
    given = {name.lower(): value for name, value in parse_qsl(arrival.query)}
    source = {field.name: field.value for field in built.hidden} if built else {}
    return {
        name: (given[name.lower()], trial.hidden[name])
        for name, value in (form.hidden or {}).items()
        if value == "query"
        and name in trial.hidden
        and name.lower() in given
        and BLOT not in masked(source.get(name, ""))
        if given[name.lower()] != trial.hidden[name]
    }
