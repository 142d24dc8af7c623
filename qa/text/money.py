"""Prices, percentages and promo codes that a text names. Decimal signs are told from thousands by their shape.

Currency codes: https://www.iso.org/iso-4217-currency-codes.html; signs and words are in qa/data/money.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qa.facts import compiled, facts
from qa.text.likeness import slips_between

_NUMBER = (
    r"(?<![\d.,])(?:\d{1,2}(?:,\d\d){1,3},\d{3}(?!\d)"  # 1,49,999: lakhs
    r"|\d{1,3}(?>(?:[ .,']\d{3}){1,4})(?:[.,]\d{1,2})?(?!\d)|\d{1,12}+(?!\d)(?:[.,]\d{1,2}(?!\d))?)"
)
_AMOUNT = re.compile(_NUMBER)
_ROUND = re.compile(r"[.,:]-{1,2}(?![\d-])")  # 45,- is a price without its currency
_UP_TO = re.compile(rf"-(?={_NUMBER}(?![\w.:/-]))")  # behind the first of two amounts, no space between
_FROM = re.compile(rf"(?<![\w.:/-]){_NUMBER}\s?-\s?$")
_ROUND_ONE = ",-"
_LONGEST = 7  # characters of a sign and the space behind it
_LONGEST_SPAN = 12  # characters of the first amount of a span: 1.299,00 -
_DECIMALS = re.compile(r"[.,](\d{1,2})$")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{3,}+(?!\w)")
_LONGEST_CODE = 26  # longer ones are keys and hashes
_CODE_ALONE = re.compile(r"[A-Z]{2,14}\d{1,4}")
_BETWEEN = r"""[\s:"“„«'»*>-]{1,4}(?:is[\s:"“'*]{1,3})?"""
_SHORTEST_SLIP = 7  # letters of a code that is a word: shorter words in capitals may be others
_LABEL = 40  # characters in front of a code in which its label stands


@dataclass(frozen=True, slots=True)
class Price:
    """An amount of a currency: ``KR`` is any krone, ``$`` any dollar or peso, "" any; ",-" is left out, as in 45,-."""

    amount: Decimal
    currency: str

    def same(self, other: Price) -> bool:
        return self.amount == other.amount and self.comparable(other)

    def comparable(self, other: Price) -> bool:
        """Whether both can be of one currency."""
        mine, yours = self.currency, other.currency
        if mine == yours:
            return True
        words = facts("money")["words"]
        if _ROUND_ONE in (mine, yours):
            return (yours if mine == _ROUND_ONE else mine) in ("", *words["round"])
        if not (mine and yours):
            return True
        dollars = words["dollars"]
        return "$" in (mine, yours) and mine in dollars and yours in dollars


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share of a hundred."""

    amount: Decimal

    def same(self, other: Percentage) -> bool:
        return self == other


@dataclass(frozen=True, slots=True)
class PromoCode:
    """A word to type at the till. ``labelled``: the text calls it a code."""

    word: str
    labelled: bool = False

    def same(self, other: PromoCode) -> bool:
        return self.word.casefold() == other.word.casefold()


def prices(text: str, language: str = "") -> Iterator[tuple[int, int, Price]]:
    """Every price a `flat` text names, with where it starts and ends; sums in millions are none, a span gives both."""
    signs = _signs(language.lower().partition("-")[0])
    lowered, taken = text.lower(), 0
    for number in _AMOUNT.finditer(lowered):
        start, end = number.span()
        if start < taken:
            continue  # the last of a span
        sign = signs.beside(lowered, max(taken, start - _LONGEST), start, end)
        if sign is None:
            if end < len(text) and (round_ := _ROUND.match(lowered, end)):
                taken = round_.end()
                yield start, taken, Price(amount(number[0]), _ROUND_ONE)
            continue
        if signs.scale.match(lowered, max(end, sign.end())):
            continue
        if not signs.is_meant(sign[1], text[sign.start(1) : sign.end(1)]):
            continue
        currency = signs.currencies[sign[1]]
        behind = sign.start(1) >= end
        first = _FROM.search(lowered, max(taken, start - _LONGEST_SPAN), start) if behind else None
        if first:
            written = first[0].rstrip(" -")
            yield first.start(), first.start() + len(written), Price(amount(written), currency)
        start, end = min(start, sign.start(1)), max(end, sign.end(1))
        taken = end
        yield start, end, Price(amount(number[0]), currency)
        if not behind and _UP_TO.match(lowered, end) and (last := _AMOUNT.match(lowered, end + 1)):
            taken = last.end()
            yield end + 1, taken, Price(amount(last[0]), currency)


def percentages(text: str) -> Iterator[tuple[int, int, Percentage]]:
    """Every percentage a `flat` text names, with where it starts and ends."""
    for found in _percentages().finditer(text.lower()):
        yield found.start(), found.end(), Percentage(amount(found[1] or found[2]))


def promo_codes(text: str) -> Iterator[tuple[int, int, PromoCode]]:
    """Every word that is called a code, and every word in capitals that ends in figures, as SPRING26 does."""
    for found in _CODE.finditer(text):
        start, word = found.start(), found[0].rstrip("-_")
        if not 4 <= len(word) <= _LONGEST_CODE:
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "_-/#=.&"):
            continue
        label = None if word.isdigit() else _labelled().search(text, max(0, start - _LABEL), start)
        if label and not (word.isalpha() and label[1].isupper()):  # «USE CODE BELOW»
            yield start, start + len(word), PromoCode(word, labelled=True)
        elif _CODE_ALONE.fullmatch(word):
            yield start, start + len(word), PromoCode(word)


def slipped_codes(text: str, codes: Iterable[str]) -> Iterator[tuple[int, int, PromoCode]]:
    """Every word in capitals that is one of these codes but for one slip of the keys: a letter swapped, lost, doubled.

    With an ending more or less, a code that is a word is another form of that word.
    """
    known = {code.upper() for code in codes}
    long = [code for code in known if len(code) >= (_SHORTEST_SLIP if code.isalpha() else 5)]
    if not long:
        return
    for found in _CODE.finditer(text):
        word = found[0].rstrip("-_")
        start = found.start()
        inside = start and (text[start - 1].isalnum() or text[start - 1] in "_-/#=.&")
        if word in known or word.isdigit() or inside:
            continue
        if any(_is_slip(word, code) for code in long):
            yield start, start + len(word), PromoCode(word)


def _is_slip(word: str, code: str) -> bool:
    if abs(len(word) - len(code)) > 1 or (code.isalpha() and (word.startswith(code) or code.startswith(word))):
        return False
    return slips_between(word, code, 1) == 1


def amount(written: str) -> Decimal:
    """The number that is meant: 1,299 and 1.299 and 1 299 are the same, 12,99 and 12.99 as well."""
    found = _DECIMALS.search(written)
    whole = written[: found.start()] if found else written
    return Decimal(re.sub(r"\D", "", whole) + (f".{found[1]}" if found else ""))


@dataclass(frozen=True, slots=True)
class _Signs:
    currencies: dict[str, str]
    codes: frozenset[str]  # they count in capitals alone
    front: re.Pattern[str]
    behind: re.Pattern[str]
    scale: re.Pattern[str]
    edges: frozenset[str]  # the characters of a sign that stand next to the amount: they spare most searches

    def is_meant(self, sign: str, written: str) -> bool:
        """Whether it is no word: «try 2», «all 30», «an RS 6»."""
        if sign in facts("money")["words"]["capitalised"]:
            return written.istitle()
        return sign not in self.codes or written.isupper()

    def beside(self, text: str, first: int, start: int, end: int) -> re.Match[str] | None:
        """The sign in front of an amount, else the one behind it."""
        if text[max(first, start - 2) : start].rstrip()[-1:] in self.edges and (
            found := self.front.search(text, first, start)
        ):
            return found
        near = text[end : end + 4].lstrip(" .,:-")[:1]
        return self.behind.match(text, end) if near in self.edges else None


@cache
def _signs(language: str) -> _Signs:
    table = facts("money")
    words = table["words"]
    elsewhere = {sign for sign, own in table["language_only"].items() if own != language}
    found = {sign: code for code, signs in table["signs"].items() for sign in signs if sign not in elsewhere}
    ordered = sorted(found, key=len, reverse=True)
    front = "|".join(_bounded(sign, "front") for sign in ordered if sign not in words["behind_only"])
    behind = "|".join(_bounded(sign, "behind") for sign in ordered if sign not in words["in_front_only"])
    return _Signs(
        found,
        frozenset(sign for sign in found if len(sign) == 3 and sign.isascii() and sign.isalpha() and sign != "lei"),
        compiled(rf"({front})\s?$"),
        compiled(rf"(?:[.,:]-{{1,2}})?\s?({behind})"),
        compiled(rf"\s?(?:{'|'.join(sorted(words['scale'], key=len, reverse=True))})\b"),
        frozenset(character for sign in found for character in (sign[0], sign[-1])),
    )


def _bounded(sign: str, side: str) -> str:
    """A sign that ends in a letter ends a word."""
    before = r"(?<![^\W\d])" if sign[0].isalpha() else ""
    after = r"(?![^\W\d])" if sign[-1].isalpha() and side == "behind" else ""
    return before + re.escape(sign) + after


@cache
def _percentages() -> re.Pattern[str]:
    words = "|".join(
        re.escape(word) + (r"(?!\w)" if word[-1].isalpha() else "") for word in facts("money")["words"]["percent"]
    )
    return compiled(rf"(?<![\w.,%])(\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?(?:{words})|(?<![\w%])%\s?(\d{{1,3}})(?![\w%])")


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, sorted(facts("money")["words"]["code"], key=len, reverse=True)))
    return compiled(rf"(?<!\w)({labels}){_BETWEEN}$", re.IGNORECASE)
