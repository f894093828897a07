"""Tie-breaking among equal optima, so that neither the order of a file nor the solver's version decides.

All best choices have one set of dual values in common. By complementary slackness they are exactly the
choices that have every pair worth *more* than its prices, have no pair worth less, use up the capacity of
everybody with a price above 0, and have the same number of pairs. One of them is drawn. Each *tight* pair,
whose worth equals its prices, gets a ticket: a pseudo-random number that depends only on the seed and the two
people. The choice with the highest sum of tickets wins. With tickets of 30 bits two choices have equal sums
with a probability below (number of tight pairs) / 2^30.

Two optima differ by exchanges along cycles of tight pairs. A cycle lies within a strongly connected
component of the graph of exchanges, so a tight pair between two components is in every optimum or in none,
and no lot is drawn for it.

If few pairs are tight, the solver is given all of them. If they are many (everybody fits everybody), the draw
is an assignment problem of its own over all pairs. It is solved in the same way, by candidates, dual values
and pricing, until no ticket outside the choice is worth more than its prices. An optimum is unique if the
same problem, with weights on the pairs that the optimum lacks, returns no other choice.

The bound is the isolation lemma (Mulmuley, Vazirani and Vazirani 1987, "Matching is as easy as matrix
inversion").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import minimum_cut
from reverse_match.solver.assignment.maximum_cardinality import find_maximum_cardinality
from reverse_match.solver.assignment.network_flow import best_pairs
from reverse_match.solver.pairs.problem import Arcs, Problem, pair_tickets, places_of, ticket_bits
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.even_tie_breaking import OpenTies, TieBreaker
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.tuning import Tuning


@dataclass(frozen=True)
class TieProblem:
    """The question that equal optima leave open, beside the pairs that all of them have.

    Attributes
    ----------
    certain : Arcs
        Pairs that every best choice has.
    capacities : pair of int64 arrays
        Capacities that these pairs leave.
    may_rest : pair of bool arrays
        Marks of rows and columns that need not be in a pair.
    count : int
        Number of pairs left to choose.
    """

    certain: Arcs
    capacities: tuple[IntArray, IntArray]
    may_rest: tuple[BoolArray, BoolArray]
    count: int


def find_ties(chosen: Arcs, prices: DualValues, capacities: tuple[IntArray, IntArray]) -> TieProblem:
    """Return the open question, given one best choice and its prices."""
    certain = chosen.where(prices.reduced_profits(chosen) > 0)
    may_rest = prices.rows == 0, prices.columns == 0
    return TieProblem(certain, certain.unused(capacities), may_rest, len(chosen) - len(certain))


def break_ties(chosen: Arcs, tight: Arcs, prices: DualValues, problem: Problem) -> Arcs:
    """Return the optimum that tickets decide on; it does not depend on the given one.

    Parameters
    ----------
    chosen : Arcs
        One best choice.
    tight : Arcs
        All tight pairs.
    prices : DualValues
        Prices of the choice.
    problem : Problem
        Problem with the capacities and keys.
    """
    ties = find_ties(chosen, prices, problem.capacities)
    if len(tight) == ties.count:
        return chosen
    if not problem.most_first:
        ties = _with_most_pairs(ties, tight)
    elif len(tight) >= NARROWED_FROM:
        ties, tight = _narrow(ties, chosen, tight, prices, problem)
    return Arcs.union([ties.certain, _heaviest(tight, problem.tickets(tight), ties)])


def has_equal_optima(drawn: Arcs, tight: Arcs, prices: DualValues, problem: Problem) -> bool:
    """Say whether the drawn optimum is not unique: whether another one has a pair that it lacks.

    Parameters
    ----------
    drawn, tight, prices, problem
        Result and arguments of :func:`break_ties`.
    """
    ties = find_ties(drawn, prices, problem.capacities)
    if len(tight) == ties.count:
        return False
    if problem.most_first and len(tight) >= NARROWED_FROM:
        ties, tight = _narrow(ties, drawn, tight, prices, problem)
    others = _heaviest(tight, (~tight.among(drawn)).astype(np.int64), ties)
    return not bool(others.among(drawn).all())


NARROWED_FROM = 2_000
"""Number of tight pairs from which those that no exchange can change are told apart; with fewer, the network
of all of them is as quick."""

MOST_PASSES = 64
"""Passes over the tight pairs after which the solver is asked; few optima take more than ten."""


def is_unique(chosen: Arcs, tight: Arcs, prices: DualValues, problem: Problem) -> bool | None:
    """Say whether an optimum is the only one, without the solver; ``None`` where that cannot be seen.

    Two optima differ by exchanges along tight pairs. An exchange is a directed cycle in this graph: from a
    row to each tight column that it is not with, and from a column back to the rows that it is with. Who may
    have fewer pairs, or can have more, is connected to one node more of their side. So an optimum is unique
    if the graph has no cycle. (It is the residual graph of a flow with as many pairs; Ahuja, Magnanti and
    Orlin 1993, "Network flows", section 2.4.) Where somebody can have fewer pairs *and* more, the graph has
    cycles that change nothing.

    Parameters
    ----------
    chosen, tight, prices, problem
        As for :func:`break_ties`; the most pairs come first.
    """
    tails, heads, both = _exchanges(chosen, tight, prices, problem)
    cycles = _has_cycle(tails, heads, sum(problem.shape) + 2)
    if not cycles:
        return None if cycles is None else True
    return None if both else False


def _exchanges(
    chosen: Arcs, tight: Arcs, prices: DualValues, problem: Problem
) -> tuple[IntArray, IntArray, bool]:
    """Return the arcs of the graph of exchanges, first those of the tight pairs in their order.

    The third value says whether somebody can have fewer pairs *and* more.
    """
    (rows, columns), taken = problem.shape, tight.among(chosen)
    column = tight.columns + rows
    arcs, both = [(np.where(taken, column, tight.rows), np.where(taken, tight.rows, column))], False
    sides = zip(
        (prices.rows, prices.columns), chosen.unused(problem.capacities), problem.capacities, strict=True
    )
    for side, (price, left, capacity) in enumerate(sides):
        can_gain = left > 0
        if not can_gain.any():
            continue  # then nothing leads on from the node of this side
        can_lose = (price == 0) & (left < capacity)
        both = both or bool((can_lose & can_gain).any())
        gaining, losing = (np.flatnonzero(people) + side * rows for people in (can_gain, can_lose))
        node = rows + columns + side
        one, other = (losing, np.full(len(losing), node)), (np.full(len(gaining), node), gaining)
        arcs += [pair[::-1] for pair in (one, other)] if side else [one, other]
    tails, heads = (np.concatenate(ends) for ends in zip(*arcs, strict=True))
    return tails, heads, both


def _narrow(
    ties: TieProblem, chosen: Arcs, tight: Arcs, prices: DualValues, problem: Problem
) -> tuple[TieProblem, Arcs]:
    """Return the question that is open and its pairs, without those that no exchange can change."""
    from scipy.sparse import csr_array  # these take long to load
    from scipy.sparse.csgraph import connected_components

    tails, heads, _ = _exchanges(chosen, tight, prices, problem)
    nodes = sum(problem.shape) + 2
    graph = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(nodes, nodes))
    component = connected_components(graph, directed=True, connection="strong")[1]
    changeable = (component[tails] == component[heads])[: len(tight)]
    kept = tight.where(~changeable & tight.among(chosen))
    certain = Arcs.union([ties.certain, kept])
    count = ties.count - len(kept)
    narrowed = replace(ties, certain=certain, capacities=certain.unused(problem.capacities), count=count)
    return narrowed, tight.where(changeable)


def _has_cycle(tails: IntArray, heads: IntArray, nodes: int) -> bool | None:
    """Say whether a directed graph has a cycle; ``None`` if some passes over its arcs were not enough.

    Each pass removes the arcs that nothing leads to, or that lead nowhere.
    """
    for _ in range(MOST_PASSES):
        if not len(tails):
            return False
        enters, leaves = np.zeros(nodes, dtype=bool), np.zeros(nodes, dtype=bool)
        enters[heads] = leaves[tails] = True
        goes_on = enters[tails] & leaves[heads]
        if goes_on.all():
            return True
        tails, heads = tails[goes_on], heads[goes_on]
    return None


def _heaviest(tight: Arcs, weights: IntArray, ties: TieProblem) -> Arcs:
    """Return the one of the equal optima with the highest sum of weights."""
    picked = _mark_forced(tight, ties) if ties.count else np.zeros(len(tight), dtype=bool)
    taken, rest = tight.where(picked), tight.where(~picked)
    # Only who still has a choice is in the network: tickets are too large for one of all people.
    (rows, row), (columns, column) = (
        _numbered(ends, len(capacity))
        for ends, capacity in zip((rest.rows, rest.columns), ties.capacities, strict=True)
    )
    weighed = Arcs(row, column, weights[~picked])
    left = taken.unused(ties.capacities)
    capacities = left[0][rows], left[1][columns]
    may_rest = ties.may_rest[0][rows], ties.may_rest[1][columns]
    picked[~picked] = best_pairs(weighed, capacities, may_rest, ties.count - len(taken))
    return tight.where(picked)


def _numbered(ends: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return the people of a side who are among some ends, and for each end its place among these.

    Examples
    --------
    >>> [part.tolist() for part in _numbered(np.array([4, 1, 4]), 6)]
    [[1, 4], [1, 0, 1]]
    """
    marks = np.zeros(size, dtype=bool)
    marks[ends] = True
    return np.flatnonzero(marks), (np.cumsum(marks) - 1)[ends]


