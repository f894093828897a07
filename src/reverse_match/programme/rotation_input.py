"""Reads the meaning of earlier rounds for the next one: duos that may stay, waiting people, separations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.names import id_key, pair_key
from reverse_match.matching.results.rotation import FromRound
from reverse_match.people.participant import most_duos
from reverse_match.policy import Fix
from reverse_match.policy.added import people_of
from reverse_match.programme.beside_the_policy import Pair, RotationInput, remembered_duos
from reverse_match.programme.history import pairs_kept_apart

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.proposal import DuoDecision, Proposal
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.policy.conditions import PastDuo
    from reverse_match.policy.values import Role
    from reverse_match.programme.history import History

ROLES: tuple[Role, Role] = ("mentor", "mentee")


class RolesOfPeople:
    """The people who can be mentor and mentee now, by key of the id, in the spelling of the cohort."""

    def __init__(self, people: Cohort) -> None:
        self.of: dict[Role, dict[str, str]] = {
            "mentor": {id_key(one.id): one.id for one in people.mentors if most_duos(one, "mentor")},
            "mentee": {id_key(one.id): one.id for one in people.mentees if most_duos(one, "mentee")},
        }

    def has(self, mentor: str, mentee: str) -> bool:
        """Say whether two people can be a duo in these roles, by their capacities."""
        return id_key(mentor) in self.of["mentor"] and id_key(mentee) in self.of["mentee"]


def read_rotation_input(
    matching: Matching,
    ended: History,
    people: Cohort,
    base: Policy,
    proposals: Iterable[Proposal],
    day: date,
    *,
    reciprocal: bool,
    decided: tuple[DuoDecision, ...] = (),
) -> RotationInput:
    """Return the meaning of the earlier rounds for the next one.

    Parameters
    ----------
    matching : Matching
        The round that ends.
    ended : History
        The history up to and including that round.
    people : Cohort
        People of the next round, with roles swapped if ``reciprocal``.
    base : Policy
        Policy of the next round, as it was given.
    proposals : iterable of Proposal
        The proposal for each duo.
    day : date
        The day on which the next round begins.
    reciprocal : bool
        Whether everybody swaps roles.
    decided : tuple of DuoDecision
        What somebody has decided on duos of the round that ends.
    """
    roles, by_pair = RolesOfPeople(people), {pair_key(one): one for one in proposals}
    wanted = [(duo.mentor, duo.mentee) for duo in matching.duos]
    settled = {pair_key(one): one.decision for one in decided if one.decision != "talk first"}
    wanted = [pair for pair in wanted if by_pair[pair_key(pair)].may_stay and pair_key(pair) not in settled]
    staying = [pair[::-1] if reciprocal else pair for pair in wanted]
    fixed = tuple(pair for rule in base.rules if isinstance(rule, Fix) for pair in rule.pairs)
    together = set(map(people_of, fixed))
    apart, avoided, from_history = _separations(ended)
    parted = [(one.mentor, one.mentee) for one in decided if one.decision == "end"]
    known = set(map(people_of, apart))
    apart = tuple(sorted({*apart, *(pair for pair in parted if people_of(pair) not in known)}))
    waited: dict[tuple[Role, str], int] = {}
    for (before, key), rounds in _rounds_without_duo(matching, ended).items():
        role = ROLES[1 - ROLES.index(before)] if reciprocal else before
        if key in roles.of[role]:
            waited[role, roles.of[role][key]] = rounds
    return RotationInput(
        on=day,
        reciprocal=reciprocal,
        people=people,
        were_there=frozenset(map(id_key, ended.rounds[-1].people)),
        proposals=by_pair,
        past=all_past_duos(matching, ended),
        staying=tuple(sorted((one, other) for one, other in staying if roles.has(one, other))),
        kept_by_policy=fixed,
        waited=waited,
        forbidden=tuple(pair for pair in apart if people_of(pair) not in together),
        lifted=tuple(pair for pair in apart if people_of(pair) in together),
        avoided=avoided,
        from_history=from_history,
        decided=decided,
        fixed=_kept_by_decision(decided, fixed, reciprocal=reciprocal),
    )


def _kept_by_decision(
    decided: Iterable[DuoDecision], by_policy: Iterable[Pair], *, reciprocal: bool
) -> tuple[Pair, ...]:
    """Return the duos that are kept by decision, in their roles of the next round.

    A duo that the policy fixes is kept by the policy, in the roles that it has there.
    """
    fixed = set(map(pair_key, by_policy))
    kept = [(one.mentor, one.mentee) for one in decided if one.decision == "keep"]
    mine = [pair for pair in kept if pair_key(pair) not in fixed]
    turned = [pair[::-1] if reciprocal else pair for pair in mine]
    return tuple(sorted(pair for pair in turned if pair_key(pair) not in fixed))


def _separations(ended: History) -> tuple[tuple[Pair, ...], tuple[Pair, ...], tuple[FromRound, ...]]:
    """Return the forbidden pairs, the pairs that avoid each other, and those that only the history knows.

    The last entry of the history is the round that ends, and equals the matching. The other entries count
    where the matching does not reach back to them, or not to the changes by hand in them.
    """
    last, rounds = ended.rounds[-1], ended.rounds
    said, fled = set(map(people_of, last.forbidden)), {pair_key(pair) for pair in last.avoided}
    forbidden = {
        pair: number
        for pair, number in pairs_kept_apart(rounds, "forbidden").items()
        if people_of(pair) not in said
    }
    avoided = {
        pair: number
        for pair, number in pairs_kept_apart(rounds, "avoided").items()
        if pair_key(pair) not in fled
    }
    by_round = tuple(
        FromRound(
            round=number,
            forbidden=tuple(sorted(pair for pair in forbidden if forbidden[pair] == number)),
            avoided=tuple(sorted(pair for pair in avoided if avoided[pair] == number)),
        )
        for number in sorted({*forbidden.values(), *avoided.values()})
    )
    return tuple(sorted({*last.forbidden, *forbidden})), tuple(sorted({*last.avoided, *avoided})), by_round


def all_past_duos(matching: Matching, ended: History) -> tuple[PastDuo, ...]:
    """Return all duos that have ended: of the history, those that the matching remembers, and by hand."""
    last = ended.rounds[-1].until
    by_hand = [
        duo.model_copy(update={"until": min(duo.until or last, last)}) for duo in matching.ended_by_hand
    ]
    listed = [*remembered_duos(matching.added), *ended.past_duos, *by_hand]
    found = {(pair_key(duo), duo.until): duo for duo in listed}
    return tuple(sorted(found.values(), key=lambda duo: (duo.until or last, duo.mentor, duo.mentee)))


def _rounds_without_duo(matching: Matching, ended: History) -> dict[tuple[Role, str], int]:
    """Return the number of rounds in a row, up to the last one, without a duo, by role and key of the id.

    Rounds in which a person was not there, or sat out, do not end the row. Where the history begins later
    than the programme, or is missing, a further round remembers by itself who had waited before it.
    """
    seats: set[tuple[Role, str]] = {
        (left.role, id_key(left.id)) for past in ended.rounds for left in past.unmatched
    }
    waits = {(role, key): ended.rounds_without(key, role) for role, key in seats}
    remembered: dict[tuple[Role, str], int] = {
        ("mentor" if change.mentor is not None else "mentee", id_key(change.mentor or change.mentee or "")): (
            change.rounds_without or 0
        )
        for change in matching.changes
        if change.kind == "waiting"
    }
    for left in matching.unmatched:
        if left.reason != "sits_out":
            seat: tuple[Role, str] = (left.role, id_key(left.id))
            waits[seat] = max(waits[seat], 1 + remembered.get(seat, 0))
    return {seat: rounds for seat, rounds in waits.items() if rounds}
