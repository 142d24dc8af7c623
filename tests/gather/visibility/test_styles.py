"""What hides an element, told from its style and from the plain rules of the document."""

from __future__ import annotations

import pytest

from qa.gather.visibility.hiding import Style
from qa.gather.visibility.matched_rules import Tree
from qa.gather.visibility.styles import Styles, backgrounds, pixels_of
from qa.markup.tokeniser import RawHtml


def style(css: str, sheet: str = "", media: str = "", *, scripted: bool = False, **attributes: str) -> Style:
    """Of the one paragraph of a document."""
    given = {"style": css, **attributes}
    raw = RawHtml("<p" + "".join(f' {key}="{value}"' for key, value in given.items()) + ">")
    return Styles([(media, sheet)], Tree(raw, [*raw.tokens(), None]), scripted).of(0, "p", given)


def hides(css: str, sheet: str = "", **attributes: str) -> bool:
    return style(css, sheet, **attributes).gone


@pytest.mark.parametrize(
    ("css", "sheet"),
    [
        ("color:red", ""),
        ("display:none;display:block", ""),
        ("display:block!important;display:none", ""),
        ("background:url('a;display:none;b')", ""),
        ("content:';display:none'", ""),
        ("--display:none", ""),
        ("", "/* p{display:none} */ .a{display:none}"),
        ("", "@media (max-width:600px){p{display:none}}"),
        ("", "p{color:red; & b{display:none}}"),
        ("", ".a:is(.b,p,.c){display:none}"),
        ("", "div p{display:none} p:not(p), p:hover, p::before{display:none}"),
        ("", "@media print{p{display:none}} @keyframes a{from{display:none}}"),
        ("", "body > p{display:none} p[style]{display:block!important}"),
        ("", "@layer a{p{display:none}} p{display:block}"),
        ("opacity:0;animation:appear 1s forwards", ""),
        ("position:absolute;left:-20px;clip-path:inset(10%);transform:scale(.9);text-indent:-2em", ""),
        ("", "p[title='{'],.a{display:none}"),
        ("display:block", "p{display:none}"),
    ],
)
def test_what_is_shown(css: str, sheet: str) -> None:
    assert not hides(css, sheet)


@pytest.mark.parametrize(
    ("css", "sheet"),
    [
        ("DISPLAY : None", ""),
        ("display:none!important;display:block", ""),
        ("display:none /* for Outlook */", ""),
        ("overflow:hidden;max-height:0", ""),
        (r"d\69splay:none", ""),
        (r"display:n\6f ne", ""),
        ("content-visibility:hidden", ""),
        ("position:absolute;left:-9999px", ""),
        ("position:fixed;top:-200vh", ""),
        ("margin-left:-9999em", ""),
        ("transform:translateX(-300vw)", ""),
        ("transform:scale(0)", ""),
        ("scale:0", ""),
        ("transform:rotateY(90deg)", ""),
        ("clip-path:inset(50%)", ""),
        ("clip-path:circle(0)", ""),
        ("clip-path:polygon(0 0,0 0,0 0)", ""),
        ("position:absolute;clip:rect(0 0 0 0)", ""),
        ("position:absolute;clip:rect(1px,1px,1px,1px)", ""),
        ("filter:opacity(0%)", ""),
        ("mask-image:linear-gradient(transparent,transparent)", ""),
        ("opacity:.01", ""),
        ("", "body > p{display:none}"),
        ("", ":where(body) p[style]{display:none}"),
        ("", "p:is(.x, [style]){display:none}"),
        ("", "p:nth-child(1):only-child{opacity:0}"),
        ("", "body:has(p) p{display:none}"),
        ("", "html{& p{display:none}}"),
        ("", "@media all{@layer base{* > p{display:none}}}"),
        ("", "@media print, screen{p{display:none}}"),
        ("", "b,p{display:none}"),
        ("", "@import url(a.css); p{display:none}"),
        ("", "<!-- @media print{b{color:red}} p{display:none} -->"),
        ("", ".a{content:'}'} p{display:none}"),
        ("", "p{display:none"),
        ("display:block", "p{display:none !important}"),
    ],
)
def test_what_is_hidden(css: str, sheet: str) -> None:
    assert hides(css, sheet)


def test_a_more_exact_rule_counts_more() -> None:
    sheet = "p.note{display:none} .note{display:block} #one{display:block}"
    assert hides("", sheet, **{"class": "note"})
    assert not hides("", sheet, **{"class": "note", "id": "one"})


@pytest.mark.parametrize(
    ("sheet", "media", "scripted"),
    [
        ("@media (max-width:600px){p{display:none}}", "", False),
        ("p{display:none}", "(max-width: 600px)", False),
        ("@supports (display:grid){body p{font-size:0}}", "", False),
        ("p:nth-child(1 of p){display:none}", "", False),
        ("body p{display:none} body:hover p{display:block}", "", False),
        ("p{display:none} @media (min-width:600px){p{display:block}}", "", False),
        ("body p{display:none}", "", True),
        ("p{opacity:0}", "", True),
    ],
)
def test_what_holds_for_some_readers_leaves_a_doubt(sheet: str, media: str, scripted: bool) -> None:
    assert style("", sheet, media=media, scripted=scripted).doubt


@pytest.mark.parametrize(
    "sheet", ["p{color:red}", "@media (max-width:600px){p{color:red} b{display:none}}", "div:hover p{color:red}"]
)
def test_what_hides_nothing_leaves_none(sheet: str) -> None:
    assert not style("", sheet).doubt


def test_text_that_is_not_drawn() -> None:
    assert style("font-size:0").tiny
    assert style("text-indent:-9999px").tiny
    assert style("-webkit-text-fill-color:transparent").transparent
    assert not style("color:transparent;-webkit-background-clip:text").transparent


def test_pictures_behind_an_element() -> None:
    css = "background:#fff url( 'a.png' ) no-repeat; background-image:url(b.png),url(\"c.png\"); color:url(d.png)"
    assert backgrounds(css) == ("a.png", "b.png", "c.png")
    assert backgrounds("background: none") == ()


def test_declared_pixels() -> None:
    assert pixels_of("width", "max-width:10px;WIDTH:450PT") == 600
    assert pixels_of("width", "width:50%") is None
    assert pixels_of("height", "width:10px") is None
