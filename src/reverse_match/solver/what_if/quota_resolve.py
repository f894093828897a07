"""The best choice under quotas after a small change, from the proofs of the choice before it.

Dual values of quotas bound the changed problem, too
(:mod:`reverse_match.solver.side_constraints.lagrangian_pairs`), and a change of one pair hardly moves the
best ones. So the Lagrangian subproblem is solved once at those known values, and an incumbent is looked for
near the bound. The stages before the total need no search of their own: where people allow so many pairs, and
the known dual values of marked pairs show that no choice of so many has fewer marked ones, a choice that
reaches both is the best in both, and the bound on the total of such choices decides the rest.

Whatever is not proved in this way is left to the solver, which begins anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reverse_match.foundation.errors import UndecidedError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.certificate import tightest
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING
from reverse_match.solver.assignment.solve import solve
from reverse_match.solver.objectives import Optimum
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, fix_count, single
from reverse_match.solver.side_constraints.charged_marks import FewestMarked
from reverse_match.solver.side_constraints.close_gap import Incumbent, close_gap, improve_incumbent
from reverse_match.solver.side_constraints.fewest_marked import prove_unmarked
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    Infeasible,
    LagrangianSubproblem,
    Work,
    bound_at,
    price_under_quotas,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.solve import QuotaProofs
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.solver.assignment.solve import Solution, Start
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof


def resolve_with_quotas(
    earlier: Optimum,
    problem: Problem,
    quotas: Sequence[Quota],
    tiling: Tiling,
    start: Start,
    tuning: Tuning | None = None,
) -> Optimum | None:
    """Return the proved optimum of a slightly changed problem; ``None`` where known proofs do not show it.

    Parameters
    ----------
    earlier : Optimum
        The optimum before the change.
    problem, quotas, tiling
        The changed problem.
    start : Start
        Candidates and prices of the best choice without quotas before the change.
    tuning : Tuning, optional
        Constants of the solver.
    """
    tuning = tuning or Tuning()
    known, rows_by_columns = earlier.quotas, problem.shape[0] * problem.shape[1]
    if known is None or earlier.is_tie_broken or earlier.objective != "coverage":
        return None
    if problem.demand is not None or problem.people is not None or rows_by_columns < tuning.known_proofs_from:
        return None
    plain = solve(problem, tiling, None, start, tuning)
    if not plain.proved or holds(quotas, plain.chosen):
        return None
    count, of_count = _most_pairs(known.count, problem, Work(quotas, tiling, Watch(), tuning), plain)
    if count < 1:
        return None
    fixed = [fix_count(quota, count) for quota in quotas]
    marked = _fewest_marked(earlier, problem, fixed, count, tiling)
    limited = list(fixed)
    if len(known.total.quotas) > len(fixed) and marked is not None and problem.marked is not None:
        limited.append(PairQuota(problem.marked.marks, 1, 0, single(-UNBOUNDED), single(marked.count)))
    if [len(quota.lower) for quota in limited] != [len(quota.lower) for quota in known.total.quotas]:
        return None
    work = Work(limited, tiling, Watch(), tuning)
    return _best(earlier, problem, work, plain, _Stages(count, of_count, marked))


class _Stages(NamedTuple):
    """Bounds on the stages before the total: the number of pairs with its proof, and the marked ones."""

    most: int
    of_count: QuotaProof | None
    marked: FewestMarked | None


def _most_pairs(
    known: QuotaProof | None, problem: Problem, work: Work, plain: Solution
) -> tuple[int, QuotaProof | None]:
    """Return a bound on the number of pairs, by people or by known prices of quotas, with that proof."""
    most = len(plain.chosen)
    if known is None:
        return most, None
    proof = replace(known, quotas=tuple(work.quotas), proof_tree=None)
    bound, prices, pairs = proof.of_quotas.most(work.quotas), proof.prices, 0
    if len(prices.rows):  # a quota on all pairs is a proof of its own, without prices of people
        subproblem = LagrangianSubproblem.of_count(replace(problem, most_first=False), most)
        pricing = price_under_quotas(subproblem, work, prices, proof.of_quotas, ONLY_IMPROVING)
        prices, proved = tightest(subproblem.problem, prices, problem.everybody, 0, pricing)
        bound, pairs = bound + proved.total, proved.pairs
    if bound >= PAIR * most:
        return most, None
    return bound // PAIR, replace(proof, bound=bound, prices=prices, pairs=pairs)


def _fewest_marked(
    earlier: Optimum, problem: Problem, quotas: Sequence[Quota], count: int, tiling: Tiling
) -> FewestMarked | None:
    """Return the number of marked pairs below which no choice of so many pairs gets, if any is."""
    fewest, marked = earlier.marked, problem.marked
    if fewest is None or marked is None:
        return None
    if fewest.proof is None or fewest.bound == 0:
        return FewestMarked(0, 0)
    known = replace(fewest.proof, quotas=tuple(quotas))
    proof = prove_unmarked(problem, marked, known, count, tiling)
    least = max(0, count - proof.bound // PAIR)
    return FewestMarked(least, least, proof)


def _best(earlier: Optimum, problem: Problem, work: Work, plain: Solution, stages: _Stages) -> Optimum | None:
    """Return the best choice of as many pairs with so few marked ones, if it is found and proved."""
    proofs, before = earlier.quotas, earlier.solution
    if proofs is None:
        return None
    known = proofs.total
    free = replace(problem, most_first=False)
    subproblem = LagrangianSubproblem.of_total(free, stages.most)
    near = Arcs.union([before.candidates, plain.candidates, before.chosen, plain.chosen])
    upper = bound_at(subproblem, work, known.of_quotas, free.possible(near), known.prices)
    try:
        found = improve_incumbent(subproblem, work, upper, None)
        if isinstance(found, Incumbent) and not _is_closed(found):  # better prices, from the master
            found = close_gap(subproblem, work, upper.arcs, upper.proof.prices, found.chosen)
    except UndecidedError:
        return None
    if isinstance(found, Infeasible):
        return None
    total, marked = QuotaProofs(found.proof, stages.of_count), stages.marked
    limits = replace(total.bounds(found.chosen, plain.bounds.count), pairs=plain.bounds.pairs)
    solution = replace(plain, chosen=found.chosen, prices=total.prices, bounds=limits, has_equal_optima=None)
    optimum = Optimum(earlier.objective, solution, plain, quotas=total, marked=marked)
    if problem.marked is not None and marked is not None:
        reached = problem.marked.count(found.chosen.rows, found.chosen.columns)
        optimum = replace(optimum, marked=replace(marked, count=reached))
    return optimum if optimum.proved else None


def _is_closed(found: Incumbent) -> bool:
    """Say whether a choice is proved to be the best."""
    return found.proof.proof_tree is not None or found.proof.bound == int(found.chosen.scores.sum())
