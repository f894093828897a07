"""Vectors of people, and the cosine of two of them in whole millionths, the same on every machine.

A sum of products of doubles depends on the order in which a library adds them up, which differs between
machines and numbers of threads. So a cosine is *defined* by one order: the products are added in pairs, the
sums in pairs, and so on, each a single operation of IEEE 754 with one result. That order is slow, and hardly
ever needed: a matrix product in whatever order differs from it by less than a known bound (d products of two
vectors of length 1 add up to an error of at most d 2^-53: N. J. Higham, "Accuracy and Stability of Numerical
Algorithms", 2002, section 3.1). Only where a value lies nearer than that bound to a half millionth, where
rounding would decide, is it computed in the defined order.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.scoring.pair_table import NOT_KNOWN
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray

    Codes = NDArray[np.int32]

MOST_DIMENSIONS = 100_000
"""The largest number of dimensions."""

MOST_NUMBERS = 400_000_000
"""The largest number of components of all vectors together."""

_AT_ONCE = 4_000_000
_IN_CACHE = 65_536


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors: a model of your own, which this library neither has nor loads.

    Examples
    --------
    >>> def count_letters(texts):
    ...     return [[text.count(letter) for letter in "aeiou"] for text in texts]
    >>> isinstance(count_letters, Embedder)
    True
    """

    def __call__(self, texts: list[str], /) -> ArrayLike:
        """Return an array with a row of numbers for each text."""
        ...


class Embeddings:
    """Vectors of people, such as embeddings of what they wrote.

    Parameters
    ----------
    ids : sequence of str
        Ids of the people.
    array : array of shape (people, dimensions)
        A vector of finite numbers for each person. Nothing is known of a person whose numbers are all zero or
        all NaN, nor of one who is not listed.

    Attributes
    ----------
    names : tuple of str
        Keys of the ids of people with a known vector, sorted.
    sha256 : str
        Digest of the vectors; it does not depend on the order of people.

    Raises
    ------
    PolicyError
        If ids are repeated, or the array is not one vector of finite numbers for each of them.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": name, "role": "both"} for name in ("lea", "ada", "zoe")]
    >>> vectors = rm.Embeddings(["lea", "ada", "zoe"], [[1, 2], [2, 1], [-2, 1]])
    >>> goals = {"kind": "similarity", "name": "goals", "weight": 1, "vectors": "goals"}
    >>> policy, cohort = rm.Policy(criteria=[goals]), rm.Cohort.from_records(people)
    >>> rm.score_matrix(cohort, policy, tables={"goals": vectors})
    array([[nan, 0.8, 0. ],
           [0.8, nan, 0. ],
           [0. , 0. , nan]])
    """

    def __init__(self, ids: Sequence[str], array: ArrayLike) -> None:
        listed = _listed_ids(ids)
        read = _checked(array, len(listed))
        known = np.flatnonzero(read.any(axis=1)).tolist()
        order = sorted(known, key=listed.__getitem__)
        self._given = read[order]
        self.names = tuple(listed[place] for place in order)
        self.sha256 = _digest(self.names, self._given)

    def __repr__(self) -> str:
        return f"Embeddings({len(self.names)} people, {self._given.shape[1]} dimensions)"

    def of_people(self, positions: IntArray) -> VectorsOfPeople:
        """Return the vectors of some people, given by their positions among ``names``, -1 where not known."""
        return VectorsOfPeople.of(self._given, positions)


def _listed_ids(ids: object) -> list[str]:
    if isinstance(ids, str) or not hasattr(ids, "__iter__"):
        message = "not a list of ids; right would be a list of texts, one for each row of the array"
        raise PolicyError([Fault(message, "Embeddings", code="wrong-type")])
    keys = ["" if name is None else id_key(str(name)) for name in ids]
    nobody = [place for place, key in enumerate(keys) if not key]
    if nobody:
        message = "nobody is named; right would be an id"
        raise PolicyError([Fault(message, "Embeddings", place + 1, code="missing") for place in nobody[:100]])
    if len(set(keys)) < len(keys):
        first = {key: place for place, key in reversed(list(enumerate(keys)))}
        again = next(place for place, key in enumerate(keys) if first[key] < place)
        message = "the same id as an earlier one; right would be each id once"
        raise PolicyError([Fault(message, "Embeddings", again + 1, code="id-twice")])
    return keys


def _checked(array: Any, people: int) -> FloatArray:
    try:
        given = np.asarray(array)
        read = np.empty(0) if given.dtype.kind == "c" else given.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):
        read = np.empty(0)
    if read.ndim != 2 or len(read) != people or not 1 <= read.shape[1] <= MOST_DIMENSIONS:
        message = (
            f"not one vector for each of {people:,} ids; right would be an array of numbers with a row for "
            f"each id and up to {MOST_DIMENSIONS:,} columns"
        )
        raise PolicyError([Fault(message, "Embeddings", code="wrong-shape")])
    if read.size > MOST_NUMBERS:
        message = f"more than {MOST_NUMBERS:,} numbers; right would be fewer people or shorter vectors"
        raise PolicyError([Fault(message, "Embeddings", code="too-large")])
    silent = np.isnan(read).all(axis=1)
    wrong = np.flatnonzero(~np.isfinite(read).all(axis=1) & ~silent)
    if len(wrong):
        message = "NaN or infinite; right would be finite numbers, or NaN alone where nothing is known"
        raise PolicyError(
            [Fault(message, "Embeddings", row + 1, code="not-a-number") for row in wrong[:100].tolist()]
        )
    return np.where(silent[:, None], 0.0, read) + 0.0  # minus zero is zero


