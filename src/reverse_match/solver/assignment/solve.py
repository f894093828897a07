"""Solves an assignment problem by column generation: from the problem to a choice of pairs and its proof.

The solver is never given all pairs of a large problem. It is given candidates (:mod:`.candidates`), its
choice gets dual values (:mod:`.dual_values`), and *every* pair is priced at these (:mod:`.pricing`). Pairs
worth more than their prices become candidates, candidates that no best choice can have are dropped, and the
problem is solved again. When no pair is worth more than its prices, these prove the choice to be the best of
all.

The prices are the smallest that the candidates allow. Since every pair respects them, they are also the
smallest that all pairs allow, so they do not depend on the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import PrimalDual, minimum_cut, reoptimise
from reverse_match.solver.assignment.candidates import (
    Estimate,
    all_arcs,
    best_arcs_at_prices,
    extend_prices,
    likely_arcs,
    uncovered_arcs,
)
from reverse_match.solver.assignment.certificate import Bounds, bounds, gap, raise_row_prices, tightest
from reverse_match.solver.assignment.dense import is_worth_loading, solve_table
from reverse_match.solver.assignment.dual_values import DualValues, recover_prices
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, PricingResult, price_all_pairs
from reverse_match.solver.assignment.repricing import PricingSnapshot, reprice
from reverse_match.solver.assignment.tie_breaking import (
    break_ties,
    break_ties_by_pricing,
    has_equal_optima,
    has_equal_optima_by_pricing,
    is_unique,
)
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.tuning import LARGE_TABLES, Tuning

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class Start:
    """The start of a solve: data of an earlier solve with the same rows and columns.

    Attributes
    ----------
    arcs : Arcs
        Candidates, whose scores are read again.
    primal_dual : PrimalDual
        The earlier choice, with its prices.
    same_scores : bool
        Whether all scores are the same, apart from a few pairs that have become possible or impossible. If
        not, the prices only help to choose new candidates.
    snapshot : PricingSnapshot, optional
        The last pricing of all pairs, with the pairs changed since; only if scores are the same.
    near_scores : bool
        Whether scores differ so little that nearly everybody keeps the candidates.
    """

    arcs: Arcs
    primal_dual: PrimalDual
    same_scores: bool
    snapshot: PricingSnapshot | None = None
    near_scores: bool = False

    def of_others(self, problem: Problem, places: tuple[IntArray, IntArray], *, near_scores: bool) -> Start:
        """Return the start of a problem in which people have left or joined.

        Parameters
        ----------
        problem : Problem
            The problem, in which the rows and columns that stay are in the same order.
        places : pair of int64 arrays
            For each earlier row and column its index now, -1 if there is none.
        near_scores : bool
            Whether the scores of those who stay differ little.
        """
        before, shape = self.primal_dual, problem.shape
        prices = DualValues(
            _moved(before.prices.rows, places[0], shape[0]),
            _moved(before.prices.columns, places[1], shape[1]),
            before.prices.cardinality_dual,
        )
        capacities = (
            _moved(before.capacities[0], places[0], shape[0]),
            _moved(before.capacities[1], places[1], shape[1]),
        )
        primal_dual = PrimalDual(_at_places(before.chosen, places), prices, capacities)
        arcs = _at_places(self.arcs, places)
        return Start(arcs, primal_dual, same_scores=False, near_scores=near_scores)


def _moved(values: IntArray, places: IntArray, size: int) -> IntArray:
    """Return what people had, by their indices now; 0 for those who had nothing."""
    moved = np.zeros(size, dtype=np.int64)
    moved[places[places >= 0]] = values[places >= 0]
    return moved


def _at_places(arcs: Arcs, places: tuple[IntArray, IntArray]) -> Arcs:
    """Return the arcs of rows and columns that are still there, by their indices now."""
    moved = Arcs(places[0][arcs.rows], places[1][arcs.columns], arcs.scores)
    return moved.where((moved.rows >= 0) & (moved.columns >= 0))


@dataclass(frozen=True)
class Solution:
    """A choice of pairs with its proof. Numbers are whole millionths.

    Attributes
    ----------
    chosen : Arcs
        The chosen pairs, sorted by row and column.
    prices : DualValues
        Dual values that prove the choice.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs.
    bounds : Bounds
        Bounds on every choice, checked over all pairs.
    candidates : Arcs
        Last candidates, for the start of the next solve.
    snapshot : PricingSnapshot
        Last pricing of all pairs, for the same purpose.
    has_equal_optima : bool, optional
        Whether another choice is as good, so that tickets decided; ``None`` if the choice is not proved
        optimal.
    """

    chosen: Arcs
    prices: DualValues
    vertex_cover: tuple[BoolArray, BoolArray]
    bounds: Bounds
    candidates: Arcs
    snapshot: PricingSnapshot
    has_equal_optima: bool | None = None

    @property
    def primal_dual(self) -> PrimalDual:
        """The primal-dual solution for the start of the next solve."""
        return PrimalDual(self.chosen, self.prices, self.snapshot.capacities)

    @property
    def proved(self) -> bool:
        """Whether the choice is proved optimal."""
        return self.bounds.count == len(self.chosen) and self.bounds.total == int(self.chosen.scores.sum())


@dataclass(frozen=True)
class _Round:
    """A choice among candidates, with the result of pricing all pairs."""

    arcs: Arcs
    chosen: BoolArray
    prices: DualValues
    vertex_cover: tuple[BoolArray, BoolArray]
    pricing: PricingResult

    @cached_property
    def choice(self) -> Arcs:
        """The chosen pairs."""
        return self.arcs.where(self.chosen)

    @cached_property
    def is_optimal(self) -> bool:
        """Whether only chosen pairs are worth more than their prices or lie outside the vertex cover."""
        dual_infeasibility = int(np.maximum(self.prices.reduced_profits(self.choice), 0).sum())
        return self.most_are_proved and self.pricing.dual_infeasibility == dual_infeasibility

    @cached_property
    def most_are_proved(self) -> bool:
        """Whether no choice has more pairs, since every pair outside the vertex cover is chosen."""
        return self.pricing.uncovered == int(self.choice.outside(self.vertex_cover).sum())


def solve(
    problem: Problem,
    tiling: Tiling,
    watch: Watch | None = None,
    start: Start | None = None,
    tuning: Tuning | None = None,
    *,
    tie_breaking: bool = True,
    lists_equals: bool = True,
) -> Solution:
    """Choose as many pairs as possible, and of these choices the one with the highest total.

    Where the number of pairs does not come first, choose the highest total, and of these choices one with the
    most pairs.

    Parameters
    ----------
    problem : Problem
        The problem to solve.
    tiling : Tiling
        Division of the pairs into tiles; the solution does not depend on it.
    watch : Watch, optional
        Listener for progress, with the time limit: at its end the best choice so far is returned, with its
        bounds.
    start : Start, optional
        Data of an earlier solve; the solution does not depend on it.
    tuning : Tuning, optional
        Constants of the solver, ``LARGE_TABLES`` by default; the solution does not depend on them.
    tie_breaking : bool
        Whether tickets decide between equally good choices; if not, any of them is returned.
    lists_equals : bool
        Whether pricing lists pairs that are worth just their prices, from which ties are broken. Where scores
        are few numbers, these are most pairs.

    Raises
    ------
    SolverError
        If OR-Tools fails, or its result is not optimal.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = ScoreTable(np.array([[9, 8], [8, 0]], dtype=np.int32))
    >>> solution = solve(Problem(scores, one, one, key, key), Tiling())
    >>> solution.chosen.columns.tolist(), int(solution.chosen.scores.sum()), solution.bounds.total
    ([1, 0], 16, 16)
    """
    work = _SolveContext(tiling, watch or Watch(), tuning or LARGE_TABLES, lists_equals or tie_breaking)
    last = _of_table(problem, work, start) or _rounds(problem, _first_arcs(problem, work, start), work, start)
    chosen, equals, prices = last.choice, None, last.prices
    if last.is_optimal and tie_breaking:
        work.watch.step("draw between equals")
        chosen, equals = _break_ties(problem, last, work)
    proof = bounds(problem, prices, last.vertex_cover, len(chosen), last.pricing)
    if not last.is_optimal:
        prices, proof = tightest(problem, prices, last.vertex_cover, len(chosen), last.pricing)
    snapshot = PricingSnapshot(last.prices, last.pricing, problem.capacities)
    return Solution(
        chosen, prices, last.vertex_cover, proof, _nearest_candidates(last, work.tuning), snapshot, equals
    )


@dataclass(frozen=True)
class _SolveContext:
    """The resources and constants of a solve."""

    tiling: Tiling
    watch: Watch
    tuning: Tuning
    lists_equals: bool


def _of_table(problem: Problem, work: _SolveContext, start: Start | None) -> _Round | None:
    """Solve a small problem with all of its pairs at once; ``None`` where candidates take less time."""
    rows, columns = problem.shape
    watch, tuning = work.watch, work.tuning
    small = tuning.table_pairs <= rows * columns <= tuning.most_table_pairs
    if not small or (start is not None and start.same_scores):
        return None
    if not is_worth_loading(rows * columns, tuning.table_after):
        return None
    watch.step("choose candidates")
    people = rows + columns
    found = solve_table(problem, tuning.near_per_person * people)
    if found is None:
        return None
    watch.begin_round(found.pairs)
    watch.step("check all pairs")
    listed = tuning.arcs_per_person * people
    margin = _margin_of_pricing(found.margin, work)
    pricing = price_all_pairs(problem, found.prices, found.vertex_cover, work.tiling, listed, margin)
    watch.count_pairs(2 * rows * columns)
    lists_nearest = pricing.complete and margin == found.margin
    arcs = pricing.found if lists_nearest else found.nearest()
    done = _Round(arcs, found.chosen(arcs), found.prices, found.vertex_cover, pricing)
    if not done.is_optimal:
        message = "the choice is not optimal: a pair is worth more than its prices"
        raise SolverError(message)
    _report_gap(problem, watch, done)
    return done


def _first_arcs(problem: Problem, work: _SolveContext, start: Start | None) -> Arcs:
    """Return the candidates of the first round: all pairs of a small problem, else the likely ones."""
    work.watch.step("choose candidates")
    rows, columns = problem.shape
    loosened = None if start is None else _arcs_of_loosened(problem, start, work.tuning)
    if start is not None and loosened is not None:
        return Arcs.union([problem.possible(start.arcs), *loosened])
    work.watch.count_pairs(rows * columns)
    if rows * columns <= work.tuning.all_pairs or min(rows, columns) <= 1:
        return all_arcs(problem, work.tiling)
    if start is not None:
        estimate = Estimate.of(start.primal_dual.prices, problem)
        kept = problem.possible(start.arcs)
        tuning = replace(work.tuning, wanted=min(work.tuning.wanted, work.tuning.wanted_again))
        return Arcs.union([kept, likely_arcs(problem, estimate, work.tiling, tuning)])
    tuning = work.tuning
    share = tuning.sample_share if _is_square(problem) else tuning.sample_share_of_flow
    sample = problem.range(slice(0, -(-rows // share)), slice(0, -(-columns // share)))
    arcs = _first_arcs(sample, work, None)
    prices = _rounds(sample, arcs, work, None, at_most=work.tuning.sample_rounds).prices
    work.watch.step("choose candidates")
    estimate = extend_prices(problem, sample, prices, work.tiling)
    return likely_arcs(problem, estimate, work.tiling, work.tuning)


def _is_square(problem: Problem) -> bool:
    """Say whether the solver of square problems can serve: equally many people, each in one pair at most."""
    return problem.shape[0] == problem.shape[1] and all((one <= 1).all() for one in problem.capacities)


def _arcs_of_loosened(problem: Problem, start: Start, tuning: Tuning) -> list[Arcs] | None:
    """Return the best pairs of people who have lost a partner or gained capacity since.

    The answer is ``None`` where they are many, or scores are other ones: then everybody needs candidates.
    """
    if not (start.same_scores or start.near_scores):
        return None
    before = start.primal_dual.chosen
    kept = problem.possible(before)
    unused = kept.unused(problem.capacities), before.unused(start.primal_dual.capacities)
    loosened = [np.flatnonzero(now > then) for now, then in zip(*unused, strict=True)]
    if sum(map(len, loosened)) > tuning.few:
        return None
    return best_arcs_at_prices(
        problem, start.primal_dual.prices, (loosened[0], loosened[1]), tuning.wanted_by_loosened
    )


def _rounds(
    problem: Problem, arcs: Arcs, work: _SolveContext, start: Start | None, at_most: int | None = None
) -> _Round:
    """Alternate between solving and pricing all pairs, until no pair is missing or the time is over."""
    begin = _Begin() if start is None else _Begin.of(start)
    last = _round(problem, arcs, work, begin)
    rounds = 1
    while not last.is_optimal and rounds != at_most and not work.watch.expired:
        arcs = _next_arcs(problem, last, thins=rounds <= work.tuning.thinned_rounds)
        last = _round(problem, arcs, work, _Begin.after(problem, last))
        rounds += 1
        if rounds > work.tuning.most_rounds:
            message = f"{rounds} rounds were not enough: pairs are missing that every round has"
            raise SolverError(message)
    return last


@dataclass(frozen=True)
class _Begin:
    """The start of a round.

    It consists of approximate prices, a choice to re-optimise, the last pricing, and the vertex cover if it
    is known to limit the number of pairs to that of the choice. Of the few candidates of an earlier solve,
    some are far from their prices; the margin of pricing is taken from the nearer half of them.
    """

    guess: DualValues | None = None
    primal_dual: PrimalDual | None = None
    snapshot: PricingSnapshot | None = None
    vertex_cover: tuple[BoolArray, BoolArray] | None = None
    has_few: bool = False

    @classmethod
    def of(cls, start: Start) -> _Begin:
        primal_dual = start.primal_dual if start.same_scores else None
        return cls(start.primal_dual.prices, primal_dual, start.snapshot, has_few=start.near_scores)

    @classmethod
    def after(cls, problem: Problem, done: _Round) -> _Begin:
        snapshot = PricingSnapshot(done.prices, done.pricing, problem.capacities)
        if not done.most_are_proved:
            return cls(done.prices, None, snapshot)
        primal_dual = PrimalDual(done.choice, done.prices, problem.capacities)
        return cls(done.prices, primal_dual, snapshot, done.vertex_cover)


def _round(problem: Problem, arcs: Arcs, work: _SolveContext, begin: _Begin) -> _Round:
    watch, tuning = work.watch, work.tuning
    watch.begin_round(len(arcs))
    arcs, chosen, vertex_cover, guess = _reoptimise(problem, arcs, work, begin) or _choose(
        problem, arcs, work, begin
    )
    watch.step("price")
    prices = recover_prices(arcs, chosen, problem.capacities, guess)
    if prices.cardinality_dual and not problem.most_first:
        message = "the choice is not optimal: one pair fewer would improve it"
        raise SolverError(message)
    snapshot = begin.snapshot
    near = tuning.near_per_person * sum(problem.shape) // (2 if begin.has_few else 1)
    margin = _margin(prices.reduced_profits(arcs.where(~chosen)), near)
    if snapshot is not None:
        margin = min(margin, snapshot.pricing.full_margin)
    margin = _margin_of_pricing(margin, work)
    watch.step("check all pairs")
    most = tuning.arcs_per_person * sum(problem.shape)
    while True:
        pricing = None
        if snapshot is not None:
            pricing = reprice(problem, prices, vertex_cover, work.tiling, most, margin, snapshot)
        if pricing is None:
            pricing = price_all_pairs(problem, prices, vertex_cover, work.tiling, most, margin)
            watch.count_pairs(problem.shape[0] * problem.shape[1])
        done = _Round(arcs, chosen, prices, vertex_cover, pricing)
        if done.is_optimal or done.pricing.complete or not done.pricing.found.among(arcs).all():
            break
        most *= 2
    _report_gap(problem, watch, done)
    return done


def _margin_of_pricing(margin: int, work: _SolveContext) -> int:
    return margin if margin or work.lists_equals else ONLY_IMPROVING


def _report_gap(problem: Problem, watch: Watch, done: _Round) -> None:
    def missing() -> float:
        count, total = len(done.choice), int(done.choice.scores.sum())
        proof = tightest(problem, done.prices, done.vertex_cover, count, done.pricing)[1]
        return gap((count, proof.count), (total, proof.total))

    watch.report_gap(missing)


_Choice: TypeAlias = "tuple[Arcs, BoolArray, tuple[BoolArray, BoolArray], DualValues | None]"
"""Candidates, marks of the chosen ones, the vertex cover, and approximate prices."""


def _choose(problem: Problem, arcs: Arcs, work: _SolveContext, begin: _Begin) -> _Choice:
    """Choose among candidates without an earlier choice."""
    everybody = problem.everybody
    if not problem.most_first:
        return arcs, best_pairs(arcs, problem.capacities, everybody, None), everybody, begin.guess
    if begin.primal_dual is not None and begin.vertex_cover is not None:
        count, vertex_cover = len(begin.primal_dual.chosen), begin.vertex_cover
    else:
        arcs, count, vertex_cover = _with_most_pairs(problem, arcs, work.tuning)
    return arcs, best_pairs(arcs, problem.capacities, everybody, count), vertex_cover, begin.guess


def _reoptimise(problem: Problem, arcs: Arcs, work: _SolveContext, begin: _Begin) -> _Choice | None:
    """Choose by re-optimising an earlier choice; ``None`` where too much has changed."""
    if begin.primal_dual is None or not problem.most_first:
        return None
    found = reoptimise(arcs, problem.capacities, begin.primal_dual, work.tuning.most_augmentations)
    if found is None:
        return None
    chosen, prices = found
    vertex_cover = begin.vertex_cover or minimum_cut(arcs, chosen, problem.capacities)
    return None if vertex_cover is None else (arcs, chosen, vertex_cover, prices)


def _with_most_pairs(
    problem: Problem, arcs: Arcs, tuning: Tuning
) -> tuple[Arcs, int, tuple[BoolArray, BoolArray]]:
    """Return the largest number of pairs, with its vertex cover, adding candidates while a few allow more."""
    while True:
        count, *cut = most_pairs(arcs, *problem.capacities)
        vertex_cover = (cut[0], cut[1])
        new = uncovered_arcs(problem, arcs, vertex_cover, tuning)
        if new is None or not len(new):
            return arcs, count, vertex_cover
        before, arcs = len(arcs), Arcs.union([arcs, new])
        if len(arcs) == before:
            return arcs, count, vertex_cover


def _nearest_candidates(last: _Round, tuning: Tuning) -> Arcs:
    """Return the candidates nearest to their prices, and the chosen ones, for the start of the next solve."""
    people = sum(map(len, last.vertex_cover))
    arcs, chosen = last.arcs, last.chosen
    if arcs is not last.pricing.found and not last.pricing.found.among(arcs).all():
        arcs = Arcs.union([arcs, last.pricing.found])
        chosen = arcs.among(last.choice)
    reduced_profits = last.prices.reduced_profits(arcs)
    return arcs.where(
        chosen | (reduced_profits >= -_margin(reduced_profits[~chosen], tuning.near_per_person * people))
    )


def _margin(reduced_profits: IntArray, count: int) -> int:
    """Return the margin that includes ``count`` candidates, as the difference of worth and prices."""
    if len(reduced_profits) <= count:
        return 0 if not len(reduced_profits) else max(0, -int(reduced_profits.min()))
    return max(0, -int(np.partition(reduced_profits, -count)[-count]))


def _next_arcs(problem: Problem, done: _Round, *, thins: bool) -> Arcs:
    """Return the candidates of the next round: those that can still matter, and those that were missing.

    Most that can still matter do not. If a round is to be thinned, only those go on that are nearer to their
    prices than half of what the best missing pair gains; pricing finds others again.
    """
    arcs = done.arcs
    if done.most_are_proved:
        higher, pricing = raise_row_prices(done.prices, done.pricing)
        total = int(arcs.scores[done.chosen].sum())
        spare = bounds(problem, higher, done.vertex_cover, int(done.chosen.sum()), pricing).total - total
        matters = higher.reduced_profits(arcs) >= -spare
        if thins:
            missing = done.pricing.found.where(~done.pricing.found.among(done.choice))
            gains = int(done.prices.reduced_profits(missing).max(initial=0))
            matters &= done.prices.reduced_profits(arcs) >= -(gains // 2)
        arcs = arcs.where(matters | done.chosen)
    return Arcs.union([arcs, done.pricing.found])


def _break_ties(problem: Problem, last: _Round, work: _SolveContext) -> tuple[Arcs, bool]:
    """Return the choice that tickets decide on, and whether it has equal optima."""
    chosen, found, prices = last.choice, last.pricing.found, last.prices
    likely = found.where(prices.reduced_profits(found) == 0)
    tight = likely if last.pricing.complete else None
    unique = None
    # So many tight pairs rarely leave one optimum: then the draw mostly finds another, which says it all.
    may_be_unique = tight is not None and problem.most_first and len(tight) <= sum(problem.shape)
    if tight is not None and may_be_unique:
        unique = is_unique(chosen, tight, prices, problem)
    if unique:
        return chosen, False
    if tight is None or problem.loads is not None:
        drawn = break_ties_by_pricing(chosen, tight, prices, problem, work.tiling, work.tuning, likely=likely)
    else:
        drawn = break_ties(chosen, tight, prices, problem)
    if tight is None:
        return drawn, has_equal_optima_by_pricing(
            drawn, prices, problem, work.tiling, work.tuning, likely=likely
        )
    is_another = len(drawn) == len(chosen) and not bool(drawn.among(chosen).all())
    return drawn, unique is False or is_another or has_equal_optima(drawn, tight, prices, problem)
