"""What stands beside a policy where a matching is changed by hand, and in the next round of a programme.

*By hand.* Every request stands in the log. As far as it counts, it also stands in one rule ``forbid`` and one
rule ``fix`` beside the policy; a quota counts the duos that are to stay. A later request can take back an
earlier one, and the log says so; what the policy itself fixes or forbids is never touched. Requests about
people who leave are not taken back: they are left aside while these people are away.

*By rotation.* One rule lists the former partners, with the duos that may stay as an exception. Credits say
what counts for these duos, and for people who had no duo. Rule and credits have names that begin with
``rotation:``, by which explanations call them. So a matching alone remembers who has met, even if nobody kept
a history.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.foundation.names import id_key
from reverse_match.matching.results.amendment import KEPT_DUOS
from reverse_match.policy import AnyOf, CountQuota, Credit, Fix, Forbid, Listed, NotMetBefore
from reverse_match.policy.added import Added, keep_pairs
from reverse_match.policy.conditions import PastDuo, change_parts
from reverse_match.policy.credits import drop_names
from reverse_match.policy.quotas import conditions_of
from reverse_match.policy.rules import AnyOfRule, NotMetBeforeRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.proposal import Proposal
    from reverse_match.matching.results.rotation import FromRound
    from reverse_match.matching.results.standing_requests import StandingRequests
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy, Rule
    from reverse_match.policy.values import PolicyData, Role

Pair: TypeAlias = tuple[str, str]

PREFIX = "rotation: "
FORMER_PARTNERS = f"{PREFIX}former partners"
FORBIDDEN_BY_HAND = f"{PREFIX}forbidden by hand before"
WANT_TO_KEEP = f"{PREFIX}both want to keep it"
_OURS = re.compile(
    "|".join([*map(re.escape, (FORMER_PARTNERS, FORBIDDEN_BY_HAND, WANT_TO_KEEP)), f"{PREFIX}no duo for .+"])
)
"""No more than these: a rule or a credit of somebody's own may begin with the same word."""


def no_duo_for(rounds: int) -> str:
    """Return what the credit of somebody who had no duo for some rounds is called."""
    return f"{PREFIX}no duo for {'a round' if rounds == 1 else f'{rounds} rounds'}"


@dataclass(frozen=True)
class RotationInput:
    """The input of a rotation: what the rounds before mean for the next one.

    Attributes
    ----------
    on : date
        The day on which it begins.
    reciprocal : bool
        Whether everybody swaps roles.
    people : Cohort
        Its people, with roles swapped if they do.
    were_there : frozenset of str
        Keys of everybody who was there in the round that ends.
    proposals : mapping of pair to Proposal
        What is proposed for each duo of that round, by keys.
    past : tuple of PastDuo
        All duos that have ended, or would end now.
    staying : tuple of pairs
        Duos that may stay although they were there before, mentor first; sorted.
    kept_by_policy : tuple of pairs
        Duos that the policy fixes, and that may therefore be there again.
    waited : mapping of role and id to int
        Who had no duo in a role that they have now, and for how many rounds in a row.
    forbidden : tuple of pairs
        People whom somebody has forbidden to each other by hand, whoever is here.
    lifted : tuple of pairs
        Of those who were, whom the policy fixes now.
    avoided : tuple of pairs
        Who avoids whom by a record that was taken away or replaced.
    from_history : tuple of FromRound
        Which of these three only the history knew.
    """

    on: date
    reciprocal: bool
    people: Cohort
    were_there: frozenset[str]
    proposals: Mapping[Pair, Proposal]
    past: tuple[PastDuo, ...]
    staying: tuple[Pair, ...]
    kept_by_policy: tuple[Pair, ...]
    waited: Mapping[tuple[Role, str], int]
    forbidden: tuple[Pair, ...]
    lifted: tuple[Pair, ...]
    avoided: tuple[Pair, ...]
    from_history: tuple[FromRound, ...]


def without_rotation(policy: Policy) -> Policy:
    """Return a policy without what a rotation has added to it: one in force may be given to the next.

    The day on which ages count is that of the round, and goes as well.
    """
    rules = tuple(rule for rule in policy.rules if not _is_ours(rule))
    credits_left = tuple(credit for credit in policy.credits if not _is_ours(credit))
    if (rules, credits_left) == (policy.rules, policy.credits):
        return policy
    return policy.model_copy(update={"rules": rules, "credits": credits_left, "as_of": None})


def _is_ours(part: Any) -> bool:
    return _OURS.fullmatch(getattr(part, "name", None) or "") is not None


def remembered_duos(added: Added) -> tuple[PastDuo, ...]:
    """Return the duos of earlier rounds that a rotation remembers."""
    memory = [rule for rule in added.rules if getattr(rule, "name", None) == FORMER_PARTNERS]
    parts = [part for part in conditions_of(memory) if isinstance(part, NotMetBefore)]
    return tuple(duo for part in parts for duo in part.duos)


def added_for_next_round(policy: Policy, rotation_input: RotationInput, away: Iterable[str]) -> Added:
    """Return what stands beside a policy in the next round.

    Parameters
    ----------
    policy : Policy
        As it was given.
    rotation_input : RotationInput
        What the rounds before mean.
    away : iterable of str
        Ids of people who were there once, and are not now.
    """
    rules = [_former_partners(policy, rotation_input)] if rotation_input.past else []
    if rotation_input.forbidden:
        rules.append(Forbid(name=FORBIDDEN_BY_HAND, pairs=rotation_input.forbidden))
    return Added(
        rules=tuple(rules),
        credits=tuple(_credits(policy, rotation_input)),
        avoided=rotation_input.avoided,
        as_of=rotation_input.on,
        away=tuple(sorted(away)),
    )


def _former_partners(policy: Policy, rotation_input: RotationInput) -> Rule:
    asked: dict[str, Any] = {
        "duos": rotation_input.past,
        "again_after_months": policy.rotation.again_after_months,
    }
    again = tuple(sorted({*rotation_input.staying, *rotation_input.kept_by_policy}))
    if not again:
        return NotMetBeforeRule(name=FORMER_PARTNERS, **asked)
    conditions = (Listed(pairs=again), NotMetBefore(**asked))
    return AnyOfRule(name=FORMER_PARTNERS, conditions=AnyOf(conditions=conditions).conditions)


def _credits(policy: Policy, rotation_input: RotationInput) -> list[Credit]:
    terms = policy.rotation
    given = []
    if terms.charge and rotation_input.staying:
        given.append(Credit(name=WANT_TO_KEEP, points=terms.charge, pairs=rotation_input.staying))
    if terms.carry_over:
        for rounds in sorted(set(rotation_input.waited.values())):
            seats = sorted(seat for seat, waited in rotation_input.waited.items() if waited == rounds)
            mentors, mentees = (
                tuple(name for of, name in seats if of == role) for role in ("mentor", "mentee")
            )
            points = terms.carry_over * min(rounds, terms.carry_over_rounds)
            given.append(
                Credit(
                    name=no_duo_for(rounds),
                    points=round(points, 6),
                    mentors=mentors,
                    mentees=mentees,
                    counts_in_worst=policy.objective == "max_min",
                )
            )
    return given


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
