"""What forbids or demands a duo: rules as a user writes them.

Each kind of condition is a kind of rule, too: the rule demands that its condition is true of every duo.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from reverse_match.policy import conditions
from reverse_match.policy.conditions import Condition, Conditions  # noqa: F401 - fields of the base classes
from reverse_match.policy.values import Pair, PolicyData, is_none


class _NamedRule(PolicyData):
    name: Annotated[str, Field(min_length=1)] | None = Field(default=None, exclude_if=is_none)
    """What the rule is called in reasons and messages, instead of its kind."""


class DemandingRule(_NamedRule):
    """A condition that must be true of every duo, and what happens where it is not known."""

    if_unknown: Literal["forbid", "allow"] = Field(
        default="forbid", exclude_if=lambda answer: answer == "forbid"
    )
    """Whether a pair for which the condition is not known may be a duo."""


class DifferentRule(DemandingRule, conditions.Different):
    """No duo of two people with the same text in a field."""


class SameRule(DemandingRule, conditions.Same):
    """Only duos of two people with the same text in a field."""


class SharedRule(DemandingRule, conditions.Shared):
    """Only duos of two people who have names in common, such as languages."""


class GapBetweenRule(DemandingRule, conditions.GapBetween):
    """Only duos in which the difference of two numbers, mentee minus mentor, is within bounds."""


class OverlappingHoursRule(DemandingRule, conditions.OverlappingHours):
    """Only duos of two people who have working hours in common, in summer and in winter."""


class NotMetBeforeRule(DemandingRule, conditions.NotMetBefore):
    """No duo of two people who were one in the past, unless long ago."""


class RequireRule(DemandingRule, conditions.Require):
    """Only duos with a mentor, a mentee, or two people, of whom something is true."""


class ListedRule(DemandingRule, conditions.Listed):
    """Only duos of a list."""


class RegisteredRule(DemandingRule, conditions.RegisteredCondition):
    """Only duos that a user's own function allows."""


class AllOfRule(DemandingRule, conditions.AllOf):
    """Only duos for which every one of some conditions is true."""


class AnyOfRule(DemandingRule, conditions.AnyOf):
    """Only duos for which at least one of some conditions is true."""


class NotRule(DemandingRule, conditions.Not):
    """Only duos for which a condition is false."""


class NotInReportingLineRule(_NamedRule, conditions.NotInReportingLine):
    """No duo of a person and somebody above them in the chain of managers, in either direction."""


class AvoidsRule(_NamedRule, conditions.Avoids):
    """No duo of two people one of whom avoids the other: says so in the column ``avoids``."""


class MinimumScoreRule(_NamedRule, conditions.MinimumScore):
    """No duo scores less than this."""


class Forbid(_NamedRule):
    """These people form no duo, whoever would be the mentor."""

    kind: Literal["forbid"] = "forbid"
    pairs: tuple[Pair, ...]
    """Pairs of ids."""


class Fix(PolicyData):
    """These duos are formed."""

    kind: Literal["fix"] = "fix"
    pairs: tuple[Pair, ...]
    """Pairs of ids, mentor first."""


Rule = Annotated[
    NotInReportingLineRule
    | AvoidsRule
    | Forbid
    | Fix
    | MinimumScoreRule
    | DifferentRule
    | SameRule
    | SharedRule
    | GapBetweenRule
    | OverlappingHoursRule
    | NotMetBeforeRule
    | RequireRule
    | ListedRule
    | RegisteredRule
    | AllOfRule
    | AnyOfRule
    | NotRule,
    Field(discriminator="kind"),
]

KINDS_OF_RULES = frozenset(model.model_fields["kind"].default for model in get_args(get_args(Rule)[0]))
"""Which a rule's own name must not be."""
