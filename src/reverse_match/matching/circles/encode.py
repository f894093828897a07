"""Turns a cohort and a policy into arrays for the solver of circles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.circles import compile_circles
from reverse_match.constraints.rules import Rules, rules_of
from reverse_match.foundation.errors import Fault, PolicyError, SizeError
from reverse_match.matching.encode import assign_rows_and_columns, reference_day
from reverse_match.scoring.model import score_model
from reverse_match.solver.circles.problem import CircleBounds, CircleProblem
from reverse_match.solver.pairs.memory import plan_resources
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import score_all_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reverse_match.matching.encode import Side
    from reverse_match.matching.results.circles import FormerCircle
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.circles import Circles
    from reverse_match.scoring.criterion import Sides
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.pairs.tiles import Tiling

MOST_PAIRS = 4_000_000
"""Largest number of pairs of a mentor and a mentee: 2,000 on each side."""


@dataclass(frozen=True)
class PreparedCircles:
    """A cohort and a policy as a problem of circles in arrays, in canonical order.

    Attributes
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        The policy as given.
    day : date or None
        The day on which ages count.
    sides : Sides
        Which participants are rows and columns.
    people : pair of Side
        Ids and capacities of rows and of columns.
    model : ScoreModel
        Scores of all pairs.
    rules : Rules
        The forbidden pairs, former circles and conditions within circles included.
    problem : CircleProblem
        The problem of the solver.
    tiling : Tiling
        Division of the table of pairs into tiles.
    past : tuple of FormerCircle
        Who was together before.
    """

    cohort: Cohort
    policy: Policy
    day: date | None
    sides: Sides
    people: tuple[Side, Side]
    model: ScoreModel
    rules: Rules
    problem: CircleProblem
    tiling: Tiling
    past: tuple[FormerCircle, ...]


def circles_of(policy: Policy) -> Circles:
    """Return what a policy says of circles.

    Raises
    ------
    PolicyError
        If it says nothing, or asks for what circles cannot have.
    """
    if faults := list(_policy_faults(policy)):
        raise PolicyError(faults)
    assert policy.circles is not None  # noqa: S101 - told by a fault
    return policy.circles


def _policy_faults(policy: Policy) -> Iterator[Fault]:
    if policy.circles is None:
        message = 'says nothing of circles; right would be circles = {mentees = "3..6"}'
        yield Fault(message, column="circles", code="incomplete")
    for name, given in (("quotas", policy.quotas), ("credits", policy.credits)):
        if given:
            message = "circles have none, since they count duos; right would be a policy without them"
            yield Fault(message, column=name, code="not-for-circles")
    if policy.objective != "coverage":
        message = "circles place the most people, then reach the highest total; right would be coverage"
        yield Fault(message, column="objective", code="not-for-circles")


def prepare_circles(
    cohort: Cohort, policy: Policy, past: Sequence[FormerCircle], options: RunOptions
) -> PreparedCircles:
    """Read columns, compile rules and conditions, and score all pairs.

    Raises
    ------
    PolicyError, CohortError
        If the policy does not fit the people.
    SizeError
        If there are too many people.
    """
    circles = circles_of(policy)
    shape = len(cohort.mentors), len(cohort.mentees)
    if shape[0] * shape[1] > MOST_PAIRS:
        message = (
            f"circles are formed of up to {MOST_PAIRS:,} pairs of a mentor and a mentee; split the cohort"
        )
        raise SizeError(message)
    day = reference_day(cohort, policy)
    tiling = plan_resources(shape, 0, options.memory, options.threads).tiling
    sides, _, people = cohort.memoise(("seats", policy.seed), lambda: assign_rows_and_columns(cohort, policy))
    model = score_model(cohort, policy, sides, day, tiling)
    rules = rules_of(cohort, policy, sides, day=day)
    compiled = compile_circles(cohort, policy, sides, day, [(one.mentors, one.mentees) for one in past])
    forbidding = (*rules.forbidding, *(one for one in compiled.forbidding if len(one.rows)))
    table = score_all_pairs(AllowedPairs(model, Rules(forbidding, ())), tiling).table
    allowed = table != NO_PAIR
    allowed[people[0].capacities == 0] = False
    allowed[:, people[1].capacities == 0] = False
    problem = CircleProblem(
        np.where(table == NO_PAIR, 0, table).astype(np.int64),
        allowed,
        CircleBounds(circles.bounds_of_mentors, circles.bounds_of_mentees, circles.most_people),
        compiled.limits,
        compiled.mentors_apart,
        compiled.mentees_apart,
        np.argsort(people[0].by_id),
        rules.fixed,
        circles.trios,
    )
    rules = Rules(forbidding, rules.fixed)
    return PreparedCircles(cohort, policy, day, sides, people, model, rules, problem, tiling, tuple(past))
