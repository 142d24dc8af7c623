"""Pictures that keep their shape and fit into their cell, and those that do not."""

import pytest

from qa.testing import run_check

HERO = {"build/hero.png": {"picture": [600, 300, "hero"]}}


def codes(build: str, **more: object) -> list[str]:
    return run_check("image-shape", email={}, build=build, files=HERO, **more).codes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="hero.png" width="600" height="300">',
        '<img src="hero.png" width="300" height="150">',
        '<img src="hero.png" width="299" height="150">',
        '<img src="hero.png" width="600" height="304">',  # 1.3 %
        '<img src="hero.png" width="15" height="8">',  # rounded
        '<img src="hero.png" width="600">',
        '<img src="hero.png" width="600" height="400" style="height:auto">',
        '<img src="hero.png" width="600" height="400" style="width:100%; max-width:600px">',
        '<img src="hero.png" width="600" height="400" style="object-fit: cover">',
        '<style>.wide {height: auto}</style><img class="wide" src="hero.png" width="600" height="400">',
        '<img src="hero.png" width="600" height="2">',  # a line
    ],
)
def test_a_picture_that_keeps_its_shape(tag: str) -> None:
    assert codes(f"<p>{tag}</p>") == []


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="hero.png" width="600" height="400">',
        '<img src="hero.png" width="600" height="280">',
        '<img src="hero.png" style="width: 200px; height: 200px">',
        '<img src="hero.png" width="300" height="158">',
        "<style>@media (max-width: 480px) {img {height: auto !important}}</style>"
        '<img src="hero.png" width="600" height="400">',
    ],
)
def test_a_picture_squeezed_or_stretched(tag: str) -> None:
    (finding,) = run_check("image-shape", email={}, build=f"<p>{tag}</p>", files=HERO).findings
    assert finding.code == "squeezed-image"


def test_a_picture_that_fits_into_its_cell() -> None:
    for cell in ('<td width="600">', '<td style="width:600px">', "<td>", '<td width="100%">'):
        assert (
            codes(f'<table width="600"><tr>{cell}<img src="hero.png" width="600" height="300"></td></tr></table>') == []
        )


@pytest.mark.parametrize(
    "cell",
    [
        '<table width="600"><tr><td width="280">',
        '<table width="600"><tr><td style="width:280px">',
        '<table width="600"><tr><td width="50%">',
        '<table width="600"><tr><td width="280"><table width="100%"><tr><td>',
        '<table width="280"><tr><td>',
    ],
)
def test_a_picture_wider_than_its_cell(cell: str) -> None:
    build = f'{cell}<img src="hero.png" width="320" height="160"></td></tr></table>'
    (finding,) = run_check("image-shape", email={}, build=build, files=HERO).findings
    assert (finding.code, finding.actual, finding.expected) == (
        "wide-image",
        "320 px",
        "280 px" if "280" in cell else "300 px",
    )


def test_on_a_page_a_column_may_grow() -> None:
    build = '<table><tr><td width="280"><img src="hero.png" width="320" height="160"></td></tr></table>'
    assert run_check("image-shape", page={}, build=build, files=HERO).codes == []
