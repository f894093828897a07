"""How many partners each person could have, and which rules take the others away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import NO_SCORES, BlockedPairs
from reverse_match.constraints.rules import ConditionRule
from reverse_match.policy.labels import SAME_PERSON, SITS_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.constraints.condition import Scores
    from reverse_match.constraints.rows_and_columns import Places
    from reverse_match.constraints.rules import Rules
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.pairs.tiles import Tiling


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

    Rules that list pairs are counted in their lists; the others need a look at every pair, and at its score
    only if one of them does.

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
    dense = [rule for rule in rules.forbidding if isinstance(rule, ConditionRule)]
    same = next(rule for rule in listed if rule.label == SAME_PERSON)
    hard = BlockedPairs.of("hard", *((rule.rows, rule.columns) for rule in listed))
    counted = _look_at_every_pair(model, dense, (same, hard), takes_part, tiling)
    sides = []
    for side in (0, 1):
        *blocked, otherwise, only_score = counted[side]
        allowed = np.where(takes_part[side], _present_partners(hard, takes_part, side), 0) - otherwise
        absent = int((~takes_part[1 - side]).sum()) + np.where(
            takes_part[side], 0, takes_part[1 - side].sum()
        )
        absent_same = ~takes_part[0][same.rows] | ~takes_part[1][same.columns]
        blocked_by = {SITS_OUT: absent - _per_person(same, side, len(absent), absent_same)}
        for rule in listed:
            if rule is not same:
                apart = ~same.among(rule.rows, rule.columns)
                blocked_by[rule.label] = _per_person(rule, side, len(absent), apart)
        blocked_by.update(zip((rule.label for rule in dense), blocked, strict=True))
        sides.append(PartnerCounts(allowed, only_score, blocked_by))
    return sides[0], sides[1]


def _present_partners(hard: BlockedPairs, takes_part: tuple[BoolArray, BoolArray], side: int) -> IntArray:
    """Return how many people of the other side have capacity and are not forbidden by a list."""
    present = takes_part[1 - side][(hard.rows, hard.columns)[1 - side]]
    return int(takes_part[1 - side].sum()) - _per_person(hard, side, len(takes_part[side]), present)


def _per_person(rule: BlockedPairs, side: int, size: int, counted: BoolArray) -> IntArray:
    return np.bincount((rule.rows, rule.columns)[side][counted], minlength=size)


def _look_at_every_pair(
    model: ScoreModel,
    dense: Sequence[ConditionRule],
    listed: tuple[BlockedPairs, BlockedPairs],
    takes_part: tuple[BoolArray, BoolArray],
    tiling: Tiling,
) -> list[IntArray]:
    """Count for the people of each side what rules take away that have no list.

    Parameters
    ----------
    model : ScoreModel
        Scores: nothing is scored where no rule looks at scores.
    dense : sequence of ConditionRule
        The rules.
    listed : pair of BlockedPairs
        Pairs of one person, which no rule counts, and all that are in a list.
    takes_part : pair of bool arrays
        Which rows and columns have a capacity above 0.
    tiling : Tiling
        How the pairs may be cut up.

    Returns
    -------
    list of int64 arrays, shape (rules + 2, people)
        Partners that each rule forbids; those that these rules take away, and no list does; and those of them
        that only a minimum score takes away.
    """
    totals = [np.zeros((len(dense) + 2, size), np.int64) for size in model.shape]
    needs_scores = any(rule.condition.needs_scores for rule in dense)

    def counter(columns: slice) -> Callable[[slice], tuple[slice, slice, tuple[IntArray, IntArray]]]:
        block = model.block(columns) if needs_scores else None

        def look(rows: slice) -> tuple[slice, slice, tuple[IntArray, IntArray]]:
            here, there = np.ogrid[rows, columns]
            scores = NO_SCORES if block is None else block.tile(rows)
            possible = takes_part[0][here] & takes_part[1][there]
            marks = _marks(dense, listed, possible, (here, there), scores)
            return rows, columns, (_sums(marks, axis=1), _sums(marks, axis=0))

        return look

    for rows, columns, sums in tiling.map(counter, model.shape) if dense else []:
        totals[0][:, rows] += sums[0]
        totals[1][:, columns] += sums[1]
    return totals


def _marks(
    dense: Sequence[ConditionRule],
    listed: tuple[BlockedPairs, BlockedPairs],
    possible: BoolArray,
    tile: Places,
    scores: Scores,
) -> list[BoolArray]:
    """Mark the pairs of a tile that each rule forbids, those that any does, and only for their score."""
    low, unfit = np.zeros(possible.shape, dtype=bool), np.zeros(possible.shape, dtype=bool)
    forbidden, same = [], listed[0].in_tile(*tile)
    for rule in dense:
        marks = rule.find_blocked(*tile, scores)
        marks[same] = False
        kind = low if rule.is_minimum_score else unfit
        kind |= marks
        forbidden.append(marks)
    otherwise = low | unfit
    otherwise[listed[1].in_tile(*tile)] = False
    otherwise &= possible
    return [*forbidden, otherwise, otherwise & ~unfit]


def _sums(marks: Sequence[BoolArray], axis: int) -> IntArray:
    return np.array([mark.sum(axis=axis) for mark in marks], dtype=np.int64)
