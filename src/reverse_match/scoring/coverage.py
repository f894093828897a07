"""Coverage: the share of one person's wanted names that the other person offers, by level and priority.

In either direction one person, the *teacher*, offers names, and the other, the *learner*, wants names. Let p
be the priority of a wanted name, and l the level at which the teacher offers it (0 if not offered). The
coverage of the direction is the sum of p * l over the *full sum*, which is 5 times the sum of p: a teacher
who offers every wanted name at level 5 reaches it. The reciprocity mixes the coverages of the two directions,
and the mixture is rounded half up to a whole millionth, once.

**Rounding of tiles.** The values of a tile are one product of a sparse matrix (mentors, who each have few of
the many names) and a dense one (the mentees of a block). The shares of the two directions, their full sums
and the half that rounds are factors and terms of it. A term brings an error of at most 2^-34
millionths (``ERROR_OF_TERM``), so ``MOST_TERMS`` of them stay below ``SLACK``. The exact value is a
fraction whose denominator is the product of the full sums of the two directions. If that product is at most
``MOST_FLOATED``, the value is exactly a half above a whole millionth, or at least 2 * ``SLACK`` away from
one. So adding 0.5 + ``SLACK`` and cutting off the fraction rounds half up *exactly*. For people who want
hundreds of names, the few values that lie nearer to a half are computed again in whole numbers.

**Sum over all pairs.** The sum is computed without looking at single pairs. The coverage of teacher i and
learner j is the sum over names c of l(i,c) p(j,c) / f(j), where f(j) is the full sum of j. Summed over all
pairs, teachers separate from learners: the levels of all teachers are added up by name, then multiplied by
the priorities of each learner, and added up by f. These are sums of whole numbers below 2^53, which doubles
hold exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SizeError
from reverse_match.foundation.fixed_point import ONE, rounded_millionths
from reverse_match.people.cells import LEVELS
from reverse_match.scoring.criterion import PairCriterion
from reverse_match.scoring.name_matches import SharedName
from reverse_match.scoring.ratings import (
    RatingMatrix,
    code_of_names,
    rating_matrix,
    shared_concepts,
    shared_sums,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.people.skill_names import Meanings
    from reverse_match.policy import Coverage
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Blend, ContributionBlock, Sides
    from reverse_match.solver.pairs.tiles import Tiling

    _Counted: TypeAlias = tuple[BoolArray, BoolArray]
    """Masks of the teachers and of the learners that a sum includes."""


def _sum_over_all_pairs(direction: _Direction, counted: _Counted | None = None) -> Fraction:
    """Return the exact sum of coverage over all pairs of a teacher and a learner, or of those counted.

    Examples
    --------
    >>> from reverse_match.scoring.ratings import rating_matrix
    >>> levels = rating_matrix([{0: 4}, {1: 5}], {0: 0, 1: 1})
    >>> priorities = rating_matrix([{0: 2, 1: 1}], {0: 0, 1: 1})
    >>> _sum_over_all_pairs(_Direction(levels, priorities))  # (8 + 5) / 15
    Fraction(13, 15)
    """
    levels, priorities = direction.levels, direction.priorities
    level, priority = levels.ratings, priorities.ratings
    if counted is not None:
        level = level * counted[0][levels.owners]
        priority = priority * counted[1][priorities.owners]
    taught = np.bincount(levels.concepts, level, levels.width)
    return _quotients(priority * taught[priorities.concepts], direction.full[priorities.owners])


def _sum_over_listed_pairs(direction: _Direction, counted: _Counted | None = None) -> Fraction:
    """Return the exact sum of coverage over the pairs of teachers and learners with the same index."""
    everybody = np.arange(len(direction.full))
    reached = shared_sums(direction.levels, everybody, direction.priorities, everybody)
    if counted is not None:
        reached = np.where(counted[0] & counted[1], reached, 0.0)
    return _quotients(reached, direction.full)


def _quotients(reached: FloatArray, full: FloatArray) -> Fraction:
    """Return the exact sum of quotients of whole numbers; a learner who wants nothing has ``reached`` 0."""
    by_full = np.bincount(full.astype(np.int64), reached)
    fulls = np.flatnonzero(by_full).tolist()
    common = lcm(*fulls)
    wholes = map(int, by_full[fulls].tolist())
    return Fraction(sum(whole * (common // each) for whole, each in zip(wholes, fulls, strict=True)), common)


_Rated = dict[str, int]

SLACK = 2.0**-27  # millionths; see the module's text on rounding
HALF_UP = 0.5 + SLACK
MOST_FLOATED = 2**25
"""Largest product of the full sums of the two directions for which doubles round exactly: that of two people
who each want 380 names at the highest priority."""
ERROR_OF_TERM = 2.0**-34
"""Bound on the error of adding a term to a value, in millionths: values are below 2^20, and doubles have 53
bits. The errors of the terms themselves, which are shares of a million, are as large as six of these: each
term is a quotient and two products, and is rounded three times."""
MOST_TERMS = 100
"""Terms of a value up to which their errors are below ``SLACK``."""
LARGEST_FULL = 2_000_000
"""Largest full sum of a person: some 130,000 names wanted at the highest priority. Larger ones could overflow
64-bit integers."""


def encode_coverage(criterion: Coverage, columns: Columns, sides: Sides) -> CoveragePairs:
    """Read the rated names that people offer and want; see :class:`CoveragePairs`."""
    offered = columns.rated_names(criterion.offered, offered=True)
    wanted = columns.rated_names(criterion.wanted, offered=False)
    written = [name for rated in (*offered, *wanted) for name in rated]
    meanings = columns.meanings((criterion.offered, criterion.wanted), written)
    code = code_of_names(written, meanings)
    levels, priorities = rating_matrix(offered, code), rating_matrix(wanted, code)
    mentors, mentees = sides.mentors, sides.mentees
    here, there = np.array(mentors, dtype=np.int64), np.array(mentees, dtype=np.int64)
    forward = _Direction(levels.take(here), priorities.take(there))
    backward = _Direction(levels.take(there), priorities.take(here))
    return CoveragePairs(
        forward,
        backward,
        rounded_millionths(criterion.reciprocity),
        _TaughtNames(
            criterion.name, "mentor", _pick(offered, mentors), _pick(wanted, mentees), meanings, code
        ),
        _TaughtNames(
            criterion.name, "mentee", _pick(offered, mentees), _pick(wanted, mentors), meanings, code
        ),
    )


def _pick(column: Sequence[_Rated], indices: Sequence[int]) -> list[_Rated]:
    return [column[index] for index in indices]


class _Direction:
    """One direction of coverage: teachers and learners.

    Attributes
    ----------
    levels, priorities : RatingMatrix
        Levels of teachers and priorities of learners, by concept.
    full : float64 array
        The full sum of each learner; 0 for one who wants nothing.
    wants : bool array
        For each learner, whether they want something.
    offers : bool array
        For each teacher, whether they offer something.
    """

    def __init__(self, levels: RatingMatrix, priorities: RatingMatrix) -> None:
        self.levels, self.priorities = levels, priorities
        self.full = LEVELS[1] * priorities.sums()
        if self.full.max(initial=0) > LARGEST_FULL:
            message = "somebody wants more names than can be counted; right would be some dozens"
            raise SizeError(message)
        self.wants: BoolArray = self.full > 0
        self.offers: BoolArray = levels.counts > 0

    def __reduce__(self) -> tuple[type[_Direction], tuple[RatingMatrix, RatingMatrix]]:
        return _Direction, (self.levels, self.priorities)

    def part(self, teachers: IntArray, learners: IntArray) -> _Direction:
        """Return the direction from some teachers to some learners."""
        return _Direction(self.levels.take(teachers), self.priorities.take(learners))

    def at(self, teachers: IntArray, learners: IntArray) -> _Quotients:
        """Return the coverage of listed pairs as quotients of whole numbers."""
        known = self.offers[teachers] & self.wants[learners]
        reached = shared_sums(self.levels, teachers, self.priorities, learners)
        full = np.where(known, self.full[learners], 1.0)
        return _Quotients(known, np.where(known, reached, 0.0).astype(np.int64), full.astype(np.int64))


class _Quotients(NamedTuple):
    """Coverage of listed pairs as sums reached over full sums; 0 over 1 where not known."""

    known: BoolArray
    reached: IntArray
    full: IntArray


@dataclass(frozen=True)
class CoveragePairs(PairCriterion):
    """Coverage of a cohort: (1 - r) of the mentee's coverage plus r of the mentor's, r being the reciprocity.

    If one direction is not known, the other counts alone; a direction with share 0 never counts.
    """

    forward: _Direction = field(repr=False)
    backward: _Direction = field(repr=False)
    reciprocity: int
    forward_matches: _TaughtNames = field(repr=False)
    backward_matches: _TaughtNames = field(repr=False)
    kept: _KeptValues | None = field(default=None, repr=False)

    @property
    def always_known(self) -> bool:
        """Whether every pair has a known direction whose share is above 0."""
        return bool(self._known[self._present].all())

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002
        """Return the exact sum of all known values in millionths, and their number, without ``same``."""
        rows, columns = same
        apart = self._known[self._row_class[rows], columns].sum()
        known = self._known.sum(axis=1)[self._row_class].sum() - apart
        total = self._sum(self.forward, self.backward, _sum_over_all_pairs)
        if len(rows):
            forward, backward = self.forward.part(rows, columns), self.backward.part(columns, rows)
            total -= self._sum(forward, backward, _sum_over_listed_pairs)
        return total * ONE, int(known)

    def _sum(
        self,
        forward: _Direction,
        backward: _Direction,
        sum_of: Callable[[_Direction, _Counted | None], Fraction],
    ) -> Fraction:
        """Return the exact sum of values; a direction counts fully if the other one is not known."""
        share = Fraction(self.reciprocity, ONE)
        ahead, back = sum_of(forward, None), sum_of(backward, None)
        if share in (0, 1):
            return back if share else ahead
        both_ahead = sum_of(forward, (backward.wants, backward.offers))
        both_back = sum_of(backward, (forward.wants, forward.offers))
        return ahead - share * both_ahead + back - (1 - share) * both_back

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Return a block of columns, prepared for its tiles."""
        weight = blend.weight / ONE
        if self.kept is not None and self.kept.complete:
            return _KeptBlock(self.kept.table[:, columns], weight)
        kept = None if self.kept is None else self.kept.table[:, columns]
        return _CoverageBlock(_Mixture(self, columns, blend.neutral), weight, kept)

    def with_value_cache(self) -> CoveragePairs:
        """Return the criterion with a table in which the next scoring of all pairs stores its values."""
        if self.kept is not None:
            return self
        shape = len(self.forward.offers), len(self.forward.wants)
        return replace(self, kept=_KeptValues(np.empty(shape, dtype=np.int32)))

    def complete_values(self) -> None:
        """Mark the stored values as complete, after every tile has been scored."""
        if self.kept is not None:
            self.kept.complete = True

    @property
    def bytes_per_column(self) -> int:
        """Bytes of a block's dense matrices for each of its columns, with their temporary copies."""
        return 8 * (len(self._kinds) + 1) * self._height

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs in whole millionths, rounded half up, NaN where not known."""
        forward, backward = self.forward.at(rows, columns), self.backward.at(columns, rows)
        ahead, back = self._shares(
            forward.known & (self.reciprocity < ONE), backward.known & (self.reciprocity > 0)
        )
        reached = ahead * forward.reached * backward.full + back * backward.reached * forward.full
        full = forward.full * backward.full
        return np.where(ahead + back > 0, (2 * reached + full) // (2 * full), np.nan)

    def part(self, rows: IntArray, columns: IntArray) -> CoveragePairs:
        """Return the criterion on some rows and some columns."""
        return CoveragePairs(
            self.forward.part(rows, columns),
            self.backward.part(columns, rows),
            self.reciprocity,
            self.forward_matches.part(rows, columns),
            self.backward_matches.part(columns, rows),
        )

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return the names that one person of each listed pair offers and the other wants.

        Names that the mentor offers come first.
        """
        found: list[list[SharedName]] = [[] for _ in rows]
        if self.reciprocity < ONE:
            self.forward_matches.add_to(found, self.forward, rows, columns)
        if self.reciprocity > 0:
            self.backward_matches.add_to(found, self.backward, columns, rows)
        return found

    @cached_property
    def _row_class(self) -> IntArray:
        """Return the kind of each mentor: 1 if they offer something, plus 2 if they want something."""
        return self.forward.offers + 2 * self.backward.wants.astype(np.int64)

    @property
    def _present(self) -> BoolArray:
        return np.bincount(self._row_class, minlength=4) > 0

    @cached_property
    def _known(self) -> BoolArray:
        """Return for each kind of mentor and each mentee whether some direction is known and has a share."""
        forward, backward = self._directions(slice(0, None))
        return forward | backward

    @cached_property
    def rounds_in_doubles(self) -> bool:
        """Whether doubles round every value exactly, since none lies too near to a half."""
        if self.most_terms > MOST_TERMS:
            return False
        largest = self.forward.full.max(initial=0) * self.backward.full.max(initial=0)
        return bool(self.reciprocity in (0, ONE) or largest <= MOST_FLOATED)

    @cached_property
    def most_terms(self) -> int:
        """Return the largest number of terms of a value, the constant one and six for errors included."""
        shared = (
            min(int(side.counts.max(initial=0)) for side in (direction.levels, direction.priorities))
            for direction in (self.forward, self.backward)
        )
        return 7 + sum(shared)

    def terms_of_rows(self, rows: slice) -> RatingMatrix:
        """Return the mentors' side of the sum, kept for the next block of columns."""
        key = rows.start, rows.stop
        if key not in self._strips:
            self._strips[key] = self._terms.range(rows)
        return self._strips[key]

    @cached_property
    def _strips(self) -> dict[tuple[int, int], RatingMatrix]:
        return {}

    @cached_property
    def _kinds(self) -> IntArray:
        """Return the kinds that some mentor is of."""
        return np.flatnonzero(self._present)

    @cached_property
    def _terms(self) -> RatingMatrix:
        """Return what each mentor brings to the sum: 1, levels, and priorities over their full sum.

        The columns are those of the mentor's kind; those of other kinds are empty.
        """
        levels, priorities = self.forward.levels, self.backward.priorities
        shares = priorities.ratings / self.backward.full[priorities.owners]
        kind = np.searchsorted(self._kinds, self._row_class) * self._height
        everybody = np.arange(len(kind))
        owners = np.concatenate([everybody, levels.owners, priorities.owners])
        concepts = np.concatenate([0 * kind, 1 + levels.concepts, 1 + levels.width + priorities.concepts])
        ratings = np.concatenate([np.ones(len(kind)), levels.ratings, shares])
        order = np.argsort(owners, kind="stable")
        counts = 1 + levels.counts + priorities.counts
        starts = np.append(0, np.cumsum(counts))
        width = self._height * len(self._kinds)
        return RatingMatrix(starts, (kind[owners] + concepts)[order], ratings[order], width)

    def _terms_of_columns(self, columns: slice, neutral: int) -> FloatArray:
        """Return the mentees' side of the sum, by term and mentee: where it begins, and what ratings add.

        The shares of a pair depend on its mentee and on the kind of its mentor, which decide which directions
        are known. So there is a set of terms for each kind.
        """
        forward, backward = self._directions(columns)
        ahead, back = self._shares(forward, backward)
        begin = np.where(forward | backward, HALF_UP, neutral + HALF_UP)
        wanted = self.forward.priorities.range(columns).dense().T
        offered = self.backward.levels.range(columns).dense().T
        full = np.maximum(self.forward.full[columns], 1)
        terms = np.empty((len(self._kinds), self._height, wanted.shape[1]))
        for place, kind in enumerate(self._kinds.tolist()):
            terms[place, 0] = begin[kind]
            np.multiply(wanted, ahead[kind] / full, out=terms[place, 1 : 1 + len(wanted)])
            np.multiply(offered, back[kind], out=terms[place, 1 + len(wanted) :])
        return terms.reshape(len(self._kinds) * self._height, wanted.shape[1])

    @property
    def _height(self) -> int:
        """Number of terms of a kind of mentor."""
        return 1 + self.forward.levels.width + self.backward.levels.width

    def _shares(self, forward: BoolArray, backward: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the shares of the two directions in millionths, given which of them are known and count."""
        ahead = np.where(forward, np.where(backward, ONE - self.reciprocity, ONE), 0)
        back = np.where(backward, np.where(forward, self.reciprocity, ONE), 0)
        return ahead, back

    def _directions(self, columns: slice) -> tuple[BoolArray, BoolArray]:
        """Return for each kind of mentor and each mentee whether each direction is known and counts."""
        kinds = np.arange(4)[:, None]
        forward = (kinds % 2 == 1) & self.forward.wants[None, columns] & (self.reciprocity < ONE)
        backward = (kinds // 2 == 1) & self.backward.offers[None, columns] & (self.reciprocity > 0)
        return forward, backward


class _Mixture:
    """The two directions of a block of columns, mixed by their shares and rounded.

    The shares of a pair depend on its mentee and on the kind of its mentor: they decide which directions are
    known.
    """

    def __init__(self, pairs: CoveragePairs, columns: slice, neutral: int) -> None:
        self._pairs, self._first_column = pairs, columns.start
        self._columns = pairs._terms_of_columns(columns, neutral)

    def values(self, rows: slice) -> FloatArray:
        """Return the values of a tile, the neutral one where not known."""
        total = self._pairs.terms_of_rows(rows).times(self._columns)
        if self._pairs.rounds_in_doubles:
            return np.floor(total, out=total)
        return self._round_in_whole_numbers(total, rows)

    def _round_in_whole_numbers(self, total: FloatArray, rows: slice) -> FloatArray:
        """Cut fractions off, and compute again the values so near to a half that doubles may be wrong."""
        tolerance = max(2 * SLACK, self._pairs.most_terms * ERROR_OF_TERM)
        near = np.abs(total - SLACK - np.rint(total - SLACK)) < tolerance
        here, there = np.nonzero(near)
        np.floor(total, out=total)
        total[here, there] = self._pairs.at(here + rows.start, there + self._first_column)
        return total


@dataclass
class _KeptValues:
    """Values of all pairs in whole millionths, the neutral value where not known; four bytes a pair.

    Coverage is the only criterion whose values take longer to compute than to read from a table.
    """

    table: NDArray[np.int32]
    complete: bool = False


@dataclass(frozen=True)
class _CoverageBlock:
    """The coverage of a block of columns, and the table that stores its values, if any."""

    mixture: _Mixture
    weight: float
    kept: NDArray[np.int32] | None

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        points = self.mixture.values(rows)
        if self.kept is not None:
            self.kept[rows] = points
        points *= self.weight
        points += HALF_UP
        total += points.astype(np.int32)


@dataclass(frozen=True)
class _KeptBlock:
    """The coverage of a block of columns, read from the table that stores it."""

    kept: NDArray[np.int32]
    weight: float

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        points = self.kept[rows] * self.weight
        points += HALF_UP
        total += points.astype(np.int32)


@dataclass(frozen=True)
class _TaughtNames:
    """The names that teachers offer and learners want."""

    criterion: str
    taught_by: Literal["mentor", "mentee"]
    offered: list[_Rated] = field(repr=False)
    wanted: list[_Rated] = field(repr=False)
    meanings: Meanings = field(repr=False)
    code: dict[str, int] = field(repr=False)

    def add_to(
        self, found: list[list[SharedName]], direction: _Direction, teachers: IntArray, learners: IntArray
    ) -> None:
        """Append to each pair's list the names that its teacher offers and its learner wants."""
        shared = shared_concepts(direction.levels, teachers, direction.priorities, learners)
        for place, concepts in shared.items():
            found[place] += self._between(int(teachers[place]), int(learners[place]), concepts)

    def part(self, teachers: IntArray, learners: IntArray) -> _TaughtNames:
        """Return the names of some teachers and some learners."""
        offered, wanted = _pick(self.offered, teachers.tolist()), _pick(self.wanted, learners.tolist())
        return replace(self, offered=offered, wanted=wanted)

    def _between(self, teacher: int, learner: int, concepts: Collection[int]) -> list[SharedName]:
        """Return the names of shared concepts; of a teacher's two names for one the higher level counts."""
        best: dict[int, tuple[int, str]] = {}
        for name, level in self.offered[teacher].items():
            concept = self.code[name]
            if concept in concepts:
                rank = (-level, name)
                best[concept] = min(rank, best.get(concept, rank))
        wanted = sorted(name for name in self.wanted[learner] if self.code[name] in concepts)
        return [self._match(best[self.code[name]][1], name) for name in wanted]

    def _match(self, offered: str, wanted: str) -> SharedName:
        mentor, mentee = (offered, wanted) if self.taught_by == "mentor" else (wanted, offered)
        rung = self.meanings.rung_of_equals(offered, wanted)
        return SharedName(
            criterion=self.criterion, mentor=mentor, mentee=mentee, rung=rung, taught_by=self.taught_by
        )
