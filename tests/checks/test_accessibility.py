"""Can everybody read the build?"""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes as shown

TABLE = "<table{}><tr><td>one</td></tr></table>"


def codes(check: str, build: str, **more: Any) -> list[str]:
    return run_check(check, build=build, **({"email": {}} | more)).codes


@pytest.mark.parametrize("role", ["presentation", "none", "PRESENTATION"])
def test_layout_tables_with_a_role(role: str) -> None:
    assert codes("layout-tables", TABLE.format(f' role="{role}"')) == []


def test_tables_that_are_tables_need_no_role() -> None:
    build = "<table><tr><th>Price</th></tr><tr><td>1</td></tr></table>" + TABLE.format(' role="presentation"')
    assert codes("layout-tables", build) == []
    assert run_check("layout-tables", email={}, build="<p>a</p>").outcome is Outcome.SKIPPED


def test_layout_tables_without_a_role_are_counted() -> None:
    build = TABLE.format("") * 3 + TABLE.format(' role="presentation"')
    (finding,) = run_check("layout-tables", email={}, build=build).findings
    assert finding.code == "missing-role"
    assert finding.message.startswith("3 of 4 layout tables")


@pytest.mark.parametrize(
    "build",
    [
        '<html lang="ar" dir="rtl"><body><p>احجز مقعدك الآن</p></body></html>',
        '<html lang="ar"><body><div style="direction: rtl">احجز مقعدك الآن</div></body></html>',
        "<html lang='he'><body><table dir=rtl><tr><td>שלום</td></tr></table></body></html>",
    ],
)
def test_right_to_left(build: str) -> None:
    assert codes("text-direction", build, email={"language": "ar"}) == []


def test_missing_direction() -> None:
    build = '<html lang="fa-IR"><body><p>سلام</p></body></html>'
    assert codes("text-direction", build) == ["missing-dir"]
    assert codes("text-direction", '<html dir="ltr"><p>שלום</p></html>', email={"language": "he"}) == ["missing-dir"]
    assert run_check("text-direction", email={"language": "en"}, build="<p>a</p>").outcome is Outcome.SKIPPED


ENGLISH = "Save your seat for our spring webinar, which is free for everybody this year."


@pytest.mark.parametrize(
    "build",
    [
        f'<html dir="ltr"><body><p>{ENGLISH}</p></body></html>',
        f'<html><body><p>{ENGLISH}</p><p dir="rtl">احجز مقعدك الآن</p></body></html>',
        '<html dir="rtl"><body><p>{{my.Text}}</p></body></html>',
        f'<html dir="rtl"><body><p>{ENGLISH}</p><p>احجز مقعدك في ندوتنا الربيعية القادمة الآن</p></body></html>',
    ],
)
def test_text_that_runs_as_its_document_says(build: str) -> None:
    assert codes("text-direction", build) == []


@pytest.mark.parametrize("frame", ['<html dir="rtl"><body>{}</body></html>', "<html lang=de dir=RTL>{}</html>"])
@pytest.mark.parametrize("text", [ENGLISH, "Sichern Sie sich Ihren Platz in unserem Webinar im Frühling (25 €)."])
def test_a_direction_that_was_left_over(frame: str, text: str) -> None:
    assert codes("text-direction", frame.format(f"<p>{text}</p>")) == ["leftover-dir"]


@pytest.mark.parametrize(
    "alt",
    ["Two speakers on a stage", "", "Acme", "20% off", "{{my.Hero Alt}}", "Save-the-date", "Photo of Ada", "Web 2.0"],
)
def test_alternative_texts_that_say_something(alt: str) -> None:
    assert codes("alt-quality", f'<img src="hero.png" alt="{alt}">') == []


@pytest.mark.parametrize(
    "alt",
    [
        "hero.png", "Spring Hero FINAL.jpg", "image", "Image:", "Bild", "IMG_2031", "untitled-2", "img_135x135",
        "https://a.example/hero.png", "spring_hero_600", "word " * 40,
    ],
)  # fmt: skip
def test_alternative_texts_that_say_nothing(alt: str) -> None:
    assert codes("alt-quality", f'<img src="hero.png" alt="{alt}">') == ["useless-alt"]


def test_alternative_texts_are_grouped_and_spoken_of_once() -> None:
    build = "".join(f'<img src="{n}.png" alt="image">' for n in range(30))
    (finding,) = run_check("alt-quality", email={}, build=build).findings
    assert finding.message.startswith("30 pictures")
    asked = {"images": [{"src": "hero.png", "alt": "Two speakers"}]}
    named = '<img src="hero.png" alt="hero.png">'
    assert codes("alt-quality", named, email=asked) == ["useless-alt"]
    assert shown("alt-quality", "image-alt", build=named, email=asked) == ["wrong-alt"]
    assert codes("alt-quality", named, email={"images": [{"src": "hero.png", "alt": "hero.png"}]}) == []
    assert codes("alt-quality", '<img src="p.png" width="1" height="1" alt="image">') == []


@pytest.mark.parametrize("levels", ["1", "12", "1223", "21", "3", "1231"])
def test_headings_in_order(levels: str) -> None:
    assert codes("heading-order", "".join(f"<h{n}>a</h{n}>" for n in levels)) == []


