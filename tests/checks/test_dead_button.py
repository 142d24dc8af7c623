"""Buttons that lead nowhere."""

import pytest

from qa.testing import run_check
from tests.told import codes

URL = "https://www.acme.example/webinar"


@pytest.mark.parametrize(
    "build",
    [
        f'<a class="btn" href="{URL}">Buy now</a>',
        '<a class="btn" href="{{my.Link}}">Buy now</a>',
        '<a name="top" class="anchor">Offers</a>',
        '<a style="color:#000000;text-decoration:none">12 March 2027</a>',  # keeps phones from making it a link
        '<a class="btn" href=""></a>',  # link-syntax says so
        f'<table><tr><td class="button"><a href="{URL}">Buy now</a></td></tr></table>',
        f'<a href="{URL}"><button>Buy now</button></a>',
        f'<button><a href="{URL}">Buy now</a></button>',
        '<a class="btn"></a>',
        '<form action="https://www.acme.example/f"><button>Send</button></form>',
    ],
)
def test_a_button_that_is_a_link_or_none(build: str) -> None:
    assert run_check("dead-buttons", email={}, build=f"<p>Join us.</p>{build}").codes == []


@pytest.mark.parametrize(
    ("build", "says"),
    [
        ('<a class="btn">Buy now</a>', "no href"),
        ('<a class="es-button" target="_blank"><b>Buy</b> now</a>', "no href"),
        ('<a style="background-color:#1a4a7a;padding:12px 20px">Buy now</a>', "no href"),
        ('<a data-linkto="http://" target="_blank">Buy now</a>', "no href"),
        (f'<a hrf="{URL}">Buy now</a>', "hrf="),
        (f'<a herf="{URL}">Buy now</a>', "herf="),
        (f'<p href="{URL}">Buy now</p>', "<p>"),
        (f'<table><tr><td href="{URL}" bgcolor="#1a4a7a">Buy now</td></tr></table>', "<td>"),
        (f'<span href="{URL}" class="cta">Jetzt kaufen</span>', "<span>"),
        ("<button>Buy now</button>", "<button>"),
    ],
)
def test_a_button_that_leads_nowhere(build: str, says: str) -> None:
    answer = run_check("dead-buttons", email={}, build=f"<p>Join us.</p>{build}")
    assert answer.codes == ["dead-button"]
    assert says in answer.findings[0].message


@pytest.mark.parametrize("build", ['<a class="btn">Open</a>', f'<div href="{URL}">Open</div>'])
def test_on_a_page_a_script_may_make_it_a_link(build: str) -> None:
    (finding,) = run_check("dead-buttons", page={}, build=build).findings
    assert finding.review


@pytest.mark.parametrize("build", ["<button>Open</button>", '<a class="btn" data-toggle="modal">Open</a>'])
def test_on_a_page_a_button_does_what_its_script_says(build: str) -> None:
    assert run_check("dead-buttons", page={}, build=build).codes == []


@pytest.mark.parametrize(
    "build", ['<a class="btn">Buy now</a>', f'<p href="{URL}">Buy now</p>', f'<a hrf="{URL}">Buy now</a>']
)
def test_a_lost_button_that_was_asked_for_is_told_once(build: str) -> None:
    asked = {"links": [{"text": "Buy now", "url": URL}]}
    checks = ("dead-buttons", "link-presence", "link-destination", "link-syntax", "link-names")
    assert codes(*checks, email=asked, build=f"<p>Join us.</p>{build}") == ["dead-button"]


@pytest.mark.parametrize(
    "build",
    [
        f'<a href="{URL}" class="button">Buy now</a>',
        f'<a href="{URL}">One</a><button>Two</button><a href="{URL}">Three</a>',
        '<a name="top"><button>Buy now</button></a>',  # no link
        f"<!--[if mso]><a href='{URL}'><button>Buy now</button></a><![endif]--><a href='{URL}'>Buy now</a>",
    ],
)
def test_buttons_and_links_beside_one_another(build: str) -> None:
    assert run_check("nested-buttons", email={}, build=f"<p>Join us.</p>{build}").codes == []


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (f'<a href="{URL}"><button>Buy now</button></a>', "a <button> in a link"),
        (
            f'<a href="{URL}"><table><tr><td><button class="btn"><b>Buy</b> now</button></td></tr></table></a>',
            "Buy now",
        ),
        (f'<a href="{URL}"><button type="button">Jetzt kaufen</button></a>', "Jetzt kaufen"),
        ('<a href="{{my.Link}}"><button>Acheter</button></a>', "Acheter"),
        (f'<button><a href="{URL}">Buy now</a></button>', "a link in a <button>"),
    ],
)
def test_buttons_and_links_in_one_another(build: str, says: str) -> None:
    answer = run_check("nested-buttons", email={}, build=f"<p>Join us.</p>{build}")
    assert answer.codes == ["nested-button"]
    assert says in answer.findings[0].message


def test_a_page_may_draw_a_link_as_a_button_but_no_button_around_a_link() -> None:
    assert run_check("nested-buttons", page={}, build=f'<a href="{URL}"><button>Buy</button></a>').codes == []
    assert run_check("nested-buttons", page={}, build=f'<button><a href="{URL}">Buy</a></button>').codes == [
        "nested-button"
    ]
