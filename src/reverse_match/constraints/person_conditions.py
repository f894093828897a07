"""Conditions on people one by one, on the names they have in common, and by a user's own function.

A condition on both people is true where it is true of each, and false where it is false of one.

Names in common are compared as the criterion ``overlap`` compares them. People are known by their sets of
names. Where there are few different sets, one table of all of them is made; otherwise names are counted for
the sets of one tile at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.profile_conditions import InTable, ProfileCondition
from reverse_match.scoring.columns import People
from reverse_match.scoring.custom import LISTED_AT_ONCE, answers_of, rule_function
from reverse_match.scoring.difference import path_of
from reverse_match.scoring.ratings import code_of_names, rating_matrix, shared_sums
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import BoolArray, CodeArray, FloatArray, IntArray
    from reverse_match.policy.conditions import RegisteredCondition, Require, Shared
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.custom import RuleFunction
    from reverse_match.scoring.ratings import RatingMatrix


@dataclass(frozen=True)
class PersonCondition:
    """A statement about the people of a pair.

    Attributes
    ----------
    true : pair of bool arrays
        Of which mentors, and of which mentees, it is true; of a whole side that it does not concern.
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


def compile_require(condition: Require, context: CompilationContext) -> PersonCondition:
    """Decide the condition once for each person."""
    true, false = _marks(condition, context.columns)
    sides = list(context.sides.mentors), list(context.sides.mentees)
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


def compile_registered(condition: RegisteredCondition, context: CompilationContext) -> RegisteredPairs:
    """Look the function up; see :class:`RegisteredPairs`."""
    return RegisteredPairs(
        condition.function,
        rule_function(condition.function),
        People(context.columns, list(context.sides.mentors)),
        People(context.columns, list(context.sides.mentees)),
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
        mentors, mentees = self.mentors.at(rows), self.mentees.at(columns)
        return RegisteredPairs(self.name, self.function, mentors, mentees)

    def answers(self, rows: slice, columns: slice) -> FloatArray:
        """Return what the function says of a tile, checked: 1, 0, or NaN where not known."""
        return answers_of(self.name, self.function, self.mentors.part(rows), self.mentees.part(columns))

    def _at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the answers for listed pairs, some at a time, since the function only gives tiles."""
        answers = np.empty(len(rows))
        for part in slices(len(rows), LISTED_AT_ONCE):
            here, mine = np.unique(rows[part], return_inverse=True)
            there, theirs = np.unique(columns[part], return_inverse=True)
            mentors, mentees = self.mentors.at(here), self.mentees.at(there)
            answers[part] = answers_of(self.name, self.function, mentors, mentees)[mine, theirs]
        return answers


LARGEST_TABLE = 4_000_000
"""Pairs of sets up to which a table of them is made: 4 MB."""


@dataclass(frozen=True)
class HaveInCommon:
    """Two sets with at least so many names in common.

    Attributes
    ----------
    sets : RatingMatrix
        1 where a set has a name.
    at_least : int
        How many.
    """

    sets: RatingMatrix = field(repr=False)
    at_least: int

    def table(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Count for all pairs of listed sets."""
        here = self.sets.take(mentors.astype(np.int64))
        there = np.ascontiguousarray(self.sets.take(mentees.astype(np.int64)).dense().T)
        return np.greater_equal(here.times(there), self.at_least)

    def at(self, mentors: CodeArray, mentees: CodeArray) -> BoolArray:
        """Count set by set."""
        return np.greater_equal(
            shared_sums(self.sets, mentors.astype(np.int64), self.sets, mentees.astype(np.int64)),
            self.at_least,
        )


def compile_shared_names(condition: Shared, context: CompilationContext) -> ProfileCondition:
    """Give everybody the number of their set; see :class:`HaveInCommon`."""
    names = context.columns.names(condition.field)
    written = [name for person in names for name in person]
    code = code_of_names(written, context.columns.meanings((condition.field,), written))
    number: dict[frozenset[int], int] = {}
    sets_of = [frozenset(code[name] for name in person) for person in names]
    profiles = np.array([number.setdefault(held, len(number)) for held in sets_of], dtype=np.int32)
    sets = rating_matrix(
        [dict.fromkeys(held, 1) for held in number], {place: place for place in code.values()}
    )
    relation = HaveInCommon(sets, condition.at_least)
    everything = np.arange(len(number), dtype=np.int32)
    table = InTable(relation.table(everything, everything)) if len(number) ** 2 <= LARGEST_TABLE else relation
    mentors, mentees = profiles[list(context.sides.mentors)], profiles[list(context.sides.mentees)]
    named = sets.counts > 0
    return ProfileCondition(table, mentors, mentees, (named[mentors], named[mentees]))
