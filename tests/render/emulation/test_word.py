"""What Word draws: the CSS it reads, on the elements it reads it on, and nothing else."""

from __future__ import annotations

import re

import pytest

from qa.artefacts import View
from qa.markup.tokeniser import STAMP, stamped
from qa.render.emulation.mso import mso
from qa.render.emulation.word import word
from qa.render.emulation.word_css import inline, scope_of, sheet
from qa.source import Source

VIEW = View("outlook-windows", "Outlook on Windows", 800)
STAMPS = re.compile(rf' {STAMP}="\d+"')


def drawn(html: str) -> str:
    return STAMPS.sub("", word(mso(stamped(Source("a.html", html)), VIEW), VIEW))


@pytest.mark.parametrize(
    ("element", "css", "left"),
    [
        ("td", "padding:10px 20px;color:#333", "padding:10px 20px;color:#333"),
        ("a", "padding:10px;display:inline-block;color:red", "color:red"),
        ("div", "padding:1px;width:600px;max-width:600px;height:5px;margin:0 auto", "margin:0 0"),
        ("table", "max-width:600px;width:100%;margin:0 auto", "max-width:600px;width:100%;margin:0 0"),
        ("p", "margin:0 0 16px;margin-top:-5px", "margin:0 0 16px"),
        ("span", "margin:1px;font-weight:bold", "font-weight:bold"),
        ("td", "border-radius:4px;box-shadow:0 0 1px red;opacity:.5;float:left;position:absolute;transform:none", ""),
        ("td", "background:#FFF none repeat scroll 0 0", "background-color:#FFF"),
        ("td", "background:#FFF url(a.png) no-repeat center / cover", ""),
        ("td", "background:url(red.png)", ""),
        ("td", "background-image:url(a.png)", ""),
        ("td", "background:linear-gradient(red,blue)", ""),
        ("td", "background-color:rgba(0,0,0,.5)", ""),
        ("td", "background-color:rgb(1, 2, 3)", "background-color:rgb(1, 2, 3)"),
        ("td", "color:#00000080;color:hsl(1,2%,3%);color:var(--a);color:rgb(1 2 3)", ""),
        ("td", "width:calc(100% - 1px);font-size:1rem;height:10vh", ""),
        ("td", "color:red !important;color:blue", "color:blue"),
        ("td", "border:20px solid red;border-top:2px solid", "border:8px solid red;border-top:2px solid"),
        ("img", "display:block;width:100%;height:auto", "display:block;height:auto"),
        ("img", "display:none", ""),
        ("div", "display:none;display:flex", "display:none"),
        ("div", "mso-hide:all", "display:none"),
        ("td", "padding:20px;mso-padding-alt:5px", "padding:20px;padding:5px"),
        ("p", "mso-margin-top-alt:9px;margin-top:1px", "margin-top:1px;margin-top:9px"),
        ("p", "font-weight:500;font-weight:700;text-transform:lowercase", "font-weight:normal;font-weight:bold"),
        ("p", "line-height:140%", "line-height:1.4"),
        ("p", "font-size:16px;line-height:24px", "font-size:16px;line-height:1.5"),
        ("p", "font-size:16px;line-height:12pt", "font-size:16px;line-height:1"),
        ("p", "font-size:16px;line-height:1px", "font-size:16px;line-height:normal"),
        ("p", "font-size:16px;line-height:1px;mso-line-height-rule:exactly", "font-size:16px;line-height:1px"),
        ("p", "font-family:'Open Sans', Arial, sans-serif", "font-family:Arial, sans-serif"),
        ("p", 'font-family:-apple-system,"Segoe UI"', 'font-family:"Segoe UI"'),
        ("p", "font-family:Lato", 'font-family:"Times New Roman"'),
        ("p", "-webkit-text-size-adjust:100%;mso-unknown:1;visibility:hidden;white-space:nowrap", ""),
        ("p", ";;:;a:b", ""),
    ],
)  # fmt: skip
def test_style_attributes(element: str, css: str, left: str) -> None:
    assert inline(css, element) == left


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p{color:red}", "p{color:red}"),
        ("#Id .Class, td.a{color:red}", "#Id .Class,td.a{color:red}"),
        ("a:link{color:red}a:hover{color:blue}", "a:link{color:red}"),
        (".a.b{color:red}", ".a{color:red}"),
        ("a>b,a+b,a~b,[x],*,p::before,p:first-child{color:red}", ""),
        ("p,a>b{color:red}", "p{color:red}"),
        ("@media (max-width:600px){p{color:red}}@font-face{font-family:x;src:url(y)}@import 'z';", ""),
        ("@media screen{p{color:red}}", "p{color:red}"),
        (".x{padding:1px;color:red}", ".x:where(td,th){padding:1px}\n.x{color:red}"),
        (".x{margin:1px}", ".x:where(:not(body,span)){margin:1px}"),
        ("p{color:red !important;color:blue!important}", "p{color:red !important}"),
        ("<!-- p{color:red} -->", "p{color:red}"),
        ("p{", ""),
        ("}}", ""),
    ],
)
def test_style_sheets(css: str, left: str) -> None:
    assert sheet(css, css) == left


