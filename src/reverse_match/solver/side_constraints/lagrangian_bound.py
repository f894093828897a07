r"""Bounds on what choices that keep quotas can reach, proved by prices over all pairs.

The linear programme over candidates gives each quota a price (:mod:`.relaxation`); scores less what pairs pay
are an assignment problem again, which :func:`.solve.solve` solves over *all* pairs. Its total bounds every
choice that keeps the quotas (:mod:`.priced`), its candidates join the linear programme, and again, until they
bring nothing new. Whether quotas can be kept at all is asked in the same way, with every pair worth nothing:
where the bound is below 0, they cannot.

Lagrangian bounds with a restricted master: Fisher 1981; Barnhart et al. 1998.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.assignment.augmenting_paths import Settled
from reverse_match.solver.assignment.certificate import bounds, tightest
from reverse_match.solver.assignment.pricing import check_prices
from reverse_match.solver.assignment.solve import Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import at_count, sampled
from reverse_match.solver.side_constraints.feasibility import some_choice
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.lagrangian_pairs import EqualPairs, PricedPairs, QuotaPrices
from reverse_match.solver.side_constraints.restricted_master import MISSED, Relaxed, relaxed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.assignment.pricing import PriceCheck
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling
    from reverse_match.solver.side_constraints.search_tree import Searched
    from reverse_match.solver.tuning import Tuning

PAIR = 100_000
"""What each pair is worth where their number is asked for."""

ONLY_EXCESS = -1
"""The margin of a look that lists only pairs worth more than their prices: many are worth just them."""

POINT = 1_000_000
"""What a score of one point is worth."""


@dataclass(frozen=True)
class QuotaProof:
    """What no choice that keeps the quotas can exceed, and why.

    Attributes
    ----------
    bound : int
        Of the total, or of the number of pairs times ``PAIR``; proved by the prices, over all pairs.
    prices : Prices
        Of people, for scores less what pairs pay.
    of_quotas : QuotaPrices
        What they pay.
    quotas : tuple of Quota
        For what: where the number of pairs is known, shares are numbers.
    pairs : int
        How many pairs were checked.
    searched : Searched or None
        If a search has closed what the prices leave open: the tree that proves it.
    """

    bound: int
    prices: Prices
    of_quotas: QuotaPrices
    quotas: tuple[Quota, ...]
    pairs: int
    searched: Searched | None = None


@dataclass(frozen=True)
class Missed:
    """No choice keeps the quotas.

    Attributes
    ----------
    proof : QuotaProof or None
        With every pair worth nothing, no choice reaches a bound of 0: so much is missed. ``None`` where a
        tree has shown it (:mod:`.search_tree`).
    """

    proof: QuotaProof | None


@dataclass(frozen=True)
class Work:
    """How the work is done, and what has to hold."""

    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning

    def at(self, level: Level) -> Work:
        """Return the same, with the quotas as they are where a level asks for so many pairs."""
        if level.count is None:
            return self
        return replace(self, quotas=[at_count(quota, level.count) for quota in self.quotas])


@dataclass(frozen=True)
class Level:
    """What is asked for: the highest total of a number of pairs (any, if ``None``).

    ``unit`` is what a point is, ``step`` the least by which one choice can be better than another. Prices are
    looked for on ``sharper``, which has the same pairs, with scores at which fewer are equally good.
    """

    problem: Problem
    sharper: Problem
    count: int | None
    unit: int
    step: int

    @classmethod
    def of_total(cls, problem: Problem, count: int | None) -> Level:
        """Ask for the highest total."""
        return cls(problem, problem, count, POINT, 1)

    @classmethod
    def of_count(cls, problem: Problem, most: int) -> Level:
        """Ask for the largest number of pairs; among many that are as good, look at those that score well."""
        problem = problem.without_credits  # a pair is one, whatever its credit
        equal = replace(problem, pairs=EqualPairs(problem.pairs, PAIR))
        sharper = replace(problem, pairs=EqualPairs(problem.pairs, PAIR, 1 + 2 * POINT * most // PAIR))
        return cls(equal, sharper, None, PAIR, PAIR)


@dataclass(frozen=True)
class Bounded:
    """A bound, the arcs that led to it, and those that the linear programme uses."""

    proof: QuotaProof
    arcs: Arcs
    used: Arcs
    missed: float


def bounded_above(
    level: Level,
    work: Work,
    arcs: Arcs,
    guess: Prices,
    enough: int | None = None,
    *,
    core: Arcs | None = None,
    at_any_rate: bool = False,
) -> Bounded | Missed:
    """Bound from above, where quotas can be kept at all (by as many pairs, if a number is asked for).

    Nothing is looked at beside the candidates where these reach what is ``enough``. A bound holds at any
    rate, also where the penalty for missing a quota was too low. ``core`` are pairs of which parts keep the
    quotas, if such are known: a first, small linear programme has them.
    """
    penalty = work.tuning.penalty
    bounded = by_rounds(level, work, arcs, guess, penalty, enough, core)
    if bounded.missed <= MISSED or at_any_rate:
        return bounded
    if level.count is not None:
        return Missed(None)
    shown = _unkept(level.problem, work, bounded.arcs)
    if shown is not None:
        return shown
    return by_rounds(level, work, bounded.arcs, guess, penalty * work.tuning.penalty_rise)


def _unkept(problem: Problem, work: Work, arcs: Arcs) -> Missed | None:
    """Return why no choice keeps the quotas, if that can be shown."""
    by_prices = replace(work.tuning, few_pairs=0)
    try:
        found = some_choice(problem, work.quotas, work.tiling, arcs, work.watch, by_prices)
    except UndecidedError:
        return None
    if isinstance(found, Arcs):
        return None
    if found.prices is None or found.of_quotas is None:
        return Missed(None)
    return Missed(QuotaProof(found.bound, found.prices, found.of_quotas, tuple(work.quotas), 0))


def by_rounds(
    level: Level,
    work: Work,
    arcs: Arcs,
    guess: Prices,
    penalty: float,
    enough: int | None = None,
    core: Arcs | None = None,
) -> Bounded:
    """Price quotas, look at all pairs, and again, until that brings no new candidates."""
    best: QuotaProof | None = None
    missed, given, used = 0.0, arcs, Arcs.joined([])
    missed_before = np.inf
    estimate = _estimated(level, work, penalty)
    if estimate is not None:
        best, new = _priced(level, work, estimate, arcs, guess)
        guess, arcs = best.prices, Arcs.joined([arcs, new])
        given = Arcs.joined([core or given, _nearest(work, best, arcs)])
    for _ in range(work.tuning.most_quota_rounds):
        work.watch.step("price quotas")
        seconds = seconds_of(work.watch.seconds_left)
        programme = relaxed(
            given, level.problem.capacities, work.quotas, level.count, penalty, level.unit, seconds
        )
        if programme is None:
            break
        used = given.where(programme.used)
        if enough is not None and programme.total * level.unit > enough - 1 / 2:
            free = QuotaPrices.none(work.quotas)
            return Bounded(QuotaProof(enough, guess, free, tuple(work.quotas), 0), arcs, used, 0.0)
        proof, new = _priced_by(level, work, programme, arcs, guess)
        if best is None or proof.bound < best.bound:
            best = proof
        missed = programme.missed
        stuck = missed > MISSED and (level.count is not None or missed >= missed_before)
        guess, missed_before, before = proof.prices, missed, len(arcs)
        arcs = Arcs.joined([arcs, new])
        everything = len(given) == before
        if _is_near(level, work, best, programme) or stuck or work.watch.expired:
            break
        if everything and len(arcs) == before:
            break
        given = arcs
        if estimate is not None and len(arcs) > before:
            given = Arcs.joined([used, _nearest(work, best, arcs)])
    if best is None:  # HiGHS has no answer: quotas without a price prove something, too
        best, _ = _priced(level, work, QuotaPrices.none(work.quotas), arcs, guess)
    return Bounded(best, arcs, used, missed)


def _is_near(level: Level, work: Work, proof: QuotaProof, programme: Relaxed) -> bool:
    """Say whether a bound is as good as reached by parts of pairs."""
    left = proof.bound - programme.total * level.unit
    return left <= max(work.tuning.settled * abs(proof.bound) + 1, level.step - 1)


def _nearest(work: Work, proof: QuotaProof, arcs: Arcs) -> Arcs:
    """Return those of some pairs that are worth most above their prices, a few for each person."""
    people = len(proof.prices.rows) + len(proof.prices.columns)
    worth = proof.prices.excess(arcs) - proof.of_quotas.paid(work.quotas, arcs)
    return arcs.highest(worth, work.tuning.programme_per_person * people)


def _priced_by(
    level: Level, work: Work, programme: Relaxed, arcs: Arcs, guess: Prices
) -> tuple[QuotaProof, Arcs]:
    """Return the bound that a linear programme leads to, and the pairs that matter at its prices.

    Where a number of pairs is asked for, its own prices of people often prove the bound, and one look at all
    pairs shows it.
    """
    if level.problem is not level.sharper:
        proof = QuotaProof(0, programme.people, programme.prices, tuple(work.quotas), 0)
        everybody = _everybody(level.problem)
        check = look_at_all(level, work, proof, ONLY_EXCESS)
        prices, proved = tightest(level.problem, programme.people, everybody, 0, check)
        bound = proved.total + programme.prices.most(work.quotas)
        proof = replace(proof, bound=bound, prices=prices, pairs=proved.pairs)
        if _is_near(level, work, proof, programme):
            return proof, Arcs.joined([])
    return _priced(level, work, programme.prices, arcs, guess)


def _estimated(level: Level, work: Work, penalty: float) -> QuotaPrices | None:
    """Return what quotas may cost, from a sample: the first rows and columns, which stand in a random order.

    ``None`` where the problem is so small that its own linear programme is as fast.
    """
    share, (rows, columns) = work.tuning.quota_sample_share, level.problem.shape
    if rows * columns < work.tuning.quota_sample_from or level.count is None:
        return None
    problem = level.problem.range(slice(0, -(-rows // share)), slice(0, -(-columns // share)))
    ends = np.arange(problem.shape[0]), np.arange(problem.shape[1])
    work = replace(work, quotas=[sampled(quota, *ends, 1 / share) for quota in work.quotas])
    plain = solve(problem, work.tiling, work.watch, None, work.tuning, lottery=False)
    arcs = Arcs.joined([plain.candidates, plain.chosen])
    count = min(len(plain.chosen), -(-level.count // share))
    part = replace(level, problem=problem, sharper=problem, count=count)
    return by_rounds(part, work, arcs, plain.prices, penalty).proof.of_quotas


def _priced(
    level: Level, work: Work, of_quotas: QuotaPrices, arcs: Arcs, guess: Prices
) -> tuple[QuotaProof, Arcs]:
    """Return the bound that prices of quotas prove, and the pairs that matter at these prices."""
    problem = level.sharper
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, of_quotas))
    settled = Settled(arcs.where(np.zeros(len(arcs), dtype=bool)), guess, problem.capacities)
    start = Start(arcs, settled, same_scores=False)
    tuning = work.tuning
    if level.problem is not problem:  # many pairs are as good, so that few will do
        tuning = replace(
            tuning, wanted_again=tuning.wanted_for_count, arcs_per_person=tuning.wanted_for_count
        )
    found = solve(priced, work.tiling, work.watch, start, tuning, lottery=False)
    value, pairs = found.bounds.total, found.bounds.pairs
    if level.problem is not problem:
        check = look_at_all(
            level, work, QuotaProof(0, found.prices, of_quotas, tuple(work.quotas), 0), ONLY_EXCESS
        )
        everybody = _everybody(problem)
        value = bounds(level.problem, found.prices, everybody, 0, check).total
    bound = value + of_quotas.most(work.quotas) - of_quotas.bonus * (level.count or 0)
    near = Arcs.joined([found.candidates, found.chosen])
    proof = QuotaProof(bound, found.prices, of_quotas, tuple(work.quotas), pairs)
    return proof, level.problem.scored(near)


def _everybody(problem: Problem) -> tuple[BoolArray, BoolArray]:
    return np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)


def look_at_all(level: Level, work: Work, proof: QuotaProof, margin: int) -> PriceCheck:
    """Compare every pair with its prices."""
    problem = level.problem
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, proof.of_quotas))
    most = work.tuning.searched_most
    check = check_prices(priced, proof.prices, _everybody(problem), work.tiling, most, margin)
    work.watch.looked(problem.shape[0] * problem.shape[1])
    return check
