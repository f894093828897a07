"""The choice that is fair to people, of all choices with as many pairs that keep the quotas.

Where the lowest sum or mean is raised, bisection finds the highest threshold that everybody with a pair can
reach: a choice reaches it (HiGHS finds one), or a tree proves that none does (:mod:`.person_tree`). Then the
choice with the highest total of those that reach it is found, and a tree proves that none has a higher one.
Where utilities are summed up, there is only the second step. The number of lacking pairs is made as low as
possible before it, and kept by one more quota.

What is not proved within the limits is stated as a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.progress import Watch
from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.pairs.people import ONE
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, fix_count, single
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.person_problem import PeopleProblem, PersonPrices
from reverse_match.solver.side_constraints.person_programme import MOST_CUTS, PersonProgramme, Tangents
from reverse_match.solver.side_constraints.person_terms import PersonTerms
from reverse_match.solver.side_constraints.person_tree import PersonTree, prove, tightened

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.people import PeopleDemand
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_bound import Work

UNITS_OF_UTILITY = 100
"""Units of utility in a millionth of a point: a full utility has 10^8."""

OF_POINT = 10**10
"""Parts of a point in proofs of sums, means and totals."""

OF_UNIT = 10**5
"""Parts of a unit of utility."""

OF_UTILITY = OF_UNIT * UNITS_OF_UTILITY * ONE
"""Parts of a full utility."""

FEW_NODES = 600
"""Largest number of cases of a proof among few pairs."""

NEAR = 100
"""Millionths up to which the lowest threshold is found that fractions of pairs cannot reach."""

MOST_TRIES = 4
"""Largest number of thresholds that are tried where the nearest one is not decided."""

PAIRS_OF_ALL_NODES = 250_000
"""Largest number of pairs of a proof, summed over all its cases."""


@dataclass(frozen=True)
class PeopleOutcome:
    """What people have in a choice, and what is proved of it.

    Attributes
    ----------
    lowest, lowest_bound : int or None
        The lowest sum or mean, in millionths, and its bound; ``None`` where utilities are summed up.
    lowest_proof : PersonTree or None
        The proof that no choice reaches one more.
    utility, utility_bound : int or None
        Sum of the utilities, in units rounded down, and its bound.
    proved : bool
        Whether it is proved that no choice has fewer lacking pairs, or as few and a higher total or utility.
    lacking_proof : PersonTree or None
        The proof that no choice has fewer lacking pairs, if it is proved and pairs can lack something.
    proof : PersonTree or None
        The proof that none with so few has a higher total or utility; where it is not proved, of the bound on
        the utility alone.
    """

    lowest: int | None
    lowest_bound: int | None
    lowest_proof: PersonTree | None
    utility: int | None
    utility_bound: int | None
    proved: bool
    lacking_proof: PersonTree | None
    proof: PersonTree | None

    @property
    def is_best(self) -> bool:
        """Whether it is proved that no choice is better."""
        return self.proved and self.lowest == self.lowest_bound


class _Trees(NamedTuple):
    """The proof that no choice has fewer lacking pairs, and that of the total or utility."""

    lacking: PersonTree | None
    total: PersonTree | None


@dataclass(frozen=True)
class _Settling:
    problem: Problem
    demand: PeopleDemand
    work: Work
    arcs: Arcs
    scores: IntArray
    count: int

    @property
    def most(self) -> IntArray:
        """Largest number of pairs of each counted person."""
        most = np.zeros(len(self.demand.base_sum), dtype=np.int64)
        for people, capacity in zip(
            (self.demand.rows, self.demand.columns), self.problem.capacities, strict=True
        ):
            np.add.at(most, people[people >= 0], np.minimum(capacity, self.count)[people >= 0])
        return np.minimum(most, self.count)

    @property
    def most_nodes(self) -> int:
        """Largest number of cases of a proof."""
        return min(FEW_NODES, max(16, PAIRS_OF_ALL_NODES // max(1, len(self.arcs))))

    def problem_of(self, threshold: int | None, worth: IntArray, point: int) -> PeopleProblem:
        """Return the problem of a threshold, or of utilities, with worths of pairs in parts."""
        terms = PersonTerms(self.demand, self.most, threshold, OF_UNIT)
        quotas = [fix_count(quota, self.count) for quota in self.work.quotas]
        rows, columns = (np.minimum(capacity, self.count) for capacity in self.problem.capacities)
        arcs = replace(self.arcs, scores=worth)
        return PeopleProblem(
            arcs, terms.gives(self.scores), (rows, columns), terms, quotas, self.count, 0, point
        )

    def lowest(self, chosen: Arcs) -> int:
        """Return the lowest sum or mean of a choice."""
        scores = self.scores[self.arcs.among(chosen)]
        return self.demand.lowest((chosen.rows, chosen.columns), scores) or 0

    def raise_lowest(self, chosen: Arcs) -> tuple[Arcs, int, PersonTree | None]:
        """Return a choice with the highest lowest sum or mean, the bound on it, and its proof."""
        best, reached = chosen, self.lowest(chosen)
        highest = ONE if self.demand.of_mean else ONE * int(self.most.max(initial=1))
        highest += int(self.demand.base_sum.max(initial=0))
        missed, possible = highest + 1, reached
        proof: PersonTree | None = None
        shared = Tangents()
        while missed - possible > NEAR:  # which thresholds even fractions of pairs cannot reach
            middle = (possible + missed) // 2
            found = self._answer(middle, 1, shared)
            if isinstance(found, PersonTree):
                missed, proof = middle, found
            else:
                possible = middle
        if proof is None:
            proof = self._of_impossible(missed)
        best, reached = self._search_lowest(best, missed)
        while missed - reached > 1 and not self.work.watch.expired:
            found = self._answer(reached + 1, self.most_nodes, shared)
            if isinstance(found, PersonTree):
                return best, reached, found
            if found is None:
                return best, *self._least_missed(reached + 1, missed, proof)
            best, reached = found, self.lowest(found)
        return best, missed - 1, proof

    def _of_impossible(self, threshold: int) -> PersonTree:
        """Return the proof that no choice reaches a threshold above all: no pair can be made up for."""
        problem = self.problem_of(threshold, 0 * self.scores, OF_POINT)
        rows, columns = (0 * capacity for capacity in problem.capacities)
        none = tuple(np.zeros(len(quota.lower), dtype=np.int64) for quota in problem.quotas)
        return PersonTree((PersonPrices((rows, columns), 0 * self.most, none, 1),))

    def _search_lowest(self, best: Arcs, missed: int) -> tuple[Arcs, int]:
        """Return a choice with a high lowest sum or mean, which HiGHS finds, and what that is."""
        reached, below = self.lowest(best), missed
        while below - reached > 1 and not self.work.watch.expired:
            middle = (reached + below) // 2 if below < missed else below - 1
            problem = self.problem_of(middle, 0 * self.scores, OF_POINT)
            programme = PersonProgramme(problem, problem.narrowed(problem.root), Tangents())
            found = programme.whole(self.work.tuning.search_nodes, seconds_of(self.work.watch.seconds_left))
            if found is None:
                below = middle
            else:
                best, reached = found, self.lowest(found)
        return best, reached

    def _least_missed(
        self, unknown: int, missed: int, proof: PersonTree | None
    ) -> tuple[int, PersonTree | None]:
        """Return the bound on the lowest sum or mean, and its proof, where that just above it is unknown."""
        for _ in range(MOST_TRIES):
            if missed - unknown <= 1 or self.work.watch.expired:
                break
            middle = (unknown + missed) // 2
            found = self._answer(middle, self.most_nodes)
            if isinstance(found, PersonTree):
                missed, proof = middle, found
            else:
                unknown = middle
        return missed - 1, proof

    def _answer(
        self, threshold: int, most_nodes: int, tangents: Tangents | None = None
    ) -> PersonTree | Arcs | None:
        """Return a choice that reaches a threshold, or the proof that none does."""
        problem = self.problem_of(threshold, 0 * self.scores, OF_POINT)
        return prove(problem, tangents or Tangents(), self.work.watch, most_nodes)

    def settle(self, chosen: Arcs, threshold: int | None) -> tuple[Arcs, _Trees]:
        """Return the choice with the fewest lacking pairs and the highest total or utility, and proofs."""
        lacking, first = self.demand.lacking, None
        quotas: list[Quota] = []
        if lacking is not None:
            marked = lacking.among(self.arcs.rows, self.arcs.columns)
            worth = np.where(marked, 0, OF_POINT)
            chosen, first = self._maximise(self.problem_of(threshold or 0, worth, OF_POINT), chosen, OF_POINT)
            count = int(np.count_nonzero(lacking.among(chosen.rows, chosen.columns)))
            quotas = [PairQuota(lacking, 1, 0, single(-UNBOUNDED), single(count))]
        unit, point = (OF_UNIT, OF_UTILITY) if threshold is None else (OF_POINT // ONE, OF_POINT)
        problem = self.problem_of(threshold, self.worths(threshold, point), point)
        problem = replace(problem, quotas=[*problem.quotas, *quotas])
        best, proof = self._maximise(problem, chosen, unit)
        proved = proof is not None and (lacking is None or first is not None)
        return best, _Trees(first, proof) if proved else _Trees(None, None)

    def _maximise(self, problem: PeopleProblem, chosen: Arcs, unit: int) -> tuple[Arcs, PersonTree | None]:
        """Return the choice of the highest worth in whole units, and the proof that none has one more."""
        tangents, watch = Tangents.first(problem), self.work.watch
        best = problem.arcs.where(problem.arcs.among(chosen))
        answer = self._at_once(problem, best, unit, tangents)
        if isinstance(answer, PersonTree):
            return best, answer
        found = PersonProgramme(problem, problem.narrowed(problem.root), tangents).whole(
            self.work.tuning.search_nodes, seconds_of(watch.seconds_left)
        )
        if found is not None and problem.worth_of(found) > problem.worth_of(best):
            best = found
        while not watch.expired:
            aim = (problem.worth_of(best) // unit + 1) * unit
            answer = prove(replace(problem, aim=aim), tangents, watch, self.most_nodes)
            if not isinstance(answer, Arcs):
                return best, answer
            best = answer
        return best, None

    @staticmethod
    def _at_once(
        problem: PeopleProblem, best: Arcs, unit: int, tangents: Tangents
    ) -> PersonTree | Arcs | None:
        """Return the proof that a choice is the best, if one programme shows it."""
        aim = (problem.worth_of(best) // unit + 1) * unit
        return prove(replace(problem, aim=aim), tangents, Watch(), 1)

    def worths(self, threshold: int | None, point: int) -> IntArray:
        """Return the worth of pairs in parts, beside what they are worth to people."""
        worth = self.arcs.scores if threshold is not None else self.arcs.scores - self.scores
        parts: IntArray = worth * (point // ONE)
        return parts

    def bound_utility(self) -> tuple[int, PersonTree]:
        """Return the bound on the sum of utilities that one programme proves, and the proof."""
        problem = self.problem_of(None, self.worths(None, OF_UTILITY), OF_UTILITY)
        programme = PersonProgramme(problem, problem.root, Tangents.first(problem))
        found = programme.fractional(seconds_of(self.work.watch.seconds_left), MOST_CUTS)
        rows, columns = (0 * capacity for capacity in problem.capacities)
        none = tuple(np.zeros(len(quota.lower), dtype=np.int64) for quota in problem.quotas)
        prices = PersonPrices((rows, columns), 0 * self.most, none, 0)
        if found is not None:  # prices of 0 prove a bound, too
            prices = tightened(problem, problem.root, found.prices)
        return problem.bound(problem.root, prices) // OF_UNIT, PersonTree((prices,))


def settle_people(
    problem: Problem, demand: PeopleDemand, work: Work, chosen: Arcs
) -> tuple[Arcs, PeopleOutcome]:
    """Return the fairest choice with as many pairs as a given one, and what is proved of it.

    Parameters
    ----------
    problem : Problem
        The pairs and capacities.
    demand : PeopleDemand
        Whose sums or means count, and how.
    work : Work
        The quotas, and the resources to use.
    chosen : Arcs
        A choice of as many pairs as possible that keeps the quotas.
    """
    work.watch.begin_again("fair to people")
    arcs = all_arcs(problem, work.tiling)
    scores = demand.scores.at(arcs.rows, arcs.columns).astype(np.int64)
    settling = _Settling(problem, demand, work, arcs, scores, len(chosen))
    with work.watch.without_gaps():
        if demand.raises_lowest:
            best, bound, lowest_proof = settling.raise_lowest(chosen)
            best, trees = settling.settle(best, settling.lowest(best))
            lowest = settling.lowest(best)
            outcome = PeopleOutcome(
                lowest, max(bound, lowest), lowest_proof, None, None, trees.total is not None, *trees
            )
        else:
            best, trees = settling.settle(chosen, None)
            utility, proved = utility_of(settling, best), trees.total is not None
            bound_of: int | None = utility
            if not proved:
                bound_of, proof = settling.bound_utility()
                trees = _Trees(None, proof)
            outcome = PeopleOutcome(None, None, None, utility, bound_of, proved, *trees)
    return problem.rescore(best), outcome


def utility_of(settling: _Settling, chosen: Arcs) -> int:
    """Return the sum of the utilities of a choice, with its credits, in units rounded down."""
    worth = settling.worths(None, OF_UTILITY)
    return settling.problem_of(None, worth, OF_UTILITY).worth_of(chosen) // OF_UNIT
