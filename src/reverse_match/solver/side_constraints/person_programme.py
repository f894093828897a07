"""The programme of a choice that is judged by what people have: as fractions, or with whole pairs.

Beside the pairs it has, for each counted person and each possible number of pairs, the part to which they
have just that number; so a need for each number is a linear row. Utilities are concave in the sum of a
person's pairs, for each number of pairs: they are bounded by tangents (cuts), which are added where a
solution exceeds them (Kelley 1960). With fractions, every row can be missed at a penalty, so that there
always is a solution, and its dual values are prices of :mod:`.person_problem` in any case.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.pairs.people import ONE
from reverse_match.solver.pairs.quotas import UNBOUNDED
from reverse_match.solver.side_constraints.highs import (
    LinearProgramme,
    WholeProgramme,
    solve_linear,
    solve_whole,
)
from reverse_match.solver.side_constraints.person_problem import LARGEST_PRICE, PersonPrices

if TYPE_CHECKING:
    from typing import TypeAlias

    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import FloatArray, IntArray
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.person_problem import PeopleProblem, PersonCase

    _Entries: TypeAlias = tuple[IntArray, IntArray, float | FloatArray]

PENALTY = 1_000.0
"""Points that a missed unit of a row costs, where pairs or people are worth something."""

FINER = 1_000.0
"""Factor of the rows of needs, so that a millionth of a point is beyond the tolerance of HiGHS."""

NO_LIMIT = 1e9
"""Limit of a row without one."""

MOST_CUTS = 12
"""Largest number of times that tangents are added to a programme."""

FIRST_SHARES = (0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Shares of a point for each pair at which the first tangents are taken."""

SOME = 1e-5
"""Part of a pair, or of a point, that counts as some."""

EXCEEDED = 1e-9
"""Utility, as a share of a full one, by which a tangent may be exceeded."""


class FractionalChoice(NamedTuple):
    """A solution in fractions: parts of the pairs, people's parts by number of pairs, and prices."""

    parts: FloatArray
    numbers: FloatArray
    prices: PersonPrices


@dataclass
class Tangents:
    """Rows that are added where a solution breaks them.

    Attributes
    ----------
    people, slopes : lists of int
        People, and slopes of tangents of their utilities, in parts for each point.
    known : set of (int, int)
        The same as pairs.
    made_up : list of (int, int)
        People, and pairs of theirs for which others must make up.
    """

    people: list[int] = field(default_factory=list)
    slopes: list[int] = field(default_factory=list)
    known: set[tuple[int, int]] = field(default_factory=set)
    made_up: list[tuple[int, int]] = field(default_factory=list)

    def add(self, person: int, slope: int) -> bool:
        """Add a tangent; say whether it is new."""
        if (person, slope) in self.known:
            return False
        self.known.add((person, slope))
        self.people.append(person)
        self.slopes.append(slope)
        return True

    @classmethod
    def first(cls, problem: PeopleProblem) -> Tangents:
        """Return some tangents for everybody whose utility counts."""
        found = cls()
        if problem.terms.threshold is None:
            for person, most in enumerate(problem.terms.most.tolist()):
                for number in range(1, most + 1):
                    for share in FIRST_SHARES:
                        found.add(person, slope_at(problem, person, number, share * number))
        return found


def slope_at(problem: PeopleProblem, person: int, number: int, points: float) -> int:
    """Return the slope of a person's utility at a sum of so many free pairs, in parts for each point."""
    demand, knots = problem.demand, problem.demand.knots
    if knots is None:
        return 0
    count = int(demand.base_count[person]) + number
    share = points + int(demand.base_sum[person]) / ONE
    per = count if demand.of_mean else 1
    place = min(max(int(share * 1_000 / per + 1e-9), 0), len(knots) - 2)
    rise = int(knots[place + 1] - knots[place]) * problem.terms.parts
    return rise * 1_000 // per


