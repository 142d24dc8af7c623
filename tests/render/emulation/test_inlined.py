"""What a client without <style> keeps, of a build as it is and of one that its platform inlines when it sends."""

from __future__ import annotations

import pytest

from qa.artefacts import View
from qa.facts import facts
from qa.finding import Fault
from qa.markup.tokeniser import stamped
from qa.render.emulation.inlined import as_sent, inlined, no_style
from qa.source import Source

VIEW = View("gmail-android-other", "Gmail on Android, account of another provider", 360)
HTML = '<style>p{color:red}@media(max-width:9px){p{color:blue}}</style><p style="margin:0">{{a}}</p>'


def stamps(html: str) -> str:
    return stamped(Source("a.html", html))


def test_style_attributes_stay_and_sheets_go() -> None:
    assert no_style(stamps(HTML), VIEW) == f'<p data-qa-at="{HTML.index("<p ")}" style="margin:0">{{{{a}}}}</p>'


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ('<link rel="stylesheet" href="a.css"><link rel="icon" href="b.ico">', '<link data-qa-at="36" rel="icon" href="b.ico">'),
        ("<STYLE>p{}</STYLE>a", "a"),
        ("<style>p{}", ""),
        ("a</style>b", "ab"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_counts_as_a_sheet(html: str, left: str) -> None:
    assert no_style(stamps(html), VIEW) == left


def test_a_build_that_is_inlined_when_it_is_sent_keeps_its_look() -> None:
    result = no_style(inlined(stamps(HTML), VIEW), VIEW)
    assert f'<p data-qa-at="{HTML.index("<p ")}" style="color:red; margin:0">' in result
    assert "blue" not in result
    assert "{{a}}" in result


def test_what_cannot_be_inlined_is_said() -> None:
    with pytest.raises(Fault, match="the styles of the message could not be worked out"):
        inlined("", VIEW)


def test_who_inlines() -> None:
    assert as_sent("customerio") == ("inlined",)
    assert as_sent("braze") == as_sent("hubspot") == as_sent("marketo") == as_sent("") == ()
    assert as_sent("braze", switched_on=True) == ("inlined",)
    assert as_sent("mailchimp", switched_on=False) == ()


def test_every_fact_has_its_source() -> None:
    for fact in facts("inlining")["platforms"].values():
        assert fact["when"] in ("default", "setting", "marked")
        assert fact["source"].startswith("https://")
