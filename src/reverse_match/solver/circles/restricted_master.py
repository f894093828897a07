"""The restricted master: the linear programme over the circles found so far, solved by GLOP of OR-Tools.

It is the only other module that calls OR-Tools. GLOP keeps its basis when a column comes or a bound changes,
so the next solve takes a fraction of a new one. What it returns are floating-point numbers, from which
prices are rounded; every bound is computed from those in whole numbers (:mod:`.pricing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reverse_match.solver.circles.pricing import PARTS, Prices

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.solver.circles.problem import Case, Circle, CircleProblem


NO_SHARE = 1e-7
"""Share up to which a circle is not in a solution."""

GUIDE = 2_000_000
"""Millionths that half a person counts beside scores where all stages are sought at once, as a guide."""


@dataclass(frozen=True)
class Stage:
    """One stage of the objective: what a circle is worth, and what earlier stages have settled.

    Attributes
    ----------
    kind : str
        ``"people"``: the most people in circles; ``"trios"``: the fewest trios; ``"total"``: the highest sum
        of scores.
    people : int or None
        Number of people in circles, where it is settled.
    trios : int or None
        Largest number of trios, where it is settled.
    """

    kind: str
    people: int | None = None
    trios: int | None = None

    def worth(self, circle: Circle, scores: IntArray) -> int:
        """Return what a circle is worth: a number of people, minus a number of trios, or millionths."""
        if self.kind == "guide":
            return GUIDE * (2 * circle.people - int(circle.people == 3)) + circle.score(scores)
        if self.kind == "people":
            return circle.people
        return -int(circle.people == 3) if self.kind == "trios" else circle.score(scores)

    def prices(self, duals: Duals) -> Prices:
        """Return prices with the worth of this stage added to those of people and of trios."""
        own_person = {"people": PARTS, "guide": 2 * GUIDE * PARTS}.get(self.kind, 0)
        own_trio = {"trios": -PARTS, "guide": -GUIDE * PARTS}.get(self.kind, 0)
        pair = PARTS if self.kind in ("total", "guide") else 0
        person, trio = own_person + duals.person, own_trio - duals.trio
        return Prices(duals.mentors, duals.mentees, pair, person, trio, -duals.circle)


@dataclass(frozen=True)
class Duals:
    """Prices of a solution of the restricted master, in parts: of people, of one person more, of one trio.

    That of a circle is above 0 where their number is at its upper bound, and below 0 at its lower one.
    """

    mentors: IntArray
    mentees: IntArray
    person: int
    trio: int
    circle: int = 0


class RestrictedMaster:
    """The linear programme of one stage; circles are added, and cases change bounds."""

    def __init__(self, problem: CircleProblem, stage: Stage, penalty: float) -> None:
        from ortools.linear_solver import pywraplp

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._optimal = pywraplp.Solver.OPTIMAL
        self._infinity = self._solver.infinity()
        self._scale = 1e6 if stage.kind in ("total", "guide") else 1.0
        self._solver.SetSolverSpecificParametersAsString("dual_feasibility_tolerance: 1e-10")
        self.problem, self.stage = problem, stage
        self.circles: dict[Circle, Any] = {}
        self._objective = self._solver.Objective()
        self._objective.SetMaximization()
        mentors, mentees = problem.shape
        self._mentors = [self._row(0, 1) for _ in range(mentors)]
        self._mentees = [self._row(0, 1) for _ in range(mentees)]
        self._missing = [self._lack(row, penalty) for row in (*self._mentors, *self._mentees)]
        self._people = self._trios = None
        if stage.people is not None:
            self._people = self._row(stage.people, stage.people)
            for sign in (1.0, -1.0):
                self._lack(self._people, penalty, sign).SetUb(self._infinity)
        if stage.trios is not None:
            self._trios = self._row(-self._infinity, stage.trios)
            self._lack(self._trios, penalty, -1.0).SetUb(self._infinity)
        self._number = self._row(0.0, self._infinity)
        self._lack(self._number, penalty).SetUb(self._infinity)
        self._closed: list[Any] = []
        self._held: list[Any] = []
        self._placed: list[tuple[Any, Any]] = []

    def _row(self, least: float, most: float) -> Any:
        return self._solver.Constraint(least, most)

    def _lack(self, row: Any, penalty: float, sign: float = 1.0) -> Any:
        variable = self._solver.NumVar(0.0, 0.0, "")
        row.SetCoefficient(variable, sign)
        self._objective.SetCoefficient(variable, -penalty / self._scale)
        return variable

    def add(self, circle: Circle) -> bool:
        """Add a circle; return whether it is new."""
        if circle in self.circles:
            return False
        variable = self._solver.NumVar(0.0, self._infinity, "")
        self.circles[circle] = variable
        for one in circle.mentors:
            self._mentors[one].SetCoefficient(variable, 1.0)
        for one in circle.mentees:
            self._mentees[one].SetCoefficient(variable, 1.0)
        self._number.SetCoefficient(variable, 1.0)
        if self._people is not None:
            self._people.SetCoefficient(variable, float(circle.people))
        if self._trios is not None and circle.people == 3:
            self._trios.SetCoefficient(variable, 1.0)
        worth = self.stage.worth(circle, self.problem.scores) / self._scale
        self._objective.SetCoefficient(variable, worth)
        return True

    def restrict(self, case: Case) -> None:
        """Let the programme be that of a case."""
        for variable in self._closed:
            variable.SetUb(self._infinity)
        for row, lack in self._placed:
            row.SetBounds(0.0, 1.0)
            lack.SetUb(0.0)
        self._closed = (
            [] if not _decides(case) else [v for c, v in self.circles.items() if not case.allows(c)]
        )
        for variable in self._closed:
            variable.SetUb(0.0)
        most = self._infinity if case.most is None else float(case.most)
        self._number.SetBounds(float(case.least or 0), most)
        placed = [one for one, is_placed in case.mentors.items() if is_placed]
        rows = [(self._mentors[one], self._missing[one]) for one in placed]
        offset = len(self._mentors)
        placed = [one for one, is_placed in case.mentees.items() if is_placed]
        self._placed = rows + [(self._mentees[one], self._missing[offset + one]) for one in placed]
        for row, lack in self._placed:
            row.SetBounds(1.0, 1.0)
            lack.SetUb(1.0)

    def hold(self, circle: Circle) -> None:
        """Let a circle exist, whatever it is worth."""
        variable = self.circles[circle]
        variable.SetLb(1.0)
        self._held.append(variable)

    def release(self) -> None:
        """Let no circle exist that need not."""
        for variable in self._held:
            variable.SetLb(0.0)
        self._held = []

    def solve(self) -> float | None:
        """Solve the programme; return its value, or None if GLOP has no solution."""
        if not any(self._solved(way) for way in range(4)):
            return None
        self.duals = self._duals()
        return float(self._objective.Value()) * self._scale

    def shares(self) -> dict[Circle, float]:
        """Return the share of each circle in the solution, where it is not 0; nothing was changed since."""
        values = ((circle, variable.solution_value()) for circle, variable in self.circles.items())
        return {circle: share for circle, share in values if share > NO_SHARE}

    def _solved(self, way: int) -> bool:
        """Try to solve the programme; every way but the first begins without a basis."""
        from ortools.linear_solver.pywraplp import MPSolverParameters as Choice

        chosen = Choice()
        if way:
            chosen.SetIntegerParam(Choice.INCREMENTALITY, Choice.INCREMENTALITY_OFF)
            chosen.SetIntegerParam(Choice.LP_ALGORITHM, Choice.DUAL if way % 2 else Choice.PRIMAL)
            chosen.SetIntegerParam(Choice.PRESOLVE, Choice.PRESOLVE_OFF if way > 1 else Choice.PRESOLVE_ON)
        return bool(self._solver.Solve(chosen) == self._optimal)

    def _duals(self) -> Duals:
        """Return the prices of the solution, rounded to whole parts."""
        parts = PARTS * self._scale
        mentors = _whole([row.dual_value() * parts for row in self._mentors])
        mentees = _whole([row.dual_value() * parts for row in self._mentees])
        person = 0 if self._people is None else -round(self._people.dual_value() * parts)
        trio = 0 if self._trios is None else max(0, round(self._trios.dual_value() * parts))
        circle = round(self._number.dual_value() * parts)
        return Duals(mentors, mentees, person, trio, circle)


def _decides(case: Case) -> bool:
    return bool(case.mentors or case.mentees or case.pairs)


def _whole(values: list[float]) -> IntArray:
    array: FloatArray = np.array(values, dtype=np.float64)
    return np.round(array).astype(np.int64)
