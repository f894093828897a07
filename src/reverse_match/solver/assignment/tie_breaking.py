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

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import cut_of
from reverse_match.solver.assignment.dual_values import any_prices
from reverse_match.solver.assignment.maximum_cardinality import largest
from reverse_match.solver.assignment.network_flow import best_pairs
from reverse_match.solver.assignment.pricing import check_prices
from reverse_match.solver.pairs.problem import Arcs, Problem, pair_tickets
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.pairs.source import PairBlock
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.tuning import Tuning


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
    return Arcs.joined([lottery.certain, _heaviest(tight, _tickets(problem, tight), lottery)])


def has_equals(drawn: Arcs, tight: Arcs, prices: Prices, problem: Problem) -> bool:
    """Say whether there is a choice as good as the drawn one: one with some pair that it has not.

    Parameters
    ----------
    drawn, tight, prices, problem
        What :func:`draw` returned, and was given.
    """
    lottery = lottery_of(drawn, prices, problem.capacities)
    if len(tight) == lottery.count:
        return False
    others = _heaviest(tight, (~tight.among(drawn)).astype(np.int64), lottery)
    return not bool(others.among(drawn).all())


def _heaviest(tight: Arcs, weights: IntArray, lottery: Draw) -> Arcs:
    """Return the drawable choice with the highest sum of weights."""
    picked = _forced(tight, lottery) if lottery.count else np.zeros(len(tight), dtype=bool)
    taken, rest = tight.where(picked), tight.where(~picked)
    left = (
        lottery.capacities[0] - np.bincount(taken.rows, minlength=len(lottery.capacities[0])),
        lottery.capacities[1] - np.bincount(taken.columns, minlength=len(lottery.capacities[1])),
    )
    weighed = replace(rest, scores=weights[~picked])
    picked[~picked] = best_pairs(weighed, left, lottery.may_rest, lottery.count - len(taken))
    return tight.where(picked)


def _with_most_pairs(lottery: Draw, tight: Arcs) -> Draw:
    """Draw as many pairs as there can be, where all numbers of pairs are as good."""
    each = replace(tight, scores=np.ones(len(tight), dtype=np.int64))
    most = best_pairs(each, lottery.capacities, lottery.may_rest, None)
    if cut_of(tight, most, lottery.capacities) is None:
        message = "min-cost flow returned a choice to which a pair could be added at no loss"
        raise SolverError(message)
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
    """Return the same as :func:`draw` where too many pairs are worth just their prices to list them."""
    lottery = lottery_of(chosen, prices, problem.capacities)
    tickets = _TightPairs(problem, prices)
    first = chosen.where(prices.excess(chosen) == 0)
    if not problem.most_first:
        first, lottery = _with_most_pairs_of_all(tickets, first, lottery, tiling)
    drawn = _heaviest_of_all(tickets, first, lottery, tiling, tuning)
    scores = problem.at(drawn.rows, drawn.columns)
    return Arcs.joined([lottery.certain, Arcs(drawn.rows, drawn.columns, scores)])


def draw_shared(
    chosen: Arcs, tight: Arcs | None, prices: Prices, problem: Problem, tiling: Tiling, tuning: Tuning
) -> Arcs:
    """Return the same as :func:`draw`, of those best choices in which the most people have a pair.

    Parameters
    ----------
    chosen, prices, problem
        As for :func:`draw`; the problem says how many pairs people have beside.
    tight : Arcs or None
        All pairs worth just their prices; ``None`` where they are too many to list.
    tiling, tuning
        As for :func:`draw_from_all`.
    """
    lottery = lottery_of(chosen, prices, problem.capacities)
    if problem.loads is None or (tight is not None and len(tight) == lottery.count):
        return chosen
    tickets = _TightPairs(problem, prices)
    first = chosen.where(prices.excess(chosen) == 0) if tight is None else tight
    if not problem.most_first:
        first, lottery = _with_most_pairs_of_all(tickets, first, lottery, tiling)
    ends = lottery.certain.rows, lottery.certain.columns
    loads = [
        load + np.bincount(taken, minlength=len(load))
        for load, taken in zip(problem.loads, ends, strict=True)
    ]
    partners = [np.full(here, there) for here, there in zip(problem.shape, problem.shape[::-1], strict=True)]
    if tight is not None:
        ends = tight.rows, tight.columns
        partners = [np.bincount(end, minlength=size) for end, size in zip(ends, problem.shape, strict=True)]
    usable = [np.minimum(*most) for most in zip(lottery.capacities, partners, strict=True)]
    may_rest = [np.where(rests, most, 0) for rests, most in zip(lottery.may_rest, usable, strict=True)]
    from reverse_match.solver.assignment.sharing import Open, Sharing  # most matchings have no equals

    asked = Open(
        tickets,
        lottery.certain,
        (usable[0], usable[1]),
        (may_rest[0], may_rest[1]),
        lottery.count,
        (loads[0], loads[1]),
    )
    sharing = Sharing(problem, tiling, tuning.arcs_per_person * sum(problem.shape))
    drawn = sharing.highest(*sharing.shared(asked, first), tickets.weights)
    return problem.scored(drawn)