@pytest.mark.parametrize("levels", ["13", "124"])
def test_headings_that_skip_a_level(levels: str) -> None:
    assert codes("heading-order", "".join(f"<h{n}>a</h{n}>" for n in levels)) == ["skipped-heading"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://a.example/">Save</a>',
        '<a href="https://a.example/"><img src="a.png" alt="Save"></a>',
        '<a href="https://a.example/"><img src="a.png" width="1"></a>',
        '<a href="https://a.example/" aria-label="Save"></a>',
        '<a href="https://a.example/" style="display:none"></a>',
        '<a name="top"></a>',
        '<a href="https://a.example/">{{my.Label}}</a>',
    ],
)
def test_links_with_a_name(link: str) -> None:
    assert codes("link-names", f"<p>{link}</p>") == []


def test_links_without_a_name() -> None:
    (finding,) = run_check("link-names", email={}, build='<p><a href="https://a.example/"> </a></p>' * 12).findings
    assert finding.code == "nameless-link"
    assert "11 more" in finding.message


@pytest.mark.parametrize(
    "build",
    [
        '<p style="font-size:12px">Prices include VAT, always.</p>',
        '<p style="font-size:10px"><span style="font-size:14px">Prices include VAT, always.</span></p>',
        '<div style="font-size:1px;display:none">Preheader of this email</div><p>Hello</p>',
        '<p>Prices<sup style="font-size:8px">1</sup> include VAT</p>',
        '<p style="font-size:80%">Prices include VAT, always.</p>',
        '<p style="font-size:0">Prices include VAT, always.</p>',
    ],
)
def test_text_of_a_readable_size(build: str) -> None:
    assert codes("text-size", build) == []


@pytest.mark.parametrize(
    ("style", "shown"), [("font-size:9px", "9 px"), ("font-size: 8pt", "10.6667 px"), ("font:10px/14px Arial", "10 px")]
)
def test_small_text(style: str, shown: str) -> None:
    build = f'<td style="{style}"><p>Prices include VAT, always.</p></td>'
    (finding,) = run_check("text-size", email={}, build=f"<table><tr>{build}</tr></table>").findings
    assert (finding.code, finding.actual) == ("small-text", shown)


CLEAR = """
<p style="color:#ffffff">White on white, above all else: a preheader.</p>
<p style="color:#595959">Dark grey on white.</p>
<p style="color:#8a8a8a;font-size:24px">Large and grey.</p>
<p style="color:#cccccc;display:none">Not seen.</p>
<p style="color:#eeeeee;background-color:#333333;background-image:url(a.png)">On a picture.</p>
"""
PALE = """
<p style="color:#888888">Grey on white.</p>
<p style="color:#bbbbbb">Pale on white.</p>
<p style="color:#bbbbbb">And again.</p>
"""


@pytest.mark.usefixtures("browser")
def test_contrast() -> None:
    build = '<html><body style="background-color:#ffffff">{}</body></html>'
    assert codes("contrast", build.format(CLEAR)) == []
    assert codes("contrast", build.format(CLEAR + '<p style="color:#ffffff">White on white, below.</p>')) == [
        "low-contrast"
    ]
    low, weak = run_check("contrast", email={}, build=build.format(CLEAR + PALE)).findings
    assert (low.code, low.expected, low.actual) == ("low-contrast", "at least 4.5 : 1", "1.9 : 1")
    assert "1 more piece" in low.message
    assert (weak.code, weak.actual) == ("weak-contrast", "3.5 : 1")


def test_a_nameless_link_that_the_request_speaks_of_is_told_by_the_comparison_with_it() -> None:
    asked = {"links": [{"text": "Book", "url": "https://acme.example/book"}]}
    book, empty = '<a href="https://acme.example/book">Book</a>', '<a href="https://acme.example/book"></a>'
    checks = ("link-names", "link-presence", "unasked-links")
    for build, code in (
        (empty, "wrong-label"),
        (book + empty, "nameless-link"),
        (book + '<a href="https://acme.example/winter"></a>', "unasked-link"),
    ):
        assert codes("link-names", build, email=asked) == ["nameless-link"]
        assert shown(*checks, build=build, email=asked) == [code]


def test_a_linked_picture_elsewhere_names_no_other_link() -> None:
    logo = '<a href="https://a.example/"><img src="a.png" alt="Acme"></a>'
    assert codes("link-names", f'{logo}<a href="https://a.example/"><i></i></a>') == ["nameless-link"]
    phones = '<a href="https://a.example/"><img src="a.png" style="display:none"></a>'
    assert codes("link-names", f"<p>{logo}</p><p>{phones}</p>") == []


def test_an_empty_link_that_leads_nowhere_is_told_once() -> None:
    for href, code in (("https://", "placeholder-link"), ("#", "placeholder-link"), ("", "empty-link")):
        build = f'<p>Hello <a href="{href}"></a></p>'
        assert codes("link-names", build) == ["nameless-link"]
        assert shown("link-names", "link-syntax", build=build, email={}) == [code]
    icon = '<p><a href="https://"><i class="icon"></i></a></p>'
    assert shown("link-names", "link-syntax", build=icon, email={}) == ["nameless-link", "placeholder-link"]


def test_a_linked_picture_without_words_is_told_once() -> None:
    build = '<a href="https://a.example/"><img src="a.png" alt=""></a>'
    assert codes("link-names", build) == ["nameless-link"]
    assert shown("link-names", "image-alt", build=build, email={}) == ["missing-alt"]
    asked = {"images": [{"src": "a.png", "alt": "Save my seat"}]}
    assert shown("link-names", "image-alt", build=build, email=asked) == ["wrong-alt"]
    assert codes("link-names", build, email={"images": [{"src": "a.png", "alt": ""}]}) == []
