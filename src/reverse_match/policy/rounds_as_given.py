"""Takes apart the policy of a round of a plan as it was once stored: what was given, and the other rounds.

The policy of each round was then edited: of the duos that the plan fixes it fixed those of the round, and at
the end stood rules that forbid the duos of the other rounds, and those of who is away. The rules have names
of their own, so they are found again. A round does not know by itself which duos were fixed in other rounds;
its plan does, since the policy stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.foundation.names import id_key
from reverse_match.policy.round_of_plan import ABSENT, OTHER_ROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable

Data: TypeAlias = dict[str, Any]


def with_other_rounds_apart(data: Data) -> Data:
    """Return the data of a matching with the rules of a plan beside its policy, where they stand in it.

    Data without such rules is returned as it is, and so is that of a rotation, where the policy has them.

    Parameters
    ----------
    data : dict
        As JSON holds it; it stays as it is. Digests are not made anew.

    Examples
    --------
    >>> rule = {"kind": "forbid", "name": "other rounds of the plan", "pairs": [["lea", "ada"]]}
    >>> found = with_other_rounds_apart({"policy": {"rules": [{"kind": "avoids"}, rule]}})
    >>> found["policy"]["rules"], found["added"]
    ([{'kind': 'avoids'}], {'other_rounds': [['lea', 'ada']]})
    """
    try:
        rules = list(data["policy"]["rules"])
        absent, others = _last(rules, "all_of", ABSENT), _last(rules, "forbid", OTHER_ROUNDS)
        beside: Data = {} if others is None else {"other_rounds": others["pairs"]}
        if absent is not None:
            beside["absent"] = absent["conditions"][0]["condition"]["equals"]
        if not beside or data.get("rotation") is not None:
            return data
        added = {**data.get("added", {}), **beside}
        return {**data, "policy": {**data["policy"], "rules": rules}, "added": added}
    except (KeyError, IndexError, TypeError, AttributeError):
        return data


def _last(rules: list[Data], kind: str, name: str) -> Data | None:
    """Take the last rule away, if it is of this kind and has this name."""
    if rules and (rules[-1]["kind"], rules[-1].get("name")) == (kind, name):
        return rules.pop()
    return None


def with_policy_of_plan(data: Data, policy: Any) -> Data:
    """Return the data of a round with the policy of its plan, if that is the one it followed.

    Parameters
    ----------
    data : dict
        What :func:`with_other_rounds_apart` returned.
    policy : dict
        Of the plan.
    """
    try:
        others = {_key(pair) for pair in data.get("added", {}).get("other_rounds", ())}
        fixed = [
            pair
            for rule in policy["rules"]
            if rule["kind"] == "fix"
            for pair in rule["pairs"]
            if _key(pair) not in others
        ]
        rules = [rule for rule in policy["rules"] if rule["kind"] != "fix"]
        rules += [{"kind": "fix", "pairs": fixed}] if fixed else []
        return {**data, "policy": policy} if data["policy"] == {**policy, "rules": rules} else data
    except (KeyError, TypeError, AttributeError, ValueError):
        return data


def _key(pair: Iterable[str]) -> tuple[str, str]:
    mentor, mentee = pair
    return id_key(mentor), id_key(mentee)
