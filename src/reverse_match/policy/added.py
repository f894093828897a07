"""Additions to a policy, and the policy in force: the policy as given together with its additions.

A policy holds the choices of a user, and the library never edits it. Additions stand beside it: requests made
by hand in amendments, the former partners and credits of a rotation, and the ids of people who are away. In a
round of a plan they also hold the duos of the other rounds, since no two people meet twice in a plan.

The policy in force leaves out every pair and every credit of somebody who is away in this round. The policy
and its additions keep these entries, so that they count again once the person is back.
"""

from __future__ import annotations

import operator
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from pydantic import Field

from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import Day, PlainData
from reverse_match.policy.conditions import AnyOf, Avoids, Listed, Not, Require, change_parts
from reverse_match.policy.credits import Credit, drop_names
from reverse_match.policy.policy import Policy  # noqa: TC001 - for the examples, too
from reverse_match.policy.quotas import CountQuota, Quota, change_quota, conditions_of
from reverse_match.policy.rules import AllOfRule, Fix, Forbid, Rule
from reverse_match.policy.values import Pair, PolicyData, Role, is_none

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

ListOfPairs = TypeVar("ListOfPairs", bound=Fix | Forbid | Listed)


class LoadBound(PlainData):
    """Bounds on the duos of one person that hold as a quota: in one role, or in both together."""

    id: str
    """Id of the person."""
    role: Literal["mentor", "mentee", "both"]
    """Role in which the duos count; ``both`` for the two together."""
    at_least: int | None = Field(default=None, exclude_if=is_none)
    """Least number of duos."""
    at_most: int | None = Field(default=None, exclude_if=is_none)
    """Largest number of duos."""

    @property
    def quota(self) -> CountQuota:
        """The quota that bounds these duos."""
        roles: tuple[Role, ...] = ("mentor", "mentee") if self.role == "both" else (self.role,)
        of: list[Any] = [Require(of=role, field="id", equals=(self.id,)) for role in roles]
        counted = {"mentor": "mentees", "mentee": "mentors", "both": "duos"}[self.role]
        return CountQuota(
            name=f"{counted} of {self.id}",
            of=of[0] if len(of) == 1 else AnyOf(conditions=tuple(of)),
            at_least=self.at_least,
            at_most=self.at_most,
        )


