"""Conflicts of fixed duos on one person or on one pair, found without solving.

These conflicts are more fixed duos of a person than their capacity, a person fixed with themselves, and a
fixed duo that a rule forbids. Relaxations of earlier conflicts may resolve a later one, so each is checked
again when its turn comes.
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
    """A person has more fixed duos than their capacity.

    Attributes
    ----------
    side : int
        Side of the person: 0 for rows (mentors), 1 for columns (mentees).
    person : int
        Row or column of the person.
    """

    side: int
    person: int
    label = "capacity"

    def core(self, state: ConstraintSubset) -> Core | None:
        """Return the capacity and one more fixed duo than it allows; ``None`` if there are no more."""
        constraints, duos = state.constraints, self._duos(state)
        capacity = int(constraints.capacities[self.side][self.person])
        number = constraints.of_side(self.side).start + self.person
        if len(duos) <= capacity or not state.kept[number]:
            return None
        return _core(constraints, [*duos[: capacity + 1], number])

    def fixed_duos(self, state: ConstraintSubset) -> int:
        """Return the number of fixed duos of the person."""
        return len(self._duos(state))

    def reorder(self, state: ConstraintSubset, changes: Sequence[DemandChange]) -> list[DemandChange]:  # noqa: ARG002
        """Put a larger capacity first, since the library does not choose the fixed duo to drop."""
        return sorted(changes, key=lambda change: change.kind != "capacity")

    def _duos(self, state: ConstraintSubset) -> list[int]:
        of_fixed = state.constraints.of_fixed
        mine = state.kept[of_fixed] & (state.constraints.fixed[self.side] == self.person)
        return [int(duo) + of_fixed.start for duo in np.flatnonzero(mine)]


@dataclass(frozen=True)
class ForbiddenFixed:
    """A rule forbids a fixed duo, or the duo is a person with themselves.

    Attributes
    ----------
    duo : int
        Index among the fixed duos.
    rule : int or None
        Index among the forbidding rules; ``None`` for a person with themselves.
    label : str
        Label of the rule.
    """

    duo: int
    rule: int | None
    label: str

    def core(self, state: ConstraintSubset) -> Core | None:
        """Return the fixed duo and the rule; ``None`` if one of them is no longer demanded."""
        numbers = [] if self.rule is None else [self.rule]
        numbers.append(state.constraints.of_fixed.start + self.duo)
        return _core(state.constraints, numbers) if state.kept[numbers].all() else None

    def fixed_duos(self, state: ConstraintSubset) -> None:  # noqa: ARG002
        """Return None, since this conflict is about one duo."""
        return

    def reorder(self, state: ConstraintSubset, changes: Sequence[DemandChange]) -> list[DemandChange]:
        """Put dropping the duo first, to keep the rule for others, unless several rules forbid the duo."""
        rules = state.constraints.forbidden_fixed[:, self.duo] & state.kept[state.constraints.of_rules]
        first = "fix" if rules.sum() < 2 else "rule"
        return sorted(changes, key=lambda change: change.kind != first)


def possible_clashes(constraints: ConstraintSet) -> Iterator[TooManyFixed | ForbiddenFixed]:
    """Yield the conflicts of fixed duos in the constraint set, before any relaxation."""
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
