r"""Who comes first where people join later: whoever was there before and still has no duo.

Let S be the people of one role who were there before somebody joined and have no duo that stays. Of all
matchings that keep the quotas and have as many duos as possible, one is formed in which the most people of S
have a duo: a match under which every duo without one of S counts as lacking, and in which each of S has one
place. Let k be their number. A quota then demands k duos of people in S, and the amended matching is the best
under it, with the proof of any matching with quotas.

Whoever has several places might have two of these k duos. The number of people of S who have a duo is the
least of \|U\| and the duos of S without U, over all U within S. So "at least k people" says of every U that
the others have at least k - \|U\| duos, which again is a quota. Where it does not hold, the people with two
duos or more are a U that shows it; the quota of this U is added, until k people have a duo. Each of these
quotas follows from what is demanded, so the last matching is the best of those in which k people have one.

Without further quotas no duo is lost by that: the sets of mentees that can have duos
together are the independent sets of a transversal matroid (J. Edmonds and D. R. Fulkerson, "Transversals and
matroid partition", 1965), so every such set is part of a largest one.

Where people have joined at several amendments, this is done for each of these, the earliest first. It is
done only where somebody of S would otherwise have no duo, and somebody who joined later would have one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import InfeasibleError
from reverse_match.foundation.names import id_key
from reverse_match.matching.match import match_in_force
from reverse_match.matching.results.logged_change import Precedence, names_of_precedence
from reverse_match.people.participant import least_duos, most_duos
from reverse_match.policy import CountQuota
from reverse_match.policy.conditions import Require

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.run_options import RunOptions
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import OneRole, Participant
    from reverse_match.policy import Policy
    from reverse_match.policy.added import Added

    Pair = tuple[str, str]

ROLES: tuple[OneRole, OneRole] = ("mentor", "mentee")


def arrivals(log: Iterable[Amendment], joining: Iterable[str]) -> dict[str, int]:
    """Return for each person who joined in this round the number of that amendment, by key of the id.

    Whoever comes back, or has a new record, was there before and has no number.

    Parameters
    ----------
    log : iterable of Amendment
        Earlier amendments of the round.
    joining : iterable of str
        Ids of those who join now and were never there before.
    """
    arrived: dict[str, int] = {}
    gone: set[str] = set()
    number = 0
    for number, amendment in enumerate(log, start=1):
        back = {id_key(change.person) for change in amendment.logged if change.kind == "returned"}
        left = set(map(id_key, amendment.left))
        gone |= left
        for key in map(id_key, amendment.joined):
            if key not in gone | back:
                arrived.setdefault(key, number)
    for key in map(id_key, joining):
        if key not in gone:
            arrived.setdefault(key, number + 1)
    return arrived


@dataclass(frozen=True)
class PrecedenceTerms:
    """What decides who comes first.

    Attributes
    ----------
    people : Cohort
        People of the amended matching.
    policy : Policy
        The policy as it was given.
    staying : tuple of pairs
        Duos that need not end.
    arrived : mapping of str to int
        Number of the amendment at which somebody joined, by key; 0 for whoever is not in it.
    without_partner : collection of str
        Ids of people who are to have no duo.
    """

    people: Cohort
    policy: Policy
    staying: tuple[Pair, ...]
    arrived: dict[str, int]
    without_partner: Collection[str]

    def arrival(self, name: str) -> int:
        """Return after how many amendments somebody was there."""
        return self.arrived.get(id_key(name), 0)

    def seekers(self, role: OneRole) -> list[Participant]:
        """Return the people who have places in a role, and no duo in it that stays."""
        side = ROLES.index(role)
        placed = {id_key(pair[side]) for pair in self.staying} | set(map(id_key, self.without_partner))
        those = self.people.mentors if role == "mentor" else self.people.mentees
        return [one for one in those if most_duos(one, role) and id_key(one.id) not in placed]


class PrecedenceSearch:
    """Forms matchings until nobody who joined later has a duo in the place of somebody who was there before.

    Parameters
    ----------
    terms : PrecedenceTerms
        What decides who comes first.
    form : callable
        Forms the matching under additions to the policy.
    options : RunOptions
        Options of the matches that find out how many can have a duo.
    """

    def __init__(
        self, terms: PrecedenceTerms, form: Callable[[Added], Matching], options: RunOptions
    ) -> None:
        self._terms, self._form, self._options = terms, form, options
        self._seekers = {role: terms.seekers(role) for role in ROLES}
        self._done: list[Precedence] = []

    def search(self, found: Matching, added: Added) -> tuple[Matching, tuple[Precedence, ...]]:
        """Return the matching, and who came first in it; the given matching if it is fair as it is."""
        plain = added
        asked: tuple[Precedence, ...] = ()
        while (place := self._passed_over(found)) is not None:
            role, joined_by = place
            people = [one for one in self._seekers[role] if self._terms.arrival(one.id) <= joined_by]
            served = self._most_served(people, role, added)
            demanded = Precedence(
                role=role,
                joined_by=joined_by,
                people=tuple(sorted(one.id for one in people)),
                at_least=served,
            )
            self._done.append(demanded)
            if served <= _served(found, people, role):
                continue
            while True:
                asked = self._demanded  # what is found to hold after this is not asked of the matching
                added = with_precedence(plain, asked)
                found = self._form(added)
                further = [cut for one in asked for cut in self._missing(found, one)]
                if not further:
                    break
                self._done += further
        return found, asked

    def _missing(self, found: Matching, demanded: Precedence) -> list[Precedence]:
        """Return the quotas that are missing where fewer people have a duo than duos were demanded."""
        if demanded.beside:
            return []
        side, those = ROLES.index(demanded.role), set(map(id_key, demanded.people))
        loads = Counter(id_key((duo.mentor, duo.mentee)[side]) for duo in found.duos)
        if len(those & loads.keys()) >= demanded.at_least:
            return []
        if demanded.at_least == len(demanded.people):  # everybody can have one: whoever has none is to
            left_out = [name for name in demanded.people if not loads[id_key(name)]]
            return [
                _among(demanded, [other for other in demanded.people if other != one]) for one in left_out
            ]
        return [_among(demanded, [name for name in demanded.people if loads[id_key(name)] > 1])]

    @property
    def _demanded(self) -> tuple[Precedence, ...]:
        ordered = sorted(self._done, key=lambda one: (one.role, one.joined_by, bool(one.beside)))
        return tuple(one for one in ordered if one.at_least)

    def _passed_over(self, found: Matching) -> tuple[OneRole, int] | None:
        """Return a role and an arrival: somebody of then has no duo, and somebody later has a new one."""
        known = {(one.role, one.joined_by) for one in self._done}
        stays = set(self._terms.staying)
        new = [(duo.mentor, duo.mentee) for duo in found.duos if (duo.mentor, duo.mentee) not in stays]
        for side, role in enumerate(ROLES):
            latest = max((self._terms.arrival(pair[side]) for pair in new), default=0)
            placed = {id_key((duo.mentor, duo.mentee)[side]) for duo in found.duos}
            waiting = {
                self._terms.arrival(one.id) for one in self._seekers[role] if id_key(one.id) not in placed
            }
            for arrival in sorted(waiting):
                if arrival < latest and (role, arrival) not in known:
                    return role, arrival
        return None

    def _most_served(self, people: Sequence[Participant], role: OneRole, added: Added) -> int:
        """Return how many of some people can have a duo, in a matching with as many duos as possible."""
        named = tuple(one.id for one in people)
        asked: Any = Require(of=role, field="id", equals=named)
        update = {"as_far_as_possible": asked, "objective": "coverage", "spread": None}
        policy = self._terms.policy.model_copy(update=update)
        counted = {(id_key(one.id), role) for one in people}
        counted |= {(id_key(name), one.role) for one in self._done for name in one.people}
        cohort = self._terms.people
        cohort = replace(
            cohort, participants=tuple(_counted_once(one, counted) for one in cohort.participants)
        )
        try:
            trial = match_in_force(cohort, policy, added, self._options)
        except InfeasibleError:  # with fewer places no matching keeps the quotas: then nobody comes first
            return 0
        return _served(trial, people, role)


def _among(demanded: Precedence, beside: Sequence[str]) -> Precedence:
    """Return the quota on the people beside some, each of whom counts once however many duos they have."""
    return demanded.model_copy(
        update={
            "people": tuple(name for name in demanded.people if name not in set(beside)),
            "at_least": demanded.at_least - len(beside),
            "beside": tuple(beside),
        }
    )


def _served(matching: Matching, people: Iterable[Participant], role: OneRole) -> int:
    side = ROLES.index(role)
    placed = {id_key((duo.mentor, duo.mentee)[side]) for duo in matching.duos}
    return sum(id_key(one.id) in placed for one in people)


def _counted_once(person: Participant, counted: Collection[tuple[str, OneRole]]) -> Participant:
    """Return somebody with one place in each role in which people are counted, and not their duos."""
    places = {
        f"capacity_as_{role}": 1
        for role in ROLES
        if (id_key(person.id), role) in counted
        and most_duos(person, role) > 1
        and least_duos(person, role) <= 1
    }
    return person.model_copy(update=places) if places else person


def with_precedence(added: Added, demanded: Iterable[Precedence]) -> Added:
    """Return additions to the policy with a quota for people who come first."""
    listed = [*demanded]
    quotas = tuple(
        CountQuota(name=name, of=Require(of=one.role, field="id", equals=one.people), at_least=one.at_least)
        for one, name in zip(listed, names_of_precedence(listed), strict=True)
    )
    return added.model_copy(update={"quotas": (*added.quotas, *quotas)}) if quotas else added
