"""What every kind of criterion gives to the score model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class Sides:
    """Who is paired with whom: indices into the cohort, mentors as rows and mentees as columns.

    Attributes
    ----------
    mentors, mentees : sequences of int
        The rows and the columns.
    order : hashable, optional
        What their order follows from: then the cohort may keep what is read for them.
    """

    mentors: Sequence[int]
    mentees: Sequence[int]
    order: Hashable | None = None

    @classmethod
    def in_order_of(cls, cohort: Cohort) -> Sides:
        """Return the sides in the order of a cohort: that of its file."""
        people = list(enumerate(cohort.participants))
        return cls(
            [index for index, person in people if person.teaches],
            [index for index, person in people if person.learns],
        )


@dataclass(frozen=True)
class Blend:
    """How values become contributions. Whole millionths.

    Attributes
    ----------
    weight : int
        What a value is multiplied by.
    neutral : int
        Stands for a value that is not known.
    """

    weight: int
    neutral: int


class ContributionBlock(Protocol):
    """The contributions of one criterion to a block of columns."""

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        """Add whole millionths, rounded half up, to the scores of a tile."""
        ...


class PairCriterion(Protocol):
    """A criterion of one cohort, ready to be asked for any pairs. Values are whole millionths."""

    @property
    def always_known(self) -> bool:
        """Whether no pair lacks what the criterion needs."""
        ...

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:
        """Return the sum of all known values and how many they are, some pairs left out.

        Parameters
        ----------
        same : pair of int64 arrays
            Rows and columns of the pairs to leave out: those of a person with themselves.
        tiling : Tiling
            How the pairs may be cut up.
        """
        ...

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Make a block of columns ready."""
        ...

    @property
    def bytes_per_column(self) -> int:
        """What a block keeps ready for each of its columns."""
        ...

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairCriterion:
        """Return the criterion on some rows and some columns."""
        ...

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return the names that matched in listed pairs; none for kinds that compare no names."""
        ...


class Encoder(Protocol):
    """Turns a criterion of the policy into one of a cohort."""

    def __call__(self, criterion: object, columns: Columns, sides: Sides) -> PairCriterion:
        """Read the columns that the criterion names."""
        ...
