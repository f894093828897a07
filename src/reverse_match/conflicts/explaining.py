"""Why no matching can satisfy the rules: minimal conflicts one after another, each with what would do.

What clashes on one person or on one pair (a fixed duo that a rule forbids, more fixed duos than capacity) is
listed whole. Then, with the first relaxation of each made, the rest is solved for: if it clashes, a minimal
core of it is the next conflict, and so on, so that a manager does not meet them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.conflict import Conflict, Demand, Relaxation
from reverse_match.conflicts.known_answers import Clash, Duos
from reverse_match.conflicts.narrowing import Core, Narrowing
from reverse_match.conflicts.question import Question
from reverse_match.conflicts.relaxing import Change, Relaxing, State
from reverse_match.conflicts.unknown_values import unknown_values
from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.quotas import subject_of
from reverse_match.constraints.rules import SAME_PERSON
from reverse_match.errors import InfeasibleError
from reverse_match.policy import EachQuota, ShareQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.conflicts.keeping import Keeping
    from reverse_match.constraints.demands import Demanded, Family
    from reverse_match.constraints.setting import Setting
    from reverse_match.policy import Policy

MOST_CONFLICTS = 5
"""No more conflicts than these are looked for by solving."""

MOST_PAIRS_ASKED = 20_000_000
"""So many pairs are gone through, at most, to look at people one by one, and as many for relaxations."""

LEAST_ASKED, MOST_ASKED = 24, 400
"""But so many questions are allowed however many pairs there are, and no more however few."""


@dataclass(frozen=True)
class Explaining:
    """Explains what cannot hold together.

    Attributes
    ----------
    policy : Policy
        The choices.
    setting : Setting
        The people.
    ids : pair of lists of str
        Of rows and columns.
    keeping : Keeping
        Is asked whether demands can be kept.
    """

    policy: Policy
    setting: Setting
    ids: tuple[list[str], list[str]]
    keeping: Keeping

    def error(self, demanded: Demanded) -> InfeasibleError:
        """Return the error that names every conflict."""
        found = tuple(self.conflicts(demanded))
        return InfeasibleError([str(conflict) for conflict in found], found)

    def conflicts(self, demanded: Demanded) -> Iterator[Conflict]:
        """Yield conflicts, each with the first relaxation of those before made."""
        state = State(demanded, demanded.all_kept)
        direct = list(_direct(demanded))
        for core, clash in direct:
            yield self._told(state, core, self._direct_changes(state, core), clash)
        if direct:
            state = _resolved(state)
        for place in range(MOST_CONFLICTS):
            demanded = replace(state.demanded, nothing_will_do=True)
            answer = self.keeping.ask(demanded, state.kept)
            if isinstance(answer, Duos) and not len(answer.rows):
                demanded = state.demanded
                answer = self.keeping.ask(demanded, state.kept)
            if isinstance(answer, Duos) or (answer == "undecided" and (place or direct)):
                return
            known = answer if isinstance(answer, Clash) else None
            core = Narrowing(self.keeping, demanded, self._most_asked).narrowed(state.kept, known)
            relaxing = Relaxing(self.keeping, self._ranks, self._most_asked)
            changes = relaxing.changes(state, core, State(demanded, core.of))
            yield self._told(state, core, changes)
            if not changes:
                return
            state = state.after(changes[0])

    @property
    def _most_asked(self) -> int:
        rows, columns = (len(ids) for ids in self.ids)
        return min(MOST_ASKED, max(LEAST_ASKED, MOST_PAIRS_ASKED // max(1, rows * columns)))

    @property
    def _ranks(self) -> tuple[IntArray, IntArray]:
        ranks = [np.argsort(np.argsort(np.array(ids, dtype=object), kind="stable")) for ids in self.ids]
        return ranks[0], ranks[1]

    def _direct_changes(self, state: State, core: Core) -> list[Change]:
        """Return what resolves a clash on one pair or one person."""
        changes = []
        for family in state.demanded.families(core.of):
            if family.kind == "capacity":
                changes.append(_enough(state.demanded, family))
            else:
                places = family.members if family.kind == "fix" else [family.place]
                changes += [Change(family.kind, int(place)) for place in places]
        alone = State(replace(state.demanded, nothing_will_do=True), core.of)
        return [
            replace(change, suffices=self._can_be_kept(state.after(change)))
            for change in changes
            if self._can_be_kept(alone.after(change))
        ]

    def _can_be_kept(self, state: State) -> bool:
        return isinstance(self.keeping.ask(state.demanded, state.kept), Duos)

    def _told(
        self, state: State, core: Core, changes: Sequence[Change], clash: str | None = None
    ) -> Conflict:
        """Say in ids, names and groups what is known by numbers."""
        families = state.demanded.families(core.of)
        places = {family.place for family in families if family.kind == "quota"}
        return Conflict(
            demands=tuple(self._demand(state.demanded, family, core) for family in families),
            relaxations=tuple(self._relaxation(state.demanded, change) for change in changes),
            unknown_values=tuple(
                value
                for place in sorted(places)
                for value in unknown_values(
                    self.policy.quotas[place], state.demanded.quotas[place].name, self.setting
                )
            ),
            minimal=core.minimal,
            clash=clash,
            leaves_no_duo=clash is None and Question.of(state.demanded, core.of).holds_of_nothing,
        )

    def _demand(self, demanded: Demanded, family: Family, core: Core) -> Demand:
        needed = bool(core.each_needed[family.numbers].all())
        if family.kind == "rule":
            return Demand(kind="rule", name=demanded.forbidding[family.place].label)
        if family.kind == "fix":
            duos = tuple(sorted(self._duo(demanded, duo) for duo in family.members))
            return Demand(kind="fix", name="fix", duos=duos, each_needed=needed)
        if family.kind == "capacity":
            ids = tuple(sorted(self.ids[family.place][person] for person in family.members))
            return Demand(
                kind="capacity",
                name="capacity",
                bound=int(demanded.capacities[family.place][family.members[0]]),
                role=_role(family.place),
                ids=ids,
                each_needed=needed,
            )
        quota = demanded.quotas[family.place]
        bound = quota.bounds[LIMITS.index(family.limit or "at_most")]
        groups = tuple(quota.groups[group] for group in family.members) if quota.groups else ()
        counted, measure = self._counted(family.place)
        return Demand(
            kind="quota",
            name=quota.name,
            counted=counted,
            measure=measure,
            limit=family.limit,
            bound=_number(bound),
            groups=groups,
            each_needed=needed,
        )

    def _relaxation(self, demanded: Demanded, change: Change) -> Relaxation:
        value, before = _number(change.value), _number(change.before)
        if change.kind == "rule":
            label = demanded.forbidding[change.place].label
            return Relaxation(kind="rule", name=label, suffices=change.suffices)
        if change.kind == "fix":
            duo = self._duo(demanded, change.place)
            return Relaxation(kind="fix", name="fix", duo=duo, suffices=change.suffices)
        if change.kind == "capacity":
            return Relaxation(
                kind="capacity",
                name="capacity",
                bound=value,
                instead_of=before,
                role=_role(change.place),
                id=self.ids[change.place][change.person],
                suffices=change.suffices,
            )
        counted, measure = self._counted(change.place)
        return Relaxation(
            kind="quota",
            name=demanded.quotas[change.place].name,
            counted=counted,
            measure=measure,
            limit=change.limit,
            bound=value,
            instead_of=before,
            suffices=change.suffices,
        )

    def _counted(self, place: int) -> tuple[str, Literal["duos", "share", "each"]]:
        """Return what a quota counts, and what it bounds."""
        quota = self.policy.quotas[place]
        if isinstance(quota, EachQuota):
            return quota.by, "each"
        return quota.name or subject_of(quota), "share" if isinstance(quota, ShareQuota) else "duos"

    def _duo(self, demanded: Demanded, place: int) -> tuple[str, str]:
        row, column = demanded.rules.fixed[place]
        return self.ids[0][row], self.ids[1][column]


def _role(side: int) -> Literal["mentor", "mentee"]:
    return "mentor" if side == 0 else "mentee"


def _number(bound: Fraction | None) -> int | float | None:
    if bound is None:
        return None
    return int(bound) if bound.denominator == 1 else float(bound)


def _direct(demanded: Demanded) -> Iterator[tuple[Core, str]]:
    """Yield every fixed duo that cannot be, with each rule against it, and everybody with too many."""
    rows, columns = demanded.fixed
    first = demanded.of_fixed.start
    themselves = demanded.with_themselves
    for duo in range(len(rows)):
        if themselves[duo]:
            yield _core(demanded, [first + duo]), SAME_PERSON
        else:
            for rule in np.flatnonzero(demanded.forbidden_fixed[:, duo]):
                yield _core(demanded, [int(rule), first + duo]), demanded.forbidding[rule].label
    for side, ends in enumerate((rows, columns)):
        capacity = demanded.capacities[side]
        for person in np.flatnonzero(np.bincount(ends, minlength=len(capacity)) > capacity):
            duos = np.flatnonzero(ends == person)[: capacity[person] + 1] + first
            yield _core(demanded, [*duos.tolist(), demanded.of_side(side).start + int(person)]), "capacity"


def _core(demanded: Demanded, numbers: Sequence[int]) -> Core:
    of: BoolArray = np.zeros_like(demanded.all_kept)
    of[list(numbers)] = True
    return Core(of, True, of)


def _enough(demanded: Demanded, family: Family) -> Change:
    """Return the capacity that somebody needs for all of their fixed duos."""
    side, person = family.place, int(family.members[0])
    load = int((demanded.fixed[side] == person).sum())
    before = int(demanded.capacities[side][person])
    return Change("capacity", side, person=person, value=Fraction(load), before=Fraction(before))


def _resolved(state: State) -> State:
    """Leave out fixed duos that cannot be, and let everybody have the fixed duos that are left."""
    demanded, kept = state.demanded, state.kept.copy()
    kept[demanded.of_fixed] &= ~(demanded.with_themselves | demanded.forbidden_fixed.any(axis=0))
    fixed = kept[demanded.of_fixed]
    for side, ends in enumerate(demanded.fixed):
        load = np.bincount(ends[fixed], minlength=demanded.shape[side])
        for person in np.flatnonzero(load > demanded.capacities[side]):
            demanded = demanded.with_capacity(side, int(person), int(load[person]))
    return State(demanded, kept)
