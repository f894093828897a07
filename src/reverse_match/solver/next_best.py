r"""The next best partners of one row or column, with what each of them costs the whole choice, exactly.

To know what a pair costs, the rest is solved again (:mod:`.what_if`). That need not be done for every
partner. Let u, v, B and the scarce people prove a best choice of K pairs and total T, and let p be a pair
that is not in it, with reduced cost r ≥ 0. Let x be any choice that has p, K(x) its pairs and T(x) its total.
Summing  s + B = (u + v) + (s + B − u − v)  over x, where p contributes u + v − r and every other pair at most
u + v + max(0, s + B − u − v),

    T(x) + B K(x)  ≤  Σ capacity u + Σ capacity v + Σ max(0, s + B − u − v) − r  =  T + B K − r.

In the same way, with price 1 for scarce people, K(x) ≤ K − 1 where both ends of p are scarce. So with d = 1
there and 0 elsewhere, x has at least d pairs fewer, and if it is d, it loses at least r − B d points. (Where
the proof leaves a gap, the gap is subtracted from both.) Partners are therefore tried in the order of
(d, r − B d); as soon as as many as are wanted cost no more than that for the next partner, no later one can
be better. Where the number of pairs does not come first, B is 0, and the order is that of r.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.solver.reduced_costs import IMPOSSIBLE, reduced_costs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.what_if import Solved

    Loss = tuple[int, int]


class NextBest(NamedTuple):
    """A partner, and the best choice of the rest beside the two."""

    partner: int
    rest: Solved


def next_best(solved: Solved, side: int, place: int, left_aside: BoolArray, count: int) -> list[NextBest]:
    """Return the partners whose pair costs least, best first; between equals the first in order.

    Parameters
    ----------
    solved : Solved
        What is best without them.
    side : int
        Whether the place is a row (0) or a column (1).
    place : int
        Who looks for a partner.
    left_aside : array of bool
        Partners that do not count.
    count : int
        How many are wanted; fewer are returned if there are no more.
    """
    found: list[tuple[Loss, int, NextBest]] = []
    for partner, least in _most_promising(solved, side, place, left_aside):
        if len(found) >= count and found[count - 1][:2] < (least, partner):
            break
        pair = (place, partner) if side == 0 else (partner, place)
        rest = solved.with_pair(*pair)
        found.append((_loss(solved, rest, pair), partner, NextBest(partner, rest)))
        found.sort(key=lambda entry: entry[:2])
    return [entry[2] for entry in found[:count]]


def _loss(solved: Solved, rest: Solved, pair: tuple[int, int]) -> Loss:
    """Return what is lost by a pair, in the order in which it counts."""
    score = int(solved.problem.at(*(np.array([end]) for end in pair))[0])
    pairs = len(solved.solution.chosen) - len(rest.solution.chosen) - 1
    points = int(solved.solution.chosen.scores.sum()) - int(rest.solution.chosen.scores.sum()) - score
    return (pairs, points) if solved.problem.most_first else (points, pairs)


def _most_promising(
    solved: Solved, side: int, place: int, left_aside: BoolArray
) -> Iterator[tuple[int, Loss]]:
    """Yield partners with the least that they can cost, in the order of that."""
    costs = reduced_costs_of(solved.problem, solved.solution.prices, side, place)
    partners = np.flatnonzero((costs != IMPOSSIBLE) & ~left_aside)
    pairs, points = _least_loss(solved, side, place, partners, costs[partners])
    first, second = (pairs, points) if solved.problem.most_first else (points, pairs)
    for index in np.lexsort((partners, second, first)).tolist():
        yield int(partners[index]), (int(first[index]), int(second[index]))


def _least_loss(
    solved: Solved, side: int, place: int, partners: IntArray, costs: IntArray
) -> tuple[IntArray, IntArray]:
    """Return how many pairs, and in that case how many points, each partner costs at least."""
    solution, most_first = solved.solution, solved.problem.most_first
    total = int(solution.chosen.scores.sum())
    points = costs - (solution.bounds.total - total)
    if not most_first:  # of the number of pairs nothing is known, and no loss of it comes first
        return np.full(len(partners), -len(solution.chosen) - len(costs), dtype=np.int64), points
    both_scarce = solution.scarce[side][place] & solution.scarce[1 - side][partners]
    pairs = both_scarce.astype(np.int64) - (solution.bounds.count - len(solution.chosen))
    return pairs, points - solution.prices.bonus * pairs
