"""Faults that people reported in public, each with two variants of its kind: what is told of a whole email, and nothing
beside it. The inputs themselves are in other tests; these are of other platforms, languages and markup."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from qa.check import all_checks, registry
from qa.run.needs import is_of_request
from qa.testing import needs_browser
from tests.told import campaign_told

URL = "https://www.tarnvale.example/webinar"
SEAT = f'<a href="{URL}">Save my seat</a>'
LEAVE = '<a href="https://mail.tarnvale.example/unsubscribe/abc">Unsubscribe</a>'
SHOWN = '<div style="display:none;max-height:0;overflow:hidden">Forty minutes on planning, live on 16 March</div>'
PREHEADER = "Forty minutes on planning, live on 16 March"
MAIL = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Plan better in spring</title>{head}</head>\n'
    "<body>{top}<p><a href='https://mail.tarnvale.example/view/abc'>View in browser</a></p>\n"
    "<h1>Plan better in spring</h1>\n<p>Join us for forty minutes on planning in spring.</p>\n{more}\n<p>{cta}</p>\n"
    "<p>Tarn &amp; Vale Ltd, 4 Quay Street, Bristol BS1 6DZ, United Kingdom. {leave}</p>\n</body></html>\n"
)
ASKED = {
    "subject": "Plan better in spring",
    "preheader": PREHEADER,
    "links": [{"text": "Save my seat", "url": URL}],
    "copy": ["Join us for forty minutes on planning in spring."],
}
ENVELOPE = {"subject": "Plan better in spring", "from": {"name": "Tarn & Vale", "address": "news@tarnvale.example"}}


def mail(more: str = "", *, head: str = "", top: str = SHOWN, cta: str = SEAT, leave: str = LEAVE) -> str:
    """The email, which nothing is wrong with."""
    return MAIL.format(more=more, head=head, top=top, cta=cta, leave=leave)


@cache
def unrendered() -> tuple[str, ...]:
    """All checks of a build but those that draw it."""
    known = registry()
    build = {name: check for name, check in all_checks().items() if not is_of_request(check, known)}
    return tuple(name for name, check in build.items() if not needs_browser(check))


def told(build: str | bytes, platform: str = "none", **campaign: Any) -> list[str]:
    """The codes of what is told of it, and how heavy."""
    given = {"platform": platform, "language": "en", **campaign}
    found = campaign_told(*unrendered(), build=build, email=ASKED, sidecar=ENVELOPE, campaign=given)
    return sorted(f"{one.severity.value if one.severity else 'review'} {one.finding.code}" for one in found)


def test_the_email_is_clean() -> None:
    assert told(mail()) == []


RIGHT: list[tuple[str, str, str]] = [  # case, platform, build
    (
        "f1",
        "eloqua",
        mail("<p>Hello <span class='eloquaemail'>Title1</span> <span class=eloquaemail>Last1</span>.</p>"),
    ),
    ("f1", "eloqua", mail('<p>Hello <span  class="eloquaemail" >C_Company</span>, come early.</p>')),
    ("f2", "sfmc", mail(f"%%[ SET @go = '{URL}' ]%%", cta='<a href="%%=RedirectTo(@go)=%%">Save my seat</a>')),
    ("f2", "customerio", mail(f"{{% capture go %}}{URL}{{% endcapture %}}", cta='<a href="{{ go }}">Save my seat</a>')),
    ("f7", "none", mail(top=f"<p style='font-size:14px'>{PREHEADER}</p>")),
    ("f7", "none", mail(top=f"<table role='presentation'><tr><td><span>{PREHEADER}</span></td></tr></table>")),
    (
        "f9",
        "marketo",
        mail(
            head=f'<meta class="mktoString" id="goTo" mktoName="Link" default="{URL}">',
            cta='<a href="${goTo}">Save my seat</a>',
        ),
    ),
    (
        "f9",
        "marketo",
        mail(
            head='<meta id="page" default="webinar" mktoName="P" class="mktoString">',
            cta='<a href="https://www.tarnvale.example/${page}">Save my seat</a>',
        ),
    ),
]
WRONG: list[tuple[str, str, str, str]] = [  # case, platform, build, code
    ("m1", "none", mail("<p>Your seat is number undefined.</p>"), "error placeholder-text"),
    ("m1", "none", mail("<p>It costs £NaN for members.</p>"), "error placeholder-text"),
    ("m2", "braze", mail(leave=LEAVE.replace(
        "https://mail.tarnvale.example/unsubscribe/abc", "%7B%7B%24%7Bset_user_to_unsubscribed_url%7D%7D")), "error malformed-token"),
    ("m2", "sendgrid", mail(leave=LEAVE.replace(
        "https://mail.tarnvale.example/unsubscribe/abc", "%3C%25asm_group_unsubscribe_raw_url%25%3E")), "error malformed-token"),
    ("m3", "sfmc", mail(leave='<a href="https://%%unsub_center_url%%">Unsubscribe</a>'), "error malformed-link"),
    ("m3", "hubspot", mail(leave='<a href="http://{{ unsubscribe_link }}">Unsubscribe</a>'), "error malformed-link"),
    ("m4", "none", mail('<p><a href="https://www.tarnvale..example/agenda">The agenda</a></p>'), "error malformed-link"),
    ("m4", "none", mail('<p><a href="https://www,tarnvale.example/agenda">The agenda</a></p>'), "error malformed-link"),
    ("m5", "klaviyo", mail("<p>{% if person.first_name %}Hello{% endfor %}</p>"), "error malformed-token"),
    ("m5", "hubspot", mail("<p>{% for one in contact.list %}Hello</p>"), "error malformed-token"),
    ("m7", "none", mail("<!--  [if gte mso 9]><p>Hello</p><![endif]-->"), "error unclosed-conditional"),
    ("m7", "none", mail("<!--[if mso]><p>Hello</p><! [endif]-->"), "error unclosed-conditional"),
    ("m8", "none", mail("<p>Der Gr=C3=B6=C3=9Fe nach geordnet, f=C3=BCr Sie.</p>"), "error garbled-text"),
    ("m8", "none", mail("<p>Caf=C3=A9 cr=C3=A8me =E2=80=94 encore</p>"), "error garbled-text"),
    ("m12", "none", mail(cta=f'<a href="&#160;{URL}">Save my seat</a>'), "error malformed-link"),
    ("m12", "none", mail(cta=f'<a href="{URL}&#12288;">Save my seat</a>'), "error malformed-link"),
    ("m13", "none", mail('<p><a href="https://urldefense.com/v3/__https://www.tarnvale.example/agenda__;!!x!y$">'
        "The agenda</a></p>"), "warning wrapped-link"),
    ("m13", "none", mail('<p><a href="https://www.google.com/url?q=https%3A%2F%2Fwww.tarnvale.example%2Fagenda&amp;sa=D">'
        "The agenda</a></p>"), "warning wrapped-link"),
    ("w4", "none", mail('<!--[if mso]><v:rect href="https://www.tarnvale.example/webinar"><center>Save my seat</center>'
        "<![endif]-->"), "error torn-shape"),
    ("w4", "none", mail('<!--[if mso]><roundrect href="https://www.tarnvale.example/webinar"><center>Save my seat</center>'
        "</roundrect><![endif]-->"), "error torn-shape"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "platform", "build"), RIGHT, ids=[case for case, *_ in RIGHT])
def test_what_was_a_false_alarm_is_right(case: str, platform: str, build: str) -> None:
    assert told(build, platform) == []


@pytest.mark.parametrize(("case", "platform", "build", "code"), WRONG, ids=[case for case, *_ in WRONG])
def test_what_was_missed_is_told_once(case: str, platform: str, build: str, code: str) -> None:
    assert told(build, platform) == [code]


UTM = {"tracking": {"utm": {"source": "news", "campaign": "spring"}, "exempt": ["mail.tarnvale.example"]}}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("utm_source=news&amp;utm_campaign=spring&#8203;", "error malformed-link"),
        ("utm_campaign=spring&amp;utm_source=news&#65279;", "error malformed-link"),
        ("utm_source=news&amp;utm_campaign=spring%E2%80%8B", "error malformed-link"),
        ("utm_source=news&#8203;&amp;utm_campaign=spring", "error wrong-tracking"),
        ("utm_source=news&amp;utm_campaign=spr&#8203;ing", "error wrong-tracking"),
    ],
)
def test_a_character_nobody_sees_is_told_once(query: str, code: str) -> None:
    """w1"""
    assert told(mail(cta=f'<a href="{URL}?{query}">Save my seat</a>'), **UTM) == [code]


def test_a_wrong_value_beside_it_is_told_as_well() -> None:
    query = "utm_source=letter&amp;utm_campaign=spring&#8203;"
    assert told(mail(cta=f'<a href="{URL}?{query}">Save my seat</a>'), **UTM) == [
        "error malformed-link",
        "error wrong-tracking",
    ]
