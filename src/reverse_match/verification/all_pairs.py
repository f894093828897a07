"""One pass over all pairs: it finds which of them are possible, and adds all to the proofs of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.pairs.tiles import Tiling, slices
from reverse_match.verification.people import ROLES, as_array
from reverse_match.verification.people_cases import PairsOfPeople
from reverse_match.verification.sides import SideAudit
from reverse_match.verification.stages import stages_of
from reverse_match.verification.statements import Tile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Place, Role


MOST = 5_000_000
"""Largest number of tight pairs that are listed; an exchange through further pairs may be missed."""


class TightPairs:
    """The tight pairs, whose worth equals the prices of their people, listed tile by tile up to a limit."""

    def __init__(self) -> None:
        self._rows: list[IntArray] = []
        self._columns: list[IntArray] = []
        self._count = 0
        self.complete = True

    def add(self, marks: BoolArray, rows: slice, columns: slice) -> None:
        """List the marked pairs of a tile."""
        here, there = np.nonzero(marks)
        if self._count + len(here) > MOST:
            self.complete = False
            return
        self._rows.append(here + rows.start)
        self._columns.append(there + columns.start)
        self._count += len(here)

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
                self._inspect(Tile(rows, columns, block.tile(rows).astype(np.int64)))

    def _inspect(self, tile: Tile) -> None:
        objective = self._claim.objective
        possible = self._possible(tile)
        self.pairs += int(possible.sum())
        judged = objective.judged_scores(tile)
        marks = [quota.marks(tile) for quota in self._claim.quotas]
        lacking = self._claim.lacking
        priced = marks if lacking is None else [*marks, lacking.marks(tile)]
        for stage in (self.stages.duos, self.stages.worst, self.stages.lacking, self.stages.unspread):
            if stage is not None:
                stage.add(tile, possible, judged, priced)
        if self.stages.spread is not None:
            left, among = self.stages.spread.add(tile, possible, judged, priced)
            if self.tight_at_last is not self.tight:
                self.tight_at_last.add(among & (left == 0), tile.rows, tile.columns)
        if self.pairs_of_people is not None:
            self.pairs_of_people.add(tile, possible, objective.worth_of_tile(tile), priced)
        excess, counted = self.stages.total.add(tile, possible, judged, priced)
        nearness = tile.scores if objective.kind == "max_min" else excess
        turned = [None if mark is None else mark.T for mark in marks]
        self.sides["mentor"].look(tile.rows, tile.columns, possible, nearness, marks)
        self.sides["mentee"].look(tile.columns, tile.rows, possible.T, nearness.T, turned)
        self.tight.add(counted & (excess == 0), tile.rows, tile.columns)
        apart = ~tile.mark(self._formed)
        self._keep_worst(np.where(counted & apart, excess, 0), tile)
        if self._seeks_addition and self.addition is None:
            self._seek_addition(possible & apart, tile, marks)

    def _possible(self, tile: Tile) -> BoolArray:
        """Mark the pairs that could be a free duo; count each person's partners by what excludes them."""
        demands = self._claim.demands
        hard = tile.mark(self._forbidden) | self._without_place(tile, demands.capacity)
        low = np.zeros_like(hard)
        for label, condition in demands.conditions.items():
            hard |= self._note_violations(label, condition.violations(tile), tile)
        for label, threshold in demands.thresholds.items():
            low |= self._note_violations(label, tile.scores < threshold, tile)
        allowed: BoolArray = ~(hard | low)
        only_score = low & ~hard if demands.thresholds else None
        for side, place, axis in self._sides(tile):
            side.allowed[place] += allowed.sum(axis=axis)
            if only_score is not None:
                side.only_score[place] += only_score.sum(axis=axis)
        possible: BoolArray = allowed & ~tile.mark(self._fixed)
        possible &= ~self._without_place(tile, demands.left)
        return possible

    def _without_place(self, tile: Tile, places: dict[Role, IntArray]) -> BoolArray:
        """Mark the pairs one of whose people has no place (left)."""
        mentors, mentees = (places[role] <= 0 for role in ROLES)
        none: BoolArray = mentors[tile.rows, None] | mentees[None, tile.columns]
        return none

    def _sides(self, tile: Tile) -> Iterator[tuple[SideAudit, slice, int]]:
        """Yield each side, the slice of its people in a tile, and the axis of the tile to sum over."""
        yield self.sides["mentor"], tile.rows, 1
        yield self.sides["mentee"], tile.columns, 0

    def _note_violations(self, label: str, broken: BoolArray, tile: Tile) -> BoolArray:
        """Count the pairs of a tile that would break a rule, and note the duos that break it."""
        apart = broken & ~tile.mark(self._same_person)
        for side, place, axis in self._sides(tile):
            side.violations[label][place] += apart.sum(axis=axis)
        for row, column in np.argwhere(broken & tile.mark(self._formed)).tolist():
            self.violations[label].add((row + tile.rows.start, column + tile.columns.start))
        return broken

    def _keep_worst(self, worth: IntArray, tile: Tile) -> None:
        most = int(worth.max(initial=0))
        if most > (self.worst[0] if self.worst else 0):
            row, column = np.unravel_index(int(worth.argmax()), worth.shape)
            self.worst = most, (int(row) + tile.rows.start, int(column) + tile.columns.start)

    def _seek_addition(self, free: BoolArray, tile: Tile, marks: Sequence[BoolArray | None]) -> None:
        """Look for a pair that could be added at no loss, so that all quotas still hold."""
        room = {role: side.has_room for role, side in self.sides.items()}
        free &= room["mentor"][tile.rows, None] & room["mentee"][None, tile.columns]
        free &= self._claim.objective.worth_of_tile(tile) >= 0
        for quota, one_more, mark in zip(self._claim.quotas, self._one_more, marks, strict=True):
            free &= quota.pick(one_more, tile.ends, mark)
        if free.any():
            row, column = np.argwhere(free)[0].tolist()
            self.addition = row + tile.rows.start, column + tile.columns.start
