"""Checks what a certificate states of lacking duos: those that lack what the policy asks as far as possible.

The proof of the total may charge each of them a price P. Let its prices bound the total of every matching
that has no more of them by B, without fixed duos. A matching with k of them fewer then has a total of at most
B - k P, and no total is negative. So no matching has more than B / P fewer. A proof of its own, where there
is one, bounds the number of the other duos (:mod:`.stages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.plural import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.verification.claim import Claim
    from reverse_match.verification.stages import Stages


def lacking_findings(claim: Claim, stages: Stages) -> Iterator[Finding]:
    """Check the number of lacking duos, and the bound on it."""
    proof, quota = claim.matching.certificate, claim.lacking
    stated = proof.lacking_bound, proof.lacking_price, proof.lacking_proof
    if quota is None:
        if proof.lacking is not None or any(one is not None for one in stated):
            yield Finding("lacking", "lacking duos are told of, but the policy asks for nothing")
        return
    true = claim.lacking_duos
    if proof.lacking != true:
        message = f"{quantity(true, 'duo')} lack what the policy asks as far as possible"
        yield Finding("lacking", f"{message}, but the certificate says {proof.lacking}")
    if claim.objective.kind == "total":
        if any(one is not None for one in stated):
            yield Finding("lacking", "a bound on lacking duos is stated, but the objective asks for none")
        return
    least = least_lacking(claim, stages)
    if proof.lacking_price is None or proof.lacking_bound != least:
        message = f"the bound on lacking duos is said to be {proof.lacking_bound}"
        yield Finding("lacking", f"{message}, but the prices prove {least}")


def least_lacking(claim: Claim, stages: Stages) -> int:
    """Return the lower bound on the number of lacking duos that the proofs show."""
    if claim.lacking is None:
        return 0
    people = claim.matching.certificate.people
    if people is not None and people.proved:
        return claim.lacking_duos
    if stages.lacking is not None:
        return len(claim.matching.duos) - stages.lacking.bound // stages.lacking.unit
    fixed = int(claim.lacking.loads(sorted(claim.demands.fixed & claim.formed))[0])
    free = claim.lacking_duos - fixed
    price = claim.objective.to_units(claim.matching.certificate.lacking_price or 0)
    if price <= 0:
        return fixed
    worth = claim.objective.worth_of([duo for duo in claim.matching.duos if duo.fixed])
    return fixed + max(0, free - max(0, (stages.total.proved - worth) // price))
