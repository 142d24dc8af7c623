"""Characters that a label covers in every browser and not in Python's codec for it; and labels that nobody wrote."""

from __future__ import annotations

import pytest

from qa.build.decoding import decode
from qa.testing import run_check

WORDS = "①春のご案内です。㈱谷川、四十分でわかる計画づくり。"


def _jis(text: str) -> list[tuple[int, int]]:
    """Places in JIS X 0208 with the additions of NEC, by way of Shift_JIS."""
    places = []
    for lead, trail in (sign.encode("cp932") for sign in text):
        row, late = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + 0x21, trail >= 0x9F
        places.append((row + late, trail - 0x7E if late else trail - (0x1F if trail < 0x80 else 0x20)))
    return places


SHIFTED = b"\x1b$B" + b"".join(map(bytes, _jis(WORDS))) + b"\x1b(B"
HIGH = b"".join(bytes((row + 0x80, cell + 0x80)) for row, cell in _jis(WORDS))


@pytest.mark.parametrize(
    ("raw", "label", "text"),
    [
        (SHIFTED, "iso-2022-jp", WORDS),
        (HIGH, "euc-jp", WORDS),
        ("價格 €5".encode("cp950"), "big5", "價格 €5"),
        (f"{WORDS * 4}".encode("cp932") + b"\xfd\xfd", "shift_jis", WORDS * 4),
    ],
)
def test_a_declared_set_is_not_given_up_for_one_character(raw: bytes, label: str, text: str) -> None:
    found = decode("a.html", b"<p>" + raw + b"</p>", label)
    assert text in found.text and "says" not in found.note


@pytest.mark.parametrize("label", ["", "utf-8", "us-ascii"])
def test_japanese_in_seven_bits_is_read_and_told(label: str) -> None:
    meta = f'<meta charset="{label}">'.encode() if label else b""
    build = b"<html><head>" + meta + b"</head><body><p>" + SHIFTED + b"</p></body></html>"
    assert WORDS in decode("a.html", build).text
    answer = run_check("encoding", email={}, build=build)
    assert answer.codes == ["contradicting-encoding" if label else "unreadable-encoding"]
    assert "ISO-2022-JP" in answer.findings[0].message


def test_seven_bits_of_a_declared_set_are_no_fault() -> None:
    build = b'<html><head><meta charset="iso-2022-jp"></head><body><p>' + SHIFTED + b"</p></body></html>"
    assert run_check("encoding", email={}, build=build).codes == []
    assert run_check("encoding", email={}, build=b"<p>It costs \x1b$5</p>").codes == []
