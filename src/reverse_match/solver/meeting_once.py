"""Lets two people who could both teach and learn meet only once, whoever teaches.

A pair (row, column) and its reverse are two arcs of the network and the same two people. Where a best choice
has both, the one that is worth less above its prices is closed, and it is solved again, until no two people
meet twice. That the choice is the best is then no longer certain; the bound of the first one, which allows
both, still holds, and the gap says how far below it the choice can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.pair_source import NO_PAIR
from reverse_match.solver.quota_bounds import Missed

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.what_if import Solved

NOBODY = -1
"""The place, on the other side, of somebody who has none there."""


@dataclass(frozen=True)
class Reverse:
    """Who is both a row and a column.

    Attributes
    ----------
    column_of_row, row_of_column : int64 arrays
        The place of the same person on the other side, ``NOBODY`` if there is none.
    """

    column_of_row: IntArray
    row_of_column: IntArray

    def of(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray, BoolArray]:
        """Return rows and columns of the reverse of some pairs, and which of them have one."""
        back = self.row_of_column[columns], self.column_of_row[rows]
        return *back, (back[0] != NOBODY) & (back[1] != NOBODY)


def meeting_once(solved: Solved, reverse: Reverse, fixed: tuple[IntArray, IntArray]) -> Solved | Missed:
    """Return a good choice in which no two people meet twice.

    Parameters
    ----------
    solved : Solved
        The best choice, in which they may.
    reverse : Reverse
        Who is both.
    fixed : pair of int64 arrays
        Rows and columns of pairs that stand beside the choice.
    """
    rows, columns, exist = reverse.of(*fixed)
    closed = rows[exist], columns[exist]
    found: Solved | Missed = solved
    if _any_possible(solved, closed):
        found = solved.without_pairs(*closed)
    while not isinstance(found, Missed):
        closed = _worse_directions(found, reverse)
        if not len(closed[0]):
            break
        found = found.without_pairs(*closed)
    return found


def _any_possible(solved: Solved, places: tuple[IntArray, IntArray]) -> bool:
    return bool((solved.problem.at(*places) != NO_PAIR).any())


def _worse_directions(solved: Solved, reverse: Reverse) -> tuple[IntArray, IntArray]:
    """Return, of each two people who meet twice, the pair that is worth less above its prices."""
    solution = solved.optimum.solution
    chosen, width = solution.chosen, solved.problem.shape[1]
    rows, columns, exist = reverse.of(chosen.rows, chosen.columns)
    here, back = chosen.rows * width + chosen.columns, np.where(exist, rows * width + columns, NOBODY)
    place = np.minimum(np.searchsorted(here, back), max(0, len(here) - 1))
    twice = exist & (here[place] == back) if len(here) else exist
    excess = solution.prices.excess(chosen)
    mine, theirs = excess[twice], excess[place[twice]]
    worse = (mine < theirs) | ((mine == theirs) & (here[twice] > back[twice]))
    return chosen.rows[twice][worse], chosen.columns[twice][worse]
