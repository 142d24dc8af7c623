"""What Outlook on Windows reads of conditional comments and VML: what shows, what does not, and where it stands."""

from __future__ import annotations

import re

import pytest

from qa.artefacts import View
from qa.markup.tokeniser import STAMP, Kind, RawHtml, stamped
from qa.render.emulation.mso import holds, mso
from qa.source import Source

VIEW = View("outlook-windows", "Outlook on Windows", 800)
STAMPS = re.compile(rf' {STAMP}="(\d+)"')


def read(html: str) -> str:
    return mso(stamped(Source("a.html", html)), VIEW)


def plain(html: str) -> str:
    return STAMPS.sub("", read(html))


@pytest.mark.parametrize(
    "condition",
    [
        "mso",
        " mso ",
        "gte mso 9",
        "gt mso 15",
        "lte mso 16",
        "eq mso 16",
        "mso 16",
        "MSO",
        "mso | IE",
        "mso|IE",
        "(gte mso 9)|(IE)",
        "(mso)|(IE)",
        "!IE",
        "!!mso",
        "!((lt mso 9)|IE)",
        "(mso)&(!IE)",
        "gte vml 1",
        "vml",
        "!mso | mso",
        "IE & IE | mso",
        "true",
        "supportEmptyParas",
    ],
)
def test_conditions_that_hold(condition: str) -> None:
    assert holds(condition)


@pytest.mark.parametrize(
    "condition",
    ["!mso", "IE", "mso 12", "lte mso 11", "lt mso 16", "(!mso)&(!IE)", "!(mso)", "!vml", "!supportLists", "false", "IEMobile 7", "anything",
     "", "(mso", "mso)", "()", "!", "&", "mso mso", "mso &", "| mso", "mso # IE", "!" * 299, "(" * 300],
)  # fmt: skip
def test_conditions_that_do_not_hold_or_cannot_be_read(condition: str) -> None:
    assert not holds(condition)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a<!--[if mso]><b>b</b><![endif]-->c", "a<b>b</b>c"),
        ("a<!-- [if mso]>b<![endif]-->c", "a<!-- [if mso]>b<![endif]-->c"),
        ("a<!--[if lte mso 11]>b<![endif]-->c", "ac"),
        ("a<!--[if !mso]><!--><b>b</b><!--<![endif]-->c", "ac"),
        ("a<!--[if !mso]><!-- --><b>b</b><!-- <![endif]-->c", "ac"),
        ("a<!--[if !mso]>--><b>b</b><!--<![endif]-->c", "ac"),
        ("a<!--[if mso]><!-->b<!--<![endif]-->c", "abc"),
        ("a<![if !mso]><b>b</b><![endif]>c", "ac"),
        ("a<![if mso]>b<![endif]>c", "abc"),
        ("<!--[if mso]><table><tr><td><![endif]--><p>x</p><!--[if mso]></td></tr></table><![endif]-->", "<table><tr><td><p>x</p></td></tr></table>"),
        ("a<!--[if !mso]><!-->b<!--[if mso]>x<![endif]-->c<!--<![endif]-->d", "ad"),
        ("a<!--[if mso]>b<!--[if gte mso 9]>c<![endif]-->d<![endif]-->e", "abcde"),
        ("a<!--[if mso]>b<!-- x -->c<![endif]-->d", "ab<!-- x -->cd"),
        ("a<!-- plain --><p>b", "a<!-- plain --><p>b"),
        ("<style>/* <!--[if mso]> */</style><p title='<!--[if mso]>'>x", "<style>/* <!--[if mso]> */</style><p title='<!--[if mso]>'>x"),
    ],
)  # fmt: skip
def test_what_shows(html: str, shown: str) -> None:
    assert plain(html) == shown


def test_a_condition_that_is_never_closed_hides_the_rest() -> None:
    assert plain("<p>a</p><!--[if !mso]><!--><p>b</p><p>c</p>") == "<p>a</p>"
    assert plain("<p>a</p><!--[if mso]><p>b</p>") == "<p>a</p><p>b</p>"


def test_what_only_outlook_sees_knows_its_place() -> None:
    html = (
        "<!--[if mso]><i>0</i><![endif]-->\n<p class='x'>{{ a < b }}<!--[if mso]>\n<b data-qa-at='7'>1</b>"
        "<style>b{}</style><!-- - --><a href=y>2</a>\n<![endif]--><br/><!--[if !mso]><!--><u>n</u><!--<![endif]-->"
        "<!--[if (mso)|(IE)]><td width=5><![endif]--><i>3</i>"
    )
    result = read(html)
    raw = RawHtml(result)
    named = [token for token in raw.tokens() if token.kind is Kind.START]
    assert [token.name for token in named] == ["i", "p", "b", "style", "a", "br", "td", "i"]
    for token in named:
        found = STAMPS.match(result, token.start + 1 + len(token.name))
        assert found is not None
        assert html[int(found[1]) :].startswith(f"<{token.name}")
    assert [int(found[1]) for found in STAMPS.finditer(result)] == sorted(int(f[1]) for f in STAMPS.finditer(result))


