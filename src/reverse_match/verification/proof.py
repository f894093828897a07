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
from reverse_match.foundation.names import id_keys
from reverse_match.foundation.plural import quantity
from reverse_match.policy.credits import MOST_POINTS
from reverse_match.verification.lacking import lacking_findings, least_lacking
from reverse_match.verification.loads import LARGEST, have_signs, spread_of
from reverse_match.verification.people import ROLES, duo_name
from reverse_match.verification.people_proof import reached_of_people
from reverse_match.verification.stages import DUO_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import (
        BestUnspread,
        Certificate,
        DuosProof,
        Matching,
        QuotaPrice,
        SpreadProof,
    )
    from reverse_match.verification.all_pairs import PairExamination
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex
    from reverse_match.verification.stages import Stages


HIGHEST_PRICE = 1_000_000
"""Largest price, in points. A price sums exchanges of duos, each worth a few points, and stays far below."""

HIGHEST_TOTAL = 10**9
"""Largest total, in points: a hundred million duos, each with the largest worth of a pair."""


def malformed_numbers(
    matching: Matching, objective: CohortObjective, people: PeopleIndex
) -> Iterator[Finding]:
    """Check that scores and prices are numbers within their range and on their grid."""
    for duo in matching.duos:
        if not 0 <= duo.score <= 1:
            yield Finding("score", f"{duo_name(duo)} is said to score {duo.score}, which is not from 0 to 1")
    certificate = matching.certificate
    units = None if objective.units == ONE else objective.units
    if certificate.units != units:
        message = f"the certificate counts in units of {certificate.units}, the objective in units of {units}"
        yield Finding("units", message)
    signs = have_signs(matching, people)
    prices = [("a duo", certificate.duo_price), ("a lacking duo", certificate.lacking_price or 0.0)]
    for role, of in zip(ROLES, (certificate.mentor_prices, certificate.mentee_prices), strict=True):
        prices += [(f"{role} '{name}'", price) for name, price in of.items()]
    bounded = matching.policy_in_force.quotas or certificate.relaxed_bound is not None
    for what, price in prices:
        lowest = -HIGHEST_PRICE if signs or (what == "a duo" and bounded) else 0
        if not lowest <= price <= HIGHEST_PRICE or not objective.is_whole(price):
            unit = "millionths" if objective.units == ONE else "units"
            message = f"the price of {what} is negative, too large, or not a whole number of {unit}"
            yield Finding("price", message)
    yield from _impossible_numbers(certificate)
    yield from _malformed_payments("certificate", certificate.quota_prices or ())
    spread = certificate.spread
    for name in ("duos_proof", "worst_proof", "lacking_proof"):
        yield from _malformed_prices(name, getattr(certificate, name))
    if spread is not None:
        yield from _malformed_spread(spread, objective)
        yield from _malformed_prices("spread.under_quotas", spread.under_quotas)


def _malformed_spread(proof: SpreadProof, objective: CohortObjective) -> Iterator[Finding]:
    """Check the numbers in the proof of how duos are spread."""
    whole = [proof.duo_price, *proof.mentor_prices.values(), *proof.mentee_prices.values()]
    if not 0 <= proof.weight <= LARGEST or any(abs(price) > HIGHEST_PRICE for price in whole):
        yield Finding("spread", "a price of the spread, or its weight, is negative or too large")
    if bool(proof.weight) and proof.weight * max(abs(proof.shared), 1) > LARGEST:
        yield Finding("spread", "the weight of the spread is too large to be one")
    if max(abs(proof.shared), abs(proof.bound)) > LARGEST:
        yield Finding("spread", "the number of pairs of duos that share a person is too large to be one")
    other = proof.unspread
    if other is None:
        return
    prices = [other.duo_price, *other.mentor_prices.values(), *other.mentee_prices.values()]
    prices += [other.lacking_price, other.relaxed_bound or 0.0]
    yield from _malformed_payments("spread.unspread", other.quota_prices)
    if abs(other.total) > HIGHEST_TOTAL or not all(
        abs(price) <= HIGHEST_PRICE and objective.is_whole(price) for price in (*prices, other.total)
    ):
        message = "a price of the best matching without spreading, or its total, is too large or not whole"
        yield Finding("spread", message)


