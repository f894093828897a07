"""Decides how many duos stay where each duo that ends costs a charge.

Let h(x) be the number of duos that end in a matching x, T(x) its total, c the charge, and n the number of
duos that could stay. Wanted is a matching that is best in what the objective puts before the total, and then
in T − c h.

1. Let each duo that stays be worth c more than it scores. The total is then T + c (n − h), which is T − c h
   plus a constant. So the best matching x* under this worth is wanted. Let k = h(x*).
2. Let y be the best matching by the plain objective among those with h(y) ≤ k. Since x* is one of these, and
   best of all in what comes before the total, y is as good in that, and T(y) ≥ T(x*).
3. So T(y) − c h(y) ≥ T(x*) − c k: y is wanted, too.

Hence the charge has to decide only the number k, and y is an ordinary matching under an ordinary quota, with
the proof of such a matching. Where the worst duo comes before the total (``max_min``), the best worst duo is
found first, and only pairs that score as much can be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.bottleneck import at_least
from reverse_match.solver.assignment.certificate import gap
from reverse_match.solver.objectives import solve_for
from reverse_match.solver.pairs.quotas import quota_sums, reduce_quota
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.side_constraints.lagrangian_pairs import LagrangianPairs, QuotaDualValues

if TYPE_CHECKING:
    from reverse_match.foundation.progress import Watch
    from reverse_match.matching.encode import Prepared
    from reverse_match.solver.objectives import Maximised, Optimum


@dataclass(frozen=True)
class ChargeResult:
    """The number of duos that stay under a charge for changes.

    Attributes
    ----------
    kept : int
        Number of duos that stay.
    gap : float
        How far the total minus charges can be from the best, as a share; 0 if it is proved optimal.
    """

    kept: int
    gap: float


def decide_charge(prepared: Prepared, charge: int, watch: Watch) -> ChargeResult | None:
    """Return how many duos stay if each that ends costs a charge.

    Parameters
    ----------
    prepared : Prepared
        Problem whose last quota counts the duos that could stay; the bound of that quota is ignored.
    charge : int
        Charge for each duo that ends, in units of the objective; 0 or more.
    watch : Watch
        Listener for progress, with the time limit.

    Returns
    -------
    ChargeResult or None
        The result; ``None`` where the other quotas cannot be kept.
    """
    staying = prepared.quotas[-1].sums
    rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    quotas = [reduce_quota(quota.sums, rows, columns) for quota in prepared.quotas[:-1]]
    objective, problem, tiling = prepared.policy.objective, prepared.problem, prepared.tiling
    maximised: Maximised = objective if isinstance(objective, str) else "coverage"
    compared: list[tuple[int, int]] = []
    needs_pair = not prepared.rules.fixed
    if maximised == "max_min":
        fairest = solve_for(maximised, problem, tiling, watch, None, quotas, needs_pair=needs_pair)
        if isinstance(fairest, Infeasible):
            return None
        if fairest.worst is not None:
            problem = at_least(problem, fairest.worst.score)
            compared.append((fairest.worst.score, fairest.worst.bound))
        maximised = "coverage"
    watch.begin_again("charge for changes")
    worth_more = QuotaDualValues((np.array([-charge], dtype=np.int64),))
    charged = replace(problem, pairs=LagrangianPairs(problem.pairs, [staying], worth_more))
    optimum = solve_for(maximised, charged, tiling, watch, None, quotas, needs_pair=needs_pair)
    if isinstance(optimum, Infeasible):
        return None
    chosen = optimum.solution.chosen
    kept = quota_sums(staying, np.append(chosen.rows, rows), np.append(chosen.columns, columns))
    return ChargeResult(int(kept[0]), gap(*compared, *_values_and_bounds(optimum)))


def _values_and_bounds(optimum: Optimum) -> list[tuple[int, int]]:
    chosen, bounds = optimum.solution.chosen, optimum.solution.bounds
    total = int(chosen.scores.sum()), bounds.total
    people = optimum.people
    if people is not None:
        each = (people.lowest, people.lowest_bound), (people.utility, people.utility_bound)
        stages = [(one, most) for one, most in each if one is not None and most is not None]
        return [(len(chosen), bounds.count), *stages, *(() if people.proved else (total,))]
    return [total] if optimum.objective == "total" else [(len(chosen), bounds.count), total]
