"""What stands beside a policy when a matching is changed by hand.

Every request by hand stands in the log. As far as it counts, it also stands in one rule ``forbid`` and one
rule ``fix`` beside the policy; a quota counts the duos that are to stay. A later request can take back an
earlier one, and the log says so; what the policy itself fixes or forbids is never touched. Requests about
people who leave are not taken back: they are left aside while these people are away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.names import id_key
from reverse_match.matching.results.amendment import KEPT_DUOS
from reverse_match.policy import CountQuota, Fix, Forbid, Listed, NotMetBefore
from reverse_match.policy.added import Added, keep_pairs
from reverse_match.policy.conditions import change_parts
from reverse_match.policy.credits import drop_names
from reverse_match.policy.quotas import conditions_of
from reverse_match.programme.rotation_policy import FORBIDDEN_BY_HAND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.standing_requests import Pair, StandingRequests
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Rule
    from reverse_match.policy.values import PolicyData


def replace_requests(added: Added, asked: StandingRequests) -> Added:
    """Return what was added to a policy with this in place of what was asked by hand before."""
    rules = [_update_forbidden_before(rule, asked.before) for rule in added.rules if not _is_by_hand(rule)]
    if asked.forbidden:
        rules.append(Forbid(pairs=asked.forbidden))
    if asked.fixed:
        rules.append(Fix(pairs=asked.fixed))
    update = {"rules": tuple(filter(None, rules)), "quotas": (), "avoided": asked.avoided}
    return added.model_copy(update=update)


def _is_by_hand(rule: Rule) -> bool:
    return isinstance(rule, Fix) or (isinstance(rule, Forbid) and rule.name is None)


def _update_forbidden_before(rule: Rule, pairs: tuple[Pair, ...]) -> Rule | None:
    if not (isinstance(rule, Forbid) and rule.name == FORBIDDEN_BY_HAND):
        return rule
    return Forbid(name=FORBIDDEN_BY_HAND, pairs=pairs) if pairs else None


def demand_kept_duos(added: Added, duos: tuple[Pair, ...], at_least: int) -> Added:
    """Return what makes so many of some duos stay; if none has to, what was added as it is."""
    if at_least <= 0:
        return added
    quota = CountQuota(name=KEPT_DUOS, of=Listed(pairs=duos), at_least=at_least)
    return added.model_copy(update={"quotas": (*added.quotas, quota)})


def drop_lost_roles(added: Added, people: Cohort) -> Added:
    """Return what was added, without what a rotation says of people in roles that they do not have now.

    Who is away stays in it. What was asked by hand stays, too: where it can be no more, that is an error.
    """
    roles = [{id_key(person.id) for person in side} for side in (people.mentors, people.mentees)]
    here = people.position.keys()

    def fits(name: str, side: int) -> bool:
        return id_key(name) in roles[side] or id_key(name) not in here

    def fit(part: PolicyData) -> PolicyData:
        if not isinstance(part, Listed):
            return part
        return keep_pairs(part, lambda pair: fits(pair[0], 0) and fits(pair[1], 1))

    rules = tuple(change_parts(rule, fit) for rule in added.rules)
    return added.model_copy(update={"rules": rules, "credits": drop_names(added.credits, fits)})


def known_people(matching: Matching) -> dict[str, str]:
    """Return everybody whom a matching knows of, whether they are there or not: ids by their keys."""
    named: list[Iterable[str]] = [matching.added.names, matching.added.away]
    named += [(*amendment.left, *amendment.joined) for amendment in matching.log]
    named += [(duo.mentor, duo.mentee) for amendment in matching.log for duo in amendment.ended]
    for change in matching.changes:
        named.append([name for name in (change.mentor, change.mentee) if name is not None])
    for part in conditions_of(matching.added.rules):
        if isinstance(part, NotMetBefore):
            named += [(duo.mentor, duo.mentee) for duo in part.duos]
    return {id_key(name): name for names in named for name in names}
