"""Criteria whose values depend on *profiles* of people: an age, a gender, a department, a set of goals.

Thousands of people have few distinct profiles. So a table holds the rounded contribution of every two
profiles, and a tile copies whole rows of it, ten times as fast as computing them again. If people have nearly
as many profiles as there are people, contributions are computed tile by tile instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from reverse_match.foundation.arrays import tile_indices
from reverse_match.scoring.criterion import PairCriterion, contributions_of
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import TypeAlias

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.scoring.criterion import Blend, ContributionBlock
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.solver.pairs.tiles import Tiling

    Values: TypeAlias = Callable[[IntArray, IntArray], FloatArray]

Profile = TypeVar("Profile", bound="Hashable")

LARGEST_TABLE = 4_000_000
"""Largest number of entries in the table of one block of columns: 16 MB."""

SMALL_TABLE = 250_000
"""Largest number of entries in a table of all profiles that is kept: 2 MB."""


def number_profiles(profiles: Iterable[Profile]) -> tuple[list[Profile], IntArray]:
    """Return the distinct profiles in order of first occurrence, and the number of each person's profile.

    Examples
    --------
    >>> number_profiles(["f", "m", "f"])
    (['f', 'm'], array([0, 1, 0]))
    """
    everybody = list(profiles)
    distinct = list(dict.fromkeys(everybody))
    number = {profile: place for place, profile in enumerate(distinct)}
    return distinct, np.array([number[profile] for profile in everybody], dtype=np.int64)


@dataclass(frozen=True)
class CodedValues:
    """Values of which there are few, as places in a list of them.

    Attributes
    ----------
    codes : callable
        Takes numbers of profiles, as ``values`` of :class:`ProfilePairs`, and returns places in the list.
    listed : float array
        The values in whole millionths, NaN where not known.
    """

    codes: Callable[[IntArray, IntArray], IntArray]
    listed: FloatArray

    def __call__(self, here: IntArray, there: IntArray) -> FloatArray:
        """Return the values of pairs of profiles."""
        return self.listed[self.codes(here, there)]


@dataclass(frozen=True)
class ProfilePairs(PairCriterion):
    """A criterion that compares the profiles of two people.

    Attributes
    ----------
    values : callable
        Takes numbers of mentors' and of mentees' profiles, which broadcast against each other, and returns
        their values in whole millionths, NaN where not known.
    mentors, mentees : int64 arrays
        Number of each person's profile.
    lacking : bool
        Whether somebody's profile is missing.
    matches : callable, optional
        Takes rows and columns, and returns the names that matched in these pairs.
    largest_kept : int
        Largest number of entries in a table of all profiles that is kept.
    """

    values: Values
    mentors: IntArray
    mentees: IntArray
    lacking: bool
    matches: Callable[[IntArray, IntArray], list[list[SharedName]]] | None = None
    largest_kept: int = SMALL_TABLE

    @property
    def always_known(self) -> bool:
        """Whether nobody's profile is missing."""
        return not self.lacking

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002 - few profiles
        """Return the sum of all known values, in millionths, and their number; people count by profile."""
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
        """Return a block of columns: with a table of contributions, if that is small enough."""
        mentees = self.mentees[columns]
        if self._sizes[0] * len(mentees) > LARGEST_TABLE:
            if isinstance(self.values, CodedValues):
                listed = contributions_of(self.values.listed, blend)
                return _CodedBlock(self.values.codes, self.mentors, mentees, listed)
            return _ComputedBlock(self.values, self.mentors, mentees, blend)
        if self._whole_table is None:
            distinct, mentees = np.unique(mentees, return_inverse=True)
            table = contributions_of(
                self.values(np.arange(self._sizes[0])[:, None], distinct[None, :]), blend
            )
        else:
            table = self._blend(self._whole_table, blend)
        return _TableBlock(self.mentors, table.take(mentees, axis=1))

    def with_value_cache(self) -> ProfilePairs:
        """Return the criterion with a larger limit for its table of values, which other weights can reuse."""
        return self if self.largest_kept == LARGEST_TABLE else replace(self, largest_kept=LARGEST_TABLE)

    def _blend(self, values: FloatArray, blend: Blend) -> NDArray[np.int32]:
        """Return the contributions of all profiles, computed for the first block and kept for the others."""
        last = self._last_blended[0]
        if last is None or last[0] != blend:
            last = self._last_blended[0] = blend, contributions_of(values, blend)
        return last[1]

    @cached_property
    def _last_blended(self) -> list[tuple[Blend, NDArray[np.int32]] | None]:
        return [None]

    @property
    def bytes_per_column(self) -> int:
        """Bytes of a block's table for each of its columns, with the temporary doubles."""
        return 20 * self._sizes[0]

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        mentors, mentees = self.mentors[rows], self.mentees[columns]
        if self._whole_table is None:
            return self.values(mentors, mentees)
        return self._whole_table[mentors, mentees]

    def _strip(self, mentors: slice) -> FloatArray:
        """Return the values of a range of the mentors' profiles with all of the mentees' profiles."""
        if self._whole_table is not None:
            return self._whole_table[mentors]
        return self.values(*tile_indices(mentors, slice(0, self._sizes[1])))

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        """Number of profiles of mentors and of mentees."""
        return int(self.mentors.max(initial=-1)) + 1, int(self.mentees.max(initial=-1)) + 1

    @cached_property
    def _whole_table(self) -> FloatArray | None:
        """The values of every two profiles, or ``None`` if the table would have too many entries."""
        rows, columns = self._sizes
        if rows * columns > self.largest_kept:
            return None
        return self.values(*tile_indices(slice(0, rows), slice(0, columns)))

    def part(self, rows: IntArray, columns: IntArray) -> ProfilePairs:
        """Return the criterion on some rows and some columns, without ``matches``, as for scores alone."""
        return ProfilePairs(self.values, self.mentors[rows], self.mentees[columns], self.lacking)

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return for each listed pair the names that matched."""
        return [[] for _ in rows] if self.matches is None else self.matches(rows, columns)


@dataclass(frozen=True)
class _TableBlock:
    mentors: IntArray
    table: NDArray[np.int32]

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += self.table.take(self.mentors[rows], axis=0)


@dataclass(frozen=True)
class _ComputedBlock:
    values: Values
    mentors: IntArray
    mentees: IntArray
    blend: Blend

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += contributions_of(self.values(self.mentors[rows, None], self.mentees[None, :]), self.blend)


@dataclass(frozen=True)
class _CodedBlock:
    codes: Callable[[IntArray, IntArray], IntArray]
    mentors: IntArray
    mentees: IntArray
    listed: NDArray[np.int32]
    """The contribution of each value of the list."""

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        total += self.listed.take(self.codes(self.mentors[rows, None], self.mentees[None, :]))
