"""The best rounds of a small plan, all of them in one integer programme.

There is a variable for each pair in each round. Everybody keeps their capacity of each round, quotas hold
in each, two people meet once, whoever is the row, and each fixed pair is in one round. The objective is
lexicographic: each step keeps what the steps before have reached.

HiGHS only finds rounds here. What it returns is checked. How good it is say the bounds of all rounds
together (:mod:`.certificate`), which know nothing of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.solver.pairs.quotas import UNBOUNDED
from reverse_match.solver.side_constraints.highs import WholeProgramme, seconds_of, solve_whole
from reverse_match.solver.side_constraints.lagrangian_pairs import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.objectives import Maximised
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

    Lines: TypeAlias = tuple[Any, FloatArray, FloatArray]

MOST_VARIABLES = 1_500
"""Pairs times rounds, at most: with more it takes longer than improving one round after the other."""

MOST_NODES = 1_000
"""Nodes after which a search ends: a limit on time that does not depend on the machine."""

SCALE = 1_000.0
"""What the pair with the highest worth counts: HiGHS takes differences of a millionth for none."""


@dataclass(frozen=True)
class JointIntegerProgramme:
    """Rounds that are to be found together.

    Attributes
    ----------
    arcs : Arcs
        All pairs that may be chosen, and those that are fixed, with what they are worth.
    judged : int64 array
        What each of them scores where the worst pair is judged.
    fixed : bool array
        Which of them are fixed; they count in quotas, not in what is maximised.
    meeting : int64 array
        A number for the two people of each, whoever is the row.
    capacities : pair of int64 arrays, shape (people, rounds)
        Of rows and of columns in each round.
    quotas : sequence of Quota
        Hold in each round.
    """

    arcs: Arcs
    judged: IntArray
    fixed: BoolArray
    meeting: IntArray
    capacities: tuple[IntArray, IntArray]
    quotas: Sequence[Quota]

    @property
    def rounds(self) -> int:
        """How many there are."""
        return int(self.capacities[0].shape[1])

    @property
    def is_small(self) -> bool:
        """Whether there are few enough pairs and rounds."""
        return 0 < len(self.arcs) * self.rounds <= MOST_VARIABLES

    def best(self, objective: Maximised) -> IntArray | None:
        """Return the round of each pair, -1 for those in none; ``None`` where no rounds were found."""
        free = np.repeat(~self.fixed, self.rounds).astype(float)
        worth = np.repeat(self.arcs.scores, self.rounds) * free
        total = worth * (SCALE / max(1.0, float(np.abs(worth).max(initial=0))))
        lines, most = list(self._lines()), np.ones(len(free))
        steps = [total, free] if objective == "total" else [free, total]
        found: FloatArray | None = None
        for place, step in enumerate(steps):
            if objective == "max_min" and place == 1 and found is not None:
                most = self._above_worst(lines, most, free, found)
            answer = _solve(-step, lines, most)
            if answer is None:
                break
            found = answer
            reached = float(step @ found)
            lines.append((step[None, :], np.array([reached - 1e-7]), np.array([np.inf])))
        return None if found is None else self._numbers(found)

    def _above_worst(
        self, lines: list[Lines], most: FloatArray, free: FloatArray, found: FloatArray
    ) -> FloatArray:
        """Return which pairs may be chosen so that the worst is the best that is found."""
        judged = np.repeat(np.where(self.fixed, np.iinfo(np.int64).max, self.judged), self.rounds)
        levels = np.unique(judged[free > 0])
        if not len(levels):  # only fixed duos are possible
            return most
        low = int(np.searchsorted(levels, judged[found > 0].min(initial=levels[-1])))
        high = len(levels)
        while high - low > 1:
            middle = (low + high) // 2
            answer = _solve(-free, lines, most * (judged >= levels[middle]))
            low, high = (middle, high) if answer is not None else (low, middle)
        usable: FloatArray = most * (judged >= levels[low])
        return usable

    def _numbers(self, found: FloatArray) -> IntArray | None:
        """Return the round of each pair; ``None`` if it breaks what it has to keep."""
        table = found.reshape(len(self.arcs), self.rounds) > 0
        numbers = np.where(table.any(axis=1), table.argmax(axis=1), -1)
        if (table.sum(axis=1) > 1).any() or (numbers[self.fixed] < 0).any():
            return None
        if np.bincount(self.meeting[numbers >= 0]).max(initial=0) > 1:
            return None
        for number in range(self.rounds):
            here = self.arcs.where(numbers == number)
            rows, columns = self.capacities
            if not here.fits((rows[:, number], columns[:, number])) or not holds(self.quotas, here):
                return None
        return numbers

    def _lines(self) -> Iterator[Lines]:
        """Yield the rows of the programme; a variable's place is that of its pair, and then its round."""
        from scipy.sparse import csr_array, eye_array, kron

        each = eye_array(self.rounds)
        count = len(self.arcs)

        def counting(groups: IntArray, number: int) -> Any:
            counted = np.flatnonzero(groups >= 0)
            return csr_array((np.ones(len(counted)), (groups[counted], counted)), shape=(number, count))

        for ends, capacity in zip((self.arcs.rows, self.arcs.columns), self.capacities, strict=True):
            limit = capacity.ravel().astype(float)
            yield kron(counting(ends, len(capacity)), each), np.zeros(len(limit)), limit
        anywhere = csr_array(np.ones((1, self.rounds)))
        meetings = int(self.meeting.max()) + 1
        has_fixed = np.bincount(self.meeting[self.fixed], minlength=meetings).astype(float)
        yield kron(counting(self.meeting, meetings), anywhere), np.zeros(meetings), np.ones(meetings)
        yield kron(counting(np.where(self.fixed, self.meeting, -1), meetings), anywhere), has_fixed, has_fixed
        for quota in self.quotas:
            index, coefficient = quota.sums(self.arcs.rows, self.arcs.columns)
            inside = np.flatnonzero(index >= 0)
            matrix = csr_array(
                (coefficient[inside].astype(float), (index[inside], inside)), shape=(len(quota.lower), count)
            )
            lower = np.where(quota.lower <= -UNBOUNDED, -np.inf, quota.lower)
            upper = np.where(quota.upper >= UNBOUNDED, np.inf, quota.upper)
            yield kron(matrix, each), np.repeat(lower, self.rounds), np.repeat(upper, self.rounds)


def _solve(cost: FloatArray, lines: Sequence[Lines], most: FloatArray) -> FloatArray | None:
    from scipy.sparse import csr_array, vstack

    matrix = vstack([csr_array(line) for line, _, _ in lines], format="csc")
    lower, upper = (np.concatenate([line[end] for line in lines]) for end in (1, 2))
    programme = WholeProgramme(cost, matrix, lower, upper, np.zeros(len(cost)), most)
    found = solve_whole(programme, MOST_NODES, seconds_of(None))
    return None if found is None else np.asarray(found > 1 / 2, dtype=np.float64)