def has_equals_among_all(
    drawn: Arcs, prices: Prices, problem: Problem, tiling: Tiling, tuning: Tuning
) -> bool:
    """Say the same as :func:`has_equals` where too many pairs are worth just their prices to list them."""
    lottery = lottery_of(drawn, prices, problem.capacities)
    first = drawn.where(prices.excess(drawn) == 0)
    others = _heaviest_of_all(_TightPairs(problem, prices, drawn), first, lottery, tiling, tuning)
    return bool((others.scores > 0).any())


def _with_most_pairs_of_all(
    tickets: _TightPairs, first: Arcs, lottery: Draw, tiling: Tiling
) -> tuple[Arcs, Draw]:
    """Return a choice of as many pairs as there can be, where all numbers of pairs are as good.

    Exchanges that add a pair leave nobody out who was in one (Mendelsohn & Dulmage 1958), so there is such a
    choice that uses up whoever has to be.
    """
    tight = Problem(tickets, *lottery.capacities, *tickets.problem.keys)
    begin = Arcs(first.rows, first.columns, tickets.at(first.rows, first.columns))
    most = largest(tight, tiling, begin, 0, Watch())
    picked = best_pairs(most.arcs, lottery.capacities, lottery.may_rest, most.count)
    return most.arcs.where(picked), replace(lottery, count=most.count)


def _heaviest_of_all(
    weights: _TightPairs, first: Arcs, lottery: Draw, tiling: Tiling, tuning: Tuning
) -> Arcs:
    """Return the drawable choice with the highest sum of weights, beginning with some drawable one."""
    problem = weights.problem
    tight = Problem(weights, *lottery.capacities, *problem.keys)
    most = tuning.arcs_per_person * sum(problem.shape)
    nobody = np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)
    arcs = Arcs(first.rows, first.columns, weights.at(first.rows, first.columns))
    picked = np.ones(len(arcs), dtype=bool)
    while True:
        potentials = any_prices(arcs, picked, lottery.capacities, lottery.may_rest)
        check = check_prices(tight, potentials, nobody, tiling, most)
        new = check.found.where((potentials.excess(check.found) > 0) & ~check.found.among(arcs))
        most = most if len(new) else 2 * most
        if check.excess == int(np.maximum(potentials.excess(arcs.where(picked)), 0).sum()):
            return arcs.where(picked)
        arcs = Arcs.joined([arcs, new])
        picked = best_pairs(arcs, lottery.capacities, lottery.may_rest, lottery.count)


@dataclass(frozen=True)
class _TightPairs:
    """A source of weights: of the pairs that are worth just their prices.

    A pair weighs its ticket; or, where some choice is given, 0 if it has the pair and 1 if not.
    """

    problem: Problem
    prices: Prices
    drawn: Arcs | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return self.problem.shape

    def block(self, columns: slice) -> _TightBlock:
        reduced = self.prices.columns[columns] - self.prices.bonus
        return _TightBlock(self, self.problem.block(columns), (self.prices.rows, reduced), columns)

    def part(self, rows: IntArray, columns: IntArray) -> _TightPairs:
        drawn = self.drawn
        if drawn is not None:
            drawn = drawn.where(np.isin(drawn.rows, rows) & np.isin(drawn.columns, columns))
            places = np.searchsorted(rows, drawn.rows), np.searchsorted(columns, drawn.columns)
            drawn = Arcs(*places, drawn.scores)
        return _TightPairs(self.problem.part(rows, columns), self.prices.part(rows, columns), drawn)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        scores = self.problem.at(rows, columns)
        excess = self.prices.excess(Arcs(rows, columns, scores))
        return np.where((scores == NO_PAIR) | (excess != 0), NO_PAIR, self.weights(rows, columns))

    def weights(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return what pairs weigh that are worth just their prices."""
        if self.drawn is None:
            return pair_tickets(self.problem.row_keys[rows], self.problem.column_keys[columns])
        return (~Arcs(rows, columns, rows).among(self.drawn)).astype(np.int64)


@dataclass(frozen=True)
class _TightBlock:
    pairs: _TightPairs
    block: PairBlock
    prices: tuple[IntArray, IntArray]
    columns: slice

    def tile(self, rows: slice) -> NDArray[np.int32]:
        scores = self.block.tile(rows)
        tight = (scores == self.prices[0][rows, None] + self.prices[1]) & (scores != NO_PAIR)
        row, column = np.nonzero(tight)
        tile = np.full(scores.shape, NO_PAIR, dtype=np.int32)
        tile[row, column] = self.pairs.weights(row + rows.start, column + self.columns.start)
        return tile
