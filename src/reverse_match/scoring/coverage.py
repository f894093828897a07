"""Coverage: how much of what one side wants the other offers.

With priorities p of the wanted names and the levels l at which the other offers them (0 when not), the value
is the sum of p * l / 5 over the sum of p. The sum is a product of two small whole-number matrices, exact in
single precision (all sums stay far below 2^24), so it does not matter in which order a processor adds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from reverse_match.cells import LEVELS
from reverse_match.scoring.evidence import NameMatch
from reverse_match.scoring.grid import ONE, millionths, rounded_millionths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from reverse_match.arrays import FloatArray
    from reverse_match.names.ladder import Meanings
    from reverse_match.policy import Coverage
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

_Rated = dict[str, int]


def encode_coverage(criterion: Coverage, columns: Columns, sides: Sides) -> CoveragePairs:
    """Read what everybody offers and wants; see :class:`CoveragePairs`."""
    offered = columns.rated_names(criterion.offered, offered=True)
    wanted = columns.rated_names(criterion.wanted, offered=False)
    written = [name for rated in (*offered, *wanted) for name in rated]
    meanings = columns.meanings((criterion.offered, criterion.wanted), written)
    forward = _Direction(_pick(offered, sides.mentors), _pick(wanted, sides.mentees), meanings, "mentor")
    backward = _Direction(_pick(offered, sides.mentees), _pick(wanted, sides.mentors), meanings, "mentee")
    return CoveragePairs(criterion.name, forward, backward, rounded_millionths(criterion.reciprocity))


def _pick(column: Sequence[_Rated], indices: Sequence[int]) -> list[_Rated]:
    return [column[index] for index in indices]


class _Direction:
    """What one side teaches the other."""

    def __init__(
        self,
        offered: list[_Rated],
        wanted: list[_Rated],
        meanings: Meanings,
        taught_by: Literal["mentor", "mentee"],
    ) -> None:
        self.offered, self.wanted = offered, wanted
        self.meanings, self.taught_by = meanings, taught_by
        levels = [_by_concept(rated, meanings) for rated in offered]
        priorities = [_by_concept(rated, meanings) for rated in wanted]
        shared = sorted({c for rated in levels for c in rated} & {c for rated in priorities for c in rated})
        code = {concept: position for position, concept in enumerate(shared)}
        self._levels = _matrix(levels, code)
        self._priorities = _matrix(priorities, code)
        self._full = np.array([LEVELS[1] * sum(rated.values()) for rated in priorities], dtype=float)
        self._offers_something = np.array([bool(rated) for rated in levels], dtype=bool)

    @property
    def always_known(self) -> bool:
        return bool(self._offers_something.all() and (self._full > 0).all())

    def values(self, teachers: slice, learners: slice) -> FloatArray:
        """Return teachers x learners, NaN where one offers nothing or the other wants nothing."""
        reached = self._levels[teachers] @ self._priorities[learners].T
        full = np.where(self._offers_something[teachers, None], self._full[None, learners], 0.0)
        return millionths(np.where(full > 0, reached, 0.0), full)

    def name_matches(self, criterion: str, teacher: int, learner: int) -> list[NameMatch]:
        best: dict[str, str] = {}
        levels = self.offered[teacher]
        for name in sorted(levels, key=lambda name: (-levels[name], name)):
            best.setdefault(self.meanings.concept(name), name)
        matches = []
        for wanted in sorted(self.wanted[learner]):
            offered = best.get(self.meanings.concept(wanted))
            rung = offered and self.meanings.rung_between(offered, wanted)
            if offered and rung:
                mentor, mentee = (offered, wanted) if self.taught_by == "mentor" else (wanted, offered)
                matches.append(
                    NameMatch(
                        criterion=criterion,
                        mentor=mentor,
                        mentee=mentee,
                        rung=rung,
                        taught_by=self.taught_by,
                    )
                )
        return matches


def _by_concept(rated: Mapping[str, int], meanings: Meanings) -> _Rated:
    """Return ratings by concept; of two names for one concept the higher rating counts."""
    found: _Rated = {}
    for name, rating in rated.items():
        concept = meanings.concept(name)
        found[concept] = max(rating, found.get(concept, rating))
    return found


def _matrix(people: Sequence[Mapping[str, int]], code: Mapping[str, int]) -> NDArray[np.float32]:
    matrix = np.zeros((len(people), len(code)), dtype=np.float32)
    for row, rated in enumerate(people):
        for concept, rating in rated.items():
            if concept in code:
                matrix[row, code[concept]] = rating
    return matrix


@dataclass(frozen=True)
class CoveragePairs:
    """Coverage of a cohort: (1 - r) of the mentee's coverage and r of the mentor's, r being the reciprocity.

    Where one direction is not known, the other counts alone; a direction without a share never counts.
    """

    name: str
    forward: _Direction
    backward: _Direction
    reciprocity: int

    @property
    def always_known(self) -> bool:
        """Whether every pair is known in some direction that counts."""
        return (self.reciprocity < ONE and self.forward.always_known) or (
            self.reciprocity > 0 and self.backward.always_known
        )

    def values(self, rows: slice, columns: slice) -> FloatArray:
        """Return the values of a tile."""
        if self.reciprocity == 0:
            return self.forward.values(rows, columns)
        backward = self.backward.values(columns, rows).T
        if self.reciprocity == ONE:
            return backward
        forward = self.forward.values(rows, columns)
        mixed = np.floor(
            (forward * float(ONE - self.reciprocity) + backward * float(self.reciprocity)) / float(ONE) + 0.5
        )
        return np.where(np.isnan(forward), backward, np.where(np.isnan(backward), forward, mixed))

    def name_matches(self, row: int, column: int) -> tuple[NameMatch, ...]:
        """Return the skills that pass between the two people, what the mentor teaches first."""
        forward = self.forward.name_matches(self.name, row, column) if self.reciprocity < ONE else []
        backward = self.backward.name_matches(self.name, column, row) if self.reciprocity > 0 else []
        return (*forward, *backward)
