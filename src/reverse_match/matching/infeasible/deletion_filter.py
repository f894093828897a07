"""From demands that cannot be kept together to a minimal set of them, by leaving out one after another.

This is a deletion filter for irreducible infeasible subsets (Chinneck & Dravnieks 1991), in halves where
there are many demands (Junker 2004). Whatever can be left out so that the rest still clashes is left out.
With fewer demands never less can be done, so a demand that was needed once is needed to the end. That a proof
does not use a demand is not enough to leave it out: the oracle is asked about every smaller set by itself.
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
"""Who is left out first is named last: capacities are facts, and quotas what a manager can change."""


@dataclass(frozen=True)
class Core:
    """An irreducible infeasible subset (IIS): demands that cannot be kept together.

    Attributes
    ----------
    of : bool array
        Which.
    minimal : bool
        Whether it was shown that without any family of them the others can be kept.
    each_needed : bool array
        Of which demands the same was shown for each by itself.
    """

    of: BoolArray
    minimal: bool
    each_needed: BoolArray


class DeletionFilter:
    """Finds an irreducible infeasible subset of demands.

    Parameters
    ----------
    oracle : FeasibilityOracle
        Answers whether demands can be kept.
    constraints : ConstraintSet
        Everything.
    most_questions : int
        After so many questions, demands of one family are not looked at one by one any more.
    """

    def __init__(self, oracle: FeasibilityOracle, constraints: ConstraintSet, most_questions: int) -> None:
        self._oracle = oracle
        self._constraints = constraints
        self._last_question = oracle.questions + most_questions

    def find_core(self, clashing: BoolArray, clash: Clash | None) -> Core:
        """Return a minimal core of demands that clash.

        Parameters
        ----------
        clashing : bool array
            Demands that are known to clash.
        clash : Clash or None
            Which of them are enough to see it, if that is known.
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
        """Return fewer clashing demands, as long as a proof uses fewer and they are found to clash, too."""
        while int(clash.of.sum()) < int(clashing.sum()):
            answer = self._oracle.ask(self._constraints, clash.of)
            if not isinstance(answer, Clash):
                break
            clashing, clash = clash.of, answer
        return clashing

    def _one_by_one(self, core: BoolArray, numbers: IntArray) -> tuple[BoolArray, bool]:
        """Leave out what can be of a family that is needed, and say if all that is left is needed."""
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
