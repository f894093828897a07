"""What one pass over all pairs shows of people without a duo: who was nearest, and who competes for whom.

The audit passes each tile with the pairs that are possible and what they are worth above the prices. For
everybody without a duo the best of these is kept, and the best with somebody who has a place left. Also kept
are what the partner is worth whom the matching calls nearest, and in which quotas that pair counts. For the
people of each stated shortage it is kept whom they may be with, listed as partner or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.names import id_key
from reverse_match.verification.people import loads_of

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import PeopleIndex, Role

Marks: TypeAlias = "list[BoolArray | None]"
"""For each quota, which pairs of a tile count; ``None`` where that does not depend on pairs."""

NOTHING = -(2**62)
"""Worth of a pair that is not possible."""

IN_NONE = -1
"""Stands for the shortage of whoever is in none."""


def other_role(role: Role) -> Role:
    """Return the role of the partner."""
    return "mentee" if role == "mentor" else "mentor"


class LeftOutAudit:
    """Collects from all pairs what is needed to check why people have no duo.

    Attributes
    ----------
    best : dict of role to int64 array
        For everybody without a duo, by how much their best possible pair is worth more than its prices.
    best_with_room : dict of role to int64 array
        The same among partners who have a place left, where there are quotas.
    nearest : dict of role to int64 array
        The same for the pair with the partner who is said to be nearest.
    counts : dict of role to bool array of shape (people, quotas)
        In which quotas that pair counts, as far as that depends on the pair.
    has_room : dict of role to bool array
        Who has a place left.
    competes, serves : dict of role to int64 array
        In which shortage of a role somebody competes, and in which one of the other side is a partner.
    met : dict of role to int64 array
        How many of the people of the shortage in which they serve somebody may be with.
    escapes : dict of role to bool array
        Who may be with somebody who is not listed as partner.
    """

    def __init__(self, matching: Matching, people: PeopleIndex, demands: Demands) -> None:
        loads = loads_of(matching, people)
        self.has_room = {
            role: np.array([loads[role][place] < most for place, most in enumerate(capacity)], dtype=bool)
            for role, capacity in demands.capacity.items()
        }
        self._quotas = len(matching.policy_in_force.quotas)
        self.best_with_room: dict[Role, IntArray] = {}
        self.counts: dict[Role, BoolArray] = {}
        self._left: dict[Role, IntArray] = {}
        self.best: dict[Role, IntArray] = {}
        self.competes: dict[Role, IntArray] = {}
        self.serves: dict[Role, IntArray] = {}
        self.met: dict[Role, IntArray] = {}
        self.escapes: dict[Role, BoolArray] = {}
        self.nearest: dict[Role, IntArray] = {}
        self._stated: dict[Role, IntArray] = {}
        for role, members in people.of.items():
            across = people.of[other_role(role)]
            left = [left for left in matching.unmatched if left.role == role]
            places = [people.place[role][id_key(one.id)] for one in left]
            self._left[role] = np.unique(np.array(places, dtype=np.int64))
            self.best[role] = np.full(len(members), NOTHING, dtype=np.int64)
            self.best_with_room[role] = self.best[role].copy()
            self.counts[role] = np.zeros((len(members), self._quotas), dtype=bool)
            self.competes[role] = np.full(len(members), IN_NONE, dtype=np.int64)
            self.serves[role] = np.full(len(across), IN_NONE, dtype=np.int64)
            self.met[role] = np.zeros(len(across), dtype=np.int64)
            self.escapes[role] = np.zeros(len(members), dtype=bool)
            self.nearest[role] = np.full(len(members), NOTHING, dtype=np.int64)
            stated = [
                (place, people.place[other_role(role)][id_key(one.nearest.partner)])
                for one, place in zip(left, places, strict=True)
                if one.nearest is not None
            ]
            self._stated[role] = np.array(stated, dtype=np.int64).reshape(-1, 2)
        for index, shortage in enumerate(matching.shortages):
            role = shortage.role
            of, to = people.place[role], people.place[other_role(role)]
            self.competes[role][[of[id_key(name)] for name in shortage.people]] = index
            self.serves[role][[to[id_key(name)] for name in shortage.partners]] = index
        self._roles: list[Role] = [role for role in people.of if (self.competes[role] != IN_NONE).any()]

    def look(self, rows: slice, columns: slice, possible: BoolArray, worth: IntArray, marks: Marks) -> None:
        """Collect from the possible pairs of a tile."""
        self._look_for("mentor", rows, columns, possible, worth, marks)
        turned = [None if mark is None else mark.T for mark in marks]
        self._look_for("mentee", columns, rows, possible.T, worth.T, turned)
        for role in self._roles:
            mine, theirs = (rows, columns) if role == "mentor" else (columns, rows)
            allowed = possible if role == "mentor" else possible.T
            of, to = self.competes[role][mine], self.serves[role][theirs]
            same = allowed & (of[:, None] == to[None, :]) & (to != IN_NONE)[None, :]
            self.met[role][theirs] += same.sum(axis=0)
            self.escapes[role][mine] |= (allowed & ~same).any(axis=1) & (of != IN_NONE)

    def _look_for(
        self, role: Role, mine: slice, theirs: slice, possible: BoolArray, worth: IntArray, marks: Marks
    ) -> None:
        left = self._left[role]
        places = left[(left >= mine.start) & (left < mine.stop)]
        if not len(places) or not possible.size:
            return
        here = places - mine.start
        found = np.where(possible[here], worth[here], NOTHING)
        self.best[role][places] = np.maximum(self.best[role][places], found.max(axis=1))
        room = self.has_room[other_role(role)][theirs]
        if self._quotas and room.any():
            best = self.best_with_room[role]
            best[places] = np.maximum(best[places], found[:, room].max(axis=1))
        ones, others = self._stated[role].T
        inside = (ones >= mine.start) & (ones < mine.stop) & (others >= theirs.start) & (others < theirs.stop)
        ends = ones[inside] - mine.start, others[inside] - theirs.start
        self.nearest[role][ones[inside]] = np.where(possible[ends], worth[ends], NOTHING)
        for place, mark in enumerate(marks):
            if mark is not None:
                self.counts[role][ones[inside], place] = mark[ends]
