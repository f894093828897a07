r"""The best choice that keeps quotas, with its proof.

Without quotas a choice is the optimum of an assignment problem; with quotas, of an integer programme. It is
solved from both sides:

* **from above**, by dual values of quotas over all pairs (:mod:`.lagrangian_bound`);
* **from below**, by branch and bound among the pairs with small losses against that bound
  (:mod:`.close_gap`).

Where the number of pairs comes first, it is maximised first. Often the number without quotas can be kept,
since a choice with that many pairs is found. Otherwise the same two steps find the number, with all pairs of
equal worth. If no choice keeps the quotas, a bound on the missed amounts proves that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.certificate import Bounds, gap
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, SideQuota, single
from reverse_match.solver.side_constraints.cardinality_tie_breaking import maximise_cardinality
from reverse_match.solver.side_constraints.close_gap import Incumbent, close_gap, improve_incumbent
from reverse_match.solver.side_constraints.feasibility import (
    InfeasibilityProof,
    find_feasible_choice,
    prove_impossible,
)
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    Infeasible,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    bound_from_above,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues, holds
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class QuotaProofs:
    """The proofs that no choice that keeps the quotas is better: one for each stage of the objective.

    Attributes
    ----------
    total : QuotaProof
        Bound on the total; where the number of pairs comes first, on the total of as many pairs as were
        chosen.
    count : QuotaProof or None
        Bound on the number of pairs where quotas limit it; ``None`` where people limit it.
    is_tie_broken : bool
        Whether tickets have decided on the choice: only if quotas cost nothing and no search was needed.
    """

    total: QuotaProof
    count: QuotaProof | None
    is_tie_broken: bool = False

    @property
    def prices(self) -> DualValues:
        """The dual values of people and of the number of pairs that prove the total."""
        return replace(self.total.prices, cardinality_dual=self.total.of_quotas.cardinality_dual)

    def bounds(self, chosen: Arcs, most: int) -> Bounds:
        """Return the bounds on a choice, given the largest number of pairs that people allow."""
        total = int(chosen.scores.sum()) if self.total.proof_tree is not None else self.total.bound
        if self.count is not None:
            most = len(chosen) if self.count.proof_tree is not None else self.count.bound // PAIR
        return Bounds(most, total, self.total.pairs)


class QuotaSolution(NamedTuple):
    """A choice that keeps the quotas, the bounds on it, and their proofs."""

    chosen: Arcs
    bounds: Bounds
    proofs: QuotaProofs


def solve_with_quotas(
    problem: Problem,
    quotas: Sequence[Quota],
    plain: Solution,
    tiling: Tiling,
    watch: Watch | None = None,
    tuning: Tuning | None = None,
) -> QuotaSolution | Infeasible:
    """Choose as many pairs as quotas allow, and of these choices the one with the highest total.

    Parameters
    ----------
    problem, tiling, watch, tuning
        As for :func:`.solve.solve`.
    quotas : sequence of Quota
        The quotas that the chosen pairs keep together.
    plain : Solution
        The best choice without quotas, whose bound on the number of pairs holds for every choice.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.quotas import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> from reverse_match.solver.assignment.solve import solve
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = ScoreTable(np.array([[9, 8], [8, 0]], dtype=np.int32))
    >>> pilot = SideQuota(0, np.zeros(2, dtype=np.int64), single(-UNBOUNDED), single(1))
    >>> problem = Problem(scores, one, one, key, key)
    >>> solution = solve_with_quotas(problem, [pilot], solve(problem, Tiling()), Tiling())
    >>> solution.chosen.scores.tolist(), solution.bounds.total, solution.bounds.count
    ([9], 9, 1)
    """
    work = Work(quotas, tiling, watch or Watch(), tuning or Tuning())
    if holds(quotas, plain.chosen):
        return _with_bounds(plain, plain.chosen, _proofs_without_price(plain, quotas))
    if is_shown_impossible(problem, work, plain):
        return Infeasible(None)
    with work.watch.without_gaps():
        solution = _solve_by_objective(problem, work, plain)
    if isinstance(solution, QuotaSolution):
        limits, total = solution.bounds, int(solution.chosen.scores.sum())
        reached = [(total, limits.total)]
        if problem.most_first:
            reached.append((len(solution.chosen), limits.count))
        work.watch.report_gap(lambda: gap(*reached))
    return solution


def is_shown_impossible(problem: Problem, work: Work, plain: Solution) -> bool:
    """Say whether counting, or classes of people who are alike, show that nothing keeps the quotas.

    Where they do not, quotas may still be impossible. Then pricing shows it, which takes longer.
    """
    if _is_too_much(work, plain):
        return True
    return prove_impossible(problem, work.quotas, work.tiling, work.watch, work.tuning) is not None


def _is_too_much(work: Work, plain: Solution) -> bool:
    """Say whether the least numbers of some quota add up to more pairs than people allow."""
    least = [quota.lower[quota.lower > 0].sum() for quota in work.quotas if isinstance(quota, SideQuota)]
    return max(map(int, least), default=0) > plain.bounds.count


def _with_bounds(plain: Solution, chosen: Arcs, proofs: QuotaProofs) -> QuotaSolution:
    return QuotaSolution(chosen, proofs.bounds(chosen, plain.bounds.count), proofs)


def _proofs_without_price(plain: Solution, quotas: Sequence[Quota]) -> QuotaProofs:
    """Return the proofs of the best choice without quotas, which happens to keep them."""
    of_quotas = replace(QuotaDualValues.none(quotas), cardinality_dual=plain.prices.cardinality_dual)
    prices = replace(plain.prices, cardinality_dual=0)
    proof = QuotaProof(plain.bounds.total, prices, of_quotas, tuple(quotas), plain.bounds.pairs)
    return QuotaProofs(proof, None, is_tie_broken=True)


def _solve_by_objective(problem: Problem, work: Work, plain: Solution) -> QuotaSolution | Infeasible:
    free = replace(problem, most_first=False)
    arcs = Arcs.union([plain.candidates, plain.chosen])
    if problem.most_first:
        return _maximise_count_first(free, work, plain, arcs)
    subproblem = LagrangianSubproblem.of_total(free, None)
    found = close_gap(subproblem, work, arcs, plain.prices)
    if isinstance(found, Infeasible):
        return found
    found = maximise_cardinality(subproblem, work, found)
    return _with_bounds(plain, found.chosen, QuotaProofs(found.proof, None))


def _maximise_count_first(
    problem: Problem, work: Work, plain: Solution, arcs: Arcs
) -> QuotaSolution | Infeasible:
    """Find the largest number of pairs, and the best choice with that many."""
    most = most_pairs_kept(problem, work, plain)
    if isinstance(most, Infeasible):
        return most
    limit, core = most
    subproblem = LagrangianSubproblem.of_total(problem, limit.count)
    arcs = Arcs.union([arcs, core])
    found = close_gap(subproblem, work, arcs, plain.prices, core=core)
    if isinstance(found, Incumbent):
        total = _charge_count_limit(work.quotas, limit.count, found.proof)
        return _with_bounds(plain, found.chosen, QuotaProofs(total, limit.proof))
    subproblem = LagrangianSubproblem.of_count(problem, CountLimit.of(work.quotas, len(plain.chosen)).count)
    return _search_count(problem, subproblem, work, plain, arcs)


def most_pairs_kept(problem: Problem, work: Work, plain: Solution) -> tuple[CountLimit, Arcs] | Infeasible:
    """Return a bound on the number of pairs under quotas, and pairs of which fractions reach it.

    Parameters
    ----------
    problem : Problem
        Problem of any number of pairs.
    work : Work
        The quotas, and the resources to use.
    plain : Solution
        The best choice without quotas.
    """
    most = CountLimit.of(work.quotas, len(plain.chosen))
    subproblem = LagrangianSubproblem.of_count(problem, most.count)
    equal = subproblem.problem.rescore(
        nearest_pairs(work, plain, Arcs.union([plain.candidates, plain.chosen]))
    )
    upper = bound_from_above(subproblem, work, equal, plain.prices, enough=PAIR * most.count)
    if isinstance(upper, Infeasible):
        return upper
    core, count = problem.rescore(upper.used), upper.proof.bound // PAIR
    return (CountLimit(count, upper.proof) if count < most.count else most), core


def nearest_pairs(work: Work, plain: Solution, arcs: Arcs) -> Arcs:
    """Return the pairs nearest to the prices of a solution, a few for each person, and the chosen ones."""
    people = len(plain.prices.rows) + len(plain.prices.columns)
    near = arcs.highest(plain.prices.reduced_profits(arcs), work.tuning.programme_per_person * people)
    return Arcs.union([near, plain.chosen])


def _search_count(
    problem: Problem, subproblem: LagrangianSubproblem, work: Work, plain: Solution, arcs: Arcs
) -> QuotaSolution | Infeasible:
    """Find the largest number of pairs by branch and bound, where fractions would allow more pairs."""
    upper = bound_from_above(subproblem, work, subproblem.problem.rescore(arcs), plain.prices)
    counted = upper if isinstance(upper, Infeasible) else improve_incumbent(subproblem, work, upper, None)
    if isinstance(counted, Infeasible):
        return counted
    known = problem.rescore(counted.chosen)
    arcs = Arcs.union([arcs, known])
    found = close_gap(LagrangianSubproblem.of_total(problem, len(known)), work, arcs, plain.prices, known)
    if isinstance(found, Infeasible):  # impossible, since a choice with that many pairs is known
        raise _lost_choice()
    return _with_bounds(plain, found.chosen, QuotaProofs(found.proof, counted.proof))


def with_some_pair(
    problem: Problem, work: Work, plain: Solution, found: QuotaSolution
) -> QuotaSolution | Infeasible:
    """Return a choice of at least one pair, or prove that the quotas allow none.

    A quota on a share holds for a choice without pairs, so contradictory shares allow only that choice.

    Parameters
    ----------
    problem : Problem
        Problem with at least one possible pair.
    work : Work
        The quotas, and the resources to use.
    plain : Solution
        The best choice without quotas.
    found : QuotaSolution
        The best choice, with or without pairs.

    Raises
    ------
    UndecidedError
        If neither a choice was found nor a proof that none exists.
    """
    if len(found.chosen):
        return found
    if problem.most_first and found.bounds.count == 0:
        return Infeasible(None)
    everybody = np.zeros(problem.shape[0], dtype=np.int64)
    some_pair = SideQuota(0, everybody, single(1), single(UNBOUNDED))
    asked = [*work.quotas, some_pair]
    some = find_feasible_choice(problem, asked, work.tiling, plain.candidates, work.watch, work.tuning)
    if isinstance(some, InfeasibilityProof):
        return Infeasible(None)
    known = problem.rescore(some)
    if not problem.most_first:
        # The choice without pairs is the best where the total of every other one is negative.
        return _with_bounds(plain, known, found.proofs) if known.scores.sum() >= 0 else found
    arcs = Arcs.union([plain.candidates, known])
    free = replace(problem, most_first=False)
    best = close_gap(LagrangianSubproblem.of_total(free, len(known)), work, arcs, plain.prices, known)
    if isinstance(best, Infeasible):  # impossible, since a choice with that many pairs is known
        raise _lost_choice()
    return _with_bounds(plain, best.chosen, replace(found.proofs, total=best.proof))


def _lost_choice() -> SolverError:
    return SolverError("a choice that keeps the quotas was lost")


@dataclass(frozen=True)
class CountLimit:
    """A bound on the number of pairs that is known before anything is solved with quotas, and its proof.

    ``proof`` is ``None`` where people limit the number, and not a quota on the number of pairs.
    """

    count: int
    proof: QuotaProof | None

    @classmethod
    def of(cls, quotas: Sequence[Quota], count: int) -> CountLimit:
        """Return the bound that people set, or a lower one that a quota states."""
        limit = _limit_of_all(quotas)
        if limit is None or limit.bound >= PAIR * count:
            return cls(count, None)
        return cls(limit.bound // PAIR, limit)


def _lowest_limit(quotas: Sequence[Quota]) -> tuple[int, int] | None:
    """Return the lowest bound that a quota states for the number of all pairs, and the index of the quota."""
    limits = [
        (int(quota.upper[0]), place)
        for place, quota in enumerate(quotas)
        if isinstance(quota, SideQuota) and len(quota.upper) == 1 and not quota.group.any()
    ]
    return min(limits, default=None)


def _charge_count_limit(quotas: Sequence[Quota], count: int, proof: QuotaProof) -> QuotaProof:
    """Move the price of one more pair to the quota that limits their number, where one more would gain."""
    limit, of_quotas = _lowest_limit(quotas), proof.of_quotas
    if limit is None or limit[0] != count or of_quotas.cardinality_dual >= 0:
        return proof
    of_sums = tuple(
        price - of_quotas.cardinality_dual if place == limit[1] else price
        for place, price in enumerate(of_quotas.of_sums)
    )
    if (of_sums[limit[1]] < 0).any():
        return proof
    return replace(proof, of_quotas=QuotaDualValues(of_sums))


def _limit_of_all(quotas: Sequence[Quota]) -> QuotaProof | None:
    """Return the lowest bound that a quota states for the number of all pairs, which is its own proof."""
    limit = _lowest_limit(quotas)
    if limit is None:
        return None
    most, place = limit
    prices = QuotaDualValues.none(quotas)
    prices.of_sums[place][0] = PAIR
    nobody = DualValues(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)
    return QuotaProof(PAIR * most, nobody, prices, tuple(quotas), 0)
