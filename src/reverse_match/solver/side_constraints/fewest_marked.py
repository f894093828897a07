"""The fewest marked pairs of a choice with as many pairs, and the best of the choices with so few.

Without quotas a charge for each marked pair usually settles both their number and the total
(:mod:`.charged_marks`). Otherwise the number is found by itself: every pair
that is not marked is worth 1, and every marked one nothing (:class:`UnmarkedPairs`). Of the choices with the
fewest marked pairs, the one with the highest total is then found under one more quota: not more than so many
are marked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import UndecidedError
from reverse_match.solver.assignment.augmenting_paths import PrimalDual
from reverse_match.solver.assignment.certificate import bounds
from reverse_match.solver.assignment.pricing import ONLY_IMPROVING, price_all_pairs
from reverse_match.solver.assignment.solve import Solution, Start, solve
from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.pairs.quotas import UNBOUNDED, PairQuota, single
from reverse_match.solver.pairs.source import NO_PAIR, DerivedPairs
from reverse_match.solver.side_constraints.charged_marks import FewestMarked
from reverse_match.solver.side_constraints.close_gap import Incumbent, close_gap, improve_incumbent
from reverse_match.solver.side_constraints.dantzig_wolfe import bound_by_choices
from reverse_match.solver.side_constraints.lagrangian_bound import (
    PAIR,
    Infeasible,
    LagrangianSubproblem,
    QuotaProof,
    Work,
    bound_from_above,
)
from reverse_match.solver.side_constraints.lagrangian_pairs import LagrangianPairs, QuotaDualValues, holds
from reverse_match.solver.side_constraints.restricted_master import POINT
from reverse_match.solver.side_constraints.solve import (
    QuotaProofs,
    is_shown_impossible,
    most_pairs_kept,
    nearest_pairs,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.solver.pairs.credits import MarkedPairs
    from reverse_match.solver.pairs.problem import Problem
    from reverse_match.solver.pairs.quotas import PairMarks
    from reverse_match.solver.pairs.tiles import Tiling


@dataclass(frozen=True)
class UnmarkedPairs(DerivedPairs):
    """A source in which every possible pair that is not marked has the same score, and a marked one has 0.

    Attributes
    ----------
    marks : PairMarks
        The marked pairs.
    divisor : int, optional
        If given, the pair's own score divided by this number is added, so that fewer choices are equal.
    """

    marks: PairMarks
    divisor: int | None = None

    def tile(self, scores: NDArray[np.int32], rows: slice, columns: slice) -> NDArray[np.int32]:
        """Return the scores of a tile."""
        marked = self.marks.tile(rows, columns)
        if self.divisor is not None:
            return self._of(scores, marked).astype(np.int32)
        tile = np.multiply(~marked, np.int32(PAIR), dtype=np.int32)  # a few passes, all of them in 32 bits
        np.copyto(tile, np.int32(NO_PAIR), where=scores == NO_PAIR)
        return tile

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return the scores of listed pairs; ``NO_PAIR`` for impossible pairs."""
        return self._of(self.pairs.at(rows, columns), self.marks.among(rows, columns)).astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> UnmarkedPairs:
        """Return the pairs of some rows and some columns."""
        return UnmarkedPairs(self.pairs.part(rows, columns), self.marks.part(rows, columns), self.divisor)

    def _of(self, scores: NDArray[np.signedinteger], marked: NDArray[np.bool_]) -> NDArray[np.signedinteger]:
        own = 0 if self.divisor is None else scores // self.divisor
        return np.where(scores == NO_PAIR, NO_PAIR, np.where(marked, 0, PAIR) + own)


class Settled(NamedTuple):
    """A choice with the fewest marked pairs, and its proofs if quotas or one more bound are in them."""

    solution: Solution
    quotas: QuotaProofs | None
    marked: FewestMarked


