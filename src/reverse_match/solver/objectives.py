"""The objectives: the number of pairs and then the total, the total alone, or the bottleneck in between.

Each begins with the same solve (most pairs, then the highest total), since its choice is often the
answer: where one pair fewer would gain nothing, the highest total of all has the most pairs, too. Where
pairs have credits (:class:`.problem.Problem`), totals include them. The worst pair is judged without
credits, but for those that count there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import Bounds, bounds
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.solver.assignment.bottleneck import Bottleneck
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.bottleneck import BottleneckWithQuotas
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible, Work
    from reverse_match.solver.side_constraints.solve import QuotaSolution

Maximised: TypeAlias = Literal["coverage", "total", "max_min"]


@dataclass(frozen=True)
class Optimum:
    """A best choice for an objective.

    Attributes
    ----------
    objective : str
        What is maximised.
    solution : Solution
        The choice and its proof. The bound on the number of pairs holds for every choice; the bound on the
        total holds for ``total`` whatever the number of pairs, and for ``max_min`` where every pair scores
        what the worst chosen one does.
    plain : Solution
        With the most pairs and then the highest total: where the next, similar solve can start.
    worst : Bottleneck or BottleneckWithQuotas, optional
        For ``max_min``: the worst chosen pair, and why it cannot be better; ``None`` where nothing is chosen.
    quotas : QuotaSolution, optional
        Where there are quotas: what proves the choice to be the best of those that keep them.
    """

    objective: Maximised
    solution: Solution
    plain: Solution
    worst: Bottleneck | BottleneckWithQuotas | None = None
    quotas: QuotaSolution | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing better is left open."""
        if self.quotas is not None:
            closed = self.quotas.proved
        elif self.objective == "total":
            closed = self.slack == 0
        else:
            closed = self.solution.proved
        return closed and (self.worst is None or self.worst.score == self.worst.bound)

    @property
    def is_tie_broken(self) -> bool:
        """Whether tickets have decided between equally good choices: not where a search kept quotas."""
        return self.quotas is None or self.quotas.is_tie_broken

    @property
    def slack(self) -> int:
        """The duality gap of the total, before cases: what prices alone leave open."""
        bound = self.solution.bounds.total if self.quotas is None else self.quotas.total.bound
        return bound - int(self.solution.chosen.scores.sum())

    def with_payments(self, problem: Problem) -> Problem:
        """Return the problem in which a pair is worth its score less what it pays for quotas."""
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
    """Choose pairs for an objective; where no choice keeps the quotas, return that.

    Parameters
    ----------
    objective : str
        ``coverage``: most pairs, then the highest total. ``total``: the highest total, then most pairs.
        ``max_min``: most pairs, then the best worst pair, then the highest total.
    problem, tiling, watch, start
        As for :func:`.solve.solve`.
    quotas : sequence of Quota, optional
        What the chosen pairs have to keep together.
    whatever_start : bool
        Whether the choice must not depend on the start where quotas decide, either. Which of several equal
        optima branch and bound finds depends on its candidates; then it begins with those of a solve from
        nothing.
    needs_pair : bool
        Whether quotas count as not kept where they leave no pair at all, though without them there could be
        some: a share of no pairs holds, whatever it is.
    """
    watch = watch or Watch()
    if quotas:
        # All that quotas need is loaded where there are some.
        from reverse_match.solver.side_constraints.lagrangian_bound import Work

        work = Work(quotas, tiling, watch, Tuning())
        return _with_quotas(objective, problem, work, start, whatever_start, needs_pair)
    plain = solve(problem, tiling, watch, start)
    if objective == "total" and (plain.prices.cardinality_dual or not plain.proved):
        return Optimum(objective, _whatever_the_number(problem, tiling, watch, plain), plain)
    if objective == "max_min" and len(plain.chosen):
        return _with_best_worst(problem, tiling, watch, plain)
    return Optimum(objective, plain, plain)


def _whatever_the_number(problem: Problem, tiling: Tiling, watch: Watch, plain: Solution) -> Solution:
    watch.begin_again("leave some out")
    again = Start(plain.candidates, plain.primal_dual, same_scores=True)
    highest = solve(replace(problem, most_first=False), tiling, watch, again)
    limits = replace(highest.bounds, count=plain.bounds.count)
    return replace(highest, bounds=limits, vertex_cover=plain.vertex_cover)


