"""Are the solid colours of a mock-up in its build, and those of the build in the mock-up?"""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from qa.visual.mock_up import Difference, resemblance
from qa.visual.palette import fills, grid, written

WHITE, NAVY, BLUE, GREEN = "#ffffff", "#102040", "#0055aa", "#2e8540"


def drawn(
    button: str = BLUE, footer: str = NAVY, band: str = "#f1f8fb", ground: str = WHITE, link: str = GREEN, more: int = 0
) -> Image.Image:
    """An email 600 wide: a band, lines of text, two buttons, a footer; ``more`` pixels of text before the buttons."""
    image = Image.new("RGB", (600, 900 + more), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 600, 120), band)
    for line in range(160, 400 + more, 24):
        for word in range(40, 540, 46):
            draw.text((word, line), "Reader", "#333333")
    for left, colour in ((40, button), (330, link)):
        draw.rectangle((left, 460 + more, left + 180, 504 + more), colour)
        draw.text((left + 50, 475 + more), "Save my seat", WHITE)
    draw.rectangle((0, 780 + more, 600, 900 + more), footer)
    return image


def colours(design: Image.Image | bytes, build: Image.Image) -> list[Difference]:
    return [each for each in resemblance(design, build).differences if each.kind == "colour"]


def saved(image: Image.Image, quality: int, times: int = 1) -> bytes:
    content = BytesIO()
    image.resize((times * image.width, times * image.height), Image.Resampling.LANCZOS).save(
        content, "JPEG", quality=quality
    )
    return content.getvalue()


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("quality", [80, 90])
def test_the_same_colours_pass_however_they_were_saved(times: int, quality: int) -> None:
    assert not colours(saved(drawn(), quality, times), drawn())
    dark = {"button": "#7fb2ff", "footer": "#0a0a0a", "band": "#1c2230", "ground": "#141414"}
    assert not colours(saved(drawn(**dark), quality, times), drawn(**dark))  # type: ignore[arg-type]


def test_margins_and_a_colour_profile_make_no_other_colour() -> None:
    framed = Image.new("RGB", (900, 1000), "#dddddd")
    framed.paste(drawn(), (150, 50))
    assert not colours(framed, drawn())
    assert not colours(drawn().point(lambda level: max(0, level - 3)), drawn())


def test_noise_and_gradients_are_no_palette() -> None:
    noise = Image.effect_noise((600, 400), 80).convert("RGB")
    across = np.linspace((20, 40, 90), (120, 140, 200), 600)
    gradient = Image.fromarray(np.repeat(across[None], 400, 0).astype(np.uint8))
    assert not list(fills(grid(noise, 600), 40))
    assert not list(fills(grid(gradient, 600), 40))
    assert not list(fills(grid(Image.new("RGB", (3, 3)), 600), 40))


def test_a_fill_is_known_by_its_colour_and_place() -> None:
    found = {written(each.colour): each.box for each in fills(grid(drawn(), 600), 40)}
    assert set(found) == {WHITE, NAVY, BLUE, GREEN, "#f1f8fb"}
    left, top, right, bottom = (4 * edge for edge in found[BLUE])
    assert abs(left - 40) <= 4 and abs(top - 460) <= 4 and abs(right - 220) <= 4 and abs(bottom - 504) <= 4


def test_a_button_in_another_colour_is_said_once_and_boxed() -> None:
    (only,) = colours(saved(drawn(), 80, 2), drawn(button="#aa0055"))
    assert "is nowhere in the build; what stands there is #aa0055." in only.said
    x, y, width, height = only.box
    assert abs(x - 40) <= 8 and abs(y - 460) <= 16 and abs(width - 180) <= 16 and abs(height - 44) <= 32


@pytest.mark.parametrize("part", ["button", "footer", "band", "ground"])
def test_ten_levels_in_any_part_are_seen(part: str) -> None:
    was = {"button": BLUE, "footer": NAVY, "band": "#f1f8fb", "ground": WHITE}[part]
    level = int(was[5:], 16)
    now = f"{was[:5]}{level - 10 if level > 100 else level + 10:02x}"
    assert colours(saved(drawn(), 80, 2), drawn(**{part: now}))  # type: ignore[arg-type]


def test_a_colour_that_stands_elsewhere_is_not_the_one_that_is_asked_for() -> None:
    found = colours(drawn(), drawn(button=NAVY))
    assert [each.said for each in found] == [
        "The mock-up's #0055aa is nowhere in the build; what stands there is #102040."
    ]
    (only,) = colours(drawn(), drawn(footer=BLUE))
    assert "The mock-up's #102040 is nowhere in the build; what stands there is #0055aa." in only.said


def test_a_button_that_nobody_designed_is_said_of_the_build() -> None:
    (only,) = colours(drawn(link=WHITE), drawn())
    assert only.said == "The build's #2e8540 is nowhere in the mock-up; what stands there is #ffffff."


def test_two_lines_more_of_text_are_another_font_but_a_button_more_is_not() -> None:
    assert not resemblance(drawn(), drawn(more=48)).differences
    assert [each.kind for each in resemblance(drawn(), drawn(more=120)).differences] == ["added"]
    longer = drawn(more=60)
    ImageDraw.Draw(longer).rectangle((40, 404, 220, 448), "#aa0055")
    assert resemblance(drawn(), longer).differences
