"""A proof by cases that no choice reaches an aim, where people count by what they have.

The cases split the number of pairs of a row or of a column, or say whether a single pair is chosen. So each
open case has two below it, and a case is closed by prices whose bound is below the aim
(:mod:`.person_problem`). Prices come from programmes in fractions (:mod:`.person_programme`), rounded; the
bound is computed from them in whole numbers, over all pairs. The tree is searched depth first (Land and Doig
1960).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.person_problem import Branch, PersonPrices
from reverse_match.solver.side_constraints.person_programme import MOST_CUTS, PersonProgramme, Tangents

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.person_problem import PeopleProblem, PersonCase

ROUNDS_BELOW = 2
"""Number of times that rows are added to a programme below the first one."""

WHOLE = 1e-6
"""Distance from a whole number up to which a number of pairs counts as whole."""


@dataclass(frozen=True)
class PersonTree:
    """A proof: its nodes in preorder, each a split, or the prices that close a case."""

    nodes: tuple[Branch | PersonPrices, ...]


class _UndecidedError(Exception):
    """Neither a proof nor a choice was found within the limits."""


class _FoundError(Exception):
    """A choice that reaches the aim was found."""

    def __init__(self, chosen: Arcs) -> None:
        super().__init__()
        self.chosen = chosen


def prove(
    problem: PeopleProblem, tangents: Tangents, watch: Watch, most_nodes: int
) -> PersonTree | Arcs | None:
    """Return a proof that no choice reaches the aim, a choice that does, or ``None``.

    Parameters
    ----------
    problem : PeopleProblem
        The problem with its aim.
    tangents : Tangents
        Tangents of utilities to begin with; more are added.
    watch : Watch
        The time left.
    most_nodes : int
        Largest number of cases.
    """
    if most_nodes == 1:
        return _prove(problem, tangents, watch, most_nodes, lacking_first=False)
    # Where pairs are worth nothing, what others must make up for decides; else more often numbers of pairs.
    first = not problem.arcs.scores.any()
    answer = _prove(problem, tangents, watch, most_nodes, lacking_first=first)
    if answer is not None or problem.terms.threshold is None:
        return answer
    return _prove(problem, tangents, watch, most_nodes, lacking_first=not first)


def _prove(
    problem: PeopleProblem, tangents: Tangents, watch: Watch, most_nodes: int, *, lacking_first: bool
) -> PersonTree | Arcs | None:
    search = _Search(problem, tangents, watch, most_nodes, lacking_first)
    try:
        search.close(problem.root)
    except _FoundError as found:
        return found.chosen
    except _UndecidedError:
        return None
    return PersonTree(tuple(search.nodes))


class _Search:
    def __init__(
        self,
        problem: PeopleProblem,
        tangents: Tangents,
        watch: Watch,
        most_nodes: int,
        lacking_first: bool,
    ) -> None:
        self._lacking_first = lacking_first
        self._problem, self._tangents, self._watch = problem, tangents, watch
        self._left = most_nodes
        self.nodes: list[Branch | PersonPrices] = []

    def close(self, root: PersonCase) -> None:
        """Close a case and all below it."""
        waiting = [root]
        while waiting:
            case = waiting.pop()
            self._left -= 1
            if self._left < 0 or self._watch.expired:
                raise _UndecidedError
            node = self._node(case)
            self.nodes.append(node)
            if isinstance(node, Branch):
                waiting.extend(reversed(case.children(self._problem, node)))

    def _node(self, case: PersonCase) -> Branch | PersonPrices:
        """Return the prices that close a case, or its split."""
        problem = self._problem
        case = problem.narrowed(case)
        programme = PersonProgramme(problem, case, self._tangents)
        rounds = ROUNDS_BELOW if self.nodes else MOST_CUTS
        found = programme.fractional(seconds_of(self._watch.seconds_left), rounds)
        if found is None:
            raise _UndecidedError
        prices = tightened(problem, case, found.prices)
        if problem.bound(case, prices) < problem.aim:
            return prices
        parts = case.forced.astype(float)
        parts[programme.free] = found.parts
        branch = _lacking_pair(problem, parts) if self._lacking_first else None
        branch = branch or _branch(problem, case, parts, programme.numbers_of(found))
        if branch is not None:
            return branch
        chosen = case.forced.copy()
        chosen[programme.free[found.parts > 1 / 2]] = True
        choice = problem.arcs.where(chosen)
        if problem.is_choice(choice) and problem.worth_of(choice) >= problem.aim:
            raise _FoundError(choice)
        raise _UndecidedError


def tightened(problem: PeopleProblem, case: PersonCase, prices: PersonPrices) -> PersonPrices:
    """Return prices at which rounding makes no free pair worth more than they say, if that is better."""
    worths = problem.worths(case, prices)
    some = case.active & ~case.forced & (worths > 0)
    more = np.zeros_like(prices.sides[0])
    np.maximum.at(more, problem.arcs.rows[some], worths[some])
    raised = replace(prices, sides=(prices.sides[0] + more, prices.sides[1]))
    return min((prices, raised), key=lambda one: problem.bound(case, one))


def _branch(
    problem: PeopleProblem,
    case: PersonCase,
    parts: FloatArray,
    numbers: tuple[IntArray, IntArray, FloatArray],
) -> Branch | None:
    """Return a split of a case: the number of pairs of somebody that is least whole, else a pair."""
    best: tuple[float, Branch] | None = None
    loads: list[FloatArray] = []
    for side, ends in enumerate((problem.arcs.rows, problem.arcs.columns)):
        load = np.bincount(ends, weights=parts, minlength=len(case.most[side])).astype(float)
        loads.append(load)
        apart = np.abs(load - np.rint(load))
        place = int(np.argmax(np.round(apart, 6))) if len(apart) else 0
        if len(apart) and apart[place] > WHOLE and (best is None or apart[place] > best[0] + WHOLE):
            most = int(np.floor(load[place]))
            best = float(apart[place]), _of_side(side, place, most)
    if best is not None:
        return best[1]
    number = _branch_on_number(problem, case, numbers, loads)
    if number is not None:
        return number
    apart = np.abs(parts - np.rint(parts))
    if not len(apart) or apart.max() <= WHOLE:
        return None
    place = int(np.argmax(np.round(apart, 6)))
    return Branch(int(problem.arcs.rows[place]), int(problem.arcs.columns[place]), 0)


def _lacking_pair(problem: PeopleProblem, parts: FloatArray) -> Branch | None:
    """Return the split by the pair that is least whole of those for which others must make up."""
    lacks = np.maximum(*problem.lacking)
    apart = np.where(lacks > 0, np.abs(parts - np.rint(parts)), 0)
    if problem.terms.threshold is None or not len(apart) or apart.max() <= WHOLE:
        return None
    place = int(np.argmax(np.round(apart, 3) * lacks))
    return Branch(int(problem.arcs.rows[place]), int(problem.arcs.columns[place]), 0)


def _branch_on_number(
    problem: PeopleProblem,
    case: PersonCase,
    numbers: tuple[IntArray, IntArray, FloatArray],
    loads: list[FloatArray],
) -> Branch | None:
    """Return a split of the number of pairs of somebody whose parts of several numbers give a whole one."""
    people, _, part = numbers
    mixed = (part > WHOLE) & (part < 1 - WHOLE)
    for person in np.unique(people[mixed]).tolist():
        for side, place in enumerate((int(problem.place_of[0][person]), int(problem.place_of[1][person]))):
            if place < 0:
                continue
            load = round(float(loads[side][place]))
            least, most = int(case.least[side][place]), int(case.most[side][place])
            if least < load <= most:
                return _of_side(side, place, load - 1)
            if least <= load < most:
                return _of_side(side, place, load)
    return None


def _of_side(side: int, place: int, most: int) -> Branch:
    """Return the split by the number of pairs of a row (0) or column (1)."""
    return Branch(place, None, most) if side == 0 else Branch(None, place, most)
