r"""Feasibility: whether any choice keeps the quotas, whatever it is worth.

With every pair worth nothing, a choice that keeps the quotas has the total 0. So where prices prove that
no such choice reaches a total of 0 (:mod:`.lagrangian_pairs`), there is none. The prices say which bounds
and which people's capacities exclude each other (Farkas 1902), and the proof is a sum of whole numbers
over all pairs. Where cases are needed, a tree proves it (:mod:`.branch_and_bound`). Where a choice exists,
branch and bound finds it (:mod:`.incumbent`), and it is checked against every bound.

Prices of quotas come from the restricted master, in which a bound can be missed at a penalty. Prices of
people come from :func:`.solve.solve`, on pairs that each cost next to nothing, some more and some less.
With equal costs there would be so many equal optima that it would take a hundred times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import PrimalDual
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.certificate import tightest
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.assignment.solve import Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.side_constraints.branch_and_bound import prove
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.incumbent import find_incumbent
from reverse_match.solver.side_constraints.lagrangian_pairs import (
    EqualPairs,
    LagrangianPairs,
    QuotaDualValues,
    holds,
)
from reverse_match.solver.side_constraints.proof_tree import CutoffProblem, ProofTree
from reverse_match.solver.side_constraints.restricted_master import (
    MISSED,
    RestrictedProblem,
    solve_restricted_master,
)
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
class InfeasibilityProof:
    """Why no choice keeps the quotas.

    Attributes
    ----------
    bound : int
        No choice that keeps them has a higher total, though each has a total of 0: below 0, if prices show
        it.
    prices : DualValues or None
        Of people; ``None`` where a tree over all pairs has shown it.
    of_quotas : QuotaDualValues or None
        Of quotas: what pairs pay.
    """

    bound: int = 0
    prices: DualValues | None = None
    of_quotas: QuotaDualValues | None = None


def find_feasible_choice(
    problem: Problem,
    quotas: Sequence[Quota],
    tiling: Tiling,
    known: Arcs | None = None,
    watch: Watch | None = None,
    tuning: Tuning | None = None,
) -> Arcs | InfeasibilityProof:
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
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.quotas import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> problem = Problem(ScoreTable(np.array([[9, 8], [8, 0]], dtype=np.int32)), one, one, key, key)
    >>> def at_least(number):
    ...     return SideQuota(0, np.zeros(2, dtype=np.int64), single(number), single(UNBOUNDED))
    >>> len(find_feasible_choice(problem, [at_least(2)], Tiling()))
    2
    >>> find_feasible_choice(problem, [at_least(3)], Tiling(), tuning=Tuning(few_pairs=0)).bound < 0
    True
    """
    nothing = Arcs.union([])
    if holds(quotas, nothing):
        return nothing
    problem = replace(problem.without_credits, most_first=False)
    tuning = tuning or Tuning()
    work = _FeasibilitySearch(problem, quotas, tiling, watch or Watch(), tuning)
    if problem.shape[0] * problem.shape[1] <= tuning.few_pairs:
        return work.search_all_pairs()
    return work.search_by_prices(known)


