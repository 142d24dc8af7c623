"""Style sheets judged part by part: each is kept, cut or changed."""

from __future__ import annotations

from collections.abc import Callable

from qa.markup.css import Broken, Part, parts
from qa.render.emulation.edits import Edit, edited


def judged(sheet: str, masked: str, judge: Callable[[Part], str | None]) -> str:
    """The sheet after every part was judged on its masked text; one with unmatched braces stays as it is.

    ``judge`` gives None to keep a part, and else what takes its place; for a block, of what stands before it. ""
    cuts out the whole block.
    """
    try:
        found = list(parts(masked))
    except Broken:
        return sheet
    edits = []
    for part in found:
        wanted = judge(part)
        if wanted is not None:
            end = part.end if not part.body or not wanted else part.body - 1
            edits.append(Edit(part.start, end, wanted))
    return edited(sheet, edits)
