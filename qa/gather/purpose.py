"""The purpose of an email: marketing, or an answer to something its reader did. By the words of transactional.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa.artefacts import Body, Envelope, Purpose
from qa.check import gatherer
from qa.facts import compiled, facts
from qa.links.roles import role_in_words
from qa.request import AskedEmail
from qa.text.wording import dense_letters, folded, quoted

_LONGEST_NAME = 120  # characters of a subject line or a heading; a longer one tells a story
_MOST_TEXT = 20_000  # characters; no receipt says later what it is


@gatherer()
def purpose(asked: AskedEmail, envelope: Envelope, body: Body) -> Purpose:
    """What the request says; else what the subject line, title or first heading say, where the text bears it out."""
    if asked.purpose is not None:
        return Purpose("the request calls it transactional" if asked.purpose == "transactional" else "")
    if any(role_in_words(link.text) == "unsubscribe" for link in asked.links or ()):
        return Purpose()
    named = next((name for name in _names(envelope, body) if _pattern("names").search(name)), None)
    if named is None or not _pattern("signs").search(body.text[:_MOST_TEXT]):
        return Purpose()
    return Purpose(f"{quoted(named)} reads as transactional")


def _names(envelope: Envelope, body: Body) -> Iterator[str]:
    """The lines that say what an email is, the subject line first."""
    heading = next((text for _, text in body.headings), None)
    for line in (envelope.subject, body.title, heading):
        if line is not None and len(name := folded(line.value)) <= _LONGEST_NAME:
            yield name


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    every = [each for language in facts("transactional")[kind].values() for each in language]
    dense = [each for each in every if dense_letters(each)]
    apart = [each for each in every if not dense_letters(each)]
    return compiled(rf"\b(?:{'|'.join(apart)})|(?:{'|'.join(dense)})", re.IGNORECASE)
