r"""Of choices with the highest total that quotas allow, one with the most pairs.

Let prices prove the bound U (:mod:`.priced`), and let T be the highest total that there is. A choice has the
total T just where its losses (:mod:`.search`) sum to U - T. So every pair of it loses no more than that, and
the most pairs are found among those few: capacities and quotas are rows, what is missing to a priced bound is
a column, and one row more holds all losses together. Numbers are small and whole, so that doubles hold them.

A choice of as many pairs and of the same total is all that is taken from HiGHS, and it is checked. That none
has more pairs is what HiGHS says: the total is proved, the number of pairs is not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.problem import Arcs
from reverse_match.solver.quota_bounds import look_at_all
from reverse_match.solver.quota_prices import holds
from reverse_match.solver.relaxation import incidence, quota_rows

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.quota_bounds import Level, QuotaProof, Work
    from reverse_match.solver.quota_search import Closed


def most_of_equals(level: Level, work: Work, found: Closed) -> Closed:
    """Return a choice of the same total with more pairs, if there is one.

    Parameters
    ----------
    level : Level
        Asks for the highest total of any number of pairs.
    work : Work
        The quotas, and how the work is done.
    found : Closed
        The best total; where it is not proved, others with more pairs are not looked for.
    """
    total, proof = int(found.chosen.scores.sum()), found.proof
    spare = proof.bound - total
    if (spare and proof.searched is None) or work.watch.expired:
        return found
    work.watch.step("search")
    check = look_at_all(level, work, proof, spare)
    arcs = Arcs.joined([level.problem.scored(check.found), found.chosen])
    picked = _most(arcs, level.problem.capacities, work, proof, spare)
    if picked is None:
        return found
    chosen = arcs.where(picked)
    is_better = (
        len(chosen) > len(found.chosen)
        and int(chosen.scores.sum()) == total
        and _fits(chosen, level.problem.capacities)
        and holds(work.quotas, chosen)
    )
    return replace(found, chosen=chosen) if is_better else found


def _fits(chosen: Arcs, capacities: tuple[IntArray, IntArray]) -> bool:
    return all(
        bool((np.bincount(ends, minlength=len(capacity)) <= capacity).all())
        for ends, capacity in zip((chosen.rows, chosen.columns), capacities, strict=True)
    )


def _most(
    arcs: Arcs, capacities: tuple[IntArray, IntArray], work: Work, proof: QuotaProof, spare: int
) -> BoolArray | None:
    """Return which pairs a choice with the most of them has that loses no more than is spare."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack, vstack

    lost = proof.of_quotas.paid(work.quotas, arcs) - proof.prices.excess(arcs)
    sums = quota_rows(work.quotas, arcs)
    people = [incidence(arcs.rows, len(capacities[0])), incidence(arcs.columns, len(capacities[1]))]
    lower = np.concatenate([np.zeros(sum(map(len, capacities))), sums.lower])
    upper = np.concatenate([*capacities, sums.upper]).astype(float)
    price = np.concatenate([proof.prices.rows, proof.prices.columns, *proof.of_quotas.of_sums])
    slack, room = _slacks(lower, upper, price, spare)
    parts: list[Any] = [vstack([*people, sums.matrix]), slack]
    matrix = hstack(parts, format="csr")
    losses = np.concatenate([lost, np.abs(price[price != 0])]).astype(float)
    # Whoever is worth more than the prices and is not chosen is lost, too.
    most_lost = float(spare - int(np.maximum(-lost, 0).sum()))
    size = len(arcs)
    asked = milp(
        np.concatenate([-np.ones(size), np.zeros(len(room))]),
        constraints=[
            LinearConstraint(matrix, lower, upper),
            LinearConstraint(csr_array(losses[None, :]), -np.inf, most_lost),
        ],
        bounds=Bounds(0, np.concatenate([np.ones(size), room])),
        integrality=np.concatenate([np.ones(size), np.zeros(len(room))]),
        options={"mip_rel_gap": 0.0, "node_limit": work.tuning.search_nodes},
    )
    return None if asked.x is None else np.asarray(asked.x[:size] > 1 / 2)


def _slacks(lower: FloatArray, upper: FloatArray, price: IntArray, spare: int) -> tuple[object, FloatArray]:
    """Make priced rows equations: return what is missing to the priced bound, as columns, and its limits."""
    from scipy.sparse import csr_array

    priced = np.flatnonzero(price)
    above = price[priced] > 0
    room = np.minimum(spare // np.abs(price[priced]), upper[priced] - lower[priced])
    bound = np.where(above, upper[priced], lower[priced])
    lower[priced] = upper[priced] = bound
    columns = csr_array(
        (np.where(above, 1.0, -1.0), (priced, np.arange(len(priced)))), shape=(len(price), len(priced))
    )
    return columns, room
