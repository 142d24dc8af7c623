"""Are the style sheets and scripts of a page in its build, and what is said of its looks where they are not?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from qa.artefacts import LinkedFiles
from qa.build.campaign import Campaign
from qa.finding import Outcome
from qa.profile.model import Profile
from qa.run import plan, session
from qa.testing import run_check, write_campaign
from tests.told import codes

SHEET = '<html><head><link rel="stylesheet" href="{}"></head><body><h1>Join us</h1></body></html>'


def said(head: str, **kinds: Any) -> list[str]:
    page = {} if "email" not in kinds else None
    return run_check("page-files", build=f"<html><head>{head}</head><body></body></html>", page=page, **kinds).codes


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" href="https://cdn.acme.example/style.css">',
        '<link rel="stylesheet" href="//cdn.acme.example/style.css">',
        '<link rel="stylesheet" href="/css/style.css">',  # of a site: a build on its own has no root
        '<link rel="stylesheet" href="../../../css/style.css">',
        '<link rel="stylesheet" href="{{my.Sheet}}">',
        '<link rel="stylesheet" media="print" href="print.css">',
        '<link rel="icon" href="icon.png">',
        "<script>let a = 1</script>",
        '<link rel="stylesheet" href="css/here.css?v=3"><script src="./here.js"></script>',
    ],
)
def test_what_is_there_or_cannot_be_told_is_not_missing(head: str) -> None:
    files = {"build/css/here.css": "h1 {}", "build/here.js": "let a = 1"}
    assert said(head, files=files) == []


@pytest.mark.parametrize(
    "href",
    [
        "terms.html",
        "./files/guide.pdf?v=2#page=3",
        "https://www.acme.example/other.html",
        "/other.html",
        "../../../other.html",
        "other",
        "other.php",
        "other.html{{my.Id}}",
        "#other.html",
        "mailto:other.html@acme.example",
    ],
)
def test_a_link_to_a_file_that_is_there_or_may_be(href: str) -> None:
    files = {"build/terms.html": "<p>Terms</p>", "build/files/guide.pdf": "%PDF-"}
    assert run_check("page-files", build=f'<a href="{href}">Terms</a>', page={}, files=files).codes == []


@pytest.mark.parametrize(
    "href", ["other.html", "files/Guide.PDF", "other.html#terms", "./a/termin.ics", "fotos/gross.jpg"]
)
def test_a_link_to_a_file_that_is_not_there(href: str) -> None:
    build = f'<a href="{href}">Terms</a><a href="{href}">Terms</a>'
    (finding,) = run_check("page-files", build=build, page={}).findings
    assert (finding.code, finding.actual, finding.each, finding.review) == ("missing-linked-page", href, (href,), True)


def test_a_wrong_link_to_a_missing_file_is_told_once() -> None:
    asked = {"links": [{"text": "Terms", "url": "https://www.acme.example/terms"}]}
    checks = ("page-files", "link-destination", "link-syntax")
    assert codes(*checks, page=asked, build='<a href="terms.html">Terms</a>') == ["wrong-destination"]
    assert codes(*checks, page={}, build='<a href="www.acme.example/a.html">Terms</a>') == ["malformed-link"]


def test_missing_files_are_one_finding() -> None:
    head = '<link rel="stylesheet" href="css/style.css"><script src="js/form.js"></script>'
    assert said(head) == ["missing-page-file"]
    (finding,) = run_check("page-files", build=f"<html><head>{head}</head></html>", page={}).findings
    assert finding.each == ("css/style.css", "js/form.js")


def test_every_missing_file_has_the_place_of_its_tag() -> None:
    head = '<link rel="stylesheet" href="css/style.css">\n<script src="js/form.js"></script>'
    build = f"<html><head>\n{head}\n</head></html>"
    (finding,) = run_check("page-files", build=build, page={}).findings
    said = "“css/style.css” and “js/form.js” are not in the build (lines 2, 3); colours and layout were not judged."
    assert finding.message == said
    assert finding.where and (finding.where.line, finding.where.column) == (2, 1)


def test_an_email_is_another_checks_business() -> None:
    assert said('<link rel="stylesheet" href="css/style.css">', email={}) == []


@pytest.mark.parametrize("check", ["contrast", "phone-overflow"])
def test_looks_are_not_judged_without_the_style_sheet(check: str) -> None:
    answer = run_check(check, build=SHEET.format("css/style.css"), page={})
    assert answer.outcome is Outcome.SKIPPED
    assert "css/style.css" in answer.reason


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (
            '<link rel="stylesheet" href="https://cdn.jsdelivr.net/npm/bootstrap@5/dist/css/bootstrap.min.css">',
            "bootstrap",
        ),
        ('<script src="https://cdn.tailwindcss.com"></script>', "tailwind"),
        ('<link rel="preload stylesheet" href="//static.acme.example/brand.css">', "brand.css"),
        ('<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Lato">', ""),
        ('<link rel="stylesheet" href="https://use.fontawesome.com/all.css">', ""),
        ('<script src="https://a.example/a.js"></script>', ""),
        ('<link rel="stylesheet" media="print" href="https://a.example/print.css">', ""),
    ],
)
def test_a_style_sheet_on_the_web_is_not_drawn_with(head: str, named: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, page={}, build=f"<html><head>{head}</head><body><p>Hello</p></body></html>")
        (subject,) = plan(session(Profile()), Campaign(folder, folder.name)).subjects[:1]
        files = subject.get(LinkedFiles)
    assert files.missing == () and (named in files.unstyled if named else files.unstyled == "")


SHEETS = {"build/css/a.css": '@charset "utf-8"; @import url(b.css) screen; p {}', "build/css/b.css": "@layer a; p {}"}


@pytest.mark.parametrize(
    ("head", "files"),
    [
        ('<link rel="stylesheet" href="css/a.css">', SHEETS),
        ("<style>@import 'css/a.css'; @import url('https://a.example/x.css');</style>", SHEETS),
        ("<style>/* @import 'old.css'; */ p { top: 0 } @import 'late.css'; a { content: '@import x' }</style>", {}),
        ("<style>@import 'paper.css' print; @import '{{my.Sheet}}'; @import '/site.css';</style>", {}),
        ("<style>@import 'css/self.css'</style>", {"build/css/self.css": "@import 'self.css'; @import './self.css'"}),
    ],
)
def test_a_sheet_that_is_imported_and_there(head: str, files: dict[str, str]) -> None:
    assert said(head, files=files) == []


@pytest.mark.parametrize(
    ("head", "files", "missing"),
    [
        ("<style>@import 'lost.css';</style>", {}, "lost.css"),
        ('<style>@layer x; @IMPORT URL( "lost.css" ) screen and (min-width: 1px);</style>', {}, "lost.css"),
        ('<link rel="stylesheet" href="css/a.css?v=2">', {"build/css/a.css": "@import '../lost.css'"}, "lost.css"),
        ("<style>@import url(css/a.css)</style>", {"build/css/a.css": "@import 'c/lost.css';"}, "css/c/lost.css"),
        (
            '<link rel="stylesheet" href="css/a.css">',
            SHEETS | {"build/css/b.css": "@import 'lost.css'"},
            "css/lost.css",
        ),
    ],
)
def test_a_sheet_that_is_imported_and_missing(head: str, files: dict[str, str], missing: str) -> None:
    build = f"<html><head>{head}</head></html>"
    (finding,) = run_check("page-files", build=build, page={}, files=files).findings
    assert (finding.code, finding.each) == ("missing-page-file", (missing,))
    assert "colours and layout were not judged" in finding.message


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<link rel="stylesheet" href="vbscript:x">', "missing-page-file"),
        ('<link rel="stylesheet" href="file:///C:/site/a.css">', "missing-page-file"),
        ('<link rel="stylesheet" href="C:\\site\\a.css">', "missing-page-file"),
        ('<video src="film.mp4"></video>', "missing-page-file"),
        ('<video><source src="film.webm" type="video/webm"></video>', "missing-page-file"),
        ('<audio src="film.mp3"></audio>', "missing-page-file"),
        ('<object data="terms.pdf"></object>', "missing-frame"),
        ('<embed src="terms.html">', "missing-frame"),
        ('<iframe title="x" src="file:///C:/terms.html"></iframe>', "missing-frame"),
        ('<iframe title="x" src="data:text/html,Now 5 €"></iframe>', "unread-frame"),
        ('<iframe title="x" src="java&Tab;script:document.write(1)"></iframe>', "unread-frame"),
        ('<iframe title="x" src="//a.example/terms"></iframe>', "unread-frame"),
        ('<object data="https://a.example/terms"></object>', "unread-frame"),
        ('<embed src="https://a.example/terms.pdf">', "unread-frame"),
    ],
)
def test_what_a_page_shows_and_nobody_can_load(body: str, code: str) -> None:
    assert said("", files={}) == []
    assert run_check("page-files", build=f"<p>Hello</p>{body}", page={}).codes == [code]


@pytest.mark.parametrize(
    "body",
    [
        '<iframe title="x" src="about:blank"></iframe>',
        '<iframe title="x" src="javascript:void(0);"></iframe>',
        '<iframe title="x" src="javascript:\'\'"></iframe>',
        '<embed src="https://www.youtube.com/v/x">',
        '<video src="https://a.example/film.mp4"></video><audio src="here.mp3"></audio>',
    ],
)
def test_a_frame_that_says_nothing_and_a_film_that_is_there(body: str) -> None:
    files = {"build/here.mp3": "x"}
    assert run_check("page-files", build=f"<p>Hello</p>{body}", page={}, files=files).codes == []


@pytest.mark.parametrize("srcset", ["vbscript:x 2x", "&#1;javascript:x 2x", "a.png 1x, file:///C:/b.png 2x"])
def test_a_picture_for_sharp_screens_that_nobody_can_load(srcset: str) -> None:
    build = f'<p><img src="a.png" srcset="{srcset}" alt="Seats"></p>'
    files = {"build/a.png": {"picture": [60, 30, "a"]}}
    assert run_check("image-files", build=build, email={}, files=files).codes == ["broken-image"]