def test_merge_tags_stay() -> None:
    assert "color:{{my.colour}}" in drawn('<td style="color:{{my.colour}};opacity:1">{{lead.Name}}</td>')
    assert drawn("<style>p{color:red}</style>{{ a < b }}") == "<style>p{color:red}</style>{{ a < b }}"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<img src="a.png" width="300" style="width:100%" srcset="b.png 2x">', '<img src="a.png" width="300">'),
        ('<img width="100%" src="a.png">', '<img src="a.png">'),
        ('<img width="50%" src="a.png">', '<img style="zoom:50%" src="a.png">'),
        ('<td background="a.png" bgcolor="#fff">', '<td bgcolor="#fff">'),
        ('<body background="a.png">', '<body background="a.png">'),
        ("<p hidden>a</p>", "<p>a</p>"),
        ("<td style='float:left'class='a'srcset=x/><td hidden style='color:red'>", "<td class='a'><td style=\"color:red\">"),
        ("<svg><path/></svg>a<select><option>b</select>", "a"),
        ("<form><button>a</button><input value=b></form>", "a"),
        ("<video><p>a</p></video>", "<p>a</p>"),
        ("<svg>a", "a"),
        ('<div style="background:red"><p>a</p></div>', '<div style="background-color:red"><p>a</p></div>'),
        ('<div class="x"><table><tr><td>a</table></div>', '<div style="background:none" class="x"><table><tr><td>a</table></div>'),
    ],
)  # fmt: skip
def test_elements_and_attributes(html: str, left: str) -> None:
    assert drawn(html) == left


def test_stamps_stay_first_and_are_not_counted_anew() -> None:
    html = '<p data-qa-at="9" style="opacity:1">a</p><td style="float:left;color:red">'
    result = word(stamped(Source("a.html", html)), VIEW)
    assert result == '<p data-qa-at="0" data-qa-at="9">a</p><td data-qa-at="41" style="color:red">'


def test_boxes_keep_what_word_itself_drew() -> None:
    result = drawn(
        '<v:roundrect arcsize="50%" style="width:90px;height:40px" fillcolor="red">x</v:roundrect><v:background><v:fill src="a.png"/></v:background>'
    )
    assert "border-radius:20px" in result
    assert "background-image" in result


def test_links_padded_by_wide_blanks_are_buttons() -> None:
    blank = '<!--[if mso]><i style="mso-font-width:200%;mso-text-raise:100%" hidden>&emsp;</i><![endif]-->'
    result = drawn(f'<a href="x" style="background:red;padding:9px">{blank}Go</a>')
    assert "display:inline-block;padding:0.5em 0" in result
    assert '<i style="letter-spacing:1em">&emsp;</i>Go' in result
    assert "display" not in drawn('<a style="padding:9px"><i>Go</i></a>')


def test_where_a_property_counts() -> None:
    assert scope_of("padding-left").holds("td")
    assert not scope_of("padding").holds("p")
    assert not scope_of("width").holds("img")
    assert scope_of("color").holds("b")


@pytest.mark.parametrize("html", ["", "<", "<style>", "<style", "<svg>", "<p style", "<p style='", "<select><select></select>", "</div></svg>"])  # fmt: skip
def test_scraps_are_survived(html: str) -> None:
    assert isinstance(drawn(html), str)


@pytest.mark.parametrize(
    "html",
    ["<p style='" + "line-height:1px;" * 20_000 + "'>", "<style>" + ".a .b," * 50_000 + "p{color:red}</style>", "<div class=a>" * 30_000 + "<table>" * 30_000, "<svg>" * 50_000],
    ids=["declarations", "selectors", "nested", "unclosed"],
)  # fmt: skip
def test_hostile_input_costs_one_pass(html: str) -> None:
    assert len(drawn(html)) < 20 * len(html)
