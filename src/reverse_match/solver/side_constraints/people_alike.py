"""Feasibility by classes of people who are alike, for problems in which single people are too many.

Whether quotas can be kept seldom depends on who somebody is, and nearly always on what they are: their
department, their gender. So people whose pairs count alike in every quota are put into one class, whose
capacity is the sum of theirs. The programme over pairs of classes has a few hundred variables instead of
hundreds of thousands of equally good ones, which take HiGHS minutes.

Classes are guessed from a sample of pairs, and rules that concern single people are ignored, so nothing is
believed. Prices of classes become prices of their people, and whoever uses them computes the bound that they
prove over all pairs. Numbers of pairs between classes become a choice of pairs, which is checked against
rules, capacities and quotas. Where either fails, the search among single people decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import GroupQuota, PairQuota, SideQuota
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.highs import WholeProgramme, solve_whole
from reverse_match.solver.side_constraints.restricted_master import (
    MISSED,
    POINT,
    RestrictedProblem,
    solve_restricted_master,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import PairMarks, Quota
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues

    Sides = tuple[IntArray, IntArray]

SAMPLED = 64
"""Number of people of the other side from whose pairs the class of somebody is guessed."""

MOST_MARKED = 200
"""Largest number of classes of a side by the marks of one quota; with more, marks are of single people."""

MOST_PAIRS = 12_000
"""Largest number of pairs of classes."""

MOST_REPAIRED = 1_000
"""Largest number of forbidden pairs in a choice that are exchanged for others."""

TRIED = 256
"""Number of exchanges that are tried for each of them."""

MOST_BLOCKS = 500
"""Largest number of pairs of classes between which pairs of people are chosen."""

MOST_NODES = 200
"""Limit of HiGHS's search for whole numbers of pairs between classes."""


