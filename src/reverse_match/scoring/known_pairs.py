"""Criteria whose values are listed or stored pair by pair: tables of scores, and similarities of vectors.

A table that has a value for most pairs is a matrix, of which a tile is a part. One that has few is a list;
every other pair is not known, so a tile begins with the neutral value everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.criterion import PairCriterion, contributions_of, weigh
from reverse_match.scoring.pair_table import FORBIDDEN, MOST_CELLS, NOT_KNOWN, DenseEntries
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.scoring.criterion import Blend, ContributionBlock, Sides
    from reverse_match.scoring.pair_table import PairTable
    from reverse_match.solver.pairs.tiles import Tiling

    Codes = NDArray[np.int32]

LISTED_UP_TO = 8
"""A table is a list where it has less than one value for so many pairs."""

_ROWS_AT_ONCE = 2_000_000


def values_for(table: PairTable, cohort: Cohort, sides: Sides) -> StoredPairs | ListedPairs:
    """Return the values of a table for the rows and columns of a cohort; nobody else counts."""
    shape = len(sides.mentors), len(sides.mentees)
    if isinstance(table.entries, DenseEntries):
        rows, columns = positions_in(table, cohort, sides)
        return StoredPairs(_rearranged(table.entries.codes, rows, columns))
    here, there = places_in(table, cohort, sides)
    mine, theirs = here[table.entries.mentors], there[table.entries.mentees]
    known = (mine >= 0) & (theirs >= 0) & (table.entries.codes >= 0)
    mine, theirs, codes = mine[known], theirs[known], table.entries.codes[known]
    if len(codes) * LISTED_UP_TO > shape[0] * shape[1] <= MOST_CELLS:
        matrix = np.full(shape, NOT_KNOWN, dtype=np.int32)
        matrix[mine, theirs] = codes
        return StoredPairs(matrix)
    order = np.lexsort((theirs, mine))
    return ListedPairs(mine[order], theirs[order], codes[order].astype(float), shape)


def forbidden_in(
    table: PairTable, cohort: Cohort, sides: Sides, most_listed: int
) -> tuple[IntArray, IntArray] | BoolArray:
    """Return the pairs that a table forbids among some people: rows and columns, or a mask if they are many.

    Parameters
    ----------
    table : PairTable
        The table.
    cohort : Cohort
        The people.
    sides : Sides
        The people of rows and of columns.
    most_listed : int
        Largest number of pairs that are listed.
    """
    if isinstance(table.entries, DenseEntries):
        codes = table.entries.codes
        marks: BoolArray = _rearranged(codes, *positions_in(table, cohort, sides)) == FORBIDDEN
        if int(marks.sum()) > most_listed:
            return marks
        rows, columns = np.nonzero(marks)
        return rows, columns
    here, there = places_in(table, cohort, sides)
    mentors, mentees = table.entries.forbidden
    rows, columns = here[mentors], there[mentees]
    present = (rows >= 0) & (columns >= 0)
    rows, columns = rows[present], columns[present]
    if len(rows) <= most_listed:
        return rows, columns
    marks = np.zeros((len(sides.mentors), len(sides.mentees)), dtype=bool)
    marks[rows, columns] = True
    return marks


def positions_in(table: PairTable, cohort: Cohort, sides: Sides) -> tuple[IntArray, IntArray]:
    """Return for each row and each column the position in a table, -1 for a person who is not in it."""
    return (
        positions_of(table.mentors, cohort, sides.mentors),
        positions_of(table.mentees, cohort, sides.mentees),
    )


def positions_of(names: Sequence[str], cohort: Cohort, people: Sequence[int]) -> IntArray:
    """Return for some people of a cohort, given by index, their positions among keys of ids."""
    place_of = np.full(len(cohort.participants), -1, dtype=np.int64)
    for place, name in enumerate(names):
        if (index := cohort.position.get(name)) is not None:
            place_of[index] = place
    return place_of[np.asarray(people, dtype=np.int64)]


def places_in(table: PairTable, cohort: Cohort, sides: Sides) -> tuple[IntArray, IntArray]:
    """Return the row of each mentor of a table, and the column of each mentee, -1 for nobody's."""
    rows, columns = positions_in(table, cohort, sides)
    return _inverse(rows, len(table.mentors)), _inverse(columns, len(table.mentees))


