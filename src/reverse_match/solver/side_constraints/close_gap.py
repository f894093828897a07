"""From a bound to a whole choice, and to the proof that there is none better.

HiGHS finds a choice among few pairs (:mod:`.search`). When it reaches the bound, the bound proves it to be
the best. Else all pairs that could be in a better one are listed, and a tree proves by cases that none is
(:mod:`.branch_and_bound`), or a better one is found. Where the tree would be too large, the gap is stated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.assignment.candidates import all_arcs
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.branch_and_bound import search
from reverse_match.solver.side_constraints.feasibility import choice_or_tree, undecided
from reverse_match.solver.side_constraints.highs import seconds_of
from reverse_match.solver.side_constraints.lagrangian_bound import Missed, bounded_above, look_at_all
from reverse_match.solver.side_constraints.lagrangian_pairs import EqualPairs
from reverse_match.solver.side_constraints.proof_tree import prove
from reverse_match.solver.side_constraints.search_field import Field
from reverse_match.solver.side_constraints.search_tree import Searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.pairs.quotas import Quota
    from reverse_match.solver.side_constraints.lagrangian_bound import Bounded, Level, QuotaProof, Work


@dataclass(frozen=True)
class Closed:
    """The best choice that was found, and its proof."""

    chosen: Arcs
    proof: QuotaProof


def closed(
    level: Level,
    work: Work,
    arcs: Arcs,
    guess: Prices,
    known: Arcs | None = None,
    core: Arcs | None = None,
) -> Closed | Missed:
    """Bound from above, search from below.

    ``known`` is a choice that keeps the quotas, ``core`` are pairs of which parts do, if there are any.
    """
    work = work.at(level)
    bounded = bounded_above(level, work, arcs, guess, core=core, at_any_rate=known is not None)
    return bounded if isinstance(bounded, Missed) else searched_below(level, work, bounded, known)


def searched_below(level: Level, work: Work, bounded: Bounded, known: Arcs | None) -> Closed | Missed:
    """Search among few pairs, then prove that nothing better is left among all that could be in it."""
    found = found_among_candidates(level, work, bounded)
    best = known if found is None else found
    if best is None:
        among_all = _found_among_all(level, work)
        if isinstance(among_all, Missed):
            return among_all
        best = among_all
    proof, could_matter = bounded.proof, None
    while not work.watch.expired:
        aim = int(best.scores.sum()) + level.step
        if aim > proof.bound:
            break
        could_matter = could_matter or CouldMatter.of(level, work, proof, aim)
        answer = could_matter.reaching(aim)
        if not isinstance(answer, Arcs):
            return Closed(best, replace(proof, searched=answer))
        best = answer
    return Closed(best, proof)


@dataclass
class CouldMatter:
    """The pairs that can be in a choice that reaches an aim: all others lose more than the bound leaves.

    ``arcs`` is ``None`` where they are too many. HiGHS is asked for the best choice once: if what it says is
    true, asking again is idle, and if not, it is no help.
    """

    level: Level
    work: Work
    proof: QuotaProof
    arcs: Arcs | None
    asked: bool = False

    @classmethod
    def of(cls, level: Level, work: Work, proof: QuotaProof, aim: int) -> CouldMatter:
        """List them, by a look at all pairs."""
        check = look_at_all(level, work, proof, proof.bound - aim)
        return cls(level, work, proof, level.problem.scored(check.found) if check.complete else None)

    def reaching(self, aim: int) -> Arcs | Searched | None:
        """Return a choice that reaches an aim, a tree that proves that there is none, or neither.

        Often a few nodes prove it. If not, HiGHS looks for the best choice, which may be better than one that
        the tree has come across.
        """
        if self.arcs is None:
            return None
        self.work.watch.step("search")
        level, work, prices = self.level, self.work, (self.proof.prices, self.proof.of_quotas)
        spare = self.proof.bound - aim
        arcs = self.arcs.where(_excess(work.quotas, self.proof, self.arcs) >= -spare)
        field = Field.of(arcs, level.problem.capacities, work.quotas, level.count, prices, aim, level.unit)
        most_nodes = work.tuning.nodes_for(len(arcs))
        answer = prove(field, work.watch, min(work.tuning.first_nodes, most_nodes))
        if isinstance(answer, Searched):
            return answer
        if not self.asked:
            self.asked = True
            found = _search(level, work, self.proof, arcs, spare)
            if found is not None and field.reached_by(found):
                return found
        return answer if answer is not None else prove(field, work.watch, most_nodes)


def _search(level: Level, work: Work, proof: QuotaProof, arcs: Arcs, most_loss: int | None) -> Arcs | None:
    work.watch.step("search")
    prices = proof.prices, proof.of_quotas
    limits = work.tuning.search_nodes, seconds_of(work.watch.seconds_left)
    return search(arcs, level.problem.capacities, work.quotas, level.count, prices, most_loss, limits)


def found_among_candidates(level: Level, work: Work, bounded: Bounded) -> Arcs | None:
    """Return a choice from among candidates that lose little, more and more of them until one is found."""
    proof, arcs = bounded.proof, bounded.arcs
    losses = _losses(work.quotas, proof, arcs)
    by_loss = np.sort(losses)
    most_used = int(_losses(work.quotas, proof, bounded.used).max(initial=0))
    more = work.tuning.searched_first
    while len(arcs):
        size = len(bounded.used) + more
        limit = max(most_used, int(by_loss[min(size, len(arcs)) - 1]))
        # A sum may have to stay away from its bound, at a price.
        found = _search(level, work, proof, arcs.where(losses <= limit), max(limit, level.unit))
        if found is not None:
            return found
        if size >= len(arcs) or work.watch.expired:
            break
        more *= 2
    return None


def _found_among_all(level: Level, work: Work) -> Arcs | Missed:
    """Return a choice from among all pairs; where a number of pairs was asked for, there may be others."""
    problem = level.problem
    answer: Arcs | Searched | None = None
    if problem.shape[0] * problem.shape[1] <= work.tuning.all_pairs:
        worth_nothing = replace(problem, pairs=EqualPairs(problem.pairs, 0))
        everything = all_arcs(worth_nothing, work.tiling)
        answer = choice_or_tree(
            everything, problem.capacities, work.quotas, level.count, work.watch, work.tuning
        )
    if isinstance(answer, Arcs):
        return problem.scored(answer)
    if answer is None and level.count is None:
        raise undecided()
    return Missed(None)


def _losses(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return by how much pairs are worth less than the prices of their people and of quotas."""
    losses: IntArray = np.maximum(-_excess(quotas, proof, arcs), 0)
    return losses


def _excess(quotas: Sequence[Quota], proof: QuotaProof, arcs: Arcs) -> IntArray:
    """Return by how much pairs are worth more than the prices of their people and of quotas."""
    excess: IntArray = proof.prices.excess(arcs) - proof.of_quotas.paid(quotas, arcs)
    return excess
