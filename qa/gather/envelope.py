"""The envelope of an email, from its headers, a sidecar file or the HTML: sender, subject line, preheader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qa.artefacts import DeclaredEnvelope, Email, Envelope, Header, HtmlEnvelope, Page, Parts
from qa.build.assets import Asset
from qa.build.bag import BuildFile
from qa.build.mime import LARGEST_MESSAGE
from qa.check import gatherer
from qa.files.problem import InputProblem, Steps, unknown
from qa.files.yaml import Document, read_bytes
from qa.finding import Fault, Unusable
from qa.request import AskedEmail, AskedPage
from qa.source import Text

_WITH_ADDRESS = re.compile(r"([^<>]*+)<([^<>]*+)>\s*")
_KEYS = ("subject", "preheader", "from", "reply_to", "send_at", "headers")
_FROM_KEYS = ("name", "address")


@gatherer()
def email(asked: AskedEmail, parts: Parts, envelope: Envelope) -> Email:
    """The email as a whole."""
    return Email(asked.name, parts, envelope)


@gatherer()
def page(asked: AskedPage, parts: Parts, asset: Asset) -> Page:
    """The page as a whole."""
    return Page(asked.name, parts, parts.file if asset.on_web else "")


@gatherer()
def declared_envelope(parts: Parts, asset: Asset) -> DeclaredEnvelope:
    """The envelope of an email as its headers or its sidecar have it."""
    if asset.kind != "email":
        return DeclaredEnvelope(Envelope())
    if parts.headers is not None:
        return DeclaredEnvelope(_of_headers(parts.headers))
    return DeclaredEnvelope(_of_sidecar(_sidecar(asset.sidecar)) if asset.sidecar else Envelope())


@gatherer()
def envelope(asked: AskedEmail, declared: DeclaredEnvelope, html: HtmlEnvelope) -> Envelope:
    """Subject line, preheader and sender, from the best place that shows them."""
    found = declared.envelope
    if found.origin:
        return replace(found, preheader=found.preheader or html.preheader)
    title = html.title if html.title and html.title.value else None
    return Envelope("title" if title else "", subject=title, preheader=html.preheader)


def _of_headers(headers: tuple[Header, ...]) -> Envelope:
    first = {header.name.lower(): header for header in reversed(headers)}
    sender_name, sender_address = _mailbox(first.get("from"))
    _, reply_to = _mailbox(first.get("reply-to"))
    subject = first.get("subject")
    return Envelope(
        "headers",
        subject=Text(subject.value, subject.where) if subject else None,
        from_name=sender_name,
        from_address=sender_address,
        reply_to=reply_to,
        headers=headers,
    )


def _mailbox(header: Header | None) -> tuple[Text | None, Text | None]:
    """Name and address of the first mailbox. Merge tags may stand in both, so no address grammar is applied."""
    if header is None or not header.value:
        return None, None
    if found := _WITH_ADDRESS.match(header.value):
        name, address = found.groups()
    else:
        name, address = "", header.value
    name = name.strip()
    if len(name) > 1 and name.startswith('"') and name.endswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return Text(name, header.where) if name else None, Text(address.strip(), header.where)


def _sidecar(file: BuildFile) -> Document:
    try:
        document = read_bytes(file.read(LARGEST_MESSAGE), file.name)
    except Unusable as mistake:
        raise Fault(str(mistake)) from None
    problems = [*document.problems, *_problems(document)]
    if problems:
        raise Fault(" ".join(dict.fromkeys(map(str, problems))))
    return document


def _problems(document: Document) -> Iterator[InputProblem]:
    written = document.written
    if not isinstance(written, Mapping):
        if written is not None:
            yield InputProblem(document.places[()], (), "keys such as “subject:” were expected.")
        return
    yield from _unknown(document, written, (), _KEYS)
    sender = written.get("from")
    if isinstance(sender, Mapping):
        yield from _unknown(document, sender, ("from",), _FROM_KEYS)
    texts: dict[Steps, object] = {(key,): written.get(key) for key in _KEYS if key not in ("from", "headers")}
    for outer in ("from", "headers"):
        inner = written.get(outer)
        if isinstance(inner, Mapping):
            texts |= {(outer, key): value for key, value in inner.items()}
        elif inner is not None:
            wrong = "should be keys of its own: name, address." if outer == "from" else "should be names and values."
            yield InputProblem(document.places[outer,], (outer,), wrong)
    for steps, value in texts.items():
        if not isinstance(value, str | None):
            yield InputProblem(document.places[steps], steps, "should be text.")


def _unknown(
    document: Document, written: Mapping[str, object], steps: Steps, known: tuple[str, ...]
) -> Iterator[InputProblem]:
    for key in written:
        if key not in known:
            yield InputProblem(document.keys[*steps, key], (*steps, key), unknown(key, known))


def _of_sidecar(document: Document) -> Envelope:
    def text(*steps: str) -> Text | None:
        value = document.written
        for step in steps:
            value = value.get(step) if isinstance(value, Mapping) else None
        return Text(value, document.places[steps]) if isinstance(value, str) else None

    headers = (document.written or {}).get("headers") or {}
    return Envelope(
        "sidecar",
        subject=text("subject"),
        preheader=text("preheader"),
        from_name=text("from", "name"),
        from_address=text("from", "address"),
        reply_to=text("reply_to"),
        headers=tuple(Header(name, value or "", document.places["headers", name]) for name, value in headers.items()),
        send_at=text("send_at"),
    )
