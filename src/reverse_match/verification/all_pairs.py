"""One pass over all pairs: it finds which of them are possible, and adds all to the proofs of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.tiles import Tiling, slices
from reverse_match.verification.people import ROLES, as_array
from reverse_match.verification.people_cases import PairsOfPeople
from reverse_match.verification.sides import SideAudit
from reverse_match.verification.stages import stages_of
from reverse_match.verification.statements import Tile, count_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Place, Role
    from reverse_match.verification.stages import NearPairs


MOST = 5_000_000
"""Largest number of tight pairs that are listed; an exchange through further pairs may be missed."""


class TightPairs:
    """The tight pairs, whose worth equals the prices of their people, listed tile by tile up to a limit."""

    def __init__(self) -> None:
        self._rows: list[IntArray] = []
        self._columns: list[IntArray] = []
        self._count = 0
        self.complete = True

    def add(self, near: NearPairs, tile: Tile) -> None:
        """List those of some pairs of a tile that have no excess."""
        tight = near.where(near.excess == 0)
        if self._count + len(tight.rows) > MOST:
            self.complete = False
            return
        self._rows.append(tight.rows + tile.rows.start)
        self._columns.append(tight.columns + tile.columns.start)
        self._count += len(tight.rows)

    @property
    def places(self) -> tuple[IntArray, IntArray]:
        """Rows and columns of the listed pairs."""
        nothing = np.empty(0, np.int64)
        return np.concatenate([nothing, *self._rows]), np.concatenate([nothing, *self._columns])


class PairExamination:
    """The results of one pass over all pairs.

    Attributes
    ----------
    stages : Stages
        The stages of the objective, to which all pairs have been added.
    sides : dict of role to SideAudit
        Findings on each person of a role.
    violations : dict of str to set
        The duos that break a rule, by the label of the rule; only for rules that list no pairs.
    pairs : int
        Number of possible pairs.
    worst : int and pair of int, or None
        The largest excess of a pair's worth over the prices of its people, and that pair, among pairs that
        are no duo; ``None`` if no excess is above 0.
    addition : pair of int or None
        Under quotas: a pair that could be added as a duo to all others, at no loss.
    tight, tight_at_last : TightPairs
        The pairs whose worth equals their prices, in the stage of the total, and in the last stage.
    pairs_of_people : PairsOfPeople or None
        The possible pairs, if the certificate has a proof of what people have.
    """

    def __init__(self, claim: Claim, *, lists: bool = False) -> None:
        """Examine all pairs; with ``lists``, every stage keeps the pairs whose excess is above 0."""
        self._claim, demands = claim, claim.demands
        self.stages = stages_of(claim)
        if lists:
            for stage in self.stages.all:
                stage.lists = 1
        self.violations: dict[str, set[Place]] = {
            label: set() for label in (*demands.conditions, *demands.thresholds)
        }
        self.sides: dict[Role, SideAudit] = {role: SideAudit(claim, role) for role in ROLES}
        self.pairs, self.tight = 0, TightPairs()
        self.tight_at_last = self.tight if self.stages.last is self.stages.total else TightPairs()
        self.worst: tuple[int, Place] | None = None
        self.addition: Place | None = None
        of_people = claim.matching.certificate.people is not None
        self.pairs_of_people = PairsOfPeople() if of_people else None
        proved = claim.matching.certificate.proved
        self._seeks_addition = bool(claim.quotas) and proved and claim.objective.kind == "total"
        self._one_more = [quota.allows_one_more(claim.places) for quota in claim.quotas]
        self._forbidden = as_array(set().union(demands.same_person, *demands.forbidden.values()))
        self._same_person, self._fixed = as_array(demands.same_person), as_array(demands.fixed)
        self._formed = as_array(claim.formed)
        cut = Tiling(threads=1)
        for columns in slices(claim.model.shape[1], cut.columns):
            block = claim.model.block(columns)
            for rows in slices(claim.model.shape[0], cut.rows):
                self._inspect(Tile(rows, columns, block.tile(rows)))

    def _inspect(self, tile: Tile) -> None:
        objective = self._claim.objective
        possible = self._possible(tile)
        self.pairs += int(np.count_nonzero(possible))
        judged = objective.judged_scores(tile)
        marks = [quota.marks(tile) for quota in self._claim.quotas]
        lacking = self._claim.lacking
        priced = marks if lacking is None else [*marks, lacking.marks(tile)]
        for stage in (self.stages.duos, self.stages.worst, self.stages.lacking, self.stages.unspread):
            if stage is not None:
                stage.add(tile, possible, judged, priced)
        if self.stages.spread is not None:
            near, _ = self.stages.spread.add(tile, possible, judged, priced, least=0)
            if self.tight_at_last is not self.tight:
                self.tight_at_last.add(near, tile)
        if self.pairs_of_people is not None:
            worth = objective.worth_of_tile(tile).astype(np.int64)
            self.pairs_of_people.add(tile, possible, worth, priced)
        near, excess = self.stages.total.add(tile, possible, judged, priced, least=0)
        nearness = None if objective.kind == "max_min" else excess
        for side in self.sides.values():
            side.look(tile, possible, nearness, marks)
        self.tight.add(near, tile)
        self._keep_worst(near.from_on(1), tile)
        if self._seeks_addition and self.addition is None:
            self._seek_addition(possible, tile, marks)

    def _possible(self, tile: Tile) -> BoolArray:
        """Mark the pairs that could be a free duo; count each person's partners by what excludes them."""
        demands = self._claim.demands
        allowed = np.ones(tile.scores.shape, dtype=bool)
        allowed[tile.inside(self._forbidden)] = False
        self._unmark_without_place(allowed, tile, demands.capacity)
        for label, condition in demands.conditions.items():
            allowed &= ~self._note_violations(label, condition.violations(tile), tile)
        if demands.thresholds:
            kept = allowed.copy()
            for label, threshold in demands.thresholds.items():
                kept &= ~self._note_violations(label, tile.scores < threshold, tile)
            only_score, allowed = allowed & ~kept, kept
            for side, place, axis in self._sides(tile):
                side.only_score[place] += count_marks(only_score, axis)
        for side, place, axis in self._sides(tile):
            side.allowed[place] += count_marks(allowed, axis)
        allowed[tile.inside(self._fixed)] = False
        self._unmark_without_place(allowed, tile, demands.left)
        return allowed

    def _unmark_without_place(self, marks: BoolArray, tile: Tile, places: dict[Role, IntArray]) -> None:
        """Take the marks off pairs one of whose people has no place (left)."""
        marks[places["mentor"][tile.rows] <= 0] = False
        marks[:, places["mentee"][tile.columns] <= 0] = False

    def _sides(self, tile: Tile) -> Iterator[tuple[SideAudit, slice, int]]:
        """Yield each side, the slice of its people in a tile, and the axis of the tile to sum over."""
        yield self.sides["mentor"], tile.rows, 1
        yield self.sides["mentee"], tile.columns, 0

    def _note_violations(self, label: str, broken: BoolArray, tile: Tile) -> BoolArray:
        """Count the pairs of a tile that would break a rule, and note the duos that break it."""
        here, there = tile.inside(self._formed)
        wrong = broken[here, there]
        duos = zip(
            (here[wrong] + tile.rows.start).tolist(),
            (there[wrong] + tile.columns.start).tolist(),
            strict=True,
        )
        self.violations[label].update(duos)
        apart = broken
        alone = tile.inside(self._same_person)
        if len(alone[0]):
            apart = broken.copy()
            apart[alone] = False
        for side, place, axis in self._sides(tile):
            side.violations[label][place] += count_marks(apart, axis)
        return broken

    def _keep_worst(self, near: NearPairs, tile: Tile) -> None:
        """Keep the pair of the largest excess above 0 that is no duo."""
        if not len(near.excess):
            return
        formed = tile.mark(self._formed)
        apart = near.where(~formed[near.rows, near.columns])
        most = int(apart.excess.max(initial=0))
        if most > (self.worst[0] if self.worst else 0):
            first = int(apart.excess.argmax())
            place = int(apart.rows[first]) + tile.rows.start, int(apart.columns[first]) + tile.columns.start
            self.worst = most, place

    def _seek_addition(self, possible: BoolArray, tile: Tile, marks: Sequence[BoolArray | None]) -> None:
        """Look for a pair that could be added at no loss, so that all quotas still hold."""
        mentors, mentees = (
            self.sides["mentor"].has_room[tile.rows],
            self.sides["mentee"].has_room[tile.columns],
        )
        if not (mentors.any() and mentees.any()):
            return
        free = possible & mentors[:, None] & mentees[None, :]
        free[tile.inside(self._formed)] = False
        free &= self._claim.objective.worth_of_tile(tile) >= 0
        for quota, one_more, mark in zip(self._claim.quotas, self._one_more, marks, strict=True):
            free &= quota.pick(one_more, tile.ends, mark)
        if free.any():
            row, column = np.argwhere(free)[0].tolist()
            self.addition = row + tile.rows.start, column + tile.columns.start
