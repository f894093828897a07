"""Proposes the future of each duo, and says beforehand what the rules of the programme will make of it.

The people, the policy and its additions of the next round are made as a rotation makes them. Whatever ends or
keeps a duo by a rule alone is so told exactly: a rotation from the same input does it. What only the round as
a whole decides, the charge and the quotas, is told as open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, PolicyError
from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.results.proposal import Outlook
from reverse_match.people.participant import most_duos
from reverse_match.programme.amendment_request import read_day
from reverse_match.programme.history import History
from reverse_match.programme.next_round import RotationRequest, next_round
from reverse_match.programme.reasons_of_ends import EndReasons
from reverse_match.programme.rotate import number_of
from reverse_match.programme.rotation_input import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.matching.results.proposal import Decision, Proposal
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.beside_the_policy import Pair
    from reverse_match.programme.decisions import Decisions
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.next_round import NextRound
    from reverse_match.programme.programme import Programme


@check_arguments
def review(
    matching: Matching,
    cohort: Cohort,
    policy: Policy | None = None,
    *,
    feedback: Feedback | None = None,
    on: date | str | None = None,
    programme: Programme | None = None,
    history: History | None = None,
    decisions: Decisions | None = None,
    reciprocal: bool = False,
    tables: Mapping[str, Any] | None = None,
) -> tuple[Proposal, ...]:
    """Propose the future of each duo, and say what :func:`rotate` will make of it.

    Each proposal is that of :func:`proposals`. Its ``outlook`` is what the rules of the programme will make
    of the duo, from the same people, policy, history, answers and decisions: who has left or has no place,
    which rule forbids the duo, whether both asked to continue, and what somebody has decided.

    Parameters
    ----------
    matching : Matching
        The round that ends.
    cohort : Cohort
        The people as they are now.
    policy : Policy, optional
        Policy of the next round; that of the matching if not given.
    feedback : Feedback, optional
        The answers about the duos; those of this round up to the day ``on`` count.
    on : date or str, optional
        The day on which the next round would begin; that of the last answer if not given.
    programme : Programme, optional
        Programme that says how long sessions are. After its last round no rotation follows, so proposals have
        no outlook.
    history : History, optional
        The rounds before the one that ends.
    decisions : Decisions, optional
        What somebody has decided on duos.
    reciprocal : bool
        Whether everybody will swap roles.
    tables : mapping, optional
        As for :func:`match`.

    Returns
    -------
    tuple of Proposal
        In the order of ``matching.duos``.

    Raises
    ------
    PolicyError
        If there is neither a day nor an answer, or as for :func:`match`.
    DecisionError
        If a decision is on two people who are no duo of the matching.
    CohortError, FeedbackError, HistoryError, RotationError
        As for :func:`rotate`.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.Cohort.from_records([
    ...     {"id": "lea", "role": "mentor", "offers": "Python"},
    ...     {"id": "ada", "role": "mentee", "seeks": "Python"},
    ... ])
    >>> said = [
    ...     {"mentor": "lea", "mentee": "ada", "on": "2026-12-01", "by": by, "wish": "continue"}
    ...     for by in ("mentor", "mentee")
    ... ]
    >>> feedback = rm.Feedback.from_records(said)
    >>> rm.review(rm.match(cohort), cohort, feedback=feedback)[0].outlook.outcome
    'may continue'
    >>> feedback = rm.Feedback.from_records(said[:1])
    >>> rm.review(rm.match(cohort), cohort, feedback=feedback)[0].outlook.who
    ('ada',)
    """
    day = read_day(on) or _day_after(matching, feedback)
    request = RotationRequest(
        matching, cohort, policy, day, programme, history, feedback, decisions, reciprocal, tables
    )
    number = number_of(matching, history or History())
    found = next_round(request, number)
    decided = {} if request.decided is None else request.decided.by_duo
    is_last = programme is not None and number >= programme.rounds
    rules = None if is_last else _RulesOfNextRound.of(found)
    proposed = []
    for duo in matching.duos:
        one = decided.get(pair_key(duo))
        update: dict[str, Any] = {} if one is None else {"decision": one.decision}
        if rules is not None:
            update["outlook"] = rules.outlook(duo, update.get("decision"))
        proposed.append(found.inputs.proposals[pair_key(duo)].model_copy(update=update))
    return tuple(proposed)


def _day_after(matching: Matching, feedback: Feedback | None) -> date:
    """Return the day of the last answer, or the second day of the round where it is earlier."""
    began = None if matching.rotation is None else matching.rotation.on + timedelta(days=1)
    days = [began] if began is not None else []
    days += [feedback.records[-1].on] if feedback is not None and feedback.records else []
    if not days:
        raise PolicyError([Fault("missing; right would be the day on which the round begins", column="on")])
    return max(days)


@dataclass(frozen=True)
class _RulesOfNextRound:
    """What rules make of the duos of a round in the next one."""

    found: NextRound
    against: Mapping[Pair, tuple[str, ...]]

    @classmethod
    def of(cls, found: NextRound) -> _RulesOfNextRound:
        """Ask the rules about all duos that may stay, or are to stay by decision."""
        from reverse_match.constraints.allowed_pairs import forbidding_rules

        inputs = found.inputs
        roles = EndReasons(inputs).roles
        asked = sorted({pair for pair in (*inputs.staying, *inputs.fixed) if roles.has(*pair)})
        forbidding = forbidding_rules(inputs.people, found.policy_in_force, asked, inputs.on)
        return cls(found, {pair_key(pair): one for pair, one in zip(asked, forbidding, strict=True)})

    @cached_property
    def _reasons(self) -> EndReasons:
        return EndReasons(self.found.inputs)

    @cached_property
    def _by_policy(self) -> set[Pair]:
        return {pair_key(pair) for pair in self.found.inputs.kept_by_policy}

    @cached_property
    def _short_of_places(self) -> dict[str, set[str]]:
        """Keys of the people who have more duos that may continue than places, by role."""
        inputs = self.found.inputs
        short: dict[str, set[str]] = {}
        may = {*(pair for pair, rules in self.against.items() if not rules), *self._fixed_again}
        for side, role in enumerate(ROLES):
            duos = Counter(pair[side] for pair in may)
            people = inputs.people.participants
            short[role] = {
                key
                for key, number in duos.items()
                if key in inputs.people.position
                and number > most_duos(people[inputs.people.position[key]], role)
            }
        return short

    @cached_property
    def _fixed_again(self) -> set[Pair]:
        return {pair for pair in self._by_policy if self._reasons.roles.has(*pair)}

    def outlook(self, duo: Duo, decision: Decision | None) -> Outlook:
        """Return what becomes of a duo, as far as rules say it."""
        pair, reason = self._reasons.turned(duo), self._reasons.of(duo)
        if decision in ("change", "end") and {pair, pair[::-1]} & self._by_policy:
            return Outlook(outcome="continues", reason="fixed")
        if reason is not None and reason["reason"] in ("person_left", "no_place"):
            return Outlook(outcome="ends", **reason)
        if {pair_key(duo), pair} & self._by_policy:
            return Outlook(outcome="continues", reason="fixed")
        if rules := self.against.get(pair, ()):
            return Outlook(outcome="ends", reason="ruled_out", rules=rules)
        if decision == "keep":
            return Outlook(outcome="continues", reason="decided")
        if reason is not None:
            return _outlook_of_answers(reason)
        short = sorted(
            name
            for name in (duo.mentor, duo.mentee)
            for role, key in zip(ROLES, pair, strict=True)
            if key == id_key(name) and key in self._short_of_places[role]
        )
        why = "more_than_places" if short else "both_want_to_keep"
        return Outlook.model_validate({"outcome": "may continue", "reason": why, "who": short})


def _outlook_of_answers(reason: Mapping[str, Any]) -> Outlook:
    """Return the outlook of a duo that ends by what was said or decided about it."""
    if reason["reason"] == "rotates":
        return Outlook(outcome="ends", reason="not_both_asked", who=reason["who"])
    if reason["reason"] in ("decided", "policy_ends_all"):
        return Outlook(outcome="ends", reason=reason["reason"])
    return Outlook(outcome="ends", reason="as_proposed")
