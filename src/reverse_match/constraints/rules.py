"""Rules on pairs, made ready for tiles: each says which pairs of a tile it forbids.

A forbidden pair is no pair. It does not get a bad score that something could outweigh; it never reaches the
solver. A rule that demands a condition forbids the pairs for which the condition is not true.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from reverse_match.constraints.compile_condition import compile_condition
from reverse_match.constraints.list_conditions import (
    BlockedPairs,
    ListedCondition,
    avoided_pairs,
    reporting_line_pairs,
)
from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import millionths_at_least
from reverse_match.foundation.names import id_key
from reverse_match.policy import Avoids, DemandingRule, Fix, Forbid, MinimumScore, RegisteredCondition
from reverse_match.policy.conditions import parts_of
from reverse_match.policy.labels import SAME_PERSON
from reverse_match.scoring.custom import find_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from reverse_match.constraints.condition import PairCondition
    from reverse_match.constraints.rows_and_columns import Places
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy, Rule
    from reverse_match.scoring.criterion import Sides

    Marks: TypeAlias = Places | BoolArray


@dataclass(frozen=True)
class ConditionRule:
    """Forbids the pairs that do not satisfy a condition.

    Attributes
    ----------
    label : str
        What the rule is called.
    condition : PairCondition
        What must be true.
    allows_unknown : bool
        Whether a pair is allowed for which the condition is not known.
    """

    label: str
    condition: PairCondition
    allows_unknown: bool

    def find_blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:
        """Mark the pairs of a tile that it forbids."""
        if self.allows_unknown:
            return self.condition.known_false(rows, columns, scores)
        allowed = self.condition.known_true(rows, columns, scores)
        return np.logical_not(allowed, out=allowed)

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:
        """Say which of some listed pairs it forbids."""
        if self.allows_unknown:
            return self.condition.false_among(rows, columns, scores)
        return ~self.condition.true_among(rows, columns, scores)

    def part(self, rows: IntArray, columns: IntArray) -> ConditionRule:
        """Return the rule on some rows and some columns."""
        return ConditionRule(
            self.label, self.condition.part(rows, columns), allows_unknown=self.allows_unknown
        )


@dataclass(frozen=True)
class ScoreThreshold:
    """Forbids pairs that score less than a threshold, in millionths."""

    label: str
    threshold: int

    def find_blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return np.less(scores, self.threshold)

    def among(self, rows: IntArray, columns: IntArray, scores: IntArray) -> BoolArray:  # noqa: ARG002 - by score alone
        """Mark the pairs below the threshold."""
        return np.less(scores, self.threshold)

    def part(self, rows: IntArray, columns: IntArray) -> ScoreThreshold:  # noqa: ARG002 - by score alone
        """Return the same."""
        return self


__all__ = ["SAME_PERSON", "BlockedPairs", "PairRule", "Rules", "ScoreThreshold", "rules_of"]


class PairRule(Protocol):
    """A rule of one cohort, ready to be asked for any tile of pairs."""

    @property
    def label(self) -> str:
        """What the rule is called in reasons and messages."""
        ...

    def find_blocked(self, rows: slice, columns: slice, scores: NDArray[np.int32]) -> Marks:
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
class Rules:
    """All rules of a policy on one cohort.

    Attributes
    ----------
    forbidding : tuple of PairRule
        The rules that forbid pairs.
    fixed : tuple of (int, int)
        Rows and columns of the duos that must be, sorted.
    origins : tuple
        What each of the forbidding rules was made of, so that an equal rule is recognised.
    """

    forbidding: tuple[PairRule, ...]
    fixed: tuple[tuple[int, int], ...]
    origins: tuple[tuple[object, ...], ...] = field(default=(), repr=False)

    def find_by_origin(self, origin: tuple[object, ...]) -> PairRule | None:
        """Return the rule of the same origin, if there is one."""
        return next(
            (rule for rule, known in zip(self.forbidding, self.origins, strict=False) if known == origin),
            None,
        )


def rules_of(
    cohort: Cohort, policy: Policy, sides: Sides, earlier: Rules | None = None, day: date | None = None
) -> Rules:
    """Make a policy's rules ready for the tiles of a cohort; rules with one label become one.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Its rules.
    sides : Sides
        Who is which row and column.
    earlier : Rules, optional
        Of another policy on the same sides: rules that say the same are taken from there.
    day : date, optional
        The day on which ages count; needed where an age depends on it.

    Raises
    ------
    PolicyError
        If a rule names somebody who is not in the cohort, or fixes a duo whose people do not have these
        roles; a field or a function that is not there; or counts months from no day.
    CohortError
        If a column does not hold what a rule needs.
    """
    _refuse_unknown_people(cohort, policy)
    known = earlier or Rules((), ())
    context = CompilationContext.of(cohort, policy, sides, day)
    meanings = (policy.synonyms, policy.correct_typos, day, context.day)
    forbidding = [known.find_by_origin((SAME_PERSON,)) or _same_person(context)]
    origins: list[tuple[object, ...]] = [(SAME_PERSON,)]
    for label, places in _rules_by_label(policy).items():
        rules = [policy.rules[place] for place in places]
        origin = (
            label,
            rules,
            *(meanings if isinstance(rules[0], DemandingRule) else ()),
            *_functions(rules[0]),
        )
        made = known.find_by_origin(origin) or _rule_of(label, rules, context, f"rules[{places[0]}]")
        forbidding.append(made)
        origins.append(origin)
    fixed: set[tuple[int, int]] = set()
    for rule in policy.rules:
        if isinstance(rule, Fix):
            rows, columns = context.people_index.places(*_indices(cohort, rule))
            fixed.update(zip(rows.tolist(), columns.tolist(), strict=True))
    return Rules(tuple(forbidding), tuple(sorted(fixed)), tuple(origins))


def _rules_by_label(policy: Policy) -> dict[str, list[int]]:
    """Return the places of the rules that forbid, by their label."""
    places: dict[str, list[int]] = {}
    for place, (rule, label) in enumerate(zip(policy.rules, policy.rule_labels, strict=True)):
        if not isinstance(rule, Fix):
            places.setdefault(label, []).append(place)
    return places


def _functions(rule: Rule) -> list[object]:
    """Return the functions that are registered now under the names in a rule; later ones may differ."""
    return [find_rule(part.function) for _, part in parts_of(rule) if isinstance(part, RegisteredCondition)]


def _same_person(context: CompilationContext) -> BlockedPairs:
    everybody = np.arange(len(context.cohort.participants))
    return context.memoise(
        SAME_PERSON, lambda: BlockedPairs.of(SAME_PERSON, context.people_index.places(everybody, everybody))
    )


def _rule_of(label: str, rules: Sequence[Rule], context: CompilationContext, place: str) -> PairRule:
    """Make the rules of one label into one: they are of one kind."""
    rule = rules[0]
    if isinstance(rule, DemandingRule):
        return _demand(label, rule, context, place)
    if isinstance(rule, MinimumScore):
        thresholds = [millionths_at_least(one.at_least) for one in rules if isinstance(one, MinimumScore)]
        return ScoreThreshold(label, max(thresholds))
    if isinstance(rule, Forbid):
        pairs = [
            context.people_index.either_way(*_indices(context.cohort, one))
            for one in rules
            if isinstance(one, Forbid)
        ]
        return BlockedPairs.of(label, *(places for both in pairs for places in both))
    if isinstance(rule, Avoids):
        beside = [pair for one in rules if isinstance(one, Avoids) for pair in one.pairs]
        return avoided_pairs(label, context.cohort, context.people_index, beside)
    return context.memoise(
        ("reporting line", label),
        lambda: reporting_line_pairs(label, context),
    )


def _demand(label: str, rule: DemandingRule, context: CompilationContext, place: str) -> PairRule:
    """Forbid the pairs for which a condition is not true; in a list, where that is what the condition has."""
    condition = compile_condition(rule, context, place)
    allows_unknown = rule.if_unknown == "allow"
    if not isinstance(condition, ListedCondition):
        return ConditionRule(label, condition, allows_unknown=allows_unknown)
    lists = [condition.false] if allows_unknown else [condition.false, condition.unknown]
    return BlockedPairs.of(label, *((pairs.rows, pairs.columns) for pairs in lists))


def _indices(cohort: Cohort, rule: Forbid | Fix) -> Places:
    listed = [(cohort.position[id_key(one)], cohort.position[id_key(other)]) for one, other in rule.pairs]
    ones, others = np.array(listed, dtype=np.int64).reshape(-1, 2).T
    return ones, others


def _refuse_unknown_people(cohort: Cohort, policy: Policy) -> None:
    faults = []
    for place, rule, pair in _named_pairs(policy):
        unknown = [side for side in (0, 1) if id_key(pair[side]) not in cohort.position]
        faults += [
            Fault("nobody in the cohort has this id", column=f"{place}[{side}]", code="unknown-id")
            for side in unknown
        ]
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