@dataclass(frozen=True)
class _FeasibilitySearch:
    problem: Problem
    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning

    def search_all_pairs(self) -> Arcs | InfeasibilityProof:
        """Search among all pairs."""
        everything = all_arcs(self.worth_nothing, self.tiling)
        answer = decide_feasibility(self.among(everything), self.watch, self.tuning)
        if answer is None:
            raise undecided_error()
        return InfeasibilityProof() if isinstance(answer, ProofTree) else answer

    def search_by_prices(self, known: Arcs | None) -> Arcs | InfeasibilityProof:
        """Price the quotas among candidates, then all pairs, and again, until one side is shown."""
        arcs, guess = self.first_arcs(known)
        for _ in range(self.tuning.most_quota_rounds):
            self.watch.step("look for conflicts")
            seconds, problem = seconds_of(self.watch.seconds_left), self.among(arcs)
            master = solve_restricted_master(problem, self.tuning.penalty, POINT, seconds)
            if master is None:
                break
            if master.missed <= MISSED:
                for some in (problem.where(master.used), problem):
                    found = _find_incumbent(some, self.watch, self.tuning)
                    if found is not None:
                        return found
                break
            infeasibility, new, guess = self.price_quotas(master.prices, arcs, guess)
            if infeasibility.bound < 0:
                return infeasibility
            before, arcs = len(arcs), Arcs.union([arcs, new])
            if len(arcs) == before:
                break
        if self.problem.shape[0] * self.problem.shape[1] <= self.tuning.all_pairs:
            return self.search_all_pairs()
        raise undecided_error()

    def among(self, arcs: Arcs) -> RestrictedProblem:
        """Return the problem of choosing among some pairs."""
        return RestrictedProblem(arcs, self.problem.capacities, self.quotas, None)

    @property
    def worth_nothing(self) -> Problem:
        """The same pairs, each worth nothing."""
        return replace(self.problem, pairs=EqualPairs(self.problem.pairs, 0))

    @property
    def with_costs(self) -> Problem:
        """The same pairs, each at a small cost, so that none is chosen which quotas pay nothing."""
        return _with_costs(self.problem)

    def first_arcs(self, known: Arcs | None) -> tuple[Arcs, DualValues]:
        """Return candidates to begin with."""
        if known is None:
            known = likely_pairs(self.problem, self.tiling, self.watch, self.tuning)
        scores = self.worth_nothing.at(known.rows, known.columns)
        return replace(known, scores=scores).where(scores != NO_PAIR), _free(self.problem.capacities)

    def with_no_worth(self, arcs: Arcs) -> Arcs:
        return replace(arcs, scores=np.zeros(len(arcs), dtype=np.int64))

    def price_quotas(
        self, of_quotas: QuotaDualValues, arcs: Arcs, guess: DualValues
    ) -> tuple[InfeasibilityProof, Arcs, DualValues]:
        """Return what prices of quotas prove, the pairs that matter at them, and prices of people."""
        priced = replace(
            self.with_costs, pairs=LagrangianPairs(self.with_costs.pairs, self.quotas, of_quotas)
        )
        nobody = PrimalDual(self.with_no_worth(Arcs.union([])), guess, self.problem.capacities)
        start = Start(arcs, nobody, same_scores=False)
        found = solve(priced, self.tiling, self.watch, start, self.tuning, tie_breaking=False)
        priced = replace(
            self.problem, pairs=LagrangianPairs(self.worth_nothing.pairs, self.quotas, of_quotas)
        )
        prices, value = self.tightest(priced, found.prices)
        if value + of_quotas.most(self.quotas) >= 0:
            higher = replace(found.prices, columns=found.prices.columns + COST + 1)
            prices, value = min((prices, value), self.tightest(priced, higher), key=lambda one: one[1])
        value += of_quotas.most(self.quotas)
        near = self.with_no_worth(Arcs.union([found.candidates, found.chosen]))
        return InfeasibilityProof(value, prices, of_quotas), near, found.prices

    def tightest(self, priced: Problem, prices: DualValues) -> tuple[DualValues, int]:
        """Return prices, as they are or raised, and what no choice can exceed, by pricing all pairs.

        No pair has a cost here, so each may be worth more than its prices by the cost that it had before.
        """
        pricing = price_all_pairs(priced, prices, priced.everybody, self.tiling, 1)
        found, proved = tightest(priced, prices, priced.everybody, 0, pricing)
        return found, proved.total


def decide_feasibility(problem: RestrictedProblem, watch: Watch, tuning: Tuning) -> Arcs | ProofTree | None:
    """Return a choice that keeps quotas, a tree that proves that there is none, or ``None``.

    Parameters
    ----------
    problem : RestrictedProblem
        Of pairs that are each worth nothing.
    watch, tuning
        Limits.
    """
    cutoff = CutoffProblem.of(problem, _no_prices(problem), 0, POINT)
    most_nodes = tuning.nodes_for(len(problem.arcs))
    at_once = prove(cutoff, watch, min(tuning.first_nodes, most_nodes))
    if at_once is not None:
        return at_once
    found = _find_incumbent(problem, watch, tuning)
    return found if found is not None else prove(cutoff, watch, most_nodes)


def _find_incumbent(problem: RestrictedProblem, watch: Watch, tuning: Tuning) -> Arcs | None:
    limits = tuning.search_nodes, seconds_of(watch.seconds_left)
    return find_incumbent(problem, _no_prices(problem), None, limits)


def _no_prices(problem: RestrictedProblem) -> tuple[DualValues, QuotaDualValues]:
    return _free(problem.capacities), QuotaDualValues.none(problem.quotas)


def likely_pairs(
    problem: Problem, tiling: Tiling, watch: Watch | None = None, tuning: Tuning | None = None
) -> Arcs:
    """Return the candidates of a choice of as many pairs as possible: enough for most choices.

    Parameters
    ----------
    problem, tiling, watch, tuning
        As for :func:`find_feasible_choice`; with large capacities nearly all pairs would be chosen.
    """
    most = replace(_with_costs(problem.without_credits), most_first=True)
    plain = solve(most, tiling, watch, None, tuning, tie_breaking=False)
    return Arcs.union([plain.candidates, plain.chosen])


def _with_costs(problem: Problem) -> Problem:
    return replace(problem, pairs=EqualPairs(problem.pairs, -COST - 1, POINT // COST))


def _free(capacities: tuple[IntArray, IntArray]) -> DualValues:
    rows, columns = (np.zeros(len(capacity), dtype=np.int64) for capacity in capacities)
    return DualValues(rows, columns, 0)


def undecided_error() -> UndecidedError:
    """Return the error that says that neither side was shown."""
    return UndecidedError(
        "no duos that keep all quotas were found within the limits of the search, "
        "and it is not proved that there are none"
    )
