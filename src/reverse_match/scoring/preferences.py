"""Preferences: whether two people want each other, by their lists of wanted people (field ``wants``).

The value of a pair is the share of its people with a list who want the other person: 0, 1/2 or 1. With a
scale, a person counts what the scale has for their choice, instead of 1; the mean of the two is rounded half
up to a whole millionth. Nearly all pairs of a cohort are wanted by nobody, so only the wanted pairs are
listed with their values. Another pair has value 0 if one of its two people has a list, and is not known if
neither has.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, rounded_millionths
from reverse_match.foundation.names import id_key
from reverse_match.scoring.criterion import PairCriterion, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.policy import Wants
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Blend, Sides
    from reverse_match.solver.pairs.tiles import Tiling


def encode_wants(criterion: Wants, columns: Columns, sides: Sides) -> WantedPairs:
    """List the pairs of which one person wants the other; see :class:`WantedPairs`."""
    wants = columns.others("wants")
    row = {person: place for place, person in enumerate(sides.mentors)}
    column = {person: place for place, person in enumerate(sides.mentees)}
    worth = _worth_of_choices(criterion, columns)
    wishes = [
        (row[mentor], column[mentee], worth[person][other])
        for person, others in enumerate(wants)
        for other in others or ()
        for mentor, mentee in ((person, other), (other, person))
        if mentor in row and mentee in column
    ]
    says = np.array([others is not None for others in wants], dtype=bool)
    return WantedPairs.of(wishes, says[list(sides.mentors)], says[list(sides.mentees)])


def _worth_of_choices(criterion: Wants, columns: Columns) -> list[dict[int, int]]:
    """Return for each person what each wanted person counts, in whole millionths."""
    scale = [ONE] if criterion.scale is None else [rounded_millionths(share) for share in criterion.scale]
    position = columns.cohort.position
    return [
        {
            position[key]: scale[min(rank, len(scale)) - 1]
            for name, rank in zip(person.wants, person.ranks_of_wants, strict=True)
            if (key := id_key(name)) in position
        }
        for person in columns.cohort.participants
    ]


@dataclass(frozen=True)
class WantedPairs(PairCriterion):
    """The wanted pairs of a cohort, and the people who have a list of wanted people.

    Attributes
    ----------
    rows, columns : int64 arrays
        The wanted pairs, each once, in ascending order.
    values : float64 array
        Value of each wanted pair, in whole millionths.
    mentors, mentees : bool arrays
        For each mentor and each mentee, whether they have a list of wanted people.
    """

    rows: IntArray
    columns: IntArray
    values: FloatArray
    mentors: BoolArray
    mentees: BoolArray

    @classmethod
    def of(
        cls, wishes: Sequence[tuple[int, int, int]], mentors: BoolArray, mentees: BoolArray
    ) -> WantedPairs:
        """Make the criterion of wishes: row and column of a pair, and what the wish counts in millionths.

        A pair stands there once for each of its people who wants it.
        """
        listed = np.array(wishes, dtype=np.int64).reshape(-1, 3)
        pairs, which = np.unique(listed[:, :2], axis=0, return_inverse=True)
        rows, columns = pairs[:, 0], pairs[:, 1]
        asked = mentors[rows].astype(np.int64) + mentees[columns]
        counted = np.bincount(which.ravel(), listed[:, 2], len(pairs))
        return cls(rows, columns, np.floor(counted / asked + 0.5), mentors, mentees)

    @property
    def always_known(self) -> bool:
        """Whether every pair has a person with a list, since all people of one side have lists."""
        return bool(self.mentors.all() or self.mentees.all())

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - in a list
        """Return the sum of all known values, in millionths, and their number; nobody wants themselves."""
        silent = int((~self.mentors).sum()) * int((~self.mentees).sum())
        apart = int((self.mentors[same[0]] | self.mentees[same[1]]).sum())
        known = len(self.mentors) * len(self.mentees) - silent - apart
        return Fraction(int(self.values.sum())), known

    def block(self, columns: slice, blend: Blend) -> WantedBlock:
        """Return a block of columns, prepared for its tiles."""
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
    """The contributions of wanted pairs to a block of columns.

    Attributes
    ----------
    places : pair of int64 arrays
        Rows, in ascending order, and columns, counted within the block, of the wanted pairs.
    contributions : int32 array
        Contribution of each wanted pair, in whole millionths.
    silent : pair of bool arrays
        For each row, and for each column of the block, whether the person has no list.
    neutral : int
        Contribution, in whole millionths, of a pair of two people without a list.
    """

    places: tuple[IntArray, IntArray]
    contributions: NDArray[np.int32]
    silent: tuple[BoolArray, BoolArray]
    neutral: int

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        """Add the contributions of a range of rows to ``total`` in place."""
        unknown = self.silent[0][rows, None] & self.silent[1][None, :]
        total += unknown * np.int32(self.neutral)
        first, last = np.searchsorted(self.places[0], (rows.start, rows.stop))
        here, there = self.places[0][first:last] - rows.start, self.places[1][first:last]
        total[here, there] += self.contributions[first:last]
