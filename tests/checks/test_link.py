"""Links against the request."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes

WEBINAR = "https://www.acme.example/webinar"
ASKED = {"links": [{"text": "Save my seat", "url": WEBINAR}]}
VML = (
    '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="{}" style="width:200px">'
    "<center>Save my seat</center></v:roundrect><![endif]-->"
)


def _link(href: str, text: str = "Save my seat") -> str:
    return f'<a href="{href}">{text}</a>'


@pytest.mark.parametrize(
    "href",
    [
        WEBINAR,
        "https://WWW.ACME.example:443/webinar",
        WEBINAR + "?utm_source=a&amp;utm_medium=b",
        "http://www.acme.example/webinar",  # insecure-link says so; it is the same place
    ],
)
def test_link_leads_where_the_request_says(href: str) -> None:
    assert run_check("link-destination", email=ASKED, build=_link(href)).outcome is Outcome.PASSED


@pytest.mark.parametrize("label", ["SAVE MY SEAT", "Save my seat →", "<b>Save</b> my&nbsp;seat", "Save my seat."])
def test_label_is_the_same_to_a_reader(label: str) -> None:
    assert run_check("link-presence", email=ASKED, build=_link(WEBINAR, label)).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "href",
    [WEBINAR + "s", "https://www.acme.example/webinar-2025", "https://acme.example/webinar", WEBINAR + "?id=4", "#top"],
)
def test_link_leads_elsewhere(href: str) -> None:
    answer = run_check("link-destination", email=ASKED, build=_link(href))
    assert answer.codes == ["wrong-destination"]
    assert answer.findings[0].expected == WEBINAR
    assert run_check("link-presence", email=ASKED, build=_link(href)).codes == []
    assert run_check("unasked-links", email=ASKED, build=_link(href)).codes == []


@pytest.mark.parametrize("href", ["", "#", "https//www.acme.example/webinar", "https:// www.acme.example/webinar"])
def test_a_dead_link_leads_elsewhere_than_asked_and_is_told_once(href: str) -> None:
    assert run_check("link-destination", email=ASKED, build=_link(href)).codes == ["wrong-destination"]
    (code,) = run_check("link-syntax", email=ASKED, build=_link(href)).codes
    assert codes("link-destination", "link-syntax", email=ASKED, build=_link(href)) == [code]


def test_link_to_a_place_with_query_in_any_order() -> None:
    asked = {"links": [{"text": "Book", "url": "https://a.example/?a=1&b=2"}]}
    assert run_check("link-destination", email=asked, build=_link("https://a.example?b=2&amp;a=1", "Book")).codes == []


def test_button_that_only_outlook_shows_leads_elsewhere() -> None:
    build = VML.format("https://www.acme.example/winter") + _link(WEBINAR)
    answer = run_check("link-destination", email=ASKED, build=build)
    assert answer.codes == ["wrong-destination"]
    assert "Outlook" in answer.findings[0].message


def test_two_links_with_the_same_label_are_told_apart() -> None:
    asked = {"links": [{"text": "Read more", "url": f"https://a.example/{n}"} for n in (1, 2, 3)]}
    build = "".join(_link(f"https://a.example/{n}", "Read more") for n in (1, 2, 3))
    assert run_check("link-destination", email=asked, build=build).codes == []
    swapped = "".join(_link(f"https://a.example/{n}", "Read more") for n in (1, 2, 4))
    (finding,) = run_check("link-destination", email=asked, build=swapped).findings
    assert (finding.expected, finding.actual) == ("https://a.example/3", "https://a.example/4")


def test_linked_picture_answers_by_its_alternative_text() -> None:
    build = f'<a href="{WEBINAR}"><img src="b.png" alt="Save my seat"></a>'
    assert run_check("link-presence", email=ASKED, build=build).codes == []


def test_missing_link_and_another_label() -> None:
    other = _link("https://www.acme.example/privacy", "Privacy policy")
    assert run_check("link-presence", email=ASKED, build=other).codes == ["missing-link"]
    assert run_check("link-presence", email=ASKED, build=_link(WEBINAR, "Register")).codes == ["wrong-label"]


@pytest.mark.parametrize(
    ("asked", "built"),
    [
        ("Save my seat", "Save my seats"),
        ("Download the 2027 report", "Download the 2026 report"),
        ("Save 10% now", "Save 70% now"),
        ("I can attend", "I cannot attend"),
    ],
)
def test_a_label_changed_by_little_is_another(asked: str, built: str) -> None:
    email = {"links": [{"text": asked, "url": WEBINAR}]}
    assert run_check("link-presence", email=email, build=_link(WEBINAR, built)).codes == ["wrong-label"]


def test_like_labels_that_were_swapped_lead_to_the_wrong_places() -> None:
    email = {
        "links": [{"text": "I can attend", "url": WEBINAR + "/y"}, {"text": "I cannot attend", "url": WEBINAR + "/n"}]
    }
    build = _link(WEBINAR + "/n", "I can attend") + _link(WEBINAR + "/y", "I cannot attend")
    assert run_check("link-destination", email=email, build=build).codes == ["wrong-destination"] * 2
    assert run_check("link-presence", email=email, build=build).codes == []


def test_a_link_that_appears_too_often() -> None:
    asked = {"links": [{"text": "Save my seat", "url": WEBINAR, "times": 1}]}
    assert run_check("link-presence", email=asked, build=_link(WEBINAR) * 2).codes == ["too-many-links"]


def test_how_often_a_link_appears_counts_a_vml_twin_once() -> None:
    asked = {"links": [{"text": "Save my seat", "url": WEBINAR, "times": 2}]}
    once = VML.format(WEBINAR) + _link(WEBINAR)
    assert run_check("link-presence", email=asked, build=once).codes == ["too-few-links"]
    assert run_check("link-presence", email=asked, build=once * 2).codes == []


def test_link_nobody_asked_for() -> None:
    system = _link("{{system.unsubscribeLink}}", "Unsubscribe") + _link("mailto:a@b.example", "Write to us")
    assert run_check("unasked-links", email=ASKED, build=_link(WEBINAR) + system).outcome is Outcome.PASSED
    extra = _link("https://www.acme.example/winter", "Winter sale") * 2
    answer = run_check("unasked-links", email=ASKED, build=_link(WEBINAR) + extra)
    assert answer.codes == ["unasked-link"]
    assert "2 times" in answer.findings[0].message


@pytest.mark.parametrize(
    "href",
    [
        WEBINAR,
        "mailto:a@b.example",
        "tel:+441234",
        "{{my.Url}}",
        "https://{{my.Event Url}}/x?{{lead.Id}}",
        "*|UNSUB|*",
        "{{{cta_link}}}",
        "{url}",
        "${{ lang.link }}$",
        "<%- product.link %>",
        "<%asm_global_unsubscribe_raw_url%>",
        "[unsubscribe]",
        "[Unsubscribe_Preferences]",
        "%unsubscribelink%",
        "acme://open/offer",
        "mailto:a@acme.example?subject=example.com",
        "https://www.acme.example/?from=example.com",
        "#top",
    ],
)
def test_link_that_can_be_followed(href: str) -> None:
    assert run_check("link-syntax", build=_link(href)).codes == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("", "empty-link"),
        ("#", "placeholder-link"),
        ("javascript:void(0)", "placeholder-link"),
        ("java&#10;script:void(0)", "placeholder-link"),
        ("JAVA&Tab;SCRIPT&colon;book()", "placeholder-link"),
        ("&#1; javascript:book()", "placeholder-link"),
        ("vbscript:book", "placeholder-link"),
        ("blob:https://www.acme.example/x", "malformed-link"),
        ("dat&#13;a:text/html,webinar", "malformed-link"),
        ("https://", "placeholder-link"),
        ("undefined", "placeholder-link"),
        ("[CTA link]", "placeholder-link"),
        ("http://www.Example.com/offer", "placeholder-link"),
        ("//www.acme.example/x", "malformed-link"),
        ("%20https://www.acme.example/x", "malformed-link"),
        ("htpps://www.acme.example/x", "malformed-link"),
        ("https;//www.acme.example/x", "malformed-link"),
        ("https//acme.example", "malformed-link"),
        ("https:/acme.example", "malformed-link"),
        ("ttps://acme.example", "malformed-link"),
        ("www.acme.example/x", "malformed-link"),
        ("https://acme.example/a b", "malformed-link"),
        ("https://acme.example:port/", "malformed-link"),
        ("http://acme.example", "insecure-link"),
        ("/webinar", "relative-link"),
        ("webinar.html", "relative-link"),
    ],
)
def test_link_that_cannot(href: str, code: str) -> None:
    assert run_check("link-syntax", build=_link(href)).codes == [code]


@pytest.mark.parametrize("href", ["sip:info@acme.example", "acme:pricing", "htt:www.acme.example"])
def test_of_a_scheme_nobody_knows_a_person_is_asked(href: str) -> None:
    answer = run_check("link-syntax", build=_link(href))
    assert (answer.codes, answer.outcome) == (["malformed-link"], Outcome.REVIEW)


def test_relative_links_are_fine_on_a_page() -> None:
    build = _link("/webinar") + _link("#top") + _link("//www.acme.example/x")
    assert run_check("link-syntax", page={}, build=build).codes == []


@pytest.mark.parametrize("href", ["#", "javascript:void(0)"])
def test_where_a_script_may_do_something_a_person_looks(href: str) -> None:
    answer = run_check("link-syntax", page={}, build=_link(href, "Menu") + _link(href, "Sign up"))
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["placeholder-link"])
    assert "“Menu” and “Sign up”" in answer.findings[0].message
    asked = {"links": [{"text": "Sign up", "url": WEBINAR}]}
    assert run_check("link-destination", page=asked, build=_link(href, "Sign up")).codes == ["wrong-destination"]


def test_an_address_the_request_names_is_no_placeholder() -> None:
    email = {"links": [{"text": "Save my seat", "url": "https://www.example.com/webinar"}]}
    build = _link("https://www.example.com/webinar?utm_source=news")
    assert run_check("link-syntax", email=email, build=build).codes == []
    other = build + _link("https://www.example.com/winter", "Winter sale")
    assert run_check("link-syntax", email=email, build=other).codes == ["placeholder-link"]
    assert run_check("unasked-links", email=email, build=other).codes == ["unasked-link"]
    assert codes("link-syntax", "unasked-links", email=email, build=other) == ["placeholder-link"]


def _said(*links: str) -> list[str]:
    return [finding.message for finding in run_check("link-syntax", build="".join(links)).findings]


def test_links_that_are_wrong_for_one_reason_are_one_finding() -> None:
    logo = '<a href="#"><img src="img/Logo.png?v=2" alt=""></a>'
    assert _said(_link("#", "Book"), _link("#", "Read more") * 2, logo) == [
        "4 links lead to the placeholder “#”: “Book”, “Read more” (2 times) and the linked picture “Logo.png”."
    ]
    assert _said(*(_link("#", f"Item {number}") for number in range(11)))[0].endswith("“Item 7” and 3 more.")
    assert _said(_link("", "Book"), _link("", "Shop")) == ["2 links have no destination: “Book” and “Shop”."]
    assert _said(_link("acme.example", "Acme"), _link("www.acme.example/x", "X")) == [
        "2 links lead to an address without the https:// before it: “Acme” and “X”."
    ]


def test_links_without_https_are_told_once() -> None:
    partner = _link("http://partner.example/", "Partner") + _link("http://partner.example/terms", "Terms")
    assert _said(partner, _link("http://acme.example/", "Acme")) == [
        "3 links lead to addresses that are not https: “Partner”, “Terms” and “Acme”.",
    ]
    assert _said(_link("http://a.example/1", "Join"), _link("http://a.example/2", "Join")) == [
        "2 links lead to addresses that are not https: “Join” (2 times)."
    ]


def test_a_vml_twin_is_told_with_the_button_it_stands_for() -> None:
    (finding,) = run_check("link-syntax", build=VML.format("#") + "\n" + _link("#")).findings
    assert finding.where is not None and finding.where.line == 2  # what a picture of the build can show
    assert _said(VML.format("#"), _link("#", "SAVE MY SEAT")) == [
        "“SAVE MY SEAT” leads to the placeholder “#”, in Outlook on Windows (VML) too."
    ]
    assert _said(VML.format("#"), _link(WEBINAR)) == [
        "“Save my seat” in Outlook on Windows (VML) leads to the placeholder “#”."
    ]


def test_an_address_to_write_to_may_bear_the_label_of_a_page() -> None:
    asked = {"links": [{"text": "Contact us", "url": "https://a.example/contact"}]}
    build = _link("https://a.example/contact", "Contact us") + _link("mailto:hi@a.example", "Contact us")
    assert run_check("link-destination", email=asked, build=build).codes == []
    assert run_check("link-destination", email=asked, build=_link("mailto:hi@a.example", "Contact us")).codes != []


@pytest.mark.parametrize(
    "href", ["https://www.facebook.com/", "https://instagram.com", "https://maps.app.goo.gl/", "https://x.com/"]
)
def test_the_entrance_of_a_network_is_a_placeholder(href: str) -> None:
    answer = run_check("link-syntax", build=f'<a href="{href}">Follow us</a>', email={})
    assert answer.codes == ["placeholder-link"]
    assert "nobody's page" in answer.findings[0].message


@pytest.mark.parametrize(
    "build",
    [
        '<a href="https://www.facebook.com/acme">Follow us</a>',
        '<a href="https://www.facebook.com/?ref=acme">Follow us</a>',
        '<a href="https://www.youtube.com">YouTube</a> <a href="https://www.youtube.com/watch?v=1">Watch</a>',
        '<a href="https://www.acme.example/">Acme</a>',
    ],
)
def test_a_page_on_a_network_and_a_network_that_writes_itself(build: str) -> None:
    assert run_check("link-syntax", build=build, email={}).codes == []


def test_an_entrance_that_was_asked_for() -> None:
    asked = {"links": [{"text": "Follow us", "url": "https://www.facebook.com/"}]}
    assert run_check("link-syntax", build='<a href="https://www.facebook.com/">Follow us</a>', email=asked).codes == []


@pytest.mark.parametrize("href", ["ftp://acme.example/report.pdf", "gopher://acme.example"])
def test_addresses_nobody_opens_any_more(href: str) -> None:
    assert run_check("link-syntax", build=f'<a href="{href}">Report</a>', email={}).codes == ["malformed-link"]


def test_a_hash_with_a_bang_is_a_hash() -> None:
    link = '<a href="#!"{}>Book</a>'
    assert run_check("link-syntax", build=link.format(""), email={}).codes == ["placeholder-link"]
    (finding,) = run_check("link-syntax", build=link.format(""), page={}).findings
    assert (finding.code, finding.review) == ("placeholder-link", True)
    for opens in (' data-bs-toggle="dropdown"', ' role="button"', ' aria-haspopup="true"', ' onclick="book()"'):
        assert run_check("link-syntax", build=link.format(opens), page={}).codes == []


@pytest.mark.parametrize(
    "href",
    [
        "https://https://www.acme.example/webinar",
        "https://www,acme,example/webinar",
        "https://www..acme.example/webinar",
        "https://www.acme.exmple/webinar",
        "https://www.acme.example/webinar\u00a0",
        "\u3000https://www.acme.example/webinar",
        "data:text/html,webinar",
        "https://www.acme.example/*|UNSUB|*",
    ],
)
def test_a_link_that_cannot_be_followed_whether_asked_for_or_not(href: str) -> None:
    assert codes("link-syntax", "link-destination", "link-hosts", email=ASKED, build=_link(href)) == ["malformed-link"]
    assert codes("link-syntax", "link-hosts", "tracking", email={}, build=_link(href)) == ["malformed-link"]


def test_a_tag_that_may_hold_a_whole_address_is_for_a_person() -> None:
    build = _link("https://{{system.unsubscribeLink}}", "Unsubscribe")
    answer = run_check("link-syntax", email={}, build=build)
    assert (answer.codes, answer.outcome) == (["malformed-link"], Outcome.REVIEW)


@pytest.mark.parametrize("href", [WEBINAR + " ", " " + WEBINAR])
def test_a_plain_blank_at_an_edge_is_no_part_of_an_address(href: str) -> None:
    assert run_check("link-hosts", email={}, build=_link(href)).codes == []


def test_an_encoded_space_at_the_end_of_an_address_is_warned_of() -> None:
    answer = run_check("link-hosts", email={}, build=_link(WEBINAR + "%20"))
    assert answer.codes == ["unencoded-link"]
    assert "space at its end" in answer.findings[0].message


@pytest.mark.parametrize("path", ["acme", "yourself.magazine", "company/acme", "your-acme", "mypages"])
def test_a_page_of_a_network_with_a_name(path: str) -> None:
    build = _link(f"https://www.facebook.com/{path}", "Facebook")
    assert run_check("link-syntax", email={}, build=build).codes == []


@pytest.mark.parametrize(
    "path", ["yourpage", "your-page/", "YourCompany", "company/your-company-name", "@username", "pagename"]
)
def test_a_page_of_a_network_nobody_filled_in(path: str) -> None:
    build = _link(f"https://www.linkedin.com/{path}", "LinkedIn")
    assert run_check("link-syntax", email={}, build=build).codes == ["placeholder-link"]


@pytest.mark.parametrize("href", ["https://www.acme.example/nullarbor", "https://www.acme.example/a?b=nullify&amp;c=0"])
def test_an_address_with_words_like_those_of_programs(href: str) -> None:
    assert run_check("link-syntax", email={}, build=_link(href)).codes == []


@pytest.mark.parametrize(
    "end", ["/undefined", "/undefined/a", "/a?id=null", "/a?id=undefined&amp;b=1", "/[object Object]"]
)
def test_an_address_into_which_a_program_wrote_no_value(end: str) -> None:
    build = _link(f"https://www.acme.example{end}")
    assert codes("link-syntax", "link-hosts", email={}, build=build) == ["placeholder-link"]


@pytest.mark.parametrize(
    ("built", "shown"),
    [
        ("http://www.acme.example/other", "http://www.acme.example/other"),
        ("http://WWW.acme.example/Other/?utm_source=a#seat", "http://WWW.acme.example/Other/#seat"),
        ("https://www.acme.example/other?z=1&a=2&utm_campaign=b", "https://www.acme.example/other?z=1&a=2"),
    ],
)
def test_the_address_is_said_as_it_stands_in_the_build(built: str, shown: str) -> None:
    asked = {"links": [{"text": "Book", "url": "https://www.acme.example/book"}]}
    (finding,) = run_check("link-destination", email=asked, build=f'<a href="{built}">Book</a>').findings
    assert finding.actual == shown and f"leads to {shown};" in finding.message


SEAT = "https://www.acme.example/webinar"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Save my seat,", SEAT),
        ("Save my seat;", SEAT),
        ("Save my seat /", SEAT),
        ("Save my seat、", SEAT),
        ("Save my seat", SEAT + ","),
        ("Save my seat", SEAT + "."),
        ("Save my seat", SEAT + "/"),
        ("Save my seat", f"<{SEAT}>;"),
        ("Save my seat", f"({SEAT})."),
        ("“Save my seat”", SEAT + "。"),
    ],
)
def test_marks_of_the_sentence_a_request_was_copied_from_are_none_of_the_link(text: str, url: str) -> None:
    asked = {"links": [{"text": text, "url": url}]}
    build = f'<a href="{SEAT}">Save my seat</a>'
    for check in ("link-destination", "link-presence", "unasked-links"):
        assert run_check(check, email=asked, build=build).outcome is Outcome.PASSED


@pytest.mark.parametrize("end", [",", ".", ";", "/x", "?id=1"])
def test_the_same_marks_in_a_build_lead_elsewhere(end: str) -> None:
    asked = {"links": [{"text": "Save my seat", "url": SEAT}]}
    build = f'<a href="{SEAT}{end}">Save my seat</a>'
    assert run_check("link-destination", email=asked, build=build).codes == ["wrong-destination"]


def test_an_address_may_end_in_an_abbreviation() -> None:
    asked = {"links": [{"text": "Save my seat", "url": "https://en.wikipedia.org/wiki/Acme_Inc."}]}
    for end, said in ((".", []), ("", ["wrong-destination"])):
        build = f'<a href="https://en.wikipedia.org/wiki/Acme_Inc{end}">Save my seat</a>'
        assert run_check("link-destination", email=asked, build=build).codes == said
