"""Is the tree of tags that nest as written the one the parser would build?"""

from __future__ import annotations

from random import Random

import pytest

from qa.gather.document.tree import as_written, repaired
from qa.markup.tokeniser import RawHtml

NAMES = [
    "p",
    "div",
    "td",
    "tr",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "th",
    "caption",
    "colgroup",
    "col",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "a",
    "span",
    "h1",
    "br",
    "hr",
    "img",
    "form",
    "select",
    "option",
    "optgroup",
    "head",
    "body",
    "html",
    "title",
    "meta",
    "noscript",
    "x-y",
    "v:rect",
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>One<p>Two",
        "<ul><li>One<li>Two",
        "<table><tr><td>One<td>Two<tr><td>Three",
        "<head><meta><div>The head ends here</div>",
        "</td></tr></table>",
        "<table><tr><td>",
    ],
)
def test_tags_that_nest_need_no_repair(text: str) -> None:
    tokens = RawHtml(text).tokens()
    assert as_written(tokens) == list(repaired(tokens))


@pytest.mark.parametrize(
    "text", ["<b><i>x</b></i>", "<ul><li>One</ul>", "<div><p>x</div></p>", "</p>", "<head><noscript><div>"]
)
def test_tags_that_cross_need_one(text: str) -> None:
    assert as_written(RawHtml(text).tokens()) is None


def test_any_tags_nest_as_the_parser_has_it() -> None:
    chance = Random(7)
    for _ in range(2_000):
        names = chance.choices(NAMES, k=8)
        text = "".join(chance.choice((f"<{name}>", f"<{name}>", f"</{name}>", "text")) for name in names)
        tokens = RawHtml(text).tokens()
        written = as_written(tokens)
        assert written is None or written == list(repaired(tokens)), text
