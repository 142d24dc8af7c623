"""The assignment problem, solved exactly: the pairs that are best for all together.

Kuhn's Hungarian method with potentials, O(n²m). A library would bring scipy (100 MB) for these thirty lines.
https://en.wikipedia.org/wiki/Hungarian_algorithm
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_pairs(scores: Sequence[Sequence[float]], least: float = 0.0) -> list[tuple[int, int]]:
    """Row and column pairs with the greatest sum of scores; pairs that score ``least`` or under are left out."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return []
    if rows > columns:
        turned = [[row[column] for row in scores] for column in range(columns)]
        return sorted((row, column) for column, row in best_pairs(turned, least))
    owner = _assign([[-max(score, least) for score in row] for row in scores])
    pairs = ((owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column])
    return sorted((row, column) for row, column in pairs if scores[row][column] > least)


def _assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each column (from 1) the row (from 1) it belongs to, 0 for none; at most as many rows as columns."""
    rows, columns = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, came_from, seen = [inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            seen[at] = True
            step, following = inf, 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                cost = costs[owner[at] - 1][column - 1] - row_price[owner[at]] - column_price[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    row_price[owner[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            owner[at] = owner[came_from[at]]
            at = came_from[at]
    return owner
