"""What hides an element, told from its style and from the plain rules of the document."""

from __future__ import annotations

import pytest

from qa.gather.document.visibility import Styles, backgrounds, pixels_of


def hides(css: str, sheet: str = "", name: str = "p", **attributes: str) -> bool:
    return Styles([sheet]).of(name, {"style": css, **attributes}).gone


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


def test_pictures_behind_an_element() -> None:
    css = "background:#fff url( 'a.png' ) no-repeat; background-image:url(b.png),url(\"c.png\"); color:url(d.png)"
    assert backgrounds(css) == ("a.png", "b.png", "c.png")
    assert backgrounds("background: none") == ()


def test_declared_pixels() -> None:
    assert pixels_of("width", "max-width:10px;WIDTH:450PT") == 600
    assert pixels_of("width", "width:50%") is None
    assert pixels_of("height", "width:10px") is None
