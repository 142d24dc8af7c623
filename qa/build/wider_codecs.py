"""Characters that browsers read under an East Asian label and Python's codec for it does not know: ①, ㈱, €.

https://encoding.spec.whatwg.org/#indexes: the index of JIS X 0208 has the additions of NEC and IBM, that of Big5 the €;
https://encoding.spec.whatwg.org/#gb18030-decoder: one byte, 0x80, is the € of Chinese Windows.
"""

from __future__ import annotations

import codecs

WIDER = "qa-wider"  # the name of an error handler of codecs: it raises where browsers read nothing either


def _wider(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    pair = error.object[error.start : error.start + 2]
    family = error.encoding.replace("-", "_").lower()
    if family.startswith("gb") and pair[0] == 0x80:
        return "€", error.start + 1
    if len(pair) == 2 and (read := _read(pair, family)):
        return read, error.start + 2
    raise error


def _read(pair: bytes, family: str) -> str:
    """What browsers read in two bytes; "" for nothing."""
    first, second = pair
    try:
        if family.startswith("iso2022_jp") and 0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E:
            return _shifted(first, second).decode("cp932")
        if family in ("euc_jp", "eucjp") and first >= 0xA1 and second >= 0xA1:
            return _shifted(first - 0x80, second - 0x80).decode("cp932")
        return pair.decode("cp950") if family.startswith("big5") else ""
    except UnicodeDecodeError:
        return ""


def _shifted(row: int, cell: int) -> bytes:
    """A place in JIS X 0208 as Shift_JIS writes it."""
    lead = (row - 0x21) // 2 + (0x81 if row < 0x5F else 0xC1)
    trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
    return bytes((lead, trail))


codecs.register_error(WIDER, _wider)
