"""Hidden fields that a page's own scripts fill in."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

FORM = '<form id="f"><input name="Email"><input type="hidden" name="source" id="source" value=""></form>'


def _run(script: str, form: str = FORM, **hidden: str) -> Answer:
    page = {"form": {"hidden": hidden or {"source": "spring"}}}
    return run_check("form-hidden", page=page, build=f"{form}<script>\n{script}\n</script>")


FILLED = [
    "document.querySelector('input[name=\"source\"]').value = '{}';",
    'document.getElementById("source").value="{}"',
    "document.getElementsByName('source')[0].setAttribute('value', '{}');",
    "f.elements['source'].value = `{}`;",
    "f.source.value = '{}';",
    "$('#f input[name=source]').val('{}');",
    "MktoForms2.whenReady(function (form) {{ form.vals({{ 'lead': 'x', 'source': '{}' }}); }});",
    "form.addHiddenFields({{source: '{}'}});",
]


@pytest.mark.parametrize("script", FILLED)
def test_a_field_that_a_script_fills_in_words(script: str) -> None:
    assert _run(script.format("spring")).outcome is Outcome.PASSED
    (finding,) = _run(script.format("winter")).findings
    assert (finding.code, finding.expected, finding.actual, finding.review) == (
        "wrong-hidden-value", "spring", "winter", False,
    )  # fmt: skip


def test_a_field_that_a_script_adds() -> None:
    form = '<form><input name="Email"></form>'
    add = "MktoForms2.whenReady(form => form.addHiddenFields({{'source': '{}'}}));"
    assert _run(add.format("spring"), form).outcome is Outcome.PASSED
    assert _run(add.format("winter"), form).codes == ["wrong-hidden-value"]
    assert _run("form.addHiddenFields({source: lead()});", form).outcome is Outcome.REVIEW
    assert _run("", form).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "script",
    ["f.source.value = '';", "f.source.value = campaign;", "f.source.value = 'spr' + 'ing';", "fill('source', read())"],
)
def test_what_a_script_puts_in_that_nobody_can_read_is_for_a_person(script: str) -> None:
    assert _run(script).outcome is Outcome.REVIEW
    assert _run(script, FORM.replace('value=""', 'value="spring"')).outcome is Outcome.PASSED


QUERIED = "".join(f'<input type="hidden" name="utm_{name}">' for name in ("source", "medium", "campaign"))
WANTED = dict.fromkeys(("utm_source", "utm_medium", "utm_campaign"), "query")
FILL = "const p = new URLSearchParams(location.search);\n"


@pytest.mark.parametrize(
    "script",
    [
        FILL + "['utm_source', 'utm_medium'].forEach(k => { f[k].value = p.get(k) })",
        FILL + 'f.a.value = p.get("utm_source"); f.b.value = p.get("utm_medium");',
        FILL + "for (const k of [`utm_source`, `utm_medium`]) document.querySelector(`[name=${k}]`).value = p.get(k)",
        "var q = location.href.split('?')[1]; fill(q, 'utm_source'); fill(q, 'utm_medium');",
        FILL + "$('[name=x]').val(p.get('utm_source')); $('[name=y]').val(p.get('utm_medium'));",
    ],
)
def test_a_field_that_the_script_forgets(script: str) -> None:
    (finding,) = _run(script, f"<form id=f>{QUERIED}</form>", **WANTED).findings
    assert (finding.code, "utm_campaign" in finding.message) == ("unfilled-field", True)


@pytest.mark.parametrize(
    "script",
    [
        FILL + "['utm_source', 'utm_medium', 'utm_campaign'].forEach(k => { f[k].value = p.get(k) })",
        FILL + "p.forEach((value, key) => { if (f[key]) f[key].value = value })",
        FILL + "['utm_source', 'utm_medium'].forEach(put); f.utm_campaign.value = p.get('c')",
        "dataLayer.push({event: 'open'})",
        "",
    ],
)
def test_a_script_that_may_fill_all_of_them(script: str) -> None:
    assert _run(script, f"<form id=f>{QUERIED}</form>", **WANTED).outcome is Outcome.PASSED
