"""The additions to a policy after changes by hand, and in the next round of a programme.

*By hand.* The log has every request. Those that count are also in one rule ``forbid`` and one rule ``fix``
beside the policy; a quota counts the duos that are to stay. A later request can revoke an earlier one, which
the log then states. The fixed and forbidden duos of the policy itself are never touched. Requests about
people who leave are not revoked: they are ignored while these people are away.

*By rotation.* One rule lists the former partners, with the duos that may stay as an exception. Credits give
points to these duos, and to people who had no duo. The names of the rule and the credits begin with
``rotation:``, and explanations use these names. So a matching alone remembers who has met, even if nobody
kept a history.
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
from reverse_match.policy.hold_back import NAME as HELD_BACK
from reverse_match.policy.quotas import conditions_of
from reverse_match.policy.rules import AnyOfRule, NotMetBeforeRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.matching.results.proposal import DuoDecision, Proposal
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
"""The names of all added rules and credits; a name of the user's own may also begin with ``rotation:``."""


def no_duo_for(rounds: int) -> str:
    """Return the name of the credit of somebody who had no duo for some rounds."""
    return f"{PREFIX}no duo for {'a round' if rounds == 1 else f'{rounds} rounds'}"


_NO_DUO_FOR = re.compile(f"{PREFIX}no duo for (?:a round|([0-9]+) rounds)")


def rounds_waited(added: Added) -> dict[tuple[Role, str], int]:
    """Return the number of rounds in a row without a duo, by role and key of the id, as credits state it.

    Examples
    --------
    >>> credit = {"name": no_duo_for(3), "points": 1, "mentees": ["ada"]}
    >>> rounds_waited(Added(credits=[credit]))
    {('mentee', 'ada'): 3}
    """
    waited: dict[tuple[Role, str], int] = {}
    for credit in added.credits:
        if found := _NO_DUO_FOR.fullmatch(credit.name):
            rounds = int(found[1] or 1)
            waited.update({("mentor", id_key(name)): rounds for name in credit.mentors})
            waited.update({("mentee", id_key(name)): rounds for name in credit.mentees})
    return waited


@dataclass(frozen=True)
class RotationInput:
    """The meaning of the earlier rounds for the next one.

    Attributes
    ----------
    on : date
        The day on which the next round begins.
    reciprocal : bool
        Whether everybody swaps roles.
    people : Cohort
        People of the next round, with roles swapped if ``reciprocal``.
    were_there : frozenset of str
        Keys of all people who were there in the round that ends.
    proposals : mapping of pair to Proposal
        The proposal for each duo of that round, by keys.
    past : tuple of PastDuo
        All duos that have ended, or end now.
    staying : tuple of pairs
        Duos that may stay although they were there before, mentor first, sorted.
    kept_by_policy : tuple of pairs
        Duos that the policy fixes, and that may therefore be there again.
    waited : mapping of role and id to int
        Number of rounds in a row without a duo, for people in a role that they have now.
    forbidden : tuple of pairs
        People whom somebody has forbidden to each other by hand, whether or not they are here.
    lifted : tuple of pairs
        Pairs among those that are no longer forbidden, since the policy fixes them now.
    avoided : tuple of pairs
        Pairs one of whom avoids the other by a record that was removed or replaced.
    from_history : tuple of FromRound
        The pairs of these three kinds that only the history knew.
    decided : tuple of DuoDecision
        What somebody has decided on duos of the round that ends, in their roles of that round.
    fixed : tuple of pairs
        Duos that are kept by decision, in their roles of the next round.
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
    decided: tuple[DuoDecision, ...] = ()
    fixed: tuple[Pair, ...] = ()


def without_rotation(policy: Policy) -> Policy:
    """Return a policy without the additions of a rotation, so that a policy in force can be given again.

    The day on which ages count belongs to the round, and is removed as well.
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
    """Return the additions to a policy in the next round.

    Parameters
    ----------
    policy : Policy
        The policy as it was given.
    rotation_input : RotationInput
        The meaning of the earlier rounds for the next one.
    away : iterable of str
        Ids of people who were there once, and are not now.
    """
    rules = [_former_partners(policy, rotation_input)] if rotation_input.past else []
    if rotation_input.forbidden:
        rules.append(Forbid(name=FORBIDDEN_BY_HAND, pairs=rotation_input.forbidden))
    if rotation_input.fixed:
        rules.append(Fix(pairs=rotation_input.fixed))
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
    again = tuple(sorted({*rotation_input.staying, *rotation_input.kept_by_policy, *rotation_input.fixed}))
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


def replace_requests(added: Added, asked: StandingRequests, waiting: tuple[str, ...] = ()) -> Added:
    """Return the additions to a policy with new requests by hand, and who waits, in place of earlier ones."""
    kept = [rule for rule in added.rules if not (_is_by_hand(rule) or _holds_back(rule))]
    rules = [_update_forbidden_before(rule, asked.before) for rule in kept]
    if asked.forbidden:
        rules.append(Forbid(pairs=asked.forbidden))
    if asked.fixed:
        rules.append(Fix(pairs=asked.fixed))
    update: dict[str, Any] = {"rules": tuple(filter(None, rules)), "quotas": (), "avoided": asked.avoided}
    update["waiting"] = waiting
    return added.model_copy(update=update)


def _is_by_hand(rule: Rule) -> bool:
    return isinstance(rule, Fix) or (isinstance(rule, Forbid) and rule.name is None)


def _holds_back(rule: Rule) -> bool:
    return isinstance(rule, AnyOfRule) and rule.name == HELD_BACK


def hold_pairs_back(added: Added, rule: AnyOfRule) -> Added:
    """Return the additions with a rule that holds pairs back, before the requests by hand."""
    first = next((place for place, one in enumerate(added.rules) if _is_by_hand(one)), len(added.rules))
    rules = (*added.rules[:first], rule, *added.rules[first:])
    return added.model_copy(update={"rules": rules})


def _update_forbidden_before(rule: Rule, pairs: tuple[Pair, ...]) -> Rule | None:
    if not (isinstance(rule, Forbid) and rule.name == FORBIDDEN_BY_HAND):
        return rule
    return Forbid(name=FORBIDDEN_BY_HAND, pairs=pairs) if pairs else None


def demand_kept_duos(added: Added, duos: tuple[Pair, ...], at_least: int) -> Added:
    """Return the additions with a quota that keeps a number of duos; unchanged if that number is 0."""
    if at_least <= 0:
        return added
    quota = CountQuota(name=KEPT_DUOS, of=Listed(pairs=duos), at_least=at_least)
    return added.model_copy(update={"quotas": (*added.quotas, quota)})


def drop_lost_roles(added: Added, people: Cohort) -> Added:
    """Return the additions without statements of a rotation on people in roles that they do not have now.

    Statements on people who are away stay. Requests by hand stay, too; one that is now impossible is an
    error.
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
    """Return the ids of all people whom a matching knows, whether or not they are there, by their keys."""
    named: list[Iterable[str]] = [matching.added.names, matching.added.away]
    named += [(*amendment.left, *amendment.joined) for amendment in matching.log]
    named += [(duo.mentor, duo.mentee) for amendment in matching.log for duo in amendment.ended]
    for change in matching.changes:
        named.append([name for name in (change.mentor, change.mentee) if name is not None])
    for part in conditions_of(matching.added.rules):
        if isinstance(part, NotMetBefore):
            named += [(duo.mentor, duo.mentee) for duo in part.duos]
    return {id_key(name): name for names in named for name in names}
