"""Counts what one of two people teaches the other, as a product of two tables: person by skill."""

from __future__ import annotations

from dataclasses import dataclass
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


class SharedCounts:
    """The number of skills that a mentor and a mentee both have, of some skills of each.

    Parameters
    ----------
    mentors, mentees : sequence of set of str
        The skills of each person.
    """

    def __init__(self, mentors: Having, mentees: Having) -> None:
        self._of = mentors, mentees
        number = {skill: place for place, skill in enumerate(sorted(set().union(*mentors)))}
        self._mentors: csr_array = _skill_table(mentors, number)
        self._mentees: csr_array = _skill_table(mentees, number)
        self._by_skill: csc_array = self._mentees.T
        self._block: tuple[slice, Counts] = slice(0, 0), np.zeros((len(number), 0), dtype=np.int32)

    def tile(self, rows: slice, columns: slice) -> Counts:
        """Return the counts of a tile of pairs."""
        if rows.stop - rows.start == 1 and columns.stop - columns.start == 1:  # of many, one by one
            shared = self._of[0][rows.start] & self._of[1][columns.start]
            return np.array([[len(shared)]], dtype=np.int32)
        known, block = self._block
        if known != columns:  # tiles come block by block of columns
            block = self._by_skill[:, columns].toarray()
            self._block = columns, block
        counts: Counts = self._mentors[rows] @ block
        return counts

    def at(self, rows: IntArray, columns: IntArray) -> Counts:
        """Return the counts of listed pairs."""
        counts: Counts = self._mentors[rows].multiply(self._mentees[columns]).sum(axis=1)
        return counts


def _having(people: Sequence[Mapping[str, int]], test: Callable[[int, str], bool]) -> list[set[str]]:
    """Return for each person the skills among theirs of which something is true."""
    return [{skill for skill in mine if test(person, skill)} for person, mine in enumerate(people)]


def _skill_table(people: Having, number: Mapping[str, int]) -> csr_array:
    """Return the table of people and skills that is 1 where somebody has a skill."""
    from scipy.sparse import csr_array  # takes long to load

    mine = [sorted(number[skill] for skill in person if skill in number) for person in people]
    ends = np.cumsum([0, *map(len, mine)])
    skills = np.array([skill for person in mine for skill in person], dtype=np.int32)
    return csr_array((np.ones(len(skills), dtype=np.int32), skills, ends), shape=(len(people), len(number)))


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
        taught = _having(skills.offers, skills.teaches)
        perhaps = _having(skills.seeks, skills.may_learn)
        learned = perhaps if skills.needs_nothing else _having(skills.seeks, skills.learns)
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
        sure = self.sure.tile(tile.rows, tile.columns)
        perhaps = sure if self.perhaps is self.sure else self.perhaps.tile(tile.rows, tile.columns)
        return self._truth(sure, perhaps, here[tile.rows, None] & there[None, tile.columns])

    def at(self, rows: IntArray, columns: IntArray, scores: IntArray) -> Truth:  # noqa: ARG002 - scores do not matter
        """Return the truth of each listed pair."""
        here, there = self.known
        counts = self.sure.at(rows, columns), self.perhaps.at(rows, columns)
        return self._truth(*counts, here[rows] & there[columns])

    def _truth(self, sure: Counts, perhaps: Counts, known: BoolArray) -> Truth:
        """Return 1 where enough skills are sure, 0 where enough are possible or nothing is known, else -1."""
        truth: Truth = (sure >= self.at_least).view(np.int8) + (perhaps >= self.at_least).view(np.int8)
        truth -= np.int8(1)
        truth *= known.view(np.int8)
        return truth
