"""E-mail and phone links."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes


def _codes(href: str) -> list[str]:
    return run_check("contact-links", build=f"<a href='{href}'>Write or call</a>").codes


@pytest.mark.parametrize(
    "href",
    [
        "mailto:events@acme.example",
        "MAILTO:events@acme.example",
        "mailto:a@acme.example,b@acme.example",
        "mailto:events@acme.example?subject=Spring%20webinar%20%26%20more&amp;body=Hello%0D%0Athere",
        "mailto:?subject=Look%20at%20this&amp;body=https%3A%2F%2Facme.example",
        "mailto:{{lead.Owner Email}}",
        "mailto:{{support_email}}?subject={{my.Subject Line}}",
        "mailto:%61@acme.example",
        "tel:+442079460958",
        "tel:+44-20-7946-0958",
        "tel:+44 20 7946 0958",
        "tel:0800123987;ext=12",
        "tel:+18005551212,,34",
        "tel:112",
        "tel:*100#",
        "tel:{{my.Phone}}",
        "sms:+447700900123?body=Hi",
    ],
)
def test_a_link_that_reaches_somebody(href: str) -> None:
    assert run_check("contact-links", build=f"<a href='{href}'>x</a>").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "href",
    [
        "mailto:",
        "mailto:events",
        "mailto:events@acme",
        "mailto:events@acme@acme.example",
        "mailto:mailto:events@acme.example",
        "mailto:a@acme.example;b@acme.example",
        "mailto:events acme.example",
        "mailto:name@example.com",
        "mailto:your.email@acme.example",
        "mailto:info@yourdomain.com",
        "https://events@acme.example",
        "http://events@acme.example/",
    ],
)
def test_an_address_that_reaches_nobody(href: str) -> None:
    assert _codes(href) == ["malformed-mailto"]
    assert codes("contact-links", "link-syntax", build=f"<a href='{href}'>x</a>") == ["malformed-mailto"]


@pytest.mark.parametrize(
    "query",
    [
        "?subject=Spring webinar",
        "?subject=Questions&amp;answers",
        "?subject=Spring%20webinar?body=Hello",
        "?subject=Spring+webinar",
        "?subject=Hello&amp;utm_source=news",
    ],
)
def test_a_message_that_arrives_damaged(query: str) -> None:
    assert _codes(f"mailto:events@acme.example{query}") == ["unencoded-mailto"]


@pytest.mark.parametrize(
    "href",
    [
        "tel:",
        "tel:call us",
        "tel:1-800-FLOWERS",
        "tel:+44 20",
        "tel:12",
        "tel:123-456-7890",
        "tel:0000000000",
        "tel:+44(0)2079460958",
        "tel:+4420794609581234567",
    ],
)
def test_a_number_no_phone_can_call(href: str) -> None:
    assert _codes(href) == ["malformed-phone"]


def test_one_finding_an_address_and_nothing_without_one() -> None:
    build = "<a href='tel:abc'>A</a>\n<a href='tel:abc'>B</a>"
    (finding,) = run_check("contact-links", build=build).findings
    assert "lines 1, 2" in finding.message
    assert run_check("contact-links", build="<a href='https://acme.example'>A</a>").outcome is Outcome.SKIPPED


def test_a_contact_link_of_the_request_is_said_once() -> None:
    asked = {"links": [{"text": "Write to us", "url": "mailto:events@acme.example"}]}
    build = "<a href='mailto:events@@acme.example'>Write to us</a>"
    assert run_check("contact-links", email=asked, build=build).codes == ["malformed-mailto"]
    assert run_check("link-destination", email=asked, build=build).codes == ["wrong-destination"]
    assert codes("contact-links", "link-destination", email=asked, build=build) == ["malformed-mailto"]
