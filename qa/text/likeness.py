"""How alike two texts are, in per cent, by rapidfuzz, which is loaded where two texts are compared."""

from __future__ import annotations

_MOST_COMPARISONS = 200_000_000_000  # some seconds at worst: of letters that come back again and again

_MOST_WITHIN = _MOST_COMPARISONS // 10  # it is asked for each passage and each wording


def likeness(one: str, other: str) -> float:
    """Of two texts as wholes."""
    from rapidfuzz.fuzz import ratio

    return ratio(one, other)


def likeness_within(part: str, whole: str) -> float:
    """Of a text and the stretch of a longer one that is most like it; 0 where both are too long for it."""
    if len(part) ** 2 * len(whole) > _MOST_WITHIN:
        return 0.0
    from rapidfuzz.fuzz import partial_ratio

    return partial_ratio(part, whole)


def nearest_stretch(words: str, text: str, least: float) -> tuple[int, int] | None:
    """Where in a text the stretch most like these words stands; None where none is as alike as ``least``.

    None also where both are too long for it: no wording that anybody asks for is, in a message that is read.
    """
    if len(words) ** 2 * len(text) > _MOST_COMPARISONS:
        return None
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(words, text, score_cutoff=least)
    return None if found is None else (found.dest_start, found.dest_end)


def slips_between(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, too many or swapped; one more than ``most`` where there are more."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most)
