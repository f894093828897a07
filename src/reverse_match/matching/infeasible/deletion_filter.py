"""A deletion filter, which reduces demands that clash to an irreducible infeasible subset (IIS).

The filter leaves out demands one after another, for good wherever the rest still clashes (J. W. Chinneck and
E. W. Dravnieks, "Locating minimal infeasible constraint sets in linear programs", 1991). Many demands are
left out in halves, as in QuickXplain (U. Junker, "QUICKXPLAIN: preferred explanations and relaxations for
over-constrained problems", 2004). Infeasibility is monotone: a set without which the rest is feasible is also
needed in every smaller clashing set. So each demand needs to be tried only once.

A proof of infeasibility may not use a demand. That alone does not remove it: the oracle confirms every
smaller set by a question of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.matching.infeasible.oracle import Clash, FeasibleDuos

if TYPE_CHECKING:
    from reverse_match.constraints.demands import ConstraintSet, Family
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.infeasible.oracle import FeasibilityOracle

FIRST_LEFT_OUT = ("capacity", "rule", "fix", "quota")
"""Order in which kinds of demands are left out. Kinds left out late are the most likely to remain: quotas,
which a manager can change, and not capacities, which are facts."""


@dataclass(frozen=True)
class Core:
    """An irreducible infeasible subset (IIS): demands that cannot be kept together.

    Attributes
    ----------
    of : bool array
        For each demand, whether it is in the subset.
    minimal : bool
        Whether each family of these demands was shown to be needed: without it the others can be kept.
    each_needed : bool array
        For each demand, whether it was shown to be needed by itself.
    """

    of: BoolArray
    minimal: bool
    each_needed: BoolArray


class DeletionFilter:
    """Finds an irreducible infeasible subset of demands.

    Parameters
    ----------
    oracle : FeasibilityOracle
        Answers whether demands can be kept together.
    constraints : ConstraintSet
        All demands.
    most_questions : int
        Number of solved questions after which demands of one family are no longer tried one by one.
    """

    def __init__(self, oracle: FeasibilityOracle, constraints: ConstraintSet, most_questions: int) -> None:
        self._oracle = oracle
        self._constraints = constraints
        self._last_question = oracle.questions + most_questions

    def find_core(self, clashing: BoolArray, clash: Clash | None) -> Core:
        """Return an irreducible subset of demands that clash.

        Parameters
        ----------
        clashing : bool array
            Mask of demands that are known to clash.
        clash : Clash or None
            A part of them that a proof of infeasibility uses, if known.
        """
        core = clashing if clash is None else self._adopt(clashing, clash)
        minimal = True
        for family in self._families(core):
            trial = _without(core, family.numbers)
            answer = self._oracle.ask(self._constraints, trial)
            if isinstance(answer, Clash):
                core = self._adopt(trial, answer)
            elif not isinstance(answer, FeasibleDuos):
                minimal = False
        each_needed = core.copy()
        for family in self._families(core):
            core, shown = self._one_by_one(core, family.numbers)
            each_needed[family.numbers] = shown
        return Core(core, minimal, each_needed & core)

    def _families(self, core: BoolArray) -> list[Family]:
        families = self._constraints.families(core)
        return sorted(families, key=lambda family: FIRST_LEFT_OUT.index(family.kind))

    def _adopt(self, clashing: BoolArray, clash: Clash) -> BoolArray:
        """Reduce clashing demands to those that a proof uses, as long as these are fewer and clash, too."""
        while int(clash.of.sum()) < int(clashing.sum()):
            answer = self._oracle.ask(self._constraints, clash.of)
            if not isinstance(answer, Clash):
                break
            clashing, clash = clash.of, answer
        return clashing

    def _one_by_one(self, core: BoolArray, numbers: IntArray) -> tuple[BoolArray, bool]:
        """Leave out unneeded demands of a needed family; return the core, and whether all left are needed."""
        numbers = numbers[core[numbers]]
        if len(numbers) < 2:
            return core, True
        if 2 * len(numbers) > self._last_question - self._oracle.questions:
            return core, False
        parts, shown = _halves(numbers), True
        while parts:
            part = parts.pop()
            part = part[core[part]]
            if not len(part):
                continue
            trial = _without(core, part)
            answer = self._oracle.ask(self._constraints, trial)
            if isinstance(answer, Clash):
                core = self._adopt(trial, answer)
            elif len(part) > 1:
                parts += _halves(part)
            else:
                shown = shown and isinstance(answer, FeasibleDuos)
        return core, shown


def _without(kept: BoolArray, numbers: IntArray) -> BoolArray:
    trial = kept.copy()
    trial[numbers] = False
    return trial


def _halves(numbers: IntArray) -> list[IntArray]:
    middle = len(numbers) // 2
    return [numbers[:middle], numbers[middle:]]
