"""A real browser on small documents: what is seen, what is measured, and that nothing leaves."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qa.artefacts import Attachment, Element, Header, Parts, Rendering, Screenshot
from qa.build.assets import Asset
from qa.finding import Fault, Skip
from qa.gather.rendering import rendering
from qa.profile.model import Profile
from qa.render.engines import Browsers, measuring
from qa.request import unwritten
from qa.source import Place, Source
from qa.visual import compare
from tests.windows import browsers

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]
NOTHING_ASKED = unwritten("email", "asset", "asset.html")
HTML = '<!doctype html><html lang="en"><head><title>T</title>{head}</head><body style="margin:0">{body}</body></html>'


WIDTHS = {"phone": 375, "tablet": 600, "desktop": 1280}
OWN = {f"mail-{name}": {"title": name, "width": width} for name, width in WIDTHS.items()}


def draw(
    folder: Path, body: str, *, head: str = "", kind: str = "email", whole: str = "", views: Any = None, **parts: Any
) -> Rendering:
    """The rendering of a document at build/asset.html, at three widths or in other views (rows as in views.toml)."""
    text = whole or HTML.format(head=head, body=body)
    file = "build/asset.html"
    asset = Asset(kind, "asset", folder)
    own = views or {name: {**row, "kind": kind} for name, row in OWN.items()}
    chosen = profile(own)
    return rendering(asset, Parts(file, Source(file, text), **parts), NOTHING_ASKED, chosen, browsers(chosen))


def profile(own: Any) -> Profile:
    return Profile(views=tuple(own), own_views=own, cache=False)


def screenshot(drawn: Rendering, view: str = "phone") -> Screenshot:
    return next(each for each in drawn.screenshots if each.view.name == f"mail-{view}")


def element(drawn: Rendering, tag: str, view: str = "phone") -> Element:
    return next(each for each in screenshot(drawn, view).elements if each.tag == tag)


def image(drawn: Rendering, view: str = "phone") -> Image.Image:
    return Image.open(BytesIO(screenshot(drawn, view).png)).convert("RGB")


def picture(colour: str, size: tuple[int, int] = (40, 20), ending: str = "PNG", **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, ending, **more)
    return out.getvalue()


def write(folder: Path, path: str, content: bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def test_every_view_in_its_order(tmp_path: Path) -> None:
    for kind in ("email", "page"):
        drawn = draw(tmp_path, "<p>Hi", kind=kind)
        assert [(s.view.name, s.width) for s in drawn.screenshots] == [(f"mail-{n}", w) for n, w in WIDTHS.items()]
        assert (drawn.lost, drawn.missing) == ((), ())
        assert drawn.renderer.startswith("Chrom")
        assert {s.renderer for s in drawn.screenshots} == {drawn.renderer}


def test_the_picture_is_of_the_whole_document(tmp_path: Path) -> None:
    tall = '<div style="height:3000px;background:red"></div><div style="height:7px;background:blue"></div>'
    for kind in ("email", "page"):
        drawn = draw(tmp_path, tall, kind=kind)
        assert (screenshot(drawn).height, image(drawn).size) == (3007, (375, 3007))
        assert (image(drawn).getpixel((5, 2999)), image(drawn).getpixel((5, 3003))) == ((255, 0, 0), (0, 0, 255))


def test_a_very_tall_document_is_cut_with_a_note(tmp_path: Path) -> None:
    drawn = draw(tmp_path, '<div style="height:30000px;background:red"></div>')
    assert image(drawn).size == (375, 20_000)
    assert image(drawn).getpixel((5, 19_999)) == (255, 0, 0)
    assert screenshot(drawn).height == 30_000
    assert screenshot(drawn).note == "cut at 20,000 px; the whole is 30,000 px tall"


def test_elements_are_measured_and_joined_to_the_source(tmp_path: Path) -> None:
    body = '<p style="color:#333;background:#eee;font-size:18px;margin:10px;height:40px">Two  words<b></b></p>'
    drawn = draw(tmp_path, body)
    found = element(drawn, "p")
    assert found.offset == HTML.format(head="", body=body).index("<p ")
    assert (found.box.x, found.box.y, found.box.width, found.box.height) == (10, 10, 355, 40)
    assert (found.text, found.visible) == ("Two words", True)
    assert (found.colour, found.background, found.font_size) == ("rgb(51, 51, 51)", "rgb(238, 238, 238)", 18)
    assert element(drawn, "p", "desktop").box.width == 1260


def test_media_queries_are_followed_from_one_load(tmp_path: Path) -> None:
    head = "<style>p{background:red}@media(max-width:500px){p{background:lime}}</style>"
    drawn = draw(tmp_path, "<p>Hi</p>", head=head)
    assert element(drawn, "p").background == "rgb(0, 255, 0)"
    assert element(drawn, "p", "tablet").background == "rgb(255, 0, 0)"


def test_the_background_is_the_nearest_painted_one(tmp_path: Path) -> None:
    cases = {
        "<i>text</i>": "rgb(255, 255, 255)",
        '<div style="background:#00f"><i>text</i></div>': "rgb(0, 0, 255)",
        '<table bgcolor="#00f"><tr><td><i>text</i></td></tr></table>': "rgb(0, 0, 255)",
        '<div style="background:#00f"><div style="background:rgba(255,255,255,.5)"><i>text</i></div></div>': "rgb(128, 128, 255)",
        '<div style="background-image:linear-gradient(red,blue)"><i>text</i></div>': "",
        '<div style="background-image:url(x.png)"><div style="background:#fff"><i>text</i></div></div>': "rgb(255, 255, 255)",
    }
    found = [e for e in screenshot(draw(tmp_path, "".join(cases))).elements if e.tag == "i"]
    assert [e.background for e in found] == list(cases.values())


def test_what_nobody_can_see_is_not_visible(tmp_path: Path) -> None:
    hidden = [
        '<div style="display:none"><i>text</i></div>',
        '<div style="max-height:0;overflow:hidden"><i>text</i></div>',
        '<div style="opacity:0"><i>text</i></div>',
        '<i style="visibility:hidden">text</i>',
        '<i style="font-size:0">text</i>',
        '<div style="position:absolute;left:-9999px"><i>text</i></div>',
        '<div style="position:absolute;width:1px;height:1px;overflow:hidden"><i>text</i></div>',
    ]
    elements = screenshot(draw(tmp_path, "".join(hidden) + "<p>seen</p>")).elements
    assert [e.visible for e in elements if e.tag == "i"] == [False] * len(hidden)
    assert [e.visible for e in elements if e.tag == "p"] == [True]


def test_pictures_of_the_build_folder_are_shown(tmp_path: Path) -> None:
    write(tmp_path, "build/images/a picture.png", picture("red"))
    write(tmp_path, "shared/b.jpg", picture("blue", (10, 10), "JPEG"))
    body = '<img src="images/a%20picture.png?v=2" style="display:block"><img src="../shared/b.jpg"><a href="x"><img src="gone.png" style="float:left"></a>'
    drawn = draw(tmp_path, body)
    assert image(drawn).getpixel((5, 5)) == (255, 0, 0)
    assert [e.natural for e in screenshot(drawn).elements if e.tag == "img"] == [(40, 20), (10, 10), (0, 0)]
    assert element(drawn, "a").visible
    assert drawn.refused == ()


def test_inline_pictures_of_a_message_are_shown_and_no_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path, "build/beside.png", picture("blue"))
    drawn = draw(
        tmp_path,
        '<img src="cid:logo@x" style="display:block"><img src="beside.png">cid:logo@x',
        headers=(Header("Subject", "Hi", Place("asset.html")),),
        attachments=(Attachment("logo.png", "<logo@x>", "image/png", picture("red")),),
    )
    assert image(drawn).getpixel((5, 5)) == (255, 0, 0)
    assert [e.natural for e in screenshot(drawn).elements if e.tag == "img"] == [(40, 20), (0, 0)]
    assert element(drawn, "body").text == "cid:logo@x"


def test_animations_stand_still(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "lime", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=20, loop=0)
    write(tmp_path, "build/a.gif", out.getvalue())
    head = "<style>@keyframes in{from{opacity:0}to{opacity:1}}h1{animation:in 60s forwards;margin:0;background:red}</style>"
    embedded = b64encode(out.getvalue()).decode()
    body = f'<img src="a.gif"><img src="data:image/gif;base64,{embedded}"><h1>Hi</h1><input autofocus>'
    first, again = draw(tmp_path, body, head=head), draw(tmp_path, body, head=head)
    assert image(first).getpixel((5, 5)) == image(first).getpixel((50, 5)) == (255, 0, 0)
    assert image(first).getpixel((370, 30)) == (255, 0, 0)
    # A browser may draw an edge a shade otherwise: pictures are compared as readers see them, all else exactly.
    bare, bare_again = ([replace(each, png=b"") for each in drawn.screenshots] for drawn in (first, again))
    assert bare == bare_again
    pairs = zip(first.screenshots, again.screenshots, strict=True)
    assert not any(compare(one.png, two.png).regions for one, two in pairs)


def test_scrolling_sideways_is_measured(tmp_path: Path) -> None:
    wide = '<div style="width:900px;height:9px"></div>'
    drawn = draw(tmp_path, wide)
    assert [(s.width, s.scroll_width) for s in drawn.screenshots] == [(375, 900), (600, 900), (1280, 1280)]
    assert element(drawn, "div").box.width == 900
    assert screenshot(draw(tmp_path, wide, head="<style>body{overflow-x:hidden}</style>")).scroll_width == 375


def test_an_email_runs_no_script_and_a_page_does(tmp_path: Path) -> None:
    body = '<p id="a">as built</p><script>document.getElementById("a").textContent = "by script"</script>'
    assert element(draw(tmp_path, body), "p").text == "as built"
    assert element(draw(tmp_path, body, kind="page"), "p").text == "by script"


def test_a_page_is_the_same_whenever_it_is_drawn(tmp_path: Path) -> None:
    body = "<p></p><script>document.querySelector('p').textContent = new Date().toString() + Math.random()</script>"
    drawn = draw(tmp_path, body, kind="page")
    assert element(drawn, "p").text.startswith("Thu Jan 01 2026 12:00:00")
    assert drawn == draw(tmp_path, body, kind="page")


def test_a_page_is_walked_down_so_that_late_pictures_and_reveals_are_seen(tmp_path: Path) -> None:
    write(tmp_path, "build/late.png", picture("red"))
    body = (
        '<div style="height:5000px"></div><img loading="lazy" src="late.png"><p style="opacity:0">Late</p>'
        "<script>new IntersectionObserver(seen => seen.forEach(s => { if (s.isIntersecting) s.target.style.opacity = 1 }))"
        ".observe(document.querySelector('p'))</script>"
    )
    drawn = draw(tmp_path, body, kind="page")
    assert (element(drawn, "img").natural, element(drawn, "p").visible) == ((40, 20), True)


def test_a_page_cannot_lie_to_the_measurements(tmp_path: Path) -> None:
    body = (
        '<form name="body"></form><form name="documentElement"></form><form name="fonts"></form><img name="querySelectorAll">'
        '<form><input name="getBoundingClientRect"><input name="localName"></form><p style="height:20px;margin:0">Text</p>'
        "<script>JSON.stringify = () => 'no'; Array.prototype.push = () => 0; Map = Set = null;"
        "getComputedStyle = () => ({}); Element.prototype.getBoundingClientRect = () => ({}); Promise = null;"
        "requestAnimationFrame = setTimeout = () => 0; globalThis.qa = {measure: () => '{}'}</script>"
    )
    found = element(draw(tmp_path, body, kind="page"), "p")
    assert (found.text, found.box.height, found.visible) == ("Text", 20, True)


def test_stamps_of_the_build_itself_do_not_count(tmp_path: Path) -> None:
    body = '<p data-qa-at="3">Text</p>'
    drawn = draw(tmp_path, body)
    assert element(drawn, "p").offset == HTML.format(head="", body=body).index("<p ")


def test_very_many_elements_are_cut_with_a_note(tmp_path: Path) -> None:
    drawn = draw(tmp_path, "<b>x</b>" * 6000)
    assert len(screenshot(drawn).elements) == 5000
    assert screenshot(drawn).note == "only the first elements of very many were measured"


def test_deep_nesting_is_drawn(tmp_path: Path) -> None:
    assert screenshot(draw(tmp_path, "<div>" * 3_000 + "<p>end")).elements[-1].text == "end"


def test_nesting_that_takes_for_ever_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "BUDGET", 1)
    with pytest.raises(Fault, match="too large or too deep"):
        draw(tmp_path, "<div>" * 100_000)


def test_switched_off_and_without_html(tmp_path: Path) -> None:
    asset = Asset("email", "asset", tmp_path)
    with pytest.raises(Skip, match="--no-render"):
        rendering(
            asset, Parts("a.html", Source("a.html", "<p>")), NOTHING_ASKED, Profile(render=False), Browsers(Profile())
        )
    with pytest.raises(Skip, match="no HTML part"):
        rendering(asset, Parts("a.txt", plain=Source("a.txt", "Hi")), NOTHING_ASKED, Profile(), Browsers(Profile()))


def test_where_nothing_can_be_drawn_nothing_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asset, parts = Asset("page", "asset", tmp_path), Parts("a.html", Source("a.html", "<p>Hello"))
    absent = Profile(browser=str(tmp_path / "nothing"), cache=False)
    with pytest.raises(Fault, match="not a program that can be started"):
        rendering(asset, parts, NOTHING_ASKED, absent, Browsers(absent))
    one = Profile(
        views=("mail-a",), own_views={"mail-a": {"title": "A", "width": 400, "engine": "webkit"}}, cache=False
    )
    known = {**browsers(one).engines(), "webkit": "WebKit is not here"}
    monkeypatch.setattr(Browsers, "engines", lambda _: known)
    with pytest.raises(Fault, match=r"a\.html was not rendered: WebKit is not here"):
        rendering(replace(asset, kind="email"), parts, NOTHING_ASKED, one, Browsers(one))


def test_a_huge_document_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="too large to be rendered"):
        draw(tmp_path, "x" * 10_000_001)


@pytest.mark.parametrize(
    "script",
    [
        "for (;;) open('x')",
        "for (;;) { alert(1); confirm(2); prompt(3) }",
        "setTimeout(() => { for (;;); }, 30)",
        "setInterval(() => { for (let i = 0; i < 2000; i++) document.body.append('x') }, 0)",
    ],
)
def test_a_script_that_loops_for_ever_costs_its_own_picture_alone(
    tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "BUDGET", 1.5)
    with pytest.raises(Fault, match="may loop for ever, or it loads too much"):
        draw(tmp_path, f"<p>Hi</p><script>{script}</script>", kind="page")
    monkeypatch.undo()
    assert element(draw(tmp_path, "<p>Hi</p>", kind="page"), "p").text == "Hi"


HOSTILE = {
    "alerts all the time": "<p>Hi</p><script>setInterval(() => { alert(1); print() }, 0)</script>",
    "many frames": "<p>Hi</p>" + '<iframe src="frame.html"></iframe>' * 500,
    "frames in frames": "<p>Hi</p><iframe src='frame.html'></iframe><iframe src='asset.html'></iframe>",
    "a canvas of 100 MB": "<p>Hi</p><canvas id=c width=5000 height=5000></canvas><script>"
    "const c = document.getElementById('c').getContext('2d'); c.fillRect(0, 0, 5000, 5000)</script>",
    "memory": "<p>Hi</p><script>const all = []; for (;;) all.push(new Array(1e6).fill({}))</script>",
    "fonts that never come": "<style>@font-face{font-family:f;src:url(http://a.example/f)}p{font-family:f}</style><p>Hi</p>"
    "<script>document.fonts.add(new FontFace('g', 'url(http://b.example/g)')); document.fonts.load('12px g')</script>",
    "a page that grows": "<p>Hi</p><script>setInterval(() => { document.body.style.height = innerHeight * 2 + 'px' }, 0)</script>",
    "windows without end": "<p>Hi</p><script>setInterval(() => open('asset.html'), 0)</script>",
    "downloads without end": "<p>Hi</p><a id=a href='data:x,y' download=x></a><script>setInterval(() => a.click(), 0)</script>",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_costs_at_most_its_own_picture(
    tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "build/frame.html", b"<p>A frame<iframe src='frame.html'></iframe>")
    monkeypatch.setattr(measuring, "BUDGET", 8)
    with suppress(Fault):
        assert element(draw(tmp_path, hostile, kind="page"), "p").text == "Hi"
    monkeypatch.undo()
    assert element(draw(tmp_path, "<p>Hi</p>", kind="page"), "p").text == "Hi"


def test_a_huge_page_is_cut_with_a_note(tmp_path: Path) -> None:
    view = {"huge": {"title": "huge", "width": 600, "kind": "page"}}
    tall = '<div style="height:200000px;background:linear-gradient(red,blue)"></div>'
    (only,) = draw(tmp_path, tall, kind="page", views=view).screenshots
    assert (only.height, only.note) == (200_000, "cut at 20,000 px; the whole is 200,000 px tall")
    assert Image.open(BytesIO(only.png)).size == (600, 20_000)


@pytest.mark.parametrize(
    "away",
    [
        '<script>location.href = "other.html"</script>',
        "<script>location.reload()</script>",
        "<script>document.forms[0].submit()</script>",
        '<meta http-equiv="refresh" content="0;url=other.html">',
        "<script>alert(1); confirm(2); prompt(3); print(); open('other.html'); open('other.html')</script>",
        "<script>window.onbeforeunload = () => 'stay'; history.pushState({}, '', '/x')</script>",
        '<script>const a = document.createElement("a"); a.href = "data:x,y"; a.download = "x"; a.click()</script>',
    ],
)
def test_a_page_that_leads_away_is_shown_as_it_was_built(tmp_path: Path, away: str) -> None:
    write(tmp_path, "build/other.html", b"<h1>Other")
    body = f'<p>Here</p><form action="other.html" method="post"><input name="a"></form>{away}'
    assert element(draw(tmp_path, body, kind="page"), "p").text == "Here"


@pytest.mark.parametrize("away", ["history.back()", "location.replace('https://other.example/')"])
def test_a_page_that_leads_away_at_once_is_one_clear_line(tmp_path: Path, away: str) -> None:
    with pytest.raises(Fault, match="leads away"):
        draw(tmp_path, "<p>Here</p>", head=f"<script>{away}</script>", kind="page")


def test_frames_of_the_build_are_shown(tmp_path: Path) -> None:
    write(tmp_path, "build/frame.html", b"<body style='background:red'>")
    drawn = draw(tmp_path, '<iframe src="frame.html" style="border:0;width:50px;height:50px"></iframe>', kind="page")
    assert image(drawn).getpixel((10, 10)) == (255, 0, 0)


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, "secret.png", picture("red"))
    campaign = tmp_path / "campaign"
    write(campaign, "build/a.png", picture("red"))
    write(campaign, "audience/list.csv", b"a@b.example\n")
    (campaign / "build/link.png").symlink_to(tmp_path / "secret.png")
    places = ("../../secret.png", "..%2f..%2fsecret.png", "/secret.png", "link.png", (tmp_path / "secret.png").as_uri())
    body = "".join(f'<img src="{place}">' for place in places) + '<iframe src="../audience/list.csv"></iframe>'
    drawn = draw(campaign, body, kind="page")
    assert [e.natural for e in screenshot(drawn).elements if e.tag == "img"] == [(0, 0)] * len(places)


class Listener:
    """A server that must hear nothing, on TCP and on UDP."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        for listen in (self._tcp, self._udp):
            threading.Thread(target=listen, daemon=True).start()

    def _tcp(self) -> None:
        while True:
            try:
                connection, _ = self.tcp.accept()
            except OSError:
                return
            with closing(connection):
                self.heard.append(b"connected")

    def _udp(self) -> None:
        while True:
            try:
                self.heard.append(self.udp.recv(2000))
            except OSError:
                return

    def close(self) -> None:
        for listener in (self.tcp, self.udp):
            listener.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as laid:
        yield laid