def _digest(names: Sequence[str], vectors: FloatArray) -> str:
    made = hashlib.sha256(b"reverse_match vectors 1\n")
    made.update(f"{len(names)} {vectors.shape[1]}\n".encode())
    for name in names:
        data = name.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(4, "little") + data)
    made.update(np.ascontiguousarray(vectors, dtype="<f8").tobytes())
    return made.hexdigest()


def _added_in_pairs(products: FloatArray) -> FloatArray:
    """Return sums over the last axis in the defined order; overwrites the products.

    Examples
    --------
    >>> _added_in_pairs(np.array([[1.0, 2.0, 3.0]]))
    array([6.])
    """
    width = products.shape[-1]
    while width > 1:
        half = width // 2
        products[..., :half] += products[..., width - half : width]
        width -= half
    return products[..., 0].copy()


def _of_length_one(vectors: FloatArray) -> FloatArray:
    """Return vectors divided by their lengths; a first division by a power of two keeps squares in range."""
    exponent = np.frexp(np.abs(vectors).max(axis=1, initial=0.0))[1]
    scaled: FloatArray = np.ldexp(vectors, -exponent[:, None])
    lengths = np.empty(len(vectors))
    for part in slices(len(vectors), max(1, _AT_ONCE // max(1, vectors.shape[1]))):
        lengths[part] = np.sqrt(_added_in_pairs(scaled[part] * scaled[part]))
    scaled /= lengths[:, None]
    return scaled


@dataclass(frozen=True, eq=False)
class VectorsOfPeople:
    """Some people's vectors, divided by their lengths.

    Attributes
    ----------
    vectors : float64 array
        A row for each person; zeros where nothing is known.
    known : bool array
        Whether a person has a vector.
    """

    vectors: FloatArray
    known: BoolArray

    @classmethod
    def of(cls, given: FloatArray, positions: IntArray) -> VectorsOfPeople:
        """Return the vectors at some positions, -1 for a person without one."""
        known = positions >= 0
        vectors = np.zeros((len(positions), given.shape[1]))
        vectors[known] = _of_length_one(given[positions[known]])
        return cls(vectors, known)

    def codes_with(
        self, other: VectorsOfPeople, rows: IntArray, columns: IntArray, bounds: tuple[float, float]
    ) -> Codes:
        """Return the values of a tile in whole millionths, or the code of those not known.

        Parameters
        ----------
        other : VectorsOfPeople
            The people of columns.
        rows, columns : int64 arrays
            The rows and columns of the tile.
        bounds : pair of float
            The cosines that count 0 and 1.
        """
        here, there = self.vectors[rows], other.vectors[columns]
        products, codes = here @ there.T, np.empty((len(rows), len(columns)), dtype=np.int32)
        doubt = self._doubt(bounds)
        for part in slices(len(rows), max(1, _IN_CACHE // max(1, len(columns)))):
            values = _value_of(products[part], bounds)
            whole = np.floor(values)
            values -= whole
            values -= 0.5
            codes[part] = whole
            codes[part] += values >= 0
            unsure = np.argwhere(np.abs(values, out=values) <= doubt)
            codes[part][tuple(unsure.T)] = _codes_in_order(here[part], there, unsure, bounds)
        codes[~self.known[rows]] = NOT_KNOWN
        codes[:, ~other.known[columns]] = NOT_KNOWN
        return codes

    def _doubt(self, bounds: tuple[float, float]) -> float:
        """Return by how many millionths two orders of adding up can differ, twice over."""
        dimensions: int = self.vectors.shape[1]
        return 2.0**-52 * (dimensions + 64) * ONE / (bounds[1] - bounds[0])


def _value_of(cosines: FloatArray, bounds: tuple[float, float]) -> FloatArray:
    """Return the values of cosines in millionths, before they are rounded; overwrites the cosines."""
    low, high = bounds
    np.clip(cosines, low, high, out=cosines)
    cosines -= low
    cosines *= ONE / (high - low)
    return cosines


def _codes_in_order(
    here: FloatArray, there: FloatArray, pairs: IntArray, bounds: tuple[float, float]
) -> FloatArray:
    """Return the values of pairs of vectors in whole millionths, added up in the defined order."""
    found = np.empty(len(pairs))
    for part in slices(len(pairs), max(1, _AT_ONCE // here.shape[1])):
        mine, theirs = pairs[part].T
        found[part] = np.floor(_value_of(_added_in_pairs(here[mine] * there[theirs]), bounds) + 0.5)
    return found
