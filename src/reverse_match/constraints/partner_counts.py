"""Counts for each person of their allowed partners, and of the partners that each rule forbids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import NO_SCORES, BlockedPairs
from reverse_match.constraints.rules import ConditionRule
from reverse_match.foundation.arrays import tile_indices
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
    """Counts for each row, or for each column, in int64 arrays.

    Attributes
    ----------
    allowed : array
        Number of partners that every rule allows.
    only_score : array
        Number of partners that a minimum score forbids, and no other rule.
    blocked_by : dict of str to array
        By label of a rule: number of partners that it forbids. A partner whom two rules forbid counts in
        both.
    """

    allowed: IntArray
    only_score: IntArray
    blocked_by: dict[str, IntArray]


def partner_counts(
    model: ScoreModel, rules: Rules, takes_part: tuple[BoolArray, BoolArray], tiling: Tiling
) -> tuple[PartnerCounts, PartnerCounts]:
    """Count partners of all rows and of all columns.

    Rules with a list of pairs are counted by their lists. The other rules are evaluated for every pair;
    scores are computed only if one of these rules depends on them.

    Parameters
    ----------
    model : ScoreModel
        Computes scores.
    rules : Rules
        The rules that forbid pairs.
    takes_part : pair of bool arrays
        For each row and each column, whether its capacity is above 0.
    tiling : Tiling
        Cuts the pairs into tiles.
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
        # Pairs without capacity: with every absent partner, and, for an absent person, with all others.
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
    """Return for each person the number of partners who have capacity and whom no list forbids."""
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
    """Count for the people of each side the partners that rules without a list forbid.

    Parameters
    ----------
    model : ScoreModel
        Computes scores, if a rule depends on them.
    dense : sequence of ConditionRule
        The rules without a list.
    listed : pair of BlockedPairs
        The pairs of a person with themselves, which no rule counts; and the pairs of all lists.
    takes_part : pair of bool arrays
        For each row and each column, whether its capacity is above 0.
    tiling : Tiling
        Cuts the pairs into tiles.

    Returns
    -------
    list of two int64 arrays, shape (rules + 2, people)
        For rows and for columns: first the partners that each rule forbids, then the partners with capacity
        that any of these rules forbids and no list, last those of them that only a minimum score forbids.
    """
    totals = [np.zeros((len(dense) + 2, size), np.int64) for size in model.shape]
    needs_scores = any(rule.condition.needs_scores for rule in dense)

    def counter(columns: slice) -> Callable[[slice], tuple[slice, slice, tuple[IntArray, IntArray]]]:
        block = model.block(columns) if needs_scores else None

        def look(rows: slice) -> tuple[slice, slice, tuple[IntArray, IntArray]]:
            here, there = tile_indices(rows, columns)
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
    """Mark the pairs of a tile for each of the counts that ``_look_at_every_pair`` returns."""
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
