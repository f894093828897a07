"""Ranges of minutes of the week of many people as arrays, and how many minutes two people have in common.

Only slots of a least length count. A session of ``slot`` minutes can begin at a minute if a person is free
for ``slot`` minutes from there on. The minutes at which it can begin for both people are those at which it
can for each. They come in runs, and a run of *n* minutes is a common slot of *n* + ``slot`` - 1. Let *b* be
the number of such minutes, and *f* the number of those whose next minute is one, too. Then the number of runs
is *b* - *f*, and the minutes in common are ``slot`` x *b* - (``slot`` - 1) x *f*. Both numbers are products
of matrices: one row for each person, one column for each stretch of the week throughout which nobody begins
or ends. All sums are whole numbers below 2^24, and so they are exact in single precision, whatever their
order.

If all ranges begin and end at full quarters of an hour, so do those in common, and the same is counted in
quarters instead of minutes: then the stretches of both numbers are the same, and half as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.people.weekly_times import WEEK, minutes_of_week
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray

_LARGEST_PART = 4_000_000
"""Entries of the matrices that are looked up at one time: 16 MB."""


class WeekRanges(NamedTuple):
    """Ranges of several people: whose each is, its first minute, and the minute after its last.

    They are in the order of people and of time, and those of one person do not touch. A range that goes on
    over the end of the week ends after ``WEEK``.
    """

    owner: IntArray
    start: IntArray
    end: IntArray

    @classmethod
    def of(cls, times: Sequence[tuple[str, ...]], ahead: Sequence[int]) -> WeekRanges:
        """Return the ranges of weekly times in universal time.

        Parameters
        ----------
        times : sequence of tuple of str
            Weekly times of each person, by their own clock.
        ahead : sequence of int
            By how many minutes each clock is ahead of universal time.

        Examples
        --------
        >>> found = WeekRanges.of([("Mon 00:30-01:30", "Mon 01:30-02:00")], [60])
        >>> [column.tolist() for column in found]
        [[0], [10050], [10140]]
        """
        counts = list(map(len, times))
        ends = minutes_of_week([time for one in times for time in one])
        start, end = np.array(ends, dtype=np.int64).reshape(-1, 2).T
        length = end - start
        start = (start - np.repeat(np.array(ahead, dtype=np.int64), counts)) % WEEK
        owner = np.repeat(np.arange(len(times), dtype=np.int64), counts)
        some = length > 0
        parts = _within_week(owner[some], start[some], (start + length)[some])
        return _over_the_end(*_joined(*parts))

    def beginnings(self, slot: int, week: int) -> tuple[WeekRanges, WeekRanges]:
        """Return the minutes at which a session can begin, and of these the ones after which the next can."""
        always = self.end - self.start == week
        long = always | (self.end - self.start >= slot)
        end = np.where(always, self.end, self.end - slot + 1)[long]
        begin = WeekRanges(self.owner[long], self.start[long], end)
        follow = begin._replace(end=np.where(always[long], end, end - 1))
        return begin, follow


def _within_week(owner: IntArray, start: IntArray, end: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return ranges cut at the end of the week, in the order of people and of time."""
    over = end > WEEK
    owner = np.concatenate((owner, owner[over]))
    start = np.concatenate((start, np.zeros(int(over.sum()), dtype=np.int64)))
    end = np.concatenate((np.minimum(end, WEEK), end[over] - WEEK))
    order = np.lexsort((start, owner))
    return owner[order], start[order], end[order]


