"""Messages are read as mail programs read them: any nesting, any encoding, and broken ones as far as they go."""

from __future__ import annotations

import base64

import pytest

from qa.artefacts import Parts
from qa.build.decoding import MOST_TAGS
from qa.build.mime import LONGEST_HEADER, is_message, read_message, unwrapped
from qa.finding import Fault

HEAD = b"From: Acme <a@acme.example>\r\nSubject: Hi\r\nMIME-Version: 1.0\r\n"


def read(*lines: str | bytes) -> Parts:
    return read_message("a.eml", b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines))


def bodies(found: Parts) -> tuple[str | None, str | None]:
    return found.html.text.strip() if found.html else None, found.plain.text.strip() if found.plain else None


def multipart(kind: str, boundary: str, *parts: str) -> str:
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nplain words"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>marked words"
PICTURE = (
    'Content-Type: image/png; name="=?utf-8?q?h=C3=A9ro.png?="\r\nContent-ID: <hero@acme>\r\n'
    "Content-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(b"pixels").decode()
)


def test_parts_within_parts() -> None:
    related = multipart("related", "r", HTML, PICTURE)
    found = read("Subject: Hi", multipart("mixed", "m", multipart("alternative", "a", PLAIN, related)))
    assert bodies(found) == ("<p>marked words", "plain words")
    assert found.html and found.plain
    assert (found.html.part, found.plain.part, found.notes) == ("html", "text", ())
    assert [(a.name, a.cid, a.content_type, a.content) for a in found.attachments] == [
        ("héro.png", "hero@acme", "image/png", b"pixels")
    ]


def test_an_attached_page_is_not_the_body_nor_is_a_forwarded_message() -> None:
    attached = f"Content-Disposition: attachment; filename=a.html\r\n{HTML}"
    forwarded = f"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n{HTML}"
    found = read("Subject: Hi", multipart("mixed", "m", attached, forwarded, PLAIN))
    assert bodies(found) == (None, "plain words")
    assert [a.content_type for a in found.attachments] == ["text/html", "message/rfc822"]


def test_a_forwarded_message_is_read_where_there_is_nothing_else() -> None:
    forwarded = f"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n{HTML}"
    found = read("Subject: outer", multipart("mixed", "m", forwarded))
    assert bodies(found) == ("<p>marked words", None)
    assert found.notes == ("The text is that of a message forwarded inside this one.",)
    assert found.headers and found.headers[0].value == "outer"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("quoted-printable", "<p>caf=C3=A9 =\r\n&amp; more"),
        ("base64", base64.b64encode("<p>café &amp; more".encode()).decode()),
        ("8bit", "<p>café &amp; more"),
        ("x-unknown", "<p>café &amp; more"),
    ],
)
def test_transfer_encodings(encoding: str, body: str) -> None:
    found = read(
        "Subject: Hi", "Content-Type: text/html; charset=utf-8", f"Content-Transfer-Encoding: {encoding}", "", body
    )
    assert bodies(found) == ("<p>café &amp; more", None)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("iso-8859-1", "latin-1"),
        ("utf-8", "latin-1"),
        ("unknown-8bit", "utf-8"),
        ("us-ascii", "utf-8"),
        ("iso-2022-jp", "iso2022_jp"),
    ],
)
def test_charsets_of_parts_right_wrong_and_unknown(charset: str, codec: str) -> None:
    text = "日本" if codec == "iso2022_jp" else "café crème"
    found = read("Subject: Hi", f"Content-Type: text/html; charset={charset}", "", text.encode(codec))
    assert bodies(found) == (text, None)
    assert bool(found.notes) == ((charset, codec) not in [("iso-8859-1", "latin-1"), ("iso-2022-jp", "iso2022_jp")])


def test_broken_base64_gives_what_there_is_and_a_note() -> None:
    body = base64.b64encode(b"<p>Hello, reader").decode()[:-3]
    found = read("Subject: Hi", "Content-Type: text/html", "Content-Transfer-Encoding: base64", "", f"{body}!")
    assert found.html and found.html.text.startswith("<p>Hello")
    assert any("base64" in note for note in found.notes)


def test_a_boundary_that_is_missing_or_never_closed() -> None:
    alternative = multipart("alternative", "b", PLAIN, HTML)
    unclosed = read("Subject: Hi", alternative.replace("--b--", ""))
    assert bodies(unclosed) == ("<p>marked words", "plain words")
    assert "cut off" in unclosed.notes[0]
    unnamed = read("Subject: Hi", alternative.replace('; boundary="b"', ""))
    assert bodies(unnamed) == ("<p>marked words", "plain words")
    wrong = read("Subject: Hi", alternative.replace('boundary="b"', 'boundary="other"'))
    assert wrong.plain is not None
    assert "never there" in wrong.notes[0]


def test_an_empty_text_part_is_there_and_empty() -> None:
    found = read("Subject: Hi", multipart("alternative", "b", PLAIN.replace("plain words", ""), HTML))
    assert bodies(found) == ("<p>marked words", "")


