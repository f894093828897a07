"""Rules compiled for one cohort: each marks the pairs that it forbids.

A forbidden pair never reaches the solver: it does not have a low score, which other scores could outweigh. A
rule that demands a condition forbids the pairs for which the condition is not true.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reverse_match.constraints.compile_condition import compile_condition
from reverse_match.constraints.condition import NO_SCORES, BlockedPairs, PairCondition, all_of, truth_of
from reverse_match.constraints.list_conditions import MOST_LISTED, pairs_either_way
from reverse_match.constraints.rows_and_columns import CompilationContext
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key
from reverse_match.policy import (
    DemandingRule,
    Fix,
    Forbid,
    MinimumScore,
    NotInReportingLine,
    RegisteredCondition,
    Table,
)
from reverse_match.policy.conditions import parts_of
from reverse_match.policy.labels import SAME_PERSON, table_label
from reverse_match.scoring.custom import RULES
from reverse_match.scoring.own_data import table_of
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reverse_match.constraints.condition import Scores, Truth
    from reverse_match.constraints.rows_and_columns import Places
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy, Rule
    from reverse_match.scoring.criterion import Sides


_PAIRS_AT_ONCE = 4_000_000


class PairRule(Protocol):
    """A rule compiled for one cohort; :mod:`.condition` says how rows and columns give pairs."""

    @property
    def label(self) -> str:
        """Label of the rule in reasons and messages."""
        ...

    def find_blocked(self, rows: IntArray, columns: IntArray, scores: Scores) -> Places | BoolArray:
        """Return an index of the pairs that the rule forbids, given their scores in whole millionths.

        The index is a mask, or, for a tile in which they are few, arrays of their rows and columns in it.
        """
        ...

    def among(self, rows: IntArray, columns: IntArray, scores: Scores) -> BoolArray:
        """Return a mask of the listed pairs that the rule forbids, given their scores in whole millionths."""
        ...

    def part(self, rows: IntArray, columns: IntArray) -> PairRule:
        """Return the rule on some rows and some columns, both in ascending order."""
        ...


@dataclass(frozen=True)
class ConditionRule:
    """Forbids the pairs that do not satisfy a condition.

    Attributes
    ----------
    label : str
        Label of the rule.
    condition : PairCondition
        The condition that must be true.
    allows_unknown : bool
        Whether pairs are allowed for which the condition is not known.
    is_minimum_score : bool
        Whether the condition is a minimum score, and nothing else.
    """

    label: str
    condition: PairCondition
    allows_unknown: bool = False
    is_minimum_score: bool = False

    def find_blocked(self, rows: IntArray, columns: IntArray, scores: Scores) -> BoolArray:
        """Return a mask of the pairs that the rule forbids."""
        truth = self.condition.truth(rows, columns, scores)
        return np.less(truth, 0) if self.allows_unknown else np.less_equal(truth, 0)

    among = find_blocked

    def part(self, rows: IntArray, columns: IntArray) -> ConditionRule:
        """Return the rule on some rows and some columns."""
        return replace(self, condition=self.condition.part(rows, columns))


@dataclass(frozen=True)
class Rules:
    """All rules of a policy on one cohort.

    Attributes
    ----------
    forbidding : tuple of PairRule
        The rules that forbid pairs.
    fixed : tuple of (int, int)
        Row and column of each fixed duo, sorted.
    origins : tuple
        For each forbidding rule the values that determine it, so that an equal rule can be reused.
    """

    forbidding: tuple[PairRule, ...]
    fixed: tuple[tuple[int, int], ...]
    origins: tuple[tuple[object, ...], ...] = field(default=(), repr=False)

    def find_by_origin(self, origin: tuple[object, ...]) -> PairRule | None:
        """Return the rule with these origins, or None."""
        return next(
            (rule for rule, known in zip(self.forbidding, self.origins, strict=False) if known == origin),
            None,
        )


def rules_of(
    cohort: Cohort, policy: Policy, sides: Sides, earlier: Rules | None = None, day: date | None = None
) -> Rules:
    """Compile the rules of a policy for a cohort; rules with the same label become one.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy with the rules.
    sides : Sides
        The participants of rows and of columns.
    earlier : Rules, optional
        Compiled rules of another policy on the same sides, of which equal ones are reused.
    day : date, optional
        The day on which ages are computed; it is needed if a rule depends on an age from a birth date.

    Raises
    ------
    PolicyError
        If a rule names a person, a field or a function that is unknown; if it fixes a duo whose people do not
        have these roles; or if it counts months while neither policy nor cohort have a day.
    CohortError
        If a column holds values of another kind than a rule needs.
    """
    _refuse_unknown_people(cohort, policy)
    known = earlier or Rules((), ())
    context = CompilationContext.of(cohort, policy, sides, day)
    meanings = (policy.synonyms, policy.scales, policy.correct_typos, day, context.day)
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
        made = known.find_by_origin(origin) or _rule_of(label, places, policy, context)
        forbidding.append(made)
        origins.append(origin)
    for criterion in policy.criteria:
        if isinstance(criterion, Table):
            origin = (table_label(criterion.name), criterion.model_copy(update={"weight": 0}))
            banning = known.find_by_origin(origin) or _rule_of_table(criterion, context)
            if banning is not None:
                forbidding.append(banning)
                origins.append(origin)
    fixed: set[tuple[int, int]] = set()
    for rule in policy.rules:
        if isinstance(rule, Fix):
            duos = [[cohort.position[id_key(name)] for name in pair] for pair in rule.pairs]
            mentors, mentees = np.array(duos, dtype=np.int64).reshape(-1, 2).T
            rows, columns = context.people_index.places(mentors, mentees)
            fixed.update(zip(rows.tolist(), columns.tolist(), strict=True))
    return Rules(tuple(forbidding), tuple(sorted(fixed)), tuple(origins))


def _rule_of_table(criterion: Table, context: CompilationContext) -> PairRule | None:
    """Return the rule that forbids the pairs for which a table has null; ``None`` if there are none."""
    from reverse_match.scoring.known_pairs import forbidden_in  # few policies have tables

    label = table_label(criterion.name)
    banned = forbidden_in(table_of(criterion), context.cohort, context.sides, MOST_LISTED)
    if not isinstance(banned, tuple):
        return ConditionRule(label, PairCondition(partial(_look_up_allowed, ~banned)))
    return BlockedPairs.of(label, banned) if len(banned[0]) else None


def _look_up_allowed(allowed: BoolArray, rows: IntArray, columns: IntArray, _: Scores) -> Truth:
    if rows.ndim != 2:
        return truth_of(allowed[rows, columns])
    here, there = rows.ravel(), columns.ravel()
    if _follow(here) and _follow(there):  # a tile of neighbours, as nearly all are
        return truth_of(allowed[here[0] : here[-1] + 1, there[0] : there[-1] + 1].copy())
    return truth_of(allowed[rows, columns])


def _follow(places: IntArray) -> bool:
    """Say whether ascending places have no gap."""
    return len(places) > 0 and int(places[-1] - places[0]) + 1 == len(places)


def number_forbidden(rule: PairRule, rules: Rules, shape: tuple[int, int]) -> int:
    """Return the number of pairs of two different people that a rule forbids; it must not look at scores."""
    same = next(one for one in rules.forbidding if one.label == SAME_PERSON)
    if isinstance(rule, BlockedPairs) and isinstance(same, BlockedPairs):
        return len(rule.rows) - int(same.among(rule.rows, rule.columns).sum())
    total = 0
    for rows in slices(shape[0], max(1, _PAIRS_AT_ONCE // max(1, shape[1]))):
        here, there = np.ogrid[rows, : shape[1]]
        marks = np.zeros((rows.stop - rows.start, shape[1]), dtype=bool)
        marks[rule.find_blocked(here, there, NO_SCORES)] = True
        marks[same.find_blocked(here, there, NO_SCORES)] = False
        total += int(marks.sum())
    return total


def _rules_by_label(policy: Policy) -> dict[str, list[int]]:
    """Return the indices of the forbidding rules in the policy, by their label."""
    places: dict[str, list[int]] = {}
    for place, (rule, label) in enumerate(zip(policy.rules, policy.rule_labels, strict=True)):
        if not isinstance(rule, Fix):
            places.setdefault(label, []).append(place)
    return places


def _functions(rule: Rule) -> list[object]:
    """Return the functions now registered under the names in a rule; others may replace them later."""
    return [RULES.get(part.function) for _, part in parts_of(rule) if isinstance(part, RegisteredCondition)]


def _same_person(context: CompilationContext) -> BlockedPairs:
    everybody = np.arange(len(context.cohort.participants))
    return context.memoise(
        SAME_PERSON, lambda: BlockedPairs.of(SAME_PERSON, context.people_index.places(everybody, everybody))
    )


def _rule_of(label: str, places: Sequence[int], policy: Policy, context: CompilationContext) -> PairRule:
    """Compile the rules of one label, which are of one kind, into one rule."""
    rules = [policy.rules[place] for place in places]
    if isinstance(rules[0], Forbid):
        forbidden = [pair for rule in rules if isinstance(rule, Forbid) for pair in rule.pairs]
        return pairs_either_way(label, forbidden, context)
    if isinstance(rules[0], NotInReportingLine):
        if any(getattr(rule, "waivers", ()) for rule in rules):  # then it depends on more than the people
            return _demand(label, rules, places, context)
        return context.memoise(("reporting line", label), lambda: _demand(label, rules, places, context))
    return _demand(label, rules, places, context)


def _demand(
    label: str, rules: Sequence[Rule], places: Sequence[int], context: CompilationContext
) -> PairRule:
    """Forbid the pairs for which a condition is not true: by a list, if each condition has a list."""
    first_places: dict[Rule, int] = {}
    for place, rule in zip(places, rules, strict=True):
        first_places.setdefault(rule, place)
    conditions = [compile_condition(rule, context, f"rules[{place}]") for rule, place in first_places.items()]
    allows_unknown = isinstance(rules[0], DemandingRule) and rules[0].if_unknown == "allow"
    exceptions = [condition.exceptions for condition in conditions if condition.exceptions is not None]
    if len(exceptions) == len(conditions):
        return BlockedPairs.union(
            label, [pairs for lists in exceptions for pairs in (lists[:1] if allows_unknown else lists)]
        )
    return ConditionRule(label, all_of(conditions), allows_unknown, isinstance(rules[0], MinimumScore))


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
