"""Checks the statements on people without a duo: all of them are listed, each with the true reason.

*Nearest partner.* Only the worth of the pair counts: any of several equally near partners may be named. If
somebody without a duo may be with a partner who has a place left, the nearest partner must be one of these.

*Quotas in the way.* If both people have a place left, these are the quotas that one more duo would break;
this is counted. Otherwise the certificate shows the payments of their duo, and whether it would be worth more
than the prices of the two without these payments. Where quotas limit the number of duos, fewer duos could
gain something. Every duo pays for that, and the quotas behind it are those that the duo pays for in the proof
of the number.

*Shortages.* By Hall's condition (1935) a set of people is short of partners if they want more places than all
their possible partners have for them. The places of a partner count up to the number of people of the set
whom that partner may be with. This is counted for each stated set, over all pairs, however the set was found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.matching.results.unmatched import Nearest
from reverse_match.policy import ShareQuota
from reverse_match.verification.people import ROLES, other_role
from reverse_match.verification.sides import IN_NONE, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.unmatched import Shortage, Unmatched
    from reverse_match.verification.all_pairs import PairExamination
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Place, Role
    from reverse_match.verification.prices import PricedQuota
    from reverse_match.verification.stages import Stages


ANOTHER = Nearest.model_construct(partner="", taken_by=(), by=None)
"""Stands for a nearest partner other than the one that is named."""


def unmatched_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check that exactly the people without a duo are listed, with true reasons and counts."""
    people, unmatched = claim.people, claim.matching.unmatched
    expected = {(role, place) for role in ROLES for place in np.flatnonzero(claim.loads[role] == 0).tolist()}
    stated = Counter((left.role, people.place[left.role][id_key(left.id)]) for left in unmatched)
    for role, place in sorted(expected - set(stated)):
        message = f"'{people.of[role][place].id}' has no duo as {role}, but is not among the unmatched"
        yield Finding("unmatched", message)
    for (role, place), count in sorted(stated.items()):
        if (role, place) not in expected or count > 1:
            message = f"'{people.of[role][place].id}' is among the unmatched as {role}, wrongly or twice"
            yield Finding("unmatched", message)
    partners, blocking = _partners(claim.matching), BlockingQuotas(claim, audit.stages)
    for left in unmatched:
        who = f"'{left.id}' has no duo as {left.role}"
        nearest = _nearest(left, claim, partners, audit)
        quotas = _quotas_in_the_way(left, nearest, claim, audit, blocking)
        if _reason(left, claim, audit, quotas) != (left.reason, left.allowed_partners, left.blocked_by):
            yield Finding("unmatched", f"the reason why {who} is not the true one")
        elif nearest != left.nearest:
            message = f"the partner said to be nearest to '{left.id}' as {left.role} is not, or is elsewhere"
            yield Finding("unmatched", message)
        elif quotas != left.quotas:
            yield Finding("unmatched", f"the quotas for which {who} are not those that are named")


def _partners(matching: Matching) -> dict[tuple[Role, str], list[str]]:
    """Return the partners of each person, by role and key of the id."""
    partners: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    for duo in matching.duos:
        partners["mentor", id_key(duo.mentor)].append(duo.mentee)
        partners["mentee", id_key(duo.mentee)].append(duo.mentor)
    return partners


