"""Links nobody asked for, in whole emails of ten trades; links of the frame beside those the team knows."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from qa.finding import Finding, Outcome, Severity
from qa.profile.model import Profile
from qa.testing import run_check
from tests.checks.link_sets import EVENT, NEWSLETTER, RETAIL, SETS, LinkSet
from tests.told import campaign_told

WRONG = [(one, edit) for one in SETS for edit in one.wrong]


def _findings(one: LinkSet, build: str, profile: Profile | None = None) -> list[Finding]:
    given: dict[str, Any] = {
        "email": one.asked,
        "campaign": deepcopy(one.campaign),
        "profile": profile,
        "files": one.files,
    }
    return run_check("unasked-links", build=build, **given).findings


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_what_stands_in_the_frame_of_an_email_need_not_be_asked_for(one: LinkSet) -> None:
    assert _findings(one, one.build) == []


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_nothing_else_is_said_of_the_links_of_a_right_email(one: LinkSet) -> None:
    checks = ("unasked-links", "link-destination", "link-presence", "system-links", "tracking-syntax", "repeated-links")
    loud = campaign_told(*checks, build=one.build, email=one.asked, campaign=deepcopy(one.campaign), files=one.files)
    said = [(judged.finding.where, judged.finding.message) for judged in loud if judged.severity is not Severity.INFO]
    assert [message for where, message in said if where is None or "first" not in where.file] == []


@pytest.mark.parametrize(("one", "edit"), WRONG, ids=lambda each: each.name if isinstance(each, LinkSet) else each[2])
def test_what_was_left_over_is_found(one: LinkSet, edit: tuple[str, str, str]) -> None:
    find, replace, named = edit
    assert find in one.build
    (finding,) = _findings(one, one.build.replace(find, replace, 1))
    assert finding.code == "unasked-link"
    assert named in finding.message


def test_thirty_articles_nobody_named_are_one_finding() -> None:
    asked = {**NEWSLETTER.asked, "links": NEWSLETTER.asked["links"][:3]}
    (finding,) = run_check("unasked-links", build=NEWSLETTER.build, email=asked).findings
    assert finding.message.startswith("The request names nothing of 27 places that the build leads to: ")
    assert (
        "“Artikel Nummer 3” (line 1) to www.tagblatt-nord.example/artikel/3" not in finding.message
    )  # its whole address
    assert "tagblatt-nord.example/artikel/3" in finding.message
    assert len(finding.each) == 27


def test_a_site_of_the_brand_is_its_own() -> None:
    build = RETAIL.build.replace(
        'href="https://www.fernway.example/?utm_source=sfmc"', 'href="https://www.fw-group.example/"'
    )
    (finding,) = _findings(RETAIL, build)
    assert "a site of another owner" in finding.message
    assert _findings(RETAIL, build, Profile(domains=("fw-group.example",))) == []


def test_a_known_link_may_stand_anywhere() -> None:
    find, replace, _ = EVENT.wrong[0]
    known = Profile(known_links=("forum-hanse.example/en/2026",))
    assert _findings(EVENT, EVENT.build.replace(find, replace, 1), known) == []


def test_an_entry_for_a_calendar_need_not_be_asked_for() -> None:
    href = "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;dates=20270302T090000"
    build = EVENT.build.replace("<p>Questions?", f'<p><a href="{href}">Add to Google Calendar</a></p><p>Questions?')
    assert run_check("unasked-links", build=build, email=EVENT.asked).outcome is Outcome.PASSED


LINKEDIN = '<p>Join us for forty minutes.</p><a href="https://www.linkedin.com/company/{}"><img src="in.png" alt="LinkedIn"></a>'
KNOWN = ("https://www.linkedin.com/company/acme", "https://www.acme.example/", "acme.example/help")


@pytest.mark.parametrize(
    "link",
    [
        LINKEDIN.format("acme"),
        LINKEDIN.format("acme/"),
        '<a href="https://www.acme.example/?utm_source=news"><img src="logo.png" alt="Acme"></a>',
        '<p>Acme Ltd © 2027 <a href="https://www.acme.example/help/delivery">Help</a></p>',
        '<a href="{{system.unsubscribeLink}}">Unsubscribe</a>',
        '<p>Buy the <a href="https://www.acme.example/p/winter">winter coat</a> while it lasts</p>',
    ],
)
def test_links_the_team_knows(link: str) -> None:
    assert run_check("known-links", build=link, profile=Profile(known_links=KNOWN)).codes == []


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (LINKEDIN.format("acne"), "the team's links name https://www.linkedin.com/company/acme"),
        (LINKEDIN.format("acme-uk"), "the team's links name https://www.linkedin.com/company/acme"),
        ('<a href="https://www.facebook.com/acme">Facebook</a>', "none of the team's links"),
        (
            '<a href="https://shop.acme.example/old"><img src="logo.png" alt="Acme logo"></a>',
            "none of the team's links",
        ),
        ('<p>© 2027 Acme <a href="https://www.acme.example/contact">Contact us</a></p>', "none of the team's links"),
    ],
)
def test_links_of_the_frame_the_team_does_not_know(link: str, named: str) -> None:
    (finding,) = run_check("known-links", build=link, profile=Profile(known_links=KNOWN)).findings
    assert finding.code == "unlisted-link"
    assert named in finding.message


def test_only_the_sorts_the_team_names_are_compared() -> None:
    only = Profile(known_links=("https://www.linkedin.com/company/acme",))
    frame = '<a href="https://www.acme.example/contact">Contact us</a>'
    assert run_check("known-links", build=LINKEDIN.format("acme") + frame, profile=only).codes == []


def test_without_a_list_nothing_is_compared() -> None:
    assert run_check("known-links", build=LINKEDIN.format("acme")).outcome is Outcome.SKIPPED


CTA = '<p><a class="button" href="https://acme.example/sale">See the sale</a></p>'
CALLS = {"links": [{"text": "See the sale", "url": "https://acme.example/sale"}]}


def _tile(place: str, name: str) -> str:
    href = f"https://acme.example/{place}"
    return f'<td><a href="{href}"><img src="{name}.png" alt=""></a><p><a href="{href}">{name}</a></p></td>'


@pytest.mark.parametrize(
    "build",
    [
        f"<table><tr>{_tile('men/jackets/fjord', 'Fjord')}{_tile('kids/ull', 'Ull')}</tr></table>{CTA}",
        "".join(f'<p><a href="https://acme.example/wines/{name}">{name} 2026</a></p>' for name in ("a", "b", "c"))
        + CTA,
        '<p>Hi</p><p><a href="https://acme.example/a">Care</a> | <a href="https://acme.example/b">Scent</a> | '
        f'<a href="https://acme.example/c">Body</a> | <a href="https://acme.example/d">Gifts</a></p>{CTA}',
        f'{CTA}<p><a href="https://acme.example/legal/code-of-conduct">Code of conduct</a></p>',
    ],
)
def test_products_and_menus_need_not_be_asked_for(build: str) -> None:
    assert run_check("unasked-links", email=CALLS, build=build).codes == []


@pytest.mark.parametrize(
    "build",
    [
        f"<table><tr>{_tile('men/jackets/fjord', 'Fjord')}</tr></table>{CTA}",
        f"<table><tr>{_tile('fjord', 'Fjord')}{_tile('ull', 'Ull')}</tr></table>{CTA}".replace(
            "acme.example/ull", "b.example/u"
        ),
        '<p>Hi</p><p><a href="https://acme.example/a">Care</a> | <a href="https://acme.example/b">Scent</a></p>' + CTA,
    ],
)
def test_one_product_or_another_owners_is_asked_about(build: str) -> None:
    assert run_check("unasked-links", email=CALLS, build=build).codes == ["unasked-link"]


def test_where_the_request_names_products_each_must_be_named() -> None:
    asked = {"links": [*CALLS["links"], {"text": "Fjord", "url": "https://acme.example/men/fjord"}]}
    build = f"<table><tr>{_tile('men/fjord', 'Fjord')}{_tile('kids/ull', 'Ull')}</tr></table>{CTA}"
    assert run_check("unasked-links", email=asked, build=build).codes == ["unasked-link"]
