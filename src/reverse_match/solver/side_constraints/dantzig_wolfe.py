r"""Prices of a few quotas by Dantzig-Wolfe decomposition: each column of the master is a whole choice.

At given prices of quotas the best choice of so many candidates is one of min-cost flow, which takes a small
part of the time of a linear programme over the same candidates. A mixture of such choices, with weights that
add up to one, keeps the quotas if its sums do. The master, which has a column for each choice and a row for
each bound, finds the best mixture; its dual values are the next prices. Once the best choice at these prices
is no better than the mixture, both are optimal over the candidates: this is the linear programme of
:mod:`.restricted_master`, solved in another way.

Then all pairs are priced at the prices of people that belong to it. That proves a bound on every choice that
keeps the quotas (:mod:`.lagrangian_pairs`). Pairs that are worth more become candidates, and the choices
known so far remain columns. So the next rounds take few more choices.

The number of choices grows with the number of quotas that cost something. Where many do, or the candidates do
not suffice, the answer is ``None``, and the linear programme is used.

Sources: Dantzig and Wolfe 1960; Kelley 1960 for the same method as cutting planes of the Lagrangian bound;
Marsten, Hogan and Blankenship 1975 for limits on prices that grow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.assignment.certificate import tightest
from reverse_match.solver.assignment.dual_values import recover_prices
from reverse_match.solver.assignment.network_flow import best_pairs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, quota_sums
from reverse_match.solver.side_constraints.highs import LinearProgramme, seconds_of, solve_linear
from reverse_match.solver.side_constraints.lagrangian_bound import (
    QuotaProof,
    UpperBound,
    price_under_quotas,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.side_constraints.restricted_master import MISSED, POINT, round_quota_prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_bound import LagrangianSubproblem, Work

MOST_BROKEN = 12
"""Largest number of sums that the first choice may have outside their bounds: each needs a few choices."""

MOST_CHOICES = 80
"""Number of choices after which the linear programme is used instead; three quotas take 20 of them, and 42
where a fourth one allows no marked pair."""

FIRST_PENALTY = 0.25
"""First limit of prices, in points; few are higher, and far too high ones lead to useless choices."""

PENALTY_GROWTH = 8.0
"""Factor of that limit where quotas are missed at it."""

TOLERANCES = (3e-4, 5e-6)
"""Distances of choice and mixture, as shares, from which the first rounds price all pairs; later ones are
exact."""

EXACT = 2
"""Distance, in units, that only the rounding of prices leaves."""


def bound_by_choices(subproblem: LagrangianSubproblem, work: Work, arcs: Arcs) -> UpperBound | None:
    """Bound a subproblem with a given number of pairs from above; ``None`` where few choices do not do it.

    Parameters
    ----------
    subproblem : LagrangianSubproblem
        Subproblem of the highest total.
    work : Work
        The quotas, and the resources to use.
    arcs : Arcs
        Candidates that contain a choice of so many pairs.
    """
    if not _is_fitting(subproblem, work):
        return None
    master = _Master(subproblem, work)
    arcs = subproblem.problem.possible(arcs)
    for share in (*TOLERANCES, *(0.0 for _ in range(work.tuning.most_quota_rounds))):
        work.watch.step("price quotas")
        found = master.converge(arcs, share)
        if found is None:
            return None
        proof, new = _price_people(master, found.best)
        used = Arcs.union([choice.arcs for choice in found.mixture.used])
        before, arcs = len(arcs), Arcs.union([arcs, new])
        if found.is_exact and proof.bound <= found.best.bound:
            return UpperBound(proof, arcs, used, 0.0) if found.mixture.missed <= MISSED else None
        if work.watch.expired or (found.is_exact and len(arcs) == before):
            return None
    return None


def _is_fitting(subproblem: LagrangianSubproblem, work: Work) -> bool:
    """Say whether a subproblem is large, of one number of pairs, and without many equal choices."""
    rows, columns = subproblem.problem.shape
    large = rows * columns >= work.tuning.whole_choices_from
    plain = subproblem.loads is None and subproblem.problem is subproblem.perturbed
    return large and plain and subproblem.count is not None and bool(work.quotas)


class _Choice(NamedTuple):
    """A choice of as many pairs as are asked for, its total, and its sums."""

    arcs: Arcs
    total: int
    sums: IntArray


class _Mixture(NamedTuple):
    """The best mixture of choices: its prices of quotas, its worth in units, and what it misses and uses."""

    prices: QuotaDualValues
    worth: float
    missed: float
    used: list[_Choice]


class _BestChoice(NamedTuple):
    """The best choice at some prices, among candidates whose worth is ``shift`` higher than shown here."""

    prices: QuotaDualValues
    bound: int
    candidates: Arcs
    chosen: BoolArray
    shift: int


class _Converged(NamedTuple):
    """The lowest bound over candidates, and the mixture that is not far below it."""

    best: _BestChoice
    mixture: _Mixture
    is_exact: bool


class _Master:
    """The master over whole choices, with the limit of its prices."""

    def __init__(self, subproblem: LagrangianSubproblem, work: Work) -> None:
        self.subproblem, self.work = subproblem, work
        self._bounds = _SumBounds.of(work.quotas)
        self._choices: list[_Choice] = []
        self._penalty = FIRST_PENALTY

    def converge(self, arcs: Arcs, share: float) -> _Converged | None:
        """Add choices until their mixture is as good as the bound over candidates, but for a share of it."""
        prices, best = self._first_prices(), None
        while prices is not None and len(self._choices) < MOST_CHOICES:
            choice = self._best_choice(arcs, prices)
            if self._bounds.broken_by(self._choices[0].sums) > MOST_BROKEN:
                return None
            if best is None or choice.bound < best.bound:
                best = choice
            mixture = self._mix()
            if mixture is None:
                return None
            left = best.bound - mixture.worth
            is_exact = left <= EXACT or _are_equal(mixture.prices, prices)
            prices = mixture.prices
            if is_exact or left <= share * abs(mixture.worth):
                if mixture.missed <= MISSED or not self._raise_penalty():
                    return _Converged(best, mixture, is_exact)
                prices = self._first_prices()
        return None

    def _raise_penalty(self) -> bool:
        """Raise the limit of prices; say whether it could be raised."""
        before = self._penalty
        self._penalty = min(self.work.tuning.penalty, before * PENALTY_GROWTH)
        return self._penalty > before

    def _first_prices(self) -> QuotaDualValues | None:
        """Return the prices of the mixture so far; 0 where there is none."""
        if not self._choices:
            return QuotaDualValues.none(self.work.quotas)
        mixture = self._mix()
        return None if mixture is None else mixture.prices

    def _best_choice(self, arcs: Arcs, prices: QuotaDualValues) -> _BestChoice:
        """Find the best choice of candidates at some prices, and add it to the columns."""
        quotas, problem = self.work.quotas, self.subproblem.problem
        worth = arcs.scores - prices.paid(quotas, arcs)
        # Where no pair is worth more than 0, one pair fewer is never a loss: then prices of people exist.
        shift = max(0, int(worth.max(initial=0)))
        candidates = replace(arcs, scores=worth - shift)
        chosen = best_pairs(candidates, problem.capacities, problem.everybody, self.subproblem.count)
        picked = arcs.where(chosen)
        sums = np.concatenate([quota_sums(quota, picked.rows, picked.columns) for quota in quotas])
        self._choices.append(_Choice(picked, int(picked.scores.sum()), sums))
        bound = int(worth[chosen].sum()) + prices.most(quotas)
        return _BestChoice(prices, bound, candidates, chosen, shift)

    def _mix(self) -> _Mixture | None:
        """Return the best mixture of the choices so far; ``None`` if HiGHS has no answer."""
        bounds, choices = self._bounds, self._choices
        programme = bounds.programme(choices, self._penalty)
        found = solve_linear(programme, seconds_of(self.work.watch.seconds_left))
        if found is None:
            return None
        prices = round_quota_prices(bounds.prices(found.of_limits) * POINT, 0.0, self.work.quotas)
        weights, misses = np.split(found.x, [len(choices)])
        used = [choice for choice, weight in zip(choices, weights, strict=True) if weight > MISSED]
        return _Mixture(prices, -POINT * float(programme.cost @ found.x), float(misses.sum()), used)


class _SumBounds(NamedTuple):
    """The bounds of all sums of some quotas, one after the other."""

    lower: FloatArray
    upper: FloatArray
    largest: FloatArray

    @classmethod
    def of(cls, quotas: Sequence[Quota]) -> _SumBounds:
        lower = np.concatenate([quota.lower for quota in quotas]).astype(float)
        upper = np.concatenate([quota.upper for quota in quotas]).astype(float)
        largest = np.concatenate([np.full(len(quota.lower), float(quota.largest)) for quota in quotas])
        lower[lower <= -UNBOUNDED], upper[upper >= UNBOUNDED] = -np.inf, np.inf
        return cls(lower, upper, largest)

    @property
    def above(self) -> BoolArray:
        """Marks of the sums with an upper bound."""
        return np.isfinite(self.upper)

    @property
    def below(self) -> BoolArray:
        """Marks of the sums with a lower bound."""
        return np.isfinite(self.lower)

    def broken_by(self, sums: IntArray) -> int:
        """Count the sums that are outside their bounds."""
        return int(((sums < self.lower) | (sums > self.upper)).sum())

    def programme(self, choices: Sequence[_Choice], penalty: float) -> LinearProgramme:
        """Return the programme of the best mixture: a weight for each choice, and a miss for each bound."""
        from scipy.sparse import csr_array, eye_array, hstack

        above, below = self.above, self.below
        sums = np.array([choice.sums for choice in choices], dtype=float).T
        rows = csr_array(np.concatenate([sums[above], -sums[below]]))
        misses, missing_cost = rows.shape[0], penalty / self.largest
        totals = np.array([choice.total for choice in choices]) / POINT
        cost = np.concatenate([-totals, missing_cost[above], missing_cost[below]])
        weights = np.concatenate([np.ones(len(choices)), np.zeros(misses)])
        return LinearProgramme(
            cost,
            np.full(len(cost), np.inf),
            hstack([rows, -eye_array(misses)], format="csc"),
            np.concatenate([self.upper[above], -self.lower[below]]),
            csr_array(weights[None, :]),
            np.ones(1),
        )

    def prices(self, of_limits: FloatArray) -> FloatArray:
        """Return the price of each sum, given the marginals of the programme."""
        above, below = self.above, self.below
        prices = np.zeros(len(self.lower))
        of_above, of_below = np.split(of_limits, [int(above.sum())])
        prices[above] -= of_above
        prices[below] += of_below
        return np.clip(prices, np.where(below, -np.inf, 0), np.where(above, np.inf, 0))


def _are_equal(one: QuotaDualValues, other: QuotaDualValues) -> bool:
    return all(np.array_equal(here, there) for here, there in zip(one.of_sums, other.of_sums, strict=True))


def _price_people(master: _Master, best: _BestChoice) -> tuple[QuotaProof, Arcs]:
    """Price all pairs at the prices of people that belong to a choice; return the bound and near pairs."""
    subproblem, work = master.subproblem, master.work
    problem = subproblem.problem
    prices = recover_prices(best.candidates, best.chosen, problem.capacities)
    of_quotas = replace(best.prices, cardinality_dual=prices.cardinality_dual - best.shift)
    near = np.sort(-prices.reduced_profits(best.candidates))[: sum(problem.shape)]
    margin = max(0, int(near.max(initial=0)))
    prices = replace(prices, cardinality_dual=0)
    pricing = price_under_quotas(subproblem, work, prices, of_quotas, margin)
    prices, proved = tightest(problem, prices, problem.everybody, 0, pricing)
    bound = proved.total + of_quotas.most(work.quotas) - of_quotas.cardinality_dual * (subproblem.count or 0)
    proof = QuotaProof(bound, prices, of_quotas, tuple(work.quotas), proved.pairs)
    return proof, problem.rescore(pricing.found)
