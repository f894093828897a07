"""Sources of pairs for tests of the solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from reverse_match.solver.pairs.table import ScoreTableBlock


@dataclass
class Matrix:
    """A source that makes its tiles anew, as a large cohort does."""

    scores: Any

    @property
    def shape(self) -> tuple[int, int]:
        return self.scores.shape  # type: ignore[no-any-return]

    def block(self, columns: slice) -> Any:
        return ScoreTableBlock(self.scores[:, columns].astype(np.int32))

    def at(self, rows: Any, columns: Any) -> Any:
        return self.scores[rows, columns].astype(np.int64)

    def part(self, rows: Any, columns: Any) -> Matrix:
        return Matrix(self.scores[np.ix_(rows, columns)])
