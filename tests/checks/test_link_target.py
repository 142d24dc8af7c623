"""Hosts, spelling and anchors of links."""

import pytest

from qa.facts import facts
from qa.finding import Outcome
from qa.links.hosts import host_of, is_click_tracker, is_domain, is_opaque, kind_of, one_owner, owner_of
from qa.testing import run_check
from tests.told import codes

LIVE = "https://www.acme.example/webinar"


def _link(href: str, text: str = "Save my seat") -> str:
    return f"<a href='{href}'>{text}</a>\n"


def _codes(href: str) -> list[str]:
    return run_check("link-hosts", build=_link(href)).codes


@pytest.mark.parametrize(
    "href",
    [
        LIVE,
        "https://test-drive.acme.example/",
        "https://developer.acme.example/",
        "https://www.acme.dev/",
        "https://acme.test-kitchen.example/",
        "https://dev.azure.com/acme",
        "https://{{my.Host}}/x",
        "{{my.Url}}",
        "https://www.ngrok.io/",
        "https://maps.app.goo.gl/abc",
        "https://app.hubspot.com/documents/123/view/456",
        "https://acme.example/a?x[]=1&amp;y=(2)&amp;z=%7Cb",
        "https://acme.example/a?x={{lead.Id}}&amp;y=%%Email%%",
        "https://acme.example/*|LIST:URL|*",
        "https://acme.example/e?elq=<span class=eloquaemail>recipientid</span>",
        "https://acme.example/?plan={{custom_attribute.${plan name}}}",
        "https://acme.example/a#größe",
        "mailto:events@acme.example?subject=a|b",
        "https://acme.example/{{my.Url}",  # half a merge tag, which the checks of merge tags read
        "https://acme.example/?" + "a" * 1900,
    ],
)
def test_a_live_place(href: str) -> None:
    assert run_check("link-hosts", build=_link(href)).outcome is Outcome.PASSED
    assert run_check("link-syntax", build=_link(href)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "href",
    [
        "https://staging.acme.example/webinar",
        "https://acme-staging.acme.example/",
        "https://www-dev.acme.co.uk/",
        "https://test2.acme.example/",
        "https://uat.www.acme.example/",
        "http://localhost:3000/x",
        "localhost:8080/x",
        "http://192.168.0.7/x",
        "http://[::1]/x",
        "https://mail.acme.local/",
        "https://a1b2.ngrok-free.app/",
        "https://deploy-preview-7--acme.netlify.app/",
        "https://acme.example/webinar?preview=true",
        "https://app-sj01.marketo.com/#EM123A1",
        "https://acme--uat.sandbox.my.salesforce.com/001",
        "https://us5.admin.mailchimp.com/campaigns/edit?id=1",
        "https://acme.zoom.us/s/123?zak=x",
        "file:///C:/Users/kim/invite.html",
        r"C:\Users\kim\invite.html",
    ],
)
def test_a_place_no_reader_reaches(href: str) -> None:
    assert _codes(href) == ["staging-link"]
    assert codes("link-hosts", "link-syntax", build=_link(href)) == ["staging-link"]


def test_a_space_in_an_address_is_told_once() -> None:
    assert _codes("https://acme.example/a b") == ["unencoded-link"]
    assert codes("link-hosts", "link-syntax", build=_link("https://acme.example/a b")) == ["malformed-link"]


@pytest.mark.parametrize(
    "href",
    [
        "https://www.example.com/",
        "http://yourdomain.com/x",
        "https://your-link-here.com",
        "https://xxx.xx",
        "https://url",
    ],
)
def test_a_sample_is_a_placeholder_and_said_once(href: str) -> None:
    assert _codes(href) == []
    assert run_check("link-syntax", build=f'<a href="{href}">Book</a>').codes == ["placeholder-link"]


@pytest.mark.parametrize("href", ["https://bit.ly/3xYz", "http://tinyurl.com/acme", "https://goo.gl/abc"])
def test_a_shortener(href: str) -> None:
    assert _codes(href) == ["shortened-link"]


def test_an_address_too_long() -> None:
    assert _codes("https://acme.example/?" + "a" * 2000) == ["long-link"]


