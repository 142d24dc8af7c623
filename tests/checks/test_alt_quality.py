"""Does an alternative text say something, and something of its own?"""

from __future__ import annotations

import pytest

from qa.testing import run_check


def said(build: str) -> list[str]:
    return [one.message for one in run_check("alt-quality", build=build, email={}).findings]


@pytest.mark.parametrize("alt", ["---", "...", "item1", "Product 2", "slide-3"])
def test_signs_and_numbers_say_nothing(alt: str) -> None:
    assert run_check("alt-quality", build=f'<img src="a.png" alt="{alt}">', email={}).codes == ["useless-alt"]


@pytest.mark.parametrize("alt", ["✓", "★★★★☆", "Chapter 2", "Product 2026 edition", "5"])
def test_signs_and_numbers_that_say_something(alt: str) -> None:
    assert said(f'<img src="a.png" alt="{alt}">') == []


def test_one_text_for_many_pictures() -> None:
    same = "".join(f'<img src="{name}.png" alt="Authentic wine">' for name in ("coffee", "bread", "cake"))
    assert said(same) == [
        "3 pictures have the alternative text “Authentic wine”, which tells none of them from the others."
    ]


def test_one_picture_or_one_brand_many_times() -> None:
    assert said('<img src="star.png" alt="Star">' * 5) == []
    assert said("".join(f'<img src="{name}.png" alt="Acme">' for name in ("logo", "logo-dark", "footer-logo"))) == []
    assert said('<img src="a.png" alt="Our hall"><img src="b.png" alt="Our hall">') == []
