"""The best choice of pairs over all rounds together, in which no two people meet twice.

All rounds together are one problem (:mod:`.rounds`), whose optimum bounds every plan. Where two people could
be a pair in either direction, the optimum may have both pairs. Then the problem is solved again without one
of the two (:mod:`reverse_match.solver.rounds.meet_once`). Of several attempts, the best choice and the lowest
bound are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.programme.plan.coordinate_ascent import NO_WORST, measure, objective_value
from reverse_match.programme.plan.rounds import RoundDuos
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.rounds.joint_integer_programme import MOST_VARIABLES, JointIntegerProgramme
from reverse_match.solver.rounds.meet_once import NOBODY, Reverse, meet_once, once_bounds, tighten_bounds
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.what_if.resolve import SolvedProblem

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.matching.encode import Prepared
    from reverse_match.solver.objectives import Optimum


@dataclass(frozen=True)
class JointOptimum:
    """All rounds as one matching: the optimum, and the best choice found in which no two people meet twice.

    Attributes
    ----------
    whole : Prepared
        The problem of all rounds together.
    best : Optimum
        Its optimum, whose prices and bounds hold for every plan.
    once : SolvedProblem
        A choice in which no two people meet twice.
    reverse : Reverse
        People who could both teach and learn.
    """

    whole: Prepared
    best: Optimum
    once: SolvedProblem
    reverse: Reverse

    @classmethod
    def solve(cls, whole: Prepared, best: Optimum, tries: int) -> JointOptimum:
        """Choose pairs over all rounds together so that no two people meet twice.

        Parameters
        ----------
        whole : Prepared
            The problem of all rounds together.
        best : Optimum
            Its optimum, in which two people may meet twice.
        tries : int
            Number of further attempts where the choice is not proved optimal.

        Raises
        ------
        UndecidedError
            If no choice that keeps the quotas was found.
        """
        quotas = whole.residual_quotas
        beside = len(whole.rules.fixed)
        solved = SolvedProblem(whole.maximised, whole.problem, quotas, whole.tiling, best, beside)
        reverse = _reverse(whole)
        once = meet_once(solved, reverse, fixed_places(whole))
        if isinstance(once, Infeasible):
            message = "no plan was found that keeps the quotas and in which no two people meet twice"
            raise UndecidedError(message)
        if reverse.anybody and not quotas and whole.maximised != "max_min":
            best = _tightest_optimum(whole, best, once.optimum, reverse)
        found = cls(whole, best, once, reverse)
        draw = np.random.default_rng(0)
        for _ in range(tries if reverse.anybody else 0):
            if found.is_best:
                break
            again = meet_once(solved, reverse, fixed_places(whole), draw)
            if not isinstance(again, Infeasible):
                found = found.better_of(again)
        return found

    def better_of(self, other: SolvedProblem) -> JointOptimum:
        """Return this result with a better choice or a lower bound, if the other solution has one."""
        whole, best = self.whole, self.best
        ones = [
            objective_value(whole.maximised, [measure(one.optimum.solution.chosen, whole.problem)])
            for one in (self.once, other)
        ]
        if whole.maximised != "max_min" and not whole.quotas:
            best = _tightest_optimum(whole, best, other.optimum, self.reverse)
        return replace(self, once=other if ones[1] > ones[0] else self.once, best=best)

    @property
    def is_best(self) -> bool:
        """Whether the choice in which nobody meets twice reaches the upper bound."""
        reached = objective_value(
            self.whole.maximised, [measure(self.once.optimum.solution.chosen, self.whole.problem)]
        )
        return reached >= self.upper_bound

    @property
    def upper_bound(self) -> tuple[int, ...]:
        """Bound on every plan, as a value of the objective."""
        bounds, objective = self.best.solution.bounds, self.whole.maximised
        fewest = 0 if self.best.marked is None else -self.best.marked.bound
        if objective == "total":
            return (bounds.total,)
        if objective == "max_min":
            worst = self.best.worst
            lowest = NO_WORST if worst is None else worst.bound
            return bounds.count, lowest, fewest, bounds.total
        return bounds.count, fewest, bounds.total

    @property
    def duos(self) -> RoundDuos:
        """All duos of all rounds, with their worth; with the scores of fixed duos."""
        rows, columns = fixed_places(self.whole)
        chosen = self.once.optimum.solution.chosen
        fixed = Arcs(rows, columns, self.whole.model.at(rows, columns))
        joint = Arcs.union([fixed, chosen])
        return RoundDuos(joint, joint.among(fixed))


def _tightest_optimum(whole: Prepared, best: Optimum, once: Optimum, reverse: Reverse) -> Optimum:
    """Return the optimum whose prices give the lower bound on plans, given that two people meet once."""
    found = []
    asked = replace(whole.problem, most_first=whole.maximised != "total")
    tighter = tighten_bounds(asked, once.solution, reverse, whole.tiling)
    for optimum in (once, best, replace(once, solution=tighter)):
        limits = once_bounds(whole.problem, optimum.solution, reverse, whole.tiling)
        more = len(optimum.solution.chosen) - len(once.solution.chosen)
        plain = replace(optimum.plain, bounds=replace(optimum.plain.bounds, count=limits.count))
        solution = replace(optimum.solution, bounds=limits)
        of_as_many = limits.total + optimum.solution.prices.cardinality_dual * more
        found.append(((limits.count, of_as_many), replace(optimum, solution=solution, plain=plain)))
    return min(found, key=lambda entry: entry[0])[1]


def fixed_places(prepared: Prepared) -> tuple[IntArray, IntArray]:
    """Return rows and columns of the fixed duos."""
    rows, columns = np.array(prepared.rules.fixed, dtype=np.int64).reshape(-1, 2).T
    return rows, columns


def _reverse(whole: Prepared) -> Reverse:
    """Return the index of people who are both a row and a column."""
    mentors = np.array(list(whole.sides.mentors), dtype=np.int64)
    mentees = np.array(list(whole.sides.mentees), dtype=np.int64)
    everybody = np.full(len(whole.cohort.participants), NOBODY, dtype=np.int64)
    row_of, column_of = everybody.copy(), everybody
    row_of[mentors], column_of[mentees] = np.arange(len(mentors)), np.arange(len(mentees))
    return Reverse(column_of[mentors], row_of[mentees])


def joint_rounds(
    joint: JointOptimum, alone: Prepared, capacities: tuple[IntArray, IntArray]
) -> JointIntegerProgramme:
    """Return a small plan as one integer programme over all pairs and rounds.

    The programme is empty where it would be too large.

    Parameters
    ----------
    joint : JointOptimum
        All rounds as one matching.
    alone : Prepared
        The problem of one round by itself.
    capacities : pair of int64 arrays, shape (people, rounds)
        Capacities of rows and of columns in each round.
    """
    whole, nothing = joint.whole, Arcs.union([])
    rows, columns = fixed_places(whole)
    fixed = Arcs(rows, columns, whole.model.at(rows, columns))
    small = whole.problem.shape[0] * whole.problem.shape[1] <= MOST_VARIABLES
    free = all_arcs(whole.problem, whole.tiling) if small else nothing
    arcs = Arcs.union([fixed, free]) if small else nothing
    marked = whole.problem.marked
    return JointIntegerProgramme(
        arcs,
        whole.problem.judged.at(arcs.rows, arcs.columns),
        arcs.among(fixed),
        _meetings(arcs, joint.reverse),
        capacities,
        [quota.sums for quota in alone.quotas],
        None if marked is None else marked.marks.among(arcs.rows, arcs.columns),
        0 if marked is None else marked.amount,
    )


def _meetings(arcs: Arcs, reverse: Reverse) -> IntArray:
    """Return a number for the two people of each pair, the same one for both directions."""
    width = int(arcs.columns.max(initial=0)) + 1
    rows, columns, exist = reverse.of(arcs.rows, arcs.columns)
    place = arcs.rows * width + arcs.columns
    back = np.where(exist & (columns < width), rows * width + columns, place)
    numbers: IntArray = np.unique(np.minimum(place, back), return_inverse=True)[1]
    return numbers
