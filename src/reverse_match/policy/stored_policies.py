"""Splits policies that version 0.1.0 edited before it stored them: into the policy as given, and additions.

Version 0.1.0 stored one policy. Its amendments appended requests made by hand to the rules, and its rotations
inserted rules and credits of their own under reserved names. Both can be found again by their places and
names. Two edits cannot be undone. Pairs of the policy itself that 0.1.0 removed when somebody left stay lost.
A day on which ages are computed counts as given by the user, even if an amendment had set it.

The log of amendments lists all requests made by hand. 0.1.0 dropped those of people who left; a request of
somebody who is away counts again, and the log marks a dropped request of somebody who is here as lifted.

The policy of each round of a plan was edited, too. It fixed only the duos that this round forms, and at its
end stood two rules under reserved names: one forbids the duos of the other rounds, the other those of people
who are away. The duos fixed in other rounds are not stored in a round; they are read from the plan's policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.foundation.names import id_key
from reverse_match.policy.added import ABSENT, OTHER_ROUNDS, people_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Data: TypeAlias = dict[str, Any]
Pair: TypeAlias = list[str]

_FORMER_PARTNERS = "rotation: former partners"
_APART_BEFORE = "rotation: forbidden by hand before"
_CREDITS = re.compile("rotation: (both want to keep it|no duo for .+)")
_KEPT_DUOS = "kept duos"
_LISTS_PAIRS = ("fix", "forbid", "listed")


def split_edited_policy(data: Data) -> Data:
    """Return the data of a matching of version 1 with its policy as given, and additions under ``added``.

    Data of another kind, or with rules that its log does not explain, is returned unchanged.

    Parameters
    ----------
    data : dict
        The matching as JSON data. It is not changed, and digests in it are not recomputed.

    Examples
    --------
    >>> ban = {"kind": "forbid", "pairs": [["lea", "ada"]]}
    >>> log = [{"forbidden": [["lea", "ada"]], "fixed": [], "left": []}]
    >>> found = split_edited_policy({"policy": {"rules": [ban], "quotas": []}, "log": log, "duos": []})
    >>> found["policy"]["rules"], found["added"]["rules"] == [ban]
    ([], True)
    """
    if not (data.get("log") or data.get("rotation")) or "added" in data:
        return data
    try:
        return _split(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        return data


def _split(data: Data) -> Data:
    policy, rotation = dict(data["policy"]), data.get("rotation")
    here, together = _people(data), [people_of([duo["mentor"], duo["mentee"]]) for duo in data["duos"]]
    replayed = _LogReplay(here, together)
    replayed.before = [list(pair) for pair in (rotation or {}).get("forbidden", [])]
    log = [replayed.amendment(dict(amendment)) for amendment in data.get("log", [])]
    rules, tail = list(policy["rules"]), _rules_by_hand(replayed.forbidden_then, replayed.fixed_then)
    first = len(rules) - len(tail)
    if first < 0 or [_with_plain_pairs(rule) for rule in rules[first:]] != tail:
        raise ValueError
    named = [rule.get("name") for rule in rules[:first]]
    memory = [rule for rule, name in zip(rules, named, strict=False) if name == _FORMER_PARTNERS]
    apart = [{"kind": "forbid", "name": _APART_BEFORE, "pairs": replayed.before}] if replayed.before else []
    ours = (_FORMER_PARTNERS, _APART_BEFORE) if rotation else ()
    policy["rules"] = [rule for rule, name in zip(rules, named, strict=False) if name not in ours]
    added: Data = {
        "rules": [
            *(memory if rotation else []),
            *apart,
            *_rules_by_hand(sorted(replayed.forbidden), sorted(replayed.fixed)),
        ]
    }
    _move(policy, added, "quotas", lambda quota: bool(log) and _keeps_duos(quota))
    _move(policy, added, "credits", lambda one: bool(rotation) and bool(_CREDITS.fullmatch(one["name"])))
    if not policy.get("credits", True):
        del policy["credits"]
    if rotation and "as_of" in policy:
        added["as_of"] = policy.pop("as_of")
    absent = {id_key(name): name for name in sorted(set(_names(added)), reverse=True)}
    added["away"] = sorted(name for key, name in absent.items() if key not in here)
    found = {**data, "policy": policy, "added": added}
    return {**found, "log": log} if log else found


def _with_plain_pairs(rule: Data) -> Data:
    return {**rule, "pairs": [list(pair) for pair in rule.get("pairs", [])]}


def _rules_by_hand(forbidden: list[Pair], fixed: list[Pair]) -> list[Data]:
    rules: list[Data] = [{"kind": "forbid", "pairs": forbidden}] if forbidden else []
    return [*rules, {"kind": "fix", "pairs": fixed}] if fixed else rules


def _move(policy: Data, added: Data, what: str, is_ours: Any) -> None:
    everything = policy.get(what, [])
    added[what] = [one for one in everything if is_ours(one)]
    if everything:
        policy[what] = [one for one in everything if not is_ours(one)]


def _keeps_duos(quota: Data) -> bool:
    of = quota.get("of") or {}
    return quota.get("kind") == "count" and quota.get("name") == _KEPT_DUOS and of.get("kind") == "listed"


def _people(data: Data) -> set[str]:
    """Return the keys of everybody in the round: each has a duo, a price, or a reason to be unmatched."""
    proof = data.get("certificate", {})
    ends = [name for duo in data["duos"] for name in (duo["mentor"], duo["mentee"])]
    left = [left["id"] for left in data.get("unmatched", [])]
    prices = chain(proof.get("mentor_prices", ()), proof.get("mentee_prices", ()))
    return set(map(id_key, chain(ends, left, prices)))


def _names(data: Any) -> Iterator[str]:
    """Yield the ids of all people in lists of pairs and in credits."""
    if isinstance(data, list):
        for part in data:
            yield from _names(part)
    elif isinstance(data, dict):
        if data.get("kind") in _LISTS_PAIRS or "points" in data:
            yield from chain.from_iterable(data.get("pairs", ()))
            yield from chain(data.get("mentors", ()), data.get("mentees", ()))
        for value in data.values():
            yield from _names(value)


@dataclass
class _LogReplay:
    """Requests made by hand, amendment by amendment: as 0.1.0 kept them (``_then``) and as they count now."""

    here: set[str]
    together: list[frozenset[str]]
    forbidden_then: list[Pair] = field(default_factory=list)
    fixed_then: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)
    fixed: list[Pair] = field(default_factory=list)
    before: list[Pair] = field(default_factory=list)

    def amendment(self, amendment_data: Data) -> Data:
        """Apply an amendment of the log; return its data with the pairs that it lifted."""
        fixed, forbidden = (
            [list(pair) for pair in amendment_data.get(name, [])] for name in ("fixed", "forbidden")
        )
        wanted, banned = [people_of(pair) for pair in fixed], [people_of(pair) for pair in forbidden]
        gone = {id_key(name) for name in amendment_data.get("left", [])}
        lost = [
            pair
            for listed in (self.forbidden_then, self.fixed_then)
            for pair in listed
            if people_of(pair) & gone and people_of(pair) <= self.here
        ]
        lost += [pair for pair in self.before if people_of(pair) & gone and people_of(pair) in self.together]
        lifted = [pair for pair in (*self.forbidden, *self.before) if people_of(pair) in wanted]
        self.fixed = _but(self.fixed, banned)
        self.forbidden_then = _but(self.forbidden_then, wanted, gone)
        self.fixed_then = _but(self.fixed_then, banned, gone)
        takes_back = [people_of(pair) for pair in (*lost, *lifted)]
        for name in ("forbidden", "fixed", "before"):
            setattr(self, name, _but(getattr(self, name), takes_back))
        self.forbidden, self.fixed = _with(self.forbidden, forbidden), _with(self.fixed, fixed)
        self.forbidden_then = sorted(_with(self.forbidden_then, forbidden))
        self.fixed_then = sorted(_with(self.fixed_then, fixed))
        if lost or lifted:
            amendment_data["lifted"] = sorted(_with([], [*lost, *lifted]))
        if gone:
            amendment_data["keeps_away"] = False
        return amendment_data


def _but(pairs: Iterable[Pair], without: list[frozenset[str]], gone: Iterable[str] = ()) -> list[Pair]:
    return [pair for pair in pairs if people_of(pair) not in without and people_of(pair).isdisjoint(gone)]


def _with(pairs: list[Pair], more: Iterable[Pair]) -> list[Pair]:
    return [*pairs, *(pair for pair in more if pair not in pairs)]


def split_policy_of_round(data: Data) -> Data:
    """Return the data of a matching with the rules of a plan moved from its policy to ``added``.

    Data without such rules is returned unchanged, and so is the data of a rotation.

    Parameters
    ----------
    data : dict
        The matching as JSON data. It is not changed, and digests in it are not recomputed.

    Examples
    --------
    >>> rule = {"kind": "forbid", "name": "other rounds of the plan", "pairs": [["lea", "ada"]]}
    >>> found = split_policy_of_round({"policy": {"rules": [{"kind": "avoids"}, rule]}})
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
    """Remove and return the last rule if it has this kind and this name; else return None."""
    if rules and (rules[-1]["kind"], rules[-1].get("name")) == (kind, name):
        return rules.pop()
    return None


def restore_policy_of_plan(data: Data, policy: Any) -> Data:
    """Return the data of a round with the policy of its plan, if the round followed that policy.

    Parameters
    ----------
    data : dict
        The round, as :func:`split_policy_of_round` returned it.
    policy : dict
        The policy of the plan.
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
