r"""Even tie-breaking: of equal optima, one in which the most people have a pair, and of these the most even.

All best choices have one set of dual values in common (:mod:`.tie_breaking`): they take no pair worth
less than its prices, keep every pair worth more, and use up everybody with a price above 0. What is left
open is a choice of so many pairs among those worth just their prices. Let somebody gain by their first
pair, and nothing by further ones: then the most people have a pair where the sum of all gains is highest.
Let each further pair of somebody gain less than the one before: then the sum of the squares of
everybody's number of pairs is lowest where the sum of gains is highest. Gains that fall from pair to pair
make a convex cost flow, which is a min-cost flow with an arc for each unit of capacity that somebody may
keep unused (Ahuja, Magnanti & Orlin 1993, chapter 14).

Each time, dual values say which pairs and which units the best choices have, and which they have not.
What they leave open is a smaller question of the same form. So one aim follows the other, and the draw by
tickets follows both, exactly, with no large numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.solver.assignment.dual_values import resting_prices
from reverse_match.solver.assignment.network_flow import Resting, best_rested_pairs
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues, RestingDualValues
    from reverse_match.solver.pairs.source import PairSource
    from reverse_match.solver.pairs.tiles import Tiling

    Side: TypeAlias = tuple[IntArray, IntArray]
    Gain: TypeAlias = Callable[[IntArray, IntArray], IntArray]


@dataclass(frozen=True)
class OpenTies:
    """What is the same in all best choices, and what they leave open.

    Attributes
    ----------
    tight : PairSource
        The pairs that are left to choose among; what each counts does not matter.
    certain : Arcs
        Pairs that every best choice has.
    capacities : pair of int64 arrays
        What they leave of rows and columns.
    may_rest : pair of int64 arrays
        How much of it each row and each column may keep unused.
    count : int
        How many pairs are chosen.
    loads : pair of int64 arrays
        How many pairs rows and columns have already.
    """

    tight: PairSource
    certain: Arcs
    capacities: Side
    may_rest: Side
    count: int
    loads: Side


@dataclass(frozen=True)
class TieBreaker:
    """Decides between choices that leave pairs open, by pricing all of these.

    Attributes
    ----------
    problem : Problem
        Gives keys.
    tiling : Tiling
        How the pairs may be cut up; the result does not depend on it.
    most : int
        How many pairs are brought back when all are priced.
    """

    problem: Problem
    tiling: Tiling
    most: int

    def narrow_to_even(self, question: OpenTies, first: Arcs) -> tuple[OpenTies, Arcs]:
        """Keep only the choices in which the most people have a pair, and of these the most even ones.

        Parameters
        ----------
        question : OpenTies
            What is open.
        first : Arcs
            Pairs that are open, among which there is some choice.

        Returns
        -------
        question : OpenTies
            What is open still.
        first : Arcs
            Pairs among which there is such a choice.
        """
        for gain in (_of_the_first, _of_evenness):
            if not question.count:
                break
            question, first = self._narrow(question, first, gain)
        return question, first

    def heaviest(
        self, question: OpenTies, first: Arcs, weights: Callable[[IntArray, IntArray], IntArray]
    ) -> Arcs:
        """Return what the choice with the highest sum of weights has beside certain pairs, with weights."""
        resting = _steps(question, lambda numbers, _: np.zeros_like(numbers))
        arcs, picked, _ = self._best(question, _WeighedPairs(question.tight, weights), resting, first)
        return arcs.where(picked)

    def _narrow(self, question: OpenTies, first: Arcs, gain: Gain) -> tuple[OpenTies, Arcs]:
        resting = _steps(question, gain)
        arcs, picked, prices = self._best(question, _WeighedPairs(question.tight, _nothing), resting, first)
        chosen = arcs.where(picked)
        people = prices.of_people
        reduced_profits = people.reduced_profits(chosen)
        certain, open_pairs = chosen.where(reduced_profits > 0), chosen.where(reduced_profits == 0)
        capacities, may_rest, loads = [], [], []
        ends = (certain.rows, certain.columns)
        for side, (capacity, load) in enumerate(zip(question.capacities, question.loads, strict=True)):
            steps, gains = resting[side], prices.gains(side, resting[side])
            rests, may = (_units(steps, mask, len(capacity)) for mask in (gains > 0, gains == 0))
            taken = np.bincount(ends[side], minlength=len(capacity))
            capacities.append(capacity - rests - taken)
            may_rest.append(may)
            loads.append(load + taken)
        now = OpenTies(
            _TightSubset(question.tight, people),
            Arcs.union([question.certain, certain]),
            (capacities[0], capacities[1]),
            (may_rest[0], may_rest[1]),
            question.count - len(certain),
            (loads[0], loads[1]),
        )
        return now, open_pairs

    def _best(
        self, question: OpenTies, pairs: PairSource, resting: tuple[Resting, Resting], first: Arcs
    ) -> tuple[Arcs, BoolArray, RestingDualValues]:
        """Return candidates, which of them are the best choice, and prices that prove it over all pairs."""
        asked = Problem(pairs, *question.capacities, *self.problem.keys)
        arcs, most = replace(first, scores=pairs.at(first.rows, first.columns)), self.most
        while True:
            picked = best_rested_pairs(arcs, question.capacities, resting, question.count)
            prices = resting_prices(arcs, picked, question.capacities, resting)
            people = prices.of_people
            pricing = price_all_pairs(asked, people, asked.everybody, self.tiling, most)
            if pricing.dual_infeasibility == int(
                np.maximum(people.reduced_profits(arcs.where(picked)), 0).sum()
            ):
                return arcs, picked, prices
            new = pricing.found.where(
                (people.reduced_profits(pricing.found) > 0) & ~pricing.found.among(arcs)
            )
            most = most if len(new) else 2 * most
            arcs = Arcs.union([arcs, new])


def _of_the_first(numbers: IntArray, most: IntArray) -> IntArray:  # noqa: ARG001 - the other gain needs it
    return np.asarray(numbers == 1, dtype=np.int64)


def _of_evenness(numbers: IntArray, most: IntArray) -> IntArray:
    return most - numbers


def _nothing(rows: IntArray, columns: IntArray) -> IntArray:  # noqa: ARG001 - all pairs weigh the same
    return np.zeros(len(rows), dtype=np.int64)


def _units(steps: Resting, mask: BoolArray, number: int) -> IntArray:
    """Return how many units of each person some steps have."""
    found = np.zeros(number, dtype=np.int64)
    np.add.at(found, steps.people[mask], steps.limits[mask])
    return found


def _steps(question: OpenTies, gain: Gain) -> tuple[Resting, Resting]:
    """Return what rows and columns may keep unused, a unit a step: it costs the gain of one pair more."""
    found = []
    for capacity, may_rest, load in zip(question.capacities, question.may_rest, question.loads, strict=True):
        people = np.repeat(np.arange(len(capacity)), may_rest)
        # The number of a step among those of its person: 0, 1, and so on.
        step = np.arange(len(people)) - np.repeat(np.cumsum(may_rest) - may_rest, may_rest)
        numbers = (load + capacity)[people] - step
        most = np.full(len(numbers), numbers.max(initial=0))
        found.append(Resting(people, np.ones(len(people), dtype=np.int64), gain(numbers, most)))
    return found[0], found[1]


@dataclass(frozen=True)
class _TightSubset(DerivedPairs):
    """A source of those pairs, of some that weigh nothing, that are worth just their prices."""

    prices: DualValues

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        apart = self.prices.rows[rows, None] + self.prices.columns[columns] != 0
        return np.where(apart, np.int32(NO_PAIR), scores)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        apart = self.prices.rows[rows] + self.prices.columns[columns] != 0
        return np.where(apart, NO_PAIR, self.pairs.at(rows, columns))

    def part(self, rows: IntArray, columns: IntArray) -> _TightSubset:
        return _TightSubset(self.pairs.part(rows, columns), self.prices.part(rows, columns))


@dataclass(frozen=True)
class _WeighedPairs(DerivedPairs):
    """The same pairs with other weights."""

    weights: Callable[[IntArray, IntArray], IntArray]

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        row, column = np.nonzero(scores != NO_PAIR)
        tile = np.full(scores.shape, NO_PAIR, dtype=np.int32)
        tile[row, column] = self.weights(row + rows.start, column + columns.start)
        return tile

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        return np.where(self.pairs.at(rows, columns) == NO_PAIR, NO_PAIR, self.weights(rows, columns))

    def part(self, rows: IntArray, columns: IntArray) -> _WeighedPairs:
        return _WeighedPairs(
            self.pairs.part(rows, columns), lambda one, other: self.weights(rows[one], columns[other])
        )
