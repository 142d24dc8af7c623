"""Pictures for Outlook alone, beside everybody else's."""

from collections.abc import Callable

import pytest

from qa.testing import run_check

CDN = "https://cdn.acme.example/"
FILL = '<!--[if gte mso 9]><v:rect style="width:600px"><v:fill type="frame" src="{}"/><v:textbox><![endif]-->'
END = "<!--[if gte mso 9]></v:textbox></v:rect><![endif]-->"


def in_cell(own: str, others: str) -> str:
    return f'<table><tr><td background="{CDN}{others}">{FILL.format(CDN + own)}Hello{END}</td></tr></table>'


def in_style(own: str, others: str) -> str:
    return f"{FILL.format(CDN + own)}<div style=\"background:#fff url('{CDN}{others}')\">Hello</div>{END}"


def as_image(own: str, others: str) -> str:
    return (
        f'<!--[if mso]><v:image src="{CDN}{own}" style="width:600px;height:300px"/><![endif]-->'
        f'<div style="background-image:url({CDN}{others})">Hello</div>'
    )


def as_img(own: str, others: str) -> str:
    return (
        f'<!--[if mso]><img src="{CDN}{own}" alt="Our garden"><![endif]-->'
        f'<!--[if !mso]><!--><img src="{CDN}{others}" alt="Our garden"><!--<![endif]-->'
    )


WAYS = [in_cell, in_style, as_image, as_img]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("june.jpg", "june.jpg"),
        ("june-outlook.jpg", "june.jpg"),
        ("june-600x300.png", "june@2x.jpg"),
        ("hero_mso.jpg", "hero_1200.jpg"),
        ("a/june.jpg", "b/june.jpg?v=2"),
    ],
)
def test_the_same_picture_for_outlook(way: Callable[[str, str], str], own: str, others: str) -> None:
    assert run_check("outlook-pictures", email={}, build=f"<p>Hi</p>{way(own, others)}").codes == []


@pytest.mark.parametrize(
    "build",
    [
        f'<p>Hi</p>{FILL.format(CDN + "a.jpg")}Hello{END}<img src="{CDN}b.jpg" alt="">',  # no background stands beside it
        f'<!--[if mso]><img src="{CDN}a.png" alt="One"><![endif]--><img src="{CDN}b.png" alt="Two">',
        as_img("still.jpg", "film.gif"),
        in_cell("june.jpg", "{{my.Hero}}"),
        '<!--[if gte vml 1]><v:shape><v:imagedata src="a.png"/></v:shape><![endif]--><img src="b.gif" alt="">',
    ],
)
def test_a_picture_of_outlook_alone(build: str) -> None:
    assert run_check("outlook-pictures", email={}, build=build).codes == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("own", "others"), [("may.jpg", "june.jpg"), ("hero-2025.jpg", "hero-2026.jpg"), ("kopf-alt.png", "kopf-neu.jpg")]
)
def test_another_picture_for_outlook(way: Callable[[str, str], str], own: str, others: str) -> None:
    (finding,) = run_check("outlook-pictures", email={}, build=f"<p>Hi</p>{way(own, others)}").findings
    assert finding.code == "other-picture-in-outlook"
    assert (finding.actual, finding.expected) == (CDN + own, CDN + others)
    assert finding.review == (way is as_img)
