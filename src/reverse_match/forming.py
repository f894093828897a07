"""Forms the matching: cohort and policy in, duos with their proof out.

Everything before the solver is put in a canonical order, by a keyed hash of each id under the policy's seed,
so that the order of a file gives nobody an advantage and changes nothing.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.cohort import day_of_ages
from reverse_match.constraints.allowed_pairs import AllowedPairs
from reverse_match.constraints.conflicts import conflicts_of
from reverse_match.constraints.partner_counts import PartnerCounts, partner_counts
from reverse_match.constraints.rules import BlockedPairs, Rules, rules_of
from reverse_match.errors import InfeasibleError, SizeError
from reverse_match.matching import (
    Certificate,
    CriterionSummary,
    Digests,
    Duo,
    Matching,
    Reason,
    Unmatched,
)
from reverse_match.names.normalise import id_key
from reverse_match.pair_source import NO_PAIR
from reverse_match.policy import Policy
from reverse_match.scoring.criterion import Sides
from reverse_match.scoring.grid import points
from reverse_match.scoring.model import score_model
from reverse_match.solver.candidates import refuse_too_many
from reverse_match.solver.problem import Problem
from reverse_match.solver.solve import solve
from reverse_match.tiling import tiles
from reverse_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from reverse_match.arrays import BoolArray, FloatArray, IntArray, KeyArray
    from reverse_match.cohort import Cohort
    from reverse_match.participant import Participant
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.solve import Solution

_log = logging.getLogger("reverse_match")

MATRIX_LIMIT = 25_000_000
"""``score_matrix`` refuses more pairs than this: 200 MB."""


def match(
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    threads: int | None = None,
    report: Callable[[str], None] | None = None,
) -> Matching:
    """Form the best possible duos.

    As many duos as the rules and capacities allow, and of all such matchings one with the highest total
    score; between equally good ones the policy's seed decides.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    threads : int, optional
        All cores if not given; the matching does not depend on it.
    report : callable, optional
        Called with the name of each step when it begins, for a progress display.

    Returns
    -------
    Matching
        With its certificate.

    Raises
    ------
    PolicyError
        If the policy names a field or a person that is not there.
    CohortError
        If a column does not hold what a criterion needs.
    InfeasibleError
        If fixed duos cannot hold together with the other rules or with capacities.
    SizeError
        If the cohort is too large for this version.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [
    ...     {"id": "lea", "role": "mentor", "offers": "Python:5"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ]
    >>> matching = rm.match(rm.Cohort.from_records(people))
    >>> matching.duos[0].mentor, matching.duos[0].mentee, matching.certificate.gap
    ('lea', 'ada', 0.0)
    """
    chosen_policy = policy or Policy()
    refuse_too_many((len(cohort.mentors), len(cohort.mentees)))
    prepared = _prepare(cohort, chosen_policy, threads)
    solution = solve(prepared.problem, threads, report)
    _log.info(
        "matched %d mentors and %d mentees: %d duos",
        *prepared.model.shape,
        len(solution.rows) + len(prepared.rules.fixed),
    )
    return _matching(cohort, chosen_policy, prepared, solution)


def score_matrix(cohort: Cohort, policy: Policy | None = None, *, threads: int | None = None) -> FloatArray:
    """Return the score of every pair, for small cohorts.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy, optional
        The default policy if not given.
    threads : int, optional
        All cores if not given.

    Returns
    -------
    array of float, shape (mentors, mentees)
        From 0 to 1, in the order of ``cohort.mentors`` and ``cohort.mentees``; NaN where a rule forbids the
        pair.

    Raises
    ------
    SizeError
        If there are more than 25 million pairs.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor", "age": 25}, {"id": "ada", "role": "mentee", "age": 40}]
    >>> age = {"kind": "gap", "name": "age", "weight": 1, "field": "age", "from": 5, "to": 20}
    >>> rm.score_matrix(rm.Cohort.from_records(people), rm.Policy(criteria=[age]))
    array([[0.666667]])
    """
    chosen_policy = policy or Policy()
    if len(cohort.mentors) * len(cohort.mentees) > MATRIX_LIMIT:
        message = f"a matrix of more than {MATRIX_LIMIT:,} pairs is not made as a whole; match works in tiles"
        raise SizeError(message)
    sides = _sides_in_file_order(cohort)
    model = score_model(cohort, chosen_policy, sides, day_of_ages(cohort, chosen_policy.as_of), threads)
    pairs = AllowedPairs(model, rules_of(cohort, chosen_policy, sides))
    matrix = np.empty(model.shape)
    for rows, columns in tiles(model.shape):
        tile = pairs.tile(rows, columns)
        matrix[rows, columns] = np.where(tile == NO_PAIR, np.nan, tile / 1_000_000)
    return matrix


def _sides_in_file_order(cohort: Cohort) -> Sides:
    people = list(enumerate(cohort.participants))
    return Sides(
        [index for index, person in people if person.teaches],
        [index for index, person in people if person.learns],
    )


@dataclass(frozen=True)
class _Prepared:
    """A cohort and a policy in arrays, in canonical order."""

    sides: Sides
    model: ScoreModel
    rules: Rules
    problem: Problem
    day: date | None


def _prepare(cohort: Cohort, policy: Policy, threads: int | None) -> _Prepared:
    keys = [_key(person.id, policy.seed) for person in cohort.participants]
    canonical = sorted(range(len(keys)), key=keys.__getitem__)
    sides = Sides(
        [index for index in canonical if cohort.participants[index].teaches],
        [index for index in canonical if cohort.participants[index].learns],
    )
    day = day_of_ages(cohort, policy.as_of)
    model = score_model(cohort, policy, sides, day, threads)
    rules = rules_of(cohort, policy, sides)
    conflicts = conflicts_of(cohort, sides, rules, model)
    if conflicts:
        raise InfeasibleError(conflicts)
    left = _capacity_left(cohort, sides, rules)
    pairs = AllowedPairs(model, _without_fixed(rules))
    problem = Problem(pairs, *left, _lottery_keys(keys, sides.mentors), _lottery_keys(keys, sides.mentees))
    return _Prepared(sides, model, rules, problem, day)


def _key(identity: str, seed: int) -> bytes:
    """Return what decides the place of a participant, whatever the file says."""
    secret = hashlib.sha256(str(seed).encode()).digest()
    return hashlib.blake2b(id_key(identity).encode(), key=secret, digest_size=16).digest()


def _lottery_keys(keys: Sequence[bytes], indices: Sequence[int]) -> KeyArray:
    return np.array([int.from_bytes(keys[index][:8], "big") for index in indices], dtype=np.uint64)


def _capacity_left(cohort: Cohort, sides: Sides, rules: Rules) -> tuple[IntArray, IntArray]:
    """Return capacities of rows and columns beside fixed duos."""
    left = []
    for indices, place in ((sides.mentors, 0), (sides.mentees, 1)):
        capacity = np.array([cohort.participants[index].capacity for index in indices], dtype=np.int64)
        fixed = np.array([duo[place] for duo in rules.fixed], dtype=np.int64)
        left.append(capacity - np.bincount(fixed, minlength=len(indices)))
    return left[0], left[1]


def _without_fixed(rules: Rules) -> Rules:
    """Return rules under which a fixed duo, formed already, is not formed once more."""
    return Rules((*rules.forbidding, BlockedPairs.of("fix", rules.fixed)), ())


def _matching(cohort: Cohort, policy: Policy, prepared: _Prepared, solution: Solution) -> Matching:
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


def _whole_score(prepared: _Prepared, row: int, column: int) -> int:
    return int(prepared.model.tile(slice(row, row + 1), slice(column, column + 1))[0, 0])


def _duos(cohort: Cohort, prepared: _Prepared, solution: Solution) -> Iterator[Duo]:
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


def _unmatched(cohort: Cohort, prepared: _Prepared, duos: Sequence[Duo]) -> Iterator[Unmatched]:
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


def _certificate(cohort: Cohort, prepared: _Prepared, solution: Solution, fixed_total: int) -> Certificate:
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
        gap=gap_of(duos, duos_bound, total, bound),
        pairs_checked=solution.bounds.pairs,
        duo_price=points(solution.prices.bonus),
        mentor_prices=prices[0],
        mentee_prices=prices[1],
        scarce_mentors=scarce[0],
        scarce_mentees=scarce[1],
    )


def gap_of(duos: int, duos_bound: int, total: int, bound: int) -> float:
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
