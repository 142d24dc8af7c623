"""Emails handed over as the source that a compiler makes HTML of."""

import pytest

from qa.testing import run_check
from tests.told import codes


@pytest.mark.parametrize(
    "build",
    [
        '<table class="container"><tr><td class="mj-text columns">Join us.</td></tr></table>',
        "<!-- <mj-section> --><p>Join us.</p>",
        "<p>Write <code>&lt;mjml&gt;</code>, and compile it.</p>",
        "<container><p>Join us.</p></container>",
        '<p>Join us.</p><unsubscribe>Unsubscribe</unsubscribe><o:p></o:p><v:rect href="https://a.example"></v:rect>',
        "<amp-img src='https://a.example/i.png' width=10 height=10></amp-img>",
    ],
)
def test_html_with_tags_that_resemble_a_framework(build: str) -> None:
    assert run_check("compiled-markup", email={}, build=build).codes == []


@pytest.mark.parametrize(
    ("build", "names"),
    [
        ("<mjml><mj-body><mj-text>Join us.</mj-text></mj-body></mjml>", "MJML: <mjml>, <mj-body> and <mj-text>"),
        ("<table><tr><td>Hi<mj-button href='#'>Go</mj-button></td></tr></table>", "MJML: <mj-button>"),
        ("<CONTAINER><Row><columns>Hi</columns></Row></CONTAINER>", "Inky: <container>, <row> and <columns>"),
        ("<wrapper class='header'><spacer size='16'></spacer>Hi</wrapper>", "Inky: <wrapper> and <spacer>"),
        ("<x-main><x-button href='https://a.example'>Go</x-button></x-main>", "Maizzle: <x-main> and <x-button>"),
    ],
)
def test_the_source_of_an_email(build: str, names: str) -> None:
    (finding,) = run_check("compiled-markup", email={}, build=build).findings
    assert finding.code == "uncompiled-source" and names in finding.message


def test_a_page_may_have_elements_of_its_own() -> None:
    build = "<x-banner>Hi</x-banner>"
    assert codes("compiled-markup", page={}, build=build) == []


def test_a_button_of_the_source_is_told_with_it() -> None:
    build = "<container><row><columns><button href='https://a.example'>Go</button></columns></row></container>"
    assert codes("compiled-markup", "dead-buttons", email={}, build=build) == ["uncompiled-source"]
