"""What does the comparison of pictures find, what does it tell without reason, and how long does it take?

`python -m tests.bench_visual`. Drawn with the Chromium of this machine; nothing is cached.
"""

from __future__ import annotations

import colorsys
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from qa.approval.comparison import named_boxes
from qa.artefacts import Screenshot
from qa.testing import shared
from qa.visual import NamedBox, compare
from qa.visual.comparison import comparison
from qa.visual.crop import Limits
from qa.visual.details import details
from qa.visual.loading import Pixels, opened
from qa.visual.mock_up import Limits as DesignLimits
from qa.visual.mock_up import resemblance
from tests.picture_pairs import LARGER, PAIRS, other_details, pictures, renditions
from tests.planted_changes import CHANGES, FIXTURES, GUIDE, PROFILE, Studio, boxed, expected

EMAILS = sorted(file.relative_to(FIXTURES).as_posix() for file in FIXTURES.rglob("build/*.html"))
DRAWN_AGAIN = 200
WIDTHS = {f"w{width}": {"title": "w", "width": width, "kind": "email", "engine": "chromium"} for width in (375, 640)}
FONT = "<style>*{font-family:'DejaVu Serif',serif !important}</style></head>"
DESIGNS = (
    "spring-webinar-clean/build/invite.html",
    "spring-webinar-clean/build/reminder.html",
    "defects/bases/sale-de/build/herbst.html",
    "defects/bases/launch-fr/build/ouverture.html",
    "defects/bases/summer-es/build/azotea.html",
    "defects/bases/tiers-en/build/garden.html",
    "defects/bases/webinar-en/build/invite.html",
    "summer-variants/build/terrace.html",
    GUIDE,
)


def main() -> None:
    approved_pictures()
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(Path(folder))
        try:
            speed(studio)
            defects(studio)
            unchanged(studio)
            mock_ups(studio)
        finally:
            shared().close()


def speed(studio: Studio) -> None:
    """Of a pair of 1280 x 6000 pixels in memory: neither decoding nor drawing, but naming none either."""
    print("comparing 1280 x 6000 pixels, without decoding (ms, best of 5)")
    screenshot = studio.draw(GUIDE, (FIXTURES / GUIDE).read_text("utf-8")).screenshots[0]
    once = opened(screenshot.png)
    whole: Pixels = np.vstack([once] * 4)[:6000]
    limits = Limits(0.02, 4)
    for name, other in _pairs(whole):
        seconds = min(_timed(lambda other=other: comparison(whole, other, limits)) for _ in range(5))  # type: ignore[misc]
        print(f"  {name:<40} {1000 * seconds:6.0f}")
    png = BytesIO()
    Image.fromarray(whole.view(np.uint8).reshape(6000, 1280, 4)[..., :3]).save(png, "PNG", compress_level=1)
    print(f"  {'decoding one of them, for comparison':<40} {1000 * _timed(lambda: opened(png.getvalue())):6.0f}")


def _pairs(whole: Pixels) -> Iterator[tuple[str, Pixels]]:
    yield "identical", whole.copy()
    local = whole.copy()
    local[732:760, 300:420] ^= np.uint32(0x303030)
    yield "a local change", local
    yield "18 px inserted at row 393", np.vstack([whole[:393], np.repeat(whole[393:394], 18, 0), whole[393:-18]])
    both = np.vstack([local[:700], np.repeat(local[700:701], 2, 0), local[700:-2]])
    yield "a local change and 2 px inserted", both
    yield "everything, to its negative", whole ^ np.uint32(0x00FFFFFF)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def defects(studio: Studio) -> None:
    """Sixty edits: found, and boxed where they are."""
    found = 0
    for change in CHANGES:
        before, after, at = studio.before_and_after(change)
        result = compare(before.png, after.png)
        place = expected(change, before, after, at)
        if boxed(change, result, place):
            found += 1
        else:
            print(f"  missed: {change.kind} in {change.build}: expected {place}, {result.regions} {result.shifts}")
    print(f"planted visual defects: {found} of {len(CHANGES)} found and boxed where they are")


