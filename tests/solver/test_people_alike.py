"""Classes of people who are alike decide feasibility as a search among all pairs does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, Quota, SideQuota, quota_sums, single
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ScoreTable
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.side_constraints import feasibility, people_alike
from reverse_match.solver.side_constraints.feasibility import InfeasibilityProof, find_feasible_choice
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from numpy.typing import NDArray

BY_CLASSES = Tuning(few_pairs=0, alike_from=0)


@dataclass(frozen=True)
class Different:
    """Marks the pairs of different groups."""

    groups: tuple[NDArray[np.int64], NDArray[np.int64]]

    def tile(self, rows: slice, columns: slice) -> NDArray[np.bool_]:
        marks: NDArray[np.bool_] = self.groups[0][rows, None] != self.groups[1][None, columns]
        return marks

    def among(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        marks: NDArray[np.bool_] = self.groups[0][rows] != self.groups[1][columns]
        return marks

    def part(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Different:
        return Different((self.groups[0][rows], self.groups[1][columns]))


def drawn(seed: int) -> tuple[Problem, list[Quota]]:
    """Return a small problem with some forbidden pairs, and quotas on it, by chance."""
    draw = np.random.default_rng(seed)
    rows, columns = int(draw.integers(2, 4)), int(draw.integers(2, 5))
    table = draw.integers(0, 100, (rows, columns)).astype(np.int32)
    table[draw.random((rows, columns)) < 0.25] = NO_PAIR
    capacities = draw.integers(1, 3, rows), draw.integers(1, 3, columns)
    keys = np.arange(rows, dtype=np.uint64), np.arange(columns, dtype=np.uint64)
    problem = Problem(ScoreTable(table), *capacities, *keys)
    groups = draw.integers(0, 2, rows), draw.integers(0, 2, columns)
    marks = Different(groups)
    duos = SideQuota(0, np.zeros(rows, dtype=np.int64), single(-UNBOUNDED), single(int(draw.integers(1, 4))))
    of_columns = SideQuota(1, groups[1], draw.integers(0, 3, 2), np.full(2, UNBOUNDED))
    count = PairQuota(marks, 1, 0, single(int(draw.integers(0, 4))), single(UNBOUNDED))
    share = PairQuota(marks, 1, -2, single(0), single(UNBOUNDED))  # at least two thirds
    some = SideQuota(0, np.zeros(rows, dtype=np.int64), single(2), single(UNBOUNDED))
    asked: list[Quota] = [duos, of_columns, count, share, some]
    return problem, [quota for quota in asked if draw.random() < 0.6] or [count]


def keeps(problem: Problem, quotas: list[Quota], chosen: Arcs) -> bool:
    table = problem.pairs.at(chosen.rows, chosen.columns)
    if (table == NO_PAIR).any() or len(
        set(zip(chosen.rows.tolist(), chosen.columns.tolist(), strict=True))
    ) < len(chosen):
        return False
    for ends, capacity in zip((chosen.rows, chosen.columns), problem.capacities, strict=True):
        if (np.bincount(ends, minlength=len(capacity)) > capacity).any():
            return False
    sums = [(quota, quota_sums(quota, chosen.rows, chosen.columns)) for quota in quotas]
    return all(bool(((quota.lower <= found) & (found <= quota.upper)).all()) for quota, found in sums)


def some_choice_exists(problem: Problem, quotas: list[Quota]) -> bool:
    """Try every set of pairs up to the sum of capacities."""
    shape = problem.shape
    pairs = list(product(range(shape[0]), range(shape[1])))
    table = problem.pairs.at(*np.array(pairs, dtype=np.int64).T)
    possible = [pair for pair, score in zip(pairs, table.tolist(), strict=True) if score != NO_PAIR]
    most = min(int(capacity.sum()) for capacity in problem.capacities)
    for size in range(min(most, len(possible)) + 1):
        for some in combinations(possible, size):
            rows, columns = np.array(some, dtype=np.int64).reshape(-1, 2).T
            if keeps(problem, quotas, Arcs(rows, columns, np.zeros(size, dtype=np.int64))):
                return True
    return False


@pytest.mark.parametrize("seed", range(60))
def test_classes_decide_as_trying_every_choice_does(seed: int) -> None:
    problem, quotas = drawn(seed)
    found = find_feasible_choice(problem, quotas, Tiling(), tuning=BY_CLASSES)
    exists = some_choice_exists(problem, quotas)
    if isinstance(found, InfeasibilityProof):
        assert not exists
    else:
        assert exists
        assert keeps(problem, quotas, found)


def large(size: int = 60) -> tuple[Problem, Different]:
    table = np.full((size, size), 50, dtype=np.int32)
    table[:, 7] = NO_PAIR  # whom nobody may meet
    table[np.arange(size), (np.arange(size) + 1) % size] = NO_PAIR
    one, keys = np.ones(size, dtype=np.int64), np.arange(size, dtype=np.uint64)
    groups = np.arange(size) % 3 // 2, np.arange(size) % 4 // 3
    return Problem(ScoreTable(table), one, one, keys, keys), Different(groups)


def test_classes_answer_without_a_search_among_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong choice of classes would fall back to the search, which is not there."""

    def search(self: object) -> None:
        raise AssertionError

    monkeypatch.setattr(feasibility._FeasibilitySearch, "search_by_prices", search)
    problem, marks = large()
    at_most = SideQuota(0, np.zeros(60, dtype=np.int64), single(-UNBOUNDED), single(10))
    for least, possible in ((10, True), (11, False)):
        count = PairQuota(marks, 1, 0, single(least), single(UNBOUNDED))
        found = find_feasible_choice(problem, [at_most, count], Tiling(), tuning=BY_CLASSES)
        assert isinstance(found, Arcs) == possible
        if isinstance(found, Arcs):
            assert keeps(problem, [at_most, count], found)
    everybody = SideQuota(1, np.arange(60), np.ones(60, dtype=np.int64), np.full(60, UNBOUNDED))
    shown = find_feasible_choice(problem, [everybody], Tiling(), tuning=BY_CLASSES)
    assert isinstance(shown, InfeasibilityProof)
    assert shown.of_quotas is not None
    assert np.flatnonzero(shown.of_quotas.of_sums[0]).tolist() == [7]


