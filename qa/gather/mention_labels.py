"""What stands over or beside an amount that stands alone: the name of a product, the head of a row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from qa.artefacts import Block

_WORD = re.compile(r"[^\W\d_]+")
_OWN = 3  # words beside the amounts: with more, it is a sentence and names its thing itself
_LONGEST = 8  # words of a name
_BACK = 4  # blocks above in which the name stands
_MONEY = re.compile(r"[€$£¥₹]|\d[.,]-")


class Labels:
    """The labels of the blocks of one document."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [block for block in blocks if not block.outlook_only]
        self._number = {block.where: number for number, block in enumerate(self._blocks)}
        self._rows: defaultdict[int, list[Block]] = defaultdict(list)
        for block in self._blocks:
            if block.cell is not None:
                self._rows[block.cell[0]].append(block)

    def of(self, block: Block, amounts: Sequence[str]) -> str:
        """The label of a block that holds these amounts; "" where it is a sentence, or nothing names it."""
        rest = block.text
        for amount in amounts:
            rest = rest.replace(amount, " ")
        number = self._number.get(block.where)
        if number is None or len(_WORD.findall(rest)) > _OWN:
            return ""
        return self._of_row(block) or self._above(number, block.hidden)

    def _of_row(self, block: Block) -> str:
        """The first cell of a row in which every cell says one thing."""
        if block.cell is None:
            return ""
        row = self._rows[block.cell[0]]
        cells = [each.cell for each in row]
        if len(set(cells)) < len(cells) or len(row) < 2 or row[0] is block:
            return ""
        return row[0].text if _is_name(row[0].text.rstrip(" :")) else ""

    def _above(self, number: int, hidden: bool) -> str:
        for block in reversed(self._blocks[max(0, number - _BACK) : number]):
            if block.hidden == hidden:
                if _MONEY.search(block.text):
                    return ""
                if _is_name(block.text):
                    return block.text
        return ""


def _is_name(text: str) -> bool:
    words = _WORD.findall(text)
    return 0 < len(words) <= _LONGEST and text.rstrip()[-1:] not in ".!?…:," and not _MONEY.search(text)