def _nearest(
    left: Unmatched, claim: Claim, partners: Mapping[tuple[Role, str], list[str]], audit: PairExamination
) -> Nearest | None:
    """Return the true statement on the nearest partner; of several such partners, the named one."""
    objective, people, side = claim.objective, claim.people, audit.sides[left.role]
    place = people.place[left.role][id_key(left.id)]
    best, across = int(side.best_with_room[place]), other_role(left.role)
    with_room = best != NOTHING
    if not with_room:  # under max_min, prices do not bound pairs below the worst duo
        best = NOTHING if objective.kind == "max_min" else int(side.best[place])
    if best == NOTHING or left.nearest is None or side.nearest[place] != best:
        return None if best == NOTHING else ANOTHER
    partner = id_key(left.nearest.partner)
    if with_room and not audit.sides[across].has_room[people.place[across][partner]]:
        return ANOTHER
    certificate = claim.matching.certificate
    proved = certificate.bound if certificate.relaxed_bound is None else certificate.relaxed_bound
    slack = objective.to_units(proved) - objective.to_units(certificate.total)
    spread = claim.policy.spread
    priced = (
        objective.kind != "max_min" and certificate.people is None and (spread is None or spread.after_total)
    )
    return Nearest(
        partner=people.of[across][people.place[across][partner]].id,
        taken_by=tuple(sorted(partners.get((across, partner), ()))),
        by=objective.from_units(-best - slack) if priced and -best >= slack else None,
    )


def _quotas_in_the_way(
    left: Unmatched, nearest: Nearest | None, claim: Claim, audit: PairExamination, blocking: BlockingQuotas
) -> tuple[str, ...]:
    """Return the quotas that keep the nearest partner away."""
    if not claim.quotas or nearest is None or nearest is ANOTHER:
        return left.quotas if nearest is ANOTHER else ()
    ends = (left.id, nearest.partner) if left.role == "mentor" else (nearest.partner, left.id)
    pair, place = claim.people.at(*ends), claim.people.place[left.role][id_key(left.id)]
    side = audit.sides[left.role]
    if side.best_with_room[place] != NOTHING:
        return blocking.violated_by(pair, side.counts[place])
    names, paid = blocking.payments_of(pair, side.counts[place])
    return names if -side.nearest[place] < paid else ()


def _reason(
    left: Unmatched, claim: Claim, audit: PairExamination, quotas: tuple[str, ...]
) -> tuple[str, int, dict[str, int]]:
    place, demands = claim.people.place[left.role][id_key(left.id)], claim.demands
    if demands.capacity[left.role][place] == 0:
        return "sits_out", 0, {}
    side = audit.sides[left.role]
    blocked = {label: count[place] for label, count in demands.blocked[left.role].items()}
    across = other_role(left.role)
    myself = claim.people.place[across].get(id_key(left.id))
    blocked["capacity"] = int((demands.capacity[across] == 0).sum())
    if myself is not None and demands.capacity[across][myself] == 0:  # nobody is their own partner
        blocked["capacity"] -= 1
    blocked.update({label: int(broken[place]) for label, broken in side.violations.items()})
    allowed = int(side.allowed[place])
    reason = (
        ("quota_full" if quotas else "partners_taken")
        if allowed
        else "below_minimum_score"
        if side.only_score[place]
        else "no_allowed_partner"
    )
    return reason, allowed, {label: count for label, count in blocked.items() if count}


class BlockingQuotas:
    """The quotas that keep apart the two people of a pair that is no duo of a matching."""

    def __init__(self, claim: Claim, stages: Stages) -> None:
        self._quotas, self._stages = claim.quotas, stages
        # A matching that does not state the result of each quota has a finding of its own.
        stated = [quota.name for quota in claim.matching.quotas]
        self._names = stated if len(stated) == len(claim.quotas) else [""] * len(claim.quotas)
        self._one_more = [quota.allows_one_more(claim.places) for quota in claim.quotas]
        limited = claim.matching.certificate.duos_proof is not None
        self._for_number = max(0, -stages.total.prices.duo) if limited else 0

    def violated_by(self, place: Place, marks: BoolArray) -> tuple[str, ...]:
        """Return the quotas that one more duo would break; marks say in which of them it counts."""
        holds = [
            bool(quota.pick(one_more, place, mark))
            for quota, one_more, mark in zip(self._quotas, self._one_more, marks, strict=True)
        ]
        return self._names_of([not one for one in holds])

    def payments_of(self, place: Place, marks: BoolArray) -> tuple[tuple[str, ...], int]:
        """Return the quotas that a duo pays for, and the sum of its payments in units."""
        each = self._payments(self._stages.total.prices.quotas, place, marks)
        named = [paid > 0 for paid in each]
        if self._for_number:
            by_number = self._payments(self._stages.duos.prices.quotas, place, marks)
            named = [one or paid > 0 for one, paid in zip(named, by_number, strict=True)]
        return self._names_of(named), sum(max(0, paid) for paid in each) + self._for_number

    def _payments(self, priced: Sequence[PricedQuota], place: Place, marks: BoolArray) -> list[int]:
        """Return the payment of a duo for each quota; for a share, the part above the lowest payment."""
        paid = []
        for one, mark in zip(priced[: len(self._quotas)], marks, strict=True):
            least = one.prices.min() if isinstance(one.quota.quota, ShareQuota) else 0
            paid.append(int(one.quota.pick(one.prices, place, mark) - least))
        return paid

    def _names_of(self, marks: Sequence[bool]) -> tuple[str, ...]:
        return tuple(name for name, mark in zip(self._names, marks, strict=True) if mark)


