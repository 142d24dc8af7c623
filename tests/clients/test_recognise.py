"""Which features of HTML and CSS a document uses, where, and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Features, FeatureUse, Parts, RawTokens
from qa.clients.caniemail import features as known
from qa.clients.degradation import degradations
from qa.facts import facts
from qa.finding import Skip
from qa.gather.css_use.surroundings import MARKS
from qa.gather.features import Reader, features
from qa.gather.inventory import read
from qa.markup.tokeniser import RawHtml
from qa.request import AskedEmail
from qa.source import Source


def found(html: str) -> Features:
    return features(read(Parts("a.html", Source("a.html", html)), AskedEmail(name="a")))


def uses(html: str, feature: str) -> list[FeatureUse]:
    return [use for use in found(html).uses if use.feature == feature]


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        ("<p style='display:inline-flex'>", "css-display-flex"),
        ("<p style='-webkit-box-shadow:0 0 1px #000'>", "css-box-shadow"),
        ("<p style='width:calc(100% - 2rem)'>", "css-unit-calc"),
        ("<p style='width:calc(100% - 2rem)'>", "css-unit-rem"),
        ("<p style='padding:0 !important'>", "css-important"),
        ("<p style='--x:1px'>", "css-variables"),
        ("<style>a:hover{color:red}</style>", "css-pseudo-class-hover"),
        ("<style>p::before{content:'x'}</style>", "css-pseudo-element-before"),
        ("<style>.a > .b{color:red}</style>", "css-selector-child"),
        ("<style>@media (prefers-color-scheme:dark){p{color:red}}</style>", "css-at-media-prefers-color-scheme"),
        ("<style>@import url(x.css);</style>", "css-at-import"),
        ("<style>.a{& b{color:red}}</style>", "css-nesting"),
        ("<style>/* note */</style>", "css-comments"),
        ("<!doctype html><p>", "html-doctype"),
        ("<video src=a></video>", "html-video"),
        ("<p hidden>", "html-hidden"),
        ("<a href='#top'>", "html-anchor-links"),
        ("<input type=checkbox>", "html-input-checkbox"),
        ("<img src='a.webp?x=1'>", "image-webp"),
        ("<img src='data:image/png;base64,AA=='>", "image-base64"),
    ],
)
def test_a_feature_is_recognised(html: str, feature: str) -> None:
    assert feature in found(html).first


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        ("<p style='display:block'>", "css-display-flex"),
        ("<p style='color:#1e3e7e'>", "css-unit-em"),
        ("<p style='font-family:Calc'>", "css-unit-calc"),
        ("<a href='#'>", "html-anchor-links"),
        ("<p title='display:flex'>display:flex", "css-display-flex"),
        ("<p style='object-position:top'>", "css-position"),
        ("<!-- <p style='display:flex'> -->", "css-display-flex"),
    ],
)
def test_what_only_looks_like_a_feature_is_none(html: str, feature: str) -> None:
    assert feature not in found(html).first


def test_first_place_and_count() -> None:
    html = "<p>one</p>\n" + "<div style='display:flex'>x</div>" * 3
    (use,) = uses(html, "css-display-flex")
    assert (use.where.line, use.where.column, use.times, use.tag, use.value) == (2, 1, 3, "div", "display: flex")


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media (max-width:600px){div{display:flex}}</style><div>",
        "<style media='(max-width:600px)'>div{display:flex}</style><div>",
        "<style>@supports (display:flex){div{display:flex}}</style><div>",
        "<style>div:hover{display:flex}</style><div>",
        "<style>.ExternalClass div{display:flex}</style><div>",
        "<style>[data-ogsc] div{display:flex}</style><div>",
        "<style>.unused{display:flex}</style><div>",
        "<div style='display:block;display:flex'>",
        "<div style='display:flex;display:block'>",
    ],
)
def test_no_reader_misses_what_holds_for_some_alone_or_has_a_fallback(html: str) -> None:
    assert not uses(html, "css-display-flex")


def test_a_rule_is_told_by_what_it_applies_to() -> None:
    html = "<style>.row, td.cell{display:flex}</style><div class=row></div><td class='x cell'>"
    assert [(use.tag, use.where.column) for use in uses(html, "css-display-flex")] == [("div", 8), ("td", 8)]


def test_marks_of_all_elements_a_rule_applies_to() -> None:
    style = "<style>.a{width:90px}</style>"
    assert "width-attribute" in uses(f"{style}<img class=a width=90>", "css-width")[0].beside
    assert "width-attribute" not in uses(f"{style}<img class=a width=90><img class=a>", "css-width")[0].beside


def test_where_only_the_surroundings_tell_some_marks_count_for_all_but_hiding_does_not() -> None:
    style = "<style>.a img{width:90px}</style>"
    html = f"{style}<td class=a><img width=90></td><img><img style='display:none' width=90>"
    assert {"width-attribute", "gone"} & uses(html, "css-width")[0].beside == {"width-attribute"}


def test_who_sees_it() -> None:
    flex = "<div style='display:flex'>"
    html = f"<!--[if mso]><table><tr><td><b style='display:flex'></b><![endif]--><!--[if !mso]><!-->{flex}<!--<![endif]-->{flex}"
    assert sorted((use.seen_by, use.tag) for use in uses(html, "css-display-flex")) == [
        ("", "div"), ("others", "div"), ("outlook", "b"),
    ]  # fmt: skip
    assert found(html).for_outlook == {"table", "tr", "td", "b"}


def test_a_video_may_hold_something_for_those_who_lack_it() -> None:
    assert "content" in uses("<video><source src=a><img src=b></video>", "html-video")[0].beside
    assert "content" not in uses("<video><source src=a></video><img src=b>", "html-video")[0].beside


def test_styles_in_the_body_and_too_many_styles() -> None:
    assert [
        use.value
        for use in uses("<head><style>p{color:red}</style></head><body><style>p{top:1px}</style>", "html-style")
    ] == ["<style> in the body"]
    assert [use.value for use in uses(f"<style>{'p{color:red}' * 1500}</style>", "html-style")] == ["18 KB of styles"]


def test_merge_tags_are_no_blocks() -> None:
    html = "<style>p{color:{{my.Colour}};display:flex} .a{top:1px}</style><p style='{{x}};display:flex'>"
    assert sum(use.times for use in uses(html, "css-display-flex")) == 2


def test_no_html_no_features() -> None:
    with pytest.raises(Skip, match="no HTML part"):
        features(read(Parts("a.txt"), AskedEmail(name="a")))


@pytest.mark.parametrize(
    "html",
    [
        "<video>" * 30_000,
        "<!--[if mso]>" * 30_000,
        "<table width=600><tr><td>" * 30_000,
        "<style>" + "[class]{display:flex}" * 10_000 + "</style>" + "".join(f"<x{n} class=a>" for n in range(10_000)),
        "<p class='" + "a " * 300_000 + "'>",
        "<p style='" + "display:flex;" * 60_000 + "'>",
        "<style>" + "a," * 200_000 + "{top:0}</style>",
    ],
)
def test_hostile_documents_are_read_in_linear_time(html: str) -> None:
    raw = RawHtml(html)
    assert Reader(Source("a.html", html), RawTokens(raw, tuple(raw.tokens()))).features()


def test_the_table_speaks_of_known_features_and_marks() -> None:
    table = facts("features")
    assert set(table["found"]) <= set(known())
    assert {degradation.feature for degradation in degradations()} | {
        degradation.needs for degradation in degradations() if degradation.needs
    } <= set(known())
    marks = {*table["marks"], "content", *MARKS}
    named = {
        mark
        for degradation in degradations()
        for mark in (*degradation.spared, *degradation.beside)
        if not mark.startswith("outlook-")
    }
    assert named <= marks, named - marks
    assert all(degradation.loss.endswith(".") and degradation.fix.endswith(".") for degradation in degradations())


def test_features_are_found_on_the_test_pages_named_after_them(corpus: Path) -> None:
    pages = {page.stem: page for page in (corpus / "emails/hteumeuleu__caniemail/tests").glob("*.html")}
    tried = [slug for slug in known() if slug in pages]
    missing = [slug for slug in tried if slug not in found(pages[slug].read_text("utf-8", "replace")).first]
    assert len(tried) > 60
    assert not missing
