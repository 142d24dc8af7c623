"""Days that a text names, in the ways of some thirty languages.

The names are those of the Unicode CLDR, https://cldr.unicode.org; qa/data/dates.toml holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from qa.facts import compiled, facts

_FLAT = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-"}
    | {"’": "'", "‘": "'", "ʼ": "'", "İ": "i"}
)
_ORDINAL = r"(?:st|nd|rd|th|er|re|ero|\.?[ºª°]|\.|:?e|-?[ея]|-?го)?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
PASSAGE = "\1"  # stands between two passages of a text: no letter, no space, nothing left out as unseen
_NEAR = 26  # characters in front of a date and behind it in which its weekday stands

_YEAR_ALONE = re.compile(r"(?<![\w.,/-])20\d\d(?![\w/]|[.,:-]\d)")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th|\.|º|ª)?(?: de| of)? ?$")
_NAME = re.compile(r"(?<![\w-])([A-ZÀ-ÖØ-ÞΑ-ΩА-Я][^\W\d_]{3,}) $")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a text names it. ``either``: in figures that can be read with the day or the month in front."""

    month: int
    day: int
    year: int | None = None
    weekday: int | None = None  # as written, Monday is 0
    either: bool = False

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day."""
        return _real(self.year or 2024, self.month, self.day) is not None

    def on(self, near: date | None) -> date | None:
        """The very date: in its own year, else in the one that brings it nearest to ``near``."""
        if self.year is not None:
            return _real(self.year, self.month, self.day)
        if near is None:
            return None
        years = (near.year - 1, near.year, near.year + 1)
        dates = [found for year in years if (found := _real(year, self.month, self.day))]
        return min(dates, key=lambda found: abs(found - near), default=None)

    def same(self, other: Day) -> bool:
        """Whether both can be the same day; a year that one of them leaves out is the other's."""
        if self.year and other.year and self.year != other.year:
            return False
        mine, theirs = {(self.month, self.day)}, {(other.month, other.day)}
        if self.either:
            mine.add((self.day, self.month))
        if other.either:
            theirs.add((other.day, other.month))
        return bool(mine & theirs)

    def misnamed(self, near: date | None) -> date | None:
        """The date, where it falls on another weekday than is written with it."""
        found = None if self.weekday is None or self.either else self.on(near)
        return found if found is not None and found.weekday() != self.weekday else None


@dataclass(frozen=True, slots=True)
class NamedYear:
    """Something that is called by its year: Summit 2026."""

    name: str
    year: int

    def same(self, other: NamedYear) -> bool:
        return (self.name.casefold(), self.year) == (other.name.casefold(), other.year)


def flat(text: str) -> str:
    """The text with spaces, dashes and apostrophes made alike, character for character, so that offsets hold."""
    return text if text.isascii() and "\t" not in text else text.translate(_FLAT)


def days(text: str, language: str = "") -> Iterator[tuple[int, int, Day]]:
    """Every day a `flat` text names, with where it starts and ends; a span gives its first and its last."""
    names, lowered = _names(language), text.lower()
    for found in names.dates.finditer(lowered):
        if (name := found["m4"] or found["m5"]) in names.also_words and text[found.start(_which(found))].islower():
            continue
        read = [day for day in _read(found, names) if 0 < day.month <= 12 and 0 < day.day <= 31]
        if name is None and not all(day.possible for day in read):
            continue  # figures alone: a version, a part number
        weekday = _weekday(lowered, found, names) if len(read) == 1 else None
        for day in read:
            dated = Day(day.month, day.day, day.year, weekday, day.either)
            yield found.start(), found.end(), dated


@dataclass(frozen=True, slots=True)
class _Names:
    """What a language calls its months and days, with what all the others do where that is another word."""

    months: dict[str, int]
    weekdays: dict[str, int]
    also_words: frozenset[str]
    order: str  # of figures: "day", "month" or "either" first
    dates: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    cell: re.Pattern[str]  # a weekday that is all of the passage in front of a date's


