"""Is a key or an id still that of the template?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from qa.text.placeholders import key_in


def said(build: str, **page: object) -> list[str]:
    return run_check("placeholder-keys", build=f"<html><body>{build}</body></html>", page=page).codes


@pytest.mark.parametrize(
    "build",
    [
        '<form data-form-api-token="ac3f91b7"><input name="API_TOKEN" id="API_KEY"></form>',
        '<script>const API_KEY = "ac3f91b7"; send(config["API_TOKEN"])</script>',
        '<script src="https://maps.acme.example/js?key=ac3f91b7"></script>',
        "<script>(function(w,d,s,l,i){})(window,document,'script','dataLayer','GTM-AXX9X2');</script>",
        '<input name="account" placeholder="your-account-id" aria-label="YOUR_ACCOUNT_ID">',
        '<form data-form-id="{{my.YOUR_FORM_ID}}"><input name="Email"></form>',
        '<a href="https://www.acme.example/help/where-is-your-api-key">Help</a>',
        '<a href="YOUR_LINK_HERE">Help</a>',  # an address, and no key
        '<form action="YOUR_FORM_URL"><input name="Email"></form>',
        '<!-- <script src="https://maps.acme.example/js?key=YOUR_KEY_HERE"></script> -->',
        '<div data-cta="CLICK_HERE" data-kind="FORM_ID">Hi</div>',
        "<p>Replace YOUR_API_KEY by your own key.</p>",
    ],
)
def test_what_is_no_key_of_a_template(build: str) -> None:
    assert said(build) == []


@pytest.mark.parametrize(
    "build",
    [
        '<form data-sb-form-api-token="API_TOKEN"><input name="Email"></form>',
        '<script src="https://maps.acme.example/js?key=YOUR_KEY_HERE"></script>',
        '<script src="https://t.acme.example/t.js?id=your-tracking-id&amp;v=2"></script>',
        "<script>(function(w,d,s,l,i){})(window,document,'script','dataLayer','GTM-XXXXXX');</script>",
        "<script>ga('create', 'UA-XXXXX-Y', 'auto')</script>",
        '<div class="g-recaptcha" data-sitekey="your_site_key"></div>',
        '<input type="hidden" name="portalId" value="INSERT_PORTAL_ID">',
        '<a href="https://www.acme.example/book?k=YOUR_API_KEY">Book</a>',
    ],
)
def test_a_key_of_a_template(build: str) -> None:
    assert said(build) == ["placeholder-key"]


def test_keys_are_one_finding() -> None:
    build = '<form data-token="API_TOKEN"></form>\n<form data-token="API_TOKEN"></form>\n<p data-id="YOUR_ID">Hi</p>'
    (finding,) = run_check("placeholder-keys", build=build, page={}).findings
    assert (
        finding.message == "The build still has “API_TOKEN” and “YOUR_ID” (lines 1, 2, 3): placeholders of keys or ids."
    )
    assert finding.each == ("API_TOKEN", "YOUR_ID")


def test_a_key_in_the_place_of_one_the_request_names() -> None:
    tag = "<script>load('GTM-XXXXXX')</script>"
    assert said(tag, tags=["GTM-ABC123"]) == said(tag, tags=["UA-12345-1"]) == ["placeholder-key"]
    field = '<form><input type="hidden" name="formId" value="YOUR_FORM_ID"></form>'
    assert said(field, form={"hidden": {"formId": "42"}}) == said(field) == ["placeholder-key"]
    assert said('<form action="/send?form=YOUR_FORM_ID"><input name="Email"></form>') == ["placeholder-key"]


def test_hostile_values_take_no_time() -> None:
    assert key_in("YOUR_" * 50_000) == key_in("A_" * 50_000, "data-id") == key_in("?your-" * 50_000) == ""
    build = "<script>" + "'\"`" * 50_000 + "</script>" + '<p data-id="' + "X-" * 50_000 + '">'
    assert run_check("placeholder-keys", build=build, page={}).outcome is not Outcome.BROKEN