def _impossible_numbers(certificate: Certificate) -> Iterator[Finding]:
    """Check that totals and bounds are of a possible size, so that sums of whole numbers stay exact."""
    for name in ("total", "bound", "relaxed_bound", "gap"):
        number = getattr(certificate, name)
        if number is not None and abs(number) > HIGHEST_TOTAL:
            yield Finding("bound", f"certificate.{name} is no total that there can be")
    people = certificate.people
    for name in ("lowest", "lowest_bound", "utility", "utility_bound"):
        number = None if people is None else getattr(people, name)
        if number is not None and not 0 <= number <= HIGHEST_TOTAL:
            yield Finding("people", f"certificate.people.{name} is no number that there can be")
    for name in ("worst", "worst_bound"):
        number = getattr(certificate, name)
        if number is not None and not 0 <= number <= 1 + MOST_POINTS:  # credits may be included
            yield Finding("worst", f"certificate.{name} is not a score from 0 to 1, nor one with credits")


def _malformed_prices(name: str, proof: DuosProof | None) -> Iterator[Finding]:
    """Check the prices in a proof of a number of duos; a person's negative price would prove falsehoods."""
    if proof is None:
        return
    prices = [*proof.mentor_prices.values(), *proof.mentee_prices.values(), abs(proof.duo_price)]
    if not 0 <= proof.spread_weight <= LARGEST >> 20:
        yield Finding(
            "spread", f"what two duos that share a person cost, in {name}, is negative or too large"
        )
    if name in ("duos_proof", "worst_proof") and (proof.duo_price or proof.spread_weight):
        yield Finding("price", f"{name} has a price of a duo, whose number is open there")
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


def price_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
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
    tight = certificate.proved and not claim.quotas and certificate.relaxed_bound is None
    tight &= not have_signs(matching, claim.people)
    for role, prices in zip(ROLES, (certificate.mentor_prices, certificate.mentee_prices), strict=True):
        places = [claim.people.place[role][key] for key in id_keys(prices)]
        if set(places) != set(np.flatnonzero(demands.left[role] > 0).tolist()):
            yield Finding("price", f"the {role}s with a price are not those with capacity beside fixed duos")
        has_room = audit.sides[role].has_room[places].tolist()
        for (name, price), room in zip(prices.items(), has_room, strict=True):
            if tight and price and room:
                message = f"{role} '{name}' has capacity left, so the price must be 0, not {price}"
                yield Finding("price", message)
    if tight:
        yield from _tightness_findings(claim, audit)


def _tightness_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    objective, prices = claim.objective, audit.stages.total.prices
    if audit.worst:
        excess, place = audit.worst
        mentor, mentee = claim.names(place)
        more = objective.from_units(excess)
        message = f"'{mentor}' and '{mentee}' are no duo, but worth {more} more than the two prices"
        yield Finding("price", f"{message}: they prove nothing")
    rows, columns = np.array(claim.places, dtype=np.int64).reshape(-1, 2).T
    paid = prices.of["mentor"][rows] + prices.of["mentee"][columns] - prices.duo
    lacks = np.array([place in claim.lacking_places for place in claim.places], dtype=np.int64)
    paid += objective.to_units(claim.matching.certificate.lacking_price or 0) * lacks
    shortfalls = paid - objective.worth_of_each(claim.matching.duos)
    for index in np.flatnonzero(shortfalls > 0).tolist():
        if claim.places[index] not in claim.demands.fixed:
            less = objective.from_units(int(shortfalls[index]))
            message = (
                f"{duo_name(claim.matching.duos[index])} is worth {less} less than the prices of the two"
            )
            yield Finding("optimality", f"{message}: no best matching has it at these prices")


def share_below(bound: int, reached: int) -> float:
    """Return the relative distance of a value from a bound: from 0 to 1, and 0 only if it is not below."""
    return (bound - reached) / max(bound, bound - reached) if bound > reached else 0.0


