"""The place a form sends to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Form, Inventory, Link, Markup, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.links.faulty.faults import fault_of, is_refused
from qa.links.url import runs_script
from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.tokeniser import Kind
from qa.match.form import embedded
from qa.request import AskedPage
from qa.text.phrases import in_lines
from qa.text.placeholders import key_in
from qa.text.wording import quoted


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
    return action in ("", "#", "#!", "?") or runs_script(action)


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
