"""Who an email comes from, as mail programs and mailboxes see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.utils import getaddresses

from qa.artefacts import Email, Header
from qa.artefacts.causes import of_asked, of_passage
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.request import AskedEmail
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import loose, quoted

_QUOTED = re.compile(r'"(?>(?:[^"\\]|\\.)*)"')
_ANGLED = re.compile(r"<([^<>\s@]++@[^<>\s]++)>")


@check(
    "sender-identity",
    Code("missing-sender", Severity.ERROR, "The message has no sender.", "Set from name and address in the platform."),
    Code(
        "several-senders",
        Severity.WARNING,
        "The message has more than one from address.",
        "Leave one: Gmail refuses messages with several.",
    ),
    Code(
        "free-mailbox",
        Severity.WARNING,
        "The from address is a private mailbox of Gmail, Yahoo or the like.",
        "Send from an address of the brand's own domain, with SPF, DKIM and DMARC set up for it.",
    ),
    Code(
        "nameless-sender",
        Severity.INFO,
        "The inbox shows an address where the sender's name should be.",
        "Set a from name that readers know.",
    ),
)
def sender_identity(asked: AskedEmail, email: Email) -> Iterator[Finding]:
    """The email comes from one sender, by name, from a domain of its own.

    Only Gmail's own servers may send from gmail.com: a campaign from such an address goes to spam, or is refused.
    Without a from name, readers see an address and do not know whose it is.

    Fails:
        email: {}
        sidecar: {from: {name: Acme, address: acme.events@gmail.com}}
        build: <p>Hello</p>

    Passes:
        email: {}
        sidecar: {from: {name: Acme, address: events@acme.example}}
        build: <p>Hello</p>
    """
    envelope, headers = email.envelope, email.parts.headers or ()
    if envelope.origin not in ("headers", "sidecar"):
        raise Skip("the build does not show its sender")
    lines = [header for header in headers if header.name.lower() == "from" and header.value]
    by_name, by_address = _asked(asked, "name"), _asked(asked, "address")
    if envelope.origin == "headers" and not lines:
        above = headers[0].where if headers else None
        exported = not (email.parts.was_sent or by_name or by_address)  # perhaps the platform sets it
        about = (*by_name, *by_address)
        yield Finding("missing-sender", "The message has no From header.", above, review=exported, causes=about)
    addresses = [address for line in lines for address in _addresses(line.value)]
    if len(addresses) > 1:
        several = f"The message comes from {len(addresses)} addresses: {listed(map(quoted, addresses), 3)}."
        yield Finding("several-senders", several, lines[0].where, actual=lines[0].value)
    name, address = envelope.from_name, envelope.from_address
    if address is None:
        return
    host = address.value.rpartition("@")[2].strip().lower()
    if host in facts("inbox")["free_mailboxes"]["hosts"] and not _is_their_own(headers, host):
        message = f"The from address {quoted(address.value)} is a private mailbox: only {host} itself may send from it."
        yield _of(("free-mailbox", message), address.where, by_address, address.value)
    if (name is None and lines) or (name is not None and loose(name.value) == loose(address.value)):
        message = f"The inbox shows the address {quoted(address.value)} where the sender's name should be."
        yield _of(("nameless-sender", message), address.where, by_name, name.value if name else "")


def _asked(asked: AskedEmail, field: str) -> tuple[Cause, ...]:
    """The line of the request that says who sends, where there is one."""
    wanted: str | None = getattr(asked.sender, field) if asked.sender else None
    return (of_asked(asked.place("sender", field), wanted),) if wanted else ()


def _addresses(line: str) -> list[str]:
    """The addresses of a From header: what stands between < and >, for the name before it may be one, too."""
    bare = _QUOTED.sub("", line)
    return _ANGLED.findall(bare) or [address for _, address in getaddresses([bare]) if "@" in address]


def _of(said: tuple[str, str], where: Place, asked: tuple[Cause, ...], actual: str) -> Finding:
    code, message = said
    return Finding(code, message, where, actual=actual, causes=asked or (of_passage(where, f"{code} {actual}"),))


def _is_their_own(headers: Sequence[Header], host: str) -> bool:
    """Whether the provider of the mailbox sent the message itself: it was written there, by one person."""
    name = host.partition(".")[0]
    names = next((names for names in facts("inbox")["free_mailboxes"]["providers"] if name in names), [name])
    for header in headers:
        labels = set(header.value.lower().rpartition("@")[2].strip("> ").split("."))
        by_id = header.name.lower() == "message-id" and not labels.isdisjoint(names)
        if by_id or (header.name.lower() == "dkim-signature" and f"d={host}" in header.value.lower()):
            return True
    return False
