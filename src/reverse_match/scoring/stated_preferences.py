"""Stated preferences: how far each of two people is as the other prefers.

:mod:`.asked_of_others` gives for each of the two what is reached and the most that is possible, as small
whole numbers. The value of a pair is the mean of the two shares, or the one that is known, rounded half up to
a whole millionth, once. Few fractions are possible, so each has a number; a tile looks up the numbers of the
two people's fractions, and their mean in a table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.asked_of_others import asked_of_both
from reverse_match.scoring.criterion import PairCriterion, contributions_of, millionths

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.policy import Preferences
    from reverse_match.scoring.asked_of_others import Asked
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Blend, ContributionBlock, Sides
    from reverse_match.solver.pairs.tiles import Tiling

    Numbers = NDArray[np.int16]

LARGEST_TABLE = 8_000_000
"""Largest number of entries in a table of all profiles that is kept: 16 MB."""


def encode_stated_preferences(criterion: Preferences, columns: Columns, sides: Sides) -> StatedPairs:  # noqa: ARG001 - there is one column
    """Read what people prefer; see :class:`StatedPairs`."""
    forward, backward = asked_of_both(columns, sides)
    return StatedPairs(forward, backward, _Fractions(max(forward.largest, backward.largest)))


class _Fractions:
    """The fractions that a share can be, each with a number; 0 is the number of what is not known.

    Parameters
    ----------
    largest : int
        Largest denominator.
    """

    def __init__(self, largest: int) -> None:
        number: dict[tuple[int, int], int] = {(0, 0): 0}
        self.stride = largest + 1
        self._number_of = np.zeros(self.stride * self.stride, dtype=np.int16)
        for most in range(1, largest + 1):
            for reached in range(most + 1):
                common = gcd(reached, most)
                reduced = reached // common, most // common
                self._number_of[reached * self.stride + most] = number.setdefault(reduced, len(number))
        above, below = np.array(list(number), dtype=np.int64).T
        one, other = above[:, None] * below, above * below[:, None]
        known = (below > 0) * 1
        # the mean of two, or the one that is known; 0 / 0 is not known
        numerator = np.where(known[:, None] & known, one + other, above[:, None] + above)
        denominator = np.where(known[:, None] & known, 2 * below[:, None] * below, below[:, None] + below)
        self.means = millionths(numerator, denominator)

    @property
    def count(self) -> int:
        """Number of the fractions, and of what is not known."""
        return len(self.means)

    def of(self, asked: Asked, here: IntArray, there: IntArray) -> Numbers:
        """Return the numbers of the shares of every profile of statements with every profile of values."""
        return self._number_of.take(asked.measures(here, there, self.stride))

    def at(self, asked: Asked, here: IntArray, there: IntArray) -> Numbers:
        """Return the numbers of the shares of listed pairs of profiles."""
        return self._number_of.take(asked.measures_at(here, there, self.stride))


@dataclass(frozen=True, eq=False)
class StatedPairs(PairCriterion):
    """What mentors ask of mentees and mentees of mentors, and the means of the two shares.

    Attributes
    ----------
    forward, backward : Asked
        What mentors ask of mentees, and what mentees ask of mentors.
    fractions : _Fractions
        The fractions that a share can be.
    """

    forward: Asked
    backward: Asked
    fractions: _Fractions

    @property
    def always_known(self) -> bool:
        """Whether every pair is known; that is counted with the sum."""
        return False

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values, in millionths, and their number, without ``same``."""
        means = np.where(np.isnan(self.fractions.means), -1, self.fractions.means).astype(np.int64)

        def make(columns: slice) -> Callable[[slice], tuple[int, int]]:
            block = self._numbers(columns)
            return lambda rows: _sum_of(means.ravel().take(block.of(rows)))

        parts = tiling.map(make, (len(self.forward.asking), len(self.forward.asked)))
        apart = self.at(*same)
        apart = apart[~np.isnan(apart)]
        total, known = sum(part[0] for part in parts), sum(part[1] for part in parts)
        return Fraction(total - int(apart.sum())), known - len(apart)

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        return _StatedBlock(self._numbers(columns), contributions_of(self.fractions.means.ravel(), blend))

    @property
    def bytes_per_column(self) -> int:
        """Bytes of a block's tables for each of its columns, with temporary ones."""
        return 10 * (self.forward.shape[0] + self.backward.shape[1])

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        ahead = self.fractions.at(self.forward, self.forward.asking[rows], self.forward.asked[columns])
        back = self.fractions.at(self.backward, self.backward.asking[columns], self.backward.asked[rows])
        means: FloatArray = self.fractions.means[ahead, back]
        return means

    def part(self, rows: IntArray, columns: IntArray) -> StatedPairs:
        """Return the criterion on some rows and some columns."""
        made = replace(
            self, forward=self.forward.part(rows, columns), backward=self.backward.part(columns, rows)
        )
        for kept in ("_ahead", "_back"):
            if kept in self.__dict__:
                made.__dict__[kept] = self.__dict__[kept]
        return made

    def _numbers(self, columns: slice) -> _NumberBlock:
        """Return the numbers of all profiles of rows against the columns of a block."""
        ahead, back = self.forward.asked[columns], self.backward.asking[columns]
        if self._ahead is None:
            forward = self.fractions.of(self.forward, np.arange(self.forward.shape[0]), ahead)
        else:
            forward = self._ahead.take(ahead, axis=1)
        if self._back is None:
            backward = self.fractions.of(self.backward, back, np.arange(self.backward.shape[1])).T
        else:
            backward = self._back.take(back, axis=0).T
        places = self.forward.asking, self.backward.asked
        whole = forward.astype(np.int32) * np.int32(self.fractions.count)
        return _NumberBlock(whole, np.ascontiguousarray(backward), places)

    @cached_property
    def _ahead(self) -> Numbers | None:
        """Numbers of all profiles of mentors' statements and mentees' values, if they are not too many."""
        return self._whole_table(self.forward)

    @cached_property
    def _back(self) -> Numbers | None:
        """Numbers of all profiles of mentees' statements and mentors' values, if they are not too many."""
        return self._whole_table(self.backward)

    def _whole_table(self, asked: Asked) -> Numbers | None:
        here, there = asked.shape
        if here * there > LARGEST_TABLE:
            return None
        return self.fractions.of(asked, np.arange(here), np.arange(there))


@dataclass(frozen=True)
class _NumberBlock:
    """The numbers of shares of a block of columns, by the profiles of rows.

    Attributes
    ----------
    forward, backward : int32 and int16 arrays
        By profile of statements of the mentor, and by profile of values of the mentor; the former counts in
        rows of the table of means.
    profiles : pair of int64 arrays
        These profiles of each mentor.
    """

    forward: NDArray[np.int32]
    backward: Numbers
    profiles: tuple[IntArray, IntArray]

    def of(self, rows: slice) -> NDArray[np.int32]:
        """Return the places of pairs of a tile in the table of means."""
        places = self.forward.take(self.profiles[0][rows], axis=0)
        places += self.backward.take(self.profiles[1][rows], axis=0)
        return places


@dataclass(frozen=True)
class _StatedBlock:
    numbers: _NumberBlock
    contributions: NDArray[np.int32]

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += self.contributions.take(self.numbers.of(rows))


def _sum_of(values: IntArray) -> tuple[int, int]:
    known = values >= 0
    return int(values.sum(where=known)), int(known.sum())
