"""The files of a build are read, whatever they are encoded in, and what cannot be read gets one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Parts
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.build.decoding import LARGEST_HTML, MOST_TAGS, codec_of, decode
from qa.build.source import WebBag
from qa.finding import Fault, Skip
from qa.gather.parts import parts
from qa.profile.model import Profile


def gathered(folder: Path, name: str, content: bytes, plain: bytes | None = None) -> Parts:
    (folder / name).write_bytes(content)
    if plain is not None:
        (folder / "plain.txt").write_bytes(plain)
    bag = FolderBag(folder)
    return parts(
        Asset("email", "a", folder, bag.file(name), bag.file("plain.txt") if plain is not None else None), Profile()
    )


def html(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><p>{text}</p>'


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        ("<p>café".encode(), "<p>café", "utf-8"),
        (b"\xef\xbb\xbf<p>caf\xc3\xa9", "<p>café", "utf-8"),
        ("<p>é".encode("utf-16"), "<p>é", "utf-16-le"),
        (b"\xfe\xff" + "<p>é".encode("utf-16-be"), "<p>é", "utf-16-be"),
        ("<p>é".encode("utf-32"), "<p>é", "utf-32-le"),
        *(
            (html(charset, text).encode(codec), html(charset, text), encoding)
            for charset, codec, text, encoding in [
                ("utf-8", "utf-8", "日本語", "utf-8"),
                ("iso-8859-1", "cp1252", "“café” — 5 €", "windows-1252"),
                ("windows-1251", "cp1251", "Привет", "windows-1251"),
                ("koi8-r", "koi8-r", "Привет", "koi8-r"),
                ("gb2312", "gb2312", "中文内容", "gb18030"),
                ("shift_jis", "cp932", "日本語①", "windows-932"),
                ("iso-2022-jp", "iso2022_jp", "日本語", "iso-2022-jp"),
                ("euc-kr", "cp949", "한국어", "windows-949"),
                ("big5", "big5", "中文內容", "big5hkscs"),
            ]
        ),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=latin1"><p>\x80', None, "windows-1252"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><p>\xb1', None, "iso8859-2"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="latin1"><p>\xe9', None, "windows-1252"),
    ],
)
def test_what_is_declared_is_decoded_without_a_note(raw: bytes, text: str | None, encoding: str) -> None:
    source = decode("a.html", raw)
    assert (source.encoding, source.note) == (encoding, "")
    assert text is None or source.text == text


def test_the_header_comes_before_the_meta() -> None:
    source = decode("a.html", html("utf-8", "Привет").encode("koi8-r"), "koi8-r")
    assert "Привет" in source.text
    assert source.note == "<meta> says “utf-8”, but the text is in KOI8-R."


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii", "gb2312"])
def test_utf8_that_is_declared_as_something_else(declared: str) -> None:
    source = decode("a.html", html(declared, "crème brûlée à la carte").encode())
    assert "crème brûlée" in source.text
    assert source.note == f"<meta> says “{declared}”, but the text is in UTF-8."


def test_latin_text_that_is_declared_as_utf8() -> None:
    source = decode("a.html", html("utf-8", "café").encode("cp1252"))
    assert "café" in source.text
    assert "as far as can be guessed" in source.note


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    source = decode("a.html", html("utf-8", "café crème").encode() + b"\xff")
    assert source.text.endswith("�")
    assert "café crème" in source.text
    assert source.note == "1 place cannot be read as UTF-8; a reader sees “�” there."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Grüße aus München, schöne Straße, größer, Übung", "cp1252"),
        ("Привет, это письмо о весеннем вебинаре", "cp1251"),
        ("日本語テストです。これは長い文章です", "cp932"),
    ],
)
def test_what_nobody_declares_is_guessed_with_a_note(text: str, codec: str) -> None:
    source = decode("a.html", f"<p>{text}</p>".encode(codec))
    assert source.text == f"<p>{text}</p>"
    assert "a guess" in source.note


def test_utf16_without_a_mark_and_a_charset_nobody_knows() -> None:
    assert decode("a.html", "<p>hello".encode("utf-16-le")).text == "<p>hello"
    assert (
        decode("a.html", html("klingon", "é").encode()).note == "<meta> says “klingon”, a character set nobody knows."
    )


def test_nul_characters_amid_markup_are_shown_as_what_they_are() -> None:
    source = decode("a.html", b"<html><p>Hello, dear reader\0\0</p>")
    assert source.text == "<html><p>Hello, dear reader��</p>"
    assert "NUL" in source.note


@pytest.mark.parametrize("label", ["base64", "rot13", "unicode_escape", "idna", "zip", "nonsense", "", "\0"])
def test_labels_that_are_no_character_set(label: str) -> None:
    assert codec_of(label) == ""


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "a.html is empty."),
        (b" \r\n", "a.html is empty."),
        (b"\x89PNG\r\n\x1a\n", "a.html is not HTML: it is a PNG picture."),
        (b"%PDF-1.7 ...", "a.html is not HTML: it is a PDF document."),
        (b"PK\x03\x04...", "a.html is not HTML: it is a ZIP archive or an Office document."),
        (bytes(range(256)) * 9, "a.html is not HTML: it is a binary file."),
        (b"a" * (LARGEST_HTML + 1), "a.html is 5.0 MB large; the limit is 5 MB"),
        (b"<p>" * (MOST_TAGS + 1), "a.html holds more than 300,000 tags;"),
    ],
)
def test_what_is_no_html_gets_one_clear_line(raw: bytes, fault: str) -> None:
    with pytest.raises(Fault) as raised:
        decode("a.html", raw)
    assert str(raised.value).startswith(fault)


def test_hostile_markup_is_decoded_in_one_pass() -> None:
    for raw in (
        b"<meta " * 100_000,
        b"<!--" * 200_000,
        b'<meta charset="' * 50_000,
        b"<meta charset=utf-8>" + b"\xe9" * 10**6,
    ):
        assert decode("a.html", raw).text


def test_an_html_file(tmp_path: Path) -> None:
    found = gathered(tmp_path, "a.html", b"<p>one\r\n<p>two")
    assert found.html is not None
    assert found.plain is None
    assert found.headers is None
    place = found.html.place(found.html.text.index("two"))
    assert (place.file, place.line, place.column, place.part) == ("a.html", 2, 4, "")


def test_plain_text_from_a_file_of_its_own_even_an_empty_one(tmp_path: Path) -> None:
    found = gathered(tmp_path, "a.html", b"<p>one", "Zwölf".encode("cp1252"))
    assert found.plain is not None
    assert (found.plain.file, found.plain.text) == ("plain.txt", "Zwölf")
    assert "a guess" in found.notes[0]
    empty = gathered(tmp_path, "a.html", b"<p>one", b"")
    assert empty.plain is not None
    assert empty.plain.text == ""


def test_a_text_file_alone_is_plain_text_only(tmp_path: Path) -> None:
    found = gathered(tmp_path, "a.txt", b"<p> is how a paragraph begins")
    assert found.html is None
    assert found.plain is not None


def test_a_message_is_known_by_its_content(tmp_path: Path) -> None:
    raw = b"From: a@acme.example\nSubject: x\nContent-Type: text/html\n\n<p>Hi"
    for name in ("a.eml", "a.html", "m001", "a.txt"):
        found = gathered(tmp_path, name, raw)
        assert found.html is not None
        assert (found.html.text, found.html.part) == ("<p>Hi", "html")
        assert found.headers is not None


@pytest.mark.parametrize(
    ("name", "size", "said"), [("a.html", 51_000_000, "51.0 MB"), ("a.html", 0, "empty"), ("a.txt", 0, "empty")]
)
def test_files_that_are_too_long_or_empty(tmp_path: Path, name: str, size: int, said: str) -> None:
    file = tmp_path / name
    with file.open("wb") as sparse:
        sparse.truncate(size)
    with pytest.raises(Fault, match=said):
        parts(Asset("email", "a", tmp_path, FolderBag(tmp_path).file(file.name)), Profile())


def test_a_fault_of_the_asset_and_a_file_that_has_gone(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="said before"):
        parts(Asset("email", "a", tmp_path, fault="said before"), Profile())
    with pytest.raises(Fault, match=r"a\.html is not there"):
        parts(Asset("email", "a", tmp_path, FolderBag(tmp_path).file("a.html")), Profile())


def test_nothing_is_fetched_without_online(tmp_path: Path) -> None:
    with pytest.raises(Skip, match="--online"):
        parts(Asset("page", "a", tmp_path, WebBag("http://localhost:9/").file("http://localhost:9/")), Profile())


def test_halves_of_surrogate_pairs_are_replaced() -> None:
    found = decode("a.txt", b"a +2AA- b", "utf-7", html=False)
    assert found.text == "a � b"
    assert "cannot be read" in found.note
