"""Quotas: bounds on sums over the chosen pairs, in arrays.

A quota bounds some sums. Each pair counts in at most one of them, with a whole coefficient. A quota on a side
has a sum for each group of rows or of columns, in which each pair of the group counts 1. A quota on groups
has a sum for each group of rows with each group of columns, in which only marked pairs may count. A quota on
pairs has
one sum, with one coefficient for marked pairs and one for all others. For instance, "at least 40 % of the
pairs are marked" bounds the sum of 5 − 2 = 3 for each marked pair and −2 for each other pair by 0 from below.

This module is the interface between the quotas of a policy and the solver, which knows only arrays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray

    Pairs = tuple[IntArray, IntArray]

UNBOUNDED = 2**62
"""Stands for a missing upper bound; its negative for a missing lower bound."""


class PairMarks(Protocol):
    """Marks of pairs, computed for any of them."""

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        """Return the marks of a tile."""
        ...

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairMarks:
        """Return the marks of some rows and some columns, both in ascending order."""
        ...


@dataclass(frozen=True)
class SideQuota:
    """Bounds the number of pairs of each group of rows, or of columns.

    Attributes
    ----------
    side : int
        0: rows; 1: columns.
    group : int64 array
        Group of each row or column; -1 for one that is in no group.
    lower, upper : int64 arrays
        Bounds for each group.
    """

    side: Literal[0, 1]
    group: IntArray
    lower: IntArray
    upper: IntArray
    inside: ClassVar[int] = 1
    outside: ClassVar[int] = 0
    largest: ClassVar[int] = 1

    def sums(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Return the index of the sum in which each pair counts (-1 for none), and its coefficient."""
        group = self.group[(rows, columns)[self.side]]
        return group, np.ones(len(rows), dtype=np.int64)

    def shift(self, prices: IntArray) -> IntArray:
        """Return the payment of each row or column at prices of the sums."""
        return np.append(prices, 0)[self.group]  # a group of -1 takes the appended price of 0

    def part(self, rows: IntArray, columns: IntArray) -> SideQuota:
        """Return the quota on the pairs of some rows and some columns."""
        return SideQuota(self.side, self.group[(rows, columns)[self.side]], self.lower, self.upper)


