"""What fixed duos clash with on one person or on one pair, seen without solving anything.

More fixed duos than capacity, a person fixed with themselves, a fixed duo that a rule forbids. Whether
something still clashes depends on what was changed before; so each clash is looked up when its turn comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.rules import SAME_PERSON
from reverse_match.matching.infeasible.deletion_filter import Core

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.constraints.demands import Demanded
    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.matching.infeasible.relax import Change, State


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

    def core(self, state: State) -> Core | None:
        """Return as many of the fixed duos as are too many, and the capacity; ``None`` if it is enough."""
        demanded, duos = state.demanded, self._duos(state)
        capacity = int(demanded.capacities[self.side][self.person])
        number = demanded.of_side(self.side).start + self.person
        if len(duos) <= capacity or not state.kept[number]:
            return None
        return _core(demanded, [*duos[: capacity + 1], number])

    def fixed_duos(self, state: State) -> int:
        """Return how many fixed duos the person has."""
        return len(self._duos(state))

    def made_first(self, state: State, changes: Sequence[Change]) -> list[Change]:  # noqa: ARG002
        """Put more capacity first: which of the duos to give up is not for us to say."""
        return sorted(changes, key=lambda change: change.kind != "capacity")

    def _duos(self, state: State) -> list[int]:
        of_fixed = state.demanded.of_fixed
        mine = state.kept[of_fixed] & (state.demanded.fixed[self.side] == self.person)
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

    def core(self, state: State) -> Core | None:
        """Return the duo and the rule; ``None`` if one of them is demanded no more."""
        numbers = [] if self.rule is None else [self.rule]
        numbers.append(state.demanded.of_fixed.start + self.duo)
        return _core(state.demanded, numbers) if state.kept[numbers].all() else None

    def fixed_duos(self, state: State) -> None:  # noqa: ARG002
        """Return nothing: it is about one duo."""
        return

    def made_first(self, state: State, changes: Sequence[Change]) -> list[Change]:
        """Put the end of this duo first, so that the rule stays for others; but the last rule against it."""
        rules = state.demanded.forbidden_fixed[:, self.duo] & state.kept[state.demanded.of_rules]
        first = "fix" if rules.sum() < 2 else "rule"
        return sorted(changes, key=lambda change: change.kind != first)


def possible_clashes(demanded: Demanded) -> Iterator[TooManyFixed | ForbiddenFixed]:
    """Yield whatever fixed duos clash with if nothing is changed."""
    for side, ends in enumerate(demanded.fixed):
        capacity = demanded.capacities[side]
        for person in np.flatnonzero(np.bincount(ends, minlength=len(capacity)) > capacity).tolist():
            yield TooManyFixed(side, person)
    for duo in range(len(demanded.fixed[0])):
        if demanded.with_themselves[duo]:
            yield ForbiddenFixed(duo, None, SAME_PERSON)
        else:
            for rule in np.flatnonzero(demanded.forbidden_fixed[:, duo]).tolist():
                yield ForbiddenFixed(duo, rule, demanded.forbidding[rule].label)


def _core(demanded: Demanded, numbers: Sequence[int]) -> Core:
    of: BoolArray = np.zeros_like(demanded.all_kept)
    of[list(numbers)] = True
    return Core(of, True, of)
