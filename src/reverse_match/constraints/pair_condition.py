"""A condition on pairs, compiled for one cohort: for any pairs it says which are known true, and known false.

A statement about two people is true, false, or, for lack of data, not known. Two marks hold the three
values: *known true* and *known false*, never both. Kleene's logic is then plain logic on marks (S. C. Kleene,
"On notation for ordinal numbers", 1938): an ``all_of`` is true where all parts are and false where one is;
``not`` exchanges the two. Whoever needs only one of the two marks asks for one, and only one is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray


class PairCondition(Protocol):
    """A condition of one cohort, ready to be asked for any pairs. Rows are mentors, columns are mentees.

    All arrays that are returned are new: the caller may write into them.
    """

    @property
    def needs_scores(self) -> bool:
        """Whether it looks at scores; if not, any numbers will do in their place."""
        ...

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is true, given their scores in millionths."""
        ...

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile for which the condition is false; those in neither mark are not known."""
        ...

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is true, given their scores in millionths."""
        ...

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say for which of some listed pairs the condition is false."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairCondition:
        """Return the condition on some rows and some columns, both in ascending order."""
        ...
