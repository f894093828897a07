"""The rank of a partner: their place in the order in which a person would have the possible partners.

A person's order is by score, the highest first, over all *possible* partners: people in the other role whom
the rules allow and who do not sit out. The rank of a partner is 1 plus the number of possible partners with
whom the person scores strictly more, so partners with equal scores share the best of their places (standard
competition ranking). Scores are whole millionths, so ranks are exact.

All pairs are scored tile by tile. Within a tile, the rows of the people who have a duo are compared with the
scores of these duos, some hundred duos at a time: no table of all pairs exists, and no loop goes over pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.rules import rules_of
from reverse_match.foundation.names import id_key
from reverse_match.people.participant import TWO_ROLES, most_duos
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.model import score_model
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.tiles import TILE_ROWS, Tiling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Duo
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy


@dataclass(frozen=True)
class Ranks:
    """Scores and ranks of some duos.

    Attributes
    ----------
    scores : int64 array
        Score of each duo in whole millionths.
    ranks : pair of int64 arrays
        Rank of the mentee for the mentor of each duo, and of the mentor for the mentee.
    partners : pair of int64 arrays
        Number of possible partners of the mentor of each duo, and of the mentee.
    """

    scores: IntArray
    ranks: tuple[IntArray, IntArray]
    partners: tuple[IntArray, IntArray]


def scores_of(
    cohort: Cohort, policy: Policy, duos: Sequence[tuple[str, str]], day: date | None, threads: int | None
) -> IntArray:
    """Return the scores of some pairs of ids under a policy, in whole millionths."""
    sides = Sides.in_order_of(cohort)
    model = score_model(cohort, policy, sides, day, Tiling(threads=threads))
    return model.at(*_places(cohort, sides, duos))


def rank_partners(
    cohort: Cohort, policy: Policy, duos: Sequence[Duo], day: date | None, threads: int | None
) -> Ranks:
    """Return the ranks of the partners in some duos.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy whose scores and rules count.
    duos : sequence of Duo
        Duos of these people.
    day : date or None
        The day on which ages are computed.
    threads : int, optional
        Number of threads; all cores if not given.

    Raises
    ------
    PolicyError, CohortError
        If the policy does not fit these people.
    """
    sides, tiling = Sides.in_order_of(cohort), Tiling(threads=threads)
    model = score_model(cohort, policy, sides, day, tiling)
    allowed = AllowedPairs(model, rules_of(cohort, policy, sides, day=day))
    rows, columns = _places(cohort, sides, [(duo.mentor, duo.mentee) for duo in duos])
    counter = _Counter(rows, columns, model.at(rows, columns), _taking_part(cohort, sides))

    def make(block_columns: slice) -> Callable[[slice], None]:
        block = allowed.block(block_columns)
        return lambda tile_rows: counter.add(block.tile(tile_rows), tile_rows, block_columns)

    # One thread adds, so that no two tiles of a row or of a column are added at the same time.
    Tiling(tiling.rows, tiling.columns, threads=1).map(make, allowed.shape)
    better, possible = counter.better, counter.possible
    return Ranks(
        counter.scores,
        (1 + better[0], 1 + better[1]),
        (possible[0][rows], possible[1][columns]),
    )


class _Counter:
    """Counts, tile by tile, possible partners, and those who score more than the partner in a duo."""

    def __init__(
        self, rows: IntArray, columns: IntArray, scores: IntArray, taking_part: tuple[BoolArray, BoolArray]
    ) -> None:
        self.scores, self._taking_part = scores, taking_part
        self.better = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
        self.possible = tuple(np.zeros(len(side), dtype=np.int64) for side in taking_part)
        self._sorted = [_Sorted.of(ends) for ends in (rows, columns)]

    def add(self, tile: NDArray[np.int32], rows: slice, columns: slice) -> None:
        here, there = self._taking_part[0][rows], self._taking_part[1][columns]
        if not (here.all() and there.all()):
            tile = np.where(here[:, None] & there[None, :], tile, NO_PAIR)
        is_possible = tile != NO_PAIR
        self.possible[0][rows] += is_possible.sum(axis=1)
        self.possible[1][columns] += is_possible.sum(axis=0)
        for side, (part, place) in enumerate(((tile, rows), (np.ascontiguousarray(tile.T), columns))):
            for duos in self._sorted[side].within(place):
                own = part[self._sorted[side].ends[duos] - place.start]
                self.better[side][duos] += (own > self.scores[duos][:, None]).sum(axis=1)


@dataclass(frozen=True)
class _Sorted:
    """Duos in the order of their people on a side."""

    ends: IntArray
    order: IntArray
    sorted_ends: IntArray

    @classmethod
    def of(cls, ends: IntArray) -> _Sorted:
        order = np.argsort(ends, kind="stable")
        return cls(ends, order, ends[order])

    def within(self, place: slice) -> list[IntArray]:
        """Return the duos whose person is in a range, some hundred at a time."""
        first, last = np.searchsorted(self.sorted_ends, [place.start, place.stop]).tolist()
        return [self.order[start : min(start + TILE_ROWS, last)] for start in range(first, last, TILE_ROWS)]


def _places(cohort: Cohort, sides: Sides, duos: Sequence[tuple[str, str]]) -> tuple[IntArray, IntArray]:
    """Return the row and the column of each pair."""
    ends = []
    for place, side in enumerate((sides.mentors, sides.mentees)):
        seat = {index: number for number, index in enumerate(side)}
        found = [seat[cohort.position[id_key(duo[place])]] for duo in duos]
        ends.append(np.array(found, dtype=np.int64))
    return ends[0], ends[1]


def _taking_part(cohort: Cohort, sides: Sides) -> tuple[BoolArray, BoolArray]:
    """Mark on each side the people who do not sit out."""
    rows, columns = (
        np.array([most_duos(cohort.participants[index], role) > 0 for index in side], dtype=bool)
        for side, role in zip((sides.mentors, sides.mentees), TWO_ROLES, strict=True)
    )
    return rows, columns
