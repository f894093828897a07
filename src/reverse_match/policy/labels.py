"""Labels of rules in reasons and messages: the rule's name, else its kind, else its distinguishing values.

Rules with the same label count as one rule: two lists of forbidden pairs, or one rule stated twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.conditions import direct_parts
from reverse_match.policy.rules import AvoidsRule, Fix, Forbid, MinimumScoreRule, NotInReportingLineRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.policy.rules import Rule
    from reverse_match.policy.values import PolicyData

SAME_PERSON = "same_person"
"""The label of the rule that every policy has: nobody is paired with themselves."""

SITS_OUT = "capacity"
"""The label under which partners with capacity 0 are counted."""

TABLE = "table"
"""The first word of the label under which a table of scores forbids pairs."""

FORMER_CIRCLE = "former circle"
"""The label under which partners of former circles are counted, where new ones are formed."""

WITHIN_CIRCLE = "conditions within a circle"
"""The label under which partners are counted whom a condition within circles keeps apart."""

_MERGED = (AvoidsRule, Fix, Forbid, MinimumScoreRule, NotInReportingLineRule)
"""Kinds of which several rules count as one."""

_SAID_ALONE = ("of", "field", "function")
"""Fields whose values appear in labels without the name of the field."""


def labels_of(rules: Sequence[Rule]) -> list[str]:
    """Return the label of each rule.

    Examples
    --------
    >>> from reverse_match.policy.rules import DifferentRule, MinimumScoreRule, SameRule
    >>> labels_of([DifferentRule(field="gender"), DifferentRule(field="department", prefix=1)])
    ['different gender', 'different department']
    >>> labels_of([SameRule(field="location"), MinimumScoreRule(at_least=0.2, name="good enough")])
    ['same', 'good enough']
    """
    labels_by_rule = {kind: _distinguishing_labels(rivals) for kind, rivals in _unnamed_rules(rules).items()}
    labels = []
    for rule in rules:
        if isinstance(rule, _MERGED):
            labels.append(rule.kind if isinstance(rule, Fix) else rule.name or rule.kind)
        else:
            labels.append(rule.name or labels_by_rule[rule.kind][rule])
    return labels


def table_label(name: str) -> str:
    """Return the label under which a criterion of kind ``table`` forbids pairs.

    Examples
    --------
    >>> table_label("interview")
    'table interview'
    """
    return f"{TABLE} {name}"


def _unnamed_rules(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """Return the distinct rules without a name, by their kind."""
    rivals: dict[str, dict[Rule, None]] = {}
    for rule in rules:
        if not isinstance(rule, _MERGED) and not rule.name:
            rivals.setdefault(rule.kind, {})[rule] = None
    return {kind: list(of_kind) for kind, of_kind in rivals.items()}


def _distinguishing_labels(rivals: Sequence[Rule]) -> dict[Rule, str]:
    """Return for rules of one kind the shortest labels that all differ, with a number as the last resort."""
    describing: list[Callable[[PolicyData], str]] = [lambda one: _kind(one), describe_briefly, describe_fully]
    for describe in describing:
        texts = [describe(rival) for rival in rivals]
        if len(set(texts)) == len(rivals):
            return dict(zip(rivals, texts, strict=True))
    return {rival: f"{describe_fully(rival)} ({number})" for number, rival in enumerate(rivals, 1)}


def _kind(rule: PolicyData) -> str:
    return str(type(rule).model_fields["kind"].default)


def describe_briefly(condition: PolicyData) -> str:
    """Describe a condition by its kind, and by its field or function.

    Examples
    --------
    >>> from reverse_match.policy.conditions import GapBetween
    >>> describe_briefly(GapBetween(field="age", at_least=5))
    'gap_between age'
    """
    said = condition.model_dump(mode="json", include=set(_SAID_ALONE))
    return _text(condition, [str(said[name]) for name in _SAID_ALONE if name in said], describe_briefly)


def describe_fully(condition: PolicyData) -> str:
    """Describe a condition by all its values except lists of people and of skills.

    Examples
    --------
    >>> from reverse_match.policy.conditions import GapBetween, Not
    >>> describe_fully(Not(condition=GapBetween(field="age", at_least=5)))
    'not (gap_between age at_least 5)'
    """
    said = condition.model_dump(mode="json", exclude_defaults=True)
    hidden = {"kind", "name", "duos", "pairs", "skills", "waived", "condition", "conditions"}
    words = [str(said[name]) for name in _SAID_ALONE if name in said]
    words += [
        f"{name} {_as_text(value)}"
        for name, value in said.items()
        if name not in hidden and name not in _SAID_ALONE
    ]
    return _text(condition, words, describe_fully)


def _as_text(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)


def _text(condition: PolicyData, words: Sequence[str], describe: Callable[[PolicyData], str]) -> str:
    parts = direct_parts(condition)
    listed = [f"({', '.join(map(describe, parts))})"] if parts else []
    return " ".join([_kind(condition), *words, *listed])