@dataclass(frozen=True)
class PeopleAlike:
    """Rows and columns in classes, and the programme over pairs of classes.

    Attributes
    ----------
    problem : Problem
        The problem, in which every possible pair is worth nothing.
    quotas : sequence of Quota
        The quotas to keep.
    room : pair of int64 arrays
        The largest number of pairs of each row and of each column.
    of : pair of int64 arrays
        Class of each row and of each column.
    first : pair of int64 arrays
        The first row, and the first column, of each class, in ascending order.
    """

    problem: Problem
    quotas: Sequence[Quota]
    room: Sides
    of: Sides
    first: Sides

    @classmethod
    def under(
        cls, problem: Problem, quotas: Sequence[Quota], room: Sides, seen: ClassesByMarks
    ) -> PeopleAlike | None:
        """Return the classes under some quotas; ``None`` if they are too many."""
        keys: tuple[list[IntArray], list[IntArray]] = [], []
        for quota in quotas:
            if isinstance(quota, SideQuota):
                keys[quota.side].append(quota.group)
            if isinstance(quota, GroupQuota):
                for side in (0, 1):
                    keys[side].append(quota.groups[side])
            marks = quota.marks if isinstance(quota, PairQuota | GroupQuota) else None
            if marks is not None:
                alike = seen.of(marks, problem.shape)
                if alike is None:
                    return None
                for side in (0, 1):
                    keys[side].append(alike[side])
        (rows, first_rows), (columns, first_columns) = (
            _classes(key, size) for key, size in zip(keys, problem.shape, strict=True)
        )
        if not 0 < len(first_rows) * len(first_columns) <= MOST_PAIRS:
            return None
        return cls(problem, quotas, room, (rows, columns), (first_rows, first_columns))

    def impossible_prices(self, penalty: float, seconds: float) -> tuple[DualValues, QuotaDualValues] | None:
        """Return prices that may prove that no choice keeps the quotas; ``None`` if classes could keep them.

        Whoever has fewer partners than capacity is limited by the partners, and has no price.
        """
        master = solve_restricted_master(self.between_classes, penalty, POINT, seconds)
        if master is None or master.missed <= MISSED:
            return None
        free = [room < capacity for room, capacity in zip(self.room, self.problem.capacities, strict=True)]
        rows, columns = (
            np.where(limited, 0, price[of])
            for limited, price, of in zip(
                free, (master.people.rows, master.people.columns), self.of, strict=True
            )
        )
        return DualValues(rows, columns, 0), master.prices

    def choice(self, seconds: float) -> Arcs | None:
        """Return a choice with as few pairs as the quotas allow; ``None`` if none is found."""
        numbers = self.numbers(seconds)
        if numbers is None or np.count_nonzero(numbers) > MOST_BLOCKS:
            return None
        return _ChoiceByClasses(self).with_numbers(numbers)

    @cached_property
    def between_classes(self) -> RestrictedProblem:
        """The programme over the pairs of classes that have a possible pair, as far as a sample shows."""
        rows, columns = (size.ravel() for size in np.indices((len(self.first[0]), len(self.first[1]))))
        possible = self._possible(rows, columns)
        rows, columns = rows[possible], columns[possible]
        capacities = tuple(
            np.bincount(of, weights=room, minlength=len(first)).astype(np.int64)
            for of, room, first in zip(self.of, self.room, self.first, strict=True)
        )
        members = [np.bincount(of) for of in self.of]
        return RestrictedProblem(
            Arcs(rows, columns, np.zeros(len(rows), dtype=np.int64)),
            (capacities[0], capacities[1]),
            [quota.part(*self.first) for quota in self.quotas],
            None,
            most=members[0][rows] * members[1][columns],
        )

    def _possible(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Say whether rules allow one of some pairs of each two classes."""
        found = np.zeros(len(rows), dtype=bool)
        members = [_members(of) for of in self.of]
        for turn in range(SAMPLED):
            left = np.flatnonzero(~found)
            if not len(left):
                break
            here = _member(members[0], rows[left], turn)
            there = _member(members[1], columns[left], 7 * turn)
            found[left] = self.problem.pairs.at(here, there) != NO_PAIR
        return found

    def numbers(self, seconds: float) -> IntArray | None:
        """Return whole numbers of pairs between classes that keep the quotas, as few as possible."""
        from scipy.sparse import csr_array, vstack

        classes = self.between_classes
        capacity = np.concatenate(classes.capacities).astype(float)
        most = classes.largest_numbers
        programme = WholeProgramme(
            np.ones(len(classes.arcs)),
            csr_array(vstack([classes.people, classes.sums.matrix])),
            np.concatenate([np.full(len(capacity), -np.inf), classes.sums.lower]),
            np.concatenate([capacity, classes.sums.upper]),
            np.zeros(len(classes.arcs)),
            most,
        )
        found = solve_whole(programme, MOST_NODES, seconds) if len(classes.arcs) else None
        return None if found is None else np.rint(found).astype(np.int64)


class _ChoiceByClasses:
    """Makes a choice of pairs of people from numbers of pairs between their classes."""

    def __init__(self, alike: PeopleAlike) -> None:
        self._alike, self._pairs = alike, alike.problem.pairs
        self._left = [room.copy() for room in alike.room]

    def with_numbers(self, numbers: IntArray) -> Arcs | None:
        """Return the choice; ``None`` if some pairs are forbidden, and no exchange helps."""
        arcs = self._alike.between_classes.arcs
        parts = []
        for place in np.flatnonzero(numbers).tolist():
            part = self._between(int(arcs.rows[place]), int(arcs.columns[place]), int(numbers[place]))
            if part is None:
                return None
            for left, ends in zip(self._left, part, strict=True):
                np.subtract.at(left, ends, 1)
            parts.append(Arcs(*part, np.zeros(len(part[0]), dtype=np.int64)))
        return Arcs.union(parts)

    def _between(self, row_class: int, column_class: int, count: int) -> Sides | None:
        """Return some pairs of two classes; ``None`` if there are not enough."""
        rows = self._places(0, row_class, count + TRIED)
        columns = self._places(1, column_class, count + TRIED)
        if min(len(rows), len(columns)) < count:
            return None
        taken, spare = rows[:count], rows[count:]
        bad = self._wrong(taken, columns[:count])
        if len(bad) > MOST_REPAIRED:
            return None
        # Somebody with few possible partners may have none here, and has to wait for another class.
        if not all(
            self._exchange(taken, columns, place) or self._exchange_row(taken, spare, columns, place)
            for place in bad
        ):
            return None
        return None if len(self._wrong(taken, columns[:count])) else (taken, columns[:count])

    def _places(self, side: int, one: int, most: int) -> IntArray:
        """Return people of a class, each as often as capacity is left, in turns."""
        members = np.flatnonzero(self._alike.of[side] == one)
        turns: list[IntArray] = []
        room, taken = self._left[side][members], 0
        while taken < most and (room > len(turns)).any():
            turns.append(members[room > len(turns)])
            taken += len(turns[-1])
        # Each turn begins elsewhere, so that two people do not meet twice.
        return np.concatenate([np.zeros(0, np.int64), *(np.roll(turn, n) for n, turn in enumerate(turns))])

    def _wrong(self, rows: IntArray, columns: IntArray) -> list[int]:
        """Return the places of pairs that are forbidden, or the same as one before."""
        wrong = self._pairs.at(rows, columns) == NO_PAIR
        _, first = np.unique(rows * self._alike.problem.shape[1] + columns, return_index=True)
        again = np.ones(len(rows), dtype=bool)
        again[first] = False
        return np.flatnonzero(wrong | again).tolist()

    def _exchange(self, rows: IntArray, columns: IntArray, place: int) -> bool:
        """Exchange the column of a pair for that of another pair, or for one that is in none."""
        count = len(rows)
        others = (place + 1 + np.arange(min(TRIED, len(columns) - 1))) % len(columns)
        if len(columns) > count:  # first those that are in no pair
            others = np.unique(np.append(others, np.arange(count, len(columns))))[::-1]
            others = others[others != place]
        mine = np.full(len(others), rows[place])
        good = self._pairs.at(mine, columns[others]) != NO_PAIR
        paired = others < count
        theirs = rows[others[paired]]
        good[paired] &= self._pairs.at(theirs, np.full(len(theirs), columns[place])) != NO_PAIR
        met = columns[:count][rows == rows[place]]
        good &= ~np.isin(columns[others], met)
        if not good.any():
            return False
        other = int(others[np.flatnonzero(good)[0]])
        columns[[place, other]] = columns[[other, place]]
        return True

    def _exchange_row(self, rows: IntArray, spare: IntArray, columns: IntArray, place: int) -> bool:
        """Exchange the row of a pair for one that is in none."""
        good = self._pairs.at(spare, np.full(len(spare), columns[place])) != NO_PAIR
        good &= ~np.isin(spare, rows[columns[: len(rows)] == columns[place]])
        if not good.any():
            return False
        other = int(np.flatnonzero(good)[0])
        rows[place], spare[other] = spare[other], rows[place]
        return True


def _members(of: IntArray) -> tuple[IntArray, IntArray]:
    """Return people sorted by class, and where each class begins."""
    order = np.argsort(of, kind="stable")
    return order, np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(of))])


def _member(members: tuple[IntArray, IntArray], classes: IntArray, turn: int) -> IntArray:
    """Return one member of each class, another one in each turn."""
    order, begins = members
    sizes = begins[classes + 1] - begins[classes]
    member: IntArray = order[begins[classes] + turn % sizes]
    return member


def _classes(keys: Sequence[IntArray], size: int) -> Sides:
    """Return the class of each person, equal where all keys are, and the first person of each class."""
    table = np.stack([np.zeros(size, dtype=np.int64), *keys], axis=1)
    _, first, of = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[of.reshape(-1)], first[order]


class ClassesByMarks:
    """Classes of rows and of columns whose pairs are marked alike, kept for the next question."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[PairMarks, Sides | None]] = {}

    def of(self, marks: PairMarks, shape: tuple[int, int]) -> Sides | None:
        """Return the classes by some marks; ``None`` if they are too many."""
        if id(marks) not in self._known:
            self._known[id(marks)] = marks, _alike_by_marks(marks, shape)
        return self._known[id(marks)][1]


def _alike_by_marks(marks: PairMarks, shape: tuple[int, int]) -> Sides | None:
    """Return classes of rows and of columns whose pairs are marked alike; ``None`` if they are too many."""
    first: tuple[IntArray, IntArray] = (_spread(shape[0]), _spread(shape[1]))
    of = first
    for _ in range(2):  # first beside a sample, then beside one of each class
        of_rows, first_rows = _classes(list(_patterns(marks, shape[0], first[1], 0)), shape[0])
        of_columns, first_columns = _classes(list(_patterns(marks, shape[1], first[0], 1)), shape[1])
        if max(len(first_rows), len(first_columns)) > MOST_MARKED:
            return None
        of, first = (of_rows, of_columns), (first_rows, first_columns)
    return of


def _spread(size: int) -> IntArray:
    return np.unique(np.linspace(0, size - 1, min(size, SAMPLED)).astype(np.int64))


def _patterns(marks: PairMarks, size: int, others: IntArray, side: int) -> Iterator[IntArray]:
    """Yield for each of some people of the other side how everybody of a side is marked with them."""
    everybody = np.arange(size)
    for other in others.tolist():
        one = np.full(size, other)
        pair = (everybody, one) if side == 0 else (one, everybody)
        yield marks.among(*pair).astype(np.int64)
