"""Lacking duos: those for which what the policy asks as far as possible is known to be false.

A policy asks for a condition as far as it costs no duo. So of all matchings with the most duos, those with
the fewest lacking duos come first, and then the total decides. A charge for each lacking duo that outweighs
everything else makes one stage of both: with scores between 0 and 1, ``CHARGE`` points do so wherever fewer
than ``CHARGE`` points are at stake. Where more are, the fewest lacking duos are proved by themselves
(:mod:`reverse_match.solver.lacking`).

A duo for which the condition is not known does not lack it: who has not said what they offer or seek is
neither preferred nor put last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.compile_condition import compile_condition
from reverse_match.constraints.condition import negation
from reverse_match.constraints.quotas import ConditionMarks
from reverse_match.foundation.fixed_point import ONE
from reverse_match.solver.pairs.credits import MarkedPairs, PairCredits

if TYPE_CHECKING:
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.pairs.quotas import PairMarks
    from reverse_match.solver.pairs.tiles import Tiling

CHARGE = 256
"""Points that a lacking duo is charged where a full score is a point of a million units."""

CHARGE_OF_UTILITIES = 4
"""Points that a lacking duo is charged under ``fair``, where a point has so many units that tiles, of 32-bit
integers, have no room for more."""


def charge_of(full: int) -> int:
    """Return the charge of a lacking duo, in units of the objective, given the units of a full score."""
    return (CHARGE if full == ONE else CHARGE_OF_UTILITIES) * full


@dataclass(frozen=True)
class MarkTable:
    """Marks of all pairs in memory, a byte each.

    Attributes
    ----------
    table : bool array
        The marks.
    marks : PairMarks
        Their source, from which they can be read again.
    """

    table: BoolArray
    marks: PairMarks

    def tile(self, rows: slice, columns: slice) -> BoolArray:
        """Return the marks of a tile."""
        return self.table[rows, columns]

    def among(self, rows: IntArray, columns: IntArray) -> BoolArray:
        """Return the marks of listed pairs."""
        return self.table[rows, columns]

    def part(self, rows: IntArray, columns: IntArray) -> MarkTable:
        """Return the marks of some rows and columns, both in ascending order; those of ranges are no copy."""
        marks = self.marks.part(rows, columns)
        if all(len(ends) and len(ends) == ends[-1] - ends[0] + 1 for ends in (rows, columns)):
            return MarkTable(self.table[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], marks)
        return MarkTable(self.table[rows[:, None], columns], marks)


def lacking_marks(policy: Policy, context: CompilationContext, model: ScoreModel) -> PairMarks | None:
    """Return the marks of the pairs that would be lacking duos; ``None`` if the policy asks for nothing.

    Raises
    ------
    PolicyError
        If the condition names an unknown field, function or person.
    CohortError
        If a column holds values of another kind than the condition needs.
    """
    if policy.as_far_as_possible is None:
        return None
    condition = compile_condition(policy.as_far_as_possible, context, "as_far_as_possible")
    return ConditionMarks(negation(condition), model)


def keep_marks(marks: PairMarks, shape: tuple[int, int], tiling: Tiling) -> MarkTable:
    """Look at all pairs once, and keep their marks."""
    table = np.empty(shape, dtype=bool)

    def make(columns: slice) -> _Filler:
        return _Filler(marks, table, columns)

    for _ in tiling.map(make, shape):
        pass
    return MarkTable(table, marks)


@dataclass(frozen=True)
class _Filler:
    marks: PairMarks
    table: BoolArray
    columns: slice

    def __call__(self, rows: slice) -> None:
        self.table[rows, self.columns] = self.marks.tile(rows, self.columns)


def with_charge(
    given: PairCredits | None, marks: PairMarks, charge: int, shape: tuple[int, int]
) -> PairCredits:
    """Return credits of pairs with a charge for each lacking one."""
    rows, columns = (np.zeros(size, dtype=np.int64) for size in shape)
    nothing = np.empty(0, dtype=np.int64)
    whole = given or PairCredits(rows, columns, nothing, nothing, nothing)
    lists = whole.rows, whole.columns, whole.of_listed
    return PairCredits(whole.of_rows, whole.of_columns, *lists, MarkedPairs(marks, -charge))
