"""Why no matching can satisfy the rules: minimal conflicts one after another, each with its relaxations.

Conflicts on one person or on one pair come first: more fixed duos than capacity, a fixed duo that a rule
forbids. Then the rest is solved for. If it clashes, a minimal core of it is the next conflict, and so on, so
that a manager does not meet conflicts one by one. Each conflict is looked for with the first relaxation of
every conflict before it made, and so is everything that is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.demands import LIMITS
from reverse_match.constraints.quotas import subject_of
from reverse_match.foundation.errors import InfeasibleError
from reverse_match.matching.infeasible.deletion_filter import DeletionFilter
from reverse_match.matching.infeasible.fixed_duos import possible_clashes
from reverse_match.matching.infeasible.oracle import Clash, FeasibilityQuestion, FeasibleDuos
from reverse_match.matching.infeasible.relax import ConstraintSubset, RelaxationSearch
from reverse_match.matching.infeasible.unknown_values import unknown_values
from reverse_match.matching.results.conflict import Conflict, Demand, Relaxation
from reverse_match.policy import EachQuota, ShareQuota

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction
    from typing import Literal

    from reverse_match.constraints.demands import ConstraintSet, Family
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.infeasible.deletion_filter import Core
    from reverse_match.matching.infeasible.oracle import Answer, FeasibilityOracle
    from reverse_match.matching.infeasible.relax import DemandChange
    from reverse_match.policy import Policy

MOST_CONFLICTS = 5
"""No more conflicts than these are looked for by solving."""

MOST_PAIRS_ASKED = 20_000_000
"""So many pairs are gone through, at most, to look at people one by one, and as many for relaxations."""

LEAST_QUESTIONS, MOST_QUESTIONS = 24, 400
"""But so many questions are allowed however many pairs there are, and no more however few."""


@dataclass(frozen=True)
class ConflictExplainer:
    """Explains which demands cannot hold together, and what would resolve that.

    Attributes
    ----------
    policy : Policy
        The choices.
    context : CompilationContext
        The people.
    ids : pair of lists of str
        Of rows and columns.
    oracle : FeasibilityOracle
        Answers whether demands can be kept.
    """

    policy: Policy
    context: CompilationContext
    ids: tuple[list[str], list[str]]
    oracle: FeasibilityOracle

    def error(self, constraints: ConstraintSet) -> InfeasibleError:
        """Return the error that names every conflict."""
        found = tuple(self.conflicts(constraints))
        return InfeasibleError([str(conflict) for conflict in found], found)

    def conflicts(self, constraints: ConstraintSet) -> Iterator[Conflict]:
        """Yield conflicts, each with the first relaxation of those before made."""
        state = ConstraintSubset(constraints, constraints.all_kept)
        count = 0
        for conflict, after in self._of_fixed_duos(state):
            state = after
            count += 1
            yield conflict
        for _ in range(MOST_CONFLICTS):
            constraints, answer = self._ask(state)
            if isinstance(answer, FeasibleDuos) or (answer == "undecided" and count):
                return
            known = answer if isinstance(answer, Clash) else None
            core = DeletionFilter(self.oracle, constraints, self._most_questions).find_core(state.kept, known)
            changes = self._changes(state, core, ConstraintSubset(constraints, core.of))
            count += 1
            yield self._describe(state, core, changes)
            if not changes:
                return
            state = state.after(changes[0])

    def _of_fixed_duos(self, state: ConstraintSubset) -> Iterator[tuple[Conflict, ConstraintSubset]]:
        """Yield what fixed duos clash with by themselves, and what is demanded after the first change."""
        for clash in possible_clashes(state.constraints):
            for _ in range(MOST_CONFLICTS):
                core = clash.core(state)
                changes = [] if core is None else self._changes(state, core, _alone(state, core))
                if core is None or not changes:
                    break
                if not changes[0].suffices:
                    changes = clash.reorder(state, changes)
                conflict = self._describe(state, core, changes, clash.label, clash.fixed_duos(state))
                state = state.after(changes[0])
                yield conflict, state

    def _changes(self, state: ConstraintSubset, core: Core, alone: ConstraintSubset) -> list[DemandChange]:
        return RelaxationSearch(self.oracle, self._ranks, self._most_questions).changes(state, core, alone)

    @property
    def _most_questions(self) -> int:
        rows, columns = (len(ids) for ids in self.ids)
        return min(MOST_QUESTIONS, max(LEAST_QUESTIONS, MOST_PAIRS_ASKED // max(1, rows * columns)))

    @property
    def _ranks(self) -> tuple[IntArray, IntArray]:
        ranks = [np.argsort(np.argsort(np.array(ids, dtype=object), kind="stable")) for ids in self.ids]
        return ranks[0], ranks[1]

    def _ask(self, state: ConstraintSubset) -> tuple[ConstraintSet, Answer]:
        """Ask whether what is demanded can be kept: of no duos, too, and only if so, of some."""
        constraints = replace(state.constraints, empty_is_feasible=True)
        answer = self.oracle.ask(constraints, state.kept)
        if isinstance(answer, FeasibleDuos) and not len(answer.rows):
            constraints = state.constraints
            answer = self.oracle.ask(constraints, state.kept)
        return constraints, answer

    def _describe(
        self,
        state: ConstraintSubset,
        core: Core,
        changes: Sequence[DemandChange],
        clash: str | None = None,
        fixed_duos: int | None = None,
    ) -> Conflict:
        """Say in ids, names and groups what is known by numbers."""
        families = state.constraints.families(core.of)
        places = {family.place for family in families if family.kind == "quota"}
        return Conflict(
            demands=tuple(self._demand(state.constraints, family, core) for family in families),
            relaxations=tuple(self._relaxation(state.constraints, change) for change in changes),
            unknown_values=tuple(
                value
                for place in sorted(places)
                for value in unknown_values(
                    self.policy.quotas[place], state.constraints.quotas[place].name, self.context
                )
            ),
            minimal=core.minimal,
            clash=clash,
            leaves_no_duo=clash is None
            and FeasibilityQuestion.of(state.constraints, core.of).holds_for_no_duos,
            fixed_duos=fixed_duos,
        )

    def _demand(self, constraints: ConstraintSet, family: Family, core: Core) -> Demand:
        needed = bool(core.each_needed[family.numbers].all())
        if family.kind == "rule":
            return Demand(kind="rule", name=constraints.forbidding[family.place].label)
        if family.kind == "fix":
            duos = tuple(sorted(self._duo(constraints, duo) for duo in family.members))
            return Demand(kind="fix", name="fix", duos=duos, each_needed=needed)
        if family.kind == "capacity":
            ids = tuple(sorted(self.ids[family.place][person] for person in family.members))
            return Demand(
                kind="capacity",
                name="capacity",
                bound=int(constraints.capacities[family.place][family.members[0]]),
                role=_role(family.place),
                ids=ids,
                each_needed=needed,
            )
        quota = constraints.quotas[family.place]
        bound = quota.bounds[LIMITS.index(family.limit or "at_most")]
        groups = tuple(quota.groups[group] for group in family.members) if quota.groups else ()
        counted, measure = self._quota_measure(family.place)
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

    def _relaxation(self, constraints: ConstraintSet, change: DemandChange) -> Relaxation:
        value, before = _number(change.value), _number(change.before)
        if change.kind == "rule":
            label = constraints.forbidding[change.place].label
            return Relaxation(kind="rule", name=label, suffices=change.suffices)
        if change.kind == "fix":
            duo = self._duo(constraints, change.place)
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
        counted, measure = self._quota_measure(change.place)
        return Relaxation(
            kind="quota",
            name=constraints.quotas[change.place].name,
            counted=counted,
            measure=measure,
            limit=change.limit,
            bound=value,
            instead_of=before,
            suffices=change.suffices,
        )

    def _quota_measure(self, place: int) -> tuple[str, Literal["duos", "share", "each"]]:
        """Return what a quota counts, and what it bounds."""
        quota = self.policy.quotas[place]
        if isinstance(quota, EachQuota):
            return quota.by, "each"
        return quota.name or subject_of(quota), "share" if isinstance(quota, ShareQuota) else "duos"

    def _duo(self, constraints: ConstraintSet, place: int) -> tuple[str, str]:
        row, column = constraints.rules.fixed[place]
        return self.ids[0][row], self.ids[1][column]


def _alone(state: ConstraintSubset, core: Core) -> ConstraintSubset:
    """Return the demands of a core by themselves, which no duos at all may keep."""
    return ConstraintSubset(replace(state.constraints, empty_is_feasible=True), core.of)


def _role(side: int) -> Literal["mentor", "mentee"]:
    return "mentor" if side == 0 else "mentee"


def _number(bound: Fraction | None) -> int | float | None:
    if bound is None:
        return None
    return int(bound) if bound.denominator == 1 else float(bound)