class Added(PlainData):
    """Additions to the policy that was given; a first matching has none.

    Examples
    --------
    >>> added = Added(rules=[{"kind": "forbid", "pairs": [["lea", "ada"]]}], away=["ada"])
    >>> added.in_force(Policy(rules=[])).rules[0].pairs
    ()
    """

    rules: tuple[Rule, ...] = Field(default=(), exclude_if=operator.not_)
    """Rules that follow those of the policy: former partners, then duos forbidden or fixed by hand."""
    quotas: tuple[Quota, ...] = Field(default=(), exclude_if=operator.not_)
    """Quotas that follow those of the policy: the last amendment's lower bound on the duos that are kept."""
    credits: tuple[Credit, ...] = Field(default=(), exclude_if=operator.not_)
    """Credits that follow those of the policy: a rotation gives them to duos that both people want to keep,
    and to people who had no duo in the rounds before."""
    loads: tuple[LoadBound, ...] = Field(default=(), exclude_if=operator.not_)
    """Numbers of duos of single people that are kept as quotas, after those of the policy: capacities in both
    roles together, and, where there are quotas or the worst duo counts, the least numbers of duos; sorted."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids, sorted: the first avoids the second, by a record that an amendment has removed or
    replaced. A pair counts as if it still stood in the column ``avoids``."""
    other_rounds: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """In a round of a plan: the duos of its other rounds, mentor first, sorted. They are forbidden in this
    round; where the policy fixes one of them, the other round forms it."""
    absent: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """In a round of a plan: ids of the people who are away in it and so have no partner; sorted."""
    waiting: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of the people who wait this time and so have no partner; sorted. Duos of theirs that the policy, or
    somebody by hand, fixes are left aside until the next amendment or round."""
    as_of: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which ages are computed, instead of the policy's."""
    away: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of people whom the policy or these additions name, and who take no part in this round; sorted."""

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def names(self) -> frozenset[str]:
        """Ids of everybody whom these additions name, except those in ``away``."""
        return frozenset(chain(self._must_be_there(), chain.from_iterable(self.avoided)))

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules that follow those of the policy: first those of a round of a plan, then ``rules``."""
        gone = set(map(id_key, self.away))
        absent = [name for name in self.absent if id_key(name) not in gone]
        waiting = [_nobody_for(WAITING, self.waiting)] if self.waiting else []
        return (*_rules_of_round(self.other_rounds, absent), *waiting, *self.rules)

    @property
    def without_partner(self) -> tuple[str, ...]:
        """Ids of people who are there and have no partner: absent in this round of a plan, or waiting."""
        return (*self.absent, *self.waiting)

    def _must_be_there(self) -> Iterator[str]:
        """Yield the ids of people who must be there, or be known to be away."""
        others = chain.from_iterable(self.other_rounds)
        yield from chain(_required_ids(self), others, self.absent, self.waiting)

    def of_people(self, policy: Policy, here: Collection[str], known: Iterable[str]) -> Added:
        """Return these additions with ``away`` computed for the people of one round.

        A person whom these additions name and who is not in this round is away. A person whom the policy
        names is away only if their id is known; an unknown id stays in the policy, where it is refused as a
        fault.

        Parameters
        ----------
        policy : Policy
            The policy as given.
        here : collection of str
            Keys of the people of this round.
        known : iterable of str
            Ids of people who left, or who took part in an earlier round.
        """
        absent = {id_key(name): name for name in sorted({*known, *self.away}, reverse=True)}
        mine = {id_key(name): name for name in sorted(set(self._must_be_there()), reverse=True)}
        if not (absent or mine.keys() - set(here)):
            return self
        theirs = {id_key(name) for name in _required_ids(policy)} & absent.keys()
        spelled = mine | absent
        away = {spelled[key] for key in {*theirs, *mine} if key not in here}
        return self.model_copy(update={"away": tuple(sorted(away))})

    def with_named_away(self, policy: Policy) -> Added:
        """Return these additions with those people of ``away`` alone whom they or the policy still name."""
        named = set(map(id_key, chain(self._must_be_there(), _required_ids(policy))))
        away = tuple(name for name in self.away if id_key(name) in named)
        return self if away == self.away else self.model_copy(update={"away": away})

    def in_force(self, policy: Policy) -> Policy:
        """Return the policy in force: the given one with these additions, without people who are away."""
        together: dict[str, Any] = {}
        if self.credits:
            together["credits"] = (*policy.credits, *self.credits)
        if quotas := (*(bound.quota for bound in self.loads), *self.quotas):
            together["quotas"] = (*policy.quotas, *quotas)
        if rules := self.all_rules:
            together["rules"] = (*_without_fixed_elsewhere(policy.rules, self.other_rounds), *rules)
        if self.as_of is not None:
            together["as_of"] = self.as_of
        if self.waiting:
            rules = together.get("rules", policy.rules)
            together["rules"] = tuple(_without_fixed_of(rule, self.waiting) for rule in rules)
        whole = policy.model_copy(update=together) if together else policy
        return without_people(whole, self.away, self.avoided)


NOTHING_ADDED = Added.model_construct()  # holds only defaults, so pydantic need not build the model for it


def people_of(pair: Iterable[str]) -> frozenset[str]:
    """Return the keys of the two people of a pair, in no order."""
    return frozenset(map(id_key, pair))


def _required_ids(policy: Policy | Added) -> Iterator[str]:
    """Yield the ids of people who must be there: in lists of pairs, and in credits."""
    conditions = (
        conditions_of(policy.rules, policy.quotas) if isinstance(policy, Added) else policy.conditions
    )
    for part in conditions:
        if isinstance(part, Fix | Forbid | Listed):
            yield from chain.from_iterable(part.pairs)
    for credit in policy.credits:
        yield from chain(credit.mentors, credit.mentees, chain.from_iterable(credit.pairs))


