"""Two more variants of the reported faults of pages and of character sets: in other languages, markup and platforms."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_reported_cases import unrendered
from tests.told import campaign_told

CONSENT = "Ja, ich möchte den Newsletter von Brenkel erhalten"
ASKED: dict[str, Any] = {
    "name": "anmeldung",
    "url": "https://www.brenkel.example/kurs",
    "title": "Backkurs im April",
    "heading": "Unser Backkurs im April",
    "form": {
        "fields": [{"name": "email", "label": "E-Mail-Adresse", "type": "email", "required": True}],
        "consent": {"text": CONSENT, "checked": False},
    },
}
HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Backkurs im April</title>'
FORM = (
    '<form action="https://www.brenkel.example/senden" method="post"><label>E-Mail-Adresse '
    '<input name="email" type="email" required autocomplete="email"></label>{}<button>Anmelden</button></form>'
)


def page_told(body: str) -> dict[str, str]:
    """What is told of the page: how heavy, by code."""
    page = f'<!DOCTYPE html><html lang="de"><head>{HEAD}</head><body>{body}</body></html>'
    found = campaign_told(*unrendered(), build=page, page=ASKED, campaign={"language": "de"})
    return {one.finding.code: one.severity.value if one.severity else "review" for one in found}


HEADED = "<h1>Unser Backkurs im April</h1>{}"


@pytest.mark.parametrize(
    "body",
    [
        '<iframe title="Anmeldung" data-src="https://forms.brenkel-crm.example/f/12" class="lazyload"></iframe>',
        '<script charset="utf-8" src="//js.hsforms.net/forms/embed/v2.js"></script><script>hbspt.forms.create({portalId:"1",formId:"2"})</script>',
        '<div class="typeform-widget" data-url="https://form.typeform.com/to/abc"></div><script src="https://embed.typeform.com/embed.js"></script>',
    ],
)
def test_f3_a_form_from_elsewhere_is_for_a_person(body: str) -> None:
    said = page_told(HEADED.format(body))
    assert said.get("missing-form") == "review"
    assert "error" not in said.values()


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><noscript>Bitte schalten Sie JavaScript ein.</noscript><script type="module" src="/assets/index-4f2.js"></script>',
        '<div id="svelte"></div><script type="module">import {start} from "/_app/start.js"; start({target: document.body})</script>',
        '<main id="___gatsby"></main><script src="/app-3f2.js" async></script>',
    ],
)
def test_f4_a_page_of_a_script_is_no_error(body: str) -> None:
    said = page_told(body)
    assert "error" not in said.values()
    assert "review" in said.values()


@pytest.mark.parametrize(
    "box",
    [
        f'<div><input type="checkbox" id="nl" name="nl"><span>*</span></div><label for="nl">{CONSENT}</label>',
        '<div role="group"><input type="checkbox" name="nl" aria-labelledby="t1 t2"><b id="t1">Ja, ich möchte den</b><i id="t2">Newsletter von Brenkel erhalten</i></div>',
        f'<table><tr><td width="20"><input type="checkbox" name="nl" value="1"></td><td><font size="2">{CONSENT}</font></td></tr></table>',
        f'<div role="radiogroup" aria-labelledby="frage"><p id="frage">{CONSENT}</p><label><input type="radio" name="nl" value="1">Ja</label><label><input type="radio" name="nl" value="0">Nein</label></div>',
    ],
)
def test_f5_a_box_has_its_words(box: str) -> None:
    assert "missing-consent" not in page_told(HEADED.format(FORM.format(box)))


def test_f5_a_chosen_yes_in_a_group_is_told() -> None:
    group = (
        f'<div role="radiogroup" aria-labelledby="frage"><p id="frage">{CONSENT}</p><label><input type="radio" name="nl" '
        'value="1" checked>Ja</label><label><input type="radio" name="nl" value="0">Nein</label></div>'
    )
    assert page_told(HEADED.format(FORM.format(group))).get("pre-ticked-consent") == "error"


ADDRESS = "https://www.brenkel.example/kurs"
LINE = {
    "big5": ("zh-Hant", "春季課程只要 € 25，名額有限，請儘早報名。", "報名", b"\xa3\xe1"),
    "gb2312": ("zh-Hans", "春季课程只要 € 25，名额有限，请尽早报名。", "报名", b"\x80"),
    "iso-8859-1": ("fr", "Le cours de pain coûte € 25, les places sont limitées à dix.", "Réserver ma place", b"\x80"),
    "ks_c_5601-1987": ("ko", "봄 강좌는 똠 스물다섯, 자리가 많지 않으니 서둘러 주세요.", "신청하기", None),
}  # fmt: skip


def message(charset: str) -> bytes:
    """An email with a character that only browsers know under its character set."""
    language, line, label, euro = LINE[charset]
    head = (
        "MIME-Version: 1.0\r\nFrom: post@brenkel.example\r\nTo: jan@leser.example\r\nSubject: 2027\r\n"
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    body = f'<html lang="{language}"><body><p>{line}</p><p><a href="{ADDRESS}">{label}</a></p></body></html>'
    written = body.replace("€", "QEURO").encode("cp949" if euro is None else {"gb2312": "gbk"}.get(charset, charset))
    return head.encode() + written.replace(b"QEURO", euro or b"")


@pytest.mark.parametrize("charset", LINE)
def test_f8_a_character_that_browsers_know_is_read(charset: str) -> None:
    language, line, label, _ = LINE[charset]
    asked = {"subject": "2027", "links": [{"text": label, "url": ADDRESS}], "copy": [line]}
    found = campaign_told(*unrendered(), build=message(charset), email=asked, campaign={"language": language})
    wrong = {"missing-copy", "changed-copy", "wrong-label", "missing-link", "garbled-text", "undeclared-charset"}
    assert not {one.finding.code for one in found} & wrong


JAPANESE = f'<html lang="ja"><body><p>春のパン教室は四月に始まります。席が限られています。</p><p><a href="{ADDRESS}">席を予約する</a></p></body></html>'


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Content-Type: text/html\r\nSubject: 2027\r\n\r\n",
        "Content-Type: text/html; charset=us-ascii\r\nSubject: 2027\r\n\r\n",
    ],
)
def test_w3_a_character_set_that_nobody_names_is_told(head: str) -> None:
    asked = {
        "links": [{"text": "席を予約する", "url": ADDRESS}],
        "copy": ["春のパン教室は四月に始まります。席が限られています。"],
    }
    build = head.encode() + JAPANESE.encode("iso2022_jp")
    said = {
        one.finding.code for one in campaign_told(*unrendered(), build=build, email=asked, campaign={"language": "ja"})
    }
    assert said & {"unreadable-encoding", "contradicting-encoding"}
    assert not said & {"missing-copy", "changed-copy", "wrong-label", "missing-link"}
