"""The score of every pair as one matrix, for small cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import SizeError
from reverse_match.foundation.fixed_point import ONE
from reverse_match.policy import Policy
from reverse_match.scoring.own_data import bind_afresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reverse_match.foundation.arrays import FloatArray
    from reverse_match.people.cohort import Cohort

MATRIX_LIMIT = 25_000_000
"""Largest number of pairs of ``score_matrix``: 200 MB."""


@check_arguments
def score_matrix(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    tables: Mapping[str, Any] | None = None,
) -> FloatArray:
    """Return the score of every pair, for small cohorts.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    threads : int, optional
        Number of threads; all cores if not given.
    tables : mapping of str to data, optional
        Scores and vectors of the criteria ``table`` and ``similarity``, by name, as for :func:`with_tables`.

    Returns
    -------
    array of float, shape (mentors, mentees)
        Scores from 0 to 1, in the order of ``cohort.mentors`` and ``cohort.mentees``; NaN where a rule
        forbids the pair.

    Raises
    ------
    SizeError
        If the cohort has more than 25 million pairs.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor", "age": 25}, {"id": "ada", "role": "mentee", "age": 40}]
    >>> age = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20}
    >>> rm.score_matrix(rm.Cohort.from_records(people), rm.Policy(criteria=[age]))
    array([[0.666667]])
    """
    import numpy as np

    from reverse_match.constraints.allowed_pairs import AllowedPairs
    from reverse_match.constraints.rules import rules_of
    from reverse_match.matching.encode import reference_day
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.model import score_model
    from reverse_match.solver.pairs.source import NO_PAIR
    from reverse_match.solver.pairs.table import score_all_pairs
    from reverse_match.solver.pairs.tiles import Tiling

    chosen_policy = bind_afresh(policy or Policy(), cohort, tables)
    if len(cohort.mentors) * len(cohort.mentees) > MATRIX_LIMIT:
        message = f"a matrix of more than {MATRIX_LIMIT:,} pairs is not made as a whole; match works in tiles"
        raise SizeError(message)
    sides = Sides.in_order_of(cohort)
    tiling = Tiling(threads=threads)
    day = reference_day(cohort, chosen_policy)
    model = score_model(cohort, chosen_policy, sides, day, tiling)
    rules = rules_of(cohort, chosen_policy, sides, day=day)
    scores = score_all_pairs(AllowedPairs(model, rules), tiling).table
    return np.where(scores == NO_PAIR, np.nan, scores / ONE)
