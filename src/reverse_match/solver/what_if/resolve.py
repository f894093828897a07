"""What-if questions: the best choice once more, with a pair forced or with pairs closed.

A forced pair takes one place of its row and of its column, counts in the sums of quotas, and is chosen once;
the rest is a problem like the first one. So a pair can be forced even if a rule forbids it, since only pairs
of the rest must be possible. Each answer starts from the solution that it changes: usually a few augmenting
paths and a repricing of few pairs are enough. With quotas this holds for the choice without them, from which
the search under quotas begins.

Among the equal optima that a search could find, the answer is one with few changes. Two choices differ in
some pairs, which form groups that share rows or columns: the components of their symmetric difference.
Undoing a group restores the earlier pairs of its people and affects nobody else. A group is undone if both
sides of it have the same number of pairs and the same total, and capacities and quotas still hold. (If quotas
cost nothing, no search is needed, and tickets decide.)

If no choice keeps the quotas, those that stand against it are found by leaving out one after the other, as
long as the rest cannot be kept either (a deletion filter: Chinneck and Dravnieks 1991).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.assignment.solve import Start
from reverse_match.solver.objectives import Maximised, Optimum, solve_for
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import is_out_of_reach, reduce_quota, restore_quota
from reverse_match.solver.pairs.source import NO_PAIR
from reverse_match.solver.pairs.table import ChangedPairs, rescore_pairs
from reverse_match.solver.side_constraints.lagrangian_bound import Infeasible
from reverse_match.solver.side_constraints.lagrangian_pairs import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.pairs.tiles import Tiling

    Places = tuple[IntArray, IntArray]
    from collections.abc import Iterator


NO_PLACES = np.empty(0, np.int64), np.empty(0, np.int64)


@dataclass(frozen=True)
class SolvedProblem:
    """A problem with its optimum.

    Attributes
    ----------
    objective : str
        The objective that is maximised.
    problem : Problem
        The pairs and capacities.
    quotas : sequence of Quota
        The quotas that the chosen pairs keep together.
    tiling : Tiling
        Division of the pairs into tiles.
    optimum : Optimum
        The best choice.
    beside : int
        Number of fixed pairs beside the choice. If it is 0, quotas must allow at least one pair.
    """

    objective: Maximised
    problem: Problem
    quotas: Sequence[Quota]
    tiling: Tiling
    optimum: Optimum
    beside: int = 0

    @classmethod
    def of(
        cls,
        objective: Maximised,
        problem: Problem,
        quotas: Sequence[Quota],
        tiling: Tiling,
        start: Start | None = None,
        *,
        beside: int = 0,
    ) -> SolvedProblem | Infeasible:
        """Solve a problem; return ``Infeasible`` if no choice keeps the quotas."""
        if any(is_out_of_reach(quota) for quota in quotas):
            return Infeasible(None)
        optimum = solve_for(objective, problem, tiling, None, start, quotas, needs_pair=not beside)
        if isinstance(optimum, Infeasible):
            return optimum
        return cls(objective, problem, quotas, tiling, optimum, beside)

    @property
    def cost_of_loads(self) -> int:
        """The spread of the pairs, with those beside the choice; 0 where loads are not spread."""
        demand, chosen = self.problem.demand, self.optimum.solution.chosen
        return 0 if demand is None else demand.cost(chosen.rows, chosen.columns)

    def with_pair(self, row: int, column: int) -> SolvedProblem | Infeasible:
        """Return the best choice of the rest, given a pair, which need not be possible.

        Row and column must have a place left.
        """
        pair = np.array([row]), np.array([column])
        return self._solve_change(pair, taken=pair)

    def without_pairs(
        self, rows: IntArray, columns: IntArray, freed: Places = NO_PLACES
    ) -> SolvedProblem | Infeasible:
        """Return the best choice without some pairs, and with the places of fixed pairs that are given up."""
        return self._solve_change((rows, columns), freed=freed)

    def _solve_change(
        self, closed: Places, *, taken: Places = NO_PLACES, freed: Places = NO_PLACES
    ) -> SolvedProblem | Infeasible:
        capacities = tuple(capacity.copy() for capacity in self.problem.capacities)
        for capacity, less, more in zip(capacities, taken, freed, strict=True):
            np.subtract.at(capacity, less, 1)
            np.add.at(capacity, more, 1)
        demand, people = self.problem.demand, self.problem.people
        were_possible = self.problem.pairs.at(*closed) != NO_PAIR
        problem = replace(
            self.problem,
            pairs=rescore_pairs(self.problem.pairs, *closed, np.full(len(closed[0]), NO_PAIR)),
            row_capacity=capacities[0],
            column_capacity=capacities[1],
            demand=None if demand is None else demand.with_more(taken, freed),
            people=None if people is None else people.with_more(taken, freed),
        )
        quotas = [restore_quota(reduce_quota(quota, *taken), *freed) for quota in self.quotas]
        plain = self.optimum.plain
        snapshot = replace(plain.snapshot, changed=ChangedPairs(*closed, were_possible))
        start = Start(plain.candidates, plain.primal_dual, same_scores=True, snapshot=snapshot)
        standing = self.beside + len(taken[0]) - len(freed[0])
        known = self._from_known_proofs(problem, quotas, start)
        if known is not None:
            solved: SolvedProblem | Infeasible = replace(
                self, problem=problem, quotas=quotas, optimum=known, beside=standing
            )
        else:
            solved = SolvedProblem.of(self.objective, problem, quotas, self.tiling, start, beside=standing)
        if isinstance(solved, Infeasible) or solved.optimum.is_tie_broken or people is not None:
            return solved
        return solved._nearer_to(self.optimum)

    def _from_known_proofs(self, problem: Problem, quotas: Sequence[Quota], start: Start) -> Optimum | None:
        """Return the optimum of a changed problem with quotas, if what is proved of this one shows it."""
        if not quotas or any(is_out_of_reach(quota) for quota in quotas):
            return None
        from reverse_match.solver.what_if.quota_resolve import resolve_with_quotas

        return resolve_with_quotas(self.optimum, problem, quotas, self.tiling, start)

    def _nearer_to(self, earlier: Optimum) -> SolvedProblem:
        """Return an equally good optimum with fewer changes, since tickets have not decided on this one."""
        optimum, before = self.optimum, earlier.solution.chosen
        lowest = 0 if optimum.worst is None else optimum.worst.score
        chosen = undo_needless_changes(optimum.solution.chosen, before, self.problem, self.quotas, lowest)
        solution = replace(optimum.solution, chosen=chosen)
        return replace(self, optimum=replace(optimum, solution=solution))


def quotas_against(
    solved: SolvedProblem, change: Callable[[SolvedProblem], SolvedProblem | Infeasible], names: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of a minimal set of quotas that cannot be kept together after a change.

    A quota with several parts, such as a least and a largest share, is left out or kept as a whole: a minimal
    set of parts may touch more quotas than are needed.

    Parameters
    ----------
    solved : SolvedProblem
        The solved problem before the change.
    change : callable
        A change after which no choice keeps all quotas.
    names : sequence of str
        The name of the quota that each part of ``solved.quotas`` belongs to.
    """
    # Only feasibility is asked for, so the objective with the fewest steps is used. What is proved of all
    # quotas together says nothing of fewer.
    feasible = replace(solved, objective="total", optimum=replace(solved.optimum, quotas=None))
    against = tuple(dict.fromkeys(names))
    for name in against:
        fewer = tuple(other for other in against if other != name)
        quotas = [quota for quota, of in zip(solved.quotas, names, strict=True) if of in fewer]
        if fewer and _cannot_be(change, replace(feasible, quotas=quotas)):
            against = fewer
    return against


