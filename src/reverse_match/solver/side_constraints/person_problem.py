"""Choices of pairs that are judged by what people have of them, and bounds on all such choices by prices.

A case has the choices in which numbers of pairs of people lie in narrower ranges, some pairs are left out,
and some are in. For prices of rows, columns, people's sums, quotas and of a pair, the bound of
:mod:`.person_terms` holds for every choice of the case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.pairs.quotas import UNBOUNDED
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.person_terms import NEVER, PersonTerms, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.people import PeopleDemand
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

    Two = tuple[IntArray, IntArray]

LARGEST_PRICE = 2**54
"""Largest price, in parts: larger ones could overflow 64 bits."""


@dataclass(frozen=True)
class PersonPrices:
    """Prices of a case, in parts of a unit.

    Attributes
    ----------
    sides : pair of int64 arrays
        Price of each row and of each column for each of its pairs.
    people : int64 array
        Price of a point of the sum of each counted person, 0 or more.
    quotas : tuple of int64 arrays
        Price of each sum of each quota.
    pair : int
        Amount that every pair gets, since their number is given.
    made_up : tuple of (int, int, int, int)
        A person, row and column of a pair of that person that needs others to make up for it, and a price of
        0 or more for each point (:meth:`PeopleProblem.makes_up`).
    """

    sides: Two
    people: IntArray
    quotas: tuple[IntArray, ...]
    pair: int
    made_up: tuple[tuple[int, int, int, int], ...] = ()


class Branch(NamedTuple):
    """A split of a case, by the pairs of a row, of a column, or by one pair: at most ``most``, or more."""

    row: int | None
    column: int | None
    most: int


@dataclass(frozen=True)
class PersonCase:
    """A case: ranges of numbers of pairs, and pairs that are left out or in.

    Attributes
    ----------
    least, most : pair of int64 arrays
        Bounds on the numbers of pairs of rows and of columns.
    active : bool array
        The pairs that can be chosen.
    forced : bool array
        The pairs that are chosen in every choice of the case.
    """

    least: Two
    most: Two
    active: BoolArray
    forced: BoolArray

    def children(self, problem: PeopleProblem, branch: Branch) -> tuple[PersonCase, PersonCase]:
        """Return both cases of a split."""
        if branch.row is not None and branch.column is not None:
            arcs = problem.arcs
            mark = (arcs.rows == branch.row) & (arcs.columns == branch.column)
            return replace(self, active=self.active & ~mark), replace(self, forced=self.forced | mark)
        side = 0 if branch.row is not None else 1
        place = branch.row if side == 0 else branch.column
        most, least = [one.copy() for one in self.most], [one.copy() for one in self.least]
        most[side][place] = min(branch.most, int(most[side][place]))
        least[side][place] = max(branch.most + 1, int(least[side][place]))
        return replace(self, most=(most[0], most[1])), replace(self, least=(least[0], least[1]))


@dataclass(frozen=True)
class PeopleProblem:
    """The pairs, what is asked of people, and the worth that no choice is to reach.

    Attributes
    ----------
    arcs : Arcs
        All possible pairs; their scores are worths in parts of a unit, without the terms of people.
    gives : int64 array
        What each pair counts in the sums of its people, in millionths.
    capacities : pair of int64 arrays
        Capacities of rows and columns.
    terms : PersonTerms
        What people are worth.
    quotas : sequence of Quota
        The quotas to keep.
    count : int
        Number of pairs of a choice.
    aim : int
        The worth, in parts, that no choice reaches: the statement to prove.
    point : int
        Parts of a point of worth.
    """

    arcs: Arcs
    gives: IntArray
    capacities: Two
    terms: PersonTerms
    quotas: Sequence[Quota]
    count: int
    aim: int
    point: int

    @property
    def demand(self) -> PeopleDemand:
        """Whose sums or means count."""
        return self.terms.demand

    @cached_property
    def root(self) -> PersonCase:
        """The case of all choices."""
        none, every = np.zeros(len(self.arcs), dtype=bool), np.ones(len(self.arcs), dtype=bool)
        nothing = tuple(0 * capacity for capacity in self.capacities)
        return PersonCase((nothing[0], nothing[1]), self.capacities, every, none)

    @cached_property
    def ends(self) -> Two:
        """The counted person of the row and of the column of each pair; -1 for one who does not count."""
        return self.demand.rows[self.arcs.rows], self.demand.columns[self.arcs.columns]

    @cached_property
    def place_of(self) -> Two:
        """The row and the column of each counted person; -1 where there is none."""
        found = []
        for people in (self.demand.rows, self.demand.columns):
            place = np.full(len(self.terms.most), -1, dtype=np.int64)
            counted = np.flatnonzero(people >= 0)
            place[people[counted]] = counted
            found.append(place)
        return found[0], found[1]

    @cached_property
    def paid(self) -> list[Two]:
        """The index of the sum in which each pair counts, and its coefficient, for each quota."""
        return [quota.sums(self.arcs.rows, self.arcs.columns) for quota in self.quotas]

    @cached_property
    def _limits(self) -> dict[tuple[int, int, int], int]:
        return {}

    def limit(self, person: int, number: int, price: int) -> int:
        """Return the limit of :meth:`.PersonTerms.limit`, computed once."""
        key = person, number, price
        if key not in self._limits:
            self._limits[key] = self.terms.limit(*key)
        return self._limits[key]

    def ranges(self, case: PersonCase) -> Two:
        """Return the least and the largest number of pairs of each counted person in a case."""
        row, column = self.place_of
        least, most = (
            np.where(row >= 0, of[0][row], 0) + np.where(column >= 0, of[1][column], 0)
            for of in (case.least, case.most)
        )
        return least, np.minimum(most, self.terms.most)

    @cached_property
    def pairs_of(self) -> list[IntArray]:
        """The pairs of each counted person."""
        return [
            np.flatnonzero((self.ends[0] == person) | (self.ends[1] == person))
            for person in range(len(self.terms.most))
        ]

    @cached_property
    def gains(self) -> IntArray:
        """What each pair adds to what its people have beyond the threshold, at most, in millionths."""
        if self.demand.of_mean:
            return np.maximum(self.gives - (self.terms.threshold or 0), 0)
        return self.gives

    def lacks(self, person: int, pairs: IntArray) -> IntArray:
        """Return what other pairs of a person must make up for, with each of some pairs, in millionths."""
        threshold, base = self.terms.threshold or 0, int(self.demand.base_sum[person])
        if self.demand.of_mean:
            base -= threshold * int(self.demand.base_count[person])
        lacks: IntArray = threshold - base - self.gives[pairs]
        return lacks

    @cached_property
    def lacking(self) -> Two:
        """What others must make up for beside each pair, for its row and its column; 0 or less: nothing."""
        found = np.zeros((2, len(self.arcs)), dtype=np.int64)
        for side, ends in enumerate(self.ends):
            for person in np.unique(ends[ends >= 0]).tolist():
                mine = np.flatnonzero(ends == person)
                found[side][mine] = self.lacks(person, mine)
        return found[0], found[1]

    def narrowed(self, case: PersonCase) -> PersonCase:
        """Return a case without the pairs for which no others can make up."""
        if self.terms.threshold is None:
            return case
        active, most = case.active.copy(), self.ranges(case)[1].tolist()
        changed = True
        while changed:
            changed = False
            for person, pairs in enumerate(self.pairs_of):
                mine = pairs[active[pairs]]
                lost = mine[~self._can_be(person, mine, most[person] - 1)]
                changed |= bool(len(lost))
                active[lost] = False
        return replace(case, active=active)

    def _can_be(self, person: int, pairs: IntArray, others: int) -> BoolArray:
        """Say for which pairs of a person so many others of these can make up."""
        lacks, gains = self.lacks(person, pairs), self.gains[pairs]
        others = min(max(others, 0), len(pairs))
        order = np.argsort(-gains, kind="stable")
        highest = np.append(0, np.cumsum(gains[order]))
        among = np.zeros(len(pairs), dtype=bool)
        among[order[:others]] = True
        with_next = highest[min(others + 1, len(pairs))]
        best = np.where(among, with_next - gains, highest[others])
        possible: BoolArray = (lacks <= 0) | (best >= lacks)
        return possible

    def makes_up(self, case: PersonCase, person: int, pair: int) -> tuple[IntArray, IntArray]:
        """Return pairs of a person, and how far each makes up for one that lacks something.

        If the pair is chosen, the others make up for what it lacks, which counts minus. So the sum over all
        chosen pairs of these numbers is 0 or more. A pair that cannot, even with the best others that there
        is room for, counts 0.
        """
        mine = self.pairs_of[person][case.active[self.pairs_of[person]]]
        others = mine[mine != pair]
        lack = int(self.lacks(person, np.array([pair]))[0])
        room = int(self.ranges(case)[1][person]) - 2
        gains = self.gains[others]
        best = int(np.sort(gains)[::-1][: max(room, 0)].sum())
        helps = (gains + best >= lack) & (room >= 0)
        return np.append(others, pair), np.append(np.where(helps, np.minimum(gains, lack), 0), -lack)

    def worths(self, case: PersonCase, prices: PersonPrices) -> IntArray:
        """Return the worth of each pair less its prices, in parts, rounded up."""
        arcs = self.arcs
        of_people = np.append(prices.people, 0)[self.ends[0]] + np.append(prices.people, 0)[self.ends[1]]
        left: IntArray = arcs.scores + prices.pair - scaled(-of_people, self.gives)
        left -= prices.sides[0][arcs.rows] + prices.sides[1][arcs.columns]
        for (index, coefficient), of_sums in zip(self.paid, prices.quotas, strict=True):
            left -= np.append(of_sums, 0)[index] * coefficient
        for person, row, column, price in prices.made_up:
            pair = int(np.flatnonzero((self.arcs.rows == row) & (self.arcs.columns == column))[0])
            pairs, amounts = self.makes_up(case, person, pair)
            left[pairs] -= scaled(np.array([price]), -amounts)
        return left

    def bound(self, case: PersonCase, prices: PersonPrices) -> int:
        """Return the bound that prices prove for a case, in parts."""
        left = self.worths(case, prices)
        value = exact_sum(np.maximum(left[case.active & ~case.forced], 0)) + exact_sum(left[case.forced])
        for quota, paid in zip(self.quotas, prices.quotas, strict=True):
            for at, limit in ((paid > 0, quota.upper), (paid < 0, quota.lower)):
                both = zip(paid[at].tolist(), limit[at].tolist(), strict=True)
                value += sum(one * most for one, most in both)
        return value + self._of_sides(case, prices) + self._of_people(case, prices) - prices.pair * self.count

    def _of_sides(self, case: PersonCase, prices: PersonPrices) -> int:
        """Return the most that rows and columns which do not count pay for their pairs."""
        value = 0
        for people, price, least, most in zip(
            (self.demand.rows, self.demand.columns), prices.sides, case.least, case.most, strict=True
        ):
            if (least > most).any():
                return NEVER
            value += exact_sum((price * np.where(price > 0, most, least))[people < 0])
        return value

    def _of_people(self, case: PersonCase, prices: PersonPrices) -> int:
        """Return the sum of the terms of counted people."""
        limits = self.terms.limits(prices.people)
        row, column = self.place_of
        once = (row < 0) | (column < 0)
        numbers = np.arange(limits.shape[1])[None, :]
        side = np.where(row >= 0, 0, 1)
        price, least, most = (
            np.where(side == 0, of[0][np.maximum(row, 0)], of[1][np.maximum(column, 0)])[:, None]
            for of in (prices.sides, case.least, case.most)
        )
        within = (numbers >= least) & (numbers <= most) & (numbers <= self.terms.most[:, None])
        each = np.where(within & (limits > NEVER), price * numbers + limits, NEVER).max(axis=1, initial=NEVER)
        return exact_sum(each[once]) + sum(
            self._of_both(case, prices, limits[person], int(row[person]), int(column[person]))
            for person in np.flatnonzero(~once).tolist()
        )

    @staticmethod
    def _of_both(case: PersonCase, prices: PersonPrices, limits: IntArray, row: int, column: int) -> int:
        """Return the term of somebody who has a row and a column."""
        here, there = (
            np.arange(int(case.least[side][place]), int(case.most[side][place]) + 1)
            for side, place in ((0, row), (1, column))
        )
        if not len(here) or not len(there):
            return NEVER
        together = prices.sides[0][row] * here[:, None] + prices.sides[1][column] * there
        number = here[:, None] + there
        known = np.where(number < len(limits), limits[np.minimum(number, len(limits) - 1)], NEVER)
        return int(np.where(known > NEVER, together + known, NEVER).max())

    def is_choice(self, chosen: Arcs) -> bool:
        """Say whether some pairs are a choice, in which people reach the threshold if there is one."""
        if len(chosen) != self.count or not chosen.fits(self.capacities) or not holds(self.quotas, chosen):
            return False
        if self.terms.threshold is None:
            return True
        lowest = self.demand.lowest((chosen.rows, chosen.columns), self._scores_of(chosen))
        return lowest is None or lowest >= self.terms.threshold

    def worth_of(self, chosen: Arcs) -> int:
        """Return the worth of a choice in parts, rounded down."""
        sums, counts, _ = self.demand.shares((chosen.rows, chosen.columns), self._scores_of(chosen))
        mine = chosen.among(self.arcs)
        assert mine.all()  # noqa: S101 - a choice of other pairs would be a fault of this module
        return exact_sum(self.arcs.where(self.arcs.among(chosen)).scores) + exact_sum(
            self.terms.utilities(sums, counts)
        )

    def _scores_of(self, chosen: Arcs) -> IntArray:
        return self.scores[self.arcs.among(chosen)]

    @property
    def scores(self) -> IntArray:
        """What pairs count; sums cut at the threshold reach it just as those of the scores do."""
        return self.gives


def exact_sum(numbers: IntArray) -> int:
    """Return the sum of an array, exact beyond 64 bits."""
    if int(np.abs(numbers).max(initial=0)) * max(1, numbers.size) < UNBOUNDED:
        return int(numbers.sum())
    return sum(numbers.tolist())
