"""Shortages against every set of people, counted by Hall's condition in plain loops."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reverse_match.solver.what_if.hall_violators as module
from reverse_match.foundation.errors import SolverError
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.solver.what_if.hall_violators import find_hall_violators
from sources import Matrix


def problem_of(possible: Any, capacities: Any) -> Problem:
    possible = np.array(possible)
    keys = [np.arange(size, dtype=np.uint64) for size in possible.shape]
    places = [np.array(capacity, dtype=np.int64) for capacity in capacities]
    return Problem(Matrix(np.where(possible, 5, NO_PAIR)), places[0], places[1], *keys)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    possible = [[draw(st.sampled_from([True, True, False])) for _ in range(columns)] for _ in range(rows)]
    capacities = [[draw(st.sampled_from([1, 1, 2, 0])) for _ in range(size)] for size in (rows, columns)]
    return problem_of(possible, capacities)


def possible_seen_from(problem: Problem, side: int) -> Any:
    """Return wanted places, places, and who may be with whom, for people of one side."""
    rows, columns = (capacity > 0 for capacity in problem.capacities)
    marks = (problem.pairs.scores != NO_PAIR) & rows[:, None] & columns[None, :]  # type: ignore[attr-defined]
    return problem.capacities[side], problem.capacities[1 - side], marks if side == 0 else marks.T


def places_for(people: Any, places: Any, marks: Any) -> int:
    """Count the places that partners have for some people, each partner once for each of them."""
    return sum(min(int(places[j]), sum(bool(marks[i, j]) for i in people)) for j in range(len(places)))


@pytest.mark.parametrize("at_once", [1, 2**20])
@given(problem=problems())
def test_hall(at_once: int, problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CELLS_AT_ONCE", at_once)
        patch.setattr(module, "CELLS_AT_FIRST", min(at_once, module.CELLS_AT_FIRST))
        pricing(problem)


def pricing(problem: Problem) -> None:
    chosen = solve(problem, Tiling()).chosen
    for side, ends in ((0, chosen.rows), (1, chosen.columns)):
        wanted, places, marks = possible_seen_from(problem, side)
        left = np.array([i for i in range(len(wanted)) if wanted[i] and i not in ends], dtype=np.int64)
        found = find_hall_violators(problem, chosen, side, left)
        members = [set(entry.people.tolist()) for entry in found]
        assert all(one.isdisjoint(other) for one, other in combinations(members, 2))
        with_partners = {i for i in left.tolist() if marks[i].any()}
        assert with_partners == set(left.tolist()).intersection(*[set().union(*members)])
        for entry, people in zip(found, members, strict=True):
            assert entry.partners.tolist() == [j for j in range(len(places)) if marks[list(people), j].any()]
            assert entry.wanted == sum(int(wanted[i]) for i in people)
            assert entry.places == places_for(people, places, marks)
            assert entry.places < entry.wanted
            assert people & with_partners
        for one, other in combinations(found, 2):
            assert not set(one.partners.tolist()) & set(other.partners.tolist())


@given(problems())
def test_nobody_could_be_left_away(problem: Problem) -> None:
    """Whoever is in a shortage can be reached by exchanges: without somebody it loses its reason.

    Checked in another way: for each of the people, a best choice exists that leaves a place of theirs unused.
    """
    chosen = solve(problem, Tiling()).chosen
    for side, ends in ((0, chosen.rows), (1, chosen.columns)):
        capacity = problem.capacities[side]
        left = np.setdiff1d(np.flatnonzero(capacity), ends)
        for entry in find_hall_violators(problem, chosen, side, left):
            for person in entry.people.tolist():
                fewer = [part.copy() for part in problem.capacities]
                fewer[side][person] -= 1
                marks = problem.pairs.scores != NO_PAIR  # type: ignore[attr-defined]
                assert len(solve(problem_of(marks, fewer), Tiling()).chosen) == len(chosen)


def test_two_shortages_are_told_apart() -> None:
    possible = [
        [True, False, False],
        [True, False, False],
        [False, True, True],
        [False, True, False],
        [False, True, False],
    ]
    problem = problem_of(possible, [[1] * 5, [1] * 3])
    chosen = solve(problem, Tiling()).chosen
    left = np.setdiff1d(np.arange(5), chosen.rows)
    found = find_hall_violators(problem, chosen, 0, left)
    assert [entry.people.tolist() for entry in found] == [[0, 1], [3, 4]]
    assert [(entry.wanted, entry.places) for entry in found] == [(2, 1), (2, 1)]


def test_where_more_pairs_are_possible_nothing_is_claimed() -> None:
    problem = problem_of([[True]], [[1], [1]])
    nothing = Arcs(*(np.empty(0, np.int64) for _ in range(3)))
    with pytest.raises(SolverError, match="there can be more pairs"):
        find_hall_violators(problem, nothing, 0, np.array([0]))


def test_who_may_be_with_nobody_is_not_asked_about_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    many = 300
    problem = problem_of(np.zeros((many, many), dtype=bool), np.ones((2, many)))
    looks = []
    possible = module._SideTable.possible

    def counted(table: Any, people: Any, partners: Any) -> Any:
        looks.append(len(people))
        return possible(table, people, partners)

    monkeypatch.setattr(module._SideTable, "possible", counted)
    nobody = np.empty(0, np.int64)
    chosen = Arcs(nobody, nobody, nobody)
    assert find_hall_violators(problem, chosen, 0, np.arange(many)) == []
    assert len(looks) < many / 4
