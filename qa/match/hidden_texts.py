"""Hidden texts in front of what a reader sees: where an inbox takes its preview text from."""

from __future__ import annotations

from collections.abc import Sequence

from qa.artefacts import Block
from qa.text.wording import dense_letters, loose

_SUBSTANTIAL = 40  # letters in sight; what comes after them no inbox takes for its preview text
_LEAST_WORDS = 3  # of a hidden text that is a preheader; fewer are an icon's name or a counter
_LEAST_LETTERS = 6  # of one in a script without spaces between words


def hidden_at_the_top(blocks: Sequence[Block]) -> list[Block]:
    """The different hidden texts at the top that can be a preheader, in their order."""
    found: dict[str, Block] = {}
    seen = 0
    for block in blocks:
        if block.hidden and _is_long_enough(block.text):
            found.setdefault(loose(block.text), block)
        seen += 0 if block.hidden else len(block.text)
        if seen > _SUBSTANTIAL or (seen and not found):
            break
    return list(found.values())


def _is_long_enough(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS or dense_letters(text) >= _LEAST_LETTERS
