"""Explains an infeasible policy by minimal conflicts, each with its relaxations.

Conflicts of fixed duos on one person or one pair come first: more fixed duos than capacity, or a fixed duo
that a rule forbids. Then the remaining demands are solved. If they clash, an irreducible subset is the next
conflict, and so on, so that one error reports several conflicts. The search for each conflict, and its
description, assume that the first relaxation of every conflict before it is made.
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
    from typing import Any

    from reverse_match.constraints.demands import ConstraintSet, Family, Kind
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.infeasible.deletion_filter import Core
    from reverse_match.matching.infeasible.oracle import Answer, FeasibilityOracle
    from reverse_match.matching.infeasible.relax import DemandChange
    from reverse_match.policy import Policy

MOST_CONFLICTS = 5
"""The most conflicts that are searched by solving."""

MOST_PAIRS_ASKED = 20_000_000
"""Budget, in pairs, of all questions of one deletion filter, and again of one search for relaxations."""

LEAST_QUESTIONS, MOST_QUESTIONS = 24, 400
"""Lower and upper limit of the number of questions that this budget allows, whatever the number of pairs."""


@dataclass(frozen=True)
class ConflictExplainer:
    """Explains which demands cannot hold together, and which changes resolve that.

    Attributes
    ----------
    policy : Policy
        The policy with the quotas as written.
    context : CompilationContext
        The people.
    ids : pair of lists of str
        Ids of rows and of columns.
    oracle : FeasibilityOracle
        Answers whether demands can be kept together.
    """

    policy: Policy
    context: CompilationContext
    ids: tuple[list[str], list[str]]
    oracle: FeasibilityOracle

    def error(self, constraints: ConstraintSet) -> InfeasibleError:
        """Return the error that reports every conflict found."""
        found = tuple(self.conflicts(constraints))
        return InfeasibleError([str(conflict) for conflict in found], found)

    def conflicts(self, constraints: ConstraintSet) -> Iterator[Conflict]:
        """Yield conflicts, each on the assumption that the first relaxation of each one before is made."""
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
        """Yield the conflicts of fixed duos, each with the demands after its first relaxation."""
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
        """Ask whether the demands can be kept, first with no duos allowed, and if so, with at least one."""
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
        """Return the record of a conflict: ids, names and groups in place of numbers."""
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
        said = self._subject(constraints, family.kind, family.place)
        if family.kind != "rule":
            said["each_needed"] = bool(core.each_needed[family.numbers].all())
        if family.kind == "fix":
            said["duos"] = tuple(sorted(self._duo(constraints, duo) for duo in family.members))
        elif family.kind == "capacity":
            said["bound"] = int(constraints.capacities[family.place][family.members[0]])
            said["ids"] = tuple(sorted(self.ids[family.place][person] for person in family.members))
        elif family.kind == "quota":
            quota = constraints.quotas[family.place]
            said["limit"] = family.limit
            said["bound"] = _number(quota.bounds[LIMITS.index(family.limit or "at_most")])
            said["groups"] = tuple(quota.groups[group] for group in family.members) if quota.groups else ()
        return Demand(**said)

    def _relaxation(self, constraints: ConstraintSet, change: DemandChange) -> Relaxation:
        return Relaxation(
            **self._subject(constraints, change.kind, change.place),
            limit=change.limit,
            bound=_number(change.value),
            instead_of=_number(change.before),
            duo=self._duo(constraints, change.place) if change.kind == "fix" else None,
            id=self.ids[change.place][change.person] if change.kind == "capacity" else None,
            suffices=change.suffices,
        )

    def _subject(self, constraints: ConstraintSet, kind: Kind, place: int) -> dict[str, Any]:
        """Return the name of a demand; also the subject and measure of a quota, or the role of a capacity."""
        if kind == "rule":
            return {"kind": kind, "name": constraints.forbidding[place].label}
        if kind == "capacity":
            return {"kind": kind, "name": kind, "role": "mentor" if place == 0 else "mentee"}
        if kind == "fix":
            return {"kind": kind, "name": kind}
        quota, name = self.policy.quotas[place], constraints.quotas[place].name
        if isinstance(quota, EachQuota):
            return {"kind": kind, "name": name, "counted": subject_of(quota), "measure": "each"}
        measure = "share" if isinstance(quota, ShareQuota) else "duos"
        return {"kind": kind, "name": name, "counted": quota.name or subject_of(quota), "measure": measure}

    def _duo(self, constraints: ConstraintSet, place: int) -> tuple[str, str]:
        row, column = constraints.rules.fixed[place]
        return self.ids[0][row], self.ids[1][column]


def _alone(state: ConstraintSubset, core: Core) -> ConstraintSubset:
    """Return the demands of a core alone; a matching without duos may keep them."""
    return ConstraintSubset(replace(state.constraints, empty_is_feasible=True), core.of)


def _number(bound: Fraction | None) -> int | float | None:
    if bound is None:
        return None
    return int(bound) if bound.denominator == 1 else float(bound)
