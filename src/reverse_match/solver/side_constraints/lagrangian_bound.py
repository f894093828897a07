r"""Lagrangian bounds on the choices that keep quotas, proved by dual values over all pairs.

The restricted master, a linear programme over candidates, gives each quota a price
(:mod:`.restricted_master`). With scores minus payments the problem is an assignment problem again, the
Lagrangian subproblem, which :func:`.solve.solve` solves over *all* pairs. Its total bounds every choice that
keeps the quotas (:mod:`.lagrangian_pairs`). Its candidates join the master, and both are solved again, until
no new candidates come.

Feasibility is decided in the same way, with every pair worth nothing: where the bound is below 0, the quotas
cannot be kept.

Sources: Fisher 1981 for Lagrangian bounds; Barnhart et al. 1998 for column generation with a restricted
master, and for reduced-cost fixing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.assignment.augmenting_paths import PrimalDual
from reverse_match.solver.assignment.certificate import bounds, tightest
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.assignment.solve import Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import fix_count, sample_quota
from reverse_match.solver.side_constraints.feasibility import find_feasible_choice
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.lagrangian_pairs import (
    EqualPairs,
    LagrangianPairs,
    QuotaDualValues,
)
from reverse_match.solver.side_constraints.restricted_master import (
    MISSED,
    POINT,
    MasterSolution,
    RestrictedProblem,
    solve_restricted_master,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.pricing import PricingResult
    from reverse_match.solver.pairs.loads import LoadCosts
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.proof_tree import ProofTree
    from reverse_match.solver.tuning import Tuning

PAIR = 100_000
"""Worth of each pair in units where the number of pairs is maximised."""


@dataclass(frozen=True)
class QuotaProof:
    """A bound on every choice that keeps the quotas, with its proof.

    Attributes
    ----------
    bound : int
        Bound on the total, or on the number of pairs times ``PAIR``; the prices prove it over all pairs.
    prices : DualValues
        Prices of people, for scores minus payments.
    of_quotas : QuotaDualValues
        Prices of quotas, which set the payments of pairs.
    quotas : tuple of Quota
        The quotas with these prices; for a known number of pairs, shares are whole numbers.
    pairs : int
        Number of pairs that were checked.
    proof_tree : ProofTree or None
        The tree that closes the gap of the prices by cases, where it has been closed.
    """

    bound: int
    prices: DualValues
    of_quotas: QuotaDualValues
    quotas: tuple[Quota, ...]
    pairs: int
    proof_tree: ProofTree | None = None


@dataclass(frozen=True)
class Infeasible:
    """No choice keeps the quotas.

    Attributes
    ----------
    proof : QuotaProof or None
        Proof of a bound below 0 when every pair is worth nothing, although each choice then has the total 0.
        ``None`` where it is proved in another way (by a tree, or by the bounds of a quota alone), and where
        no choice with a given number of pairs was found, which proves nothing.
    """

    proof: QuotaProof | None


@dataclass(frozen=True)
class Work:
    """The quotas to keep, and the resources to use."""

    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning

    def at(self, subproblem: LagrangianSubproblem) -> Work:
        """Return the same with the quotas for the number of pairs of a subproblem."""
        if subproblem.count is None:
            return self
        return replace(self, quotas=[fix_count(quota, subproblem.count) for quota in self.quotas])


@dataclass(frozen=True)
class LagrangianSubproblem:
    """A subproblem: the highest total of ``count`` pairs, or of any number if it is ``None``.

    ``unit`` is the worth of a point, and ``step`` is the least difference between the worths of two choices.
    Prices are computed on ``perturbed``: the same pairs with scores at which fewer choices are equal. Loads
    can cost something beside the worth of pairs (:mod:`.spread_under_quotas`).
    """

    problem: Problem
    perturbed: Problem
    count: int | None
    unit: int
    step: int
    loads: LoadCosts | None = None

    @classmethod
    def of_total(cls, problem: Problem, count: int | None) -> LagrangianSubproblem:
        """Return the subproblem of the highest total."""
        return cls(problem, problem, count, POINT, 1)

    @classmethod
    def of_count(cls, problem: Problem, most: int) -> LagrangianSubproblem:
        """Return the subproblem of the largest number of pairs; the perturbed problem prefers high scores."""
        problem = problem.without_credits  # each pair counts as one, whatever its credit
        equal = replace(problem, pairs=EqualPairs(problem.pairs, PAIR))
        perturbed = replace(problem, pairs=EqualPairs(problem.pairs, PAIR, 1 + 2 * POINT * most // PAIR))
        return cls(equal, perturbed, None, PAIR, PAIR)

    def among(self, arcs: Arcs, work: Work) -> RestrictedProblem:
        """Return the problem restricted to some pairs."""
        return RestrictedProblem(arcs, self.problem.capacities, work.quotas, self.count, loads=self.loads)


@dataclass(frozen=True)
class UpperBound:
    """An upper bound, the arcs that led to it, those used by the master, and the missed amount of quotas."""

    proof: QuotaProof
    arcs: Arcs
    used: Arcs
    missed: float


def bound_from_above(
    subproblem: LagrangianSubproblem,
    work: Work,
    arcs: Arcs,
    guess: DualValues,
    enough: int | None = None,
    *,
    core: Arcs | None = None,
    at_any_rate: bool = False,
) -> UpperBound | Infeasible:
    """Bound a subproblem from above, or prove that its quotas cannot be kept (with ``count`` pairs if given).

    If the candidates alone reach ``enough``, all other pairs are ignored. A bound is valid even if the
    penalty for missing a quota was too low. ``core`` are pairs of which fractions keep the quotas, if such
    are known: the first, small master has them. With ``at_any_rate`` the bound is returned even where quotas
    are missed, since a choice is known.
    """
    penalty = work.tuning.penalty
    upper = generate_columns(subproblem, work, arcs, guess, penalty, enough, core)
    if upper.missed <= MISSED or at_any_rate:
        return upper
    if subproblem.count is not None:
        return Infeasible(None)
    shown = _prove_infeasible(subproblem.problem, work, upper.arcs)
    if shown is not None:
        return shown
    return generate_columns(subproblem, work, upper.arcs, guess, penalty * work.tuning.penalty_rise)


def bound_at(
    subproblem: LagrangianSubproblem, work: Work, of_quotas: QuotaDualValues, arcs: Arcs, guess: DualValues
) -> UpperBound:
    """Bound a subproblem from above at known prices of quotas, without asking the master for better ones."""
    proof, new = _solve_subproblem(subproblem, work, of_quotas, arcs, guess)
    return UpperBound(proof, Arcs.union([arcs, new]), Arcs.union([]), 0.0)


def _prove_infeasible(problem: Problem, work: Work, arcs: Arcs) -> Infeasible | None:
    """Return the proof that no choice keeps the quotas, or ``None`` if none is found."""
    by_prices = replace(work.tuning, few_pairs=0)
    try:
        found = find_feasible_choice(problem, work.quotas, work.tiling, arcs, work.watch, by_prices)
    except UndecidedError:
        return None
    if isinstance(found, Arcs):
        return None
    if found.prices is None or found.of_quotas is None:
        return Infeasible(None)
    return Infeasible(QuotaProof(found.bound, found.prices, found.of_quotas, tuple(work.quotas), 0))


def generate_columns(
    subproblem: LagrangianSubproblem,
    work: Work,
    arcs: Arcs,
    guess: DualValues,
    penalty: float,
    enough: int | None = None,
    core: Arcs | None = None,
) -> UpperBound:
    """Alternate between pricing quotas in the master and solving the subproblem, until nothing is new."""
    best: QuotaProof | None = None
    missed, given, used = 0.0, arcs, Arcs.union([])
    missed_before = np.inf
    estimate = _estimate_quota_prices(subproblem, work, penalty)
    if estimate is not None:
        best, new = _solve_subproblem(subproblem, work, estimate, arcs, guess)
        guess, arcs = best.prices, Arcs.union([arcs, new])
        given = Arcs.union([core or given, _nearest(work, best, arcs)])
    for _ in range(work.tuning.most_quota_rounds):
        work.watch.step("price quotas")
        seconds = seconds_of(work.watch.seconds_left)
        master = solve_restricted_master(subproblem.among(given, work), penalty, subproblem.unit, seconds)
        if master is None:
            break
        used = given.where(master.used)
        if enough is not None and master.total * subproblem.unit > enough - 1 / 2:
            free = QuotaDualValues.none(work.quotas)
            return UpperBound(QuotaProof(enough, guess, free, tuple(work.quotas), 0), arcs, used, 0.0)
        proof, new = _bound_by_master(subproblem, work, master, arcs, guess)
        if best is None or proof.bound < best.bound:
            best = proof
        missed = master.missed
        stuck = missed > MISSED and (subproblem.count is not None or missed >= missed_before)
        guess, missed_before, before = proof.prices, missed, len(arcs)
        arcs = Arcs.union([arcs, new])
        everything = len(given) == before
        if _is_near(subproblem, work, best, master) or stuck or work.watch.expired:
            break
        if everything and len(arcs) == before:
            break
        given = arcs
        if estimate is not None and len(arcs) > before:
            given = Arcs.union([used, _nearest(work, best, arcs)])
    if best is None:  # HiGHS has no answer; quotas without prices prove a bound, too
        best, _ = _solve_subproblem(subproblem, work, QuotaDualValues.none(work.quotas), arcs, guess)
    return UpperBound(best, arcs, used, missed)


def _is_near(subproblem: LagrangianSubproblem, work: Work, proof: QuotaProof, master: MasterSolution) -> bool:
    """Say whether the master, with fractions of pairs, is near enough to a bound to stop."""
    left = proof.bound - master.total * subproblem.unit
    return left <= max(work.tuning.relative_tolerance * abs(proof.bound) + 1, subproblem.step - 1)


def _nearest(work: Work, proof: QuotaProof, arcs: Arcs) -> Arcs:
    """Return the pairs with the largest reduced profits, a few for each person."""
    people = len(proof.prices.rows) + len(proof.prices.columns)
    worth = proof.prices.reduced_profits(arcs) - proof.of_quotas.paid(work.quotas, arcs)
    return arcs.highest(worth, work.tuning.programme_per_person * people)


def _bound_by_master(
    subproblem: LagrangianSubproblem, work: Work, master: MasterSolution, arcs: Arcs, guess: DualValues
) -> tuple[QuotaProof, Arcs]:
    """Return the bound of a master solution, and the pairs that matter at its prices.

    Where the number of pairs is maximised, the master's own prices of people often prove the bound, and one
    pricing of all pairs shows it.
    """
    if subproblem.problem is not subproblem.perturbed:
        everybody = subproblem.problem.everybody
        pricing = price_under_quotas(subproblem, work, master.people, master.prices, ONLY_IMPROVING)
        prices, proved = tightest(subproblem.problem, master.people, everybody, 0, pricing)
        bound = proved.total + master.prices.most(work.quotas)
        bound -= master.prices.cardinality_dual * (subproblem.count or 0)
        proof = QuotaProof(bound, prices, master.prices, tuple(work.quotas), proved.pairs)
        if _is_near(subproblem, work, proof, master):
            return proof, Arcs.union([])
    return _solve_subproblem(subproblem, work, master.prices, arcs, guess)


def _estimate_quota_prices(
    subproblem: LagrangianSubproblem, work: Work, penalty: float
) -> QuotaDualValues | None:
    """Return prices of quotas estimated from a sample: the first rows and columns, which are in random order.

    The answer is ``None`` where the problem is so small that its own master is as fast.
    """
    share, (rows, columns) = work.tuning.quota_sample_share, subproblem.problem.shape
    if rows * columns < work.tuning.quota_sample_from or subproblem.count is None:
        return None
    problem = subproblem.problem.range(slice(0, -(-rows // share)), slice(0, -(-columns // share)))
    ends = np.arange(problem.shape[0]), np.arange(problem.shape[1])
    work = replace(work, quotas=[sample_quota(quota, *ends, 1 / share) for quota in work.quotas])
    plain = solve(problem, work.tiling, work.watch, None, work.tuning, tie_breaking=False)
    arcs = Arcs.union([plain.candidates, plain.chosen])
    count = min(len(plain.chosen), -(-subproblem.count // share))
    part = replace(subproblem, problem=problem, perturbed=problem, count=count)
    return generate_columns(part, work, arcs, plain.prices, penalty).proof.of_quotas


def _solve_subproblem(
    subproblem: LagrangianSubproblem, work: Work, of_quotas: QuotaDualValues, arcs: Arcs, guess: DualValues
) -> tuple[QuotaProof, Arcs]:
    """Solve the subproblem at given prices of quotas; return the bound, and the pairs that matter at them."""
    problem = subproblem.perturbed
    priced = replace(problem, pairs=LagrangianPairs(problem.pairs, work.quotas, of_quotas))
    primal_dual = PrimalDual(arcs.where(np.zeros(len(arcs), dtype=bool)), guess, problem.capacities)
    start = Start(arcs, primal_dual, same_scores=False)
    tuning = work.tuning
    if subproblem.problem is not problem:  # many pairs are equally good, so few candidates suffice
        tuning = replace(
            tuning, wanted_again=tuning.wanted_for_count, arcs_per_person=tuning.wanted_for_count
        )
    found = solve(priced, work.tiling, work.watch, start, tuning, tie_breaking=False)
    value, pairs = found.bounds.total, found.bounds.pairs
    if subproblem.problem is not problem:
        pricing = price_under_quotas(subproblem, work, found.prices, of_quotas, ONLY_IMPROVING)
        value = bounds(subproblem.problem, found.prices, problem.everybody, 0, pricing).total
    bound = value + of_quotas.most(work.quotas) - of_quotas.cardinality_dual * (subproblem.count or 0)
    near = Arcs.union([found.candidates, found.chosen])
    proof = QuotaProof(bound, found.prices, of_quotas, tuple(work.quotas), pairs)
    return proof, subproblem.problem.rescore(near)


def price_under_quotas(
    subproblem: LagrangianSubproblem, work: Work, prices: DualValues, of_quotas: QuotaDualValues, margin: int
) -> PricingResult:
    """Price all pairs by their scores minus their payments for quotas."""
    problem = subproblem.problem
    priced = replace(problem, pairs=LagrangianPairs(problem.pairs, work.quotas, of_quotas))
    most = work.tuning.searched_most
    pricing = price_all_pairs(priced, prices, problem.everybody, work.tiling, most, margin)
    work.watch.count_pairs(problem.shape[0] * problem.shape[1])
    return pricing
