"""What a matching says of the people without a duo: that they are all named, with the true reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reverse_match.errors import Finding
from reverse_match.names.normalise import id_key
from reverse_match.verification.people import loads_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.left_out import Unmatched
    from reverse_match.matching import Matching
    from reverse_match.verification.audit import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import People, Role


def unmatched_findings(
    matching: Matching, people: People, demands: Demands, audit: Audit
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
    for left in matching.unmatched:
        if _reason(left, people, demands, audit) != (
            left.reason,
            left.allowed_partners,
            left.blocked_by,
        ):
            yield Finding(
                "unmatched",
                f"the reason why '{left.id}' has no duo as {left.role} is not the true one",
            )


def _reason(
    left: Unmatched, people: People, demands: Demands, audit: Audit
) -> tuple[str, int, dict[str, int]]:
    place = people.place[left.role][id_key(left.id)]
    if demands.capacity[left.role][place] == 0:
        return "sits_out", 0, {}
    other: Role = "mentee" if left.role == "mentor" else "mentor"
    blocked = {label: count[place] for label, count in demands.blocked[left.role].items()}
    blocked["capacity"] = int((demands.capacity[other] == 0).sum())
    counts = audit.counts[left.role]
    blocked["minimum_score"] = int(counts.low[place])
    allowed = int(counts.allowed[place])
    reason = (
        "partners_taken"
        if allowed
        else "below_minimum_score"
        if counts.only_score[place]
        else "no_allowed_partner"
    )
    return reason, allowed, {label: count for label, count in blocked.items() if count}
