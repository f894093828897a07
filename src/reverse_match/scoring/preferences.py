"""Whether two people want each other: the share of those who say whom they want that wants the other.

Nearly all pairs of a cohort are wanted by nobody, so the few that are wanted are listed, each with its value;
all others are 0 where one of the two says whom they want, and not known where neither does.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.scoring.criterion import PairCriterion, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.policy import Wants
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Blend, Sides
    from reverse_match.solver.pairs.tiles import Tiling


def encode_wants(criterion: Wants, columns: Columns, sides: Sides) -> WantedPairs:  # noqa: ARG001 - there is one column
    """List the pairs of which one wants the other; see :class:`WantedPairs`."""
    wants = columns.others("wants")
    row = {person: place for place, person in enumerate(sides.mentors)}
    column = {person: place for place, person in enumerate(sides.mentees)}
    wishes = [
        (row[mentor], column[mentee])
        for person, others in enumerate(wants)
        for other in others or ()
        for mentor, mentee in ((person, other), (other, person))
        if mentor in row and mentee in column
    ]
    says = np.array([others is not None for others in wants], dtype=bool)
    return WantedPairs.of(wishes, says[list(sides.mentors)], says[list(sides.mentees)])


@dataclass(frozen=True)
class WantedPairs(PairCriterion):
    """The pairs of a cohort that somebody wants, and who says whom they want.

    Attributes
    ----------
    rows, columns : int64 arrays
        The wanted pairs, each once, in ascending order.
    values : float64 array
        Of each, in whole millionths.
    mentors, mentees : bool arrays
        Who says whom they want.
    """

    rows: IntArray
    columns: IntArray
    values: FloatArray
    mentors: BoolArray
    mentees: BoolArray

    @classmethod
    def of(cls, wishes: Sequence[tuple[int, int]], mentors: BoolArray, mentees: BoolArray) -> WantedPairs:
        """Count wishes: rows and columns of a pair, once for each of the two who wants the other."""
        listed = np.array(wishes, dtype=np.int64).reshape(-1, 2)
        pairs, counts = np.unique(listed, axis=0, return_counts=True)
        rows, columns = pairs[:, 0], pairs[:, 1]
        asked = mentors[rows].astype(np.int64) + mentees[columns]
        return cls(rows, columns, counts * float(ONE) / asked, mentors, mentees)

    @property
    def always_known(self) -> bool:
        """Whether everybody of one side says whom they want."""
        return bool(self.mentors.all() or self.mentees.all())

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - in a list
        """Return the sum of all known values and how many they are; nobody wants themselves."""
        silent = int((~self.mentors).sum()) * int((~self.mentees).sum())
        apart = int((self.mentors[same[0]] | self.mentees[same[1]]).sum())
        known = len(self.mentors) * len(self.mentees) - silent - apart
        return Fraction(int(self.values.sum())), known

    def block(self, columns: slice, blend: Blend) -> WantedBlock:
        """Make a block of columns ready."""
        inside = (self.columns >= columns.start) & (self.columns < columns.stop)
        contributions = weigh(self.values[inside], blend.weight).astype(np.int32)
        neutral = int(weigh(np.array([float(blend.neutral)]), blend.weight)[0])
        return WantedBlock(
            (self.rows[inside], self.columns[inside] - columns.start),
            contributions,
            (~self.mentors, ~self.mentees[columns]),
            neutral,
        )

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        width = max(1, len(self.mentees))
        known, asked = self.rows * width + self.columns, rows * width + columns
        values = np.where(self.mentors[rows] | self.mentees[columns], 0.0, np.nan)
        if len(known):
            place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
            values = np.where(known[place] == asked, self.values[place], values)
        return values

    def part(self, rows: IntArray, columns: IntArray) -> WantedPairs:
        """Return the criterion on some rows and some columns."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        return WantedPairs(
            np.searchsorted(rows, self.rows[kept]),
            np.searchsorted(columns, self.columns[kept]),
            self.values[kept],
            self.mentors[rows],
            self.mentees[columns],
        )


@dataclass(frozen=True)
class WantedBlock:
    """A block of columns.

    Attributes
    ----------
    places : pair of int64 arrays
        Rows, in ascending order, and columns within the block of the wanted pairs.
    contributions : int32 array
        Of each.
    silent : pair of bool arrays
        Which rows, and which columns of the block, say nothing.
    neutral : int
        Contribution of a pair of which neither says anything.
    """

    places: tuple[IntArray, IntArray]
    contributions: NDArray[np.int32]
    silent: tuple[BoolArray, BoolArray]
    neutral: int

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        """Add the contributions of a tile."""
        unknown = self.silent[0][rows, None] & self.silent[1][None, :]
        total += unknown * np.int32(self.neutral)
        first, last = np.searchsorted(self.places[0], (rows.start, rows.stop))
        here, there = self.places[0][first:last] - rows.start, self.places[1][first:last]
        total[here, there] += self.contributions[first:last]
