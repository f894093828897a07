"""The request of an amendment, checked against people, policy and earlier requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from reverse_match.foundation.errors import CohortError, Fault, PolicyError
from reverse_match.foundation.fixed_point import millionths_of_points
from reverse_match.foundation.names import id_key, near_name
from reverse_match.matching.results.matching import policy_as_then
from reverse_match.matching.results.standing_requests import Pair, StandingRequests
from reverse_match.people import cells
from reverse_match.policy.added import people_of
from reverse_match.policy.values import Pair as WrittenPair
from reverse_match.programme.beside_the_policy import known_people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from reverse_match.matching.results.logged_change import LoggedChange
    from reverse_match.matching.results.matching import Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy
    from reverse_match.programme.changes.reading import AskedChanges

_PAIRS = TypeAdapter(tuple[WrittenPair, ...], config=ConfigDict(defer_build=True))
_SIDES = ("mentor", "mentee")


@dataclass(frozen=True)
class AmendmentRequest:
    """A checked request, with ids as the cohort spells them; it has the fields of an :class:`.Amendment`."""

    fixed: tuple[Pair, ...]
    forbidden: tuple[Pair, ...]
    lifted: tuple[Pair, ...]
    left: tuple[str, ...]
    joined: tuple[str, ...]
    avoided: tuple[Pair, ...]
    at_most_changes: int | None
    charge: float | None
    corrected: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    logged: tuple[LoggedChange, ...] = ()

    def with_changes_of(self, asked: AskedChanges) -> AmendmentRequest:
        """Return the request with what a table of changes says beside pairs and people who leave or join."""
        corrected = {change.person for change in asked.logged if change.kind == "corrected"}
        return replace(self, corrected=tuple(sorted(corrected)), waiting=asked.waiting, logged=asked.logged)

    def added_to(self, before: StandingRequests) -> StandingRequests:
        """Return the requests by hand that count after this one."""
        return before.after(StandingRequests(self.fixed, self.forbidden, avoided=self.avoided), self.lifted)


class RequestReader:
    """Reads the request of an amendment.

    Parameters
    ----------
    matching : Matching
        The matching to change.
    before, after : Cohort
        People of the matching, and people of the amended one.
    leaving : iterable of str
        Ids of the people who leave.
    """

    def __init__(self, matching: Matching, before: Cohort, after: Cohort, leaving: tuple[str, ...]) -> None:
        self._matching, self._before, self._after, self._leaving = matching, before, after, leaving
        self._away = {id_key(name): name for name in after.away}

    def read(
        self,
        fix: Iterable[Pair],
        forbid: Iterable[Pair],
        allow: Iterable[Pair],
        at_most_changes: int | None,
        charge: float | None,
        declined: Iterable[Pair] = (),
    ) -> AmendmentRequest:
        """Read the request in the arguments of :func:`.amend`, and beside it the duos that somebody declines.

        Raises
        ------
        PolicyError
            If it names an unknown person, contradicts itself, allows a pair that nobody has forbidden by
            hand, or limits changes wrongly.
        """
        request = AmendmentRequest(
            fixed=self._pairs(fix, "fix", may_be_away=False),
            forbidden=tuple(sorted({*self._pairs(forbid, "forbid", may_be_away=True), *declined})),
            lifted=(),
            left=tuple(sorted(_spelling(self._before, identity) for identity in self._leaving)),
            joined=self._newcomers(),
            avoided=self._old_avoidances(),
            at_most_changes=at_most_changes,
            charge=charge,
        )
        _refuse_limits(at_most_changes, charge)
        allowed = self._pairs(allow, "allow", may_be_away=True)
        return replace(request, lifted=self._pairs_to_lift(request, allowed))

    def _newcomers(self) -> tuple[str, ...]:
        stay = self._before.position.keys() - set(map(id_key, self._leaving))
        return tuple(sorted(one.id for one in self._after.participants if id_key(one.id) not in stay))

    def _old_avoidances(self) -> tuple[Pair, ...]:
        """Return the leaving people with those whom they avoid, unless their new records say it, too."""
        said: set[Pair] = set()
        for key in map(id_key, self._leaving):
            person = self._before.participants[self._before.position[key]]
            place = self._after.position.get(key)
            repeated = () if place is None else self._after.participants[place].avoids
            again = set(map(id_key, repeated))
            said |= {(person.id, other) for other in person.avoids if id_key(other) not in again}
        return tuple(sorted(said))

    def _pairs(self, given: Iterable[Pair], what: str, *, may_be_away: bool) -> tuple[Pair, ...]:
        """Return pairs of ids as the cohort spells them, sorted, each once.

        Parameters
        ----------
        given : iterable of pairs
            Pairs as they were asked for.
        what : str
            Name of the argument, for messages.
        may_be_away : bool
            Whether pairs may name people who are away, or leave in the same amendment; the request then
            counts when they are back.
        """
        away = self._away if may_be_away else {}
        try:
            pairs = _PAIRS.validate_python(tuple(given))
        except (TypeError, ValidationError):
            message = "right would be a list of pairs of ids such as [('lea', 'ada')], mentor first"
            raise PolicyError([Fault(message, column=what)]) from None
        faults = [
            Fault(wrong, column=f"{what}[{place}][{side}]")
            for place, pair in enumerate(pairs)
            for side, identity in enumerate(pair)
            if id_key(identity) not in away
            and (wrong := self._wrong_with(identity, side, ordered=what == "fix"))
        ]
        if faults:
            raise PolicyError(faults)
        ids = [[away.get(id_key(name)) or _spelling(self._after, name) for name in pair] for pair in pairs]
        return tuple(sorted({(one, other) for one, other in ids}))

    def _wrong_with(self, identity: str, side: int, *, ordered: bool) -> str | None:
        """Return what is wrong with one end of a pair; ``None`` if nothing is."""
        place = self._after.position.get(id_key(identity))
        if place is None:
            unknown = f"nobody in the cohort, as amended, has the id '{identity}'"
            if id_key(identity) in self._away:
                return f"{unknown}: they are away"
            near = near_name(identity, (person.id for person in self._after.participants))
            return f"{unknown}; did you mean '{near}'?" if near is not None else unknown
        person = self._after.participants[place]
        if ordered and not (person.teaches, person.learns)[side]:
            return f"'{person.id}' is no {_SIDES[side]}: role {person.role}; a duo names the mentor first"
        return None

    def _pairs_to_lift(self, request: AmendmentRequest, allowed: tuple[Pair, ...]) -> tuple[Pair, ...]:
        """Return the pairs to lift; refuse to allow a pair that nobody kept apart by hand."""
        before = StandingRequests.of(self._matching)
        known = replace(before, avoided=tuple(sorted({*before.avoided, *request.avoided})))
        lifted = known.pairs_lifted_by(request.fixed, allowed)
        free, banned = set(map(people_of, lifted)), set(map(people_of, request.forbidden))
        others = frozenset(map(people_of, self._matching.added.other_rounds))
        in_same_call = "are forbidden in the same call; give one of the two"
        faults = [
            Fault(_why_not_allowed(pair, self._after, others), column="allow")
            for pair in allowed
            if people_of(pair) not in free
        ]
        faults += [
            Fault(f"'{one}' and '{other}' {in_same_call}", column="allow")
            for one, other in allowed
            if people_of((one, other)) in banned
        ]
        if faults:
            raise PolicyError(faults)
        return lifted


def _why_not_allowed(pair: Pair, after: Cohort, others: Collection[frozenset[str]]) -> str:
    if people_of(pair) in others:
        return (
            f"'{pair[0]}' and '{pair[1]}' are a duo in another round of the plan, in which people meet once; "
            "right would be another plan"
        )
    there = [after.participants[after.position[key]] for key in people_of(pair) if key in after.position]
    says = sorted(person.id for person in there if people_of(pair) & set(map(id_key, person.avoids)))
    if says:
        return (
            f"the record of '{says[0]}' says that they avoid the other; right would be a corrected record "
            "(the change 'correct') together with this"
        )
    return (
        f"nobody has forbidden '{pair[0]}' and '{pair[1]}' to each other by hand; what the policy forbids, "
        "only another policy allows"
    )


def _spelling(cohort: Cohort, identity: str) -> str:
    return cohort.participants[cohort.position[id_key(identity)]].id


def _refuse_limits(most: int | None, charge: float | None) -> None:
    if most is not None and charge is not None:
        message = "goes with no at_most_changes; give a limit, or a charge for each change"
        raise PolicyError([Fault(message, column="charge")])
    if most is not None and not (_is_number(most, int) and most >= 0):
        raise PolicyError([Fault("right would be a whole number, 0 or more", column="at_most_changes")])
    if charge is None or (
        _is_number(charge, int | float) and 0 <= charge <= 1 and millionths_of_points(charge) is not None
    ):
        return
    message = "right would be points from 0 to 1, with at most six decimals"
    raise PolicyError([Fault(message, column="charge")])


def _is_number(value: object, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def read_day(on: date | str | None) -> date | None:
    """Read the day of an amendment or a rotation.

    Raises
    ------
    PolicyError
        If the day is not valid.
    """
    try:
        return cells.calendar_date(on)
    except cells.CellError as error:
        raise PolicyError([Fault(str(error), column="on")]) from None


def refuse_others(matching: Matching, cohort: Cohort, policy: Policy | None) -> None:
    """Raise an error if people, day or policy are not those of the matching."""
    if not cohort.has_digest(matching.digests.cohort):
        message = (
            "these are not the people that were matched: the digest of their records differs; "
            "right would be the people as they were then"
        )
        raise CohortError([Fault(message, cohort.source.name)])
    if matching.as_of and cohort.as_of and matching.as_of != cohort.as_of:
        message = f"read as of {cohort.as_of}, but the matching counts ages on {matching.as_of}; say that day"
        raise CohortError([Fault(message, cohort.source.name)])
    if policy is None or (policy := policy_as_then(policy, matching)) == matching.policy:
        return
    same_day = policy.as_of or matching.policy.as_of
    if policy.model_copy(update={"as_of": same_day}) != matching.policy:
        message = (
            "the matching followed another policy than the one given; right would be that one, or none: "
            "then the one stored in the matching counts"
        )
        raise PolicyError([Fault(message)])


def with_known_absentees(after: Cohort, matching: Matching) -> Cohort:
    """Return the cohort with the ids of all people who are away, since now or since earlier changes."""
    known = {**known_people(matching), **{id_key(name): name for name in after.away}}
    away = sorted(name for key, name in known.items() if key not in after.position)
    return after if tuple(away) == after.away else replace(after, away=tuple(away))
