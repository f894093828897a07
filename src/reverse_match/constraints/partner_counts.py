"""How many partners each person could have had, and which rules took the others away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rules import MINIMUM_SCORE, SAME_PERSON, BlockedPairs, ScoreThreshold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.rules import Rules
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.tiling import Tiling

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
    model: ScoreModel, rules: Rules, takes_part: tuple[BoolArray, BoolArray], tiling: Tiling
) -> tuple[PartnerCounts, PartnerCounts]:
    """Count partners of all rows and of all columns.

    Rules that list pairs are counted in their lists; only a minimum score needs a look at every pair.

    Parameters
    ----------
    model : ScoreModel
        Scores.
    rules : Rules
        What forbids.
    takes_part : pair of bool arrays
        Which rows and columns have a capacity above 0.
    tiling : Tiling
        How the pairs may be cut up.
    """
    listed = [rule for rule in rules.forbidding if isinstance(rule, BlockedPairs)]
    same = next(rule for rule in listed if rule.label == SAME_PERSON)
    hard = BlockedPairs.of("hard", *((rule.rows, rule.columns) for rule in listed))
    thresholds = [rule for rule in rules.forbidding if isinstance(rule, ScoreThreshold)]
    low = _low_counts(model, (same, hard), thresholds, takes_part, tiling)
    sides = []
    for side in (0, 1):
        allowed = np.where(takes_part[side], _present_partners(hard, takes_part, side), 0)
        absent = int((~takes_part[1 - side]).sum()) + np.where(
            takes_part[side], 0, takes_part[1 - side].sum()
        )
        absent_same = ~takes_part[0][same.rows] | ~takes_part[1][same.columns]
        blocked_by = {SITS_OUT: absent - _per_person(same, side, len(absent), absent_same)}
        for rule in listed:
            if rule is not same:
                apart = ~same.among(rule.rows, rule.columns, rule.rows)
                blocked_by[rule.label] = _per_person(rule, side, len(absent), apart)
        if thresholds:
            blocked_by[MINIMUM_SCORE] = low[side].partners
        sides.append(PartnerCounts(allowed - low[side].otherwise, low[side].otherwise, blocked_by))
    return sides[0], sides[1]


def _present_partners(hard: BlockedPairs, takes_part: tuple[BoolArray, BoolArray], side: int) -> IntArray:
    """Return how many people of the other side have capacity and are not forbidden by a list."""
    present = takes_part[1 - side][(hard.rows, hard.columns)[1 - side]]
    return int(takes_part[1 - side].sum()) - _per_person(hard, side, len(takes_part[side]), present)


def _per_person(rule: BlockedPairs, side: int, size: int, counted: BoolArray) -> IntArray:
    return np.bincount((rule.rows, rule.columns)[side][counted], minlength=size)


@dataclass(frozen=True)
class _LowCounts:
    """Partners below a minimum score: all, and those that nothing else takes away."""

    partners: IntArray
    otherwise: IntArray


def _low_counts(
    model: ScoreModel,
    forbidden: tuple[BlockedPairs, BlockedPairs],
    thresholds: Sequence[ScoreThreshold],
    takes_part: tuple[BoolArray, BoolArray],
    tiling: Tiling,
) -> tuple[_LowCounts, _LowCounts]:
    counts = tuple(_LowCounts(np.zeros(size, np.int64), np.zeros(size, np.int64)) for size in model.shape)

    def make(columns: slice) -> Callable[[slice], tuple[slice, slice, list[IntArray]]]:
        block = model.block(columns)

        def look(rows: slice) -> tuple[slice, slice, list[IntArray]]:
            scores = block.tile(rows)
            low = np.zeros(scores.shape, dtype=bool)
            for threshold in thresholds:
                low |= threshold.blocked(rows, columns, scores)
            low[forbidden[0].blocked(rows, columns, scores)] = False
            sums = [low.sum(axis=1), low.sum(axis=0)]
            low[forbidden[1].blocked(rows, columns, scores)] = False
            low &= takes_part[0][rows, None] & takes_part[1][None, columns]
            return rows, columns, [*sums, low.sum(axis=1), low.sum(axis=0)]

        return look

    for rows, columns, sums in tiling.map(make, model.shape) if thresholds else []:
        counts[0].partners[rows] += sums[0]
        counts[1].partners[columns] += sums[1]
        counts[0].otherwise[rows] += sums[2]
        counts[1].otherwise[columns] += sums[3]
    return counts[0], counts[1]