@dataclass(frozen=True)
class GroupQuota:
    """Bounds the number of marked pairs of each group of rows with each group of columns.

    Attributes
    ----------
    groups : pair of int64 arrays
        Group of each row, and of each column; -1 for one that is in no group.
    lower, upper : int64 arrays
        Bounds for each two groups, all groups of columns for the first group of rows first.
    marks : PairMarks or None
        The pairs that count, if not all pairs of the groups do.
    """

    groups: tuple[IntArray, IntArray]
    lower: IntArray
    upper: IntArray
    width: int
    """Number of groups of columns."""
    marks: PairMarks | None = None
    inside: ClassVar[int] = 1
    outside: ClassVar[int] = 0
    largest: ClassVar[int] = 1

    def sums(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Return the index of the sum in which each pair counts (-1 for none), and its coefficient."""
        here, there = self.groups[0][rows], self.groups[1][columns]
        counts = (here >= 0) & (there >= 0)
        if self.marks is not None:
            counts &= self.marks.among(rows, columns)
        return np.where(counts, here * self.width + there, -1), np.ones(len(rows), dtype=np.int64)

    def payments(self, prices: IntArray, rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the payments of the pairs of a tile at prices of the sums."""
        table = np.zeros((len(prices) // max(1, self.width) + 1, self.width + 1), dtype=np.int32)
        table[:-1, :-1] = prices.reshape(-1, self.width)  # a group of -1 takes the last price, which is 0
        paid: NDArray[np.int32] = table[self.groups[0][rows]].take(self.groups[1][columns], axis=1)
        if self.marks is not None:
            paid *= self.marks.tile(rows, columns)
        return paid

    def part(self, rows: IntArray, columns: IntArray) -> GroupQuota:
        """Return the quota on the pairs of some rows and some columns."""
        marks = None if self.marks is None else self.marks.part(rows, columns)
        groups = self.groups[0][rows], self.groups[1][columns]
        return replace(self, groups=groups, marks=marks)

    def share_of_members(self, part: GroupQuota) -> FloatArray:
        """Return for each two groups the larger share of their members that a part of the pairs has."""
        height = len(self.lower) // max(1, self.width)
        shares = [
            _members(taken, size) / np.maximum(_members(all_of, size), 1)
            for all_of, taken, size in zip(self.groups, part.groups, (height, self.width), strict=True)
        ]
        larger: FloatArray = np.maximum(shares[0][:, None], shares[1][None, :]).reshape(-1)
        return larger


def _members(groups: IntArray, size: int) -> IntArray:
    return np.bincount(groups[groups >= 0], minlength=size)


@dataclass(frozen=True)
class PairQuota:
    """Bounds one sum in which every pair counts.

    Attributes
    ----------
    marks : PairMarks
        The marked pairs.
    inside, outside : int
        Coefficients of a marked pair, and of any other pair.
    lower, upper : int64 arrays of length 1
        Bounds of the sum.
    """

    marks: PairMarks
    inside: int
    outside: int
    lower: IntArray
    upper: IntArray

    @property
    def largest(self) -> int:
        """The largest absolute value of a coefficient."""
        return max(abs(self.inside), abs(self.outside))

    def sums(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Return the index of the sum in which each pair counts, and its coefficient."""
        marked = self.marks.among(rows, columns)
        return np.zeros(len(rows), dtype=np.int64), np.where(marked, self.inside, self.outside)

    def part(self, rows: IntArray, columns: IntArray) -> PairQuota:
        """Return the quota on the pairs of some rows and some columns."""
        return PairQuota(self.marks.part(rows, columns), self.inside, self.outside, self.lower, self.upper)


Quota = SideQuota | GroupQuota | PairQuota


def with_marks(quota: Quota, marks: PairMarks) -> Quota:
    """Return a quota whose pairs are marked in another way; one on a side has no marks."""
    return quota if isinstance(quota, SideQuota) else replace(quota, marks=marks)


def quota_sums(quota: Quota, rows: IntArray, columns: IntArray) -> IntArray:
    """Return the sums of a quota over some pairs."""
    index, coefficient = quota.sums(rows, columns)
    counted = index >= 0
    sums = np.zeros(len(quota.lower), dtype=np.int64)
    np.add.at(sums, index[counted], coefficient[counted])
    return sums


def allows_each(quota: Quota, chosen: Pairs, others: Pairs) -> BoolArray:
    """Say for each of other pairs whether the quota holds when this pair is added to some chosen pairs.

    A pair that counts in no sum changes none, whether or not the quota holds.

    Parameters
    ----------
    quota : Quota
        The quota to keep.
    chosen, others : pairs of int64 arrays
        Rows and columns of the pairs.
    """
    index, coefficient = quota.sums(*others)
    # The index of a pair that counts in no sum is -1, which takes an appended sum with bounds of 0.
    after = np.append(quota_sums(quota, *chosen), 0)[index] + coefficient
    within = (np.append(quota.lower, 0)[index] <= after) & (after <= np.append(quota.upper, 0)[index])
    allowed: BoolArray = (index < 0) | within
    return allowed


def reduce_quota(quota: Quota, rows: IntArray, columns: IntArray) -> Quota:
    """Return the quota on further pairs when some pairs are already chosen."""
    return _lower_bounds(quota, quota_sums(quota, rows, columns))


def restore_quota(quota: Quota, rows: IntArray, columns: IntArray) -> Quota:
    """Return the quota when some pairs for which it was reduced are not chosen any more."""
    return _lower_bounds(quota, -quota_sums(quota, rows, columns))


def _lower_bounds(quota: Quota, spent: IntArray) -> Quota:
    lower = np.where(quota.lower <= -UNBOUNDED, quota.lower, quota.lower - spent)
    upper = np.where(quota.upper >= UNBOUNDED, quota.upper, quota.upper - spent)
    return replace(quota, lower=lower, upper=upper)


def is_out_of_reach(quota: Quota) -> bool:
    """Say whether a sum without negative coefficients must be below 0: then no choice keeps the quota.

    Examples
    --------
    >>> everybody = np.zeros(2, dtype=np.int64)
    >>> full = SideQuota(0, everybody, single(0), single(1))
    >>> one, two = everybody[:1], np.arange(2)
    >>> is_out_of_reach(reduce_quota(full, one, one)), is_out_of_reach(reduce_quota(full, two, two))
    (False, True)
    """
    return min(quota.inside, quota.outside) >= 0 and bool((quota.upper < 0).any())


def fix_count(quota: Quota, count: int) -> Quota:
    """Return the quota for a choice of ``count`` pairs: a share becomes a whole number of marked pairs.

    Examples
    --------
    >>> share = PairQuota(None, 3, -2, single(0), single(UNBOUNDED))  # at least two fifths are marked
    >>> fix_count(share, 7).lower.tolist()
    [3]
    """
    if not isinstance(quota, PairQuota) or quota.inside <= quota.outside:
        return quota
    unit, spent = quota.inside - quota.outside, quota.outside * count
    lower = np.where(quota.lower <= -UNBOUNDED, quota.lower, -((spent - quota.lower) // unit))
    upper = np.where(quota.upper >= UNBOUNDED, quota.upper, (quota.upper - spent) // unit)
    return replace(quota, inside=1, outside=0, lower=lower, upper=upper)


def sample_quota(quota: Quota, rows: IntArray, columns: IntArray, share: float) -> Quota:
    """Return the quota for a sample of rows and columns, with bounds in proportion to its groups."""
    part = quota.part(rows, columns)
    shares: FloatArray | float = share
    if isinstance(quota, SideQuota) and isinstance(part, SideQuota):
        members = [_members(side.group, len(side.lower)) for side in (quota, part)]
        shares = members[1] / np.maximum(members[0], 1)
    elif isinstance(quota, GroupQuota) and isinstance(part, GroupQuota):
        shares = quota.share_of_members(part)
    lower = np.where(quota.lower <= -UNBOUNDED, quota.lower, np.floor(quota.lower * shares))
    upper = np.where(quota.upper >= UNBOUNDED, quota.upper, np.ceil(quota.upper * shares))
    return replace(part, lower=lower.astype(np.int64), upper=upper.astype(np.int64))


def single(value: int) -> NDArray[np.int64]:
    """Return the bound of a quota with one sum."""
    return np.array([value], dtype=np.int64)
