"""Forms the next round: an ordinary matching, under the policy with additions from the earlier rounds.

The answers of duos decide which may stay; a person who had no duo counts more; all others meet somebody new
(:mod:`.beside_the_policy`). So the certificate proves that no other next round on these terms is better.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, Fault, HistoryError, PolicyError, RotationError
from reverse_match.foundation.names import id_key
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.rotation import Rotation
from reverse_match.matching.run_options import RunOptions
from reverse_match.policy.added import without_people
from reverse_match.programme.amendment_request import read_day
from reverse_match.programme.beside_the_policy import (
    added_for_next_round,
    known_people,
    remembered_duos,
    without_rotation,
)
from reverse_match.programme.feedback.collection import Feedback
from reverse_match.programme.feedback.learning import apply_feedback
from reverse_match.programme.history import History
from reverse_match.programme.proposals import proposals
from reverse_match.programme.rotation_changes import ChangeReport
from reverse_match.programme.rotation_input import all_past_duos, read_rotation_input
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.matching.results.rotation import Learned
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.beside_the_policy import Pair
    from reverse_match.programme.programme import Programme


@check_arguments
def rotate(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    on: date | str,
    programme: Programme | None = None,
    history: History | None = None,
    feedback: Feedback | None = None,
    reciprocal: bool = False,
    early: bool = False,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Matching:
    """Form the next round: nobody meets a former partner again, and duos that work may stay.

    A duo that both people want to keep may continue, and ending it costs the charge of ``policy.rotation``.
    All other duos change: two people who have met do not meet again, unless the policy says after how many
    months they may. A duo of a person without one in the rounds before counts more, the longer that person
    waits. Pairs that were forbidden by hand in earlier rounds, as the matching or the history states, stay
    forbidden until somebody allows them or the policy fixes them. Duos that were fixed by hand were fixed
    only for their round, and the duos of other rounds of a plan are excluded only within the plan. Statements
    of the policy on people who are away count again when they are back.

    Parameters
    ----------
    matching : Matching
        The round that ends; the object stays as it is.
    cohort : Cohort
        The people as they are now, without those who have left and with those who have joined. Ages count on
        the day ``on``, whenever the cohort was read.
    policy : Policy, optional
        Policy of the next round; the policy that was given for the round that ends if not given.
    on : date or str
        The day on which the round ends and the next one begins.
    programme : Programme, optional
        Programme that says when rotation is due, and how many rounds it has.
    history : History, optional
        The rounds before the one that ends. Without it, the matching remembers the former partners of rounds
        that :func:`rotate` has formed, and the pairs that somebody has forbidden.
    feedback : Feedback, optional
        The answers about the duos. Those up to the day ``on`` count and, for a further round, those after its
        first day; so no answer of a growing file counts twice.
    reciprocal : bool
        Whether everybody swaps roles. Two people who want to stay together stay with swapped roles; a fixed
        duo of the policy keeps its roles.
    early : bool
        Whether the round may end before rotation is due.
    threads, memory, time_limit, progress
        As for :func:`match`.

    Returns
    -------
    Matching
        The next round. Its ``changes`` state what becomes of every duo, and who waits. Its ``people`` are the
        people of the round, with learned skills, and with roles swapped if asked.

    Raises
    ------
    RotationError
        If it is too early, the programme is over, or this matching does not follow the history.
    HistoryError
        If the history has this matching already, or is of other people.
    FeedbackError
        If an answer is about a duo that did not exist.
    VerificationError
        If the matching was changed after it was written: its log, its rotation, or the additions to the
        policy.
    CohortError, PolicyError, InfeasibleError, SizeError
        As for :func:`match`.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> first = rm.match(cohort)
    >>> second = rm.rotate(first, cohort, on="2027-06-01")
    >>> met = {(duo.mentor, duo.mentee) for duo in first.duos}
    >>> met.isdisjoint((duo.mentor, duo.mentee) for duo in second.duos)
    True
    >>> print(second.changes[0])
    The duo of 'adam.levy' (mentor) and 'fatima.benali' (mentee) ends: end of the round; at least one did
    not ask to continue.
    """
    day = read_day(on)
    if day is None:
        raise PolicyError([Fault("missing; right would be the day on which the round begins", column="on")])
    from reverse_match.verification.findings import refuse_tampered

    refuse_tampered(matching)
    _refuse_without_who_is_away(matching, policy)
    before = history or History()
    number = _number_of(matching, before)
    _refuse_other_days(matching, before, number, day, programme, early=early)
    ended = before.with_round(matching, until=day, began=_beginning(matching, number, programme))
    _refuse_other_people(ended, cohort)
    base = without_rotation(policy or matching.policy)
    everything = feedback or Feedback.from_records([])
    everything.refuse_strangers([*matching.duos, *all_past_duos(matching, ended)])
    said = feedback_in_round(everything, matching, day)
    learned = apply_feedback(_as_of(cohort, day), said, base)
    people = learned.cohort.with_roles_swapped() if reciprocal else learned.cohort
    rotation_input = read_rotation_input(
        matching, ended, people, base, _proposals(matching, said, base, programme), day, reciprocal=reciprocal
    )
    added = added_for_next_round(base, rotation_input, _absentees(matching, ended, cohort))
    found = match_in_force(people, base, added, RunOptions(threads, memory, time_limit, progress))
    rotation = Rotation(
        round=number + 1,
        on=day,
        reciprocal=reciprocal,
        previous=ended.rounds[-1].matching,
        changes=ChangeReport(matching, found, rotation_input).changes(),
        learned=_with_positions_in(everything, said, learned.learned),
        forbidden=rotation_input.forbidden,
        lifted=rotation_input.lifted,
        avoided=rotation_input.avoided,
        from_history=rotation_input.from_history,
    )
    return found.after(rotation)


def history_with_round(
    matching: Matching, on: date, history: History, programme: Programme | None = None
) -> History:
    """Return the history with the round that ends, so that the round formed by :func:`rotate` follows it."""
    began = _beginning(matching, _number_of(matching, history), programme)
    return history.with_round(matching, until=on, began=began)


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


def _number_of(matching: Matching, before: History) -> int:
    """Return the number of the round that ends.

    Raises
    ------
    HistoryError
        If the history has the round already.
    RotationError
        If the matching follows another round than the last one of the history.
    """
    if before.rounds and (number := before.number_of(matching)) is not None:
        message = (
            f"this matching stands there already, as round {number}; right would be the matching of the "
            "round after it, or the history as it was before that round ended"
        )
        raise HistoryError([Fault(message, "history")])
    rotation = matching.rotation
    if rotation is None:
        return len(before.rounds) + 1
    if before.rounds and before.rounds[-1].matching != rotation.previous:
        message = (
            f"the last of its {len(before.rounds)} rounds is not the one before this matching (round "
            f"{rotation.round}); right would be the history that was written with this matching"
        )
        raise RotationError([Fault(message, "history")])
    return rotation.round


def _beginning(matching: Matching, number: int, programme: Programme | None) -> date | None:
    if matching.rotation is not None:
        return matching.rotation.on
    return None if programme is None else programme.round_begins(number)


def _refuse_other_days(
    matching: Matching,
    before: History,
    number: int,
    day: date,
    programme: Programme | None,
    *,
    early: bool,
) -> None:
    began = matching.rotation.on if matching.rotation is not None else None
    if began is None and before.rounds:
        began = before.rounds[-1].until
    if began is not None and day <= began:
        message = f"round {number} began on {began}; right would be a later day"
        raise RotationError([Fault(message, column="on")])
    if programme is None:
        return
    if number >= programme.rounds:
        message = f"the programme ends with round {programme.rounds}, and this is round {number}"
        raise RotationError([Fault(message, "programme", column="rounds")])
    refuse_early(day, programme.round_ends(number), early=early)


def refuse_early(day: date, due: date, *, early: bool) -> None:
    """Raise an error if rotation is not due yet and ``early`` is false."""
    days = (due - day).days
    if days > 0 and not early:
        wait = f"{days} day{'s' * (days != 1)} after {day}"
        message = f"rotation is due on {due}, {wait}; to rotate now, say early (--early)"
        raise RotationError([Fault(message, column="on")])


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


def known_duos(matching: Matching) -> list[Pair]:
    """Return the duos of a matching, those ended by hand in it, and those of the rounds that it remembers."""
    by_hand = (duo for amendment in matching.log for duo in amendment.ended)
    return [
        *((duo.mentor, duo.mentee) for duo in matching.duos),
        *((duo.mentor, duo.mentee) for duo in by_hand),
        *((duo.mentor, duo.mentee) for duo in remembered_duos(matching.added)),
    ]


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
