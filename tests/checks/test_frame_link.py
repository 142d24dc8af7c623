"""View in browser and the privacy notice."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes

PLAIN = "<p>Join us for forty minutes.</p>"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="{{system.viewAsWebpageLink}}">Open</a>',
        '<a href="https://acme.example/online/12">Im Browser ansehen</a>',
        "{% web_view %}",
    ],
)
def test_the_email_opens_in_the_browser(link: str) -> None:
    assert run_check("view-in-browser", email={}, build=PLAIN + link).outcome is Outcome.PASSED


CLICK = '<a href="https://acme.example/e/1">{}</a>'


@pytest.mark.parametrize(
    "sentence",
    [
        "Having trouble viewing this email? " + CLICK.format("Click here"),
        CLICK.format("Click here") + " if this email does not display correctly.",
        "To view this email in your browser, " + CLICK.format("click here") + ".",
        "Werden die Bilder nicht angezeigt? " + CLICK.format("Hier klicken"),
        "Dieser Newsletter wird nicht richtig dargestellt? " + CLICK.format("hier"),
        "Si vous ne visualisez pas ce message, " + CLICK.format("cliquez ici"),
        "¿No ve correctamente este correo? " + CLICK.format("Haga clic aquí"),
        "Problemi di visualizzazione? " + CLICK.format("Clicca qui"),
        "Wordt deze nieuwsbrief niet goed weergegeven? " + CLICK.format("Klik hier"),
        "Problemas de visualização? " + CLICK.format("Clique aqui"),
        "メールが正しく表示されない場合は" + CLICK.format("こちら"),
    ],
)
def test_the_sentence_says_what_a_link_is_for(sentence: str) -> None:
    build = f"<p>{sentence}</p>{PLAIN}"
    assert run_check("view-in-browser", email={}, build=build).outcome is Outcome.PASSED
    assert run_check("link-text", email={}, build=build).codes == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Our new range is here. " + CLICK.format("Click here"),
        "Having trouble with your order? " + CLICK.format("Click here"),
        "Having trouble viewing this email? Write to us.</p><p>" + CLICK.format("Click here"),
        "Having trouble viewing this email? See " + CLICK.format("here") + " or " + CLICK.format("click here"),
    ],
)
def test_the_sentence_says_something_else(sentence: str) -> None:
    build = f"<p>{sentence}</p>{PLAIN}"
    assert run_check("view-in-browser", email={}, build=build).codes == ["missing-view-link"]
    assert run_check("link-text", email={}, build=build).codes == ["vague-link"]


def test_a_sentence_leads_to_the_browser_and_its_link_leads_nowhere() -> None:
    build = f'<p>Having trouble viewing this email? <a href="#">Click here</a></p>{PLAIN}'
    assert run_check("view-in-browser", email={}, build=build).codes == ["missing-view-link"]


def test_the_email_does_not_open_in_the_browser() -> None:
    hidden = '<p style="display:none"><a href="*|ARCHIVE|*">View in browser</a></p>'
    assert run_check("view-in-browser", email={}, build=PLAIN + hidden).codes == ["missing-view-link"]


def _privacy(regions: list[str], build: str, **email: Any) -> list[str]:
    return run_check("privacy-link", campaign={"legal": {"regions": regions}}, email=email, build=build).codes


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://acme.example/privacy">Privacy notice</a>',
        '<a href="https://acme.example/x">Politique de confidentialité</a>',
        '<a href="{{privacy_policy_url}}">How we use it</a>',
    ],
)
def test_europe_reads_the_privacy_notice(link: str) -> None:
    assert _privacy(["uk"], PLAIN + link) == []


@pytest.mark.parametrize("region", ["de", "UK", "CH", "eu", "France"])
def test_europe_cannot_read_the_privacy_notice(region: str) -> None:
    assert _privacy([region, "us"], PLAIN) == ["missing-privacy-link"]


def test_words_without_a_link_are_for_a_person() -> None:
    campaign = {"legal": {"regions": ["de"]}}
    build = PLAIN + "<p>Unsere Datenschutzhinweise finden Sie im Netz.</p>"
    answer = run_check("privacy-link", campaign=campaign, email={}, build=build)
    assert (answer.codes, answer.outcome) == (["missing-privacy-link"], Outcome.REVIEW)


def test_where_nobody_asks_for_it() -> None:
    assert run_check("privacy-link", campaign={"legal": {"regions": ["us"]}}, build=PLAIN).outcome is Outcome.SKIPPED
    assert run_check("privacy-link", build=PLAIN).outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (PLAIN, "missing-link"),
        (PLAIN + '<a href="https://acme.example/winter">Privacy notice</a>', "wrong-destination"),
        (PLAIN + '<a href="#">Privacy notice</a>', "placeholder-link"),
    ],
)
def test_a_notice_that_the_request_names_is_told_by_the_comparison_with_it(build: str, code: str) -> None:
    written: dict[str, Any] = {
        "campaign": {"legal": {"regions": ["de"]}},
        "email": {"links": [{"text": "Privacy notice", "url": "https://acme.example/privacy"}]},
    }
    assert run_check("privacy-link", build=build, **written).codes == ["missing-privacy-link"]
    others = ("link-presence", "link-destination", "link-syntax")
    assert codes("privacy-link", *others, build=build, **written) == [code]
    right = PLAIN + '<a href="https://acme.example/privacy">Privacy notice</a>'
    assert run_check("privacy-link", build=right, **written).codes == []


def test_a_link_that_leads_nowhere_leads_to_no_version_in_the_browser() -> None:
    build = '<a href="#">View in browser</a><p>Join us.</p>'
    assert run_check("view-in-browser", email={}, build=build).codes == ["missing-view-link"]
    assert codes("view-in-browser", "link-syntax", email={}, build=build) == ["placeholder-link"]
