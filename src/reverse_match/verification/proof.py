"""Checks the statements of a certificate: its prices, and the bounds that follow from them, stage by stage.

Under ``max_min`` a certificate states that no other matching has a better worst duo. Its proof is a count
over all pairs. Suppose that the same number of free duos could all score more than the bound. Each of them
would either take up a place of a scarce person, or be a pair without scarce people that scores more. If the
places of the scarce people and the number of such pairs are together smaller than the number of free duos,
that is impossible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE, millionths_of_points, points
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.policy.credits import MOST_POINTS
from reverse_match.verification.people import ROLES, duo_name
from reverse_match.verification.stages import DUO_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Certificate, DuosProof, Matching, QuotaPrice
    from reverse_match.verification.all_pairs import Audit
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.stages import Stages


HIGHEST_PRICE = 1_000_000
"""Largest price, in points. A price sums exchanges of duos, each worth a few points, and stays far below."""

HIGHEST_TOTAL = 10**9
"""Largest total, in points: a hundred million duos, each with the largest worth of a pair."""


def malformed_numbers(matching: Matching, objective: CohortObjective) -> Iterator[Finding]:
    """Check that scores and prices are numbers within their range and on their grid."""
    for duo in matching.duos:
        if not 0 <= duo.score <= 1:
            yield Finding("score", f"{duo_name(duo)} is said to score {duo.score}, which is not from 0 to 1")
    certificate = matching.certificate
    units = None if objective.units == ONE else objective.units
    if certificate.units != units:
        message = f"the certificate counts in units of {certificate.units}, the objective in units of {units}"
        yield Finding("units", message)
    prices = [("a duo", certificate.duo_price)]
    for role, of in zip(ROLES, (certificate.mentor_prices, certificate.mentee_prices), strict=True):
        prices += [(f"{role} '{name}'", price) for name, price in of.items()]
    for what, price in prices:
        lowest = -HIGHEST_PRICE if what == "a duo" and matching.policy_in_force.quotas else 0
        if not lowest <= price <= HIGHEST_PRICE or not objective.is_whole(price):
            unit = "millionths" if objective.units == ONE else "units"
            message = f"the price of {what} is negative, too large, or not a whole number of {unit}"
            yield Finding("price", message)
    yield from _impossible_numbers(certificate)
    yield from _malformed_payments("certificate", certificate.quota_prices or ())
    for name, proof in (("duos_proof", certificate.duos_proof), ("worst_proof", certificate.worst_proof)):
        if proof is not None:
            yield from _malformed_prices(name, proof)


def _impossible_numbers(certificate: Certificate) -> Iterator[Finding]:
    """Check that totals and bounds are of a possible size, so that sums of whole numbers stay exact."""
    for name in ("total", "bound", "relaxed_bound", "gap"):
        number = getattr(certificate, name)
        if number is not None and abs(number) > HIGHEST_TOTAL:
            yield Finding("bound", f"certificate.{name} is no total that there can be")
    for name in ("worst", "worst_bound"):
        number = getattr(certificate, name)
        if number is not None and not 0 <= number <= 1 + MOST_POINTS:  # credits may be included
            yield Finding("worst", f"certificate.{name} is not a score from 0 to 1, nor one with credits")


def _malformed_prices(name: str, proof: DuosProof) -> Iterator[Finding]:
    """Check the prices in a proof of a number of duos; a person's negative price would prove falsehoods."""
    prices = [*proof.mentor_prices.values(), *proof.mentee_prices.values()]
    whole = all(round(price * DUO_UNITS) / DUO_UNITS == price for price in prices if price <= HIGHEST_PRICE)
    if not whole or not all(0 <= price <= HIGHEST_PRICE for price in prices):
        message = f"a price in {name} is negative, too large, or not a whole number of units"
        yield Finding("price", message)
    if abs(proof.bound) > HIGHEST_TOTAL:
        yield Finding("price", f"the bound in {name} is too large to be one")
    yield from _malformed_payments(name, proof.quota_prices)


def _malformed_payments(name: str, prices: Sequence[QuotaPrice]) -> Iterator[Finding]:
    if any(max(abs(price.inside), abs(price.outside)) > HIGHEST_PRICE for price in prices):
        yield Finding("price", f"what duos pay for a quota, in {name}, is too large")


def price_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    """Check that prices and duos fit together.

    If the certificate admits a gap, or prices quotas, its prices need only prove the bounds. Otherwise they
    must also satisfy complementary slackness.
    """
    matching, demands, certificate = claim.matching, claim.demands, claim.matching.certificate
    if (matching.status == "optimal") != certificate.proved:
        yield Finding("gap", f"the status is {matching.status}, which a gap of {certificate.gap} contradicts")
    if claim.objective.kind == "total" and certificate.duo_price:
        yield Finding(
            "price",
            f"the price of a duo is {certificate.duo_price}, which bounds the total of as many duos only; "
            "where their number is open it must be 0",
        )
    tight = certificate.proved and not claim.quotas
    for role, prices in zip(ROLES, (certificate.mentor_prices, certificate.mentee_prices), strict=True):
        priced = {claim.people.place[role][id_key(name)] for name in prices}
        if priced != set(np.flatnonzero(demands.left[role] > 0).tolist()):
            yield Finding("price", f"the {role}s with a price are not those with capacity beside fixed duos")
        for name, price in prices.items():
            has_room = audit.sides[role].has_room[claim.people.place[role][id_key(name)]]
            if tight and price and has_room:
                message = f"{role} '{name}' has capacity left, so the price must be 0, not {price}"
                yield Finding("price", message)
    if tight:
        yield from _tightness_findings(claim, audit)


