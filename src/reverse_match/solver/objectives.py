"""Objectives as lexicographic stages, each of which keeps the results of those before it.

The stages are *cardinality* (the number of pairs), *bottleneck* (the score of the worst pair) and *total*
(the sum of scores). Cardinality and total, one after the other, are one linear problem: a min-cost flow of a
given number of units has the highest total of all flows of that size (:mod:`.assignment.solve`); if the total
comes first, the number of units is left open. A bottleneck leaves the pairs that score at least as much, and
the next stage is solved among these.

Each objective begins with the most pairs and then the highest total, without quotas, since that choice is
often the answer: if one pair fewer would gain nothing, the highest total of all choices has the most pairs,
too. With quotas, each stage begins with the best choice without them (:mod:`.side_constraints.solve`).

Where loads are spread, or have least values (:mod:`.assignment.spreading`), the last stage is solved with
them: loads are spread before the total, or after it, also under quotas
(:mod:`.side_constraints.spread_under_quotas`, :mod:`.side_constraints.spread_after_total`).

Where pairs have credits (:class:`.problem.Problem`), totals include them. The worst pair is judged without
credits, except those that count for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.bottleneck import at_least, find_bottleneck
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import price_all_pairs
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.charged_marks import fewest_by_charge
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.solver.assignment.bottleneck import Bottleneck
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.spreading import SpreadProof
    from reverse_match.solver.pairs.loads import LoadDemand
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.charged_marks import FewestMarked
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible, QuotaProof, Work
    from reverse_match.solver.side_constraints.settle_people import PeopleOutcome
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
    demand : LoadDemand, optional
        Demands on loads that the choice keeps; prices of people may then be negative.
    spread : SpreadProof, optional
        Where loads are spread: the proof of it.
    unspread : Solution, optional
        Where loads are spread: the best choice if they were not.
    unspread_quotas : QuotaProofs, optional
        Under quotas: the proofs of that choice.
    marked : FewestMarked, optional
        If pairs are marked: how many of the choice are, and the proof that no choice has fewer.
    people : PeopleOutcome, optional
        If the choice is judged by what people have: that, and the proof of it. The bound on the total and the
        proofs of quotas are then those of choices that are not judged so.
    """

    objective: Maximised
    solution: Solution
    plain: Solution
    worst: Worst | None = None
    quotas: QuotaProofs | None = None
    demand: LoadDemand | None = None
    spread: SpreadProof | None = None
    unspread: Solution | None = None
    unspread_quotas: QuotaProofs | None = None
    marked: FewestMarked | None = None
    people: PeopleOutcome | None = None

    @property
    def proved(self) -> bool:
        """Whether the choice is proved optimal."""
        limits, chosen = self.solution.bounds, self.solution.chosen
        if self.people is not None:
            return self.people.is_best and limits.count == len(chosen)
        closed = limits.total == int(chosen.scores.sum())
        closed &= self.objective == "total" or limits.count == len(chosen)
        closed &= self.spread is None or self.spread.reached == self.spread.bound
        closed &= self.marked is None or self.marked.bound == self.marked.count
        return closed and (self.worst is None or self.worst.score == self.worst.bound)

    @property
    def is_tie_broken(self) -> bool:
        """Whether tickets have decided between equally good choices, which a search under quotas prevents."""
        return self.people is None and (self.quotas is None or self.quotas.is_tie_broken)

    @property
    def slack(self) -> int:
        """The gap of the total that prices alone leave, before cases."""
        bound = self.solution.bounds.total if self.quotas is None else self.quotas.total.bound
        return bound - int(self.solution.chosen.scores.sum())

    @property
    def spreads_first(self) -> bool:
        """Whether loads are spread before the total."""
        return self.spread is not None and self.demand is not None and not self.demand.after_total

    @property
    def pair_prices(self) -> DualValues:
        """The dual values that pairs are compared with: those of the total, and of a spread before it."""
        prices, spread = self.solution.prices, self.spread
        if spread is None or self.quotas is not None or not self.spreads_first:
            return prices
        from reverse_match.solver.assignment.spreading import combine

        return combine(prices, spread.prices, spread.weight)

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
    if problem.people is not None:
        every = objective, replace(problem, people=None), tiling, watch, start, quotas
        judged = solve_for(*every, whatever_start=whatever_start, needs_pair=needs_pair)
        if not isinstance(judged, Optimum):
            return judged
        return _fair_to_people(problem, judged, quotas, tiling, watch)
    searched = bool(quotas) or problem.demand is not None
    plain = solve(problem, tiling, watch, start, Tuning() if searched else None)
    work = _Stages(plain, tiling, watch, quotas)
    asked = replace(problem, most_first=stages[0] == "cardinality")
    free = plain if asked.most_first else work.leave_some_out(asked)
    if quotas and start is not None and whatever_start and work.depends_on_start(problem, free, stages):
        return solve_for(objective, problem, tiling, watch, None, quotas, needs_pair=needs_pair)
    if problem.demand is not None and not quotas and "bottleneck" not in stages:
        return work.with_marked(problem, work.keep_demand(objective, asked, free))
    at_once = work.leave_unmarked(objective, problem)
    if at_once is not None:
        return at_once
    best = work.keep_quotas(asked, free, needs_pair=needs_pair and len(plain.chosen) > 0)
    worst = None
    if "bottleneck" in stages and isinstance(best, _Best) and len(best.solution.chosen):
        worst = work.find_worst(problem, best)
        best = work.raise_worst(problem, best, worst)
    if not isinstance(best, _Best):
        return best
    if worst is not None:
        worst = replace(worst, score=_lowest(problem, best.solution))
    found = Optimum(objective, best.solution, plain, worst, best.quotas)
    if problem.demand is not None and not quotas:
        found = work.spread_above(problem, found)
        return work.with_marked(problem if worst is None else at_least(problem, worst.score), found)
    last = problem if worst is None else at_least(problem, worst.score)
    best, marked = work.settle_marked(last, best)
    found = replace(found, solution=best.solution, quotas=best.quotas, marked=marked)
    return found if problem.demand is None else work.spread_with_quotas(last, found)


