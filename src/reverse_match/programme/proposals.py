"""Proposes the future of each duo after a round, from its answers and the thresholds of the policy.

For each question the latest answer of each person counts; a question that is not answered again keeps its
earlier answer. The first line that holds decides:

1. one of the two wants to stop: **end**;
2. one wants a change, or has a satisfaction of ``poor_satisfaction`` or less: **rotate**;
3. one asks for another format, or the share of cancelled sessions, by the count of one of them, is at least
   ``many_cancelled``: **keep with another format**;
4. a question was answered: **keep**;
5. otherwise **rotate**, as a programme does after a round.

A wish to leave, and dissatisfaction, come before anything that both could arrange: nobody is kept in a duo
against their will. Each person counts the sessions since their own last answer. The two counts are of the
same sessions, so they are never added up. An answer without one of the two numbers gives no share.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.names import pair_key
from reverse_match.matching.results.proposal import (
    KEEPING,
    Proposal,
    ProposalReason,
    Proposed,
    ProposedFormat,
    Said,
)
from reverse_match.programme.feedback.collection import DuoAnswers
from reverse_match.programme.feedback.record import By

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reverse_match.foundation.names import PairLike
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.matching.results.proposal import ReasonCode
    from reverse_match.policy import Policy
    from reverse_match.policy.policy import RotationTerms
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.feedback.record import FeedbackRecord

_SIDES: tuple[By, ...] = get_args(By)


@check_arguments
def proposals(
    matching: Matching,
    feedback: Feedback,
    policy: Policy | None = None,
    *,
    past: Iterable[PairLike] = (),
    session_minutes: int | None = None,
) -> tuple[Proposal, ...]:
    """Propose the future of each duo of a matching.

    Parameters
    ----------
    matching : Matching
        The round that ends.
    feedback : Feedback
        The answers of the round; ``feedback.between(...)`` leaves out answers of earlier rounds.
    policy : Policy, optional
        Policy whose ``rotation`` has the thresholds; that of the matching if not given.
    past : iterable of duos, or of pairs of ids, mentor first
        Duos of past rounds, about which there may be answers, too.
    session_minutes : int, optional
        Present length of a session. Sessions of ``rotation.short_session_minutes`` are proposed only if that
        is shorter; otherwise many cancelled sessions lead to another channel.

    Returns
    -------
    tuple of Proposal
        In the order of ``matching.duos``.

    Raises
    ------
    FeedbackError
        If an answer is about two people who are no duo of the matching or of the past.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python"}, {"id": "ada", "role": "mentee"},
    ... ]))
    >>> feedback = rm.Feedback.from_records([
    ...     {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": "mentee", "wish": "continue"},
    ...     {"mentor": "lea", "mentee": "ada", "on": "2026-12-02", "by": "mentor", "format": "shorter"},
    ... ])
    >>> print(proposals(matching, feedback)[0])
    'lea' (mentor) and 'ada' (mentee): keep the duo, with shorter sessions of 20 minutes.
    'lea' (mentor) asks for shorter sessions (2026-12-02).
    Rotation ends it all the same: 'lea' did not ask to continue, and only duos in which both people do may
    continue.
    """
    feedback.refuse_strangers([*matching.duos, *past])
    terms = (matching.policy if policy is None else policy).rotation
    return tuple(
        _proposal(duo, _Answers(feedback, pair_key(duo)), terms, session_minutes) for duo in matching.duos
    )


class _Answers(DuoAnswers):
    """The answers of the two people of a duo, in the form to which reasons refer."""

    def answer(self, by: By, question: str) -> tuple[Any, tuple[Said, ...]]:
        """Return one person's latest answer to a question, and its position; ``None`` and () without one."""
        if (found := self.latest(by, question)) is None:
            return None, ()
        return getattr(found[1], question), (_reference(*found),)

    def sessions(self, by: By) -> tuple[int, int, tuple[Said, ...]]:
        """Return the cancelled and all sessions by one person's count, with the positions of the answers."""
        all_held, all_cancelled, said = 0, 0, []
        for place, record in self.of(by):
            held, cancelled = record.sessions_held, record.sessions_cancelled
            if held is not None and cancelled is not None:
                all_held += held
                all_cancelled += cancelled
                said.append(_reference(place, record))
        return all_cancelled, all_held + all_cancelled, tuple(said)

    def with_an_answer(self) -> tuple[Said, ...]:
        """Return the positions of all records that answer a question."""
        return tuple(_reference(place, record) for place, record in self.all if record.says_something)


def _reference(place: int, record: FeedbackRecord) -> Said:
    return Said(record=place, on=record.on, by=record.by)


class _Decision(NamedTuple):
    """A proposal and its reasons."""

    proposal: Proposed
    reasons: Sequence[ProposalReason]
    format: ProposedFormat | None = None
    minutes: int | None = None


def _proposal(duo: Duo, answers: _Answers, terms: RotationTerms, session_minutes: int | None) -> Proposal:
    decision = _decision(answers, terms, session_minutes)
    asked = {one.by for one in _wishes(answers, "continue", "wants_to_continue")}
    both = len(asked) == len(_SIDES)
    return Proposal(
        mentor=duo.mentor,
        mentee=duo.mentee,
        proposal=decision.proposal,
        format=decision.format,
        minutes=decision.minutes,
        both_want_to_keep=both,
        reasons=tuple(decision.reasons),
        may_stay=decision.proposal in KEEPING and both and terms.keep_wanted,
        did_not_ask=tuple(by for by in _SIDES if by not in asked),
    )


def _decision(answers: _Answers, terms: RotationTerms, session_minutes: int | None) -> _Decision:
    if stop := _wishes(answers, "stop", "wants_to_stop"):
        return _Decision("end", stop)
    change = _wishes(answers, "change", "wants_to_change") + _dissatisfactions(answers, terms)
    if change:
        return _Decision("rotate", change)
    asked, cancelled = _formats(answers), _cancellations(answers, terms)
    if asked or cancelled:
        are_short = session_minutes is not None and session_minutes <= terms.short_session_minutes
        other = _preferred_format(asked) if asked else "other channel" if are_short else "shorter"
        minutes = terms.short_session_minutes if other == "shorter" and not are_short else None
        return _Decision("keep with another format", asked + cancelled, other, minutes)
    if said := answers.with_an_answer():
        wishes = _wishes(answers, "continue", "wants_to_continue")
        return _Decision("keep", wishes or [ProposalReason(code="nothing_against", because=said)])
    return _Decision("rotate", [ProposalReason(code="nothing_said")])


def _wishes(answers: _Answers, wish: str, code: ReasonCode) -> list[ProposalReason]:
    """Find the people whose latest wish is the given one."""
    latest = ((by, *answers.answer(by, "wish")) for by in _SIDES)
    return [ProposalReason(code=code, by=by, because=said) for by, is_, said in latest if is_ == wish]


def _dissatisfactions(answers: _Answers, terms: RotationTerms) -> list[ProposalReason]:
    latest = ((by, *answers.answer(by, "satisfaction")) for by in _SIDES)
    return [
        ProposalReason(code="poor_satisfaction", by=by, number=satisfaction, because=said)
        for by, satisfaction, said in latest
        if satisfaction is not None and satisfaction <= terms.poor_satisfaction
    ]


def _formats(answers: _Answers) -> list[ProposalReason]:
    """Find the people who ask for another format, and the format."""
    latest = ((by, *answers.answer(by, "format")) for by in _SIDES)
    return [
        ProposalReason(code="format_not_right", by=by, format=format_, because=said)
        for by, format_, said in latest
        if format_ in get_args(ProposedFormat)
    ]


def _preferred_format(asked: Sequence[ProposalReason]) -> ProposedFormat | None:
    """Return the format asked for last; on the same day that of the mentee, whose time is scarcer."""
    return max(asked, key=lambda reason: (reason.because[0].on, reason.by == "mentee")).format


def _cancellations(answers: _Answers, terms: RotationTerms) -> list[ProposalReason]:
    """Find the people by whose count too large a share of sessions was cancelled; 0 is never too large."""
    most = Fraction(repr(terms.many_cancelled))
    counts = ((by, *answers.sessions(by)) for by in _SIDES)
    return [
        ProposalReason(code="many_cancelled", by=by, number=cancelled, out_of=sessions, because=said)
        for by, cancelled, sessions, said in counts
        if cancelled and cancelled >= most * sessions
    ]
