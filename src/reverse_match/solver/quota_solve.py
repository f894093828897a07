r"""The best choice that keeps quotas, with its proof.

Without quotas a choice is the optimum of an assignment problem; with them of an integer programme. It is
solved from both sides:

* **from above**, by prices. The linear programme over candidates gives each quota a price
  (:mod:`.relaxation`); scores less what pairs pay are an assignment problem again, which :func:`.solve.solve`
  solves over *all* pairs. Its total bounds every choice that keeps the quotas (:mod:`.priced`), its
  candidates join the linear programme, and again, until they bring nothing new.
* **from below**, by a search among the pairs that lose little against that bound (:mod:`.search`). When the
  bound is reached, or when the search has gone through all pairs that could be in anything better, the choice
  is proved to be the best. Else the gap is stated.

Where as many pairs as possible come first, so does the question how many there can be. Often it is as many as
without quotas, since a choice of so many is found. If not, the same two steps answer it, with every pair
worth the same; and if no choice keeps the quotas, a bound on what they miss proves that.

Lagrangian bounds with a restricted master and reduced-cost fixing: Fisher 1981; Barnhart et al. 1998.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import SolverError, UndecidedError
from reverse_match.quota_sums import SideQuota
from reverse_match.solver.candidates import all_arcs
from reverse_match.solver.certificate import bounds, gap
from reverse_match.solver.feasibility import some_choice
from reverse_match.solver.price_check import check_prices
from reverse_match.solver.priced import EqualPairs, PricedPairs
from reverse_match.solver.prices import Prices
from reverse_match.solver.problem import Arcs
from reverse_match.solver.progress import Watch
from reverse_match.solver.quota_prices import QuotaPrices, holds
from reverse_match.solver.relaxation import MISSED, relaxed
from reverse_match.solver.repair import Settled
from reverse_match.solver.search import search
from reverse_match.solver.solve import Solution, Start, solve
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.price_check import PriceCheck
    from reverse_match.solver.problem import Problem
    from reverse_match.solver.search import Found
    from reverse_match.tiling import Tiling

PAIR = 100_000
"""What each pair is worth where their number is asked for."""

POINT = 1_000_000
"""What a score of one point is worth."""

HIGHEST_LOSS = 2**50
"""Above what any unit of capacity or of a sum can cost: nothing is ruled out by it."""


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
    pairs : int
        How many pairs were checked.
    searched : int or None
        If a search has closed what the prices leave open: how many pairs it went through.
    """

    bound: int
    prices: Prices
    of_quotas: QuotaPrices
    pairs: int
    searched: int | None = None


@dataclass(frozen=True)
class QuotaSolution:
    """A choice that keeps the quotas.

    Attributes
    ----------
    chosen : Arcs
        With their scores.
    plain : Solution
        The best choice without quotas.
    total : QuotaProof
        Bounds the total; where the number of pairs comes first, of as many pairs as were chosen.
    count : QuotaProof or None
        Bounds the number of pairs where quotas do; ``None`` where the scarce people of ``plain`` do.
    most_first : bool
        Whether more pairs come before a higher total.
    """

    chosen: Arcs
    plain: Solution
    total: QuotaProof
    count: QuotaProof | None
    most_first: bool = True

    @property
    def count_bound(self) -> int:
        """No choice has more pairs; where their number does not come first, the number that was chosen."""
        if not self.most_first:
            return len(self.chosen)
        if self.count is None:
            return self.plain.bounds.count
        return len(self.chosen) if self.count.searched is not None else self.count.bound // PAIR

    @property
    def total_bound(self) -> int:
        """No choice (of as many pairs) has a higher total."""
        return int(self.chosen.scores.sum()) if self.total.searched is not None else self.total.bound

    @property
    def proved(self) -> bool:
        """Whether the choice is proved to be the best."""
        return self.count_bound == len(self.chosen) and self.total_bound == int(self.chosen.scores.sum())


@dataclass(frozen=True)
class Missed:
    """No choice keeps the quotas.

    Attributes
    ----------
    proof : QuotaProof or None
        With every pair worth nothing, no choice reaches a bound of 0: so much is missed. ``None`` where a
        search has shown it.
    """

    proof: QuotaProof | None