@pytest.mark.parametrize(
    ("href", "character"),
    [
        ("https://acme.example/a|b", "|"),
        ("https://acme.example/<id>", "<"),
        ("https://acme.example/{id}", "{"),
        ('https://acme.example/?q="spring"', '"'),
        (r"https:\\acme.example\x", "\\"),
        ("https://acme.example/größe", "ö"),
        ("https://müller.example/", "ü"),
    ],
)
def test_a_character_that_must_be_encoded(href: str, character: str) -> None:
    answer = run_check("link-hosts", build=_link(href))
    assert answer.codes == ["unencoded-link"]
    assert answer.findings[0].actual == character


def test_links_with_one_fault_are_one_finding() -> None:
    build = _link("https://staging.acme.example/a", "One") + _link("https://staging.acme.example/b", "Two")
    (finding,) = run_check("link-hosts", build=build).findings
    assert "“Two” (lines 1, 2)" in finding.message


def test_a_staging_link_of_the_request_is_said_once() -> None:
    asked = {"links": [{"text": "Save my seat", "url": LIVE}]}
    build = _link("https://staging.acme.example/webinar") + _link("http://test.acme.example/old", "The old page")
    (finding,) = run_check("link-hosts", email=asked, build=build).findings
    assert (finding.code, finding.expected) == ("staging-link", LIVE)
    others = {"link-destination": "wrong-destination", "unasked-links": "unasked-link", "link-syntax": "insecure-link"}
    for other, code in others.items():
        assert run_check(other, email=asked, build=build).codes == [code], other
    assert codes("link-hosts", *others, email=asked, build=build) == ["staging-link"]


def test_a_shortener_that_was_asked_for() -> None:
    asked = {"links": [{"text": "Save my seat", "url": "https://bit.ly/3xYz"}]}
    assert run_check("link-hosts", email=asked, build=_link("https://bit.ly/3xYz")).codes == []


def test_a_shortener_without_https_is_said_once() -> None:
    build = _link("http://bit.ly/3xYz")
    assert run_check("link-syntax", build=build).codes == ["insecure-link"]
    assert codes("link-hosts", "link-syntax", build=build) == ["shortened-link"]
    asked = {"links": [{"text": "Save my seat", "url": "http://bit.ly/3xYz"}]}  # then nobody speaks of the shortener
    assert run_check("link-syntax", email=asked, build=build).codes == ["insecure-link"]


@pytest.mark.parametrize(
    "build",
    [
        _link("#agenda") + '<h2 id="agenda">Agenda</h2>',
        _link("#agenda") + "<a name=agenda>Agenda</a>",
        _link("#über uns") + "<h2 id='über uns'>Us</h2>",
        _link("#%C3%BCber") + "<h2 id='über'>Us</h2>",
    ],
)
def test_an_anchor_with_its_target(build: str) -> None:
    assert run_check("link-anchors", email={}, build=build).outcome is Outcome.PASSED


@pytest.mark.parametrize("href", ["#", "#top", "#!", "#/route", "#{{my.Anchor}}", "##LINK##", LIVE + "#agenda"])
def test_what_is_no_anchor(href: str) -> None:
    assert run_check("link-anchors", email={}, build=_link(href)).outcome is Outcome.SKIPPED


def test_anchors_without_a_target_are_one_finding() -> None:
    build = _link("#agenda", "Agenda") + _link("#speakers", "Speakers") + '<h2 id="agenda2">Agenda</h2>'
    answer = run_check("link-anchors", page={}, build=build)
    assert answer.codes == ["missing-anchor"]
    assert "#speakers" in answer.findings[0].message


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("www.acme.com", "acme.com"),
        ("a.b.acme.co.uk", "acme.co.uk"),
        ("www.acme.com.au", "acme.com.au"),
        ("www.bka.gv.at", "bka.gv.at"),
        ("shop.acme.or.at", "acme.or.at"),
        ("www.acme.co.jp", "acme.co.jp"),
        ("www.city.kawasaki.jp", "city.kawasaki.jp"),
        ("www.acme.k12.ca.us", "acme.k12.ca.us"),
        ("acme.myshopify.com", "acme.myshopify.com"),
        ("docs.acme.github.io", "acme.github.io"),
        ("acme.netlify.app", "acme.netlify.app"),
        ("acme.vercel.app", "acme.vercel.app"),
        ("acme.blogspot.com", "acme.blogspot.com"),
        ("acme.s3.amazonaws.com", "acme.s3.amazonaws.com"),
        ("www.xn--mller-kva.de", "xn--mller-kva.de"),
        ("www.acme.xn--55qx5d.cn", "acme.xn--55qx5d.cn"),
        ("www.acme.example", "acme.example"),
        ("www.acme.nosuchending", "acme.nosuchending"),
        ("github.io", "github.io"),
        ("localhost", "localhost"),
        ("xn--.com", "xn--.com"),
        ("", ""),
    ],
)
def test_the_owner_of_a_host(host: str, owner: str) -> None:
    assert owner_of(host) == owner


