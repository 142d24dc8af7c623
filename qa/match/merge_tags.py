"""Merge tags inside texts: a text without them, and which of two tags stands for which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.artefacts import Token, Tokens
from qa.merge_tags.field_names import fold
from qa.merge_tags.grammar import grammar
from qa.merge_tags.pattern import TOKEN_OR_HALF
from qa.text.likeness import likeness
from qa.text.wording import alike, folded

ALIKE = 80  # of 100: two folded names this near are one name and a slip of it ("firstname", "fristname")


def tags_in(text: str, known: Iterable[str] = ()) -> tuple[list[str], str]:
    """The merge tags of a text, half ones too, in order, and the text without them; ``known``: how some are written."""
    written = [re.escape(raw) for raw in sorted(known, key=len, reverse=True)]
    tag = re.compile("|".join((*written, TOKEN_OR_HALF.pattern)))
    return tag.findall(text), alike(tag.sub(" ", text))


def without_logic(text: str, tokens: Tokens) -> str:
    """A text without the merge tags that print nothing: conditions, assignments."""
    for raw in {token.raw for token in tokens.built if token.role == "logic"}:
        text = text.replace(raw, " ").replace(folded(raw), " ")
    return text


def key_of(raw: str, platform: str) -> str:
    """A merge tag by its name as its platform compares it, without its default."""
    known = grammar(platform)
    read = known.read(raw)[0] if known else []
    return folded_name(read[0].name if read else raw, platform)


def folded_name(name: str, platform: str) -> str:
    """A name as its platform compares it."""
    known = grammar(platform)
    return known.fold(" ".join(name.split())) if known else "".join(name.split())


def is_like(one: str, other: str) -> bool:
    """Whether two names are one name and a slip of it."""
    return likeness(fold(one), fold(other)) >= ALIKE


def stands_for(built: str, asked: str) -> bool:
    """Whether a broken, unknown or foreign tag is what was built for an asked one, by their names."""
    near = is_like(built, asked) or likeness(built.casefold(), asked.casefold()) >= ALIKE
    return near or fold(asked) in fold(built)


def each_spelling(tokens: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    """Each spelling once, at its first place, with how often it stands there in words."""
    first: dict[str, Token] = {}
    counts: dict[str, int] = {}
    for token in tokens:
        first.setdefault(token.raw, token)
        counts[token.raw] = counts.get(token.raw, 0) + 1
    for raw, token in first.items():
        yield token, f" (it stands there {counts[raw]} times)" if counts[raw] > 1 else ""