def _inverse(places: IntArray, size: int) -> IntArray:
    """Return the row (or column) of each position in a table, -1 for those of nobody."""
    inverse = np.full(size, -1, dtype=np.int64)
    present = np.flatnonzero(places >= 0)
    inverse[places[present]] = present
    return inverse


def _rearranged(codes: Codes, rows: IntArray, columns: IntArray) -> Codes:
    """Return the codes of rows and columns, not known where somebody is not in the table."""
    if not codes.size:
        return np.full((len(rows), len(columns)), NOT_KNOWN, dtype=np.int32)
    found = codes[rows].take(columns, axis=1)
    found[rows < 0] = NOT_KNOWN
    found[:, columns < 0] = NOT_KNOWN
    return found


@dataclass(frozen=True, eq=False)
class StoredPairs(PairCriterion):
    """A value for every pair, or a negative number where it is not known.

    Attributes
    ----------
    codes : int32 array, shape (rows, columns)
        Values in whole millionths.
    """

    codes: Codes

    @property
    def always_known(self) -> bool:
        """Whether the value of every pair is known."""
        return bool(self.codes.min(initial=0) >= 0)

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - one pass
        """Return the sum of all known values, in millionths, and their number, without ``same``."""
        total = known = 0
        height = max(1, _ROWS_AT_ONCE // max(1, self.codes.shape[1]))
        for rows in slices(self.codes.shape[0], height):
            part = self.codes[rows]
            marks = part >= 0
            total += int(part.sum(where=marks, dtype=np.int64))
            known += int(marks.sum())
        apart = self.codes[same]
        marks = apart >= 0
        return Fraction(total - int(apart[marks].sum(dtype=np.int64))), known - int(marks.sum())

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        return _StoredBlock(self.codes[:, columns], blend)

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        return _values(self.codes[rows, columns])

    def part(self, rows: IntArray, columns: IntArray) -> StoredPairs:
        """Return the criterion on some rows and some columns."""
        return StoredPairs(self.codes[rows].take(columns, axis=1))


def _values(codes: Codes) -> FloatArray:
    return np.where(codes < 0, np.nan, codes)


@dataclass(frozen=True)
class _StoredBlock:
    codes: Codes
    blend: Blend

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        part = self.codes[rows]
        known = np.where(part < 0, self.blend.neutral, part).astype(float)
        total += weigh(known, self.blend.weight).astype(np.int32)


@dataclass(frozen=True, eq=False)
class ListedPairs(PairCriterion):
    """Values of few pairs; all other pairs are not known.

    Attributes
    ----------
    rows, columns : int64 arrays
        The known pairs, sorted by row and then by column.
    values : float64 array
        Their values, in whole millionths.
    shape : pair of int
        Number of rows and columns.
    """

    rows: IntArray
    columns: IntArray
    values: FloatArray
    shape: tuple[int, int]

    @property
    def always_known(self) -> bool:
        """Whether the value of every pair is known, which no list of few pairs has."""
        return len(self.values) == self.shape[0] * self.shape[1]

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - in a list
        """Return the sum of all known values, in millionths, and their number, without ``same``."""
        apart = self.at(*same)
        apart = apart[~np.isnan(apart)]
        return Fraction(int(self.values.sum()) - int(apart.sum())), len(self.values) - len(apart)

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        inside = (self.columns >= columns.start) & (self.columns < columns.stop)
        neutral = int(weigh(np.array([float(blend.neutral)]), blend.weight)[0])
        more = contributions_of(self.values[inside], blend) - np.int32(neutral)
        return _ListedBlock(self.rows[inside], self.columns[inside] - columns.start, more, neutral)

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        if not len(self.values):
            return np.full(len(rows), np.nan)
        width = max(1, self.shape[1])
        known, asked = self.rows * width + self.columns, rows * width + columns
        place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        return np.where(known[place] == asked, self.values[place], np.nan)

    def part(self, rows: IntArray, columns: IntArray) -> ListedPairs:
        """Return the criterion on some rows and some columns, in any order."""
        here, there = (
            _inverse_of_part(chosen, size) for chosen, size in zip((rows, columns), self.shape, strict=True)
        )
        mine, theirs = here[self.rows], there[self.columns]
        kept = (mine >= 0) & (theirs >= 0)
        order = np.lexsort((theirs[kept], mine[kept]))
        return ListedPairs(
            mine[kept][order], theirs[kept][order], self.values[kept][order], (len(rows), len(columns))
        )


def _inverse_of_part(chosen: IntArray, size: int) -> IntArray:
    inverse = np.full(size, -1, dtype=np.int64)
    inverse[chosen] = np.arange(len(chosen))
    return inverse


@dataclass(frozen=True)
class _ListedBlock:
    rows: IntArray
    columns: IntArray
    more: NDArray[np.int32]
    neutral: int

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += np.int32(self.neutral)
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last] - rows.start, self.columns[first:last]
        total[here, there] += self.more[first:last]


