"""The context in which conditions are compiled: people as columns, their places in tiles, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from reverse_match.scoring.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.scoring.criterion import Sides

    Places: TypeAlias = tuple[IntArray, IntArray]
    from collections.abc import Callable, Hashable
    from datetime import date

    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


class RowColumnIndex:
    """Finds the rows and the columns of participants, given by their index in the cohort.

    Parameters
    ----------
    size : int
        Number of participants.
    sides : Sides
        The participants of rows and of columns.
    """

    def __init__(self, size: int, sides: Sides) -> None:
        self._row = _inverse(sides.mentors, size)
        self._column = _inverse(sides.mentees, size)

    def places(self, mentors: IntArray, mentees: IntArray) -> Places:
        """Return rows and columns of pairs of participants, leaving out pairs without these two roles."""
        rows, columns = self._row[mentors], self._column[mentees]
        both_present = (rows >= 0) & (columns >= 0)
        return rows[both_present], columns[both_present]

    def either_way(self, ones: IntArray, others: IntArray) -> tuple[Places, Places]:
        """Return rows and columns of pairs of participants in both roles: first as given, then exchanged."""
        return self.places(ones, others), self.places(others, ones)


def _inverse(indices: Sequence[int], size: int) -> IntArray:
    place = np.full(size, -1, dtype=np.int64)
    place[list(indices)] = np.arange(len(indices))
    return place


Result = TypeVar("Result")


@dataclass(frozen=True)
class CompilationContext:
    """The cohort and the choices of a policy on which the meaning of a condition depends.

    Attributes
    ----------
    cohort : Cohort
        The people.
    columns : Columns
        The people as columns, with the policy's synonyms, and ages on a given day.
    sides : Sides
        The participants of rows and of columns.
    day : date or None
        The day from which months are counted: that of the policy or of the cohort, and never today's date.
    """

    cohort: Cohort
    columns: Columns
    sides: Sides
    day: date | None

    @classmethod
    def of(cls, cohort: Cohort, policy: Policy, sides: Sides, day: date | None) -> CompilationContext:
        """Return the context of a policy on a cohort.

        Parameters
        ----------
        cohort : Cohort
            The people.
        policy : Policy
            Has the synonyms, whether typos are corrected, and perhaps a day.
        sides : Sides
            The participants of rows and of columns.
        day : date or None
            The day on which ages are computed.
        """
        return cls(cohort, Columns(cohort, policy, day), sides, policy.as_of or cohort.as_of)

    def memoise(self, what: Hashable, make: Callable[[], Result]) -> Result:
        """Return the result of ``make``, which must depend on the sides alone; the cohort may have kept it.

        Parameters
        ----------
        what : hashable
            Key of the result.
        make : callable
            Computes the result if no earlier match has.
        """
        if self.sides.order is None:
            return make()
        return self.cohort.memoise((what, self.sides.order), make)

    @cached_property
    def people_index(self) -> RowColumnIndex:
        """Index of participants to their rows and columns."""
        return RowColumnIndex(len(self.cohort.participants), self.sides)
