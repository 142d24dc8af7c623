"""What stands in front of the first text of an email, where an inbox takes its preview text from."""

from __future__ import annotations

from functools import cache

from qa.artefacts import InboxText, Inventory, Tokens
from qa.check import gatherer
from qa.facts import facts
from qa.finding import Skip
from qa.markup.tokeniser import Kind
from qa.match.merge_tags import without_logic


@gatherer()
def inbox_text(read: Inventory, tokens: Tokens) -> InboxText:
    """The padding in front of the first letter: spaces that do not collapse, joiners, and the like."""
    if read.read is None or read.markup is None:
        raise read.reason or Skip("the build has no HTML part")
    raw, padding, first = read.read.raw, 0, None
    for token in read.read.tokens:
        if token.kind is not Kind.TEXT:
            continue
        for character in without_logic(raw.words(token.start, token.end), tokens):
            if character in _signs():
                padding += 1
                first = token.start if first is None else first
            elif not character.isspace():
                return InboxText(padding, None if first is None else read.markup.source.place(first))
    return InboxText()  # nothing follows that it could push out of sight


@cache
def _signs() -> frozenset[str]:
    return frozenset(facts("inbox")["padding"]["signs"])
