r"""The next best partners of one row or column, with the exact cost of each to the whole choice.

The cost of a pair is known only after the rest is solved again (:mod:`.resolve`). That need not be done for
every partner, since a lower bound on the cost orders them. Let u, v, B and a vertex cover prove a best choice
of K pairs and total T, and let p be a pair outside it, with reduced cost r ≥ 0. Let x be any choice with p,
K(x) its number of pairs and T(x) its total. Summing  s + B = (u + v) + (s + B − u − v)  over x, where p
contributes u + v − r and every other pair at most u + v + max(0, s + B − u − v), gives

    T(x) + B K(x)  ≤  Σ capacity u + Σ capacity v + Σ max(0, s + B − u − v) − r  =  T + B K − r.

In the same way, with price 1 for the vertex cover, K(x) ≤ K − 1 if both ends of p are in it. Let d be 1 then,
and 0 otherwise. So x has at least d pairs fewer, and if it has exactly d fewer, it loses at least r − B d
points. (If the proof leaves a gap, the gap is subtracted from both.) Partners are tried in the order of (d, r
− B d). The search ends when the wanted number of partners cost no more than the bound of the next one. If the
number of pairs does not come first, B is 0, and the order is that of r.

**With quotas** let every pair be worth s minus its payments. The sum over x of s + B minus payments is at
most the same right side minus r, and a choice that keeps the quotas pays at most some amount M, which the
bound U on the total contains (:mod:`.lagrangian_pairs`). So  T(x) + B K(x)  ≤  U + B K − r,  and x loses at
least  r − B d − (U − T):  the gap of the prices is subtracted like any other gap. M may hold for K pairs
alone (a share of them is a number), so this is used only for d = 0.

**If the worst pair counts** before the total (judged by s, its score and the credits that count for it;
totals and the r of prices have all credits), let w be the judged score of the worst chosen pair. No choice of
K pairs has a worst pair above w, and no choice with p has one above the score of p. So for d = 0 the worst
falls by at least  max(0, w − s(p)).  If it does not fall, every pair of x scores w or more; the prices are
for those pairs, so they bound the points as before. For d = 1 the worst of K − 1 pairs is not bounded, nor
are points if the worst falls; such partners are tried in the order of the known bounds. (p itself is one of
the pairs whose worst is taken.) If one end of p has a place left and there are no quotas, only one pair of
the best choice has to make room for p. Then K − 1 pairs beside p score w or more, the best choice with p has
such pairs, and points are bounded even if p scores less.

These bounds can be weak, since beside p the worst pair may be better than w. Then nearly all partners would
be tried. If they are more than some hundreds, only the most promising are: the cost of each is exact, but a
better partner may be missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import numpy as np

from reverse_match.solver.pairs.problem import Arcs
from reverse_match.solver.side_constraints.lagrangian_bound import PAIR, Infeasible
from reverse_match.solver.what_if.reduced_costs import IMPOSSIBLE, reduced_costs_of

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.assignment.spreading import SpreadProof
    from reverse_match.solver.objectives import Worst
    from reverse_match.solver.what_if.resolve import SolvedProblem

Loss: TypeAlias = tuple[int, ...]
T = TypeVar("T")
"""Losses in lexicographic order: pairs and points, or points and pairs, or pairs, worst and points."""

WHATEVER = -(2**60)
"""Lower bound on a loss that is not bounded."""

NO_WORST = 2**31
"""Score of the worst pair of a choice without pairs."""


ALL_TRIED = 300
"""Number of partners up to which, under ``max_min``, all that could be better are tried."""

MOST_TRIED_OF_PEOPLE = 3
"""The same where choices are judged by what people have, and nothing bounds that of a partner."""

MOST_TRIED = 20
"""Number of partners tried beyond the wanted number, if there are more; each takes as long as a match."""


class NextBest(NamedTuple):
    """A partner, and the best choice of the rest given that pair."""

    partner: int
    rest: SolvedProblem


def next_best(
    solved: SolvedProblem, side: int, place: int, left_aside: BoolArray, count: int
) -> list[NextBest]:
    """Return the partners whose pair costs least, best first; between equals the first in order.

    Parameters
    ----------
    solved : SolvedProblem
        The solved problem without the forced pair.
    side : int
        Whether the place is a row (0) or a column (1).
    place : int
        The row or column that looks for a partner.
    left_aside : array of bool
        Partners to ignore.
    count : int
        Number of partners wanted; fewer are returned if the quotas cannot be kept with any other one. Under
        ``max_min``, with more than ``ALL_TRIED`` partners, not all may have been tried.
    """
    found: list[tuple[Loss, int, NextBest]] = []
    promising = _most_promising(solved, side, place, left_aside)
    of_people = solved.problem.people is not None
    limited = of_people or (solved.objective == "max_min" and len(promising) > ALL_TRIED)
    most_tried = count + (MOST_TRIED_OF_PEOPLE if of_people else MOST_TRIED)
    for partner, least in promising:
        if len(found) >= count and found[count - 1][:2] < (least, partner):
            break
        if limited and len(found) >= most_tried:
            break
        pair = (place, partner) if side == 0 else (partner, place)
        rest = solved.with_pair(*pair)
        if isinstance(rest, Infeasible):
            continue
        found.append((_loss(solved, rest, pair), partner, NextBest(partner, rest)))
        found.sort(key=lambda entry: entry[:2])
    return [entry[2] for entry in found[:count]]


def _loss(solved: SolvedProblem, rest: SolvedProblem, pair: tuple[int, int]) -> Loss:
    """Return the losses of a pair, in the order in which they count."""
    ends = np.array([pair[0]]), np.array([pair[1]])
    counts, score = (int(problem.at(*ends)[0]) for problem in (solved.problem, solved.problem.judged))
    before, after = solved.optimum.solution.chosen, rest.optimum.solution.chosen
    pairs = len(before) - len(after) - 1
    points = int(before.scores.sum()) - int(after.scores.sum()) - counts
    loss: Loss = (points, pairs) if solved.objective == "total" else (pairs, points)
    if solved.objective == "max_min":
        fall = _score_of(solved.optimum.worst) - min(score, _score_of(rest.optimum.worst))
        loss = pairs, fall, points
    people = solved.problem.people
    if people is not None:
        with_pair = np.append(after.rows, pair[0]), np.append(after.columns, pair[1])
        fall = people.value((before.rows, before.columns)) - people.value(with_pair)
        loss = pairs, fall, points
    rises = _marked_more(solved, rest, ends), rest.cost_of_loads - solved.cost_of_loads
    return _with_rises(solved, loss, *rises)


def _counts_marks(solved: SolvedProblem) -> bool:
    """Say whether the number of marked pairs counts before the points, and no charge in these says so."""
    return solved.problem.marked is not None and solved.problem.marked.amount == 0


def _marked_more(solved: SolvedProblem, rest: SolvedProblem, pair: tuple[IntArray, IntArray]) -> int:
    """Return how many more pairs are marked with a forced pair."""
    marked = solved.problem.marked
    if marked is None or not _counts_marks(solved):
        return 0
    before, after = solved.optimum.solution.chosen, rest.optimum.solution.chosen
    now = marked.count(after.rows, after.columns) + marked.count(*pair)
    return now - marked.count(before.rows, before.columns)


def _with_rises(solved: SolvedProblem, loss: tuple[T, ...], marked: T, spread: T) -> tuple[T, ...]:
    """Return losses with the rises of the stages between pairs and points in their places.

    More marked pairs come directly before the points; a higher spread before these, or after all others.
    """
    losses, optimum = list(loss), solved.optimum
    if _counts_marks(solved):
        losses.insert(-1, marked)
    if optimum.spread is not None and optimum.spreads_first:
        losses.insert(len(loss) - 1, spread)
    elif optimum.spread is not None:
        losses.append(spread)
    return tuple(losses)


def _score_of(worst: Worst | None) -> int:
    return NO_WORST if worst is None else worst.score


def _most_promising(
    solved: SolvedProblem, side: int, place: int, left_aside: BoolArray
) -> list[tuple[int, Loss]]:
    """Return partners with lower bounds on their losses, in the order of these."""
    optimum = solved.optimum
    priced = optimum.with_payments(solved.problem)
    costs = reduced_costs_of(priced, optimum.pair_prices, side, place)
    partners = np.flatnonzero((costs != IMPOSSIBLE) & ~left_aside)
    least = _least_loss(solved, side, place, partners, costs[partners])
    if solved.problem.people is not None:  # in the order of what they cost otherwise; nothing is bounded
        order = np.lexsort((partners, costs[partners], least[0]))
        return [
            (int(partners[index]), (int(least[0][index]), WHATEVER, WHATEVER)) for index in order.tolist()
        ]
    return [
        (int(partners[index]), tuple(int(part[index]) for part in least))
        for index in np.lexsort((partners, *reversed(least))).tolist()
    ]


def _least_loss(
    solved: SolvedProblem, side: int, place: int, partners: IntArray, costs: IntArray
) -> tuple[IntArray, ...]:
    """Return lower bounds on the losses of each partner, in the order in which losses count.

    Where loads are spread before the total, prices are those of both: if a pair costs something at the prices
    of the spread alone, the spread rises by at least that, and points are not bounded.
    """
    least = _least_loss_of_points(solved, side, place, partners, costs)
    optimum, rise = solved.optimum, np.full(len(partners), WHATEVER)
    as_good = np.all([part == 0 for part in least[:-1]], axis=0)
    points = least[-1]
    if optimum.spread is not None and optimum.spreads_first:
        ends = np.full(len(partners), place), partners
        pairs = Arcs(ends[side], ends[1 - side], np.zeros(len(partners), dtype=np.int64))
        rise = np.where(least[0] == 0, _least_rise(optimum.spread, pairs), WHATEVER)
        as_good &= rise == 0
        points = np.where((least[0] == 0) & (rise == 0), points, WHATEVER)
    fewer = 0 if optimum.marked is None else optimum.marked.bound - optimum.marked.count
    if _counts_marks(solved):  # a choice as good before that stage has no fewer; with more, points are open
        points = np.where(as_good & (fewer == 0), points, WHATEVER)
    more = np.where(as_good, fewer, WHATEVER)
    return _with_rises(solved, (*least[:-1], points), more, rise)


def _least_rise(spread: SpreadProof, pairs: Arcs) -> IntArray:
    """Return the least rise of the spread with each of some pairs, which are worth nothing."""
    costs: IntArray = -spread.prices.reduced_profits(pairs)
    from reverse_match.solver.side_constraints.spread_proof import SpreadProofUnderQuotas

    proof = spread.under_quotas if isinstance(spread, SpreadProofUnderQuotas) else None
    if proof is None:
        return costs
    # The prices bound minus the spread by less than 0, in parts of a pair, and each pair lowers that bound.
    costs = costs + proof.of_quotas.paid(proof.quotas, pairs)
    rise: IntArray = -((proof.bound - costs) // PAIR) - spread.reached
    return np.maximum(rise, 0)


def _least_loss_of_points(
    solved: SolvedProblem, side: int, place: int, partners: IntArray, costs: IntArray
) -> tuple[IntArray, ...]:
    """Return lower bounds on the losses of each partner, without the spread."""
    optimum = solved.optimum
    plain, solution = optimum.plain, optimum.solution
    points = costs - optimum.slack
    if solved.objective == "total":
        return points, np.full(len(partners), WHATEVER)
    both_covered = plain.vertex_cover[side][place] & plain.vertex_cover[1 - side][partners]
    most = np.minimum(plain.bounds.count - both_covered, solution.bounds.count)
    pairs = len(solution.chosen) - most
    points = points if optimum.demand is None else np.where(pairs == 0, points, WHATEVER)
    points = points - solution.prices.cardinality_dual * pairs
    if optimum.quotas is not None:
        points = np.where(pairs == 0, points, WHATEVER)
    if solved.objective != "max_min":
        return pairs, points
    fall = _least_fall(solved, side, place, partners)
    fall = np.where(pairs == 0, fall, WHATEVER)
    bounded = (fall == 0) | ((fall > 0) & _one_makes_room(solved, side, place, partners))
    return pairs, fall, np.where(bounded, points, WHATEVER)


def _one_makes_room(solved: SolvedProblem, side: int, place: int, partners: IntArray) -> BoolArray:
    """Mark partners for whom at most one pair of the best choice has to make room; none under quotas."""
    chosen = solved.optimum.solution.chosen
    unused = chosen.unused(solved.problem.capacities)
    has_room: BoolArray = (unused[1 - side][partners] > 0) | (unused[side][place] > 0)
    return has_room if solved.optimum.quotas is None else np.zeros_like(has_room)


def _least_fall(solved: SolvedProblem, side: int, place: int, partners: IntArray) -> IntArray:
    """Return a lower bound on the fall of the worst score among as many pairs, for each partner."""
    worst = solved.optimum.worst
    if worst is None:
        return np.full(len(partners), WHATEVER)
    ends = np.full(len(partners), place), partners
    scores = solved.problem.judged.at(ends[side], ends[1 - side])
    fall: IntArray = worst.score - np.minimum(scores, worst.bound)
    return fall
