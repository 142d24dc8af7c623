"""Is it only a merge tag that differs? Then the checks of merge tags say so, and no other check says it again."""

from __future__ import annotations

import re

from qa.artefacts import Token, Tokens
from qa.url import TOKEN
from qa.wording import alike

_BROKEN = re.compile(r"\{\{[^{}\s][^{}]{0,60}\}?|\{\w+\.[^{}]{0,60}\}\}|\*\|\w{1,30}\*?|%%\[?\w{1,40}%?")  # half a tag


def is_bad(token: Token, tokens: Tokens) -> bool:
    """Whether `token-syntax` or `token-names` speaks of a tag."""
    return bool(token.fault) or token.known is False or token.platform != tokens.platform


def same_but_for_bad_tags(wanted: str, built: str, tokens: Tokens) -> bool:
    """Whether a built text is the asked one but for tags that are malformed, unknown or another platform's."""
    bad = {token.raw for token in tokens.built if is_bad(token, tokens) and token.raw in built}
    for raw in bad:
        built = built.replace(raw, " ")
    return bool(bad) and tagless(built) == tagless(wanted)


def tagless(text: str) -> str:
    """A text without its merge tags, as texts are compared."""
    return alike(_BROKEN.sub(" ", TOKEN.sub(" ", text)))
