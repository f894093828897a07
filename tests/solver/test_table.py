from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from test_sparse import problems

from reverse_match.solver.pairs import problem as problem_module
from reverse_match.solver.pairs.problem import Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import RescoredPairs, ScoreTable, rescore_pairs, score_all_pairs
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    import pytest

    from reverse_match.solver.pairs.source import PairSource

TILING = Tiling(rows=7, columns=5, threads=1)


def counted(given_problem: Problem) -> int:
    """Count the pairs of people with capacity, one by one."""
    rows, columns = given_problem.shape
    return sum(
        int(given_problem.at(np.array([row]), np.array([column]))[0] != NO_PAIR)
        for row in range(rows)
        for column in range(columns)
    )


@given(problems(), st.integers(0, 2**32 - 1))
def test_pairs_are_counted_while_they_are_kept_and_changed(given_problem: Problem, seed: int) -> None:
    kept = score_all_pairs(given_problem.pairs, TILING)
    now = replace(given_problem, pairs=kept)
    assert now.count == counted(given_problem)
    random = np.random.default_rng(seed)
    places = np.flatnonzero(random.random(kept.table.size) < 0.1)
    rows, columns = np.divmod(places, kept.shape[1])
    scores, before = np.where(random.random(len(rows)) < 0.5, NO_PAIR, 7), kept.table.copy()
    changed = rescore_pairs(kept, rows, columns, scores)
    now = replace(given_problem, pairs=changed)
    assert now.count == counted(now)
    assert (kept.table == before).all()


@given(st.integers(0, 2**32 - 1))
def test_pairs_that_score_something_else_do_so_in_every_view(seed: int) -> None:
    random = np.random.default_rng(seed)
    table = random.integers(0, 9, (5, 7)).astype(np.int32)
    table[random.random(table.shape) < 0.2] = NO_PAIR
    expected, pairs = table.copy(), ScoreTable(table, int((table != NO_PAIR).sum()))
    whole: ScoreTable | RescoredPairs = pairs
    for _ in range(3):
        rows, columns = np.divmod(random.permutation(35)[: random.integers(0, 6)], 7)
        scores = np.where(random.random(len(rows)) < 0.4, NO_PAIR, random.integers(0, 9, len(rows)))
        expected[rows, columns] = scores
        whole = rescore_pairs(whole, rows, columns, scores)  # type: ignore[assignment]
    assert whole.shape == (5, 7)
    assert whole.count == (expected != NO_PAIR).sum()
    assert (whole is pairs) == bool((expected == table).all())
    rows, columns = np.indices((5, 7)).reshape(2, -1)
    assert (whole.at(rows, columns) == expected.ravel()).all()
    here, there = np.sort(random.permutation(5)[:3]), np.sort(random.permutation(7)[:4])
    assert (seen(whole.part(here, there)) == expected[np.ix_(here, there)]).all()
    assert (seen(whole.range(slice(1, 4), slice(2, 7))) == expected[1:4, 2:7]).all()
    assert (whole.block(slice(2, 6)).tile(slice(1, 3)) == expected[1:3, 2:6]).all()


def seen(pairs: PairSource) -> np.ndarray:
    rows, columns = pairs.shape
    return pairs.block(slice(0, columns)).tile(slice(0, rows))


def test_where_nobody_counts_or_many_are_absent_a_look_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    table, one, key = np.zeros((3, 3), dtype=np.int32), np.ones(3, np.int64), np.arange(3, dtype=np.uint64)
    assert Problem(ScoreTable(table), one, one, key, key).count is None
    absent = np.array([0, 1, 1])
    assert Problem(ScoreTable(table, 9), absent, one, key, key).count == 6
    monkeypatch.setattr(problem_module, "MOST_ABSENT", 2)
    assert Problem(ScoreTable(table, 9), absent, one, key, key).count is None
