"""Passages that stand twice."""

import pytest

from qa.testing import run_check

LONG = "Join us on Tuesday for forty minutes on planning, with time for your questions."
FOOTER = "You receive this email because you registered for one of our events last year."
GERMAN = "Sie erhalten diese Nachricht, weil Sie sich für unsere Veranstaltungen angemeldet haben."


@pytest.mark.parametrize(
    "build",
    [
        f"<p>{LONG}</p><p>{FOOTER}</p>",
        "<p>Free delivery over £40</p><p>Free delivery over £40</p>",
        f'<p>{LONG}</p><div style="display:none"><p>{LONG}</p></div>',
        f"{{% if a %}}<p>{LONG}</p>{{% else %}}<p>{LONG}</p>{{% endif %}}",
        f"<!--[if mso]><p>{LONG}</p><![endif]--><p>{LONG}</p>",
        f"<p>{LONG}</p><p>{LONG.replace('Tuesday', 'Thursday')}</p>",
        "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>" * 2,
    ],
)
def test_passages_that_stand_once(build: str) -> None:
    assert run_check("repeated-passages", email={}, build=build).codes == []


@pytest.mark.parametrize("text", [LONG, FOOTER, GERMAN])
@pytest.mark.parametrize("between", ["", "<p>Save your seat</p>", f"<table><tr><td>{FOOTER[:50]}</td></tr></table>"])
def test_passages_that_stand_twice(text: str, between: str) -> None:
    answer = run_check("repeated-passages", email={}, build=f"<p>{text}</p>\n{between}\n<div>{text}</div>")
    assert answer.codes == ["repeated-passage"]
    assert "line 1" in answer.findings[0].message


def test_a_footer_of_several_passages_is_one_finding_and_copy_that_has_it_twice_is_right() -> None:
    footer = f"<p>{FOOTER}</p><p>{GERMAN}</p>"
    assert run_check("repeated-passages", email={}, build=footer * 2).codes == ["repeated-passage"]
    assert run_check("repeated-passages", email={"copy": [LONG, LONG]}, build=f"<p>{LONG}</p>" * 2).codes == []
