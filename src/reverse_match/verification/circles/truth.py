"""The truth about some people under a policy with circles, computed anew; checks compare a record with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import id_key, name_key
from reverse_match.policy import Avoids, Forbid
from reverse_match.policy.circles import AtLeastValues, DifferentWithin, NotInReportingLineWithin
from reverse_match.policy.labels import FORMER_CIRCLE, WITHIN_CIRCLE
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.tiles import Tiling
from reverse_match.verification.demands import Demands
from reverse_match.verification.statements import Tile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.circles import CircleMatching
    from reverse_match.policy.circles import Circles, Members
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.people import PeopleIndex, Role

    Value = tuple[str, ...]

UNKNOWN: Value = ()
"""The value of somebody whose text is missing."""


@dataclass(frozen=True)
class ValueCondition:
    """A condition on the values of a field among members of a circle.

    Attributes
    ----------
    values : dict of role to list
        Value of each person, by role; ``None`` for whoever does not count.
    at_most : int or None
        Largest number of members with one value.
    at_least : int
        Smallest number of different values, if ``at_most`` is ``None``.
    fears_unknown : bool
        Whether an unknown value may be that of anybody.
    """

    values: dict[Role, list[Value | None]]
    at_most: int | None
    at_least: int
    fears_unknown: bool

    def holds(self, mentors: Iterable[int], mentees: Iterable[int]) -> bool:
        """Say whether a circle keeps the condition; an upper limit also for a part of a circle."""
        of = [self.values["mentor"][one] for one in mentors] + [self.values["mentee"][one] for one in mentees]
        known = Counter(value for value in of if value)
        if self.at_most is None:
            return len(known) >= self.at_least
        anybody = sum(value == UNKNOWN for value in of) if self.fears_unknown else 0
        return max(known.values(), default=0) + anybody <= self.at_most


class CircleTruth:
    """Scores of all pairs, who may be with whom, and what holds within a circle."""

    def __init__(self, record: CircleMatching, people: PeopleIndex, threads: int | None) -> None:
        policy = record.policy
        assert policy.circles is not None  # noqa: S101 - checked before
        self.record, self.people, self.circles = record, people, policy.circles
        self.shape = len(people.of["mentor"]), len(people.of["mentee"])
        tiling = Tiling(threads=threads)
        self.model: ScoreModel = score_model(people.cohort, policy, people.sides, record.as_of, tiling)
        whole = slice(0, self.shape[0]), slice(0, self.shape[1])
        tile = self.model.block(whole[1]).tile(whole[0]).astype(np.int64)
        self.scores: IntArray = tile
        self.demands = Demands(people, policy, record.as_of)
        self._tile = Tile(whole[0], whole[1], tile)
        self.values = [*self._value_conditions()]
        self.apart: dict[str, set[frozenset[str]]] = {"mentors": set(), "mentees": set(), "across": set()}
        self._read_apart()

    def _value_conditions(self) -> Iterator[ValueCondition]:
        for condition in self.circles.within:
            if isinstance(condition, DifferentWithin | AtLeastValues):
                texts = self.demands.context.columns.compared_texts(condition.field)
                values = [_value(text, condition) for text in texts]
                sides = self.demands.context.sides(values)
                upper = isinstance(condition, DifferentWithin)
                yield ValueCondition(
                    {
                        "mentor": sides[0] if condition.of != "mentees" else [None] * self.shape[0],
                        "mentee": sides[1] if condition.of != "mentors" else [None] * self.shape[1],
                    },
                    condition.at_most if isinstance(condition, DifferentWithin) else None,
                    0 if isinstance(condition, DifferentWithin) else condition.at_least,
                    upper and getattr(condition, "if_unknown", "") == "forbid",
                )

    def _read_apart(self) -> None:
        everybody = self.people.cohort.participants
        for rule in self.record.policy.rules:
            if isinstance(rule, Avoids):
                said = [(one.id, other) for one in everybody for other in one.avoids]
                self._keep_apart((*said, *rule.pairs), "everybody")
            elif isinstance(rule, Forbid):
                self._keep_apart(rule.pairs, "everybody")
        for condition in self.circles.within:
            if isinstance(condition, NotInReportingLineWithin):
                self._keep_apart(self._reporting_lines(), condition.of)
            elif condition.kind == "not_met_before":
                groups = [(*one.mentors, *one.mentees) for one in self.record.past]
                self._keep_apart((pair for group in groups for pair in combinations(group, 2)), condition.of)

    def _reporting_lines(self) -> Iterator[tuple[str, str]]:
        boss = {id_key(p.id): id_key(p.manager_id) for p in self.people.cohort.participants if p.manager_id}
        for person in boss:
            above: str | None = boss[person]
            while above is not None:
                yield person, above
                above = boss.get(above)

    def _keep_apart(self, pairs: Iterable[tuple[str, str]], of: Members) -> None:
        keys = {frozenset((id_key(one), id_key(other))) for one, other in pairs}
        keys = {pair for pair in keys if len(pair) == 2}
        for members in ("mentors", "mentees"):
            if of in (members, "everybody"):
                self.apart[members] |= keys
        if of == "everybody":
            self.apart["across"] |= keys

    @cached_property
    def blocked(self) -> dict[str, BoolArray]:
        """The pairs that each rule forbids, by its label."""
        marks = {label: self._mark(places) for label, places in self.demands.forbidden.items()}
        for label, condition in self.demands.conditions.items():
            marks[label] = condition.violations(self._tile)
        for label, least in self.demands.thresholds.items():
            marks[label] = self.scores < least
        met = [(one, other) for group in self.record.past for one in group.mentors for other in group.mentees]
        for label, keys in (
            (FORMER_CIRCLE, {frozenset((id_key(one), id_key(other))) for one, other in met}),
            (WITHIN_CIRCLE, self.apart["across"]),
        ):
            marks[label] = self._mark(self._places(keys))
        return marks

    def _places(self, keys: Iterable[frozenset[str]]) -> Iterator[tuple[int, int]]:
        rows, columns = self.people.place["mentor"], self.people.place["mentee"]
        for pair in keys:
            if len(pair) == 2:
                one, other = pair
                for mentor, mentee in ((one, other), (other, one)):
                    if mentor in rows and mentee in columns:
                        yield rows[mentor], columns[mentee]

    def _mark(self, places: Iterable[tuple[int, int]]) -> BoolArray:
        marks = np.zeros(self.shape, dtype=bool)
        for row, column in places:
            marks[row, column] = True
        return marks

    @cached_property
    def same_person(self) -> BoolArray:
        """The pairs of a person with themselves."""
        return self._mark(self.demands.same_person)

    @cached_property
    def absent(self) -> BoolArray:
        """The pairs one of whose people has capacity 0."""
        rows, columns = (self.demands.capacity[role] == 0 for role in ("mentor", "mentee"))
        marks: BoolArray = rows[:, None] | columns[None, :]
        return marks

    @cached_property
    def allowed(self) -> BoolArray:
        """The pairs of a mentor and a mentee who may be in one circle."""
        forbidden = self.same_person | self.absent
        for marks in self.blocked.values():
            forbidden = forbidden | marks
        allowed: BoolArray = ~forbidden
        return allowed

    @cached_property
    def members_apart(self) -> dict[Role, BoolArray]:
        """The pairs of two mentors, and of two mentees, who are not in one circle."""
        found: dict[Role, BoolArray] = {}
        roles: tuple[tuple[Role, str], ...] = (("mentor", "mentors"), ("mentee", "mentees"))
        for role, members in roles:
            place, size = self.people.place[role], len(self.people.of[role])
            marks = np.zeros((size, size), dtype=bool)
            for pair in self.apart[members]:
                if all(one in place for one in pair):
                    ends = [place[one] for one in pair]
                    marks[ends[0], ends[1]] = marks[ends[1], ends[0]] = True
            found[role] = marks
        return found

    def sizes(self, mentors: int) -> tuple[int, int]:
        """Return the bounds on mentees in a circle with so many mentors."""
        low, high = bounds_in(self.circles)[1]
        return low, min(high, 3 - mentors) if self.circles.trios else high


def bounds_in(circles: Circles) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the bounds on mentors and on mentees, read from the policy."""
    read = []
    for said in (circles.mentors, circles.mentees):
        ends = [1, 2] if said is None else [int(part) for part in str(said).split("..")]
        read.append((ends[0], ends[-1]))
    return read[0], read[1]


def _value(text: str | None, condition: DifferentWithin | AtLeastValues) -> Value:
    parts: Sequence[str] = (text or "").split("/") if condition.splits_paths else [text or ""]
    return tuple(filter(None, map(name_key, parts)))[: condition.prefix]
