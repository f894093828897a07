"""Objectives as lexicographic stages, each of which keeps the results of those before it.

The stages are *cardinality* (the number of pairs), *bottleneck* (the score of the worst pair) and *total*
(the sum of scores). Cardinality and total, one after the other, are one linear problem: a min-cost flow of a
given number of units has the highest total of all flows of that size (:mod:`.assignment.solve`); if the total
comes first, the number of units is left open. A bottleneck leaves the pairs that score at least as much, and
the next stage is solved among these.

Each objective begins with the most pairs and then the highest total, without quotas, since that choice is
often the answer: if one pair fewer would gain nothing, the highest total of all choices has the most pairs,
too. With quotas, each stage begins with the best choice without them (:mod:`.side_constraints.solve`).

Where pairs have credits (:class:`.problem.Problem`), totals include them. The worst pair is judged without
credits, except those that count for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.solver.assignment.bottleneck import Bottleneck
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible, QuotaProof, Work
    from reverse_match.solver.side_constraints.solve import QuotaProofs

    Worst: TypeAlias = Bottleneck[tuple[BoolArray, BoolArray]] | Bottleneck[QuotaProof]

Maximised: TypeAlias = Literal["coverage", "total", "max_min"]

STAGES: dict[Maximised, tuple[Literal["cardinality", "bottleneck", "total"], ...]] = {
    "coverage": ("cardinality", "total"),
    "total": ("total", "cardinality"),
    "max_min": ("cardinality", "bottleneck", "total"),
}
"""The stages of each objective, in lexicographic order."""


@dataclass(frozen=True)
class Optimum:
    """The best choice for an objective.

    Attributes
    ----------
    objective : str
        The objective that is maximised.
    solution : Solution
        The choice and its proof. The bound on the number of pairs holds for every choice. The bound on the
        total holds under ``total`` for every number of pairs, and under ``max_min`` for choices whose worst
        pair is as good.
    plain : Solution
        The choice with the most pairs and then the highest total, for the start of the next solve.
    worst : Bottleneck, optional
        Under ``max_min``: the worst chosen pair, and the proof that it cannot be better; ``None`` without
        pairs.
    quotas : QuotaProofs, optional
        Under quotas: the proofs that no choice that keeps them is better.
    """

    objective: Maximised
    solution: Solution
    plain: Solution
    worst: Worst | None = None
    quotas: QuotaProofs | None = None

    @property
    def proved(self) -> bool:
        """Whether the choice is proved optimal."""
        limits, chosen = self.solution.bounds, self.solution.chosen
        closed = limits.total == int(chosen.scores.sum())
        closed &= self.objective == "total" or limits.count == len(chosen)
        return closed and (self.worst is None or self.worst.score == self.worst.bound)

    @property
    def is_tie_broken(self) -> bool:
        """Whether tickets have decided between equally good choices, which a search under quotas prevents."""
        return self.quotas is None or self.quotas.is_tie_broken

    @property
    def slack(self) -> int:
        """The gap of the total that prices alone leave, before cases."""
        bound = self.solution.bounds.total if self.quotas is None else self.quotas.total.bound
        return bound - int(self.solution.chosen.scores.sum())

    def with_payments(self, problem: Problem) -> Problem:
        """Return the problem in which a pair is worth its score minus its payments for quotas."""
        if self.quotas is None:
            return problem
        from reverse_match.solver.side_constraints.lagrangian_pairs import LagrangianPairs

        proof = self.quotas.total
        priced = LagrangianPairs(problem.pairs, proof.quotas, replace(proof.of_quotas, cardinality_dual=0))
        return replace(problem, pairs=priced)


def solve_for(
    objective: Maximised,
    problem: Problem,
    tiling: Tiling,
    watch: Watch | None = None,
    start: Start | None = None,
    quotas: Sequence[Quota] = (),
    *,
    whatever_start: bool = False,
    needs_pair: bool = False,
) -> Optimum | Infeasible:
    """Choose pairs for an objective; return ``Infeasible`` if no choice keeps the quotas.

    Parameters
    ----------
    objective : str
        ``coverage``: most pairs, then the highest total. ``total``: the highest total, then most pairs.
        ``max_min``: most pairs, then the best worst pair, then the highest total.
    problem, tiling, watch, start
        As for :func:`.solve.solve`.
    quotas : sequence of Quota, optional
        The quotas that the chosen pairs keep together.
    whatever_start : bool
        Whether the choice must be independent of the start under quotas, too. Branch and bound finds one of
        several equal optima, which depends on its candidates; with this option these are the candidates of a
        solve without a start.
    needs_pair : bool
        Whether quotas that allow no pair count as infeasible if some pair is possible without them: a quota
        on a share holds for a choice without pairs.
    """
    watch, stages = watch or Watch(), STAGES[objective]
    plain = solve(problem, tiling, watch, start)
    work = _Stages(plain, tiling, watch, quotas)
    asked = replace(problem, most_first=stages[0] == "cardinality")
    free = plain if asked.most_first else work.leave_some_out(asked)
    if quotas and start is not None and whatever_start and work.depends_on_start(free, stages):
        return solve_for(objective, problem, tiling, watch, None, quotas, needs_pair=needs_pair)
    best = work.keep_quotas(asked, free, needs_pair=needs_pair and len(plain.chosen) > 0)
    worst = None
    if "bottleneck" in stages and isinstance(best, _Best) and len(best.solution.chosen):
        worst = work.find_worst(problem.judged, best)
        best = work.raise_worst(problem, best, worst)
    if not isinstance(best, _Best):
        return best
    if worst is not None:
        worst = replace(worst, score=_lowest(problem, best.solution))
    return Optimum(objective, best.solution, plain, worst, best.quotas)


def _lowest(problem: Problem, solution: Solution) -> int:
    """Return the judged score of the worst chosen pair."""
    return int(problem.judged.rescore(solution.chosen).scores.min())


class _Best(NamedTuple):
    """The best choice after some stages."""

    solution: Solution
    quotas: QuotaProofs | None


class _Stages(NamedTuple):
    """The stages after the first solve; ``plain`` is the solution of that."""

    plain: Solution
    tiling: Tiling
    watch: Watch
    quotas: Sequence[Quota]

    @property
    def _work(self) -> Work:
        # The code for quotas is loaded only where it is needed.
        from reverse_match.solver.side_constraints.lagrangian_bound import Work

        return Work(self.quotas, self.tiling, self.watch, Tuning())

    def depends_on_start(self, free: Solution, stages: Sequence[str]) -> bool:
        """Say whether branch and bound is needed to find a choice that keeps the quotas."""
        from reverse_match.solver.side_constraints.lagrangian_pairs import holds

        return "bottleneck" in stages or not holds(self.quotas, free.chosen)

    def leave_some_out(self, problem: Problem) -> Solution:
        """Return the choice with the highest total of any number of pairs, without quotas."""
        plain = self.plain
        if not (self.quotas or plain.prices.cardinality_dual or not plain.proved):
            return plain
        self.watch.begin_again("leave some out")
        again = Start(plain.candidates, plain.primal_dual, same_scores=True)
        highest = solve(problem, self.tiling, self.watch, again)
        limits = replace(highest.bounds, count=plain.bounds.count)
        return replace(highest, bounds=limits, vertex_cover=plain.vertex_cover)

    def keep_quotas(self, problem: Problem, free: Solution, *, needs_pair: bool) -> _Best | Infeasible:
        """Return the best choice that keeps the quotas, given the best without them."""
        if not self.quotas:
            return _Best(free, None)
        from reverse_match.solver.side_constraints.solve import (
            QuotaSolution,
            solve_with_quotas,
            with_some_pair,
        )

        self.watch.begin_again("price quotas")
        found = solve_with_quotas(problem, self.quotas, free, self.tiling, self.watch)
        if needs_pair and isinstance(found, QuotaSolution):
            found = with_some_pair(problem, self._work, free, found)
        if not isinstance(found, QuotaSolution):
            return found
        prices = found.proofs.prices
        solution = replace(self.plain, chosen=found.chosen, prices=prices, bounds=found.bounds)
        return _Best(solution, found.proofs)

    def find_worst(self, judged: Problem, best: _Best) -> Worst:
        """Return the bottleneck of a choice of as many pairs."""
        self.watch.begin_again("raise the worst")
        chosen, total = best.solution.chosen, best.solution.bounds.total
        if not self.quotas:
            return find_bottleneck(judged, self.tiling, self.plain.candidates, chosen, total, self.watch)
        from reverse_match.solver.side_constraints.bottleneck import find_bottleneck_with_quotas

        with self.watch.without_gaps():
            return find_bottleneck_with_quotas(judged, self._work, self.plain, chosen, total)

    def raise_worst(self, problem: Problem, before: _Best, worst: Worst) -> _Best | Infeasible:
        """Return the choice with the highest total of as many pairs that reach the bottleneck."""
        plain, above = self.plain, at_least(problem, worst.score)
        arcs = Arcs.union([plain.candidates, worst.arcs])
        free = solve(above, self.tiling, self.watch, Start(arcs, plain.primal_dual, same_scores=True))
        best = self.keep_quotas(above, free, needs_pair=False)
        if not isinstance(best, _Best):
            return best
        solution, proofs = best
        limits, reached = solution.bounds, _lowest(problem, solution)
        if proofs is not None and before.quotas is not None:
            proofs = replace(proofs, count=before.quotas.count)
        elif reached > worst.score:  # only if the time was over before the best one was found
            above, cover = at_least(problem, reached), solution.vertex_cover
            pricing = price_all_pairs(above, solution.prices, cover, self.tiling, most=1)
            limits = bounds(above, solution.prices, cover, len(solution.chosen), pricing)
        limits = replace(limits, count=before.solution.bounds.count, pairs=plain.bounds.pairs)
        return _Best(replace(solution, bounds=limits, vertex_cover=plain.vertex_cover), proofs)
