"""Reading style sheets and style attributes."""

from __future__ import annotations

import pytest

from qa.markup.css import Broken, declarations, paints, parts, rules, selectors_of


def read(css: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(rule.selector, rule.body.strip(), rule.around) for rule in rules(css)]


def pairs(css: str) -> list[tuple[str, str]]:
    return [(found.name, found.value) for found in declarations(css)]


def test_rules_and_what_stands_around_them() -> None:
    assert read("p, .a > b { color: red }\n@media (max-width: 600px) { .a { width: 100% } }") == [
        ("p, .a > b", "color: red", ()),
        ("@media (max-width: 600px)", "", ()),
        (".a", "width: 100%", ("@media (max-width: 600px)",)),
    ]


def test_statements_fonts_and_rules_within_rules() -> None:
    assert read("@import url(a.css); @font-face{src:url(f)} .a{color:red; & b{top:1px} left:2px}") == [
        ("@import url(a.css)", "", ()),
        ("@font-face", "", ()),
        ("@font-face", "src:url(f)", ()),
        (".a", "color:red;", ()),
        ("& b", "top:1px", (".a",)),
        (".a", "left:2px", ()),
    ]


def test_comments_strings_and_addresses_end_nothing() -> None:
    assert [rule[0] for rule in read('/* a{ */ .a{content:"}"} <!-- .b{background:url(x}y)} --> .c{d:e')] == [
        ".a",
        ".b",
        ".c",
    ]


def test_places_are_those_of_the_sheet() -> None:
    css = "/* note */\n .a {\n color: red }"
    rule = next(rules(css))
    assert css[rule.offset :].startswith(".a")
    assert css[rule.start + declarations(rule.body)[0].offset :].startswith("color")


def test_the_parts_of_a_sheet_come_with_their_places() -> None:
    css = "@import 'a;b'; @media x { p , b { color : red } }"
    assert [(part.text, css[part.start : part.end], part.around) for part in parts(css)] == [
        ("@import 'a_b'", "@import 'a;b';", ()),
        ("color : red", "color : red ", ("@media x", "p , b")),
        ("p , b", "p , b { color : red }", ("@media x",)),
        ("@media x", "@media x { p , b { color : red } }", ()),
    ]


@pytest.mark.parametrize("css", ["}", "a{", "{" * 60 + "}" * 60])
def test_braces_that_do_not_match_are_told_apart(css: str) -> None:
    with pytest.raises(Broken):
        list(parts(css))


def test_commas_in_brackets_divide_no_selectors() -> None:
    assert selectors_of("a:is(b,c),d[x=','],e") == ["a:is(b,c)", "d[x=',']", "e"]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("COLOR:Red;;width : 10px", [("color", "Red"), ("width", "10px")]),
        ("background:url(data:image/png;base64,AA==) no-repeat", [("background", "url(data:image/png;base64,AA==) no-repeat")]),
        ("font-family:'A; B', x !important", [("font-family", "'A; B', x")]),
        ("--x:1px;margin:0 /* ; */ 1px", [("--x", "1px"), ("margin", "0         1px")]),
        ("color red; width:1px", [("width", "1px")]),
        ("", []),
    ],
)  # fmt: skip
def test_declarations(css: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(css) == expected


def test_importance_is_kept_apart() -> None:
    assert [found.important for found in declarations("a:b! important;c:d")] == [True, False]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#fff url(a.png) no-repeat", True),
        ("url(a.png), white", True),
        ("rgba(0, 0, 0, .5)", True),
        ("linear-gradient(90deg, rgba(0,0,0,.5), #fff), red", True),
        ("url('red.png') center / cover", False),
        ("-webkit-linear-gradient(left, red, blue)", False),
        ("var(--brand)", False),
        ("transparent", False),
        ("none", False),
    ],
)
def test_a_background_with_a_colour(value: str, expected: bool) -> None:
    assert paints(value) is expected


@pytest.mark.parametrize(
    "piece", ['"', "'\"", "url(", "/*", "{", "a{b:c;", "}", "\\", "a:", "@x;", 'url("a" ', "a", "a:! ", "linear-gradient(", "(a"]
)  # fmt: skip
def test_hostile_styles_are_read_in_linear_time(piece: str) -> None:
    css = piece * (300_000 // len(piece))
    assert sum(1 for _ in rules(css)) >= 0
    assert len(declarations(css)) >= 0
    assert paints(css) in (True, False)
