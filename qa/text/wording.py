"""Texts compared as a reader compares them: white space, quotes and dashes made alike; words compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache

from qa.facts import compiled

# Soft hyphens, zero-width spaces, direction marks and the like: nothing a reader sees or types.
_UNSEEN = dict.fromkeys((0, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x2060, 0x2065), 0xFEFF))
# Letters without ink: Hangul fillers and the blank Braille pattern pad preheaders like spaces.
_BLANK = dict.fromkeys((0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0), " ")
_TABLE = {**_UNSEEN, **_BLANK}
# Joiners mean something between letters of joining scripts and between the parts of an emoji, and nothing elsewhere.
_JOINING = "\u0590-\u1fff\u2190-\u2bff\ua800-\uabff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff"
_JOINERS = re.compile(f"(?<![{_JOINING}])[\u200c\u200d]++|[\u200c\u200d]++(?![{_JOINING}])")
_RUNS_ON = re.compile(r"\w(?:\w|[.,]\d)")  # the last character wanted, and what makes it part of something longer
_RUNS_UP = re.compile(r"(?:.?\w|\d[.,])\w")
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)\S++", re.IGNORECASE)
_MOST_COMPARED = 400_000  # pairs of words
_TINY = 3  # letters; shorter words run together are often another word: a part, apart
_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"‐": "-", "‑": "-", "–": "-", "—": "-"}
    | {"…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
    | {"\u200c": "", "\u200d": ""}  # with or without its joiners, it is the same word
)  # fmt: skip


def folded(text: str) -> str:
    """Text as a reader sees it: white space folded, what nobody sees left out; nothing else changed."""
    if text.isascii():
        return " ".join(text.replace("\0", "").split())
    return " ".join(unicodedata.normalize("NFC", _JOINERS.sub("", text.translate(_TABLE))).split())


def alike(text: str) -> str:
    """Text as approved copy is compared: folded, with typographic and typewriter quotes and dashes the same."""
    return folded(text.translate(_ALIKE))


def loose(text: str) -> str:
    """Text as labels are compared: alike, in lower case, without arrows and punctuation around it."""
    return alike(text).casefold().strip(" .,:;、，。；*!›»>→▸-|/[]()\"'")


def changed_words(expected: str, actual: str, made: Callable[[str], str] = alike) -> list[tuple[str, str]]:
    """The runs of words that differ: («24 March», «26 March») …; ("", x) was added, (x, "") left out.

    ``made`` is what words are made before they are compared.
    """
    before, after = expected.split(), actual.split()
    if len(before) * len(after) > _MOST_COMPARED:  # the matcher is cubic: such texts are told apart as wholes
        return [] if made(expected) == made(actual) else [(expected, actual)]
    matcher = SequenceMatcher(None, list(map(made, before)), list(map(made, after)), autojunk=False)
    return [
        (" ".join(before[a:b]), " ".join(after[c:d])) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]


def dense_letters(text: str) -> int:
    """How many letters of a text are of scripts without spaces between words."""
    return 0 if text.isascii() else len(_dense().findall(text))


@cache
def _dense() -> re.Pattern[str]:
    return compiled(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def quoted(text: str, most: int = 80) -> str:
    """A piece of text in curly quotes, cut to a readable length."""
    text = folded(text)
    return f"“{text if len(text) <= most else text[: most - 1].rstrip() + '…'}”"


def extent(text: str, wanted: str, start: int = 0) -> tuple[int, int] | None:
    """Where wanted words stand in a text, both `alike`: never in the middle of a word or a number.

    «€5» is not in «€50» nor in «€5.99», and «30 days» not in «130 days».
    """
    at = text.find(wanted, start) if wanted else -1
    while at >= 0:
        if _stands_alone(text, at, at + len(wanted)):
            return at, at + len(wanted)
        at = text.find(wanted, at + 1)
    return None


def contains(text: str, wanted: str) -> bool:
    """Whether a reader finds the wanted words in the text, as whole words, case and typography aside."""
    return _first(re.escape(alike(wanted)), text) is not None


def find(text: str, wanted: str) -> re.Match[str] | None:
    """The first place in a text made `alike` that says what nobody should: «early bird» is «Early-bird», too.

    In an address, a hyphen is no space: it has its words as they are wanted, or it does not have them.
    """
    free = _first(_spelled_freely(alike(wanted)), _ADDRESS.sub("|", text))
    return free or _first(re.escape(alike(wanted)), text)


def _first(pattern: str, text: str) -> re.Match[str] | None:
    """The first place of a pattern in a text made `alike`, case aside, by the rule of `extent`."""
    words, within = re.compile(pattern, re.IGNORECASE), alike(text)
    found = words.search(within) if pattern else None
    while found is not None and not _stands_alone(within, *found.span()):
        found = words.search(within, found.start() + 1)
    return found


def _spelled_freely(wanted: str) -> str:
    """Words with a space, a hyphen or, where none of them is tiny, nothing between them."""
    words = [word for word in re.split(r"[\s-]+", wanted) if word]
    tiny = any(len(word) < _TINY and word.isalpha() for word in words)
    return (r"[\s-]+" if tiny else r"[\s-]*").join(map(re.escape, words))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether neither end of a place is in the middle of a word or a number."""
    return not _RUNS_ON.match(text, end - 1) and not _RUNS_UP.fullmatch(text, max(start - 2, 0), start + 1)
