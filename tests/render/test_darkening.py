"""What becomes of colours where a mail program recolours messages? Drawn in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from qa.profile.model import Profile
from qa.render.emulation import emulated
from qa.render.engines.chromium_found import find_browser
from qa.views.catalogue import all_views

Darkened = Callable[..., dict[str, Any]]
STYLE = """id => {
  const style = getComputedStyle(id ? document.getElementById(id) : document.documentElement);
  const seen = {};
  for (const name of ["color", "background-color", "background-image", "border-top-color"]) seen[name] = style.getPropertyValue(name);
  return seen;
}"""


@pytest.fixture(scope="module")
def page(browser: None) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=find_browser(Profile()).path, chromium_sandbox=False)
        yield program.new_page()
        program.close()


@pytest.fixture
def darkened(page: Any) -> Darkened:
    """The colours of the elements with these ids, in a document that was darkened."""

    def darken(mode: str, html: str, *ids: str) -> dict[str, Any]:
        page.set_content(html)
        for script in ("measure.js", "darken.js"):
            page.evaluate((files("qa.render") / "js" / script).read_text("utf-8"))
        page.evaluate(f"qa.darken({mode!r})")
        return {each: page.evaluate(STYLE, each) for each in ids}

    return darken


MESSAGE = """<!doctype html><style>.b { background: #ffcc00; color: black }</style><body bgcolor="#ffffff">
<p id=text>Hi</p><p id=font><font id=inner color=navy>Hi</font></p><a id=button class=b href=x>Go</a>
<div id=dark style="background:#1a1a2e;color:#ffffff!important">Hi</div><div id=line style="border:2px solid #eeeeee">Hi</div>
<table><tr><td id=cell bgcolor="#f0f0f0" style="background-image:url(x.png)"><img src=x.png></td></tr></table>"""


def test_light_grounds_and_dark_texts_are_turned(darkened: Darkened) -> None:
    seen = darkened("partial", MESSAGE, "", "text", "inner", "button", "dark", "line", "cell")
    assert seen["text"]["color"] == "rgb(255, 255, 255)"
    assert seen["inner"]["color"] == "rgb(250, 198, 255)"  # navy, as Microsoft's formula has it
    assert seen["button"] | {"color": "", "border-top-color": ""} == {
        "color": "",
        "background-color": "rgb(106, 75, 0)",
        "background-image": "none",
        "border-top-color": "",
    }
    assert seen["dark"]["background-color"] == "rgb(26, 26, 46)"
    assert seen["dark"]["color"] == "rgb(255, 255, 255)"
    assert seen["line"]["border-top-color"] == "rgb(61, 61, 61)"


def test_everything_is_turned(darkened: Darkened) -> None:
    seen = darkened("full", MESSAGE, "text", "dark")
    assert seen["text"]["color"] == "rgb(255, 255, 255)"
    assert seen["dark"]["color"] == "rgb(51, 51, 51)"
    assert seen["dark"]["background-color"] == "rgb(232, 229, 255)"


@pytest.mark.parametrize("mode", ["partial", "full"])
def test_pictures_are_never_touched(darkened: Darkened, mode: str) -> None:
    cell = darkened(mode, MESSAGE, "cell")["cell"]
    assert "x.png" in cell["background-image"]
    assert cell["background-color"] == "rgb(60, 60, 60)"


@pytest.mark.parametrize("html", ["<p>Hi", "<body><p>Hi", "<!doctype html><html><head></head><body></body></html>"])
def test_where_nothing_is_painted_the_window_is_dark(darkened: Darkened, html: str) -> None:
    assert darkened("partial", html, "")[""]["background-color"] == "rgb(51, 51, 51)"


def test_the_window_is_not_seen_behind_a_message_with_a_ground(darkened: Darkened, page: Any) -> None:
    darkened("partial", "<body style='background:#102030'><p>Hi")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 32, 48)"
    assert page.evaluate("document.documentElement.style.backgroundColor") == ""


def test_a_translucent_ground_stays_translucent(darkened: Darkened) -> None:
    seen = darkened("partial", "<p id=p style='background:rgba(255,255,255,.5)'>Hi", "p")
    assert seen["p"]["background-color"] == "rgba(51, 51, 51, 0.5)"


@pytest.mark.parametrize("mode", ["partial", "full"])
def test_it_can_be_undone_to_the_letter(darkened: Darkened, page: Any, mode: str) -> None:
    html = MESSAGE + "<p style='color : red;;;x:'>Hi<p style>Hi<svg style='fill:red'><text>x</text></svg>"
    page.set_content(html)
    before = page.content()
    darkened(mode, html)
    assert page.content() != before
    page.evaluate("qa.darken('full')")
    page.evaluate("qa.undarken()")
    assert page.content() == before
    page.evaluate("qa.undarken()")
    assert page.content() == before


def test_names_of_a_form_hide_nothing(darkened: Darkened) -> None:
    html = """<form id=form name=body style="background:#ffffff"><input name=style><input name=getAttribute>
    <input name=setAttribute><input name=removeAttribute><p id=text>Hi</p></form>"""
    seen = darkened("partial", html, "form", "text")
    assert seen["form"]["background-color"] == "rgb(51, 51, 51)"
    assert seen["text"]["color"] == "rgb(255, 255, 255)"


def test_documents_without_elements_of_html_are_no_trouble(darkened: Darkened, page: Any) -> None:
    assert darkened("full", "<svg></svg><math><mi>x</mi></math><frameset></frameset>") == {}
    page.evaluate("document.documentElement.remove()")
    page.evaluate("qa.darken('full')")
    page.evaluate("qa.undarken()")


OUTSTYLE = """<!doctype html><html><head><style>
[data-ogsc] .text { color: #ff0000 !important } [data-ogsb].ground { background-color: #00ff00 !important }
@media (min-width: 1px) { [data-ogac] { font-style: italic } } @media print { [data-ogsc] .text { color: blue } }
</style></head><body><div style="color:black"><p id=text class=text>Hi</p></div>
<p id=ground class=ground style="background:white">Hi</p><font id=font color=navy>Hi</font></body></html>"""


def test_a_message_can_answer_outlooks_dark_mode(darkened: Darkened, page: Any) -> None:
    html = emulated(OUTSTYLE, all_views()["outlook-web-dark"])
    seen = darkened("partial", html, "x_text", "x_ground")
    assert seen["x_text"]["color"] == "rgb(255, 0, 0)"
    assert seen["x_ground"]["background-color"] == "rgb(0, 255, 0)"
    assert page.evaluate("document.getElementById('x_ground').getAttribute('data-ogsb')") == "rgb(255, 255, 255)"
    assert page.evaluate("document.getElementById('x_font').getAttribute('data-ogac')") == "navy"
    assert page.evaluate("getComputedStyle(document.getElementById('x_font')).fontStyle") == "italic"
    page.evaluate("qa.undarken()")
    assert "data-ogs" not in page.evaluate("document.body.outerHTML")


def test_other_clients_do_not_hear_what_is_said_to_outlook(darkened: Darkened) -> None:
    html = emulated(OUTSTYLE, all_views()["gmail-ios-dark"])
    assert darkened("partial", html, "m_text")["m_text"]["color"] == "rgb(255, 255, 255)"
