"""Is the text in the language it should be in? Told by the little words every sentence is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qa.artefacts import Block, Body
from qa.artefacts.causes import of_placeholder
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.request import AskedAsset, AskedEmail, Request
from qa.source import Place
from qa.text.wording import alike, quoted

_FACTS = facts("language_words")
_SHORTEST = 12  # words; a line with fewer may be a slogan, a title, a name
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 0.2  # share of words that are little ones of the language; running text of any has 0.3 to 0.6
_FAR_BEHIND = 0.4  # what the expected language may have of that, at most
_TWO_LANGUAGES = 0.3  # share of the text from which another language is meant to be there
_FILLER = "la"  # lorem ipsum, as a rule
_FEWEST_LETTERS = {"han": 12, "kana": 4, "hangul": 12}  # of a script; elsewhere 20: a name is shorter
_SCRIPT = 0.6  # share of letters in a script from which it is the text's


@dataclass(frozen=True, slots=True)
class _Text:
    """What a text is made of: its words, and how many letters stand in which script."""

    words: int
    hits: Mapping[str, int]  # language → how many of the words are its little ones
    kinds: Mapping[str, int]  # language → how many different ones


@check(
    "text-language",
    Code(
        "wrong-text-language",
        Severity.ERROR,
        "The text is in another language than asked for.",
        "Put in the version of the language that was asked for.",
    ),
    Code(
        "mislabelled-language",
        Severity.WARNING,
        "The text is in another language than the document says.",
        "Correct the lang attribute of the <html> tag, or the text.",
    ),
    Code(
        "foreign-block",
        Severity.WARNING,
        "One part of the text is in another language than the rest.",
        "Translate it, or take it out: it was left over from another version.",
    ),
)
def text_language(asked: AskedAsset, request: Request, body: Body) -> Iterator[Finding]:
    """The text is in the language that was asked for, all of it.

    Versions in ten languages are cloned from one; the German footer of the Spanish email, or the whole English body
    under a French subject line, is seen by no link check, and by every reader.

    Fails:
        email: {language: de}
        build: <p>Join us for forty minutes on what has changed this year, and bring your questions with you.</p>

    Passes:
        email: {language: de}
        build: <p>Seien Sie vierzig Minuten dabei, wenn wir Ihnen zeigen, was sich in diesem Jahr geändert hat.</p>
    """
    wanted = asked.language or request.language
    expected = _primary(wanted or (body.lang.value if body.lang else ""))
    if not _can_tell(expected):
        raise Skip("neither the request nor the build says which language, or it is none we can tell")
    blocks = [block for block in body.blocks if not block.hidden and not block.outlook_only]
    text = " ".join(block.text for block in blocks)
    if len(_WORD.findall(text)) < _SHORTEST and not _script(text):
        raise Skip("the text is too short to tell its language")
    whole = _other_language(text, expected)
    if whole:
        yield _wrong(whole, wanted, expected, body, asked.place("language") or request.place("language"))
    if whole not in ("", _FILLER):
        return
    foreign = [(block, found) for block in blocks if (found := _other_language(block.text, expected))]
    filler = [one for one in foreign if one[1] == _FILLER]
    approved = _approved(asked, request)
    yield from _left_over([one for one in foreign if one not in filler], expected, len(text), approved)
    yield from _left_over([] if whole else filler, expected, len(text), approved)


def _wrong(found: str, wanted: str | None, expected: str, body: Body, asked_at: Place | None) -> Finding:
    if wanted:
        message = f"The text is in {_named(found)}; the request asks for {_named(expected)}."
        longest = max((block for block in body.blocks if not block.hidden), key=lambda block: len(block.text))
        one, other, about = _named(expected), _named(found), _causes(found)
        return Finding("wrong-text-language", message, longest.where, asked_at, one, other, causes=about)
    message = f"The text is in {_named(found)}; the document says it is in {_named(expected)}."
    declared = body.lang.where if body.lang else None
    one, other, about = _named(found), _named(expected), _causes(found)
    return Finding("mislabelled-language", message, declared, None, one, other, causes=about)


def _causes(found: str) -> tuple[Cause, ...]:
    return (of_placeholder(""),) if found == _FILLER else ()


def _left_over(foreign: Sequence[tuple[Block, str]], expected: str, letters: int, approved: str) -> Iterator[Finding]:
    others = [(block, found) for block, found in foreign if alike(block.text) not in approved]
    if not others:
        return
    meant = sum(len(block.text) for block, _ in others) > _TWO_LANGUAGES * letters
    first, found = others[0]
    more = {1: "", 2: " (and one more part)"}.get(len(others), f" (and {len(others) - 1} more parts)")
    message = f"{quoted(first.text, 60)}{more} is in {_named(found)}; the rest is in {_named(expected)}."
    each = tuple(block.text for block, _ in others)
    one, other, about = _named(expected), _named(found), _causes(found)
    yield Finding("foreign-block", message, first.where, None, one, other, review=meant, each=each, causes=about)


def _approved(asked: AskedAsset, request: Request) -> str:
    """The wording of the request: what it asks for in another language is meant to be."""
    texts = [block.text for block in asked.wording or ()]
    texts += asked.must_include or ()
    if isinstance(asked, AskedEmail):
        texts += request.legal.must_include
    return alike("\n".join(texts))


def _other_language(text: str, expected: str) -> str:
    """The language of a text where it is certainly not the expected one; "" otherwise."""
    if text.isascii() and text.count(" ") < _SHORTEST - 1:
        return ""
    own = _clean(text)
    if script := _script(own):
        return "" if expected in _FACTS["scripts"][script] else _of_script(script, own)
    measured = _measured(own)
    if measured.words < _SHORTEST or not measured.hits:
        return ""
    best = max(sorted(measured.hits), key=lambda language: measured.hits[language])
    share = measured.hits[best] / measured.words
    theirs = max(measured.hits.get(language, 0) for language in _alike(expected))
    if share < _least(best) or measured.kinds[best] < 4 or theirs > _FAR_BEHIND * measured.hits[best]:
        return ""
    return best


def _least(language: str) -> float:
    return _TELLING / 2 if language in _FACTS["sparse"] else _TELLING


def _of_script(script: str, own: str) -> str:
    """The language of a text in a script the expected one does not use."""
    languages: list[str] = _FACTS["scripts"][script]
    if len(languages) == 1 or script == "han":
        return languages[0]
    measured = _measured(own)
    known = [language for language in languages if language in measured.hits]
    best = max(known, key=lambda language: measured.hits[language], default="")
    return best if best and measured.hits[best] >= _least(best) * measured.words else script


def _script(own: str) -> str:
    """The script other than Latin that most letters are of, "" where it is Latin."""
    if own.isascii():
        return ""
    letters = sum(map(str.isalpha, own))
    for name, pattern in _scripts().items():
        found = len(pattern.findall(own))
        if found >= _FEWEST_LETTERS.get(name, 20) and found >= (0.1 if name == "kana" else _SCRIPT) * letters:
            return name
    return ""


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    order = sorted(_FACTS["ranges"], key=lambda name: name != "kana")  # Japanese has ideographs as well
    return {name: re.compile(f"[{_FACTS['ranges'][name]}]") for name in order}


def _measured(own: str) -> _Text:
    words = _WORD.findall(own.lower())
    counted = Counter(words)
    hits: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    table = _languages_of()
    for word in counted.keys() & table.keys():
        for language in table[word]:
            hits[language] += counted[word]
            kinds[language] += len(word) > 1  # single letters are also initials, options and l e t t e r s set apart
    return _Text(len(words), hits, kinds)


def _clean(text: str) -> str:
    """The text without merge tags and addresses."""
    words = masked(text).replace(BLOT, " ").split()
    return " ".join(word for word in words if not ("://" in word or "@" in word or word.startswith("www.")))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in _FACTS["words"].items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def _can_tell(language: str) -> bool:
    return language in _FACTS["words"] or any(language in languages for languages in _FACTS["scripts"].values())


def _alike(language: str) -> frozenset[str]:
    return frozenset([language]).union(*(group for group in _FACTS["alike"] if language in group))


def _primary(tag: str) -> str:
    first = re.split("[-_]", tag.strip().lower())[0]
    same: dict[str, str] = facts("languages")["same"]
    return same.get(first, first)


def _named(language: str) -> str:
    return str(_FACTS["names"].get(language, quoted(language)))
