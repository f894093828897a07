"""The constraint set of a policy and its people: demands that can be left out one by one.

The deletion filter (:mod:`reverse_match.matching.infeasible.deletion_filter`) leaves demands out to find a
conflict. Each demand has a number: each label of rules, each fixed duo, each bound of a quota for each of its
groups, and the capacity of each person in each role. Leaving demands out never makes a feasible set
infeasible. Two constraints are no demands, since nobody could waive them: nobody is paired with themselves,
and a pair is formed once at most.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from reverse_match.constraints.quotas import share_at_least, share_at_most
from reverse_match.policy import ShareQuota
from reverse_match.policy.labels import SAME_PERSON
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.constraints.quotas import CompiledQuota
    from reverse_match.constraints.rules import PairRule, Rules
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.solver.pairs.quotas import Quota

Kind: TypeAlias = Literal["quota", "rule", "fix", "capacity"]
Limit: TypeAlias = Literal["at_least", "at_most"]

LIMITS: tuple[Limit, Limit] = ("at_least", "at_most")


@dataclass(frozen=True)
class StatedQuota:
    """A quota of the policy, with bounds that can be changed.

    Attributes
    ----------
    place : int
        Index of the quota in the policy.
    name : str
        Name of the quota in reasons and messages.
    sums : Quota
        Assigns duos to sums; its own bounds are ignored.
    groups : tuple of str
        Name of the group of each sum; empty if one sum counts all duos.
    is_share : bool
        Whether the quota bounds a share of the duos, and not a number.
    bounds : pair of Fraction or None
        The lower and the upper bound; ``None`` if there is no such bound.
    """

    place: int
    name: str
    sums: Quota
    groups: tuple[str, ...]
    is_share: bool
    bounds: tuple[Fraction | None, Fraction | None]

    @property
    def size(self) -> int:
        """Number of sums."""
        return len(self.sums.lower)

    def bounded_sums(self, low: BoolArray, high: BoolArray, most_duos: int) -> list[tuple[Quota, bool, bool]]:
        """Return quotas for the solver, each with two flags: whether it has lower, and has upper bounds.

        Parameters
        ----------
        low, high : bool arrays
            For each sum, whether its lower and whether its upper bound is kept.
        most_duos : int
            No matching has more duos than this.
        """
        lower, upper = self.bounds
        if not self.is_share or not isinstance(self.sums, PairQuota):
            least, most = (0 if bound is None else int(bound) for bound in self.bounds)
            of_sums = replace(
                self.sums, lower=np.where(low, least, -UNBOUNDED), upper=np.where(high, most, UNBOUNDED)
            )
            return [(of_sums, True, True)] if low.any() or high.any() else []
        made: list[tuple[Quota, bool, bool]] = []
        if lower is not None and low.any():
            made.append((share_at_least(self.sums.marks, lower, most_duos), True, False))
        if upper is not None and high.any():
            made.append((share_at_most(self.sums.marks, upper, most_duos), False, True))
        return made


@dataclass(frozen=True)
class Family:
    """Demands of one kind that a conflict states in one sentence.

    Attributes
    ----------
    kind : str
        Kind of the demands.
    place : int
        Index of the rule among forbidding rules, of the quota among quotas, or of the side (0: mentors).
    limit : str or None
        The bound of a quota: ``at_least`` or ``at_most``; ``None`` for other kinds.
    numbers : int64 array
        Numbers of the demands in the constraint set.
    members : int64 array
        For each demand: index of the quota's sum, of the fixed duo, or of the row or column.
    """

    kind: Kind
    place: int
    limit: Limit | None
    numbers: IntArray
    members: IntArray


@dataclass(frozen=True)
class ConstraintSet:
    """All demands of a policy and its people.

    Attributes
    ----------
    model : ScoreModel
        Computes scores, for rules that depend on them.
    rules : Rules
        The rules that forbid pairs, and the fixed duos.
    capacities : pair of int64 arrays
        Capacities of rows and of columns.
    quotas : tuple of StatedQuota
        The quotas.
    empty_is_feasible : bool
        Whether a matching without duos that keeps the quotas counts as feasible although some duo is
        possible.
    """

    model: ScoreModel
    rules: Rules
    capacities: tuple[IntArray, IntArray]
    quotas: tuple[StatedQuota, ...]
    empty_is_feasible: bool = False

    @classmethod
    def of(
        cls,
        policy: Policy,
        model: ScoreModel,
        rules: Rules,
        capacities: tuple[IntArray, IntArray],
        quotas: Sequence[CompiledQuota],
    ) -> ConstraintSet:
        """Collect the demands of a policy.

        Parameters
        ----------
        policy : Policy
            The policy, whose quotas have the bounds as written.
        model : ScoreModel
            Computes scores.
        rules : Rules
            The policy's rules, compiled for the cohort.
        capacities : pair of int64 arrays
            Capacities of rows and of columns, before fixed duos are subtracted.
        quotas : sequence of CompiledQuota
            The policy's quotas, compiled for the cohort.
        """
        stated = []
        for place, quota in enumerate(policy.quotas):
            made = next(one for one in quotas if one.place == place)
            least, most = (None if one is None else Fraction(one) for one in (quota.lowest, quota.highest))
            is_share = isinstance(quota, ShareQuota)
            stated.append(StatedQuota(place, made.name, made.sums, made.groups, is_share, (least, most)))
        return cls(model, rules, capacities, tuple(stated))

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return len(self.capacities[0]), len(self.capacities[1])

    @cached_property
    def forbidding(self) -> tuple[PairRule, ...]:
        """The forbidding rules that can be left out: all but the one of same persons."""
        return tuple(rule for rule in self.rules.forbidding if rule.label != SAME_PERSON)

    @cached_property
    def fixed(self) -> tuple[IntArray, IntArray]:
        """Rows and columns of the fixed duos."""
        rows, columns = np.array(self.rules.fixed, dtype=np.int64).reshape(-1, 2).T
        return rows, columns

    @cached_property
    def firsts(self) -> IntArray:
        """First numbers of rules, fixed duos, bounds of quotas, and capacities, and last the total number."""
        sizes = [len(self.forbidding), len(self.fixed[0])]
        sizes += [quota.size for quota in self.quotas for _ in LIMITS]
        return np.cumsum([0, *sizes, *self.shape])

    @property
    def all_kept(self) -> BoolArray:
        """Mask of all demands; it is False at numbers of bounds that a quota does not have."""
        kept = np.ones(int(self.firsts[-1]), dtype=bool)
        for place, quota in enumerate(self.quotas):
            for limit, bound in zip(LIMITS, quota.bounds, strict=True):
                if bound is None:
                    kept[self.of_quota(place, limit)] = False
        return kept

    @property
    def of_rules(self) -> slice:
        """The range of numbers of rules."""
        return slice(0, int(self.firsts[1]))

    @property
    def of_fixed(self) -> slice:
        """The range of numbers of fixed duos."""
        return slice(int(self.firsts[1]), int(self.firsts[2]))

    def of_quota(self, place: int, limit: Limit) -> slice:
        """Return the range of numbers of a quota's lower or upper bound, one number for each of its sums."""
        part = 2 + 2 * place + LIMITS.index(limit)
        return slice(int(self.firsts[part]), int(self.firsts[part + 1]))

    def of_side(self, side: int) -> slice:
        """Return the range of numbers of the capacities of rows (0) or of columns (1)."""
        part = 2 + 2 * len(self.quotas) + side
        return slice(int(self.firsts[part]), int(self.firsts[part + 1]))

    def families(self, kept: BoolArray) -> list[Family]:
        """Return the kept demands by family: bounds of quotas, rules, fixed duos, and equal capacities.

        Parameters
        ----------
        kept : bool array
            For each demand, whether it is kept.
        """
        found = [
            self._family("quota", place, limit, self.of_quota(place, limit), kept)
            for place in range(len(self.quotas))
            for limit in LIMITS
        ]
        found += [
            self._family("rule", place, None, slice(place, place + 1), kept)
            for place in range(len(self.forbidding))
        ]
        found.append(self._family("fix", 0, None, self.of_fixed, kept))
        for side, capacity in enumerate(self.capacities):
            numbers = self.of_side(side)
            for value in np.unique(capacity[kept[numbers]]):
                alike = np.zeros_like(kept)
                alike[numbers] = capacity == value
                found.append(self._family("capacity", side, None, numbers, kept & alike))
        return [family for family in found if len(family.numbers)]

    @staticmethod
    def _family(kind: Kind, place: int, limit: Limit | None, numbers: slice, kept: BoolArray) -> Family:
        members = np.flatnonzero(kept[numbers])
        return Family(kind, place, limit, members + numbers.start, members)

    def with_bound(self, place: int, limit: Limit, bound: Fraction) -> ConstraintSet:
        """Return the constraint set with another bound of a quota."""
        quota = self.quotas[place]
        bounds = (bound, quota.bounds[1]) if limit == "at_least" else (quota.bounds[0], bound)
        changed = replace(quota, bounds=bounds)
        return replace(self, quotas=(*self.quotas[:place], changed, *self.quotas[place + 1 :]))

    def with_capacity(self, side: int, person: int, capacity: int) -> ConstraintSet:
        """Return the constraint set with another capacity of a row or a column."""
        changed = self.capacities[side].copy()
        changed[person] = capacity
        pair = (changed, self.capacities[1]) if side == 0 else (self.capacities[0], changed)
        return replace(self, capacities=pair)

    @cached_property
    def forbidden_fixed(self) -> BoolArray:
        """Mask of shape (rules, fixed duos): whether the rule forbids the duo."""
        rows, columns = self.fixed
        scores = self.model.at(rows, columns)
        marks = [rule.among(rows, columns, scores) for rule in self.forbidding]
        return np.array(marks, dtype=bool).reshape(len(self.forbidding), len(rows))

    def clash(self, kept: BoolArray) -> IntArray | None:
        """Return the numbers of demands on one pair or one person that conflict, or None if there are none.

        Three such conflicts exist: a fixed duo of one person, a fixed duo that a rule forbids, and more fixed
        duos of a person than their capacity.
        """
        rows, columns = self.fixed
        fixed = np.flatnonzero(kept[self.of_fixed])
        alone = fixed[self.with_themselves[fixed]]
        if len(alone):
            return np.array([alone[0] + self.of_fixed.start], dtype=np.int64)
        rule, duo = np.nonzero(self.forbidden_fixed[:, fixed] & kept[self.of_rules, None])
        if len(rule):
            return np.array([rule[0], fixed[duo[0]] + self.of_fixed.start], dtype=np.int64)
        for side, ends in enumerate((rows[fixed], columns[fixed])):
            capacity, demanded = self.capacities[side], kept[self.of_side(side)]
            over = np.flatnonzero(demanded & (np.bincount(ends, minlength=len(capacity)) > capacity))
            if len(over):
                duos = fixed[np.flatnonzero(ends == over[0])][: capacity[over[0]] + 1]
                return np.append(duos + self.of_fixed.start, over[0] + self.of_side(side).start)
        return None

    @cached_property
    def with_themselves(self) -> BoolArray:
        """Mask of the fixed duos whose mentor and mentee are the same person."""
        rows, columns = self.fixed
        same = next((rule for rule in self.rules.forbidding if rule.label == SAME_PERSON), None)
        if same is None:
            return np.zeros(len(rows), dtype=bool)
        return same.among(rows, columns, np.zeros(len(rows), dtype=np.int64))
