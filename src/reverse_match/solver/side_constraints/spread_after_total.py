r"""Spreading after the total, under quotas: the most even of the choices with the highest total.

Let prices bound the total by U, and let T be the highest total. With M above the spread of a known choice,

    M (Σ w x − T) − S

is the higher, the higher the total is, and between equal totals the lower the spread is. At M times the
prices of the total no pair whose loss times M exceeds M (U − T) + S is in a better choice; where the prices
are tight, these are all pairs that lose anything. Cases prove that no choice of the others is better
(:mod:`.branch_and_bound`); they begin with M times the prices of the total, and need no others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.loads import LoadCosts, dot
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, single
from reverse_match.solver.side_constraints.branch_and_bound import prove
from reverse_match.solver.side_constraints.lagrangian_bound import (
    LagrangianSubproblem,
    QuotaProof,
    Work,
    price_under_quotas,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
from reverse_match.solver.side_constraints.load_programme import best_with_loads
from reverse_match.solver.side_constraints.proof_tree import FINER, CutoffProblem, ProofTree
from reverse_match.solver.side_constraints.restricted_master import POINT
from reverse_match.solver.side_constraints.spread_proof import SpreadProofUnderQuotas

if TYPE_CHECKING:
    from reverse_match.solver.pairs.loads import LoadDemand
    from reverse_match.solver.pairs.problem import Problem


class SpreadAfterTotal(NamedTuple):
    """The most even choice that is found, with its scores, and the proof of its spread."""

    chosen: Arcs
    spread: SpreadProofUnderQuotas


def spread_after_total(
    problem: Problem, demand: LoadDemand, work: Work, known: QuotaProof, chosen: Arcs
) -> SpreadAfterTotal:
    """Spread the loads of a choice with the highest total, among all choices that have it.

    Parameters
    ----------
    problem : Problem
        The problem of the total; no marked pair is charged.
    demand : LoadDemand
        Whose loads are spread.
    work : Work
        The quotas, and the resources to use.
    known : QuotaProof
        Proof of the total.
    chosen : Arcs
        The choice, whose number of pairs is kept.
    """
    work.watch.begin_again("spread duos")
    costs = LoadCosts(demand.already, demand.spread, 1)
    nobody = np.zeros(0, dtype=np.int64)
    total, least = int(chosen.scores.sum()), costs.shared(nobody, nobody)
    shared = costs.shared(chosen.rows, chosen.columns)
    rows, columns = (np.zeros(size, dtype=np.int64) for size in problem.shape)
    nothing = DualValues(rows, columns, 0)
    unproved = SpreadAfterTotal(chosen, SpreadProofUnderQuotas(shared, least, nothing, 0, None))
    if shared == least or (known.bound > total and known.proof_tree is None):
        return unproved
    question = _Question.of(problem, costs, work, known, chosen)
    if question is None:
        return unproved
    return question.solve(chosen, nothing)


class _Question(NamedTuple):
    """The pairs that a choice as good can have, worth M times their scores, at M times the prices."""

    problem: Problem
    work: Work
    cutoff: CutoffProblem
    bound: int
    proof: QuotaProof
    times: int
    total: int

    @classmethod
    def of(
        cls, problem: Problem, costs: LoadCosts, work: Work, known: QuotaProof, chosen: Arcs
    ) -> _Question | None:
        """Return the question; ``None`` where the pairs are too many."""
        free = replace(problem, most_first=False, demand=None)
        total, times = int(chosen.scores.sum()), 1 + costs.shared(chosen.rows, chosen.columns)
        of_people, of_quotas = _all_prices(known.prices, problem.shape), known.of_quotas
        capacities, prices = problem.capacities, (of_people.rows, of_people.columns)
        flat = sum(dot(capacity, price) for capacity, price in zip(capacities, prices, strict=True))
        high = (times * of_people.rows, times * of_people.columns)
        bound = times * (known.bound - flat - total) + costs.most_of(capacities, high)
        spare = bound + times - 2  # of a choice with the highest total and a lower spread
        quotas, of_sums = list(known.quotas), list(of_quotas.of_sums)
        marked = problem.marked
        if marked is not None and len(quotas) == len(work.quotas):
            most = single(marked.count(chosen.rows, chosen.columns))
            quotas.append(PairQuota(marked.marks, 1, 0, single(-UNBOUNDED), most))
            of_sums.append(single(0))
        under = replace(work, quotas=quotas)
        subproblem = LagrangianSubproblem(free, free, len(chosen), POINT, 1)
        paid = QuotaDualValues(tuple(of_sums), of_quotas.cardinality_dual)
        pricing = price_under_quotas(subproblem, under, of_people, paid, -(-spare // times))
        if not pricing.complete:
            return None
        arcs = free.rescore(pricing.found)
        worth = replace(arcs, scores=times * arcs.scores)
        restricted = replace(subproblem, loads=costs).among(worth, under)
        higher = (
            DualValues(high[0], high[1], times * of_people.cardinality_dual),
            QuotaDualValues(tuple(times * part for part in of_sums), times * of_quotas.cardinality_dual),
        )
        cutoff = CutoffProblem.of(restricted, higher, times * total - times + 2, 1)
        proof = QuotaProof(bound, of_people, paid, tuple(quotas), pricing.pairs)
        return cls(problem, under, cutoff, bound, proof, times, total)

    def solve(self, chosen: Arcs, nothing: DualValues) -> SpreadAfterTotal:
        """Return the most even choice, and the proof of its spread."""
        work, costs = self.work, self.cutoff.loads
        if costs is None:  # for type checkers
            return SpreadAfterTotal(chosen, SpreadProofUnderQuotas(0, 0, nothing, 0, None))
        known = chosen
        better = self._by_programme(known)
        while True:
            known = known if better is None else better
            shared = costs.shared(known.rows, known.columns)
            aim = self.times * self.total - shared + 1
            asked = self._among(aim)
            answer = prove(asked, work.watch, work.tuning.nodes_for(len(asked.arcs)))
            if not isinstance(answer, Arcs):
                break
            better = self.problem.rescore(answer)
        tree = answer if isinstance(answer, ProofTree) else None
        nobody = np.zeros(0, dtype=np.int64)
        least, outside = shared if tree is not None else -self.bound, costs.shared(nobody, nobody)
        if least <= outside:  # what pairs outside the problem share proves as much
            return SpreadAfterTotal(known, SpreadProofUnderQuotas(shared, outside, nothing, 0, None))
        proof = replace(self.proof, prices=nothing, of_quotas=QuotaDualValues.none(self.proof.quotas))
        proof = replace(proof, proof_tree=tree)
        return SpreadAfterTotal(known, SpreadProofUnderQuotas(shared, least, nothing, self.times, proof))

    def _among(self, aim: int) -> CutoffProblem:
        """Return the problem of an aim, with the pairs that a choice that reaches it can have."""
        asked = replace(self.cutoff, aim=aim)
        left, excess = asked.bound(asked.root, asked.prices)
        kept = excess >= aim * FINER - left
        arcs = asked.arcs.where(kept)
        return replace(asked, arcs=arcs)

    def _by_programme(self, known: Arcs) -> Arcs | None:
        """Return a more even choice of the same total that HiGHS finds among the pairs."""
        costs, arcs = self.cutoff.loads, self.problem.rescore(self.cutoff.arcs)
        if costs is None:
            return None
        cheap = self.cutoff.reduced_profits > -self.times  # pairs that lose nothing
        even = replace(arcs, scores=np.zeros_like(arcs.scores)).where(cheap)
        asked = LagrangianSubproblem(self.problem, self.problem, len(known), 1, 1, costs)
        problem = asked.among(even, self.work)
        people = tuple(np.zeros(size, dtype=np.int64) for size in self.problem.shape)
        found = best_with_loads(problem, (people[0], people[1]), self.work.watch, self.work.tuning)
        if found is None:
            return None
        found = self.problem.rescore(found)
        fewer = costs.shared(found.rows, found.columns) < costs.shared(known.rows, known.columns)
        return found if fewer and int(found.scores.sum()) == self.total else None


def _all_prices(prices: DualValues, shape: tuple[int, int]) -> DualValues:
    """Return a price for each person, also where none are stated."""
    rows, columns = (
        part if len(part) else np.zeros(size, dtype=np.int64)
        for part, size in zip((prices.rows, prices.columns), shape, strict=True)
    )
    return replace(prices, rows=rows, columns=columns)