def _fair_to_people(
    problem: Problem, found: Optimum, quotas: Sequence[Quota], tiling: Tiling, watch: Watch
) -> Optimum:
    """Return the fairest choice of as many pairs as the best one that is not judged by people."""
    from reverse_match.solver.pairs.people import PeopleDemand
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof, Work
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.side_constraints.settle_people import settle_people
    from reverse_match.solver.side_constraints.solve import QuotaProofs

    demand, solution = problem.people, found.solution
    if not isinstance(demand, PeopleDemand) or not len(solution.chosen):
        return found
    work = Work(quotas, tiling, watch, Tuning())
    chosen, outcome = settle_people(replace(problem, people=None), demand, work, solution.chosen)
    proofs = found.quotas
    if proofs is None:
        of_quotas = QuotaDualValues((), solution.prices.cardinality_dual)
        people = replace(solution.prices, cardinality_dual=0)
        proofs = QuotaProofs(
            QuotaProof(solution.bounds.total, people, of_quotas, (), solution.bounds.pairs), None
        )
    total = replace(proofs.total, proof_tree=None)
    proofs = replace(proofs, total=total, is_tie_broken=False)
    limits = replace(solution.bounds, total=total.bound)
    if demand.raises_lowest and outcome.proved:
        limits = replace(limits, total=int(chosen.scores.sum()))
    solution = replace(solution, chosen=chosen, bounds=limits, prices=proofs.prices, has_equal_optima=None)
    return replace(found, solution=solution, quotas=proofs, people=outcome)


def _lowest(problem: Problem, solution: Solution) -> int:
    """Return the judged score of the worst chosen pair."""
    return int(problem.judged.rescore(solution.chosen).scores.min())


