"""The text of an HTML document: what a reader sees, what is hidden, and what an inbox shows of it."""

from __future__ import annotations

import sys

import pytest

from qa.artefacts import Markup
from qa.gather.inventory import inventory
from qa.source import Source


def read(html: str) -> Markup:
    return inventory(Source("build/a.html", html))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).blocks if not block.hidden and not block.outlook_only]


# What a reader sees


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<p>one <b>and</b> <i>two</i><br>three</p>", ["one and two three"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", ["a", "b", "c", "d"]),
        ("before<div>in</div>after", ["before", "in", "after"]),
        ("<P>UPPER</P>", ["UPPER"]),
        ("<div/>in</div>out", ["in", "out"]),
        ("<p>a<img src=x>b</p>", ["a b"]),
        ("<p>a&nbsp;&#160;b&shy;c&zwnj;d&#8203;e</p>", ["a bcde"]),
        ("<p>&nbsp;</p><p>\n</p>", []),
        ("<p>a\0b</p>", ["ab"]),
        ("<p>a<!-- x -- y --> b</p>", ["a b"]),
        ("<script>x</script><style>y</style><template><p>z</template><p>a", ["a"]),
        ("<noscript><p>Turn on</noscript>", ["Turn on"]),
        ("<script></script><noscript><p>Turn on</noscript><p>a", ["a"]),
        ("<p>مرحبا بالعالم</p>", ["مرحبا بالعالم"]),
        ("<p>می\u200cخواهم &rlm;x</p>", ["می\u200cخواهم x"]),
        ("<p>👨\u200d👩\u200d👧 🎉</p>", ["👨\u200d👩\u200d👧 🎉"]),
        ("<p>5 < 6 & 7 > 3 &lt;b&gt;</p>", ["5 < 6 & 7 > 3 <b>"]),
        ("<h1>a</h2>b", ["a", "b"]),
        ("<b><p>a</b></p>b", ["a", "b"]),
        ("<button>Go</button> now", ["Go", "now"]),
        ("<select><option>a<option>b</select>c", ["c"]),
        ("<head>{% set a = 1 %}<title>t</title></head>a", ["a"]),
        ("<template><p>z</template>a<object>b</object></object>c", ["a bc"]),
        ("<head>oops<title>t</title></head>a", ["oopsa"]),
        ("", []),
    ],
)
def test_blocks_hold_what_a_reader_sees(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_logic_between_rows_stays_in_its_place() -> None:
    html = "<table><tr><td>a</td></tr>{% if x > 1 %}<tr><td>b</td></tr>{% endif %}<tr><td>c</td></tr></table><p>d"
    assert texts(html) == ["a", "{% if x > 1 %}", "b", "{% endif %}", "c", "d"]


def test_merge_tags_come_out_as_written() -> None:
    html = (
        '<p>Hi {{ a|default("you & < me") }}, %%[ if @x > 1 then ]%%<b>*|IF:A>B|*</b> <%= a < "b" %> {{ "&amp;" }}</p>'
    )
    assert texts(html) == [
        'Hi {{ a|default("you & < me") }}, %%[ if @x > 1 then ]%%*|IF:A>B|* <%= a < "b" %> {{ "&amp;" }}'
    ]


@pytest.mark.parametrize(
    "style",
    [
        "display:none", "DISPLAY : NONE !important", "visibility:hidden", "max-height:0;overflow:hidden", "opacity:0",
        "height:0px; overflow: hidden", "width:0;overflow:hidden", "font-size:0", "font-size:1px", "color:transparent",
        "color:rgba(0, 0, 0, 0)", "font:0/0 a",
    ],
)  # fmt: skip
def test_styles_that_hide(style: str) -> None:
    assert [block.hidden for block in read(f'<div style="{style}">a <b>b</b></div><p>c').blocks] == [True, False]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="mso-hide:all"', 'aria-hidden="true"', 'style="max-height:0"', 'style="line-height:0"', 'style="opacity:0.9"',
        'style="font-size:1cm"', 'style="color:rgb(0,0,0)"', 'style="width:100%;overflow:hidden"', 'style="font-size:0.9em"',
        'style="min-height:0;overflow:hidden"',
    ],
)  # fmt: skip
def test_styles_that_do_not_hide(attributes: str) -> None:
    assert [block.hidden for block in read(f"<div {attributes}>a</div>").blocks] == [False]


def test_text_can_be_brought_back_inside_what_hides_it() -> None:
    assert texts('<td style="font-size:0"><div style="font-size:14px">a</div> b</td>') == ["a"]
    assert texts('<div style="visibility:hidden"><p style="visibility:visible">a</p></div>') == ["a"]
    assert texts('<div style="display:none"><p style="display:block">a</p></div>') == []


def test_visible_and_hidden_text_of_one_block_are_apart() -> None:
    found = read("<p>seen <span hidden>not seen</span> again</p>")
    assert [(block.text, block.hidden) for block in found.blocks] == [("seen again", False), ("not seen", True)]


def test_plain_rules_of_a_sheet_hide_and_media_queries_do_not() -> None:
    sheet = (
        "<style>/* .c{display:none} */ @import url(x); .a, td.b { display: none } @media (max-width:600px) { .c { display:none } }"
        " .d{display:none}.d{display:block} .e .f{display:none} #g{visibility:hidden}</style><style media=print>.h{display:none}</style>"
    )
    body = "".join(f"<p class={name}>{name}</p>" for name in "acdfh") + "<td class=b>b<td><p class=b>B<p id=g>g"
    assert texts(sheet + body) == ["c", "d", "f", "h", "B"]
    assert texts('<style>.a{display:none}</style><p class=a style="display:block">a') == ["a"]


# Preheader


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<body><div style="display:none">Live on 24 March&nbsp;&zwnj;&#847;&#8199;</div><p>Hi', "Live on 24 March"),
        ("<a href=x>View in browser</a><div hidden>Live</div><p>Hi", "Live"),
        ("<style>.pre{display:none}</style><span class=pre>Live</span><p>Hi", "Live"),
        ("<div hidden>&nbsp;&zwnj;</div><div hidden>Live</div>", "Live"),
        ('%%[ set @a = "a long block of platform code before all" ]%%<div hidden>Live</div>', "Live"),
        ("<p>Forty minutes on what changed this year, and why</p><div hidden>Only on phones</div>", None),
        ("<p>Hi</p>", None),
        ("<!--[if mso]><div style='display:none'>Outlook</div><![endif]--><p>Hi", None),
    ],
)
def test_the_preheader_is_the_first_hidden_text(html: str, expected: str | None) -> None:
    found = read(html).preheader
    assert (found.value if found else None) == expected


def test_deep_but_possible_nesting_is_read() -> None:
    assert texts("<div>" * 4_000 + "deep" + "</div>" * 4_000 + "<p>after") == ["deep", "after"]
    assert sys.getrecursionlimit() < 4_000


def test_a_thousand_unclosed_fonts_are_no_nesting() -> None:
    assert len(texts("<p><font>x" * 2_000)) == 2_000
