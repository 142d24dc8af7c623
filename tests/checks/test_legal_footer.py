"""What the law of a region wants in an email."""

from __future__ import annotations

import pytest

from qa.facts import facts
from qa.finding import Outcome
from qa.testing import Answer, run_check


def asked(regions: list[str], text: str, **more: object) -> Answer:
    email = {"name": "asset", **more}
    return run_check(
        "legal-footer", campaign={"legal": {"regions": regions}}, email=email, build=f"<p>Hi</p><p>{text}</p>"
    )


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("us", ""),
        ("nl", ""),  # privacy-link looks for the only thing beside unsubscribe link and address
        ("de", "Amtsgericht Hamburg HRB 12345, Geschäftsführer: Max Muster"),
        ("de", '<a href="https://a.example/impressum">Impressum</a>'),
        ("at", "FN 123456 a, Firmenbuchgericht Wien"),
        ("uk", "Acme Ltd, registered in England and Wales no. 10477152"),
        ("GB", "Company number 10477152"),
        ("fr", "Acme SAS, RCS Paris 123 456 789"),
        ("it", "Acme S.r.l. – P. IVA 01234567890"),
        ("es", "Acme S.L., CIF B12345678"),
    ],
)
def test_what_a_region_wants_is_there(region: str, text: str) -> None:
    assert asked([region], text).outcome is Outcome.PASSED


@pytest.mark.parametrize("region", ["de", "at", "Germany"])
def test_no_imprint(region: str) -> None:
    (finding,) = asked([region], "Acme GmbH, Hamburg").findings
    assert (finding.code, finding.review) == ("missing-legal-element", False)


@pytest.mark.parametrize("region", ["uk", "fr", "it", "es"])
def test_no_company_number_is_for_a_person(region: str) -> None:
    answer = asked([region], "Acme")
    assert (answer.codes, answer.outcome) == (["missing-legal-element"], Outcome.REVIEW)


def test_a_footer_that_a_merge_tag_brings() -> None:
    assert asked(["de"], "{{my.Footer DE}}").outcome is Outcome.REVIEW


def test_what_the_request_names_must_be_there_too() -> None:
    assert asked(["de"], "Acme", must_include=["HRB 12345"]).codes == ["missing-legal-element"]
    assert asked(["de"], "Acme HRB 12345", must_include=["HRB 12345"]).codes == []
    impressum = [{"text": "Impressum", "url": "https://a.example/impressum"}]
    assert asked(["de"], "Acme", links=impressum).codes == ["missing-legal-element"]


def test_a_region_nothing_is_known_of() -> None:
    answer = asked(["atlantis"], "Acme")
    assert (answer.codes, answer.outcome) == (["missing-legal-element"], Outcome.REVIEW)
    assert asked([], "Acme").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("region", "subject", "found"),
    [
        ("kr", "(광고) 봄 웨비나", []),
        ("kr", "봄 웨비나", ["missing-legal-element"]),
        ("cn", "AD 春季网络研讨会", []),
        ("sg", "<ADV> Spring webinar", []),
        ("sg", "Spring webinar", ["missing-legal-element"]),
    ],
)
def test_the_mark_of_a_subject_line(region: str, subject: str, found: list[str]) -> None:
    answer = run_check(
        "legal-footer",
        campaign={"legal": {"regions": [region]}},
        email={},
        build="<p>Hello</p>",
        sidecar={"subject": subject},
    )
    assert answer.codes == found


def test_every_wanted_thing_is_described() -> None:
    table = facts("legal")
    named = {name for wanted in table["regions"].values() for name in wanted}
    assert named == set(table["wanted"])
