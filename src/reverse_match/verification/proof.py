"""What a certificate says: its prices, and the two bounds that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.policy.credits import MOST_POINTS
from reverse_match.verification.duos import share_below_best_worst
from reverse_match.verification.exact import exact_product
from reverse_match.verification.people import duo_name, loads_of
from reverse_match.verification.quotas import DUO_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Certificate, DuosProof, Matching, QuotaPrice
    from reverse_match.verification.all_pairs import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Role


HIGHEST_PRICE = 1_000_000
"""Points. A price is a sum along exchanges of duos, each worth a few points, so it never comes near."""

HIGHEST_TOTAL = 10**9
"""Points: a hundred million duos, each with all that a pair can be worth."""


def malformed_numbers(matching: Matching, objective: CohortObjective) -> Iterator[Finding]:
    """Check that scores and prices are numbers in the range and on the grid that they must have."""
    for duo in matching.duos:
        if not 0 <= duo.score <= 1:
            yield Finding("score", f"{duo_name(duo)} is said to score {duo.score}, which is not from 0 to 1")
    certificate = matching.certificate
    units = None if objective.units == ONE else objective.units
    if certificate.units != units:
        yield Finding(
            "units",
            f"the certificate counts in units of {certificate.units}, the objective in units of {units}",
        )
    prices = [("a duo", certificate.duo_price)]
    prices += [(f"mentor '{name}'", price) for name, price in certificate.mentor_prices.items()]
    prices += [(f"mentee '{name}'", price) for name, price in certificate.mentee_prices.items()]
    for what, price in prices:
        lowest = -HIGHEST_PRICE if what == "a duo" and matching.policy_in_force.quotas else 0
        if not lowest <= price <= HIGHEST_PRICE or not objective.is_whole(price):
            unit = "millionths" if objective.units == ONE else "units"
            yield Finding(
                "price", f"the price of {what} is negative, too large, or not a whole number of {unit}"
            )
    yield from _impossible_numbers(certificate)
    yield from _malformed_payments("certificate", certificate.quota_prices or ())
    for name, proof in (("duos_proof", certificate.duos_proof), ("worst_proof", certificate.worst_proof)):
        if proof is not None:
            yield from _malformed_prices(name, proof)


def _impossible_numbers(certificate: Certificate) -> Iterator[Finding]:
    """Check that totals and bounds are of a possible size, so that sums of whole numbers stay exact."""
    numbers = {
        "total": certificate.total,
        "bound": certificate.bound,
        "relaxed_bound": certificate.relaxed_bound,
        "gap": certificate.gap,
    }
    for name, number in numbers.items():
        if number is not None and abs(number) > HIGHEST_TOTAL:
            yield Finding("bound", f"certificate.{name} is no total that there can be")
    for name, number in (("worst", certificate.worst), ("worst_bound", certificate.worst_bound)):
        if number is not None and not 0 <= number <= 1 + MOST_POINTS:  # credits may count there
            yield Finding("worst", f"certificate.{name} is not a score from 0 to 1, nor one with credits")


def _malformed_prices(name: str, proof: DuosProof) -> Iterator[Finding]:
    """Check the prices in a proof of a number of duos: a price of a person below 0 would prove falsehoods."""
    prices = [*proof.mentor_prices.values(), *proof.mentee_prices.values()]
    whole = all(round(price * DUO_UNITS) / DUO_UNITS == price for price in prices if price <= HIGHEST_PRICE)
    if not whole or not all(0 <= price <= HIGHEST_PRICE for price in prices):
        message = f"a price in {name} is negative, too large, or not a whole number of units"
        yield Finding("price", message)
    if abs(proof.bound) > HIGHEST_TOTAL:
        yield Finding("price", f"the bound in {name} is too large to be one")
    yield from _malformed_payments(name, proof.quota_prices)


def _malformed_payments(name: str, prices: Sequence[QuotaPrice]) -> Iterator[Finding]:
    if (
        max((abs(end) for price in prices for end in (price.inside, price.outside)), default=0)
        > HIGHEST_PRICE
    ):
        yield Finding("price", f"what duos pay for a quota, in {name}, is too large")


def price_findings(
    matching: Matching, people: PeopleIndex, demands: Demands, audit: Audit
) -> Iterator[Finding]:
    """Check that prices and duos fit together.

    Where a gap is admitted, or quotas are priced, prices need only prove the bounds. Else the conditions of
    complementary slackness hold, too.
    """
    certificate = matching.certificate
    if (matching.status == "optimal") != certificate.proved:
        yield Finding("gap", f"the status is {matching.status}, which a gap of {certificate.gap} contradicts")
    if audit.objective.kind == "total" and certificate.duo_price:
        yield Finding(
            "price",
            f"the price of a duo is {certificate.duo_price}, which bounds the total of as many duos only; "
            "where their number is open it must be 0",
        )
    loads = loads_of(matching, people)
    for row, column in demands.fixed & audit.formed:
        loads["mentor"][row] -= 1
        loads["mentee"][column] -= 1
    stated: dict[Role, dict[str, float]] = {
        "mentor": certificate.mentor_prices,
        "mentee": certificate.mentee_prices,
    }
    for role, prices in stated.items():
        priced = {people.place[role][id_key(name)] for name in prices}
        if priced != set(np.flatnonzero(demands.left[role] > 0).tolist()):
            yield Finding("price", f"the {role}s with a price are not those with capacity beside fixed duos")
        for name, price in prices.items():
            place = people.place[role][id_key(name)]
            has_left = loads[role][place] < demands.left[role][place]
            if price and has_left and certificate.proved and audit.proofs is None:
                yield Finding(
                    "price",
                    f"{role} '{name}' has capacity left, so the price must be 0, not {price}",
                )
    if certificate.proved and audit.proofs is None:
        yield from _tightness_findings(matching, people, demands, audit)


def _tightness_findings(
    matching: Matching, people: PeopleIndex, demands: Demands, audit: Audit
) -> Iterator[Finding]:
    if audit.worst:
        excess, (row, column) = audit.worst
        mentor, mentee = people.of["mentor"][row].id, people.of["mentee"][column].id
        more = audit.objective.from_units(excess)
        message = f"'{mentor}' and '{mentee}' are no duo, but worth {more} more than the two prices"
        yield Finding("price", f"{message}: they prove nothing")
    for duo in matching.duos:
        row, column = place = people.at(duo.mentor, duo.mentee)
        prices = int(audit.price["mentor"][row] + audit.price["mentee"][column]) - audit.duo_price
        shortfall = prices - audit.objective.worth_of([duo])
        if place not in demands.fixed and shortfall > 0:
            less = audit.objective.from_units(shortfall)
            message = f"{duo_name(duo)} is worth {less} less than the prices of the two"
            yield Finding("optimality", f"{message}: no best matching has it at these prices")


def share_below(bound: int, reached: int) -> float:
    """Return by what share a value is below a bound: from 0 to 1, and 0 only if it is not below."""
    return (bound - reached) / max(bound, bound - reached) if bound > reached else 0.0


def bound_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Recompute both bounds and the gap."""
    certificate, objective = matching.certificate, audit.objective
    fixed = len(demands.fixed)
    free = len(matching.duos) - len(demands.fixed & audit.formed)
    most = audit.untouched + fixed
    value = audit.excess - audit.duo_price * free
    for role, left in demands.left.items():
        most += int(np.maximum(left, 0)[audit.scarce[role]].sum())
        value += exact_product(np.maximum(left, 0), audit.price[role])
    value += objective.worth_of([duo for duo in matching.duos if duo.fixed])
    if audit.proofs is not None:
        most, value = most if audit.proofs.most_duos is None else audit.proofs.most_duos, audit.proofs.highest
        yield from audit.proofs.findings()
    total = objective.to_units(certificate.total)
    gap = max(
        share_below(most, len(matching.duos)) if objective.kind != "total" else 0.0,
        share_below(value, total),
        share_below_best_worst(certificate),
    )
    if certificate.duos_bound != most:
        yield Finding(
            "bound",
            f"the bound on duos is said to be {certificate.duos_bound}, but the scarce people prove {most}",
        )
    if certificate.bound != objective.from_units(value):
        proved = objective.from_units(value)
        yield Finding(
            "bound",
            f"the bound on the total is said to be {certificate.bound}, but the prices prove {proved}",
        )
    if certificate.gap != gap:
        yield Finding("gap", f"the gap is said to be {certificate.gap}, but it is {gap}")
    if certificate.pairs_checked != audit.pairs:
        yield Finding(
            "bound",
            f"{certificate.pairs_checked} pairs are said to be checked, but {audit.pairs} are allowed",
        )
