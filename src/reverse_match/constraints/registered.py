"""A user's own rule as a condition: what their function says of pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.scoring.columns import People
from reverse_match.scoring.custom import LISTED_AT_ONCE
from reverse_match.scoring.registered_rules import answers_of, rule_function
from reverse_match.tiling import slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy.conditions import RegisteredCondition
    from reverse_match.scoring.registered_rules import RuleFunction


def compile_registered(condition: RegisteredCondition, setting: Setting) -> RegisteredPairs:
    """Look the function up; see :class:`RegisteredPairs`."""
    return RegisteredPairs(
        condition.function,
        rule_function(condition.function),
        People(setting.columns, list(setting.sides.mentors)),
        People(setting.columns, list(setting.sides.mentees)),
    )


@dataclass(frozen=True)
class RegisteredPairs:
    """What a user's own function says of the pairs of a cohort."""

    name: str
    function: RuleFunction
    mentors: People
    mentees: People

    @property
    def needs_scores(self) -> bool:
        """Never: a function knows people only."""
        return False

    def known_true(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by people alone
        """Mark the pairs of a tile of which it is true."""
        return np.equal(self.answers(rows, columns), 1)

    def known_false(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by people alone
        """Mark the pairs of a tile of which it is false."""
        return np.equal(self.answers(rows, columns), 0)

    def true_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by people alone
        """Say of which of some listed pairs it is true."""
        return np.equal(self._at(rows, columns), 1)

    def false_among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by people alone
        """Say of which of some listed pairs it is false."""
        return np.equal(self._at(rows, columns), 0)

    def part(self, rows: IntArray, columns: IntArray) -> RegisteredPairs:
        """Return the condition on some rows and some columns."""
        mentors, mentees = self.mentors.chosen(rows), self.mentees.chosen(columns)
        return RegisteredPairs(self.name, self.function, mentors, mentees)

    def answers(self, rows: slice, columns: slice) -> FloatArray:
        """Return what the function says of a tile, checked: 1, 0, or NaN where not known."""
        return answers_of(self.name, self.function, self.mentors.part(rows), self.mentees.part(columns))

    def _at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return what the function says of listed pairs, some at a time: it only gives tiles."""
        answers = np.empty(len(rows))
        for part in slices(len(rows), LISTED_AT_ONCE):
            here, mine = np.unique(rows[part], return_inverse=True)
            there, theirs = np.unique(columns[part], return_inverse=True)
            mentors, mentees = self.mentors.chosen(here), self.mentees.chosen(there)
            answers[part] = answers_of(self.name, self.function, mentors, mentees)[mine, theirs]
        return answers
