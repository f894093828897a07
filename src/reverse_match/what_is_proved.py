"""What no other matching of the same people has, in a clause: what a certificate of gap 0 proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.policy.objective import Fair

if TYPE_CHECKING:
    from reverse_match.policy import Policy


def what_is_proved(policy: Policy, duos: int, duos_bound: int, worst: float | None) -> str:
    """Return what no other matching has.

    Parameters
    ----------
    policy : Policy
        Says what is maximised, and whether quotas have to be kept.
    duos : int
        How many there are.
    duos_bound : int
        How many there can be at most.
    worst : float or None
        Score of the worst duo, where the objective is about it and there is one that the policy left free.

    Examples
    --------
    >>> from reverse_match.policy import Policy
    >>> what_is_proved(Policy(objective="total"), 3, 4, None)
    'no matching of these people has a higher total, and none more than 4 duos'
    """
    others = "these people that keeps the quotas" if policy.quotas else "these people"
    objective = policy.objective
    total = "total of scores and credits" if policy.credits else "total"
    if isinstance(objective, Fair) and objective.alpha:
        total = f"sum of fair utilities (alpha {objective.alpha})"
        total += " and credits" if policy.credits else ""
    if objective == "total":
        return f"no matching of {others} has a higher {total}, and none more than {duos_bound} duos"
    if objective == "max_min" and worst is not None:
        best = f"none of {duos} duos a better worst duo, and none of those as good a higher {total}"
        return f"no matching of {others} has more duos, {best}"
    return f"no matching of {others} has more duos, and none of {duos} duos a higher {total}"
