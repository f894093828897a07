"""Whether quotas have left any duo.

A share of no duos holds, whatever it is. So shares that exclude each other could be kept by forming nothing.
That is a conflict and no matching, wherever some duo is possible. In a plan over several rounds one round may
be empty beside others that are not: then the duos of these stand beside its policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching.results.matching import Matching
    from reverse_match.verification.all_pairs import Audit


def emptiness_findings(matching: Matching, audit: Audit) -> Iterator[Finding]:
    """Refuse a matching of nobody where quotas alone stand against a duo."""
    if matching.policy.quotas and not matching.duos and audit.pairs and not matching.added.other_rounds:
        message = (
            f"no duo is formed, though {audit.pairs} pairs could be one: quotas that leave none conflict"
        )
        yield Finding("quota", message)
