"""Pricing: the circle of each leader that is worth most above the prices of its members.

Every person has a price. The *excess* of a circle is its worth minus the prices of its members. If every
circle exists at most once for each *leader* (one of its mentors, by a fixed order), then for prices of 0 or
more

    worth of all circles  <=  sum of prices + sum over leaders of max(0, largest excess of their circles),

since the circles of a solution share nobody: their prices sum to at most the sum of all prices. This is the
Lagrangian bound of the set packing problem (Geoffrion, "Lagrangean relaxation for integer programming",
1974). A person who must be in a circle may have a price of any sign.

The mentees of a team are chosen in two steps. First the conditions are relaxed to one limit on groups: then
the best mentees of each group, sorted, give the best circle of every size, for all teams at once. Only where
that excess is above 0, a search over the mentees of the team finds the best circle that keeps all conditions.
Prices are whole numbers of parts of a millionth, so the bound is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import SizeError
from reverse_match.solver.circles.problem import IN_ANY_GROUP, IN_NO_GROUP, Circle

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.circles.problem import Case, CircleProblem, GroupLimit

PARTS = 10_000
"""Parts of a millionth (or of one person, or of one trio) in which prices are whole numbers."""

FORCED = 2**52
"""Added to the worth of a mentee who must be in a circle of the team, and taken off again."""

NONE = -(2**60)
"""Excess of a circle that cannot exist."""

LARGEST_PRICE = 2**48
"""Largest size of a price in parts, so that sums stay exact; no bound needs a larger one."""

MOST_CELLS = 40_000_000
"""Largest number of teams times mentees."""

MOST_STEPS = 20_000
"""Steps after which the search for the best circle of a team ends, so that the relaxed excess is used."""


@dataclass(frozen=True)
class Prices:
    """Prices of people in parts, and what else a circle is worth.

    Attributes
    ----------
    mentors, mentees : int64 array
        Price of each person.
    pair : int
        Parts for each millionth of the score of a pair: ``PARTS``, or 0 where scores do not count.
    person : int
        Worth of each member.
    trio : int
        Worth of a circle of three people, which is 0 or less.
    circle : int
        Worth of each circle beside its members.
    """

    mentors: IntArray
    mentees: IntArray
    pair: int
    person: int
    trio: int
    circle: int = 0


class Teams:
    """All teams of so many mentors, and who may join them."""

    def __init__(self, problem: CircleProblem, size: int) -> None:
        self.size, self.bounds = size, problem.bounds.mentees_beside(size)
        self.members = _members(problem, size)
        first = np.argmin(problem.rank[self.members], axis=1)
        self.leaders = self.members[np.arange(len(first)), first]
        count, width = len(self.members), problem.shape[1]
        if count * width > MOST_CELLS:
            message = (
                f"{count:,} possible teams of mentors for {width:,} mentees are too many; right would be one "
                "mentor for each circle, or a smaller cohort"
            )
            raise SizeError(message)
        self.scores = sum((problem.scores[one] for one in self.members.T), np.zeros((count, width), np.int64))
        self.allowed = np.logical_and.reduce([problem.allowed[one] for one in self.members.T])
        for limit in problem.limits:
            if limit.at_most is not None:
                self.allowed &= _room_beside(self.members, limit)


def _members(problem: CircleProblem, size: int) -> IntArray:
    count = problem.shape[0]
    listed = list(combinations(range(count), size))
    members = np.array(listed, dtype=np.int64).reshape(-1, size)
    if size == 2:
        members = members[~problem.mentors_apart[members[:, 0], members[:, 1]]]
    for limit in problem.limits:
        if limit.at_most is not None:
            members = members[[limit.allows(team, []) for team in members.tolist()]]
    return members


def _room_beside(members: IntArray, limit: GroupLimit) -> BoolArray:
    """Mark the mentees for whom a team leaves room in an upper limit."""
    assert limit.at_most is not None  # noqa: S101 - for types
    taken, theirs = limit.mentors[members], limit.mentees
    everywhere = (taken == IN_ANY_GROUP).sum(axis=1)[:, None]
    same = sum(((one[:, None] == theirs[None, :]) for one in taken.T), np.zeros((len(members), 1), np.int64))
    groups, places = np.unique(taken, return_inverse=True)
    most = np.zeros(len(members), np.int64)
    for place in np.flatnonzero(groups >= 0):
        most = np.maximum(most, (places.reshape(taken.shape) == place).sum(axis=1))
    used = np.where(theirs[None, :] == IN_ANY_GROUP, most[:, None], np.where(theirs >= 0, same, 0))
    counts = (theirs != IN_NO_GROUP)[None, :]
    room: BoolArray = ~counts | (used + everywhere < limit.at_most)
    return room


class CirclePricing:
    """Finds the circles of each leader with the largest excess."""

    def __init__(self, problem: CircleProblem) -> None:
        self.problem = problem
        low, high = problem.bounds.mentors
        self.blocks = [Teams(problem, size) for size in range(low, high + 1)]
        self.blocks = [block for block in self.blocks if block.bounds[0] <= block.bounds[1]]
        uppers = [limit for limit in problem.limits if limit.at_most is not None]
        self.primary = min(uppers, key=lambda limit: (limit.at_most, -_count_groups(limit)), default=None)
        self._kinds = _kinds_of_mentees(problem)

    def view(self, case: Case) -> list[CaseTeams]:
        """Return the teams of a case, with who must and who may join each."""
        return [CaseTeams.of(block, case) for block in self.blocks]

    def bound(self, views: list[CaseTeams], prices: Prices) -> tuple[int, list[tuple[int, Circle]]]:
        """Return the sum over leaders of their largest excesses, and the circles that have them."""
        count = self.problem.shape[0]
        relaxed = [self._relaxed(view, prices) for view in views]
        total, found = 0, []
        leads = np.concatenate([view.teams.leaders for view in views])
        excess = np.concatenate([values for values, _ in relaxed])
        order = np.flatnonzero(excess > 0)
        order = order[np.lexsort((order, -excess[order], leads[order]))]
        best = np.zeros(count, np.int64)
        done = np.zeros(count, dtype=bool)
        starts = np.cumsum([0, *(len(view.teams.members) for view in views)])
        for place in order.tolist():
            leader = int(leads[place])
            if done[leader] or excess[place] <= best[leader]:
                done[leader] = True
                continue
            block = int(np.searchsorted(starts, place, side="right")) - 1
            row = place - int(starts[block])
            value, circle, exact = self._exact(
                views[block], row, prices, relaxed[block][1], int(excess[place])
            )
            if circle is not None and value > 0:
                found.append((value, circle))
            best[leader] = max(best[leader], value if exact else int(excess[place]))
        total = int(best.sum())
        return total, found

    def _relaxed(self, view: CaseTeams, prices: Prices) -> tuple[IntArray, IntArray]:
        """Return the largest excess of each team under one limit alone, and the worth of each mentee."""
        teams, (low, high) = view.teams, view.teams.bounds
        worth = teams.scores * prices.pair
        worth += prices.person - prices.mentees[None, :]
        worth[~view.allowed] = -FORCED
        worth[view.forced] += FORCED
        fixed = prices.circle + prices.person * teams.size - prices.mentors[teams.members].sum(axis=1)
        fixed = fixed - FORCED * view.forced.sum(axis=1)
        candidates = worth if self.primary is None else _best_of_groups(worth, self.primary)
        width = min(high, candidates.shape[1])
        if width < low:
            return np.full(len(worth), NONE, np.int64), worth
        if width < candidates.shape[1]:
            candidates = -np.partition(-candidates, width - 1, axis=1)[:, :width]
        sums = np.cumsum(-np.sort(-candidates, axis=1), axis=1)
        best = np.full(len(worth), NONE, np.int64)
        for size in range(low, width + 1):
            trio = prices.trio if size + teams.size == 3 else 0
            best = np.maximum(best, sums[:, size - 1] + trio)
        best = best + fixed
        best[~view.possible] = NONE
        return best, worth

    def _exact(
        self, view: CaseTeams, row: int, prices: Prices, worth: IntArray, relaxed: int
    ) -> tuple[int, Circle | None, bool]:
        """Return the largest excess of a team, a circle that has it, and whether the search has ended."""
        team = view.teams.members[row].tolist()
        search = MenteeSearch(self.problem, self._kinds, team, view.teams.bounds)
        fixed = prices.circle + prices.person * len(team) - int(prices.mentors[team].sum())
        value, chosen = search.best(worth[row], view.forced[row], prices.trio, relaxed - fixed)
        if chosen is None:
            return NONE, None, search.ended
        return value + fixed, Circle(tuple(team), tuple(sorted(chosen))), search.ended


def _kinds_of_mentees(problem: CircleProblem) -> list[int]:
    """Return a number for each mentee; two have the same one if no condition tells them apart."""
    number: dict[tuple[int, ...], int] = {}
    groups = [limit.mentees.tolist() for limit in problem.limits]
    alone = set(np.flatnonzero(problem.mentees_apart.any(axis=1)).tolist())
    keys = [(*(of[j] for of in groups), j if j in alone else -1) for j in range(problem.shape[1])]
    return [number.setdefault(key, len(number)) for key in keys]


def _count_groups(limit: GroupLimit) -> int:
    return len(np.unique(limit.mentees))


def _best_of_groups(worth: IntArray, limit: GroupLimit) -> IntArray:
    """Return for each row the worth of its best columns of each group, as many as the limit allows."""
    assert limit.at_most is not None  # noqa: S101 - for types
    parts = [worth[:, limit.mentees < 0]]
    for group in np.unique(limit.mentees[limit.mentees >= 0]).tolist():
        own = worth[:, limit.mentees == group]
        if limit.at_most == 1:
            own = own.max(axis=1, keepdims=True)
        elif own.shape[1] > limit.at_most:
            own = -np.partition(-own, limit.at_most - 1, axis=1)[:, : limit.at_most]
        parts.append(own)
    return np.concatenate(parts, axis=1)


@dataclass(frozen=True)
class CaseTeams:
    """The teams of a case: which can exist, who may join each, and who must."""

    teams: Teams
    possible: BoolArray
    allowed: BoolArray
    forced: BoolArray

    @classmethod
    def of(cls, teams: Teams, case: Case) -> CaseTeams:
        """Restrict teams to what is decided in a case."""
        allowed, forced = teams.allowed.copy(), np.zeros_like(teams.allowed)
        possible = np.ones(len(allowed), dtype=bool)
        for mentor, placed in case.mentors.items():
            if not placed:
                possible &= ~(teams.members == mentor).any(axis=1)
        for mentee, placed in case.mentees.items():
            if not placed:
                allowed[:, mentee] = False
        for (mentor, mentee), together in case.pairs.items():
            has = (teams.members == mentor).any(axis=1)
            if not together:
                allowed[has, mentee] = False
            else:
                allowed[~has, mentee] = False
                forced[has, mentee] = True
        possible &= ~(forced & ~allowed).any(axis=1)
        return cls(teams, possible, allowed, forced)


class MenteeSearch:
    """Searches the best mentees for a team, best first.

    A part of a choice is given up if it cannot become the best: the most that further mentees could add is
    the sum of the next best ones, as many of each group as one of the limits allows. Mentees of the same
    groups everywhere can replace each other, so of these the best ones are chosen first (dominance): whoever
    is left out leaves out all of the same kind that follow.
    """

    def __init__(
        self, problem: CircleProblem, kinds: list[int], team: list[int], bounds: tuple[int, int]
    ) -> None:
        self.team, self.bounds, self.ended, self._kinds = team, bounds, True, kinds
        self._apart = problem.mentees_apart
        uppers = [limit for limit in problem.limits if limit.at_most is not None]
        self._uppers = [_Counts.of(limit, team) for limit in sorted(uppers, key=lambda one: one.at_most or 0)]
        lowers = [limit for limit in problem.limits if limit.at_most is None]
        self._lowers = [(limit, limit.mentees.tolist()) for limit in lowers]

    def best(
        self, worth: IntArray, forced: BoolArray, trio: int, at_most: int
    ) -> tuple[int, list[int] | None]:
        """Return the largest worth of a choice of mentees, and the choice; ``at_most`` ends the search."""
        must = np.flatnonzero(forced).tolist()
        order = np.lexsort((np.arange(len(worth)), -worth)).tolist()
        self._worth: list[int] = worth.tolist()
        self._order = [j for j in order if not forced[j] and self._worth[j] > -FORCED // 2]
        for j in must:
            self._worth[j] -= FORCED
        self._trio, self._at_most, self._steps = trio, at_most, 0
        self._found: list[int] | None = None
        self._value = NONE
        chosen: list[int] = []
        for j in must:
            if not self._fits(chosen, j):
                return NONE, None
            self._take(chosen, j)
        if len(chosen) <= self.bounds[1]:
            self._extend(chosen, sum(self._worth[j] for j in must), 0, frozenset())
        return self._value, self._found

    def _fits(self, chosen: list[int], j: int) -> bool:
        if not all(counts.fits(j) for counts in self._uppers):
            return False
        return not (chosen and self._apart[j, chosen].any())

    def _take(self, chosen: list[int], j: int) -> None:
        chosen.append(j)
        for counts in self._uppers:
            counts.add(j, 1)

    def _give_back(self, chosen: list[int]) -> None:
        j = chosen.pop()
        for counts in self._uppers:
            counts.add(j, -1)

    def _extend(self, chosen: list[int], value: int, place: int, without: frozenset[int]) -> None:
        """Try all choices that add mentees from a place of the order on, but for some kinds."""
        low, high = self.bounds
        if len(chosen) >= low and all(limit.allows(self.team, chosen) for limit, _ in self._lowers):
            whole = value + (self._trio if len(chosen) + len(self.team) == 3 else 0)
            if whole > self._value:
                self._value, self._found = whole, list(chosen)
        if len(chosen) >= high:
            return
        for index in range(place, len(self._order)):
            j = self._order[index]
            if self._kinds[j] in without:
                continue
            if self._value >= self._at_most or self._steps >= MOST_STEPS:
                self.ended = self.ended and self._steps < MOST_STEPS
                return
            if value + self._hope(chosen, index, without) <= self._value:
                return
            self._steps += 1
            if self._fits(chosen, j):
                self._take(chosen, j)
                self._extend(chosen, value + self._worth[j], index + 1, without)
                self._give_back(chosen)
            without |= {self._kinds[j]}

    def _hope(self, chosen: list[int], index: int, without: frozenset[int]) -> int:
        """Return the most that one or more further mentees from a place of the order on can add.

        Whoever brings a group that is still missing counts apart: of these there are at least as many.
        """
        low, high = self.bounds
        room, need = high - len(chosen), max(1, low - len(chosen))
        order = [j for j in self._order[index:] if self._kinds[j] not in without]
        most = self._sum_of_best(order, room, need)
        for limit, groups in self._lowers:
            missing, new = self._missing(limit, groups, chosen, order)
            if missing > len(new) or missing > room:
                return NONE
            if missing:
                rest = self._sum_of_best(order, room - missing, max(0, need - missing))
                most = min(most, rest + sum(new[:missing]))
        return most

    def _missing(
        self, limit: GroupLimit, groups: list[int], chosen: list[int], order: list[int]
    ) -> tuple[int, list[int]]:
        """Return how many groups are missing, and the worths of those who would bring one, best first."""
        known = {groups[j] for j in chosen}.union(limit.mentors[self.team].tolist())
        missing = limit.groups - len(known - {IN_NO_GROUP, IN_ANY_GROUP})
        if missing <= 0:
            return 0, []
        new = [self._worth[j] for j in order if groups[j] >= 0 and groups[j] not in known]
        return missing, new

    def _sum_of_best(self, order: list[int], room: int, need: int) -> int:
        """Return the most that up to ``room`` mentees add, and at least ``need``, under one limit."""
        counts = self._uppers[0] if self._uppers else None
        total, taken = 0, 0
        added: dict[int, int] = {}
        for j in order if room else ():
            gain = self._worth[j]
            if taken >= need and gain <= 0:
                break
            if counts is not None and not counts.has_room(j, added):
                continue
            total, taken = total + gain, taken + 1
            if taken == room:
                break
        return total if taken >= need else NONE


class _Counts:
    """Members of each group of an upper limit, in a circle that grows and shrinks."""

    def __init__(self, groups: list[int], at_most: int) -> None:
        self._groups, self._at_most = groups, at_most
        self._known: dict[int, int] = {}
        self._anywhere = 0

    @classmethod
    def of(cls, limit: GroupLimit, team: list[int]) -> _Counts:
        """Count a team."""
        assert limit.at_most is not None  # noqa: S101 - for types
        made = cls(limit.mentees.tolist(), limit.at_most)
        for group in limit.mentors[team].tolist():
            made._change(group, 1)
        return made

    def add(self, mentee: int, number: int) -> None:
        """Count a mentee in, or out."""
        self._change(self._groups[mentee], number)

    def _change(self, group: int, number: int) -> None:
        if group == IN_ANY_GROUP:
            self._anywhere += number
        elif group != IN_NO_GROUP:
            self._known[group] = self._known.get(group, 0) + number

    def fits(self, mentee: int) -> bool:
        """Say whether a mentee may be added."""
        group = self._groups[mentee]
        if group == IN_NO_GROUP:
            return True
        same = max(self._known.values(), default=0) if group == IN_ANY_GROUP else self._known.get(group, 0)
        return same + self._anywhere < self._at_most

    def has_room(self, mentee: int, added: dict[int, int]) -> bool:
        """Say whether a mentee may be added beside others of some groups, and count the mentee there."""
        group = self._groups[mentee]
        if group < 0:
            return True
        more = added.get(group, 0)
        if self._known.get(group, 0) + self._anywhere + more >= self._at_most:
            return False
        added[group] = more + 1
        return True
