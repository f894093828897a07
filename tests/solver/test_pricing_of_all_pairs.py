"""A look at every pair, where pairs count as much as they may."""

from __future__ import annotations

import numpy as np
import pytest

from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.pairs.credits import PairCredits
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.what_if.reduced_costs import NOBODY, nearest_partners

MOST = 500_000_000
"""Five points where a full score is 10^8 units."""


def problem(scores: list[list[int]], rows: list[int], columns: list[int]) -> Problem:
    keys = np.arange(len(rows), dtype=np.uint64), np.arange(len(columns), dtype=np.uint64)
    nothing, everybody = np.zeros(0, dtype=np.int64), np.full(len(rows), MOST)
    credits_of_all = PairCredits(everybody, np.zeros(len(columns), dtype=np.int64), nothing, nothing, nothing)
    table = ScoreTable(np.array(scores, dtype=np.int32))
    return Problem(table, np.array(rows), np.array(columns), *keys, credits=credits_of_all)


@pytest.mark.parametrize("cardinality_dual", [0, 2**28, 2**29 - 1, 2**29, 2**40])
def test_who_has_no_capacity_is_in_no_pair_whatever_it_counts(cardinality_dual: int) -> None:
    case = problem([[10**8, 5], [10**8, 10**8]], [0, 1], [1, 0])
    nobody = np.zeros(2, dtype=bool), np.zeros(2, dtype=bool)
    prices = DualValues(np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64), cardinality_dual)
    pricing = price_all_pairs(case, prices, nobody, Tiling(threads=1), most=10)
    assert (pricing.found.rows.tolist(), pricing.found.columns.tolist()) == ([1], [0])
    assert pricing.dual_infeasibility == pricing.row_best[1] == 10**8 + MOST + cardinality_dual
    assert (pricing.row_best[0], pricing.uncovered, pricing.pairs) == (0, 1, 1)


@pytest.mark.parametrize("cardinality_dual", [0, 2**28, 2**29 - 1, 2**29, 2**31])
def test_a_pair_that_may_not_be_is_worth_no_price(cardinality_dual: int) -> None:
    case = problem([[NO_PAIR, 0]], [1], [1, 1])
    nobody = np.ones(1, dtype=bool), np.ones(2, dtype=bool)
    prices = DualValues(np.zeros(1, dtype=np.int64), np.array([0, MOST + cardinality_dual]), cardinality_dual)
    pricing = price_all_pairs(case, prices, nobody, Tiling(threads=1), most=10)
    assert (pricing.found.columns.tolist(), pricing.dual_infeasibility, pricing.pairs) == ([1], 0, 1)


def test_a_possible_partner_is_nearer_than_an_impossible_one_at_any_price() -> None:
    case = problem([[NO_PAIR, 0], [NO_PAIR, NO_PAIR]], [1, 1], [1, 1])
    prices = DualValues(np.zeros(2, dtype=np.int64), np.array([0, 2**34]), 0)
    partners, costs = nearest_partners(case, prices, 0, np.arange(2), Tiling(threads=1))
    assert partners.tolist() == [1, NOBODY]
    assert costs[0] == 2**34 - MOST
