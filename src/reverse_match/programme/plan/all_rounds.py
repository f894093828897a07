"""All rounds of a plan as one matching, and each of them as one.

*All rounds together*: everybody has their capacity once for each round in which they are there. A quota
counts over all rounds, so its bounds are as many times as high. What no such matching can exceed, no plan
can. *One round*: the pairs of the other rounds are forbidden, and whoever is away has no partner. That
stands beside the policy, which stays the one of the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.people.cohort import Cohort
from reverse_match.policy import Fix, ShareQuota
from reverse_match.policy.added import Added

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reverse_match.policy import Policy, Quota
    from reverse_match.policy.values import Pair


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
    return policy.model_copy(update={"quotas": tuple(_scale_quota(quota, rounds) for quota in policy.quotas)})


def _scale_quota(quota: Quota, rounds: int) -> Quota:
    if isinstance(quota, ShareQuota):
        return quota
    bounds = {name: getattr(quota, name) for name in ("at_least", "at_most")}
    return quota.model_copy(
        update={name: None if bound is None else bound * rounds for name, bound in bounds.items()}
    )


def drop_fixed_duos(policy: Policy) -> Policy:
    """Return the policy without the duos that it fixes: each is formed in one of the rounds."""
    rules = tuple(rule for rule in policy.rules if not isinstance(rule, Fix))
    return policy.model_copy(update={"rules": rules})


def added_for_round(others: Iterable[Pair], away: Iterable[str]) -> Added:
    """Return what one round has beside the policy of the plan.

    Parameters
    ----------
    others : iterable of pairs of ids
        Duos of the other rounds, mentor first.
    away : iterable of str
        Ids of people who are not there.
    """
    return Added(other_rounds=tuple(sorted(others)), absent=tuple(sorted(away)))
