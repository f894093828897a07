"""The number of marked pairs of a choice, and whether its prices alone prove that no choice has fewer.

A charge for each marked pair is part of what pairs are worth (:class:`.credits.MarkedPairs`). Let the best
choice have m marked pairs, and let its prices bound the worth of every choice with as many pairs by W. A
choice with j marked pairs fewer has a total of at most  W + charge (m - j),  which cannot be negative. So no
choice has j fewer for which that is below 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reverse_match.solver.assignment.solve import Solution
    from reverse_match.solver.pairs.credits import MarkedPairs
    from reverse_match.solver.side_constraints.lagrangian_bound import QuotaProof


@dataclass(frozen=True)
class FewestMarked:
    """The number of marked pairs of a choice.

    Attributes
    ----------
    count : int
        Number of marked pairs.
    bound : int
        No choice with as many pairs has fewer.
    proof : QuotaProof or None
        Prices that prove it, at which every pair that is not marked is worth the same, and a marked one
        nothing. ``None`` where it follows from the prices of the total, or from the number 0.
    weight : int
        Cost, in that proof, of each two pairs that share an end, where loads are spread under quotas.
    """

    count: int
    bound: int
    proof: QuotaProof | None = None
    weight: int = 0


def fewest_by_charge(marked: MarkedPairs, solution: Solution) -> FewestMarked:
    """Return the number of marked pairs of a best choice, with the bound that their charge proves."""
    count, charge = marked.count(solution.chosen.rows, solution.chosen.columns), -marked.amount
    if not (count and charge):
        return FewestMarked(count, 0)
    return FewestMarked(count, max(0, count - (solution.bounds.total + charge * count) // charge))
