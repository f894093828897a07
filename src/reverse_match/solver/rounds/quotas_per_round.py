"""Quotas in each round: exchanges pairs between rounds until quotas of the whole hold in each round.

Two rounds are exchanged along a Kempe chain (:mod:`.balance`) while that lowers the shortfall of the quotas,
summed over all rounds. Equal sizes count as one more quota, of half the weight. Once the shortfall is 0,
exchanges continue that keep it 0 and make sums more equal. This local search need not find a solution.
Usually it does, since similar rounds have a small shortfall.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.quotas import UNBOUNDED, GroupQuota
from reverse_match.solver.rounds.balance import exchange_rounds, kempe_chains, sums_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.rounds.edge_colouring import Split

SWEEPS = 6
"""Sweeps over all pairs of rounds; two usually suffice."""


@dataclass(frozen=True)
class RoundQuotas:
    """The demands on the pairs of each round.

    Attributes
    ----------
    counts : int64 array, shape (pairs, sums)
        Coefficient of each pair in each bounded sum.
    lower, upper, weight : arrays, one for each sum
        Bounds, the same in each round, and the weight of missing a bound by 1.
    """

    counts: IntArray
    lower: IntArray
    upper: IntArray
    weight: FloatArray

    @classmethod
    def of(cls, quotas: Sequence[Quota], rows: IntArray, columns: IntArray, rounds: int) -> RoundQuotas:
        """Read the coefficients of some pairs, and add the demand that rounds have equal sizes."""
        counts, lower, upper, weight = [], [], [], []
        for quota in quotas:
            index, coefficient = quota.sums(rows, columns)
            kept = _may_be_missed(quota, index)
            place = np.full(len(quota.lower), -1)
            place[kept] = np.arange(len(kept))
            inside = np.flatnonzero(index >= 0)
            inside = inside[place[index[inside]] >= 0]
            table = np.zeros((len(rows), len(kept)), dtype=np.int64)
            table[inside, place[index[inside]]] = coefficient[inside]
            counts.append(table)
            lower.append(np.maximum(quota.lower[kept], -UNBOUNDED))
            upper.append(np.minimum(quota.upper[kept], UNBOUNDED))
            weight.append(np.full(len(kept), 1 / quota.largest))
        counts.append(np.ones((len(rows), 1), dtype=np.int64))
        lower.append(np.array([len(rows) // rounds]))
        upper.append(np.array([-(-len(rows) // rounds)]))
        weight.append(np.array([1 / 2]))
        return cls(*(np.concatenate(part, axis=-1) for part in (counts, lower, upper, weight)))

    def shortfall(self, sums: IntArray) -> NDArray[np.float64]:
        """Return the weighted shortfall of sums, whose last axis has one entry for each bound."""
        below, above = np.maximum(self.lower - sums, 0), np.maximum(sums - self.upper, 0)
        shortfall: NDArray[np.float64] = (below + above) @ self.weight
        return shortfall


def _may_be_missed(quota: Quota, index: IntArray) -> IntArray:
    """Return the sums of a quota with a bound that some round could miss; groups of both sides have many."""
    if not isinstance(quota, GroupQuota):
        return np.arange(len(quota.lower))
    pairs = np.bincount(index[index >= 0], minlength=len(quota.lower))
    return np.flatnonzero((quota.lower > 0) | (pairs > quota.upper))


def with_quotas(split: Split, rounds: IntArray, worth: IntArray, quotas: RoundQuotas) -> IntArray:
    """Return rounds with a smaller shortfall of quotas, 0 if possible.

    Parameters
    ----------
    split : Split
        The pairs, between copies of rows and columns.
    rounds : int64 array
        The round of each pair.
    worth : int64 array
        Worth of each pair.
    quotas : RoundQuotas
        The demands on each round.
    """
    apart = worth - int(worth.sum()) // max(1, len(worth))
    for _ in range(SWEEPS):
        before = rounds
        for one, other in combinations(range(split.rounds), 2):
            rounds = _exchange_best_chains(split, rounds, apart, quotas, (one, other))
        if rounds is before:
            break
    return rounds


def _exchange_best_chains(
    split: Split, rounds: IntArray, apart: IntArray, quotas: RoundQuotas, pair: tuple[int, int]
) -> IntArray:
    """Exchange two rounds along one Kempe chain after the other, the best one first."""
    found, part = kempe_chains(split, rounds, *pair)
    if not len(found):
        return rounds
    side = np.where(rounds[found] == pair[0], 1, -1)
    number = int(part.max()) + 1
    change = np.zeros((number, quotas.counts.shape[1]), dtype=np.int64)
    np.add.at(change, part, side[:, None] * quotas.counts[found])
    richer = sums_of(part, side * apart[found], number)
    here, there = (quotas.counts[rounds == place].sum(axis=0) for place in pair)
    turned, ahead = np.zeros(number, dtype=bool), int(richer.sum())
    now = float(quotas.shortfall(here) + quotas.shortfall(there)), abs(ahead)
    for _ in range(2 * number):
        shortfall = quotas.shortfall(here - change) + quotas.shortfall(there + change)
        sums = np.abs(ahead - 2 * richer)
        best = int(np.lexsort((sums, shortfall))[0])
        after = float(shortfall[best]), int(sums[best])
        if after >= now:
            break
        here, there, ahead, now = (
            here - change[best],
            there + change[best],
            ahead - 2 * int(richer[best]),
            after,
        )
        change[best], richer[best], turned[best] = -change[best], -richer[best], not turned[best]
    if not turned.any():
        return rounds
    return exchange_rounds(rounds, found[turned[part]], *pair)