def test_headers_decoded_with_the_line_they_begin_on() -> None:
    found = read(
        "Received: from a",
        "\tby b",
        "Subject: =?utf-8?q?Save_your?= =?utf-8?b?IHNlYXQ=?=",
        "  today",
        "From: =?iso-8859-1?q?Andr=E9=2C_Acme?= <a@acme.example>",
        b"X-Raw: caf\xe9",
        "X-Broken: =?utf-8?b?!!!",
        "Subject: second",
        "",
        "Subject: of the body",
    )
    assert found.headers is not None
    assert [(h.name, h.value, h.where.line, h.where.part) for h in found.headers] == [
        ("Received", "from a by b", 1, "headers"),
        ("Subject", "Save your seat today", 3, "headers"),
        ("From", "André, Acme <a@acme.example>", 5, "headers"),
        ("X-Raw", "café", 6, "headers"),
        ("X-Broken", "=?utf-8?b?!!!", 7, "headers"),
        ("Subject", "second", 8, "headers"),
    ]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"   \n", b"From a@acme.example Mon Jan  1 00:00:00 2026\n"])
def test_what_programs_write_before_the_first_header(before: bytes) -> None:
    raw = before + HEAD + b"Content-Type: text/html\r\n\r\n<p>x"
    assert is_message(raw)
    found = read_message("a", raw)
    assert bodies(found) == ("<p>x", None)
    assert found.headers is not None
    assert [h.name for h in found.headers] == ["From", "Subject", "MIME-Version", "Content-Type"]
    assert found.headers[0].where.line == 1 + before.count(b"\n")


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>", b"<p>From: a\nSubject: b", b"Hello: you\nthere: is", b"Dear reader,\nSubject: x", b"\n" * 99],
)
def test_what_is_no_message(raw: bytes) -> None:
    assert not is_message(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b" \r\n", "is empty"),
        (HEAD + b"Content-Type: image/png\r\n\r\nx", "neither HTML nor text to read, only attachments: image/png"),
        (HEAD + b"Content-Type: application/ms-tnef\r\n\r\nx", "winmail.dat"),
        (b"X: y\n" * 300_000, "headers of more than 1 MB"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n\nx\n" * 30_000, "too many parts"),
    ],
)
def test_where_there_is_nothing_to_read_or_too_much(raw: bytes, said: str) -> None:
    with pytest.raises(Fault, match=said):
        read_message("a.eml", raw)


def test_nesting_that_has_no_end_is_a_fault() -> None:
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1500))
    for hostile in (levels, "Content-Type: message/rfc822\n\n" * 1500):
        with pytest.raises(Fault, match="too deep"):
            read_message("a.eml", f"Subject: x\n{hostile}Content-Type: text/plain\n\nx".encode())


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: text/html; charset*=%00''x",
        b'Content-Type: text/html; charset="\0"',
        b'Content-Type: multipart/mixed; charset="\0"',
        b"Content-Type: text; boundary=",
        b'Content-Type: multipart/mixed; boundary="\xff"',
        b"Content-Type: text/html" + b'; a="' * 2000,
        b"Subject: " + b"=?utf-8?q?a?= " * 3000,
        b"Subject: " + b"=?a?q?" * 20_000,
        b"Content-Transfer-Encoding: \xff\0",
        b"Content-Disposition: =?x?=; filename*0*=''%",
    ],
)
def test_hostile_headers_break_nothing(line: bytes) -> None:
    found = read_message("a.eml", b"Subject: x\r\n" + line + b"\r\n\r\n\xe9--\0\r\n\r\nbody")
    assert found.html or found.plain


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    assert unwrapped("=?utf-7?q?+2AA-?= x") == "� x"


def test_a_part_that_unpacks_to_more_than_can_be_read_is_a_fault() -> None:
    packed = base64.encodebytes(b"<p>" * (MOST_TAGS + 1))
    with pytest.raises(Fault, match=r"html part of .* more than 300,000 tags"):
        read("Subject: x", "Content-Type: text/html", "Content-Transfer-Encoding: base64", "", packed)


def test_a_header_that_never_ends_is_cut() -> None:
    found = read('Content-Type: text/html; x="' + ";" * 900_000, "Subject: a", "", "<p>x</p>")
    assert (bodies(found)[0] or "").strip() == "<p>x</p>"
    assert max(len(header.value) for header in found.headers) <= LONGEST_HEADER


def other(words: str, kind: str = "text/html", cid: str = "") -> str:
    return f"Content-Type: {kind}; charset=utf-8\r\n{f'Content-ID: <{cid}>' if cid else 'X-A: b'}\r\n\r\n{words}"


@pytest.mark.parametrize(
    "body",
    [
        multipart("alternative", "a", PLAIN, other("<p>first"), HTML),
        multipart("alternative", "a", PLAIN, multipart("related", "r", other("<p>first"), PICTURE), HTML),
        multipart("alternative", "a", PLAIN, multipart("alternative", "b", other("<p>first"), HTML)),
        multipart("alternative", "a", PLAIN, HTML, other("<p>last", "application/xhtml+xml")),
        multipart("alternative", "a", PLAIN, HTML, other("<p>last", "text/x-amp-html")),
        multipart("related", "r", other("<p>first"), other("<p>marked words", cid="x"), PLAIN).replace(
            "/related;", '/related; start="<x>";'
        ),
        multipart("mixed", "m", multipart("alternative", "a", PLAIN, HTML), other("<p>below")),
        multipart("alternative", "a", HTML, PLAIN),
    ],
)
def test_of_several_versions_the_last_that_is_understood_is_read(body: str) -> None:
    found = read("Subject: Hi", body)
    assert bodies(found)[0] == "<p>marked words"
    assert [part.content_type for part in found.further] == [
        each.content_type for each in found.attachments if each.content_type.endswith(("html", "xml"))
    ]


def test_xhtml_is_read_where_there_is_no_html() -> None:
    assert bodies(
        read("Subject: Hi", multipart("alternative", "a", PLAIN, other("<p>only", "application/xhtml+xml")))
    ) == (
        "<p>only",
        "plain words",
    )
