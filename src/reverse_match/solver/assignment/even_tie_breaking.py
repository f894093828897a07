r"""Even tie-breaking: of equal optima, one in which the most people have a pair, and of these the most even.

All best choices have one set of dual values in common (:mod:`.tie_breaking`): they have no pair worth less
than its prices, have every pair worth more, and use up the capacity of everybody with a price above 0. They
differ only in a given number of pairs among the *tight* pairs, whose worth equals their prices.

Two gains of people decide between them. If a person gains by the first pair, and nothing by further ones, the
most people have a pair where the sum of gains is highest. If a person gains less by each further pair, the
sum of squares of the numbers of pairs is lowest where the sum of gains is highest. Decreasing gains make a
convex cost flow, which is a min-cost flow with an arc for each unit of capacity that may stay unused (Ahuja,
Magnanti and Orlin 1993, chapter 14).

After each step, dual values show the pairs and the units that all best choices have, and those that none has.
The rest is a smaller question of the same form. So one aim follows the other, and the draw by tickets follows
both, exactly and without large numbers.
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
    """The common part of all best choices, and the question that they leave open.

    Attributes
    ----------
    tight : PairSource
        Source of the tight pairs that are left to choose among; their scores are their weights.
    certain : Arcs
        Pairs that every best choice has.
    capacities : pair of int64 arrays
        Capacities of rows and columns that these pairs leave.
    may_rest : pair of int64 arrays
        Number of units of these capacities that each row and each column may keep unused.
    count : int
        Number of pairs to choose.
    loads : pair of int64 arrays
        Number of pairs that rows and columns have already.
    """

    tight: PairSource
    certain: Arcs
    capacities: Side
    may_rest: Side
    count: int
    loads: Side


@dataclass(frozen=True)
class TieBreaker:
    """Decides between choices that leave pairs open, by pricing all of these pairs.

    Attributes
    ----------
    problem : Problem
        Problem with the keys.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
    most : int
        Largest number of pairs that a pricing of all pairs returns.
    """

    problem: Problem
    tiling: Tiling
    most: int

    def narrow_to_even(self, question: OpenTies, first: Arcs) -> tuple[OpenTies, Arcs]:
        """Keep only the choices in which the most people have a pair, and of these the most even ones.

        Parameters
        ----------
        question : OpenTies
            The open question.
        first : Arcs
            Some tight pairs, among which a choice exists.

        Returns
        -------
        question : OpenTies
            The question that is still open.
        first : Arcs
            Some pairs among which such a choice exists.
        """
        for gain in (_of_the_first, _of_evenness):
            if not question.count:
                break
            question, first = self._narrow(question, first, gain)
        return question, first

    def heaviest(self, question: OpenTies, first: Arcs) -> Arcs:
        """Return the choice with the highest sum of weights, without certain pairs; scores are weights."""
        resting = _steps(question, lambda numbers, _: np.zeros_like(numbers))
        arcs, picked, _ = self._best(question, question.tight, resting, first)
        return arcs.where(picked)

    def _narrow(self, question: OpenTies, first: Arcs, gain: Gain) -> tuple[OpenTies, Arcs]:
        resting = _steps(question, gain)
        arcs, picked, prices = self._best(question, _Unweighed(question.tight), resting, first)
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
        """Return candidates, marks of the best choice among them, and prices that prove it over all pairs."""
        asked = Problem(pairs, *question.capacities, *self.problem.keys)
        arcs, most = replace(first, scores=pairs.at(first.rows, first.columns)), self.most
        prices: RestingDualValues | None = None
        while True:
            picked = best_rested_pairs(arcs, question.capacities, resting, question.count)
            prices = resting_prices(arcs, picked, question.capacities, resting, guess=prices)
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


def _units(steps: Resting, mask: BoolArray, number: int) -> IntArray:
    """Return the number of units of each person in the marked steps."""
    found = np.zeros(number, dtype=np.int64)
    np.add.at(found, steps.people[mask], steps.limits[mask])
    return found


def _steps(question: OpenTies, gain: Gain) -> tuple[Resting, Resting]:
    """Return the units of rows and columns that may stay unused, a step each, costing a lost gain."""
    found = []
    for capacity, may_rest, load in zip(question.capacities, question.may_rest, question.loads, strict=True):
        people = np.repeat(np.arange(len(capacity)), may_rest)
        # The number of a step among those of the same person: 0, 1, and so on.
        step = np.arange(len(people)) - np.repeat(np.cumsum(may_rest) - may_rest, may_rest)
        numbers = (load + capacity)[people] - step
        most = np.full(len(numbers), numbers.max(initial=0))
        found.append(Resting(people, np.ones(len(people), dtype=np.int64), gain(numbers, most)))
    return found[0], found[1]


@dataclass(frozen=True)
class _TightSubset(DerivedPairs):
    """The pairs of a source without weights that are tight at some prices."""

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
class _Unweighed(DerivedPairs):
    """The pairs of a source, all of which weigh nothing."""

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:  # noqa: ARG002
        return np.where(scores == NO_PAIR, np.int32(NO_PAIR), np.int32(0))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        return np.where(self.pairs.at(rows, columns) == NO_PAIR, np.int64(NO_PAIR), np.int64(0))

    def part(self, rows: IntArray, columns: IntArray) -> _Unweighed:
        return _Unweighed(self.pairs.part(rows, columns))