def _cannot_be(change: Callable[[SolvedProblem], SolvedProblem | Infeasible], solved: SolvedProblem) -> bool:
    """Say whether it is proved that no choice keeps the quotas after a change."""
    try:
        return isinstance(change(solved), Infeasible)
    except UndecidedError:
        return False


def undo_needless_changes(
    chosen: Arcs, before: Arcs, problem: Problem, quotas: Sequence[Quota], lowest: int = 0
) -> Arcs:
    """Return a choice that is as good as a given one and has more pairs of an earlier one.

    Parameters
    ----------
    chosen : Arcs
        An optimal choice that keeps the quotas.
    before : Arcs
        The earlier choice.
    problem : Problem
        The present problem.
    quotas : sequence of Quota
        The quotas to keep.
    lowest : int
        Least score, without credits, of a pair that is restored.

    Examples
    --------
    >>> from reverse_match.solver.pairs.table import ScoreTable
    >>> from reverse_match.solver.pairs.problem import Problem
    >>> one, key = np.ones(2, dtype=np.int64), np.arange(2, dtype=np.uint64)
    >>> problem = Problem(ScoreTable(np.array([[5, 5], [5, 5]], dtype=np.int32)), one, one, key, key)
    >>> places, five = np.arange(2), np.full(2, 5)
    >>> crossed, straight = Arcs(places, places[::-1], five), Arcs(places, places, five)
    >>> undo_needless_changes(crossed, straight, problem, []).columns.tolist()
    [0, 1]
    """
    before = problem.rescore(before)
    for new, old in _groups(chosen.where(~chosen.among(before)), before.where(~before.among(chosen))):
        possible = (old.scores != NO_PAIR) & (problem.judged.rescore(old).scores >= lowest)
        same = len(new) == len(old) and new.scores.sum() == old.scores.sum()
        if not same or not possible.all():
            continue
        undone = Arcs.union([chosen.where(~chosen.among(new)), old])
        if undone.fits(problem.capacities) and holds(quotas, undone) and _as_few(problem, undone, chosen):
            chosen = undone
    return chosen


def _as_few(problem: Problem, one: Arcs, other: Arcs) -> bool:
    """Say whether one choice has no more marked pairs, and no higher spread, than another."""
    counts = [
        (
            0 if problem.marked is None else problem.marked.count(chosen.rows, chosen.columns),
            0 if problem.demand is None else problem.demand.cost(chosen.rows, chosen.columns),
        )
        for chosen in (one, other)
    ]
    return all(mine <= theirs for mine, theirs in zip(*counts, strict=True))


def _groups(new: Arcs, old: Arcs) -> Iterator[tuple[Arcs, Arcs]]:
    """Yield the components of the symmetric difference, as new and old pairs."""
    from scipy.sparse import csr_array  # takes long to load
    from scipy.sparse.csgraph import connected_components

    rows, columns = np.concatenate([new.rows, old.rows]), np.concatenate([new.columns, old.columns])
    first = int(rows.max(initial=0)) + 1
    nodes = first + int(columns.max(initial=0)) + 1
    graph = csr_array((np.ones(len(rows)), (rows, columns + first)), shape=(nodes, nodes))
    group = connected_components(graph, directed=False)[1]
    for label in np.unique(group[old.rows]).tolist():
        yield new.where(group[new.rows] == label), old.where(group[old.rows] == label)
