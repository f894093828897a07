"""From a bound to a whole choice: a search among few pairs, then among all that could be in a better one.

When the bound is reached, or when the search has gone through all pairs that could be in anything better
(:mod:`.search`), the choice is proved to be the best. Else the gap is stated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.candidates import all_arcs
from reverse_match.solver.feasibility import undecided
from reverse_match.solver.quota_bounds import Missed, bounded_above, look_at_all
from reverse_match.solver.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import IntArray
    from reverse_match.quota_sums import Quota
    from reverse_match.solver.prices import Prices
    from reverse_match.solver.problem import Arcs
    from reverse_match.solver.quota_bounds import Bounded, Level, QuotaProof, Work
    from reverse_match.solver.search import Found

HIGHEST_LOSS = 2**50
"""Above what any unit of capacity or of a sum can cost: nothing is ruled out by it."""


@dataclass(frozen=True)
class Closed:
    """The best choice that was found, and its proof."""

    chosen: Arcs
    proof: QuotaProof


def closed(
    level: Level,
    work: Work,
    arcs: Arcs,
    guess: Prices,
    known: Arcs | None = None,
    core: Arcs | None = None,
) -> Closed | Missed:
    """Bound from above, search from below.

    ``known`` is a choice that keeps the quotas, ``core`` are pairs of which parts do, if there are any.
    """
    work = work.at(level)
    bounded = bounded_above(level, work, arcs, guess, core=core, at_any_rate=known is not None)
    return bounded if isinstance(bounded, Missed) else searched_below(level, work, bounded, known)


def searched_below(level: Level, work: Work, bounded: Bounded, known: Arcs | None) -> Closed | Missed:
    """Search among few pairs, then among all that could be in a better choice."""
    proof = bounded.proof
    best, whole = _first_found(level, work, bounded, known)
    if best is None:
        if level.count is not None or whole:
            return Missed(None)
        raise undecided()
    spare = proof.bound - int(best.scores.sum()) - level.step
    if spare < 0 or work.watch.expired:
        return Closed(best, proof)
    check = look_at_all(level, work, proof, spare)
    if not check.complete:
        return Closed(best, proof)
    within = level.problem.scored(check.found)
    found = _search(level, work, proof, within, spare)
    if found.chosen is not None and found.chosen.scores.sum() > best.scores.sum():
        best = found.chosen
    return Closed(best, replace(proof, searched=len(within)) if found.complete else proof)


def _search(level: Level, work: Work, proof: QuotaProof, arcs: Arcs, most_loss: int) -> Found:
    work.watch.step("search")
    prices = proof.prices, proof.of_quotas
    capacities, nodes = level.problem.capacities, work.tuning.search_nodes
    return search(arcs, capacities, work.quotas, level.count, prices, most_loss, nodes)


def _first_found(level: Level, work: Work, bounded: Bounded, known: Arcs | None) -> tuple[Arcs | None, bool]:
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