def _tightness_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    objective, prices = claim.objective, audit.stages.total.prices
    if audit.worst:
        excess, place = audit.worst
        mentor, mentee = claim.names(place)
        more = objective.from_units(excess)
        message = f"'{mentor}' and '{mentee}' are no duo, but worth {more} more than the two prices"
        yield Finding("price", f"{message}: they prove nothing")
    for duo, place in zip(claim.matching.duos, claim.places, strict=True):
        paid = int(prices.of["mentor"][place[0]] + prices.of["mentee"][place[1]]) - prices.duo
        shortfall = paid - objective.worth_of([duo])
        if place not in claim.demands.fixed and shortfall > 0:
            less = objective.from_units(shortfall)
            message = f"{duo_name(duo)} is worth {less} less than the prices of the two"
            yield Finding("optimality", f"{message}: no best matching has it at these prices")


def share_below(bound: int, reached: int) -> float:
    """Return the relative distance of a value from a bound: from 0 to 1, and 0 only if it is not below."""
    return (bound - reached) / max(bound, bound - reached) if bound > reached else 0.0


def bound_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    """Check the proof of each stage, and recompute the bounds and the gap."""
    yield from audit.stages.faults
    yield from _stage_findings(claim, audit.stages)
    certificate, objective, stages = claim.matching.certificate, claim.objective, audit.stages
    most, value = stages.duos.bound // stages.duos.unit, stages.total.bound
    gap = max(
        share_below(most, len(claim.matching.duos)) if objective.kind != "total" else 0.0,
        share_below(value, stages.total.reached),
        _share_below_best_worst(certificate),
    )
    proved = objective.from_units(value)
    if certificate.duos_bound != most:
        message = f"the bound on duos is said to be {certificate.duos_bound}"
        yield Finding("bound", f"{message}, but the scarce people prove {most}")
    if certificate.bound != proved:
        message = f"the bound on the total is said to be {certificate.bound}, but the prices prove {proved}"
        yield Finding("bound", message)
    if certificate.gap != gap:
        yield Finding("gap", f"the gap is said to be {certificate.gap}, but it is {gap}")
    if certificate.pairs_checked != audit.pairs:
        message = f"{certificate.pairs_checked} pairs are said to be checked, but {audit.pairs} are allowed"
        yield Finding("bound", message)


def _stage_findings(claim: Claim, stages: Stages) -> Iterator[Finding]:
    """Check the bounds that are stated beside prices of quotas, and the proofs by cases."""
    certificate = claim.matching.certificate
    if claim.quotas and (certificate.quota_prices is None or certificate.relaxed_bound is None):
        yield Finding("bound", "there are quotas, but the certificate has no prices of them")
        return
    if stages.duos.proof is not None and (certificate.scarce_mentors or certificate.scarce_mentees):
        message = "quotas limit the number of duos, so nobody's capacity does, but somebody is called scarce"
        yield Finding("bound", message)
    for stage in stages.all:
        yield from stage.findings(claim.people)


def worst_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    """Check the worst duo and its bound, and that other objectives state neither."""
    proof, lowest, stage = claim.matching.certificate, claim.lowest, audit.stages.worst
    by_quotas = claim.quotas and claim.matching.duos
    scarce = (proof.worst_scarce_mentors, proof.worst_scarce_mentees)
    stated = (proof.worst, proof.worst_bound, *((proof.worst_proof,) if by_quotas else scarce))
    if claim.objective.kind != "max_min" or lowest is None:
        if any(value is not None for value in stated):
            yield Finding("worst", "a bound on the worst duo is stated, but the objective asks for none")
        return
    if proof.worst != points(lowest):
        message = f"the worst duo is said to score {proof.worst}, but it scores {points(lowest)}"
        yield Finding("worst", message)
    if None in stated or stage is None or millionths_of_points(proof.worst_bound or 0) is None:
        message = "the bound on the worst duo, or who is scarce above it, is missing or malformed"
        yield Finding("worst", message)
        return
    if round((proof.worst_bound or 0) * ONE) < lowest:
        yield Finding("worst", f"the worst duo scores more than its bound {proof.worst_bound}")
    if stage.searched or stage.bound < stage.goal:
        return
    if stage.proof is not None:
        yield Finding("worst", "as many duos could all score more than the bound on the worst duo")
        return
    most, free = stage.proved - stage.fixed, len(claim.matching.duos) - stage.fixed
    room = quantity(most, "duo")
    message = f"the scarce people leave room for {room} scoring more than {proof.worst_bound}"
    yield Finding("worst", f"{message}, so they do not prove it to be the best for the worst of {free}")


def _share_below_best_worst(proof: Certificate) -> float:
    """Return the distance of the worst duo from its bound, as a share of the bound."""
    if not proof.worst_bound or proof.worst is None:
        return 0.0
    bound, reached = round(proof.worst_bound * ONE), round(proof.worst * ONE)
    return (bound - reached) / bound if bound else 0.0
