"""One pass over all pairs: who could have met whom, and what the prices of a certificate prove."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.names.normalise import id_key
from reverse_match.scoring.grid import ONE
from reverse_match.tiling import Tiling, slices
from reverse_match.verification.exact import exact_sum
from reverse_match.verification.left_out_audit import LeftOutAudit
from reverse_match.verification.places import as_array, marked
from reverse_match.verification.ties import Ties
from reverse_match.verification.truth import Tile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.matching import Matching
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.additions import Additions
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.goal import Goal
    from reverse_match.verification.left_out_audit import Marks
    from reverse_match.verification.people import People, Place, Role
    from reverse_match.verification.quota_ledger import QuotaProofs


@dataclass
class PartnerCounts:
    """What one pass over all pairs counts for each person of a side.

    Attributes
    ----------
    allowed : int64 array
        Partners that every rule allows.
    only_score : int64 array
        Partners that only a minimum score takes away.
    broken : dict of str to int64 array
        By label of a rule that lists no pairs: partners with whom a duo would break it.
    """

    allowed: IntArray
    only_score: IntArray
    broken: dict[str, IntArray]


class Audit:
    """One pass over all pairs: who could have met whom, what duos break, and what the prices prove."""

    def __init__(
        self,
        matching: Matching,
        people: People,
        demands: Demands,
        model: ScoreModel,
        goal: Goal,
        proofs: QuotaProofs | None = None,
        *,
        lists: bool = False,
        additions: Additions | None = None,
    ) -> None:
        self.proofs, self.additions = proofs, additions
        self.listed: list[tuple[IntArray, IntArray, IntArray, BoolArray]] | None = [] if lists else None
        rules = [*demands.demanded, *demands.thresholds]
        self.broken: dict[str, set[Place]] = {label: set() for label in rules}
        self.counts: dict[Role, PartnerCounts] = {
            role: PartnerCounts(
                np.zeros(len(members), dtype=np.int64),
                np.zeros(len(members), dtype=np.int64),
                {label: np.zeros(len(members), dtype=np.int64) for label in rules},
            )
            for role, members in people.of.items()
        }
        certificate = matching.certificate
        self.price = {
            "mentor": _prices(people, "mentor", certificate.mentor_prices, goal),
            "mentee": _prices(people, "mentee", certificate.mentee_prices, goal),
        }
        self.scarce = _marked_by_role(people, certificate.scarce_mentors, certificate.scarce_mentees)
        self.worst_scarce = _marked_by_role(
            people, certificate.worst_scarce_mentors or (), certificate.worst_scarce_mentees or ()
        )
        self.worst_bound = round((certificate.worst_bound or 0) * ONE)
        self.goal = goal
        self.duo_price = goal.whole(certificate.duo_price)
        self.formed = {people.at(duo.mentor, duo.mentee) for duo in matching.duos}
        places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        free = [
            goal.judged(round(duo.score * ONE), place)
            for duo, place in zip(matching.duos, places, strict=True)
            if place not in demands.fixed
        ]
        self.lowest = min(free, default=None)
        self._least = (self.lowest or 0) if goal.kind == "max_min" else 0
        self.pairs = self.untouched = self.excess = self.above = 0
        self.ties = Ties()
        self.worst: tuple[int, Place] | None = None
        self.left_out = LeftOutAudit(matching, people, demands)
        hard = set().union(demands.same_person, *demands.forbidden.values())
        self._marks = {
            "same_person": as_array(demands.same_person),
            "hard": as_array(hard),
            "fixed": as_array(demands.fixed),
            "formed": as_array(self.formed),
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
        low = np.zeros_like(hard)
        for label, demanded in demands.demanded.items():
            hard |= self._broken(label, demanded.broken(rows, columns, scores), rows, columns)
        for label, threshold in demands.thresholds.items():
            low |= self._broken(label, scores < threshold, rows, columns)
        for count, place, axis in self._sides(rows, columns):
            count.allowed[place] += (~hard & ~low).sum(axis=axis)
            count.only_score[place] += (~hard & low).sum(axis=axis)
        spent = (demands.left["mentor"][rows, None] <= 0) | (demands.left["mentee"][None, columns] <= 0)
        possible = ~(hard | low | spent | self._marked("fixed", rows, columns))
        prices = self.price["mentor"][rows, None] + self.price["mentee"][None, columns]
        worth = self.goal.worth_of_tile(rows, columns, scores) + self.duo_price - prices
        self.pairs += int(possible.sum())
        marks: Marks = []
        if self.proofs is not None:
            tile = Tile(rows, columns, scores)
            marks = self.proofs.marks(tile)
            worth = self.proofs.add(tile, possible, marks)
            if self.additions is not None:
                self.additions.look(tile, possible, marks)
        self.untouched += int((possible & ~_either(self.scarce, rows, columns)).sum())
        judged = self.goal.judged_tile(rows, columns, scores)
        above = possible & (judged > self.worst_bound)
        self.above += int((above & ~_either(self.worst_scarce, rows, columns)).sum())
        counted = possible & (judged >= self._least)
        self.excess += exact_sum(np.where(counted, np.maximum(worth, 0), 0))
        if self.listed is not None:
            free = possible & ~_either(self.scarce, rows, columns)
            here, there = np.nonzero(free | (counted & (worth > 0)))
            told = np.maximum(worth[here, there], 0), free[here, there]
            self.listed.append((here + rows.start, there + columns.start, *told))
        nearness = scores if self.goal.kind == "max_min" else worth
        self.left_out.look(rows, columns, possible, nearness, marks)
        self.ties.add(counted & (worth == 0), rows, columns)
        self._keep_worst(np.where(counted & ~self._marked("formed", rows, columns), worth, 0), rows, columns)

    def _sides(self, rows: slice, columns: slice) -> Iterator[tuple[PartnerCounts, slice, int]]:
        """Yield for each side its counts, which of its people a tile holds, and what to sum over."""
        yield self.counts["mentor"], rows, 1
        yield self.counts["mentee"], columns, 0

    def _broken(self, label: str, broken: BoolArray, rows: slice, columns: slice) -> BoolArray:
        """Count the pairs of a tile that would break a rule, and note the duos that do."""
        apart = broken & ~self._marked("same_person", rows, columns)
        for count, place, axis in self._sides(rows, columns):
            count.broken[label][place] += apart.sum(axis=axis)
        for row, column in np.argwhere(broken & self._marked("formed", rows, columns)).tolist():
            self.broken[label].add((row + rows.start, column + columns.start))
        return broken

    def _keep_worst(self, worth: IntArray, rows: slice, columns: slice) -> None:
        if worth.size and worth.max() > (self.worst[0] if self.worst else 0):
            row, column = np.unravel_index(int(worth.argmax()), worth.shape)
            self.worst = int(worth.max()), (int(row) + rows.start, int(column) + columns.start)

    def _marked(self, kind: str, rows: slice, columns: slice) -> BoolArray:
        return marked(self._marks[kind], rows, columns)


def _prices(people: People, role: Role, prices: Mapping[str, float], goal: Goal) -> IntArray:
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    for name, price in prices.items():
        column[people.place[role][id_key(name)]] = goal.whole(price)
    return column


def _marked_by_role(people: People, mentors: Iterable[str], mentees: Iterable[str]) -> dict[Role, BoolArray]:
    marks: dict[Role, BoolArray] = {}
    named: tuple[tuple[Role, Iterable[str]], ...] = (("mentor", mentors), ("mentee", mentees))
    for role, names in named:
        marks[role] = np.zeros(len(people.of[role]), dtype=bool)
        for name in names:
            marks[role][people.place[role][id_key(name)]] = True
    return marks


def _either(marks: Mapping[Role, BoolArray], rows: slice, columns: slice) -> BoolArray:
    """Mark the pairs of a tile in which somebody is marked."""
    return marks["mentor"][rows, None] | marks["mentee"][None, columns]
