"""Explains why people have no duo, from arrays to records.

Excluded partners are counted by rule over all pairs. The nearest partner follows from reduced costs, and the
people who compete for too few partners from exchanges of duos; both only for people without a duo.

The quotas that keep a pair from being a duo are found in one of two ways. If both people have a place left
and the rules allow the pair, only quotas can keep it from a best matching: those are named that one more duo
would break. Otherwise the dual values of the proof decide: a duo pays for counting in a quota, and its worth
is its score minus its payments. Where quotas limit the number of duos, every duo also pays for being one; the
quotas behind that follow from the prices that prove this number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from reverse_match.constraints.partner_counts import PartnerCounts, partner_counts
from reverse_match.matching.results.unmatched import Nearest, Reason, Shortage, Unmatched
from reverse_match.policy import ShareQuota
from reverse_match.solver.assignment.dual_values import DualValues
from reverse_match.solver.pairs.quotas import PairQuota, allows_each
from reverse_match.solver.what_if.hall_violators import find_hall_violators
from reverse_match.solver.what_if.reduced_costs import IMPOSSIBLE, nearest_partners

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.encode import Prepared, Side
    from reverse_match.solver.objectives import Optimum
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof

    Places = tuple[IntArray, IntArray]
    from collections.abc import Iterator, Sequence

    from reverse_match.policy.values import Role
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.tiles import Tiling


def broken_quotas(prepared: Prepared, duos: Places, pairs: Places) -> list[tuple[str, ...]]:
    """Return for each pair the names of the quotas that break when it is added to some duos.

    Parameters
    ----------
    prepared : Prepared
        Matching problem with the quotas.
    duos : pair of int64 arrays
        Rows and columns of all duos.
    pairs : pair of int64 arrays
        Rows and columns of pairs that are no duo.
    """
    marks = _no_marks(prepared, len(pairs[0]))
    for part in prepared.quotas:
        marks[part.place] |= ~allows_each(part.sums, duos, pairs)
    return marked_quota_names(prepared, marks)


def paid_quotas(
    prepared: Prepared, optimum: Optimum, pairs: Places
) -> tuple[list[tuple[str, ...]], IntArray]:
    """Return for each pair the names of the quotas that it pays for, and the sum of these payments.

    Amounts that the pair gets for counting in other quotas are not subtracted.

    Parameters
    ----------
    prepared : Prepared
        Matching problem with the quotas.
    optimum : Optimum
        Optimum with the prices of the quotas.
    pairs : pair of int64 arrays
        Rows and columns of the pairs.
    """
    found = optimum.quotas
    if found is None or not prepared.quotas:
        marks = _no_marks(prepared, len(pairs[0]))
        return marked_quota_names(prepared, marks), np.zeros(len(pairs[0]), dtype=np.int64)
    paid = _payments(prepared, found.total, pairs)
    marks, amount = paid > 0, np.maximum(paid, 0).sum(axis=0)
    cardinality_dual = found.total.of_quotas.cardinality_dual
    if cardinality_dual < 0 and found.count is not None:
        marks |= _payments(prepared, found.count, pairs) > 0
        amount -= cardinality_dual
    return marked_quota_names(prepared, marks), amount


def marked_quota_names(prepared: Prepared, marks: BoolArray) -> list[tuple[str, ...]]:
    """Return for each pair the names of the marked quotas; marks have a row for each quota of the policy."""
    names = {part.place: part.name for part in prepared.quotas}
    return [tuple(names[place] for place in np.flatnonzero(mine).tolist()) for mine in marks.T]


def _payments(prepared: Prepared, proof: QuotaProof, pairs: Places) -> IntArray:
    """Return the payment of each pair for each quota of the policy, shape (quotas, pairs).

    For a share it is the difference to a pair that counts the other way: for a given number of duos, a charge
    for some pairs and a premium for the others have the same effect.
    """
    asked = prepared.policy.quotas
    paid = np.zeros((len(asked), len(pairs[0])), dtype=np.int64)
    either_way = np.zeros((len(asked), 2), dtype=np.int64)
    of_policy = zip(prepared.quotas, proof.quotas, proof.of_quotas.of_sums, strict=False)
    for part, sums, price in of_policy:  # without the bound on lacking duos, which is no quota of the policy
        index, coefficient = sums.sums(*pairs)
        paid[part.place] += np.append(price, 0)[index] * coefficient
        if isinstance(sums, PairQuota) and isinstance(asked[part.place], ShareQuota):
            either_way[part.place] += int(price[0]) * np.array([sums.inside, sums.outside])
    paid -= either_way.min(axis=1)[:, None]
    return paid


def _no_marks(prepared: Prepared, pairs: int) -> BoolArray:
    return np.zeros((len(prepared.policy.quotas), pairs), dtype=bool)


ROLES: tuple[Role, Role] = ("mentor", "mentee")
"""Roles by side: rows are mentors, columns are mentees."""

_UNMATCHED = TypeAdapter(list[Unmatched])
"""Validates the records of all people without a duo in one call."""


class Obstacle(NamedTuple):
    """Why a person has no duo: the nearest partner, and the quotas in the way."""

    nearest: Nearest | None = None
    quotas: tuple[str, ...] = ()


NO_OBSTACLE = Obstacle()


def explain_unmatched(
    prepared: Prepared, optimum: Optimum, duos: Places
) -> tuple[tuple[Unmatched, ...], tuple[Shortage, ...]]:
    """Return the people without a duo with their reasons, and the people who compete for too few partners.

    Parameters
    ----------
    prepared : Prepared
        Matching problem, with the index of people to rows and columns.
    optimum : Optimum
        The free duos, and prices.
    duos : pair of int64 arrays
        Rows and columns of all duos.
    """
    without_duo = [
        np.flatnonzero(np.bincount(taken, minlength=len(side.ids)) == 0)
        for taken, side in zip(duos, prepared.people, strict=True)
    ]
    if not any(map(len, without_duo)):
        return (), ()
    takes_part = prepared.people[0].capacities > 0, prepared.people[1].capacities > 0
    counts = partner_counts(prepared.model, prepared.rules, takes_part, prepared.tiling)
    present = [without_duo[side][takes_part[side][without_duo[side]]] for side in (0, 1)]
    obstacles = [_obstacles(prepared, optimum, duos, side, present[side]) for side in (0, 1)]
    found = (_shortages(prepared, optimum, side, present[side]) for side in (0, 1))
    shortages = sorted(chain.from_iterable(found), key=lambda entry: (entry.role, entry.people))
    records: list[dict[str, Any]] = []
    for side, role in enumerate(ROLES):
        people = prepared.people[side]
        competes = _shortage_of_each({people.ids[place] for place in present[side].tolist()}, role, shortages)
        for place in without_duo[side].tolist():
            identity, capacity = people.ids[place], int(people.capacities[place])
            mine = obstacles[side].get(place, NO_OBSTACLE)
            reason = _reason(capacity, counts[side], place, mine.quotas)
            shortage = competes.get(identity)
            records.append({"id": identity, "role": role, **reason, **mine._asdict(), "shortage": shortage})
    records.sort(key=lambda left: (left["id"], left["role"]))
    return tuple(_UNMATCHED.validate_python(records)), tuple(shortages)


def _shortage_of_each(ids: set[str], role: Role, shortages: Sequence[Shortage]) -> dict[str, int]:
    """Return by id the index of the shortage that a person is in, for some people of a role."""
    return {
        identity: index
        for index, entry in enumerate(shortages)
        if entry.role == role
        for identity in ids.intersection(entry.people)
    }


def _reason(capacity: int, counts: PartnerCounts, place: int, quotas: tuple[str, ...]) -> dict[str, object]:
    allowed = int(counts.allowed[place])
    blocked_by = {rule: int(count[place]) for rule, count in counts.blocked_by.items() if count[place]}
    reason: Reason = "no_allowed_partner"
    if capacity == 0:
        reason, allowed, blocked_by = "sits_out", 0, {}
    elif allowed:
        reason = "quota_full" if quotas else "partners_taken"
    elif counts.only_score[place]:
        reason = "below_minimum_score"
    return {"reason": reason, "allowed_partners": allowed, "blocked_by": blocked_by}


def _obstacles(
    prepared: Prepared, optimum: Optimum, duos: Places, side: int, people: IntArray
) -> dict[int, Obstacle]:
    """Return the obstacles of some people without a duo, by their indices.

    A person with an allowed partner who also has a place left has no duo because of quotas; then only such
    partners are examined. Under ``max_min`` prices do not bound pairs below the worst duo, so all other
    people have no obstacle.
    """
    found: dict[int, Obstacle] = {}
    if not len(people):
        return found
    if prepared.quotas:
        nearest = _nearest(_problem_of_free_places(prepared, optimum), side, people, prepared.tiling)
        broken = broken_quotas(prepared, duos, nearest.pairs(side))
        found = _obstacles_by_place(prepared, optimum, duos, side, nearest, broken)
        people = np.setdiff1d(people, nearest.people)
    if optimum.objective != "max_min":
        nearest = _nearest(_priced_problem(prepared, optimum), side, people, prepared.tiling)
        names, paid = paid_quotas(prepared, optimum, nearest.pairs(side))
        decided = (nearest.costs < paid).tolist()
        quotas = [mine if counts else () for mine, counts in zip(names, decided, strict=True)]
        found |= _obstacles_by_place(prepared, optimum, duos, side, nearest, quotas)
    return found


class _NearestPartners(NamedTuple):
    """People, with the partner of the least reduced cost and that reduced cost."""

    people: IntArray
    partners: IntArray
    costs: IntArray

    def pairs(self, side: int) -> tuple[IntArray, IntArray]:
        """Return rows and columns of the pairs."""
        return (self.people, self.partners) if side == 0 else (self.partners, self.people)


def _nearest(
    asked: tuple[Problem, DualValues], side: int, people: IntArray, tiling: Tiling
) -> _NearestPartners:
    """Return the nearest possible partner of some people, where one exists."""
    partners, costs = nearest_partners(*asked, side, people, tiling)
    possible = costs != IMPOSSIBLE
    return _NearestPartners(people[possible], partners[possible], costs[possible])


def _priced_problem(prepared: Prepared, optimum: Optimum) -> tuple[Problem, DualValues]:
    return optimum.with_payments(prepared.problem), optimum.pair_prices


def _problem_of_free_places(prepared: Prepared, optimum: Optimum) -> tuple[Problem, DualValues]:
    """Return the problem of the people with a place left; under ``max_min`` the highest score is nearest."""
    problem, prices = _priced_problem(prepared, optimum)
    if optimum.objective == "max_min":
        problem, prices = prepared.problem.without_credits, DualValues(0 * prices.rows, 0 * prices.columns, 0)
    chosen = optimum.solution.chosen
    rows, columns = chosen.unused(problem.capacities)
    return replace(problem, row_capacity=rows, column_capacity=columns), prices


def _obstacles_by_place(
    prepared: Prepared,
    optimum: Optimum,
    duos: Places,
    side: int,
    nearest: _NearestPartners,
    quotas: Sequence[tuple[str, ...]],
) -> dict[int, Obstacle]:
    """Return obstacles by index: the id of the nearest partner, and the ids of the partner's duos."""
    priced = optimum.objective != "max_min" and optimum.people is None and not optimum.spreads_first
    slack = optimum.slack
    taken_by = defaultdict(list)
    wanted = np.flatnonzero(np.isin(duos[1 - side], nearest.partners))
    for partner, other in zip(duos[1 - side][wanted].tolist(), duos[side][wanted].tolist(), strict=True):
        taken_by[partner].append(prepared.people[side].ids[other])
    names = prepared.people[1 - side].ids
    columns = nearest.people.tolist(), nearest.partners.tolist(), nearest.costs.tolist()
    return {
        place: Obstacle(
            Nearest.of_checked(
                {
                    "partner": names[partner],
                    "taken_by": tuple(sorted(taken_by[partner])),
                    "by": prepared.utility.to_number(cost - slack) if priced and cost >= slack else None,
                }
            ),
            mine,
        )
        for place, partner, cost, mine in zip(*columns, quotas, strict=True)
    }


def _shortages(prepared: Prepared, optimum: Optimum, side: int, people: IntArray) -> Iterator[Shortage]:
    """Yield the shortages of some people, if the number of duos is the largest possible without quotas."""
    problem, solution = prepared.problem, optimum.solution
    if not len(people) or optimum.plain.bounds.count > len(solution.chosen):
        return
    for found in find_hall_violators(problem, solution.chosen, side, people):
        yield Shortage.of_checked(
            {
                "role": ROLES[side],
                "people": _sorted_ids(prepared.people[side], found.people),
                "partners": _sorted_ids(prepared.people[1 - side], found.partners),
                "wanted": found.wanted,
                "places": found.places,
            }
        )


def _sorted_ids(side: Side, places: IntArray) -> tuple[str, ...]:
    """Return the ids of some people, who may be nearly all, sorted."""
    marks = np.zeros(len(side.ids), dtype=bool)
    marks[places] = True
    return tuple(side.sorted_ids(marks))