@cache
def _names(language: str) -> _Names:
    table, tag = facts("dates"), language.lower()
    own = tag.partition("-")[0]
    months, weekdays = _numbered("months", own), _numbered("weekdays", own)
    day = _either_of(weekdays)
    order = "month" if tag in table["month_first"] else "either" if tag in ("", *table["either_order"]) else "day"
    return _Names(
        months,
        weekdays,
        frozenset(table["also_words"]) if own in ("", "en") else frozenset(),
        order,
        _dates(_either_of(months), own in facts("dates")["year_first"]),
        compiled(
            rf"(?<!\w)(?P<linked>(?:-|/|&|\b\w{{1,5}})\s?)?(?<!\w)(?P<day>{day})\.?\)?(?:[ -]?(?:{_hours()}))?\.?,?"
            r"(?:\s{0,2}| [-·•|:] ?)(?:(?:the|den|dem|le|el|il|dia|de|op|am|on|på) )?$"
        ),
        compiled(
            rf"\.?,?\s?(?:[(（](?:(?P<bracketed>{day})\.?[,)）]|(?P<sign>[{_signs()}])(?:[・·]?祝)?[)）])"
            rf"|(?<=, )(?P<listed>{day})(?![\w.])(?!,?\s?(?:\d|the\s)))"
        ),
        compiled(rf"(?:{PASSAGE}|^)\W{{0,2}}(?P<day>{day})\W{{0,2}}{PASSAGE}\W{{0,2}}$"),
    )


def _hours() -> str:
    return "|".join(facts("dates")["parts_of_day"])


def _signs() -> str:
    return "".join(facts("dates")["weekday_signs"])


def _numbered(kind: str, own: str) -> dict[str, int]:
    """Names and the numbers they mean: the language's own first, then English, then the full names of all others."""
    wide, short = facts("dates")[kind], facts("dates")[f"{kind}_short"]
    found: dict[str, int] = {}
    first = 1 if kind == "months" else 0
    sets = [table[tag] for tag in dict.fromkeys((own, "en")) if tag in wide for table in (wide, short)]
    for names in [*sets, *(names for tag, names in wide.items() if tag != "hr")]:
        for number, forms in enumerate(names.split(), first):
            for form in forms.split("|"):
                if len(form) > 1:
                    found.setdefault(form, number)
    return found


