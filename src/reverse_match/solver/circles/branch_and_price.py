"""Branch and price: the best circles of one stage of the objective, with a proof by cases.

A case is bounded by prices (:mod:`.pricing`) that come from the restricted master, to which circles of the
largest excess are added until there is none (column generation; Dantzig and Wolfe 1960). A case whose bound
is above what is reached is split: is somebody in a circle or not, or are a mentor and a mentee in one circle
or not (Ryan and Foster, "An integer programming approach to scheduling", 1981). The leaves of the tree, each
with its prices, prove the bound (Barnhart et al., "Branch-and-price", 1998).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from reverse_match.foundation.errors import SolverError
from reverse_match.solver.circles.improve import mentees_assigned, mentors_assigned
from reverse_match.solver.circles.pricing import LARGEST_PRICE, PARTS, CirclePricing
from reverse_match.solver.circles.problem import Case, Circle
from reverse_match.solver.circles.restricted_master import Duals, RestrictedMaster, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.circles.pricing import CaseTeams
    from reverse_match.solver.circles.problem import CircleProblem


Question: TypeAlias = tuple[int | None, int | None, int | None]
"""A mentor, a mentee, or both, about whom a case is split; or a number of circles."""

OPEN = 0.001
"""Distance from a whole number at which a share is open."""

WHOLE = 1e-6
"""Distance from a whole number that counts as none."""

HELD_FROM = 0.6
"""Share from which a dive holds a circle; of two with more than half, nobody is in both."""

DIVE_ROUNDS = 2
"""Rounds of pricing after each step of a dive."""

IMPROVEMENTS = 10
"""Turns in which the two sides are assigned anew."""

MORE_TEAMS = 3
"""Further teams that are tried together, beside one alone."""

GUIDE_ROUNDS = 100
"""Rounds of pricing before the first choice; it needs no proof."""

DIVE_EACH = 10
"""Cases between two dives."""


@dataclass
class CaseNode:
    """A case of the tree: its prices and its bound, and the question that splits it, if it is split.

    Attributes
    ----------
    case : Case
        What is decided.
    duals : Duals
        Prices that prove the bound.
    bound : int
        No circles of this case are worth more.
    question : Question or None
        A mentor, a mentee, or both: whether this person is in a circle, or the two are in one. Or a number:
        whether there are more circles. ``None`` if the case is not split.
    below : list of CaseNode
        The case in which the answer is no, and that in which it is yes.
    """

    case: Case
    duals: Duals
    bound: int
    question: Question | None = None
    below: list[CaseNode] = field(default_factory=list)

    def leaves(self) -> Iterable[CaseNode]:
        """Yield the cases that are not split."""
        if not self.below:
            yield self
        for node in self.below:
            yield from node.leaves()


@dataclass(frozen=True)
class StageResult:
    """The best circles found in a stage, and the tree that bounds all others."""

    circles: tuple[Circle, ...]
    reached: int
    bound: int
    root: CaseNode

    @property
    def proved(self) -> bool:
        """Whether no circles are worth more."""
        return self.bound <= self.reached


class StageSearch:
    """Searches the best circles of a stage, from some that are known."""

    def __init__(
        self,
        problem: CircleProblem,
        pricing: CirclePricing,
        stage: Stage,
        known: Iterable[Circle],
        chosen: tuple[Circle, ...],
        watch: Watch,
        most_cases: int,
    ) -> None:
        self.problem, self.pricing, self.stage, self.watch = problem, pricing, stage, watch
        self.most_cases = most_cases
        most = {"people": 1.0, "trios": 1.0, "total": 1e6, "guide": 5e6}[stage.kind]
        sizes = problem.bounds
        self.penalty = 20.0 * most * sizes.mentors[1] * sizes.mentees[1] + 100.0
        self.master = RestrictedMaster(problem, stage, self.penalty)
        for circle in known:
            self.master.add(circle)
        self.chosen = chosen
        self.reached = self._worth(chosen)
        self.rounds = 0

    def _worth(self, circles: Iterable[Circle]) -> int:
        return sum(self.stage.worth(circle, self.problem.scores) for circle in circles)

    def _constant(self, duals: Duals, case: Case) -> int:
        """Return the sum of prices that every choice pays, in parts."""
        constant = int(duals.mentors.sum() + duals.mentees.sum())
        constant -= duals.person * (self.stage.people or 0)
        constant += duals.circle * ((case.most if duals.circle > 0 else case.least) or 0)
        return constant + duals.trio * (self.stage.trios or 0)

    def bound_case(self, case: Case, start: Duals | None = None) -> tuple[CaseNode, dict[Circle, float]]:
        """Solve the master of a case until no circle is left to add; return its bound and its solution."""
        views = self.pricing.view(case)
        best = None if start is None else self._priced(case, views, start)[0]
        if best is not None and best.bound <= self.reached:
            return best, {}
        self.master.restrict(case)
        while True:
            value = self.master.solve()
            if value is None:
                break
            priced, found = self._priced(case, views, self.master.duals)
            best = priced if best is None or priced.bound < best.bound else best
            if best.bound <= self.reached:
                return best, {}
            if best.bound <= np.floor(value + WHOLE) or self.watch.expired or not self._add(found):
                return best, self.master.shares()
        if best is None:
            message = "GLOP has not solved a linear programme of circles that has a solution"
            raise SolverError(message)
        return best, {}

    def _add(self, found: Iterable[tuple[int, Circle]]) -> bool:
        """Add circles to the master; return whether one of them is new."""
        return any([self.master.add(circle) for _, circle in found])  # noqa: C419 - all are added

    def _priced(
        self, case: Case, views: list[CaseTeams], duals: Duals
    ) -> tuple[CaseNode, list[tuple[int, Circle]]]:
        """Return a case with the bound that some prices prove, and the circles that are worth more."""
        duals = _cut(duals, case)
        excess, found = self.pricing.bound(views, self.stage.prices(duals))
        self.rounds += 1
        return CaseNode(case, duals, (self._constant(duals, case) + excess) // PARTS), found

    def _choose_greedily(self, case: Case) -> None:
        """Take the circle that is worth the most, again and again, of those whose people are still free."""
        nothing = [np.zeros(size, np.int64) for size in self.problem.shape]
        prices = self.stage.prices(Duals(nothing[0], nothing[1], 0, 0))
        held: list[Circle] = []
        while not self.watch.expired or not held:
            _, found = self.pricing.bound(self.pricing.view(_without(case, held)), prices)
            before = len(held)
            for _, circle in sorted(found, key=lambda one: (-one[0], one[1])):
                if all(_share_nobody(circle, other) for other in held):
                    held.append(circle)
            if len(held) == before:
                break
        if self._offer(tuple(held)):
            self._improve()

    def guide(self) -> None:
        """Look for a first choice, without a proof."""
        root_case = Case()
        for pair in self.problem.together:
            root_case = root_case.with_pair(pair, together=True)
        self._choose_greedily(root_case)
        self.master.restrict(root_case)
        shares = self._settle(self.pricing.view(root_case), GUIDE_ROUNDS)
        self._look_for_choice(root_case, shares)

    def search(self) -> StageResult:
        """Split cases, the one with the largest bound first, until all are closed or a limit is reached."""
        root_case = Case()
        for pair in self.problem.together:
            root_case = root_case.with_pair(pair, together=True)
        root, shares = self.bound_case(root_case)
        self._look_for_choice(root_case, shares)
        queue: list[tuple[int, int, CaseNode, dict[Circle, float]]] = []
        count = 1
        heapq.heappush(queue, (-root.bound, 0, root, shares))
        while queue and -queue[0][0] > self.reached and count < self.most_cases and not self.watch.expired:
            _, _, node, shares = heapq.heappop(queue)
            question = split_of(shares, self.problem)
            if question is None:
                heapq.heappush(queue, (-node.bound, count, node, {}))
                break
            node.question = question
            for answer in (True, False):
                below, found = self.bound_case(_decide(node.case, question, answer=answer), node.duals)
                node.below.insert(0, below)
                count += 1
                if found:
                    self._look_for_choice(below.case, found, thorough=count % DIVE_EACH == 0)
                if below.bound > self.reached:
                    heapq.heappush(queue, (-below.bound, count, below, found))
        bound = max(leaf.bound for leaf in root.leaves())
        return StageResult(self.chosen, self.reached, max(bound, self.reached), root)

    def _look_for_choice(self, case: Case, shares: dict[Circle, float], *, thorough: bool = True) -> None:
        """Take a whole solution of the master, or look for one near it."""
        if shares and all(share > 1 - WHOLE for share in shares.values()):
            self._offer(tuple(shares))
        elif thorough and shares:
            teams = teams_of(shares)
            for count in self._counts(shares, len(teams)):
                seconds = self.watch.seconds_left
                found = mentees_assigned(self.problem, self.stage, teams[:count], seconds)
                if found is not None and self._offer(found):
                    self._improve()
            self._dive(case)

    def _counts(self, shares: dict[Circle, float], most: int) -> list[int]:
        number = round(sum(shares.values()))
        return [count for count in (number, number - 1, number + 1) if 0 < count <= most]

    def _improve(self) -> None:
        """Assign mentees and mentors anew, in turns, as long as that is better."""
        for _ in range(IMPROVEMENTS):
            before = self.reached
            seconds = self.watch.seconds_left
            teams = [circle.mentors for circle in self.chosen]
            found = mentees_assigned(self.problem, self.stage, teams, seconds)
            if found is not None:
                self._offer(found)
            groups = [circle.mentees for circle in self.chosen]
            found = mentors_assigned(self.problem, self.stage, groups, seconds)
            if found is not None:
                self._offer(found)
            self._try_more_teams()
            if self.reached == before:
                return

    def _try_more_teams(self) -> None:
        """Let mentors who are in no circle have one, with mentees of others; only where people count."""
        if self.stage.people is not None:
            return
        teams = [circle.mentors for circle in self.chosen]
        taken = {one for team in teams for one in team}
        free = [one for one in range(self.problem.shape[0]) if one not in taken]
        for size in range(self.problem.bounds.mentors[1], self.problem.bounds.mentors[0] - 1, -1):
            more = [tuple(free[start : start + size]) for start in range(0, len(free) - size + 1, size)]
            for count in dict.fromkeys((1, min(MORE_TEAMS, len(more)))):
                if more and not self.watch.expired:
                    found = mentees_assigned(
                        self.problem, self.stage, [*teams, *more[:count]], self.watch.seconds_left
                    )
                    if found is not None and self._offer(found):
                        return

    def _dive(self, case: Case) -> None:
        """Hold the circle with the largest share again and again, and solve for the others."""
        held: list[Circle] = []
        self.master.restrict(case)
        shares = self._settle(self.pricing.view(case))
        while shares and not self.watch.expired:
            rest = {circle: share for circle, share in shares.items() if circle not in held}
            if not rest or all(share > 1 - WHOLE for share in rest.values()):
                if self._offer((*held, *rest)):
                    self._improve()
                break
            most = max(rest.values())
            new = [circle for circle, share in rest.items() if share > HELD_FROM]
            new = new or [min(circle for circle, share in rest.items() if share >= most - WHOLE)]
            for circle in new:
                self.master.hold(circle)
            held += new
            shares = self._settle(self.pricing.view(_without(case, held)))
        self.master.release()

    def _settle(self, views: list[CaseTeams], rounds: int = DIVE_ROUNDS) -> dict[Circle, float]:
        """Add circles a few times, and return the solution of the master."""
        for _ in range(rounds):
            if self.watch.expired:
                break
            if self.master.solve() is None:
                return {}
            _, found = self.pricing.bound(views, self.stage.prices(self.master.duals))
            self.rounds += 1
            if not self._add(found):
                break
        return {} if self.master.solve() is None else self.master.shares()

    def _offer(self, circles: tuple[Circle, ...]) -> bool:
        """Keep a choice that is better than the best one known; return whether it is."""
        if not is_choice(circles, self.stage, self.problem):
            return False
        for circle in circles:
            self.master.add(circle)
        worth = self._worth(circles)
        if worth <= self.reached:
            return False
        self.reached, self.chosen = worth, tuple(sorted(circles))
        return True


def teams_of(shares: dict[Circle, float]) -> list[tuple[int, ...]]:
    """Return teams that share nobody, those with the largest shares first."""
    of_team: dict[tuple[int, ...], float] = {}
    for circle, share in shares.items():
        of_team[circle.mentors] = of_team.get(circle.mentors, 0.0) + share
    teams: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for team in sorted(of_team, key=lambda team: (-round(of_team[team], 6), team)):
        if taken.isdisjoint(team):
            teams.append(team)
            taken.update(team)
    return teams


def is_choice(circles: tuple[Circle, ...], stage: Stage, problem: CircleProblem) -> bool:
    """Say whether circles share nobody and keep what is settled."""
    mentors = [one for circle in circles for one in circle.mentors]
    mentees = [one for circle in circles for one in circle.mentees]
    if len(set(mentors)) < len(mentors) or len(set(mentees)) < len(mentees):
        return False
    if stage.people is not None and len(mentors) + len(mentees) != stage.people:
        return False
    if stage.trios is not None and sum(circle.people == 3 for circle in circles) > stage.trios:
        return False
    met = {(i, j) for circle in circles for i in circle.mentors for j in circle.mentees}
    return met.issuperset(problem.together) and all(problem.permits(circle) for circle in circles)


def _decide(case: Case, question: Question, *, answer: bool) -> Case:
    mentor, mentee, number = question
    if number is not None:
        return case.with_number(number, more=answer)
    if mentor is not None and mentee is not None:
        return case.with_pair((mentor, mentee), together=answer)
    if mentor is not None:
        return case.with_mentor(mentor, placed=answer)
    assert mentee is not None  # noqa: S101 - for types
    return case.with_mentee(mentee, placed=answer)


def split_of(shares: dict[Circle, float], problem: CircleProblem) -> Question | None:
    """Return the question whose answer is most open in a solution; their number, then people, then pairs."""
    if not shares:
        return None
    number = sum(shares.values())
    if OPEN < number - np.floor(number) < 1 - OPEN:
        return None, None, int(np.floor(number))
    mentors, mentees = (np.zeros(size) for size in problem.shape)
    pairs: dict[tuple[int, int], float] = {}
    for circle, share in shares.items():
        mentors[list(circle.mentors)] += share
        mentees[list(circle.mentees)] += share
        for i in circle.mentors:
            for j in circle.mentees:
                pairs[i, j] = pairs.get((i, j), 0.0) + share
    for is_mentee, values in enumerate((mentors, mentees)):
        place = int(np.argmin(np.abs(values - 0.5)))
        if OPEN < values[place] < 1 - OPEN:
            return (None, place, None) if is_mentee else (place, None, None)
    open_pairs = {pair: share for pair, share in pairs.items() if OPEN < share < 1 - OPEN}
    if not open_pairs:
        return None
    return (*min(open_pairs, key=lambda pair: (abs(open_pairs[pair] - 0.5), pair)), None)


def _share_nobody(one: Circle, other: Circle) -> bool:
    return set(one.mentors).isdisjoint(other.mentors) and set(one.mentees).isdisjoint(other.mentees)


def _without(case: Case, circles: list[Circle]) -> Case:
    """Return a case in which the people of some circles are in no other."""
    mentors = {one: False for circle in circles for one in circle.mentors}
    mentees = {one: False for circle in circles for one in circle.mentees}
    pairs = {
        pair: together
        for pair, together in case.pairs.items()
        if not (pair[0] in mentors or pair[1] in mentees)
    }
    return Case({**case.mentors, **mentors}, {**case.mentees, **mentees}, pairs, case.least, case.most)


def _cut(duals: Duals, case: Case) -> Duals:
    """Return prices of 0 or more for everybody who need not be in a circle."""
    parts = []
    for prices, decided in ((duals.mentors, case.mentors), (duals.mentees, case.mentees)):
        free = np.zeros(len(prices), dtype=bool)
        free[[one for one, placed in decided.items() if placed]] = True
        low = np.where(free, -LARGEST_PRICE, 0)
        parts.append(np.clip(prices, low, LARGEST_PRICE))
    circle = duals.circle if case.most is not None else min(duals.circle, 0)
    circle = circle if case.least is not None else max(circle, 0)
    others = (max(-LARGEST_PRICE, min(LARGEST_PRICE, one)) for one in (duals.person, duals.trio, circle))
    return Duals(parts[0], parts[1], *others)