def _with_best_worst(problem: Problem, tiling: Tiling, watch: Watch, plain: Solution) -> Optimum:
    watch.begin_again("raise the worst")
    worst = find_bottleneck(problem.judged, tiling, plain.candidates, plain.chosen, plain.bounds.total, watch)
    arcs = Arcs.union([plain.candidates, worst.arcs])
    again = Start(arcs, plain.primal_dual, same_scores=True)
    above = at_least(problem, worst.score)
    fairest = solve(above, tiling, watch, again)
    limits, reached = fairest.bounds, int(problem.judged.rescore(fairest.chosen).scores.min())
    if reached > worst.score:  # only where time was over before the best was found
        above = at_least(problem, reached)
        pricing = price_all_pairs(above, fairest.prices, fairest.vertex_cover, tiling, most=1)
        limits = bounds(above, fairest.prices, fairest.vertex_cover, len(fairest.chosen), pricing)
    limits = replace(limits, count=plain.bounds.count, pairs=plain.bounds.pairs)
    solution = replace(fairest, bounds=limits, vertex_cover=plain.vertex_cover)
    return Optimum("max_min", solution, plain, replace(worst, score=reached))


def _with_quotas(
    objective: Maximised,
    problem: Problem,
    work: Work,
    start: Start | None,
    whatever_start: bool,
    needs_pair: bool,
) -> Optimum | Infeasible:
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
    from reverse_match.solver.side_constraints.lagrangian_pairs import holds
    from reverse_match.solver.side_constraints.solve import QuotaSolution, solve_with_quotas, with_some_pair

    plain = solve(problem, work.tiling, work.watch, start)
    asked = replace(problem, most_first=objective != "total")
    again = Start(plain.candidates, plain.primal_dual, same_scores=True)
    best = plain if asked.most_first else solve(asked, work.tiling, work.watch, again)
    searched = objective == "max_min" or not holds(work.quotas, best.chosen)
    if start is not None and whatever_start and searched:
        return _with_quotas(objective, problem, work, None, whatever_start, needs_pair)
    work.watch.begin_again("price quotas")
    found = solve_with_quotas(asked, work.quotas, best, work.tiling, work.watch)
    if needs_pair and isinstance(found, QuotaSolution) and len(plain.chosen):
        found = with_some_pair(asked, work, found)
    if isinstance(found, Infeasible):
        return found
    if objective == "max_min" and len(found.chosen):
        return _with_best_worst_and_quotas(problem, work, found)
    count = found.count_bound if asked.most_first else plain.bounds.count
    limits = Bounds(count, found.total_bound, found.total.pairs)
    prices = replace(found.total.prices, cardinality_dual=found.total.of_quotas.cardinality_dual)
    solution = replace(plain, chosen=found.chosen, prices=prices, bounds=limits)
    return Optimum(objective, solution, plain, quotas=found)


def _with_best_worst_and_quotas(problem: Problem, work: Work, best: QuotaSolution) -> Optimum | Infeasible:
    from reverse_match.solver.side_constraints.bottleneck import find_bottleneck_with_quotas
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
    from reverse_match.solver.side_constraints.solve import solve_with_quotas

    work.watch.begin_again("raise the worst")
    with work.watch.gaps_of_parts():
        worst = find_bottleneck_with_quotas(problem.judged, work, best)
    plain = best.plain
    above = at_least(problem, worst.score)
    again = Start(Arcs.union([plain.candidates, worst.arcs]), plain.primal_dual, same_scores=True)
    freely = solve(above, work.tiling, work.watch, again)
    found = solve_with_quotas(above, work.quotas, freely, work.tiling, work.watch)
    if isinstance(found, Infeasible):
        return found
    found = replace(found, count=best.count, plain=plain)
    reached = int(problem.judged.rescore(found.chosen).scores.min())
    limits = Bounds(best.count_bound, found.total_bound, plain.bounds.pairs)
    prices = replace(found.total.prices, cardinality_dual=found.total.of_quotas.cardinality_dual)
    solution = replace(plain, chosen=found.chosen, prices=prices, bounds=limits)
    return Optimum("max_min", solution, plain, replace(worst, score=reached), found)
