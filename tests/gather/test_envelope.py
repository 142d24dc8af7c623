"""Subject line, preheader and sender come from headers, a sidecar, or the title, and say where they stood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa.artefacts import Envelope, HtmlEnvelope, Parts
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.build.mime import read_message
from qa.build.source import WebBag
from qa.finding import Fault
from qa.gather.envelope import declared_envelope, email, envelope, page
from qa.request import AskedEmail, AskedPage
from qa.source import Place, Source, Text

ASKED = AskedEmail(name="invite")
SEEN = HtmlEnvelope(Text("The title", Place("a.html", 3)), Text("First words", Place("a.html", 9)))
FILE = Parts("a.html", html=Source("a.html", "<p>x"))


def of_message(*headers: str) -> Envelope:
    parts = read_message("a.eml", "\n".join([*headers, "", "text"]).encode())
    return envelope(ASKED, declared_envelope(parts, Asset("email", "a", Path())), SEEN)


def of_sidecar(folder: Path, text: str) -> Envelope:
    sidecar = folder / "a.envelope.yaml"
    sidecar.write_text(text, "utf-8")
    asset = Asset("email", "a", folder, sidecar=FolderBag(folder).file(sidecar.name))
    return envelope(ASKED, declared_envelope(FILE, asset), SEEN)


def value(text: Text | None) -> str | None:
    return text.value if text else None


def test_from_headers() -> None:
    found = of_message("From: Acme Events <events@acme.example>", "Subject: Hi", "Reply-To: <r@acme.example>", "X-A: b")
    assert found.origin == "headers"
    texts = (found.subject, found.from_name, found.from_address, found.reply_to, found.preheader)
    assert [value(text) for text in texts] == [
        "Hi",
        "Acme Events",
        "events@acme.example",
        "r@acme.example",
        "First words",
    ]
    assert found.subject and (found.subject.where.line, found.subject.where.part) == (2, "headers")
    assert len(found.headers) == 4


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("a@acme.example", None, "a@acme.example"),
        ('"Acme, Inc." <a@acme.example>', "Acme, Inc.", "a@acme.example"),
        (r'"The \"Acme\"" <a@acme.example>', 'The "Acme"', "a@acme.example"),
        ("=?utf-8?q?Acme=2C_Z=C3=BCrich?= <a@acme.example>", "Acme, Zürich", "a@acme.example"),
        ("{{lead.Owner Name:default=Acme}} <{{my.From}}>", "{{lead.Owner Name:default=Acme}}", "{{my.From}}"),
        ("Acme <a@acme.example>, Other <b@acme.example>", "Acme", "a@acme.example"),
        ("", None, None),
        ("<<<", None, "<<<"),
    ],
)
def test_mailboxes(header: str, name: str | None, address: str | None) -> None:
    found = of_message(f"From: {header}", "Subject: x")
    assert (value(found.from_name), value(found.from_address)) == (name, address)


def test_a_message_without_a_subject_does_not_borrow_the_title() -> None:
    found = of_message("From: a@acme.example", "To: b@acme.example")
    assert found.subject is None


def test_from_a_sidecar(tmp_path: Path) -> None:
    found = of_sidecar(
        tmp_path,
        'subject: "{{lead.First Name}}, save your seat"\npreheader: Live on 24 March\nfrom:\n  name: Acme\n'
        "  address: a@acme.example\nreply_to: r@acme.example\nsend_at: 2026-03-10T09:00\nheaders: {List-Unsubscribe: <x>}\n",
    )
    assert found.origin == "sidecar"
    assert found.subject == Text("{{lead.First Name}}, save your seat", Place("a.envelope.yaml", 1, 10, offset=9))
    texts = (found.preheader, found.from_name, found.from_address, found.reply_to, found.send_at)
    assert [value(text) for text in texts] == [
        "Live on 24 March",
        "Acme",
        "a@acme.example",
        "r@acme.example",
        "2026-03-10T09:00",
    ]
    assert found.from_address and found.from_address.where.line == 5
    assert [(h.name, h.value, h.where.line) for h in found.headers] == [("List-Unsubscribe", "<x>", 8)]


def test_a_sidecar_without_preheader_leaves_it_to_the_html_and_the_title_is_not_asked(tmp_path: Path) -> None:
    found = of_sidecar(tmp_path, "from: {name: Acme}\n")
    assert (value(found.preheader), found.subject, found.reply_to) == ("First words", None, None)
    assert of_sidecar(tmp_path, "").origin == "sidecar"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subjct: x", "a.envelope.yaml, line 1: `subjct` is not known here; did you mean `subject`?"),
        (
            "subject: x\nfrom:\n  adress: y",
            "a.envelope.yaml, line 3: `from.adress` is not known here; did you mean `address`?",
        ),
        ("subject: x\nfrom: Acme", "a.envelope.yaml, line 2: `from` should be keys of its own: name, address."),
        ("subject: [x]", "a.envelope.yaml, line 1: `subject` should be text."),
        ("subject: x\nsubject: y", "a.envelope.yaml, line 2: `subject` is written twice"),
        ("just words", "keys such as “subject:” were expected."),
        ("subject: 'x", "a.envelope.yaml"),
    ],
)
def test_a_sidecar_that_is_not_sound_is_a_fault_with_the_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Fault) as raised:
        of_sidecar(tmp_path, text)
    assert said in str(raised.value)


def test_the_title_stands_in() -> None:
    nothing = declared_envelope(FILE, Asset("email", "a", Path()))
    found = envelope(ASKED, nothing, SEEN)
    assert (found.origin, found.subject, found.preheader) == ("title", SEEN.title, SEEN.preheader)
    assert envelope(ASKED, nothing, HtmlEnvelope()) == Envelope()


def test_what_is_written_outside_the_html(tmp_path: Path) -> None:
    sidecar = tmp_path / "a.envelope.yaml"
    sidecar.write_text("subject: s\nfrom: {name: '{{a}}', address: b@acme.example}\n")
    asset = Asset("email", "a", tmp_path, sidecar=FolderBag(tmp_path).file(sidecar.name))
    texts = [(inside, text.value) for inside, text in declared_envelope(FILE, asset).texts]
    assert texts == [("subject", "s"), ("from", "{{a}}"), ("from", "b@acme.example")]
    assert declared_envelope(FILE, Asset("email", "a", tmp_path)).texts == ()
    assert declared_envelope(FILE, replace(asset, kind="page")).texts == ()


def test_the_email_and_the_page_as_a_whole() -> None:
    assert email(ASKED, FILE, Envelope()).name == "invite"
    fetched = Asset(
        "page", "registration", Path(), WebBag("https://www.acme.example/").file("https://www.acme.example/")
    )
    assert page(AskedPage(name="registration"), FILE, fetched).url == "a.html"
    assert page(AskedPage(name="registration"), FILE, Asset("page", "registration", Path())).url == ""
