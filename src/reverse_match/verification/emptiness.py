"""Whether quotas have left any duo.

A share of no duos holds, whatever it is, so that shares which exclude each other would be kept by forming
nothing. That is a conflict and no matching, wherever some duo is possible. Of a plan over several rounds one
may be empty beside others that are not: then its policy names their duos.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching import Matching
    from reverse_match.verification.audit import Audit

OTHER_ROUNDS = "other rounds of the plan"
"""Name of the rule that forbids the duos of the other rounds."""


def emptiness_findings(matching: Matching, audit: Audit) -> Iterator[Finding]:
    """Refuse a matching of nobody where quotas alone stand against a duo."""
    beside_others = any(getattr(rule, "name", None) == OTHER_ROUNDS for rule in matching.policy.rules)
    if matching.policy.quotas and not matching.duos and audit.pairs and not beside_others:
        message = (
            f"no duo is formed, though {audit.pairs} pairs could be one: quotas that leave none conflict"
        )
        yield Finding("quota", message)
