"""Values that a build gives its own variables."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.markup.variables import Variables
from qa.testing import run_check

AT = "https://acme.example/book"
COLOUR = '<meta class="mktoColor" id="ink" mktoName="Ink" default="#333">'


@pytest.mark.parametrize(
    ("setting", "written", "read"),
    [
        ("", f"%%=RedirectTo('{AT}?a=1&b=2')=%%", f"{AT}?a=1&b=2"),
        ("", f'%%=RedirectTo(Concat("{AT}?id=", @id))=%%', f"{AT}?id=%%=v(@id)=%%"),
        (f'%%[ SET @cta = "{AT}" ]%%', "%%=RedirectTo(@cta)=%%", AT),
        (f"%%[ set @CTA='{AT}' set @x = Concat(@y, 'z') ]%%", "%%=v(@cta)=%%?b=2", f"{AT}?b=2"),
        (f"{{% assign cta = '{AT}' %}}", "{{ cta }}?a={{ b }}", f"{AT}?a={{{{ b }}}}"),
        (f'{{% set cta = "{AT}" %}}', "{{cta}}", AT),
        (f"{{% capture cta %}}{AT}{{% endcapture %}}", "{{ cta }}", AT),
        (f'<meta class="mktoString" id="cta" default="{AT}?a=1&amp;b=2">', "${cta}", f"{AT}?a=1&b=2"),
        ('<meta class="mktoNumber" id="w" default="20" units="px">', "${w}", "20px"),
        ('<meta class="mktoBoolean" id="on" default="true" true_value="block" false_value="none">', "${on}", "block"),
    ],
)
def test_a_value_that_stands_in_the_file(setting: str, written: str, read: str) -> None:
    assert Variables(f"{setting}<a href={written}>").in_attribute(written) == read


@pytest.mark.parametrize(
    ("setting", "written"),
    [
        (
            "%%[ IF @a THEN SET @cta = 'https://a.example' ELSE SET @cta = 'https://b.example' ENDIF ]%%",
            "%%=v(@cta)=%%",
        ),
        ("", "%%=RedirectTo(IIF(@a, 'https://a.example', 'https://b.example'))=%%"),
        ("", "%%=CloudPagesURL(12)=%%"),
        ("%%[ SET @name = 'there' ]%%", "%%=v(@name)=%%"),
        ("{% assign cta = base | append: '/book' %}", "{{ cta }}"),
        ('<meta class="mktoString" id="cta" default="">', "${cta}"),
    ],
)
def test_what_nobody_can_tell_stays_as_it_is(setting: str, written: str) -> None:
    assert Variables(f"{setting}<a href={written}>").in_attribute(written) == written


def test_a_tag_that_was_asked_for_stays() -> None:
    text = f"{{% assign cta = '{AT}' %}}"
    assert Variables(text, kept={"{{cta}}"}).in_attribute("{{cta}}") == "{{cta}}"


def test_a_template_variable_is_read_in_words_a_script_variable_is_not() -> None:
    values = Variables("{% assign name = 'you' %}" + COLOUR.replace("mktoColor", "mktoString"))
    assert values.in_text("${ink} {{name}}") == "#333 {{name}}"


def _to(href: str, setting: str = "") -> tuple[Outcome, list[str]]:
    asked = {"links": [{"text": "Book", "url": AT}]}
    answer = run_check("link-destination", email=asked, build=f'{setting}<p><a href="{href}">Book</a></p>')
    return answer.outcome, answer.codes


def test_the_address_is_the_one_that_the_call_holds() -> None:
    assert _to(f"%%=RedirectTo('{AT}?utm_source=news')=%%") == (Outcome.PASSED, [])
    assert _to(f"%%=RedirectTo('{AT}s')=%%") == (Outcome.FAILED, ["wrong-destination"])
    assert _to("${cta}", f'<meta class="mktoString" id="cta" default="{AT}">') == (Outcome.PASSED, [])
    assert _to("${cta}", '<meta class="mktoString" id="cta" default="#ADDLINK">') == (
        Outcome.FAILED,
        ["wrong-destination"],
    )


@pytest.mark.parametrize("href", ["%%=RedirectTo(@cta)=%%", "{{my.CTA}}", "${cta}", "{{ cta_url }}"])
def test_an_address_that_is_not_in_the_file_is_for_a_person(href: str) -> None:
    assert _to(href) == (Outcome.REVIEW, ["wrong-destination"])


def test_a_variable_in_words_is_compared() -> None:
    build = '<meta class="mktoString" id="head" default="Doors open at nine."><h1>${head}</h1>'
    assert run_check("copy", email={"copy": ["Doors open at nine."]}, build=build).outcome is Outcome.PASSED
    assert run_check("copy", email={"copy": ["Doors open at ten."]}, build=build).codes == ["changed-copy"]
