"""Forms filled in and sent in a browser: plain, by script, of several makers; and those that lose something."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

pytestmark = pytest.mark.usefixtures("browser")

FIELDS = [
    {"name": "FirstName", "label": "First name", "type": "text", "required": True},
    {"name": "Email", "label": "Email", "type": "email", "required": True},
]
THANKS = "https://acme.example/thanks"
ASKED = {
    "url": "https://acme.example/book",
    "form": {"fields": FIELDS, "hidden": {"utm_source": "query", "formid": "77"}, "thank_you": THANKS},
}
INSIDE = """<label>First name <input name=FirstName required></label><label>Email <input type=email name=Email required></label>
<input type=hidden name=formid value=77><input type=hidden name=utm_source><button>Book</button>"""
FILL = (
    "<script>document.forms[0].utm_source.value = new URLSearchParams(location.search).get('utm_source') || ''</script>"
)
PLAIN = f"<form method=post action=https://forms.acme.example/submit>{INSIDE}</form>{FILL}"
SCRIPTED = f"""<form id=f novalidate>{INSIDE}<p id=told></p></form>{FILL}<script>
f.addEventListener('submit', async (event) => {{
  event.preventDefault();
  if (!f.FirstName.value || !/@/.test(f.Email.value)) {{ told.textContent = 'Please fill in all fields.'; return; }}
  const answer = await fetch('https://api.acme.example/leads', {{ method: 'POST', %s }});
  if (answer.ok) location.href = '/thanks';
}});</script>"""
JSON = "headers: {'Content-Type': 'application/json'}, body: JSON.stringify(Object.fromEntries(new FormData(f)))"
HUBSPOT = "headers: {'Content-Type': 'application/json'}, body: JSON.stringify({fields: [...new FormData(f)].map(([name, value]) => ({name, value})), context: {pageUri: '/'}})"
MULTIPART = "body: new FormData(f)"
ENCODED = "body: new URLSearchParams(new FormData(f))"


def told(body: str, page: dict[str, Any] | None = None, **more: Any) -> list[str]:
    build = f"<!doctype html><html lang=en><body><h1>Book</h1>{body}</body></html>"
    answer = run_check("form-at-work", build=build, page=page or ASKED, **more)
    assert answer.outcome is not Outcome.BROKEN, answer.reason
    assert answer.outcome is not Outcome.SKIPPED, answer.reason
    return [f"{finding.code}?" if finding.review else finding.code for finding in answer.findings]


WELL = {
    "plain": PLAIN,
    "by its address": PLAIN.replace("method=post ", ""),
    "as multipart": PLAIN.replace("<form", "<form enctype=multipart/form-data"),
    "in a new window": PLAIN.replace("<form", "<form target=_blank"),
    "Pardot": PLAIN.replace("https://forms.acme.example/submit", "https://go.acme.example/l/12345/2026-01-01/abc"),
    "JSON": SCRIPTED % JSON,
    "as HubSpot's endpoint has it": SCRIPTED % HUBSPOT,
    "FormData": SCRIPTED % MULTIPART,
    "URLSearchParams": SCRIPTED % ENCODED,
    "XMLHttpRequest": (SCRIPTED % JSON).replace(
        "const answer = await fetch('https://api.acme.example/leads', {",
        "const x = new XMLHttpRequest(); x.open('POST', '/leads'); x.onload = () => { location.href = '/thanks' }; x.send(new FormData(f)); const answer = {}; void ({",
    ),
    "told by alert": (SCRIPTED % JSON).replace("told.textContent = 'Please fill in all fields.'", "alert('Please')"),
    "a button beside the form": PLAIN.replace("<button>", "<button form=g>").replace("<form ", "<form id=g "),
    "a select, a number and a consent": PLAIN.replace(
        "<button>",
        "<select name=c required><option value=''>Choose<option>UK</select><input type=number name=n min=5 step=5 required><input type=checkbox name=ok required><button>",
    ),
    "written by a script": f"<div id=here></div><script>here.innerHTML = `<form method=post action=/send>{INSIDE}</form>`</script>{FILL}",
    "a counter beside it": PLAIN
    + "<script>document.addEventListener('click', () => navigator.sendBeacon('https://t.example/e', 'x=1'))</script>",
}
LOST = {
    "nothing is required": (PLAIN.replace(" required", ""), ["sends-incomplete"]),
    "the form looks at nothing": (PLAIN.replace("<form", "<form novalidate"), ["sends-incomplete"]),
    "a script that looks at nothing": ((SCRIPTED % JSON).replace("if (!f", "if (false) if (!f"), ["sends-incomplete"]),
    "any text as an address": (PLAIN.replace("type=email ", ""), ["sends-malformed"]),
    "a script that looks for no address": (
        (SCRIPTED % JSON).replace("/@/.test(f.Email.value)", "f.Email.value"),
        ["sends-malformed"],
    ),
    "no message": ((SCRIPTED % JSON).replace("told.textContent = 'Please fill in all fields.';", ""), ["silent-form"]),
    "no sending": ((SCRIPTED % JSON).replace("const answer = await fetch", "return; await fetch"), ["unsendable-form"]),
    "a script that ends in an error": (
        (SCRIPTED % JSON).replace("const answer", "start(); const answer"),
        ["unsendable-form"],
    ),
    "a required field that nobody sees": (
        PLAIN.replace("<button>", "<input name=x required style='display:none' pattern='[0-9]+'><button>"),
        ["unsendable-form"],
    ),
    "a field that is not sent": (
        (SCRIPTED % JSON).replace(
            "Object.fromEntries(new FormData(f))", "{Email: f.Email.value, formid: 77, utm_source: f.utm_source.value}"
        ),
        ["unsent-field"],
    ),
    "another page of thanks": ((SCRIPTED % JSON).replace("'/thanks'", "'/winter/thanks'"), ["other-thank-you"]),
    "a parameter that nobody reads": (PLAIN.replace(FILL, ""), ["unfilled-from-address"]),
    "another parameter": (PLAIN.replace("get('utm_source')", "get('utm_medium')"), ["unfilled-from-address"]),
    "without a script of the web": (
        PLAIN.replace(FILL, "<script src=https://cdn.example/utm.js></script>"),
        ["unfilled-from-address?"],
    ),
}


@pytest.mark.parametrize("way", WELL)
def test_a_form_that_works_is_well(way: str) -> None:
    assert told(WELL[way]) == []


@pytest.mark.parametrize("way", LOST)
def test_a_form_that_loses_something_is_told(way: str) -> None:
    body, wanted = LOST[way]
    assert told(body) == wanted


def test_the_page_is_opened_by_the_button_of_the_email() -> None:
    link = {"text": "Book", "url": "https://acme.example/book"}
    files = {"build/invite.html": "<a href=https://acme.example/book>Book</a>"}
    asked = {
        "emails": [{"name": "invite", "build": "build/invite.html", "links": [link]}],
        "tracking": {"utm": {"source": "newsletter", "medium": "email"}},
    }
    assert told(PLAIN, campaign=asked, files=files) == []
    wrong = PLAIN.replace("get('utm_source')", "get('utm_medium')")
    build = f"<html><body><h1>Book</h1>{wrong}"
    (finding,) = run_check("form-at-work", build=build, page=ASKED, campaign=asked, files=files).findings
    assert (finding.expected, finding.actual) == ("newsletter", "email")
    assert "the button of the email" in finding.message


@pytest.mark.parametrize(
    "embed",
    [
        "<script src=//js.hsforms.net/forms/embed/v2.js></script><script>hbspt.forms.create({portalId: '1', formId: '2'})</script>",
        "<script src=//app-ab01.marketo.com/js/forms2/js/forms2.min.js></script><form id=mktoForm_1></form><script>MktoForms2.loadForm('//app-ab01.marketo.com', 'AAA-111-BBB', 1)</script>",
        "<form action=/search><input name=q><button>Search</button></form><script src=//js.hsforms.net/forms/embed/v2.js></script>",
        "<iframe src=https://go.acme.example/l/1/2026/abc></iframe>",
    ],
)
def test_a_form_of_the_web_is_skipped_and_never_passed(embed: str) -> None:
    answer = run_check("form-at-work", build=f"<html><body><h1>Book</h1>{embed}", page=ASKED)
    assert answer.outcome is Outcome.SKIPPED
    assert "by hand" in answer.reason
