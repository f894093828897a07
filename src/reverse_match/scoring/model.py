"""The score model: all criteria of a policy on one cohort, blended into exact scores, a tile at a time.

For each pair and criterion: the value v in whole millionths, or, where it is not known, the criterion's
neutral value; its contribution is the weight times v, rounded half up to a whole millionth; the score is the
sum of the contributions. So contributions add up to the score exactly, and the score is between 0 and
1,000,000. The neutral value is the mean over all pairs of two different people for which the criterion is
known, whatever the rules say of them: a rule changes who may meet, not how well people fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.errors import Fault, PolicyError
from reverse_match.policy import Coverage, Custom, Difference, Gap, Overlap, Sameness
from reverse_match.scoring.columns import Columns
from reverse_match.scoring.comparison import encode_comparison
from reverse_match.scoring.coverage import encode_coverage
from reverse_match.scoring.custom import encode_custom
from reverse_match.scoring.gap import encode_gap
from reverse_match.scoring.grid import ONE, normalised_weights, rounded_millionths, weighted
from reverse_match.scoring.overlap import encode_overlap
from reverse_match.tiling import map_tiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from reverse_match.cohort import Cohort
    from reverse_match.policy import Criterion, Policy
    from reverse_match.scoring.criterion import PairCriterion, Sides
    from reverse_match.scoring.evidence import NameMatch

_ENCODERS: dict[type, Any] = {
    Coverage: encode_coverage,
    Overlap: encode_overlap,
    Gap: encode_gap,
    Difference: encode_comparison,
    Sameness: encode_comparison,
    Custom: encode_custom,
}

UNKNOWN_EVERYWHERE = ONE // 2
"""Neutral value of a criterion that is known for no pair at all: the middle, the same for everybody."""


@dataclass(frozen=True)
class WeightedCriterion:
    """One criterion on one cohort, with what blends it into the score.

    Attributes
    ----------
    name : str
        As in the policy.
    weight : int
        Normalised, in millionths.
    neutral : int
        Value of a pair for which it is not known, in millionths.
    known_pairs : int
        Number of pairs of two different people for which it is known.
    pairs : PairCriterion
        Gives the values.
    """

    name: str
    weight: int
    neutral: int
    known_pairs: int
    pairs: PairCriterion

    def contributions(self, rows: slice, columns: slice) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return contributions of a tile in whole millionths, and where the value was missing."""
        values = self.pairs.values(rows, columns)
        missing = np.isnan(values)
        return weighted(np.where(missing, float(self.neutral), values), self.weight), missing


@dataclass(frozen=True)
class PairScore:
    """The score of one pair, taken apart. Numbers are whole millionths."""

    score: int
    contributions: dict[str, int]
    missing: tuple[str, ...]
    name_matches: tuple[NameMatch, ...]


@dataclass(frozen=True)
class ScoreModel:
    """Scores of all pairs of a cohort, never held as a whole. Made by :func:`score_model`."""

    criteria: tuple[WeightedCriterion, ...]
    shape: tuple[int, int]
    pair_count: int

    def tile(self, rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile in whole millionths."""
        total = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.int32)
        for criterion in self.criteria:
            if criterion.weight:
                total += criterion.contributions(rows, columns)[0].astype(np.int32)
        return total

    def pair(self, row: int, column: int) -> PairScore:
        """Return one score with its contributions, what was missing, and the names that matched."""
        contributions: dict[str, int] = {}
        missing: list[str] = []
        matches: list[NameMatch] = []
        for criterion in self.criteria:
            points, unknown = criterion.contributions(slice(row, row + 1), slice(column, column + 1))
            contributions[criterion.name] = int(points[0, 0])
            if unknown[0, 0]:
                missing.append(criterion.name)
            matches += criterion.pairs.name_matches(row, column)
        return PairScore(sum(contributions.values()), contributions, tuple(missing), tuple(matches))


def score_model(
    cohort: Cohort,
    policy: Policy,
    sides: Sides,
    day: date | None,
    threads: int | None = None,
) -> ScoreModel:
    """Read the columns that a policy's criteria need, and settle weights and neutral values.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Its criteria are used.
    sides : Sides
        Which participants are the rows and the columns of tiles.
    day : date or None
        The day on which ages count.
    threads : int, optional
        All cores if not given; the result does not depend on it.

    Raises
    ------
    PolicyError
        If a criterion names a field that is not there, or of another kind.
    CohortError
        If a column does not hold what a criterion needs.
    """
    columns = Columns(cohort, policy, day)
    weights = normalised_weights([c.weight for c in policy.criteria], [c.name for c in policy.criteria])
    encoded = [_encode(criterion, index, columns, sides) for index, criterion in enumerate(policy.criteria)]
    shape = len(sides.mentors), len(sides.mentees)
    same = _same_person(sides)
    pair_count = shape[0] * shape[1] - len(same[0])
    criteria = []
    for criterion, weight, pairs in zip(policy.criteria, weights, encoded, strict=True):
        total, known = (0, pair_count) if pairs.always_known else _sum_of_known(pairs, shape, same, threads)
        criteria.append(
            WeightedCriterion(criterion.name, weight, _neutral(criterion, total, known), known, pairs)
        )
    return ScoreModel(tuple(criteria), shape, pair_count)


def _encode(criterion: Criterion, index: int, columns: Columns, sides: Sides) -> PairCriterion:
    try:
        encoded: PairCriterion = _ENCODERS[type(criterion)](criterion, columns, sides)
    except PolicyError as error:
        place = f"criteria[{index}]"
        raise PolicyError([Fault(fault.message, column=place) for fault in error.faults]) from None
    return encoded


def _same_person(sides: Sides) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    column_of = {person: column for column, person in enumerate(sides.mentees)}
    met = [(row, column_of[person]) for row, person in enumerate(sides.mentors) if person in column_of]
    rows, columns = np.array(met, dtype=np.intp).reshape(-1, 2).T
    return rows, columns


def _sum_of_known(
    pairs: PairCriterion,
    shape: tuple[int, int],
    same: tuple[NDArray[np.intp], NDArray[np.intp]],
    threads: int | None,
) -> tuple[int, int]:
    def sum_of_tile(rows: slice, columns: slice) -> tuple[int, int]:
        values = pairs.values(rows, columns).copy()
        inside = (
            (same[0] >= rows.start)
            & (same[0] < rows.stop)
            & (same[1] >= columns.start)
            & (same[1] < columns.stop)
        )
        values[same[0][inside] - rows.start, same[1][inside] - columns.start] = np.nan
        known = ~np.isnan(values)
        return int(values[known].sum()), int(known.sum())

    sums: Sequence[tuple[int, int]] = map_tiles(sum_of_tile, shape, threads)
    return sum(total for total, _ in sums), sum(known for _, known in sums)


def _neutral(criterion: Criterion, total: int, known: int) -> int:
    if criterion.missing is not None:
        return rounded_millionths(criterion.missing)
    if known == 0:
        return UNKNOWN_EVERYWHERE
    return (2 * total + known) // (2 * known)
