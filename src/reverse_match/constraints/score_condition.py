"""Whether a pair scores at least so much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class ScoreCondition:
    """A score that is not below a threshold, in millionths; always known."""

    threshold: int

    @property
    def needs_scores(self) -> bool:
        """Always."""
        return True

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs of a tile that are not below."""
        return np.greater_equal(scores, self.threshold)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs of a tile that are below."""
        return np.less(scores, self.threshold)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Say which of some listed pairs are not below."""
        return np.greater_equal(scores, self.threshold)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Say which of some listed pairs are below."""
        return np.less(scores, self.threshold)

    def part(self, rows: IntArray, columns: IntArray) -> ScoreCondition:  # noqa: ARG002 - by score alone
        """Return the same."""
        return self
