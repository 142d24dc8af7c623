"""Ids that stand twice."""

import pytest

from qa.testing import run_check

LINK = '<a href="#day">Monday</a>'


@pytest.mark.parametrize(
    "build",
    [
        f'{LINK}<h2 id="day">Monday</h2><h2 id="day-2">Tuesday</h2>',
        '<h2 id="day">Monday</h2><h2 id="day">Tuesday</h2>',  # nothing points there
        f'{LINK}<a name="day"></a><h2 id="day">Monday</h2>',
        f'{LINK}<!--[if mso]><h2 id="day">Monday</h2><![endif]--><h2 id="day">Monday</h2>',
        f'{LINK}{{% if a %}}<h2 id="day">Monday</h2>{{% else %}}<h2 id="day">Tuesday</h2>{{% endif %}}',
        f'{LINK}<div id="{{{{a}}}}">x</div><div id="{{{{a}}}}">y</div><p id="day">Monday</p>',
        '<a href="https://acme.example/#day">x</a><h2 id="day">Monday</h2><h2 id="day">Tuesday</h2>',
    ],
)
def test_what_is_pointed_at_is_there_once(build: str) -> None:
    assert run_check("repeated-ids", email={}, build=build).codes == []


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (f'{LINK}<h2 id="day">Monday</h2><h2 id="day">Tuesday</h2>', "“day” stands twice"),
        ('<a href="#caf%C3%A9">Café</a><p id="café">1</p><p id="café">2</p>', "“café”"),
        (f'{LINK}<a href="#b">B</a><p id="day">1</p><p id="day">2</p><p id="b">3</p><p id="b">4</p>', "“day” and “b”"),
        (f'{LINK}{{% if a %}}<p id="day">1</p><p id="day">2</p>{{% endif %}}', "“day”"),
        ('<label for="mail">E-Mail</label><input id="mail" name="a"><input id="mail" name="b">', "click on the label"),
    ],
)
def test_what_is_pointed_at_is_there_twice(build: str, says: str) -> None:
    answer = run_check("repeated-ids", page={}, build=build)
    assert answer.codes == ["repeated-id"]
    assert says in answer.findings[0].message
