"""The smallest single changes that resolve a conflict: each found by solving with it, and with one less.

With a demand left out altogether, the duos found say how far a bound has to move at most; in between, the
smallest move that does is found by doubling and halving, since with a looser bound never less can be done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.demands import LIMITS
from reverse_match.matching.infeasible.oracle import Duos
from reverse_match.solver.pairs.quotas import PairQuota, quota_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reverse_match.constraints.demands import Demanded, Family, Kind, Limit, StatedQuota
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.infeasible.deletion_filter import Core
    from reverse_match.matching.infeasible.oracle import Keeping

MILLION = 1_000_000

MOST_TRIED = 12
"""So many fixed duos, or people with one capacity, are all tried."""

TRIED_OF_MANY = 3
"""So many of them are tried where there are more."""


MANY_PAIRS = 1_000_000
"""Pairs beyond which a question takes seconds: no capacities are tried where a bound, a rule or a fixed duo
will do."""


@dataclass(frozen=True)
class Change:
    """A change of one demand.

    Attributes
    ----------
    kind : str
        Of the demand.
    place : int
        Of the rule, the quota, the fixed duo, or the side.
    limit : str or None
        Which bound of a quota.
    person : int
        Whose capacity.
    value : Fraction or None
        The new bound or capacity; ``None`` where a rule is waived, a fixed duo dropped.
    before : Fraction or None
        The old one.
    suffices : bool
        Whether everything can be kept then.
    """

    kind: Kind
    place: int
    limit: Limit | None = None
    person: int = 0
    value: Fraction | None = None
    before: Fraction | None = None
    suffices: bool = False


@dataclass(frozen=True)
class State:
    """Demands, and which of them are to be kept."""

    demanded: Demanded
    kept: BoolArray

    def without(self, change: Change) -> State:
        """Leave out what a change is about."""
        kept = self.kept.copy()
        kept[self._numbers(change)] = False
        return State(self.demanded, kept)

    def after(self, change: Change) -> State:
        """Make a change."""
        if change.value is None:
            return self.without(change)
        if change.kind == "capacity":
            changed = self.demanded.with_capacity(change.place, change.person, int(change.value))
        else:
            changed = self.demanded.with_bound(change.place, change.limit or "at_most", change.value)
        return State(changed, self.kept)

    def _numbers(self, change: Change) -> slice:
        if change.kind == "quota":
            return self.demanded.of_quota(change.place, change.limit or "at_most")
        if change.kind == "capacity":
            number = self.demanded.of_side(change.place).start + change.person
        else:
            family = self.demanded.of_rules if change.kind == "rule" else self.demanded.of_fixed
            number = family.start + change.place
        return slice(number, number + 1)


class Relaxing:
    """Finds changes that would do.

    Parameters
    ----------
    keeping : Keeping
        Is asked.
    ranks : pair of int64 arrays
        The place of each row and each column in the order in which people are tried.
    most_asked : int
        After so many questions no more changes are looked for.
    """

    def __init__(self, keeping: Keeping, ranks: tuple[IntArray, IntArray], most_asked: int) -> None:
        self._keeping = keeping
        self._ranks = ranks
        self._last_asked = keeping.asked + most_asked

    def changes(self, whole: State, core: Core, alone: State) -> list[Change]:
        """Return the smallest changes of demands in a core with which everything can be kept.

        Where there are none, since there is another conflict, those with which the core can be kept alone.
        """
        asked = list(self._candidates(whole.demanded, core))
        for state in (whole, alone):
            found: list[Change] = []
            for change in asked:
                if self._keeping.asked >= self._last_asked or (found and _is_costly(change, state)):
                    break
                smallest = self._smallest(state, change)
                if smallest is not None:
                    found.append(replace(smallest, suffices=state is whole))
            if found:
                return found
        return []

    def _candidates(self, demanded: Demanded, core: Core) -> Iterator[Change]:
        for family in demanded.families(core.of):
            yield from self._of_family(demanded, family)

    def _of_family(self, demanded: Demanded, family: Family) -> list[Change]:
        if family.kind == "quota":
            quota = demanded.quotas[family.place]
            before = quota.bounds[LIMITS.index(family.limit or "at_most")]
            return [Change("quota", family.place, family.limit, before=before)]
        if family.kind == "rule":
            return [Change("rule", family.place)]
        if family.kind == "fix":
            return [Change("fix", int(duo)) for duo in _tried(family.members)]
        people = _tried(family.members[np.argsort(self._ranks[family.place][family.members])])
        capacity = demanded.capacities[family.place]
        return [
            Change("capacity", family.place, person=int(person), before=Fraction(int(capacity[person])))
            for person in people
        ]

    def _smallest(self, state: State, change: Change) -> Change | None:
        """Return the smallest change of a kind that does, ``None`` if none does, or that is not decided."""
        left_out = state.without(change)
        duos = self._keeping.ask(left_out.demanded, left_out.kept)
        if not isinstance(duos, Duos):
            return None
        if change.before is None:
            return change
        scale = _scale(state.demanded, change, duos, state.kept)

        def changed(steps: int) -> Change:
            return replace(change, value=scale.value(steps))

        def does(steps: int) -> bool | None:
            after = state.after(changed(steps))
            answer = self._keeping.ask(after.demanded, after.kept)
            return None if answer == "undecided" else isinstance(answer, Duos)

        steps = _least(does, scale.enough)
        return None if steps is None else changed(steps)


def _is_costly(change: Change, state: State) -> bool:
    """Say whether to ask for more capacity takes long, so that it is left where something else does."""
    rows, columns = (len(capacity) for capacity in state.demanded.capacities)
    return change.kind == "capacity" and rows * columns > MANY_PAIRS


def _tried(members: IntArray) -> IntArray:
    return members if len(members) <= MOST_TRIED else members[:TRIED_OF_MANY]


@dataclass(frozen=True)
class _Scale:
    """Steps from a bound towards looser ones: ``first`` is at the bound or just within it."""

    first: int
    towards: int
    unit: int
    enough: int

    def value(self, steps: int) -> Fraction:
        return Fraction(self.first + self.towards * steps, self.unit)


def _scale(demanded: Demanded, change: Change, duos: Duos, kept: BoolArray) -> _Scale:
    before = change.before or Fraction(0)
    if change.kind == "capacity":
        ends = (duos.rows, duos.columns)[change.place]
        load = int((ends == change.person).sum())
        return _Scale(int(before), 1, 1, load - int(before))
    quota, limit = demanded.quotas[change.place], change.limit or "at_most"
    groups = kept[demanded.of_quota(change.place, limit)]
    unit = MILLION if quota.is_share else 1
    there = _reached(quota, limit, groups, duos) * unit
    if limit == "at_least":
        first = ceil(before * unit)
        return _Scale(first, -1, unit, first - floor(there))
    first = floor(before * unit)
    return _Scale(first, 1, unit, ceil(there) - first)


def _reached(quota: StatedQuota, limit: Limit, groups: BoolArray, duos: Duos) -> Fraction:
    """Return the tightest bound that some duos keep."""
    if quota.is_share and isinstance(quota.sums, PairQuota):
        marked = int(quota.sums.marks.among(duos.rows, duos.columns).sum())
        return Fraction(marked, max(1, len(duos.rows)))
    sums = quota_sums(quota.sums, duos.rows, duos.columns)[groups]
    return Fraction(int(sums.min() if limit == "at_least" else sums.max()))


def _least(does: Callable[[int], bool | None], enough: int) -> int | None:
    """Return the least number of steps that does, where ``enough`` does and 0 does not.

    Examples
    --------
    >>> _least(lambda steps: steps >= 5, 40)
    5
    """
    low, high, step = 0, enough, 1
    doubling = True
    while high - low > 1:
        tried = min(low + step, high - 1) if doubling else (low + high) // 2
        answer = does(tried)
        if answer is None:
            return None
        if answer:
            high, doubling = tried, False
        else:
            low, step = tried, 2 * step
    return high
