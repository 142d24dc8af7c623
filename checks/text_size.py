"""Size of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import Block, Markup
from qa.artefacts.causes import of_passage
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.request import AskedEmail
from qa.text.wording import quoted

_FACTS = facts("accessibility")


@dataclass(frozen=True)
class TextOptions(Options):
    """``smallest``: pixels that text must have at least."""

    smallest: float = _FACTS["text"]["smallest"]


@check(
    "text-size",
    Code(
        "small-text",
        Severity.WARNING,
        "Text is too small to be read on a phone.",
        "Set a larger font-size, also in the footer.",
    ),
)
def text_size(asked: AskedEmail, markup: Markup, options: TextOptions) -> Iterator[Finding]:
    """No text is too small to read.

    Half of all readers are over forty and hold a phone; legal copy that cannot be read does not count as said in
    every country.

    Fails:
        email: {}
        build: <p style="font-size:9px">Prices include VAT. The offer ends on Sunday.</p>

    Passes:
        email: {}
        build: <p style="font-size:13px">Prices include VAT. The offer ends on Sunday.</p>
    """
    small = [block for block in markup.blocks if _small(block, options.smallest)]
    if small:
        below = [block for block in markup.blocks if _below(block, options.smallest)]
        labels = sum(any(map(str.isalnum, block.text)) for block in below) - len(small)
        least = min(small, key=lambda block: block.size or 0)
        more = _also_small(len(small) - 1, labels, options.smallest)
        message = f"{quoted(least.text, 50)} is set in {least.size:g} px{more}."
        expected = f"at least {options.smallest:g} px"
        each = tuple(block.text for block in small)
        about = tuple(of_passage(block.where, block.text) for block in below)
        yield Finding("small-text", message, least.where, None, expected, f"{least.size:g} px", each=each, causes=about)


def _also_small(texts: int, labels: int, smallest: float) -> str:
    """What else is as small: pieces of text, and labels too short to be told one by one."""
    counted = [f"{texts} more piece{'s' if texts > 1 else ''} of text"] if texts else []
    counted += [f"{labels} short label{'s' if labels > 1 else ''}"] if labels else []
    verb = "is" if texts + labels == 1 else "are"
    return f"; {' and '.join(counted)} {verb} below {smallest:g} px too" if counted else ""


def _below(block: Block, smallest: float) -> bool:
    return not (block.hidden or block.outlook_only) and block.size is not None and 2 < block.size < smallest


def _small(block: Block, smallest: float) -> bool:
    return _below(block, smallest) and bool(sum(map(str.isalnum, block.text)) >= _FACTS["text"]["fewest"])
