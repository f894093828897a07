"""Everything that is a choice: criteria, rules, quotas, objective, seed. Plain data for JSON or TOML.

A policy says *what* is wanted; how it is computed stands in ``scoring`` and ``constraints``. The models
refuse unknown names, so that a misspelt key is an error and never a default.
"""

from reverse_match.policy.criteria import (
    Coverage,
    Criterion,
    Custom,
    Difference,
    Gap,
    Overlap,
    Sameness,
)
from reverse_match.policy.objective import Fair, Objective
from reverse_match.policy.policy import Policy
from reverse_match.policy.rules import Fix, Forbid, MinimumScore, NotInReportingLine, Rule

__all__ = [
    "Coverage",
    "Criterion",
    "Custom",
    "Difference",
    "Fair",
    "Fix",
    "Forbid",
    "Gap",
    "MinimumScore",
    "NotInReportingLine",
    "Objective",
    "Overlap",
    "Policy",
    "Rule",
    "Sameness",
]
