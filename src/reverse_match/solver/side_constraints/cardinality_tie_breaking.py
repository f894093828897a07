r"""Tie-breaking by cardinality: of the choices with the highest total under quotas, one with the most pairs.

Let prices prove the bound U (:mod:`.lagrangian_pairs`), and let T be the highest total. A choice has the
total T exactly if its losses (:mod:`.incumbent`) sum to U − T. So none of its pairs loses more than that, and
an integer programme finds the most pairs among those few. Its rows are capacities and quotas, its slacks are
the distances from priced bounds, and one more row bounds the sum of all losses. The numbers are small and
whole, so doubles hold them exactly.

The result of HiGHS is checked. Where it is not too large, a tree proves that no more pairs are possible. Let
a pair be worth its score times a factor, plus 1, where the factor is so large that all these ones together
are less than one unit of score. Then a choice of the same total with more pairs has a higher worth, and the
tree proves that none exists, or finds one (:mod:`.branch_and_bound`). The tree is not stored. Where it, or
its numbers, would be too large, it is only known that HiGHS found no more pairs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import allows_each
from reverse_match.solver.side_constraints.branch_and_bound import prove
from reverse_match.solver.side_constraints.highs import WholeProgramme, seconds_of, solve_whole
from reverse_match.solver.side_constraints.lagrangian_bound import price_under_quotas
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.side_constraints.proof_tree import FINER, CutoffProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.close_gap import Incumbent
    from reverse_match.solver.side_constraints.lagrangian_bound import LagrangianSubproblem, QuotaProof, Work
    from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem

LARGEST = 2**42
"""Largest worth or price, in parts of a unit, of a tree that is not stored; larger ones could overflow."""

MOST_FREE = 4_000_000
"""Largest number of pairs of people with a place left to search, where ties are too many to list."""


def maximise_cardinality(subproblem: LagrangianSubproblem, work: Work, found: Incumbent) -> Incumbent:
    """Return a choice of the same total with more pairs, if one exists.

    Parameters
    ----------
    subproblem : LagrangianSubproblem
        Subproblem of the highest total of any number of pairs.
    work : Work
        The quotas, and the resources to use.
    found : Incumbent
        A choice with the highest total; if that is not proved, more pairs are not looked for.
    """
    total, proof = int(found.chosen.scores.sum()), found.proof
    spare = proof.bound - total
    if spare and proof.proof_tree is None:
        return found
    pricing = price_under_quotas(subproblem, work, proof.prices, proof.of_quotas, spare)
    arcs = Arcs.union([subproblem.problem.rescore(pricing.found), found.chosen])
    capacities = subproblem.problem.capacities
    chosen = _with_most(subproblem, work, proof, arcs, found.chosen)
    if not pricing.complete:
        arcs = Arcs.union([arcs, _of_free(subproblem.problem, work.tiling, chosen)])
    return replace(found, chosen=_with_additions(chosen, arcs, capacities, work.quotas))


def _of_free(problem: Problem, tiling: Tiling, chosen: Arcs) -> Arcs:
    """Return all pairs of two people who both have a place left, unless they are too many."""
    rows, columns = map(np.flatnonzero, _room(chosen, problem.capacities))
    if len(rows) * len(columns) > MOST_FREE:
        return Arcs.union([])
    found = all_arcs(problem.part(rows, columns), tiling)
    return Arcs(rows[found.rows], columns[found.columns], found.scores)


def _room(chosen: Arcs, capacities: tuple[IntArray, IntArray]) -> tuple[BoolArray, BoolArray]:
    """Return marks of the rows and of the columns that have a place left."""
    rows, columns = chosen.unused(capacities)
    return rows > 0, columns > 0


def _with_additions(
    chosen: Arcs, arcs: Arcs, capacities: tuple[IntArray, IntArray], quotas: Sequence[Quota]
) -> Arcs:
    """Add single pairs that cost nothing while one exists, since HiGHS may have stopped early."""
    while True:
        room = _room(chosen, capacities)
        free = arcs.where(room[0][arcs.rows] & room[1][arcs.columns] & (arcs.scores >= 0))
        free = free.where(~free.among(chosen))
        ends = (chosen.rows, chosen.columns), (free.rows, free.columns)
        fitting = np.flatnonzero(np.all([allows_each(quota, *ends) for quota in quotas], axis=0))
        if not len(fitting):
            return chosen
        chosen = Arcs.union([chosen, free.where(np.arange(len(free)) == fitting[0])])


def _with_most(
    subproblem: LagrangianSubproblem, work: Work, proof: QuotaProof, arcs: Arcs, chosen: Arcs
) -> Arcs:
    """Return the choice of the same total with the most pairs that is found."""
    if work.watch.expired:
        return chosen
    work.watch.step("search")
    spare = proof.bound - _total(chosen)
    problem = subproblem.among(arcs, work)
    more = arcs.where(_most(problem, work, proof, spare))
    if problem.is_choice(more) and _total(more) == _total(chosen):
        chosen = max(chosen, more, key=len)
    while True:
        asked = _more_pairs(problem, proof, chosen, subproblem.unit)
        answer = None if asked is None else prove(asked, work.watch, work.tuning.first_nodes)
        if not isinstance(answer, Arcs):
            return chosen
        chosen = arcs.where(arcs.among(answer))


def _total(chosen: Arcs) -> int:
    return int(chosen.scores.sum())


def _more_pairs(
    problem: RestrictedProblem, proof: QuotaProof, chosen: Arcs, unit: int
) -> CutoffProblem | None:
    """Return the problem of more pairs with the same total; ``None`` where its numbers would be too large."""
    arcs, prices, paid = problem.arcs, proof.prices, proof.of_quotas
    times = 1 + min(int(capacity.sum()) for capacity in problem.capacities)
    highest = max(int(np.abs(part).max(initial=0)) for part in (arcs.scores, prices.rows, prices.columns))
    if (highest + 1) * times * FINER > LARGEST:
        return None
    finer = (
        DualValues(prices.rows * times, prices.columns * times, prices.cardinality_dual * times),
        QuotaDualValues(tuple(price * times for price in paid.of_sums), paid.cardinality_dual * times),
    )
    worth = Arcs(arcs.rows, arcs.columns, arcs.scores * times + 1)
    aim = _total(chosen) * times + len(chosen) + 1
    return CutoffProblem.of(replace(problem, arcs=worth), finer, aim, unit)


def _most(problem: RestrictedProblem, work: Work, proof: QuotaProof, spare: int) -> BoolArray:
    """Return the choice with the most pairs whose loss is at most ``spare``."""
    from scipy.sparse import csr_array, hstack, vstack

    arcs, capacities, sums = problem.arcs, problem.capacities, problem.sums
    lost = proof.of_quotas.paid(work.quotas, arcs) - proof.prices.reduced_profits(arcs)
    lower = np.concatenate([np.zeros(sum(map(len, capacities))), sums.lower])
    upper = np.concatenate([*capacities, sums.upper]).astype(float)
    price = np.concatenate([proof.prices.rows, proof.prices.columns, *proof.of_quotas.of_sums])
    slack, room = _slacks(lower, upper, price, spare)
    parts: list[Any] = [vstack([problem.people, sums.matrix]), slack]
    matrix = hstack(parts, format="csr")
    losses = np.concatenate([lost, np.abs(price[price != 0])]).astype(float)
    # A pair whose worth exceeds its prices is a loss if it is not chosen.
    most_lost = float(spare - int(np.maximum(-lost, 0).sum()))
    size = len(arcs)
    programme = WholeProgramme(
        np.concatenate([-np.ones(size), np.zeros(len(room))]),
        vstack([matrix, csr_array(losses[None, :])], format="csc"),
        np.append(lower, -np.inf),
        np.append(upper, most_lost),
        np.zeros(size + len(room)),
        np.concatenate([np.ones(size), room]),
        parts=np.arange(size + len(room)) >= size,
    )
    found = solve_whole(programme, work.tuning.search_nodes, seconds_of(work.watch.seconds_left))
    return np.zeros(size, dtype=bool) if found is None else found[:size] > 1 / 2


def _slacks(lower: FloatArray, upper: FloatArray, price: IntArray, spare: int) -> tuple[object, FloatArray]:
    """Make priced rows equations: return the distances from priced bounds as columns, and their limits."""
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
