"""The best rounds of a small plan, all of them in one integer programme.

It has a variable for each pair in each round. Everybody keeps their capacity of each round, quotas hold in
each round, two people meet once in whatever roles, and each fixed pair is in one round. The objective is
lexicographic: each step keeps the results of the steps before.

HiGHS only finds the rounds, and its result is checked. The bounds of all rounds together
(:mod:`.certificate`), which do not depend on it, show how good the rounds are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.solver.side_constraints.highs import WholeProgramme, seconds_of, solve_whole
from reverse_match.solver.side_constraints.lagrangian_pairs import holds
from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.objectives import Maximised
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.pairs.quotas import Quota

    Lines: TypeAlias = tuple[Any, FloatArray, FloatArray]

MOST_VARIABLES = 1_500
"""Largest number of pairs times rounds; with more, improving one round after the other is faster."""

MOST_NODES = 1_000
"""Nodes at which a search ends; unlike seconds, this limit does not depend on the machine."""

SCALE = 1_000.0
"""Worth of the best pair in the programme; HiGHS would ignore differences of a millionth."""


@dataclass(frozen=True)
class JointIntegerProgramme:
    """All rounds of a plan, to be found together.

    Attributes
    ----------
    arcs : Arcs
        All pairs that may be chosen, and the fixed ones, with their worth.
    judged : int64 array
        Judged score of each pair.
    fixed : bool array
        Marks of the fixed pairs, which count in quotas, but not in the objective.
    meeting : int64 array
        A number for the two people of each pair, the same for both directions.
    capacities : pair of int64 arrays, shape (people, rounds)
        Capacities of rows and of columns in each round.
    quotas : sequence of Quota
        The quotas to keep in each round.
    marked : bool array, optional
        Marked pairs, of which there are to be as few as possible before the total counts.
    amount : int
        Amount in the worth of each marked pair that is not fixed. The total is counted without it, since the
        marked pairs have a stage of their own.
    """

    arcs: Arcs
    judged: IntArray
    fixed: BoolArray
    meeting: IntArray
    capacities: tuple[IntArray, IntArray]
    quotas: Sequence[Quota]
    marked: BoolArray | None = None
    amount: int = 0

    @property
    def rounds(self) -> int:
        """Number of rounds."""
        return int(self.capacities[0].shape[1])

    @property
    def is_small(self) -> bool:
        """Whether the plan has few enough pairs and rounds."""
        return 0 < len(self.arcs) * self.rounds <= MOST_VARIABLES

    def best(self, objective: Maximised) -> IntArray | None:
        """Return the round of each pair, -1 for pairs in none; ``None`` where no rounds were found."""
        free = np.repeat(~self.fixed, self.rounds).astype(float)
        scores = self.arcs.scores if self.marked is None else self.arcs.scores - self.amount * self.marked
        worth = np.repeat(scores, self.rounds) * free
        total = worth * (SCALE / max(1.0, float(np.abs(worth).max(initial=0))))
        lines, most = list(self._lines()), np.ones(len(free))
        few = [] if self.marked is None else [free * np.repeat(~self.marked, self.rounds)]
        steps = [total, free] if objective == "total" else [free, *few, total]
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
        """Return upper bounds of variables that leave only pairs above the best worst score that is found."""
        judged = np.repeat(np.where(self.fixed, np.iinfo(np.int64).max, self.judged), self.rounds)
        levels = np.unique(judged[free > 0])
        if not len(levels):  # only fixed pairs are possible
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
        """Return the round of each pair; ``None`` if the result breaks a demand."""
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
        """Yield the rows of the programme; variables are ordered by pair, and then by round."""
        from scipy.sparse import csr_array, eye_array, kron

        each = eye_array(self.rounds)
        count = len(self.arcs)

        def counting(groups: IntArray, number: int) -> Any:
            counted = np.flatnonzero(groups >= 0)
            return csr_array((np.ones(len(counted)), (groups[counted], counted)), shape=(number, count))

        asked = RestrictedProblem(self.arcs, self.capacities, self.quotas, None)
        limit = np.concatenate([capacity.ravel() for capacity in self.capacities]).astype(float)
        yield kron(asked.people, each), np.zeros(len(limit)), limit
        anywhere = csr_array(np.ones((1, self.rounds)))
        meetings = int(self.meeting.max()) + 1
        has_fixed = np.bincount(self.meeting[self.fixed], minlength=meetings).astype(float)
        yield kron(counting(self.meeting, meetings), anywhere), np.zeros(meetings), np.ones(meetings)
        yield kron(counting(np.where(self.fixed, self.meeting, -1), meetings), anywhere), has_fixed, has_fixed
        if self.quotas:
            matrix, lower, upper = asked.sums
            yield kron(matrix, each), np.repeat(lower, self.rounds), np.repeat(upper, self.rounds)


def _solve(cost: FloatArray, lines: Sequence[Lines], most: FloatArray) -> FloatArray | None:
    from scipy.sparse import csr_array, vstack

    matrix = vstack([csr_array(line) for line, _, _ in lines], format="csc")
    lower, upper = (np.concatenate([line[end] for line in lines]) for end in (1, 2))
    programme = WholeProgramme(cost, matrix, lower, upper, np.zeros(len(cost)), most)
    found = solve_whole(programme, MOST_NODES, seconds_of(None))
    return None if found is None else np.asarray(found > 1 / 2, dtype=np.float64)
