"""What a policy becomes when a matching is changed by hand.

What was asked by hand so far stands in the log, and at the end of the policy's rules as one rule ``forbid``
and one rule ``fix``; a quota counts the duos that are to stay. So the policy that was there before any
amendment can be found again, what is asked later can take back what was asked earlier, and what the policy
itself fixes or forbids is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from reverse_match.amendment import KEPT_DUOS
from reverse_match.errors import Fault, PolicyError
from reverse_match.names.normalise import id_key
from reverse_match.policy import CountQuota, Fix, Forbid, Listed, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.amendment import Amendment
    from reverse_match.matching import Matching
    from reverse_match.policy import Quota, Rule

Pair: TypeAlias = tuple[str, str]

_LISTS_PAIRS = ("fix", "forbid", "listed")
"""Kinds whose pairs must be people of the cohort."""


def people_of(pair: Pair) -> frozenset[str]:
    """Return the keys of the two, whoever is the mentor."""
    return frozenset(map(id_key, pair))


@dataclass(frozen=True)
class ByHand:
    """What was asked by hand and still counts: sorted pairs."""

    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, log: Iterable[Amendment]) -> ByHand:
        """Return what counts after some amendments."""
        asked = cls()
        for amendment in log:
            asked = asked.after(amendment.fixed, amendment.forbidden, amendment.left)
        return asked

    def after(self, fixed: Iterable[Pair], forbidden: Iterable[Pair], left: Iterable[str]) -> ByHand:
        """Return what counts when more is asked: it takes back what contradicts it, or is of people who left.

        Examples
        --------
        >>> ByHand(fixed=(("a", "b"), ("c", "d"))).after((), [("b", "a")], ["c"])
        ByHand(fixed=(), forbidden=(('b', 'a'),))
        """
        gone = set(map(id_key, left))
        wanted, banned = set(map(people_of, fixed)), set(map(people_of, forbidden))
        still_fixed = [pair for pair in self.fixed if _counts(pair, banned, gone)]
        still_forbidden = [pair for pair in self.forbidden if _counts(pair, wanted, gone)]
        return ByHand(tuple(sorted({*still_fixed, *fixed})), tuple(sorted({*still_forbidden, *forbidden})))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that demand it."""
        forbid = (Forbid(pairs=self.forbidden),) if self.forbidden else ()
        return (*forbid, Fix(pairs=self.fixed)) if self.fixed else forbid


def _counts(pair: Pair, contradicted: set[frozenset[str]], gone: set[str]) -> bool:
    return people_of(pair) not in contradicted and gone.isdisjoint(people_of(pair))


def policy_before(matching: Matching) -> Policy:
    """Return the policy without what was asked by hand.

    Raises
    ------
    PolicyError
        If the policy does not end with what the log says.
    """
    policy, rules = matching.policy, ByHand.of(matching.log).rules
    first = len(policy.rules) - len(rules)
    if policy.rules[max(0, first) :] != rules:
        message = "the rules of the matching's policy do not end with what its log says; rm.verify says more"
        raise PolicyError([Fault(message)])
    return without_limit(policy.model_copy(update={"rules": policy.rules[:first]}))


def without_limit(policy: Policy) -> Policy:
    """Return a policy without the quota that keeps duos: each amendment has its own limit, or none."""
    quotas = tuple(quota for quota in policy.quotas if not _keeps_duos(quota))
    return policy if quotas == policy.quotas else policy.model_copy(update={"quotas": quotas})


def _keeps_duos(quota: Quota) -> bool:
    return isinstance(quota, CountQuota) and quota.name == KEPT_DUOS and isinstance(quota.of, Listed)


def demanding(policy: Policy, asked: ByHand) -> Policy:
    """Return a policy, without anything asked by hand, under which what was asked holds."""
    return policy.model_copy(update={"rules": (*policy.rules, *asked.rules)})


def keeping(policy: Policy, duos: tuple[Pair, ...], at_least: int) -> Policy:
    """Return a policy under which so many of some duos stay; if none has to, the policy as it is."""
    if at_least <= 0:
        return policy
    quota = CountQuota(name=KEPT_DUOS, of=Listed(pairs=duos), at_least=at_least)
    return policy.model_copy(update={"quotas": (*policy.quotas, quota)})


def without_people(policy: Policy, left: Iterable[str]) -> Policy:
    """Return a policy whose lists of pairs (fixed, forbidden, listed) and credits do not name some people.

    A credit of nobody else is none.

    Examples
    --------
    >>> policy = Policy(rules=[{"kind": "fix", "pairs": [["a", "b"], ["c", "d"]]}])
    >>> without_people(policy, ["d"]).rules[0].pairs
    (('a', 'b'),)
    """
    gone = set(map(id_key, left))
    data = policy.model_dump(mode="json") if gone else {}
    listing: dict[str, Any] = {name: data[name] for name in ("rules", "quotas") if name in data}
    kept = _without(listing, gone)
    if "credits" in data:
        listing["credits"] = data["credits"]
        kept["credits"] = [some for credit in data["credits"] if (some := _credit_without(credit, gone))]
    return policy if kept == listing else Policy.model_validate({**data, **kept})


def _credit_without(credit: dict[str, Any], gone: set[str]) -> dict[str, Any] | None:
    """Return a credit that does not name some people, ``None`` where it would name nobody."""
    lists = {
        "mentors": [name for name in credit.get("mentors", ()) if id_key(name) not in gone],
        "mentees": [name for name in credit.get("mentees", ()) if id_key(name) not in gone],
        "pairs": [pair for pair in credit.get("pairs", ()) if gone.isdisjoint(people_of(pair))],
    }
    named = {name: listed for name, listed in lists.items() if listed}
    return {"name": credit["name"], "points": credit["points"], **named} if named else None


def _without(data: Any, gone: set[str]) -> Any:
    if isinstance(data, list):
        return [_without(part, gone) for part in data]
    if not isinstance(data, dict):
        return data
    found = {name: _without(value, gone) for name, value in data.items()}
    if found.get("kind") in _LISTS_PAIRS:
        found["pairs"] = [pair for pair in found["pairs"] if gone.isdisjoint(people_of(pair))]
    return found
