"""Criteria whose value depends on few distinct profiles: ages, genders, departments, sets of goals.

Thousands of people have few different ages. The value is computed once for each two *profiles*, weighted
and rounded there, and copied to every pair of people who have them: a row of the table is copied as a
whole, which costs a tenth of computing it again. Where there are nearly as many profiles as people, values
are computed tile by tile instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reverse_match.scoring.grid import weigh
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.scoring.criterion import Blend, ContributionBlock
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.solver.pairs.tiles import Tiling

LARGEST_TABLE = 4_000_000
"""Entries of the table that one block of columns keeps: 16 MB."""

SMALL_TABLE = 250_000
"""Entries of a table of all profiles that is made once and kept: 2 MB."""


class Profiles(Protocol):
    """The distinct profiles of both sides, and the value of each two."""

    @property
    def always_known(self) -> bool:
        """Whether no profile lacks what the criterion needs."""
        ...

    def table(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the values of all pairs of listed profiles, NaN where not known."""
        ...

    def at(self, mentors: IntArray, mentees: IntArray) -> FloatArray:
        """Return the value of the first with the first, the second with the second, and so on."""
        ...


@dataclass(frozen=True)
class ProfilePairs:
    """A criterion of a cohort whose people are known by their profiles.

    Attributes
    ----------
    profiles : Profiles
        Gives the values.
    mentors, mentees : int64 arrays
        The profile of each person.
    matches : callable, optional
        Returns the names that matched in listed pairs.
    largest_kept : int
        Entries up to which the table of all profiles is made once and kept.
    """

    profiles: Profiles
    mentors: IntArray
    mentees: IntArray
    matches: Callable[[IntArray, IntArray], list[list[SharedName]]] | None = None
    largest_kept: int = SMALL_TABLE

    @property
    def always_known(self) -> bool:
        """Whether nobody lacks what the criterion needs."""
        return self.profiles.always_known

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - few profiles
        """Return the sum of all known values and how many they are, counting people by profile."""
        mentors, mentees = np.bincount(self.mentors), np.bincount(self.mentees).astype(float)

        def sum_of(rows: slice) -> tuple[int, int]:
            values = self._strip(rows)
            known = ~np.isnan(values)
            totals, counts = np.where(known, values, 0.0) @ mentees, known @ mentees
            return (
                int(totals.astype(np.int64) @ mentors[rows]),
                int(counts.astype(np.int64) @ mentors[rows]),
            )

        parts = [sum_of(rows) for rows in slices(len(mentors), max(1, LARGEST_TABLE // max(1, len(mentees))))]
        total, count = sum(part[0] for part in parts), sum(part[1] for part in parts)
        if len(same[0]):
            apart = self.at(*same)
            apart = apart[~np.isnan(apart)]
            total, count = total - int(apart.sum()), count - len(apart)
        return Fraction(total), count

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Make a block of columns ready: with a table where it is small enough."""
        mentees = self.mentees[columns]
        if self._sizes[0] * len(mentees) > LARGEST_TABLE:
            return _ComputedBlock(self.profiles, self.mentors, mentees, blend)
        if self._whole_table is None:
            distinct, mentees = np.unique(mentees, return_inverse=True)
            table = _contributions(self.profiles.table(np.arange(self._sizes[0]), distinct), blend)
        else:
            table = self._blend(self._whole_table, blend)
        return _TableBlock(self.mentors, table.take(mentees, axis=1))

    def with_table_cache(self) -> ProfilePairs:
        """Return the same criterion, which keeps its table, so that other weights can blend it again."""
        return self if self.largest_kept == LARGEST_TABLE else replace(self, largest_kept=LARGEST_TABLE)

    def _blend(self, values: FloatArray, blend: Blend) -> NDArray[np.int32]:
        """Return the contributions of all profiles: made for the first block, kept for the others."""
        last = self._last_blended[0]
        if last is None or last[0] != blend:
            last = self._last_blended[0] = blend, _contributions(values, blend)
        return last[1]

    @cached_property
    def _last_blended(self) -> list[tuple[Blend, NDArray[np.int32]] | None]:
        return [None]

    @property
    def bytes_per_column(self) -> int:
        """Bytes of a table for each column of a block, and of the doubles that it is made of."""
        return 20 * self._sizes[0]

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs."""
        mentors, mentees = self.mentors[rows], self.mentees[columns]
        return (
            self.profiles.at(mentors, mentees)
            if self._whole_table is None
            else self._whole_table[mentors, mentees]
        )

    def _strip(self, mentors: slice) -> FloatArray:
        """Return the values of a range of mentors' profiles with all of the mentees'."""
        if self._whole_table is not None:
            return self._whole_table[mentors]
        return self.profiles.table(np.arange(mentors.start, mentors.stop), np.arange(self._sizes[1]))

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """How many profiles there are on either side."""
        return int(self.mentors.max(initial=-1)) + 1, int(self.mentees.max(initial=-1)) + 1

    @cached_property
    def _whole_table(self) -> FloatArray | None:
        """The values of all profiles, ``None`` where these are many."""
        rows, columns = self._sizes
        if rows * columns > self.largest_kept:
            return None
        return self.profiles.table(np.arange(rows), np.arange(columns))

    def part(self, rows: IntArray, columns: IntArray) -> ProfilePairs:
        """Return the criterion on some rows and some columns; without the names, which scores do not need."""
        return ProfilePairs(self.profiles, self.mentors[rows], self.mentees[columns])

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return the names that matched in listed pairs."""
        return [[] for _ in rows] if self.matches is None else self.matches(rows, columns)


@dataclass(frozen=True)
class _TableBlock:
    mentors: IntArray
    table: NDArray[np.int32]

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += self.table.take(self.mentors[rows], axis=0)


@dataclass(frozen=True)
class _ComputedBlock:
    profiles: Profiles
    mentors: IntArray
    mentees: IntArray
    blend: Blend

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += _contributions(self.profiles.table(self.mentors[rows], self.mentees), self.blend)


def _contributions(values: FloatArray, blend: Blend) -> NDArray[np.int32]:
    known = np.where(np.isnan(values), float(blend.neutral), values)
    return weigh(known, blend.weight).astype(np.int32)
