"""Puts people's names back on a solution: duos, who was left out and why, and the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.partner_counts import PartnerCounts, partner_counts
from reverse_match.matching import (
    Certificate,
    CriterionSummary,
    Digests,
    Duo,
    Matching,
    Reason,
    Unmatched,
)
from reverse_match.scoring.grid import points
from reverse_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.cohort import Cohort
    from reverse_match.participant import Participant
    from reverse_match.policy import Policy
    from reverse_match.preparing import Prepared
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.solve import Solution


def assemble(cohort: Cohort, policy: Policy, prepared: Prepared, solution: Solution) -> Matching:
    """Return the matching that a solution means.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Recorded in the matching.
    prepared : Prepared
        Says who is which row and column, and which duos were fixed before solving.
    solution : Solution
        The other duos, prices and bounds.
    """
    duos = sorted(_duos(cohort, prepared, solution), key=lambda duo: (duo.mentor, duo.mentee))
    fixed_total = sum(_whole_score(prepared, row, column) for row, column in prepared.rules.fixed)
    total = fixed_total + int(solution.scores.sum())
    return Matching(
        library_version=__version__,
        status="optimal",
        duos=tuple(duos),
        unmatched=tuple(sorted(_unmatched(cohort, prepared, duos), key=lambda left: (left.id, left.role))),
        total=points(total),
        criteria=_summaries(prepared.model),
        certificate=_certificate(cohort, prepared, solution, fixed_total),
        policy=policy,
        as_of=prepared.day,
        digests=Digests(file=cohort.source.sha256, cohort=cohort.sha256, policy=policy.sha256),
    )


def _whole_score(prepared: Prepared, row: int, column: int) -> int:
    return int(prepared.model.tile(slice(row, row + 1), slice(column, column + 1))[0, 0])


def _duos(cohort: Cohort, prepared: Prepared, solution: Solution) -> Iterator[Duo]:
    chosen = [
        (row, column, False)
        for row, column in zip(solution.rows.tolist(), solution.columns.tolist(), strict=True)
    ]
    for row, column, fixed in chosen + [(*duo, True) for duo in prepared.rules.fixed]:
        pair = prepared.model.pair(row, column)
        yield Duo(
            mentor=cohort.participants[prepared.sides.mentors[row]].id,
            mentee=cohort.participants[prepared.sides.mentees[column]].id,
            score=points(pair.score),
            contributions={name: points(whole) for name, whole in pair.contributions.items()},
            missing=pair.missing,
            name_matches=pair.name_matches,
            fixed=fixed,
        )


def _unmatched(cohort: Cohort, prepared: Prepared, duos: Sequence[Duo]) -> Iterator[Unmatched]:
    mentors = [cohort.participants[index] for index in prepared.sides.mentors]
    mentees = [cohort.participants[index] for index in prepared.sides.mentees]
    takes_part = (
        np.array([person.capacity > 0 for person in mentors], dtype=bool),
        np.array([person.capacity > 0 for person in mentees], dtype=bool),
    )
    counts = partner_counts(prepared.model, prepared.rules, takes_part)
    taught, learned = {duo.mentor for duo in duos}, {duo.mentee for duo in duos}
    for place, person in enumerate(mentors):
        if person.id not in taught:
            yield _left_out(person, "mentor", counts[0], place)
    for place, person in enumerate(mentees):
        if person.id not in learned:
            yield _left_out(person, "mentee", counts[1], place)


def _left_out(person: Participant, role: str, counts: PartnerCounts, place: int) -> Unmatched:
    allowed = int(counts.allowed[place])
    blocked_by = {rule: int(count[place]) for rule, count in counts.blocked_by.items() if count[place]}
    reason: Reason = "no_allowed_partner"
    if person.capacity == 0:
        reason, allowed, blocked_by = "sits_out", 0, {}
    elif allowed:
        reason = "partners_taken"
    elif counts.only_score[place]:
        reason = "below_minimum_score"
    return Unmatched.model_validate(
        {
            "id": person.id,
            "role": role,
            "reason": reason,
            "allowed_partners": allowed,
            "blocked_by": blocked_by,
        }
    )


def _summaries(model: ScoreModel) -> tuple[CriterionSummary, ...]:
    return tuple(
        CriterionSummary(
            name=criterion.name,
            weight=points(criterion.weight),
            neutral=points(criterion.neutral) if criterion.known_pairs < model.pair_count else None,
            known_pairs=criterion.known_pairs,
        )
        for criterion in model.criteria
    )


def _certificate(cohort: Cohort, prepared: Prepared, solution: Solution, fixed_total: int) -> Certificate:
    fixed = len(prepared.rules.fixed)
    duos, duos_bound = len(solution.rows) + fixed, solution.bounds.count + fixed
    total, bound = int(solution.scores.sum()) + fixed_total, solution.bounds.total + fixed_total
    sides = (
        (
            prepared.sides.mentors,
            prepared.problem.row_capacity,
            solution.prices.rows,
            solution.scarce[0],
        ),
        (
            prepared.sides.mentees,
            prepared.problem.column_capacity,
            solution.prices.columns,
            solution.scarce[1],
        ),
    )
    prices = [_prices_by_id(cohort, indices, capacity, price) for indices, capacity, price, _ in sides]
    scarce = [_scarce_ids(cohort, indices, capacity, marks) for indices, capacity, _, marks in sides]
    return Certificate(
        duos=duos,
        duos_bound=duos_bound,
        total=points(total),
        bound=points(bound),
        gap=_gap(duos, duos_bound, total, bound),
        pairs_checked=solution.bounds.pairs,
        duo_price=points(solution.prices.bonus),
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
    )


def _gap(duos: int, duos_bound: int, total: int, bound: int) -> float:
    """Return how far from the best a matching can be, as a share; 0 only when both bounds are reached."""
    missing_duos = (duos_bound - duos) / duos_bound if duos_bound else 0.0
    missing_points = (bound - total) / bound if bound else 0.0
    return max(missing_duos, missing_points)


def _prices_by_id(
    cohort: Cohort, indices: Sequence[int], capacity: IntArray, prices: IntArray
) -> dict[str, float]:
    named = {
        cohort.participants[index].id: points(int(price))
        for index, left, price in zip(indices, capacity, prices, strict=True)
        if left > 0
    }
    return dict(sorted(named.items()))


def _scarce_ids(
    cohort: Cohort, indices: Sequence[int], capacity: IntArray, marks: BoolArray
) -> tuple[str, ...]:
    chosen = zip(indices, capacity, marks, strict=True)
    return tuple(sorted(cohort.participants[index].id for index, left, mark in chosen if left > 0 and mark))
