"""What must be true of the mentor, of the mentee, or of both: a statement about one person at a time.

Of both it is true where it is true of each, and false where it is false of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.comparison import path_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import Require
    from reverse_match.scoring.columns import Columns


@dataclass(frozen=True)
class PersonCondition:
    """A statement about the people of a pair.

    Attributes
    ----------
    true : pair of bool arrays
        Of which mentors, and of which mentees, it is true; of all of a side that it does not speak of.
    false : pair of bool arrays
        Of which it is false.
    """

    true: tuple[BoolArray, BoolArray]
    false: tuple[BoolArray, BoolArray]

    @property
    def needs_scores(self) -> bool:
        """Never: by person alone."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by person alone
        """Mark the pairs of a tile in which it is true of both."""
        return np.logical_and(self.true[0][rows, None], self.true[1][None, columns])

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by person alone
        """Mark the pairs of a tile in which it is false of one."""
        return np.logical_or(self.false[0][rows, None], self.false[1][None, columns])

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by person alone
        """Say in which of some listed pairs it is true of both."""
        return self.true[0][rows] & self.true[1][columns]

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by person alone
        """Say in which of some listed pairs it is false of one."""
        return self.false[0][rows] | self.false[1][columns]

    def part(self, rows: IntArray, columns: IntArray) -> PersonCondition:
        """Return the condition on some rows and some columns."""
        return PersonCondition(
            (self.true[0][rows], self.true[1][columns]), (self.false[0][rows], self.false[1][columns])
        )


def compile_require(condition: Require, setting: Setting) -> PersonCondition:
    """Look at everybody once."""
    true, false = _marks(condition, setting.columns)
    sides = list(setting.sides.mentors), list(setting.sides.mentees)
    spoken_of = [condition.of in ("both", role) for role in ("mentor", "mentee")]
    trues = [
        true[side] if asked else np.ones(len(side), bool)
        for side, asked in zip(sides, spoken_of, strict=True)
    ]
    falses = [
        false[side] if asked else np.zeros(len(side), bool)
        for side, asked in zip(sides, spoken_of, strict=True)
    ]
    return PersonCondition((trues[0], trues[1]), (falses[0], falses[1]))


def _marks(condition: Require, columns: Columns) -> tuple[BoolArray, BoolArray]:
    """Return of which participants it is true, and of which it is false."""
    if condition.known:
        known = columns.known(condition.field)
        return known, ~known
    numbers = [value for value in condition.equals or () if not isinstance(value, str)]
    texts = condition.under if condition.equals is None else condition.equals
    if texts is not None and not numbers:
        right = {path_of(str(text), splits=condition.splits_paths) for text in texts}
        paths = [path_of(text, splits=condition.splits_paths) for text in columns.texts(condition.field)]
        known = np.array([path != () for path in paths], dtype=bool)
        lengths = {len(path) for path in right}
        under = condition.under is not None
        found = [any(path[:n] in right for n in lengths) if under else path in right for path in paths]
        return _apart(np.array(found, dtype=bool), known)
    column = columns.numbers(condition.field)
    if condition.equals is not None:
        true = np.isin(column, np.array(numbers, dtype=float))
    else:
        lowest = -np.inf if condition.at_least is None else float(condition.at_least)
        highest = np.inf if condition.at_most is None else float(condition.at_most)
        true = (column >= lowest) & (column <= highest)
    return _apart(true, ~np.isnan(column))


def _apart(true: BoolArray, known: BoolArray) -> tuple[BoolArray, BoolArray]:
    return true & known, ~true & known
