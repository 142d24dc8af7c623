"""The same picture in another rendition is the same; another date, price or face in it is found where it is."""

from io import BytesIO

import pytest
from PIL import Image

from qa.visual.details import details, side_by_side
from tests.picture_pairs import FIXTURES, other_details, renditions

HERO = FIXTURES / "spring-webinar-clean/assets/hero.jpg"
FEW = 18  # one of every turn; `make bench` measures 60


@pytest.mark.parametrize("pair", list(renditions([HERO], FEW)), ids=lambda pair: pair.name)
def test_another_rendition_is_the_same_picture(pair) -> None:  # type: ignore[no-untyped-def]
    assert details(pair.approved, pair.built).boxes == ()


@pytest.mark.parametrize("pair", list(other_details([HERO], FEW)), ids=lambda pair: pair.name)
def test_another_detail_is_found(pair) -> None:  # type: ignore[no-untyped-def]
    assert details(pair.approved, pair.built).boxes


def test_a_detail_is_found_where_it_is() -> None:
    whole = Image.open(HERO).convert("RGB")
    other = whole.copy()
    other.paste("#c02020", (100, 60, 160, 90))
    found = details(_png(whole), _png(other))
    ((x, y, width, height),) = found.boxes
    assert (abs(x - 100) <= 3, abs(y - 60) <= 3, abs(width - 60) <= 6, abs(height - 30) <= 6) == (True,) * 4
    with Image.open(BytesIO(side_by_side(_png(whole), _png(other), found))) as sheet:
        assert sheet.width > 2 * sheet.height


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        details(b"<html>", _png(Image.new("RGB", (20, 20))))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
