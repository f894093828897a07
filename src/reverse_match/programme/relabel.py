"""Gives rules their labels anew in a record, where a label tells of people who have another name now.

A rule without a name has a label that says what it asks, ids included. So reasons that name a rule follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reverse_match.policy.added import Added
from reverse_match.policy.labels import labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reverse_match.matching.results.matching import Matching
    from reverse_match.policy import Policy


def new_labels(
    matching: Matching, policy: Policy, added: Mapping[str, Any], spelled: Callable[[str], str]
) -> dict[str, str]:
    """Return the labels that have changed, by the old ones.

    Parameters
    ----------
    matching : Matching
        The matching before.
    policy : Policy
        Its new policy.
    added : mapping
        Its new additions, as plain data.
    spelled : callable
        What makes a new text of an old one, where rules have gone and cannot be told from each other.
    """
    old = labels_of((*matching.policy.rules, *matching.added.all_rules))
    new = labels_of((*policy.rules, *Added.model_validate(added).all_rules))
    if len(old) != len(new):
        new = list(map(spelled, old))
    return {before: after for before, after in zip(old, new, strict=True) if before != after}


def relabel(data: dict[str, Any], labels: Mapping[str, str]) -> None:
    """Put new labels into a matching, as plain data."""
    for left in data["unmatched"]:
        if left.get("blocked_by"):
            left["blocked_by"] = {labels.get(name, name): count for name, count in left["blocked_by"].items()}
    for change in (data.get("rotation") or {}).get("changes", ()):
        if change.get("rules"):
            change["rules"] = [labels.get(name, name) for name in change["rules"]]
