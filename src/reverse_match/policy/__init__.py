"""Everything that is a choice: criteria, rules, quotas, objective, seed. Plain data for JSON or TOML.

A policy says *what* is wanted; how it is computed stands in ``scoring`` and ``constraints``. The models
refuse unknown names, so that a misspelt key is an error and never a default.
"""

from reverse_match.policy.conditions import (
    AllOf,
    AnyOf,
    Avoids,
    Condition,
    Different,
    GapBetween,
    Listed,
    MinimumScore,
    Not,
    NotInReportingLine,
    NotMetBefore,
    OverlappingHours,
    RegisteredCondition,
    Require,
    Same,
    Shared,
)
from reverse_match.policy.credits import Credit
from reverse_match.policy.criteria import (
    Coverage,
    Criterion,
    Custom,
    Difference,
    Gap,
    Overlap,
    Sameness,
    Wants,
)
from reverse_match.policy.policy import Fair, Objective, Policy, RotationTerms
from reverse_match.policy.quotas import CountQuota, DuosQuota, EachQuota, Quota, ShareQuota
from reverse_match.policy.rules import DemandingRule, Fix, Forbid, Rule

__all__ = [
    "AllOf",
    "AnyOf",
    "Avoids",
    "Condition",
    "CountQuota",
    "Coverage",
    "Credit",
    "Criterion",
    "Custom",
    "DemandingRule",
    "Difference",
    "Different",
    "DuosQuota",
    "EachQuota",
    "Fair",
    "Fix",
    "Forbid",
    "Gap",
    "GapBetween",
    "Listed",
    "MinimumScore",
    "Not",
    "NotInReportingLine",
    "NotMetBefore",
    "Objective",
    "Overlap",
    "OverlappingHours",
    "Policy",
    "Quota",
    "RegisteredCondition",
    "Require",
    "RotationTerms",
    "Rule",
    "Same",
    "Sameness",
    "ShareQuota",
    "Shared",
    "Wants",
]
