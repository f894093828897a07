"""A choice split into rounds, and rounds made equal: properties that hold for every bipartite graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from reverse_match.solver.rounds.balance import balance_rounds, fewest_in_a_row, sums_of
from reverse_match.solver.rounds.edge_colouring import NOWHERE, Split, colour_edges, place_by_lists


@st.composite
def choices(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    high, wide = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    places = draw(st.sets(st.integers(0, high * wide - 1), min_size=1))
    rows, columns = np.divmod(np.array(sorted(places)), wide)
    worth = np.array(draw(st.lists(st.integers(0, 10**6), min_size=len(rows), max_size=len(rows))))
    return rows, columns, worth, draw(st.integers(1, 6))


def loads_by_round(ends: np.ndarray, numbers: np.ndarray, rounds: int) -> np.ndarray:
    table = np.zeros((int(ends.max()) + 1, rounds), dtype=int)
    np.add.at(table, (ends, numbers), 1)
    return table


def is_fair(rows: np.ndarray, columns: np.ndarray, numbers: np.ndarray, rounds: int) -> bool:
    """Say whether everybody has in each round their pairs divided by the rounds, rounded up or down."""
    tables = [loads_by_round(ends, numbers, rounds) for ends in (rows, columns)]
    return all(bool((table.max(axis=1) - table.min(axis=1) <= 1).all()) for table in tables)


@given(choices())
def test_everybody_has_their_share_in_each_round(
    choice: tuple[np.ndarray, np.ndarray, np.ndarray, int],
) -> None:
    rows, columns, worth, rounds = choice
    split = Split.of(rows, columns, rounds)
    first = colour_edges(split)
    assert is_fair(rows, columns, first, rounds)
    numbers = balance_rounds(split, first, worth)
    assert is_fair(rows, columns, numbers, rounds)
    sizes = np.bincount(numbers, minlength=rounds)
    assert sizes.max() - sizes.min() <= 1


@given(choices(), st.randoms(use_true_random=False))
def test_pairs_stay_where_they_may_be(
    choice: tuple[np.ndarray, np.ndarray, np.ndarray, int], draw: object
) -> None:
    rows, columns, worth, rounds = choice
    generator = np.random.default_rng(draw.randint(0, 10**6))  # type: ignore[attr-defined]
    there = (
        generator.random((rows.max() + 1, rounds)) < 0.7,
        generator.random((columns.max() + 1, rounds)) < 0.7,
    )
    one = np.ones(rows.max() + 1, dtype=np.int64), np.ones(columns.max() + 1, dtype=np.int64)
    numbers = place_by_lists((rows, columns), worth, one, there, np.zeros(len(rows), dtype=bool))
    kept = numbers != NOWHERE
    rows, columns, worth, numbers = rows[kept], columns[kept], worth[kept], numbers[kept]
    may = there[0][rows] & there[1][columns]
    assert may[np.arange(len(rows)), numbers].all()
    if len(rows):
        after = balance_rounds(Split.of_rounds(rows, columns, numbers, rounds), numbers, worth, may)
        assert may[np.arange(len(rows)), after].all()
        for ends in (rows, columns):
            assert loads_by_round(ends, after, rounds).max() <= 1
        spread = [int(np.ptp(np.bincount(found, minlength=rounds))) for found in (numbers, after)]
        assert max(1, spread[1]) <= max(1, spread[0])


@pytest.mark.parametrize("seed", range(3))
def test_two_hundred_are_within_two_in_a_hundred(seed: int) -> None:
    """Rounds chosen greedily, each worse than the one before, are evened out."""
    generator = np.random.default_rng(seed)
    scores = generator.integers(300_000, 900_000, (200, 200))
    left, parts = scores.copy(), []
    for _ in range(4):
        rows, columns = linear_sum_assignment(left, maximize=True)
        parts.append((rows, columns))
        left[rows, columns] = 0
    rows, columns = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    worth, greedy = scores[rows, columns], np.repeat(np.arange(4), 200)
    numbers = balance_rounds(Split.of(rows, columns, 4), colour_edges(Split.of(rows, columns, 4)), worth)
    assert np.bincount(numbers).tolist() == [200] * 4
    before, after = sums_of(greedy, worth, 4), sums_of(numbers, worth, 4)
    assert after.min() > 0.999 * worth.sum() / 4
    assert before.min() < after.min()


def test_many_rounds_are_put_in_an_order_each_once() -> None:
    sits_out = np.random.default_rng(0).random((50, 9)) < 0.3
    assert sorted(fewest_in_a_row(sits_out)) == list(range(9))
