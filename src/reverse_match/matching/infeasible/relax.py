"""The smallest changes of single demands that resolve a conflict.

First a demand is left out altogether. The duos that are found then show how far its bound has to move at
most. Feasibility is monotone in a bound, so the smallest sufficient move is found by exponential search:
doubling the step, then bisection (J. L. Bentley and A. C. Yao, "An almost optimal algorithm for unbounded
searching", 1976). Solving shows that the change is enough, and that one step less is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.demands import LIMITS
from reverse_match.matching.infeasible.oracle import FeasibleDuos
from reverse_match.solver.pairs.quotas import PairQuota, quota_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.constraints.demands import ConstraintSet, Family, Kind, Limit, StatedQuota
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.infeasible.deletion_filter import Core
    from reverse_match.matching.infeasible.oracle import FeasibilityOracle

MILLION = 1_000_000

MOST_TRIED = 12
"""Largest number of fixed duos, or of people with equal capacity, for which all are tried."""

FEW_STEPS = 8
"""Number of steps below which a search needs no guess."""

TRIED_OF_MANY = 3
"""Number of them that are tried if there are more."""


MANY_PAIRS = 1_000_000
"""Number of pairs beyond which a question takes seconds. Changes of capacities are not tried then, if a
change of a bound, a rule or a fixed duo has been found."""


@dataclass(frozen=True)
class DemandChange:
    """A change of one demand.

    Attributes
    ----------
    kind : str
        Kind of the demand.
    place : int
        Index of the rule, the quota or the fixed duo; for a capacity, the side.
    limit : str or None
        For a quota: ``at_least`` or ``at_most``.
    person : int
        For a capacity: row or column of the person.
    value : Fraction or None
        The new bound or capacity; ``None`` if a rule is waived or a fixed duo dropped.
    before : Fraction or None
        The present bound or capacity.
    suffices : bool
        Whether all demands can be kept after the change.
    """

    kind: Kind
    place: int
    limit: Limit | None = None
    person: int = 0
    value: Fraction | None = None
    before: Fraction | None = None
    suffices: bool = False


@dataclass(frozen=True)
class ConstraintSubset:
    """A constraint set with a mask of the demands that must be kept."""

    constraints: ConstraintSet
    kept: BoolArray

    def without(self, change: DemandChange) -> ConstraintSubset:
        """Return the subset without the demand that a change concerns."""
        kept = self.kept.copy()
        kept[self._numbers(change)] = False
        return ConstraintSubset(self.constraints, kept)

    def after(self, change: DemandChange) -> ConstraintSubset:
        """Return the subset after a change."""
        if change.value is None:
            return self.without(change)
        if change.kind == "capacity":
            constraints = self.constraints.with_capacity(change.place, change.person, int(change.value))
        else:
            constraints = self.constraints.with_bound(change.place, change.limit or "at_most", change.value)
        return ConstraintSubset(constraints, self.kept)

    def _numbers(self, change: DemandChange) -> slice:
        if change.kind == "quota":
            return self.constraints.of_quota(change.place, change.limit or "at_most")
        if change.kind == "capacity":
            number = self.constraints.of_side(change.place).start + change.person
        else:
            family = self.constraints.of_rules if change.kind == "rule" else self.constraints.of_fixed
            number = family.start + change.place
        return slice(number, number + 1)


class RelaxationSearch:
    """Finds the smallest changes of single demands that resolve a conflict.

    Parameters
    ----------
    oracle : FeasibilityOracle
        Answers whether demands can be kept together.
    ranks : pair of int64 arrays
        Rank of each row and of each column in the order in which people are tried.
    most_questions : int
        Number of solved questions after which no further changes are tried.
    """

    def __init__(
        self, oracle: FeasibilityOracle, ranks: tuple[IntArray, IntArray], most_questions: int
    ) -> None:
        self._oracle = oracle
        self._ranks = ranks
        self._last_question = oracle.questions + most_questions

    def changes(self, whole: ConstraintSubset, core: Core, alone: ConstraintSubset) -> list[DemandChange]:
        """Return the smallest changes of demands in a core after which all demands can be kept.

        If no such change exists, since there is another conflict, return the changes after which the core
        alone can be kept.

        Parameters
        ----------
        whole : ConstraintSubset
            All demands that are kept.
        core : Core
            The conflict.
        alone : ConstraintSubset
            The demands of the core alone.
        """
        candidates = list(self._candidates(whole.constraints, core))
        for state in (whole, alone):
            found: list[DemandChange] = []
            for change in candidates:
                if self._oracle.questions >= self._last_question or (found and _is_costly(change, state)):
                    break
                smallest = self._smallest(state, change)
                if smallest is not None:
                    found.append(replace(smallest, suffices=state is whole))
            if found:
                return found
        return []

    def _candidates(self, constraints: ConstraintSet, core: Core) -> Iterator[DemandChange]:
        for family in constraints.families(core.of):
            yield from self._of_family(constraints, family)

    def _of_family(self, constraints: ConstraintSet, family: Family) -> list[DemandChange]:
        if family.kind == "quota":
            quota = constraints.quotas[family.place]
            before = quota.bounds[LIMITS.index(family.limit or "at_most")]
            return [DemandChange("quota", family.place, family.limit, before=before)]
        if family.kind == "rule":
            return [DemandChange("rule", family.place)]
        if family.kind == "fix":
            return [DemandChange("fix", int(duo)) for duo in _members_to_try(family.members)]
        people = _members_to_try(family.members[np.argsort(self._ranks[family.place][family.members])])
        capacity = constraints.capacities[family.place]
        return [
            DemandChange("capacity", family.place, person=int(person), before=Fraction(int(capacity[person])))
            for person in people
        ]

    def _smallest(self, state: ConstraintSubset, change: DemandChange) -> DemandChange | None:
        """Return the smallest sufficient change of a demand, or ``None`` if none is found."""
        left_out = state.without(change)
        duos = self._oracle.ask(left_out.constraints, left_out.kept)
        if not isinstance(duos, FeasibleDuos):
            return None
        if change.before is None:
            return change
        scale = _scale(state.constraints, change, duos, state.kept)

        def change_by(steps: int) -> DemandChange:
            return replace(change, value=scale.value(steps))

        def is_enough(steps: int) -> bool | None:
            after = state.after(change_by(steps))
            answer = self._oracle.ask(after.constraints, after.kept)
            return None if answer == "undecided" else isinstance(answer, FeasibleDuos)

        def guess(steps: int) -> bool | None:
            after = state.after(change_by(steps))
            return self._oracle.guess(after.constraints, after.kept)

        guessed = None if scale.enough < FEW_STEPS or guess(1) is None else _least(guess, scale.enough)
        steps = _least(is_enough, scale.enough, guessed)
        return None if steps is None else change_by(steps)


def _is_costly(change: DemandChange, state: ConstraintSubset) -> bool:
    """Say whether a question about a change takes long, so that it is skipped if another change was found."""
    rows, columns = (len(capacity) for capacity in state.constraints.capacities)
    return change.kind == "capacity" and rows * columns > MANY_PAIRS


def _members_to_try(members: IntArray) -> IntArray:
    return members if len(members) <= MOST_TRIED else members[:TRIED_OF_MANY]


@dataclass(frozen=True)
class _Scale:
    """Steps from a bound towards looser ones, in units: ``enough`` steps suffice, and 0 do not.

    Step 0 (``first``) is the bound, rounded to the tighter side.
    """

    first: int
    towards: int
    unit: int
    enough: int

    def value(self, steps: int) -> Fraction:
        return Fraction(self.first + self.towards * steps, self.unit)


def _scale(constraints: ConstraintSet, change: DemandChange, duos: FeasibleDuos, kept: BoolArray) -> _Scale:
    before = change.before or Fraction(0)
    if change.kind == "capacity":
        ends = (duos.rows, duos.columns)[change.place]
        load = int((ends == change.person).sum())
        return _Scale(int(before), 1, 1, load - int(before))
    quota, limit = constraints.quotas[change.place], change.limit or "at_most"
    groups = kept[constraints.of_quota(change.place, limit)]
    unit = MILLION if quota.is_share else 1
    there = _tightest_bound(quota, limit, groups, duos) * unit
    if limit == "at_least":
        first = ceil(before * unit)
        return _Scale(first, -1, unit, first - floor(there))
    first = floor(before * unit)
    return _Scale(first, 1, unit, ceil(there) - first)


def _tightest_bound(quota: StatedQuota, limit: Limit, groups: BoolArray, duos: FeasibleDuos) -> Fraction:
    """Return the tightest bound of a quota that some duos keep."""
    if quota.is_share and isinstance(quota.sums, PairQuota):
        marked = int(quota.sums.marks.among(duos.rows, duos.columns).sum())
        return Fraction(marked, max(1, len(duos.rows)))
    sums = quota_sums(quota.sums, duos.rows, duos.columns)[groups]
    return Fraction(int(sums.min() if limit == "at_least" else sums.max()))


def _least(is_enough: Callable[[int], bool | None], enough: int, guessed: int | None = None) -> int | None:
    """Return the least sufficient number of steps, given that ``enough`` suffice and 0 do not.

    A right guess takes two questions.

    Examples
    --------
    >>> _least(lambda steps: steps >= 5, 40)
    5
    """
    low, high, step = 0, enough, 1
    doubling = True
    for tried in () if guessed is None else (guessed, guessed - 1):
        if low < tried < high:
            answer = is_enough(tried)
            if answer is None:
                return None
            low, high = (low, tried) if answer else (tried, high)
    while high - low > 1:
        tried = min(low + step, high - 1) if doubling else (low + high) // 2
        answer = is_enough(tried)
        if answer is None:
            return None
        if answer:
            high, doubling = tried, False
        else:
            low, step = tried, 2 * step
    return high
