r"""Hall violators: people who compete for too few partners.

Let the choice have as many pairs as possible. Alternating paths start from rows that were left out: from a
row to every column that it may be with, and from a column to the rows that it is with, since one of them
could be exchanged. No column on such a path has capacity left, since otherwise an exchange along the path
would add a pair. So all places of these columns are taken by rows on such paths, and these rows want more
places than all their columns have for them:

    Σ capacity of the rows  >  Σ min(capacity of a column, number of these rows it may be with),

where the last sum is over every column that one of the rows may be with. No choice of pairs can serve all of
these rows, which explains why somebody is left out (Hall 1935; the paths are those of a minimum cut, Ford and
Fulkerson 1956). Rows that share no column, directly or through others, are shortages of their own. The same
holds for columns.

Each step examines few people, and only partners that were not reached before. So a table in which nearly all
pairs are possible is hardly read once, and any table at most two or three times.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs, Problem

CELLS_AT_ONCE = 2**20
"""Largest number of pairs that are read in one step."""

CELLS_AT_FIRST = 2**12
"""Number of pairs that are read in the first step; fewer would take as long."""


@dataclass(frozen=True)
class HallViolator:
    """People of one side who want more places than their partners have for them.

    Attributes
    ----------
    people : int64 array
        Rows or columns, ascending.
    partners : int64 array
        All people whom one of them may be with, ascending.
    wanted : int
        Number of places that the people want: their capacities.
    places : int
        Number of places that the partners have for them, which is smaller.
    """

    people: IntArray
    partners: IntArray
    wanted: int
    places: int


def find_hall_violators(problem: Problem, chosen: Arcs, side: int, left_out: IntArray) -> list[HallViolator]:
    """Return the Hall violators that contain people who were left out: their competitors, and their partners.

    Parameters
    ----------
    problem : Problem
        Problem with the pairs.
    chosen : Arcs
        A choice of as many pairs as possible.
    side : int
        Whether those left out are rows (0) or columns (1).
    left_out : int64 array
        People with capacity who are in no pair, ascending. People without possible partners are in no
        shortage.

    Returns
    -------
    list of HallViolator
        Ascending by the first of their people; nobody is in two of them.

    Raises
    ------
    SolverError
        If more pairs are possible than were chosen.
    """
    ends = chosen.rows, chosen.columns
    table = _SideTable(problem, side, ends[side], ends[1 - side])
    people, exhausted = _find_competitors(table, left_out)
    found = []
    unmet = table.present
    waiting = table.neighbours_back(people, unmet)  # people without possible partners are left out
    while len(waiting):
        mine, partners = _find_component(table, waiting[:1], waiting[1:], unmet)
        if len(partners):
            found.append(_count_places(table, mine, partners, exhausted))
        waiting = _without(waiting, mine, len(table.wanted))
        unmet = _without(unmet, partners, len(table.places))
    return found


@dataclass(frozen=True)
class _SideTable:
    """The possible pairs, seen from one side, with its people and their partners."""

    problem: Problem
    side: int
    chosen_people: IntArray
    chosen_partners: IntArray

    @property
    def wanted(self) -> IntArray:
        return self.problem.capacities[self.side]

    @property
    def places(self) -> IntArray:
        return self.problem.capacities[1 - self.side]

    @property
    def present(self) -> IntArray:
        return np.flatnonzero(self.places > 0)

    def possible(self, people: IntArray, partners: IntArray) -> BoolArray:
        """Mark the possible pairs of people and partners with capacity, both ascending."""
        rows, columns = (people, partners) if self.side == 0 else (partners, people)
        block = self.problem.pairs.part(rows, columns).block(slice(0, len(columns)))
        marks: BoolArray = np.not_equal(block.tile(slice(0, len(rows))), NO_PAIR)
        return marks if self.side == 0 else marks.T

    @cached_property
    def small(self) -> tuple[BoolArray, BoolArray] | None:
        """Marks of all possible pairs, and of those that are not chosen; ``None`` if they are many."""
        if len(self.wanted) * len(self.places) > CELLS_AT_FIRST:
            return None
        marks = self.possible(np.arange(len(self.wanted)), np.arange(len(self.places)))
        unchosen = marks.copy()
        unchosen[self.chosen_people, self.chosen_partners] = False
        return marks, unchosen

    def neighbours(self, people: IntArray, partners: IntArray, *, but_chosen: bool = False) -> IntArray:
        """Return the partners whom some of the people may be with; if asked, only by unchosen pairs."""
        if self.small is not None:
            return partners[self.small[but_chosen][people[:, None], partners].any(axis=0)]
        found, first = [np.empty(0, np.int64)], 0
        size = max(1, CELLS_AT_FIRST // max(1, len(partners)))
        while first < len(people) and len(partners):
            some = people[first : first + size]
            marks = self.possible(some, partners)
            if but_chosen:
                self._unmark_chosen(marks, some, partners)
            hit = marks.any(axis=0)
            found.append(partners[hit])
            partners = partners[~hit]
            first += len(some)
            size = max(1, min(2 * size, CELLS_AT_ONCE // max(1, len(partners))))
        return np.sort(np.concatenate(found))

    def neighbours_back(self, people: IntArray, partners: IntArray) -> IntArray:
        """Return the people who may be with some of the partners."""
        return self._across.neighbours(partners, people)

    @cached_property
    def _across(self) -> _SideTable:
        """The same pairs, seen from the other side."""
        return _SideTable(self.problem, 1 - self.side, self.chosen_partners, self.chosen_people)

    def _unmark_chosen(self, marks: BoolArray, people: IntArray, partners: IntArray) -> None:
        here = _places(people, len(self.wanted))[self.chosen_people]
        there = _places(partners, len(self.places))[self.chosen_partners]
        asked = (here >= 0) & (there >= 0)
        marks[here[asked], there[asked]] = False


def _places(some: IntArray, size: int) -> IntArray:
    """Return the index of each person among some people, -1 for all others."""
    places = np.full(size, -1)
    places[some] = np.arange(len(some))
    return places


def _without(people: IntArray, others: IntArray, size: int) -> IntArray:
    """Return the people who are not among other people, in their order."""
    left = np.ones(size, dtype=bool)
    left[others] = False
    return people[left[people]]


def _find_competitors(table: _SideTable, left_out: IntArray) -> tuple[IntArray, BoolArray]:
    """Return the people whom exchanges for somebody left out reach, and marks of the partners reached."""
    load = np.bincount(table.chosen_partners, minlength=len(table.places))
    competes, exhausted = np.zeros(len(table.wanted), dtype=bool), np.zeros(len(table.places), dtype=bool)
    competes[left_out] = True
    ahead, unmet = left_out, table.present
    while len(ahead):
        reached = table.neighbours(ahead, unmet, but_chosen=True)
        if (load[reached] < table.places[reached]).any():
            message = "there can be more pairs: exchanging some would make room for somebody who was left out"
            raise SolverError(message)
        exhausted[reached] = True
        unmet = _without(unmet, reached, len(table.places))
        # Chosen pairs lead back from the partners reached to people who could be exchanged.
        theirs = np.zeros(len(table.wanted), dtype=bool)
        theirs[table.chosen_people[_places(reached, len(table.places))[table.chosen_partners] >= 0]] = True
        ahead = np.flatnonzero(theirs & ~competes)
        competes[ahead] = True
    return np.flatnonzero(competes), exhausted


def _find_component(
    table: _SideTable, start: IntArray, people: IntArray, partners: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the people and partners who are connected with the first people by shared partners."""
    mine, theirs, ahead = [start], [np.empty(0, np.int64)], start
    while len(ahead):
        reached = table.neighbours(ahead, partners)
        partners = _without(partners, reached, len(table.places))
        theirs.append(reached)
        ahead = table.neighbours_back(people, reached)
        people = _without(people, ahead, len(table.wanted))
        mine.append(ahead)
    return np.sort(np.concatenate(mine)), np.sort(np.concatenate(theirs))


def _count_places(
    table: _SideTable, people: IntArray, partners: IntArray, exhausted: BoolArray
) -> HallViolator:
    """Count places: all of reached partners; other partners have one for each possible person at most."""
    among = _places(people, len(table.wanted))[table.chosen_people] >= 0
    with_them = np.bincount(table.chosen_partners[among], minlength=len(table.places))
    places = np.where(exhausted, table.places, with_them)[partners]
    return HallViolator(people, partners, int(table.wanted[people].sum()), int(places.sum()))
