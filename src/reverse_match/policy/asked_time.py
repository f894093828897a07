"""The time in common that a policy asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reverse_match.policy.conditions import HasCommonTime, change_parts
from reverse_match.policy.criteria import CommonTime
from reverse_match.policy.quotas import change_quota, conditions_of

if TYPE_CHECKING:
    from reverse_match.policy.policy import Policy
    from reverse_match.policy.values import PolicyData


class AskedTime(NamedTuple):
    """The time in common that counts."""

    slot: int
    """The shortest one, in minutes."""
    on_site: bool
    """Whether it is on site only."""


def asked_time(policy: Policy) -> AskedTime | None:
    """Return the time in common that counts for a policy; ``None`` if none is asked for.

    If some part of the policy asks for time on site, only such time counts: a duo meets there.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> asked_time(Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 45}]}))
    AskedTime(slot=45, on_site=False)
    """
    asked = [
        AskedTime(part.shortest, part.on_site)
        for part in conditions_of(policy.rules, policy.quotas)
        if isinstance(part, HasCommonTime)
    ]
    asked += [
        AskedTime(criterion.slot, criterion.on_site)
        for criterion in policy.criteria
        if isinstance(criterion, CommonTime)
    ]
    return min((one for one in asked if one.on_site), default=min(asked, default=None))


def with_slots(policy: Policy, minutes: int) -> Policy:
    """Return a policy in which time in common comes in slots of some minutes, where it says no slot itself.

    A condition that asks for less than that keeps its own.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> policy = Policy.model_validate({"rules": [{"kind": "common_time", "at_least": 90}]})
    >>> with_slots(policy, 45).rules[0].slot
    45
    """

    def change(part: PolicyData) -> PolicyData:
        asks = isinstance(part, HasCommonTime) and part.slot is None and minutes < part.at_least
        return part.model_copy(update={"slot": minutes}) if asks else part

    changed = {
        "criteria": tuple(
            one.model_copy(update={"slot": minutes})
            if isinstance(one, CommonTime) and "slot" not in one.model_fields_set
            else one
            for one in policy.criteria
        ),
        "rules": tuple(change_parts(rule, change) for rule in policy.rules),
        "quotas": tuple(change_quota(quota, change) for quota in policy.quotas),
    }
    same = all(getattr(policy, name) == value for name, value in changed.items())
    return policy if same else policy.model_copy(update=changed)