def _either_of(names: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _dates(months: str, year_first: bool) -> re.Pattern[str]:
    span = "|".join(map(re.escape, sorted(facts("dates")["span"], key=len, reverse=True)))
    last = rf"(?:\s?(?:{span})\s?(?P<{{}}>\d{{{{1,2}}}}){_ORDINAL})?"
    year = _YEAR if year_first else "(?!)"
    # In the verbose pattern below a bare space would not count.
    of = f"(?:{'|'.join(map(re.escape, facts('dates')['of']))})?"
    return compiled(
        rf"""(?<![\w./:-])(?:
        (?P<y1>{_YEAR})(?P<s1>[-./])\s?(?P<mo1>\d{{1,2}})(?P=s1)\s?(?P<d1>\d{{1,2}})(?!\d|[-./]\d)
        |(?:(?P<y2>{_YEAR})[年년]\s?)?(?P<mo2>\d{{1,2}})[月월]\s?(?P<d2>\d{{1,2}})[日일]
        |(?P<a>\d{{1,2}})(?P<s3>[-./])\s?(?P<b>\d{{1,2}})(?P=s3)\s?(?P<y3>{_YEAR}|[23]\d)(?!\d|[-./]\d)
        |(?P<d4>\d{{1,2}}){_ORDINAL}{last.format("e4")}[\s-]{{1,2}}{of}
         (?=[^\W\d])(?P<m4>{months})(?!\w)\.?(?:,?[\s-]{{1,2}}{of}(?P<y4>{_YEAR}|'\d\d(?!\d)))?
        |(?:(?P<y5>{year})\.?\s)?(?=[^\W\d])(?P<m5>{months})\.?\s{{1,2}}(?:the\s)?
         (?P<d5>\d{{1,2}}){_ORDINAL}{last.format("e5")}
         (?!\w|[.,:/]\d|\s?%|\s[ap]\.?m\b)(?:,?\s{{1,2}}(?P<y6>{_YEAR}))?
        )""",
        re.VERBOSE,
    )


def _which(found: re.Match[str]) -> str:
    return "m4" if found["m4"] else "m5"


def _read(found: re.Match[str], names: _Names) -> Iterator[Day]:
    year = next((int(f"20{y[-2:]}" if len(y) < 4 else y) for n in range(1, 7) if (y := found[f"y{n}"])), None)
    if month := found["m4"] or found["m5"]:
        for day in (found["d4"] or found["d5"], found["e4"] or found["e5"]):
            if day:
                yield Day(names.months[month], int(day), year)
    elif found["a"]:
        yield from _figures(int(found["a"]), int(found["b"]), year, found["s3"], names.order)
    else:
        month, day = found["mo1"] or found["mo2"], found["d1"] or found["d2"]
        yield Day(int(month), int(day), year)


def _figures(one: int, other: int, year: int | None, sign: str, order: str) -> Iterator[Day]:
    """Two figures and a year: the larger than twelve is the day; else the language says, or nothing does."""
    month_first = other > 12 or (order == "month" and one <= 12)
    both = one <= 12 and other <= 12 and one != other
    month, day = (one, other) if month_first else (other, one)
    yield Day(month, day, year, either=both and order == "either" and sign != ".")


def _weekday(lowered: str, found: re.Match[str], names: _Names) -> int | None:
    """The weekday written in front of a date or in brackets behind it; of «Monday to Friday, 24 March» none."""
    if named := names.before.search(lowered[max(0, found.start() - _NEAR) : found.start()]):
        return None if (named["linked"] or "").strip() in _linking() else names.weekdays[named["day"]]
    if named := names.behind.match(lowered, found.end(), found.end() + _NEAR):
        if sign := named["sign"]:
            return next(number for number, signs in enumerate(facts("dates")["weekday_signs"]) if sign in signs)
        return names.weekdays[named["bracketed"] or named["listed"]]
    return _of_cell(lowered, found, names)


def _of_cell(lowered: str, found: re.Match[str], names: _Names) -> int | None:
    """The weekday that is the passage in front: a cell of a table. Between two dates it may be either's."""
    named = names.cell.search(lowered, max(0, found.start() - _NEAR), found.start())
    if named is None:
        return None
    prior = lowered[: named.start()].rpartition(PASSAGE)[2].strip()
    after = lowered[found.end() : found.end() + 2 * _NEAR].split(PASSAGE)[1:2]
    between = any(map(str.isdigit, prior)) and bool(after) and after[0].strip(" .,()") in names.weekdays
    return None if between or prior.strip(" .,()") in names.weekdays else names.weekdays[named["day"]]


@cache
def _linking() -> frozenset[str]:
    return frozenset({"/", "or", "oder", "ou", "o", *facts("dates")["span"]} - {"à", "a", "do"})


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def named_years(text: str, language: str = "") -> Iterator[tuple[int, int, NamedYear]]:
    """Every capitalised word of a `flat` text with a year behind it that is no month."""
    for found in _YEAR_ALONE.finditer(text):
        before = _NAME.search(text, max(0, found.start() - _NEAR), found.start())
        if before and before[1].lower() not in _names(language).months:
            yield before.start(), found.end(), NamedYear(before[1], int(found[0]))


def months_with_year(text: str, language: str = "") -> Iterator[tuple[int, int, int, int]]:
    """Every month of a `flat` text with its year and no day: where it starts and ends, month and year."""
    names = _names(language)
    for found in _month_and_year(language).finditer(text.lower()):
        if not _DAY_BEFORE.search(text, max(0, found.start() - 8), found.start()):
            yield found.start(), found.end(), names.months[found[1]], int(found[2])


def weekday_in(text: str, language: str = "") -> bool:
    """Whether a `flat` text in lower case names a day of the week."""
    return any(word in _names(language).weekdays for word in re.findall(r"[^\W\d_]+", text))


@cache
def _month_and_year(language: str) -> re.Pattern[str]:
    return compiled(rf"(?<!\w)({_either_of(_names(language).months)})\.?,? ({_YEAR})")


def names_relative_day(text: str) -> bool:
    """Whether a text names a day without its date: today, tomorrow."""
    return _relative().search(text) is not None


@cache
def _relative() -> re.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{'|'.join(facts('dates')['words']['relative'])})(?!\w)", re.IGNORECASE)
