"""The language and the title of a document."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check


def document(lang: str | None, title: str = "<title>Hello</title>") -> str:
    attribute = "" if lang is None else f' lang="{lang}"'
    return f"<!doctype html><html{attribute}><head>{title}</head><body><p>Hello</p></body></html>"


@pytest.mark.parametrize(
    ("wanted", "built"),
    [
        ("en", "en"),
        ("en", "en-GB"),
        ("en-GB", "EN"),
        ("pt-BR", "pt-br"),
        ("zh-Hans-CN", "zh-CN"),
        ("no", "nb"),
        ("en", "{{lang}}"),
    ],
)
def test_the_language_that_was_asked_for(wanted: str, built: str) -> None:
    assert run_check("language", email={"language": wanted}, build=document(built)).codes == []
    assert run_check("language", page={"language": wanted}, build=document(built)).codes == []


@pytest.mark.parametrize(("wanted", "built"), [("de", "en"), ("pt-BR", "pt-PT"), ("en", "english")])
def test_another_language(wanted: str, built: str) -> None:
    (finding,) = run_check("language", email={"language": wanted}, build=document(built)).findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-language", wanted, built)
    assert finding.where is not None and finding.where.line == 1


def test_the_email_overrides_the_campaign() -> None:
    campaign = {"language": "en"}
    assert run_check("language", campaign=campaign, email={"language": "de"}, build=document("de")).codes == []
    assert run_check("language", campaign=campaign, email={}, build=document("de")).codes == ["wrong-language"]


@pytest.mark.parametrize("built", [None, "", " ", "und", "UND"])
def test_no_language_is_told_whatever_was_asked_for(built: str | None) -> None:
    assert run_check("language", email={}, build=document(built)).codes == ["missing-language"]
    assert run_check("language", email={"language": "en"}, build=document(built)).codes == ["missing-language"]


def test_a_part_of_a_document_has_neither() -> None:
    module = "<table><tr><td>Hello</td></tr></table>"
    message = f"Subject: Hello\nMIME-Version: 1.0\nContent-Type: text/html\n\n{module}"
    for check, code in (("language", "missing-language"), ("title", "untitled-email")):
        answer = run_check(check, email={}, build=module)
        assert (answer.outcome, "a part of a document" in answer.reason) == (Outcome.SKIPPED, True)
        assert run_check(check, email={}, build=message).codes == [code]  # it is sent like this
    assert run_check("language", email={"language": "de"}, build=module).codes == ["missing-language"]


def test_a_title() -> None:
    assert run_check("title", email={}, build=document("en")).codes == []
    assert run_check("title", email={}, build=document("en", "<title>*|MC:SUBJECT|*</title>")).codes == []


@pytest.mark.parametrize("title", ["", "<title></title>", "<title>  </title>"])
def test_no_title(title: str) -> None:
    assert run_check("title", email={}, build=document("en", title)).codes == ["untitled-email"]
    assert run_check("title", page={}, build=document("en", title)).codes == ["missing-title"]


def test_a_title_that_was_asked_for_is_missing_too() -> None:
    assert run_check("title", page={"title": "Spring"}, build=document("en", "")).codes == ["missing-title"]


def test_what_is_missing_has_a_line() -> None:
    build = "<!doctype html>\n<html>\n<head>\n</head>\n<body><p>Hello</p></body></html>"
    for check, line in (("language", 2), ("title", 3)):
        (finding,) = run_check(check, build=build, email={}).findings
        assert finding.where is not None
        assert finding.where.line == line


@pytest.mark.parametrize("lang", ["en", "EN", "pt-BR", "zh-Hant-TW", "fil", "{{lang}}"])
def test_a_language_that_screen_readers_know(lang: str) -> None:
    assert run_check("language", email={}, build=f'<html lang="{lang}"><body><p>Hello</p></body></html>').codes == []


@pytest.mark.parametrize("lang", ["english", "en_US", "e", "xx", "Deutsch", "en-"])
def test_a_language_that_they_do_not(lang: str) -> None:
    answer = run_check("language", email={}, build=f'<html lang="{lang}"><body><p>Hello</p></body></html>')
    assert answer.codes == ["invalid-language"]


def test_a_wrong_language_that_is_written_wrongly_is_told_once() -> None:
    build = '<html lang="english"><body><p>Guten Tag</p></body></html>'
    assert run_check("language", email={"language": "de"}, build=build).codes == ["wrong-language"]
    assert run_check("language", email={"language": "en"}, build=build.replace("english", "en_GB")).codes == [
        "invalid-language"
    ]