def solve_with_quotas(
    problem: Problem,
    quotas: Sequence[Quota],
    plain: Solution,
    tiling: Tiling,
    watch: Watch | None = None,
    tuning: Tuning | None = None,
) -> QuotaSolution | Missed:
    """Choose as many pairs as quotas allow, and of these choices the one with the highest total.

    Parameters
    ----------
    problem, tiling, watch, tuning
        As for :func:`.solve.solve`.
    quotas : sequence of Quota
        What the chosen pairs have to keep together.
    plain : Solution
        The best choice without quotas.

    Examples
    --------
    >>> from reverse_match.solver.kept_pairs import KeptPairs
    >>> from reverse_match.quota_sums import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.problem import Problem
    >>> from reverse_match.tiling import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = KeptPairs(np.array([[9, 8], [8, 0]], dtype=np.int32))
    >>> pilot = SideQuota(0, np.zeros(2, dtype=np.int64), single(-UNBOUNDED), single(1))
    >>> problem = Problem(scores, one, one, key, key)
    >>> solution = solve_with_quotas(problem, [pilot], solve(problem, Tiling()), Tiling())
    >>> solution.chosen.scores.tolist(), solution.total_bound, solution.count_bound
    ([9], 9, 1)
    """
    work = _Work(quotas, tiling, watch or Watch(), tuning or Tuning())
    if holds(quotas, plain.chosen):
        return _without_price(problem, plain, quotas)
    with work.watch.gaps_of_parts():
        solution = _closed_by_objective(problem, work, plain)
    if isinstance(solution, QuotaSolution):
        total = int(solution.chosen.scores.sum())
        count = (len(solution.chosen), solution.count_bound)
        highest = solution.total_bound
        work.watch.bounded(lambda: gap(count, (total, highest)))
    return solution


@dataclass(frozen=True)
class _Work:
    """How the work is done, and what has to hold."""

    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning


