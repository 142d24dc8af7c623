"""Mistakes in the look and in forms that several checks see: each check says so alone, the verdict says it once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from qa.check import all_checks
from qa.finding import Severity
from qa.profile.model import Profile
from qa.testing import needs_browser
from tests.told import campaign_told

CTA = {"text": "Save my seat", "url": "https://acme.example/webinar"}
COPY = "Join us on the 24th of March for forty minutes on what has changed this year."
HEAD = '<html><head><meta name="viewport" content="width=device-width">'
DUSK = {"build/dusk.png": {"picture": [60, 30, "dusk"]}}
FORM = '<form id="f"><input name="Email" required> <input name="Company"><button>Send it</button></form>'
FIELDS = {"fields": [{"name": "Email"}, {"name": "Company"}]}


@dataclass(frozen=True)
class Case:
    """One mistake, and the codes that tell it, each with its check: the best first."""

    name: str
    told: tuple[tuple[str, str], ...]
    written: Mapping[str, Any] = field(repr=False)
    views: tuple[str, ...] = ()
    weight: Severity | None = Severity.WARNING


CASES = (
    Case(
        "a table without its end, and text between its cells",
        (("table-markup", "unbalanced-table"), ("table-markup", "content-outside-cell")),
        {"email": {}, "build": "<table><tr><td>one</td></tr><p>two</p>"},
        weight=Severity.ERROR,
    ),
    Case(
        "a torn condition of which readers see the rest",
        (("conditional-comments", "unclosed-conditional"), ("broken-markup", "stray-markup")),
        {"email": {}, "build": "<!--[if mso]><p>For Outlook <!-- hero --> now</p><p>--&gt; join us</p><![endif]-->"},
        weight=Severity.ERROR,
    ),
    Case(
        "a torn tag of which readers see the rest",
        (("broken-markup", "unclosed-quote"), ("broken-markup", "stray-markup")),
        {
            "email": {},
            "build": '<p><img src="a.png alt="Hero"></p><p>" style="color:#333333"&gt;Save your seat today.</p>',
        },
        weight=Severity.ERROR,
    ),
    Case(
        "a link to a place that is not there",
        (("link-anchors", "missing-anchor"), ("client-support", "degraded-feature")),
        {"email": {}, "build": '<p><a href="#agenda">Agenda</a></p>'},
    ),
    Case(
        "a hidden field that visitors see",
        (("form-hidden", "missing-hidden-field"), ("form-fields", "unasked-field")),
        {
            "page": {"form": {**FIELDS, "hidden": {"source": "query"}}},
            "build": FORM.replace("<button", '<input name="source"><button'),
        },
        weight=Severity.ERROR,
    ),
    Case(
        "a page with the search of the site alone",
        (("form-fields", "missing-field"), ("form-presence", "missing-form")),
        {"page": {"form": {"fields": [{"name": "Email"}]}}, "build": '<form><input name="q" type="search"></form>'},
        weight=Severity.ERROR,
    ),
    Case(
        "a field that no visitor sees",
        (("form-fields", "missing-field"), ("page-form-seen", "unseen-required-field")),
        {
            "page": {"form": FIELDS},
            "build": f"{HEAD}</head><body>{FORM.replace('required', 'required tabindex=-1')}</body></html>",
        },
        ("phone", "desktop"),
        Severity.ERROR,
    ),
    Case(
        "a form in an email",
        (("active-content", "form-in-email"), ("client-support", "unsupported-feature")),
        {"email": {}, "build": FORM},
    ),
    Case(
        "a hidden field with the key of the template",
        (("form-hidden", "wrong-hidden-value"), ("placeholder-keys", "placeholder-key")),
        {
            "page": {"form": {**FIELDS, "hidden": {"token": "ac3f91b7"}}},
            "build": FORM.replace("<button", '<input type="hidden" name="token" value="INSERT_TOKEN_HERE"><button'),
        },
        weight=Severity.ERROR,
    ),
    Case(
        "a form that sends to the placeholder of the template",
        (("form-target", "dead-target"), ("placeholder-keys", "placeholder-key")),
        {"page": {}, "build": FORM.replace('id="f"', 'action="https://forms.acme.example/?k=YOUR_API_KEY"')},
        weight=Severity.ERROR,
    ),
    Case(
        "a box that asks for something else than the consent",
        (("form-consent", "missing-consent"), ("form-fields", "unasked-field")),
        {
            "page": {"form": {**FIELDS, "consent": {"text": "I agree to receive emails"}}},
            "build": FORM.replace("<button", '<label><input type="checkbox" name="x"> Over 18</label><button'),
        },
        weight=Severity.ERROR,
    ),
    Case(
        "a form of which nobody knows where it leads",
        (("form-thank-you", "wrong-thank-you"), ("form-target", "unsent-form")),
        {"page": {"form": {"thank_you": "https://www.acme.example/thanks"}}, "build": FORM},
        weight=None,
    ),
    Case(
        "light text on a picture without a colour",
        (
            ("client-support", "unsupported-feature"),
            ("background-pictures", "no-colour-behind"),
            ("view-content", "unseen-text"),
            ("contrast", "low-contrast"),
        ),
        {
            "email": {},
            "build": f'<table><tr><td background="dusk.png" style="color:#ffffff">{COPY}</td></tr></table>',
            "files": DUSK,
        },
        ("gmail-web", "outlook-windows"),
    ),
    Case(
        "light text on a picture with a light colour",
        (
            ("background-pictures", "no-colour-behind"),
            ("view-content", "unseen-text"),
            ("contrast", "low-contrast"),
        ),
        {
            "email": {},
            "build": f'<table><tr><td background="dusk.png" bgcolor="#ffffff" style="color:#ffffff">{COPY}</td></tr></table>',
            "files": DUSK,
        },
        ("gmail-web", "outlook-windows"),
    ),
    Case(
        "text in the colour of its ground on phones",
        (("view-content", "unseen-text"), ("contrast", "low-contrast")),
        {
            "email": {},
            "build": f"<html><head><style>@media (max-width: 500px) {{ .x {{ color: #ffffff }} }}</style></head><body>"
            f'<p>Hello and welcome</p><p class="x" style="background-color:#ffffff">{COPY}</p></body></html>',
        },
        ("gmail-web", "gmail-ios"),
    ),
    Case(
        "text that cannot be read in dark mode",
        (("dark-mode-text", "unreadable-in-dark-mode"), ("view-content", "unseen-text")),
        {
            "email": {},
            "build": '<html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme: '
            "dark) { body { background: #222222 !important } }</style></head>"
            f'<body style="background:#ffffff"><p style="color:#222222">{COPY}</p></body></html>',
        },
        ("samsung-email", "samsung-email-dark"),
    ),
    Case(
        "a message that is cut off",
        (("message-size", "clipped"), ("view-content", "unseen-text")),
        {"email": {}, "build": f"<p>Hello</p><!--{'x' * 110_000}--><p>{COPY}</p>"},
        ("gmail-web", "outlook-web"),
        Severity.ERROR,
    ),
    Case(
        "a layout wider than every window",
        (("phone-overflow", "sideways-scroll"), ("view-layout", "cut-off-layout")),
        {"email": {}, "build": f'<html><body><table width="1300"><tr><td>{COPY}</td></tr></table></body></html>'},
        ("gmail-web", "gmail-ios"),
    ),
    Case(
        "copy that is too small for everybody",
        (("text-size", "small-text"), ("phone-text", "small-on-phone")),
        {"email": {}, "build": f'<p style="font-size:9px">{COPY}</p><p style="font-size:9px">{COPY}</p>'},
        ("gmail-ios",),
    ),
    Case(
        "a call to action that only Outlook shows",
        (("link-presence", "too-few-links"), ("view-content", "unseen-link")),
        {
            "email": {"links": [CTA]},
            "build": f'<p>{COPY}</p><!--[if mso]><v:rect href="{CTA["url"]}" style="width:200px;height:48px">'
            f"<center>Save my seat</center></v:rect><![endif]-->"
            f'<a href="{CTA["url"]}" style="display:none">Save my seat</a>',
        },
        ("gmail-web", "outlook-windows"),
        Severity.ERROR,
    ),
    Case(
        "a form that phones do not show",
        (("page-form-seen", "unseen-submit"), ("page-form-seen", "unseen-required-field")),
        {
            "page": {"form": {"fields": [{"name": "Email"}]}},
            "build": f"{HEAD}<style>@media (max-width: 500px) {{ form {{ display: none }} }}</style></head>"
            f"<body>{FORM}</body></html>",
        },
        ("phone", "desktop"),
        Severity.ERROR,
    ),
    Case(
        "a call to action that is not in the page",
        (("link-presence", "missing-link"), ("page-links-seen", "unseen-page-link")),
        {
            "page": {"links": [CTA, {"text": "Read on", "url": "https://acme.example/more"}]},
            "build": f'{HEAD}</head><body><p>{COPY}</p><a href="https://acme.example/more">Read on</a></body></html>',
        },
        ("phone", "desktop"),
        Severity.ERROR,
    ),
)


def _codes(case: Case, *checks: str, off: tuple[str, ...] = ()) -> list[str]:
    profile = Profile(views=case.views, severities=dict.fromkeys(off))
    return [judged.finding.code for judged in campaign_told(*checks, profile=profile, **case.written)]


def _marked(case: Case) -> Any:
    drawn = any(needs_browser(all_checks()[check]) for check, _ in case.told)
    return pytest.param(case, id=case.name, marks=[pytest.mark.browser] if drawn else [])


@pytest.fixture
def drawing(request: pytest.FixtureRequest) -> None:
    """A browser, where the case at hand needs one."""
    if request.node.get_closest_marker("browser"):
        request.getfixturevalue("browser")


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_every_check_alone_says_so(drawing: None, case: Case) -> None:
    checks = list(dict.fromkeys(check for check, _ in case.told))
    for check in checks:
        others = tuple(code for of, code in case.told if of == check)
        for number, code in enumerate(others):
            assert code in _codes(case, check, off=others[:number]), check


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_the_verdict_says_it_once_and_in_the_next_best_words_where_the_best_are_switched_off(
    drawing: None, case: Case
) -> None:
    checks, codes = tuple(dict.fromkeys(check for check, _ in case.told)), tuple(code for _, code in case.told)
    profile = Profile(views=case.views)
    shown = [each for each in campaign_told(*checks, profile=profile, **case.written) if each.finding.code in codes]
    assert [(each.finding.code, each.severity) for each in shown] == [(codes[0], case.weight)]
    for number in range(1, len(codes)):
        left = tuple(dict.fromkeys(check for check, _ in case.told[number:]))
        assert set(_codes(case, *left, off=codes[:number])) & set(codes) == {codes[number]}
        if case.weight is not None:  # what is for a person cannot be switched off by its code
            assert set(_codes(case, *checks, off=codes[:number])) & set(codes) == {codes[number]}
