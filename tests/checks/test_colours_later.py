"""Colours that a merge tag writes when the email is sent: what hangs on them is not measured, all else is."""

from __future__ import annotations

import pytest

from qa.profile.model import Profile
from qa.testing import run_check

pytestmark = pytest.mark.browser

VIEWS = Profile(views=("apple-mail-ios", "gmail-web", "outlook-windows"))
PALE = '<p style="color:#dddddd">Hello to you all, dear readers</p>'
PLAIN = "<p>Hello to you all, dear readers</p>"


def _said(body: str, head: str = "") -> list[str]:
    build = f"<!DOCTYPE html><html lang='en'><head><title>Hello</title>{head}</head><body>{body}</body></html>"
    return run_check("contrast", email={}, build=build, profile=VIEWS).codes


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f'<table bgcolor="{{{{ ground }}}}"><tr><td>{PLAIN}{PALE}</td></tr></table>', ""),
        (f'<div style="background-color:${{bg}}">{PALE}</div>', ""),
        (f'<div style="padding:4px; background: {{{{my.ground}}}}">{PALE}</div>', ""),
        (f'<div style="{{{{ block_style }}}}">{PALE}</div>', ""),
        (f'<div class="a">{PALE}</div>', "<style>p { margin: 0 } .a { background: *|GROUND|* }</style>"),
        (f'<div id="a">{PALE}</div>', "<style>#a, .b { background-color: {{ a }}; color: #333 }</style>"),
        ('<font color="%%=v(@ink)=%%">Hello to you all, dear readers</font>', ""),
        ('<div style="color:{{ ink }}">Hello to you all, dear readers</div>', ""),
        (
            '<p class="a">Hello to you all, dear readers</p>',
            "<style>p { color: #ddd } .a { color: {{ ink }}; }</style>",
        ),
    ],
)
def test_what_nobody_knows_is_not_measured(body: str, head: str, browser: None) -> None:
    assert _said(body, head) == []


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PALE, "<style>.a { background: {{ ground }} }</style>"),
        (f'<div style="background:{{{{ ground }}}}"><div style="background:#ffffff">{PALE}</div></div>', ""),
        (f'<div style="color:{{{{ ink }}}}">{PALE}</div>', ""),
        (f'<div style="width:{{{{ width }}}}px; padding: ${{gap}}">{PALE}</div>', ""),
        (f'<div style="background:{{{{ ground }}}}">{PLAIN}</div>{PALE}', ""),
        (f'<p>100%% of you</p><a href="https://acme.example/{{{{ id }}}}">Read it</a>{PALE}', ""),
    ],
    ids=["another's", "a colour on top", "a colour of its own", "no colour", "beside it", "no style"],
)
def test_what_is_known_is_measured(body: str, head: str, browser: None) -> None:
    assert _said(body, head) == ["low-contrast"]


@pytest.mark.parametrize("address", ["{{ f('a') }}", "'{{ hero }}'", "*|HERO|*", "%%=v(@hero)=%%", "{{host}}/a.png"])
def test_a_picture_behind_a_text_may_be_named_by_a_merge_tag(address: str, browser: None) -> None:
    build = (
        f'<table><tr><td style="background:#222222 url({address})"><p style="color:#eee">Hello</p></td></tr></table>'
    )
    assert run_check("image-files", email={}, build=build).codes == []
