"""Visits of pages that are well, and of pages that do what they should not."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from qa.artefacts import PageVisit
from qa.build.campaign import Campaign
from qa.finding import Fault
from qa.match.trackers import lacks_scripts
from qa.profile.model import Profile
from qa.render.visit import opened
from qa.run import plan, session
from qa.testing import shared, write_campaign

pytestmark = pytest.mark.usefixtures("browser")


def visited(body: str = "", head: str = "", page: dict[str, Any] | None = None, **written: Any) -> PageVisit:
    """The visit of a page with these in it."""
    build = f"<!doctype html><html><head>{head}</head>\n<body><h1>Join us</h1>\n{body}</body></html>"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_campaign(folder, build=build, page=page or {}, **written)
        planned = plan(session(Profile(), resources=shared()), Campaign(folder, folder.name))
        subject = next(each for each in planned.subjects if each.kind == "page")
        found = subject.get(PageVisit)
        assert isinstance(found, PageVisit)
        return found


def test_what_a_page_loads_is_answered_from_the_build_alone() -> None:
    seen = visited(
        "<img src='a.png'><script src='b.js'></script><script src='https://cdn.example/c.js'></script>",
        files={"build/a.png": {"picture": [20, 10, "a"]}, "build/b.js": "fetch('gone.json').catch(() => 0)"},
    )
    assert {(one.url, one.status) for one in seen.requests} == {
        ("build/asset.html", 200), ("build/a.png", 200), ("build/b.js", 200), ("build/gone.json", 404),
        ("https://cdn.example/c.js", 0),
    }  # fmt: skip
    assert lacks_scripts(seen)
    assert all(one.size > 30 for one in seen.requests if one.status == 200)


def test_errors_are_written_down_with_their_places() -> None:
    seen = visited(
        "<script>\nstart();</script><script>console.error('no', 'key'); console.log('fine')</script>"
        "<script src='b.js'></script><script>Promise.reject(new Error('later'))</script>",
        files={"build/b.js": "\nlet = ;"},
    )
    told = {(error.message, error.line, error.file, error.uncaught) for error in seen.errors}
    assert ("ReferenceError: start is not defined", 4, "", True) in told
    assert ("no key", 4, "", False) in told
    assert ("Error: later", 4, "", True) in told
    assert [(error.file, error.line) for error in seen.errors if error.message.startswith("SyntaxError")] == [
        ("build/b.js", None)
    ]


def test_cookies_of_scripts_are_written_down_kept_or_not() -> None:
    script = "document.cookie = 'kept=1'; document.cookie = 'live=1; domain=.acme.example; Secure'"
    seen = visited(f"<script>{script}; document.title = document.cookie + typeof qaNoted</script>")
    assert seen.cookies == ("kept", "live")


def test_hidden_fields_are_as_the_button_of_the_email_leaves_them() -> None:
    fill = "<form><input type=hidden name=utm_source></form><script>document.forms[0].utm_source.value = new URLSearchParams(location.search).get('utm_source')</script>"
    link = {"text": "Book", "url": "https://acme.example/book", "utm": {"content": "hero"}}
    asked = {"emails": [{"name": "invite", "links": [link]}], "tracking": {"utm": {"source": "news letter"}}}
    seen = visited(fill, page={"url": "https://acme.example/book"}, campaign=asked)
    assert seen.hidden == ({"utm_source": "news letter"},)


def test_ids_of_google_tags_are_read_where_they_are_configured() -> None:
    tag = "window.dataLayer = []; function gtag() { dataLayer.push(arguments) } gtag('config', 'G-ABC')"
    assert visited(head=f"<script>{tag}</script>").configured == ("G-ABC",)
    assert visited(head="<script>dataLayer = 7</script>").configured == ()
    assert visited(head="<script>JSON.stringify = () => '{'; dataLayer = []</script>").configured == ()


RESTLESS = {
    "dialogs": "<script>for (let i = 0; i < 50; i++) { alert(i); confirm(i); prompt(i) }</script>",
    "a question on leaving": "<script>onbeforeunload = () => 'stay'; location = 'https://other.example/'</script>",
    "pop-ups": "<script>for (let i = 0; i < 50; i++) open('https://other.example/' + i)</script>",
    "a download": "<a id=d download='x.txt' href='data:text/plain,x'>x</a><script>d.click()</script>",
    "a download in a frame": "<iframe src='data:application/zip;base64,UEsDBA=='></iframe>",
    "a way out": "<script>location.replace('https://other.example/')</script>",
    "a way out again and again": "<script>setInterval(() => location = 'https://other.example/' + Math.random(), 5)</script>",
    "a reload": "<script>location.reload()</script>",
    "a refresh": "<meta http-equiv=refresh content='0; url=https://other.example/'>",
    "a service worker": "<script>navigator.serviceWorker && navigator.serviceWorker.register('sw.js').catch(() => 0)</script>",
    "a worker": "<script>try { new Worker('w.js') } catch (e) {}</script>",
    "sockets": "<script>for (let i = 0; i < 50; i++) new WebSocket('wss://live.example/' + i)</script>",
    "beacons": "<script>for (let i = 0; i < 50; i++) navigator.sendBeacon('https://t.example/' + i, 'x')</script>",
    "a stream of requests": "<script>setInterval(() => fetch('https://t.example/' + Math.random()).catch(() => 0), 2)</script>",
    "a form that sends itself": "<form method=post action='https://t.example/'><input name=a value=b></form><script>document.forms[0].submit()</script>",
    "a page that closes itself": "<script>window.close()</script>",
    "a page that never rests": "<p id=p></p><script>setInterval(() => p.textContent += 'x', 1)</script>",
    "a page that is written anew": "<script>onload = () => { document.open(); document.write('<h1>New</h1>'); document.close() }</script>",
    "names of ours": "<script>window.qa = null; Object.freeze(window); Array.prototype.map = null</script>",
}


@pytest.mark.parametrize("way", RESTLESS)
def test_a_restless_page_is_seen_all_the_same(way: str) -> None:
    started = time.monotonic()
    seen = visited(RESTLESS[way], files={"build/sw.js": "self.onfetch = () => 0", "build/w.js": "postMessage(1)"})
    assert seen.requests[0].kind == "document"
    assert seen.requests[0].status == 200
    assert time.monotonic() - started < opened.BUDGET


def test_where_a_page_leads_by_itself_is_written_down_and_it_stays() -> None:
    seen = visited("<script>onload = () => { location = 'https://other.example/a' }</script>")
    assert seen.led_to == ("https://other.example/a",)


@pytest.mark.parametrize("script", ["for (;;) {}", "onload = () => { for (;;) {} }"])
def test_an_endless_script_ends_within_the_budget(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "BUDGET", 6.0)
    with pytest.raises(Fault, match="after 6 seconds"):
        visited(f"<script>{script}</script>")
    monkeypatch.undo()
    assert not visited("<p>The next one is well.</p>").errors


def test_600_requests_to_others_are_all_refused_and_written_down() -> None:
    make = "for (let i = 0; i < 600; i++) { const s = document.createElement('script'); s.src = `https://t${i % 60}.example/${i}.js`; document.head.append(s) }"
    seen = visited(f"<script>{make}</script>")
    away = [one for one in seen.requests if one.host]
    assert len({one.url for one in away}) == 600
    assert {one.status for one in away} == {0}
    assert len({one.host for one in away}) == 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such measure")
def test_memory_stays_flat_from_page_to_page() -> None:
    def used() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    heavy = "<script>let a = []; for (let i = 0; i < 200; i++) fetch('https://t.example/' + i + '?' + 'x'.repeat(9000)).catch(() => 0)</script>"
    for _ in range(3):
        visited(heavy)
    before = used()
    for _ in range(8):
        visited(heavy)
    assert used() - before < 30_000  # kB


def test_the_clock_stands_still_and_timers_run() -> None:
    fill = "const now = new Date(); setTimeout(() => { f.value = [+now === Date.now(), now.getFullYear(), +new Date(2020, 0, 1) < now, typeof Date()].join() }, 60)"
    assert visited(f"<form><input type=hidden id=f name=f></form><script>{fill}</script>").hidden == (
        {"f": "true,2026,true,string"},
    )
