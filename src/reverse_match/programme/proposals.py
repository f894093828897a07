"""What should become of each duo after a round, by what the two have said and the policy's thresholds.

Of each question the latest answer of each person counts; what somebody does not answer again stays as they
last said. The first line that holds decides:

1. one of the two wants to stop: **end**;
2. one wants a change, or is satisfied no more than ``poor_satisfaction``: **rotate**;
3. one asks for another format, or the share of sessions cancelled, by the count of one of them, is
   ``many_cancelled`` or more: **keep with another format**;
4. a question was answered: **keep**;
5. otherwise **rotate**, which is what a programme does after a round.

Who leaves, and who is unhappy, comes before what both could arrange: nobody is kept in a duo against their
will. Each person counts the sessions since their own last answer, so that the two counts are of the same
sessions and are never added up; an answer that leaves one of the two numbers out says nothing about shares.
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
    """Propose for each duo of a matching what should become of it.

    Parameters
    ----------
    matching : Matching
        The round that ends.
    feedback : Feedback
        What was said in it; ``feedback.between(...)`` leaves out what was said in earlier rounds.
    policy : Policy, optional
        Whose ``rotation`` holds the thresholds; the matching's own if not given.
    past : iterable of duos, or of pairs of ids, mentor first
        Duos of past rounds, about which there may be feedback, too.
    session_minutes : int, optional
        How long sessions are now: shorter ones are of ``rotation.short_session_minutes`` only where that is
        shorter, and where it is not, many cancelled sessions lead to another channel.

    Returns
    -------
    tuple of Proposal
        In the order of ``matching.duos``.

    Raises
    ------
    FeedbackError
        If something is said about two people who are no duo of the matching or of the past.

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
    Rotation ends it all the same: only duos in which both people ask to continue may continue.
    """
    feedback.refuse_strangers([*matching.duos, *past])
    terms = (matching.policy if policy is None else policy).rotation
    return tuple(
        _proposal(duo, _Answers(feedback, pair_key(duo)), terms, session_minutes) for duo in matching.duos
    )


class _Answers(DuoAnswers):
    """What the two of a duo have said, as reasons refer to it."""

    def answer(self, by: By, question: str) -> tuple[Any, tuple[Said, ...]]:
        """Return somebody's latest answer to a question, and where it stands; ``None`` and nowhere."""
        if (found := self.latest(by, question)) is None:
            return None, ()
        return getattr(found[1], question), (_reference(*found),)

    def sessions(self, by: By) -> tuple[int, int, tuple[Said, ...]]:
        """Return how many sessions were cancelled, of how many, by somebody's count, and where it stands."""
        all_held, all_cancelled, said = 0, 0, []
        for place, record in self.of(by):
            held, cancelled = record.sessions_held, record.sessions_cancelled
            if held is not None and cancelled is not None:
                all_held += held
                all_cancelled += cancelled
                said.append(_reference(place, record))
        return all_cancelled, all_held + all_cancelled, tuple(said)

    def with_an_answer(self) -> tuple[Said, ...]:
        """Return where any question was answered."""
        return tuple(_reference(place, record) for place, record in self.all if record.says_something)


def _reference(place: int, record: FeedbackRecord) -> Said:
    return Said(record=place, on=record.on, by=record.by)


class _Decision(NamedTuple):
    """What is proposed, and why."""

    proposal: Proposed
    reasons: Sequence[ProposalReason]
    format: ProposedFormat | None = None
    minutes: int | None = None


def _proposal(duo: Duo, answers: _Answers, terms: RotationTerms, session_minutes: int | None) -> Proposal:
    decision = _decision(answers, terms, session_minutes)
    both = len(_wishes(answers, "continue", "wants_to_continue")) == len(_SIDES)
    return Proposal(
        mentor=duo.mentor,
        mentee=duo.mentee,
        proposal=decision.proposal,
        format=decision.format,
        minutes=decision.minutes,
        both_want_to_keep=both,
        reasons=tuple(decision.reasons),
        may_stay=decision.proposal in KEEPING and both and terms.keep_wanted,
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
    """Find whose latest wish is this one."""
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
    """Find who asks for which other format."""
    latest = ((by, *answers.answer(by, "format")) for by in _SIDES)
    return [
        ProposalReason(code="format_not_right", by=by, format=format_, because=said)
        for by, format_, said in latest
        if format_ in get_args(ProposedFormat)
    ]


def _preferred_format(asked: Sequence[ProposalReason]) -> ProposedFormat | None:
    """Return the format asked for last; on one day the mentee's, whose time is the scarcer one."""
    return max(asked, key=lambda reason: (reason.because[0].on, reason.by == "mentee")).format


def _cancellations(answers: _Answers, terms: RotationTerms) -> list[ProposalReason]:
    """Find by whose count too large a share of the sessions was cancelled; none is never too many."""
    most = Fraction(repr(terms.many_cancelled))
    counts = ((by, *answers.sessions(by)) for by in _SIDES)
    return [
        ProposalReason(code="many_cancelled", by=by, number=cancelled, out_of=sessions, because=said)
        for by, cancelled, sessions, said in counts
        if cancelled and cancelled >= most * sessions
    ]
