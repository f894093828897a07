r"""The certificate: two bounds over *all* pairs, made of dual values (weak duality).

Both bounds follow from one inequality. For any weights w of pairs and prices u, v ≥ 0, a choice x that keeps
the capacities satisfies

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w − u − v),

where the last sum is over all possible pairs. With w = 1, and prices of 1 for the people of a vertex cover
and 0 for all others, it bounds the *number* of pairs (König 1931). With w = s + B it bounds the total: a
choice of K pairs has Σ s x  ≤  (right side) − B K. The bounds hold for any prices. Prices from the solver
make them tight, and then they prove that nothing better exists. So no solver has to be trusted.

If a choice is not yet proved optimal, its prices leave many pairs worth more than they cost, and the last
sum, the dual infeasibility, is large. Then the price of each row is raised by the reduced profit of its best
pair. That adds this amount to the bound once for each unit of the row's capacity, instead of once for each
pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.assignment.pricing import PricingResult
    from reverse_match.solver.pairs.problem import Problem


@dataclass(frozen=True)
class Bounds:
    """Upper bounds on every choice of pairs.

    Attributes
    ----------
    count : int
        Bound on the number of pairs; where that does not come first, the number that was chosen.
    total : int
        Bound on the total score, in millionths; where the number comes first, for as many pairs as were
        chosen.
    pairs : int
        Number of possible pairs that were checked.
    """

    count: int
    total: int
    pairs: int


def bounds(
    problem: Problem,
    prices: DualValues,
    vertex_cover: tuple[BoolArray, BoolArray],
    count: int,
    pricing: PricingResult,
) -> Bounds:
    """Return the bounds that prices prove.

    Parameters
    ----------
    problem : Problem
        Problem with the capacities.
    prices : DualValues
        Dual values.
    vertex_cover : pair of bool arrays
        Rows and columns whose capacities limit the number of pairs.
    count : int
        Number of chosen pairs.
    pricing : PricingResult
        Result of pricing all pairs at these prices.
    """
    most = pricing.uncovered + sum(
        int(capacity[marks].sum()) for capacity, marks in zip(problem.capacities, vertex_cover, strict=True)
    )
    most = most if problem.most_first else count
    value = sum(
        int((capacity * price).sum())
        for capacity, price in zip(problem.capacities, (prices.rows, prices.columns), strict=True)
    )
    return Bounds(most, value + pricing.dual_infeasibility - prices.cardinality_dual * count, pricing.pairs)


def raise_row_prices(prices: DualValues, pricing: PricingResult) -> tuple[DualValues, PricingResult]:
    """Raise the price of every row by the reduced profit of its best pair: feasible dual values.

    Returns
    -------
    prices : DualValues
        Prices at which no pair has a positive reduced profit.
    pricing : PricingResult
        The result that pricing all pairs would have at these prices.
    """
    rise = pricing.row_best
    higher = replace(prices, rows=prices.rows + rise)
    return higher, replace(pricing, dual_infeasibility=0, row_best=np.zeros_like(rise))


def tightest(
    problem: Problem,
    prices: DualValues,
    vertex_cover: tuple[BoolArray, BoolArray],
    count: int,
    pricing: PricingResult,
) -> tuple[DualValues, Bounds]:
    """Return the prices, as given or raised, whose bounds are tighter, with these bounds."""
    as_they_are = bounds(problem, prices, vertex_cover, count, pricing)
    higher, clean = raise_row_prices(prices, pricing)
    when_raised = bounds(problem, higher, vertex_cover, count, clean)
    return (prices, as_they_are) if as_they_are.total <= when_raised.total else (higher, when_raised)


def gap(*reached: tuple[int, int]) -> float:
    """Return how far from the best a choice can be, from 0 to 1; 0 only if it reaches every bound.

    Parameters
    ----------
    *reached : pairs of int
        Values that the choice reaches, each with its bound.

    Examples
    --------
    >>> gap((10, 10), (990, 1000))
    0.01
    """
    return max(
        (bound - value) / max(bound, bound - value) if bound > value else 0.0 for value, bound in reached
    )
