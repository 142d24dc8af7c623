"""What does `compare` say of two pictures? Pillow draws them: what changed is known to the pixel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from qa.visual import Comparison, NamedBox, compare
from qa.visual.layout import listed, rearranged, unlisted

WIDTH, HEIGHT = 600, 900
BUTTON = (60, 400, 180, 44)


def drawn(
    *, shift: int = 0, button: tuple[int, int] = (0, 0), colour: str = "#0b5fff", price: str = "49"
) -> Image.Image:
    """An email: a picture, lines of text no two of which are alike, a button, more lines."""
    image = Image.new("RGB", (WIDTH, HEIGHT + shift), "#f4f4f4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 40, WIDTH, 200), "#335577")
    draw.ellipse((200, 60, 360, 180), "#ffaa00")
    for line in range(8):
        draw.text((60, 220 + 20 * line), f"Line {line} of the text above, and {line * 7919}", "#222222")
    x, y, width, height = BUTTON
    x, y = x + button[0], y + button[1] + shift
    draw.rounded_rectangle((x, y, x + width - 1, y + height - 1), 6, colour)
    draw.text((x + 40, y + 16), "Save my seat", "white")
    draw.text((60, 500 + shift), f"Only EUR {price} until Friday", "#222222", font_size=16)
    for line in range(12):
        draw.text((60, 540 + 20 * line + shift), f"Line {line} of the text below, and {line * 6101}", "#222222")
    return image


def near(box: tuple[int, ...], wanted: tuple[int, ...], most: int = 3) -> bool:
    return all(abs(edge - other) <= most for edge, other in zip(box, wanted, strict=True))


def said(comparison: Comparison) -> list[str]:
    return [region.said for region in comparison.regions]


def test_the_same_picture_is_the_same() -> None:
    assert compare(drawn(), drawn()) == Comparison(True, size=(WIDTH, HEIGHT))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "CMYK", "LA", "YCbCr"])
def test_any_mode_is_the_same_as_itself(mode: str) -> None:
    image = drawn().convert(mode)
    assert compare(image, image.copy()).same


def test_paths_bytes_and_pictures_are_taken(tmp_path: Path) -> None:
    file, content = tmp_path / "a.png", BytesIO()
    drawn().save(file)
    drawn().save(content, "PNG", compress_level=1)
    assert compare(file, content.getvalue()).same
    assert compare(str(file), drawn()).same
    assert compare(content.getvalue(), content.getvalue()) == Comparison(True, size=(WIDTH, HEIGHT))


def test_transparency_counts_as_white() -> None:
    assert compare(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), Image.new("RGB", (20, 20), "white")).same


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no picture"):
        compare(b"nothing", drawn())
    with pytest.raises(FileNotFoundError):
        compare(tmp_path / "nothing.png", drawn())
    cut = BytesIO()
    drawn().save(cut, "PNG")
    with pytest.raises(ValueError, match="cannot be read"):
        compare(cut.getvalue()[:2000], drawn())


def test_a_button_that_moved_is_said_to_have_moved() -> None:
    for way in ((4, 0), (-4, 0), (0, 4), (0, -4), (4, 4), (40, 0)):
        found = compare(drawn(), drawn(button=way))
        assert [region.kind for region in found.regions] == ["moved"], way
        region = found.regions[0]
        assert (region.dx, region.dy) == way
        assert near(region.box, (BUTTON[0] + way[0], BUTTON[1] + way[1], *BUTTON[2:])), region.box
        assert not found.shifts


def test_a_colour_eight_per_cent_off_is_found() -> None:
    found = compare(drawn(), drawn(colour="#1f73ff"))
    assert [region.kind for region in found.regions] == ["changed"]
    assert near(found.regions[0].box, BUTTON)


def test_a_changed_digit_is_found_where_it_stands() -> None:
    found = compare(drawn(), drawn(price="59"))
    assert len(found.regions) == 1
    x, y, width, height = found.regions[0].box
    assert 60 < x < 200 and 500 <= y < 520 and width < 12 and height < 16


def test_limits_forgive_what_is_small_or_faint() -> None:
    dotted = drawn()
    dotted.putpixel((300, 300), (0, 0, 0))
    assert compare(drawn(), dotted).same
    assert not compare(drawn(), dotted, area=1).same
    assert compare(drawn(), drawn(colour="#1f73ff"), colour=0.2).same
    assert compare(drawn(), drawn(price="59"), area=1000).same


def test_smoothed_edges_are_forgiven_but_not_a_paler_text() -> None:
    def circle(by: float, ink: str = "black") -> Image.Image:
        large = Image.new("L", (800, 800), "white")
        ImageDraw.Draw(large).ellipse((200 + by, 200, 600 + by, 600), ink)
        return large.resize((100, 100), Image.Resampling.BOX)

    assert compare(circle(0), circle(1)).same  # an eighth of a pixel
    assert not compare(circle(0), circle(16)).same
    assert not compare(circle(0), circle(0, "#222222")).same


def test_a_photograph_scaled_another_way_is_forgiven_but_not_another_one() -> None:
    """Seen in one of some hundred screenshots of the same email: most pixels a little off, none by much."""
    photo = Image.effect_noise((640, 400), 40).convert("RGB").resize((480, 300), Image.Resampling.BICUBIC)

    def framed(picture: Image.Image) -> Image.Image:
        image = Image.new("RGB", (600, 500), "white")
        image.paste(picture, (60, 80))
        return image

    nearly = photo.point(lambda value: value + (value % 7 == 0) * 2 + (value % 64 == 0) * 12)
    assert compare(framed(photo), framed(nearly)).same
    assert not compare(framed(photo), framed(photo.point(lambda value: value * 0.92))).same
    lined = framed(photo)
    ImageDraw.Draw(lined).rectangle((50, 70, 550, 390), outline="#eeeeee")
    assert not compare(framed(photo), lined).same


def test_inserted_rows_are_one_shift() -> None:
    before = drawn()
    after = Image.new("RGB", (WIDTH, HEIGHT + 18), "#f4f4f4")
    after.paste(before.crop((0, 0, WIDTH, 393)), (0, 0))
    after.paste(before.crop((0, 393, WIDTH, HEIGHT)), (0, 411))
    found = compare(before, after)
    assert [(shift.by, shift.end) for shift in found.shifts] == [(18, HEIGHT)]
    assert 380 < found.shifts[0].below <= 400
    assert [(region.kind, region.box[3], region.pixels) for region in found.regions] == [("added", 18, 0)]
    assert found.grown == (0, 18) and not found.same


def test_a_shift_at_the_first_row_and_one_upwards() -> None:
    before = drawn()
    after = Image.new("RGB", (WIDTH, HEIGHT + 30), "red")
    after.paste(before, (0, 30))
    found = compare(before, after)
    assert [(shift.below, shift.by) for shift in found.shifts] == [(0, 30)]
    assert [(region.kind, region.box) for region in found.regions] == [("added", (0, 0, WIDTH, 30))]
    back = compare(after, before)
    assert [shift.by for shift in back.shifts] == [-30]
    assert [region.kind for region in back.regions] == ["removed"]


def test_a_change_below_a_shift_is_found_too() -> None:
    found = compare(drawn(), drawn(shift=25, price="59"))
    assert [shift.by for shift in found.shifts] == [25]
    assert any(near(region.box[:2], (135, 527), 20) and region.dy == 25 for region in found.regions), found.regions


def test_repeated_rows_do_not_confuse() -> None:
    def striped(count: int) -> Image.Image:
        image = Image.new("RGB", (200, 20 * 12), "white")
        for stripe in range(count):
            ImageDraw.Draw(image).rectangle((20, stripe * 20, 180, stripe * 20 + 9), "navy")
        return image

    found = compare(striped(8), striped(9))
    assert [(region.kind, region.box) for region in found.regions] == [("added", (20, 160, 161, 10))]


def test_one_column_that_shifts_alone() -> None:
    def columns(by: int) -> Image.Image:
        image = Image.new("RGB", (600, 500), "white")
        draw = ImageDraw.Draw(image)
        for line in range(14):
            draw.text((30, 60 + 22 * line), f"Left {line}: {line * 7919}", "black")
            draw.text((330, 60 + by + 22 * line), f"Right {line}: {line * 6101}", "black")
        return image

    found = compare(columns(0), columns(13))
    assert {(region.kind, region.dx, region.dy) for region in found.regions} == {("moved", 0, 13)}
    assert all(region.box[0] >= 300 for region in found.regions)


def test_another_width_is_said() -> None:
    found = compare(Image.new("RGB", (300, 50), "white"), Image.new("RGB", (320, 50), "white"))
    assert not found.same and found.grown == (20, 0)


def test_a_picture_that_is_gone_and_one_that_came() -> None:
    empty = Image.new("RGB", (400, 300), "white")
    full = empty.copy()
    ImageDraw.Draw(full).ellipse((100, 100, 200, 180), "green")
    assert [(each.kind, each.box) for each in compare(full, empty).regions] == [("removed", (100, 100, 101, 81))]
    assert [(each.kind, each.box) for each in compare(empty, full).regions] == [("added", (100, 100, 101, 81))]


NAMED_BOXES = (
    NamedBox((0, 40, 600, 160), "the picture hero.png"),
    NamedBox(BUTTON, "the button “Save my seat”"),
    NamedBox((60, 498, 300, 22), "the text “Only EUR 49 until Friday”"),
)


def test_regions_are_named_by_what_stands_there() -> None:
    assert said(compare(drawn(), drawn(button=(0, 4)), named=NAMED_BOXES)) == [
        "The button “Save my seat” moved 4 px down."
    ]
    found = compare(drawn(), drawn(colour="red"), named=NAMED_BOXES)
    assert said(found) == ["The button “Save my seat” looks different."]
    now = (*NAMED_BOXES[:2], NamedBox((60, 498, 300, 22), "the text “Only EUR 59 until Friday”"))
    found = compare(drawn(), drawn(price="59"), named=now, before=NAMED_BOXES)
    assert said(found) == ["“Only EUR 49 until Friday” became “Only EUR 59 until Friday”."]
    other = drawn()
    other.paste("black", (0, 40, 600, 201))
    assert said(compare(drawn(), other, named=NAMED_BOXES)) == ["The picture hero.png looks different."]


def test_wholly_different_pictures_are_one_region() -> None:
    found = compare(Image.new("RGB", (1280, 3000), "white"), Image.effect_noise((1280, 3000), 90).convert("RGB"))
    assert len(found.regions) == 1 and found.regions[0].box == (0, 0, 1280, 3000)


def test_layout_is_written_and_read_back() -> None:
    assert unlisted(listed(NAMED_BOXES)) == tuple(NamedBox(tuple(map(int, s.box)), s.words) for s in NAMED_BOXES)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unpack"):
        unlisted(["60 120 the text"])


def test_layout_tells_what_moved_changed_came_and_went() -> None:
    hero, button, text = NAMED_BOXES
    assert rearranged(NAMED_BOXES, NAMED_BOXES) == ()
    wider = NamedBox((60, 402, 190, 46), button.words)
    assert rearranged(NAMED_BOXES, (hero, wider, text)) == ()
    moved = NamedBox((260, 400, 180, 44), button.words)
    assert [region.said for region in rearranged(NAMED_BOXES, (hero, moved, text))] == [
        "The button “Save my seat” moved 200 px to the right."
    ]
    digit = NamedBox(text.box, "the text “Only EUR 59 until Friday”")
    assert [region.said for region in rearranged(NAMED_BOXES, (hero, button, digit))] == [
        "“Only EUR 49 until Friday” became “Only EUR 59 until Friday”."
    ]
    assert [region.said for region in rearranged(NAMED_BOXES, (hero, text))] == ["The button “Save my seat” is gone."]
    smaller = NamedBox((0, 40, 300, 80), hero.words)
    assert [region.said for region in rearranged(NAMED_BOXES, (smaller, button, text))] == [
        "The picture hero.png looks different."
    ]
