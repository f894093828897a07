"""The best choice once more, with a pair taken for granted or with pairs that may not be.

A pair that is taken for granted uses up one place of its row and of its column, takes its part of what quotas
bound, and is chosen once; the rest is a problem like the first one. So a pair can be forced even where a rule
forbids it, since only the rest asks what is possible. Each answer starts from the solution it changes: most
often a few exchanges of pairs and a look at few prices. With quotas that holds for the choice without them,
from which the search for one that keeps them begins. Of the equally good that this could find, an answer is
one that changes little (:mod:`.fewer_changes`); where quotas cost nothing, the one that the lottery draws.

There may be no choice that keeps the quotas then. Which of them stand against it is found by leaving out one
after the other, as long as the rest cannot be kept either (a deletion filter: Chinneck & Dravnieks 1991).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.assignment.solve import Start
from reverse_match.solver.objectives import Maximised, Optimum, solve_for
from reverse_match.solver.pairs.quotas import beside, given_back, is_out_of_reach
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ChangedPairs
from reverse_match.solver.side_constraints.lagrangian_bound import Missed
from reverse_match.solver.what_if.fewest_changes import with_fewer_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.source import PairBlock, PairSource
    from reverse_match.solver.pairs.tiles import Tiling

    Places = tuple[IntArray, IntArray]

NO_PLACES = np.empty(0, np.int64), np.empty(0, np.int64)


@dataclass(frozen=True)
class Solved:
    """A problem with its optimum.

    Attributes
    ----------
    objective : str
        What is maximised.
    problem : Problem
        What may be chosen.
    quotas : sequence of Quota
        What the chosen pairs have to keep together.
    tiling : Tiling
        How its pairs are cut up.
    optimum : Optimum
        The best choice.
    beside : int
        How many pairs stand beside the choice. Beside none, quotas must leave some pair.
    """

    objective: Maximised
    problem: Problem
    quotas: Sequence[Quota]
    tiling: Tiling
    optimum: Optimum
    beside: int = 0

    @classmethod
    def of(
        cls,
        objective: Maximised,
        problem: Problem,
        quotas: Sequence[Quota],
        tiling: Tiling,
        start: Start | None = None,
        *,
        beside: int = 0,
    ) -> Solved | Missed:
        """Solve a problem; where no choice keeps the quotas, say so."""
        if any(is_out_of_reach(quota) for quota in quotas):
            return Missed(None)
        optimum = solve_for(objective, problem, tiling, None, start, quotas, needs_pair=not beside)
        if isinstance(optimum, Missed):
            return optimum
        return cls(objective, problem, quotas, tiling, optimum, beside)

    def with_pair(self, row: int, column: int) -> Solved | Missed:
        """Return the best choice of the rest beside a pair that is taken for granted, possible or not.

        Row and column must have a place left.
        """
        pair = np.array([row]), np.array([column])
        return self._changed(pair, taken=pair)

    def without_pairs(self, rows: IntArray, columns: IntArray, freed: Places = NO_PLACES) -> Solved | Missed:
        """Return the best choice without some pairs, when others that it stood beside are no more."""
        return self._changed((rows, columns), freed=freed)

    def _changed(
        self, closed: Places, *, taken: Places = NO_PLACES, freed: Places = NO_PLACES
    ) -> Solved | Missed:
        capacities = tuple(capacity.copy() for capacity in self.problem.capacities)
        for capacity, less, more in zip(capacities, taken, freed, strict=True):
            np.subtract.at(capacity, less, 1)
            np.add.at(capacity, more, 1)
        were_possible = self.problem.pairs.at(*closed) != NO_PAIR
        problem = replace(
            self.problem,
            pairs=WithoutPairs(self.problem.pairs, *closed),
            row_capacity=capacities[0],
            column_capacity=capacities[1],
        )
        quotas = [given_back(beside(quota, *taken), *freed) for quota in self.quotas]
        plain = self.optimum.plain
        looked = replace(plain.looked, changed=ChangedPairs(*closed, were_possible))
        start = Start(plain.candidates, plain.settled, same_scores=True, looked=looked)
        standing = self.beside + len(taken[0]) - len(freed[0])
        solved = Solved.of(self.objective, problem, quotas, self.tiling, start, beside=standing)
        if isinstance(solved, Missed) or solved.optimum.drawn:
            return solved
        return solved._nearer_to(self.optimum)

    def _nearer_to(self, earlier: Optimum) -> Solved:
        """Return an optimum as good that changes less: no lottery has decided on this one."""
        optimum, before = self.optimum, earlier.solution.chosen
        lowest = 0 if optimum.worst is None else optimum.worst.score
        chosen = with_fewer_changes(optimum.solution.chosen, before, self.problem, self.quotas, lowest)
        solution = replace(optimum.solution, chosen=chosen)
        of_quotas = None if optimum.quotas is None else replace(optimum.quotas, chosen=chosen)
        return replace(self, optimum=replace(optimum, solution=solution, quotas=of_quotas))


def quotas_against(solved: Solved, change: Callable[[Solved], Solved | Missed]) -> list[int]:
    """Return the places of quotas that cannot be kept together after a change, each of them needed for that.

    Parameters
    ----------
    solved : Solved
        Before the change.
    change : callable
        After which no choice keeps all quotas.
    """
    # Only whether the quotas can be kept is asked: the objective with the fewest steps will do.
    against = list(range(len(solved.quotas)))
    for place in range(len(solved.quotas)):
        fewer = [other for other in against if other != place]
        quotas = [solved.quotas[other] for other in fewer]
        if fewer and _cannot_be(change, replace(solved, objective="total", quotas=quotas)):
            against = fewer
    return against


def _cannot_be(change: Callable[[Solved], Solved | Missed], solved: Solved) -> bool:
    """Say whether it is proved that no choice keeps the quotas after a change."""
    try:
        return isinstance(change(solved), Missed)
    except UndecidedError:
        return False


@dataclass(frozen=True)
class WithoutPairs:
    """A source of pairs of which a few cannot be chosen."""

    pairs: PairSource
    rows: IntArray
    columns: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return self.pairs.shape

    def block(self, columns: slice) -> _Block:
        """Make a block of columns ready."""
        here = (self.columns >= columns.start) & (self.columns < columns.stop)
        return _Block(self.pairs.block(columns), self.rows[here], self.columns[here] - columns.start)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs."""
        return np.where(self._closes(rows, columns), NO_PAIR, self.pairs.at(rows, columns))

    def part(self, rows: IntArray, columns: IntArray) -> PairSource:
        """Return the pairs of some rows and some columns."""
        part = self.pairs.part(rows, columns)
        inside = np.isin(self.rows, rows) & np.isin(self.columns, columns)
        if not inside.any():
            return part
        places = np.searchsorted(rows, self.rows[inside]), np.searchsorted(columns, self.columns[inside])
        return WithoutPairs(part, *places)

    def _closes(self, rows: IntArray, columns: IntArray) -> BoolArray:
        width = self.shape[1]
        return np.isin(rows * width + columns, self.rows * width + self.columns)


@dataclass(frozen=True)
class _Block:
    block: PairBlock
    rows: IntArray
    columns: IntArray

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return scores; a copy where some are closed, since the tile may be somebody's own."""
        tile = self.block.tile(rows)
        here = (self.rows >= rows.start) & (self.rows < rows.stop)
        if not here.any():
            return tile
        tile = tile.copy()
        tile[self.rows[here] - rows.start, self.columns[here]] = NO_PAIR
        return tile
