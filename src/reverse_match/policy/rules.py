"""Rules as a user writes them: each forbids or demands pairs.

Each kind of condition is also a kind of rule, which demands that the condition is true of every duo.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from reverse_match.foundation.records import Day
from reverse_match.policy import conditions
from reverse_match.policy.conditions import Condition, Conditions  # noqa: F401 - fields of the base classes
from reverse_match.policy.values import Pair, PolicyData, is_none

if TYPE_CHECKING:
    from collections.abc import Iterable


class _NamedRule(PolicyData):
    name: Annotated[str, Field(min_length=1)] | None = Field(default=None, exclude_if=is_none)
    """Name of the rule in reasons and messages, instead of its kind."""


class DemandingRule(_NamedRule):
    """A rule that demands a condition of every duo, and forbids or allows pairs for which it is not known."""

    if_unknown: Literal["forbid", "allow"] = Field(
        default="forbid", exclude_if=lambda answer: answer == "forbid"
    )
    """Whether the rule forbids or allows a pair for which the condition is not known."""


class DifferentRule(DemandingRule, conditions.Different):
    """Forbids duos of two people with the same text in a field."""


class SameRule(DemandingRule, conditions.Same):
    """Allows only duos of two people with the same text in a field."""


class SharedRule(DemandingRule, conditions.Shared):
    """Allows only duos of two people who have names in common, such as languages."""


class TeachesRule(DemandingRule, conditions.Teaches):
    """Allows only duos in which there is something to learn: one offers a skill that the other seeks."""


class AmongRule(DemandingRule, conditions.Among):
    """Allows only duos in which what one person has stands in a list of the other, in another field."""


class GapBetweenRule(DemandingRule, conditions.GapBetween):
    """Allows only duos in which the difference of two numbers, mentee minus mentor, is within bounds."""


class OverlappingHoursRule(DemandingRule, conditions.OverlappingHours):
    """Allows only duos of two people who have working hours in common, in summer and in winter."""


class CommonTimeRule(DemandingRule, conditions.HasCommonTime):
    """Allows only duos of two people who have time in common in their weeks."""


class NotMetBeforeRule(DemandingRule, conditions.NotMetBefore):
    """Forbids duos of two people who were a duo in the past, unless it ended long enough ago."""


class RequireRule(DemandingRule, conditions.Require):
    """Allows only duos in which a statement is true of the mentor, of the mentee, or of both."""


class ListedRule(DemandingRule, conditions.Listed):
    """Allows only duos of a list."""


class RegisteredRule(DemandingRule, conditions.RegisteredCondition):
    """Allows only duos that a user's own function allows."""


class AllOfRule(DemandingRule, conditions.AllOf):
    """Allows only duos for which all conditions of a list are true."""


class AnyOfRule(DemandingRule, conditions.AnyOf):
    """Allows only duos for which at least one condition of a list is true."""


class NotRule(DemandingRule, conditions.Not):
    """Allows only duos for which a condition is false."""


class Waiver(PolicyData):
    """A pair that a rule lets through, with who decided so and why.

    Examples
    --------
    >>> Waiver(mentor="lea", mentee="marc", reason="they asked for it", author="HR").mentor
    'lea'
    """

    mentor: Annotated[str, Field(min_length=1)]
    """Id of the mentor; the same two people in exchanged roles are another pair."""
    mentee: Annotated[str, Field(min_length=1)]
    """Id of the mentee."""
    reason: Annotated[str, Field(min_length=1)]
    """Why the pair is let through."""
    author: Annotated[str, Field(min_length=1)]
    """Who decided so."""
    on: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which it was decided; it changes nothing."""

    @property
    def pair(self) -> Pair:
        """The ids of the pair, mentor first."""
        return self.mentor, self.mentee


class NotInReportingLineRule(_NamedRule, conditions.NotInReportingLine):
    """Forbids duos of a person and somebody above them in the chain of managers, whoever is the mentor."""

    waivers: tuple[Waiver, ...] = Field(default=(), exclude_if=operator.not_, max_length=10_000)
    """Pairs that the rule lets through, each with a reason and an author. Ids of people who are not in the
    cohort are ignored, and a note says so."""


class AvoidsRule(_NamedRule, conditions.Avoids):
    """Forbids duos of two people one of whom avoids the other, by the column ``avoids``."""


class PersonalRulesRule(DemandingRule, conditions.PersonalRules):
    """Allows only duos in which all musts that the two have stated about each other are fulfilled."""


class MinimumScoreRule(_NamedRule, conditions.MinimumScore):
    """Forbids duos whose score is below a minimum."""


class Forbid(_NamedRule):
    """Forbids duos of listed pairs of people, whoever would be the mentor."""

    kind: Literal["forbid"] = "forbid"
    pairs: tuple[Pair, ...]
    """Pairs of ids, in any order."""


class Fix(PolicyData):
    """Demands listed duos: every matching has them."""

    kind: Literal["fix"] = "fix"
    pairs: tuple[Pair, ...]
    """Pairs of ids, mentor first."""


Rule = Annotated[
    NotInReportingLineRule
    | AvoidsRule
    | Forbid
    | Fix
    | PersonalRulesRule
    | MinimumScoreRule
    | DifferentRule
    | SameRule
    | SharedRule
    | TeachesRule
    | AmongRule
    | GapBetweenRule
    | OverlappingHoursRule
    | CommonTimeRule
    | NotMetBeforeRule
    | RequireRule
    | ListedRule
    | RegisteredRule
    | AllOfRule
    | AnyOfRule
    | NotRule,
    Field(discriminator="kind"),
]


def waivers_of(rules: Iterable[Rule]) -> list[Waiver]:
    """Return the waivers of some rules, in their order."""
    return [one for rule in rules if isinstance(rule, NotInReportingLineRule) for one in rule.waivers]


KINDS_OF_RULES = frozenset(model.model_fields["kind"].default for model in get_args(get_args(Rule)[0]))
"""Names of all kinds of rules, none of which may be the name of a rule."""