def _with_most_pairs(ties: TieProblem, tight: Arcs) -> TieProblem:
    """Ask for as many pairs as possible, where all numbers of pairs are equally good."""
    each = replace(tight, scores=np.ones(len(tight), dtype=np.int64))
    most = best_pairs(each, ties.capacities, ties.may_rest, None)
    if minimum_cut(tight, most, ties.capacities) is None:
        message = "min-cost flow returned a choice to which a pair could be added at no loss"
        raise SolverError(message)
    return replace(ties, count=int(most.sum()))


def _mark_forced(tight: Arcs, ties: TieProblem) -> BoolArray:
    """Mark the pairs of people who must be used up and have no more tight pairs than capacity."""
    forced = np.zeros(len(tight), dtype=bool)
    for ends, capacity, rests in zip(
        (tight.rows, tight.columns), ties.capacities, ties.may_rest, strict=True
    ):
        only = (np.bincount(ends, minlength=len(capacity)) == capacity) & ~rests
        forced |= only[ends]
    return forced


def break_ties_by_pricing(
    chosen: Arcs,
    tight: Arcs | None,
    prices: DualValues,
    problem: Problem,
    tiling: Tiling,
    tuning: Tuning,
    *,
    likely: Arcs | None = None,
) -> Arcs:
    """Return the optimum that tickets decide on; where the problem has loads, one of the most even ones.

    Parameters
    ----------
    chosen, prices, problem
        As for :func:`break_ties`; the problem may have loads.
    tight : Arcs or None
        All tight pairs; ``None`` where they are too many to list.
    tiling : Tiling
        Division of the pairs into tiles; the choice does not depend on it.
    tuning : Tuning
        Constants, among them the largest number of pairs that a pricing returns.
    likely : Arcs, optional
        Tight pairs with high tickets, with which the search begins; the choice does not depend on them.
    """
    ties = find_ties(chosen, prices, problem.capacities)
    if tight is not None and len(tight) == ties.count:
        return chosen
    tickets = TightPairs.of(problem, prices)
    first = chosen.where(prices.reduced_profits(chosen) == 0) if tight is None else tight
    if not problem.most_first:
        first, ties = _with_most_pairs_of_all(tickets, first, ties, tiling)
    breaker, open_ties = _open(ties, tickets, tight, tiling, tuning)
    if problem.loads is not None:
        open_ties, first = breaker.narrow_to_even(open_ties, first)
    elif likely is not None:
        first = Arcs.union([first, likely])
    drawn = breaker.heaviest(open_ties, first)
    return problem.rescore(Arcs.union([open_ties.certain, drawn]))


