"""A table of numbers for pairs: where they come from does not count, only which pairs have which.

**On the grid.** A number v counts (v - zero) / (one - zero), in whole millionths rounded half up. The *scale*
(zero, one) is stated; else it is 0 and 1 where all numbers lie there, or the lowest and the highest number.
A map of this form changes no order and no optimum, but the grid is finite. One stand-in such as -999 among
probabilities, or a few huge numbers, can push all others together, so that pairs that differ become equal. So
a table is refused in two cases: its numbers have few decimals, and more than a million steps on their scale;
or numbers become equal on the grid, or lose decimals, and the different ones lie closely together, the middle
half of them within a hundredth of the scale. (Of few numbers neighbours are compared.)

**Canonical form.** People are sorted by id, people without a number are left out, and the digest goes over
ids, scale and millionths, row by row. So a file, a frame and an array with the same content have one digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.scoring.criterion import millionths
from reverse_match.solver.pairs.tiles import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import FloatArray, IntArray

    Numbers = NDArray[np.floating]
    Codes = NDArray[np.int32]
    Scale = tuple[float, float]
    PlaceOf = Callable[[int, int], Fault]
    """Makes the fault of a number: given its row and its column, or its position and 0."""

NOT_KNOWN, FORBIDDEN = -1, -2
"""Codes in place of millionths."""

MOST_CELLS = 100_000_000
"""Largest number of pairs of a dense table: 10,000 mentors and as many mentees."""

MOST_LISTED = 10_000_000
"""Largest number of pairs of a listed table."""

_IN_CACHE = 100_000
_SAMPLED = 250_000
_CLOSE = 0.01
"""Share of the range in which the middle half of the different numbers may not lie."""
_FEW = 1_000
"""Of so few different numbers, neighbours count."""
_HUGE = 1e200
_FEWEST_BESIDE = 3
"""Different numbers beside one that is taken for a stand-in."""
_STAND_INS = {-1, -9, -99, -999, -9999}
_FEW_DECIMALS = 3
"""Numbers with up to so many decimals were written by somebody, step by step."""


@dataclass(frozen=True, eq=False)
class DenseEntries:
    """A code for every pair."""

    codes: Codes

    def rows(self) -> Iterator[tuple[int, IntArray, Codes]]:
        """Yield for each mentor with an entry the position, and columns and codes of the entries."""
        everybody = np.arange(self.codes.shape[1])
        for row, codes in enumerate(self.codes):
            known = codes != NOT_KNOWN
            if known.all():
                yield row, everybody, codes
            elif known.any():
                columns = np.flatnonzero(known)
                yield row, columns, codes[columns]


@dataclass(frozen=True, eq=False)
class ListedEntries:
    """The codes of some pairs, sorted by mentor and then by mentee, each pair once."""

    mentors: IntArray
    mentees: IntArray
    codes: Codes

    def rows(self) -> Iterator[tuple[int, IntArray, Codes]]:
        """Yield for each mentor with an entry the position, and columns and codes of the entries."""
        if not len(self.mentors):
            return
        found, first = np.unique(self.mentors, return_index=True)
        for row, begin, end in zip(found.tolist(), first, [*first[1:], len(self.mentors)], strict=True):
            yield row, self.mentees[begin:end], self.codes[begin:end]

    @property
    def forbidden(self) -> tuple[IntArray, IntArray]:
        """Positions of mentors and mentees of the forbidden pairs."""
        marks = self.codes == FORBIDDEN
        return self.mentors[marks], self.mentees[marks]


@dataclass(frozen=True, eq=False)
class PairTable:
    """Numbers of pairs on the grid, or which pairs are forbidden.

    Attributes
    ----------
    mentors, mentees : tuple of str
        Keys of ids, sorted.
    entries : DenseEntries or ListedEntries
        What is said of the pairs, by position.
    scale : pair of float
        The numbers that count 0 and 1.
    sha256 : str
        Digest of the content.
    """

    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    entries: DenseEntries | ListedEntries
    scale: Scale
    sha256: str

    @classmethod
    def of_pairs(
        cls,
        ids: tuple[Sequence[str], Sequence[str]],
        numbers: FloatArray,
        scale: Scale | None,
        place_of: PlaceOf,
    ) -> PairTable:
        """Return the table of listed pairs.

        Parameters
        ----------
        ids : pair of sequences of str
            Ids of the mentors, and of the mentees.
        numbers : float64 array
            Number of each pair; NaN where it is not known, and minus infinity where the pair is forbidden.
        scale : pair of float or None
            The stated scale.
        place_of : callable
            Makes the fault of a number, given its position and 0; its message is replaced.

        Raises
        ------
        PolicyError
            If a number is infinite or off the scale, a pair has two numbers, or the grid is too coarse.
        """
        if len(numbers) > MOST_LISTED:
            raise _too_large(f"{MOST_LISTED:,} listed pairs")
        (mentors, rows), (mentees, columns) = (_positions(side) for side in ids)
        alone = _positions_among(mentors, mentees)[rows] == columns
        numbers = np.where(alone, np.nan, numbers) if alone.any() else numbers
        used, codes = _grid_codes(numbers.reshape(-1, 1), scale, place_of)
        number = rows * max(1, len(mentees)) + columns
        order = np.argsort(number, kind="stable")
        number, listed, stated = number[order], codes[order, 0], order
        twice = np.flatnonzero(number[1:] == number[:-1])
        differing = np.sort(stated[twice[listed[twice] != listed[twice + 1]] + 1])
        if len(differing):
            message = "another value for the same pair than an earlier one; right would be one for each pair"
            raise _refusal(message, [place_of(place, 0) for place in differing[:100].tolist()], "pair-twice")
        kept = np.append(True, number[1:] != number[:-1]) if len(number) else np.empty(0, bool)
        kept &= listed != NOT_KNOWN
        entries = ListedEntries(rows[order][kept], columns[order][kept], listed[kept])
        return cls._of(mentors, mentees, entries, used)

    @classmethod
    def of_matrix(
        cls,
        ids: tuple[Sequence[str], Sequence[str]],
        numbers: Numbers,
        scale: Scale | None,
        place_of: PlaceOf,
    ) -> PairTable:
        """Return the table of a matrix with a row for each mentor and a column for each mentee.

        Parameters and errors are those of :meth:`of_pairs`.
        """
        if numbers.size > MOST_CELLS:
            raise _too_large(f"{MOST_CELLS:,} pairs")
        (mentors, rows), (mentees, columns) = (_positions(side) for side in ids)
        for side, places, names in ((0, rows, mentors), (1, columns, mentees)):
            if len(names) < len(places):
                again = np.setdiff1d(np.arange(len(places)), np.unique(places, return_index=True)[1])
                where = [place_of(int(again[0]), 0) if side == 0 else place_of(0, int(again[0]))]
                raise _refusal(
                    "the same id as an earlier one; right would be each id once", where, "id-twice"
                )
        used, codes = _grid_codes(_without_selves(ids, numbers), scale, place_of)
        if (np.diff(rows) < 0).any():
            codes = codes[np.argsort(rows)]
        if (np.diff(columns) < 0).any():
            codes = codes[:, np.argsort(columns)]
        return cls._of(mentors, mentees, DenseEntries(codes), used)

    def stands_apart(self) -> float | None:
        """Return a lowest or a highest number that looks like a stand-in: all others lie far from it.

        They share a tenth of the scale; or the lowest is a number such as -1, and no other is below 0.

        Examples
        --------
        >>> codes = np.array([0, 996_016, 999_004, 1_000_000], dtype=np.int32)
        >>> entries = ListedEntries(np.zeros(4, dtype=np.int64), np.arange(4), codes)
        >>> PairTable(("m",), tuple("abcd"), entries, (-999.0, 5.0), "").stands_apart()
        -999.0
        """
        seen = np.zeros(ONE + 1, dtype=bool)
        codes = self.entries.codes
        seen[codes[codes >= 0]] = True
        different = np.flatnonzero(seen)
        if len(different) < _FEWEST_BESIDE + 1:
            return None
        zero, one = self.scale
        beside = zero + (one - zero) * int(different[1]) / ONE
        if different[-1] - different[1] <= ONE // 10 or (zero in _STAND_INS and beside >= 0):
            return zero
        return one if different[-2] - different[0] <= ONE // 10 else None

    @classmethod
    def _of(
        cls, mentors: list[str], mentees: list[str], entries: DenseEntries | ListedEntries, scale: Scale
    ) -> PairTable:
        return cls(tuple(mentors), tuple(mentees), entries, scale, _digest(mentors, mentees, entries, scale))


def _positions(ids: Sequence[str]) -> tuple[list[str], IntArray]:
    """Return the distinct keys of ids, sorted, and the position of each id among them."""
    keys = [id_key(name) for name in ids]
    names = sorted(set(keys))
    position = {name: place for place, name in enumerate(names)}
    return names, np.array([position[key] for key in keys], dtype=np.int64)


def _positions_among(names: Sequence[str], others: Sequence[str]) -> IntArray:
    """Return the position of each name among others, -1 where it is not there."""
    position = {name: place for place, name in enumerate(others)}
    return np.array([position.get(name, -1) for name in names], dtype=np.int64)


def _without_selves(ids: tuple[Sequence[str], Sequence[str]], numbers: Numbers) -> Numbers:
    """Return a matrix in which nothing is known of anybody with themselves, who are no pair.

    A diagonal often has a stand-in, or a score that no two people reach, which would set the scale.
    """
    keys = [[id_key(name) for name in side] for side in ids]
    column = _positions_among(*keys)
    rows = np.flatnonzero(column >= 0)
    if not len(rows) or np.isnan(numbers[rows, column[rows]]).all():
        return numbers
    kept = numbers.copy() if numbers.dtype.kind == "f" else numbers.astype(float)
    kept[rows, column[rows]] = np.nan
    return kept


def _grid_codes(numbers: Numbers, scale: Scale | None, place_of: PlaceOf) -> tuple[Scale, Codes]:
    """Return the scale, and the codes of numbers, some rows at a time.

    Raises
    ------
    PolicyError
        If a number is infinite or off the scale, or the grid is too coarse.
    """
    parts = list(slices(len(numbers), max(1, _IN_CACHE // max(1, numbers.shape[1]))))
    ends = [_ends_of(numbers, part, place_of) for part in parts]
    low, high = min((end[0] for end in ends), default=np.inf), max((end[1] for end in ends), default=-np.inf)
    used = scale or _own_scale(low, high)
    if not min(used) <= low <= high <= max(used) and low <= high:
        _refuse_off_scale(numbers, parts, used, place_of)
    _refuse_coarse_grid(numbers, used, guessed=scale is None)
    codes = np.empty(numbers.shape, dtype=np.int32)
    for part in parts:
        block = np.asarray(numbers[part], dtype=float)
        known = np.isfinite(block)
        if known.all():
            codes[part] = _on_grid(block, used)
        else:
            codes[part] = np.where(np.isnan(block), NOT_KNOWN, FORBIDDEN)
            codes[part][known] = _on_grid(block[known], used)
    return used, codes


def _ends_of(numbers: Numbers, part: slice, place_of: PlaceOf) -> tuple[float, float]:
    """Return the lowest and the highest of some numbers, and refuse infinite ones."""
    block = np.asarray(numbers[part], dtype=float)
    low, high = float(block.min(initial=np.inf)), float(block.max(initial=-np.inf))
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    endless = np.argwhere(block == np.inf)
    if len(endless):
        message = "infinite; right would be a finite number, or minus infinity for a pair that is forbidden"
        places = [place_of(int(row) + part.start, int(column)) for row, column in endless[:100]]
        raise _refusal(message, places, "not-a-number")
    known = np.isfinite(block)
    return (
        float(block.min(where=known, initial=np.inf)),
        float(block.max(where=known, initial=-np.inf)),
    )


def _own_scale(low: float, high: float) -> Scale:
    """Return the scale of numbers for which none is stated."""
    if low > high or 0 <= low <= high <= 1:
        return 0.0, 1.0
    if low == high:
        message = (
            "all values are equal, and none of them lies from 0 to 1; right would be from and to: the values "
            "that count 0 and 1"
        )
        raise PolicyError([Fault(message, code="no-scale")])
    return low, high


def _on_grid(numbers: FloatArray, scale: Scale) -> Codes:
    """Return numbers on a scale in whole millionths."""
    return millionths(*_from_zero(numbers, scale)).astype(np.int32)


def _from_zero(numbers: FloatArray, scale: Scale) -> tuple[FloatArray, float]:
    """Return how far numbers are above the one that counts 0, and how far the one that counts 1 is.

    Huge numbers are divided by a power of two, which changes no digit, so that nothing overflows.
    """
    shrink = 0.5**128 if max(map(abs, scale)) > _HUGE else 1.0
    zero, one = scale[0] * shrink, scale[1] * shrink
    return numbers * shrink - zero, one - zero


def _refuse_off_scale(numbers: Numbers, parts: Sequence[slice], scale: Scale, place_of: PlaceOf) -> None:
    low, high = sorted(scale)
    for part in parts:
        block = numbers[part]
        off = np.argwhere(np.isfinite(block) & ((block < low) | (block > high)))
        if len(off):
            message = "beyond from and to; right would be a number between the values that count 0 and 1"
            places = [place_of(int(row) + part.start, int(column)) for row, column in off[:100]]
            raise _refusal(message, places, "out-of-range")


def _refuse_coarse_grid(numbers: Numbers, scale: Scale, *, guessed: bool) -> None:
    """Refuse numbers that lie so closely together on their scale that millionths confuse too many of them.

    Of a large table a part is looked at, evenly spread.
    """
    step = max(1, -(-numbers.size // _SAMPLED))
    flat = np.asarray(numbers.reshape(-1)[::step] if step > 1 else numbers.reshape(-1), dtype=float)
    different = np.unique(flat[np.isfinite(flat)])
    if len(different) < 2:
        return
    if _loses_steps(different, scale) or _confuses(different, scale, guessed=guessed):
        message = (
            "the scale is too wide: values that differ become equal, or nearly so, in the millionths of it "
            "that count; right would be to leave out what is not known, null for what is forbidden (no "
            "stand-in such as -999), and values on a narrower scale"
        )
        raise PolicyError([Fault(message, code="too-wide")])


def _loses_steps(different: FloatArray, scale: Scale) -> bool:
    """Say whether numbers with few decimals have more steps on their scale than it has millionths.

    A million steps are kept apart by the grid. Of more, only numbers on the grid itself are exact.
    """
    decimals = _decimals_of(different)
    if decimals is None:
        return False
    above, span = _from_zero(different, scale)
    exact = above * (ONE / span)
    off_grid = bool((np.abs(exact - np.rint(exact)) > 1e-6).any())
    off_grid = off_grid or len(np.unique(np.rint(exact))) < len(different)
    return abs(span) * 10.0**decimals > ONE and off_grid


def _decimals_of(numbers: FloatArray) -> int | None:
    """Return how many decimals numbers have; ``None`` where these are many."""
    for decimals in range(_FEW_DECIMALS + 1):
        with np.errstate(over="ignore"):
            steps = numbers * 10.0**decimals
        if np.isfinite(steps).all() and (np.abs(steps - np.rint(steps)) <= 1e-9 * np.abs(steps)).all():
            return decimals
    return None


def _confuses(different: FloatArray, scale: Scale, *, guessed: bool) -> bool:
    """Say whether numbers become equal on the grid, and most of them lie closely together on their scale.

    On a scale that is set by the lowest and the highest of them, numbers with many decimals need not become
    equal: where most lie so closely together, the decimals are lost.
    """
    count, kept = len(different), len(np.unique(_on_grid(different, scale)))
    if kept == count and (not guessed or scale == (0, 1) or _decimals_of(different) is not None):
        return False
    above, span = _from_zero(different, scale)
    middle = abs(above[(3 * (count - 1)) // 4] - above[(count - 1) // 4])
    close = bool(middle < _CLOSE * abs(span))
    if count > _FEW or kept == count:
        return close
    if scale == (0, 1):
        return kept <= count / 2
    gaps = np.sort(np.abs(np.diff(above)))
    return close or bool(gaps[(len(gaps) - 1) // 2] < abs(span) / ONE)


def _refusal(message: str, places: Sequence[Fault], code: str) -> PolicyError:
    return PolicyError(Fault(message, place.source, place.row, place.column, code) for place in places)


def _too_large(most: str) -> PolicyError:
    return PolicyError([Fault(f"more than {most}; leave out the pairs that are not known", code="too-large")])


def _digest(
    mentors: Sequence[str], mentees: Sequence[str], entries: DenseEntries | ListedEntries, scale: Scale
) -> str:
    """Return the digest of a table; it depends neither on its form nor on people without an entry."""
    stated = np.zeros(len(mentees), dtype=bool)
    rows = 0
    for _, columns, _ in entries.rows():
        stated[columns] = True
        rows += 1
    number = (np.cumsum(stated) - 1).astype("<i4")
    whole = hashlib.sha256(b"reverse_match pair table 1\n")
    zero, one = (float(number) + 0.0 for number in scale)  # minus zero is zero
    whole.update(f"{zero!r} {one!r} {rows} {int(stated.sum())}\n".encode())
    for name in (name for name, used in zip(mentees, stated.tolist(), strict=True) if used):
        _add_text(whole, name)
    for row, columns, codes in entries.rows():
        _add_text(whole, mentors[row])
        whole.update(len(columns).to_bytes(4, "little"))
        if len(columns) < int(number[-1]) + 1:
            whole.update(number[columns].tobytes())
        whole.update(np.ascontiguousarray(codes, dtype="<i4").tobytes())
    return whole.hexdigest()


def _add_text(whole: hashlib._Hash, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    whole.update(len(data).to_bytes(4, "little"))
    whole.update(data)