def settle_marked(
    problem: Problem, marked: MarkedPairs, work: Work, solution: Solution, proofs: QuotaProofs | None
) -> Settled:
    """Return the choice with the fewest marked pairs, and of these the one with the highest total.

    Parameters
    ----------
    problem : Problem
        The problem of the total; its marked pairs are charged unless there are quotas.
    marked : MarkedPairs
        Its marked pairs.
    work : Work
        The quotas, and the resources to use.
    solution : Solution
        The best choice, which has as many pairs as possible; charges count in its total.
    proofs : QuotaProofs or None
        Its proofs under quotas.
    """
    count = marked.count(solution.chosen.rows, solution.chosen.columns)
    free = without_charge(problem)
    unmarked = _best_unmarked(free, marked, work, Settled(solution, proofs, FewestMarked(0, 0)))
    if unmarked is not None:
        return unmarked
    fewest, few = fewest_marked(free, marked, work, solution)
    if few is None or fewest.count == count:
        return Settled(solution, proofs, replace(fewest, count=count))
    return _best_of_few(free, marked, work, Settled(solution, proofs, fewest), few)


def prove_fewest(
    problem: Problem, marked: MarkedPairs, work: Work, solution: Solution, known: FewestMarked
) -> FewestMarked:
    """Return what is known of the fewest marked pairs, with a proof of its own where that shows more.

    Parameters
    ----------
    problem, marked, work
        As for :func:`settle_marked`.
    solution : Solution
        A choice with as many pairs as possible, with prices and candidates.
    known : FewestMarked
        What the charge proves of the choice.
    """
    other, _ = fewest_marked(without_charge(problem), marked, work, solution)
    return replace(other, count=known.count) if other.bound > known.bound else known


def without_charge(problem: Problem) -> Problem:
    """Return a problem in which marked pairs pay nothing."""
    if problem.credits is None or problem.credits.marked is None:
        return problem
    uncharged = replace(problem.credits.marked, amount=0)
    return replace(problem, credits=replace(problem.credits, marked=uncharged))


def fewest_marked(
    problem: Problem, marked: MarkedPairs, work: Work, solution: Solution
) -> tuple[FewestMarked, Arcs | None]:
    """Return the fewest marked pairs of as many pairs, and a choice with so few if a better one is found.

    Parameters
    ----------
    problem : Problem
        The problem, in which no marked pair is charged.
    marked : MarkedPairs
        Its marked pairs.
    work : Work
        The quotas, and the resources to use.
    solution : Solution
        A choice of so many pairs, with prices to begin with.
    """
    work.watch.begin_again("fewest marked pairs")
    count = len(solution.chosen)
    plain = problem.without_credits
    equal = replace(plain, pairs=UnmarkedPairs(plain.pairs, marked.marks))
    arcs = Arcs.union([solution.candidates, solution.chosen])
    known = equal.rescore(solution.chosen)
    if not work.quotas:
        primal_dual = PrimalDual(
            arcs.where(np.zeros(len(arcs), dtype=bool)), solution.prices, plain.capacities
        )
        start = Start(arcs, primal_dual, same_scores=False)
        asked = replace(equal, most_first=True)
        found = solve(
            asked, work.tiling, work.watch, start, work.tuning, tie_breaking=False, lists_equals=False
        )
        of_quotas = QuotaDualValues((), found.prices.cardinality_dual)
        prices = replace(found.prices, cardinality_dual=0)
        proof = QuotaProof(found.bounds.total, prices, of_quotas, (), found.bounds.pairs)
        chosen = found.chosen
    else:
        subproblem = _subproblem_of_unmarked(problem, marked, count)
        arcs = subproblem.problem.rescore(arcs)
        settled = close_gap(subproblem, work, arcs, solution.prices, known)
        if isinstance(settled, Infeasible):  # impossible, since a choice is known
            return FewestMarked(count, 0), None
        proof, chosen = settled.proof, settled.chosen
    reached, before = int(chosen.scores.sum()) // PAIR, int(known.scores.sum()) // PAIR
    most = reached if proof.proof_tree is not None else proof.bound // PAIR
    better = chosen if reached > before else None
    return FewestMarked(count - max(reached, before), count - most, proof), better


