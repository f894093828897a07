"""Whether one more duo could simply be formed, where of equal totals the most duos are asked for.

Under ``total`` the prices prove the total. They do not prove that no choice of the same total has more duos.
But a pair of two people who both have a place left would be such a choice, if the rules allow the pair, if it
costs nothing and if every quota still holds with it. So the verifier demands that there is no such pair.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.verification.people import as_array, mark_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.verification.conditions import Tile
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Place
    from reverse_match.verification.quotas import CohortQuota, Quotas


class Additions:
    """Looks for a duo that could be formed beside all others, tile by tile."""

    def __init__(
        self,
        matching: Matching,
        people: PeopleIndex,
        demands: Demands,
        quotas: Quotas,
        objective: CohortObjective,
    ) -> None:
        self._people, self._objective = people, objective
        self._applies = objective.kind == "total" and matching.certificate.proved
        places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        loads = np.bincount(rows, minlength=len(people.of["mentor"]))
        self._free_mentors = demands.capacity["mentor"] > loads
        loads = np.bincount(columns, minlength=len(people.of["mentee"]))
        self._free_mentees = demands.capacity["mentee"] > loads
        self._formed = as_array(places)
        self._slacks = [_slack_of(cohort_quota, places, quotas) for cohort_quota in quotas.of_cohort]
        self._found: Place | None = None

    def look(self, tile: Tile, possible: BoolArray, marks: list[BoolArray | None]) -> None:
        """Look among the possible pairs of a tile; ``marks`` say for each quota which of them count."""
        if not self._applies or self._found is not None:
            return
        free = possible & self._free_mentors[tile.rows, None] & self._free_mentees[None, tile.columns]
        if not free.any():
            return
        free &= ~mark_places(self._formed, tile.rows, tile.columns)
        free &= self._objective.worth_of_tile(tile.rows, tile.columns, tile.scores) >= 0
        for slack, counts in zip(self._slacks, marks, strict=True):
            free &= slack.allows(tile, counts)
        if free.any():
            row, column = np.argwhere(free)[0].tolist()
            self._found = row + tile.rows.start, column + tile.columns.start

    def findings(self) -> Iterator[Finding]:
        """Name the first pair that was found."""
        if self._found is not None:
            row, column = self._found
            mentor, mentee = self._people.of["mentor"][row].id, self._people.of["mentee"][column].id
            message = f"'{mentor}' and '{mentee}' could be a duo beside all others, at no loss"
            yield Finding("optimality", f"{message}: of equal totals the most duos are asked for")


class _QuotaSlack(NamedTuple):
    """Whether a quota holds with one duo more: one that counts, one that does not, or one of each person."""

    counted: bool
    uncounted: bool
    side: int = 0
    of_person: BoolArray | None = None

    def allows(self, tile: Tile, counts: BoolArray | None) -> BoolArray:
        """Mark the pairs of a tile with which the quota holds; ``counts`` marks those that count."""
        if self.of_person is not None:
            here = self.of_person[(tile.rows, tile.columns)[self.side]]
            return here[:, None] if self.side == 0 else here[None, :]
        return np.where(True if counts is None else counts, self.counted, self.uncounted)


def _slack_of(cohort_quota: CohortQuota, places: list[Place], quotas: Quotas) -> _QuotaSlack:
    quota = cohort_quota.quota
    if isinstance(quota, EachQuota):
        side = 0 if cohort_quota.role == "mentor" else 1
        loads = Counter(cohort_quota.group[place[side]] for place in places)
        most = np.inf if quota.at_most is None else quota.at_most
        of_person = [group is None or loads[group] < most for group in cohort_quota.group]
        return _QuotaSlack(True, True, side, np.array(of_person, dtype=bool))
    number, duos = sum(quotas.which_count(places, cohort_quota)), len(places) + 1
    return _QuotaSlack(_holds(quota, number + 1, duos), _holds(quota, number, duos))


def _holds(quota: Any, number: int, duos: int) -> bool:
    whole = duos if isinstance(quota, ShareQuota) else 1
    least, most = quota.lowest, quota.highest
    return (least is None or number >= least * whole) and (most is None or number <= most * whole)
