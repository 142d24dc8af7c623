"""What does a visitor agree to when the form is sent, and where does it lead?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from qa.artefacts import Form, Inventory, Link, Markup, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faults import fault_of, is_refused
from qa.links.url import same_destination
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.match.form import as_consent, asked_form, consent_box, embedded
from qa.request import AskedPage
from qa.source import Text
from qa.text.phrases import in_lines
from qa.text.placeholders import key_in
from qa.text.wording import quoted

_ATTRIBUTE = re.compile(r"(?<=\s)data-([a-z0-9_.:-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_ADDRESS = re.compile(r"[\"'`]((?:https?:)?/{1,2}[^\s\"'`<>\\]{2,500})[\"'`]")
_NO_LETTERS = re.compile(r"[^a-z]+")
_LONGEST_TAG = 20_000  # characters; a start tag is never that long


@check(
    "form-consent",
    Code("missing-consent", Severity.ERROR, "The form has no box for the consent asked for.", "Add the consent box."),
    Code(
        "wrong-consent-wording",
        Severity.ERROR,
        "The consent is worded otherwise than asked for.",
        "Copy the wording from the request: it is what the law department approved.",
    ),
    Code("pre-ticked-consent", Severity.ERROR, "The consent box is ticked from the start.", "Leave the box empty."),
)
def form_consent(asked: AskedPage, markup: Markup) -> Iterator[Finding]:
    """The form asks for consent in the words of the request, and ticks no box by itself.

    Consent given to other words, or by a box nobody ticked, is none in most of Europe: every address gathered by the
    page would have to be thrown away.

    Fails:
        page: {form: {consent: {text: I agree to receive emails}}}
        build: <form><label><input type="checkbox" name="ok" checked> I agree to receive emails</label></form>

    Passes:
        page: {form: {consent: {text: I agree to receive emails}}}
        build: <form><label><input type="checkbox" name="ok"> I agree to receive emails.</label></form>
    """
    form, built = asked_form(asked, markup)
    if (consent := form.consent) is None:
        raise Skip("the request does not say which consent the form asks for")
    where = asked.place("form", "consent")
    box = consent_box(consent, built)
    if box is None:
        message = f"The form has no box that asks for the consent {quoted(consent.text, 200)}."
        others = tuple(causes.of_field(field) for field in built.fields if field.type == "checkbox")
        about = others or (causes.of_asked(where, consent.text),)
        yield Finding("missing-consent", message, built.where, where, consent.text, causes=about)
        return
    if as_consent(consent.text) != as_consent(box.label):
        message = f"The consent box says {quoted(box.label, 300)}; the request says {quoted(consent.text, 300)}."
        about = (causes.of_field(box),)
        yield Finding("wrong-consent-wording", message, box.where, where, consent.text, box.label, causes=about)
    if box.checked and not consent.checked:
        message = f"The consent box {quoted(box.label)} is ticked from the start; the request says it is not."
        yield Finding("pre-ticked-consent", message, box.where, where, "not ticked", "ticked")


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
    found = [*_named(built, markup), *_scripted(markup)]
    if any(same_destination(form.thank_you, _joined(base, text.value)) for text in (*found, _action(built))):
        return
    if found:
        first = found[0]
        message = f"The form leads to {quoted(first.value, 200)}; the request says {quoted(form.thank_you, 200)}."
        yield Finding("wrong-thank-you", message, first.where, where, form.thank_you, first.value)
    else:
        message = "Where the form leads cannot be read from the page; submit it once."
        about = (causes.of_form(built),)
        yield Finding("wrong-thank-you", message, built.where, where, form.thank_you, review=True, causes=about)


def _action(form: Form) -> Text:
    return Text(form.action.strip(), form.where)


def _named(form: Form, markup: Markup) -> Iterator[Text]:
    """Addresses in hidden fields and data- attributes that are named for it."""
    for field in form.hidden:
        if _leads(field.name) and _is_address(field.value):
            yield Text(field.value.strip(), field.where)
    start = form.where.offset or 0
    end = markup.source.text.find(">", start, start + _LONGEST_TAG)
    for found in _ATTRIBUTE.finditer(markup.source.text, start, max(start, end)):
        value = found[2] or found[3] or ""
        if _leads(found[1]) and _is_address(value):
            yield Text(value.strip(), form.where)


def _scripted(markup: Markup) -> Iterator[Text]:
    """Addresses of thank-you pages in scripts."""
    paths: list[str] = facts("forms")["thank_you"]["paths"]
    for script in markup.scripts:
        for found in _ADDRESS.finditer(script.value):
            path = found[1].lower().partition("?")[0]
            if any(re.search(rf"(?<![a-z]){word}", path) for word in paths):
                yield Text(found[1], script.where)


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


@check(
    "form-target",
    Code(
        "dead-target",
        Severity.ERROR,
        "A form sends what is filled in to a place that does not take it.",
        "Set the form's action to the address that takes the answers.",
    ),
    Code("insecure-target", Severity.WARNING, "A form sends what is filled in without https.", "Use https."),
    Code(
        "unsent-form",
        Severity.WARNING,
        "Nothing in the page says where a form sends what is filled in.",
        "Where nothing arrives, set the form's action, or add the script that sends it.",
    ),
)
def form_target(asked: AskedPage, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """Every form sends what is filled in to a live place.

    A form whose target is still the template's takes every answer and loses it. Nobody notices while the campaign
    runs, as no visitor knows that something should have come.

    Fails:
        page: {}
        build: <form action="https://example.com/submit"><input name="Email"></form>

    Passes:
        page: {}
        build: <form action="https://forms.acme.example/submit"><input name="Email"></form>
    """
    forms = [form for form in markup.forms if form.fields or form.hidden]
    if not forms:
        raise Skip("the page has no form")
    idle = []
    for form in forms:
        if code := _fault(form):
            dead = "which is a placeholder, or no place that visitors reach"
            says = "which is not https" if code == "insecure-target" else dead
            message = f"The form sends to {quoted(form.action.strip(), 200)}, {says}."
            yield Finding(code, message, form.where, actual=form.action, causes=(causes.of_form(form),))
        elif _has_no_target(form):
            idle.append(form)
    if idle and not _is_sent(idle, read, markup):
        sends, it = ("the form sends", "it") if len(idle) == 1 else (f"{len(idle)} forms send", "each")
        places = in_lines([form.where for form in idle])
        message = f"Nothing in the page says where {sends} what is filled in{places}; submit {it} once."
        yield Finding("unsent-form", message, idle[0].where, review=True, causes=tuple(map(causes.of_form, idle)))


def _fault(form: Form) -> str:
    """The code for an action that cannot be right; "" for any other."""
    action = form.action.strip()
    if BLOT in masked(action):
        return ""
    if key_in(action) or is_refused(action):
        return "dead-target"
    fault = fault_of(Link(action, "", form.where), in_email=False)
    if fault is None or fault.review:
        return ""
    return {"insecure-link": "insecure-target", "empty-link": ""}.get(fault.code, "dead-target")


def _has_no_target(form: Form) -> bool:
    action = form.action.strip().lower()
    return action in ("", "#", "#!", "?") or action.startswith("javascript:")


def _is_sent(forms: Sequence[Form], read: Inventory, markup: Markup) -> bool:
    """Whether something else than the action seems to send each of these forms."""
    table = facts("forms")["sending"]
    scripts = "\n".join(script.value for script in markup.scripts).lower()
    if embedded(markup) or any(word in scripts for word in table["scripts"]) or "formaction" in markup.masked.lower():
        return True
    assert read.read is not None  # where there is markup, it was read from tags
    starts = {form.where.offset for form in forms}
    tags = [token for token in read.read.tokens if token.kind is Kind.START and token.start in starts]
    names = [" ".join(set(read.read.raw.attributes(tag)) - {"action", "target"}) for tag in tags]
    return all(any(word in each for word in table["attributes"]) for each in names)
