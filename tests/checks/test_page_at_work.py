"""Pages at work in a browser: errors, requests, tags and weight, each kind in several spellings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qa.finding import Outcome
from qa.profile.model import Profile
from qa.testing import run_check

pytestmark = pytest.mark.usefixtures("browser")

GTM = """<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});
var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;
f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','%s');</script>"""
GTAG = """<script async src="https://www.googletagmanager.com/gtag/js?id=%s"></script>
<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());gtag('config','%s');</script>"""


def told(check: str, body: str = "", head: str = "", page: dict[str, Any] | None = None, **more: Any) -> list[str]:
    build = f"<!doctype html><html lang=en><head>{head}</head><body><h1>Join us</h1>{body}</body></html>"
    answer = run_check(check, build=build, page=page or {}, **more)
    assert answer.outcome is not Outcome.BROKEN, answer.reason
    return [f"{finding.code}?" if finding.review else finding.code for finding in answer.findings]


WELL = {
    "no script": "<p>Welcome</p>",
    "a script that does its work": "<script>document.title = 'Welcome'</script>",
    "an error that is caught": "<script>try { start() } catch (error) { console.warn(error) }</script>",
    "a counter of the web": GTM % "GTM-ABC123",
    "a pixel that is not loaded": "<script>!function(f,b,e){f.fbq=function(){};var t=b.createElement(e);t.src='https://connect.facebook.net/en_US/fbevents.js';b.head.append(t)}(window,document,'script');fbq('init','1')</script>",
    "a library of the web that does not come": "<script src='https://code.jquery.com/jquery.min.js'></script><script>$(start)</script>",
    "a form of the web": "<script src='//js.hsforms.net/forms/v2.js'></script><script>hbspt.forms.create({})</script>",
    "what the page asks of its server": "<script>navigator.sendBeacon('/collect', 'x')</script>",
}
ERRORS = {
    "a name nobody knows": "<script>startCountdown()</script>",
    "a thing that is not there": "<script>document.getElementById('clock').textContent = '3'</script>",
    "a promise nobody waits for": "<script>Promise.reject(new Error('no clock'))</script>",
    "an error after a while": "<script>setTimeout(() => nothing.there, 50)</script>",
    "a bracket that is missing": "<script>if (true { }</script>",
    "a bracket beside a library of the web": "<script src='https://code.jquery.com/jquery.min.js'></script><script>$(</script>",
    "an error on loading": "<body onload='start()'>",
    "beside a counter that waits": GTM % "GTM-ABC123" + "<script>startCountdown()</script>",
}


@pytest.mark.parametrize("way", WELL)
def test_no_error_is_told_of_a_page_that_is_well(way: str) -> None:
    assert told("page-errors", WELL[way]) == []


@pytest.mark.parametrize("way", ERRORS)
def test_an_error_of_a_script_is_told_once(way: str) -> None:
    assert told("page-errors", ERRORS[way]) == ["script-error"]


def test_ten_errors_are_one_finding_with_the_line_of_the_first() -> None:
    script = "\n".join(f"<script>\nstart{number}()</script>" for number in range(10))
    (finding,) = run_check("page-errors", build=f"<html><body><p>Hi</p>\n{script}", page={}).findings
    assert finding.where is not None
    assert finding.where.line == 3
    assert len(finding.each) == 10
    assert "and 5 more" in finding.message


def test_what_fails_without_the_web_is_skipped_and_says_so() -> None:
    answer = run_check("page-errors", build=f"<html><body><p>Hi</p>{WELL['a form of the web']}", page={})
    assert (answer.outcome, answer.findings) == (Outcome.SKIPPED, [])
    assert "of the web" in answer.reason


def test_a_complaint_of_a_script_is_a_note() -> None:
    assert told("page-errors", "<script>console.error('no key for the map')</script>") == ["console-error"]


def test_files_that_only_a_script_asks_for() -> None:
    assert told("page-errors", "<script>fetch('speakers' + '.json').catch(() => 0)</script>") == ["failed-request"]
    files = {"build/speakers.json": "[]"}
    assert told("page-errors", "<script>fetch('speakers' + '.json')</script>", files=files) == []
    assert told("page-errors", "<img src=gone.png>") == []  # told from the source


