"""Forms the next round: an ordinary matching, under the policy with additions from the earlier rounds.

The answers of duos decide which may stay; a person who had no duo counts more; all others meet somebody new
(:mod:`.beside_the_policy`). So the certificate proves that no other next round on these terms is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, HistoryError, PolicyError, RotationError
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.rotation import Rotation
from reverse_match.matching.run_options import RunOptions
from reverse_match.matching.stated_purpose import with_purpose
from reverse_match.programme.amendment_request import read_day
from reverse_match.programme.beside_the_policy import remembered_duos
from reverse_match.programme.history import History
from reverse_match.programme.next_round import (
    RotationRequest,
    beginning,
    next_round,
    refuse_impossible_decisions,
)
from reverse_match.programme.rotation_changes import ChangeReport
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.beside_the_policy import Pair
    from reverse_match.programme.decisions import Decisions
    from reverse_match.programme.feedback.collection import Feedback
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
    decisions: Decisions | None = None,
    reciprocal: bool = False,
    early: bool = False,
    threads: int | None = None,
    memory: int = DEFAULT_MEMORY,
    time_limit: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    tables: Mapping[str, Any] | None = None,
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
        The round that ends; the object stays as it is. A draft counts as published, with all that was changed
        by hand in it.
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
    decisions : Decisions, optional
        What somebody has decided on duos of the round that ends. ``keep`` fixes the duo for the next round,
        ``end`` forbids the two to each other from now on, and ``change`` gives both somebody else in the next
        round; all of it whatever the answers say. A duo on which nothing is decided, or ``talk first``,
        follows its answers.
    reciprocal : bool
        Whether everybody swaps roles. Two people who want to stay together stay with swapped roles; a fixed
        duo of the policy keeps its roles.
    early : bool
        Whether the round may end before rotation is due.
    threads, memory, time_limit, progress, tables
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
    DecisionError
        If a decision is on two people who are no duo of the matching, or a rule forbids what was decided.
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
    The duo of 'adam.levy' (mentor) and 'fatima.benali' (mentee) ends: end of the round; 'adam.levy' and
    'fatima.benali' did not ask to continue.
    """
    day = read_day(on)
    if day is None:
        raise PolicyError([Fault("missing; right would be the day on which the round begins", column="on")])
    from reverse_match.verification.findings import refuse_tampered

    refuse_tampered(matching)
    number = number_of(matching, history or History())
    _refuse_other_days(matching, history or History(), number, day, programme, early=early)
    request = RotationRequest(
        matching, cohort, policy, day, programme, history, feedback, decisions, reciprocal, tables
    )
    prepared = next_round(request, number)
    inputs = prepared.inputs
    if decisions is not None:
        refuse_impossible_decisions(prepared, decisions)
    options = RunOptions(threads, memory, time_limit, progress)
    found = match_in_force(prepared.people, prepared.base, prepared.added, options)
    rotation = Rotation(
        round=number + 1,
        on=day,
        reciprocal=reciprocal,
        previous=prepared.ended.rounds[-1].matching,
        changes=ChangeReport(matching, found, inputs).changes(),
        learned=prepared.learned,
        forbidden=inputs.forbidden,
        lifted=inputs.lifted,
        avoided=inputs.avoided,
        decisions=inputs.decided,
        fixed=inputs.fixed,
        from_history=inputs.from_history,
    )
    return with_purpose(found.after(rotation), prepared.people, matching.purpose, matching.made_by)


def history_with_round(
    matching: Matching, on: date, history: History, programme: Programme | None = None
) -> History:
    """Return the history with the round that ends, so that the round formed by :func:`rotate` follows it."""
    began = beginning(matching, number_of(matching, history), programme)
    return history.with_round(matching, until=on, began=began)


def number_of(matching: Matching, before: History) -> int:
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
    _refuse_unpublished(matching, before)
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


def _refuse_unpublished(matching: Matching, before: History) -> None:
    """Raise an error for a draft beside a history in which another matching was published for this round."""
    if before.published is not None and before.published.on != matching.published:
        message = (
            f"another matching was published for this round, on {before.published.on}; right would be that "
            "one, or what was amended since"
        )
        raise RotationError([Fault(message, "matching", code="contradictory")])


def _refuse_other_days(
    matching: Matching,
    before: History,
    number: int,
    day: date,
    programme: Programme | None,
    *,
    early: bool,
) -> None:
    began = matching.rotation.on if matching.rotation is not None else matching.published
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


def known_duos(matching: Matching) -> list[Pair]:
    """Return the duos of a matching, those ended by hand in it, and those of the rounds that it remembers."""
    return [
        *((duo.mentor, duo.mentee) for duo in matching.duos),
        *((duo.mentor, duo.mentee) for duo in matching.ended_by_hand),
        *((duo.mentor, duo.mentee) for duo in remembered_duos(matching.added)),
    ]
