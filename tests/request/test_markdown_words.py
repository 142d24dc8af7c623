"""No word of an approved copy is lost in reading it, however its Markdown is made."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt

from qa.request.markdown import blocks

WORD = re.compile(r"w\d+")


def read(written: str, marks: bool = True) -> list[str]:
    return WORD.findall(" ".join(block.text for block in blocks(written, marks)))


class Writer:
    """A document made at random of what people, editors and converters write; ``said`` are the words to be read."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.number = 0
        self.said: list[str] = []

    def word(self) -> str:
        self.number += 1
        self.said.append(f"w{self.number}")
        return self.said[-1]

    def words(self) -> str:
        return " ".join(self.word() for _ in range(self.dice.randint(1, 3)))

    def run(self) -> str:
        """Words within a line."""
        words = self.words
        return self.dice.choice(
            [
                words,
                lambda: f"**{words()}** *{words()}*",
                lambda: f"{words()}<br>{words()}",
                lambda: f"<b {words()}> {words()}",
                lambda: f"<I {words()}>",
                lambda: f'<a href="https://acme.example" title="x">{words()}</a>',
                lambda: f"<{words()}>",
                lambda: f"[{words()}](https://acme.example/a_(b) 'By x') {words()}",
                lambda: f"[{words()}][terms]",
                lambda: f"[{words()}] ({words()})",
                lambda: f"![x](y.png 'z') {words()}",
                lambda: f"`{words()} *{words()}` {words()}",
                lambda: f"{words()}[^{self.word()}]",
                lambda: f"*|IF:X|* {words()} {{{{my.{self.word()}}}}}",
                lambda: f"~~{words()}~~ \\*{words()}\\* &amp; <!-- x -->{words()}",
                lambda: f"{words()}_{words()} __{words()}__ 2*3*{words()}",
            ]
        )()

    def row(self) -> str:
        cells = [self.run().replace("*|IF:X|*", "") for _ in range(self.dice.randint(1, 5))]
        return f"| {' | '.join(cells)} |"

    def block(self) -> str:
        run, rows = self.run, lambda: "\n".join(self.row() for _ in range(self.dice.randint(2, 4)))
        return self.dice.choice(
            [
                run,
                lambda: f"{run()}  \n{run()}\\\n{run()}",
                lambda: f"# {run()} #",
                lambda: f"{self.words()}\n===",
                lambda: f"{self.words()}\n{self.words()}\n---",
                lambda: f"{self.row()}\n| --- | :-: |\n{rows()}",
                lambda: f"| {run()} | {run()} |\n|---|--:|\n{rows()}\n{run()}",
                lambda: f"{self.words()} | {self.words()}\n---|---\n{self.words()} | {self.words()} | {self.words()}",
                rows,
                lambda: f"``` {self.words()} {self.words()}\n# {self.words()}\n\n<!-- {self.words()} -->\n```",
                lambda: f"~~~ {self.words()}\n{self.words()}\n~~~~",
                lambda: f"```html\n{self.words()}\n```",
                lambda: f"    {run()}\n    {run()}",
                lambda: f"<div class='x'>\n{run()}\n</div>\n<table><tr><td>{run()}</td><td>{run()}</td></tr></table>",
                lambda: f"[{self.words()}]: {self.word()}",
                lambda: f"[{self.words()}]: {self.word()} '{self.words()}'",
                lambda: f"[{self.words()}]:\n{self.word()}",
                lambda: f"[^{self.word()}]: {run()}",
                lambda: f"[^1]: {self.word()}",
                lambda: "[terms]: https://acme.example/terms (x)",
                lambda: f"{self.words()}\n: {run()}",
                lambda: f"<!-- x\n\ny -->{run()}",
                lambda: f"***\n{run()}\n* * *",
                lambda: f"- [ ] {run()}\n- {run()}\n\n  {run()}",
                lambda: f"• {run()}\n• {run()}",
                lambda: f"3. {run()}\n\n1) {run()}",
            ]
        )()

    def nested(self, depth: int = 0) -> str:
        written = "\n\n".join(self.block() for _ in range(self.dice.randint(1, 3)))
        for _ in range(depth and self.dice.randint(0, depth)):
            first, rest = self.dice.choice([("- ", "  "), ("1. ", "   "), ("> ", "> "), ("+   ", "    ")])
            written = first + written.replace("\n", "\n" + rest)
        return written

    def document(self) -> str:
        front = self.dice.choice(
            [
                lambda: "",
                lambda: "---\ntitle: x\ntags:\n  - y\n---\n\n",
                lambda: f"---\n{self.words()}\n---\n",
                lambda: f"---\n\n{self.words()}\n\n---\n",
                lambda: f"---\nHeadline: {self.words()}\n---\n",
            ]
        )()
        body = "\n\n".join(self.nested(3) for _ in range(3))
        return f"{front}{body}\n\n[terms]: https://acme.example/terms\n\n{self.words()} [terms]"


