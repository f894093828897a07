"""Findings of the pass over all pairs on the people of one role: partners, and reasons for having no duo.

The audit passes each tile with the possible pairs and their worth above the prices. For each person without a
duo, the best possible pair is kept, and the best one with a partner who has a place left. For the pair with
the partner whom the matching names as nearest, the worth and the quotas in which it counts are kept. For each
stated shortage, the possible partners of its people are kept, whether or not they are listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import id_key
from reverse_match.verification.people import other_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Role

NOTHING = -(2**62)
"""Worth of an impossible pair."""

IN_NONE = -1
"""Index of the shortage of a person who is in none."""


class SideAudit:
    """Collects from all pairs the facts that statements on the people of one role are checked against.

    Attributes
    ----------
    allowed : int64 array
        Number of partners whom every rule allows, for each person.
    only_score : int64 array
        Number of partners whom only a minimum score excludes, for each person.
    violations : dict of str to int64 array
        Number of partners with whom a duo would break a rule, by its label; only for rules that list no
        pairs.
    best : int64 array
        Excess over its prices of the best possible pair, for each person without a duo.
    best_with_room : int64 array
        The same among partners who have a place left; only under quotas.
    nearest : int64 array
        The same for the pair with the partner who is stated to be nearest.
    counts : bool array of shape (people, quotas)
        The quotas in which that pair counts, as far as that depends on the pair.
    has_room : bool array
        The people who have a place left.
    competes : int64 array
        Index of the shortage in which a person competes.
    met : int64 array
        For each person of the other role: how many people of the shortage that lists them may be with them.
    escapes : bool array
        The people of a shortage who may also be with a partner that it does not list.
    """

    def __init__(self, claim: Claim, role: Role) -> None:
        matching, people, across = claim.matching, claim.people, other_role(role)
        of, to = people.place[role], people.place[across]
        size, quotas = len(people.of[role]), len(claim.quotas)
        rules = (*claim.demands.conditions, *claim.demands.thresholds)
        self.allowed, self.only_score = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        self.violations = {label: np.zeros(size, dtype=np.int64) for label in rules}
        self.best, self.best_with_room, self.nearest = (
            np.full(size, NOTHING, dtype=np.int64) for _ in range(3)
        )
        self.counts = np.zeros((size, quotas), dtype=bool)
        room = {one: claim.loads[one] < claim.demands.capacity[one] for one in (role, across)}
        self.has_room: BoolArray = room[role]
        self._room_across = room[across] if quotas else np.zeros_like(room[across])
        left = [left for left in matching.unmatched if left.role == role]
        self._left = np.unique(np.array([of[id_key(one.id)] for one in left], dtype=np.int64))
        stated = [(of[id_key(one.id)], to[id_key(one.nearest.partner)]) for one in left if one.nearest]
        self._stated = np.array(stated, dtype=np.int64).reshape(-1, 2)
        self.competes = np.full(size, IN_NONE, dtype=np.int64)
        self._serves = np.full(len(people.of[across]), IN_NONE, dtype=np.int64)
        self.met, self.escapes = np.zeros_like(self._serves), np.zeros(size, dtype=bool)
        for index, shortage in enumerate(matching.shortages):
            if shortage.role == role:
                self.competes[[of[id_key(name)] for name in shortage.people]] = index
                self._serves[[to[id_key(name)] for name in shortage.partners]] = index

    def look(
        self,
        mine: slice,
        theirs: slice,
        possible: BoolArray,
        worth: IntArray,
        marks: Sequence[BoolArray | None],
    ) -> None:
        """Collect facts from the possible pairs of a tile whose rows are the people of this side.

        Parameters
        ----------
        mine, theirs : slice
            The people of this side, and of the other, in the tile.
        possible : bool array
            The pairs that could be a duo.
        worth : int64 array
            Excess of each pair's worth over its prices.
        marks : sequence of bool arrays
            The pairs that count in each quota; ``None`` where that does not depend on pairs.
        """
        places = self._left[(self._left >= mine.start) & (self._left < mine.stop)]
        if len(places) and possible.size:
            found = np.where(possible[places - mine.start], worth[places - mine.start], NOTHING)
            self.best[places] = np.maximum(self.best[places], found.max(axis=1))
            room = self._room_across[theirs]
            if room.any():
                best = found[:, room].max(axis=1)
                self.best_with_room[places] = np.maximum(self.best_with_room[places], best)
            self._look_at_nearest(mine, theirs, possible, worth, marks)
        self._look_at_shortages(mine, theirs, possible)

    def _look_at_nearest(
        self,
        mine: slice,
        theirs: slice,
        possible: BoolArray,
        worth: IntArray,
        marks: Sequence[BoolArray | None],
    ) -> None:
        ones, others = self._stated.T
        inside = (ones >= mine.start) & (ones < mine.stop) & (others >= theirs.start) & (others < theirs.stop)
        ends = ones[inside] - mine.start, others[inside] - theirs.start
        self.nearest[ones[inside]] = np.where(possible[ends], worth[ends], NOTHING)
        for place, mark in enumerate(marks):
            if mark is not None:
                self.counts[ones[inside], place] = mark[ends]

    def _look_at_shortages(self, mine: slice, theirs: slice, possible: BoolArray) -> None:
        of, to = self.competes[mine], self._serves[theirs]
        if (of != IN_NONE).any():
            same = possible & (of[:, None] == to[None, :]) & (to != IN_NONE)[None, :]
            self.met[theirs] += same.sum(axis=0)
            self.escapes[mine] |= (possible & ~same).any(axis=1) & (of != IN_NONE)
