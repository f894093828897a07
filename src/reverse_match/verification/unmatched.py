"""What a matching says of the people without a duo: that all are named, each with the true reason.

*Nearest partner.* Only the worth of the pair counts: of several partners who are as near, any may be named.
Where somebody without a duo may be with others who have a place left, the nearest is one of these.

*Quotas in the way.* If both people have a place left, these are the quotas that would not hold with one duo
more; that is counted. Otherwise the certificate tells what their duo would pay, and whether it would be worth
more than the prices of the two if it did not have to pay. Where quotas limit the number of duos, forming
fewer could gain something. Every duo pays that, and the quotas behind it are those for which the duo pays in
the proof of the number.

*Shortages.* By Hall's condition a set of people is short of partners if they want more places than all
partners whom they may be with have for them, each partner no more than there are people of the set to be
with. That is counted for each stated set, over all pairs; how the set was found does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.matching.results.unmatched import Nearest
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.verification.people import loads_of
from reverse_match.verification.quotas import DUO_UNITS, payments
from reverse_match.verification.unmatched_all_pairs import IN_NONE, NOTHING, LeftOutAudit, other_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.results.matching import Matching, QuotaPrice
    from reverse_match.matching.results.unmatched import Unmatched
    from reverse_match.verification.all_pairs import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Place, Role
    from reverse_match.verification.quotas import CohortQuota, Quotas

    Paid = Counter[tuple[int, str | None, bool]]
    from reverse_match.matching.results.unmatched import Shortage


ANOTHER = Nearest.model_construct(partner="", taken_by=(), by=None)
"""Stands for a partner who is nearer than the one that is named."""


def unmatched_findings(
    matching: Matching, people: PeopleIndex, demands: Demands, audit: Audit, blocking: BlockingQuotas | None
) -> Iterator[Finding]:
    """Check that exactly those without a duo are listed, with the true reason and counts."""
    loads = loads_of(matching, people)
    expected = {
        (role, place)
        for role, members in people.of.items()
        for place in range(len(members))
        if not loads[role][place]
    }
    stated = Counter((left.role, people.place[left.role][id_key(left.id)]) for left in matching.unmatched)
    for role, place in sorted(expected - set(stated)):
        yield Finding(
            "unmatched",
            f"'{people.of[role][place].id}' has no duo as {role}, but is not among the unmatched",
        )
    for (role, place), count in sorted(stated.items()):
        if (role, place) not in expected or count > 1:
            yield Finding(
                "unmatched",
                f"'{people.of[role][place].id}' is among the unmatched as {role}, wrongly or twice",
            )
    partners = _partners(matching)
    for left in matching.unmatched:
        who = f"'{left.id}' has no duo as {left.role}"
        nearest = _nearest(left, matching, partners, people, audit)
        quotas = _quotas_in_the_way(left, nearest, people, audit.left_out, blocking)
        if _reason(left, people, demands, audit, quotas) != (
            left.reason,
            left.allowed_partners,
            left.blocked_by,
        ):
            yield Finding("unmatched", f"the reason why {who} is not the true one")
        elif nearest != left.nearest:
            yield Finding(
                "unmatched",
                f"the partner said to be nearest to '{left.id}' as {left.role} is not, or is elsewhere",
            )
        elif quotas != left.quotas:
            yield Finding("unmatched", f"the quotas for which {who} are not those that are named")


def _partners(matching: Matching) -> dict[tuple[Role, str], list[str]]:
    """Return the partners of everybody, by role and key of the id."""
    partners: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    for duo in matching.duos:
        partners["mentor", id_key(duo.mentor)].append(duo.mentee)
        partners["mentee", id_key(duo.mentee)].append(duo.mentor)
    return partners


def _nearest(
    left: Unmatched,
    matching: Matching,
    partners: Mapping[tuple[Role, str], list[str]],
    people: PeopleIndex,
    audit: Audit,
) -> Nearest | None:
    """Return the true statement on the nearest partner; of several, the one that is named."""
    objective, seen = audit.objective, audit.left_out
    place = people.place[left.role][id_key(left.id)]
    best, across = int(seen.best_with_room[left.role][place]), other_role(left.role)
    with_room = best != NOTHING
    if not with_room:  # under max_min, prices say nothing of pairs below the worst duo
        best = NOTHING if objective.kind == "max_min" else int(seen.best[left.role][place])
    if best == NOTHING or left.nearest is None or seen.nearest[left.role][place] != best:
        return None if best == NOTHING else ANOTHER
    partner = id_key(left.nearest.partner)
    if with_room and not seen.has_room[across][people.place[across][partner]]:
        return ANOTHER
    certificate = matching.certificate
    proved = certificate.bound if certificate.relaxed_bound is None else certificate.relaxed_bound
    slack = objective.to_units(proved) - objective.to_units(certificate.total)
    priced = objective.kind != "max_min"
    return Nearest(
        partner=people.of[across][people.place[across][partner]].id,
        taken_by=tuple(sorted(partners.get((across, partner), ()))),
        by=objective.from_units(-best - slack) if priced and -best >= slack else None,
    )


def _quotas_in_the_way(
    left: Unmatched,
    nearest: Nearest | None,
    people: PeopleIndex,
    audit: LeftOutAudit,
    blocking: BlockingQuotas | None,
) -> tuple[str, ...]:
    """Return the quotas that keep the nearest partner away."""
    if blocking is None or nearest is None or nearest is ANOTHER:
        return left.quotas if nearest is ANOTHER else ()
    ends = (left.id, nearest.partner) if left.role == "mentor" else (nearest.partner, left.id)
    pair, place = people.at(*ends), people.place[left.role][id_key(left.id)]
    marks = audit.counts[left.role][place]
    if audit.best_with_room[left.role][place] != NOTHING:
        return blocking.violated_by(pair, marks)
    names, paid = blocking.payments_of(pair, marks)
    return names if -audit.nearest[left.role][place] < paid else ()


def _reason(
    left: Unmatched, people: PeopleIndex, demands: Demands, audit: Audit, quotas: tuple[str, ...]
) -> tuple[str, int, dict[str, int]]:
    place = people.place[left.role][id_key(left.id)]
    if demands.capacity[left.role][place] == 0:
        return "sits_out", 0, {}
    other: Role = "mentee" if left.role == "mentor" else "mentor"
    blocked = {label: count[place] for label, count in demands.blocked[left.role].items()}
    blocked["capacity"] = int((demands.capacity[other] == 0).sum())
    counts = audit.counts[left.role]
    blocked.update({label: int(broken[place]) for label, broken in counts.violations.items()})
    allowed = int(counts.allowed[place])
    reason = (
        ("quota_full" if quotas else "partners_taken")
        if allowed
        else "below_minimum_score"
        if counts.only_score[place]
        else "no_allowed_partner"
    )
    return reason, allowed, {label: count for label, count in blocked.items() if count}


class BlockingQuotas:
    """The quotas that keep the people of a pair apart who are no duo of a matching."""

    def __init__(
        self, matching: Matching, people: PeopleIndex, quotas: Quotas, objective: CohortObjective
    ) -> None:
        self._quotas = quotas
        # Where the matching does not tell of each quota, that is a finding of its own.
        told = [quota.name for quota in matching.quotas]
        self._names = told if len(told) == len(quotas.of_cohort) else [""] * len(quotas.of_cohort)
        duos = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        self._duos = len(duos)
        self._loads: list[Counter[str | None]] = [
            Counter(_group_of(cohort_quota, duo) for duo in duos)
            if isinstance(cohort_quota.quota, EachQuota)
            else Counter({None: sum(quotas.which_count(duos, cohort_quota))})
            for cohort_quota in quotas.of_cohort
        ]
        proof = matching.certificate
        self._paid = self._read_prices(proof.quota_prices or (), objective.units)
        self._for_number = max(0, -objective.to_units(proof.duo_price)) if proof.duos_proof is not None else 0
        by_number = () if proof.duos_proof is None else proof.duos_proof.quota_prices
        self._paid_for_number = self._read_prices(by_number, DUO_UNITS)

    def _read_prices(self, stated: Sequence[QuotaPrice], unit: int) -> Paid:
        paid: Paid = Counter()
        for payment in payments(self._quotas, stated, unit)[0]:
            paid[payment.place, payment.group, True] += payment.inside
            paid[payment.place, payment.group, False] += payment.outside
        return paid

    def violated_by(self, place: Place, marks: BoolArray) -> tuple[str, ...]:
        """Return the quotas that would not hold with one more duo; marks say in which of them it counts."""
        return self._names_of(
            [
                not self._holds_with(cohort_quota, self._loads[index], place, bool(marks[index]))
                for index, cohort_quota in enumerate(self._quotas.of_cohort)
            ]
        )

    def _holds_with(
        self, cohort_quota: CohortQuota, loads: Counter[str | None], place: Place, marked: bool
    ) -> bool:
        quota = cohort_quota.quota
        if isinstance(quota, EachQuota):
            group = _group_of(cohort_quota, place)
            return group is None or quota.at_most is None or loads[group] < quota.at_most
        number, duos = loads[None] + _duo_counts(cohort_quota, marked), self._duos + 1
        if isinstance(quota, ShareQuota):
            least = quota.lowest is None or number >= quota.lowest * duos
            return least and (quota.highest is None or number <= quota.highest * duos)
        return quota.at_most is None or number <= quota.at_most

    def payments_of(self, place: Place, marks: BoolArray) -> tuple[tuple[str, ...], int]:
        """Return the quotas that a duo pays for, and how many units in all."""
        each = [self._payment(self._paid, index, place, bool(mark)) for index, mark in enumerate(marks)]
        named = [paid > 0 for paid in each]
        if self._for_number:
            for index, mark in enumerate(marks):
                named[index] |= self._payment(self._paid_for_number, index, place, bool(mark)) > 0
        return self._names_of(named), sum(max(0, paid) for paid in each) + self._for_number

    def _payment(self, paid: Paid, index: int, place: Place, marked: bool) -> int:
        cohort_quota = self._quotas.of_cohort[index]
        if isinstance(cohort_quota.quota, EachQuota):
            group = _group_of(cohort_quota, place)
            return 0 if group is None else paid[index, group, True]
        mine, other = (
            paid[index, None, counts] for counts in (_duo_counts(cohort_quota, marked), not marked)
        )
        # Of a share, only what it pays more than the others is in the way of a duo.
        return mine - min(mine, other) if isinstance(cohort_quota.quota, ShareQuota) else mine

    def _names_of(self, marks: Sequence[bool]) -> tuple[str, ...]:
        return tuple(name for name, mark in zip(self._names, marks, strict=True) if mark)


def _group_of(cohort_quota: CohortQuota, place: Place) -> str | None:
    return cohort_quota.name_of(place[0 if cohort_quota.role == "mentor" else 1])


def _duo_counts(cohort_quota: CohortQuota, marked: bool) -> bool:
    """Say whether a duo counts; where that does not depend on the pair, every duo does."""
    return marked or cohort_quota.statement is None


def shortage_findings(
    matching: Matching, people: PeopleIndex, demands: Demands, audit: LeftOutAudit
) -> Iterator[Finding]:
    """Check every shortage, and who is said to be in which."""
    yield from _repetition_findings(matching)
    reasons = {(left.role, left.shortage) for left in matching.unmatched}
    for index, shortage in enumerate(matching.shortages):
        for message in _shortage_faults(shortage, people, demands, audit):
            yield Finding("shortage", f"shortage {index} of {shortage.role}s: {message}")
        if (shortage.role, index) not in reasons:
            yield Finding(
                "shortage", f"shortage {index} of {shortage.role}s: everybody who competes has a duo"
            )
    most = matching.certificate.duos == matching.certificate.duos_bound
    limited = matching.certificate.duos_proof is not None
    all_are_told = most and not limited and matching.policy.objective != "total"
    for left in matching.unmatched:
        place = people.place[left.role][id_key(left.id)]
        index = int(audit.competes[left.role][place])
        if left.shortage != (None if index == IN_NONE else index):
            message = (
                f"'{left.id}' is said to be in another shortage of {left.role}s than the one that has them"
            )
            yield Finding("shortage", message)
        if index == IN_NONE and all_are_told and audit.best[left.role][place] != NOTHING:
            yield Finding(
                "shortage", f"'{left.id}' competes for partners as {left.role}, but is in no shortage"
            )


def _repetition_findings(matching: Matching) -> Iterator[Finding]:
    named: Counter[tuple[Role, Role, str]] = Counter()
    for shortage in matching.shortages:
        role = shortage.role
        named.update((role, role, id_key(name)) for name in shortage.people)
        named.update((role, other_role(role), id_key(name)) for name in shortage.partners)
    for (role, as_role, name), count in named.items():
        if count > 1:
            yield Finding("shortage", f"'{name}' is named {count} times as {as_role} in shortages of {role}s")


def _shortage_faults(
    shortage: Shortage, people: PeopleIndex, demands: Demands, audit: LeftOutAudit
) -> Iterator[str]:
    role, across = shortage.role, other_role(shortage.role)
    mine = np.array([people.place[role][id_key(name)] for name in shortage.people], dtype=np.int64)
    theirs = np.array([people.place[across][id_key(name)] for name in shortage.partners], dtype=np.int64)
    wanted = int(np.maximum(demands.left[role][mine], 0).sum())
    met = audit.met[role][theirs]
    places = int(np.minimum(np.maximum(demands.left[across][theirs], 0), met).sum())
    if audit.escapes[role][mine].any():
        yield "somebody may be with a partner who is not listed"
    if (met == 0).any() or not len(theirs):
        yield "a listed partner may be with nobody of them, or none is listed"
    if wanted != shortage.wanted:
        yield f"they are said to want {shortage.wanted} places, but want {wanted}"
    if places != shortage.places:
        yield f"their partners are said to have {shortage.places} places for them, but have {places}"
    if places >= wanted:
        yield f"{places} places are enough for {wanted}"
