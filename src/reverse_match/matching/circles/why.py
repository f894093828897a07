"""Says why people are in no circle: what rules forbid them, and whether any circle could have them at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.partner_counts import partner_counts
from reverse_match.matching.results.circles import WithoutCircle
from reverse_match.solver.circles.pricing import CirclePricing, Prices
from reverse_match.solver.circles.problem import Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.constraints.partner_counts import PartnerCounts
    from reverse_match.matching.circles.encode import PreparedCircles
    from reverse_match.matching.results.circles import WhyWithoutCircle
    from reverse_match.policy.values import Role
    from reverse_match.solver.circles.problem import Circle

ROLES: tuple[Role, Role] = ("mentor", "mentee")


def explain_without_circle(prepared: PreparedCircles, circles: Iterable[Circle]) -> tuple[WithoutCircle, ...]:
    """Return the people who are in no circle, with their reasons, sorted by id and role."""
    chosen = list(circles)
    placed = (
        {one for circle in chosen for one in circle.mentors},
        {one for circle in chosen for one in circle.mentees},
    )
    takes_part = prepared.people[0].capacities > 0, prepared.people[1].capacities > 0
    counts = partner_counts(prepared.model, prepared.rules, takes_part, prepared.tiling)
    asks = _Possible(prepared)
    records = []
    for side, role in enumerate(ROLES):
        people = prepared.people[side]
        for place in range(len(people.ids)):
            if place not in placed[side]:
                reason, allowed, blocked = _reason(counts[side], place, bool(people.capacities[place]))
                if reason == "no_place_left" and not asks(side, place):
                    reason = "no_circle_possible"
                records.append(
                    WithoutCircle(
                        id=people.ids[place],
                        role=role,
                        reason=reason,
                        allowed_partners=allowed,
                        blocked_by=blocked,
                    )
                )
    return tuple(sorted(records, key=lambda left: (left.id, left.role)))


def _reason(
    counts: PartnerCounts, place: int, takes_part: bool
) -> tuple[WhyWithoutCircle, int, dict[str, int]]:
    allowed = int(counts.allowed[place])
    blocked = {rule: int(count[place]) for rule, count in counts.blocked_by.items() if count[place]}
    if not takes_part:
        return "sits_out", 0, {}
    if allowed:
        return "no_place_left", allowed, blocked
    return ("below_minimum_score" if counts.only_score[place] else "no_allowed_partner"), 0, blocked


class _Possible:
    """Says whether any circle could have a person: with a price far below 0 for this person alone."""

    def __init__(self, prepared: PreparedCircles) -> None:
        self._pricing = CirclePricing(prepared.problem)
        self._views = self._pricing.view(Case())
        self._shape = prepared.problem.shape

    def __call__(self, side: int, place: int) -> bool:
        prices = [np.zeros(size, dtype=np.int64) for size in self._shape]
        prices[side][place] = -1
        found = self._pricing.bound(self._views, Prices(prices[0], prices[1], 0, 0, 0))
        return found[0] > 0
