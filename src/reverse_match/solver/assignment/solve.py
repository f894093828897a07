"""From a problem to a choice of pairs and its proof; each step stands in a module of its own.

The solver is never given all pairs of a large problem. It is given candidates (:mod:`.candidates`), its
choice gets prices (:mod:`.prices`), and these are compared with *every* pair (:mod:`.price_check`). Pairs
worth more than their prices become candidates, candidates that no best choice can have leave, and it solves
again. When no pair is worth more, the prices prove the choice to be the best among all. The prices are the
smallest that the candidates allow; as every pair respects them, they are the smallest that all pairs allow,
so they do not depend on which candidates led to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.augmenting_paths import Settled, cut_of, repaired
from reverse_match.solver.assignment.candidates import (
    Estimate,
    all_arcs,
    best_arcs_at_prices,
    estimated_prices,
    likely_arcs,
    reaching_arcs,
)
from reverse_match.solver.assignment.certificate import Bounds, bounds, gap, raised, tightest
from reverse_match.solver.assignment.dual_values import Prices, recover_prices
from reverse_match.solver.assignment.network_flow import best_pairs, most_pairs
from reverse_match.solver.assignment.pricing import PriceCheck, check_prices
from reverse_match.solver.assignment.repricing import Looked, recheck_prices
from reverse_match.solver.assignment.tie_breaking import (
    draw,
    draw_from_all,
    draw_shared,
    has_equals,
    has_equals_among_all,
)
from reverse_match.solver.pairs.problem import Arcs, Problem
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class Start:
    """Where a solve begins: what an earlier one of the same rows and columns has left behind.

    Attributes
    ----------
    arcs : Arcs
        Candidates; their scores are read again.
    settled : Settled
        What it chose, and prices.
    same_scores : bool
        Whether pairs score the same, up to a few that may or may not be chosen now. If not, prices only
        help to choose candidates anew.
    looked : Looked, optional
        Its last look at every pair, with the pairs that have changed since, if scores are the same.
    """

    arcs: Arcs
    settled: Settled
    same_scores: bool
    looked: Looked | None = None


@dataclass(frozen=True)
class Solution:
    """A choice of pairs with its proof. Numbers are whole millionths.

    Attributes
    ----------
    chosen : Arcs
        The chosen pairs, sorted by row and column.
    prices : Prices
        Dual values.
    scarce : pair of bool arrays
        Rows and columns that limit the number of pairs.
    bounds : Bounds
        What no choice can exceed, checked over all pairs.
    candidates : Arcs
        What the solver was given last: a start for the next solve.
    looked : Looked
        The last look at every pair: another start.
    has_equals : bool, optional
        Whether another choice is as good, so that the lottery decided; ``None`` where none is proved best.
    """

    chosen: Arcs
    prices: Prices
    scarce: tuple[BoolArray, BoolArray]
    bounds: Bounds
    candidates: Arcs
    looked: Looked
    has_equals: bool | None = None

    @property
    def settled(self) -> Settled:
        """What the next solve can begin with."""
        return Settled(self.chosen, self.prices, self.looked.capacities)

    @property
    def proved(self) -> bool:
        """Whether the choice is proved to be the best."""
        return self.bounds.count == len(self.chosen) and self.bounds.total == int(self.chosen.scores.sum())


@dataclass(frozen=True)
class _Round:
    """A choice among candidates, and what a look at every pair has shown of it."""

    arcs: Arcs
    chosen: BoolArray
    prices: Prices
    scarce: tuple[BoolArray, BoolArray]
    check: PriceCheck

    @cached_property
    def settled(self) -> bool:
        """Whether no pair but chosen ones is worth more than its prices or has no scarce end."""
        kept = self.arcs.where(self.chosen)
        excess = int(np.maximum(self.prices.excess(kept), 0).sum())
        return self.most_are_proved and self.check.excess == excess

    @cached_property
    def most_are_proved(self) -> bool:
        """Whether no choice has more pairs: every pair without a scarce end is chosen."""
        return self.check.untouched == int(self.untouched(self.arcs.where(self.chosen)).sum())

    def untouched(self, arcs: Arcs) -> BoolArray:
        """Say which pairs have no scarce end."""
        return ~self.scarce[0][arcs.rows] & ~self.scarce[1][arcs.columns]


def solve(
    problem: Problem,
    tiling: Tiling,
    watch: Watch | None = None,
    start: Start | None = None,
    tuning: Tuning | None = None,
    *,
    lottery: bool = True,
) -> Solution:
    """Choose as many pairs as possible, and of these choices the one with the highest total.

    Where the number of pairs does not come first, the highest total, and of these choices one with the most
    pairs.

    Parameters
    ----------
    problem : Problem
        What may be chosen.
    tiling : Tiling
        How the pairs may be cut up; the solution does not depend on it.
    watch : Watch, optional
        Is told how far it has come, and says when to stop: then the best choice so far is returned, with its
        bounds.
    start : Start, optional
        What an earlier solve has left behind; the solution does not depend on it.
    tuning : Tuning, optional
        Constants; the solution does not depend on them.
    lottery : bool
        Whether a lottery decides between equally good choices; if not, whichever is found is returned.

    Raises
    ------
    SolverError
        If OR-Tools fails, or what it returns is not optimal.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import KeptPairs
    >>> from reverse_match.solver.pairs.tiles import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = KeptPairs(np.array([[9, 8], [8, 0]], dtype=np.int32))
    >>> solution = solve(Problem(scores, one, one, key, key), Tiling())
    >>> solution.chosen.columns.tolist(), int(solution.chosen.scores.sum()), solution.bounds.total
    ([1, 0], 16, 16)
    """
    work = _Work(tiling, watch or Watch(), tuning or Tuning())
    last = _rounds(problem, _first_arcs(problem, work, start), work, start)
    count, equals = int(last.chosen.sum()), None
    if not last.settled:
        chosen = last.arcs.where(last.chosen)
        prices, proof = tightest(problem, last.prices, last.scarce, count, last.check)
    else:
        chosen = last.arcs.where(last.chosen)
        if lottery:
            work.watch.step("draw between equals")
            chosen, equals = _drawn(problem, last, work)
        prices, proof = last.prices, bounds(problem, last.prices, last.scarce, len(chosen), last.check)
    looked = Looked(last.prices, last.check, problem.capacities)
    return Solution(chosen, prices, last.scarce, proof, _near(last, work.tuning), looked, equals)


@dataclass(frozen=True)
class _Work:
    """How the work is done."""

    tiling: Tiling
    watch: Watch
    tuning: Tuning


def _first_arcs(problem: Problem, work: _Work, start: Start | None) -> Arcs:
    """Return the candidates of the first round: all pairs, if they are few; else the likely ones."""
    work.watch.step("choose candidates")
    rows, columns = problem.shape
    if start is not None and start.same_scores:
        return Arcs.joined(
            [_still_possible(problem, start.arcs), *_arcs_of_loosened(problem, start, work.tuning)]
        )
    work.watch.looked(rows * columns)
    if rows * columns <= work.tuning.all_pairs or min(rows, columns) <= 1:
        return all_arcs(problem, work.tiling)
    if start is not None:
        estimate = Estimate.of(start.settled.prices, problem)
        kept = _still_possible(problem, start.arcs)
        tuning = replace(work.tuning, wanted=min(work.tuning.wanted, work.tuning.wanted_again))
        return Arcs.joined([kept, likely_arcs(problem, estimate, work.tiling, tuning)])
    share = work.tuning.sample_share
    sample = problem.range(slice(0, -(-rows // share)), slice(0, -(-columns // share)))
    arcs = _first_arcs(sample, work, None)
    prices = _rounds(sample, arcs, work, None, at_most=work.tuning.sample_rounds).prices
    work.watch.step("choose candidates")
    estimate = estimated_prices(problem, sample, prices, work.tiling)
    return likely_arcs(problem, estimate, work.tiling, work.tuning)


def _arcs_of_loosened(problem: Problem, start: Start, tuning: Tuning) -> list[Arcs]:
    """Return the best pairs of the few people who have lost a partner or won capacity since."""
    before = start.settled.chosen
    kept = _still_possible(problem, before)
    ends = (before.rows, before.columns), (kept.rows, kept.columns)
    loosened = [
        np.flatnonzero(
            now - np.bincount(there, minlength=len(now)) > then - np.bincount(here, minlength=len(now))
        )
        for now, then, here, there in zip(problem.capacities, start.settled.capacities, *ends, strict=True)
    ]
    if sum(map(len, loosened)) > tuning.few:
        return []
    return best_arcs_at_prices(
        problem, start.settled.prices, (loosened[0], loosened[1]), tuning.wanted_by_loosened
    )


def _still_possible(problem: Problem, arcs: Arcs) -> Arcs:
    scores = problem.at(arcs.rows, arcs.columns)
    return replace(arcs, scores=scores).where(scores != NO_PAIR)


def _rounds(
    problem: Problem, arcs: Arcs, work: _Work, start: Start | None, at_most: int | None = None
) -> _Round:
    """Solve, look at every pair, and solve again, until nothing is missing or the time is over."""
    begin = _Begin() if start is None else _Begin.of(start)
    last = _round(problem, arcs, work, begin)
    rounds = 1
    while not last.settled and rounds != at_most and not work.watch.expired:
        last = _round(problem, _next_arcs(problem, last), work, _Begin.after(problem, last))
        rounds += 1
        if rounds > work.tuning.most_rounds:
            message = f"{rounds} rounds were not enough: pairs are missing that every round has"
            raise SolverError(message)
    return last


@dataclass(frozen=True)
class _Begin:
    """What a round can begin with.

    Prices that may be near, a choice to repair, the last look, and who limits the number of pairs if that is
    known to be the number of pairs of the choice to repair.
    """

    guess: Prices | None = None
    settled: Settled | None = None
    looked: Looked | None = None
    scarce: tuple[BoolArray, BoolArray] | None = None

    @classmethod
    def of(cls, start: Start) -> _Begin:
        settled = start.settled if start.same_scores else None
        return cls(start.settled.prices, settled, start.looked)

    @classmethod
    def after(cls, problem: Problem, done: _Round) -> _Begin:
        looked = Looked(done.prices, done.check, problem.capacities)
        if not done.most_are_proved:
            return cls(done.prices, None, looked)
        settled = Settled(done.arcs.where(done.chosen), done.prices, problem.capacities)
        return cls(done.prices, settled, looked, done.scarce)


def _round(problem: Problem, arcs: Arcs, work: _Work, begin: _Begin) -> _Round:
    watch, tuning = work.watch, work.tuning
    watch.solving(len(arcs))
    arcs, chosen, scarce, guess = _repaired(problem, arcs, work, begin) or _chosen(problem, arcs, work, begin)
    count = int(chosen.sum())
    watch.step("price")
    prices = recover_prices(arcs, chosen, problem.capacities, guess)
    if prices.bonus and not problem.most_first:
        message = "the choice is not optimal: one pair fewer would improve it"
        raise SolverError(message)
    looked = begin.looked
    margin = _margin(prices.excess(arcs.where(~chosen)), tuning.near_per_person * sum(problem.shape))
    if looked is not None:
        margin = min(margin, looked.check.full_margin)
    watch.step("check all pairs")
    most = tuning.arcs_per_person * sum(problem.shape)
    while True:
        check = None
        if looked is not None:
            check = recheck_prices(problem, prices, scarce, work.tiling, most, margin, looked)
        if check is None:
            check = check_prices(problem, prices, scarce, work.tiling, most, margin)
            watch.looked(problem.shape[0] * problem.shape[1])
        done = _Round(arcs, chosen, prices, scarce, check)
        if done.settled or done.check.complete or not done.check.found.among(arcs).all():
            break
        most *= 2
    total = int(arcs.scores[chosen].sum())

    def missing() -> float:
        proof = tightest(problem, prices, scarce, count, done.check)[1]
        return gap((count, proof.count), (total, proof.total))

    watch.bounded(missing)
    return done


_Choice: TypeAlias = "tuple[Arcs, BoolArray, tuple[BoolArray, BoolArray], Prices | None]"
"""Candidates, which of them are chosen, who is scarce, and prices that may be near."""


def _chosen(problem: Problem, arcs: Arcs, work: _Work, begin: _Begin) -> _Choice:
    """Choose among candidates from nothing."""
    everybody = np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)
    if not problem.most_first:
        return arcs, best_pairs(arcs, problem.capacities, everybody, None), everybody, begin.guess
    if begin.settled is not None and begin.scarce is not None:
        count, scarce = len(begin.settled.chosen), begin.scarce
    else:
        arcs, count, scarce = _with_most_pairs(problem, arcs, work.tuning)
    return arcs, best_pairs(arcs, problem.capacities, everybody, count), scarce, begin.guess


def _repaired(problem: Problem, arcs: Arcs, work: _Work, begin: _Begin) -> _Choice | None:
    """Choose by repairing an earlier choice, ``None`` where too much has changed."""
    if begin.settled is None or not problem.most_first:
        return None
    found = repaired(arcs, problem.capacities, begin.settled, work.tuning.most_repairs)
    if found is None:
        return None
    chosen, prices = found
    scarce = begin.scarce or cut_of(arcs, chosen, problem.capacities)
    return None if scarce is None else (arcs, chosen, scarce, prices)


def _with_most_pairs(
    problem: Problem, arcs: Arcs, tuning: Tuning
) -> tuple[Arcs, int, tuple[BoolArray, BoolArray]]:
    """Return how many pairs can be chosen, with candidates added while a few more allow more."""
    while True:
        count, *cut = most_pairs(arcs, *problem.capacities)
        scarce = (cut[0], cut[1])
        new = reaching_arcs(problem, arcs, scarce, tuning)
        if new is None or not len(new):
            return arcs, count, scarce
        before, arcs = len(arcs), Arcs.joined([arcs, new])
        if len(arcs) == before:
            return arcs, count, scarce


def _near(last: _Round, tuning: Tuning) -> Arcs:
    """Return the candidates nearest to their prices, and the chosen: a start for the next solve."""
    people = sum(map(len, last.scarce))
    arcs = Arcs.joined([last.arcs, last.check.found])
    chosen = arcs.among(last.arcs.where(last.chosen))
    excess = last.prices.excess(arcs)
    return arcs.where(chosen | (excess >= -_margin(excess[~chosen], tuning.near_per_person * people)))


def _margin(excess: IntArray, count: int) -> int:
    """Return by how much so many candidates are worth less than their prices, at most."""
    if len(excess) <= count:
        return 0 if not len(excess) else max(0, -int(excess.min()))
    return max(0, -int(np.partition(excess, -count)[-count]))


def _next_arcs(problem: Problem, done: _Round) -> Arcs:
    """Return the candidates of the next round: those that can still matter, and those that were missing."""
    arcs = done.arcs
    if done.most_are_proved:
        higher, check = raised(done.prices, done.check)
        total = int(arcs.scores[done.chosen].sum())
        spare = bounds(problem, higher, done.scarce, int(done.chosen.sum()), check).total - total
        arcs = arcs.where((higher.excess(arcs) >= -spare) | done.chosen)
    return Arcs.joined([arcs, done.check.found])


def _drawn(problem: Problem, last: _Round, work: _Work) -> tuple[Arcs, bool]:
    """Return the choice that the lottery draws, and whether there was anything to draw."""
    chosen, found, prices = last.arcs.where(last.chosen), last.check.found, last.prices
    if not last.check.complete:
        if problem.loads is None:
            drawn = draw_from_all(chosen, prices, problem, work.tiling, work.tuning)
        else:
            drawn = draw_shared(chosen, None, prices, problem, work.tiling, work.tuning)
        return drawn, has_equals_among_all(drawn, prices, problem, work.tiling, work.tuning)
    tight = found.where(prices.excess(found) == 0)
    if problem.loads is None:
        drawn = draw(chosen, tight, prices, problem)
    else:
        drawn = draw_shared(chosen, tight, prices, problem, work.tiling, work.tuning)
    return drawn, has_equals(drawn, tight, prices, problem)