@dataclass(frozen=True, eq=False)
class ComputedPairs(PairCriterion):
    """A value for every pair that is computed tile by tile, since a matrix of all of them would be too large.

    Attributes
    ----------
    codes_of : callable
        Takes indices of rows and of columns (arrays or slices), and returns the matrix of their codes.
    rows, columns : int64 arrays
        The people who are rows and columns, as ``codes_of`` counts them.
    lacking : bool
        Whether some values are not known.
    """

    codes_of: Callable[[IntArray, IntArray], Codes]
    rows: IntArray
    columns: IntArray
    lacking: bool

    @property
    def always_known(self) -> bool:
        """Whether the value of every pair is known."""
        return not self.lacking

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values, in millionths, and their number, without ``same``."""

        def make(columns: slice) -> Callable[[slice], tuple[int, int]]:
            return lambda rows: _sum_of(self.codes_of(self.rows[rows], self.columns[columns]))

        parts = tiling.map(make, (len(self.rows), len(self.columns)))
        apart = self.at(*same)
        apart = apart[~np.isnan(apart)]
        total, known = sum(part[0] for part in parts), sum(part[1] for part in parts)
        return Fraction(total - int(apart.sum())), known - len(apart)

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        return _ComputedBlock(self, columns, blend)

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        found = np.empty(len(rows))
        for part in slices(len(rows), 32):
            here, mine = np.unique(rows[part], return_inverse=True)
            there, theirs = np.unique(columns[part], return_inverse=True)
            codes = self.codes_of(self.rows[here], self.columns[there])
            found[part] = _values(codes[mine, theirs])
        return found

    def part(self, rows: IntArray, columns: IntArray) -> ComputedPairs:
        """Return the criterion on some rows and some columns."""
        return ComputedPairs(self.codes_of, self.rows[rows], self.columns[columns], self.lacking)


def _sum_of(codes: Codes) -> tuple[int, int]:
    marks: BoolArray = codes >= 0
    return int(codes.sum(where=marks, dtype=np.int64)), int(marks.sum())


@dataclass(frozen=True)
class _ComputedBlock:
    pairs: ComputedPairs
    columns: slice
    blend: Blend

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        codes = self.pairs.codes_of(self.pairs.rows[rows], self.pairs.columns[self.columns])
        known = np.where(codes < 0, self.blend.neutral, codes).astype(float)
        total += weigh(known, self.blend.weight).astype(np.int32)
