"""Labels of links beside the words of the addresses they lead to."""

from __future__ import annotations

from typing import Any

import pytest

from qa.testing import run_check

SHOP = "https://www.acme.example"


def _codes(*links: tuple[str, str], **email: Any) -> list[str]:
    build = "".join(f'<p><a href="{SHOP}{path}">{label}</a></p>' for label, path in links)
    return run_check("link-product", email=email, build=build).codes


@pytest.mark.parametrize(
    "links",
    [
        [("Wool Beanie", "/p/wool-beanie"), ("Overshirt", "/p/overshirt?utm_source=n"), ("Shop beanies", "/p/overshirt")],
        [("Zur Decke", "/d/decke-foerde"), ("Leuchte Küste", "/d/leuchte-kueste"), ("Leuchte ansehen", "/d/decke-foerde")],
        [("Crème de jour", "/fr/creme-jour"), ("Sérum", "/fr/serum-eclat"), ("Je découvre le sérum", "/fr/creme-jour")],
        [("Sensor S300", "/x/sensor-s300.html"), ("Sensor S400", "/x/sensor-s400.html"), ("Buy S300", "/x/sensor-s400.html")],
        [("<img src=a.png alt='Silla'>", "/es/silla"), ("Mesa", "/es/mesa"), ("<img src=b.png alt='Comprar mesa'>", "/es/silla")],
        [("Leeds", "/shops/leeds"), ("Our York shop", "/shops/york"), ("<b>Visit Leeds</b>", "/shops/york")],
    ],
)  # fmt: skip
def test_a_link_that_names_another_page_of_the_kind(links: list[tuple[str, str]]) -> None:
    assert _codes(*links) == ["other-product"]


@pytest.mark.parametrize(
    "links",
    [
        [("Wool Beanie", "/p/wool-beanie"), ("Overshirt", "/p/overshirt"), ("Beanie and overshirt", "/p/overshirt")],
        [("Men", "/c/men"), ("Outerwear", "/c/outerwear"), ("Men’s jackets", "/c/outerwear")],
        [("Wool Beanie", "/p/wool-beanie"), ("Shop the beanie", "/p/4711-a")],
        [("Wool Beanie", "/p/wool-beanie"), ("Shop the beanie", "/collections/winter"), ("Winter", "/collections/winter")],
        [("Wool Beanie", "/p/wool-beanie"), ("Overshirt", "/p/overshirt"), ("Shop now", "/p/overshirt")],
        [("Sensor S300", "/x/sensor-s300"), ("Sensor S400", "/x/sensor-s400"), ("The sensor", "/x/sensor-s400")],
        [("Prices", "/en/prices"), ("Terms", "/en/terms"), ("Terms of prices", "/en/prices?id=3")],
    ],
)  # fmt: skip
def test_a_link_that_may_lead_where_it_does(links: list[tuple[str, str]]) -> None:
    assert _codes(*links) == []


def test_what_the_request_names_so_is_right() -> None:
    links = [("Wool Beanie", "/p/wool-beanie"), ("Overshirt", "/p/overshirt"), ("Shop the beanie", "/p/overshirt")]
    assert _codes(*links) == ["other-product"]
    assert _codes(*links, links=[{"text": "Shop the beanie", "url": f"{SHOP}/p/overshirt"}]) == []


def test_the_request_says_which_page_is_called_so() -> None:
    images = [{"src": "a.png", "alt": "Wool Beanie", "url": f"{SHOP}/p/wool-beanie"}]
    links = [("Overshirt", "/p/overshirt"), ("Shop the beanie", "/p/overshirt")]
    assert (_codes(*links), _codes(*links, images=images)) == ([], ["other-product"])