MARKUP = """<link rel="prefetch" href="{at}/1"><link rel="preload" as="image" href="{at}/2"><link rel="stylesheet" href="{at}/3">
<link rel="dns-prefetch" href="{at}"><link rel="preconnect" href="{at}"><link rel="icon" href="{at}/4"><link rel="manifest" href="{at}/5">
<meta http-equiv="refresh" content="0;url={at}/6"><style>@import url({at}/7);@font-face{{font-family:x;src:url({at}/8)}}p{{font-family:x;
background:url({at}/9)}}</style><p>Text</p><img src="{at}/10" srcset="{at}/11 2x"><iframe src="{at}/12"></iframe><object data="{at}/13"></object>
<embed src="{at}/14"><video src="{at}/15" poster="{at}/16" autoplay></video><audio src="{at}/17" autoplay></audio><script src="{at}/18"></script>
<form action="{at}/19" method="post" id="f"><input name="a"></form><input type="image" src="{at}/20"><svg><image href="{at}/21"/></svg>
<table background="{at}/22"><tr><td>x</td></tr></table>"""

SCRIPTS = [
    "new WebSocket('ws://127.0.0.1:{port}/w')",
    "fetch('{at}/f', {{mode: 'no-cors'}}); navigator.sendBeacon('{at}/b', 'x'); new EventSource('{at}/e')",
    "location.href = '{at}/l'",
    "document.getElementById('f').submit()",
    "open('{at}/o')",
    "new Worker(URL.createObjectURL(new Blob([\"fetch('{at}/k')\"])))",
    "const c = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{port}'}}, {{urls: 'turn:127.0.0.1:{port}?transport=tcp', username: 'a', credential: 'b'}}]}});"
    "c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o))",
    "try {{ new WebTransport('https://127.0.0.1:{port}/t') }} catch {{}}; navigator.serviceWorker?.register('{at}/s')",
    "const s = document.createElement('script'); s.type = 'speculationrules';"
    "s.textContent = JSON.stringify({{prefetch: [{{urls: ['{at}/p']}}], prerender: [{{urls: ['{at}/q']}}]}}); document.head.append(s)",
]


