"""The distance of colours in YIQ, and differences that are no more than the smoothing of edges.

Both as in pixelmatch (https://github.com/mapbox/pixelmatch), after Kotsarenko and Ramos, "Measuring perceived color
difference using YIQ NTSC transmission color space in mobile applications" (2010), and Vyšniauskas, "Anti-aliased pixel
and intensity slope detector" (2009).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.visual.loading import Pixels, channels

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

_FARTHEST = 35215.0  # the distance of two colours at most
_MOST_SMOOTHED = 100_000  # pixels; of more that differ in one place, smoothing is not the reason
FAINT = 0.15  # a distance in colour that is still little; seen in what a browser draws again were up to 0.12
_FEW_OF_THEM = 0.25  # of the pixels that are off; seen were up to 0.2
_DENSE = 300_000  # pixels; where more differ, every other one of every other row tells enough
_AROUND = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)


def different(a: Pixels, b: Pixels, colour: float) -> Mask:
    """Where the colours of two pictures of one size are further apart than ``colour``."""
    seen: Mask = a != b
    if np.count_nonzero(seen) > _DENSE:
        coarse = different(np.ascontiguousarray(a[::2, ::2]), np.ascontiguousarray(b[::2, ::2]), colour)
        return seen & coarse.repeat(2, axis=0).repeat(2, axis=1)[: a.shape[0], : a.shape[1]]
    rows, columns = np.nonzero(seen)
    if len(rows):
        near = distance(a[rows, columns], b[rows, columns]) <= np.float32(_FARTHEST * colour * colour)
        seen[rows[near], columns[near]] = False
    return seen


def smoothed(a: Pixels, b: Pixels, seen: Mask, colour: float, area: int) -> bool:
    """Whether what differs is the smoothing of edges: such pixels alone, and as much light as before on the whole.

    Thin letters are nothing but smoothed edges, so that in another colour they would be forgiven without the latter.
    """
    rows, columns = np.nonzero(seen)
    if len(rows) > _MOST_SMOOTHED:
        return False
    smooth = _smoothed(a, b, rows, columns) | _smoothed(b, a, rows, columns)
    if len(rows) - np.count_nonzero(smooth) >= area:
        return False
    apart = channels(a)[rows, columns].astype(np.float32) - channels(b)[rows, columns]
    lighter: Floats = apart.mean(axis=0, dtype=np.float32)[None]
    return bool(_weighed(lighter)[0] <= _FARTHEST * colour * colour)


def redrawn(a: Pixels, b: Pixels, seen: Mask) -> bool:
    """Whether what differs is a photograph that was scaled another way, as Chromium does now and then under load.

    Then a third of its pixels and more are off, most of them by less than anybody could see, and none by much.
    """
    off = np.count_nonzero(a != b)
    return bool(np.count_nonzero(seen) <= _FEW_OF_THEM * off and not different(a, b, FAINT).any())


def distance(a: Pixels, b: Pixels) -> Floats:
    """How far the colours of two rows of pixels are apart: squares, weighed as the eye does."""
    return _weighed(channels(a[None])[0].astype(np.float32) - channels(b[None])[0])


def _weighed(apart: Floats) -> Floats:
    red, green, blue = apart[:, 0], apart[:, 1], apart[:, 2]
    y = red * 0.29889531 + green * 0.58662247 + blue * 0.11448223
    i = red * 0.59597799 - green * 0.27417610 - blue * 0.32180189
    q = red * 0.21147017 - green * 0.52261711 + blue * 0.31114694
    return 0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q  # type: ignore[no-any-return]


def brightness(picture: Pixels) -> Floats:
    """How bright each pixel is, 0 to 255."""
    parts = channels(picture)
    light: Floats = parts[..., :3].astype(np.float32) @ np.array([0.29889531, 0.58662247, 0.11448223], np.float32)
    return light


def _smoothed(picture: Pixels, other: Pixels, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Mask:
    """Which pixels lie on a slope of brightness between two plain areas that are in both pictures."""
    beyond = (rows > 0) & (rows < picture.shape[0] - 1) & (columns > 0) & (columns < picture.shape[1] - 1)
    smooth = np.zeros(len(rows), bool)
    inner = np.flatnonzero(beyond)
    rows, columns = rows[inner], columns[inner]
    if not len(rows):
        return smooth
    centre = _bright(picture[rows, columns])
    slopes = np.stack([_bright(picture[rows + dy, columns + dx]) - centre for dy, dx in _AROUND])
    on_slope = ((slopes == 0).sum(axis=0) <= 2) & (slopes.min(axis=0) < 0) & (slopes.max(axis=0) > 0)
    steps = np.array(_AROUND)
    plain = np.zeros(len(rows), bool)
    for extreme in (slopes.argmin(axis=0), slopes.argmax(axis=0)):
        at = rows + steps[extreme, 0], columns + steps[extreme, 1]
        plain |= _plain(picture, *at) & _plain(other, *at)
    smooth[inner] = on_slope & plain
    return smooth


def _plain(picture: Pixels, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Mask:
    """Which pixels have three neighbours and more of their own colour; beyond an edge is one."""
    height, width = picture.shape
    alike = np.zeros(len(rows), np.int8)
    alike += (rows == 0) | (rows == height - 1) | (columns == 0) | (columns == width - 1)
    own = picture[rows, columns]
    for dy, dx in _AROUND:
        y, x = rows + dy, columns + dx
        within = (y >= 0) & (y < height) & (x >= 0) & (x < width)
        alike += within & (picture[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] == own)
    enough: Mask = alike >= 3
    return enough


def _bright(values: Pixels) -> Floats:
    row: Floats = brightness(values[None])[0]
    return row
