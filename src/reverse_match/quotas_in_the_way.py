"""Which quotas keep a pair from being a duo.

There are two ways to say it. Where both people have a place left, the rules allow the pair, and still it is
no duo of a best matching, then only because quotas would not hold with one duo more: which, is counted.
Elsewhere prices tell: at the prices that prove the matching a duo pays for counting in a quota, and what it
pays is what it is worth less than its score. Where quotas limit the number of duos, every duo pays for being
one of them, too, and what stands behind that is told by the prices that prove the number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.policy import ShareQuota
from reverse_match.quota_sums import PairQuota, reached

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.preparing import Prepared
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.quota_bounds import QuotaProof

    Places = tuple[IntArray, IntArray]


def quotas_broken(prepared: Prepared, duos: Places, pairs: Places) -> list[tuple[str, ...]]:
    """Return for each pair the names of the quotas that do not hold when it is added to some duos.

    Parameters
    ----------
    prepared : Prepared
        Has the quotas.
    duos : pair of int64 arrays
        Rows and columns of all duos.
    pairs : pair of int64 arrays
        Rows and columns of pairs that are no duos.
    """
    marks = _no_marks(prepared, len(pairs[0]))
    for part in prepared.quotas:
        sums = reached(part.sums, *duos)
        index, coefficient = part.sums.sums(*pairs)
        counted = index >= 0
        # A pair that counts in no sum changes none; the last one stands in for it.
        after = np.append(sums, 0)[index] + coefficient
        above, below = np.append(part.sums.upper, 0)[index], np.append(part.sums.lower, 0)[index]
        marks[part.place] |= counted & ((after > above) | (after < below))
    return named(prepared, marks)


def quotas_paid(
    prepared: Prepared, optimum: Optimum, pairs: Places
) -> tuple[list[tuple[str, ...]], IntArray]:
    """Return for each pair the names of the quotas that it pays for, and how much in all.

    What it gets for counting in others is not taken off.

    Parameters
    ----------
    prepared : Prepared
        Has the quotas.
    optimum : Optimum
        Has their prices.
    pairs : pair of int64 arrays
        Rows and columns.
    """
    found = optimum.quotas
    if found is None:
        marks = _no_marks(prepared, len(pairs[0]))
        return named(prepared, marks), np.zeros(len(pairs[0]), dtype=np.int64)
    paid = _payments(prepared, found.total, pairs)
    marks, amount = paid > 0, np.maximum(paid, 0).sum(axis=0)
    bonus = found.total.of_quotas.bonus
    if bonus < 0 and found.count is not None:
        marks |= _payments(prepared, found.count, pairs) > 0
        amount -= bonus
    return named(prepared, marks), amount


def named(prepared: Prepared, marks: BoolArray) -> list[tuple[str, ...]]:
    """Return the names of marked quotas for each pair; marks have a row for each quota of the policy."""
    names = {part.place: part.name for part in prepared.quotas}
    return [tuple(names[place] for place in np.flatnonzero(mine).tolist()) for mine in marks.T]


def _payments(prepared: Prepared, proof: QuotaProof, pairs: Places) -> IntArray:
    """Return what each pair pays for each quota of the policy, of the shape (quotas, pairs).

    For a share it is what a pair pays more than one that counts the other way: if the number of duos is
    given, to take from some and to give to the others is the same.
    """
    asked = prepared.policy.quotas
    paid = np.zeros((len(asked), len(pairs[0])), dtype=np.int64)
    either_way = np.zeros((len(asked), 2), dtype=np.int64)
    for part, sums, price in zip(prepared.quotas, proof.quotas, proof.of_quotas.of_sums, strict=True):
        index, coefficient = sums.sums(*pairs)
        paid[part.place] += np.append(price, 0)[index] * coefficient
        if isinstance(sums, PairQuota) and isinstance(asked[part.place], ShareQuota):
            either_way[part.place] += int(price[0]) * np.array([sums.inside, sums.outside])
    paid -= either_way.min(axis=1)[:, None]
    return paid


def _no_marks(prepared: Prepared, pairs: int) -> BoolArray:
    return np.zeros((len(prepared.policy.quotas), pairs), dtype=bool)
