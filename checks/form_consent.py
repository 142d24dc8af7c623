"""The consent that a form asks for."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Markup, causes
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.form import as_consent, asked_form, consent_box, is_given
from qa.request import AskedPage
from qa.text.wording import quoted


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
    if is_given(box) and not consent.checked:
        message = f"The consent box {quoted(box.label)} is ticked from the start; the request says it is not."
        yield Finding("pre-ticked-consent", message, box.where, where, "not ticked", "ticked")