def shortage_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check every shortage, and the shortage that is stated for each person."""
    matching = claim.matching
    yield from _repetition_findings(matching)
    reasons = {(left.role, left.shortage) for left in matching.unmatched}
    for index, shortage in enumerate(matching.shortages):
        for message in _shortage_faults(shortage, claim, audit):
            yield Finding("shortage", f"shortage {index} of {shortage.role}s: {message}")
        if (shortage.role, index) not in reasons:
            message = f"shortage {index} of {shortage.role}s: everybody who competes has a duo"
            yield Finding("shortage", message)
    most = matching.certificate.duos == matching.certificate.duos_bound
    limited = matching.certificate.duos_proof is not None
    each_has_one = most and not limited and matching.policy.objective != "total"
    for left in matching.unmatched:
        side, place = audit.sides[left.role], claim.people.place[left.role][id_key(left.id)]
        index = int(side.competes[place])
        if left.shortage != (None if index == IN_NONE else index):
            message = (
                f"'{left.id}' is said to be in another shortage of {left.role}s than the one that has them"
            )
            yield Finding("shortage", message)
        if index == IN_NONE and each_has_one and side.best[place] != NOTHING:
            message = f"'{left.id}' competes for partners as {left.role}, but is in no shortage"
            yield Finding("shortage", message)


def _repetition_findings(matching: Matching) -> Iterator[Finding]:
    named: Counter[tuple[Role, Role, str]] = Counter()
    for shortage in matching.shortages:
        role = shortage.role
        named.update((role, role, id_key(name)) for name in shortage.people)
        named.update((role, other_role(role), id_key(name)) for name in shortage.partners)
    for (role, as_role, name), count in named.items():
        if count > 1:
            yield Finding("shortage", f"'{name}' is named {count} times as {as_role} in shortages of {role}s")


def _shortage_faults(shortage: Shortage, claim: Claim, audit: PairExamination) -> Iterator[str]:
    role, across, left = shortage.role, other_role(shortage.role), claim.demands.left
    mine, theirs = (
        np.array([claim.people.place[of][id_key(name)] for name in names], dtype=np.int64)
        for of, names in ((role, shortage.people), (across, shortage.partners))
    )
    wanted = int(np.maximum(left[role][mine], 0).sum())
    met = audit.sides[role].met[theirs]
    places = int(np.minimum(np.maximum(left[across][theirs], 0), met).sum())
    if audit.sides[role].escapes[mine].any():
        yield "somebody may be with a partner who is not listed"
    if (met == 0).any() or not len(theirs):
        yield "a listed partner may be with nobody of them, or none is listed"
    if wanted != shortage.wanted:
        yield f"they are said to want {shortage.wanted} places, but want {wanted}"
    if places != shortage.places:
        yield f"their partners are said to have {shortage.places} places for them, but have {places}"
    if places >= wanted:
        yield f"{places} places are enough for {wanted}"
