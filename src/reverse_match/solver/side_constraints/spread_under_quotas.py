r"""Spreading under quotas: the best choice that keeps them with loads as even as possible.

Without quotas each stage is a min-cost flow (:mod:`.assignment.spreading`). With quotas it is an integer
programme, solved as the others are: prices bound it over all pairs, HiGHS finds a choice, and cases close the
gap. For any prices u, v of rows and columns, λ of sums, B of the number K of pairs, and any weight W ≥ 0 of
the spread S, a choice satisfies

    Σ w x − W S  ≤  Σ max(0, w + B − Σ λ a − u − v) + Σ max over l of (u l − W l (l − 1) / 2) + most(λ) − B K,

where the second sum on the right is over people, and l is at most the capacity (as in
:mod:`.assignment.spreading`).

1. The lowest spread: with w = 0 and W = 1.
2. The fewest marked pairs, and the highest total, of the choices whose spread is no larger than the lowest,
   S*: with any W, since W (S* − S) is not negative. The price of the bound S ≤ S* in the relaxation is the
   best weight. Where the cases at that weight do not end, since a choice with a larger spread is worth more,
   a weight that no total makes up for is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING
from reverse_match.solver.pairs.loads import LoadCosts
from reverse_match.solver.pairs.problem import Arcs, pair_tickets
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, single
from reverse_match.solver.side_constraints.charged_marks import FewestMarked
from reverse_match.solver.side_constraints.close_gap import UnfixedPairs
from reverse_match.solver.side_constraints.fewest_marked import UnmarkedPairs
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    price_under_quotas,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import EqualPairs, QuotaDualValues
from reverse_match.solver.side_constraints.load_programme import (
    LoadMaster,
    best_with_loads,
    solve_load_master,
)
from reverse_match.solver.side_constraints.restricted_master import HIGHEST_OF_PERSON, POINT
from reverse_match.solver.side_constraints.solve import QuotaProofs
from reverse_match.solver.side_constraints.spread_proof import SpreadProofUnderQuotas

if TYPE_CHECKING:
    from reverse_match.solver.pairs.credits import MarkedPairs
    from reverse_match.solver.pairs.loads import LoadDemand
    from reverse_match.solver.pairs.problem import Problem


MOST_SEARCHED = 4_000
"""Number of pairs from which a search for a better choice is left to the cases."""


@dataclass(frozen=True)
class LoadStage:
    """The best choice of a stage that is found, and the proof of how far from the best it can be.

    Attributes
    ----------
    chosen : Arcs
        The chosen pairs, with their worth in the stage.
    proof : QuotaProof
        Prices and the bound that they prove on the worth less the costs of loads.
    weight : int
        Cost of each two pairs that share an end, in units.
    worth : int
        What the choice reaches.
    """

    chosen: Arcs
    proof: QuotaProof
    weight: int
    worth: int

    @property
    def bound(self) -> int:
        """Bound on the worth less the costs of loads, with the cases."""
        return self.worth if self.proof.proof_tree is not None else self.proof.bound


def solve_load_stage(subproblem: LagrangianSubproblem, work: Work, arcs: Arcs, known: Arcs) -> LoadStage:
    """Return the best choice of a number of pairs where loads cost something.

    Parameters
    ----------
    subproblem : LagrangianSubproblem
        The pairs with their worth, the number of pairs, and what loads cost.
    work : Work
        The quotas, and the resources to use.
    arcs : Arcs
        Candidate pairs.
    known : Arcs
        A choice that keeps everything.
    """
    work, problem = work.at(subproblem), subproblem.problem
    if problem.shape[0] * problem.shape[1] <= work.tuning.all_pairs:
        arcs = all_arcs(problem, work.tiling)
    arcs, known = problem.possible(Arcs.union([arcs, known])), problem.rescore(known)
    found = _solve_at(subproblem, work, arcs, known)
    loads = subproblem.loads
    if loads is None or loads.most is None or found.bound == found.worth or work.watch.expired:
        return found
    # At this weight a choice with a larger spread can be worth more, which no case shows to be none.
    high = found.proof.bound - found.worth + int(np.abs(found.chosen.scores).sum()) + 1
    dear = replace(subproblem, loads=replace(loads, weight=min(high, HIGHEST_OF_PERSON)))
    second = _solve_at(dear, work, arcs, found.chosen, at_weight=True)
    first_gap, second_gap = (stage.bound - stage.worth for stage in (found, second))
    return second if second_gap < first_gap else found


def _solve_at(
    subproblem: LagrangianSubproblem, work: Work, arcs: Arcs, known: Arcs, *, at_weight: bool = False
) -> LoadStage:
    proof, weight, core = _bound_from_above(subproblem, work, arcs, at_weight=at_weight)
    loads = subproblem.loads
    if loads is not None:
        subproblem = replace(subproblem, loads=replace(loads, weight=weight))
    best = _best_among_nearest(subproblem, work, proof, Arcs.union([core, known]), arcs, known)
    unfixed = None
    while not work.watch.expired:
        worth = _worth(subproblem, work, best)
        aim = worth + subproblem.step
        if aim > proof.bound:
            break
        unfixed = unfixed or UnfixedPairs.of(subproblem, work, proof, aim)
        answer = unfixed.reach_aim(aim)
        if not isinstance(answer, Arcs):
            return LoadStage(best, replace(proof, proof_tree=answer), weight, worth)
        best = answer
    return LoadStage(best, proof, weight, _worth(subproblem, work, best))


def _worth(subproblem: LagrangianSubproblem, work: Work, chosen: Arcs) -> int:
    return subproblem.among(chosen, work).worth(chosen)


def _best_among_nearest(
    subproblem: LagrangianSubproblem, work: Work, proof: QuotaProof, core: Arcs, arcs: Arcs, known: Arcs
) -> Arcs:
    """Return the best choice that HiGHS finds among few pairs, and then among more, up to the bound.

    The pairs are those with the largest excesses over prices. Where pairs are worth the same, many have
    equal ones; of these the tickets decide.
    """
    excess = proof.prices.reduced_profits(arcs) - proof.of_quotas.paid(work.quotas, arcs)
    keys = subproblem.problem.row_keys[arcs.rows], subproblem.problem.column_keys[arcs.columns]
    order = np.lexsort((pair_tickets(*keys), excess))[::-1]
    people, size, best = (proof.prices.rows, proof.prices.columns), work.tuning.searched_first, known
    while _worth(subproblem, work, best) + subproblem.step <= proof.bound and not work.watch.expired:
        few = np.sort(order[:size])
        near = subproblem.among(Arcs.union([core, best, arcs.at(few)]), work)
        better = best_with_loads(near, people, work.watch, work.tuning)
        if better is not None and near.worth(better) > near.worth(best):
            best = better
        if size >= min(len(arcs), MOST_SEARCHED):
            break
        size *= 2
    return best


class _Bound(NamedTuple):
    """A bound with its proof, the weight that it is at, and the pairs that the relaxation uses."""

    proof: QuotaProof
    weight: int
    used: Arcs


def _bound_from_above(subproblem: LagrangianSubproblem, work: Work, arcs: Arcs, *, at_weight: bool) -> _Bound:
    """Alternate between the relaxation over candidates and pricing all pairs, until nothing is new."""
    loads, problem = subproblem.loads, subproblem.problem
    if at_weight and loads is not None:  # whatever price the relaxation would find for the bound
        subproblem = replace(subproblem, loads=replace(loads, most=None))
    best = _bound_without_prices(subproblem, work, arcs)  # HiGHS may have no answer, or a wrong one
    for _ in range(work.tuning.most_quota_rounds):
        work.watch.step("price quotas")
        master = solve_load_master(
            subproblem.among(arcs, work), subproblem.unit, seconds_of(work.watch.seconds_left)
        )
        if master is None:
            break
        proof, new = _bound_at(subproblem, work, master)
        bonus, before = (_bonus(loads, weight) for weight in (master.weight, best.weight))
        if proof.bound + bonus <= best.proof.bound + before:
            best = _Bound(proof, master.weight, arcs.where(master.used))
        new = new.where(~new.among(arcs))
        if not len(new) or work.watch.expired:
            break
        arcs = problem.rescore(Arcs.union([arcs, new]))
    return best


def _bound_without_prices(subproblem: LagrangianSubproblem, work: Work, arcs: Arcs) -> _Bound:
    """Return the bound that holds at prices of 0."""
    rows, columns = (np.zeros(size, dtype=np.int64) for size in subproblem.problem.shape)
    nothing = LoadMaster(
        DualValues(rows, columns, 0),
        QuotaDualValues.none(work.quotas),
        subproblem.among(arcs, work).weight,
        np.zeros(len(arcs), dtype=bool),
    )
    return _Bound(_bound_at(subproblem, work, nothing)[0], nothing.weight, Arcs.union([]))


def _bonus(loads: LoadCosts | None, weight: int) -> int:
    """Return what a choice gains by a bounded spread at a weight, so that bounds can be compared."""
    return 0 if loads is None or loads.most is None else weight * loads.most


def _bound_at(subproblem: LagrangianSubproblem, work: Work, master: LoadMaster) -> tuple[QuotaProof, Arcs]:
    """Return the bound that prices prove over all pairs, and pairs that are worth more than theirs."""
    people, of_quotas, loads = master.people, master.of_quotas, subproblem.loads
    pricing = price_under_quotas(subproblem, work, people, of_quotas, ONLY_IMPROVING)
    bound = pricing.dual_infeasibility + of_quotas.most(work.quotas)
    bound -= of_quotas.cardinality_dual * (subproblem.count or 0)
    if loads is not None:
        priced = replace(loads, weight=master.weight)
        bound += priced.most_of(subproblem.problem.capacities, (people.rows, people.columns))
    proof = QuotaProof(bound, people, of_quotas, tuple(work.quotas), pricing.pairs)
    return proof, subproblem.problem.rescore(pricing.found)


class SpreadUnderQuotas(NamedTuple):
    """The best choice with loads spread before the total, under quotas, and its proofs.

    Attributes
    ----------
    chosen : Arcs
        The choice, with its scores in the problem.
    spread : SpreadProofUnderQuotas
        Proof of the spread; its weight is that of the total.
    proofs : QuotaProofs
        Proof of the total of the choices with as low a spread.
    marked : FewestMarked or None
        The number of marked pairs, if there are some, with its proof.
    """

    chosen: Arcs
    spread: SpreadProofUnderQuotas
    proofs: QuotaProofs
    marked: FewestMarked | None


def spread_with_proofs(
    problem: Problem, demand: LoadDemand, work: Work, arcs: Arcs, known: Arcs
) -> SpreadUnderQuotas:
    """Spread the loads of choices with as many pairs as a known one, and then find the highest total.

    Parameters
    ----------
    problem : Problem
        The problem of the total; no marked pair is charged.
    demand : LoadDemand
        Whose loads are spread.
    work : Work
        The quotas, and the resources to use.
    arcs : Arcs
        Candidate pairs.
    known : Arcs
        A choice that keeps the quotas.
    """
    free, count = replace(problem, most_first=False, demand=None), len(known)
    costs = LoadCosts(demand.already, demand.spread, PAIR)
    plain, marked = free.without_credits, problem.marked
    work.watch.begin_again("spread duos")
    equal = replace(plain, pairs=EqualPairs(plain.pairs, 0))
    spread = solve_load_stage(LagrangianSubproblem(equal, equal, count, PAIR, PAIR, costs), work, arcs, known)
    known = spread.chosen
    bounded = replace(costs, most=costs.shared(known.rows, known.columns), weight=0)
    unmarked = None
    if marked is not None:
        unmarked = _fewest_marked(plain, marked, work, arcs, known, bounded)
        known = unmarked.chosen
        limit = single(marked.count(known.rows, known.columns))
        work = replace(work, quotas=[*work.quotas, PairQuota(marked.marks, 1, 0, single(-UNBOUNDED), limit)])
    work.watch.begin_again("choose duos")
    total = solve_load_stage(LagrangianSubproblem(free, free, count, POINT, 1, bounded), work, arcs, known)
    chosen = problem.rescore(total.chosen)
    shared = costs.shared(chosen.rows, chosen.columns)
    least = -(spread.bound // PAIR)
    proof = total.proof
    proof = replace(proof, bound=proof.bound + total.weight * shared)
    few = None
    if unmarked is not None and marked is not None:
        few = _fewest(unmarked, marked.count(chosen.rows, chosen.columns), shared)
    return SpreadUnderQuotas(
        chosen,
        SpreadProofUnderQuotas(shared, least, spread.proof.prices, total.weight, spread.proof),
        QuotaProofs(proof, None),
        few,
    )


def _fewest(stage: LoadStage, count: int, shared: int) -> FewestMarked:
    """Return the number of marked pairs with the proof of their stage."""
    if not count:
        return FewestMarked(0, 0)
    more = stage.weight * shared
    unmarked = (stage.bound + more) // PAIR
    proof = replace(stage.proof, bound=stage.proof.bound + more)
    return FewestMarked(count, max(0, len(stage.chosen) - unmarked), proof, stage.weight)


def _fewest_marked(
    plain: Problem, marked: MarkedPairs, work: Work, arcs: Arcs, known: Arcs, costs: LoadCosts
) -> LoadStage:
    """Return the stage in which every pair that is not marked is worth 1."""
    work.watch.begin_again("fewest marked pairs")
    equal = replace(plain, pairs=UnmarkedPairs(plain.pairs, marked.marks))
    stage = LagrangianSubproblem(equal, equal, len(known), PAIR, PAIR, costs)
    return solve_load_stage(stage, work, arcs, known)
