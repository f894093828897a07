"""Why everybody without a duo has none, from arrays to records.

Rules are counted over all pairs; who was nearest follows from prices, and who competes for too few partners
from exchanges of duos. That is looked at only for people without a duo.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from reverse_match.constraints.partner_counts import PartnerCounts, partner_counts
from reverse_match.left_out import Nearest, Reason, Shortage, Unmatched
from reverse_match.solver.reduced_costs import IMPOSSIBLE, nearest_partners
from reverse_match.solver.shortages import too_few_partners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reverse_match.arrays import IntArray
    from reverse_match.preparing import Prepared
    from reverse_match.sentences.language import Role
    from reverse_match.solver.objectives import Optimum

    Place = tuple[int, int]

ROLES: tuple[Role, Role] = ("mentor", "mentee")
"""Rows are mentors, columns are mentees."""

_UNMATCHED = TypeAdapter(list[Unmatched])
"""Thousands of people without a duo are told in one call."""


def left_out(
    prepared: Prepared, optimum: Optimum, duos: Collection[Place]
) -> tuple[tuple[Unmatched, ...], tuple[Shortage, ...]]:
    """Return who has no duo and why, and who competes for too few partners.

    Parameters
    ----------
    prepared : Prepared
        Says who is which row and column.
    optimum : Optimum
        The duos beside fixed ones, and prices.
    duos : collection of (int, int)
        All duos, by row and column.
    """
    taken = np.array([*duos], dtype=np.int64).reshape(-1, 2)
    seats = [
        np.flatnonzero(np.bincount(taken[:, index], minlength=len(side.ids)) == 0)
        for index, side in enumerate(prepared.people)
    ]
    if not any(map(len, seats)):
        return (), ()
    takes_part = prepared.people[0].capacities > 0, prepared.people[1].capacities > 0
    counts = partner_counts(prepared.model, prepared.rules, takes_part, prepared.tiling)
    present = [seats[side][takes_part[side][seats[side]]] for side in (0, 1)]
    nearest = [_nearest(prepared, optimum, duos, side, present[side]) for side in (0, 1)]
    found = (_shortages(prepared, optimum, side, present[side]) for side in (0, 1))
    shortages = sorted(chain.from_iterable(found), key=lambda entry: (entry.role, entry.people))
    competes = {
        (entry.role, identity): index for index, entry in enumerate(shortages) for identity in entry.people
    }
    records: list[dict[str, Any]] = []
    for side, role in enumerate(ROLES):
        people = prepared.people[side]
        for place in seats[side].tolist():
            identity, capacity = people.ids[place], int(people.capacities[place])
            behind = {"nearest": nearest[side].get(place), "shortage": competes.get((role, identity))}
            reason = _reason(capacity, counts[side], place)
            records.append({"id": identity, "role": role, **reason, **behind})
    records.sort(key=lambda left: (left["id"], left["role"]))
    return tuple(_UNMATCHED.validate_python(records)), tuple(shortages)


def _reason(capacity: int, counts: PartnerCounts, place: int) -> dict[str, object]:
    allowed = int(counts.allowed[place])
    blocked_by = {rule: int(count[place]) for rule, count in counts.blocked_by.items() if count[place]}
    reason: Reason = "no_allowed_partner"
    if capacity == 0:
        reason, allowed, blocked_by = "sits_out", 0, {}
    elif allowed:
        reason = "partners_taken"
    elif counts.only_score[place]:
        reason = "below_minimum_score"
    return {"reason": reason, "allowed_partners": allowed, "blocked_by": blocked_by}


def _nearest(
    prepared: Prepared, optimum: Optimum, duos: Collection[Place], side: int, people: IntArray
) -> dict[int, Nearest]:
    """Return who came nearest to being the partner of some people, by their places.

    Under ``max_min`` prices say nothing of pairs below the worst duo, and nobody is told.
    """
    if not len(people) or optimum.objective == "max_min":
        return {}
    priced = optimum.priced(prepared.problem)
    partners, costs = nearest_partners(priced, optimum.solution.prices, side, people, prepared.tiling)
    slack = optimum.slack
    wanted = set(partners.tolist())
    taken_by = defaultdict(list)
    for place in duos:
        if place[1 - side] in wanted:
            taken_by[place[1 - side]].append(prepared.people[side].ids[place[side]])
    names = prepared.people[1 - side].ids
    return {
        place: Nearest(
            partner=names[partner],
            taken_by=tuple(sorted(taken_by[partner])),
            by=prepared.worth.shown(cost - slack) if cost >= slack else None,
        )
        for place, partner, cost in zip(people.tolist(), partners.tolist(), costs.tolist(), strict=True)
        if cost != IMPOSSIBLE
    }


def _shortages(prepared: Prepared, optimum: Optimum, side: int, people: IntArray) -> Iterator[Shortage]:
    """Yield who competes with some people, if there can be no more duos than there are, quotas or not."""
    problem, solution = prepared.problem, optimum.solution
    if not len(people) or optimum.plain.bounds.count > len(solution.chosen):
        return
    mine, theirs = prepared.people[side], prepared.people[1 - side]
    for found in too_few_partners(problem, solution.chosen, side, people):
        yield Shortage(
            role=ROLES[side],
            people=tuple(sorted(mine.ids[place] for place in found.people.tolist())),
            partners=tuple(sorted(theirs.ids[place] for place in found.partners.tolist())),
            wanted=found.wanted,
            places=found.places,
        )
