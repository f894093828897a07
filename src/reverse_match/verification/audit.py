"""One pass over all pairs: who could have met whom, and what the prices of a certificate prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import id_key
from reverse_match.scoring.grid import ONE
from reverse_match.tiling import Tiling, slices
from reverse_match.verification.left_out_audit import LeftOutAudit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.matching import Matching
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import People, Place, Role


@dataclass
class PartnerCounts:
    """What one pass over all pairs counts for each person of a side."""

    allowed: IntArray
    only_score: IntArray
    low: IntArray


class Audit:
    """One pass over all pairs: who could have met whom, and what the prices prove."""

    def __init__(self, matching: Matching, people: People, demands: Demands, model: ScoreModel) -> None:
        self.counts: dict[Role, PartnerCounts] = {
            role: PartnerCounts(*(np.zeros(len(members), dtype=np.int64) for _ in range(3)))
            for role, members in people.of.items()
        }
        certificate = matching.certificate
        self.price = {
            "mentor": _by_place(people, "mentor", certificate.mentor_prices),
            "mentee": _by_place(people, "mentee", certificate.mentee_prices),
        }
        self.scarce = {
            "mentor": _by_place(people, "mentor", dict.fromkeys(certificate.scarce_mentors, 1.0)) > 0,
            "mentee": _by_place(people, "mentee", dict.fromkeys(certificate.scarce_mentees, 1.0)) > 0,
        }
        self.duo_price = round(certificate.duo_price * ONE)
        self.formed = {people.at(duo.mentor, duo.mentee) for duo in matching.duos}
        self.pairs = self.untouched = self.excess = 0
        self.worst: tuple[int, Place] | None = None
        self.left_out = LeftOutAudit(matching, people)
        hard = set().union(demands.same_person, *demands.forbidden.values())
        self._marks = {
            "same_person": _sorted(demands.same_person),
            "hard": _sorted(hard),
            "fixed": _sorted(demands.fixed),
            "formed": _sorted(self.formed),
        }
        cut = Tiling(threads=1)
        for columns in slices(model.shape[1], cut.columns):
            block = model.block(columns)
            for rows in slices(model.shape[0], cut.rows):
                self._look_at(rows, columns, demands, block.tile(rows).astype(np.int64))

    def _look_at(self, rows: slice, columns: slice, demands: Demands, scores: IntArray) -> None:
        hard = self._marked("hard", rows, columns)
        hard |= (demands.capacity["mentor"][rows, None] == 0) | (
            demands.capacity["mentee"][None, columns] == 0
        )
        low = scores < demands.threshold
        same = self._marked("same_person", rows, columns)
        for role, place, axis in (("mentor", rows, 1), ("mentee", columns, 0)):
            count = self.counts["mentor" if role == "mentor" else "mentee"]
            count.allowed[place] += (~hard & ~low).sum(axis=axis)
            count.only_score[place] += (~hard & low).sum(axis=axis)
            count.low[place] += (low & ~same).sum(axis=axis)
        spent = (demands.left["mentor"][rows, None] <= 0) | (demands.left["mentee"][None, columns] <= 0)
        possible = ~(hard | low | spent | self._marked("fixed", rows, columns))
        worth = (
            scores + self.duo_price - self.price["mentor"][rows, None] - self.price["mentee"][None, columns]
        )
        self.pairs += int(possible.sum())
        self.excess += int(worth[possible & (worth > 0)].sum())
        scarce = self.scarce["mentor"][rows, None] | self.scarce["mentee"][None, columns]
        self.untouched += int((possible & ~scarce).sum())
        self.left_out.look(rows, columns, possible, worth)
        self._keep_worst(np.where(possible & ~self._marked("formed", rows, columns), worth, 0), rows, columns)

    def _keep_worst(self, worth: IntArray, rows: slice, columns: slice) -> None:
        if worth.size and worth.max() > (self.worst[0] if self.worst else 0):
            row, column = np.unravel_index(int(worth.argmax()), worth.shape)
            self.worst = int(worth.max()), (int(row) + rows.start, int(column) + columns.start)

    def _marked(self, kind: str, rows: slice, columns: slice) -> BoolArray:
        listed = self._marks[kind]
        marks = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=bool)
        inside = (
            (listed[:, 0] >= rows.start) & (listed[:, 0] < rows.stop)
            & (listed[:, 1] >= columns.start) & (listed[:, 1] < columns.stop)
        )  # fmt: skip
        marks[listed[inside, 0] - rows.start, listed[inside, 1] - columns.start] = True
        return marks


def _sorted(places: set[Place]) -> IntArray:
    return np.array(sorted(places), dtype=np.int64).reshape(-1, 2)


def _by_place(people: People, role: Role, values: Mapping[str, float]) -> IntArray:
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    for name, value in values.items():
        column[people.place[role][id_key(name)]] = round(value * ONE)
    return column
