"""Pages that a browser shows otherwise than their source says, each with what is told of it, drawn or not."""

from __future__ import annotations

import pytest

from tests.told import codes

COPY = "Forty minutes on what changed this year, with time for your questions."
PAGE = {"copy": [COPY], "links": [{"text": "Book my seat", "url": "https://acme.example/book"}]}
LINK = '<a id="go" href="https://acme.example/book">Book my seat</a>'
SOLD = "<p>Buy now <a href='https://other.example/s'>Winter sale</a></p>"


def _page(body: str = "", head: str = "", link: str = LINK) -> str:
    return f'<html lang="en"><head>{head}</head><body><p id="c">{COPY}</p><p id="p">€49</p>{link}{body}</body></html>'


DRAWN = {
    "an address": (_page("<script>document.getElementById('go').href = 'https://other.example/'</script>"), "changed"),
    "words": (_page("<script>document.getElementById('c').textContent = 'Something else.'</script>"), "changed"),
    "a price": (_page("<script>document.getElementById('p').textContent = '€99'</script>"), "changed"),
    "a style sheet": (_page(head="<style>#c::before{content:'CANCELLED: '}</style>"), "changed"),
    "further words": (_page("<script>document.write('<p>Only €99</p>')</script>"), "added"),
    "tracking": (_page("<script>document.getElementById('go').href += '?utm_source=x'</script>"), ""),
    "a countdown": (_page("<b id=t></b><script>t.textContent = '3 days 12:41:07'</script>"), ""),
    "a cookie banner": (_page("<script>document.write('<p>We use cookies. <a href=/privacy>OK</a></p>')</script>"), ""),
}


@pytest.mark.parametrize("way", DRAWN)
def test_what_a_browser_makes_of_a_page_is_told(way: str) -> None:
    build, told = DRAWN[way]
    assert codes("page-as-drawn", page=PAGE, build=build) == ([f"{told}-by-script"] if told else [])


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
