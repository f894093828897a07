"""Names of a cohort as sparse matrices: a row a person, a column a concept, ratings in between.

Entries of few people are cut, joined and counted far more often than large matrices are multiplied. So
entries are plain columns here, and only a large product is left to SciPy: for thirty people, building one of
its matrices takes longer than all sums together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from reverse_match.scoring.profiles import number_profiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.people.skill_names import Meanings

Name = TypeVar("Name", str, int)

SMALL_PRODUCT = 200_000
"""Multiplications up to which a dense product takes less time than making a sparse matrix ready."""


@dataclass(frozen=True)
class RatingMatrix:
    """Ratings by person and concept; no entry where there is none.

    Attributes
    ----------
    starts : int64 array
        Where the entries of each person begin, and at last how many entries there are.
    concepts : int64 array
        The column of each entry, ascending for each person.
    ratings : float64 array
        Of each entry.
    width : int
        Number of concepts.
    """

    starts: IntArray = field(repr=False)
    concepts: IntArray = field(repr=False)
    ratings: FloatArray = field(repr=False)
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def counts(self) -> IntArray:
        """How many entries each person has."""
        return self.starts[1:] - self.starts[:-1]

    @cached_property
    def owners(self) -> IntArray:
        """The person of each entry."""
        return np.arange(len(self)).repeat(self.counts)

    def sums(self) -> FloatArray:
        """Return the sum of each person's ratings."""
        return np.bincount(self.owners, self.ratings, len(self)).astype(float)

    def take(self, people: IntArray) -> RatingMatrix:
        """Return the ratings of listed people."""
        counts = self.counts[people]
        starts = _starts(counts)
        places = (self.starts[people] - starts[:-1]).repeat(counts) + np.arange(starts[-1])
        return RatingMatrix(starts, self.concepts[places], self.ratings[places], self.width)

    def range(self, people: slice) -> RatingMatrix:
        """Return the ratings of people next to one another."""
        starts = self.starts[people.start : people.stop + 1]
        entries = slice(starts[0], starts[-1])
        return RatingMatrix(starts - starts[0], self.concepts[entries], self.ratings[entries], self.width)

    def dense(self) -> FloatArray:
        """Return the same as a dense matrix."""
        matrix = np.zeros((len(self), self.width))
        matrix[self.owners, self.concepts] = self.ratings
        return matrix

    def times(self, columns: FloatArray) -> FloatArray:
        """Return the matrix product with a dense matrix, which has a row for each concept."""
        if len(self) * columns.size <= SMALL_PRODUCT:
            return self.dense() @ columns
        product: FloatArray = np.asarray(self._csr @ columns, dtype=np.float64)
        return product

    @cached_property
    def _csr(self) -> csr_array[np.float64, tuple[int, int]]:
        from scipy.sparse import csr_array  # takes long to load

        return csr_array((self.ratings, self.concepts, self.starts), shape=(len(self), self.width))


def code_of_names(written: Sequence[str], meanings: Meanings) -> dict[str, int]:
    """Return a number for each name, in the order of the alphabet; names of one concept get one number."""
    concept_of = {name: meanings.concept(name) for name in dict.fromkeys(written)}
    number = {concept: place for place, concept in enumerate(sorted(set(concept_of.values())))}
    return {name: number[concept] for name, concept in concept_of.items()}


