"""The best pairs for all together, against trying them all."""

import random
from itertools import permutations

import pytest

from qa.match.assignment import best_pairs


def test_nothing_to_pair() -> None:
    assert best_pairs([]) == []
    assert best_pairs([[], []]) == []


def test_pairs_that_score_too_little_are_left_out() -> None:
    assert best_pairs([[0.9, 0.1], [0.2, 0.3]], 0.5) == [(0, 0)]


def test_the_best_for_all_beats_the_best_for_the_first() -> None:
    assert best_pairs([[0.9, 0.8], [0.9, 0.1]]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("seed", range(40))
def test_against_trying_all(seed: int) -> None:
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 5), dice.randint(1, 5)
    scores = [[dice.random() for _ in range(columns)] for _ in range(rows)]
    turned = scores if rows <= columns else [list(column) for column in zip(*scores, strict=True)]
    best = max(
        sum(row[column] for row, column in zip(turned, order, strict=True))
        for order in permutations(range(max(rows, columns)), min(rows, columns))
    )
    assert sum(scores[row][column] for row, column in best_pairs(scores)) == pytest.approx(best)
