"""Names of a cohort as sparse matrices: a row a person, a column a concept, ratings in between."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from reverse_match.arrays import FloatArray, IntArray
    from reverse_match.names.ladder import Meanings

    RatingMatrix: TypeAlias = csr_array[np.float64, tuple[int, int]]

    _Entries: TypeAlias = tuple[IntArray, IntArray, FloatArray]

Name = TypeVar("Name", str, int)


def code_of_names(written: Sequence[str], meanings: Meanings) -> dict[str, int]:
    """Return a number for each name, in the order of the alphabet; names of one concept get one number."""
    concept_of = {name: meanings.concept(name) for name in dict.fromkeys(written)}
    number = {concept: place for place, concept in enumerate(sorted(set(concept_of.values())))}
    return {name: number[concept] for name, concept in concept_of.items()}


def rating_matrix(people: Sequence[Mapping[Name, int]], code: Mapping[Name, int]) -> RatingMatrix:
    """Return the ratings of all people; of two names for one concept the higher rating counts.

    Examples
    --------
    >>> rating_matrix([{"AI": 3, "IA": 5}, {}, {"Excel": 1}], {"AI": 0, "IA": 0, "Excel": 1}).toarray()
    array([[5., 0.],
           [0., 0.],
           [0., 1.]])
    """
    from scipy.sparse import csr_array  # takes long to load

    concepts = max(code.values(), default=-1) + 1
    lengths = np.fromiter(map(len, people), dtype=np.int64, count=len(people))
    names = list(chain.from_iterable(people))
    numbers = np.fromiter(map(code.__getitem__, names), dtype=np.int64, count=len(names))
    ratings = np.fromiter(
        chain.from_iterable(person.values() for person in people), dtype=np.float64, count=len(names)
    )
    places = np.repeat(np.arange(len(people)), lengths) * max(1, concepts) + numbers
    order = np.lexsort((ratings, places))
    places, ratings = places[order], ratings[order]
    highest = np.append(places[1:] != places[:-1], True)[: len(places)]
    rows, columns = np.divmod(places[highest], max(1, concepts))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(people)))])
    return csr_array((ratings[highest], columns, starts), shape=(len(people), concepts))


def dense_columns(matrix: RatingMatrix, people: slice) -> FloatArray:
    """Return the ratings of some people as a dense matrix with a column for each of them."""
    return np.ascontiguousarray(matrix[people].toarray().T)


def product(ratings: RatingMatrix, columns: FloatArray) -> FloatArray:
    """Return the matrix product of sparse ratings and dense columns."""
    result: FloatArray = np.asarray(ratings @ columns, dtype=np.float64)
    return result


def row_sums(matrix: RatingMatrix) -> FloatArray:
    """Return the sum of each person's ratings."""
    return np.bincount(_owners(matrix), matrix.data, matrix.shape[0]).astype(float)


def shared_sums(one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray) -> FloatArray:
    """Return the sum of products of ratings of listed pairs of rows.

    Parameters
    ----------
    one, other : sparse arrays
        With as many columns.
    here, there : int64 arrays
        Rows of the one and of the other, of equal length.

    Examples
    --------
    >>> ratings = rating_matrix([{0: 4}, {0: 1, 1: 5}], {0: 0, 1: 1})
    >>> shared_sums(ratings, np.array([0, 1]), ratings, np.array([1, 1]))
    array([ 4., 26.])
    """
    (pairs, _, mine), (_, _, theirs), (first, second) = _shared_entries(one, here, other, there)
    return np.bincount(pairs[first], mine[first] * theirs[second], len(here)).astype(float)


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
    (pairs, concepts, _), _, (first, _) = _shared_entries(one, here, other, there)
    shared: dict[int, list[int]] = {}
    for pair, concept in zip(pairs[first].tolist(), concepts[first].tolist(), strict=True):
        shared.setdefault(pair, []).append(concept)
    return shared


def _shared_entries(
    one: RatingMatrix, here: IntArray, other: RatingMatrix, there: IntArray
) -> tuple[_Entries, _Entries, tuple[IntArray, IntArray]]:
    """Return the entries of both sides of listed pairs, and the places of those that meet."""
    mine, theirs = _entries(one, here), _entries(other, there)
    keys, sought = (pairs * one.shape[1] + concepts for pairs, concepts, _ in (mine, theirs))
    if not len(keys):
        return mine, theirs, (np.empty(0, np.int64), np.empty(0, np.int64))
    place = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    shared = np.flatnonzero(keys[place] == sought)
    return mine, theirs, (place[shared], shared)


def _entries(matrix: RatingMatrix, rows: IntArray) -> _Entries:
    """Return the entries of listed rows: place in the list, column, rating; in the order of the first two."""
    counts = np.diff(matrix.indptr)[rows]
    places = np.repeat(matrix.indptr[rows] - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    return np.repeat(np.arange(len(rows)), counts), matrix.indices[places], matrix.data[places]


def _owners(matrix: RatingMatrix) -> IntArray:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
