"""Scores and rules together: which pairs are allowed, and the score of each. The solver sees nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.constraints.rules import Rules
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from reverse_match.constraints.rules import PairRule
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.scoring.model import ScoreBlock, ScoreModel


@dataclass(frozen=True)
class AllowedPairs:
    """Gives scores in which every pair that may not be is marked ``NO_PAIR``.

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

    def block(self, columns: slice) -> AllowedBlock:
        """Make a block of columns ready."""
        return AllowedBlock(self.model.block(columns), self.rules, columns)

    def part(self, rows: IntArray, columns: IntArray) -> AllowedPairs:
        """Return the pairs of some rows and some columns."""
        rules = Rules(tuple(rule.part(rows, columns) for rule in self.rules.forbidding), ())
        return AllowedPairs(self.model.part(rows, columns), rules)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs, ``NO_PAIR`` where the two may not meet."""
        scores = self.model.at(rows, columns)
        for rule in self.rules.forbidding:
            scores[rule.among(rows, columns, scores)] = NO_PAIR
        return scores


@dataclass(frozen=True)
class AllowedBlock:
    """The allowed pairs of a block of columns."""

    scores: ScoreBlock
    rules: Rules
    columns: slice

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return scores in whole millionths, ``NO_PAIR`` where the two may not meet."""
        tile = self.scores.tile(rows)
        forbid(self.rules.forbidding, rows, self.columns, tile)
        return tile


def forbid(rules: Iterable[PairRule], rows: slice, columns: slice, scores: NDArray[np.int32]) -> None:
    """Mark the pairs of a tile that rules forbid."""
    for rule in rules:
        scores[rule.find_blocked(rows, columns, scores)] = NO_PAIR
