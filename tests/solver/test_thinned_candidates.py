"""Candidates that are fewer, or chosen otherwise, lead to the same proved choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reverse_match.solver.assignment.candidates import _even_share
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.problem import TICKET_BITS, Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.tuning import Tuning

SMALL = replace(Tuning(), all_pairs=200, table_pairs=10**9, few=3, wanted=3, arcs_per_person=3)
"""Constants with which small problems have many rounds, and more likely pairs than are kept."""


@pytest.mark.parametrize("seed", range(24))
def test_what_goes_on_to_the_next_round_does_not_change_the_solution(seed: int) -> None:
    draw = np.random.default_rng(seed)
    shape = 70, 50 + 10 * (seed % 3)
    levels = (3, 20, 10**6)[seed % 3]
    scores = (draw.integers(0, levels, shape) * (10**6 // levels)).astype(np.int32)
    scores[draw.random(shape) < 0.3] = NO_PAIR
    capacities = [draw.integers(1, 2 + seed % 2 * 2, size).astype(np.int64) for size in shape]
    keys = [draw.integers(0, 2**63, size, dtype=np.int64).astype(np.uint64) for size in shape]
    table, most_first = ScoreTable(scores, scores.size), bool(seed % 4)
    problem = Problem(table, capacities[0], capacities[1], keys[0], keys[1], most_first)
    tiling = Tiling(threads=1, rows=16, columns=32)

    usual = solve(problem, tiling, tuning=SMALL)
    others = [
        solve(problem, tiling, tuning=replace(SMALL, thinned_rounds=0, sample_share_of_flow=8)),
        solve(problem, tiling, tuning=replace(Tuning(), all_pairs=10**6)),
    ]

    assert usual.proved
    for other in others:
        assert usual.chosen.rows.tolist() == other.chosen.rows.tolist()
        assert usual.chosen.columns.tolist() == other.chosen.columns.tolist()
        assert usual.bounds.total == other.bounds.total
        assert usual.prices.columns.tolist() == other.prices.columns.tolist()


def test_each_row_of_a_tile_keeps_about_as_many_likely_pairs() -> None:
    draw = np.random.default_rng(1)
    rows = np.repeat(np.arange(4), [2_000, 1_000, 5, 0])
    tickets = draw.integers(0, 2**TICKET_BITS, len(rows))

    kept = np.bincount(rows[_even_share(rows, tickets, 4, 300)], minlength=4)

    assert kept[2:].tolist() == [5, 0]
    assert (np.abs(kept[:2] - 100) < 40).all()
