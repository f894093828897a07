"""Repaired choices must be best ones: compared with OR-Tools from nothing, and by prices that prove them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from reverse_match.foundation.arrays import BoolArray, IntArray
from reverse_match.solver.assignment.augmenting_paths import PrimalDual, minimum_cut, reoptimise
from reverse_match.solver.assignment.dual_values import recover_prices
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.pairs.problem import Arcs

Capacities = tuple[IntArray, IntArray]


def best(arcs: Arcs, capacities: Capacities) -> BoolArray:
    everybody = np.ones(len(capacities[0]), bool), np.ones(len(capacities[1]), bool)
    return best_pairs(arcs, capacities, everybody, most_pairs(arcs, *capacities)[0])


def settled(arcs: Arcs, capacities: Capacities) -> PrimalDual:
    chosen = best(arcs, capacities)
    return PrimalDual(arcs.where(chosen), recover_prices(arcs, chosen, capacities), capacities)


def random_arcs(random: np.random.Generator, rows: int, columns: int, levels: int) -> Arcs:
    there = np.argwhere(random.random((rows, columns)) < random.uniform(0.4, 1.0))
    scores = random.integers(0, levels, len(there)) * (1_000_000 // levels)
    return Arcs(there[:, 0].astype(np.int64), there[:, 1].astype(np.int64), scores.astype(np.int64))


def changed_capacities(random: np.random.Generator, capacities: Capacities) -> Capacities:
    mine, theirs = capacities[0].copy(), capacities[1].copy()
    for side in (mine, theirs):
        if random.random() < 0.2:
            side[random.integers(len(side))] = random.integers(0, 3)
    return mine, theirs


@pytest.mark.parametrize("largest", [1, 3])
@pytest.mark.parametrize("levels", [3, 1_000_000])
def test_a_repaired_choice_is_a_best_one(largest: int, levels: int) -> None:
    random = np.random.default_rng(largest * levels)
    outcomes: Counter[str] = Counter()
    for _ in range(400):
        rows, columns = random.integers(3, 12, 2).tolist()
        arcs = random_arcs(random, rows, columns, levels)
        capacities = random.integers(0, largest + 1, rows), random.integers(0, largest + 1, columns)
        known = arcs.where(random.random(len(arcs)) < 0.98)
        before = settled(known, capacities)
        now = arcs.where(random.random(len(arcs)) < 0.96)
        later = changed_capacities(random, capacities)
        now = now.where((later[0][now.rows] > 0) & (later[1][now.columns] > 0))
        found = reoptimise(now, later, before, most=8)
        lost = not before.chosen.among(now).all()
        outcomes["repaired" if found else "not simple"] += lost
        outcomes["places"] += found is not None and sum(later[0]) - sum(later[1]) != surplus(capacities)
        if found is None:
            continue
        chosen, prices = found
        everybody = np.ones(rows, bool), np.ones(columns, bool)
        expected = best_pairs(now, later, everybody, int(chosen.sum()))
        assert now.scores[chosen].sum() == now.scores[expected].sum()
        reduced_profits = prices.reduced_profits(now)
        assert (reduced_profits[~chosen] <= 0).all()
        assert (reduced_profits[chosen] >= 0).all()
        cut = minimum_cut(now, chosen, later)
        count, *vertex_cover = most_pairs(now, *later)
        assert (cut is not None) == (count == chosen.sum())
        if cut is not None:
            recover_prices(now, chosen, later, prices)
            for mine, theirs, capacity in zip(cut, vertex_cover, later, strict=True):
                assert (mine == theirs)[capacity > 0].all()
            outcomes["most"] += 1
    assert min(outcomes["repaired"], outcomes["places"], outcomes["most"]) > 15, outcomes
    assert outcomes["not simple"], outcomes


def surplus(capacities: Capacities) -> int:
    return int(sum(capacities[0]) - sum(capacities[1]))


def arcs_of(*pairs: tuple[int, int, int]) -> Arcs:
    rows, columns, scores = np.array(sorted(pairs), dtype=np.int64).T
    return Arcs(rows, columns, scores)


def ones(rows: int, columns: int) -> Capacities:
    return np.ones(rows, np.int64), np.ones(columns, np.int64)


def test_somebody_who_rested_takes_the_place() -> None:
    """Row 1 loses its partner; row 2, which had none, is better for the column than what row 1 has left."""
    arcs = arcs_of((0, 0, 9), (1, 1, 8), (2, 1, 7), (1, 0, 1))
    before = settled(arcs, ones(3, 2))
    assert before.chosen.rows.tolist() == [0, 1]
    now = arcs.where((arcs.rows != 1) | (arcs.columns != 1))
    found = reoptimise(now, ones(3, 2), before, most=1)
    assert found is not None
    assert [now.rows[found[0]].tolist(), now.columns[found[0]].tolist()] == [[0, 2], [0, 1]]


def test_a_column_that_rested_takes_the_place() -> None:
    arcs = arcs_of((0, 0, 9), (1, 1, 8), (1, 2, 7), (0, 1, 1))
    before = settled(arcs, ones(2, 3))
    now = arcs.where((arcs.rows != 1) | (arcs.columns != 1))
    found = reoptimise(now, ones(2, 3), before, most=1)
    assert found is not None
    assert now.columns[found[0]].tolist() == [0, 2]


def test_a_pair_worth_more_than_its_prices_comes_in() -> None:
    known = arcs_of((0, 0, 9), (1, 1, 8), (0, 1, 1), (1, 0, 1))
    now = arcs_of((0, 0, 9), (1, 1, 8), (0, 1, 50), (1, 0, 1))
    found = reoptimise(now, ones(2, 2), settled(known, ones(2, 2)), most=2)
    assert found is not None
    assert now.columns[found[0]].tolist() == [1, 0]


def test_what_is_not_simple_is_left_to_the_solver() -> None:
    arcs = arcs_of((0, 0, 9), (1, 1, 8), (2, 2, 7), (0, 1, 1), (1, 2, 1), (2, 0, 1))
    before = settled(arcs, ones(3, 3))
    off_diagonal = arcs.where(arcs.rows != arcs.columns)
    assert reoptimise(off_diagonal, ones(3, 3), before, most=2) is None, "three pairs are lost"
    assert reoptimise(off_diagonal, ones(3, 3), before, most=3) is not None
    fewer = arcs.where((arcs.rows != 0) | (arcs.columns == 2))
    assert reoptimise(fewer, ones(3, 3), before, most=3) is None, "nobody is left for row 0"


def test_whoever_has_one_place_more_takes_the_partner_of_somebody_else() -> None:
    """Row 0 is better for column 1 than row 1 is, who rests from now on; a new solve would find the same."""
    arcs = arcs_of((0, 0, 9), (0, 1, 7), (1, 1, 3))
    before = settled(arcs, ones(2, 2))
    more = np.array([2, 1]), np.array([1, 1])
    found = reoptimise(arcs, more, before, most=1)
    assert found is not None
    assert [arcs.rows[found[0]].tolist(), arcs.columns[found[0]].tolist()] == [[0, 0], [0, 1]]
    recover_prices(arcs, found[0], more, found[1])


def test_whoever_has_one_place_more_takes_somebody_who_rests() -> None:
    arcs = arcs_of((0, 0, 9), (0, 1, 7), (1, 0, 8))
    before = settled(arcs, (np.array([1, 0]), np.array([1, 1])))
    assert before.chosen.columns.tolist() == [0]
    found = reoptimise(arcs, (np.array([2, 0]), np.array([1, 1])), before, most=1)
    assert found is not None
    assert arcs.columns[found[0]].tolist() == [0, 1]


def test_a_place_more_that_leads_to_nobody_who_rests_leaves_as_many_pairs() -> None:
    """Column 2 rests, and nobody can be with it."""
    arcs = arcs_of((0, 0, 9), (0, 1, 7), (1, 1, 3))
    before = settled(arcs, ones(2, 3))
    found = reoptimise(arcs, (np.array([2, 1]), np.array([1, 1, 1])), before, most=1)
    assert found is not None
    assert arcs.rows[found[0]].tolist() == [0, 0]


def test_a_place_less_is_taken_by_somebody_who_rests() -> None:
    arcs = arcs_of((0, 0, 9), (1, 0, 7))
    before = settled(arcs, ones(2, 1))
    found = reoptimise(arcs.where(arcs.rows == 1), (np.array([0, 1]), np.array([1])), before, most=1)
    assert found is not None
    assert found[0].tolist() == [True]


def test_a_column_with_a_place_less_leaves_a_pair_fewer() -> None:
    """Row 1 is worth more in its column than row 0, which can only be in the other one."""
    arcs = arcs_of((0, 0, 9), (1, 0, 3), (1, 1, 8))
    before = settled(arcs, ones(2, 2))
    later = np.array([1, 1]), np.array([1, 0])
    now = arcs.where(arcs.columns == 0)
    found = reoptimise(now, later, before, most=1)
    assert found is not None
    assert now.rows[found[0]].tolist() == [0]