def bound_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check the proof of each stage, and recompute the bounds and the gap."""
    yield from audit.stages.faults
    yield from _stage_findings(claim, audit.stages)
    yield from lacking_findings(claim, audit.stages)
    certificate, objective, stages = claim.matching.certificate, claim.objective, audit.stages
    most, value = stages.duos.bound // stages.duos.unit, stages.total.bound
    people = certificate.people
    if people is not None and people.proved and people.lowest is not None:
        value = stages.total.reached
    gap = max(
        share_below(most, len(claim.matching.duos)) if objective.kind != "total" else 0.0,
        share_below(value, stages.total.reached),
        _share_below_best_worst(certificate),
        0.0
        if certificate.spread is None
        else share_below(certificate.spread.shared, certificate.spread.bound),
        _share_below_fewest_lacking(claim, stages),
    )
    if people is not None:
        stages_of_people = [(most, len(claim.matching.duos)), *reached_of_people(claim, value)]
        gap = max(share_below(bound, reached) for bound, reached in stages_of_people)
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


def worst_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
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


def spread_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check how duos are spread, the bound on it, and the best matching without the spread."""
    proof, stages, asked = claim.matching.certificate.spread, audit.stages, claim.policy.spread
    if proof is None or asked is None:
        if proof is not None or asked is not None:
            missing = "missing" if proof is None else "given, though they are not"
            yield Finding("spread", f"the proof of how duos are spread is {missing}")
        return
    shared = spread_of(claim)
    if proof.shared != shared:
        message = f"{proof.shared} pairs of duos are said to share a person, but {shared} do"
        yield Finding("spread", message)
    least = 0 if stages.spread is None else -(stages.spread.bound // stages.spread.unit)
    given = proof.under_quotas is not None
    if given > bool(claim.quotas) or (claim.quotas and not given and not asked.after_total):
        yield Finding("spread", "prices of a spread under quotas are given without quotas, or missing")
    if stages.spread is not None and proof.bound != least:
        message = f"at least {proof.bound} pairs of duos are said to share a person"
        yield Finding("spread", f"{message} in any such matching, but the prices prove {least}")
    if proof.bound > proof.shared:
        yield Finding("spread", "fewer pairs of duos share a person than the bound on them allows")
    if proof.unspread is None and claim.matching.certificate.proved and not asked.after_total:
        yield Finding("spread", "the matching is proved, but what spreading the duos costs is not said")
    if proof.unspread is not None:
        yield from _unspread_findings(claim, proof.unspread, audit)
        if asked.after_total:
            yield Finding("spread", "spreading after the total costs nothing, but a cost is stated")


def _unspread_findings(claim: Claim, other: BestUnspread, audit: PairExamination) -> Iterator[Finding]:
    """Check that the best matching without spreading is a matching, and that none has a higher total."""
    mine = {(duo.mentor, duo.mentee) for duo in claim.matching.duos}
    gone, new = set(other.instead_of), set(other.instead)
    in_order = [list(pairs) == sorted(set(pairs)) for pairs in (other.instead, other.instead_of)]
    fixed = {(duo.mentor, duo.mentee) for duo in claim.matching.duos if duo.fixed}
    if not all(in_order) or not gone <= mine - fixed or new & mine or len(new) != len(gone):
        message = "the best matching without spreading does not differ from this one as is stated"
        yield Finding("spread", message)
        return
    places = [claim.people.at(*pair) for pair in sorted((mine - gone) | new)]
    if wrong := [pair for pair in sorted(new) if not _could_be(claim, pair)]:
        message = f"'{wrong[0][0]}' and '{wrong[0][1]}' could not be a duo in a matching without spreading"
        yield Finding("spread", message)
    for role, ends in zip(ROLES, np.array(places, dtype=np.int64).reshape(-1, 2).T, strict=True):
        loads = np.bincount(ends, minlength=len(claim.people.of[role]))
        if (loads > claim.demands.capacity[role]).any() or (loads < claim.people.least[role]).any():
            message = f"the best matching without spreading gives some {role} too many or too few duos"
            yield Finding("spread", message)
    if not all(quota.holds(places) for quota in claim.quotas):
        yield Finding("spread", "the best matching without spreading does not keep the quotas")
    objective = claim.objective
    worth = objective.worth_of_places(places, claim.model)
    if worth != objective.to_units(other.total):
        yield Finding("spread", "the total of the best matching without spreading is not that of its duos")
    lacking = claim.lacking_at_most(other.lacking or 0)
    if other.lacking != (None if lacking is None else int(lacking.loads(places)[0])):
        yield Finding("spread", "the number of lacking duos without spreading is not that of these duos")
    stage = audit.stages.unspread
    if stage is not None and stage.bound != objective.to_units(other.total):
        message = f"without spreading the total is said to be at most {other.total}"
        yield Finding("spread", f"{message}, but the prices prove {objective.from_units(stage.bound)}")


def _could_be(claim: Claim, pair: tuple[str, str]) -> bool:
    """Say whether a pair could be a free duo; under ``max_min`` it must score as much as the worst one."""
    if not claim.possible(pair):
        return False
    place, least = claim.people.at(*pair), claim.lowest if claim.objective.kind == "max_min" else None
    return least is None or claim.objective.judged_score(round(claim.score(pair) * ONE), place) >= least


def _share_below_fewest_lacking(claim: Claim, stages: Stages) -> float:
    """Return how far the number of duos that lack nothing is from its bound, as a share of the bound."""
    if claim.lacking is None or claim.objective.kind == "total":
        return 0.0
    duos = len(claim.matching.duos)
    return share_below(duos - least_lacking(claim, stages), duos - len(claim.lacking_places))


def _share_below_best_worst(proof: Certificate) -> float:
    """Return the distance of the worst duo from its bound, as a share of the bound."""
    if not proof.worst_bound or proof.worst is None:
        return 0.0
    bound, reached = round(proof.worst_bound * ONE), round(proof.worst * ONE)
    return (bound - reached) / bound if bound else 0.0
