"""What every kind of criterion gives to the score model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.arrays import FloatArray
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.evidence import NameMatch


@dataclass(frozen=True)
class Sides:
    """Who is paired with whom: indices into the cohort, mentors as rows and mentees as columns."""

    mentors: Sequence[int]
    mentees: Sequence[int]


class PairCriterion(Protocol):
    """A criterion of one cohort, ready to be asked for any tile of pairs."""

    @property
    def always_known(self) -> bool:
        """Whether no pair lacks what the criterion needs."""
        ...

    def values(self, rows: slice, columns: slice) -> FloatArray:
        """Return whole millionths from 0 to 1,000,000 for each pair of a tile, NaN where not known."""
        ...

    def name_matches(self, row: int, column: int) -> tuple[NameMatch, ...]:
        """Return the names that matched in one pair; empty for kinds that compare no names."""
        ...


class Encoder(Protocol):
    """Turns a criterion of the policy into one of a cohort."""

    def __call__(self, criterion: object, columns: Columns, sides: Sides) -> PairCriterion:
        """Read the columns that the criterion names."""
        ...
