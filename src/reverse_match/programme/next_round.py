"""What the next round is formed of: people after feedback, the policy, and what is added to it.

A rotation solves it; a review asks beforehand what its rules will make of a duo. Both make it here, so that
a review cannot promise what a rotation does not do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import (
    CohortError,
    DecisionError,
    Fault,
    HistoryError,
    PolicyError,
)
from reverse_match.foundation.names import id_key, pair_key
from reverse_match.policy.added import people_of, without_people
from reverse_match.policy.former_partners import duos_of_other_years, with_past
from reverse_match.programme.beside_the_policy import (
    added_for_next_round,
    known_people,
    without_rotation,
)
from reverse_match.programme.feedback.collection import Feedback
from reverse_match.programme.feedback.learning import apply_feedback
from reverse_match.programme.history import History
from reverse_match.programme.proposals import proposals
from reverse_match.programme.rotation_input import RolesOfPeople, all_past_duos, read_rotation_input
from reverse_match.scoring.own_data import bind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.proposal import DuoDecision, Proposal
    from reverse_match.matching.results.rotation import Learned
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.added import Added
    from reverse_match.programme.beside_the_policy import Pair, RotationInput
    from reverse_match.programme.decisions import Decisions
    from reverse_match.programme.programme import Programme


@dataclass(frozen=True)
class RotationRequest:
    """What somebody asks of a rotation, as the arguments of :func:`.rotate`."""

    matching: Matching
    cohort: Cohort
    policy: Policy | None
    day: date
    programme: Programme | None = None
    history: History | None = None
    feedback: Feedback | None = None
    decisions: Decisions | None = None
    reciprocal: bool = False
    tables: Mapping[str, Any] | None = None

    @cached_property
    def before(self) -> History:
        """The history before the round that ends."""
        return self.history or History()

    @cached_property
    def decided(self) -> Decisions | None:
        """The decisions, all on duos of the matching.

        Raises
        ------
        DecisionError
            If one is on two other people.
        """
        if self.decisions is not None:
            self.decisions.refuse_strangers(self.matching.duos)
        return self.decisions


@dataclass(frozen=True)
class NextRound:
    """What the next round is formed of.

    Attributes
    ----------
    ended : History
        The history up to and including the round that ends.
    people : Cohort
        People of the next round, after feedback, with roles swapped if that was asked.
    base : Policy
        The policy as it was given.
    added : Added
        What is added to it.
    inputs : RotationInput
        The meaning of the earlier rounds.
    learned : tuple of Learned
        Skills that were learned, with positions among all answers.
    """

    ended: History
    people: Cohort
    base: Policy
    added: Added
    inputs: RotationInput
    learned: tuple[Learned, ...]

    @cached_property
    def policy_in_force(self) -> Policy:
        """The policy with what is added, for the people of the round."""
        here = {id_key(person.id) for person in self.people.participants}
        return self.added.of_people(self.base, here, self.people.away).in_force(self.base)


def next_round(request: RotationRequest, number: int) -> NextRound:
    """Return what the round after round ``number`` is formed of.

    Raises
    ------
    CohortError, FeedbackError, DecisionError, HistoryError, PolicyError
        As for :func:`.rotate`.
    """
    matching, cohort, day = request.matching, request.cohort, request.day
    policy = request.policy
    if policy is not None:
        policy = bind(policy, cohort, request.tables, like=matching.policy)
    _refuse_without_who_is_away(matching, policy)
    began = beginning(matching, number, request.programme)
    ended = request.before.with_round(matching, until=day, began=began)
    _refuse_other_people(ended, cohort)
    base = without_rotation(policy or bind(matching.policy, cohort, request.tables))
    base = with_past(base, duos_of_other_years(matching.policy))
    everything = request.feedback or Feedback.from_records([])
    everything.refuse_strangers([*matching.duos, *all_past_duos(matching, ended)])
    said = feedback_in_round(everything, matching, day)
    learned = apply_feedback(_as_of(cohort, day), said, base)
    people = learned.cohort.with_roles_swapped() if request.reciprocal else learned.cohort
    decided = request.decided
    inputs = read_rotation_input(
        matching,
        ended,
        people,
        base,
        _proposals(matching, said, base, request.programme),
        day,
        reciprocal=request.reciprocal,
        decided=() if decided is None else decided.records,
    )
    added = added_for_next_round(base, inputs, _absentees(matching, ended, cohort))
    found = _with_positions_in(everything, said, learned.learned)
    return NextRound(ended, people, base, added, inputs, found)


def refuse_impossible_decisions(found: NextRound, decisions: Decisions) -> None:
    """Raise an error for each decision that a rule forbids by itself.

    Decisions that only together are impossible, or beside quotas, are a conflict, which the solver finds.

    Raises
    ------
    DecisionError
        With a fault for each, which names the duo and the rule.
    """
    faults = [
        decisions.fault_on(one, message)
        for one, message in impossible_decisions(found, decisions.records).values()
    ]
    if faults:
        raise DecisionError(sorted(faults, key=lambda fault: fault.row or 0))


def impossible_decisions(
    found: NextRound, decided: tuple[DuoDecision, ...]
) -> dict[Pair, tuple[DuoDecision, str]]:
    """Return the decisions that a rule forbids by itself, each with what stands against it."""
    from reverse_match.constraints.allowed_pairs import forbidding_rules

    inputs, wrong = found.inputs, {}
    roles = RolesOfPeople(inputs.people)
    fixed = set(map(people_of, inputs.kept_by_policy))
    kept = []
    for one in decided:
        names, by_policy = f"'{one.mentor}' and '{one.mentee}'", people_of((one.mentor, one.mentee)) in fixed
        pair = (one.mentee, one.mentor) if inputs.reciprocal else (one.mentor, one.mentee)
        if one.decision in ("end", "change") and by_policy:
            message = (
                f"{names} cannot be parted: the policy fixes this duo; right would be to take it out of the "
                "policy, or another decision"
            )
            wrong[pair_key(one)] = one, message
        elif one.decision == "keep" and not roles.has(*pair):
            message = (
                f"{names} cannot stay a duo: one of the two has left or has no place in this role any more"
            )
            wrong[pair_key(one)] = one, message
        elif one.decision == "keep" and not by_policy:  # the policy is beside itself where it forbids its own
            kept.append((one, pair))
    against = forbidding_rules(inputs.people, found.policy_in_force, [pair for _, pair in kept], inputs.on)
    for (one, _), rules in zip(kept, against, strict=True):
        if rules:
            names = f"'{one.mentor}' and '{one.mentee}'"
            wrong[pair_key(one)] = one, f"{names} cannot stay a duo: a rule forbids it ({', '.join(rules)})"
    return wrong


def _as_of(cohort: Cohort, day: date) -> Cohort:
    """Return people read as of another day as of this one, so that they can pass to the next round."""
    return cohort if cohort.as_of is None else replace(cohort, as_of=day)


def _refuse_other_people(ended: History, cohort: Cohort) -> None:
    try:
        ended.refuse_others([person.id for person in cohort.participants])
    except HistoryError:
        message = (
            "these are other people than those who were matched, of whom fewer than a quarter are among them"
        )
        raise CohortError([Fault(message, cohort.source.name)]) from None


def _refuse_without_who_is_away(matching: Matching, policy: Policy | None) -> None:
    """Raise an error for the policy in force if the given one has more statements: on people who are away.

    The policy of a round of a plan also has additions, for the duos of the other rounds, which end with the
    plan.
    """
    if policy is None or policy == matching.policy or policy != matching.policy_in_force:
        return
    if matching.added.other_rounds or matching.added.absent:
        message = (
            "this is the policy in force in a round of a plan, with what its other rounds rule out; right "
            "would be the one that was given (the matching's policy), or none"
        )
        raise PolicyError([Fault(message, "policy")])
    if without_people(matching.policy, matching.added.away) != matching.policy:
        message = (
            "this is the policy in force in the round that ends, which says nothing of who was away; right "
            "would be the one that was given (the matching's policy), or none"
        )
        raise PolicyError([Fault(message, "policy")])


def beginning(matching: Matching, number: int, programme: Programme | None) -> date | None:
    """Return the day on which a round began, if the matching or the programme says it."""
    if matching.rotation is not None:
        return matching.rotation.on
    return matching.published if programme is None else programme.round_begins(number)


def _absentees(matching: Matching, ended: History, cohort: Cohort) -> list[str]:
    """Return the people who were there in a known round, and are not in the cohort any more."""
    there = {name for past in ended.rounds for name in past.people}
    there |= {name for past in ended.rounds for pair in (*past.forbidden, *past.avoided) for name in pair}
    there |= {name for duo in all_past_duos(matching, ended) for name in (duo.mentor, duo.mentee)}
    there |= {*known_people(matching).values(), *cohort.away}
    by_key = {id_key(name): name for name in sorted(there)}
    return sorted(name for key, name in by_key.items() if key not in cohort.position)


def feedback_in_round(feedback: Feedback, matching: Matching, until: date | None = None) -> Feedback:
    """Return the answers of a round up to a day; on its first day, answers are about the round before."""
    began = None if matching.rotation is None else matching.rotation.on + timedelta(days=1)
    return feedback.between(began, until)


def _with_positions_in(
    everything: Feedback, said: Feedback, learned: Iterable[Learned]
) -> tuple[Learned, ...]:
    """Return learned skills with the positions of their answers among all records instead of some of them."""
    if not said.records:
        return tuple(learned)
    earlier = sum(record.on < said.records[0].on for record in everything.records)
    return tuple(
        one.model_copy(update={"because": tuple(earlier + place for place in one.because)}) for one in learned
    )


def _proposals(
    matching: Matching, said: Feedback, base: Policy, programme: Programme | None
) -> tuple[Proposal, ...]:
    minutes = None if programme is None else programme.session.minutes
    past = [record.duo for record in said.records]
    return proposals(matching, said, base, past=past, session_minutes=minutes)