@dataclass(frozen=True)
class _Level:
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
    def of_total(cls, problem: Problem, count: int | None) -> _Level:
        """Ask for the highest total."""
        return cls(problem, problem, count, POINT, 1)

    @classmethod
    def of_count(cls, problem: Problem, most: int) -> _Level:
        """Ask for the largest number of pairs; among many that are as good, look at those that score well."""
        equal = replace(problem, pairs=EqualPairs(problem.pairs, PAIR))
        sharper = replace(problem, pairs=EqualPairs(problem.pairs, PAIR, 1 + 2 * POINT * most // PAIR))
        return cls(equal, sharper, None, PAIR, PAIR)


@dataclass(frozen=True)
class _Closed:
    """The best choice that was found, and its proof."""

    chosen: Arcs
    proof: QuotaProof


def _without_price(problem: Problem, plain: Solution, quotas: Sequence[Quota]) -> QuotaSolution:
    """Return the best choice of all, which happens to keep the quotas."""
    of_quotas = replace(QuotaPrices.none(quotas), bonus=plain.prices.bonus)
    prices = replace(plain.prices, bonus=0)
    proof = QuotaProof(plain.bounds.total, prices, of_quotas, plain.bounds.pairs)
    return QuotaSolution(plain.chosen, plain, proof, None, problem.most_first)


def _closed_by_objective(problem: Problem, work: _Work, plain: Solution) -> QuotaSolution | Missed:
    free = replace(problem, most_first=False)
    arcs = Arcs.joined([plain.candidates, plain.chosen])
    if problem.most_first:
        return _most_first(free, work, plain, arcs)
    closed = _closed(_Level.of_total(free, None), work, arcs, plain.prices)
    if isinstance(closed, Missed):
        return closed
    return QuotaSolution(closed.chosen, plain, closed.proof, None, most_first=False)


def _most_first(problem: Problem, work: _Work, plain: Solution, arcs: Arcs) -> QuotaSolution | Missed:
    """Find how many pairs there can be, and the best choice of so many."""
    most = _Most.of(work.quotas, len(plain.chosen))
    level = _Level.of_count(problem, most.count)
    bounded = _bounded(level, work, _scored(level.problem, arcs), plain.prices, enough=PAIR * most.count)
    if isinstance(bounded, Missed):
        return bounded
    arcs = Arcs.joined([arcs, _scored(problem, bounded.used)])
    count = min(most.count, bounded.proof.bound // PAIR)
    proof = bounded.proof if count < most.count else most.proof
    closed = _closed(_Level.of_total(problem, count), work, arcs, plain.prices)
    if isinstance(closed, _Closed):
        return QuotaSolution(closed.chosen, plain, _by_limit(work.quotas, count, closed.proof), proof)
    counted = _searched(level, work, bounded, None)
    if isinstance(counted, Missed):
        return counted
    known = _scored(problem, counted.chosen)
    arcs = Arcs.joined([arcs, known])
    closed = _closed(_Level.of_total(problem, len(known)), work, arcs, plain.prices, known)
    if isinstance(closed, Missed):  # some choice of so many pairs is known
        message = "a choice that keeps the quotas was lost"
        raise SolverError(message)
    return QuotaSolution(closed.chosen, plain, closed.proof, counted.proof)


@dataclass(frozen=True)
class _Most:
    """How many pairs there can be at most, before anything is solved with quotas, and why.

    ``proof`` is ``None`` where people limit it and not a quota on the number of pairs.
    """

    count: int
    proof: QuotaProof | None

    @classmethod
    def of(cls, quotas: Sequence[Quota], count: int) -> _Most:
        limit = _limit_of_all(quotas)
        if limit is None or limit.bound >= PAIR * count:
            return cls(count, None)
        return cls(limit.bound // PAIR, limit)


def _lowest_limit(quotas: Sequence[Quota]) -> tuple[int, int] | None:
    """Return the lowest bound on the number of all pairs that a quota states, and the place of the quota."""
    limits = [
        (int(quota.upper[0]), place)
        for place, quota in enumerate(quotas)
        if isinstance(quota, SideQuota) and len(quota.upper) == 1 and not quota.group.any()
    ]
    return min(limits, default=None)


def _by_limit(quotas: Sequence[Quota], count: int, proof: QuotaProof) -> QuotaProof:
    """Let the quota pay that limits the number of pairs, where one more would gain something."""
    limit, of_quotas = _lowest_limit(quotas), proof.of_quotas
    if limit is None or limit[0] != count or of_quotas.bonus >= 0:
        return proof
    of_sums = tuple(
        price - of_quotas.bonus if place == limit[1] else price
        for place, price in enumerate(of_quotas.of_sums)
    )
    if (of_sums[limit[1]] < 0).any():
        return proof
    return replace(proof, of_quotas=QuotaPrices(of_sums))


def _limit_of_all(quotas: Sequence[Quota]) -> QuotaProof | None:
    """Return the lowest bound on the number of all pairs that a quota states, proved by itself."""
    limit = _lowest_limit(quotas)
    if limit is None:
        return None
    most, place = limit
    prices = QuotaPrices.none(quotas)
    prices.of_sums[place][0] = PAIR
    nobody = Prices(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)
    return QuotaProof(PAIR * most, nobody, prices, 0)


def _scored(problem: Problem, arcs: Arcs) -> Arcs:
    return replace(arcs, scores=problem.at(arcs.rows, arcs.columns))


def _closed(
    level: _Level, work: _Work, arcs: Arcs, guess: Prices, known: Arcs | None = None
) -> _Closed | Missed:
    """Bound from above, search from below; ``known`` is a choice that keeps the quotas, if there is one."""
    bounded = _bounded(level, work, arcs, guess)
    return bounded if isinstance(bounded, Missed) else _searched(level, work, bounded, known)


@dataclass(frozen=True)
class _Bounded:
    """A bound, the arcs that led to it, and those that the linear programme uses."""

    proof: QuotaProof
    arcs: Arcs
    used: Arcs
    missed: float


def _bounded(
    level: _Level, work: _Work, arcs: Arcs, guess: Prices, enough: int | None = None
) -> _Bounded | Missed:
    """Bound from above, where quotas can be kept at all (by as many pairs, if a number is asked for).

    Nothing is looked at beside the candidates where these reach what is ``enough``.
    """
    penalty = work.tuning.penalty
    bounded = _by_rounds(level, work, arcs, guess, penalty, enough)
    if bounded.missed <= MISSED:
        return bounded
    if level.count is not None:
        return Missed(None)
    shown = _unkept(level.problem, work, bounded.arcs)
    if shown is not None:
        return shown
    return _by_rounds(level, work, bounded.arcs, guess, penalty * work.tuning.penalty_rise)


def _unkept(problem: Problem, work: _Work, arcs: Arcs) -> Missed | None:
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
    return Missed(QuotaProof(found.bound, found.prices, found.of_quotas, 0))


def _by_rounds(
    level: _Level,
    work: _Work,
    arcs: Arcs,
    guess: Prices,
    penalty: float,
    enough: int | None = None,
) -> _Bounded:
    """Price quotas, look at all pairs, and again, until that brings no new candidates."""
    best: QuotaProof | None = None
    missed = np.inf
    for _ in range(work.tuning.most_quota_rounds):
        work.watch.step("price quotas")
        programme = relaxed(arcs, level.problem.capacities, work.quotas, level.count, penalty, level.unit)
        used = arcs.where(programme.used)
        if enough is not None and programme.total * level.unit > enough - 1 / 2:
            return _Bounded(QuotaProof(enough, guess, QuotaPrices.none(work.quotas), 0), arcs, used, 0.0)
        proof, new = _priced(level, work, programme.prices, arcs, guess)
        if best is None or proof.bound < best.bound:
            best = proof
        stuck = programme.missed > MISSED and (level.count is not None or programme.missed >= missed)
        guess, missed, before = proof.prices, programme.missed, len(arcs)
        arcs = Arcs.joined([arcs, new])
        left = best.bound - programme.total * level.unit
        near = left <= max(work.tuning.settled * abs(best.bound) + 1, level.step - 1)
        if len(arcs) == before or near or stuck or work.watch.expired:
            break
    if best is None:  # the tuning allows no round
        message = "no round of pricing quotas was allowed"
        raise SolverError(message)
    return _Bounded(best, arcs, used, missed)


def _priced(
    level: _Level, work: _Work, of_quotas: QuotaPrices, arcs: Arcs, guess: Prices
) -> tuple[QuotaProof, Arcs]:
    """Return the bound that prices of quotas prove, and the pairs that matter at these prices."""
    problem = level.sharper
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, of_quotas))
    settled = Settled(arcs.where(np.zeros(len(arcs), dtype=bool)), guess, problem.capacities)
    start = Start(arcs, settled, same_scores=False)
    found = solve(priced, work.tiling, work.watch, start, work.tuning, lottery=False)
    value, pairs = found.bounds.total, found.bounds.pairs
    if level.problem is not problem:
        check = _look(level, work, QuotaProof(0, found.prices, of_quotas, 0), 0)
        everybody = _everybody(problem)
        value = bounds(level.problem, found.prices, everybody, 0, check).total
    bound = value + of_quotas.most(work.quotas) - of_quotas.bonus * (level.count or 0)
    near = Arcs.joined([found.candidates, found.chosen])
    return QuotaProof(bound, found.prices, of_quotas, pairs), _scored(level.problem, near)


def _everybody(problem: Problem) -> tuple[BoolArray, BoolArray]:
    return np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)


def _look(level: _Level, work: _Work, proof: QuotaProof, margin: int) -> PriceCheck:
    """Compare every pair with its prices."""
    problem = level.problem
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, proof.of_quotas))
    most = work.tuning.searched_most
    check = check_prices(priced, proof.prices, _everybody(problem), work.tiling, most, margin)
    work.watch.looked(problem.shape[0] * problem.shape[1])
    return check


