"""Forms against the request: fields, hidden fields, consent, where they lead."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

EMAIL = '<label>Work email <input name="Email" type="email" required></label>'
COUNTRY = '<label>Country <select name="Country"><option value="">Please select</option><option>UK</option><option>Germany</option></select></label>'
BOX = '<label><input type="checkbox" name="optIn"{}> {}</label>'
THANKS = "https://www.acme.example/webinar/thanks"


def ask(check: str, form: dict[str, Any], build: str, **page: Any) -> Answer:
    return run_check(check, page={"form": form, **page}, build=f"<!doctype html><html><body>{build}</body></html>")


@pytest.mark.parametrize(
    ("asked", "built"),
    [
        ({"name": "Email", "label": "Work email", "type": "email", "required": True}, EMAIL),
        ({"name": "Email", "label": "Work email:"}, '<label>Work email * <input name="Email"></label>'),
        ({"name": "Name", "type": "text"}, '<input name="Name">'),
        ({"name": "Phone", "type": "phone"}, '<input name="Phone" type="tel">'),
        ({"name": "Country", "type": "dropdown", "options": ["UK", "Germany"]}, COUNTRY),
        (
            {"name": "Country", "options": ["UK"]},
            '<select name="Country"><option>– choose –</option><option>UK</option></select>',
        ),
    ],
)
def test_a_field_as_asked_for(asked: dict[str, Any], built: str) -> None:
    answer = ask("form-fields", {"fields": [asked]}, f"<form>{built}<button>Send</button></form>")
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("asked", "built", "expected", "actual"),
    [
        ({"label": "Email"}, EMAIL, "the request says “Email”", "is labelled “Work email”"),
        ({"type": "text"}, EMAIL, "the request says “text”", "is of type “email”"),
        ({"required": False}, EMAIL, "the request says optional", "is required"),
        (
            {"label": "Work email"},
            "<label>Work email <input></label>",
            "the request says “Email”",
            "has no name, so that its answer is never sent",
        ),
        (
            {},
            '<input placeholder="Email">',
            "the request says “Email”",
            "has no name, so that its answer is never sent",
        ),
        ({"required": True}, '<input name="Email">', "the request says required", "is optional"),
    ],
)
def test_a_field_otherwise_than_asked_for(asked: dict[str, Any], built: str, expected: str, actual: str) -> None:
    (finding,) = ask("form-fields", {"fields": [{"name": "Email", **asked}]}, f"<form>{built}</form>").findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-field", expected, actual)


def test_all_that_is_wrong_with_a_field_is_one_finding() -> None:
    asked = {"name": "Country", "label": "Your country", "required": True, "options": ["Germany", "UK"]}
    (finding,) = ask("form-fields", {"fields": [asked]}, f"<form>{COUNTRY}</form>").findings
    assert finding.message == (
        "The field “Your country” is labelled “Country” (the request says “Your country”); is optional (the request "
        "says required); offers “UK”, “Germany” (the request says “Germany”, “UK”)."
    )


def test_fields_missing_unasked_and_in_another_order() -> None:
    asked = {"fields": [{"name": "Email"}, {"name": "Country"}, {"name": "Company"}]}
    answer = ask("form-fields", asked, f'<form>{COUNTRY}{EMAIL}<label>Fax <input name="Fax"></label></form>')
    assert sorted(answer.codes) == ["field-order", "missing-field", "unasked-field"]
    order = next(finding for finding in answer.findings if finding.code == "field-order")
    assert (order.expected, order.actual) == ("Email → Country", "Country → Email")


def test_a_field_that_should_be_seen_is_hidden() -> None:
    (finding,) = ask(
        "form-fields", {"fields": [{"name": "Email"}]}, '<form><input type="hidden" name="Email"></form>'
    ).findings
    assert finding.code == "missing-field"
    assert "is hidden" in finding.message


def test_the_form_that_answers_the_request_is_looked_at() -> None:
    build = f'<form><input name="q" type="search"></form><form>{EMAIL}</form>'
    assert ask("form-fields", {"fields": [{"name": "Email"}]}, build).codes == []


def test_the_box_of_the_consent_was_asked_for_and_a_hidden_field_to_be_seen_was_not() -> None:
    form = {"fields": [{"name": "Email"}], "hidden": {"source": "query"}, "consent": {"text": "I agree"}}
    build = f'<form>{EMAIL}<input name="source">{BOX.format("", "I agree")}</form>'
    (finding,) = ask("form-fields", form, build).findings
    assert finding.message == "The form asks for “source”, which the request has as a hidden field."
    assert ask("form-hidden", form, build).codes == ["missing-hidden-field"]


def test_a_box_beside_that_of_the_consent_was_not_asked_for() -> None:
    form = {"fields": [{"name": "Email"}], "consent": {"text": "I agree to the terms"}}
    news = '<label><input type="checkbox" name="news"> Send me the newsletter</label>'
    (finding,) = ask(
        "form-fields", form, f"<form>{EMAIL}{BOX.format('', 'I agree to the terms')}{news}</form>"
    ).findings
    assert (finding.code, finding.actual) == ("unasked-field", "news")


@pytest.mark.parametrize("check", ["form-presence", "form-fields", "form-hidden", "form-consent", "form-thank-you"])
def test_a_missing_form_is_told_once(check: str) -> None:
    form = {"fields": [{"name": "Email"}], "hidden": {"a": "b"}, "consent": {"text": "I agree"}, "thank_you": THANKS}
    answer = ask(check, form, "<h1>Hello</h1>")
    assert answer.codes == (["missing-form"] if check == "form-presence" else [])
    assert run_check(check, page={}, build="<h1>Hello</h1>").outcome is Outcome.SKIPPED


def test_a_form_that_a_script_brings_along_is_for_a_person() -> None:
    build = '<form id="mktoForm_12"></form><script>MktoForms2.loadForm("//app.example", "000-AAA-000", 12)</script>'
    answer = ask("form-presence", {"fields": [{"name": "Email"}]}, build)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-form"])
    assert ask("form-fields", {"fields": [{"name": "Email"}]}, build).outcome is Outcome.SKIPPED
    assert ask("form-consent", {"consent": {"text": "I agree"}}, build).outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("value", "built"),
    [("spring", ' value="spring"'), ("query", ""), ("spring", ' value="{{my.Source}}"')],
    ids=["fixed", "filled later", "a merge tag"],
)
def test_a_hidden_field_as_asked_for(value: str, built: str) -> None:
    build = f'<form><input name="Email"><input type="hidden" name="source"{built}></form>'
    assert ask("form-hidden", {"hidden": {"source": value}}, build).codes == []


@pytest.mark.parametrize("built", ["winter", ""])
def test_a_hidden_field_with_another_value(built: str) -> None:
    build = f'<form><input type="hidden" name="source" value="{built}"></form>'
    (finding,) = ask("form-hidden", {"hidden": {"source": "spring"}}, build).findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-hidden-value", "spring", built)


@pytest.mark.parametrize("label", ["I agree to receive emails", "* I agree  to receive emails."])
def test_consent_as_asked_for(label: str) -> None:
    form = f"<form>{EMAIL}{BOX.format('', label)}</form>"
    assert ask("form-consent", {"consent": {"text": "I agree to receive emails"}}, form).codes == []


@pytest.mark.parametrize(
    ("box", "codes"),
    [
        ("", ["missing-consent"]),
        (BOX.format("", "Remember this device"), ["missing-consent"]),
        (BOX.format("", "I agree to receive calls"), ["wrong-consent-wording"]),
        (BOX.format(" checked", "I agree to receive emails"), ["pre-ticked-consent"]),
        (BOX.format(" checked", "Send me the newsletter"), ["wrong-consent-wording", "pre-ticked-consent"]),
    ],
)
def test_consent_otherwise_than_asked_for(box: str, codes: list[str]) -> None:
    answer = ask("form-consent", {"consent": {"text": "I agree to receive emails"}}, f"<form>{EMAIL}{box}</form>")
    assert answer.codes == codes


def test_a_box_that_was_asked_to_be_ticked() -> None:
    form = f"<form>{BOX.format(' checked', 'I agree')}</form>"
    assert ask("form-consent", {"consent": {"text": "I agree", "checked": True}}, form).codes == []


@pytest.mark.parametrize(
    "build",
    [
        f'<form><input type="hidden" name="retURL" value="{THANKS}"></form>',
        f'<form data-success-url="{THANKS}"><input name="Email"></form>',
        '<form><input type="hidden" name="_next" value="/webinar/thanks"></form>',
        f'<form action="{THANKS}"><input name="Email"></form>',
        f'<form id="f"><input name="Email"></form><script>f.onSuccess(() => location.href = "{THANKS}")</script>',
    ],
    ids=["hidden field", "data attribute", "relative", "action", "script"],
)
def test_a_form_that_leads_where_it_should(build: str) -> None:
    assert ask("form-thank-you", {"thank_you": THANKS}, build, url="https://www.acme.example/webinar").codes == []


@pytest.mark.parametrize(
    "build",
    [
        '<form><input type="hidden" name="redirect" value="https://www.acme.example/winter/thanks"></form>',
        '<form id="f"><input name="Email"></form><script>location = "https://www.acme.example/winter/thanks"</script>',
        '<form><input type="hidden" name="url_danke" value="https://www.acme.example/winter/thanks"></form>',
        '<form><input name="Email"><input type=hidden name="cf_7" value="https://www.acme.example/winter/thanks"></form>',
        '<form><input type="hidden" name="_after" value="https://www.acme.example/winter/thanks"></form>',
    ],
)
def test_a_form_that_leads_elsewhere(build: str) -> None:
    (finding,) = ask("form-thank-you", {"thank_you": THANKS}, build).findings
    assert (finding.code, finding.actual) == ("wrong-thank-you", "https://www.acme.example/winter/thanks")


@pytest.mark.parametrize(
    ("wanted", "built"),
    [
        ("https://don.acme.example/2031/merci", "https://don.acme.example/2030/merci"),
        ("https://www.acme.example/danke-leitfaden", "/danke-webinar"),
        ("https://www.acme.example/gracias.html", "https://www.acme.example/invierno/gracias.html"),
        ("https://www.acme.example/ok/guide", "https://www.acme.example/ok-winter/guide"),
    ],
)
def test_a_field_of_any_name_that_leads_to_another_page_of_thanks(wanted: str, built: str) -> None:
    build = f'<form><input name="Email"><input type="hidden" name="extra_3" value="{built}"></form>'
    (finding,) = ask("form-thank-you", {"thank_you": wanted}, build).findings
    assert (finding.code, finding.actual, finding.review) == ("wrong-thank-you", built, False)


@pytest.mark.parametrize("value", ["https://www.acme.example/privacy", "/customer-success/webinar", "takeaway/menu"])
def test_a_field_of_any_name_with_another_address_is_no_page_of_thanks(value: str) -> None:
    build = f'<form><input name="Email"><input type="hidden" name="extra_3" value="{value}"></form>'
    assert ask("form-thank-you", {"thank_you": THANKS}, build).outcome is Outcome.REVIEW


def test_where_a_form_leads_cannot_always_be_read() -> None:
    answer = ask("form-thank-you", {"thank_you": THANKS}, '<form action="/submit"><input name="Email"></form>')
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["wrong-thank-you"])


def test_hostile_forms_cost_nothing() -> None:
    build = (
        "<form "
        + 'data-next="' * 50_000
        + ">"
        + '<script>"/'
        + '"/' * 200_000
        + "</script>"
        + '<script>x = "//[thanks"</script>'
    )
    answer = ask("form-thank-you", {"thank_you": THANKS}, build)
    assert answer.outcome is not Outcome.BROKEN


GROUP = (
    "<form><fieldset><legend>Topics</legend>"
    '<label><input type="checkbox" name="{0}" value="1"> Cash</label><label><input type="checkbox" name="{0}" value="2"> Cards</label>'
    "</fieldset></form>"
)


@pytest.mark.parametrize("name", ["Topic", "Topic[]"])
def test_boxes_of_one_name_are_one_field(name: str) -> None:
    fields = [{"name": "Topic", "label": "Topics", "type": "checkbox", "options": ["Cash", "Cards"]}]
    assert run_check("form-fields", page={"form": {"fields": fields}}, build=GROUP.format(name)).codes == []


def test_a_trap_for_robots_is_no_field_of_the_form() -> None:
    trap = '<div aria-hidden="true"><input name="website" tabindex="-1"></div>'
    build = f'<form><label>Phone (optional) <input name="Phone"></label>{trap}</form>'
    fields = [{"name": "Phone", "label": "Phone"}]
    assert run_check("form-fields", page={"form": {"fields": fields}}, build=build).codes == []


def test_a_field_nobody_sees_is_missing() -> None:
    build = '<form><input name="Email"><p style="display:none"><input name="Phone"></p></form>'
    fields = [{"name": "Email"}, {"name": "Phone"}]
    assert run_check("form-fields", page={"form": {"fields": fields}}, build=build).codes == ["missing-field"]


def test_a_field_to_be_filled_from_the_address_holds_nothing_yet() -> None:
    asked = {"form": {"hidden": {"utm_source": "query"}}}
    build = '<form><input name="Email"><input type="hidden" name="utm_source" value="{}"></form>'
    assert run_check("form-hidden", page=asked, build=build.format("")).codes == []
    answer = run_check("form-hidden", page=asked, build=build.format("google"))
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["wrong-hidden-value"])  # a default, or a leftover


def test_a_consent_that_asks_for_more_is_another() -> None:
    asked = {"form": {"consent": {"text": "I agree to receive emails"}}}
    build = '<form><label><input type="checkbox" name="ok"> I agree to receive emails and calls</label></form>'
    assert run_check("form-consent", page=asked, build=build).codes == ["wrong-consent-wording"]


AGREED = "I agree to receive emails"
YES_OR_NO = (
    f"<fieldset><legend>{AGREED}</legend><label><input type=radio name=o value=yes{{}}> Yes</label>"
    "<label><input type=radio name=o value=no{}> No</label></fieldset>"
)


@pytest.mark.parametrize(
    ("box", "codes"),
    [
        (f'<label for=o id=A>{AGREED}</label><p><input name=o id=o type=checkbox aria-labelledby="A B"></p>', []),
        (f"<span id=w>{AGREED}</span> <input type=checkbox name=o aria-labelledby=w>", []),
        (f"<table><tr><td><input type=checkbox name=o></td><td>{AGREED}</td></tr></table>", []),
        (f"<div><input type=checkbox name=o checked></div><div>{AGREED}</div>", ["pre-ticked-consent"]),
        (YES_OR_NO.format("", ""), []),
        (YES_OR_NO.format("", " checked"), []),
        (YES_OR_NO.format(" checked", ""), ["pre-ticked-consent"]),
        (f"<input type=checkbox name=o><p>Something else</p><p>{AGREED}</p>", ["missing-consent"]),
        (f'<p id="v">{AGREED}</p><input type=checkbox name=o aria-labelledby="w">', ["missing-consent"]),
    ],
)
def test_a_consent_and_its_words_in_every_markup(box: str, codes: list[str]) -> None:
    form = f"<form><label>Email <input name=Email></label>{box}</form>"
    assert ask("form-consent", {"consent": {"text": AGREED}}, form).codes == codes
