"""Decides between equally good choices, so that neither the order of a file nor the solver's version does.

All best choices have one set of prices in common, and by complementary slackness they are exactly the choices
that keep every pair worth *more* than its prices, take no pair worth less, use up everybody with a price
above 0, and choose as many pairs. Among these one is drawn: each pair that is worth just its prices gets a
ticket, a number that looks random and depends only on the seed and the two people, and the choice with the
highest sum of tickets wins. With tickets of 30 bits two choices have equal sums with a probability below
(number of such pairs) / 2^30.

Where the pairs that are just worth their prices are few, the solver is given all of them. Where they are
many (everybody fits everybody), drawing is an assignment problem of its own over all pairs, and is solved
like one: candidates, prices, a look at every pair, until no ticket outside the choice is worth more than
its prices.

Source of that bound: Mulmuley, Vazirani & Vazirani, "Matching is as easy as matrix inversion", 1987 (the
isolation lemma).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.network import best_pairs
from reverse_match.solver.price_check import check_prices
from reverse_match.solver.prices import any_prices
from reverse_match.solver.problem import Arcs, Problem
from reverse_match.solver.tickets import pair_tickets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray, KeyArray
    from reverse_match.pair_source import PairBlock
    from reverse_match.solver.prices import Prices
    from reverse_match.solver.tuning import Tuning
    from reverse_match.tiling import Tiling


@dataclass(frozen=True)
class Draw:
    """What the lottery is about: all pairs worth just their prices, less what is certain.

    Attributes
    ----------
    certain : Arcs
        Pairs that every best choice has.
    capacities : pair of int64 arrays
        What they leave of rows and columns.
    may_rest : pair of bool arrays
        Who need not be in a pair.
    count : int
        How many pairs are drawn.
    """

    certain: Arcs
    capacities: tuple[IntArray, IntArray]
    may_rest: tuple[BoolArray, BoolArray]
    count: int


def lottery_of(chosen: Arcs, prices: Prices, capacities: tuple[IntArray, IntArray]) -> Draw:
    """Return what there is to draw, given one best choice and its prices."""
    certain = chosen.where(prices.excess(chosen) > 0)
    left = (
        capacities[0] - np.bincount(certain.rows, minlength=len(capacities[0])),
        capacities[1] - np.bincount(certain.columns, minlength=len(capacities[1])),
    )
    return Draw(certain, left, (prices.rows == 0, prices.columns == 0), len(chosen) - len(certain))


def draw(chosen: Arcs, tight: Arcs, prices: Prices, problem: Problem) -> Arcs:
    """Return one of the best choices, whichever of them was found first.

    Parameters
    ----------
    chosen : Arcs
        One best choice.
    tight : Arcs
        All pairs worth just their prices.
    prices : Prices
        Its prices.
    problem : Problem
        Gives capacities and keys.
    """
    lottery = lottery_of(chosen, prices, problem.capacities)
    if len(tight) == lottery.count:
        return chosen
    if not problem.most_first:
        lottery = _with_most_pairs(lottery, tight)
    drawn = _forced(tight, lottery) if lottery.count else np.zeros(len(tight), dtype=bool)
    open_arcs = ~drawn
    taken = tight.where(drawn)
    left = (
        lottery.capacities[0] - np.bincount(taken.rows, minlength=len(lottery.capacities[0])),
        lottery.capacities[1] - np.bincount(taken.columns, minlength=len(lottery.capacities[1])),
    )
    rest = tight.where(open_arcs)
    tickets = Arcs(rest.rows, rest.columns, _tickets(problem, rest))
    drawn[open_arcs] = best_pairs(tickets, left, lottery.may_rest, lottery.count - len(taken))
    return Arcs.joined([lottery.certain, tight.where(drawn)])


def _with_most_pairs(lottery: Draw, tight: Arcs) -> Draw:
    """Draw as many pairs as there can be, where all numbers of pairs are as good."""
    each = replace(tight, scores=np.ones(len(tight), dtype=np.int64))
    most = best_pairs(each, lottery.capacities, lottery.may_rest, None)
    return replace(lottery, count=int(most.sum()))


def _forced(tight: Arcs, lottery: Draw) -> BoolArray:
    """Mark pairs of somebody who must be used up and has no more of them than capacity."""
    forced = np.zeros(len(tight), dtype=bool)
    for ends, capacity, rests in zip(
        (tight.rows, tight.columns), lottery.capacities, lottery.may_rest, strict=True
    ):
        only = (np.bincount(ends, minlength=len(capacity)) == capacity) & ~rests
        forced |= only[ends]
    return forced


def _tickets(problem: Problem, arcs: Arcs) -> IntArray:
    return pair_tickets(problem.row_keys[arcs.rows], problem.column_keys[arcs.columns])


def draw_from_all(chosen: Arcs, prices: Prices, problem: Problem, tiling: Tiling, tuning: Tuning) -> Arcs:
    """Return the same as :func:`draw` where too many pairs are worth just their prices to list them.

    But where the number of pairs does not come first, as many are drawn as were found.
    """
    lottery = lottery_of(chosen, prices, problem.capacities)
    tight = Problem(_TightPairs(problem, prices), *lottery.capacities, *problem.keys)
    most = tuning.arcs_per_person * sum(problem.shape)
    nobody = np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)
    first = chosen.where(prices.excess(chosen) == 0)
    arcs = Arcs(first.rows, first.columns, _tickets(problem, first))
    picked = np.ones(len(arcs), dtype=bool)
    while True:
        potentials = any_prices(arcs, picked, lottery.capacities, lottery.may_rest)
        check = check_prices(tight, potentials, nobody, tiling, most)
        new = check.found.where((potentials.excess(check.found) > 0) & ~check.found.among(arcs))
        most = most if len(new) else 2 * most
        if check.excess == int(np.maximum(potentials.excess(arcs.where(picked)), 0).sum()):
            drawn = arcs.where(picked)
            scores = problem.at(drawn.rows, drawn.columns)
            return Arcs.joined([lottery.certain, Arcs(drawn.rows, drawn.columns, scores)])
        arcs = Arcs.joined([arcs, new])
        picked = best_pairs(arcs, lottery.capacities, lottery.may_rest, lottery.count)


@dataclass(frozen=True)
class _TightPairs:
    """A source of tickets: of the pairs that are worth just their prices."""

    problem: Problem
    prices: Prices

    @property
    def shape(self) -> tuple[int, int]:
        return self.problem.shape

    def block(self, columns: slice) -> _TightBlock:
        keys = self.problem.row_keys, self.problem.column_keys[columns]
        reduced = self.prices.columns[columns] - self.prices.bonus
        return _TightBlock(self.problem.block(columns), (self.prices.rows, reduced), keys)

    def part(self, rows: IntArray, columns: IntArray) -> _TightPairs:
        return _TightPairs(self.problem.part(rows, columns), self.prices.part(rows, columns))

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        scores = self.problem.at(rows, columns)
        excess = self.prices.excess(Arcs(rows, columns, scores))
        tickets = pair_tickets(self.problem.row_keys[rows], self.problem.column_keys[columns])
        return np.where((scores == NO_PAIR) | (excess != 0), NO_PAIR, tickets)


@dataclass(frozen=True)
class _TightBlock:
    block: PairBlock
    prices: tuple[IntArray, IntArray]
    keys: tuple[KeyArray, KeyArray]

    def tile(self, rows: slice) -> NDArray[np.int32]:
        scores = self.block.tile(rows)
        tight = (scores == self.prices[0][rows, None] + self.prices[1]) & (scores != NO_PAIR)
        row, column = np.nonzero(tight)
        tile = np.full(scores.shape, NO_PAIR, dtype=np.int32)
        tile[row, column] = pair_tickets(self.keys[0][rows][row], self.keys[1][column])
        return tile
