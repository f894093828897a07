"""Better circles from known ones: one side is assigned anew while the other stays where it is.

With the mentors of every circle given, the best mentees for all of them are an assignment problem with few
side constraints, which HiGHS solves quickly; and the same with the mentees given. The two take turns until
neither finds more. What HiGHS returns is checked before it is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.circles.problem import IN_ANY_GROUP, IN_NO_GROUP, Circle
from reverse_match.solver.circles.restricted_master import GUIDE
from reverse_match.solver.side_constraints.highs import WholeProgramme, seconds_of, solve_whole

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.solver.circles.problem import CircleProblem
    from reverse_match.solver.circles.restricted_master import Stage

MOST_NODES = 20
"""Nodes at which HiGHS ends."""

NEAREST = 24
"""Circles that are considered for each person, the best ones for them."""


@dataclass(frozen=True)
class Side:
    """The people who are assigned to circles, and what the other side leaves them."""

    scores: IntArray
    """Of each circle with each person."""
    allowed: BoolArray
    bounds: list[tuple[int, int]]
    """Smallest and largest number of people for each circle."""
    limits: list[tuple[IntArray, list[list[int]], int | None, int]]
    """Groups of the people, groups of the other members of each circle, ``at_most`` and ``groups``."""
    apart: BoolArray
    others: int
    """Number of people on the other side."""


def mentees_for(problem: CircleProblem, teams: list[tuple[int, ...]]) -> Side:
    """Return the assignment of mentees to teams."""
    return Side(
        np.array([problem.scores[list(team)].sum(axis=0) for team in teams]),
        np.array([problem.allowed[list(team)].all(axis=0) for team in teams]),
        [problem.bounds.mentees_beside(len(team)) for team in teams],
        [
            (
                limit.mentees,
                [limit.mentors[list(team)].tolist() for team in teams],
                limit.at_most,
                limit.groups,
            )
            for limit in problem.limits
        ],
        problem.mentees_apart,
        sum(map(len, teams)),
    )


def mentors_for(problem: CircleProblem, groups: list[tuple[int, ...]]) -> Side:
    """Return the assignment of mentors to groups of mentees."""
    low, high = problem.bounds.mentors
    most = problem.bounds.people
    return Side(
        np.array([problem.scores[:, list(group)].sum(axis=1) for group in groups]),
        np.array([problem.allowed[:, list(group)].all(axis=1) for group in groups]),
        [(low, min(high, most - len(group))) for group in groups],
        [
            (
                limit.mentors,
                [limit.mentees[list(group)].tolist() for group in groups],
                limit.at_most,
                limit.groups,
            )
            for limit in problem.limits
        ],
        problem.mentors_apart,
        sum(map(len, groups)),
    )


def assign(side: Side, stage: Stage, seconds: float | None) -> list[tuple[int, ...]] | None:
    """Return the people of each circle, or None if HiGHS finds no assignment."""
    circles, people = np.nonzero(_near(side))
    if not len(circles):
        return None
    rows = _Rows(len(side.bounds), side.allowed.shape[1], circles, people)
    for circle, (low, high) in enumerate(side.bounds):
        rows.add(circles == circle, low, high)
    for person in np.unique(people).tolist():
        rows.add(people == person, 0, 1)
    worth = side.scores[circles, people].astype(np.float64)
    if stage.people is None:
        worth = worth + 2 * GUIDE
    else:
        rows.add(np.ones(len(circles), dtype=bool), stage.people - side.others, stage.people - side.others)
    _add_apart(rows, side)
    for limit in side.limits:
        _add_limit(rows, side, limit)
    found = rows.solve(worth, seconds)
    if found is None:
        return None
    taken = found[: len(circles)] > 0.5
    return [tuple(people[taken & (circles == one)].tolist()) for one in range(len(side.bounds))]


def _near(side: Side) -> BoolArray:
    """Mark the pairs of circle and person that are considered: the best ones of each."""
    worth = np.where(side.allowed, side.scores, -1)
    if len(worth) <= NEAREST:
        return side.allowed
    least = -np.partition(-worth, NEAREST - 1, axis=0)[NEAREST - 1]
    near: BoolArray = worth >= least[None, :]
    if worth.shape[1] > NEAREST:  # and for each circle the best people, since nobody may be near it
        own = -np.partition(-worth, NEAREST - 1, axis=1)[:, NEAREST - 1]
        near |= worth >= own[:, None]
    return near & side.allowed


class _Rows:
    """Rows of a whole programme over pairs of circle and person, and further variables."""

    def __init__(self, circles: int, people: int, of: IntArray, to: IntArray) -> None:
        self.circles, self.people, self.of, self.to = circles, people, of, to
        self.width = len(of)
        self._entries: list[tuple[IntArray, IntArray]] = []
        self._bounds: list[tuple[float, float]] = []

    def add(self, chosen: BoolArray, low: float, high: float) -> None:
        """Bound the number of chosen pairs."""
        places = np.flatnonzero(chosen)
        self.add_weighted(places, np.ones(len(places), np.int64), low, high)

    def add_weighted(self, places: IntArray, weights: IntArray, low: float, high: float) -> None:
        """Bound a weighted sum of variables."""
        self._entries.append((places, weights))
        self._bounds.append((low, high))

    def solve(self, worth: FloatArray, seconds: float | None) -> FloatArray | None:
        """Return the best values of the variables."""
        from scipy.sparse import csr_array

        lengths = [len(places) for places, _ in self._entries]
        matrix = csr_array(
            (
                np.concatenate([weights for _, weights in self._entries]).astype(np.float64),
                np.concatenate([places for places, _ in self._entries]),
                np.cumsum([0, *lengths]),
            ),
            shape=(len(lengths), self.width),
        )
        low, high = np.array(self._bounds, dtype=np.float64).T
        cost = np.zeros(self.width)
        cost[: len(worth)] = -worth / 1e6
        programme = WholeProgramme(cost, matrix, low, high, np.zeros(self.width), np.ones(self.width))
        return solve_whole(programme, MOST_NODES, seconds_of(seconds))


def _add_apart(rows: _Rows, side: Side) -> None:
    """Keep people apart: nobody is with any of those they must not be with."""
    for person in np.flatnonzero(side.apart.any(axis=1)).tolist():
        others = np.flatnonzero(side.apart[person])
        for circle in np.unique(rows.of[rows.to == person]).tolist():
            here = rows.of == circle
            own = np.flatnonzero(here & (rows.to == person))
            theirs = np.flatnonzero(here & np.isin(rows.to, others))
            if len(theirs):
                most = min(len(theirs), side.bounds[circle][1])
                weights = np.concatenate([np.full(len(own), most), np.ones(len(theirs), np.int64)])
                rows.add_weighted(np.concatenate([own, theirs]), weights, 0, most)


def _add_limit(rows: _Rows, side: Side, limit: tuple[IntArray, list[list[int]], int | None, int]) -> None:
    groups, others, at_most, least = limit
    of_pairs = groups[rows.to]
    for circle in range(len(side.bounds)):
        here, known = rows.of == circle, others[circle]
        if at_most is not None:
            anywhere = here & (of_pairs == IN_ANY_GROUP)
            found = set(of_pairs[here].tolist()) | set(known)
            for group in sorted(found - {IN_NO_GROUP}):
                taken = known.count(group) + (known.count(IN_ANY_GROUP) if group != IN_ANY_GROUP else 0)
                rows.add(anywhere | (here & (of_pairs == group)), 0, at_most - taken)
        else:
            missing = least - len(set(known) - {IN_NO_GROUP, IN_ANY_GROUP})
            if missing > 0:
                _add_groups(rows, here, of_pairs, set(known), missing)


def _add_groups(rows: _Rows, here: BoolArray, of_pairs: IntArray, known: set[int], missing: int) -> None:
    """Demand people of so many groups that are not yet there."""
    marks = []
    for group in sorted(set(of_pairs[here & (of_pairs >= 0)].tolist()) - known):
        mark, rows.width = rows.width, rows.width + 1
        marks.append(mark)
        places = np.flatnonzero(here & (of_pairs == group))
        weights = np.concatenate([np.ones(len(places), np.int64), [-1]])
        rows.add_weighted(np.concatenate([places, [mark]]), weights, 0, np.inf)
    rows.add_weighted(np.array(marks, dtype=np.int64), np.ones(len(marks), np.int64), missing, np.inf)


def mentees_assigned(
    problem: CircleProblem, stage: Stage, teams: list[tuple[int, ...]], seconds: float | None
) -> tuple[Circle, ...] | None:
    """Return circles of these teams with the best mentees found for them."""
    found = assign(mentees_for(problem, teams), stage, seconds) if teams else None
    if found is None:
        return None
    return tuple(Circle(team, mentees) for team, mentees in zip(teams, found, strict=True) if mentees)


def mentors_assigned(
    problem: CircleProblem, stage: Stage, groups: list[tuple[int, ...]], seconds: float | None
) -> tuple[Circle, ...] | None:
    """Return circles of these mentees with the best mentors found for them."""
    found = assign(mentors_for(problem, groups), stage, seconds) if groups else None
    if found is None:
        return None
    return tuple(Circle(team, group) for team, group in zip(found, groups, strict=True) if team)