def prove_unmarked(
    problem: Problem, marked: MarkedPairs, known: QuotaProof, count: int, tiling: Tiling
) -> QuotaProof:
    """Return the bound that prices prove on the pairs that are not marked, of as many pairs.

    Parameters
    ----------
    problem : Problem
        The problem, whose pairs are all priced.
    marked : MarkedPairs
        Its marked pairs.
    known : QuotaProof
        Prices, of another problem with the same rows and columns.
    count : int
        Number of pairs of the choice.
    tiling : Tiling
        Division of the pairs into tiles; the result does not depend on it.
    """
    plain = problem.without_credits
    equal: Problem = replace(plain, pairs=UnmarkedPairs(plain.pairs, marked.marks), most_first=False)
    if known.quotas:
        equal = replace(equal, pairs=LagrangianPairs(equal.pairs, known.quotas, known.of_quotas))
        prices = replace(known.prices, cardinality_dual=0)
    else:
        prices = replace(known.prices, cardinality_dual=known.of_quotas.cardinality_dual)
    pricing = price_all_pairs(equal, prices, equal.everybody, tiling, most=1, margin=ONLY_IMPROVING)
    value = bounds(equal, prices, equal.everybody, 0, pricing).total + known.of_quotas.most(known.quotas)
    value -= known.of_quotas.cardinality_dual * count
    return replace(known, bound=value, pairs=pricing.pairs, proof_tree=None)


def _best_unmarked(problem: Problem, marked: MarkedPairs, work: Work, before: Settled) -> Settled | None:
    """Return the best choice of as many pairs, none of them marked; ``None`` if that is not found.

    Nothing is below none, so that their number needs no proof. Where fractions of few pairs keep the quotas
    and none of them is marked, the search for the total begins with these.
    """
    solution, count = before.solution, len(before.solution.chosen)
    if not work.quotas:
        return None
    least, others = fewest_marked(problem, marked, replace(work, quotas=()), solution)
    if least.bound > 0:  # it is negative where more pairs are possible without quotas
        return None
    subproblem = _subproblem_of_unmarked(problem, marked, count)
    near = nearest_pairs(work, solution, Arcs.union([solution.candidates, solution.chosen]))
    near = subproblem.problem.rescore(Arcs.union([near, *([] if others is None else [others])]))
    upper = bound_from_above(subproblem, work.at(subproblem), near, solution.prices, enough=PAIR * count)
    if isinstance(upper, Infeasible) or upper.proof.bound < PAIR * count:
        return None
    core = problem.rescore(upper.used)
    try:
        found = _best_of_few(problem, marked, work, before, core=core)
    except UndecidedError:
        return None
    return None if found is before else found


def best_unmarked_at_once(
    problem: Problem, marked: MarkedPairs, work: Work, plain: Solution
) -> Settled | Infeasible | None:
    """Return the best choice under quotas of as many pairs as they allow, none of them marked.

    Nothing is below none, so that only the number of pairs and the total need a search. The answer is
    ``None`` where quotas are priced by other means than a few whole choices, or no such choice is found.

    Parameters
    ----------
    problem, marked, work
        As for :func:`settle_marked`.
    plain : Solution
        The best choice without quotas.
    """
    rows, columns = problem.shape
    if rows * columns < work.tuning.whole_choices_from or holds(work.quotas, plain.chosen):
        return None
    if is_shown_impossible(problem, work, plain):
        return Infeasible(None)
    free = without_charge(problem)
    least, others = fewest_marked(free, marked, replace(work, quotas=()), plain)
    most = most_pairs_kept(replace(free, most_first=False), work, plain) if least.bound <= 0 else None
    if most is None or isinstance(most, Infeasible) or most[0].count == 0:
        return None  # whether no pair at all is an answer, the other stages decide
    limit, core = most
    near = core if others is None else Arcs.union([core, free.rescore(others)])
    under = _with_limit(work, marked, 0)
    subproblem = LagrangianSubproblem.of_total(replace(free, most_first=False), limit.count)
    arcs = free.rescore(Arcs.union([plain.candidates, plain.chosen, near]))
    under = under.at(subproblem)
    upper = bound_by_choices(subproblem, under, arcs)
    found = None if upper is None else improve_incumbent(subproblem, under, upper, None)
    if not isinstance(found, Incumbent):
        return None
    limits = replace(plain.bounds, count=limit.count)
    return _settled(found, marked, replace(plain, bounds=limits), limit.proof, FewestMarked(0, 0))


