"""Takes apart policies that were edited before they were stored: what was given, and what was added to it.

0.1.0 stored one policy. An amendment put what was asked by hand at the end of its rules, and a rotation its
own rules and credits, which have names of their own; so they are found again. Two things are not: pairs of
the policy itself that 0.1.0 took out when somebody left, and whether the day on which ages count was given or
put there by an amendment (it counts as given). What was asked by hand stands in the log: of people who are
away it counts again, and where 0.1.0 had dropped it for people who are there, the log says that it was lifted
then.

The policy of each round of a plan was edited, too: of the duos that the plan fixes it fixed those of the
round, and at the end stood rules, with names of their own, that forbid the duos of the other rounds, and
those of who is away. A round does not know by itself which duos were fixed in other rounds; its plan does,
since the policy stands there.
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
    """Return the data of a matching of version 1 with its policy as it was given, and the rest beside it.

    Data of another kind, or with rules that its log does not explain, is returned as it is.

    Parameters
    ----------
    data : dict
        As JSON holds it; it stays as it is. Digests are not made anew.

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
    """Return the keys of everybody who was there: each has a duo, a price, or a reason to be left out."""
    proof = data.get("certificate", {})
    ends = [name for duo in data["duos"] for name in (duo["mentor"], duo["mentee"])]
    left = [left["id"] for left in data.get("unmatched", [])]
    prices = chain(proof.get("mentor_prices", ()), proof.get("mentee_prices", ()))
    return set(map(id_key, chain(ends, left, prices)))


def _names(data: Any) -> Iterator[str]:
    """Yield the ids of everybody whom lists of pairs and credits name."""
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
    """The requests by hand, as 0.1.0 counted them (``_then``) and as they count now."""

    here: set[str]
    together: list[frozenset[str]]
    forbidden_then: list[Pair] = field(default_factory=list)
    fixed_then: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)
    fixed: list[Pair] = field(default_factory=list)
    before: list[Pair] = field(default_factory=list)

    def amendment(self, amendment_data: Data) -> Data:
        """Take in an amendment; return it with what it lifted."""
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
    """Return the data of a matching with the rules of a plan beside its policy, where they stand in it.

    Data without such rules is returned as it is, and so is that of a rotation, where the policy has them.

    Parameters
    ----------
    data : dict
        As JSON holds it; it stays as it is. Digests are not made anew.

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
    """Take the last rule away, if it is of this kind and has this name."""
    if rules and (rules[-1]["kind"], rules[-1].get("name")) == (kind, name):
        return rules.pop()
    return None


def restore_policy_of_plan(data: Data, policy: Any) -> Data:
    """Return the data of a round with the policy of its plan, if that is the one it followed.

    Parameters
    ----------
    data : dict
        What :func:`split_policy_of_round` returned.
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
