"""What a matching says of the people without a duo: that they are all named, with the true reason.

Of the nearest partner only the worth counts: of several who are as near, whoever is named is right, and which
quotas are in the way is asked of that pair. Where somebody without a duo may be with others who have a place
left, the nearest is one of these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reverse_match.errors import Finding
from reverse_match.left_out import Nearest
from reverse_match.names.normalise import id_key
from reverse_match.verification.left_out_audit import NOTHING, LeftOutAudit, other_role
from reverse_match.verification.people import loads_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.left_out import Unmatched
    from reverse_match.matching import Matching
    from reverse_match.verification.audit import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.left_out_quotas import QuotasBehind
    from reverse_match.verification.people import People, Role

ANOTHER = Nearest(partner="", taken_by=(), by=None)
"""Stands for a partner who is nearer than the one that is named."""


def unmatched_findings(
    matching: Matching, people: People, demands: Demands, audit: Audit, behind: QuotasBehind | None
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
        quotas = _quotas(left, nearest, people, audit.left_out, behind)
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
    """Return with whom everybody is, by role and key of the id."""
    partners: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    for duo in matching.duos:
        partners["mentor", id_key(duo.mentor)].append(duo.mentee)
        partners["mentee", id_key(duo.mentee)].append(duo.mentor)
    return partners


def _nearest(
    left: Unmatched,
    matching: Matching,
    partners: Mapping[tuple[Role, str], list[str]],
    people: People,
    audit: Audit,
) -> Nearest | None:
    """Return what should be said of the nearest partner; of several, whoever is named."""
    goal, seen = audit.goal, audit.left_out
    place = people.place[left.role][id_key(left.id)]
    best, across = int(seen.best_with_room[left.role][place]), other_role(left.role)
    with_room = best != NOTHING
    if not with_room:  # under max_min, prices say nothing of pairs below the worst duo
        best = NOTHING if goal.kind == "max_min" else int(seen.best[left.role][place])
    if best == NOTHING or left.nearest is None or seen.nearest[left.role][place] != best:
        return None if best == NOTHING else ANOTHER
    partner = id_key(left.nearest.partner)
    if with_room and not seen.has_room[across][people.place[across][partner]]:
        return ANOTHER
    certificate = matching.certificate
    proved = certificate.bound if certificate.relaxed_bound is None else certificate.relaxed_bound
    slack = goal.whole(proved) - goal.whole(certificate.total)
    priced = goal.kind != "max_min"
    return Nearest(
        partner=people.of[across][people.place[across][partner]].id,
        taken_by=tuple(sorted(partners.get((across, partner), ()))),
        by=goal.shown(-best - slack) if priced and -best >= slack else None,
    )


def _quotas(
    left: Unmatched,
    nearest: Nearest | None,
    people: People,
    audit: LeftOutAudit,
    behind: QuotasBehind | None,
) -> tuple[str, ...]:
    """Return the quotas that keep the nearest partner away."""
    if behind is None or nearest is None or nearest is ANOTHER:
        return left.quotas if nearest is ANOTHER else ()
    ends = (left.id, nearest.partner) if left.role == "mentor" else (nearest.partner, left.id)
    pair, place = people.at(*ends), people.place[left.role][id_key(left.id)]
    marks = audit.counts[left.role][place]
    if audit.best_with_room[left.role][place] != NOTHING:
        return behind.broken(pair, marks)
    names, paid = behind.paid(pair, marks)
    return names if -audit.nearest[left.role][place] < paid else ()


def _reason(
    left: Unmatched, people: People, demands: Demands, audit: Audit, quotas: tuple[str, ...]
) -> tuple[str, int, dict[str, int]]:
    place = people.place[left.role][id_key(left.id)]
    if demands.capacity[left.role][place] == 0:
        return "sits_out", 0, {}
    other: Role = "mentee" if left.role == "mentor" else "mentor"
    blocked = {label: count[place] for label, count in demands.blocked[left.role].items()}
    blocked["capacity"] = int((demands.capacity[other] == 0).sum())
    counts = audit.counts[left.role]
    blocked.update({label: int(broken[place]) for label, broken in counts.broken.items()})
    allowed = int(counts.allowed[place])
    reason = (
        ("quota_full" if quotas else "partners_taken")
        if allowed
        else "below_minimum_score"
        if counts.only_score[place]
        else "no_allowed_partner"
    )
    return reason, allowed, {label: count for label, count in blocked.items() if count}