def without_people(policy: Policy, left: Iterable[str], avoided: Iterable[Pair] = ()) -> Policy:
    """Return a policy whose lists of pairs (fixed, forbidden, listed) and credits do not name some people.

    A credit that names nobody else is left out.

    Parameters
    ----------
    policy : Policy
        The policy, which is not changed.
    left : iterable of str
        Ids of the people to leave out.
    avoided : iterable of pairs of ids
        Pairs of which the first avoids the second, in addition to the column ``avoids``.

    Examples
    --------
    >>> policy = Policy(rules=[{"kind": "fix", "pairs": [["a", "b"], ["c", "d"]]}])
    >>> without_people(policy, ["d"]).rules[0].pairs
    (('a', 'b'),)
    """
    gone, beside = set(map(id_key, left)), tuple(avoided)
    if not (gone or beside):
        return policy

    def change(part: PolicyData) -> PolicyData:
        if isinstance(part, Fix | Forbid | Listed):
            return keep_pairs(part, lambda pair: gone.isdisjoint(people_of(pair)))
        if beside and isinstance(part, Avoids):
            return part.model_copy(update={"pairs": (*part.pairs, *beside)})
        return part

    changed = {
        "rules": tuple(change_parts(rule, change) for rule in policy.rules),
        "quotas": tuple(change_quota(quota, change) for quota in policy.quotas),
        "as_far_as_possible": policy.as_far_as_possible and change_parts(policy.as_far_as_possible, change),
        "credits": drop_names(policy.credits, lambda name, _: id_key(name) not in gone),
    }
    same = all(getattr(policy, name) == value for name, value in changed.items())
    return policy if same else policy.model_copy(update=changed)


def keep_pairs(part: ListOfPairs, keeps: Callable[[Pair], bool]) -> ListOfPairs:
    """Return a rule or condition with the pairs that ``keeps`` accepts: the same object if these are all."""
    kept = tuple(pair for pair in part.pairs if keeps(pair))
    return (
        part if len(kept) == len(part.pairs) else cast("ListOfPairs", part.model_copy(update={"pairs": kept}))
    )


OTHER_ROUNDS = "other rounds of the plan"
"""Name of the rule that forbids the pairs of the other rounds."""

ABSENT = "absent in this round"
"""Name of the rule under which people who are away have no partner."""

WAITING = "waits this time"
"""Name of the rule under which people who asked to wait have no partner."""


def _rules_of_round(others: Sequence[Pair], absent: Sequence[str]) -> Iterator[Rule]:
    """Yield the rules that one round of a plan adds to the policy of the plan."""
    if others:
        yield Forbid(name=OTHER_ROUNDS, pairs=tuple(others))
    if absent:
        yield _nobody_for(ABSENT, absent)


def _nobody_for(name: str, people: Sequence[str]) -> Rule:
    """Return a rule under which some people have no partner in either role."""
    nobody: Any = tuple(
        Not(condition=Require(of=role, field="id", equals=tuple(people))) for role in ("mentor", "mentee")
    )
    return AllOfRule(name=name, conditions=nobody)


def _without_fixed_of(rule: Rule, people: Iterable[str]) -> Rule:
    """Return a rule without the fixed duos of some people; a rule of another kind stays as it is."""
    named = set(map(id_key, people))
    return keep_pairs(rule, lambda pair: named.isdisjoint(people_of(pair))) if isinstance(rule, Fix) else rule


def _without_fixed_elsewhere(rules: Sequence[Rule], others: Iterable[Pair]) -> tuple[Rule, ...]:
    """Return the rules without the fixed duos that other rounds form."""
    elsewhere = {(id_key(mentor), id_key(mentee)) for mentor, mentee in others}
    return tuple(
        keep_pairs(rule, lambda pair: (id_key(pair[0]), id_key(pair[1])) not in elsewhere)
        if isinstance(rule, Fix)
        else rule
        for rule in rules
    )
