"""Pairs of pictures: one picture in two renditions, and one design with another detail in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from qa.pictures.measure import likeness_distance, measure

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAIRS = 60
LARGER = 200  # pixels of the shorter side: in a smaller picture a third of the size holds no text
ANOTHER = 10  # of 64 traits: what differs in more is another picture
Resampling = Image.Resampling
Turn = Callable[[Image.Image], bytes]


class Pair(NamedTuple):
    """Two picture files, and what was done to the second."""

    name: str
    approved: bytes
    built: bytes


def pictures(folder: Path = FIXTURES, most: int = 40, least: int = 120) -> list[Path]:
    """Pictures large enough to hold a design, of all sizes and kinds, no two the same."""
    found: dict[bytes, Path] = {}
    for file in sorted(each for end in ("png", "jpg", "jpeg", "webp") for each in folder.rglob(f"*.{end}")):
        found.setdefault(file.read_bytes(), file)
    sized = [file for file in found.values() if _is_fit(file, least)]
    step = max(1, len(sized) // most)
    return sized[::step][:most]


def _is_fit(file: Path, least: int) -> bool:
    try:
        with Image.open(file) as image:
            return min(image.size) >= least and max(image.size) <= 3000 and max(image.size) <= 4 * min(image.size)
    except OSError:
        return False


def renditions(files: Sequence[Path], pairs: int = PAIRS) -> Iterator[Pair]:
    """The same picture saved another way: no pair is another picture."""
    for number in range(pairs):
        file = files[number % len(files)]
        name, turn = TURNS[number % len(TURNS)]
        yield Pair(f"{file.name}, {name}", _approved(file), turn(_image(file)))


def other_details(files: Sequence[Path], pairs: int = PAIRS) -> Iterator[Pair]:
    """The same design with another date, price or face: every pair is another picture, however it is saved."""
    dice = random.Random(7)
    faces = _faces()
    for number in range(pairs):
        file = files[(number * 7) % len(files)]
        whole, (name, turn) = _image(file), TURNS[(number * 5) % len(TURNS)]
        if number % 3 == 2:
            one, other = dice.sample(faces, 2)
            place = dice.random(), dice.random()
            first, second = (_with_face(whole, face, place) for face in (one, other))
            what = "another face"
        else:
            texts = WORDINGS[number % len(WORDINGS)]
            place, size = (dice.random(), dice.random()), dice.uniform(0.05, 0.09)
            first, second = (_with_text(whole, text, place, size) for text in texts)
            what = " → ".join(texts)
        yield Pair(f"{file.name}, {what}, {name}", _saved(first, "PNG"), turn(second))


_READABLE = 30  # pixels: a third of it can still be read
WORDINGS = (
    ("12 May", "19 May"), ("$49", "$59"), ("20 %", "30 %"), ("18:00", "16:00"), ("Save $15", "Save $25"), ("14.10.", "11.10."),
    ("Hall 3", "Hall 8"), ("2026", "2025"), ("from 9 am", "from 8 am"), ("Bis 31. Mai", "Bis 21. Mai"), ("1 299 kr", "1 399 kr"),
    ("CODE10", "CODE40"),
)  # fmt: skip


def _approved(file: Path) -> bytes:
    return file.read_bytes()


def _image(file: Path) -> Image.Image:
    with Image.open(file) as image:
        clear = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _with_text(whole: Image.Image, text: str, place: tuple[float, float], size: float) -> Image.Image:
    """A line on a band, as heroes have it; both versions have the same band."""
    image = whole.copy()
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(max(_READABLE, round(size * min(image.width, 1.5 * image.height))))
    left, top, right, bottom = pen.textbbox((0, 0), text, font=font)
    wide, high = max(right - left, 0.4 * image.width), 1.8 * (bottom - top)
    x, y = place[0] * max(0, image.width - wide), place[1] * max(0, image.height - high)
    pen.rectangle((x, y, x + wide, y + high), "#20324f")
    pen.text((x + 0.3 * high, y + 0.4 * high), text, "#f5f1e6", font=font, anchor="lt")
    return image


def _faces() -> list[Image.Image]:
    """Portraits of people who are not the same."""
    faces: list[tuple[str, Image.Image]] = []
    for file in sorted([*FIXTURES.rglob("assets/speaker-*.jpg"), *FIXTURES.rglob("assets/coach-*.jpg")]):
        likeness = measure(file.name, file.read_bytes()).likeness
        if all(likeness_distance(likeness, other) > ANOTHER for other, _ in faces):
            faces.append((likeness, _image(file)))
    return [face for _, face in faces]


def _with_face(whole: Image.Image, face: Image.Image, place: tuple[float, float]) -> Image.Image:
    image, side = whole.copy(), round(0.3 * min(whole.size))
    small = face.resize((side, side), Resampling.LANCZOS)
    mask = Image.new("L", small.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, side, side), fill=255)
    at = round(place[0] * (image.width - side)), round(place[1] * (image.height - side))
    image.paste(small, at, mask)
    return image


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _resized(factor: float, by: Resampling, kind: str = "PNG", **how: object) -> Turn:
    def turn(image: Image.Image) -> bytes:
        size = max(1, round(factor * image.width)), max(1, round(factor * image.height))
        return _saved(image.resize(size, by), kind, **how)

    return turn


def _recompressed(kind: str, **how: object) -> Turn:
    return lambda image: _saved(image, kind, **how)


def _paletted(colours: int, dither: Image.Dither) -> Turn:
    return lambda image: _saved(image.quantize(colours, dither=dither), "GIF")


def _as_p3(image: Image.Image) -> bytes:
    """The numbers of Display P3, its profile lost on the way: what was saturated is paler."""
    to_p3 = (0.8225, 0.1774, 0, 0, 0.0332, 0.9669, 0, 0, 0.0171, 0.0724, 0.9108, 0)
    return _saved(image.convert("RGB", to_p3), "JPEG", quality=90)


def _brighter(image: Image.Image) -> bytes:
    """Another gamma, as exports from design tools have it."""
    return _saved(image.point([round(255 * (v / 255) ** 0.9) for v in range(256)] * 3), "PNG")


def _sharpened(image: Image.Image) -> bytes:
    half = image.resize((max(1, image.width // 2), max(1, image.height // 2)), Resampling.LANCZOS)
    return _saved(half.filter(ImageFilter.UnsharpMask(0.6, 80, 2)), "JPEG", quality=80)


TURNS: tuple[tuple[str, Turn], ...] = (
    ("0.476, as PNG", _resized(200 / 420, Resampling.LANCZOS)),
    ("JPEG 60", _recompressed("JPEG", quality=60)),
    ("half, bilinear, JPEG 75", _resized(0.5, Resampling.BILINEAR, "JPEG", quality=75)),
    ("WebP 70", _recompressed("WEBP", quality=70)),
    ("twice, bicubic", _resized(2, Resampling.BICUBIC)),
    ("a third, JPEG 85", _resized(1 / 3, Resampling.LANCZOS, "JPEG", quality=85)),
    ("GIF, dithered", _paletted(128, Image.Dither.FLOYDSTEINBERG)),
    ("0.75, WebP", _resized(0.75, Resampling.BICUBIC, "WEBP", quality=80)),
    ("Display P3 without its profile", _as_p3),
    ("half, sharpened", _sharpened),
    ("JPEG 40", _recompressed("JPEG", quality=40)),
    ("0.6, box", _resized(0.6, Resampling.BOX, "JPEG", quality=70)),
    ("brighter", _brighter),
    ("GIF of 64 colours", _paletted(64, Image.Dither.NONE)),
    ("1.5, bilinear", _resized(1.5, Resampling.BILINEAR, "JPEG", quality=80)),
    ("0.8, nearest", _resized(0.8, Resampling.NEAREST)),
    ("AVIF", _recompressed("AVIF", quality=60)),
    ("CMYK", lambda image: _saved(image.convert("CMYK"), "JPEG", quality=90)),
)
