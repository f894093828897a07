"""Why no matching can satisfy the rules: minimal conflicts one after another, each with what would do.

What clashes on one person or on one pair comes first: more fixed duos than capacity, a fixed duo that a rule
forbids. Then the rest is solved for: if it clashes, a minimal core of it is the next conflict, and so on, so
that a manager does not meet them one by one. Each conflict is looked for, and everything that is said of it
is asked, with the first relaxation of every conflict before it made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.quotas import subject_of
from reverse_match.foundation.errors import InfeasibleError
from reverse_match.matching.infeasible.deletion_filter import Narrowing
from reverse_match.matching.infeasible.fixed_duos import possible_clashes
from reverse_match.matching.infeasible.oracle import Clash, Duos, Question
from reverse_match.matching.infeasible.relax import Relaxing, State
from reverse_match.matching.infeasible.unknown_values import unknown_values
from reverse_match.matching.results.conflict import Conflict, Demand, Relaxation
from reverse_match.policy import EachQuota, ShareQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction
    from typing import Literal

    from reverse_match.constraints.demands import Demanded, Family
    from reverse_match.constraints.rows_and_columns import Setting
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.infeasible.deletion_filter import Core
    from reverse_match.matching.infeasible.oracle import Answer, Keeping
    from reverse_match.matching.infeasible.relax import Change
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
        told = 0
        for conflict, after in self._of_fixed_duos(state):
            state = after
            told += 1
            yield conflict
        for _ in range(MOST_CONFLICTS):
            demanded, answer = self._asked(state)
            if isinstance(answer, Duos) or (answer == "undecided" and told):
                return
            known = answer if isinstance(answer, Clash) else None
            core = Narrowing(self.keeping, demanded, self._most_asked).narrowed(state.kept, known)
            changes = self._changes(state, core, State(demanded, core.of))
            told += 1
            yield self._told(state, core, changes)
            if not changes:
                return
            state = state.after(changes[0])

    def _of_fixed_duos(self, state: State) -> Iterator[tuple[Conflict, State]]:
        """Yield what fixed duos clash with by themselves, and what is demanded after the first change."""
        for clash in possible_clashes(state.demanded):
            for _ in range(MOST_CONFLICTS):
                core = clash.core(state)
                changes = [] if core is None else self._changes(state, core, _alone(state, core))
                if core is None or not changes:
                    break
                if not changes[0].suffices:
                    changes = clash.made_first(state, changes)
                conflict = self._told(state, core, changes, clash.label, clash.fixed_duos(state))
                state = state.after(changes[0])
                yield conflict, state

    def _changes(self, state: State, core: Core, alone: State) -> list[Change]:
        return Relaxing(self.keeping, self._ranks, self._most_asked).changes(state, core, alone)

    @property
    def _most_asked(self) -> int:
        rows, columns = (len(ids) for ids in self.ids)
        return min(MOST_ASKED, max(LEAST_ASKED, MOST_PAIRS_ASKED // max(1, rows * columns)))

    @property
    def _ranks(self) -> tuple[IntArray, IntArray]:
        ranks = [np.argsort(np.argsort(np.array(ids, dtype=object), kind="stable")) for ids in self.ids]
        return ranks[0], ranks[1]

    def _asked(self, state: State) -> tuple[Demanded, Answer]:
        """Ask whether what is demanded can be kept: of no duos, too, and only if so, of some."""
        demanded = replace(state.demanded, nothing_will_do=True)
        answer = self.keeping.ask(demanded, state.kept)
        if isinstance(answer, Duos) and not len(answer.rows):
            demanded = state.demanded
            answer = self.keeping.ask(demanded, state.kept)
        return demanded, answer

    def _told(
        self,
        state: State,
        core: Core,
        changes: Sequence[Change],
        clash: str | None = None,
        fixed_duos: int | None = None,
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
            fixed_duos=fixed_duos,
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


def _alone(state: State, core: Core) -> State:
    """Return the demands of a core by themselves, which no duos at all may keep."""
    return State(replace(state.demanded, nothing_will_do=True), core.of)


def _role(side: int) -> Literal["mentor", "mentee"]:
    return "mentor" if side == 0 else "mentee"


def _number(bound: Fraction | None) -> int | float | None:
    if bound is None:
        return None
    return int(bound) if bound.denominator == 1 else float(bound)
