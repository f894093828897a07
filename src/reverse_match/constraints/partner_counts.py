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
    seen = _PairScan(model, dense, same, hard, takes_part).counts(tiling)
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
                apart = ~same.among(rule.rows, rule.columns)
                blocked_by[rule.label] = _per_person(rule, side, len(absent), apart)
        blocked_by.update(zip((rule.label for rule in dense), seen[side].blocked, strict=True))
        allowed -= seen[side].otherwise
        sides.append(PartnerCounts(allowed, seen[side].only_score, blocked_by))
    return sides[0], sides[1]


def _present_partners(hard: BlockedPairs, takes_part: tuple[BoolArray, BoolArray], side: int) -> IntArray:
    """Return how many people of the other side have capacity and are not forbidden by a list."""
    present = takes_part[1 - side][(hard.rows, hard.columns)[1 - side]]
    return int(takes_part[1 - side].sum()) - _per_person(hard, side, len(takes_part[side]), present)


def _per_person(rule: BlockedPairs, side: int, size: int, counted: BoolArray) -> IntArray:
    return np.bincount((rule.rows, rule.columns)[side][counted], minlength=size)


@dataclass(frozen=True)
class _ScanCounts:
    """What a look at every pair counts for each person of a side.

    Attributes
    ----------
    blocked : int64 array, shape (rules, people)
        Partners that each of the rules forbids.
    otherwise : int64 array
        Partners that these rules take away, and no list does.
    only_score : int64 array
        Those of them that only a minimum score takes away.
    """

    blocked: IntArray
    otherwise: IntArray
    only_score: IntArray


@dataclass(frozen=True)
class _PairScan:
    """A look at every pair, for the rules that have no list.

    Attributes
    ----------
    model : ScoreModel
        Scores.
    dense : sequence of ConditionRule
        The rules.
    same, hard : BlockedPairs
        Pairs of one person, which no rule counts, and all that are in a list.
    takes_part : pair of bool arrays
        Which rows and columns have a capacity above 0.
    """

    model: ScoreModel
    dense: Sequence[ConditionRule]
    same: BlockedPairs
    hard: BlockedPairs
    takes_part: tuple[BoolArray, BoolArray]

    def counts(self, tiling: Tiling) -> tuple[_ScanCounts, _ScanCounts]:
        """Count for all rows and for all columns."""
        rules = len(self.dense)
        totals = [np.zeros((rules + 2, size), np.int64) for size in self.model.shape]
        for rows, columns, marks in tiling.map(self._counter, self.model.shape) if rules else []:
            totals[0][:, rows] += marks[0]
            totals[1][:, columns] += marks[1]
        mentors, mentees = (_ScanCounts(total[:-2], total[-2], total[-1]) for total in totals)
        return mentors, mentees

    def _counter(self, columns: slice) -> Callable[[slice], tuple[slice, slice, tuple[IntArray, IntArray]]]:
        scores_of = self._scores_of(columns)

        def look(rows: slice) -> tuple[slice, slice, tuple[IntArray, IntArray]]:
            marks = self._marks(rows, columns, scores_of(rows))
            return rows, columns, (_sums(marks, axis=1), _sums(marks, axis=0))

        return look

    def _scores_of(self, columns: slice) -> Callable[[slice], Scores]:
        """Return what scores a tile: nothing is scored where no rule looks at scores."""
        if any(rule.condition.needs_scores for rule in self.dense):
            return self.model.block(columns).tile
        return lambda _: NO_SCORES

    def _marks(self, rows: slice, columns: slice, scores: Scores) -> list[BoolArray]:
        """Mark the pairs of a tile that each rule forbids, those that any does, and only for their score."""
        here, there = np.ogrid[rows, columns]
        taking_part = self.takes_part[0][here] & self.takes_part[1][there]
        low, unfit = np.zeros(taking_part.shape, dtype=bool), np.zeros(taking_part.shape, dtype=bool)
        forbidden, same = [], self.same.in_tile(here, there)
        for rule in self.dense:
            marks = rule.find_blocked(here, there, scores)
            marks[same] = False
            kind = low if rule.is_minimum_score else unfit
            kind |= marks
            forbidden.append(marks)
        otherwise = low | unfit
        otherwise[self.hard.in_tile(here, there)] = False
        otherwise &= taking_part
        return [*forbidden, otherwise, otherwise & ~unfit]


def _sums(marks: Sequence[BoolArray], axis: int) -> IntArray:
    return np.array([mark.sum(axis=axis) for mark in marks], dtype=np.int64)
