"""One mistake that two checks meet in two places: a value and its twin, a tag and the one it replaced. Told once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.told import campaign_told, codes

TOKENS = ("token-syntax", "token-names", "tokens-asked", "copy")
FORMS = ("form-hidden", "form-thank-you")


@pytest.mark.parametrize(
    ("platform", "asked", "built"),
    [
        ("klaviyo", "{{ first_name|default:'friend' }}", "*|FNAME|*"),
        ("mailchimp", "*|FNAME|*", "{{lead.First Name:default=friend}}"),
        ("pardot", "{{Recipient.FirstName}}", "{{lead.First Name:default=Customer}}"),
        ("sfmc", "%%First Name%%", "*|FNAME|*"),
        ("braze", "{{${first_name} | default: 'you'}}", "*|FNAME|*"),
    ],
)
def test_another_platforms_tag_stands_for_the_asked_one(platform: str, asked: str, built: str) -> None:
    email = {"tokens": [asked], "copy": [f"Dear {asked}, the doors open at nine and stay open until the evening."]}
    build = f"<p>Dear {built}, the doors open at nine and stay open until the evening.</p>"
    assert codes(*TOKENS, build=build, email=email, campaign={"platform": platform}) == ["foreign-token"]


def test_two_that_were_asked_and_one_foreign_tag_are_two_things() -> None:
    email = {"tokens": ["{{ first_name|default:'friend' }}", "{{ person.city|default:'town' }}"]}
    said = codes(*TOKENS, build="<p>Dear *|FNAME|*</p>", email=email, campaign={"platform": "klaviyo"})
    assert said == ["foreign-token", "missing-token"]  # the city's; the name has another platform's tag


@pytest.mark.parametrize(
    ("price", "body", "plain"),
    [
        ("R$ 149,90", "Assinar por R$ 159,90", "Assinar por R$ 149,90: https://acme.example/assinar"),
        ("R$ 149,90", "Assinar por R$ 149,90", "Assinar por R$ 159,90: https://acme.example/assinar"),
        ("US$ 149.90", "Membership for US$ 159.90 a year", "Membership for US$ 149.90 a year"),
        ("A$ 149.90", "The whole year is yours for A$ 159.90", "The whole year is yours for A$ 149.90"),
        ("$149.90", "The member price is $159.90 a case (RRP $198)", "The member price is $149.90 a case (RRP $198)"),
        ("CHF 149.90", "Das ganze Jahr kostet Sie CHF 159.90", "Das ganze Jahr kostet Sie CHF 149.90"),
        ("EUR 149.90", "Your first year costs EUR 149.90", "Your first year costs EUR 159.90"),
        ("149,90 €", "Der Jahresbeitrag beträgt 159,90 €", "Der Jahresbeitrag beträgt 149,90 €"),
        ("1 499 kr", "Priset för hela året är 1 599 kr", "Priset för hela året är 1 499 kr"),
    ],
)
def test_a_price_that_the_other_part_has_right_is_told_once(price: str, body: str, plain: str) -> None:
    found = campaign_told(
        "offer-facts",
        "offer-consistency",
        "same-labels",
        build=f"<p>{body}</p>",
        plain=plain,
        email={"subject": "Plans"},
        campaign={"offer": {"price": price}},
    )
    assert len(found) == 1, [one.finding.message for one in found]
    assert "R $" not in found[0].finding.message


@pytest.mark.parametrize(
    "href",
    [
        "htps://acme.example/wines/shiraz",
        "https://staging.acme.example/wines/shiraz",
        "http//acme.example/wines/shiraz",
    ],
)
def test_a_faulty_link_is_not_told_again_by_its_right_twin_in_the_text(href: str) -> None:
    build = f'<p><a href="https://acme.example/">Acme</a> <a href="{href}">The Shiraz of 2024</a></p>'
    plain = (
        "Acme: https://acme.example/\nShiraz, the new vintage: https://acme.example/wines/shiraz\n"
        + "And more words. " * 20
    )
    said = codes("link-syntax", "link-hosts", "text-parity", build=build, plain=plain, email={"subject": "Wine"})
    assert len(said) == 1 and said != ["extra-text-link"]


@pytest.mark.parametrize("name", ["redirect", "retURL", "return_url"])
def test_a_redirect_in_a_hidden_field_is_told_once(name: str) -> None:
    right, wrong = "https://acme.example/survey/thanks", "https://acme.example/parcel/thanks"
    page: dict[str, Any] = {"url": "https://acme.example/survey", "form": {"hidden": {name: right}, "thank_you": right}}
    build = f'<form action="/send"><input name="Email"><input type="hidden" name="{name}" value="{wrong}"><button>Go</button></form>'
    assert codes(*FORMS, build=build, page=page) == ["wrong-thank-you"]


def test_a_calendar_link_for_another_day_is_told_once() -> None:
    base = "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Class&dates={0}T120000Z/{0}T124500Z"
    email = {"links": [{"text": "Add to calendar", "url": base.format(20261212)}]}
    build = f'<p><a href="{base.format(20261213).replace("&", "&amp;")}">Add to calendar</a></p>'
    offer = {"event_date": "2026-12-12", "event_time": "12:00 UTC"}
    assert codes("link-destination", "calendar-entries", build=build, email=email, campaign={"offer": offer}) == [
        "wrong-calendar-date"
    ]


def test_a_placeholder_with_a_dash_is_told_once() -> None:
    email = {"copy": ["The rate holds until January 4, 2027, and may change after it."]}
    build = "<p>The rate holds until [DATE TBC – LEGAL], and may change after it.</p>"
    assert codes("copy", "placeholder-text", build=build, email=email) == ["placeholder-text"]
