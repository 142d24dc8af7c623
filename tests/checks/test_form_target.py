"""Does a form send what is filled in, and to a live place?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check


def ask(attributes: str, beside: str = "", **page: object) -> Answer:
    build = f'<html><body><form {attributes}><input name="Email"></form>{beside}</body></html>'
    return run_check("form-target", build=build, page=page)


@pytest.mark.parametrize(
    "attributes",
    [
        'action="https://forms.acme.example/submit"',
        'action="/submit"',
        'action="send.php"',
        'action="{{my.Form Target}}"',
        'action="mailto:events@acme.example"',
        'action="#" data-netlify="true"',
        'data-sb-form-api-token="ac3f91b7"',
        'onsubmit="send(this)"',
        'data-action="https://forms.acme.example/submit"',
    ],
)
def test_a_form_that_is_sent(attributes: str) -> None:
    answer = ask(attributes)
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    "beside",
    [
        "<script>document.forms[0].addEventListener('submit', send)</script>",
        "<script>fetch('/api', {method: 'POST'})</script>",
        '<script src="https://js.hsforms.net/forms/v2.js"></script>',
    ],
)
def test_a_form_that_a_script_sends(beside: str) -> None:
    assert ask("", beside).codes == []


@pytest.mark.parametrize("attributes", ["", 'action=""', 'action="#"', 'action="javascript:void(0)"', 'method="post"'])
def test_a_form_of_which_nobody_knows_where_it_sends_is_for_a_person(attributes: str) -> None:
    answer = ask(attributes, "<script>let menu = 1</script>")
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["unsent-form"])


def test_nobody_knows_where_it_sends_whatever_the_request_says_of_where_it_leads() -> None:
    thanks = "https://www.acme.example/thanks"
    asked = {"form": {"thank_you": thanks}}
    assert ask("", **asked).codes == ["unsent-form"]
    build = '<form><input name="Email"></form>'
    assert run_check("form-thank-you", build=build, page=asked).outcome is Outcome.REVIEW
    named = f'data-redirect="{thanks}"'
    assert ask(named, **asked).codes == ["unsent-form"]


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ("https://example.com/submit", "dead-target"),
        ("YOUR_FORM_URL", "dead-target"),
        ("https//forms.acme.example", "dead-target"),
        ("https://staging.acme.example/submit", "dead-target"),
        ("http://forms.acme.example/submit", "insecure-target"),
    ],
)
def test_a_target_that_cannot_be_right(action: str, code: str) -> None:
    answer = ask(f'action="{action}"')
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, [code])
    assert action in answer.findings[0].message


def test_forms_without_a_target_are_one_finding() -> None:
    build = '<form><input name="Email"></form>\n' * 2
    (finding,) = run_check("form-target", build=build, page={}).findings
    assert (
        finding.message
        == "Nothing in the page says where 2 forms send what is filled in (lines 1, 2); submit each once."
    )
    assert run_check("form-target", build="<form></form><p>Hi</p>", page={}).outcome is Outcome.SKIPPED
