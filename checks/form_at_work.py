"""A form at work: filled in and sent in a browser, to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Arrival, Form, FormTrial, Markup, PageVisit, causes
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.links.url import same_destination
from qa.match.form import embedded
from qa.match.form_trial import live_address, tried_form, unfilled_from_address
from qa.match.trackers import lacks_scripts
from qa.request import AskedForm, AskedPage
from qa.text.phrases import listed
from qa.text.wording import quoted


@check(
    "form-at-work",
    Code(
        "sends-incomplete",
        Severity.ERROR,
        "The form sends with nothing in its required fields.",
        "Mark the required fields as required, or let the script of the form look at them.",
    ),
    Code(
        "sends-malformed",
        Severity.WARNING,
        "The form sends an e-mail address that is none.",
        "Give the field the type email, or let the script of the form look at it.",
    ),
    Code(
        "silent-form",
        Severity.WARNING,
        "The form refuses what is missing, and does not say so.",
        "Show a message beside the field.",
    ),
    Code(
        "unsendable-form",
        Severity.ERROR,
        "The form does not send, though all of it is filled in.",
        "Fill the form in once in a browser, and mend what holds it back.",
    ),
    Code(
        "unsent-field",
        Severity.ERROR,
        "A field of the form is not among what is sent.",
        "Give the field its name back, or let the script send it.",
    ),
    Code(
        "unfilled-from-address",
        Severity.ERROR,
        "A hidden field is not filled from the address of the page.",
        "Let the script of the page fill the field with the parameter of its name.",
    ),
    Code(
        "other-thank-you",
        Severity.ERROR,
        "The page goes to another address than asked for once its form was sent.",
        "Correct the address in the script that sends the form.",
    ),
)
def form_at_work(
    asked: AskedPage, trial: FormTrial, visit: PageVisit, markup: Markup, arrival: Arrival
) -> Iterator[Finding]:
    """The form works: it refuses what is wrong, and sends what was asked for.

    It is opened by the address of the email's button, filled in and sent in a browser; nothing leaves the machine, so
    what a server does with it, and scripts of the web, are for a person. A form that looks well can still lose a name,
    a consent, or where a lead came from.

    Fails:
        page: {form: {fields: [{name: Email, label: Email, type: email, required: true}]}}
        build: <form method="post" action="/send" novalidate><label>Email <input type="email" name="Email" required></label><button>Go</button></form>

    Passes:
        page: {form: {fields: [{name: Email, label: Email, type: email, required: true}]}}
        build: <form method="post" action="/send"><label>Email <input type="email" name="Email" required></label><button>Go</button></form>
    """  # noqa: E501
    form: AskedForm = asked.require("form")
    built = tried_form(markup, trial)
    whole = (causes.of_form(built),) if built else ()
    unsure = lacks_scripts(visit) or bool(embedded(markup))
    for found in (*_refusals(form, trial, built), *_sendings(asked, form, trial, whole)):
        yield found if not unsure else _for_a_person(found)
    for found in _unfilled(asked, form, trial, arrival, built):
        yield found if not unsure else _for_a_person(found)


def _for_a_person(found: Finding) -> Finding:
    """What scripts of the web may mend."""
    ending = f"{found.message.rstrip('.')}; scripts that did not come, of the web or not in the build, may do it."
    return replace(found, message=ending, review=True)


def _refusals(form: AskedForm, trial: FormTrial, built: Form | None) -> Iterator[Finding]:
    needed = [field for field in form.fields or () if field.required and field.name in trial.names]
    where = built.where if built else None
    if needed and trial.empty.sent is not None:
        names = [field.name for field in needed if not any(trial.empty.sent.get(field.name, ()))]
        if names:
            message = f"The form sends with nothing in {listed(map(quoted, names))}, which must be filled in."
            about = _fields(built, names)
            yield Finding("sends-incomplete", message, where, expected="a message", each=tuple(names), causes=about)
    elif needed and trial.empty.is_silent:
        message = "The form does not send while required fields are empty, and shows no message that says so."
        yield Finding("silent-form", message, where, causes=_fields(built, [field.name for field in needed]))
    mail = trial.malformed
    if mail and mail.sent is not None and trial.empty.sent is None:
        wrong = [name for name, values in mail.sent.items() if "qa-trial.example" in values and name in trial.names]
        if wrong:
            message = f"The form sends “qa-trial.example” as an e-mail address in {listed(map(quoted, wrong))}."
            yield Finding("sends-malformed", message, where, actual="qa-trial.example", causes=_fields(built, wrong))


def _sendings(asked: AskedPage, form: AskedForm, trial: FormTrial, whole: tuple[Cause, ...]) -> Iterator[Finding]:
    good, where = trial.good, asked.place("form")
    if good.sent is None:
        if trial.empty.sent is None and (trial.malformed is None or trial.malformed.sent is None):
            held = (
                f"; {listed(map(quoted, trial.unfilled))} must be filled in and cannot be seen"
                if trial.unfilled
                else ""
            )
            message = f"Filled in and clicked, the form sends nothing{held}."
            review = (good.told and not trial.unfilled) or trial.has_captcha  # it may want other words than ours
            yield Finding("unsendable-form", message, None, where, review=review, causes=whole)
        return
    names = [field.name for field in form.fields or ()] + list(form.hidden or ())
    lost = [name for name in names if name in trial.names and name not in good.sent]
    if lost:
        are = "is" if len(lost) == 1 else "are"
        message = f"{listed(map(quoted, lost))} {are} in the form, and {are} not sent."
        yield Finding("unsent-field", message, None, where, expected=lost[0], each=tuple(lost), causes=whole)
    led_to = live_address(asked, good.led_to)
    if form.thank_you and good.led_to and not same_destination(form.thank_you, led_to):
        message = f"Once its form was sent, the page goes to {quoted(led_to, 200)}; the request says "
        message += f"{quoted(form.thank_you, 200)}."
        place = asked.place("form", "thank_you")
        yield Finding("other-thank-you", message, None, place, form.thank_you, good.led_to, causes=whole)


def _unfilled(
    asked: AskedPage, form: AskedForm, trial: FormTrial, arrival: Arrival, built: Form | None
) -> Iterator[Finding]:
    wrong = unfilled_from_address(form, trial, arrival, built)
    if wrong:
        by = "the button of the email" if arrival.is_of_email else "an address with such parameters"
        holds = [
            f"{quoted(name)} {f'holds {quoted(found)}' if found else 'stays empty'}"
            for name, (_, found) in wrong.items()
        ]
        what = "a hidden field" if len(wrong) == 1 else "hidden fields"
        message = f"Opened by {by}, the page leaves {what} wrong: {listed(holds)}."
        first, (wanted, found) = next(iter(wrong.items()))
        place, where = asked.place("form", "hidden", first), built.where if built else None
        about = _fields(built, list(wrong)) or (causes.of_asked(place, first),)
        yield Finding(
            "unfilled-from-address", message, where, place, wanted, found, each=tuple(wrong), causes=about
        )  # fmt: skip


def _fields(built: Form | None, names: Sequence[str]) -> tuple[Cause, ...]:
    fields = (*built.fields, *built.hidden) if built else ()
    return tuple(causes.of_field(field) for field in fields if field.name in names)
