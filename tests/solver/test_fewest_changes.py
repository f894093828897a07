"""Undoing what changes for nothing: as good, within capacities and quotas, and never further away."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from test_quota_solve import every_choice, some_quotas
from test_solve import problem

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.what_if.resolve import undo_needless_changes


def pairs(arcs: Arcs) -> set[tuple[int, int]]:
    return set(zip(arcs.rows.tolist(), arcs.columns.tolist(), strict=True))


@given(st.integers(0, 2**32 - 1), st.data())
def test_the_choice_stays_as_good_and_comes_nearer(seed: int, data: st.DataObject) -> None:
    random = np.random.default_rng(seed)
    shape = 3, 3
    sizes: Any = tuple(random.choice([0, 1, 1, 2], size) for size in shape)
    made = problem(random.integers(0, 3, shape), *sizes)
    quotas = some_quotas(random, shape, 1)
    choices = [Arcs(rows, columns, scores.astype(np.int64)) for rows, columns, scores in every_choice(made)]
    kept = [arcs for arcs in choices if holds(quotas, arcs)]
    if not kept:
        return
    chosen, before = data.draw(st.sampled_from(kept)), data.draw(st.sampled_from(choices))
    found = undo_needless_changes(chosen, before, made, quotas, lowest=1)
    assert pairs(found) in [pairs(arcs) for arcs in kept]
    assert (len(found), found.scores.sum()) == (len(chosen), chosen.scores.sum())
    assert pairs(chosen) & pairs(before) <= pairs(found) <= pairs(chosen) | pairs(before)
    returned = pairs(found) - pairs(chosen)
    assert all(made.pairs.scores[place] >= 1 for place in returned)  # type: ignore[attr-defined]
    both_ways = pairs(chosen) ^ pairs(before)
    same = (len(chosen), chosen.scores.sum()) == (len(before), before.scores.sum())
    if len(both_ways) == 2 and same and before.scores.min(initial=1) >= 1 and holds(quotas, before):
        rows, columns = zip(*both_ways, strict=True)
        if len(set(rows)) == 1 or len(set(columns)) == 1:
            assert pairs(found) == pairs(before)


def test_only_what_costs_nothing_is_undone() -> None:
    """Rows 0 and 1 have swapped for nothing, rows 2 and 3 to gain something."""
    scores = np.array([[5, 5, 0, 0], [5, 5, 0, 0], [0, 0, 1, 9], [0, 0, 1, 1]])
    ones = np.ones(4, dtype=np.int64)
    rows = np.arange(4)
    chosen = Arcs(rows, np.array([1, 0, 3, 2]), np.array([5, 5, 9, 1]))
    before = Arcs(rows, rows, np.array([5, 5, 1, 1]))
    found = undo_needless_changes(chosen, before, problem(scores, ones, ones), [])
    assert found.columns.tolist() == [0, 1, 3, 2]
