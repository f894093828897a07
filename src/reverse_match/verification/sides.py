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
from reverse_match.verification.people import ROLES, as_array, other_role
from reverse_match.verification.statements import count_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray, NarrowIntArray
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Role
    from reverse_match.verification.stages import TileExcess
    from reverse_match.verification.statements import Tile

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
        self._axis = ROLES.index(role)
        self._left = np.unique(np.array([of[id_key(one.id)] for one in left], dtype=np.int64))
        stated = [(of[id_key(one.id)], to[id_key(one.nearest.partner)]) for one in left if one.nearest]
        self._stated = as_array(stated if role == "mentor" else {(row, column) for column, row in stated})
        self.competes = np.full(size, IN_NONE, dtype=np.int64)
        self._serves = np.full(len(people.of[across]), IN_NONE, dtype=np.int64)
        self.met, self.escapes = np.zeros_like(self._serves), np.zeros(size, dtype=bool)
        for index, shortage in enumerate(matching.shortages):
            if shortage.role == role:
                self.competes[[of[id_key(name)] for name in shortage.people]] = index
                self._serves[[to[id_key(name)] for name in shortage.partners]] = index

    def look(
        self,
        tile: Tile,
        possible: BoolArray,
        excess: TileExcess | None,
        marks: Sequence[BoolArray | None],
    ) -> None:
        """Collect facts from the possible pairs of a tile.

        Parameters
        ----------
        tile : Tile
            The pairs.
        possible : bool array
            The pairs that could be a duo.
        excess : TileExcess or None
            Excess of each pair's worth over its prices; ``None`` if scores count instead.
        marks : sequence of bool arrays
            The pairs that count in each quota; ``None`` where that does not depend on pairs.
        """
        mine, theirs = (tile.rows, tile.columns) if self._axis == 0 else (tile.columns, tile.rows)
        places = self._left[(self._left >= mine.start) & (self._left < mine.stop)]
        if len(places):
            found = self._of_people(places - mine.start, tile, possible, excess)
            self._raise(self.best, places, found)
            room = self._room_across[theirs]
            if room.any():
                self._raise(self.best_with_room, places, found.compress(room, 1 - self._axis))
            self._look_at_nearest(tile, possible, excess, marks)
        self._look_at_shortages(mine, theirs, possible if self._axis == 0 else possible.T)

    def _of_people(
        self, places: IntArray, tile: Tile, possible: BoolArray, excess: TileExcess | None
    ) -> NarrowIntArray:
        """Return the worth of the pairs of some people of a tile, the least number where it is impossible."""
        if excess is None:
            worth = tile.scores.take(places, self._axis)
        else:
            worth = excess.of_people(places, self._axis)
        worth[~possible.take(places, self._axis)] = np.iinfo(worth.dtype).min
        return worth

    def _raise(self, best: IntArray, places: IntArray, worth: NarrowIntArray) -> None:
        """Raise the best worth of some people to that of their pairs in a tile."""
        most = worth.max(axis=1 - self._axis)
        known = most > np.iinfo(worth.dtype).min
        best[places[known]] = np.maximum(best[places[known]], most[known])

    def _look_at_nearest(
        self, tile: Tile, possible: BoolArray, excess: TileExcess | None, marks: Sequence[BoolArray | None]
    ) -> None:
        """Keep the worth of the stated pairs of a tile, and the quotas in which they count."""
        ends = tile.inside(self._stated)
        mine = ends[self._axis] + (tile.rows if self._axis == 0 else tile.columns).start
        worth = tile.scores[ends] if excess is None else excess.at(*ends)
        # In 64 bits, whatever scores have: cut to 32, ``NOTHING`` would be 0.
        self.nearest[mine] = np.where(possible[ends], worth, np.int64(NOTHING))
        for place, mark in enumerate(marks):
            if mark is not None:
                self.counts[mine, place] = mark[ends]

    def _look_at_shortages(self, mine: slice, theirs: slice, possible: BoolArray) -> None:
        of, to = self.competes[mine], self._serves[theirs]
        competes = of != IN_NONE
        if not competes.any():
            return
        pairs, of = (possible, of) if competes.all() else (possible[competes], of[competes])
        if (of == of[0]).all():  # people of one shortage, as is usual where one role is short of the other
            listed = to == of[0]
            self.met[theirs] += np.where(listed, count_marks(pairs, axis=0), 0)
            escapes = np.zeros(len(of), dtype=bool) if listed.all() else pairs[:, ~listed].any(axis=1)
        else:
            same = pairs & (of[:, None] == to[None, :])
            self.met[theirs] += count_marks(same, axis=0)
            escapes = (pairs & ~same).any(axis=1)
        self.escapes[mine.start + np.flatnonzero(competes)] |= escapes
