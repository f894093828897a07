"""Whether one more duo could simply be formed, where of equal totals the most duos are asked for.

Under ``total`` the prices prove the total, and not that no choice of the same total has more duos. But a pair
of two people who both have a place left, that the rules allow, that costs nothing and with which every quota
still holds, would be such a choice: so there must be none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.verification.people import as_array, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.verification.conditions import Tile
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import Goal
    from reverse_match.verification.people import People, Place
    from reverse_match.verification.quotas import Asked, Quotas


class Additions:
    """Looks for a duo that could be formed beside all others, tile by tile."""

    def __init__(
        self, matching: Matching, people: People, demands: Demands, quotas: Quotas, goal: Goal
    ) -> None:
        self._people, self._goal = people, goal
        self._asked = goal.kind == "total" and matching.certificate.proved
        places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        loads = np.bincount(rows, minlength=len(people.of["mentor"]))
        self._free_mentors = demands.capacity["mentor"] > loads
        loads = np.bincount(columns, minlength=len(people.of["mentee"]))
        self._free_mentees = demands.capacity["mentee"] > loads
        self._formed = as_array(places)
        self._fits = [_fitting(asked, places, quotas) for asked in quotas.asked]
        self._found: Place | None = None

    def look(self, tile: Tile, possible: BoolArray, marks: list[BoolArray | None]) -> None:
        """Take in the pairs of a tile that may be; marks say for each quota which of them count."""
        if not self._asked or self._found is not None:
            return
        free = possible & self._free_mentors[tile.rows, None] & self._free_mentees[None, tile.columns]
        if not free.any():
            return
        free &= ~marked(self._formed, tile.rows, tile.columns)
        free &= self._goal.worth_of_tile(tile.rows, tile.columns, tile.scores) >= 0
        for fits, counts in zip(self._fits, marks, strict=True):
            free &= fits.among(tile, counts)
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


class _Fitting(NamedTuple):
    """Whether a quota holds with one duo more: with one that counts, with one that does not, or by person."""

    counted: bool
    uncounted: bool
    side: int = 0
    of_person: BoolArray | None = None

    def among(self, tile: Tile, counts: BoolArray | None) -> BoolArray:
        """Mark the pairs of a tile with which it holds; ``counts`` marks those that count."""
        if self.of_person is not None:
            here = self.of_person[(tile.rows, tile.columns)[self.side]]
            return here[:, None] if self.side == 0 else here[None, :]
        return np.where(True if counts is None else counts, self.counted, self.uncounted)


def _fitting(asked: Asked, places: list[Place], quotas: Quotas) -> _Fitting:
    quota = asked.quota
    if isinstance(quota, EachQuota):
        side = 0 if asked.role == "mentor" else 1
        loads = Counter(asked.group[place[side]] for place in places)
        most = np.inf if quota.at_most is None else quota.at_most
        of_person = [group is None or loads[group] < most for group in asked.group]
        return _Fitting(True, True, side, np.array(of_person, dtype=bool))
    number, duos = sum(quotas.counted(places, asked)), len(places) + 1
    return _Fitting(_holds(quota, number + 1, duos), _holds(quota, number, duos))


def _holds(quota: Any, number: int, duos: int) -> bool:
    whole = duos if isinstance(quota, ShareQuota) else 1
    least, most = quota.lowest, quota.highest
    return (least is None or number >= least * whole) and (most is None or number <= most * whole)