def _with_limit(work: Work, marked: MarkedPairs, count: int) -> Work:
    """Return the quotas with one more: not more than ``count`` pairs are marked."""
    limit = PairQuota(marked.marks, 1, 0, single(-UNBOUNDED), single(count))
    return replace(work, quotas=[*work.quotas, limit])


def _subproblem_of_unmarked(problem: Problem, marked: MarkedPairs, count: int) -> LagrangianSubproblem:
    """Return the search under quotas for so many pairs of which the most are not marked."""
    plain = problem.without_credits
    free = replace(plain, pairs=UnmarkedPairs(plain.pairs, marked.marks), most_first=False)
    divisor = 1 + 2 * POINT * count // PAIR
    perturbed = replace(free, pairs=UnmarkedPairs(plain.pairs, marked.marks, divisor))
    return LagrangianSubproblem(free, perturbed, count, PAIR, PAIR)


def _best_of_few(
    problem: Problem,
    marked: MarkedPairs,
    work: Work,
    before: Settled,
    few: Arcs | None = None,
    core: Arcs | None = None,
) -> Settled:
    """Return the best choice that has no more marked pairs than the fewest, or what there was before.

    ``few`` is such a choice, if one is known; ``core`` are pairs of which fractions are one.
    """
    solution, fewest = before.solution, before.marked
    under = _with_limit(work, marked, fewest.count)
    known = None if few is None else problem.rescore(few)
    others = [some for some in (few, core) if some is not None]
    arcs = problem.rescore(Arcs.union([solution.candidates, solution.chosen, *others]))
    free = replace(problem, most_first=False)
    subproblem = LagrangianSubproblem.of_total(free, len(solution.chosen))
    found = close_gap(subproblem, under, arcs, solution.prices, known, core)
    if isinstance(found, Infeasible) or not holds(under.quotas, found.chosen):
        return before
    count = None if before.quotas is None else before.quotas.count
    return _settled(found, marked, solution, count, fewest)


def _settled(
    found: Incumbent, marked: MarkedPairs, solution: Solution, count: QuotaProof | None, fewest: FewestMarked
) -> Settled:
    """Return a choice with few marked pairs, whose proofs hold for scores in which these are charged."""
    charge, proof = -marked.amount, found.proof
    *of_policy, of_limit = proof.of_quotas.of_sums
    of_quotas = replace(proof.of_quotas, of_sums=(*of_policy, of_limit - charge))
    proof = replace(proof, bound=proof.bound - charge * fewest.count, of_quotas=of_quotas)
    proofs = QuotaProofs(proof, count)
    scores = found.chosen.scores + marked.at(found.chosen.rows, found.chosen.columns)
    chosen = replace(found.chosen, scores=scores)
    limits = replace(proofs.bounds(chosen, solution.bounds.count), pairs=solution.bounds.pairs)
    settled = replace(solution, chosen=chosen, prices=proofs.prices, bounds=limits, has_equal_optima=None)
    return Settled(settled, proofs, fewest)
