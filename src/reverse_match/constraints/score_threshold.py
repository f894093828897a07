"""The rule that no duo scores less than a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class ScoreThreshold:
    """Forbids pairs that score less than a threshold, in millionths."""

    label: str
    threshold: int

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return np.less(scores, self.threshold)

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return np.less(scores, self.threshold)

    def part(self, rows: IntArray, columns: IntArray) -> ScoreThreshold:  # noqa: ARG002 - by score alone
        """Return the same."""
        return self