def test_nothing_leaves_an_email(tmp_path: Path, listener: Listener) -> None:
    at = f"http://127.0.0.1:{listener.port}"
    drawn = draw(tmp_path, MARKUP.format(at=at))
    assert element(drawn, "p").text == "Text"
    assert {f"{at}/10", f"{at}/9", f"{at}/3"} <= set(drawn.refused)
    assert listener.heard == []


@pytest.mark.parametrize("script", SCRIPTS, ids=[script[:20] for script in SCRIPTS])
def test_nothing_leaves_a_page(tmp_path: Path, listener: Listener, script: str) -> None:
    at = f"http://127.0.0.1:{listener.port}"
    scripted = script.format(at=at, port=listener.port)
    drawn = draw(tmp_path, MARKUP.format(at=at) + f"<script>{scripted}</script>", kind="page")
    assert element(drawn, "p").text == "Text"
    assert listener.heard == []


def test_a_platform_that_inlines_when_it_sends_keeps_its_styles_where_no_sheet_is_read(tmp_path: Path) -> None:
    html = "<html><head><style>p { color: #ff0000 }</style></head><body><p>Hello</p></body></html>"
    asset, parts = Asset("email", "a", tmp_path), Parts("a.html", Source("a.html", html))
    colours, one = {}, Profile(views=("gmail-android-other",), cache=False)
    for platform in ("marketo", "customerio"):
        asked = NOTHING_ASKED.model_copy(update={"platform": platform})
        drawn = rendering(asset, parts, asked, one, browsers(one))
        colours[platform] = next(element.colour for element in drawn.screenshots[0].elements if element.tag == "p")
    assert colours == {"marketo": "rgb(0, 0, 0)", "customerio": "rgb(255, 0, 0)"}
