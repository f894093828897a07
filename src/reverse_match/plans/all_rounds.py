"""All rounds of a plan as one matching, and each of them as one.

Of all rounds together: everybody has their capacity once for each round they are there, and a quota counts
over all rounds, so that its bounds are as many times as high. What no such matching can exceed, no plan can.
Of one round: the pairs of the other rounds are forbidden, and whoever is away has no partner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.cohort import Cohort
from reverse_match.names.normalise import id_key
from reverse_match.policy import Fix, Forbid, ShareQuota
from reverse_match.policy.conditions import Not, Require
from reverse_match.policy.rules import AllOfRule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reverse_match.policy import Policy, Quota

    Pairs = Iterable[tuple[str, str]]

OTHER_ROUNDS = "other rounds of the plan"
"""Name of the rule that forbids the pairs of the other rounds."""

AWAY = "absent in this round"
"""Name of the rule under which people who are away have no partner."""


def cohort_of_all_rounds(cohort: Cohort, rounds: int, away: Mapping[str, tuple[int, ...]]) -> Cohort:
    """Return the people with the capacity of all rounds in which they are there.

    Examples
    --------
    >>> people = Cohort.from_records([{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee"}])
    >>> [person.capacity for person in cohort_of_all_rounds(people, 4, {"e": (2,)}).participants]
    [4, 3]
    """
    people = [
        person.model_copy(update={"capacity": person.capacity * (rounds - len(away.get(person.id, ())))})
        for person in cohort.participants
    ]
    return Cohort(tuple(people), cohort.source, cohort.as_of, cohort.away)


def policy_of_all_rounds(policy: Policy, rounds: int) -> Policy:
    """Return the policy with quotas as they are over all rounds."""
    return policy.model_copy(update={"quotas": tuple(_over_all(quota, rounds) for quota in policy.quotas)})


def _over_all(quota: Quota, rounds: int) -> Quota:
    if isinstance(quota, ShareQuota):
        return quota
    bounds = {name: getattr(quota, name) for name in ("at_least", "at_most")}
    return quota.model_copy(
        update={name: None if bound is None else bound * rounds for name, bound in bounds.items()}
    )


def policy_of_round(policy: Policy, formed: Pairs, others: Pairs, away: Collection[str]) -> Policy:
    """Return the policy that one round follows.

    Parameters
    ----------
    policy : Policy
        Of the plan.
    formed : iterable of pairs of ids
        Duos of the round, mentor first. Of the duos that the policy fixes, it has to form these.
    others : iterable of pairs of ids
        Duos of the other rounds.
    away : collection of str
        Ids of people who are not there.
    """
    mine = {(id_key(mentor), id_key(mentee)) for mentor, mentee in formed}
    fixed = [
        pair
        for rule in policy.rules
        if isinstance(rule, Fix)
        for pair in rule.pairs
        if (id_key(pair[0]), id_key(pair[1])) in mine
    ]
    rules: list[Any] = [rule for rule in policy.rules if not isinstance(rule, Fix)]
    rules += [Fix(pairs=tuple(fixed))] if fixed else []
    forbidden = tuple(sorted(others))
    rules += [Forbid(name=OTHER_ROUNDS, pairs=forbidden)] if forbidden else []
    rules += [_nobody_of(sorted(away))] if away else []
    return policy.model_copy(update={"rules": tuple(rules)})


def _nobody_of(away: Sequence[str]) -> AllOfRule:
    listed = tuple(away)
    return AllOfRule(
        name=AWAY,
        conditions=(
            Not(condition=Require(of="mentor", field="id", equals=listed)),
            Not(condition=Require(of="mentee", field="id", equals=listed)),
        ),
    )
