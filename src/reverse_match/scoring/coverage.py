"""Coverage: how much of what one side wants the other offers.

With priorities p of the wanted names and the levels l at which the other offers them (0 when not), a
direction is worth the sum of p * l / 5 over the sum of p. A pair's two directions are mixed by the
reciprocity, and the mixture is rounded half up to a whole millionth, once.

For a tile, the sums are the product of a sparse matrix (mentors, who have few of the many names) and a dense
one (the mentees of a block). They are whole numbers, which doubles hold exactly; what follows (a division, a
product and an addition) is off by less than 1e-9. The exact value is a fraction whose denominator is the
product of what the best teacher would reach in either direction. If that is at most ``MOST_FLOATED``, the
value is either a half exactly, or at least 2 * ``SLACK`` from one. Adding 0.5 and ``SLACK`` before cutting
off the fraction therefore rounds *exactly* half up. For people who want hundreds of names, the few values
that lie nearer to a half are computed again in whole numbers.

The sum over all pairs needs no look at any pair. Coverage of a teacher i and a learner j is the sum over
names c of l(i,c) p(j,c) / f(j), with f(j) what the best teacher would reach. Summed over all pairs, the
teachers separate from the learners: the levels of all teachers are added up by name, and what each learner
reaches is added up by f. These are sums of whole numbers below 2^53, which doubles hold exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, partial
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
    """Which teachers, and which learners, are counted."""


def _sum_over_all_pairs(direction: _Direction, counted: _Counted | None = None) -> Fraction:
    """Return the sum over each teacher with each learner, of those who are counted if that is given.

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
    """Return the sum over the first teacher with the first learner, the second with the second, and so on."""
    everybody = np.arange(len(direction.full))
    reached = shared_sums(direction.levels, everybody, direction.priorities, everybody)
    if counted is not None:
        reached = np.where(counted[0] & counted[1], reached, 0.0)
    return _quotients(reached, direction.full)


