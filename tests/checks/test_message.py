"""Plain-text part, size and characters of a message."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes as told_codes

HTML = "<p>Save your seat for the spring webinar.</p>"


def message(
    html: str = HTML, plain: str | None = "Save your seat for the spring webinar.", subject: str = "Hello"
) -> bytes:
    parts = [("text/plain", plain)] if plain is not None else []
    body = "".join(
        f"--b\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
        for kind, text in [*parts, ("text/html", html)]
    )
    head = f"Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    return f"{head}{body}--b--\r\n".encode()


def test_a_plain_text_part_that_says_something() -> None:
    assert run_check("plain-text", email={}, build=message()).outcome is Outcome.PASSED
    assert (
        run_check("plain-text", email={}, build=HTML, plain="Save your seat for the webinar.").outcome is Outcome.PASSED
    )
    assert run_check("plain-text", email={}, build=message(plain="{{my.Text}}")).outcome is Outcome.PASSED


def test_html_alone_shows_no_text_part() -> None:
    answer = run_check("plain-text", email={}, build=HTML)
    assert answer.outcome is Outcome.SKIPPED


def test_a_message_without_a_plain_text_part() -> None:
    assert run_check("plain-text", email={}, build=message(plain=None)).codes == ["missing-plain-text"]


@pytest.mark.parametrize("plain", ["", "   ", "Text"])
def test_a_plain_text_part_that_says_nothing(plain: str) -> None:
    assert run_check("plain-text", email={}, build=message(plain=plain)).codes == ["empty-plain-text"]


@pytest.mark.parametrize(
    ("size", "codes"),
    [(1_000, []), (92_000, []), (92_300, ["near-clipping"]), (102_300, ["near-clipping"]), (102_500, ["clipped"])],
)
def test_size(size: int, codes: list[str]) -> None:
    assert run_check("message-size", email={}, build="<p>x</p>".ljust(size)).codes == codes


def test_size_is_counted_in_bytes() -> None:
    (finding,) = run_check("message-size", email={}, build="<p>" + "é" * 52_000 + "</p>").findings
    assert (finding.code, finding.actual) == ("clipped", "104 KB")
    assert finding.where is not None and finding.where.offset is not None and finding.where.offset < 52_000


@pytest.mark.parametrize(
    "text",
    [
        "Café, naïve, “don’t” – 49 €",
        "MAÇÃ, NÃO, PÃO, ÂGE, IRMÃ",
        "«CAFÉ» och på Å…",
        "Ângela, Ärzte, Şık, Žluťoučký, Ďakujem",
        "Привет, Юникод. Ελλάδα. 日本語。",
        "Đặt chỗ ngay hôm nay. ÂM NHẠC",
        "10 °C · 2 × 3 · © Acme® ™",
    ],
)
def test_letters_that_are_meant(text: str) -> None:
    build = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    assert run_check("encoding", email={}, build=build).codes == []


@pytest.mark.parametrize(
    "text",
    [
        "Café am Markt",
        "don’t",
        "über",
        "49 €",
        "“quoted”",
        "señor",
        "• one",
        "Привет",
        "Καλημέρα",
        "🎉",
        "日本語で",
        "a\u00a0b",
    ],
)
def test_letters_that_were_garbled(text: str) -> None:
    garbled = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in text.encode()
    )
    build = f'<html><head><meta charset="utf-8"></head><body><p>{garbled}</p></body></html>'
    answer = run_check("encoding", email={}, build=build)
    assert answer.codes == ["garbled-text"]
    assert run_check("encoding", page={}, build=build).codes == ["garbled-text"]


def test_what_was_meant_is_said_once() -> None:
    (finding,) = run_check("encoding", email={}, build="<p>CafÃ© CafÃ© donâ€™t</p>").findings
    assert finding.message == "The text shows “Ã©” for “é”, “â€™” for “’” in 3 places."
    assert finding.where is not None and finding.where.column == 7


def test_lost_letters() -> None:
    (finding,) = run_check("encoding", email={}, build="<p>Caf�</p>").findings
    assert (finding.code, finding.actual) == ("garbled-text", "�")


def test_signs_that_stand_for_nul_are_no_lost_letters() -> None:
    assert run_check("encoding", email={}, build=b"<p>Hello</p>\0\0\0").codes == []
    assert run_check("encoding", email={}, build="<p>Caf�</p>\0").codes == ["garbled-text"]


def test_a_subject_that_was_never_encoded_is_garbled_without_a_guess() -> None:
    raw = b"Subject: \xc1\xd6\xb8\xbb\xc6\xaf\xb0\xa1 \xc4\xb2\xc0\xcf\nContent-Type: text/html\n\n<p>Hello</p>"
    messages = [finding.message for finding in run_check("encoding", email={}, build=raw).findings]
    assert all(" for “" not in message for message in messages)


def test_a_wrong_label_on_both_parts_is_one_finding() -> None:
    text = "Für Ihr Café über Grünwald: müßig, schön, Äpfel".encode("cp1252")
    part = b"--b\nContent-Type: text/%b; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%b\n"
    head = b"Subject: Hello\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
    build = head + part % (b"plain", text) + part % (b"html", b"<p>" + text + b"</p>") + b"--b--\n"
    assert run_check("encoding", email={}, build=build).codes == ["contradicting-encoding"]


def test_a_garbled_subject_line() -> None:
    answer = run_check("encoding", email={}, build=message(subject="=?utf-8?q?Caf=C3=83=C2=A9?="))
    assert [finding.message for finding in answer.findings] == ["The Subject shows “Ã©” for “é”: “CafÃ©”."]


def test_a_declaration_that_does_not_fit() -> None:
    text = "Für Ihr Café über Grünwald: müßig, schön, Äpfel".encode("cp1252")
    build = b'<html><head><meta charset="utf-8"></head><body><p>' + text + b"</p></body></html>"
    answer = run_check("encoding", email={}, build=build)
    assert answer.codes == ["contradicting-encoding"]


@pytest.mark.parametrize(
    "text",
    ["a=1, b=2 and c=C3", "x=20 and y=3D", '<a href="https://a.example/?view=3D&amp;b=2">Look</a>', "E=mc2; F=9A"],
)
def test_equals_signs_that_are_meant(text: str) -> None:
    assert run_check("encoding", email={}, build=f"<p>{text}</p>").codes == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The caf=C3=A9 opens at nine =E2=80=93 come early.", "“=C3=A9” for “é”"),
        ("F=C3=BCr Sie: =F0=9F=8E=89", "“=C3=BC” for “ü”"),
        ('<span style=3D"color:red">Now</span>', "never decoded"),
        ('<a href="https://a.example/?utm_source=3Dnews&amp;utm_medium=3Demail">Now</a>', "never decoded"),
        (f"{'Join us for forty minutes on planning in spring, and bring a frie='}\n" * 3, "never decoded"),
    ],
)
def test_quoted_printable_that_was_never_decoded(text: str, says: str) -> None:
    build = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    (finding,) = run_check("encoding", email={}, build=build).findings
    assert finding.code == "garbled-text"
    assert says in finding.message


def test_copy_that_was_never_decoded_is_told_once() -> None:
    asked = {"copy": ["Das Café öffnet um neun."]}
    build = '<html><head><meta charset="utf-8"></head><body><p>Das Caf=C3=A9 =C3=B6ffnet um neun.</p></body></html>'
    assert told_codes("encoding", "copy", email=asked, build=build) == ["garbled-text"]


@pytest.mark.parametrize(
    "head", ['<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">']
)
def test_a_page_that_says_its_character_set(head: str) -> None:
    build = f"<!doctype html><html><head>{head}</head><body><p>Café</p></body></html>"
    assert run_check("encoding", page={}, build=build).codes == []


def test_a_page_that_does_not_say_its_character_set() -> None:
    build = "<!doctype html><html><head><title>A</title></head><body><p>{}</p></body></html>"
    assert run_check("encoding", page={}, build=build.format("Café")).codes == ["undeclared-encoding"]
    assert run_check("encoding", page={}, build=build.format("Caf&eacute;")).codes == []
    assert run_check("encoding", email={}, build=build.format("Café")).codes == []


@pytest.mark.parametrize(
    "build",
    [
        message(),
        message(html=f"<p>{'x' * 991}</p>"),  # 998 bytes
        "<p>" + "x" * 2000 + "</p>",  # no message: what sends it breaks its lines
        b"Received: from a.example\r\n" + message(html=f"<p>{'x' * 1200}</p>"),  # it came through
    ],
)
def test_lines_that_servers_take(build: str | bytes) -> None:
    assert run_check("message-lines", email={}, build=build).codes == []


@pytest.mark.parametrize(
    ("build", "line"),
    [
        (message(html=f"<p>{'x' * 992}</p>"), 14),
        (message(html=f"<p>Hi</p>\r\n<p>{'ü' * 500}</p>"), 15),  # bytes, not letters
        (message(plain="wort " * 300), 9),
        (message(html=f"<p>Hi</p>\n{'<p>x</p>' * 200}\n\n{'<p>x</p>' * 200}"), 15),
        (message(subject="Hello " * 200), 1),
    ],
)
def test_a_line_that_servers_break(build: bytes, line: int) -> None:
    (finding,) = run_check("message-lines", email={}, build=build).findings
    assert finding.code == "long-line"
    assert finding.where is not None and finding.where.line == line