def _joined(owner: IntArray, start: IntArray, end: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return ranges of which none touches the next of the same person; none overlap before."""
    if not len(owner):
        return owner, start, end
    apart = (owner[1:] != owner[:-1]) | (start[1:] > end[:-1])
    first = np.flatnonzero(np.concatenate(([True], apart)))
    last = np.append(first[1:], len(owner)) - 1
    return owner[first], start[first], end[last]


def _over_the_end(owner: IntArray, start: IntArray, end: IntArray) -> WeekRanges:
    """Return ranges of which the one that begins with the week goes on the one that ends with it."""
    first = np.searchsorted(owner, owner, side="left")
    last = np.searchsorted(owner, owner, side="right") - 1
    place = np.arange(len(owner))
    both = (first != last) & (start[first] == 0) & (end[last] == WEEK)
    end = np.where(both & (place == last), WEEK + end[first], end)
    kept = ~(both & (place == first))
    return WeekRanges(owner[kept], start[kept], end[kept])


class CommonMinutes:
    """The minutes that each two of several people have in common, in slots that are long enough.

    Parameters
    ----------
    ranges : WeekRanges
        What people have stated, who are numbered from 0.
    people : int
        Their number. The number -1 stands for somebody who has stated nothing.
    slot : int
        Shortest slot that counts, in minutes.

    Examples
    --------
    >>> ranges = WeekRanges.of([("Mon 09:00-12:00",), ("Mon 11:00-13:00",)], [0, 0])
    >>> CommonMinutes(ranges, 2, 45).minutes(np.array([0]), np.array([1])).tolist()
    [60.0]
    """

    def __init__(self, ranges: WeekRanges, people: int, slot: int) -> None:
        unit = int(np.gcd.reduce(np.concatenate(([WEEK], ranges.start, ranges.end))))
        units = -(-slot // unit)
        counted = WeekRanges(ranges.owner, ranges.start // unit, ranges.end // unit)
        begin, follow = counted.beginnings(units, WEEK // unit)
        begins, lengths = _by_stretch(begin, people, WEEK // unit)
        follows, others = _by_stretch(follow, people, WEEK // unit)
        self._rows = np.hstack((begins, follows))
        weights = unit * np.concatenate((lengths * units, others * (1 - units)))
        self._weighted = self._rows * weights.astype(np.float32)

    def minutes(self, here: IntArray, there: IntArray) -> NDArray[np.float32]:
        """Return the minutes in common of people by number; the two arrays of numbers broadcast."""
        if is_tile(here, there):
            product: NDArray[np.float32] = self._rows[here[:, 0]] @ self._weighted[there[0]].T
            return product
        here, there = np.broadcast_arrays(here, there)
        found = np.empty(here.size, dtype=np.float32)
        for part in slices(here.size, max(1, _LARGEST_PART // max(1, self._rows.shape[1]))):
            one, other = here.ravel()[part], there.ravel()[part]
            np.einsum("nk,nk->n", self._rows[one], self._weighted[other], out=found[part])
        return found.reshape(here.shape)


def is_tile(here: IntArray, there: IntArray) -> bool:
    """Say whether numbers of rows stand below each other, and numbers of columns beside each other."""
    return here.ndim == 2 and there.ndim == 2 and here.shape[1] == there.shape[0] == 1


def _by_stretch(ranges: WeekRanges, people: int, week: int) -> tuple[NDArray[np.float32], IntArray]:
    """Return for each person which stretches of the week their ranges hold, and how long stretches are.

    A last row, which holds nothing, is that of whoever has stated nothing.
    """
    over = ranges.end > week
    owner = np.concatenate((ranges.owner, ranges.owner[over]))
    start = np.concatenate((ranges.start, np.zeros(int(over.sum()), dtype=np.int64)))
    end = np.concatenate((np.minimum(ranges.end, week), ranges.end[over] - week))
    some = start < end
    owner, start, end = owner[some], start[some], end[some]
    marks = np.unique(np.concatenate((start, end)))
    holds = np.zeros((people + 1, max(len(marks), 1)), dtype=np.float32)
    np.add.at(holds, (owner, np.searchsorted(marks, start)), 1)
    np.subtract.at(holds, (owner, np.searchsorted(marks, end)), 1)
    return np.cumsum(holds, axis=1, out=holds)[:, :-1], np.diff(marks)
