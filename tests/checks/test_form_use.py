"""Fields and buttons of forms that nobody can use."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import codes as told

SEND = "<button>Send</button>"


def codes(form: str, action: str = "/send") -> list[str]:
    return run_check("form-use", page={}, build=f'<h1>Join us</h1><form action="{action}">{form}</form>').codes


@pytest.mark.parametrize(
    "form",
    [
        f'<label>Email <input name="email"></label>{SEND}',
        f'<label for="e">Email</label><input id="e" name="email">{SEND}',
        f'<input name="email" aria-label="Email">{SEND}',
        f'<input name="email" placeholder="Email">{SEND}',
        f'<input type="hidden"><label>Email <input name="email"></label>{SEND}',
        '<label>Email <input name="email"></label><input type="submit">',
        '<label>Email <input name="email"></label><button aria-label="Send"><i></i></button>',
        '<label>Email <input name="email"></label><button><img src="send.png" alt="Send"></button>',
        f'<fieldset><legend>Size</legend><label><input type="radio" name="s" value="a">A</label>'
        f'<label><input type="radio" name="s" value="b">B</label></fieldset>{SEND}',
        f'<label>A <input name="tags[]"></label><label>B <input name="tags[]"></label>{SEND}',
        f'<input name="trap" tabindex="-1">{SEND}',
    ],
)
def test_a_form_that_can_be_used(form: str) -> None:
    assert codes(form) == []


def test_a_page_without_a_form_and_a_form_that_its_script_sends() -> None:
    assert run_check("form-use", page={}, build="<h1>Join us</h1>").outcome is Outcome.SKIPPED
    assert codes(f'<label>Email <input id="email"></label>{SEND}', action="#") == []


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (f'<label>Email <input type="email"></label>{SEND}', "nameless-field"),
        (f"<label>Why? <textarea></textarea></label>{SEND}", "nameless-field"),
        (f"<label>Where? <select><option>UK</option></select></label>{SEND}", "nameless-field"),
        (f'<label>A <input name="a"></label><label>B <input name="a"></label>{SEND}', "repeated-field-name"),
        (f'<input name="email">{SEND}', "unlabelled-field"),
        (f'<label for="nothing">Email</label><input id="email" name="email">{SEND}', "unlabelled-field"),
        ('<label>Email <input name="email"></label><button type="submit"></button>', "nameless-button"),
        ('<label>Email <input name="email"></label><button><i class="arrow"></i></button>', "nameless-button"),
        ('<label>Email <input name="email"></label><input type="submit" value="">', "nameless-button"),
        ('<label>Email <input name="email"></label><input type="image" src="go.png">', "nameless-button"),
    ],
)
def test_a_form_that_cannot(form: str, code: str) -> None:
    assert codes(form) == [code]


def test_a_field_that_was_asked_for_and_lost_its_name_is_told_once() -> None:
    asked = {"form": {"fields": [{"name": "Email", "label": "Work email"}]}}
    build = f'<form action="/send"><label>Work email <input type="email"></label>{SEND}</form>'
    assert told("form-use", "form-fields", "form-presence", page=asked, build=build) == ["wrong-field"]
