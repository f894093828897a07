"""A rule that demands a condition: it forbids the pairs for which the condition is not true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.pair_condition import PairCondition


@dataclass(frozen=True)
class ConditionRule:
    """Forbids what does not satisfy a condition.

    Attributes
    ----------
    label : str
        What the rule is called.
    condition : PairCondition
        What must be true.
    allows_unknown : bool
        Whether a pair may be for which it is not known.
    """

    label: str
    condition: PairCondition
    allows_unknown: bool

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that it forbids."""
        if self.allows_unknown:
            return self.condition.known_false(rows, columns, scores)
        allowed = self.condition.known_true(rows, columns, scores)
        return np.logical_not(allowed, out=allowed)

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs it forbids."""
        if self.allows_unknown:
            return self.condition.false_among(rows, columns, scores)
        return ~self.condition.true_among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> ConditionRule:
        """Return the rule on some rows and some columns."""
        return ConditionRule(
            self.label, self.condition.part(rows, columns), allows_unknown=self.allows_unknown
        )
