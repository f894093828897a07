"""Rules on pairs, made ready for tiles: each says which pairs of a tile it forbids.

A forbidden pair is no pair. It does not get a bad score that something could outweigh; it never reaches the
solver.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from reverse_match.constraints.reporting_line import superiors
from reverse_match.errors import Fault, PolicyError
from reverse_match.names.normalise import id_key
from reverse_match.policy import Fix, Forbid, MinimumScore
from reverse_match.scoring.grid import millionths_at_least

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.cohort import Cohort
    from reverse_match.policy import Policy, Rule
    from reverse_match.scoring.criterion import Sides

    Places: TypeAlias = tuple[IntArray, IntArray]
    Marks: TypeAlias = Places | BoolArray

SAME_PERSON = "same_person"
"""The rule that needs no policy: nobody is paired with themselves."""


MINIMUM_SCORE = "minimum_score"


class PairRule(Protocol):
    """A rule of one cohort, ready to be asked for any tile of pairs."""

    @property
    def label(self) -> str:
        """What the rule is called in reasons and messages."""
        ...

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> Marks:
        """Return an index of the pairs of a tile that the rule forbids, given their scores in millionths.

        Either a mask of the tile, or the places (rows, columns) in it where they are few.
        """
        ...

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs the rule forbids, given their scores in millionths."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairRule:
        """Return the rule on some rows and some columns, both in ascending order."""
        ...


@dataclass(frozen=True)
class BlockedPairs:
    """Forbids pairs that can be listed, since they are few."""

    label: str
    rows: IntArray
    columns: IntArray

    @classmethod
    def of(cls, label: str, *pairs: Places) -> BlockedPairs:
        """Make the rule of lists of rows and columns; it keeps them sorted by row, each pair once."""
        rows = np.concatenate([np.empty(0, np.int64), *(here for here, _ in pairs)])
        columns = np.concatenate([np.empty(0, np.int64), *(there for _, there in pairs)])
        if not len(rows):
            return cls(label, rows, columns)
        width = int(columns.max()) + 1
        return cls(label, *np.divmod(np.unique(rows * width + columns), width))

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> Places:  # noqa: ARG002 - whatever the score
        """Return the listed pairs that lie in the tile."""
        first, last = np.searchsorted(self.rows, (rows.start, rows.stop))
        here, there = self.rows[first:last], self.columns[first:last]
        inside = (there >= columns.start) & (there < columns.stop)
        return here[inside] - rows.start, there[inside] - columns.start

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - whatever the score
        """Say which of some listed pairs are in this list, too."""
        asked = _in_one_number(rows, columns)
        place = np.minimum(np.searchsorted(self._sorted, asked), max(0, len(self._sorted) - 1))
        return self._sorted[place] == asked if len(self._sorted) else np.zeros(len(asked), dtype=bool)

    @cached_property
    def _sorted(self) -> IntArray:
        return _in_one_number(self.rows, self.columns)

    def part(self, rows: IntArray, columns: IntArray) -> BlockedPairs:
        """Return the listed pairs of some rows and some columns, numbered anew."""
        kept = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        places = np.searchsorted(rows, self.rows[kept]), np.searchsorted(columns, self.columns[kept])
        return BlockedPairs.of(self.label, places)


def _in_one_number(rows: IntArray, columns: IntArray) -> IntArray:
    """Return a number for each pair, which grows from row to row and in a row from column to column."""
    return (rows << 31) | columns


@dataclass(frozen=True)
class ScoreThreshold:
    """Forbids pairs that score less than a threshold, in millionths."""

    label: str
    threshold: int

    def blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return scores < self.threshold

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return scores < self.threshold

    def part(self, rows: IntArray, columns: IntArray) -> ScoreThreshold:  # noqa: ARG002 - by score alone
        """Return the same."""
        return self


@dataclass(frozen=True)
class Rules:
    """All rules of a policy on one cohort.

    Attributes
    ----------
    forbidding : tuple of PairRule
        What no duo may be.
    fixed : tuple of (int, int)
        Rows and columns of the duos that must be, sorted.
    """

    forbidding: tuple[PairRule, ...]
    fixed: tuple[tuple[int, int], ...]


def rules_of(cohort: Cohort, policy: Policy, sides: Sides, earlier: Rules | None = None) -> Rules:
    """Make a policy's rules ready for the tiles of a cohort; rules of one kind become one.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Its rules.
    sides : Sides
        Who is which row and column.
    earlier : Rules, optional
        Of another policy on the same sides: rules that depend on nothing else are taken from there.

    Raises
    ------
    PolicyError
        If a rule names somebody who is not in the cohort, or fixes a duo whose people do not have these
        roles.
    """
    _refuse_unknown_people(cohort, policy)
    ready = {} if earlier is None else {rule.label: rule for rule in earlier.forbidding}
    seats = _Seats(cohort, sides)
    forbidding: dict[str, PairRule] = {SAME_PERSON: ready.get(SAME_PERSON) or _same_person(cohort, seats)}
    for kind in dict.fromkeys(rule.kind for rule in policy.rules if not isinstance(rule, Fix)):
        rules = [rule for rule in policy.rules if rule.kind == kind]
        forbidding[kind] = _rule_of_kind(rules, cohort, seats, ready.get(kind))
    fixed: set[tuple[int, int]] = set()
    for rule in policy.rules:
        if isinstance(rule, Fix):
            rows, columns = seats.places(*_indices(cohort, rule))
            fixed.update(zip(rows.tolist(), columns.tolist(), strict=True))
    return Rules(tuple(forbidding.values()), tuple(sorted(fixed)))


def _same_person(cohort: Cohort, seats: _Seats) -> BlockedPairs:
    everybody = np.arange(len(cohort.participants))
    return BlockedPairs.of(SAME_PERSON, seats.places(everybody, everybody))


def _rule_of_kind(rules: Sequence[Rule], cohort: Cohort, seats: _Seats, ready: PairRule | None) -> PairRule:
    """Make the rules of one kind into one, or take the one that is ready if it says the same."""
    kind = rules[0].kind
    if kind == "not_in_reporting_line":
        lines = cohort.kept("superiors", lambda: superiors(cohort))
        return ready or BlockedPairs.of(kind, *seats.either_way(*lines))
    if kind == MINIMUM_SCORE:
        threshold = max(
            millionths_at_least(rule.at_least) for rule in rules if isinstance(rule, MinimumScore)
        )
        same = isinstance(ready, ScoreThreshold) and ready.threshold == threshold
        return ready if ready is not None and same else ScoreThreshold(kind, threshold)
    pairs = [seats.either_way(*_indices(cohort, rule)) for rule in rules if isinstance(rule, Forbid)]
    return BlockedPairs.of(kind, *(places for both in pairs for places in both))


class _Seats:
    """Finds the rows and the columns of participants."""

    def __init__(self, cohort: Cohort, sides: Sides) -> None:
        self._row = _inverse(sides.mentors, len(cohort.participants))
        self._column = _inverse(sides.mentees, len(cohort.participants))

    def places(self, mentors: IntArray, mentees: IntArray) -> Places:
        """Return rows and columns where the first can be the mentor and the second the mentee."""
        rows, columns = self._row[mentors], self._column[mentees]
        seated = (rows >= 0) & (columns >= 0)
        return rows[seated], columns[seated]

    def either_way(self, ones: IntArray, others: IntArray) -> tuple[Places, Places]:
        """Return rows and columns for both ways in which two people could be a duo."""
        return self.places(ones, others), self.places(others, ones)


def _inverse(indices: Sequence[int], size: int) -> IntArray:
    place = np.full(size, -1, dtype=np.int64)
    place[list(indices)] = np.arange(len(indices))
    return place


def _indices(cohort: Cohort, rule: Forbid | Fix) -> Places:
    listed = [(cohort.position[id_key(one)], cohort.position[id_key(other)]) for one, other in rule.pairs]
    ones, others = np.array(listed, dtype=np.int64).reshape(-1, 2).T
    return ones, others


def _refuse_unknown_people(cohort: Cohort, policy: Policy) -> None:
    faults = []
    for place, rule, pair in _named_pairs(policy):
        unknown = [side for side in (0, 1) if id_key(pair[side]) not in cohort.position]
        faults += [Fault("nobody in the cohort has this id", column=f"{place}[{side}]") for side in unknown]
        if isinstance(rule, Fix) and not unknown:
            mentor, mentee = (cohort.participants[cohort.position[id_key(name)]] for name in pair)
            if not mentor.teaches:
                message = "a fixed duo names the mentor first; this person has role mentee"
                faults.append(Fault(message, column=f"{place}[0]"))
            if not mentee.learns:
                message = "a fixed duo names the mentee second; this person has role mentor"
                faults.append(Fault(message, column=f"{place}[1]"))
    if faults:
        raise PolicyError(faults)


def _named_pairs(policy: Policy) -> Iterator[tuple[str, Forbid | Fix, tuple[str, str]]]:
    for index, rule in enumerate(policy.rules):
        if isinstance(rule, Forbid | Fix):
            for position, pair in enumerate(rule.pairs):
                yield f"rules[{index}].pairs[{position}]", rule, pair
