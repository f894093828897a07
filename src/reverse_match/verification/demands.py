"""The pairs that a policy forbids and demands in a cohort, and the credits that it gives to pairs.

All are computed independently of the solver's path, from the policy and the people alone; no part depends on
the matching.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, millionths_at_least, points
from reverse_match.foundation.names import id_key
from reverse_match.policy import Avoids, DemandingRule, Fix, Forbid, MinimumScore, NotMetBefore
from reverse_match.scoring.columns import Columns
from reverse_match.verification.conditions import (
    ConditionContext,
    outside_of_lines,
    statement_of,
    together,
)
from reverse_match.verification.own_data import forbidden_by_tables
from reverse_match.verification.people import (
    avoided_pairs,
    both_ways,
    most_duos,
    pairs_met_before,
    reporting_lines,
    waived_pairs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import Credit, Policy, Rule
    from reverse_match.verification.people import PeopleIndex, Place, Role
    from reverse_match.verification.statements import Statement, Tile, Truth


class Credits:
    """The credits of a policy for the people of a cohort, which must contain everybody whom they name."""

    def __init__(self, policy: Policy, people: PeopleIndex) -> None:
        self._of_mentors = np.zeros(len(people.of["mentor"]), dtype=np.int64)
        self._of_mentees = np.zeros(len(people.of["mentee"]), dtype=np.int64)
        self._of_pairs: Counter[Place] = Counter()
        self._listed: list[tuple[Credit, set[int], set[int], set[Place]]] = []
        for credit in policy.credits:
            given = round(credit.points * ONE)
            mentors = {people.place["mentor"][id_key(name)] for name in credit.mentors}
            mentees = {people.place["mentee"][id_key(name)] for name in credit.mentees}
            pairs = {people.at(*pair) for pair in credit.pairs}
            for mentor in mentors:
                self._of_mentors[mentor] += given
            for mentee in mentees:
                self._of_mentees[mentee] += given
            for pair in pairs:
                self._of_pairs[pair] += given
            self._listed.append((credit, mentors, mentees, pairs))
        listed = [(*pair, given) for pair, given in sorted(self._of_pairs.items())]
        self._pairs = np.array(listed, dtype=np.int64).reshape(-1, 3)

    def tile(self, rows: slice, columns: slice) -> IntArray:
        """Return the credits of the pairs of a tile, in millionths."""
        found = self._of_mentors[rows, None] + self._of_mentees[None, columns]
        first, last = np.searchsorted(self._pairs[:, 0], (rows.start, rows.stop))
        row, column, given = self._pairs[first:last].T
        inside = (columns.start <= column) & (column < columns.stop)
        found[row[inside] - rows.start, column[inside] - columns.start] += given[inside]
        return found

    def of_places(self, places: Iterable[Place]) -> IntArray:
        """Return the credits of some pairs, in millionths."""
        return np.array(
            [
                self._of_mentors[row] + self._of_mentees[column] + self._of_pairs[row, column]
                for row, column in places
            ],
            dtype=np.int64,
        )

    def points_by_name(self, place: Place) -> dict[str, float]:
        """Return the points of a pair, by the names of the credits that give them."""
        found: Counter[str] = Counter()
        for credit, mentors, mentees, pairs in self._listed:
            times = [place[0] in mentors, place[1] in mentees, place in pairs].count(True)
            if times:
                found[credit.name] += times * round(credit.points * ONE)
        return {name: points(whole) for name, whole in found.items()}


@dataclass(frozen=True)
class RequiredCondition:
    """The condition that a rule demands of every duo, and whether an unknown value satisfies it."""

    statement: Statement
    allows_unknown: bool

    def violations(self, tile: Tile) -> BoolArray:
        """Mark the pairs of a tile that the rule forbids."""
        return self.statement(tile) < (0 if self.allows_unknown else 1)


def _allows(places: IntArray, tile: Tile) -> Truth:
    """Say that a table allows all pairs but those of a list."""
    return np.where(tile.mark(places), -1, 1).astype(np.int8)


class Demands:
    """The pairs that the policy forbids and demands, for the people of a cohort.

    Attributes
    ----------
    forbidden : dict of str to set
        Pairs (row and column) that a rule forbids, by its label; only for rules whose pairs can be listed.
    thresholds : dict of str to int
        Lowest score that a rule allows, in millionths, by its label.
    conditions : dict of str to RequiredCondition
        Condition that every duo must satisfy, by the label of its rule.
    """

    def __init__(self, people: PeopleIndex, policy: Policy, day: date | None) -> None:
        self.forbidden: defaultdict[str, set[Place]] = defaultdict(set)
        self.fixed: set[Place] = set()
        self.thresholds: dict[str, int] = {}
        self.conditions: dict[str, RequiredCondition] = {}
        self.context = context = ConditionContext(
            people, Columns(people.cohort, policy, day), policy.as_of or people.cohort.as_of or day
        )
        for rule, label in zip(policy.rules, policy.rule_labels, strict=True):
            self._add_rule(rule, label, context)
        self.forbidden_by_tables = dict(forbidden_by_tables(policy, people))
        for label, places in self.forbidden_by_tables.items():
            self.conditions[label] = RequiredCondition(partial(_allows, places), allows_unknown=False)
        self.same_person = {
            (place, people.place["mentee"][name])
            for name, place in people.place["mentor"].items()
            if name in people.place["mentee"]
        }
        partners = {label: pairs - self.same_person for label, pairs in self.forbidden.items()}
        self.blocked: dict[Role, dict[str, Counter[int]]] = {
            "mentor": {label: Counter(row for row, _ in pairs) for label, pairs in partners.items()},
            "mentee": {label: Counter(column for _, column in pairs) for label, pairs in partners.items()},
        }
        self.capacity: dict[Role, IntArray] = {
            role: np.array([most_duos(person, role) for person in members], dtype=np.int64)
            for role, members in people.of.items()
        }
        self.left: dict[Role, IntArray] = {role: capacity.copy() for role, capacity in self.capacity.items()}
        for row, column in self.fixed:
            self.left["mentor"][row] -= 1
            self.left["mentee"][column] -= 1

    def _add_rule(self, rule: Rule, label: str, context: ConditionContext) -> None:
        people = context.people
        if isinstance(rule, Fix):
            self.fixed |= {people.at(*pair) for pair in rule.pairs}
        elif isinstance(rule, Forbid):
            self.forbidden[label] |= {place for pair in rule.pairs for place in both_ways(people, *pair)}
        elif isinstance(rule, MinimumScore):
            self.thresholds[label] = max(self.thresholds.get(label, 0), millionths_at_least(rule.at_least))
        elif isinstance(rule, NotMetBefore):
            banned, unclear = pairs_met_before(rule, people, context.day)
            self.forbidden[label] |= banned | (unclear if rule.if_unknown == "forbid" else set())
        elif isinstance(rule, DemandingRule):
            self.conditions[label] = RequiredCondition(
                statement_of(rule, context), rule.if_unknown == "allow"
            )
        elif isinstance(rule, Avoids):
            self.forbidden[label] |= avoided_pairs(people, rule.pairs)
        else:
            self._keep_out_of_lines(label, waived_pairs(rule, people), context)

    def _keep_out_of_lines(self, label: str, waived: set[Place], context: ConditionContext) -> None:
        """Forbid the pairs of a reporting line but those that the rule waives; of two rules both hold."""
        lines = reporting_lines(context.people)
        if lines is not None:
            self.forbidden[label] |= lines - waived
            return
        statement = outside_of_lines(context, waived)
        if label in self.conditions:
            statement = together([self.conditions[label].statement, statement], np.minimum)
        self.conditions[label] = RequiredCondition(statement, allows_unknown=False)