def test_two_shops_in_one_house_have_two_owners() -> None:
    assert one_owner("acme.myshopify.com", "www.acme.com")
    assert not one_owner("acme.myshopify.com", "borealis.myshopify.com")


def test_known_twins_are_named_by_their_owners() -> None:
    assert [name for group in facts("hosts")["same"]["groups"] for name in group if owner_of(name) != name] == []


@pytest.mark.parametrize("host", ["staging-acme.netlify.app", "acme-staging.vercel.app", "dev.acme.github.io"])
def test_a_site_for_tests_in_a_house_that_hosts_for_others(host: str) -> None:
    assert kind_of(f"https://{host}/") == "staging"
    assert kind_of("https://acme.netlify.app/") == ""


def test_hosts_and_owners() -> None:
    assert host_of("https://kim@WWW.Acme.example:8443/x") == "www.acme.example"
    assert one_owner("www.acme.de", "acme.com") and not one_owner("acme.com", "borealis.com")
    assert (kind_of("https://10.0.0.1/"), kind_of("https://acme.example/")) == ("staging", "")
    assert is_domain("acme.com") and not is_domain("readme.md")
    assert is_opaque("https://a.example/u/a1b2c3d4e5f6a7b8c9") and not is_opaque(
        "https://a.example/spring-webinar-2027-uk"
    )
    assert is_click_tracker("https://mkto-ab12.com/x") and not is_click_tracker("https://go.acme.example/linkedin")


def test_hostile_addresses_take_no_time() -> None:
    build = (
        _link("https://" + "a." * 20_000) + _link("#" + "a" * 100_000) + 'id="' * 50_000 + _link("http://[" * 20_000)
    )
    for check in ("link-hosts", "link-anchors", "link-text", "repeated-links", "contact-links"):
        assert run_check(check, build=build, email={}).outcome is not Outcome.BROKEN


@pytest.mark.parametrize(
    "href",
    [
        "#ADDLINK",
        "#LINK",
        "#link-hier",
        "#INSERT_URL",
        "about:blank",
        "https://acme.example/tbd",
        "https://acme.example/fr/insert-link-here?utm_source=news",
        "https://acme.example/link-folgt",
        "https://acme.example/angebote/...",
        "https://bit.ly/xxxxx",
        "https://www.ihre-domain.de/angebot",
        "https://votresite.fr",
        "https://www.tudominio.com/oferta",
        "https://uwsite.nl/",
        "https://www.example.de/",
    ],
)
def test_an_address_that_stands_for_another(href: str) -> None:
    assert codes("link-syntax", "link-anchors", email={}, build=_link(href)) == ["placeholder-link"]


@pytest.mark.parametrize(
    "href",
    [
        "#links",
        "#cta",
        "#top",
        "#todo-list",
        "https://acme.example/links",
        "https://acme.example/link",
        "https://acme.example/tbd-agency",
        "https://acme.example/placeholder-art",
        "https://www.xxl.de/",
        "https://link.acme.example/x",
        "https://x.com/acme",
        "https://ihredomainberatung.de/",
        "https://acme.example/how-to-insert-links",
    ],
)
def test_an_address_with_such_words_in_it(href: str) -> None:
    place = "".join(f"<p id='{each}'>Here</p>" for each in ("links", "cta", "top", "todo-list"))
    assert codes("link-syntax", "link-anchors", email={}, build=_link(href) + place) == []