@pytest.mark.parametrize("seed", range(300))
def test_every_word_of_a_document_is_read_once_and_in_order(seed: int) -> None:
    writer = Writer(seed)
    written = writer.document()
    assert read(written) == writer.said, written


def _soup(seed: int) -> Iterator[str]:
    """Words among signs, with no regard to what they make."""
    dice = random.Random(seed)
    signs = ["\n", "\n\n", "|", "|---|", "\n|", "\n- ", "\n1. ", "\n> ", "\n# ", "\n---\n", "\n===\n", "```A ", "\n~~~"]
    signs += ["[", "]", "]:", ")", "![", "*", "**", "_", "~~", "`", "\\", "<", ">", "</", "<b", "<!--", " ", "  \n"]
    signs += ["&amp;", "&", "'", '"', "\n[", "    ", "\t", ": ", "[^", "•", "<?", "https://"]
    signs += ["]("] if seed % 2 else ["{{", "}}", "%%", "*|", "|*"]  # a merge tag may be all of an address
    for number in range(dice.randint(5, 40)):
        yield dice.choice(signs)
        yield f"w{number}" if dice.random() < 0.6 else ""


@pytest.mark.parametrize("seed", range(1500))
def test_every_word_a_renderer_shows_is_read(seed: int) -> None:
    written = "".join(_soup(seed)).replace("-->", "-- >")  # what is in a comment is not said
    shown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("code").render(written)
    shown = re.sub(r"<[^<>]*>", " ", shown)
    assert set(WORD.findall(shown)) <= set(read(written)), written
    assert set(WORD.findall(written)) == set(read(written, marks=False)), written


def test_what_a_reader_never_sees_is_no_copy() -> None:
    written = (
        "---\ntitle: w1\n---\n<!-- w2\n\nw3 --> See [the terms][terms], [a page](https://acme.example/w4 'w5') and "
        "![w6](w7.png 'w8').\n\n[terms]: https://acme.example/w9 'w10'\n\n```w11\ncode\n```\n"
    )
    assert read(written) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("| A | B |\n|---|---|\n| c | d | e | f |", [("A", 0), ("B", 0), ("c", 2), ("d", 2), ("e", 2), ("f", 2)]),
        ("A | B\n--|--\nc | **d** | *e*", [("A", 0), ("B", 0), ("c", 2), ("d", 2), ("e", 2)]),
        ("> | A |\n> |---|\n> | b | c |", [("A", 0), ("b", 2), ("c", 2)]),
        ("- x\n\n  | A |\n  |---|\n  | b |\n  | c | d |", [("x", 0), ("A", 2), ("b", 4), ("c", 5), ("d", 5)]),
        ("| A |\n|---|---|\n| b | c |", [("A", 0), ("b", 2), ("c", 2)]),
        ("When:\n| A | B |\n| c | d |\nWhere", [("When:", 0), ("A", 1), ("B", 1), ("c", 2), ("d", 2), ("Where", 3)]),
        ("| Home | Shop |", [("| Home | Shop |", 0)]),
        (r"| A |" "\n|---|\n" r"| b \| c | d |", [("A", 0), ("b | c", 2), ("d", 2)]),
    ],
)
def test_every_cell_of_a_table_is_a_block(written: str, said: list[tuple[str, int]]) -> None:
    assert [(block.text, block.line) for block in blocks(written)] == said


@pytest.mark.parametrize("written", ["[CTA]: Book", "[Note]: 9.99", "[Terms]: https://acme.example/terms", "2026."])
def test_what_defines_nothing_is_copy(written: str) -> None:
    assert [block.text for block in blocks(written)] == [written]
