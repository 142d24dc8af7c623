"""The raw tokeniser: what stands where, and what a merge tag may hold without confusing it."""

from __future__ import annotations

import re

import pytest

from qa.markup.merge_tag_mask import masked
from qa.markup.tokeniser import STAMP, Kind, RawHtml, stamped
from qa.source import Source


def tags(text: str) -> list[tuple[str, dict[str, str]]]:
    raw = RawHtml(text)
    return [(token.name, raw.attributes(token)) for token in raw.tokens() if token.kind is Kind.START]


def pieces(text: str, kind: Kind) -> list[str]:
    return [text[token.start : token.end] for token in RawHtml(text).tokens() if token.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<A HREF="x">', [("a", {"href": "x"})]),
        ("<a href=x>", [("a", {"href": "x"})]),
        ("<a href = 'x' >", [("a", {"href": "x"})]),
        ("<img src=x/>", [("img", {"src": "x/"})]),
        ("<td nowrap hidden>", [("td", {"nowrap": "", "hidden": ""})]),
        ('<a title="a > b" href="x">', [("a", {"title": "a > b", "href": "x"})]),
        ('<a href="first" href="second">', [("a", {"href": "first"})]),
        ('<a href="x"title="y">', [("a", {"href": "x", "title": "y"})]),
        ("<p it's a \"stray>quote", [("p", {"it's": "", "a": "", '"stray': ""})]),
        ('<a href=b="x>y', [("a", {"href": 'b="x'})]),
        ("<v:fill src='a.png'/>", [("v:fill", {"src": "a.png"})]),
        ("<p\tid=a\n>", [("p", {"id": "a"})]),
        ("<>< a></ b><3", []),
        ("</é>x<b>", [("b", {})]),
        ('<a href="never closed <b>', []),
    ],
)
def test_start_tags_follow_the_standard(text: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("?a=1&amp;b=2", "?a=1&b=2"),
        ("?a=1&amp;amp;b=2", "?a=1&amp;b=2"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copyright=2", "?a=1&copyright=2"),
        ("&copy; &copy", "© ©"),
        ("&#8364;&#x20AC;&#128;", "€€€"),
        ("&nosuch; & &", "&nosuch; & &"),
        ("?x={{ a|default('b &amp; c') }}&amp;y", "?x={{ a|default('b &amp; c') }}&y"),
    ],
)
def test_references_in_attributes_are_decoded_once(written: str, value: str) -> None:
    assert tags(f'<a href="{written}">') == [("a", {"href": value})]


def test_comments_end_where_browsers_end_them() -> None:
    text = "a<!-- -- - ->b <b> -->c<!-->d<!--->e<!-- x --!>f<!--[if mso]>g<![endif]-->h<!-- open"
    assert "".join(pieces(text, Kind.TEXT)) == "acdefh"
    assert pieces(text, Kind.COMMENT)[0] == " -- - ->b <b> "
    assert pieces(text, Kind.COMMENT)[-2:] == ["[if mso]>g<![endif]", " open"]


def test_declarations_are_no_text() -> None:
    text = "<!DOCTYPE html><?xml version='1'?><![if !mso]>a<![endif]><![CDATA[b > c]]>"
    assert pieces(text, Kind.DECLARATION)[:2] == ["<!DOCTYPE html>", "<?xml version='1'?>"]
    assert pieces(text, Kind.TEXT) == ["a", " c]]>"]


def test_raw_text_holds_no_tags() -> None:
    text = "<script>if (a<b) '</p>'</scripty></SCRIPT ><title>a <b> c</title><style>x > y</style><textarea><p></textarea><p>"
    assert pieces(text, Kind.RAW) == ["if (a<b) '</p>'</scripty>", "a <b> c", "x > y", "<p>"]
    assert [name for name, _ in tags(text)] == ["script", "title", "style", "textarea", "p"]


def test_a_drawing_may_close_its_title_at_once() -> None:
    assert [name for name, _ in tags("<svg><title/><style/><path/></svg><p>")] == ["svg", "title", "style", "path", "p"]


@pytest.mark.parametrize(
    "tag",
    [
        '{{ contact.name|default("a > b") }}',
        "{{{ raw <= }}}",
        '{% if {{custom_attribute.${balance}}} > 0 and x < "y" %}',
        '{{lead.First Name:default="there"}}',
        '%%[ if @x > 1 and @y < 2 then set @z = "<b>" ]%%',
        '%%=RedirectTo(@link, "a=1")=%%',
        "*|IF:A>B|*",
        "*|IF:A<B|*",
        '<%= recipient.name || "there" %>',
        "<%@ include view='MirrorPageUrl' %>",
        '<span class="eloquaemail">First Name</span>',
        "<SPAN CLASS=eloquaemail >First</SPAN>",
        '${esc.url("x")}',
        '[firstname,fallback="there"]',
    ],
)
def test_a_merge_tag_is_text_wherever_it_stands(tag: str) -> None:
    assert tags(f'<a href="https://x.example/?q={tag}&amp;b" title=x>') == [
        ("a", {"href": f"https://x.example/?q={tag}&b", "title": "x"})
    ]
    assert tags(f"<a href={tag}>t</a>") == [("a", {"href": tag})]
    assert pieces(f"<p>Hi {tag}!</p>", Kind.TEXT) == [f"Hi {tag}!"]
    assert len(masked(f"<p>Hi {tag}!</p>")) == len(f"<p>Hi {tag}!</p>")


def test_logic_between_attributes_is_no_attribute() -> None:
    text = '<td {% if a > 1 %}class="x"{% else %}class="y"{% endif %} {{ more }} id=z>'
    assert tags(text) == [("td", {"class": "x", "id": "z"})]


@pytest.mark.parametrize("opener", ["{{ ", "{% ", "%%[ ", "%%=", "*|", "<% ", "${", "{# ", "[a,fallback="])
def test_an_unclosed_merge_tag_swallows_no_markup(opener: str) -> None:
    text = f"<p>Hi {opener}name</p><p>More</p>"
    assert masked(text) == text
    assert [name for name, _ in tags(text)] == ["p", "p"]


def test_braces_around_tags_are_no_merge_tag() -> None:
    assert [name for name, _ in tags("{{<span>lead.First Name</span>}}")] == ["span"]


def test_every_start_tag_is_stamped_with_its_own_offset() -> None:
    text = '<!doctype html>\n<P Class="a>b">é<br/>&amp;<a data-qa-at=1 href="{{ x "y" }}">t</a><!-- <i> --><script>"<b>"</script>'
    result = stamped(Source("a.html", text))
    assert result.replace(f' {STAMP}="', "\0").count("\0") == 4
    for name, offset in re.findall(rf'<(\w+) {STAMP}="(\d+)"', result):
        assert text[int(offset) :].startswith(f"<{name}")
    assert re.sub(rf' {STAMP}="\d+"', "", result) == text


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        '<a href="x',
        "<",
        "<!--",
        "</p",
        "{{",
        "{% ",
        "%%[",
        "*|",
        "<%",
        "${",
        "<p =",
        "&",
        "&#",
        "<script>",
        "<title>",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    raw = RawHtml(text)
    for token in raw.tokens():
        if token.kind is Kind.START:
            raw.attributes(token)
    assert len(raw.masked) == len(text)
