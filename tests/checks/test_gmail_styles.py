"""Which style sheets of an email does Gmail drop, and was that meant?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check

PHONES = "@media (max-width:600px){.a{width:100%}}"
FONT = "@media screen{@font-face{font-family:A}}"


def found(*sheets: str) -> list[str]:
    head = "".join(f"<style>{sheet}</style>" for sheet in sheets)
    result = run_check("gmail-styles", email={}, build=f"<html><head>{head}</head><body><p>Hello</p></body></html>")
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize(
    "sheets",
    [
        (PHONES,),
        (PHONES, FONT),
        (FONT,),
        (f"@media screen{{{PHONES}}}",),  # hidden from Gmail on purpose
        ("a{content:'}'}/* } */" + PHONES,),
        (".a{color:{{my.Colour}}}" + PHONES,),
    ],
)
def test_what_gmail_reads_or_is_not_meant_to(sheets: tuple[str, ...]) -> None:
    assert found(*sheets) == []


def test_a_rule_in_a_rule_takes_the_rules_for_phones_with_it() -> None:
    assert found(PHONES + FONT) == ["dropped-sheet"]
    assert found(PHONES, PHONES + f"@supports (display:grid){{{PHONES}}}") == ["dropped-sheet"]


@pytest.mark.parametrize("sheet", [PHONES + "}", PHONES[:-1], PHONES + ".b{color:red}}"])
def test_braces_that_do_not_match(sheet: str) -> None:
    assert found(sheet) == ["unmatched-braces"]


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        (".a{color:red}\n}\n.b{color:red}}", 2),
        (".a{color:red}\n@media screen{\n.b{color:red}", 2),
        (".a{color:'}'}\n/* } */\n.b{{color:red}", 3),
    ],
)
def test_the_first_brace_without_its_other_half_is_pointed_at(sheet: str, line: int) -> None:
    build = f"<html><head><style>{sheet}</style></head><body><p>Hello</p></body></html>"
    (finding,) = run_check("gmail-styles", email={}, build=build).findings
    assert finding.where and finding.where.line == line
    assert finding.where.offset is not None and build[finding.where.offset] in "{}"


def test_without_style_sheets() -> None:
    assert run_check("gmail-styles", email={}, build="<p>Hello</p>").outcome is Outcome.SKIPPED
