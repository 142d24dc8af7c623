"""Two more variants of each fault that people reported in public, in other languages, markup and platforms: what is told
of a whole email in German, French, Spanish or Polish, and nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.test_reported_cases import unrendered
from tests.told import campaign_told

URL = "https://www.brenkel.example/kurs"
HOST = "https://mail.brenkel.example"


@dataclass(frozen=True)
class Words:
    """What the email says in a language."""

    subject: str
    preheader: str
    copy: str
    label: str
    view: str
    leave: str
    footer: str


WORDS = {
    "de": Words(
        "Unser Backkurs im April",
        "Vier Abende in kleiner Runde, ab dem 13. April",
        "Lernen Sie an vier Abenden, wie gutes Brot entsteht.",
        "Platz sichern",
        "Im Browser ansehen",
        "Abmelden",
        "Brenkel GmbH, Hauptstraße 12, 50667 Köln, Deutschland",
    ),
    "fr": Words(
        "Notre cours de pain en avril",
        "Quatre soirées en petit groupe, dès le 13 avril",
        "Apprenez en quatre soirées comment naît un bon pain.",
        "Réserver ma place",
        "Voir dans le navigateur",
        "Se désabonner",
        "Brenkel SARL, 12 rue de la République, 69001 Lyon, France",
    ),
    "es": Words(
        "Nuestro curso de pan en abril",
        "Cuatro tardes en grupo pequeño, desde el 13 de abril",
        "Aprenda en cuatro tardes cómo nace un buen pan.",
        "Reservar mi plaza",
        "Ver en el navegador",
        "Darse de baja",
        "Brenkel S.L., Calle Mayor 12, 28013 Madrid, España",
    ),
    "pl": Words(
        "Nasz kurs pieczenia w kwietniu",
        "Cztery wieczory w małej grupie, od 13 kwietnia",
        "W cztery wieczory poznasz, jak powstaje dobry chleb.",
        "Zarezerwuj miejsce",
        "Zobacz w przeglądarce",
        "Wypisz się",
        "Brenkel Sp. z o.o., ul. Długa 12, 31-147 Kraków, Polska",
    ),
}


def letter(
    language: str,
    more: str = "",
    *,
    head: str = "",
    top: str | None = None,
    cta: str = URL,
    leave: str = f"{HOST}/unsubscribe/abc",
) -> str:
    """The email, which nothing is wrong with but what is put into it."""
    words = WORDS[language]
    hidden = f'<span style="display:none">{words.preheader}</span>' if top is None else top
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{words.subject}</title>{head}</head>\n'
        f'<body>{hidden}\n<center><a href="{HOST}/view/abc">{words.view}</a></center>\n<h1>{words.subject}</h1>\n'
        f'<p>{words.copy}</p>\n{more}\n<p><a href="{cta}">{words.label}</a></p>\n'
        f'<p>{words.footer}. <a href="{leave}">{words.leave}</a></p>\n</body></html>\n'
    )


def told(
    language: str,
    build: str | bytes,
    platform: str = "none",
    *,
    envelope: dict[str, Any] | None = None,
    files: dict[str, Any] | None = None,
    **campaign: Any,
) -> list[str]:
    """The codes of what is told of it, and how heavy."""
    words = WORDS[language]
    asked = {
        "subject": words.subject,
        "preheader": words.preheader,
        "links": [{"text": words.label, "url": URL}],
        "copy": [words.copy],
    }
    sidecar = {
        "subject": words.subject,
        "from": {"name": "Brenkel", "address": "post@brenkel.example"},
        **(envelope or {}),
    }
    found = campaign_told(
        *unrendered(),
        build=build,
        email=asked,
        sidecar=sidecar,
        campaign={"platform": platform, "language": language, **campaign},
        files=files or {},
    )
    return sorted(
        f"{one.finding.code if one.severity is None else f'{one.severity.value} {one.finding.code}'}" for one in found
    )


@pytest.mark.parametrize("language", WORDS)
def test_the_email_is_clean(language: str) -> None:
    assert told(language, letter(language)) == []


RIGHT: list[tuple[str, str, str, str]] = [  # case, language, platform, build
    ("f1", "de", "eloqua", letter("de", '<p>Guten Tag <span class="eloquaemail">Salutation1</span> <span class="eloquaemail" >C_LastName</span>,</p>')),
    ("f1", "es", "eloqua", letter("es", "<p>Hola <SPAN style='color:#333' CLASS=\"eloquaemail\">FirstName1</SPAN>:</p>")),
    ("f2", "fr", "sfmc", letter("fr", cta="%%=RedirectTo(Concat('https://www.brenkel.example', '/kurs'))=%%")),
    ("f2", "pl", "braze", letter("pl", f"{{% assign cel = '{URL}' %}}", cta="{{cel}}")),
    ("f7", "de", "mailchimp", letter("de", top=f'<table role="presentation" class="mcnTextBlock"><tr><td class="mcnPreheader">{WORDS["de"].preheader}</td></tr></table>')),
    ("f7", "es", "none", letter("es", top=f'<div align="right"><font size="1">{WORDS["es"].preheader}</font></div>')),
    ("f9", "fr", "marketo", letter("fr", head=f'<meta class="mktoString" id="lienCours" mktoName="Lien du cours" default="{URL}">', cta="${lienCours}")),
    ("f9", "pl", "marketo", letter("pl", head='<meta class="mktoString" id="domena" mktoName="Domena" default="www.brenkel.example">', cta="https://${domena}/kurs")),
]  # fmt: skip
WRONG: list[tuple[str, str, str, str, str]] = [  # case, language, platform, build, code
    ("m1", "de", "none", letter("de", "<p>Guten Tag Herr null, Ihr Platz ist vorgemerkt.</p>"), "error placeholder-text"),
    ("m1", "fr", "none", letter("fr", "<p>Votre cours commence le Invalid Date.</p>"), "error placeholder-text"),
    ("m1", "pl", "none", letter("pl", "<p>Do zapłaty: NaN zł</p>"), "error placeholder-text"),
    ("m1", "es", "none", letter("es", "<p>Hola undefined, le esperamos.</p>"), "error placeholder-text"),
    ("m2", "fr", "hubspot", letter("fr", leave="%7B%7B%20unsubscribe_link%20%7D%7D"), "error malformed-token"),
    ("m2", "es", "mailchimp", letter("es", leave="*%7CUNSUB%7C*"), "error malformed-token"),
    ("m2", "de", "none", letter("de", f'<p><a href="{HOST}/meine-daten?id=%7B%7Bkunden_id%7D%7D">Meine Daten ändern</a></p>'), "error malformed-token"),
    ("m3", "de", "klaviyo", letter("de", leave="https://{% unsubscribe_link %}"), "error malformed-link"),
    ("m3", "pl", "sendgrid", letter("pl", leave="https://www.brenkel.example/<%asm_group_unsubscribe_raw_url%>"), "error malformed-link"),
    ("m4", "es", "none", letter("es", '<p><a href="https://.brenkel.example/programa">El programa</a></p>'), "error malformed-link"),
    ("m4", "de", "none", letter("de", '<p><a href="https://http//www.brenkel.example/programm">Das Programm</a></p>'), "error malformed-link"),
    ("m4", "fr", "none", letter("fr", '<p><a href="https://www.brenkel;example/programme">Le programme</a></p>'), "error malformed-link"),
    ("m5", "fr", "customerio", letter("fr", "<p>{% if customer.prenom %}Bonjour {{ customer.prenom }}{% else %}Bonjour,</p>"), "error malformed-token"),
    ("m5", "es", "braze", letter("es", "<p>{% unless custom_attribute.${socio} %}Hola{% endif %}</p>"), "error malformed-token"),
    ("m5", "de", "sendgrid", letter("de", "<p>{{#if vorname}}Guten Tag{{/each}}</p>"), "error malformed-token"),
    ("m7", "pl", "none", letter("pl", "<!-- [if (gte mso 9)|(IE)]><p>Chleb</p><![endif]-->"), "error unclosed-conditional"),
    ("m7", "de", "none", letter("de", "<!--[if !mso]><!--><p>Bis bald</p><!--<! [endif]-->"), "error unclosed-conditional"),
    ("m8", "fr", "none", letter("fr", "<p>No=C3=ABl =C3=A0 la boulangerie</p>"), "error garbled-text"),
    ("m8", "es", "none", letter("es", '<p><a href=3D"https://www.brenkel.example/programa">El programa</a></p>'), "error garbled-text"),
    ("m12", "de", "none", letter("de", cta=f"{URL}&#8239;"), "error malformed-link"),
    ("m12", "fr", "none", letter("fr", cta=f"\u3000{URL}"), "error malformed-link"),
    ("m13", "es", "none", letter("es", '<p><a href="https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.brenkel.example%2Fprograma&amp;h=AT0">El programa</a></p>'), "warning wrapped-link"),
    ("m13", "pl", "none", letter("pl", '<p><a href="https://protect-eu.mimecast.com/s/AbCdE?domain=www.brenkel.example">Program kursu</a></p>'), "warning wrapped-link"),
    ("w4", "de", "none", letter("de", f'<!--[if mso]><v:roundrect href="{URL}" arcsize="10%" style="height:40px;width:200px"><w:anchorlock/><center>Platz sichern</center><![endif]-->'), "error torn-shape"),
    ("w4", "es", "none", letter("es", "<!--[if gte mso 9]><v:rect fill='true' style='width:600px;height:200px'><fill type='tile' src='https://www.brenkel.example/p.png'/><v:textbox inset='0,0,0,0'><![endif]--><p>Pan</p><!--[if gte mso 9]></v:textbox></v:rect><![endif]-->"), "error torn-shape"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "language", "platform", "build"), RIGHT)
def test_what_is_right_is_silent(case: str, language: str, platform: str, build: str) -> None:
    assert told(language, build, platform) == []


@pytest.mark.parametrize(("case", "language", "platform", "build", "code"), WRONG)
def test_what_is_wrong_is_told_once(case: str, language: str, platform: str, build: str, code: str) -> None:
    assert told(language, build, platform) == [code]


UTM = {"tracking": {"utm": {"source": "post", "campaign": "brot"}, "exempt": ["mail.brenkel.example"]}}


@pytest.mark.parametrize(
    ("language", "value"), [("de", "brot&#173;"), ("fr", "brot&#8288;"), ("pl", "br&zwj;ot"), ("es", "brot%EF%BB%BF")]
)
def test_w1_a_value_with_what_nobody_sees_names_the_character(language: str, value: str) -> None:
    said = told(language, letter(language, cta=f"{URL}?utm_source=post&amp;utm_campaign={value}"), **UTM)
    assert len(said) == 1 and said[0] in {"error malformed-link", "error wrong-tracking"}


ENVELOPES = [
    ("de", {"from": {"name": "Brenkel &amp; Söhne", "address": "post@brenkel.example"}}),
    ("fr", {"subject": "Notre cours de pain en avril&nbsp;!"}),
    ("es", {"preheader": "Cuatro tardes &ndash; en grupo peque&ntilde;o"}),
]


@pytest.mark.parametrize(("language", "envelope"), ENVELOPES)
def test_m9_a_reference_in_the_inbox_is_told(language: str, envelope: dict[str, Any]) -> None:
    assert "error stray-entity" in told(language, letter(language), envelope=envelope)


GOOGLE = "https://www.google.com/calendar/event?action=TEMPLATE&amp;text=Brot&amp;dates={}&amp;ctz=Europe/Berlin"
OFFICE = "https://outlook.live.com/calendar/0/action/compose?subject=Brot&amp;startdt={}&amp;enddt={}"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Brenkel//DE\r\nBEGIN:VEVENT\r\nUID:1@brenkel.example\r\n"
    "DTSTAMP:20261101T090000Z\r\nDTSTART;TZID=Europe/Berlin:{}\r\nDTEND;TZID=Europe/Berlin:{}\r\nSUMMARY:Brot\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
CALENDARS = [
    ("de", GOOGLE.format("20270413T180000/20270413T200000"), ""),
    ("fr", GOOGLE.format("20280413T180000/20280413T200000"), "wrong-calendar-date"),
    ("pl", OFFICE.format("2027-04-13T18:00:00%2B02:00", "2027-04-13T20:00:00%2B02:00"), ""),
    ("es", OFFICE.format("2027-04-13T18:00:00%2B01:00", "2027-04-13T20:00:00%2B01:00"), "wrong-calendar-time"),
    ("de", ICS.format("20270414T180000", "20270414T200000"), "wrong-calendar-date"),
    ("fr", ICS.format("20270413T180000", "20270413T170000"), "crossed-calendar-times"),
    ("es", ICS.format("20270413T180000", "20270413T200000"), ""),
]


@pytest.mark.parametrize(("language", "entry", "code"), CALENDARS)
def test_m6_a_calendar_entry_is_of_the_event(language: str, entry: str, code: str) -> None:
    as_file = entry.startswith("BEGIN")
    link = f'<p><a href="{"termin.ics" if as_file else entry}">Brot</a></p>'
    said = told(
        language,
        letter(language, link),
        files={"build/termin.ics": entry} if as_file else None,
        offer={"event_date": "2027-04-13", "event_time": "18:00 CEST"},
    )
    assert {one.split()[-1] for one in said if "calendar" in one} == ({code} if code else set())


BRENKEL_PICTURES = [
    ("de", '<div style="background:#fff url(images/fehlt.jpg) no-repeat">Brot</div>'),
    ("fr", '<picture><source type="image/webp" srcset="images/fehlt.webp"><img src="images/da.png" alt="Pain" width="40" height="40"></picture>'),
    ("pl", '<video poster="images/fehlt.jpg" controls><source src="https://www.brenkel.example/f.mp4"></video>'),
    ("es", "<!--[if mso]><v:rect xmlns:v='urn:schemas-microsoft-com:vml' style='width:9px;height:9px'><v:fill type='frame' src='images/fehlt.png'/></v:rect><![endif]-->"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "more"), BRENKEL_PICTURES)
def test_m15_a_picture_that_is_missing_is_told(language: str, more: str) -> None:
    said = told(language, letter(language, more), files={"build/images/da.png": {"picture": [40, 40, "tulips"]}})
    assert said.count("error broken-image") == 1


@pytest.mark.parametrize(
    "cell",
    [
        "\u00adjan@leser.example",
        "mailto:jan@leser.example",
        '"jan@leser.example\u200e"',
        "'jan@leser.example'",
        '=HYPERLINK("mailto:jan@leser.example","jan@leser.example")',
    ],
)
def test_m10_an_address_is_known_however_it_is_dressed(cell: str) -> None:
    quoted = cell.replace('"', '""')
    files = {
        "audience/alle.csv": f'email;vorname\n"{quoted}";Jan\n',
        "audience/sperre.csv": "E-Mail\njan@leser.example\n",
    }
    audience = {
        "suppressions": ["audience/sperre.csv"],
        "segments": [{"name": "alle", "list": "audience/alle.csv", "count": 1, "unique": "email"}],
    }
    found = campaign_told(*unrendered(), files=files, campaign={"audience": audience})
    assert {one.finding.code for one in found} >= {"malformed-address", "suppressed-address"}
