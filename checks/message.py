"""The message as it is sent: its plain-text part, its size, and the length of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import Email, Markup, Parts, causes
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.source import Place
from qa.text.phrases import and_more
from qa.text.wording import folded, quoted

_LIMITS = facts("limits")["clipping"]
_SHORTEST = 20  # characters; with fewer there is not even "View this email in your browser: https://…"


@dataclass(frozen=True)
class SizeOptions(Options):
    """Bytes of HTML: from where Gmail clips, and from where a warning is due as platforms add tracking."""

    most: int = _LIMITS["most"]
    near: int = _LIMITS["near"]


@check(
    "plain-text",
    Code(
        "missing-plain-text",
        Severity.WARNING,
        "The message has no plain-text part.",
        "Let the platform make one, or write it.",
    ),
    Code("empty-plain-text", Severity.ERROR, "The plain-text part says nothing.", "Write the plain-text part."),
)
def plain_text(email: Email, markup: Markup) -> Iterator[Finding]:
    """The message has a plain-text part that says something.

    It is what watches, screen readers, security gateways and some assistants read, and mail filters hold its absence
    against the sender.

    Fails:
        email: {}
        build: |
          Subject: Your seat
          MIME-Version: 1.0
          Content-Type: text/html

          <p>Save your seat for the webinar.</p>

    Passes:
        email: {}
        build: <p>Save your seat for the webinar.</p>
        plain: Save your seat for the webinar.
    """
    plain = email.parts.plain
    if plain is None and email.parts.headers is None:
        raise Skip("the build is HTML alone; most platforms make the plain-text part when they send")
    if plain is None:
        yield Finding("missing-plain-text", "The message has no plain-text part beside its HTML.")
    elif _says_little(plain.text) and not _says_little(markup.text):
        text = folded(plain.text)
        message = f"The plain-text part says only {quoted(text)}." if text else "The plain-text part is empty."
        yield Finding("empty-plain-text", message, plain.place(0), actual=text)


def _says_little(text: str) -> bool:
    return len(text.strip()) < _SHORTEST and BLOT not in masked(text)


@check(
    "message-size",
    Code(
        "clipped",
        Severity.ERROR,
        "Gmail will cut the email off.",
        "Shorten the HTML: remove comments, unused styles and modules, or split the email.",
    ),
    Code(
        "near-clipping",
        Severity.WARNING,
        "Gmail may cut the email off once the platform has added its tracking.",
        "Shorten the HTML: remove comments, unused styles and modules.",
    ),
)
def message_size(email: Email, options: SizeOptions) -> Iterator[Finding]:
    """The email is short enough for Gmail to show it whole.

    Gmail cuts off what comes after 102 KB of HTML, and with it the footer: the unsubscribe link, the address and the
    pixel that counts opens.

    Fails:
        email: {}
        build: {repeat: ["<p>One more reason to come to our webinar in spring.</p>", 2000]}

    Passes:
        email: {}
        build: <p>Hello</p>
    """
    size = email.parts.size
    if email.parts.html is None:
        raise Skip("the message has no HTML part")
    shown, limit = f"{size / 1000:.0f} KB", f"{options.most / 1000:.0f} KB"
    if size > options.most:
        message = f"The HTML is {shown} long; Gmail cuts off what comes after {limit}."
        cut, about = _cut(email.parts, options.most), (causes.of_page("length"),)
        yield Finding("clipped", message, cut, None, f"at most {limit}", shown, causes=about)
    elif size > options.near:
        message = f"The HTML is {shown} long; with the platform's tracking added, Gmail may cut it off at {limit}."
        yield Finding("near-clipping", message, None, None, f"at most {options.near / 1000:.0f} KB", shown)


@check(
    "message-lines",
    Code(
        "long-line",
        Severity.WARNING,
        "A line of the message is longer than mail servers have to take.",
        "Send the part as quoted-printable or base64, or break the line where a blank stands in a tag.",
    ),
)
def message_lines(email: Email) -> Iterator[Finding]:
    """No line of the message is longer than mail allows.

    A server on the way may break what is longer than 998 bytes wherever it likes, and put an exclamation mark there: in
    the middle of a link, which leads nowhere then, or of a word.

    Fails:
        email: {}
        build:
          begins: "Subject: Your seat\\nMIME-Version: 1.0\\nContent-Type: text/html\\n\\n"
          repeat: ["<p>Save your seat for the webinar.</p>", 30]

    Passes:
        email: {}
        build:
          begins: "Subject: Your seat\\nMIME-Version: 1.0\\nContent-Type: text/html\\n\\n"
          repeat: ["<p>Save your seat for the webinar.</p>\\n", 30]
    """
    headers, long = email.parts.headers, email.parts.long_lines
    if headers is None:
        raise Skip("the build is no message; what sends it breaks its lines")
    if long and not any(header.name.lower() == "received" for header in headers):  # it has been on its way already
        message = f"A line of the message has more than 998 bytes{and_more(list(long))}: a mail server may break it."
        yield Finding("long-line", message, long[0])


def _cut(parts: Parts, most: int) -> Place | None:
    """Where the cut falls."""
    if parts.html is None:
        return None
    return parts.html.place(len(parts.html.text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")))