@pytest.mark.parametrize("html", ["", "<", "<!--[if", "<!--[if mso]>", "<!--[if mso]><a href='", "<![endif]-->", "<v:rect", "</v:rect>", "<v:rect>", "<xml>", "<v:fill/>"])  # fmt: skip
def test_scraps_are_survived(html: str) -> None:
    assert isinstance(read(html), str)


@pytest.mark.parametrize(
    "html",
    ["<!--[if mso]>" * 100_000, "<!--[if !mso]><!-->" * 50_000 + "<!--<![endif]-->" * 50_000, "<!--[if" * 100_000, "<v:rect>" * 20_000, "<xml>" * 50_000],
    ids=["open", "nested", "half", "shapes", "islands"],
)  # fmt: skip
def test_hostile_input_costs_one_pass(html: str) -> None:
    assert len(read(html)) < 60 * len(html)


BUTTON = (
    '<v:roundrect href="https://x.example/?a=1&amp;b=2" style="height:40px;v-text-anchor:middle;width:200px;" arcsize="10%" '
    'strokecolor="#1e3650" fillcolor="#556270 [3212]"><w:anchorlock/><center style="color:#fff">Save</center></v:roundrect>'
)


def test_a_button_is_a_link_with_its_colour_and_its_corners() -> None:
    result = read(f"<p><!--[if mso]>{BUTTON}<![endif]-->")
    box = re.search(r"<a [^>]*>", result)
    assert box is not None
    for said in (
        "https://x.example/?a=1&amp;b=2",
        "width:200px",
        "height:40px",
        "border-radius:4px",
        "border:1px solid #1e3650",
        "background-color:#556270;",
    ):
        assert said in box[0]
    assert f'<a {STAMP}="16"' in result
    assert "justify-content:center" in box[0]
    assert "anchorlock" not in result
    assert result.endswith(
        '<center data-qa-at="{}" style="color:#fff">Save</center></qa-shape></a>'.format(16 + BUTTON.index("<center"))
    )


def test_shapes_in_shapes_keep_their_own_fill() -> None:
    inner = BUTTON.replace("href", "title")
    html = f'<v:rect stroked="f" style="width:600px"><v:fill type="frame" src="bg.png" color="#111111"/><v:textbox inset="0,1px,2pt">{inner}</v:textbox></v:rect>'
    result = plain(html)
    outer, button = re.findall(r'<qa-shape data-qa-shape style="([^"]*)">', result)[::2]
    assert "background-color:#111111" in outer
    assert "bg.png" in outer
    assert "background-size:100% 100%" in outer
    assert "border:0" in outer
    assert "background-color:#556270" in button
    assert "bg.png" not in button
    assert "padding:1px 2.66667px 4.8px 0px" in result


def test_only_what_is_no_link_already_becomes_one() -> None:
    assert "<qa-shape" in plain('<v:rect href="x"><a href="y">z</a></v:rect>')
    assert plain('<v:rect href="x"><a href="y">z</a></v:rect>').count("<a ") == 1
    assert plain('<a href="y"><v:rect href="x">z</v:rect></a>').count("<a ") == 1


@pytest.mark.parametrize(
    ("vml", "said"),
    [
        ('<v:oval style="width:50px;height:50px"/>', "border-radius:50%"),
        ('<v:rect filled="f" stroked="f">x</v:rect>', "border:0;"),
        ('<v:rect style="mso-width-percent:1000">x</v:rect>', "width:100%"),
        ('<v:rect strokeweight="2pt" strokecolor="red"><v:stroke dashstyle="dash"/>x</v:rect>', "border:2.66667px dashed red"),
        ('<v:rect><v:fill type="gradient" color="#000000" color2="#ffffff" angle="270"/>x</v:rect>', "linear-gradient(-270deg,#000000,#ffffff)"),
        ('<v:rect><v:fill type="tile" src="a b&quot;).png"/>x</v:rect>', "a%20b%22%29.png"),
        ('<v:rect fillcolor="#102030"><v:fill opacity="50%"/>x</v:rect>', "rgba(16,32,48,0.5)"),
        ('<v:roundrect arcsize="32768f" style="width:100px;height:20pt">x</v:roundrect>', "border-radius:13.33px"),
        ('<v:rect style="height:90px"><v:textbox style="mso-fit-shape-to-text:true">x</v:textbox></v:rect>', "min-height:90px"),
        ('<v:image src="a.png" alt="A" style="width:10px;height:20px"/>', '<img data-qa-shape src="a.png" alt="A" style="width:10px;height:20px">'),
        ('<v:shape type="#_x0000_t75"><v:imagedata src="b.png"/></v:shape>', '<img data-qa-shape src="b.png"'),
        ('<v:background fill="t"><v:fill type="tile" src="c.png" color="#eee"/></v:background>', 'body{background-color:#eee;background-image:url("c.png")'),
    ],
)  # fmt: skip
def test_how_shapes_look(vml: str, said: str) -> None:
    assert said in plain(vml).replace("&quot;", '"')


def test_office_markup_vanishes_and_its_words_stay() -> None:
    html = "<xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><p>a<o:p>&nbsp;</o:p><v:unknown>b</v:unknown></p>"
    assert plain(f"<!--[if gte mso 9]>{html}<![endif]-->") == "<p>a&nbsp;b</p>"
    assert plain("<o:shapedefaults>1</o:shapedefaults><v:shapetype id=t><v:path/></v:shapetype>x") == "x"
