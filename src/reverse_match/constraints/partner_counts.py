"""How many partners each person could have had, and which rules took the others away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rules import MINIMUM_SCORE, SAME_PERSON
from reverse_match.tiling import tiles

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.rules import Rules
    from reverse_match.scoring.model import ScoreModel

SITS_OUT = "capacity"
"""The label under which partners with capacity 0 are counted."""


@dataclass(frozen=True)
class PartnerCounts:
    """Counts for each row, or for each column.

    Attributes
    ----------
    allowed : array
        Partners that every rule allows.
    only_score : array
        Partners that only a minimum score took away.
    blocked_by : dict of str to array
        Partners that a rule forbids; one forbidden twice counts in both.
    """

    allowed: IntArray
    only_score: IntArray
    blocked_by: dict[str, IntArray]


def partner_counts(
    model: ScoreModel, rules: Rules, takes_part: tuple[BoolArray, BoolArray]
) -> tuple[PartnerCounts, PartnerCounts]:
    """Count partners of all rows and of all columns.

    Parameters
    ----------
    model : ScoreModel
        Scores.
    rules : Rules
        What forbids.
    takes_part : pair of bool arrays
        Which rows and columns have a capacity above 0.
    """
    counts = tuple(_zeros(size, rules) for size in model.shape)
    for rows, columns in tiles(model.shape):
        scores = model.tile(rows, columns)
        marks = {rule.label: rule.blocked(rows, columns, scores) for rule in rules.forbidding}
        partner = ~marks.pop(SAME_PERSON)
        absent = ~(takes_part[0][rows, None] & takes_part[1][None, columns])
        low = marks.get(MINIMUM_SCORE, np.zeros(scores.shape, dtype=bool))
        hard = absent | ~partner
        for label, blocked in marks.items():
            if label != MINIMUM_SCORE:
                hard |= blocked
        for count, place, axis in ((counts[0], rows, 1), (counts[1], columns, 0)):
            count.allowed[place] += (~hard & ~low).sum(axis=axis)
            count.only_score[place] += (~hard & low).sum(axis=axis)
            for label, blocked in {SITS_OUT: absent, **marks}.items():
                count.blocked_by[label][place] += (blocked & partner).sum(axis=axis)
    return counts[0], counts[1]


def _zeros(size: int, rules: Rules) -> PartnerCounts:
    labels = [SITS_OUT, *(rule.label for rule in rules.forbidding if rule.label != SAME_PERSON)]
    nobody = {label: np.zeros(size, np.int64) for label in labels}
    return PartnerCounts(np.zeros(size, np.int64), np.zeros(size, np.int64), nobody)
