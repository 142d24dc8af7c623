"""The List-Unsubscribe headers: what mail programs make their own unsubscribe button of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.artefacts import Body, Email, Header, Purpose
from qa.artefacts.causes import of_passage
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.list_header import ONE_CLICK, addresses_in, header_fault
from qa.links.roles import role_of
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.wording import quoted


@check(
    "list-unsubscribe",
    Code(
        "malformed-list-unsubscribe",
        Severity.ERROR,
        "A List-Unsubscribe header is not one that mail programs can use.",
        "Let the platform write it; by hand it is <https://…>, <mailto:…>.",
    ),
    Code(
        "missing-list-unsubscribe",
        Severity.WARNING,
        "The message was sent without a List-Unsubscribe header.",
        "Switch it on in the platform; where you send yourself, add List-Unsubscribe and List-Unsubscribe-Post.",
    ),
    Code(
        "missing-one-click",
        Severity.WARNING,
        "The reader cannot unsubscribe with one click of the mail program's own button.",
        f"Add an https address to List-Unsubscribe, and the header List-Unsubscribe-Post: {ONE_CLICK}.",
    ),
)
def list_unsubscribe(email: Email, body: Body, purpose: Purpose) -> Iterator[Finding]:
    """The headers let a mail program unsubscribe its reader with one click.

    Gmail and Yahoo ask it of everybody who sends much, and show a button of their own; without it marketing goes to
    spam. Platforms add the headers when they send, so a build without them is right, a test send is not.

    Fails:
        email: {}
        sidecar: {headers: {List-Unsubscribe: "http://www.acme.example/u/123"}}
        build: <p>Join us.</p>

    Passes:
        email: {}
        sidecar:
          headers:
            List-Unsubscribe: "<https://www.acme.example/u/123>"
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
        build: <p>Join us.</p>
    """
    headers, sent = email.envelope.headers, email.parts.was_sent
    leaving, post = _named(headers, "list-unsubscribe"), _named(headers, "list-unsubscribe-post")
    if not (leaving or post or sent):
        raise Skip("the build does not show its headers, or was not sent: the platform adds them")
    if leaving:
        if fault := header_fault(leaving.value, sent):
            yield _finding("malformed-list-unsubscribe", f"List-Unsubscribe {fault}: {quoted(leaving.value)}.", leaving)
    elif sent and not purpose.transactional and (post or _offers_it(body)):
        yield _finding("missing-list-unsubscribe", "The message was sent without List-Unsubscribe.", headers[0])
    if post and _squeezed(post.value) != ONE_CLICK.lower():
        message = f"List-Unsubscribe-Post is {quoted(post.value)}; mail programs know “{ONE_CLICK}” alone."
        yield _finding("malformed-list-unsubscribe", message, post)
    elif leaving and not purpose.transactional and not header_fault(leaving.value, sent):
        for finding in _one_click(leaving, post):  # before it is sent, the platform may still add what is missing
            yield replace(finding, review=not sent)


def _one_click(leaving: Header, post: Header | None) -> Iterator[Finding]:
    safe = any(address.lower().startswith("https:") for address in addresses_in(leaving.value))
    if not safe and BLOT not in masked(leaving.value):
        message = f"List-Unsubscribe has no https address, only {quoted(leaving.value)}: one click cannot unsubscribe."
        yield _finding("missing-one-click", message, leaving)
    elif post is None:
        yield _finding("missing-one-click", f"List-Unsubscribe-Post: {ONE_CLICK} is missing.", leaving)


def _named(headers: Sequence[Header], name: str) -> Header | None:
    return next((header for header in headers if header.name.lower() == name), None)


def _squeezed(value: str) -> str:
    return "".join(value.split()).lower()


def _offers_it(body: Body) -> bool:
    """Whether the message has an unsubscribe link: one that has none is told as that."""
    return any(role_of(link.href, link.text) == "unsubscribe" for link in body.links)


def _finding(code: str, message: str, header: Header) -> Finding:
    return Finding(code, message, header.where, actual=header.value, causes=(of_passage(header.where, header.name),))
