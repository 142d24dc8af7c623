"""Styles are inlined as clients without <style> see them; nothing is fetched, and a broken sheet is one clear line."""

from __future__ import annotations

import socket

import pytest

from qa.finding import Fault
from qa.markup.tokeniser import stamped
from qa.render.emulation.inlining import with_styles_inlined
from qa.source import Source


def inlined(html: str) -> str:
    return with_styles_inlined(stamped(Source("a.html", html)))


def test_rules_are_inlined_and_start_tags_keep_their_offsets() -> None:
    html = "<style>p{color:red}@media(max-width:500px){p{color:blue}}</style><p style='margin:0'>{{a}} & b</p>"
    result = inlined(html)
    assert f'<p data-qa-at="{html.index("<p ")}" style="color:red; margin:0">' in result
    assert "@media(max-width:500px)" in result


def test_links_and_tokens_are_left_as_they_were() -> None:
    assert 'href="{{lead.Url}}?a=1&amp;b=2"' in inlined('<style>a{x:y}</style><a href="{{lead.Url}}?a=1&amp;b=2">x</a>')


@pytest.mark.parametrize(
    "html",
    ["<p>", "<style>", "<style>}}}{{{ p {</style>x", "<style>p:nth(((</style><p>", "<p data-premailer=x style=':;:'>", "\0<p>", "<style>@media{{{</style>"],
)  # fmt: skip
def test_broken_markup_is_survived(html: str) -> None:
    assert inlined(html)


def test_nothing_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        at = f"http://127.0.0.1:{trap.getsockname()[1]}"
        sheet = f"@import url({at}/a.css);@import '{at}/b.css';@import url(file:///etc/passwd);p{{color:red}}"
        result = inlined(f'<style>{sheet}</style><link rel="stylesheet" href="{at}/c.css"><p>Text</p>')
        with pytest.raises(TimeoutError):
            trap.accept()
    assert 'style="color:red"' in result
    assert "root:" not in result


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "empty"),
        ("<div>" * 100_000 + "<p>end", "nested too deeply"),
        ("<p>" + "x" * 2_000_001, "too large"),
        ("<style>" + "a{b:c}" * 10_000 + "</style>" + "<a>" * 10_000, "too many rules"),
    ],
)
def test_what_cannot_be_worked_out_is_one_clear_line(html: str, reason: str) -> None:
    with pytest.raises(Fault, match=rf"the styles of the message could not be worked out: .*{reason}") as fault:
        inlined(html)
    assert "\n" not in str(fault.value)
