"""Conflicts of fixed duos on one person or on one pair, found without solving.

More fixed duos than capacity, a person fixed with themselves, a fixed duo that a rule forbids. Whether
something still clashes depends on the changes made before, so each clash is checked when its turn comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rules import SAME_PERSON
from reverse_match.matching.infeasible.deletion_filter import Core

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.constraints.demands import ConstraintSet
    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.infeasible.relax import ConstraintSubset, DemandChange


@dataclass(frozen=True)
class TooManyFixed:
    """Somebody has more fixed duos than capacity.

    Attributes
    ----------
    side : int
        The role.
    person : int
        Row or column.
    """

    side: int
    person: int
    label = "capacity"

    def core(self, state: ConstraintSubset) -> Core | None:
        """Return one fixed duo more than the capacity, and the capacity; ``None`` if they fit."""
        constraints, duos = state.constraints, self._duos(state)
        capacity = int(constraints.capacities[self.side][self.person])
        number = constraints.of_side(self.side).start + self.person
        if len(duos) <= capacity or not state.kept[number]:
            return None
        return _core(constraints, [*duos[: capacity + 1], number])

    def fixed_duos(self, state: ConstraintSubset) -> int:
        """Return how many fixed duos the person has."""
        return len(self._duos(state))

    def reorder(self, state: ConstraintSubset, changes: Sequence[DemandChange]) -> list[DemandChange]:  # noqa: ARG002
        """Put more capacity first, since this library does not choose which duo to give up."""
        return sorted(changes, key=lambda change: change.kind != "capacity")

    def _duos(self, state: ConstraintSubset) -> list[int]:
        of_fixed = state.constraints.of_fixed
        mine = state.kept[of_fixed] & (state.constraints.fixed[self.side] == self.person)
        return [int(duo) + of_fixed.start for duo in np.flatnonzero(mine)]


@dataclass(frozen=True)
class ForbiddenFixed:
    """A rule forbids a fixed duo, or it is one person.

    Attributes
    ----------
    duo : int
        Among fixed duos.
    rule : int or None
        Among those that forbid; ``None`` of one person.
    """

    duo: int
    rule: int | None
    label: str

    def core(self, state: ConstraintSubset) -> Core | None:
        """Return the duo and the rule; ``None`` if one of them is no longer demanded."""
        numbers = [] if self.rule is None else [self.rule]
        numbers.append(state.constraints.of_fixed.start + self.duo)
        return _core(state.constraints, numbers) if state.kept[numbers].all() else None

    def fixed_duos(self, state: ConstraintSubset) -> None:  # noqa: ARG002
        """Return nothing, since this conflict is about one duo."""
        return

    def reorder(self, state: ConstraintSubset, changes: Sequence[DemandChange]) -> list[DemandChange]:
        """Put the end of this duo first, so that the rule stays for others; but the last rule against it."""
        rules = state.constraints.forbidden_fixed[:, self.duo] & state.kept[state.constraints.of_rules]
        first = "fix" if rules.sum() < 2 else "rule"
        return sorted(changes, key=lambda change: change.kind != first)


def possible_clashes(constraints: ConstraintSet) -> Iterator[TooManyFixed | ForbiddenFixed]:
    """Yield the conflicts of fixed duos, before any change is made."""
    for side, ends in enumerate(constraints.fixed):
        capacity = constraints.capacities[side]
        for person in np.flatnonzero(np.bincount(ends, minlength=len(capacity)) > capacity).tolist():
            yield TooManyFixed(side, person)
    for duo in range(len(constraints.fixed[0])):
        if constraints.with_themselves[duo]:
            yield ForbiddenFixed(duo, None, SAME_PERSON)
        else:
            for rule in np.flatnonzero(constraints.forbidden_fixed[:, duo]).tolist():
                yield ForbiddenFixed(duo, rule, constraints.forbidding[rule].label)


def _core(constraints: ConstraintSet, numbers: Sequence[int]) -> Core:
    of: BoolArray = np.zeros_like(constraints.all_kept)
    of[list(numbers)] = True
    return Core(of, True, of)
