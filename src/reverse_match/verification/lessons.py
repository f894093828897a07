"""Counts what one of two people teaches the other, as a product of two tables: person by skill."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.verification.statements import StatementOfPairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csc_array, csr_array

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.verification.skills import SkillsOfPeople
    from reverse_match.verification.statements import Tile, Truth

    Counts = NDArray[np.int32]
    Having = Sequence[set[str]]
    Sides = Callable[[Sequence[Any]], tuple[list[Any], list[Any]]]


WORD = 64
"""Bits of a word."""


class SharedCounts:
    """The number of skills that a mentor and a mentee both have, of some skills of each.

    Parameters
    ----------
    mentors, mentees : sequence of set of str
        The skills of each person.
    """

    def __init__(self, mentors: Having, mentees: Having) -> None:
        self._of = mentors, mentees
        self._number = number = {skill: place for place, skill in enumerate(sorted(set().union(*mentors)))}
        self._mentors: csr_array = _skill_table(mentors, number)
        self._mentees: csr_array = _skill_table(mentees, number)
        self._by_skill: csc_array = self._mentees.T
        self._block: tuple[slice, Counts] = slice(0, 0), np.zeros((len(number), 0), dtype=np.int32)
        # Each mentor has one skill more, which nobody else has, so that all of them have one.
        starts = self._mentors.indptr
        self._taught = np.insert(self._mentors.indices, starts[:-1], len(number))
        self._starts = starts + np.arange(len(mentors) + 1)
        self._bits: tuple[slice, NDArray[np.uint64]] = slice(0, 0), np.zeros((0, 0), dtype=np.uint64)

    def reach(self, at_least: int, rows: slice, columns: slice) -> BoolArray:
        """Mark the pairs of a tile that share at least so many skills."""
        if rows.stop - rows.start == 1 and columns.stop - columns.start == 1:  # of many, one by one
            shared = self._of[0][rows.start] & self._of[1][columns.start]
            return np.array([[len(shared) >= at_least]])
        if at_least == 1:
            return self._share_any(rows, columns)
        if self._block[0] != columns:  # tiles come block by block of columns
            self._block = columns, self._by_skill[:, columns].toarray()
        counts: Counts = self._mentors[rows] @ self._block[1]
        return counts >= at_least

    def _share_any(self, rows: slice, columns: slice) -> BoolArray:
        """Mark the pairs of a tile that share a skill: those of whom one has a skill of the other.

        A skill is a string of bits, one for each mentee of the tile. A mentor shares a skill with the mentees
        whose bits are set in one of the mentor's skills.
        """
        width = columns.stop - columns.start
        if self._bits[0] != columns:
            has = np.zeros((len(self._number) + 1, -(-width // WORD) * WORD), dtype=bool)
            has[:-1, :width] = self._by_skill[:, columns].toarray()
            self._bits = columns, np.packbits(has, axis=1).view(np.uint64)
        first, last = self._starts[rows.start], self._starts[rows.stop]
        of_skills = self._bits[1][self._taught[first:last]]
        bits = np.bitwise_or.reduceat(of_skills, self._starts[rows] - first, axis=0)
        return np.unpackbits(bits.view(np.uint8), axis=1, count=width).view(bool)

    def at(self, rows: IntArray, columns: IntArray) -> Counts:
        """Return the counts of listed pairs."""
        counts: Counts = self._mentors[rows].multiply(self._mentees[columns]).sum(axis=1)
        return counts


def _skill_table(people: Having, number: Mapping[str, int]) -> csr_array:
    """Return the table of people and skills that is 1 where somebody has a skill."""
    from scipy.sparse import csr_array  # takes long to load

    mine = [[number[skill] for skill in person if skill in number] for person in people]
    ends = np.cumsum([0, *map(len, mine)])
    skills = np.array([*chain.from_iterable(mine)], dtype=np.int32)
    table = csr_array((np.ones(len(skills), dtype=np.int32), skills, ends), shape=(len(people), len(number)))
    table.sort_indices()
    return table


@dataclass(frozen=True)
class Lessons(StatementOfPairs):
    """The statement that one of two people teaches the other enough skills.

    Attributes
    ----------
    at_least : int
        Least number of skills.
    known : pair of bool arrays
        The mentors and the mentees who say what they offer or seek.
    sure : SharedCounts
        Skills that one teaches and the other is known to learn.
    perhaps : SharedCounts
        Skills that the other may learn, as far as is known.
    """

    at_least: int
    known: tuple[BoolArray, BoolArray]
    sure: SharedCounts
    perhaps: SharedCounts

    @classmethod
    def of(cls, at_least: int, skills: SkillsOfPeople, sides: Sides, from_mentor: bool) -> Lessons:
        """Return the statement that mentees learn enough of mentors, or the other way round.

        Parameters
        ----------
        at_least : int
            Least number of skills.
        skills : SkillsOfPeople
            What all people offer and seek.
        sides : callable
            Splits a list of all people into those of mentors and of mentees.
        from_mentor : bool
            Whether mentors teach.
        """
        taught, perhaps, learned = skills.taught, skills.perhaps_learned, skills.learned
        said = (skills.offers, skills.seeks) if from_mentor else (skills.seeks, skills.offers)
        known = sides(said[0])[0], sides(said[1])[1]
        here, there = (np.array([bool(ratings) for ratings in side], dtype=bool) for side in known)

        def shared(wanted: Having) -> SharedCounts:
            mine, theirs = (taught, wanted) if from_mentor else (wanted, taught)
            return SharedCounts(sides(mine)[0], sides(theirs)[1])

        sure = shared(learned)
        return cls(at_least, (here, there), sure, sure if learned == perhaps else shared(perhaps))

    def __call__(self, tile: Tile) -> Truth:
        """Return the truth of each pair of a tile."""
        here, there = self.known
        sure = self.sure.reach(self.at_least, tile.rows, tile.columns)
        perhaps = sure
        if self.perhaps is not self.sure:
            perhaps = self.perhaps.reach(self.at_least, tile.rows, tile.columns)
        return self._truth(sure, perhaps, here[tile.rows, None] & there[None, tile.columns])

    def at(self, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:  # noqa: ARG002 - scores do not matter
        """Return the truth of each listed pair."""
        here, there = self.known
        sure, perhaps = (part.at(rows, columns) >= self.at_least for part in (self.sure, self.perhaps))
        return self._truth(sure, perhaps, here[rows] & there[columns])

    def _truth(self, sure: BoolArray, perhaps: BoolArray, known: BoolArray) -> Truth:
        """Return 1 where enough skills are sure, 0 where enough are possible or nothing is known, else -1."""
        truth: Truth = sure.view(np.int8) + perhaps.view(np.int8)
        truth -= np.int8(1)
        truth *= known.view(np.int8)
        return truth
