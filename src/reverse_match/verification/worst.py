"""What a certificate says of the worst duo, under ``max_min``: that no other matching has a better one.

The proof is a count over all pairs. If so many free duos could all score more than the bound, each of them
would use up capacity of somebody scarce, or be a pair that scores more and has nobody scarce in it; where
both together are fewer than the free duos there are, they cannot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import Finding
from reverse_match.plural import counted
from reverse_match.scoring.grid import ONE, millionths_of_points, points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.matching import Certificate, Matching
    from reverse_match.verification.audit import Audit
    from reverse_match.verification.demands import Demands


def worst_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Check the worst duo and its bound, and that other objectives say nothing of them."""
    proof = matching.certificate
    stated: tuple[object, ...] = (
        proof.worst,
        proof.worst_bound,
        proof.worst_scarce_mentors,
        proof.worst_scarce_mentees,
    )
    if audit.proofs is not None and matching.duos:
        stated = (proof.worst, proof.worst_bound, proof.worst_proof, proof.worst_proof)
    if audit.goal.kind != "max_min" or audit.lowest is None:
        if any(value is not None for value in stated):
            yield Finding("worst", "a bound on the worst duo is stated, but the objective asks for none")
        return
    if proof.worst != points(audit.lowest):
        yield Finding(
            "worst", f"the worst duo is said to score {proof.worst}, but it scores {points(audit.lowest)}"
        )
    if None in stated or millionths_of_points(proof.worst_bound or 0) is None:
        yield Finding(
            "worst", "the bound on the worst duo, or who is scarce above it, is missing or malformed"
        )
        return
    if round((proof.worst_bound or 0) * ONE) < audit.lowest:
        yield Finding("worst", f"the worst duo scores more than its bound {proof.worst_bound}")
    if audit.proofs is not None:
        return  # who looks at the proofs of quotas checks it
    most = audit.above
    for role, left in demands.left.items():
        most += int(np.maximum(left, 0)[audit.worst_scarce[role]].sum())
    free = len(matching.duos) - len(demands.fixed & audit.formed)
    if most >= free:
        yield Finding(
            "worst",
            f"the scarce people leave room for {counted(most, 'duo')} scoring more than {proof.worst_bound}, "
            f"so they do not prove it to be the best for the worst of {free}",
        )


def share_below_best_worst(proof: Certificate) -> float:
    """Return how far the worst duo can be from the best possible, as a share of that."""
    if not proof.worst_bound or proof.worst is None:
        return 0.0
    bound, reached = round(proof.worst_bound * ONE), round(proof.worst * ONE)
    return (bound - reached) / bound if bound else 0.0
