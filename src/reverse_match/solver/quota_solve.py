r"""The best choice that keeps quotas, with its proof.

Without quotas a choice is the optimum of an assignment problem; with them of an integer programme. It is
solved from both sides:

* **from above**, by prices. The linear programme over candidates gives each quota a price
  (:mod:`.relaxation`); scores less what pairs pay are an assignment problem again, which :func:`.solve.solve`
  solves over *all* pairs. Its total bounds every choice that keeps the quotas (:mod:`.priced`), its candidates
  join the linear programme, and again, until they bring nothing new.
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
from reverse_match.solver.candidates import all_arcs
from reverse_match.solver.certificate import Bounds, gap
from reverse_match.solver.price_check import check_prices
from reverse_match.solver.priced import EqualPairs, PricedPairs
from reverse_match.solver.prices import Prices
from reverse_match.solver.problem import Arcs
from reverse_match.solver.progress import Watch
from reverse_match.solver.quota import QuotaPrices, SideQuota, holds
from reverse_match.solver.relaxation import MISSED, relaxed
from reverse_match.solver.repair import Settled
from reverse_match.solver.search import search
from reverse_match.solver.solve import Solution, Start, solve
from reverse_match.solver.tuning import Tuning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.solver.problem import Problem
    from reverse_match.solver.quota import Quota
    from reverse_match.tiling import Tiling

PAIR = 1_000
"""What each pair is worth where their number is asked for."""

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
    tiling: Tiling,
    watch: Watch | None = None,
    start: Start | None = None,
    tuning: Tuning | None = None,
) -> QuotaSolution | Missed:
    """Choose as many pairs as quotas allow, and of these choices the one with the highest total.

    Parameters
    ----------
    problem, tiling, watch, start, tuning
        As for :func:`.solve.solve`.
    quotas : sequence of Quota
        What the chosen pairs have to keep together.

    Examples
    --------
    >>> from reverse_match.solver.kept_pairs import KeptPairs
    >>> from reverse_match.solver.quota import SideQuota, UNBOUNDED, single
    >>> from reverse_match.solver.problem import Problem
    >>> from reverse_match.tiling import Tiling
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> scores = KeptPairs(np.array([[9, 8], [8, 0]], dtype=np.int32))
    >>> pilot = SideQuota(0, np.zeros(2, dtype=np.int64), single(-UNBOUNDED), single(1))
    >>> solution = solve_with_quotas(Problem(scores, one, one, key, key), [pilot], Tiling())
    >>> solution.chosen.scores.tolist(), solution.total_bound, solution.count_bound
    ([9], 9, 1)
    """
    work = _Work(quotas, tiling, watch or Watch(), tuning or Tuning())
    plain = solve(problem, tiling, work.watch, start, tuning)
    if holds(quotas, plain.chosen):
        return _without_price(problem, plain, quotas)
    with work.watch.gaps_of_parts():
        solution = _closed_by_objective(problem, work, plain)
    if isinstance(solution, QuotaSolution):
        bounds = Bounds(solution.count_bound, solution.total_bound, solution.total.pairs)
        work.watch.bounded(lambda: gap(len(solution.chosen), int(solution.chosen.scores.sum()), bounds))
    return solution


@dataclass(frozen=True)
class _Work:
    """How the work is done, and what has to hold."""

    quotas: Sequence[Quota]
    tiling: Tiling
    watch: Watch
    tuning: Tuning


@dataclass(frozen=True)
class _Ask:
    """What is asked for: the highest total of a number of pairs (any, if ``None``).

    ``unit`` is what a point is, ``step`` the least by which one choice can be better than another.
    """

    count: int | None
    unit: int
    step: int


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
    closed = _closed(free, work, _Ask(None, POINT, 1), arcs, plain.prices)
    if isinstance(closed, Missed):
        return closed
    return QuotaSolution(closed.chosen, plain, closed.proof, None, most_first=False)


def _most_first(problem: Problem, work: _Work, plain: Solution, arcs: Arcs) -> QuotaSolution | Missed:
    """Find how many pairs there can be, and the best choice of so many."""
    limit = _limit_of_all(work.quotas)
    limited = limit is not None and limit.bound < PAIR * len(plain.chosen)
    count = limit.bound // PAIR if limit is not None and limited else len(plain.chosen)
    closed = _closed(problem, work, _Ask(count, POINT, 1), arcs, plain.prices)
    if isinstance(closed, _Closed):
        return QuotaSolution(closed.chosen, plain, closed.proof, limit if limited else None)
    equal = replace(problem, pairs=EqualPairs(problem.pairs, PAIR))
    counted = _closed(equal, work, _Ask(None, PAIR, PAIR), _scored(equal, arcs), plain.prices)
    if isinstance(counted, Missed):
        return counted
    known = _scored(problem, counted.chosen)
    arcs = Arcs.joined([arcs, known])
    closed = _closed(problem, work, _Ask(len(known), POINT, 1), arcs, plain.prices, known)
    if isinstance(closed, Missed):  # some choice of so many pairs is known
        message = "a choice that keeps the quotas was lost"
        raise SolverError(message)
    return QuotaSolution(closed.chosen, plain, closed.proof, counted.proof)


def _limit_of_all(quotas: Sequence[Quota]) -> QuotaProof | None:
    """Return the lowest bound on the number of all pairs that a quota states, proved by itself."""
    limits = [
        (int(quota.upper[0]), place)
        for place, quota in enumerate(quotas)
        if isinstance(quota, SideQuota) and len(quota.upper) == 1 and not quota.group.any()
    ]
    if not limits:
        return None
    most, place = min(limits)
    prices = QuotaPrices.none(quotas)
    prices.of_sums[place][0] = PAIR
    nobody = Prices(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)
    return QuotaProof(PAIR * most, nobody, prices, 0)


def _scored(problem: Problem, arcs: Arcs) -> Arcs:
    return replace(arcs, scores=problem.at(arcs.rows, arcs.columns))


def _closed(
    problem: Problem,
    work: _Work,
    ask: _Ask,
    arcs: Arcs,
    guess: Prices,
    known: Arcs | None = None,
) -> _Closed | Missed:
    """Bound from above, search from below."""
    bounded = _bounded(problem, work, ask, arcs, guess, work.tuning.penalty)
    if bounded.missed and known is None:
        if ask.count is not None:
            return Missed(None)
        nothing = replace(problem, pairs=EqualPairs(problem.pairs, 0))
        hopeless = _bounded(nothing, work, ask, _scored(nothing, bounded.arcs), guess, work.tuning.penalty)
        if hopeless.proof.bound < 0:
            return Missed(hopeless.proof)
        bounded = _bounded(
            problem, work, ask, bounded.arcs, guess, work.tuning.penalty * work.tuning.penalty_rise
        )
    return _searched(problem, work, ask, bounded, known)


@dataclass(frozen=True)
class _Bounded:
    """A bound; the arcs that led to it, those that the linear programme uses, and whether it keeps quotas."""

    proof: QuotaProof
    arcs: Arcs
    used: Arcs
    missed: bool


def _bounded(
    problem: Problem, work: _Work, ask: _Ask, arcs: Arcs, guess: Prices, penalty: float
) -> _Bounded:
    """Price quotas, look at all pairs, and again, until that brings no new candidates."""
    best: QuotaProof | None = None
    rounds = 0
    while True:
        work.watch.step("price quotas")
        programme = relaxed(arcs, problem.capacities, work.quotas, ask.count, penalty, ask.unit)
        proof, new = _priced(problem, work, ask, programme.prices, arcs, guess)
        if best is None or proof.bound < best.bound:
            best = proof
        guess, used, before = proof.prices, arcs.where(programme.used), len(arcs)
        arcs = Arcs.joined([arcs, new])
        rounds += 1
        near = best.bound - programme.total * ask.unit <= work.tuning.settled * abs(best.bound) + 1
        if len(arcs) == before or near or rounds == work.tuning.most_quota_rounds or work.watch.expired:
            return _Bounded(best, arcs, used, programme.missed > MISSED)


def _priced(
    problem: Problem, work: _Work, ask: _Ask, of_quotas: QuotaPrices, arcs: Arcs, guess: Prices
) -> tuple[QuotaProof, Arcs]:
    """Return the bound that prices of quotas prove, and the pairs that matter at these prices."""
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, of_quotas))
    settled = Settled(arcs.where(np.zeros(len(arcs), dtype=bool)), guess, problem.capacities)
    start = Start(arcs, settled, same_scores=False)
    found = solve(priced, work.tiling, work.watch, start, work.tuning, lottery=False)
    bound = found.bounds.total + of_quotas.most(work.quotas) - of_quotas.bonus * (ask.count or 0)
    near = Arcs.joined([found.candidates, found.chosen])
    return QuotaProof(bound, found.prices, of_quotas, found.bounds.pairs), _scored(problem, near)


def _searched(
    problem: Problem, work: _Work, ask: _Ask, bounded: _Bounded, known: Arcs | None
) -> _Closed | Missed:
    """Search among few pairs, then among all that could be in a better choice."""
    proof = bounded.proof
    best, whole = _first_found(problem, work, ask, bounded, known)
    if best is None:
        if ask.count is not None or whole:
            return Missed(None)
        message = (
            "no duos that keep all quotas were found within the limits of the search, "
            "and it is not proved that there are none"
        )
        raise UndecidedError(message)
    spare = proof.bound - int(best.scores.sum()) - ask.step
    if spare < 0 or work.watch.expired:
        return _Closed(best, proof)
    within = _pairs_within(problem, work, proof, spare)
    if within is None:
        return _Closed(best, proof)
    work.watch.step("search")
    found = search(
        within,
        problem.capacities,
        work.quotas,
        ask.count,
        (proof.prices, proof.of_quotas),
        spare,
        work.tuning.search_nodes,
    )
    if found.chosen is not None and found.chosen.scores.sum() > best.scores.sum():
        best = found.chosen
    return _Closed(best, replace(proof, searched=len(within)) if found.complete else proof)


def _first_found(
    problem: Problem, work: _Work, ask: _Ask, bounded: _Bounded, known: Arcs | None
) -> tuple[Arcs | None, bool]:
    """Search among candidates that lose little, more and more of them until a choice is found.

    Also says whether there is none among all pairs.
    """
    proof, arcs = bounded.proof, bounded.arcs
    prices = proof.prices, proof.of_quotas
    losses = np.maximum(-_worth(work.quotas, proof, arcs), 0)
    by_loss = np.sort(losses)
    most = 0 if not len(bounded.used) else int(
        np.maximum(-_worth(work.quotas, proof, bounded.used), 0).max()
    )
    size = len(bounded.used) + work.tuning.searched_first
    while True:
        work.watch.step("search")
        limit = max(most, int(by_loss[min(size, len(by_loss)) - 1])) if len(by_loss) else 0
        if known is not None:
            limit = min(limit, max(0, proof.bound - int(known.scores.sum())))
        found = search(
            arcs.where(losses <= limit),
            problem.capacities,
            work.quotas,
            ask.count,
            prices,
            limit,
            work.tuning.search_nodes,
        )
        if found.chosen is not None or known is not None:
            return known if found.chosen is None else found.chosen, False
        if size >= len(arcs) or work.watch.expired:
            break
        size *= 4
    if problem.shape[0] * problem.shape[1] > work.tuning.all_pairs:
        return None, False
    everything = all_arcs(problem, work.tiling)
    unlimited = 2 * int(np.maximum(-_worth(work.quotas, proof, everything), 0).sum()) + 2**50
    found = search(
        everything,
        problem.capacities,
        work.quotas,
        ask.count,
        prices,
        unlimited,
        work.tuning.search_nodes,
    )
    return found.chosen, found.chosen is None and found.complete


def _worth(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return what pairs are worth above the prices of their people and of quotas."""
    return proof.prices.excess(arcs) - proof.of_quotas.paid(quotas, arcs)


def _pairs_within(problem: Problem, work: _Work, proof: QuotaProof, spare: int) -> Arcs | None:
    """Return all pairs that lose no more than a better choice can, ``None`` where they are too many."""
    priced = replace(problem, pairs=PricedPairs(problem.pairs, work.quotas, proof.of_quotas))
    everybody = np.ones(problem.shape[0], dtype=bool), np.ones(problem.shape[1], dtype=bool)
    check = check_prices(priced, proof.prices, everybody, work.tiling, work.tuning.searched_most, spare)
    work.watch.looked(problem.shape[0] * problem.shape[1])
    return _scored(problem, check.found) if check.complete else None
