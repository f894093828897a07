"""Forms the next round: an ordinary matching, under the policy with what the rounds before mean beside it.

The answers of duos decide who may stay; whoever had no duo counts more; everybody else meets somebody new
(:mod:`.rotation_policy`). So the certificate proves that no other next round on these terms is better.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reverse_match.constraints.allowed_pairs import forbidding_rules
from reverse_match.foundation.arguments import checked
from reverse_match.foundation.errors import CohortError, Fault, HistoryError, PolicyError, RotationError
from reverse_match.foundation.names import id_key
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.rotation import KINDS, Change, FromRound, Kind, Rotation
from reverse_match.people import cells
from reverse_match.policy import Fix
from reverse_match.policy.added import people_of, without_people
from reverse_match.policy.conditions import PastDuo
from reverse_match.programme.feedback.collection import Feedback
from reverse_match.programme.feedback.learning import apply_feedback
from reverse_match.programme.history import History
from reverse_match.programme.kept_apart import pairs_kept_apart
from reverse_match.programme.policy_changes import known_people
from reverse_match.programme.proposals import proposals
from reverse_match.programme.rotation_policy import (
    RotationInput,
    added_for_next_round,
    remembered_duos,
    without_rotation,
)
from reverse_match.solver.pairs.memory import DEFAULT_MEMORY
from reverse_match.verification.verify import refuse_tampered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from reverse_match.foundation.progress import Progress
    from reverse_match.matching.results.explanation import ScoredDuo
    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.matching.results.rotation import Learned
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.values import Role
    from reverse_match.programme.programme import Programme
    from reverse_match.programme.rotation_policy import Pair


_ROLES: tuple[Role, Role] = ("mentor", "mentee")


@checked
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

    A duo that both people want to keep may go on, and ending it costs the charge of ``policy.rotation``. All
    others change: two who have met do not meet again, unless the policy says after how many months. Duos of
    whoever had none in the rounds before count more, the longer they wait. What was forbidden by hand in
    earlier rounds, as the matching or the history says, stays forbidden, whoever is away, unless somebody
    allows it again or the policy fixes it;
    duos that were fixed by hand were so for their round, and what the other rounds of a plan rule out ends
    with the plan. What the policy says of people who were there once and are away counts again when they are
    back.

    Parameters
    ----------
    matching : Matching
        The round that ends; it stays as it is.
    cohort : Cohort
        The people as they are now: some may have left, others joined. Ages count on the day ``on``,
        whenever they were read.
    policy : Policy, optional
        For the next round; the one that was given for the round that ends if not given.
    on : date or str
        The day on which that round ends and the next one begins.
    programme : Programme, optional
        Says when rotation is due, and how many rounds there are.
    history : History, optional
        The rounds before the one that ends. Without it the matching itself remembers who has met in rounds
        that :func:`rotate` has formed, and whom somebody has forbidden to each other.
    feedback : Feedback, optional
        What the people of the duos have said. What counts was said up to the day ``on``, and, of a further
        round, after its first day: so a file that grows counts nothing twice.
    reciprocal : bool
        Whether everybody swaps roles: who taught learns, who learned teaches. Two who want to stay together
        stay with roles swapped; a duo that the policy fixes goes on as it is.
    early : bool
        Whether the round may end before rotation is due.
    threads, memory, time_limit, progress
        As for :func:`match`.

    Returns
    -------
    Matching
        Its ``changes`` say what has become of every duo, and who waits; its ``people`` are those that it was
        formed of: after what was learned, with roles swapped if asked.

    Raises
    ------
    RotationError
        If it is too early, the programme is over, or this matching does not follow the history.
    HistoryError
        If this matching stands in the history already, or the history is of other people.
    FeedbackError
        If feedback is of a duo that there was not.
    VerificationError
        If the matching is not as it was written: its log, its rotation, or what was added to the policy.
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
    The duo of 'adam.levy' (mentor) and 'fatima.benali' (mentee) ends: time to change; not both asked to keep
    it.
    """
    day = _day(on)
    refuse_tampered(matching)
    _refuse_without_who_is_away(matching, policy)
    before = history or History()
    number = _number_of(matching, before)
    _refuse_other_days(matching, before, number, day, programme, early=early)
    ended = before.with_round(matching, until=day, began=_beginning(matching, number, programme))
    _refuse_other_people(ended, cohort)
    base = without_rotation(policy or matching.policy)
    everything = feedback or Feedback.from_records([])
    everything.refuse_strangers([*matching.duos, *_all_past_duos(matching, ended)])
    said = feedback_in_round(everything, matching, day)
    learned = apply_feedback(_as_of(cohort, day), said, base)
    people = learned.cohort.with_roles_swapped() if reciprocal else learned.cohort
    proposal_by_pair = {
        _key(one.mentor, one.mentee): one for one in _proposals(matching, said, base, programme)
    }
    rotation_input = _rotation_input(
        matching, people, base, ended, proposal_by_pair, day, reciprocal=reciprocal
    )
    added = added_for_next_round(base, rotation_input, _absentees(matching, ended, cohort))
    options: dict[str, Any] = {"threads": threads, "memory": memory, "time_limit": time_limit}
    found = match_in_force(people, base, added, progress=progress, **options)
    there = frozenset(map(id_key, ended.rounds[-1].people))
    report = _ChangeReport(
        matching, found, people, rotation_input, proposal_by_pair, there, reciprocal=reciprocal
    )
    rotation = Rotation(
        round=number + 1,
        on=day,
        reciprocal=reciprocal,
        previous=ended.rounds[-1].matching,
        changes=report.changes(),
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
    """Return a history with the round that ends; what :func:`rotate` forms follows it."""
    began = _beginning(matching, _number_of(matching, history), programme)
    return history.with_round(matching, until=on, began=began)


def _day(on: date | str) -> date:
    try:
        day = cells.calendar_date(on)
    except cells.CellError as error:
        raise PolicyError([Fault(str(error), column="on")]) from None
    if day is None:
        raise PolicyError([Fault("missing; right would be the day on which the round begins", column="on")])
    return day


def _as_of(cohort: Cohort, day: date) -> Cohort:
    """Return people read as of another day as of this one: else nobody could go from round to round."""
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
    """Raise an error for the policy in force, if what was given says more: of people who are away.

    That of a round of a plan says less, and more: what the other rounds rule out, which ends with the plan.
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
        If the round has ended before: it stands in the history.
    RotationError
        If the matching was made of another round than the last of the history.
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
    """Raise an error if rotation is not due yet, and was not asked for early."""
    days = (due - day).days
    if days > 0 and not early:
        wait = f"{days} day{'s' * (days != 1)} after {day}"
        message = f"rotation is due on {due}, {wait}; to rotate now, say early (--early)"
        raise RotationError([Fault(message, column="on")])


def _absentees(matching: Matching, ended: History, cohort: Cohort) -> list[str]:
    """Return who was there in a round that is known of, and is not in the cohort any more."""
    there = {name for past in ended.rounds for name in past.people}
    there |= {name for past in ended.rounds for pair in (*past.forbidden, *past.avoided) for name in pair}
    there |= {name for duo in _all_past_duos(matching, ended) for name in (duo.mentor, duo.mentee)}
    there |= {*known_people(matching).values(), *cohort.away}
    by_key = {id_key(name): name for name in sorted(there)}
    return sorted(name for key, name in by_key.items() if key not in cohort.position)


def feedback_in_round(feedback: Feedback, matching: Matching, until: date | None = None) -> Feedback:
    """Return what was said in a round up to a day: on its first day people still speak of the one before."""
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
    """Say of what was learned where it stands among all records, of which some in a row count."""
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


def _key(mentor: str, mentee: str) -> Pair:
    return id_key(mentor), id_key(mentee)


def _rotation_input(
    matching: Matching,
    people: Cohort,
    base: Policy,
    ended: History,
    proposal_by_pair: Mapping[Pair, Proposal],
    day: date,
    *,
    reciprocal: bool,
) -> RotationInput:
    roles = _RolesOfPeople(people)
    wanted = [
        (duo.mentor, duo.mentee)
        for duo in matching.duos
        if proposal_by_pair[_key(duo.mentor, duo.mentee)].may_stay
    ]
    staying = [pair[::-1] if reciprocal else pair for pair in wanted]
    together = set(map(people_of, _fixed_pairs(base)))
    apart, avoided, from_history = _separations(ended)
    return RotationInput(
        on=day,
        past=_all_past_duos(matching, ended),
        staying=tuple(sorted((one, other) for one, other in staying if roles.has(one, other))),
        kept_by_policy=_fixed_pairs(base),
        waiting=_waiting_by_role(matching, ended, roles, reciprocal=reciprocal),
        forbidden=tuple(pair for pair in apart if people_of(pair) not in together),
        lifted=tuple(pair for pair in apart if people_of(pair) in together),
        avoided=avoided,
        from_history=from_history,
    )


def _separations(ended: History) -> tuple[tuple[Pair, ...], tuple[Pair, ...], tuple[FromRound, ...]]:
    """Return who is forbidden to each other, who avoids whom, and which of that only the history knows.

    Its last entry is that of the round that ends, and holds what the matching does. What the others hold
    counts, too, where the matching does not go back to them, or not to what was changed by hand in them.
    """
    last, rounds = ended.rounds[-1], ended.rounds
    said, fled = set(map(people_of, last.forbidden)), {_key(*pair) for pair in last.avoided}
    forbidden = {
        pair: number
        for pair, number in pairs_kept_apart(rounds, "forbidden").items()
        if people_of(pair) not in said
    }
    avoided = {
        pair: number
        for pair, number in pairs_kept_apart(rounds, "avoided").items()
        if _key(*pair) not in fled
    }
    told = tuple(
        FromRound(
            round=number,
            forbidden=tuple(sorted(pair for pair in forbidden if forbidden[pair] == number)),
            avoided=tuple(sorted(pair for pair in avoided if avoided[pair] == number)),
        )
        for number in sorted({*forbidden.values(), *avoided.values()})
    )
    return tuple(sorted({*last.forbidden, *forbidden})), tuple(sorted({*last.avoided, *avoided})), told


def _fixed_pairs(policy: Policy) -> tuple[Pair, ...]:
    return tuple(pair for rule in policy.rules if isinstance(rule, Fix) for pair in rule.pairs)


class _RolesOfPeople:
    """Who can be mentor and who can be mentee now, by key of the id; as the cohort spells it."""

    def __init__(self, people: Cohort) -> None:
        self.of: dict[Role, dict[str, str]] = {
            "mentor": {id_key(person.id): person.id for person in people.mentors if person.capacity},
            "mentee": {id_key(person.id): person.id for person in people.mentees if person.capacity},
        }

    def has(self, mentor: str, mentee: str) -> bool:
        return id_key(mentor) in self.of["mentor"] and id_key(mentee) in self.of["mentee"]


def _all_past_duos(matching: Matching, ended: History) -> tuple[PastDuo, ...]:
    """Return all duos that have ended: of the history, those that the matching remembers, and in its log."""
    last = ended.rounds[-1].until
    by_hand = [
        PastDuo(mentor=duo.mentor, mentee=duo.mentee, until=min(change.on or last, last))
        for change in matching.log
        for duo in change.ended
    ]
    listed = [*remembered_duos(matching.added), *ended.past_duos, *by_hand]
    found = {(_key(duo.mentor, duo.mentee), duo.until): duo for duo in listed}
    return tuple(sorted(found.values(), key=lambda duo: (duo.until or last, duo.mentor, duo.mentee)))


def _waiting_by_role(
    matching: Matching, ended: History, roles: _RolesOfPeople, *, reciprocal: bool
) -> dict[Role, dict[int, tuple[str, ...]]]:
    """Return who had no duo for how many rounds in a row, by the role they have now."""
    waiting: dict[Role, dict[int, list[str]]] = {role: defaultdict(list) for role in _ROLES}
    for (role, key), rounds in rounds_without_duo(matching, ended).items():
        now = _other(role) if reciprocal else role
        if key in roles.of[now]:
            waiting[now][rounds].append(roles.of[now][key])
    return {
        role: {rounds: tuple(sorted(ids)) for rounds, ids in by_rounds.items()}
        for role, by_rounds in waiting.items()
    }


def _other(role: Role) -> Role:
    return "mentee" if role == "mentor" else "mentor"


def rounds_without_duo(matching: Matching, ended: History) -> dict[tuple[Role, str], int]:
    """Return for how many rounds in a row, up to the last one, people had no duo in a role; by key of the id.

    Rounds in which somebody was not there, or sat out, do not end the row. Where the history begins later
    than the programme, or there is none, a further round remembers itself who waited before it.
    """
    seats: set[tuple[Role, str]] = {
        (left.role, id_key(left.id)) for past in ended.rounds for left in past.unmatched
    }
    waits = {(role, key): ended.rounds_without(key, role) for role, key in seats}
    remembered = {
        _seat_of(change): change.rounds_without or 0 for change in _changes_of_kind(matching, "waiting")
    }
    for left in matching.unmatched:
        if left.reason != "sits_out":
            seat: tuple[Role, str] = (left.role, id_key(left.id))
            waits[seat] = max(waits[seat], 1 + remembered.get(seat, 0))
    return {seat: rounds for seat, rounds in waits.items() if rounds}


def _changes_of_kind(matching: Matching, kind: Kind) -> Iterable[Change]:
    return (change for change in matching.changes if change.kind == kind)


def _seat_of(change: Change) -> tuple[Role, str]:
    role: Role = "mentor" if change.mentor is not None else "mentee"
    return role, id_key(str(getattr(change, role)))


@dataclass(frozen=True)
class _ChangeReport:
    """Reports what has become of duos and people between two rounds."""

    before: Matching
    after: Matching
    people: Cohort
    rotation_input: RotationInput
    proposal_by_pair: Mapping[Pair, Proposal]
    were_there: frozenset[str]
    reciprocal: bool

    @cached_property
    def _roles(self) -> _RolesOfPeople:
        return _RolesOfPeople(self.people)

    @cached_property
    def _wanted_pairs(self) -> set[Pair]:
        return {_key(*pair) for pair in self.rotation_input.staying}

    @cached_property
    def _rounds_waited(self) -> dict[tuple[Role, str], int]:
        """Return for how many rounds in a row people had no duo, by the role they have now."""
        return {
            (role, id_key(name)): rounds
            for role, by_rounds in self.rotation_input.waiting.items()
            for rounds, ids in by_rounds.items()
            for name in ids
        }

    def changes(self) -> tuple[Change, ...]:
        """Return all changes in their order."""
        listed = [*self._changes_of_old_duos(), *self._new_changes(), *self._waiting_changes()]
        return tuple(
            sorted(
                listed,
                key=lambda change: (KINDS.index(change.kind), change.mentor or "", change.mentee or ""),
            )
        )

    def _swap_roles(self, duo: Duo | ScoredDuo) -> Pair:
        """Return the two of an earlier duo as they would be one now, or of one now as they were."""
        pair = _key(duo.mentor, duo.mentee)
        return pair[::-1] if self.reciprocal else pair

    @cached_property
    def _current_duos(self) -> dict[Pair, Duo]:
        return {_key(duo.mentor, duo.mentee): duo for duo in self.after.duos}

    @cached_property
    def _earlier_pairs(self) -> set[Pair]:
        """Return the duos of the round before, in the roles that they had."""
        return {_key(duo.mentor, duo.mentee) for duo in self.before.duos}

    def _continues(self, duo: Duo) -> bool:
        """Say whether a duo of the round before goes on.

        What the policy fixes stays as it is, also where everybody else swaps roles. Of two people who were a
        duo both ways, nothing is said to have ended that is there: what is left is the duo that both wanted
        to keep, with roles swapped, or the one that the policy fixes.
        """
        pair, turned = _key(duo.mentor, duo.mentee), self._swap_roles(duo)
        if turned in self._current_duos and (
            turned in self._wanted_pairs or not self._is_fixed_again(turned)
        ):
            return True
        return self._is_fixed_again(pair) or (pair in self._current_duos and turned not in self._wanted_pairs)

    def _is_fixed_again(self, pair: Pair) -> bool:
        """Say whether a pair was a duo, and the policy fixes it."""
        return pair in self._earlier_pairs and pair in self._current_duos and self._current_duos[pair].fixed

    def _continues_earlier(self, pair: Pair) -> bool:
        """Say whether a duo of this round was one in the round before."""
        turned = pair[::-1] if self.reciprocal else pair
        return turned in self._earlier_pairs or self._is_fixed_again(pair)

    def _changes_of_old_duos(self) -> Iterable[Change]:
        wanted = [pair for pair in self.rotation_input.staying if _key(*pair) not in self._current_duos]
        forbidding = forbidding_rules(self.people, self.after.policy_in_force, wanted, self.after.as_of)
        against = {_key(*pair): rules for pair, rules in zip(wanted, forbidding, strict=True)}
        yield from (
            self._kept_change(duo)
            for pair, duo in self._current_duos.items()
            if self._continues_earlier(pair)
        )
        for duo in self.before.duos:
            if not self._continues(duo):
                yield Change(
                    kind="ended",
                    mentor=duo.mentor,
                    mentee=duo.mentee,
                    score=duo.score,
                    **self._reason_of_end(duo, self._swap_roles(duo), against),
                )
        yield from self._changes_by_hand({pair for pair, duo in self._current_duos.items() if not duo.fixed})

    def _changes_by_hand(self, back: set[Pair]) -> Iterable[Change]:
        """Yield the duos that somebody ended in the round, and that did not come back in it, or now.

        One that comes back because the policy fixes it has ended, and is new.
        """
        ended = {
            _key(duo.mentor, duo.mentee): duo for amendment in self.before.log for duo in amendment.ended
        }
        for key, duo in ended.items():
            if key not in self._earlier_pairs and self._swap_roles(duo) not in back:
                told = {"mentor": duo.mentor, "mentee": duo.mentee, "score": duo.score, "reason": "by_hand"}
                yield Change.model_validate({"kind": "ended", **told})

    def _kept_change(self, duo: Duo) -> Change:
        wanted = _key(duo.mentor, duo.mentee) in self._wanted_pairs
        proposal = self.proposal_by_pair[self._swap_roles(duo)] if wanted else None
        return Change(
            kind="kept",
            mentor=duo.mentor,
            mentee=duo.mentee,
            score=duo.score,
            reason="both_want_to_keep" if wanted else "fixed",
            format=proposal.format if proposal is not None else None,
            minutes=proposal.minutes if proposal is not None else None,
        )

    def _reason_of_end(self, duo: Duo, pair: Pair, against: Mapping[Pair, tuple[str, ...]]) -> dict[str, Any]:
        gone = sorted(name for name in (duo.mentor, duo.mentee) if id_key(name) not in self.people.position)
        if gone:
            return {"reason": "person_left", "who": gone}
        roles = self._roles.of
        names = {id_key(name): name for name in (duo.mentor, duo.mentee)}
        without = [names[key] for role, key in zip(_ROLES, pair, strict=True) if key not in roles[role]]
        if without:
            return {"reason": "no_place", "who": sorted(without)}
        if pair in against:
            rules = against[pair]
            return {"reason": "ruled_out", "rules": rules} if rules else {"reason": "better_otherwise"}
        asked = self.proposal_by_pair[_key(duo.mentor, duo.mentee)].proposal == "end"
        return {"reason": "asked_to_end" if asked else "rotates"}

    def _new_changes(self) -> Iterable[Change]:
        for pair, duo in self._current_duos.items():
            if self._continues_earlier(pair):
                continue
            ends: list[tuple[Role, str]] = [("mentor", duo.mentor), ("mentee", duo.mentee)]
            waits = {name: self._rounds_waited.get((role, id_key(name)), 0) for role, name in ends}
            longest = max(waits.values())
            who = sorted(name for name, rounds in waits.items() if rounds == longest)
            joined = sorted(name for _, name in ends if id_key(name) not in self.were_there)
            told: dict[str, Any] = {"reason": "rotates"}
            if duo.fixed:
                told = {"reason": "fixed"}
            elif longest:
                told = {"reason": "left_out_before", "who": who, "rounds_without": longest}
            elif joined:
                told = {"reason": "joined", "who": joined}
            yield Change(kind="new", mentor=duo.mentor, mentee=duo.mentee, score=duo.score, **told)

    def _waiting_changes(self) -> Iterable[Change]:
        for left in self.after.unmatched:
            if left.reason != "sits_out":
                yield Change.model_validate(
                    {
                        "kind": "waiting",
                        left.role: left.id,
                        "reason": left.reason,
                        "rounds_without": self._rounds_waited.get((left.role, id_key(left.id)), 0),
                    }
                )
