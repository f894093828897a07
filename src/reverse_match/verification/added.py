"""Checks the additions to the policy: they must be those that the log and the rotation state, and no others.

A request by hand counts until a later one revokes it. The limit of the last amendment is a quota. The
additions of a rotation have names of their own. The duos that the other rounds of a plan exclude are an
addition by themselves. This module is written from the meaning of these records, and shares nothing with the
code that made them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.names import id_key
from reverse_match.policy import Fix, Forbid, Listed, NotMetBefore
from reverse_match.policy.added import Added
from reverse_match.policy.quotas import conditions_of
from reverse_match.policy.rules import AnyOfRule, NotMetBeforeRule
from reverse_match.verification.held_back import held_back_findings, holds_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.matching.results.amendment import Amendment
    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.rotation import Rotation
    from reverse_match.policy import Policy
    from reverse_match.verification.people import PeopleIndex

    Pair = tuple[str, str]

FORMER_PARTNERS = "rotation: former partners"
"""Name of the rule that keeps former partners apart."""
APART_BEFORE = "rotation: forbidden by hand before"
"""Name of the rule that keeps apart the people whom somebody forbade to each other in an earlier round."""
WANTED = "rotation: both want to keep it"
"""Name of the credit of duos that both people want to keep."""


def keys_of(pair: Pair) -> frozenset[str]:
    """Return the keys of the two people of a pair, without their order."""
    return frozenset(map(id_key, pair))


def disorder(record: object, *lists: str) -> Iterator[str]:
    """Name the lists of a record that are not in order, or contain something twice."""
    for what in lists:
        listed: list[Any] = list(getattr(record, what))
        if listed != sorted(set(listed)):
            yield f"what stands under {what} is not sorted, each once"


@dataclass
class RequestsByHand:
    """The requests by hand that count, replayed from the amendments one by one."""

    fixed: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)
    before: list[Pair] = field(default_factory=list)
    avoided: list[Pair] = field(default_factory=list)

    @classmethod
    def at_start(cls, rotation: Rotation | None) -> RequestsByHand:
        """Return the requests that count before the first amendment of a round."""
        if rotation is None:
            return cls()
        return cls(
            fixed=list(rotation.fixed), before=list(rotation.forbidden), avoided=list(rotation.avoided)
        )

    def replay(self, amendment: Amendment) -> Iterator[str]:
        """Take in an amendment; yield the faults in its statements on earlier requests."""
        self.avoided += amendment.avoided
        apart = [*self.forbidden, *self.before]
        for one, other in amendment.lifted:
            old = () if amendment.keeps_away else self.fixed
            if (one, other) not in (*apart, *self.avoided, *old):
                yield f"'{one}' and '{other}' are said to be allowed again, but nothing stood against it"
        lifted = [keys_of(pair) for pair in amendment.lifted]
        asked_for = [keys_of(pair) for pair in amendment.fixed]
        for pair in apart:
            if keys_of(pair) in asked_for and keys_of(pair) not in lifted:
                yield f"'{pair[0]}' and '{pair[1]}' were asked for, but not said to be allowed again"
        banned = [keys_of(pair) for pair in amendment.forbidden]
        self.fixed = [pair for pair in self.fixed if keys_of(pair) not in banned]
        for listed in (self.fixed, self.forbidden, self.before, self.avoided):
            listed[:] = [pair for pair in listed if keys_of(pair) not in lifted]
        self.fixed += amendment.fixed
        self.forbidden += amendment.forbidden


def added_findings(matching: Matching) -> Iterator[Finding]:
    """Check the additions to the policy against the log and the rotation."""
    requests = RequestsByHand.at_start(matching.rotation)
    for amendment in matching.log:
        yield from (_finding(message) for message in requests.replay(amendment))
    yield from _rule_findings(matching, requests)
    yield from held_back_findings(matching, requests.fixed)
    yield from _other_findings(matching, requests)
    yield from _plan_findings(matching)
    yield from _published_findings(matching)
    if matching.digests.changes != matching.digest_of_changes():
        yield Finding(
            "changes",
            "the digest of what was changed by hand and by rotation is not that of what stands there; right "
            "would be a matching as it was written",
        )


def _published_findings(matching: Matching) -> Iterator[Finding]:
    """Check that what was amended in a draft is a part of the log, of a matching that was published."""
    if matching.amended_as_draft and matching.published is None:
        yield Finding("published", "amendments are said to be of a draft, but nothing was published")
    if matching.amended_as_draft > len(matching.log):
        yield Finding("published", "more amendments are said to be of a draft than there are")


def _finding(message: str) -> Finding:
    return Finding("log", message)


def _rule_findings(matching: Matching, requests: RequestsByHand) -> Iterator[Finding]:
    """Check that the added rules begin with those of the rotation, and end with those of the log."""
    expected: list[Any] = [Forbid(pairs=_sorted_pairs(requests.forbidden))] if requests.forbidden else []
    expected += [Fix(pairs=_sorted_pairs(requests.fixed))] if requests.fixed else []
    rules = [rule for rule in matching.added.rules if not holds_back(rule)]
    first = max(0, len(rules) - len(expected))
    of_rotation = [
        rule for rule in rules[:first] if getattr(rule, "name", None) in (FORMER_PARTNERS, APART_BEFORE)
    ]
    if rules[first:] != expected or of_rotation != rules[:first]:
        yield _finding("the rules beside the policy do not end with what was fixed and forbidden by hand")
        return
    if matching.rotation is None and of_rotation:
        yield Finding("rotation", "the policy remembers earlier rounds, but nothing is said of a rotation")
    apart = [Forbid(name=APART_BEFORE, pairs=_sorted_pairs(requests.before))] if requests.before else []
    memory = [rule for rule in of_rotation[:1] if getattr(rule, "name", None) == FORMER_PARTNERS]
    if of_rotation != [*memory, *apart] or not all(_is_memory(rule, matching) for rule in memory):
        yield Finding("rotation", "the rules beside the policy are not those of rotation and log")


def _is_memory(rule: Any, matching: Matching) -> bool:
    """Say whether a rule is one on former partners, in its order, on the terms of the policy."""
    parts = list(conditions_of([rule]))
    past = [duo for part in parts if isinstance(part, NotMetBefore) for duo in part.duos]
    again = _sorted_pairs(pair for part in parts if isinstance(part, Listed) for pair in part.pairs)
    until = None if matching.rotation is None else matching.rotation.on
    if any(duo.until is None or until is None or duo.until > until for duo in past):
        return False
    in_order = {(duo.until, duo.mentor, duo.mentee): duo for duo in past}
    requests: dict[str, Any] = {
        "duos": tuple(in_order[key] for key in sorted(in_order)),
        "again_after_months": matching.policy.rotation.again_after_months,
    }
    conditions = (Listed(pairs=again), NotMetBefore(**requests))
    alone = not again and rule == NotMetBeforeRule(name=FORMER_PARTNERS, **requests)
    return bool(alone or rule == AnyOfRule(name=FORMER_PARTNERS, conditions=conditions))


def _sorted_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(set(pairs)))


def _other_findings(matching: Matching, requests: RequestsByHand) -> Iterator[Finding]:
    """Check the day, the former entries of ``avoids``, and that no addition lacks a reason."""
    added, rotation = matching.added, matching.rotation
    if added.avoided != _sorted_pairs(requests.avoided):
        yield _finding("whom people avoid by earlier records is not what log and rotation say")
    if rotation is None and added.credits:
        yield Finding("rotation", "there are credits of a rotation, but nothing is said of a rotation")
    waiting = matching.log[-1].waiting if matching.log else ()
    if added.waiting != waiting:
        yield _finding("who waits this time is not who the last amendment lets wait")
    if added.quotas and not matching.log:
        yield _finding("a quota keeps duos, but nothing is said of an amendment")
    if rotation is not None and added.as_of != rotation.on:
        yield Finding("rotation", "the policy does not count on the day on which the round begins")
    same_day = matching.log and matching.policy.as_of is None and added.as_of == matching.as_of
    if rotation is None and added.as_of is not None and not same_day:
        yield _finding("the day on which ages count was moved, and no amendment does that")


def _plan_findings(matching: Matching) -> Iterator[Finding]:
    """Check that duos excluded by other rounds of a plan are in order, and not combined with a rotation."""
    for message in disorder(matching.added, "other_rounds", "absent"):
        yield Finding("plan", message)
    for what in ("other_rounds", "absent"):
        if getattr(matching.added, what) and matching.rotation is not None:
            yield Finding("plan", f"there is {what} of a plan, but this round was formed by a rotation")


def away_findings(matching: Matching, people: PeopleIndex) -> Iterator[Finding]:
    """Check that everybody who is stated to be away is named by the policy, and not in the cohort."""
    here = {id_key(person.id) for person in people.cohort.participants}
    named = _names_in(matching.added) | _names_in(matching.policy)
    away = [id_key(name) for name in matching.added.away]
    for name in matching.added.away:
        if id_key(name) in here:
            yield Finding("away", f"'{name}' is said to be away, but is in the cohort")
        elif id_key(name) not in named:
            yield Finding("away", f"'{name}' is said to be away, but nothing is said of them")
    if list(matching.added.away) != sorted(set(matching.added.away)) or len(set(away)) < len(away):
        yield Finding("away", "who is away is not sorted, each once")


def absent_findings(matching: Matching, people: PeopleIndex) -> Iterator[Finding]:
    """Check that everybody whom the policy names and the cohort lacks is stated to be away."""
    here = {id_key(person.id) for person in people.cohort.participants}
    away = set(map(id_key, matching.added.away))
    for key in sorted((_names_in(matching.added) | _names_in(matching.policy)) - here - away):
        yield Finding("away", f"'{key}' is named, but is neither in the cohort nor said to be away")


def _names_in(said: Policy | Added) -> set[str]:
    """Return the keys of all people whom lists of pairs and credits name."""
    names: list[str] = []
    conditions = conditions_of(said.rules, said.quotas) if isinstance(said, Added) else said.conditions
    for part in conditions:
        if isinstance(part, Fix | Forbid | Listed):
            names += [name for pair in part.pairs for name in pair]
    for credit in said.credits:
        names += [*credit.mentors, *credit.mentees, *(name for pair in credit.pairs for name in pair)]
    if isinstance(said, Added):
        names += [*said.absent, *said.waiting, *(name for pair in said.other_rounds for name in pair)]
    return {id_key(name) for name in names}
