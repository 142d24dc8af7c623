"""What stands behind links: dead and failing ones, walls, pages that are not there, redirects; and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.build.campaign import Campaign
from qa.finding import Outcome
from qa.profile.model import Profile
from qa.run import answers, plan, session
from qa.testing import Answer, run_check, write_campaign
from tests.probing.site import Page, Site, moved

URL = "https://www.acme.example/webinar"
LINK = f'<a href="{URL}">Save my seat</a>'
CHECKS = ("dead-links", "walled-links", "linked-pages", "link-redirects", "linked-files", "link-certificates")


def ask(check: str, page: dict[str, Any] | None = None, build: str = LINK, **others: Any) -> Answer:
    return run_check(check, build=build, email={}, web={URL: page or {}, **others.pop("web", {})}, **others)


@pytest.mark.parametrize("check", CHECKS)
def test_a_page_that_answers_is_right(check: str) -> None:
    assert ask(check).outcome is Outcome.PASSED


@pytest.mark.parametrize("check", CHECKS)
def test_offline_nothing_is_passed(check: str) -> None:
    answer = run_check(check, build=LINK, email={})
    assert answer.outcome is Outcome.SKIPPED
    assert "--online" in answer.reason


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ({"status": 404}, "dead-link"),
        ({"status": 410}, "dead-link"),
        ({"failure": "dns", "said": "there is no such server name"}, "dead-link"),
        ({"failure": "tls", "said": "its certificate has expired"}, "dead-link"),
        ({"failure": "refused", "said": "the server refused the connection"}, "dead-link"),
        ({"status": 500}, "failing-link"),
        ({"status": 503}, "failing-link"),
        ({"failure": "slow", "said": "it did not answer"}, "failing-link"),
        ({"location": URL}, "failing-link"),
    ],
)
def test_a_page_that_nobody_gets(page: dict[str, Any], code: str) -> None:
    assert ask("dead-links", page).codes == [code]
    assert ask("walled-links", page).codes == []
    assert ask("linked-pages", page).codes == []


CHALLENGES = [
    {"status": status} for status in (401, 403, 405, 429, 999)
] + [
    {"status": 503, "headers": {"cf-mitigated": "challenge"}},
    {"status": 200, "body": "<title>Just a moment...</title>"},
    {"status": 403, "body": "<p>Access Denied. Reference https://errors.edgesuite.net/18.1"},
    {"status": 200, "body": '<script src="https://geo.captcha-delivery.com/captcha/"></script>'},
    {"status": 403, "body": '<div id="px-captcha"></div>'},
    {"status": 200, "body": '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9"></iframe>'},
    {"status": 200, "body": "<script>window._cf_chl_opt = {cType: 'managed'}</script>"},
    {"status": 503, "body": '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>'},
    {"failure": "private", "said": "www.acme.example is 10.0.0.1, a private network"},
]  # fmt: skip


@pytest.mark.parametrize("page", CHALLENGES)
def test_what_a_site_shows_no_robot_is_for_a_person(page: dict[str, Any]) -> None:
    answer = ask("walled-links", page)
    assert (answer.codes, answer.outcome) == (["unprobed-link"], Outcome.REVIEW)
    assert ask("dead-links", page).codes == []


WATCHED = [
    '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>', "<script>window._pxAppId = 'PX1'</script>",
    '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>', "<script>window.ddjskey = 'A'</script>",
]  # fmt: skip


@pytest.mark.parametrize("script", WATCHED)
def test_a_page_whose_visitors_are_watched_is_no_wall(script: str) -> None:
    page = {"body": f"<title>Webinar</title>{script}<p>Hello", "headers": {"x-datadome": "protected", "x-iinfo": "1"}}
    assert ask("walled-links", page).outcome is Outcome.PASSED


def test_a_known_wall_is_no_dead_link() -> None:
    url = "https://www.linkedin.com/company/acme"
    build = f'<a href="{url}">LinkedIn</a>'
    assert ask("walled-links", build=build, web={url: {"status": 404}}).codes == ["unprobed-link"]
    assert ask("dead-links", build=build, web={url: {"status": 404}}).codes == []


@pytest.mark.parametrize(
    "title",
    [
        "Page not found | Acme",
        "404 – Acme",
        "Seite nicht gefunden",
        "Acme : page introuvable",
        "Página no encontrada - Acme",
        "Errore 404",
        "Pagina niet gevonden",
        "ページが見つかりません | アクメ",
        "Страница не найдена",
        "Sayfa Bulunamadı!",
        "Oops! Page not found.",
    ],
)
def test_a_page_that_answers_and_says_it_is_not_there(title: str) -> None:
    assert ask("linked-pages", {"body": f"<title>{title}</title>"}).codes == ["soft-dead-link"]
    assert ask("linked-pages", {"body": f"<title>Acme</title><h1><span>{title}</span></h1>"}).codes == [
        "soft-dead-link"
    ]


@pytest.mark.parametrize(
    "title", ["How to mend a “page not found” error", "Lost and found", "Room 404 | Acme Hotel", "Nothing found today"]
)
def test_a_page_that_speaks_of_such_pages_is_there(title: str) -> None:
    assert ask("linked-pages", {"body": f"<title>{title}</title><h1>{title}</h1>"}).codes == []


def test_the_home_page_in_place_of_the_page() -> None:
    assert ask("linked-pages", {"location": "https://www.acme.example/"}).codes == ["soft-dead-link"]
    assert ask("linked-pages", {"location": "https://www.acme.example/?utm_source=spring"}).codes == []  # a short name
    assert ask("linked-pages", {"location": "https://www.acme.example/en/webinar"}).codes == []


def test_a_log_in_in_place_of_the_page() -> None:
    answer = ask("linked-pages", {"location": "https://www.acme.example/login?next=%2Fwebinar"})
    assert (answer.codes, answer.outcome) == (["login-page"], Outcome.REVIEW)


PLACE = "https://www.acme.example/events/spring-webinar"
THERE = f'<a href="{PLACE}?utm_source=news">Save my seat</a>'


def sent_on(to: str, title: str = "Acme", build: str = THERE, asked: str = f"{PLACE}?utm_source=news") -> list[str]:
    to = f"https://www.acme.example{to}"
    return run_check(
        "linked-pages", build=build, email={}, web={asked: {"location": to}, to: {"body": f"<title>{title}</title>"}}
    ).codes


@pytest.mark.parametrize(
    ("to", "title"),
    [
        ("/events/", "Events | Acme"),  # the section above
        ("/events?utm_source=news", "Events"),
        ("/blog/five-ways-to-save", "Five ways to save"),
        ("/en/company/about-us", "About Acme"),
        ("/autumn-fair.html", "Autumn fair"),
    ],
)
def test_another_page_of_the_site_in_place_of_the_page(to: str, title: str) -> None:
    assert sent_on(to, title) == ["other-page"]


@pytest.mark.parametrize(
    ("to", "title"),
    [
        ("/en/events/spring-webinar", "Acme"),
        ("/webinars/spring", "Acme"),
        ("/e/4711", "Spring webinar | Acme"),
        ("/events/spring-webinar/register", "Register"),
        ("/Events/Spring_Webinar.aspx", "Acme"),
        ("/event?name=spring", "Acme"),
    ],
)
def test_the_page_itself_behind_a_redirect(to: str, title: str) -> None:
    assert sent_on(to, title) == []


def test_a_short_name_leads_where_it_likes() -> None:
    asked = "https://www.acme.example/spring"
    assert sent_on("/campaigns/four-offers", "Offers", f'<a href="{asked}">Go</a>', asked) == []


GERMAN = "<p>" + "Wir freuen uns, dass Sie bei uns sind, und zeigen Ihnen auf dieser Seite, was wir für Sie haben. " * 3
ENGLISH = "<p>" + "We are glad that you are here with us, and this page shows you what we have for you and yours. " * 3


@pytest.mark.parametrize(
    ("language", "body", "codes"),
    [
        ("de", f"<html lang=en>{ENGLISH}", ["other-language"]),
        ("de", ENGLISH, ["other-language"]),
        ("en", GERMAN, ["other-language"]),
        ("de", f"<html lang=en>{GERMAN}", []),  # a template's word for it
        ("de", f"<html lang=de-AT>{ENGLISH}", []),
        ("de", f"<html lang=en><script>{ENGLISH}</script><p>Acme", []),
        ("de", GERMAN, []),
        (None, GERMAN, []),
    ],
)
def test_a_page_in_another_language_than_the_request(language: str | None, body: str, codes: list[str]) -> None:
    campaign = {"language": language} if language else {}
    profile = Profile(domains=("acme.example",))
    assert ask("linked-pages", {"body": body}, campaign=campaign, profile=profile).codes == codes


def test_the_page_of_somebody_else_may_be_in_any_language() -> None:
    profile = Profile(domains=("brand.example",))
    assert ask("linked-pages", {"body": ENGLISH}, campaign={"language": "de"}, profile=profile).codes == []


def test_an_address_that_names_a_language_ends_in_another() -> None:
    profile, asked = Profile(domains=("acme.example",)), "https://www.acme.example/de/webinar"
    for there, codes in (("en/webinar", ["other-language"]), ("de-at/webinar", []), ("webinar", [])):
        web = {asked: {"location": f"https://www.acme.example/{there}"}}
        assert ask("linked-pages", build=f'<a href="{asked}">Go</a>', web=web, profile=profile).codes == codes


@pytest.mark.parametrize(
    ("file", "body", "right"),
    [
        ("a.pdf", "%PDF-1.7", True),
        ("a.pdf", "\n%PDF-1.4", True),
        ("a.pdf?download=1", "<!DOCTYPE html><title>Form</title>", False),
        ("a.PDF", "GIF89a", False),
        ("a.ics", "BEGIN:VCALENDAR\r\n", True),
        ("a.ics", "\ufeffBEGIN:VCALENDAR", True),
        ("a.ics", "<html><p>Add", False),
        ("a.docx", "PK\x03\x04", True),
        ("a.zip", "<html>", False),
        ("a.pdf", "", True),  # nothing is known of it
        ("a.php", "<html>", True),
        ("pdf", "<html>", True),
    ],
)
def test_a_file_is_what_its_address_says(file: str, body: str, right: bool) -> None:
    url = f"https://www.acme.example/{file}"
    answer = ask("linked-files", build=f'<a href="{url}">Get it</a>', web={url: {"body": body}})
    assert answer.codes == ([] if right else ["other-file"])


@pytest.mark.parametrize(
    ("certificate", "sent", "told"),
    [
        ((date(2026, 11, 1), date(2027, 1, 30)), None, False),  # 90 days, 60 left
        ((date(2026, 9, 10), date(2026, 12, 9)), None, True),  # … 8 left
        ((date(2026, 11, 28), date(2026, 12, 4)), None, False),  # six days, as some have
        ((date(2026, 1, 1), date(2026, 7, 1)), None, True),  # gone
        ((date(2026, 7, 1), date(2027, 1, 17)), None, False),  # 200 days, by hand
        ((date(2026, 7, 1), date(2027, 1, 17)), "2027-01-10T09:00", True),
        ((date(2026, 11, 1), date(2027, 1, 30)), "2027-03-10T09:00", False),  # renewed long before by itself
    ],
)
def test_a_certificate_that_ends_soon(
    monkeypatch: pytest.MonkeyPatch, certificate: tuple[date, date], sent: str | None, told: bool
) -> None:
    monkeypatch.setenv("QA_TODAY", "2026-12-01")
    campaign = {"send": {"at": sent, "timezone": "Europe/London"}} if sent else {}
    build = f'{LINK}<a href="https://www.acme.example/b">B</a>'
    answer = ask("link-certificates", {"certificate": certificate}, build, campaign=campaign)
    assert answer.codes == (["ending-certificate"] if told else [])


def test_a_certificate_is_told_once_for_its_host() -> None:
    ended = {"certificate": (date(2020, 1, 1), date(2020, 4, 1))}
    build = f'{LINK}<a href="https://www.acme.example/b">B</a>'
    answer = ask("link-certificates", ended, build, web={"https://www.acme.example/b": ended})
    assert len(answer.findings) == 1
    assert len(answer.findings[0].causes) == 2


TRACKED = f"{URL}?utm_source=news&utm_medium=email"


@pytest.mark.parametrize(
    ("final", "said"),
    [
        (URL, "utm_medium and utm_source are lost"),
        (f"{URL}?utm_source=news", "utm_medium is lost"),
        (f"{TRACKED}&utm_source=news", "utm_source is doubled"),
        (f"{URL}?utm_source=News&utm_medium=email", "utm_source becomes “News”"),
        (f"{URL}?utm_source=&utm_medium=email", "utm_source becomes “”"),
        (f"{URL}?next=%2F%3Futm_source%3Dnews&utm_medium=email", "utm_source is lost"),
    ],
)
def test_tracking_that_a_redirect_does_something_to(final: str, said: str) -> None:
    final = final.replace("/webinar", "/en/webinar")
    build = f'<a href="{TRACKED}">Save my seat</a>'
    answer = ask("link-redirects", build=build, web={TRACKED: {"location": final}})
    assert answer.codes == ["lost-tracking"]
    assert said in answer.findings[0].message


def test_tracking_that_stays_or_was_never_there() -> None:
    build = f'<a href="{TRACKED}">Save my seat</a>'
    web = {TRACKED: {"location": f"https://www.acme.example/en?id=7&{TRACKED.partition('?')[2]}"}}
    assert ask("link-redirects", build=build, web=web).codes == []
    assert ask("link-redirects", {"location": f"{URL}/en?utm_source=site"}).codes == []


def test_tracking_that_is_written_otherwise_stays() -> None:
    tracked = f"{URL}?utm_campaign=spring+sale&utm_source=caf%C3%A9"
    web = {tracked: {"location": f"{URL}/en?utm_source=caf%c3%a9&utm_campaign=spring%20sale"}}
    assert ask("link-redirects", build=f'<a href="{tracked}">Go</a>', web=web).codes == []


def test_a_redirect_to_somebody_else() -> None:
    away = {"location": "https://parked.example.net/sale"}
    assert ask("link-redirects", away).codes == ["foreign-redirect"]
    assert ask("link-redirects", away, profile=Profile(domains=("example.net",))).codes == []
    assert ask("link-redirects", {"location": "https://shop.acme.example/webinar"}).codes == []
    short = '<a href="https://bit.ly/abc">Save my seat</a>'
    assert ask("link-redirects", build=short, web={"https://bit.ly/abc": away}).codes == []


def test_a_redirect_without_encryption() -> None:
    there = "http://www.acme.example/en/webinar"
    found = ask("link-redirects", {"location": there}, web={there: {"location": f"{URL}/en"}})
    assert found.codes == ["insecure-redirect"]


def test_one_finding_for_an_address_however_many_links_lead_there() -> None:
    build = f'{LINK}<p>{LINK}</p><p><a href="{URL}#form">Form</a></p>'
    answer = ask("dead-links", {"status": 404}, build, plain=f"Save my seat: {URL}\n")
    assert answer.codes == ["dead-link"]
    assert len(answer.findings[0].causes) == 4


def test_an_address_of_the_plain_text_alone_is_asked_too() -> None:
    other = "https://www.acme.example/other"
    answer = ask("dead-links", plain=f"Other: {other}\n", web={other: {"status": 404}})
    assert answer.codes == ["dead-link"]


def test_where_nothing_is_reached_this_machine_is_meant() -> None:
    gone = {"failure": "dns", "said": "there is no such server name"}
    build = f'{LINK}<a href="https://b.example/">B</a>'
    assert ask("dead-links", gone, build, web={"https://b.example/": gone}).outcome is Outcome.BROKEN


LOOPBACK = Profile(online=True, render=False, only=CHECKS, allow_private=("127.0.0.1",))


def codes(folder: Path, profile: Profile = LOOPBACK) -> list[str]:
    with (told := session(profile)).resources:
        results = answers(plan(told, Campaign(folder, folder.name)))
    return [finding.code for result in results for finding in result.findings]


LEFT_ALONE = [
    ("Unsubscribe", "/u/17"), ("Abmelden", "/u/18"), ("Se désinscrire", "/u/19"), ("Darse de baja", "/u/20"),
    ("配信停止", "/u/21"), ("Отписаться", "/u/22"), ("Uitschrijven", "/u/23"), ("Wypisz się", "/u/24"),
    ("Manage preferences", "/p/1"), ("Here", "/unsubscribe?u=7"), ("Here", "/email/opt-out"), ("Go", "/preferences"),
]  # fmt: skip
ACTS = [
    ("Confirm my seat", "/c/1"), ("Jetzt bestätigen", "/c/2"), ("Je confirme", "/c/3"), ("Accept", "/c/4"),
    ("Zusagen", "/c/5"), ("Go", "/confirm?t=1"), ("Go", "/invitation/accept"), ("Go", "/one-click"),
]  # fmt: skip


def test_what_is_never_asked_gets_not_one_byte(tmp_path: Path) -> None:
    """The server records whoever connects: nobody does, by words, by address, by header, by a sentence, by a redirect."""
    with Site() as site:
        links = "".join(f'<p><a href="{site.url}{path}">{text}</a></p>' for text, path in (*LEFT_ALONE, *ACTS))
        sentence = f'<p>To unsubscribe from this list, <a href="{site.url}/s/1">click here</a>.</p>'
        message = f"From: a@acme.example\nSubject: Hello\nList-Unsubscribe: <{site.url}/l/1>\nContent-Type: text/html; charset=utf-8\n\n"
        header = f'<p><a href="{site.url}/l/1">Hello</a></p>'
        write_campaign(tmp_path, build=(message + links + sentence + header).encode(), email={})
        assert codes(tmp_path) == ["unprobed-link"] * len(ACTS)
        assert site.asked == []


def test_a_redirect_to_what_is_never_asked_ends_before_it(tmp_path: Path) -> None:
    with Site({"/read": moved("/newsletter/unsubscribe?u=1")}) as site:
        write_campaign(tmp_path, build=f'<a href="{site.url}/read">Read more</a>', email={})
        assert codes(tmp_path) == ["unprobed-link"]
        assert site.asked == ["/read"]


def test_offline_not_one_byte_leaves(tmp_path: Path) -> None:
    with Site() as site:
        write_campaign(tmp_path, build=f'<a href="{site.url}/a">Go</a>', email={})
        assert codes(tmp_path, replace(LOOPBACK, online=False)) == []
        assert codes(tmp_path, replace(LOOPBACK, allow_private=())) == ["unprobed-link"]
        assert site.asked == []


def test_each_address_of_many_campaigns_is_asked_once(tmp_path: Path) -> None:
    """As 1,000 links of 50 campaigns are, in one session."""
    with Site({"/3": Page(404)}) as site, (told := session(LOOPBACK)).resources:
        build = "".join(f'<p><a href="{site.url}/{n}">Go {n}</a></p>' for n in range(10))
        for number in range(5):
            folder = tmp_path / str(number)
            write_campaign(folder, build=build, email={})
            results = answers(plan(told, Campaign(folder, folder.name)))
            assert [f.code for r in results for f in r.findings] == ["dead-link"]
        assert len(site.asked) == len(site.counted) == 10
        assert site.most <= 2