def unchanged(studio: Studio) -> None:
    """The same builds drawn again and again: nothing may be reported."""
    profile = replace(PROFILE, own_views=WIDTHS, views=tuple(WIDTHS))
    first: dict[tuple[str, str], Screenshot] = {}
    done = reported = identical = 0
    while done < DRAWN_AGAIN:
        for build in EMAILS:
            if build == GUIDE:
                continue
            for screenshot in studio.draw(build, (FIXTURES / build).read_text("utf-8"), profile).screenshots:
                before = first.setdefault((build, screenshot.view.name), screenshot)
                if before is not screenshot and done < DRAWN_AGAIN:
                    done += 1
                    identical += before.png == screenshot.png
                    result = compare(before.png, screenshot.png)
                    reported += not result.same
                    if before.png != screenshot.png:
                        print(f"  drawn differently: {build} in {screenshot.view.name}: {result.regions}")
    print(f"unchanged re-screenshots: {reported} of {done} reported; {identical} were the same to the byte")


def approved_pictures() -> None:
    """Pictures against approved ones: another rendition, and another detail in the same design."""
    wrong = [pair.name for pair in renditions(pictures()) if details(pair.approved, pair.built).boxes]
    missed = [pair.name for pair in other_details(pictures(least=LARGER)) if not details(*pair[1:]).boxes]
    print(f"same picture, other rendition: {len(wrong)} of {PAIRS} called wrong{_named(wrong)}")
    print(f"same design, other detail: {PAIRS - len(missed)} of {PAIRS} found{_named(missed)}")


def _named(pairs: Sequence[str]) -> str:
    return f": {'; '.join(pairs)}" if pairs else ""


def mock_ups(studio: Studio) -> None:
    """A design drawn in another font, at twice the size, as JPEG: against the build, and against wrong ones."""
    alarms: list[str] = []
    answers: dict[str, list[bool]] = {}
    earlier = b""
    for build in DESIGNS:
        text = (FIXTURES / build).read_text("utf-8")
        screenshot = studio.draw(build, text).screenshots[0]
        if build != GUIDE:  # its colours are in a style sheet of its own
            _colours(studio, build, text, answers, alarms)
            _colours(studio, build, _recoloured(text, _night), answers, alarms, " (dark)")
        design = _design(studio, build, text.replace("</head>", FONT, 1))
        pictures = [each for each in named_boxes(screenshot.elements) if each.kind == "picture"]
        alike = resemblance(_design(studio, build, text), screenshot.png, pictures)
        other = resemblance(design, screenshot.png, pictures)
        alarms += [f"{build} ({name})" for name, each in (("same", alike), ("font", other)) if each.differences]
        for name, wrong in _wrong(build, text):
            drawn = studio.draw(build, wrong).screenshots[0]
            there = [each for each in named_boxes(drawn.elements) if each.kind == "picture"]
            answers.setdefault(name, []).append(bool(resemblance(design, drawn.png, there).differences))
        if earlier:
            answers.setdefault("another email", []).append(resemblance(earlier, screenshot.png, pictures).found < 0.55)
        earlier = design
    print(f"mock-ups of {len(DESIGNS)} builds, each in its own and in another font: false alarms at {alarms or 'none'}")
    for name, found in answers.items():
        print(f"  {name:<20} found {sum(found)} of {len(found)}")
    print(f"  limits: {DesignLimits()}")


def _colours(
    studio: Studio, build: str, text: str, answers: dict[str, list[bool]], alarms: list[str], mode: str = ""
) -> None:
    """The same design against builds in other colours, all of them or of one part; and saved in other ways."""
    screenshot = studio.draw(build, text).screenshots[0]
    named = list(named_boxes(screenshot.elements))
    pictures = [each for each in named if each.kind == "picture"]
    design = _design(studio, build, text.replace("</head>", FONT, 1))
    for name, saved in _saved(screenshot.png):
        if resemblance(saved, screenshot.png, pictures).differences:
            alarms.append(f"{build}{mode} ({name})")
    for degrees in (15, 30, 90):
        turned = studio.draw(build, _recoloured(text, partial(_hue, degrees=degrees))).screenshots[0]
        _answer(answers, f"hue by {degrees}{mode}", design, turned.png, pictures)
        button = next((each.box for each in named if each.kind == "button"), None)
        if button:
            painted = _painted(screenshot.png, button, partial(_hue, degrees=degrees))
            _answer(answers, f"button by {degrees}{mode}", design, painted, pictures)
    footer = (0, screenshot.height - 120, screenshot.width, 120)
    _answer(answers, f"footer 16 off{mode}", design, _painted(screenshot.png, footer, _toned), pictures)


