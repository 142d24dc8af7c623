"""Can the form of a page be sent, and its calls to action be followed, on every screen?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qa.artefacts import Box, Element, Inventory, LinkedFile, LinkedFiles, RawTokens, Rendering, Screenshot, View
from qa.check import all_checks
from qa.finding import Finding, Outcome, Skip
from qa.gather.inventory import inventory
from qa.markup.tokeniser import RawHtml
from qa.profile.model import Profile
from qa.request import AskedForm, AskedPage
from qa.source import Source, Text
from qa.testing import Answer, run_check
from tests.told import findings

FORM = """<form id="f">
<label for="e">Email</label><input id="e" name="Email" required>
<label for="c">Country</label><select id="c" name="Country"><option>UK</option></select>
<input name="Company">
<button>Send it</button>
</form>
"""
ASKED = {"form": {"fields": [{"name": "Email"}, {"name": "Country"}, {"name": "Company"}]}}
HEAD = '<html><head><meta name="viewport" content="width=device-width"><style>{}</style></head><body>{}</body></html>'
PHONE = "@media (max-width: 500px) {{ {} }}"
TWO = Profile(views=("phone", "desktop"))


def drawn(style: str, body: str = FORM, check: str = "page-form-seen", **asked: Any) -> Answer:
    build = HEAD.format(PHONE.format(style), body)
    return run_check(check, page={**ASKED, **asked}, build=build, profile=TWO)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("button { width: 100% }", FORM),
        ("label { display: none }", FORM),
        ("button, input { display: none }", "<p>No form</p>" + FORM.replace("form", "div")),
        # Twice, for phones and for desks: the buttons alone, or all of it.
        (
            ".desk { display: none }",
            FORM.replace("<button>", '<button class="desk">').replace("</form>", "<button>Go</button></form>"),
        ),
        ("#f { display: none }", FORM + FORM.replace('id="f"', 'id="g"')),
        (
            "#f button { display: none }",
            FORM + '<button form="f">Send it</button>',
        ),
        # Somebody else's form: the search of the site.
        ("#s { display: none }", '<form id="s"><input name="q" required><button>Search</button></form>' + FORM),
        # A list that is drawn anew, under its label.
        ("select { display: none }", FORM),
        # A trap for robots.
        ("#t { display: none }", FORM.replace("</form>", '<input id="t" name="t" tabindex="-1" required></form>')),
    ],
)
def test_a_form_that_can_be_sent_everywhere(browser: None, style: str, body: str) -> None:
    answer = drawn(style, body)
    assert (answer.outcome in (Outcome.PASSED, Outcome.SKIPPED), answer.findings) == (True, [])


@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "code", "line", "words"),
    [
        ("button { display: none }", "unseen-submit", 5, "The button “Send it” cannot be seen in Phone, and can in"),
        ("button { all: unset; width: 0; height: 0; overflow: hidden; display: block }", "unseen-submit", 5, "Phone"),
        ("form { display: none }", "unseen-submit", 5, "“Send it” and the fields of its form cannot be seen in Phone"),
        ("#e { display: none }", "unseen-required-field", 2, "“Email” cannot be seen in Phone, and can in Desktop, so"),
        ("[name=Company] { visibility: hidden }", "unseen-field", 4, "“Company” cannot be seen in Phone, and can"),
    ],
)
def test_what_a_phone_does_not_show(browser: None, style: str, code: str, line: int, words: str) -> None:
    (finding,) = findings(drawn(style).results)
    assert (finding.code, finding.where and finding.where.line, finding.view) == (code, line, "phone")
    assert words in finding.message
    assert not finding.review


@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("button.last { display: none }", FORM.replace("<button>", '<button type="button">Next</button><button class="last">')),
        ("form { display: none }", '<a href="#f">Save my seat</a>' + FORM),
        ("} button { display: none", FORM),  # nowhere: a script may bring it up
    ],
)  # fmt: skip
def test_what_something_else_may_lead_to_is_looked_at(browser: None, style: str, body: str) -> None:
    (finding,) = findings(drawn(style, body).results)
    assert (finding.code, finding.review) == ("unseen-submit", True)


def judged(*screenshots: Screenshot, files: LinkedFiles | None = None) -> list[Finding]:
    markup, raw = inventory(Source("build/a.html", FORM)), RawHtml(FORM)
    read = Inventory(markup, read=RawTokens(raw, raw.tokens()))
    asked = AskedPage(name="a", form=AskedForm())
    function = all_checks()["page-form-seen"].function
    return list(function(Rendering("x", screenshots), markup, read, asked, files))


def screenshot(name: str, *tags: str, note: str = "") -> Screenshot:
    elements = [Element(FORM.index(f"<{tag}"), tag.split()[0], Box(0, 0, 90, 30)) for tag in tags]
    return Screenshot(View(name, name.title(), 600, kind="page"), 600, 800, 600, b"", tuple(elements), note)


ALL = ('input id="e"', "select", 'input name="C', "button")


def test_what_was_not_measured_may_be_seen() -> None:
    assert (
        judged(screenshot("one", *ALL), screenshot("two", *ALL[:2], note="only the first 2 elements were measured"))
        == []
    )
    assert judged(screenshot("one", *ALL), screenshot("two", *ALL[:3]))[0].code == "unseen-submit"


def test_a_view_in_dark_mode_is_named_where_it_is_not_as_by_day() -> None:
    night = replace(screenshot("one").view, name="one-dark", title="One, dark mode", dark=True)
    (finding,) = judged(
        screenshot("one", *ALL[:3]), replace(screenshot("", *ALL[:3]), view=night), screenshot("two", *ALL)
    )
    assert "cannot be seen in One, and can in Two:" in finding.message
    (finding,) = judged(screenshot("one", *ALL), replace(screenshot("", *ALL[:3]), view=night), screenshot("two", *ALL))
    assert "cannot be seen in One, dark mode, and can in One and Two:" in finding.message


def test_nothing_is_said_where_nothing_can_be_compared() -> None:
    with pytest.raises(Skip, match="only one view"):
        judged(screenshot("one", *ALL))
    sheet = LinkedFile(Text("a.css", Source("build/a.html", FORM).place(0)), "sheet")
    with pytest.raises(Skip, match="style sheet"):
        judged(screenshot("one", *ALL), screenshot("two"), files=LinkedFiles((sheet,)))


CALL = '<p>Join us.</p>\n<a class="cta" href="https://acme.example/seat">Save my seat</a>'
LINKS = {"links": [{"text": "Save my seat", "url": "https://acme.example/seat"}]}


def links(phones: str, body: str) -> Answer:
    style = ".cta { display: inline-block; padding: 14px } " + PHONE.format(phones)
    return run_check("page-links-seen", page=LINKS, build=HEAD.format(style, body), profile=TWO)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("phones", "body"),
    [
        (".cta { display: block }", CALL),
        ("nav { display: none }", f"<nav>{CALL}</nav>"),  # a menu behind a button
        ("p + .cta { display: none }", CALL + '<a class="cta" href="https://acme.example/seat?utm_source=x">Book</a>'),
        ("#o { display: none }", CALL + '<a class="cta" id="o" href="https://acme.example/other">Other</a>'),
    ],
)
def test_a_call_to_action_that_is_seen_everywhere(browser: None, phones: str, body: str) -> None:
    answer = links(phones, body)
    assert (answer.outcome, answer.findings) == (Outcome.PASSED, [])


@pytest.mark.browser
def test_a_call_to_action_that_a_phone_does_not_show(browser: None) -> None:
    (finding,) = links(".cta { display: none }", CALL).findings
    assert (finding.code, finding.where and finding.where.line, finding.view) == ("unseen-page-link", 2, "phone")
    assert finding.message == "The link “Save my seat” cannot be seen in Phone; it can in Desktop."