def has_equal_optima_by_pricing(
    drawn: Arcs,
    prices: DualValues,
    problem: Problem,
    tiling: Tiling,
    tuning: Tuning,
    *,
    likely: Arcs | None = None,
) -> bool:
    """Say the same as :func:`has_equal_optima`, where tight pairs are too many to list.

    Another optimum is looked for among some of these first, ``likely``: one of them is enough.
    """
    ties = find_ties(drawn, prices, problem.capacities)
    first = drawn.where(prices.reduced_profits(drawn) == 0)
    if likely is not None:
        few = _some_of(likely, tuning.near_per_person * sum(problem.shape))
        if has_equal_optima(drawn, Arcs.union([first, few]), prices, problem):
            return True
    others = TightPairs.of(problem, prices, drawn)
    breaker, open_ties = _open(ties, others, None, tiling, tuning)
    return bool((breaker.heaviest(open_ties, first).scores > 0).any())


def _some_of(arcs: Arcs, count: int) -> Arcs:
    """Return about as many arcs, of as many rows as there are."""
    return arcs.at(np.arange(0, len(arcs), max(1, len(arcs) // count)))


def _open(
    ties: TieProblem, pairs: TightPairs, tight: Arcs | None, tiling: Tiling, tuning: Tuning
) -> tuple[TieBreaker, OpenTies]:
    """Return the tie-breaker by pricing, and the open question; nobody has more units than partners."""
    # Most matchings have no equal optima, so these are loaded only here.
    from reverse_match.solver.assignment.even_tie_breaking import OpenTies, TieBreaker

    problem = pairs.pairs
    nobody = tuple(np.zeros(size, dtype=np.int64) for size in problem.shape)
    given = nobody if problem.loads is None else problem.loads
    loads = [
        load - taken for load, taken in zip(given, ties.certain.unused((nobody[0], nobody[1])), strict=True)
    ]
    partners = [np.full(here, there) for here, there in zip(problem.shape, problem.shape[::-1], strict=True)]
    if tight is not None:
        partners = [-taken for taken in tight.unused((nobody[0], nobody[1]))]
    usable = [np.minimum(*most) for most in zip(ties.capacities, partners, strict=True)]
    may_rest = [np.where(rests, most, 0) for rests, most in zip(ties.may_rest, usable, strict=True)]
    asked = OpenTies(
        pairs,
        ties.certain,
        (usable[0], usable[1]),
        (may_rest[0], may_rest[1]),
        ties.count,
        (loads[0], loads[1]),
    )
    return TieBreaker(problem, tiling, tuning.arcs_per_person * sum(problem.shape)), asked


def _with_most_pairs_of_all(
    tickets: TightPairs, first: Arcs, ties: TieProblem, tiling: Tiling
) -> tuple[Arcs, TieProblem]:
    """Return a choice of as many pairs as possible, where all numbers of pairs are equally good.

    Augmenting exchanges leave nobody out who was in a pair (Mendelsohn and Dulmage 1958). So such a choice
    exists that uses up everybody who has to be.
    """
    tight = Problem(tickets, *ties.capacities, *tickets.pairs.keys)
    begin = Arcs(first.rows, first.columns, tickets.at(first.rows, first.columns))
    most = find_maximum_cardinality(tight, tiling, begin, 0, Watch())
    picked = best_pairs(most.arcs, ties.capacities, ties.may_rest, most.count)
    return most.arcs.where(picked), replace(ties, count=most.count)


@dataclass(frozen=True)
class TightPairs(DerivedPairs):
    """A source of weights for the tight pairs of a problem.

    The weight of a pair is its ticket; if a choice is given, it is 0 for the pairs of the choice and 1 for
    others.
    """

    pairs: Problem
    prices: DualValues
    bits: int
    """Bits of a ticket; a part of the pairs has those of the whole."""
    drawn: Arcs | None = None

    @classmethod
    def of(cls, problem: Problem, prices: DualValues, drawn: Arcs | None = None) -> TightPairs:
        """Return the tight pairs of a whole problem."""
        return cls(problem, prices, ticket_bits(problem.shape), drawn)

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the weights of the tight pairs of a tile, ``NO_PAIR`` for others."""
        reduced = self.prices.columns[columns] - self.prices.cardinality_dual
        tight = (scores == self.prices.rows[rows, None] + reduced) & (scores != NO_PAIR)
        row, column = places_of(tight)
        tile = np.full(scores.shape, NO_PAIR, dtype=np.int32)
        tile[tight] = self.weights(row + rows.start, column + columns.start)
        return tile

    def part(self, rows: IntArray, columns: IntArray) -> TightPairs:
        """Return the pairs of some rows and columns."""
        drawn = self.drawn
        if drawn is not None:
            drawn = drawn.where(np.isin(drawn.rows, rows) & np.isin(drawn.columns, columns))
            places = np.searchsorted(rows, drawn.rows), np.searchsorted(columns, drawn.columns)
            drawn = Arcs(*places, drawn.scores)
        return replace(
            self, pairs=self.pairs.part(rows, columns), prices=self.prices.part(rows, columns), drawn=drawn
        )

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the weights of listed pairs, ``NO_PAIR`` where they are not tight."""
        scores = self.pairs.at(rows, columns)
        reduced_profits = self.prices.reduced_profits(Arcs(rows, columns, scores))
        return np.where((scores == NO_PAIR) | (reduced_profits != 0), NO_PAIR, self.weights(rows, columns))

    def weights(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the weights of tight pairs."""
        if self.drawn is None:
            return pair_tickets(self.pairs.row_keys[rows], self.pairs.column_keys[columns], self.bits)
        return (~Arcs(rows, columns, rows).among(self.drawn)).astype(np.int64)