def test_what_a_script_asks_for_without_https() -> None:
    script = "<script>fetch('http:' + '//t.example/p.json').catch(() => 0)</script>"
    picture = "<script>new Image().src = 'http:' + '//t.example/p.gif'</script>"  # browsers ask for it by https
    assert told("page-errors", picture) == []
    assert told("page-errors", script) == ["insecure-request"]
    assert told("page-errors", script, page={"url": "http://intranet.example/"}) == []


TAGS = {
    "twice": (GTM % "GTM-ABC123" * 2, ["doubled-tag"]),
    "once": (GTM % "GTM-ABC123", []),
    "two accounts": (GTM % "GTM-ABC123" + GTM % "GTM-XYZ789", []),
    "written, not loaded": ("<script>var tag = 'GTM-ABC123'</script>", ["idle-tag"]),
    "a snippet without its end": ((GTM % "GTM-ABC123").replace("f.parentNode.insertBefore(j,f);", ""), ["idle-tag"]),
    "its noscript alone": (
        "<noscript><iframe src='https://www.googletagmanager.com/ns.html?id=GTM-ABC123'></iframe></noscript>",
        ["idle-tag"],
    ),
    "held back for consent": (
        (GTM % "GTM-ABC123").replace("<script", "<script type='text/plain' data-category='stats'"),
        ["idle-tag?"],
    ),
    "nowhere": ("<p>Hi</p>", []),  # page-tags tells
    "gtag": (GTAG % ("G-ABC123", "GTM-ABC123"), []),
    "gtag twice": (GTAG % ("G-ABC123", "GTM-ABC123") * 2, ["doubled-tag"]),
}


@pytest.mark.parametrize("way", TAGS)
def test_tags_are_there_once_and_at_work(way: str) -> None:
    head, wanted = TAGS[way]
    assert told("page-trackers", head=head, page={"tags": ["GTM-ABC123"]}) == wanted


def test_tags_wait_for_consent_where_the_team_says_so() -> None:
    first = replace(Profile(), options={"page-trackers": {"consent_first": True}})
    pixel = "<img src='https://www.facebook.com/tr?id=1&ev=PageView' width=1 height=1>"
    assert told("page-trackers", head=GTM % "GTM-ABC123", body=pixel, profile=first) == ["early-tracker"]
    assert told("page-trackers", body="<img src='https://acme.example/a.png'>", profile=first) == []
    assert told("page-trackers", head=GTM % "GTM-ABC123", body=pixel) == []


def test_the_budget_counts_what_the_page_loads_of_its_own() -> None:
    allowed = replace(Profile(), options={"page-budget": {"kilobytes": 30}})
    files = {"build/a.js": {"repeat": ["// words\n", 4000]}}
    page = "<script src='a.js'></script>"
    assert told("page-budget", page, files=files, profile=allowed) == ["over-budget"]
    assert told("page-budget", "<p>Light</p>", files=files, profile=allowed) == []
    (finding,) = run_check(
        "page-budget", build=f"<html><body><p>Hi</p>{page}", page={}, files=files, profile=allowed
    ).findings
    assert "scripts 36 kB" in finding.message
    assert run_check("page-budget", build="<html><body><p>Hi</p>", page={}).outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    "script",
    [
        "<script src=//cdn.example/a.js></script>",
        "<script>document.write('<script src=' + (location.protocol == 'https:' ? 'https://ssl' : 'http://www') + '.t.example/a.js></' + 'script>')</script>",
        "<script>new Image().src = 'http:' + '//t.example/p.gif'</script>",
    ],
)
def test_what_is_https_on_the_live_site_is_not_told(script: str) -> None:
    assert told("page-errors", script) == []


def test_errors_for_want_of_a_script_that_is_not_in_the_build() -> None:
    assert told("page-errors", "<script src=js/wow.js></script><script>new WOW()</script>") == []  # page-files tells
