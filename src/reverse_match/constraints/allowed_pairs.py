"""Scores and rules together: which pairs there are and what each is worth. All that the solver sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.constraints.rules import Rules
    from reverse_match.scoring.model import ScoreModel


@dataclass(frozen=True)
class AllowedPairs:
    """Gives tiles of scores in which every pair that may not be is marked ``NO_PAIR``.

    Attributes
    ----------
    model : ScoreModel
        Scores.
    rules : Rules
        What forbids.
    """

    model: ScoreModel
    rules: Rules

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.model.shape

    def tile(self, rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` where the two may not meet."""
        scores = self.model.tile(rows, columns)
        blocked = np.zeros(scores.shape, dtype=bool)
        for rule in self.rules.forbidding:
            blocked |= rule.blocked(rows, columns, scores)
        return np.where(blocked, np.int32(NO_PAIR), scores)
