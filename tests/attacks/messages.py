"""Structures of messages, as data: what a mail program shows of each is the asked text, or something else.

https://www.rfc-editor.org/rfc/rfc2046, rfc2387 (related), rfc1847 (signed), rfc2231 (parameters), https://amp.dev/documentation/guides-and-tutorials/learn/email-spec/amp-email-structure
"""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from qa.testing import write_campaign
from tests.attacks.command import run_command
from tests.attacks.spoilt_files import RUN

ASKED = "Places are given in the order of booking."
OTHER = "There are no places any more, do not come."
_HEAD = (
    "From: Acme <news@acme.example>\nTo: kim@reader.example\nSubject: Your seat\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n"
    "Message-ID: <1@acme.example>\nMIME-Version: 1.0\n"
    "List-Unsubscribe: <https://acme.example/unsubscribe?u=1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
)
_FOOT = "Acme Ltd, 1 Mill Lane, Kendal LA9 4AB, United Kingdom."


def html(text: str) -> str:
    """An email that says that."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Your seat</title></head><body>'
        f'<p>{text}</p><p>{_FOOT} <a href="https://acme.example/unsubscribe?u=1">Unsubscribe</a></p></body></html>'
    )


def text(said: str) -> str:
    return f"{said}\n\n{_FOOT}\nUnsubscribe: https://acme.example/unsubscribe?u=1\n"


def part(kind: str, body: str, *headers: str) -> str:
    return "\n".join([f"Content-Type: {kind}", *headers, "", body, ""])


def multi(kind: str, *parts: str, boundary: str = "b", more: str = "", end: bool = True) -> str:
    """Parts in a multipart of that kind."""
    inside = "".join(f"--{boundary}\n{each}\n" for each in parts)
    closed = f"--{boundary}--\n" if end else ""
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\n\n{inside}{closed}'


class Structure(NamedTuple):
    """``goes``: whether what is shown is what was asked for, and nothing else; None: only that it ends well.

    ``told``: a person is to decide, and the finding is this one.
    """

    body: str
    goes: bool | None = False
    told: str = ""


_T, _H = "text/plain; charset=utf-8", "text/html; charset=utf-8"
GOOD, BAD = part(_H, html(ASKED)), part(_H, html(OTHER))
PLAIN, BAD_PLAIN = part(_T, text(ASKED)), part(_T, text(OTHER))
PICTURE = part("image/png; name=a.png", "iVBORw0KGgo=", "Content-Transfer-Encoding: base64", "Content-ID: <a>")
_ATTACHED = "Content-Disposition: attachment; filename=a.html"
_CALENDAR = (
    f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:{OTHER}\nDTSTART:20261201T100000Z\nEND:VEVENT\nEND:VCALENDAR"
)
_AMP = f'<!doctype html><html ⚡4email><head><meta charset="utf-8"></head><body>{OTHER}</body></html>'
_ALT = multi("alternative", PLAIN, GOOD)


def _deep(depth: int) -> str:
    nested = GOOD
    for level in range(depth):
        nested = multi("mixed", nested, boundary=f"b{level}")
    return nested


def _encoded(content: str, encoding: str, kind: str = _H) -> str:
    return part(kind, content, f"Content-Transfer-Encoding: {encoding}")


_BASE64 = b64encode(html(ASKED).encode()).decode()
STRUCTURES = {
    # What is asked for is what is shown.
    "two versions": Structure(_ALT, True),
    "versions within related": Structure(multi("related", multi("alternative", PLAIN, GOOD, boundary="c"), PICTURE), True),
    "related within versions": Structure(multi("alternative", PLAIN, multi("related", GOOD, PICTURE, boundary="c")), True),
    "mixed around versions": Structure(multi("mixed", multi("alternative", PLAIN, GOOD, boundary="c")), True),
    "signed": Structure(
        multi("signed", multi("alternative", PLAIN, GOOD, boundary="c"), part("application/pgp-signature", "x"), more="; protocol=x"), True
    ),
    "base64": Structure(multi("alternative", PLAIN, _encoded(_BASE64, "base64")), True),
    # Something else is shown.
    "html that says otherwise": Structure(multi("alternative", PLAIN, BAD)),
    "the last version says otherwise": Structure(multi("alternative", PLAIN, GOOD, BAD)),
    "text that says otherwise": Structure(multi("alternative", BAD_PLAIN, GOOD)),
    "amp": Structure(multi("alternative", PLAIN, part("text/x-amp-html; charset=utf-8", _AMP), GOOD), None, "unread-amp"),
    "a calendar": Structure(multi("alternative", PLAIN, GOOD, part("text/calendar; charset=utf-8; method=REQUEST", _CALENDAR)), None, "unread-part"),
    "enriched": Structure(multi("alternative", PLAIN, GOOD, part("text/enriched", f"<bold>{OTHER}</bold>"))),
    "xhtml": Structure(multi("alternative", PLAIN, GOOD, part("application/xhtml+xml", html(OTHER)))),
    "a further part in line": Structure(multi("mixed", GOOD, BAD)),
    "a further text in line": Structure(multi("mixed", multi("alternative", PLAIN, GOOD, boundary="c"), BAD_PLAIN)),
    "the root is another part": Structure(
        multi("related", GOOD, part(_H, html(OTHER), "Content-ID: <root>"), more='; start="<root>"')
    ),
    "attached only": Structure(multi("mixed", BAD, part(_H, html(ASKED), _ATTACHED))),
    "in a forwarded message": Structure(multi("mixed", BAD, part("message/rfc822", f"Subject: Fwd\n{GOOD}"))),
    "behind the end": Structure(multi("mixed", BAD) + f"\n--b\n{GOOD}\n--b--\n"),
    "in front of the first part": Structure(multi("mixed", BAD).replace("\n\n", f"\n\n{html(ASKED)}\n", 1)),
    "no boundary": Structure(f"Content-Type: multipart/alternative\n\n--b\n{GOOD}\n--b--\n"),
    "another boundary": Structure(_ALT.replace('boundary="b"', 'boundary="other"')),
    "utf-16 that is none": Structure(
        multi("alternative", PLAIN, part("text/html; charset=utf-16", html(ASKED))), None, "contradicting-encoding"
    ),
    "broken base64": Structure(multi("alternative", PLAIN, _encoded(_BASE64[: len(_BASE64) // 3] + "!!", "base64"))),
    "base64 that is none": Structure(multi("alternative", PLAIN, _encoded(html(ASKED), "base64"))),
    # Nobody can say, but it ends and is never a mistake of ours.
    "the same boundary twice": Structure(multi("mixed", multi("alternative", PLAIN, GOOD), BAD)),
    "never closed": Structure(multi("alternative", PLAIN, GOOD, end=False), None),
    "an empty boundary": Structure(multi("alternative", PLAIN, GOOD, boundary=""), None),
    "pictures that lead to each other": Structure(
        multi("related", part(_H, html(f'{ASKED}<img src="cid:a" alt="">')), part("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><image href='cid:a'/></svg>", "Content-ID: <a>")), None
    ),
    "an unknown charset": Structure(multi("alternative", PLAIN, part("text/html; charset=x-no-such", html(ASKED))), None),
    "a charset that is a codec": Structure(multi("alternative", PLAIN, part("text/html; charset=rot13", html(ASKED))), None),
    "utf-7": Structure(multi("alternative", PLAIN, part("text/html; charset=utf-7", html(ASKED))), None),
    "parameters in pieces": Structure(
        multi("alternative", PLAIN, part("text/html; charset*0*=us-ascii'en'ut; charset*1*=%66-8", html(ASKED))), None
    ),
    "a boundary in pieces": Structure(_ALT.replace('boundary="b"', "boundary*0=b; boundary*1=\"\""), None),
    "broken quoted-printable": Structure(multi("alternative", PLAIN, _encoded(html(ASKED).replace("=", "=3D") + "=Z=", "quoted-printable")), None),
    "an encoding nobody knows": Structure(multi("alternative", PLAIN, _encoded(html(ASKED), "x-zip")), None),
    "a hundred levels": Structure(_deep(99), None),
    "a thousand levels": Structure(_deep(1000), False),
    "a thousand parts": Structure(multi("mixed", *[PLAIN] * 1000), None),
    "a huge header": Structure(f"X-Trace: {'a' * 500_000}\n{_ALT}", None),
    "thousands of headers": Structure("X-Trace: a\n" * 20_000 + _ALT, None),
    "content type twice": Structure(f"Content-Type: text/plain\n{_ALT}", None),
    "a null in the middle": Structure(_ALT.replace("<p>", "<p>\0"), None),
    "nothing": Structure("", False),
}  # fmt: skip


def write(folder: Path, structure: Structure) -> None:
    """A campaign of one message, asked for in words alone."""
    email = {"subject": "Your seat", "must_include": [ASKED], "copy": [ASKED, _FOOT]}
    write_campaign(folder, build=(_HEAD + structure.body).encode(), email=email, campaign={"language": "en"})


def wrong(structure: Structure) -> str:
    """What came of one that should not; "" where nothing did. In the current folder."""
    shutil.rmtree("message", ignore_errors=True)
    write(Path("message"), structure)
    ended = run_command([part.format(campaign="message") for part in RUN])
    if ended.raised or ended.traces or ended.code not in (0, 1, 2, 3):
        return ended.raised or next(iter(ended.traces), f"exit code {ended.code}")
    if structure.goes is not None and structure.goes != (ended.code == 0):
        return f"exit code {ended.code}"
    return f"{structure.told} is not told" if structure.told not in ended.said else ""