class _Rows:
    """Rows of a programme, each at most a limit, collected as entries (row, variable, value)."""

    def __init__(self) -> None:
        self._row: list[IntArray] = []
        self._variable: list[IntArray] = []
        self._value: list[FloatArray] = []
        self._limits: list[FloatArray] = []
        self.size = 0

    def copy(self) -> _Rows:
        """Return rows to which more can be added."""
        other = _Rows()
        for name in ("_row", "_variable", "_value", "_limits"):
            setattr(other, name, copy(getattr(self, name)))
        other.size = self.size
        return other

    def add(self, limits: FloatArray, *entries: _Entries) -> slice:
        """Add rows; return their places."""
        for row, variable, value in entries:
            self._row.append(row + self.size)
            self._variable.append(variable)
            self._value.append(np.broadcast_to(np.asarray(value, dtype=float), row.shape))
        self._limits.append(np.asarray(limits, dtype=float))
        first, self.size = self.size, self.size + len(limits)
        return slice(first, self.size)

    def add_equations(self, values: FloatArray, *entries: _Entries) -> tuple[slice, slice]:
        """Add equations, as rows in both directions."""
        up = self.add(values, *entries)
        return up, self.add(-values, *((row, variable, -np.asarray(one)) for row, variable, one in entries))

    @property
    def limits(self) -> FloatArray:
        """The limits of all rows."""
        return np.concatenate([np.zeros(0), *self._limits])

    def matrix(self, width: int) -> csr_array:
        """Return the rows as a matrix."""
        from scipy.sparse import csr_array

        none = np.zeros(0, dtype=np.int64)
        row, variable = np.concatenate([none, *self._row]), np.concatenate([none, *self._variable])
        value = np.concatenate([np.zeros(0), *self._value])
        return csr_array((value, (row, variable)), shape=(self.size, width))


@dataclass(frozen=True)
class _Places:
    """Places of rows whose dual values are prices."""

    at_most: list[slice]
    at_least: list[slice]
    count: tuple[slice, slice]
    links: tuple[slice, slice]
    quotas: list[tuple[slice, slice]]
    needs: slice | None


