"""Numbers of duos of single people, and the proof of how they are spread, computed independently.

The *spread* of a side is the number of pairs of duos that share a person: l (l - 1) / 2 for a person with l
duos. A proof with prices of either sign bounds a matching with N duos, of which no person has fewer than
their least number of duos:

    worth of the duos - weight * spread  <=  excesses above 0 + sum over people of the largest
        (price * l - weight * l (l - 1) / 2)  -  N * price of a duo,

where l runs from a person's least number of duos to their capacity. Numbers of any size are exact here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.foundation.plural import quantity
from reverse_match.policy import OVER_PEOPLE
from reverse_match.verification.people import ROLES, least_duos, most_duos

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import PeopleIndex, Role

LARGEST = 2**61
"""Largest absolute value of prices and worths in a proof; with larger ones, sums could overflow 64 bits."""


def pairs_sharing(load: int) -> int:
    """Return the number of pairs of duos among the duos of one person.

    Examples
    --------
    >>> [pairs_sharing(load) for load in range(5)]
    [0, 0, 1, 3, 6]
    """
    return load * (load - 1) // 2


@dataclass(frozen=True)
class LoadTerms:
    """The part of a proof that depends on how many duos each person has.

    Attributes
    ----------
    left, least, already : dict of role to int64 array
        Capacity beside fixed duos, least number of duos beside them, and number of fixed duos.
    spread : dict of role to bool
        Whether the duos of a role are spread.
    weight : int
        Weight of the spread in this proof, in units.
    """

    left: Mapping[Role, IntArray]
    least: Mapping[Role, IntArray]
    already: Mapping[Role, IntArray]
    spread: Mapping[Role, bool]
    weight: int

    @classmethod
    def of(cls, claim: Claim) -> LoadTerms:
        """Return the terms of a claim, without a weight of the spread."""
        fixed = np.array(sorted(claim.demands.fixed), dtype=np.int64).reshape(-1, 2).T
        already = {
            role: np.bincount(ends, minlength=len(claim.people.of[role]))
            for role, ends in zip(ROLES, fixed, strict=True)
        }
        least = {role: _least_left(claim, role, already[role]) for role in ROLES}
        left = {role: np.maximum(left, 0) for role, left in claim.demands.left.items()}
        return cls(left, least, already, sides_of(claim.policy), 0)

    @classmethod
    def of_capacities(cls, left: Mapping[Role, IntArray]) -> LoadTerms:
        """Return the terms of capacities alone, without least numbers and fixed duos."""
        nothing = {role: np.zeros_like(left[role]) for role in ROLES}
        return cls(left, nothing, nothing, dict.fromkeys(ROLES, False), 0)

    def weighing(self, weight: int) -> LoadTerms:
        """Return the same terms with a weight of the spread."""
        return replace(self, weight=weight)

    @property
    def bends(self) -> bool:
        """Whether duos of one person are worth the less, the more there are, or must be some."""
        return self.weight != 0 or any(bool(least.any()) for least in self.least.values())

    def most(self, prices: Mapping[Role, IntArray]) -> int:
        """Return the sum over people of the largest worth of a number of duos."""
        return sum(self._most_of_role(role, prices[role]) for role in ROLES)

    def _most_of_role(self, role: Role, prices: IntArray) -> int:
        """Return the sum over the people of a role; the numbers of Python do not overflow."""
        left, least, weight = self.left[role], self.least[role], self.weight * self.spread[role]
        if not weight:  # as many duos as there can be at a price above 0, else as few
            loads = np.where(prices <= 0, np.minimum(least, left), left)
            return sum(map(mul, prices.tolist(), loads.tolist()))
        columns = (column.tolist() for column in (left, least, self.already[role], prices))
        return sum(map(self._most_of, *columns, repeat(weight)))

    def _most_of(self, capacity: int, least: int, already: int, price: int, weight: int) -> int:
        """Return the largest worth for one person: each further duo gains less than the one before."""
        least = min(least, capacity)
        load = least if price <= 0 else capacity
        if weight and capacity > least:
            gaining = (price - 1) // weight + 1 - already  # the last duo whose price exceeds its cost
            load = min(max(gaining, least), capacity)
        return price * load - weight * pairs_sharing(already + load)

    def can_change(self, role: Role, prices: IntArray, free: IntArray, by: int) -> BoolArray:
        """Mark people who could have one duo more (``by`` 1) or fewer (-1) at no loss in this proof."""
        weight = self.weight * self.spread[role]
        now = free + self.already[role]
        gain = by * prices - weight * (by * now + (by < 0))
        inside = (free + by <= self.left[role]) & (free + by >= self.least[role])
        changed: BoolArray = inside & (gain == 0)
        return changed


def _least_left(claim: Claim, role: Role, already: IntArray) -> IntArray:
    """Return the least numbers of duos beside fixed ones; none where they are kept as quotas."""
    asked = claim.people.least[role] * (not claim.matching.added.loads)
    left: IntArray = np.maximum(asked - already, 0)
    return left


def sides_of(policy: Policy) -> dict[Role, bool]:
    """Return whether the duos of mentors, and those of mentees, are spread."""
    of = None if policy.spread is None else policy.spread.of
    return {"mentor": of in ("mentors", "both"), "mentee": of in ("mentees", "both")}


def have_signs(matching: Matching, people: PeopleIndex) -> bool:
    """Say whether prices of people may be negative: duos are spread, or people have least numbers of duos."""
    if matching.policy.spread is not None:
        return True
    least = any(bool(numbers.any()) for numbers in people.least.values())
    return least and not matching.added.loads


def spread_of(claim: Claim) -> int:
    """Return the number of pairs of duos that share a person whose duos are spread."""
    return sum(
        pairs_sharing(load)
        for role, counts in sides_of(claim.policy).items()
        if counts
        for load in claim.loads[role].tolist()
    )


def load_findings(claim: Claim) -> Iterator[Finding]:
    """Check that nobody has more or fewer duos than they may have, in a role and in both together."""
    absent = set(map(id_key, (*claim.matching.added.absent, *claim.matching.added.waiting)))
    for role, loads in claim.loads.items():
        for place in np.flatnonzero(loads > claim.demands.capacity[role]).tolist():
            person, load = claim.people.of[role][place], quantity(int(loads[place]), "duo")
            message = f"'{person.id}' has {load} as {role}, but capacity {most_duos(person, role)}"
            yield Finding("capacity", message)
        for place in np.flatnonzero(loads < claim.people.least[role]).tolist():
            person, least = claim.people.of[role][place], int(claim.people.least[role][place])
            if id_key(person.id) not in absent:
                duos = quantity(int(loads[place]), "duo")
                yield Finding("capacity", f"'{person.id}' has {duos} as {role}, but must have {least}")
    for person in claim.people.cohort.participants:
        if person.capacity_in_all is not None or person.least_duos_in_all:
            yield from _finding_in_all(claim, person, 0 if id_key(person.id) in absent else 1)


def _finding_in_all(claim: Claim, person: Participant, there: int) -> Iterator[Finding]:
    places = [(role, claim.people.place[role].get(id_key(person.id))) for role in ROLES]
    load = sum(int(claim.loads[role][place]) for role, place in places if place is not None)
    if person.capacity_in_all is not None and load > person.capacity_in_all:
        message = f"'{person.id}' has {quantity(load, 'duo')} in all, but capacity {person.capacity_in_all}"
        yield Finding("capacity", message)
    if load < there * person.least_duos_in_all:
        message = (
            f"'{person.id}' has {quantity(load, 'duo')} in all, but must have {person.least_duos_in_all}"
        )
        yield Finding("capacity", message)


def bound_by_quota_findings(matching: Matching, people: PeopleIndex) -> Iterator[Finding]:
    """Check that the numbers of duos that are kept as quotas are those of the people."""
    stated = [bound.model_dump(mode="json") for bound in matching.added.loads]
    if stated != bounds_by_quota(matching, people, always=bool(stated)):
        message = "the numbers of duos of single people that are kept as quotas are not those of the people"
        yield Finding("capacity", message)


def bounds_by_quota(matching: Matching, people: PeopleIndex, *, always: bool) -> list[dict[str, Any]]:
    """Return the numbers of duos of single people that are quotas of a matching, as plain data.

    Parameters
    ----------
    matching : Matching
        The matching, which says who is absent in a round of a plan.
    people : PeopleIndex
        Its people.
    always : bool
        Whether least numbers are quotas although nothing else is.
    """
    absent = set(map(id_key, (*matching.added.absent, *matching.added.waiting)))
    each = [
        {"id": person.id, "role": role, "at_least": least}
        for role in ROLES
        for person, least in zip(people.of[role], people.least[role].tolist(), strict=True)
        if least and id_key(person.id) not in absent
    ]
    here = [person for person in people.cohort.participants if id_key(person.id) not in absent]
    together = [bound for bound in map(_bound_in_all, here) if bound is not None]
    quotas = matching.policy.quotas or matching.added.quotas
    raises = matching.policy.objective == "max_min" or isinstance(matching.policy.objective, OVER_PEOPLE)
    if together or quotas or raises or always:
        together += each
    return sorted(together, key=lambda bound: (bound["id"], bound["role"]))


def _bound_in_all(person: Participant) -> dict[str, Any] | None:
    """Return the bounds on the duos of a person in both roles that those in each role do not imply."""
    if person.role != "both":
        return None
    bound: dict[str, Any] = {"id": person.id, "role": "both"}
    if person.least_duos_in_all > sum(least_duos(person, role) for role in ROLES):
        bound["at_least"] = person.least_duos_in_all
    most = person.capacity_in_all
    if most is not None and most < sum(most_duos(person, role) for role in ROLES):
        bound["at_most"] = most
    return bound if len(bound) > len(("id", "role")) else None


def too_large(prices: Mapping[Role, IntArray], duo: int, weight: int, worth: int) -> bool:
    """Say whether prices times a weight, beside worths, could exceed 64 bits."""
    largest = sum(int(np.abs(price).max(initial=0)) for price in prices.values()) + abs(duo)
    return abs(weight) * (largest + 1) + worth > LARGEST