def test_nearly_all_pairs_are_chosen_in_spite_of_forbidden_ones() -> None:
    problem, _ = large()
    nearly_all = SideQuota(0, np.zeros(60, dtype=np.int64), single(59), single(UNBOUNDED))
    found = find_feasible_choice(problem, [nearly_all], Tiling(), tuning=BY_CLASSES)
    assert isinstance(found, Arcs)
    assert keeps(problem, [nearly_all], found)
    assert len(found) == 59


@pytest.mark.parametrize("least", [1, 2])
def test_everybody_gets_partners_without_a_search_among_people(
    least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each person is a class, no programme of equally good pairs is asked."""

    def search(self: object) -> None:
        raise AssertionError

    monkeypatch.setattr(feasibility._FeasibilitySearch, "search_by_prices", search)
    size = people_alike.MOST_BLOCKS + 20
    monkeypatch.setattr(people_alike, "MOST_PAIRS", size)
    table = np.zeros((size, size), dtype=np.int32)
    table[np.arange(size), np.arange(size)] = NO_PAIR
    capacity, keys = np.full(size, least), np.arange(size, dtype=np.uint64)
    problem = Problem(ScoreTable(table), capacity, capacity + 1, keys, keys)
    everybody = SideQuota(1, np.arange(size), np.full(size, least), np.full(size, UNBOUNDED))
    found = find_feasible_choice(problem, [everybody], Tiling(), tuning=BY_CLASSES)
    assert isinstance(found, Arcs)
    assert keeps(problem, [everybody], found)


def test_whoever_has_partners_in_one_class_alone_waits_for_it() -> None:
    """The first row may meet nobody of the larger class; another row takes its place there."""
    size = 400
    table = np.zeros((size, size), dtype=np.int32)
    table[0, np.arange(size) % 8 > 0] = NO_PAIR
    one, keys = np.ones(size, dtype=np.int64), np.arange(size, dtype=np.uint64)
    problem = Problem(ScoreTable(table), one, one, keys, keys)
    group = (np.arange(size) % 8 > 0).astype(np.int64)
    both = SideQuota(1, group, np.bincount(group), np.full(2, UNBOUNDED))
    room = one, one
    alike = people_alike.PeopleAlike.under(problem, [both], room, people_alike.ClassesByMarks())
    assert alike is not None
    chosen = alike.choice(10.0)
    assert chosen is not None
    assert keeps(problem, [both], chosen)


def test_false_prices_of_classes_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices are guesses: if they are wrong, a choice is found all the same."""
    problem, marks = large()
    count = PairQuota(marks, 1, 0, single(5), single(UNBOUNDED))

    def lie(alike: feasibility.PeopleAlike, *_: object) -> object:
        people = feasibility.DualValues(np.zeros(60, dtype=np.int64), np.zeros(60, dtype=np.int64), 0)
        return people, QuotaDualValues((single(-1_000_000),))

    monkeypatch.setattr(feasibility.PeopleAlike, "impossible_prices", lie)
    found = find_feasible_choice(problem, [count], Tiling(), tuning=BY_CLASSES)
    assert isinstance(found, Arcs)
    assert keeps(problem, [count], found)
