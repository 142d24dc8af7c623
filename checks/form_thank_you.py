"""The page a form leads to once it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from qa.artefacts import Form, Markup, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import same_destination
from qa.match.form import asked_form
from qa.request import AskedPage
from qa.source import Text
from qa.text.wording import quoted

_ATTRIBUTE = re.compile(r"(?<=\s)data-([a-z0-9_.:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_ADDRESS = re.compile(r"[\"'`]((?:https?:)?/{1,2}[^\s\"'`<>\\]{2,500})[\"'`]")
_NO_LETTERS = re.compile(r"[^a-z]+")
_LONGEST_TAG = 20_000  # characters; a start tag is never that long


@check(
    "form-thank-you",
    Code(
        "wrong-thank-you",
        Severity.ERROR,
        "The form leads to another page than asked for once it is sent.",
        "Set the form's thank-you page to the address in the request.",
    ),
)
def form_thank_you(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """The form leads to the thank-you page that was asked for.

    That page hands out the guide, counts the conversion and says what comes next. A cloned form thanks everybody
    for the last webinar.

    Fails:
        page: {form: {thank_you: https://www.acme.example/webinar/thanks}}
        build: <form><input name="Email"><input type="hidden" name="retURL" value="https://www.acme.example/winter/thanks"></form>

    Passes:
        page: {form: {thank_you: https://www.acme.example/webinar/thanks}}
        build: <form data-redirect="https://www.acme.example/webinar/thanks"><input name="Email"></form>
    """
    form, built = asked_form(asked, markup)
    if form.thank_you is None:
        raise Skip("the request does not say where the form leads")
    where, base = asked.place("form", "thank_you"), asked.url or ""
    found = [*_named(built, markup, form.thank_you), *_scripted(markup)]
    if any(same_destination(form.thank_you, _joined(base, text.value)) for text in (*found, _action(built))):
        return
    if found:
        first = found[0]
        message = f"The form leads to {quoted(first.value, 200)}; the request says {quoted(form.thank_you, 200)}."
        both = (causes.of_form(built), causes.of_field_at(first.where))
        yield Finding("wrong-thank-you", message, first.where, where, form.thank_you, first.value, causes=both)
    else:
        message = "Where the form leads cannot be read from the page; submit it once."
        about = (causes.of_form(built),)
        yield Finding("wrong-thank-you", message, built.where, where, form.thank_you, review=True, causes=about)


def _action(form: Form) -> Text:
    return Text(form.action.strip(), form.where)


def _named(form: Form, markup: Markup, wanted: str) -> Iterator[Text]:
    """Addresses in hidden fields and data- attributes that are named for it, or that thank in the words asked for."""
    for field in form.hidden:
        if _is_address(field.value) and (_leads(field.name) or _thanks_alike(field.value, wanted)):
            yield Text(field.value.strip(), field.where)
    start = form.where.offset or 0
    end = markup.source.text.find(">", start, start + _LONGEST_TAG)
    for found in _ATTRIBUTE.finditer(markup.source.text, start, max(start, end)):
        value = found[2] or found[3] or ""
        if _leads(found[1]) and _is_address(value):
            yield Text(value.strip(), form.where)


def _scripted(markup: Markup) -> Iterator[Text]:
    """Addresses of thank-you pages in scripts."""
    for script in markup.scripts:
        for found in _ADDRESS.finditer(script.value):
            if _thanks(found[1]):
                yield Text(found[1], script.where)


def _thanks_alike(address: str, wanted: str) -> bool:
    """Whether two addresses end in a thank-you page of the same name: it moved, or is that of another campaign."""
    one, other = (_path(each).rstrip("/").rpartition("/")[2] for each in (address, wanted))
    return (one == other and bool(one)) or not _thanks(one).isdisjoint(_thanks(other))


def _thanks(address: str) -> frozenset[str]:
    """The words of a thank-you page in the path of an address."""
    paths: list[str] = facts("forms")["thank_you"]["paths"]
    return frozenset(word for word in paths if re.search(rf"(?<![a-z]){word}", _path(address)))


def _path(address: str) -> str:
    return re.split("[?#]", address.strip().lower())[0]


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # a bracket where a host should be
        return address


def _leads(name: str) -> bool:
    return _NO_LETTERS.sub("", name.lower()) in facts("forms")["thank_you"]["names"]


def _is_address(value: str) -> bool:
    value = value.strip()
    return "/" in value or value.lower().endswith((".html", ".htm", ".php", ".aspx"))