def _quotients(reached: FloatArray, full: FloatArray) -> Fraction:
    """Add up quotients of whole numbers that doubles hold exactly; who wants nothing reaches nothing."""
    by_full = np.bincount(full.astype(np.int64), reached)
    fulls = np.flatnonzero(by_full).tolist()
    common = lcm(*fulls)
    wholes = map(int, by_full[fulls].tolist())
    return Fraction(sum(whole * (common // each) for whole, each in zip(wholes, fulls, strict=True)), common)


_Rated = dict[str, int]

SLACK = 2.0**-27
HALF_UP = 0.5 + SLACK
MOST_FLOATED = 2**25
"""Products of what the best teacher would reach in either direction up to which doubles round exactly: two
people who each want 380 names at the highest priority."""
LARGEST_FULL = 2_000_000
"""Priorities of one person, times 5: 130,000 wanted names. With more, whole numbers would not fit 64 bits."""


def encode_coverage(criterion: Coverage, columns: Columns, sides: Sides) -> CoveragePairs:
    """Read what everybody offers and wants; see :class:`CoveragePairs`."""
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
    """What one side teaches the other.

    Attributes
    ----------
    levels, priorities : RatingMatrix
        Of teachers and of learners.
    full : array
        What the best teacher would reach with each learner; 0 who wants nothing.
    wants : array of bool
        Which learners want something.
    offers : array of bool
        Which teachers offer something.
    """

    def __init__(self, levels: RatingMatrix, priorities: RatingMatrix) -> None:
        self.levels, self.priorities = levels, priorities
        self.full = LEVELS[1] * priorities.sums()
        if self.full.max(initial=0) > LARGEST_FULL:
            message = "somebody wants more names than can be counted; right would be some dozens"
            raise SizeError(message)
        self.wants: BoolArray = self.full > 0
        self.offers: BoolArray = levels.counts > 0
        self._strips: dict[tuple[str, int, int], RatingMatrix] = {}

    def strip(self, ratings: Literal["levels", "priorities"], rows: slice) -> RatingMatrix:
        """Return a range of people's ratings; every block of columns asks for the same ranges."""
        key = ratings, rows.start, rows.stop
        if key not in self._strips:
            self._strips[key] = getattr(self, ratings).range(rows)
        return self._strips[key]

    def part(self, teachers: IntArray, learners: IntArray) -> _Direction:
        """Return what listed teachers teach listed learners."""
        return _Direction(self.levels.take(teachers), self.priorities.take(learners))

    def at(self, teachers: IntArray, learners: IntArray) -> _Quotients:
        """Return the values of listed pairs."""
        known = self.offers[teachers] & self.wants[learners]
        reached = shared_sums(self.levels, teachers, self.priorities, learners)
        full = np.where(known, self.full[learners], 1.0)
        return _Quotients(known, np.where(known, reached, 0.0).astype(np.int64), full.astype(np.int64))


class _Quotients(NamedTuple):
    """What listed pairs reach of what the best teacher would; 0 of 1 where not known."""

    known: BoolArray
    reached: IntArray
    full: IntArray


@dataclass(frozen=True)
class CoveragePairs(PairCriterion):
    """Coverage of a cohort: (1 - r) of the mentee's coverage and r of the mentor's, r being the reciprocity.

    Where one direction is not known, the other counts alone; a direction without a share never counts.
    """

    forward: _Direction = field(repr=False)
    backward: _Direction = field(repr=False)
    reciprocity: int
    forward_matches: _TaughtNames = field(repr=False)
    backward_matches: _TaughtNames = field(repr=False)
    kept: _KeptValues | None = field(default=None, repr=False)

    @property
    def always_known(self) -> bool:
        """Whether every pair is known in some direction that counts."""
        return bool(self._known[self._present].all())

    def known_sum(self, same: tuple[IntArray, IntArray], tiling: Tiling) -> tuple[Fraction, int]:  # noqa: ARG002
        """Return the exact sum of all known values and how many they are."""
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
        """Return the sum of exact values: a direction counts whole where it is alone, else by its share."""
        share = Fraction(self.reciprocity, ONE)
        ahead, back = sum_of(forward, None), sum_of(backward, None)
        if share in (0, 1):
            return back if share else ahead
        both_ahead = sum_of(forward, (backward.wants, backward.offers))
        both_back = sum_of(backward, (forward.wants, forward.offers))
        return ahead - share * both_ahead + back - (1 - share) * both_back

    def block(self, columns: slice, blend: Blend) -> ContributionBlock:
        """Make a block of columns ready."""
        weight = blend.weight / ONE
        if self.kept is not None and self.kept.complete:
            return _KeptBlock(self.kept.table[:, columns], weight)
        kept = None if self.kept is None else self.kept.table[:, columns]
        return _CoverageBlock(_Mixture(self, columns, blend.neutral), weight, kept)

    def with_value_cache(self) -> CoveragePairs:
        """Return the same criterion, which keeps its values the first time that all pairs are scored."""
        if self.kept is not None:
            return self
        shape = len(self.forward.offers), len(self.forward.wants)
        return replace(self, kept=_KeptValues(np.empty(shape, dtype=np.int32)))

    def complete_values(self) -> None:
        """Mark the kept values as complete, since every tile has been scored."""
        if self.kept is not None:
            self.kept.complete = True

    @property
    def bytes_per_column(self) -> int:
        """What the dense matrices of a block keep for each of its columns, and their copies for a moment."""
        return 2 * 8 * (self.forward.levels.width + self.backward.levels.width)

    def at(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Return the values of listed pairs, NaN where not known: in whole numbers, rounded half up."""
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
        """Return the skills that pass between listed pairs of people, what the mentor teaches first."""
        found: list[list[SharedName]] = [[] for _ in rows]
        if self.reciprocity < ONE:
            self.forward_matches.add_to(found, self.forward, rows, columns)
        if self.reciprocity > 0:
            self.backward_matches.add_to(found, self.backward, columns, rows)
        return found

    @cached_property
    def _row_class(self) -> IntArray:
        """Return which of four kinds each mentor is: offers something (1), wants something (2)."""
        return self.forward.offers + 2 * self.backward.wants.astype(np.int64)

    @property
    def _present(self) -> BoolArray:
        return np.bincount(self._row_class, minlength=4) > 0

    @cached_property
    def _known(self) -> BoolArray:
        """Return, for each kind of mentor and each mentee, whether some direction is known."""
        forward, backward = self._directions(slice(0, None))
        return forward | backward

    @cached_property
    def rounds_in_doubles(self) -> bool:
        """Whether no value lies so near to a half that doubles could round it the wrong way."""
        if self.reciprocity in (0, ONE):
            return True
        largest = self.forward.full.max(initial=0) * self.backward.full.max(initial=0)
        return bool(largest <= MOST_FLOATED)

    def _shares(self, forward: BoolArray, backward: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the shares of the two directions in millionths, by which of them are known and count."""
        ahead = np.where(forward, np.where(backward, ONE - self.reciprocity, ONE), 0)
        back = np.where(backward, np.where(forward, self.reciprocity, ONE), 0)
        return ahead, back

    def _directions(self, columns: slice) -> tuple[BoolArray, BoolArray]:
        """Return, for each kind of mentor and each mentee, which directions are known and count."""
        kinds = np.arange(4)[:, None]
        forward = (kinds % 2 == 1) & self.forward.wants[None, columns] & (self.reciprocity < ONE)
        backward = (kinds // 2 == 1) & self.backward.offers[None, columns] & (self.reciprocity > 0)
        return forward, backward


class _DirectionTerm(NamedTuple):
    """What one direction adds to a tile: a product of ratings, times a factor by kind of mentor and mentee.

    ``full`` is what the best teacher would reach with each mentor, by which the mentors' own gain is divided.
    """

    strip: Callable[[slice], RatingMatrix]
    columns: FloatArray
    factor: FloatArray
    full: FloatArray | None = None

    def tile(self, rows: slice, kind: IntArray) -> FloatArray:
        """Return what it adds, in millionths, not rounded."""
        part = self.strip(rows).times(self.columns)
        part *= self.factor[kind]
        if self.full is not None:
            part /= self.full[rows, None]
        return part


class _Mixture:
    """The two directions of a block of columns, mixed and rounded.

    How much each counts depends on the mentee and on which of four kinds the mentor is, by what is known.
    """

    def __init__(self, pairs: CoveragePairs, columns: slice, neutral: int) -> None:
        forward, backward = pairs._directions(columns)
        ahead, back = pairs._shares(forward, backward)
        self._pairs, self._first_column, self._kind = pairs, columns.start, pairs._row_class
        self._begin = np.where(forward | backward, HALF_UP, neutral + HALF_UP)
        self._taught: list[_DirectionTerm] = []
        if forward.any():
            strip, dense = partial(pairs.forward.strip, "levels"), _columns(pairs.forward.priorities, columns)
            factor = ahead / np.maximum(pairs.forward.full[columns], 1)
            self._taught.append(_DirectionTerm(strip, dense, factor))
        if backward.any():
            strip, dense = (
                partial(pairs.backward.strip, "priorities"),
                _columns(pairs.backward.levels, columns),
            )
            self._taught.append(
                _DirectionTerm(strip, dense, back.astype(float), np.maximum(pairs.backward.full, 1))
            )

    def values(self, rows: slice) -> FloatArray:
        """Return the values of a tile, the neutral one where not known."""
        kind = self._kind[rows]
        total = self._begin[kind]
        for taught in self._taught:
            total += taught.tile(rows, kind)
        if self._pairs.rounds_in_doubles:
            return np.floor(total, out=total)
        return self._round_in_whole_numbers(total, rows)

    def _round_in_whole_numbers(self, total: FloatArray, rows: slice) -> FloatArray:
        """Cut fractions off, and compute again what lies so near to a half that doubles may be wrong."""
        near = np.abs(total - SLACK - np.rint(total - SLACK)) < 2 * SLACK
        here, there = np.nonzero(near)
        np.floor(total, out=total)
        total[here, there] = self._pairs.at(here + rows.start, there + self._first_column)
        return total


def _columns(ratings: RatingMatrix, people: slice) -> FloatArray:
    """Return ratings as a dense matrix with a column for each of some people."""
    return np.ascontiguousarray(ratings.range(people).dense().T)


@dataclass
class _KeptValues:
    """Values of all pairs in whole millionths, the neutral one where not known.

    Coverage is the one criterion whose values take longer to compute than to read: four bytes a pair buy that
    time.
    """

    table: NDArray[np.int32]
    complete: bool = False


@dataclass(frozen=True)
class _CoverageBlock:
    """The coverage of a block of columns, and where its values are kept, if they are."""

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
    """The coverage of a block of columns, read where it was kept."""

    kept: NDArray[np.int32]
    weight: float

    def add_to(self, total: NDArray[np.int32], rows: slice) -> None:
        points = self.kept[rows] * self.weight
        points += HALF_UP
        total += points.astype(np.int32)


@dataclass(frozen=True)
class _TaughtNames:
    """The names that pass from teachers to learners."""

    criterion: str
    taught_by: Literal["mentor", "mentee"]
    offered: list[_Rated] = field(repr=False)
    wanted: list[_Rated] = field(repr=False)
    meanings: Meanings = field(repr=False)
    code: dict[str, int] = field(repr=False)

    def add_to(
        self, found: list[list[SharedName]], direction: _Direction, teachers: IntArray, learners: IntArray
    ) -> None:
        """Add what each teacher teaches each learner."""
        shared = shared_concepts(direction.levels, teachers, direction.priorities, learners)
        for place, concepts in shared.items():
            found[place] += self._between(int(teachers[place]), int(learners[place]), concepts)

    def part(self, teachers: IntArray, learners: IntArray) -> _TaughtNames:
        """Return the names of some teachers and some learners."""
        offered, wanted = _pick(self.offered, teachers.tolist()), _pick(self.wanted, learners.tolist())
        return replace(self, offered=offered, wanted=wanted)

    def _between(self, teacher: int, learner: int, concepts: Collection[int]) -> list[SharedName]:
        """Return names for what is shared; of two names for one thing the higher level counts."""
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
