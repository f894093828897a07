"""Scores with the forbidden pairs marked: the only view of scores and rules that the solver is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rows_and_columns import RowColumnIndex
from reverse_match.constraints.rules import Rules, rules_of
from reverse_match.foundation.arrays import tile_indices
from reverse_match.foundation.names import id_key
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.scoring.own_weights import Tiles


@dataclass(frozen=True)
class AllowedPairs:
    """Scores of pairs, in which every forbidden pair is marked ``NO_PAIR``.

    Attributes
    ----------
    model : ScoreModel
        Computes the scores.
    rules : Rules
        The rules that forbid pairs.
    """

    model: ScoreModel
    rules: Rules

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.model.shape

    def block(self, columns: slice) -> AllowedBlock:
        """Return a block of columns, prepared for its tiles."""
        return AllowedBlock(self.model.block(columns), self.rules, columns)

    def part(self, rows: IntArray, columns: IntArray) -> AllowedPairs:
        """Return the pairs of some rows and some columns."""
        rules = Rules(tuple(rule.part(rows, columns) for rule in self.rules.forbidding), ())
        return AllowedPairs(self.model.part(rows, columns), rules)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs in whole millionths, ``NO_PAIR`` for forbidden pairs."""
        scores = self.model.at(rows, columns)
        for rule in self.rules.forbidding:
            scores[rule.find_blocked(rows, columns, scores)] = NO_PAIR
        return scores


@dataclass(frozen=True)
class AllowedBlock:
    """The allowed pairs of a block of columns."""

    scores: Tiles
    rules: Rules
    columns: slice

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores of a range of rows in whole millionths, ``NO_PAIR`` for forbidden pairs."""
        tile = self.scores.tile(rows)
        here, there = tile_indices(rows, self.columns)
        for rule in self.rules.forbidding:
            tile[rule.find_blocked(here, there, tile)] = NO_PAIR
        return tile


def forbidding_rules(
    cohort: Cohort, policy: Policy, pairs: Sequence[tuple[str, str]], day: date | None
) -> list[tuple[str, ...]]:
    """Return for each pair the labels of the rules that forbid it.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy with the rules.
    pairs : sequence of pairs of ids
        Pairs, mentor first; both people must be in the cohort and have these roles.
    day : date or None
        The day on which ages are computed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "m", "role": "mentor", "manager_id": "e"}, {"id": "e", "role": "mentee"}]
    >>> forbidding_rules(rm.Cohort.from_records(people), rm.Policy(), [("m", "e")], None)
    [('not_in_reporting_line',)]
    """
    if not pairs:
        return []
    sides = Sides.in_order_of(cohort)
    people = np.array([[cohort.position[id_key(name)] for name in pair] for pair in pairs], dtype=np.int64)
    rows, columns = RowColumnIndex(len(cohort.participants), sides).places(people[:, 0], people[:, 1])
    scores = score_model(cohort, policy, sides, day, Tiling()).at(rows, columns)
    forbidding = rules_of(cohort, policy, sides, None, day).forbidding
    marks = [(rule.label, rule.among(rows, columns, scores)) for rule in forbidding]
    return [tuple(label for label, marked in marks if marked[place]) for place in range(len(pairs))]