def rating_matrix(people: Sequence[Mapping[Name, int]], code: Mapping[Name, int]) -> RatingMatrix:
    """Return the ratings of all people; of two names for one concept the higher rating counts.

    Examples
    --------
    >>> rating_matrix([{"AI": 3, "IA": 5}, {}, {"Excel": 1}], {"AI": 0, "IA": 0, "Excel": 1}).dense()
    array([[5., 0.],
           [0., 0.],
           [0., 1.]])
    """
    width = max(code.values(), default=-1) + 1
    lengths = np.fromiter(map(len, people), dtype=np.int64, count=len(people))
    names = list(chain.from_iterable(people))
    numbers = np.fromiter(map(code.__getitem__, names), dtype=np.int64, count=len(names))
    ratings = np.fromiter(
        chain.from_iterable(person.values() for person in people), dtype=np.float64, count=len(names)
    )
    places = np.arange(len(people)).repeat(lengths) * max(1, width) + numbers
    order = np.lexsort((ratings, places))
    places, ratings = places[order], ratings[order]
    highest = np.append(places[1:] != places[:-1], True)[: len(places)]
    owners, concepts = np.divmod(places[highest], max(1, width))
    return RatingMatrix(
        _starts(np.bincount(owners, minlength=len(people))), concepts, ratings[highest], width
    )


def _starts(counts: IntArray) -> IntArray:
    """Return where each of some ranges begins, and where the last ends."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    counts.cumsum(out=starts[1:])
    return starts


def shared_sums(one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray) -> FloatArray:
    """Return the sum of products of ratings of listed pairs of rows.

    Parameters
    ----------
    one, other : RatingMatrix
        With as many columns.
    here, there : int64 arrays
        Rows of the one and of the other, of equal length.

    Examples
    --------
    >>> ratings = rating_matrix([{0: 4}, {0: 1, 1: 5}], {0: 0, 1: 1})
    >>> shared_sums(ratings, np.array([0, 1]), ratings, np.array([1, 1]))
    array([ 4., 26.])
    """
    mine, theirs = one.take(here), other.take(there)
    first, second = _shared_entries(mine, theirs)
    products = mine.ratings[first] * theirs.ratings[second]
    return np.bincount(mine.owners[first], products, len(here)).astype(float)


def count_shared(sets: RatingMatrix, here: IntArray, there: IntArray) -> FloatArray:
    """Return the sums of products of ratings of pairs of rows of one matrix, given as they broadcast.

    Examples
    --------
    >>> sets = rating_matrix([{0: 1}, {0: 1, 1: 1}], {0: 0, 1: 1})
    >>> count_shared(sets, *np.ogrid[0:2, 0:2])
    array([[1., 1.],
           [1., 2.]])
    """
    if here.ndim < 2:
        return shared_sums(sets, here, sets, there)
    return sets.take(here[:, 0]).times(np.ascontiguousarray(sets.take(there[0]).dense().T))


def sets_of_names(people: Sequence[Sequence[str]], code: Mapping[str, int]) -> tuple[RatingMatrix, IntArray]:
    """Return the distinct sets of names, with 1 where a set has a name, and the number of each person's."""
    distinct, profiles = number_profiles(frozenset(code[name] for name in names) for names in people)
    names = {place: place for place in code.values()}
    return rating_matrix([dict.fromkeys(held, 1) for held in distinct], names), profiles


def shared_concepts(
    one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray
) -> dict[int, list[int]]:
    """Return the columns that both rows of a listed pair have, for each pair that shares some.

    Examples
    --------
    >>> ratings = rating_matrix([{0: 4}, {0: 1, 1: 5}], {0: 0, 1: 1})
    >>> shared_concepts(ratings, np.array([0, 1]), ratings, np.array([1, 1]))
    {0: [0], 1: [0, 1]}
    """
    mine = one.take(here)
    first, _ = _shared_entries(mine, other.take(there))
    shared: dict[int, list[int]] = {}
    for pair, concept in zip(mine.owners[first].tolist(), mine.concepts[first].tolist(), strict=True):
        shared.setdefault(pair, []).append(concept)
    return shared


def _shared_entries(mine: RatingMatrix, theirs: RatingMatrix) -> tuple[IntArray, IntArray]:
    """Return the places of entries that stand in both, by row and concept."""
    keys, sought = (side.owners * side.width + side.concepts for side in (mine, theirs))
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    place = np.minimum(keys.searchsorted(sought), len(keys) - 1)
    shared = np.flatnonzero(keys[place] == sought)
    return place[shared], shared
