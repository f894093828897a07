"""Ratings of names as sparse matrices: a row for each person, and a column for each concept.

A matrix is stored in compressed sparse rows (CSR), as SciPy does. Small matrices are sliced, joined and
counted far more often than large ones are multiplied. So this module works on the arrays of the format
itself, and calls SciPy only for a large product: for thirty people, making a SciPy matrix takes longer than
all sums.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from reverse_match.scoring.profiles import number_profiles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.people.skill_names import Meanings

Name = TypeVar("Name", str, int)

SMALL_PRODUCT = 1_000_000
"""Largest number of multiplications for which a dense product takes less time than loading SciPy's."""


@dataclass(frozen=True)
class RatingMatrix:
    """A sparse matrix of ratings, by person and concept.

    Attributes
    ----------
    starts : int64 array
        Index of the first entry of each person, and last the number of all entries.
    concepts : int64 array
        Concept (column) of each entry, ascending for each person.
    ratings : float64 array
        Rating of each entry.
    width : int
        Number of concepts.
    """

    starts: IntArray = field(repr=False)
    concepts: IntArray = field(repr=False)
    ratings: FloatArray = field(repr=False)
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def counts(self) -> IntArray:
        """Number of entries of each person; a subtraction takes less time than keeping what it gives."""
        return self.starts[1:] - self.starts[:-1]

    @cached_property
    def owners(self) -> IntArray:
        """Person (row) of each entry."""
        return np.arange(len(self)).repeat(self.counts)

    def sums(self) -> FloatArray:
        """Return the sum of each person's ratings."""
        return np.bincount(self.owners, self.ratings, len(self)).astype(float)

    def take(self, people: IntArray) -> RatingMatrix:
        """Return the ratings of listed people."""
        first = self.starts[people]
        counts = self.starts[people + 1] - first
        starts = _starts(counts)
        # an entry keeps its distance from the start of its person's range
        places = (first - starts[:-1]).repeat(counts) + np.arange(starts[-1])
        return RatingMatrix(starts, self.concepts[places], self.ratings[places], self.width)

    def range(self, people: slice) -> RatingMatrix:
        """Return the ratings of a range of people."""
        starts = self.starts[people.start : people.stop + 1]
        entries = slice(starts[0], starts[-1])
        return RatingMatrix(starts - starts[0], self.concepts[entries], self.ratings[entries], self.width)

    def dense(self) -> FloatArray:
        """Return the ratings as a dense matrix of shape (people, concepts), 0 where there is no entry."""
        matrix = np.zeros((len(self), self.width))
        matrix[self.owners, self.concepts] = self.ratings
        return matrix

    def times(self, columns: FloatArray) -> FloatArray:
        """Return the matrix product with a dense matrix that has a row for each concept."""
        if len(self) * columns.size <= SMALL_PRODUCT:
            return self.dense() @ columns
        product: FloatArray = np.asarray(self._csr @ columns, dtype=np.float64)
        return product

    @cached_property
    def bits(self) -> NDArray[np.uint64]:
        """Which concepts each person has, as bits of words of 64; shape (words, people)."""
        words = np.zeros((-(-self.width // 64), len(self)), dtype=np.uint64)
        word, bit = np.divmod(self.concepts, 64)
        np.bitwise_or.at(words, (word, self.owners), np.uint64(1) << bit.astype(np.uint64))
        return words

    @cached_property
    def _csr(self) -> csr_array[np.float64, tuple[int, int]]:
        from scipy.sparse import csr_array  # takes long to load

        return csr_array((self.ratings, self.concepts, self.starts), shape=(len(self), self.width))


def code_of_names(written: Sequence[str], meanings: Meanings) -> dict[str, int]:
    """Return the number of each name's concept; concepts are numbered in alphabetical order."""
    concept_of = meanings.concepts(written)
    number = {concept: place for place, concept in enumerate(sorted(set(concept_of.values())))}
    return {name: number[concept] for name, concept in concept_of.items()}


def rating_matrix(people: Sequence[Mapping[Name, int]], code: Mapping[Name, int]) -> RatingMatrix:
    """Return the ratings of all people; if a person has two names for a concept, the higher rating counts.

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
    order = np.lexsort((ratings, places))  # by place, then by rating: the last of a place is the highest
    places, ratings = places[order], ratings[order]
    highest = np.append(places[1:] != places[:-1], True)[: len(places)]
    owners, concepts = np.divmod(places[highest], max(1, width))
    return RatingMatrix(
        _starts(np.bincount(owners, minlength=len(people))), concepts, ratings[highest], width
    )


def _starts(counts: IntArray) -> IntArray:
    """Return the start of each of some adjoining ranges, given their lengths, and the end of the last."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    counts.cumsum(out=starts[1:])
    return starts


def shared_sums(one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray) -> FloatArray:
    """Return the scalar products of listed pairs of rows of two matrices.

    Parameters
    ----------
    one, other : RatingMatrix
        Two matrices of equal width.
    here, there : int64 arrays
        Rows of ``one`` and rows of ``other``, of equal length.

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
    """Return the scalar products of pairs of rows of one matrix: listed pairs, or a tile by broadcasting.

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


MOST_WORDS = 16
"""Words of 64 concepts up to which comparing bits takes less time than a product."""


def share_enough(sets: RatingMatrix, here: IntArray, there: IntArray, at_least: int) -> BoolArray:
    """Say of pairs of rows of one matrix of ones whether they have so many columns in common.

    The pairs are given as for :func:`count_shared`. Most often one common column is enough, and then a tile
    is compared by bits.

    Examples
    --------
    >>> sets = rating_matrix([{0: 1}, {0: 1, 70: 1}], {0: 0, 70: 70})
    >>> share_enough(sets, *np.ogrid[0:2, 0:2], 1).tolist()
    [[True, True], [True, True]]
    """
    if at_least != 1 or here.ndim < 2 or not 0 < len(sets.bits) <= MOST_WORDS:
        return np.greater_equal(count_shared(sets, here, there), at_least)
    first, *others = sets.bits
    common = first[here] & first[there]
    for word in others:
        common |= word[here] & word[there]
    shared: BoolArray = common != 0
    return shared


def sets_of_names(people: Sequence[Sequence[str]], code: Mapping[str, int]) -> tuple[RatingMatrix, IntArray]:
    """Return the distinct sets of concepts as a matrix of ones, and the number of each person's set."""
    width = max(code.values(), default=-1) + 1
    return sets_of_numbers([[code[name] for name in names] for names in people], width)


def sets_of_numbers(people: Sequence[Sequence[int]], width: int) -> tuple[RatingMatrix, IntArray]:
    """Return the distinct sets of numbers below ``width`` as a matrix of ones, and the number of each set.

    Examples
    --------
    >>> sets, profiles = sets_of_numbers([[0, 1], [1, 0], []], 2)
    >>> sets.dense().tolist(), profiles.tolist()
    ([[1.0, 1.0], [0.0, 0.0]], [0, 0, 1])
    """
    distinct, profiles = number_profiles(map(frozenset, people))
    return matrix_of_sets(distinct, width), profiles


def matrix_of_sets(sets: Sequence[Collection[int]], width: int) -> RatingMatrix:
    """Return sets of numbers below ``width`` as a matrix of ones.

    Examples
    --------
    >>> matrix_of_sets([{1, 0}, set(), {1}], 2).dense().tolist()
    [[1.0, 1.0], [0.0, 0.0], [0.0, 1.0]]
    """
    counts = np.fromiter(map(len, sets), dtype=np.int64, count=len(sets))
    numbers = np.array([number for held in sets for number in sorted(held)], dtype=np.int64)
    return RatingMatrix(_starts(counts), numbers, np.ones(len(numbers)), width)


def shared_concepts(
    one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray
) -> dict[int, list[int]]:
    """Return the columns that both rows of a listed pair have, by index of the pair, if there are any.

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
    """Return the indices, in either matrix, of the entries with the same row and concept in both."""
    keys, sought = (side.owners * side.width + side.concepts for side in (mine, theirs))
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    place = np.minimum(keys.searchsorted(sought), len(keys) - 1)
    shared = np.flatnonzero(keys[place] == sought)
    return place[shared], shared
