"""The reported faults that need more than one email in HTML, each with two variants of its kind: pages with forms,
emails in Japanese, calendar entries, pictures, lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_reported_cases import ASKED, ENVELOPE, URL, mail, told, unrendered
from tests.told import campaign_told

CONSENT = "I agree to receive emails from Tarn & Vale"
FORM = (
    '<form action="https://go.tarnvale.example/join" method="post"><label for="email">Work email</label>'
    '<input id="email" name="Email" type="email" required autocomplete="email">{consent}<input type="hidden" name="formSource" value="spring">'
    "<button>Save my seat</button></form>"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Spring planning</title>{head}</head><body><h1>Plan better in spring</h1>{form}</body></html>"
)
ASKED_PAGE: dict[str, Any] = {
    "name": "registration",
    "url": URL,
    "title": "Spring planning",
    "heading": "Plan better in spring",
    "form": {
        "fields": [{"name": "Email", "label": "Work email", "type": "email", "required": True}],
        "hidden": {"formSource": "spring"},
        "consent": {"text": CONSENT, "checked": False},
    },
}


def page_told(form: str, *, head: str = "", raw: str = "") -> dict[str, str]:
    """What is told of the page: how heavy, by code. What is told of it as of any page is left out."""
    found = campaign_told(
        *unrendered(), build=raw or PAGE.format(head=head, form=form), page=ASKED_PAGE, campaign={"language": "en"}
    )
    return {one.finding.code: one.severity.value if one.severity else "review" for one in found}


TIED = '<label><input type="checkbox" name="ok" value="yes"> I agree to receive emails from Tarn &amp; Vale</label>'


def test_the_page_is_clean() -> None:
    assert page_told(FORM.format(consent=TIED)) == {}


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe title="Join" src="https://forms.office.example/r/abc"></iframe>',
        '<iframe title="Join" src="https://tarnvale.formstack.example/forms/join" loading="lazy"></iframe>',
        '<div id="join"></div><script src="https://js.unknown-forms.example/embed.js"></script>',
        '<object data="https://go.pardot.example/l/9/form" type="text/html" aria-label="Join"></object>',
    ],
)
def test_f3_a_form_that_is_brought_from_elsewhere_is_for_a_person(frame: str) -> None:
    said = page_told(frame)
    assert "review" in said.values()
    assert not {code: weight for code, weight in said.items() if weight == "error"}


@pytest.mark.parametrize(
    "shell",
    [
        '<div id="root"></div><script src="/assets/index.js" type="module"></script>',
        '<app-root></app-root><script src="main.js" defer></script>',
        '<div id="__nuxt"></div><script>window.__NUXT__={}</script><script src="/_nuxt/entry.js"></script>',
    ],
)
def test_f4_a_page_that_its_script_writes_is_no_error(shell: str) -> None:
    raw = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Spring planning</title></head><body>{shell}</body></html>'
    assert not {code: weight for code, weight in page_told("", raw=raw).items() if weight == "error"}


@pytest.mark.parametrize(
    "consent",
    [
        '<input type="checkbox" id="ok" name="ok" aria-labelledby="a b"><span id="a">I agree to receive emails</span> <span id="b">from Tarn &amp; Vale</span>',
        f'<table role="presentation"><tr><td><input type="checkbox" name="ok"></td><td>{CONSENT.replace("&", "&amp;")}</td></tr></table>',
        f'<p>{CONSENT.replace("&", "&amp;")} <input type="checkbox" name="ok" title="I agree"></p>',
        f'<fieldset><legend>{CONSENT.replace("&", "&amp;")}</legend><label><input type="radio" name="ok" value="yes" required> Yes</label> <label><input type="radio" name="ok" value="no"> No</label></fieldset>',
    ],
)
def test_f5_a_box_has_its_words_however_they_are_tied(consent: str) -> None:
    assert "missing-consent" not in page_told(FORM.format(consent=consent))


def test_f5_a_yes_chosen_beforehand_is_told() -> None:
    chosen = f'<fieldset><legend>{CONSENT.replace("&", "&amp;")}</legend><label><input type="radio" name="ok" value="yes" checked> Yes</label><label><input type="radio" name="ok" value="no"> No</label></fieldset>'
    assert page_told(FORM.format(consent=chosen)).get("pre-ticked-consent") == "error"


JAPANESE = {
    "subject": "春の計画",
    "links": [{"text": "席を予約する", "url": URL}],
    "copy": ["①日目は株式会社㈱ターンで、計画についてお話しします。"],
}
IN_JAPANESE = (
    "MIME-Version: 1.0\r\nFrom: Tarn <news@tarnvale.example>\r\nTo: a@reader.example\r\nSubject: =?utf-8?B?5pil44Gu6KiI55S7?=\r\n"
    "Content-Type: text/html{charset}\r\nContent-Transfer-Encoding: {how}\r\n\r\n"
)
JAPANESE_BODY = (
    f'<!DOCTYPE html><html lang="ja"><head><title>春の計画</title></head><body><h1>春の計画</h1><p>{JAPANESE["copy"][0]}</p><p><a href="{URL}">席を予約する</a></p>'
    '<p>東京都千代田区丸の内1-1-1 ターン株式会社 <a href="https://mail.tarnvale.example/unsubscribe/abc">配信停止</a></p></body></html>'
)


WIDER = {
    "euc-jp": ("euc_jp", b"\xad\xa1", b"\xad\xea"),
    "iso-2022-jp": ("iso2022_jp", b"\x1b$B\x2d\x21\x1b(B", b"\x1b$B\x2d\x6a\x1b(B"),
}


def in_japanese(charset: str, label: str | None = None) -> bytes:
    """The email in a character set, ① and ㈱ as browsers read them there."""
    codec, one, company = WIDER[charset]
    body = JAPANESE_BODY.replace("①", "QONE").replace("㈱", "QCOMPANY").encode(codec)
    head = IN_JAPANESE.format(charset=f"; charset={label}" if label else "", how="8bit").encode()
    return head + body.replace(b"QONE", one).replace(b"QCOMPANY", company)


def japanese_told(build: bytes) -> set[str]:
    found = campaign_told(*unrendered(), build=build, email=JAPANESE, campaign={"language": "ja"})
    return {one.finding.code for one in found}


MISREAD = {"missing-copy", "changed-copy", "wrong-label", "missing-link", "garbled-text"}


@pytest.mark.parametrize(
    ("charset", "label"),
    [("euc-jp", "EUC-JP"), ("euc-jp", "x-euc-jp"), ("iso-2022-jp", "ISO-2022-JP"), ("iso-2022-jp", "csISO2022JP")],
)
def test_f8_what_browsers_read_under_a_narrow_label_is_read(charset: str, label: str) -> None:
    assert not japanese_told(in_japanese(charset, label)) & (MISREAD | {"undeclared-charset"})


@pytest.mark.parametrize("as_file", [False, True])
def test_w3_a_character_set_that_nobody_names_is_told_and_no_words_for_it(as_file: bool) -> None:
    build = in_japanese("iso-2022-jp")
    said = japanese_told(build.partition(b"\r\n\r\n")[2] if as_file else build)
    assert "unreadable-encoding" in said
    assert not said & MISREAD


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (
            '<p><a href="https://outlook.office.com/calendar/0/deeplink/compose?subject=Spring&amp;startdt=2027-03-17T10:00:00Z&amp;enddt=2027-03-17T10:40:00Z">Add to Outlook</a></p>',
            "wrong-calendar-date",
        ),
        (
            '<p><a href="https://calendar.yahoo.com/?v=60&amp;title=Spring&amp;st=20270316T110000Z&amp;dur=0040">Add to Yahoo</a></p>',
            "wrong-calendar-time",
        ),
        (
            '<p><a href="https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Spring&amp;dates=20270316T100000Z/20270316T094000Z">Add</a></p>',
            "crossed-calendar-times",
        ),
        (
            '<p><a href="https://outlook.office.com/calendar/0/deeplink/compose?subject=Spring&amp;startdt=2027-03-16T10:00:00Z&amp;enddt=2027-03-16T10:40:00Z">Add to Outlook</a></p>',
            "",
        ),
    ],
)
def test_m6_a_calendar_link_is_for_the_event(more: str, code: str) -> None:
    offer = {"event_date": "2027-03-16", "event_time": "10:00 GMT"}
    said = {each.split()[1] for each in told(mail(more), offer=offer)}
    assert {each for each in said if "calendar" in each} == ({code} if code else set())


@pytest.mark.parametrize(
    "where",
    [
        {"subject": "Plan better in spring &amp;ndash; live"},
        {"from": {"name": "Tarn &#38; Vale", "address": "news@tarnvale.example"}},
    ],
)
def test_m9_a_reference_that_readers_see_is_told(where: dict[str, Any]) -> None:
    said = campaign_told(
        *unrendered(), build=mail(), email=ASKED, sidecar={**ENVELOPE, **where}, campaign={"language": "en"}
    )
    assert "stray-entity" in {one.finding.code for one in said}


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("\u2060ana@reader.example", {"malformed-address", "suppressed-address"}),
        ("<ana@reader.example>", {"malformed-address", "suppressed-address"}),
        ("ana@reader\u3002example", {"malformed-address", "suppressed-address"}),
        ("ＡＮＡ@reader.example", {"malformed-address", "suppressed-address"}),
        ("ana@reader.example", {"suppressed-address"}),
        ("bea@reader.example", set()),
    ],
)
def test_m10_an_address_is_known_however_it_is_dressed(cell: str, codes: set[str]) -> None:
    files = {"audience/all.csv": f"email,first_name\n{cell},Ana\n", "audience/out.csv": "email\nana@reader.example\n"}
    audience = {
        "suppressions": ["audience/out.csv"],
        "segments": [{"name": "all", "list": "audience/all.csv", "count": 1, "unique": "email"}],
    }
    found = campaign_told(*unrendered(), files=files, campaign={"audience": audience})
    assert {one.finding.code for one in found} & {"malformed-address", "suppressed-address"} == codes


@pytest.mark.parametrize(
    "more",
    [
        '<picture><source media="(max-width:480px)" srcset="images/gone@2x.png 2x, images/there.png"><img src="images/there.png" alt="Tulips" width="40" height="40"></picture>',
        '<img src="images/there.png" srcset="images/gone.png 600w" sizes="100vw" alt="Tulips" width="40" height="40">',
        '<table role="presentation"><tr><td background="images/gone.png">Tulips</td></tr></table>',
        "<style>@media (min-width:1px){.top{background-image:url('images/gone.png')}}</style>",
    ],
)
def test_m15_a_picture_that_is_not_there_is_told_wherever_it_stands(more: str) -> None:
    files = {"build/images/there.png": {"picture": [40, 40, "tulips"]}}
    found = campaign_told(
        *unrendered(), build=mail(more), email=ASKED, sidecar=ENVELOPE, campaign={"language": "en"}, files=files
    )
    broken = [one.finding for one in found if one.finding.code == "broken-image"]
    assert len(broken) == 1 and "gone" in broken[0].message
