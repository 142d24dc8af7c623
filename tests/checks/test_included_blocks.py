"""What is missing where a tag brings a block along that is not in the build: for a person, and never passed."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

COPY = ["Join us for forty minutes on planning.", "We start on the hour and end on time.", "See you in spring."]
FIRST, SECOND, THIRD = (f"<p>{text}</p>" for text in COPY)
SEAT = {"text": "Save my seat", "url": "https://www.acme.example/webinar"}
PRIVACY = {"text": "Privacy", "url": "https://www.acme.example/privacy"}
GERMAN = {"legal": {"regions": ["de"]}}
FOOTERS = [  # as eleven platforms and template languages write them
    "{{content_blocks.${Footer}}}",
    '%%=ContentBlockByKey("footer-de")=%%',
    "%%=v(@footerHtml)=%%",
    '<div class="mktoSnippet" id="legalFooter"></div>',
    "{{my.Email_Footer}}",
    "{% include 'partials/footer.html' %}",
    '{% module "email_footer" path="@hubspot/email_footer" %}',
    "{{> emailfooter}}",
    "{{{footer_html}}}",
    '{{ template "footer.html" . }}',
    "@include('emails.fusszeile')",
    '<div th:replace="~{fragments/footer :: footer}"></div>',
    '{% extends "base_email.html" %}',
    '<div elqtype="SharedContent" elqname="Legal footer"></div>',
]
MISSING: list[tuple[str, dict[str, Any]]] = [
    ("view-in-browser", {}),
    ("unsubscribe", {}),
    ("postal-address", {}),
    ("privacy-link", {"campaign": GERMAN}),
    ("legal-footer", {"campaign": GERMAN}),
    ("required-wording", {"email": {"must_include": ["Acme GmbH, HRB 12345"]}}),
    ("copy", {"email": {"copy": [*COPY[:1], "© 2027 Acme Ltd. All rights reserved."]}}),
    ("link-presence", {"email": {"links": [PRIVACY]}}),
]


def _answer(check: str, build: str, given: dict[str, Any]) -> Any:
    return run_check(check, build=build, **{"email": {}, **given})


@pytest.mark.parametrize("block", FOOTERS)
@pytest.mark.parametrize(("check", "given"), MISSING, ids=[check for check, _ in MISSING])
def test_it_may_be_in_the_footer_that_is_not_in_the_build(check: str, given: dict[str, Any], block: str) -> None:
    answer = _answer(check, FIRST + block, given)
    assert answer.outcome is Outcome.REVIEW
    assert "which is not in the build" in answer.findings[0].message


@pytest.mark.parametrize(
    "block",
    [
        "",
        "<head>{% include 'footer.html' %}</head>",
        "<!-- {{> footer}} -->",
        "<style>.f { color: {{ footer_color }} }</style>",
        '<p style="color: {{ footer_color }}">Bye.</p>',
        '<p><a href="https://www.acme.example/{{ footer_path }}">Home</a></p>',
        "{% include 'styles/fonts.css' %}",
        '%%=ContentBlockByKey("AMPscript_Setup")=%%',
        "{{content_blocks.${Product_Hero}}}",
        "<p>Dear {{lead.Company}}</p>",
    ],
)
@pytest.mark.parametrize(("check", "given"), MISSING[1:5], ids=[check for check, _ in MISSING[1:5]])
def test_what_brings_no_footer_changes_nothing(check: str, given: dict[str, Any], block: str) -> None:
    plain = _answer(check, FIRST, given)
    answer = _answer(check, block + FIRST, given)
    assert (answer.outcome, answer.codes) == (plain.outcome, plain.codes)
    assert "in the build;" not in answer.findings[0].message and "may be in" not in answer.findings[0].message


def test_a_header_may_hold_the_way_to_the_browser_and_no_address() -> None:
    build = "{{content_blocks.${Header}}}" + FIRST
    assert _answer("view-in-browser", build, {}).outcome is Outcome.REVIEW
    assert "may be in" not in _answer("postal-address", build, {}).findings[0].message


@pytest.mark.parametrize(
    "block", ["{{content_blocks.${Hero}}}", '{% include "intro.html" %}', "{{> cta_block}}", "{{snippets.speakers}}"]
)
def test_copy_may_be_in_a_block_that_stands_where_the_copy_should(block: str) -> None:
    answer = _answer("copy", FIRST + block + THIRD, {"email": {"copy": COPY}})
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-copy"])


@pytest.mark.parametrize(
    "build",
    [
        "{{content_blocks.${Hero}}}" + FIRST + THIRD,
        FIRST + THIRD + '{% include "outro.html" %}',
        FIRST + "{{content_blocks.${Footer}}}" + THIRD,
        FIRST + "{{content_blocks.${Logo}}}" + THIRD,
    ],
    ids=["above the copy before", "below the copy behind", "a footer", "a logo"],
)
def test_copy_that_is_missing_elsewhere_is_missing(build: str) -> None:
    answer = _answer("copy", build, {"email": {"copy": COPY}})
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["missing-copy"])


@pytest.mark.parametrize("block", ["{{content_blocks.${Hero}}}", "{{content_blocks.${Spring_2027}}}", "{{> cta}}"])
def test_a_button_may_be_in_a_block_of_the_message(block: str) -> None:
    answer = _answer("link-presence", FIRST + block, {"email": {"links": [SEAT]}})
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-link"])


@pytest.mark.parametrize("block", [*FOOTERS[:10], "{{content_blocks.${Header}}}"])
def test_a_button_is_in_no_footer(block: str) -> None:
    answer = _answer("link-presence", FIRST + block, {"email": {"links": [SEAT]}})
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["missing-link"])


@pytest.mark.parametrize("block", FOOTERS)
def test_what_is_in_the_build_needs_no_block(block: str) -> None:
    build = f"{FIRST}<p><a href='{SEAT['url']}'>Save my seat</a></p>{block}"
    assert _answer("link-presence", build, {"email": {"links": [SEAT]}}).outcome is Outcome.PASSED
    assert _answer("copy", build, {"email": {"copy": COPY[:1]}}).outcome is Outcome.PASSED


def test_a_page_brings_nothing_along() -> None:
    answer = run_check("link-presence", page={"links": [SEAT]}, build=f"<h1>Hi</h1>{FIRST}{{{{> cta}}}}")
    assert answer.outcome is Outcome.FAILED