def _loads_not_kept() -> Infeasible:
    """Return the answer that least loads cannot be kept."""
    from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible

    return Infeasible(None)


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

    def depends_on_start(self, problem: Problem, free: Solution, stages: Sequence[str]) -> bool:
        """Say whether branch and bound is needed to keep the quotas, or for fewer marked pairs under them."""
        from reverse_match.solver.side_constraints.lagrangian_pairs import holds

        chosen, marked = free.chosen, problem.marked
        if marked is not None and marked.count(chosen.rows, chosen.columns):
            return True
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

    def keep_demand(self, objective: Maximised, problem: Problem, free: Solution) -> Optimum | Infeasible:
        """Return the optimum under demands on loads, given the best choice without them."""
        found = self._demanded(problem, self.plain)
        if found is None:
            return _loads_not_kept()
        solution, spread = found
        demand, unspread = problem.demand, free
        if demand is not None and demand.spreads and demand.bounds_below:
            alike = self._replace(watch=Watch())._demanded(
                replace(problem, demand=demand.unspread), self.plain
            )
            unspread = free if alike is None else alike[0]
        return Optimum(
            objective,
            solution,
            self.plain,
            demand=demand,
            spread=spread,
            unspread=None if spread is None else unspread,
        )

    def spread_above(self, problem: Problem, best: Optimum) -> Optimum:
        """Return the optimum with loads spread, among the pairs that reach the bottleneck."""
        above = problem if best.worst is None else at_least(problem, best.worst.score)
        found = self._demanded(above, best.solution)
        if found is None:  # impossible, since no load has a least value where the worst pair counts
            message = "a choice that keeps the loads was lost"
            raise SolverError(message)
        solution, spread = found
        worst = best.worst
        if worst is not None:
            worst = replace(worst, score=_lowest(problem, solution))
        return replace(
            best, solution=solution, worst=worst, demand=problem.demand, spread=spread, unspread=best.solution
        )

    def spread_with_quotas(self, problem: Problem, best: Optimum) -> Optimum:
        """Return the optimum with loads spread before the total, among choices that keep the quotas."""
        demand, before = problem.demand, best.solution
        if demand is not None and demand.after_total and best.quotas is not None:
            return self._spread_after_total(problem, demand, best, best.quotas)
        first = best.objective != "total" and demand is not None and demand.spreads
        if demand is None or demand.after_total or not first:
            return best
        from reverse_match.solver.side_constraints.spread_under_quotas import spread_with_proofs

        arcs = Arcs.union([before.candidates, before.chosen])
        found = spread_with_proofs(problem, demand, self._work, arcs, before.chosen)
        count = None if best.quotas is None else best.quotas.count
        proofs = replace(found.proofs, count=count)
        limits = replace(proofs.bounds(found.chosen, before.bounds.count), pairs=before.bounds.pairs)
        if count is not None:
            limits = replace(limits, count=before.bounds.count)
        solution = replace(
            before, chosen=found.chosen, prices=proofs.prices, bounds=limits, has_equal_optima=None
        )
        worst = best.worst
        if worst is not None:
            worst = replace(worst, score=_lowest(problem, solution))
        return replace(
            best,
            solution=solution,
            quotas=proofs,
            worst=worst,
            demand=demand,
            spread=found.spread,
            unspread=before,
            unspread_quotas=best.quotas,
            marked=found.marked,
        )

    def _spread_after_total(
        self, problem: Problem, demand: LoadDemand, best: Optimum, proofs: QuotaProofs
    ) -> Optimum:
        """Return the optimum with loads spread among the choices that keep the quotas with the same total."""
        from reverse_match.solver.side_constraints.spread_after_total import spread_after_total

        found = spread_after_total(problem, demand, self._work, proofs.total, best.solution.chosen)
        solution = replace(best.solution, chosen=found.chosen)
        worst, marked = best.worst, best.marked
        if worst is not None:
            worst = replace(worst, score=_lowest(problem, solution))
        if marked is not None and problem.marked is not None:
            count = problem.marked.count(found.chosen.rows, found.chosen.columns)
            marked = replace(marked, count=count)
        return replace(
            best, solution=solution, worst=worst, marked=marked, demand=demand, spread=found.spread
        )

    def _demanded(self, problem: Problem, plain: Solution) -> tuple[Solution, SpreadProof | None] | None:
        from reverse_match.solver.assignment.spreading import solve_with_demand  # only where it is needed

        found = solve_with_demand(problem, plain, self.tiling, self.watch, Tuning())
        if found is None:
            return None
        limits = replace(plain.bounds, total=found.bound)
        solution = replace(
            plain,
            chosen=found.chosen,
            prices=found.prices,
            bounds=limits,
            has_equal_optima=found.has_equal_optima,
        )
        return solution, found.spread

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

    def leave_unmarked(self, objective: Maximised, problem: Problem) -> Optimum | Infeasible | None:
        """Return the best choice of as many pairs as people allow under quotas, if none need be marked.

        It is ``None`` where that is not seen at once: then one stage is settled after the other.
        """
        marked = problem.marked
        if not self.quotas or marked is None or objective != "coverage" or problem.demand is not None:
            return None
        from reverse_match.solver.side_constraints.fewest_marked import Settled, best_unmarked_at_once

        self.watch.begin_again("price quotas")
        with self.watch.without_gaps():
            found = best_unmarked_at_once(problem, marked, self._work, self.plain)
        if not isinstance(found, Settled):
            return found
        return Optimum(objective, found.solution, self.plain, quotas=found.quotas, marked=found.marked)

    def settle_marked(self, problem: Problem, best: _Best) -> tuple[_Best, FewestMarked | None]:
        """Return the best choice with the fewest marked pairs; under ``total`` no pair is marked."""
        marked = problem.marked
        if marked is None:
            return best, None
        fewest = fewest_by_charge(marked, best.solution)
        if fewest.bound == fewest.count:
            return best, fewest
        from reverse_match.solver.side_constraints.fewest_marked import settle_marked

        with self.watch.without_gaps():
            found = settle_marked(problem, marked, self._work, *best)
        return _Best(found.solution, found.quotas), found.marked

    def with_marked(self, problem: Problem, found: Optimum | Infeasible) -> Optimum | Infeasible:
        """Return an optimum under demands on loads with a bound on marked pairs.

        Where their charge proves too little, a proof of its own may show more. It knows of no demands, so
        that its bound holds under them, too.
        """
        marked = problem.marked
        if marked is None or not isinstance(found, Optimum):
            return found
        fewest = fewest_by_charge(marked, found.solution)
        if fewest.bound < fewest.count and found.objective != "total":
            from reverse_match.solver.side_constraints.fewest_marked import prove_fewest

            with self.watch.without_gaps():
                known = replace(found.plain, chosen=found.solution.chosen)
                fewest = prove_fewest(problem, marked, self._work, known, fewest)
        return replace(found, marked=fewest)

    def find_worst(self, problem: Problem, best: _Best) -> Worst:
        """Return the bottleneck of a choice of as many pairs."""
        self.watch.begin_again("raise the worst")
        judged, chosen, total = problem.judged, best.solution.chosen, best.solution.bounds.total
        if problem.marked is not None:  # the mean of a choice that pays no charges bounds the worst pair
            total -= problem.marked.amount * len(chosen)
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
