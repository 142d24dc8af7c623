"""Pages that a browser shows otherwise than their source says, each with what is told of it, drawn or not."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Judged
from qa.profile.model import Profile
from tests.told import campaign_told, codes

COPY = "Forty minutes on what changed this year, with time for your questions."
PAGE = {"copy": [COPY], "links": [{"text": "Book my seat", "url": "https://acme.example/book"}]}
LINK = '<a id="go" href="https://acme.example/book">Book my seat</a>'
SOLD = "<p>Buy now <a href='https://other.example/s'>Winter sale</a></p>"


def _page(body: str = "", head: str = "", link: str = LINK) -> str:
    return f'<html lang="en"><head>{head}</head><body><p id="c">{COPY}</p><p id="p">€49</p>{link}{body}</body></html>'


def undrawn(*checks: str, **written: Any) -> list[Judged]:
    """What is told where no view is drawn."""
    return campaign_told(*checks, profile=Profile(render=False), **written)


YEAR = "© <script>document.write(new Date().getFullYear())</script>"
NUMBERED = "".join(f"<a href='p{n}.html'>More</a>" for n in range(3))
DRAWN = {
    "an address": (_page("<script>document.getElementById('go').href = 'https://other.example/'</script>"), "changed"),
    "words": (_page("<script>document.getElementById('c').textContent = 'Something else.'</script>"), "changed"),
    "a price": (_page("<script>document.getElementById('p').textContent = '€99'</script>"), "changed"),
    "a style sheet": (_page(head="<style>#c::before{content:'CANCELLED: '}</style>"), "changed"),
    "further words": (_page("<script>document.write('<p>Only €99</p>')</script>"), "added"),
    "tracking": (_page("<script>document.getElementById('go').href += '?utm_source=x'</script>"), ""),
    "a countdown": (_page("<b id=t></b><script>t.textContent = '3 days 12:41:07'</script>"), ""),
    "links of one name": (_page(f"{NUMBERED}<a href='b.html'>Book my seat</a><script>'x'</script>"), ""),
    "the year of a copyright": (_page(f"<p>{YEAR} by Acme</p>").replace(COPY, f"{COPY} {YEAR}"), ""),
    "a cookie banner": (_page("<script>document.write('<p>We use cookies. <a href=/privacy>OK</a></p>')</script>"), ""),
}


@pytest.mark.parametrize("way", DRAWN)
def test_what_a_browser_makes_of_a_page_is_told(way: str) -> None:
    build, told = DRAWN[way]
    assert codes("page-as-drawn", page=PAGE, build=build) == (
        {"changed": ["changed-by-script"], "added": ["added-by-script"]}.get(told, [])
    )


WRITTEN = {
    "a script in a link": _page(link=LINK.replace("<a", "<a onclick=\"location.href='https://other.example/'\"")),
    "a button": _page("<button onclick=\"location.href='https://other.example/'\">Book it</button>"),
    "a formaction": _page("<form><input name=a><button formaction='https://other.example/'>Go</button></form>"),
    "a drawing": _page("<svg><a xlink:href='https://other.example/'><text>Winter sale</text></a></svg>"),
    "a frame of its own": _page(f'<iframe srcdoc="{SOLD}"></iframe>'),
    "a shadow root": _page(f'<div><template shadowrootmode="open">{SOLD}</template></div>'),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_links_of_other_kinds_are_links(way: str) -> None:
    told = codes("link-destination", "unasked-links", page=PAGE, build=WRITTEN[way])
    assert told in (["wrong-destination"], ["unasked-link"])


def test_a_page_that_leads_on_and_a_frame_without_its_file_are_told() -> None:
    refresh = "<meta http-equiv='refresh' content='3;url=https://other.example/'>"
    assert codes("page-addresses", page=PAGE, build=_page(head=refresh)) == ["unasked-redirect"]
    assert codes("page-files", page=PAGE, build=_page("<iframe src='form.html'></iframe>")) == ["missing-frame"]


def test_a_frame_on_the_web_is_for_a_person_and_a_film_is_not() -> None:
    assert codes("page-files", page=PAGE, build=_page("<iframe src='https://other.example/a'></iframe>")) == [
        "unread-frame"
    ]
    film = "<iframe src='https://www.youtube.com/embed/a'></iframe>"
    assert codes("page-files", page=PAGE, build=_page(film)) == []


@pytest.mark.parametrize("mode", ['"open"', '"closed"', "closed", "'closed'"])
def test_what_stands_behind_a_shadow_root_is_seen_where_it_is(mode: str) -> None:
    build = _page(
        "<p>Questions?</p>", link=f"<div><template shadowrootmode={mode}><p>Spring</p></template></div>{LINK}"
    )
    assert codes("asked-in-views", "page-as-drawn", "page-links-seen", page=PAGE, build=build) == []


def test_what_a_script_hides_is_told_once() -> None:
    gone = _page("<script>document.getElementById('go').remove();document.getElementById('c').remove()</script>")
    assert codes("page-as-drawn", "asked-in-views", "page-links-seen", page=PAGE, build=gone) == ["changed-by-script"]


def test_copy_that_only_a_script_writes_is_told_once() -> None:
    written = _page(f"<script>document.getElementById('c').textContent = '{COPY}'</script>")
    written = written.replace(f'<p id="c">{COPY}', '<p id="c">')
    assert codes("page-as-drawn", "copy", page=PAGE, build=written) == ["missing-copy"]


SHEETS = {
    "words before": "#c::before{content:'CANCELLED: '}",
    "a price": "#p::after{content:' now €99'}",
    "a bare figure": "#p:after{content:'99'}",
    "on phones": "@media (max-width:600px){#p::after{content:'Ausverkauft'}}",
    "escaped": r"#p::after{content:'\53\4f\4c\44 out'}",
}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_words_of_a_style_sheet_are_for_a_person_where_no_view_is_drawn(sheet: str) -> None:
    (judged,) = undrawn("page-as-drawn", page=PAGE, build=_page(head=f"<style>{sheet}</style>"))
    assert (judged.finding.code, judged.finding.review) == ("undrawn-words", True)


@pytest.mark.parametrize("sheet", [
    "#p::after{content:''}", "#p::before{content:'›'}", ".none::before{content:'Sold out'}", "#p::after{content:'\\f101'}",
    "@media print{a::after{content:' (address)'}}",
])  # fmt: skip
def test_signs_of_a_style_sheet_are_no_words(sheet: str) -> None:
    assert undrawn("page-as-drawn", page=PAGE, build=_page(head=f"<style>{sheet}</style>")) == []


EMAIL = {"copy": [COPY, "Only €49 until 30 May."], "links": PAGE["links"]}
WRONG_FACTS = {
    "another price": ".d::after{content:' Now €99'}",
    "another share": ".d::before{content:'20 %'}",
    "another day": ".d::after{content:' until 31 May 2026'}",
    "for phones": "@media (max-width:600px){.d::after{content:'€ 99,00'}}",
    "in dark mode": "@media (prefers-color-scheme:dark){p.d::before{content:'Only \\20AC 39'}}",
}


@pytest.mark.parametrize("sheet", WRONG_FACTS.values(), ids=list(WRONG_FACTS))
def test_a_wrong_fact_in_the_style_sheet_of_an_email_holds_it(sheet: str) -> None:
    asked = {**EMAIL, "must_include": ["10 %"]}
    build = f"<style>{sheet}</style><p class=d>{COPY}</p><p>Only €49 until 30 May. 10 %</p>{LINK}"
    assert "generated-fact" in codes("generated-text", email=asked, build=build)
    right = build.replace(sheet, ".d::after{content:' Only € 49'}")
    assert codes("generated-text", email=asked, build=right) == ["generated-text"]


@pytest.mark.parametrize("content", ["0;url=https://other.example/", "5; URL='https://acme.example/'"])
def test_an_email_that_leads_on_is_told(content: str) -> None:
    build = f'<html><head><meta http-equiv=refresh content="{content}"></head><body>{LINK}</body></html>'
    assert codes("active-content", email={"links": PAGE["links"]}, build=build) == ["refresh-in-email"]
    assert codes("active-content", email={}, build="<meta http-equiv=refresh content=300><p>Hi</p>") == []


SCRIPTS = {
    "an address": ("go.href = 'https://other.example/'", ["unrun-script"]),
    "words": ("c.innerHTML = 'Sold out'", ["unrun-script"]),
    "elsewhere at once": ("location.href = 'https://other.example/'", ["unrun-script"]),
    "elsewhere, written as a property": ("window.location = '/other'", ["unrun-script"]),
    "the year": ("document.write(new Date().getFullYear())", []),
    "the year, as text": ("y.textContent = new Date().getFullYear()", []),
    "elsewhere after sending": ("f.addEventListener('submit', () => { location.href = '/thanks' })", []),
    "elsewhere, by jQuery": ("$('#f').submit(function () { location.href = '/thanks' })", []),
    "its form": ("f.elements.a.value = new URLSearchParams(location.search).get('a')", []),
}


@pytest.mark.parametrize("way", SCRIPTS)
def test_a_script_that_writes_is_for_a_person_where_no_view_is_drawn(way: str) -> None:
    script, told = SCRIPTS[way]
    shown = undrawn("page-as-drawn", page=PAGE, build=_page(f"<script>{script}</script>"))
    assert [judged.finding.code for judged in shown] == told


def test_a_frame_that_brings_the_form_is_told_once() -> None:
    page = {**PAGE, "form": {"fields": [{"name": "Email"}]}}
    build = _page("<iframe src='https://forms.other.example/f'></iframe>")
    assert codes("page-files", "form-presence", page=page, build=build) == ["missing-form"]


HERO = "<a href='https://acme.example/book'><img src='h.png' alt='Spring' width=300 height=90></a>"
HIDDEN_ON_PHONES = {
    "a class": (".b{display:none}", "<p class=b>%s</p>"),
    "a cell": ("td.b{display:none}", "<table><tr><td class=b>%s</td></tr></table>"),
    "the link itself": ("a.go,#go{display:none}", "%s"),
    "no height": (".b{height:0;overflow:hidden}", "<div class=b>%s</div>"),
    "off the screen": (".b{position:absolute;left:-9999px}", "<div class=b>%s</div>"),
}


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("way", HIDDEN_ON_PHONES)
def test_a_button_that_phones_hide_is_missed_although_the_picture_leads_there(way: str, kind: str) -> None:
    sheet, around = HIDDEN_ON_PHONES[way]
    button = LINK.replace("<a", "<a style='background:#036;color:#fff;padding:12px 24px;display:inline-block'")
    button = button.replace("display:inline-block", "display:inline-block" if "a.go" not in sheet else "margin:0")
    style = f"<meta name=viewport content='width=device-width'><style>@media (max-width:600px){{{sheet}}}</style>"
    build = f"<html lang=en><head>{style}</head><body>{HERO}<p>{COPY}</p>{around % button}</body></html>"
    assert "unseen-asked-link" in codes(
        "asked-in-views", "page-links-seen", "view-content", build=build, **{kind: {"links": PAGE["links"]}}
    )
