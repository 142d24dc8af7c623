"""Words in a style sheet."""

import pytest

from qa.testing import run_check

BODY = '<p class="deal">Spring sale.</p><table id="prices"><tr><td>1</td></tr></table>'


@pytest.mark.parametrize(
    "style",
    [
        '.deal::after { content:" ›" }',
        '.deal:before { content:"\\f0a9"; font-family:Icons }',
        ".deal::after { content:'' } .deal::before { content:none }",
        ".deal::after { content:url(arrow.png) }",
        '.other::after { content:"Save 30%" }',  # applies to nothing
        '@media (max-width:600px) { #prices td::before { content:"Price: " } }',
        ".deal::after { content:attr(data-price) }",
        "/* .deal::after { content:'Save 30%' } */",
    ],
)
def test_what_a_style_sheet_may_add(style: str) -> None:
    assert run_check("generated-text", email={}, build=f"<style>{style}</style>{BODY}").codes == []


def test_a_page_may_write_so() -> None:
    style = '<style>.deal::after { content:"Save 30%" }</style>'
    assert run_check("generated-text", page={}, build=style + BODY).codes == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ('.deal::after { content:" Save 30% " }', "Save 30%"),
        (".deal:before { color:red; content: 'Nur bis Mai: ' }", "Nur bis Mai:"),
        ('p::before { content:"Lorem ipsum" !important }', "Lorem ipsum"),
        ('h1, #prices td::before { content:"Prix\\00a0: " counter(item) }', "Prix :"),
        ('.deal::after { content:"\\201CÜber 20\\201D" }', "“Über 20”"),
    ],
)
def test_words_in_a_style_sheet(style: str, said: str) -> None:
    (finding,) = run_check("generated-text", email={}, build=f"<style>{style}</style>{BODY}").findings
    assert (finding.code, finding.actual) == ("generated-text", said)