def _answer(
    answers: dict[str, list[bool]], name: str, design: bytes, build: bytes, pictures: Sequence[NamedBox]
) -> None:
    answers.setdefault(name, []).append(bool(resemblance(design, build, pictures).differences))


def _saved(png: bytes) -> Iterator[tuple[str, bytes]]:
    image = Image.open(BytesIO(png)).convert("RGB")
    for quality in (80, 90):
        out = BytesIO()
        image.save(out, "JPEG", quality=quality)
        yield f"JPEG {quality}", out.getvalue()
    out, framed = BytesIO(), Image.new("RGB", (image.width + 200, image.height + 100), "white")
    framed.paste(image, (100, 50))
    framed.save(out, "PNG")
    yield "margins", out.getvalue()


Colour = tuple[int, int, int]


def _recoloured(text: str, change: Callable[[Colour], Colour]) -> str:
    def one(match: re.Match[str]) -> str:
        red, green, blue = (int(match[1][at : at + 2], 16) for at in (0, 2, 4))
        return "#{:02x}{:02x}{:02x}".format(*change((red, green, blue)))

    return re.sub(r"(?<![&\w])#([0-9a-fA-F]{6})\b", one, text)


def _hue(colour: Colour, degrees: int) -> Colour:
    hue, light, strong = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    return _levels(colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, strong))


def _night(colour: Colour) -> Colour:
    hue, light, strong = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    return _levels(colorsys.hls_to_rgb(hue, 0.08 + 0.92 * (1 - light), strong))


def _toned(colour: Colour) -> Colour:
    by = 16 if sum(colour) < 384 else -16
    return _levels((each + by) / 255 for each in colour)


def _levels(parts: Iterable[float]) -> Colour:
    red, green, blue = (max(0, min(255, round(255 * each))) for each in parts)
    return red, green, blue


def _painted(png: bytes, box: tuple[float, ...], change: Callable[[Colour], Colour]) -> bytes:
    """One part of a picture with its main colour changed."""
    whole = np.asarray(Image.open(BytesIO(png)).convert("RGB")).copy()
    x, y, width, height = (int(edge) for edge in box)
    part = whole[y : y + height, x : x + width]
    kinds, counts = np.unique(part.reshape(-1, 3), axis=0, return_counts=True)
    main = kinds[counts.argmax()]
    red, green, blue = main.tolist()
    part[(np.abs(part.astype(int) - main) <= 3).all(axis=2)] = change((red, green, blue))
    out = BytesIO()
    Image.fromarray(whole).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _design(studio: Studio, build: str, text: str) -> bytes:
    screenshot = studio.draw(build, text).screenshots[0]
    image = Image.open(BytesIO(screenshot.png)).convert("RGB")
    out = BytesIO()
    image.resize((2 * image.width, 2 * image.height), Image.Resampling.LANCZOS).save(out, "JPEG", quality=80)
    return out.getvalue()


def _wrong(build: str, text: str) -> Iterator[tuple[str, str]]:
    pictures = [match[1] for match in re.finditer(r'src="(images/[^"]+)"', text)]
    hero = next((name for name in pictures if "hero" in name or "cover" in name or "portada" in name), "")
    other = next(
        (name for name in reversed(pictures) if name != hero and "icon" not in name and "logo" not in name), ""
    )
    if hero and other and hero in text:
        yield "hero swapped", text.replace(f'src="{hero}"', f'src="{other}" height="300"', 1)
    turned = re.sub(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", _turned, text)
    if turned != text and build != GUIDE:
        yield "colours", turned
    parts = [match.start() for match in re.finditer(r"<!-- =+ |<section ", text)]
    if len(parts) > 4:
        yield "block missing", text[: parts[3]] + text[parts[4] :]


def _turned(match: re.Match[str]) -> str:
    return match[0] if match[0] == "#ffffff" else f"#{match[3]}{match[1]}{match[2]}"


if __name__ == "__main__":
    main()
