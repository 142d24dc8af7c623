"""Pages whose form or words come when they are opened."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check

FORM = {"form": {"fields": [{"name": "Email"}]}}
PAGE = "<html><head>{}</head><body><h1>Move faster in spring with our webinar of forty minutes</h1>{}</body></html>"
APP = '<html><head></head><body>{}<script type="module" src="app.js"></script></body></html>'


@pytest.mark.parametrize(
    "build",
    [
        PAGE.format("", '<iframe src="https://go.tarnvale.example/l/1/form" title="Registration"></iframe>'),
        PAGE.format("", "<IFRAME title='Formular' SRC='//forms.tarnvale.example/f?id=3'></IFRAME>"),
        PAGE.format("", '<div id="f"></div><script async src="https://forms.tarnvale.example/embed.js"></script>'),
        APP.format('<div id="root"></div>'),
        APP.format('<div id="__next">Loading…</div><noscript>You need JavaScript to see this page.</noscript>'),
    ],
)
def test_a_form_that_may_come_later_is_for_a_person(build: str) -> None:
    answer = run_check("form-presence", page=FORM, build=build)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-form"])


@pytest.mark.parametrize(
    "more",
    [
        "<p>Join us.</p>",
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
        '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script><script>var a = "//x.example"</script>',
        '<script src="js/menu.js"></script>',
    ],
)
def test_a_form_that_is_missing(more: str) -> None:
    answer = run_check("form-presence", page=FORM, build=PAGE.format("", more))
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["missing-form"])


@pytest.mark.parametrize(
    ("check", "page"),
    [
        ("page-heading", {"heading": "Move faster"}),
        ("copy", {"copy": ["Doors open at nine."]}),
        ("required-wording", {"must_include": ["Terms apply"]}),
        ("link-presence", {"links": [{"text": "Privacy", "url": "https://acme.example/privacy"}]}),
    ],
)
def test_what_a_script_writes_is_looked_at_in_a_browser(check: str, page: dict[str, object]) -> None:
    answer = run_check(check, page=page, build=APP.format('<div id="root"></div>'))
    assert answer.outcome is Outcome.REVIEW
    assert "look at it in a browser" in answer.findings[0].message
    assert run_check(check, page=page, build=PAGE.format("", "<p>x</p>")).outcome is Outcome.FAILED