def _searched(level: _Level, work: _Work, bounded: _Bounded, known: Arcs | None) -> _Closed | Missed:
    """Search among few pairs, then among all that could be in a better choice."""
    proof = bounded.proof
    best, whole = _first_found(level, work, bounded, known)
    if best is None:
        if level.count is not None or whole:
            return Missed(None)
        message = (
            "no duos that keep all quotas were found within the limits of the search, "
            "and it is not proved that there are none"
        )
        raise UndecidedError(message)
    spare = proof.bound - int(best.scores.sum()) - level.step
    if spare < 0 or work.watch.expired:
        return _Closed(best, proof)
    check = _look(level, work, proof, spare)
    if not check.complete:
        return _Closed(best, proof)
    within = _scored(level.problem, check.found)
    found = _search(level, work, proof, within, spare)
    if found.chosen is not None and found.chosen.scores.sum() > best.scores.sum():
        best = found.chosen
    return _Closed(best, replace(proof, searched=len(within)) if found.complete else proof)


def _search(level: _Level, work: _Work, proof: QuotaProof, arcs: Arcs, most_loss: int) -> Found:
    work.watch.step("search")
    prices = proof.prices, proof.of_quotas
    capacities, nodes = level.problem.capacities, work.tuning.search_nodes
    return search(arcs, capacities, work.quotas, level.count, prices, most_loss, nodes)


def _first_found(
    level: _Level, work: _Work, bounded: _Bounded, known: Arcs | None
) -> tuple[Arcs | None, bool]:
    """Search among candidates that lose little, more and more of them until a choice is found.

    Also says whether there is none among all pairs.
    """
    proof, arcs = bounded.proof, bounded.arcs
    losses = _losses(work.quotas, proof, arcs)
    by_loss = np.sort(losses)
    most_used = int(_losses(work.quotas, proof, bounded.used).max(initial=0))
    more = work.tuning.searched_first
    while len(arcs):
        size = len(bounded.used) + more
        limit = max(most_used, int(by_loss[min(size, len(arcs)) - 1]))
        # A sum may have to stay away from its bound, at a price.
        found = _search(level, work, proof, arcs.where(losses <= limit), max(limit, level.unit))
        if found.chosen is not None:
            return found.chosen, False
        if size >= len(arcs) or work.watch.expired:
            break
        more *= 2
    if known is not None or level.problem.shape[0] * level.problem.shape[1] > work.tuning.all_pairs:
        return known, False
    everything = all_arcs(level.problem, work.tiling)
    highest = 2 * int(_losses(work.quotas, proof, everything).sum()) + HIGHEST_LOSS
    found = _search(level, work, proof, everything, highest)
    return found.chosen, found.chosen is None and found.complete


def _losses(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return by how much pairs are worth less than the prices of their people and of quotas."""
    losses: IntArray = np.maximum(proof.of_quotas.paid(quotas, arcs) - proof.prices.excess(arcs), 0)
    return losses
