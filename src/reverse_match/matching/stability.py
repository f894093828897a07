r"""The trade of a matching: its total beside its worst duo, the spread of scores, and blocking pairs.

An objective trades one of these for another, and the figures show the trade. For n duos with scores x₁ ≤ … ≤
xₙ, the 10th percentile is the score at place ⌈n / 10⌉. The Gini coefficient (Gini 1912) is Σᵢⱼ |xᵢ − xⱼ| / (2
n Σ x) = Σᵢ (2i − n − 1) xᵢ / (n Σ x): 0 where all duos score the same, near 1 where one has everything. All
figures are computed in whole numbers and rounded half up once.

A *blocking pair* is two people who are no duo, whom the rules allow to meet, and who would both rather have
each other (Gale and Shapley 1962): each of them has capacity left, or scores more with the other than in the
worst of their own duos. Nobody gives up a fixed duo of the policy. No objective forbids blocking pairs: two
people who suit each other best may be worth more apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import AfterValidator, Field

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.fixed_point import ONE, Points, points
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import PlainData
from reverse_match.people.participant import TWO_ROLES, most_duos
from reverse_match.policy.values import is_none
from reverse_match.scoring.own_data import bind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy

_OnGrid = Annotated[float, AfterValidator(Points)]


class Trade(PlainData):
    """Figures of a matching that can be compared between matchings.

    Scores are points on the grid of millionths; a figure is ``None`` where the matching has no duo.
    """

    duos: int
    """Number of duos."""
    total: _OnGrid
    """Sum of the scores, exactly."""
    mean: _OnGrid | None
    """Mean of the scores, rounded half up."""
    worst: _OnGrid | None
    """The lowest score of a duo."""
    tenth_percentile: _OnGrid | None
    """Score that a tenth of the duos, rounded up, do not exceed."""
    gini: _OnGrid | None
    """Gini coefficient of the scores, rounded half up; 0 where all duos score the same, or all score 0."""
    blocking_pairs: int | None = Field(default=None, exclude_if=is_none)
    """Number of pairs who would both rather have each other; ``None`` without people."""


@check_arguments
def trade(
    matching: Matching,
    cohort: Cohort | None = None,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
) -> Trade:
    """Return the figures of a matching.

    Parameters
    ----------
    matching : Matching
        The matching to measure.
    cohort : Cohort, optional
        The people of the matching. Blocking pairs are counted only if they are given, since that examines
        every pair.
    policy : Policy, optional
        Policy whose scores and rules decide on blocking pairs; that of the matching if not given.
    threads : int, optional
        Number of threads; all cores if not given.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Raises
    ------
    CohortError
        If these are not the people of the matching.
    PolicyError
        If the policy does not fit these people.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "lea", "role": "mentor", "age": 25},
    ...     {"id": "tom", "role": "mentor", "age": 30},
    ...     {"id": "ada", "role": "mentee", "age": 40},
    ... ]
    >>> age = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20}
    >>> cohort = rm.Cohort.from_records(people)
    >>> rm.trade(rm.match(cohort, rm.Policy(criteria=[age])), cohort).blocking_pairs
    0
    """
    scores = np.sort(np.array([round(duo.score * ONE) for duo in matching.duos], dtype=np.int64))
    count, total = len(scores), int(scores.sum())
    chosen = policy or matching.policy_in_force
    if cohort is not None:
        chosen = bind(chosen, cohort, tables, like=matching.policy)
    blocking = None if cohort is None else _blocking_pairs(matching, cohort, chosen, threads)
    return Trade(
        duos=count,
        total=points(total),
        mean=points(_round_half_up(total, count)) if count else None,
        worst=points(int(scores[0])) if count else None,
        tenth_percentile=points(int(scores[-(-count // 10) - 1])) if count else None,
        gini=points(_gini(scores)) if count else None,
        blocking_pairs=blocking,
    )


def _gini(scores: IntArray) -> int:
    """Return the Gini coefficient of ascending scores, in whole millionths."""
    ranks = 2 * np.arange(1, len(scores) + 1) - len(scores) - 1
    spread, total = sum(ranks.astype(object) * scores.tolist()), int(scores.sum())
    return _round_half_up(spread * ONE, len(scores) * total) if total else 0


def _round_half_up(numerator: int, denominator: int) -> int:
    """Return a quotient of numbers of 0 or more, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _blocking_pairs(matching: Matching, cohort: Cohort, policy: Policy, threads: int | None) -> int:
    cohort = cohort.with_digest(matching.digests.cohort)
    if not cohort.has_digest(matching.digests.cohort):
        message = "these are not the people that were matched: the digest of their records differs"
        raise CohortError([Fault(message)])
    from reverse_match.constraints.allowed_pairs import AllowedPairs
    from reverse_match.constraints.rules import rules_of
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.model import score_model
    from reverse_match.solver.pairs.tiles import Tiling

    sides, tiling = Sides.in_order_of(cohort), Tiling(threads=threads)
    model = score_model(cohort, policy, sides, matching.as_of, tiling)
    allowed = AllowedPairs(model, rules_of(cohort, policy, sides))
    ends = (
        _places(cohort, sides.mentors, [duo.mentor for duo in matching.duos]),
        _places(cohort, sides.mentees, [duo.mentee for duo in matching.duos]),
    )
    free = np.array([not duo.fixed for duo in matching.duos], dtype=bool)
    scores = model.at(*ends)
    rows, columns = (
        _least(side, places, scores, free, np.array([most_duos(cohort.participants[i], role) for i in side]))
        for side, places, role in zip((sides.mentors, sides.mentees), ends, TWO_ROLES, strict=True)
    )

    def make(block_columns: slice) -> Callable[[slice], int]:
        block, others = allowed.block(block_columns), columns[block_columns]
        return lambda tile_rows: int(
            np.count_nonzero(block.tile(tile_rows) > np.maximum(rows[tile_rows, None], others))
        )

    found = sum(tiling.map(make, allowed.shape))
    duos = allowed.at(*ends) > np.maximum(rows[ends[0]], columns[ends[1]])
    return found - int(duos.sum())


def _places(cohort: Cohort, side: Sequence[int], names: Sequence[str]) -> IntArray:
    place = {index: place for place, index in enumerate(side)}
    return np.array([place[cohort.position[id_key(name)]] for name in names], dtype=np.int64)


def _least(
    side: Sequence[int], places: IntArray, scores: IntArray, free: BoolArray, capacities: IntArray
) -> IntArray:
    """Return for each person the score that a new partner must exceed to be preferred to the present duos.

    It is below every score for a person with capacity left. It is a full score, which none exceeds, for a
    person without capacity left and without a duo to give up.
    """
    loads = np.bincount(places, minlength=len(side))
    least = np.full(len(side), ONE, dtype=np.int64)
    np.minimum.at(least, places[free], scores[free])
    return np.where(loads < capacities, -1, least).astype(np.int32)
