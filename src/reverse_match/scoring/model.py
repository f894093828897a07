"""The score model: all criteria of a policy on one cohort, blended into exact scores, a tile at a time.

A criterion gives a pair a value in whole millionths, or the criterion's neutral value where it is not known.
The contribution of a criterion is its weight times the value, rounded half up to a whole millionth. The score
is the sum of the contributions, exactly, and lies between 0 and 1,000,000.

The neutral value of a criterion is the mean of its values over all pairs of two different people for which it
is known. Pairs that rules forbid are included: a rule changes which pairs may meet, and not how well they
fit. For coverage it is the mean of exact quotients, which is computed without looking at single pairs; for
other kinds it is the mean of values in whole millionths. These two means differ by less than a millionth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.fixed_point import (
    ONE,
    mean_rounded_half_up,
    normalised_weights,
    rounded_millionths,
)
from reverse_match.policy import (
    CommonTime,
    Coverage,
    Custom,
    Difference,
    Gap,
    Overlap,
    OwnData,
    Preferences,
    Sameness,
    Similarity,
    Table,
    Wants,
)
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.common_time import encode_common_time
from reverse_match.scoring.coverage import CoveragePairs, encode_coverage
from reverse_match.scoring.criterion import Blend, PairCriterion, contributions_of, weigh
from reverse_match.scoring.custom import CustomPairs, encode_custom
from reverse_match.scoring.difference import encode_comparison
from reverse_match.scoring.gap import encode_gap
from reverse_match.scoring.overlap import encode_overlap
from reverse_match.scoring.preferences import encode_wants
from reverse_match.solver.pairs.tiles import Tiling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Criterion, Policy
    from reverse_match.scoring.criterion import ContributionBlock, Sides
    from reverse_match.scoring.name_matches import SharedName
    from reverse_match.scoring.own_weights import Tiles, WeightsOfPairs


def _encode_own_data(criterion: OwnData, columns: Columns, sides: Sides) -> PairCriterion:
    """Encode a table or a similarity; few policies have one, so the code of both is loaded here."""
    if isinstance(criterion, Table):
        from reverse_match.scoring.known_pairs import values_for
        from reverse_match.scoring.own_data import table_of

        return values_for(table_of(criterion), columns.cohort, sides)
    from reverse_match.scoring.similarity import encode_similarity

    return encode_similarity(cast("Similarity", criterion), columns, sides)


def _encode_stated_preferences(criterion: Preferences, columns: Columns, sides: Sides) -> PairCriterion:
    """Encode what people prefer; few policies look at it, so the code is loaded here."""
    from reverse_match.scoring.stated_preferences import encode_stated_preferences

    return encode_stated_preferences(criterion, columns, sides)


_ENCODERS: dict[type, Any] = {
    Coverage: encode_coverage,
    Overlap: encode_overlap,
    Gap: encode_gap,
    Difference: encode_comparison,
    Sameness: encode_comparison,
    Wants: encode_wants,
    Preferences: _encode_stated_preferences,
    CommonTime: encode_common_time,
    Table: _encode_own_data,
    Similarity: _encode_own_data,
    Custom: encode_custom,
}

UNKNOWN_EVERYWHERE = ONE // 2
"""Neutral value, in millionths, of a criterion that is not known for any pair."""


@dataclass(frozen=True)
class WeightedCriterion:
    """One criterion of a policy, encoded for one cohort, with its weight and its neutral value.

    Attributes
    ----------
    criterion : Criterion
        The criterion of the policy.
    blend : Blend
        Its normalised weight and its neutral value.
    known_pairs : int
        Number of pairs of two different people for which the criterion is known.
    pairs : PairCriterion
        Computes the values of pairs.
    """

    criterion: Criterion
    blend: Blend
    known_pairs: int
    pairs: PairCriterion

    @property
    def name(self) -> str:
        """Name of the criterion in the policy."""
        return self.criterion.name

    def serves(self, criterion: Criterion) -> bool:
        """Say whether another criterion has the same values, so that the two differ at most in weight."""
        return self.criterion.model_copy(update={"weight": criterion.weight}) == criterion and not (
            isinstance(criterion, Custom)
            and isinstance(self.pairs, CustomPairs)
            and not self.pairs.is_current(criterion)
        )

    def contributions(
        self, rows: IntArray, columns: IntArray, weights: IntArray | None = None
    ) -> tuple[IntArray, BoolArray]:
        """Return contributions of listed pairs in whole millionths, and a mask of values not known.

        Each pair may have a weight of its own.
        """
        values = self.pairs.at(rows, columns)
        if weights is None:
            return contributions_of(values, self.blend).astype(np.int64), np.isnan(values)
        known = np.where(np.isnan(values), float(self.blend.neutral), values)
        return weigh(known, weights).astype(np.int64), np.isnan(values)


class PairScore(NamedTuple):
    """The score of one pair and its contributions, in whole millionths, and the criteria not known for it."""

    score: int
    contributions: dict[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ScoreBlock:
    """The scores of a block of columns."""

    parts: tuple[ContributionBlock, ...]
    width: int

    def tile(self, rows: slice) -> NDArray[np.int32]:
        """Return the scores of a tile in whole millionths."""
        total = np.zeros((rows.stop - rows.start, self.width), dtype=np.int32)
        for part in self.parts:
            part.add_to(total, rows)
        return total


@dataclass(frozen=True)
class ScoreModel:
    """Computes the scores of all pairs of a cohort, by tiles; :func:`score_model` makes it.

    Attributes
    ----------
    criteria : tuple of WeightedCriterion
        The criteria, with the weights of the policy.
    shape : pair of int
        Number of rows and columns.
    pair_count : int
        Number of pairs of two different people.
    own : WeightsOfPairs, optional
        The weights of pairs, where they follow what matters most to the two people.
    """

    criteria: tuple[WeightedCriterion, ...]
    shape: tuple[int, int]
    pair_count: int
    own: WeightsOfPairs | None = None

    def block(self, columns: slice) -> Tiles:
        """Return a block of columns, prepared for its tiles."""
        if self.own is not None:
            from reverse_match.scoring.own_weights import MixedBlock  # few policies have weights of people

            values = {
                place: one.pairs.block(columns, replace(one.blend, weight=ONE))
                for place, one in enumerate(self.criteria)
                if one.blend.weight
            }
            return MixedBlock(values, self.own, columns)
        parts = [
            criterion.pairs.block(columns, criterion.blend)
            for criterion in self.criteria
            if criterion.blend.weight
        ]
        return ScoreBlock(tuple(parts), columns.stop - columns.start)

    @property
    def bytes_per_column(self) -> int:
        """Bytes of memory that a block takes for each of its columns."""
        return sum(criterion.pairs.bytes_per_column for criterion in self.criteria)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs in whole millionths."""
        return sum(
            (points for points, _ in self._contributions(rows, columns)),
            start=np.zeros(len(rows), dtype=np.int64),
        )

    def weights_at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the weights of listed pairs in whole millionths, by pair and criterion."""
        if self.own is None:
            weights = np.array([criterion.blend.weight for criterion in self.criteria], dtype=np.int64)
            return np.broadcast_to(weights, (len(rows), len(weights)))
        return self.own.at(rows, columns)

    def _contributions(self, rows: IntArray, columns: IntArray) -> Iterator[tuple[IntArray, BoolArray]]:
        """Yield for each criterion the contributions of listed pairs, and a mask of values not known."""
        weights = None if self.own is None else self.own.at(rows, columns)
        for place, criterion in enumerate(self.criteria):
            yield criterion.contributions(rows, columns, None if weights is None else weights[:, place])

    def pairs(self, rows: IntArray, columns: IntArray) -> list[PairScore]:
        """Return the scores of listed pairs with their contributions and the criteria that are not known."""
        parts = list(self._contributions(rows, columns))
        names = [criterion.name for criterion in self.criteria]
        points, missing = np.array([part[0] for part in parts]), np.array([part[1] for part in parts])
        return [
            PairScore(score, dict(zip(names, mine, strict=True)), tuple(compress(names, absent)))
            for score, mine, absent in zip(
                points.sum(axis=0).tolist(), points.T.tolist(), missing.T.tolist(), strict=True
            )
        ]

    def name_matches(self, rows: IntArray, columns: IntArray) -> list[list[SharedName]]:
        """Return for each listed pair the names that matched, in all criteria of any weight."""
        matches = [criterion.pairs.name_matches(rows, columns) for criterion in self.criteria]
        return [list(chain.from_iterable(shared)) for shared in zip(*matches, strict=True)]

    def part(self, rows: IntArray, columns: IntArray) -> ScoreModel:
        """Return the model of some rows and some columns; neutral values stay those of all pairs."""
        criteria = tuple(
            replace(criterion, pairs=criterion.pairs.part(rows, columns)) for criterion in self.criteria
        )
        own = None if self.own is None else self.own.part(rows, columns)
        return replace(self, criteria=criteria, shape=(len(rows), len(columns)), own=own)

    def with_value_cache(self) -> ScoreModel:
        """Return the model with a cache of values that are slow to compute; see :meth:`complete_values`."""
        criteria = tuple(
            replace(criterion, pairs=criterion.pairs.with_value_cache()) for criterion in self.criteria
        )
        return replace(self, criteria=criteria)

    def complete_values(self) -> None:
        """Mark the cached values as complete, after every tile has been scored."""
        for criterion in self.criteria:
            if isinstance(criterion.pairs, CoveragePairs) and criterion.blend.weight:
                criterion.pairs.complete_values()


def score_model(
    cohort: Cohort,
    policy: Policy,
    sides: Sides,
    day: date | None,
    tiling: Tiling = Tiling(),  # noqa: B008 - frozen
    earlier: ScoreModel | None = None,
) -> ScoreModel:
    """Encode a policy's criteria for a cohort, with normalised weights and neutral values.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy with the criteria.
    sides : Sides
        The participants of rows and of columns.
    day : date or None
        The day on which ages are computed.
    tiling : Tiling
        Cuts the pairs into tiles; the result does not depend on it.
    earlier : ScoreModel, optional
        A model of the same people on the same day, with the same meanings of names. Its criteria are reused
        if they differ at most in weight.

    Raises
    ------
    PolicyError
        If a criterion names an unknown field, or a field of another kind.
    CohortError
        If a column holds values of another kind than a criterion needs.
    """
    weights = normalised_weights([c.weight for c in policy.criteria], [c.name for c in policy.criteria])
    encoding = _CriterionEncoder(cohort, policy, sides, day, tiling)
    ready = {} if earlier is None else {criterion.name: criterion for criterion in earlier.criteria}
    criteria = []
    for index, (criterion, weight) in enumerate(zip(policy.criteria, weights, strict=True)):
        known = ready.get(criterion.name)
        if known is not None and known.serves(criterion):
            made = _WithNeutral(known.pairs, known.blend.neutral, known.known_pairs)
        else:
            made = encoding.of(criterion, index)
        criteria.append(
            WeightedCriterion(criterion, Blend(weight, made.neutral), made.known_pairs, made.pairs)
        )
    own = None
    if policy.own_weights is not None:
        from reverse_match.scoring.own_weights import weights_of_pairs

        own = weights_of_pairs(policy, encoding.columns, sides)
    return ScoreModel(tuple(criteria), encoding.shape, encoding.pair_count, own)


class _WithNeutral(NamedTuple):
    """A criterion encoded for one cohort, with its neutral value but without a weight."""

    pairs: PairCriterion
    neutral: int
    known_pairs: int


class _CriterionEncoder:
    """Encodes criteria for some people, or returns those that the cohort kept from an earlier match."""

    def __init__(
        self, cohort: Cohort, policy: Policy, sides: Sides, day: date | None, tiling: Tiling
    ) -> None:
        self._cohort, self._sides, self._tiling = cohort, sides, tiling
        self.columns = Columns(cohort, policy, day)
        self._same = _same_person(sides)
        said = tuple(policy.synonyms.items()), tuple(policy.scales.items()), policy.correct_typos
        self._read_as = sides.order, day, *said
        self.shape = len(sides.mentors), len(sides.mentees)
        self.pair_count = self.shape[0] * self.shape[1] - len(self._same[0])

    def of(self, criterion: Criterion, index: int) -> _WithNeutral:
        """Return an encoded criterion; ``index`` is its place in the policy, for messages."""
        if self._sides.order is None or isinstance(criterion, Custom):
            return self._made(criterion, index)
        whatever_weight = criterion.model_copy(update={"weight": 0})
        return self._cohort.memoise((whatever_weight, self._read_as), lambda: self._made(criterion, index))

    def _made(self, criterion: Criterion, index: int) -> _WithNeutral:
        try:
            pairs: PairCriterion = _ENCODERS[type(criterion)](criterion, self.columns, self._sides)
        except PolicyError as error:
            place = f"criteria[{index}]"
            raise PolicyError(
                [Fault(fault.message, column=place, code=fault.code) for fault in error.faults]
            ) from None
        return _WithNeutral(pairs, *self._neutral(criterion, pairs))

    def _neutral(self, criterion: Criterion, pairs: PairCriterion) -> tuple[int, int]:
        """Return the neutral value in millionths, and the number of pairs with a known value."""
        if pairs.always_known:
            total, known = Fraction(0), self.pair_count
        else:
            total, known = pairs.known_sum(self._same, self._tiling)
        if criterion.missing is not None:
            return rounded_millionths(criterion.missing), known
        return mean_rounded_half_up(total, known) if known else UNKNOWN_EVERYWHERE, known


def _same_person(sides: Sides) -> tuple[IntArray, IntArray]:
    column_of = {person: column for column, person in enumerate(sides.mentees)}
    met = [(row, column_of[person]) for row, person in enumerate(sides.mentors) if person in column_of]
    rows, columns = np.array(met, dtype=np.int64).reshape(-1, 2).T
    return rows, columns
