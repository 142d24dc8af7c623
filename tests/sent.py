"""Sent tests of a build: what a platform, mail servers and the filter of a mailbox make of it on its way to an inbox."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ruamel.yaml import YAML

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILLED = {
    "{{lead.First Name:default=Hello}}": "Wren",
    "{{lead.First Name:default=there}}": "Wren",
    "{{my.Event Date}}": "16 March 2027",
    "{{my.Calendar File}}": "https://www.kestrelline.example/files/forecasts.ics",
    "{{system.viewAsWebpageLink}}": "https://go.kestrelline.example/v/view-online",
    "{{system.unsubscribeLink}}": "https://go.kestrelline.example/u/unsubscribe",
}
_HREF = re.compile(r'(?<=\bhref=")(https?://[^"]+)(?=")')
_IN_TEXT = re.compile(r"https?://\S+")
_STAYS = re.compile(r"/(?:unsubscribe|view-online)\b")

Wrapper = Callable[[str], str]


def code(url: str, letters: int = 48) -> str:
    """What a platform writes in place of an address: long, and not to be read."""
    digest = b"".join(sha256(f"{url}{n}".encode()).digest() for n in range(8))
    return "1a" + base64.urlsafe_b64encode(digest).decode().replace("-", "x").replace("_", "y")[: letters - 2]


def _object(**values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _number(url: str) -> int:
    return int(sha256(url.encode()).hexdigest()[:6], 16)


def _defense_2(url: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "./" else f"%{ord(letter):02X}" for letter in url)
    return kept.replace("%", "-").replace("/", "_")


def _defense_3(url: str) -> str:
    gone = re.findall(r"[^\w./:?=&-]", url)
    kept = re.sub(r"[^\w./:?=&-]", "*", url)
    behind = base64.urlsafe_b64encode("".join(gone).encode()).decode().rstrip("=")
    return f"https://urldefense.com/v3/__{kept}__;{behind}!!ACWV5N9M2RV99hQ!{code(url, 40)}$"


TRACKERS: Mapping[str, Wrapper] = {
    "marketo": lambda url: (
        "https://go.kestrelline.example/" + base64.b64encode(b"752-RJD-000").decode()[:14] + code(url)
    ),
    "sfmc": lambda url: f"https://click.x.exacttarget.com/?qs={sha256(url.encode()).hexdigest()}{'0a' * 8}",
    "sfmc, own domain": lambda url: f"https://click.news.kestrelline.example/?qs={sha256(url.encode()).hexdigest()}",
    "hubspot": lambda url: f"https://d2v8tf04.na1.hubspotlinks.com/Ctc/5F+113/d2v8tf04/{code(url, 90)}",
    "hubspot, own domain": lambda url: f"https://info.kestrelline.example/e3t/Ctc/LX+113/cJhC404/{code(url, 90)}",
    "mailchimp": lambda url: f"https://kestrelline.us1.list-manage.com/track/click?u=f1&id={_number(url)}&e=9a8b7c",
    "klaviyo": lambda url: f"https://ctrk.klclick3.com/l/01J5V2NHDC0KB0P8B51Z9PCPZS_{_number(url)}",
    "sendgrid": lambda url: f"https://url9624.kestrelline.example/ls/click?upn=u001.{code(url, 120)}",
    "braze": lambda url: f"https://ablink.news.kestrelline.example/uni/ls/click?upn=u001.{code(url, 120)}",
    "iterable": lambda url: f"https://links.kestrelline.example/a/click?_t=5cce074b&_m=74aKPN&_e={code(url, 80)}",
    "eloqua": lambda url: f"https://app.go.kestrelline.example/e/er?s=1465054361&lid={_number(url)}&elq=306fdc069bd4",
    "pardot": lambda url: f"https://go.kestrelline.example/e/893391/-webinars/{_number(url):x}/1387578788?h=Y8e15EGjf",
    "activecampaign": lambda url: f"https://kestrelline.acemlnb.com/lt.php?x={code(url, 60)}",
    "campaign-monitor": lambda url: f"https://kestrelline.cmail20.com/t/j-l-ayhjhid-{_number(url):x}-d/",
    "nobody knows it": lambda url: f"https://hello.kestrelline.example/{code(url, 30)}",
}
READABLE: Mapping[str, Wrapper] = {
    "customerio": lambda url: (
        f"https://e.customeriomail.com/e/c/{_object(email_id='RPIS', href=url, link_id=7)}/{'07b8' * 16}"
    ),
    "mandrill": lambda url: (
        "https://mandrillapp.com/track/click/30717337/www.kestrelline.example?p="
        + _object(s="vAK", v=1, p=json.dumps({"u": 30717337, "v": 1, "url": url, "id": "ee13"}))
    ),
    "ses": lambda url: (
        f"https://click.kestrelline.example/CL0/{quote(url, safe='=:')}/1/{'0102019d5c0b6723-' * 2}000000/{code(url, 40)}=451"
    ),
    "convertkit": lambda url: (
        f"https://click.convertkit-mail2.com/{code(url, 36)}/6qheh8hllrzr85bo/{base64.urlsafe_b64encode(url.encode()).decode()}"
    ),
}
FILTERS: Mapping[str, Wrapper] = {
    "safelinks": lambda url: (
        f"https://eur01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05%7C02%7C&sdata={code(url)}&reserved=0"
    ),
    "urldefense 2": lambda url: f"https://urldefense.proofpoint.com/v2/url?u={_defense_2(url)}&d=DwMFaQ&c=sJ6",
    "urldefense 3": _defense_3,
    "google": lambda url: f"https://www.google.com/url?q={quote(url, safe='')}&source=gmail&ust=1591434055153000",
}


@dataclass
class SentTest:
    """A sent test of an email of a fixture. ``tracker`` wraps its links first, ``mailbox`` then."""

    tracker: Wrapper | None = None
    mailbox: Wrapper | None = None
    email: str = "invite"
    filled: Mapping[str, str] = field(default_factory=lambda: FILLED)
    fixture: Path = FIXTURES / "spring-webinar-clean"
    received: bool = True
    edits: tuple[tuple[str, str], ...] = ()  # in the HTML before it is sent, each at its first place
    wrapped: dict[str, str] = field(default_factory=dict)  # what stands in the message, and where it leads
    web: dict[str, dict[str, Any]] = field(default_factory=dict)  # pages that do not simply answer
    asked: list[str] = field(default_factory=list)  # what was asked of the web

    def write(self, folder: Path) -> Path:
        """A campaign of this message alone, in a folder."""
        shutil.copytree(self.fixture, folder, dirs_exist_ok=True)
        asked = YAML(typ="safe").load(folder / "request.yaml")
        asked["emails"] = [one for one in asked["emails"] if one["name"] == self.email]
        one = asked["emails"][0] | {"build": f"build/{self.email}.eml"}
        one.pop("text", None)
        asked["emails"] = [one]
        html = (folder / f"build/{self.email}.html").read_text("utf-8")
        text = (folder / f"build/{self.email}.txt").read_text("utf-8")
        for file in folder.glob("build/*.*"):
            file.unlink()
        for before, after in self.edits:
            assert before in html, before
            html = html.replace(before, after, 1)
        (folder / f"build/{self.email}.eml").write_bytes(self.message(one, html, text))
        YAML().dump(asked, folder / "request.yaml")
        return folder

    def message(self, asked: Mapping[str, str], html: str, text: str) -> bytes:
        """The message as it lies in the inbox."""
        message = EmailMessage()
        if self.received:
            message["Return-Path"] = "<bounce-7@bounces.kestrelline.example>"
            message["Received"] = (
                "from mta1.kestrelline.example (mta1.kestrelline.example [192.0.2.7]) by mx.acme.example; Mon, 1 Mar 2027 09:00:05 +0000"
            )
            message["DKIM-Signature"] = "v=1; a=rsa-sha256; d=news.kestrelline.example; s=m1; bh=abc=; b=def="
            message["List-Unsubscribe"] = (
                f"<{FILLED['{{system.unsubscribeLink}}']}?m=7>, <mailto:out@news.kestrelline.example>"
            )
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            message["X-MSYS-API"] = "{}"
        message["Date"] = "Mon, 01 Mar 2027 09:00:00 +0000"
        message["Message-ID"] = "<7@news.kestrelline.example>"
        message["From"] = "Kestrelline Events <events@news.kestrelline.example>"
        message["Reply-To"] = "events@kestrelline.example"
        message["To"] = "Wren Okafor <wren.okafor@acme.example>"
        message["Subject"] = self.fill(str(asked["subject"]))
        html = _HREF.sub(lambda found: escape(self.wrap(unescape(found[0]))), self.fill(html))
        html = html.replace('class="link ', 'class="m_link_1 ').replace("</body>", f"{self.pixel()}</body>")
        message.set_content(_IN_TEXT.sub(lambda found: self.wrap(found[0]), self.fill(text)), cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        for part in message.iter_parts():
            part["Content-ID"] = f"<{part.get_content_subtype()}>"
        return message.as_bytes()

    def fill(self, text: str) -> str:
        for tag, value in self.filled.items():
            text = text.replace(tag, value)
        return text

    def wrap(self, url: str) -> str:
        """An address as it stands in the message."""
        there = self.tracker(url) if self.tracker and not _STAYS.search(url) else url
        self.wrapped[there] = url
        there = self.mailbox(there) if self.mailbox else there
        return there

    def pixel(self) -> str:
        """What counts who opens the message."""
        src = f"https://go.kestrelline.example/trk?t=1&mid={code('pixel')}" if self.received else ""
        return (
            f'<img src="{src}" alt="" width="1" height="1" style="display:none !important;" border="0">' if src else ""
        )