class PersonProgramme:
    """The programme of a case.

    Parameters
    ----------
    problem : PeopleProblem
        The problem.
    case : PersonCase
        The case.
    tangents : Tangents
        Tangents of utilities; more may be added.
    """

    def __init__(self, problem: PeopleProblem, case: PersonCase, tangents: Tangents) -> None:
        self._problem, self._case, self._tangents = problem, case, tangents
        people = len(problem.terms.most)
        self.free = np.flatnonzero(case.active & ~case.forced)
        self._ends = [
            (np.flatnonzero(end[self.free] >= 0), end[self.free][end[self.free] >= 0]) for end in problem.ends
        ]
        self._given, self._has = np.zeros(people), np.zeros(people)
        for end in problem.ends:
            some = case.forced & (end >= 0)
            np.add.at(self._given, end[some], problem.gives[some] / ONE)
            np.add.at(self._has, end[some], 1)
        self._gives = problem.gives[self.free] / ONE
        least, most = problem.ranges(case)
        numbers = np.arange(problem.terms.needs.shape[1])
        allowed = (numbers >= np.maximum(least, 1)[:, None]) & (numbers <= most[:, None])
        self._person, self._number = np.nonzero(allowed)
        first = len(self.free)
        self._at_number = first + np.arange(len(self._person))
        self._at_utility = first + len(self._person) + np.arange(people)
        self._at_sum = self._at_utility + people
        self._counts_utility = problem.terms.threshold is None
        self._width = first + len(self._person) + 2 * people * self._counts_utility
        self._rows = _Rows()
        self._places = self._elastic_rows()
        self._elastic = self._rows.size
        self._add_numbers(np.flatnonzero(least > 0), people)

    def _elastic_rows(self) -> _Places:
        """Add the rows that can be missed."""
        problem, case, rows, every = self._problem, self._case, self._rows, np.arange(len(self.free))
        arcs, at_most, at_least = problem.arcs, [], []
        for side, ends in enumerate((arcs.rows, arcs.columns)):
            taken = np.bincount(ends[case.forced], minlength=len(case.most[side]))
            most, least = (case.most[side] - taken).astype(float), (taken - case.least[side]).astype(float)
            at_most.append(rows.add(most, (ends[self.free], every, 1.0)))
            at_least.append(rows.add(least, (ends[self.free], every, -1.0)))
        left = np.array([float(problem.count - int(case.forced.sum()))])
        count = rows.add_equations(left, (0 * every, every, 1.0))
        mine = [(person, place, 1.0) for place, person in self._ends]
        numbers = self._person, self._at_number, -self._number.astype(float)
        links = rows.add_equations(-self._has, *mine, numbers)
        return _Places(at_most, at_least, count, links, self._add_quotas(), self._add_needs())

    def _add_quotas(self) -> list[tuple[slice, slice]]:
        places = []
        for quota, (index, coefficient) in zip(self._problem.quotas, self._problem.paid, strict=True):
            forced = self._case.forced & (index >= 0)
            taken = np.bincount(index[forced], weights=coefficient[forced], minlength=len(quota.upper))
            at = np.flatnonzero(index[self.free] >= 0)
            row, value = index[self.free][at], coefficient[self.free][at].astype(float)
            upper = np.where(quota.upper >= UNBOUNDED, NO_LIMIT, quota.upper - taken)
            lower = np.where(quota.lower <= -UNBOUNDED, NO_LIMIT, taken - quota.lower)
            places.append((self._rows.add(upper, (row, at, value)), self._rows.add(lower, (row, at, -value))))
        return places

    def _add_needs(self) -> slice | None:
        if self._problem.terms.threshold is None:
            return None
        needs = self._problem.terms.needs[self._person, self._number] / ONE
        gives = [(person, place, -FINER * self._gives[place]) for place, person in self._ends]
        return self._rows.add(FINER * self._given, *gives, (self._person, self._at_number, FINER * needs))

    def _add_numbers(self, must: IntArray, people: int) -> None:
        """Add rows by which everybody has one number of pairs, and whoever must have a pair not none."""
        self._rows.add(np.ones(people), (self._person, self._at_number, 1.0))
        place = np.full(people, -1)
        place[must] = np.arange(len(must))
        here = place[self._person] >= 0
        self._rows.add(-np.ones(len(must)), (place[self._person[here]], self._at_number[here], -1.0))
        if self._counts_utility:
            gives = [(person, mine, -self._gives[mine]) for mine, person in self._ends]
            self._rows.add_equations(self._given, (np.arange(people), self._at_sum, 1.0), *gives)

    def _add_tangents(self, rows: _Rows) -> slice:
        """Add all tangents; each bounds the utility of a person."""
        problem, people = self._problem, np.array(self._tangents.people, dtype=np.int64)
        slopes, point = np.array(self._tangents.slopes, dtype=np.int64), problem.point
        entries: list[_Entries] = [(np.arange(len(people)), self._at_utility[people], 1.0)]
        alone = np.array([problem.limit(person, 0, 0) for person in range(len(problem.terms.most))])
        order = np.argsort(people, kind="stable")
        starts = np.searchsorted(people[order], np.arange(len(alone) + 1))
        entries.append((np.arange(len(people)), self._at_sum[people], -slopes / point))
        repeated = starts[self._person + 1] - starts[self._person]
        at = np.repeat(np.arange(len(self._person)), repeated)
        offset = np.arange(len(at)) - np.repeat(np.cumsum(repeated) - repeated, repeated)
        cut = order[np.repeat(starts[self._person], repeated) + offset]
        limits = [
            problem.limit(*one)
            for one in zip(
                self._person[at].tolist(), self._number[at].tolist(), slopes[cut].tolist(), strict=True
            )
        ]
        value = -(np.array(limits, dtype=float) - alone[self._person[at]]) / point
        entries.append((cut, self._at_number[at], value))
        return rows.add(alone[people] / point, *entries)

    @property
    def _worth(self) -> FloatArray:
        """What variables are worth, in points."""
        worth = np.zeros(self._width)
        worth[: len(self.free)] = self._problem.arcs.scores[self.free] / self._problem.point
        worth[self._at_utility[: len(self._at_utility) * self._counts_utility]] = 1.0
        return worth

    @property
    def _highest(self) -> FloatArray:
        """The largest value of each variable."""
        highest = np.ones(self._width)
        if self._problem.terms.threshold is None:
            most = enumerate(self._problem.terms.most.tolist())
            limits = [
                max(self._problem.limit(person, one, 0) for one in {0, number}) for person, number in most
            ]
            highest[self._at_utility] = np.array(limits) / self._problem.point
            highest[self._at_sum] = np.inf
        return highest

    def _is_fractional(self, x: FloatArray) -> bool:
        pairs = x[: len(self.free)]
        return bool((np.abs(pairs - np.rint(pairs)) > SOME).any())

    def fractional(self, seconds: float, rounds: int) -> FractionalChoice | None:
        """Return a best solution in fractions, with its prices; ``None`` if HiGHS has none.

        Rows that the solution breaks are added so many times, and more often if it has whole pairs.
        """
        from scipy.sparse import csr_array, hstack

        worth = self._worth
        penalty = PENALTY if worth.any() else 1.0
        for last in range(MOST_CUTS):  # the last solution is the one whose prices are taken
            rows = self._rows.copy()
            made_up = self._add_made_up(rows)
            elastic = np.concatenate([np.arange(self._elastic), np.arange(made_up.start, made_up.stop)])
            cuts = self._add_tangents(rows) if self._tangents.people else None
            slack = csr_array(
                (np.full(len(elastic), -1.0), (elastic, np.arange(len(elastic)))),
                shape=(rows.size, len(elastic)),
            )
            matrix = hstack([rows.matrix(self._width), slack], format="csc")
            cost = np.concatenate([-worth, np.full(len(elastic), penalty)])
            most = np.append(self._highest, np.full(len(elastic), np.inf))
            found = solve_linear(LinearProgramme(cost, most, matrix, rows.limits), seconds)
            if found is None:
                return None
            duals, x = -found.of_limits, found.x[: self._width]
            new = self._exceeds(x) | self._needs_more(x)
            if not new or last == MOST_CUTS - 1 or (last >= rounds and self._is_fractional(x)):
                break
        prices = self._prices(duals, cuts, made_up)
        return FractionalChoice(x[: len(self.free)], x[self._at_number], prices)

    def _add_made_up(self, rows: _Rows) -> slice:
        """Add the rows by which other pairs make up for what one lacks."""
        problem, place = self._problem, np.full(len(self._problem.arcs), -1)
        place[self.free] = np.arange(len(self.free))
        self._made_up = [  # others may have been added for a higher threshold
            (person, pair)
            for person, pair in self._tangents.made_up
            if self._case.active[pair] and problem.lacks(person, np.array([pair]))[0] > 0
        ]
        entries: list[_Entries] = []
        limits = np.zeros(len(self._made_up))
        for row, (person, pair) in enumerate(self._made_up):
            pairs, amounts = problem.makes_up(self._case, person, pair)
            free = (place[pairs] >= 0) & (amounts != 0)
            limits[row] = FINER * amounts[self._case.forced[pairs]].sum() / ONE
            value = -FINER * amounts[free] / ONE
            entries.append((np.full(len(value), row), place[pairs[free]], value))
        return rows.add(limits, *entries)

    def _needs_more(self, x: FloatArray) -> bool:
        """Add pairs for which others do not make up in a solution; say whether there are any."""
        problem = self._problem
        if problem.terms.threshold is None:
            return False
        parts, known, new = self._case.forced.astype(float), set(self._tangents.made_up), False
        parts[self.free] = x[: len(self.free)]
        for person, pairs in enumerate(problem.pairs_of):
            mine = pairs[(parts[pairs] > SOME) & (parts[pairs] < 1 - SOME)]
            for pair in mine[problem.lacks(person, mine) > 0].tolist():
                if (person, pair) in known:
                    continue
                others, amounts = problem.makes_up(self._case, person, pair)
                if float(parts[others] @ amounts) / ONE < -SOME:
                    self._tangents.made_up.append((person, pair))
                    new = True
        return new

    def numbers_of(self, found: FractionalChoice) -> tuple[IntArray, IntArray, FloatArray]:
        """Return people, their numbers of pairs, and the part to which they have them."""
        return self._person, self._number, found.numbers

    def whole(self, most_nodes: int, seconds: float) -> Arcs | None:
        """Return the best choice with whole pairs that HiGHS finds."""
        best: Arcs | None = None
        for _ in range(MOST_CUTS):
            rows = self._rows.copy()
            if self._tangents.people:
                self._add_tangents(rows)
            parts = np.zeros(self._width, dtype=bool)
            parts[len(self.free) + len(self._person) :] = True
            programme = WholeProgramme(
                -self._worth,
                rows.matrix(self._width),
                np.full(rows.size, -np.inf),
                rows.limits,
                np.zeros(self._width),
                self._highest,
                parts,
            )
            x = solve_whole(programme, most_nodes, seconds)
            if x is None:
                return best
            chosen = self._case.forced.copy()
            chosen[self.free[x[: len(self.free)] > 1 / 2]] = True
            found = self._problem.arcs.where(chosen)
            if not self._problem.is_choice(found):
                return best
            if best is None or self._problem.worth_of(found) > self._problem.worth_of(best):
                best = found
            if not self._exceeds(x):
                return best
        return best

    def _exceeds(self, x: FloatArray) -> bool:
        """Add tangents at a solution whose utilities exceed those that it has; say whether there are new."""
        if not self._counts_utility:
            return False
        sums, new = self._given.copy(), False
        for place, person in self._ends:
            np.add.at(sums, person, self._gives[place] * x[place])
        by_person = np.searchsorted(self._person, np.arange(len(sums) + 1)).tolist()
        for who, points in enumerate(sums.tolist()):
            here = slice(by_person[who], by_person[who + 1])
            numbers, parts = self._number[here].tolist(), x[self._at_number[here]].tolist()
            number = sum(one * part for one, part in zip(numbers, parts, strict=True))
            if number >= EXCEEDED:
                has = list(zip(numbers, parts, strict=True))
                new |= self._add_exceeded(who, points, number, has, float(x[self._at_utility[who]]))
        return new

    def _add_exceeded(
        self, person: int, points: float, number: float, has: list[tuple[int, float]], utility: float
    ) -> bool:
        """Add the tangents of a person that a solution exceeds, near the share that each pair gives."""
        problem, new = self._problem, False
        alone, point = problem.limit(person, 0, 0), problem.point
        for one in (one for one, part in has if part > EXCEEDED):
            for beside in (-1e-6, 1e-6):
                slope = slope_at(problem, person, one, (points / number + beside) * one)
                parts = sum((problem.limit(person, other, slope) - alone) * part for other, part in has)
                if utility * point > slope * points + alone + parts + EXCEEDED * point:
                    new |= self._tangents.add(person, slope)
        return new

    def _prices(self, duals: FloatArray, cuts: slice | None, made_up: slice) -> PersonPrices:
        """Return dual values as whole prices."""
        problem, places = self._problem, self._places

        def whole(points: FloatArray) -> IntArray:
            return np.clip(np.rint(points * problem.point), -LARGEST_PRICE, LARGEST_PRICE).astype(np.int64)

        links = duals[places.links[0]] - duals[places.links[1]]
        sides = []
        for side, people in enumerate((problem.demand.rows, problem.demand.columns)):
            price = duals[places.at_most[side]] - duals[places.at_least[side]]
            sides.append(whole(price + np.append(links, 0.0)[people]))
        if places.needs is not None:
            of_people = FINER * duals[places.needs]
        else:
            of_people = np.zeros(len(problem.terms.most))
            if cuts is not None:
                known = cuts.stop - cuts.start  # more may have been added after the last solution
                slopes = np.array(self._tangents.slopes[:known], dtype=float) / problem.point
                np.add.at(of_people, np.array(self._tangents.people[:known]), duals[cuts] * slopes)
        quotas = tuple(whole(duals[up] - duals[down]) for up, down in places.quotas)
        pair = duals[places.count[1]] - duals[places.count[0]]
        of_pairs = np.maximum(whole(FINER * duals[made_up]), 0).tolist()
        return PersonPrices(
            (sides[0], sides[1]),
            np.maximum(whole(of_people), 0),
            _kept(quotas, problem),
            int(whole(pair)[0]),
            tuple(
                (person, int(problem.arcs.rows[pair]), int(problem.arcs.columns[pair]), price)
                for (person, pair), price in zip(self._made_up, of_pairs, strict=True)
                if price
            ),
        )


def _kept(prices: tuple[IntArray, ...], problem: PeopleProblem) -> tuple[IntArray, ...]:
    """Return prices of quotas without those of bounds that do not exist."""
    kept = []
    for price, quota in zip(prices, problem.quotas, strict=True):
        price[(price > 0) & (quota.upper >= UNBOUNDED)] = 0
        price[(price < 0) & (quota.lower <= -UNBOUNDED)] = 0
        kept.append(price)
    return tuple(kept)
