"""The roles of links in an email: unsubscribe, preference centre, view in browser, forward, privacy, imprint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from qa.facts import facts
from qa.text.wording import dense_letters, folded

_LONGEST_TEXT = 120  # characters; a longer link text is a paragraph that may mention anything
_LONGEST_HREF = 4000  # characters; what follows is tracking
_SPLIT = re.compile(r"[/?&=#.;|@]|%2[Ff]")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_SQUEEZED = re.compile(r"[\s\"'\\]+")


@dataclass(frozen=True)
class _Role:
    name: str
    tokens: tuple[str, ...]
    segments: frozenset[str]
    whole: frozenset[str]
    words: dict[str, list[str]]  # first two letters → phrases that begin so


@lru_cache(maxsize=4096)
def role_of(href: str, text: str) -> str:
    """The role of a link ("unsubscribe", "preferences", "view-in-browser", "forward", "privacy", "imprint"), or "".

    The platform's own merge tags decide first, then what the link says, then what its address says.
    """
    return role_in_tag(f"{href[:_LONGEST_HREF]} {text}") or role_in_words(text) or role_in_address(href)


def role_in_tag(text: str) -> str:
    """The role of the first system link whose merge tag stands in a text or an address, or ""."""
    squeezed = _squeezed(text)
    return next((role.name for role in _roles() if _holds(role, squeezed)), "")


def role_in_words(text: str) -> str:
    """The role a link has by what it says, or ""."""
    return _said(folded(text).lower())


def role_in_address(href: str) -> str:
    """The role a link has by what its address says, or ""."""
    address = unquote(href[:_LONGEST_HREF]).lower().removeprefix("mailto:")
    segments = {_NO_LETTERS.sub("", piece) for piece in _SPLIT.split(address)}
    return next((role.name for role in _roles() if role.segments & segments), "")


def has_token(role: str, text: str) -> bool:
    """Whether a platform's merge tag for a role stands in the text."""
    return _holds(_role(role), _squeezed(text))


def mentions(role: str, text: str) -> bool:
    """Whether a text, however long, has the words of a role in it, in any language."""
    words = folded(text).lower()
    return _says(words, _starts(words), _role(role).words)


def speaks_of_trouble(text: str) -> bool:
    """Whether a text says that somebody may not see the email, in any language."""
    words = folded(text).lower()
    return _says(words, _starts(words), _troubles())


def _said(words: str) -> str:
    """The role whose words a link says."""
    if len(words) > _LONGEST_TEXT:
        return ""
    whole = words.strip(" .:|>»→-–[](){}")
    starts = _starts(words)
    return next((role.name for role in _roles() if whole in role.whole or _says(words, starts, role.words)), "")


def _starts(words: str) -> set[str]:
    """All with which a phrase in these words can begin."""
    return {words[at : at + 2] for at in range(len(words))}


def _says(words: str, starts: set[str], phrases: Mapping[str, list[str]]) -> bool:
    """Whether one of the phrases, which are kept by how they begin, stands in the words."""
    return any(_stands(phrase, words) for start in phrases.keys() & starts for phrase in phrases[start])


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text at word boundaries, where its script has words."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()) or dense_letters(phrase):
            return True
        at = text.find(phrase, at + 1)
    return False


def _holds(role: _Role, squeezed: str) -> bool:
    return any(token in squeezed for token in role.tokens)


def _squeezed(text: str) -> str:
    return _SQUEEZED.sub("", text).lower()


def _role(name: str) -> _Role:
    return next(role for role in _roles() if role.name == name)


@cache
def _roles() -> tuple[_Role, ...]:
    return tuple(
        _Role(name, tuple(row["tokens"]), frozenset(row["segments"]), frozenset(row["whole"]), _phrases(row["words"]))
        for name, row in facts("system_links").items()
        if isinstance(row, dict) and "segments" in row
    )


@cache
def _troubles() -> dict[str, list[str]]:
    return _phrases(facts("system_links")["view-in-browser"]["trouble"])


def _phrases(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """The phrases of all languages, without those that hold a shorter one: «vom newsletter abmelden»."""
    by_start: dict[str, list[str]] = {}
    for phrase in sorted({phrase for language in words.values() for phrase in language}, key=len):
        if not _says(phrase, _starts(phrase), by_start):
            by_start.setdefault(phrase[:2], []).append(phrase)
    return by_start
