r"""Whether any choice keeps the quotas, whatever it is worth.

With every pair worth nothing, a choice that keeps the quotas has the total 0. So where prices prove that no
such choice reaches a total of 0 (:mod:`.priced`), there is none: the prices say which bounds and which
people's capacities stand in each other's way (Farkas 1902), and the proof is a sum of whole numbers over all
pairs. Where that takes cases, a tree proves it (:mod:`.branch_and_bound`). Where a choice exists, a search
finds it (:mod:`.search`); it is checked against every bound.

Prices come from the linear programme over candidates, in which a bound can be missed at a penalty; prices of
people from :func:`.solve.solve`, on pairs of which each costs next to nothing, some more and some less:
equal ones would be so many equally good choices that it would take a hundred times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import Settled
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import tightest
from reverse_match.solver.assignment.dual_values import Prices
from reverse_match.solver.assignment.pricing import check_prices
from reverse_match.solver.assignment.solve import Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.branch_and_bound import search
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.lagrangian_pairs import EqualPairs, PricedPairs, QuotaPrices, holds
from reverse_match.solver.side_constraints.proof_tree import prove
from reverse_match.solver.side_constraints.restricted_master import MISSED, relaxed
from reverse_match.solver.side_constraints.search_field import Field
from reverse_match.solver.side_constraints.search_tree import Searched
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling

POINT = 1_000_000
"""What a penalty of one point is."""

COST = 1_000
"""The most a pair costs where prices of people are looked for: its own score decides how much of it."""


@dataclass(frozen=True)
class Unkept:
    """No choice keeps the quotas.

    Attributes
    ----------
    bound : int
        No choice that keeps them has a higher total, though each has a total of 0: below 0, if prices show
        it.
    prices : Prices or None
        Of people; ``None`` where a tree over all pairs has shown it.
    of_quotas : QuotaPrices or None
        What pairs pay.
    """

    bound: int = 0
    prices: Prices | None = None
    of_quotas: QuotaPrices | None = None


def some_choice(
    problem: Problem,
    quotas: Sequence[Quota],
    tiling: Tiling,
    known: Arcs | None = None,
    watch: Watch | None = None,
    tuning: Tuning | None = None,
) -> Arcs | Unkept:
    """Return a choice that keeps capacities and quotas, or why there is none.

    Parameters
    ----------
    problem : Problem
        What may be chosen; scores decide nothing.
    quotas : sequence of Quota
        What has to hold.
    tiling : Tiling
        How the pairs may be cut up.
    known : Arcs, optional
        Pairs to begin with.
    watch, tuning : optional
        As for :func:`.solve.solve`.

    Raises
    ------
    UndecidedError
        If neither is shown within the limits of the search.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import KeptPairs
    >>> from reverse_match.solver.pairs.quotas import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> problem = Problem(KeptPairs(np.array([[9, 8], [8, 0]], dtype=np.int32)), one, one, key, key)
    >>> def at_least(number):
    ...     return SideQuota(0, np.zeros(2, dtype=np.int64), single(number), single(UNBOUNDED))
    >>> len(some_choice(problem, [at_least(2)], Tiling()))
    2
    >>> some_choice(problem, [at_least(3)], Tiling(), tuning=Tuning(few_pairs=0)).bound < 0
    True
    """
    nothing = Arcs.joined([])
    if holds(quotas, nothing):
        return nothing
    problem = replace(problem.without_credits, most_first=False)
    tuning = tuning or Tuning()
    work = _Work(problem, quotas, tiling, watch or Watch(), tuning)
    if problem.shape[0] * problem.shape[1] <= tuning.few_pairs:
        return work.among_all()
    return work.by_prices(known)


@dataclass(frozen=True)
class _Work:
    problem: Problem
    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning

    def among_all(self) -> Arcs | Unkept:
        """Search among all pairs."""
        everything, capacities = all_arcs(self.worth_nothing, self.tiling), self.problem.capacities
        answer = choice_or_tree(everything, capacities, self.quotas, None, self.watch, self.tuning)
        if answer is None:
            raise undecided()
        return Unkept() if isinstance(answer, Searched) else answer

    def by_prices(self, known: Arcs | None) -> Arcs | Unkept:
        """Price the quotas among candidates, look at all pairs, and again, until one side is shown."""
        arcs, guess = self.first_arcs(known)
        for _ in range(self.tuning.most_quota_rounds):
            self.watch.step("look for conflicts")
            capacities = self.problem.capacities
            seconds = seconds_of(self.watch.seconds_left)
            programme = relaxed(arcs, capacities, self.quotas, None, self.tuning.penalty, POINT, seconds)
            if programme is None:
                break
            if programme.missed <= MISSED:
                for some in (arcs.where(programme.used), arcs):
                    found = _searched(some, capacities, self.quotas, None, self.watch, self.tuning)
                    if found is not None:
                        return found
                break
            unkept, new, guess = self.priced(programme.prices, arcs, guess)
            if unkept.bound < 0:
                return unkept
            before, arcs = len(arcs), Arcs.joined([arcs, new])
            if len(arcs) == before:
                break
        if self.problem.shape[0] * self.problem.shape[1] <= self.tuning.all_pairs:
            return self.among_all()
        raise undecided()

    @property
    def worth_nothing(self) -> Problem:
        """The same pairs, each worth nothing."""
        return replace(self.problem, pairs=EqualPairs(self.problem.pairs, 0))

    @property
    def costing(self) -> Problem:
        """The same pairs, each of which costs a little: none is chosen that gets nothing for it."""
        return _costing(self.problem)

    def first_arcs(self, known: Arcs | None) -> tuple[Arcs, Prices]:
        """Return candidates to begin with."""
        if known is None:
            known = likely_pairs(self.problem, self.tiling, self.watch, self.tuning)
        scores = self.worth_nothing.at(known.rows, known.columns)
        return replace(known, scores=scores).where(scores != NO_PAIR), _free(self.problem.capacities)

    def scored(self, arcs: Arcs) -> Arcs:
        return replace(arcs, scores=np.zeros(len(arcs), dtype=np.int64))

    def priced(self, of_quotas: QuotaPrices, arcs: Arcs, guess: Prices) -> tuple[Unkept, Arcs, Prices]:
        """Return what prices of quotas prove, the pairs that matter at them, and prices of people."""
        priced = replace(self.costing, pairs=PricedPairs(self.costing.pairs, self.quotas, of_quotas))
        nobody = Settled(self.scored(Arcs.joined([])), guess, self.problem.capacities)
        start = Start(arcs, nobody, same_scores=False)
        found = solve(priced, self.tiling, self.watch, start, self.tuning, lottery=False)
        looked = replace(self.problem, pairs=PricedPairs(self.worth_nothing.pairs, self.quotas, of_quotas))
        prices, value = self.tightest(looked, found.prices)
        if value + of_quotas.most(self.quotas) >= 0:
            higher = replace(found.prices, columns=found.prices.columns + COST + 1)
            prices, value = min((prices, value), self.tightest(looked, higher), key=lambda one: one[1])
        value += of_quotas.most(self.quotas)
        near = self.scored(Arcs.joined([found.candidates, found.chosen]))
        return Unkept(value, prices, of_quotas), near, found.prices

    def tightest(self, priced: Problem, prices: Prices) -> tuple[Prices, int]:
        """Return prices, as they are or raised, and what no choice can exceed, by a look at every pair.

        A pair costs nothing here: it may be worth more than its prices by what it cost before.
        """
        everybody = np.ones(priced.shape[0], dtype=bool), np.ones(priced.shape[1], dtype=bool)
        check = check_prices(priced, prices, everybody, self.tiling, 1)
        found, proved = tightest(priced, prices, everybody, 0, check)
        return found, proved.total


def choice_or_tree(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    quotas: Sequence[Quota],
    count: int | None,
    watch: Watch,
    tuning: Tuning,
) -> Arcs | Searched | None:
    """Return a choice of some pairs that keeps quotas, a tree that proves that there is none, or neither.

    Parameters
    ----------
    arcs : Arcs
        The pairs, each worth nothing.
    capacities : pair of int64 arrays
        Of rows and columns.
    quotas : sequence of Quota
        What has to hold.
    count : int or None
        How many pairs are chosen; any number if ``None``.
    watch, tuning
        Limits.
    """
    prices = _free(capacities), QuotaPrices.none(quotas)
    field = Field.of(arcs, capacities, quotas, count, prices, 0, POINT)
    most_nodes = tuning.nodes_for(len(arcs))
    at_once = prove(field, watch, min(tuning.first_nodes, most_nodes))
    if at_once is not None:
        return at_once
    found = _searched(arcs, capacities, quotas, count, watch, tuning)
    return found if found is not None else prove(field, watch, most_nodes)


def _searched(
    arcs: Arcs,
    capacities: tuple[IntArray, IntArray],
    quotas: Sequence[Quota],
    count: int | None,
    watch: Watch,
    tuning: Tuning,
) -> Arcs | None:
    prices = _free(capacities), QuotaPrices.none(quotas)
    limits = tuning.search_nodes, seconds_of(watch.seconds_left)
    return search(arcs, capacities, quotas, count, prices, None, limits)


def likely_pairs(
    problem: Problem, tiling: Tiling, watch: Watch | None = None, tuning: Tuning | None = None
) -> Arcs:
    """Return the candidates of a choice of as many pairs as possible: enough for most choices.

    Parameters
    ----------
    problem, tiling, watch, tuning
        As for :func:`some_choice`; with large capacities nearly all pairs would be chosen.
    """
    most = replace(_costing(problem.without_credits), most_first=True)
    plain = solve(most, tiling, watch, None, tuning, lottery=False)
    return Arcs.joined([plain.candidates, plain.chosen])


def _costing(problem: Problem) -> Problem:
    return replace(problem, pairs=EqualPairs(problem.pairs, -COST - 1, POINT // COST))


def _free(capacities: tuple[IntArray, IntArray]) -> Prices:
    rows, columns = (np.zeros(len(capacity), dtype=np.int64) for capacity in capacities)
    return Prices(rows, columns, 0)


def undecided() -> UndecidedError:
    """Return the error that says that neither side was shown."""
    return UndecidedError(
        "no duos that keep all quotas were found within the limits of the search, "
        "and it is not proved that there are none"
    )
