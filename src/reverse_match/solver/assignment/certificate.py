r"""The certificate: two bounds over *all* pairs, made of prices.

Both come from one inequality. For any weights w on pairs and prices u, v ≥ 0, a choice x that respects the
capacities has

    Σ w x  ≤  Σ capacity u + Σ capacity v + Σ max(0, w − u − v),

the last sum over all pairs that there are. With w = 1 and prices 1 for scarce people, 0 for the others, it
bounds the *number* of pairs. With w = s + B it bounds the total: a choice of K pairs has  Σ s x  ≤  (right
side) − B K. The bounds hold whatever the prices are; prices from the solver make them tight, and then they
prove that nothing better exists. (Weak duality; no solver has to be trusted.)

Prices of a choice that is not yet proved leave many pairs worth more than they cost, and the last sum is
large. Then a row's price is raised by what its best pair is worth above it, which costs the bound once for
each unit of its capacity instead of once for each pair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray
    from reverse_match.solver.assignment.dual_values import Prices
    from reverse_match.solver.assignment.pricing import PriceCheck
    from reverse_match.solver.pairs.problem import Problem


@dataclass(frozen=True)
class Bounds:
    """What no choice of pairs can exceed.

    Attributes
    ----------
    count : int
        Of the number of pairs; where that does not come first, the number that was chosen.
    total : int
        Of the total score, in millionths; where the number comes first, of as many pairs as were chosen.
    pairs : int
        How many allowed pairs were checked.
    """

    count: int
    total: int
    pairs: int


def bounds(
    problem: Problem, prices: Prices, scarce: tuple[BoolArray, BoolArray], count: int, check: PriceCheck
) -> Bounds:
    """Return the bounds that prices prove.

    Parameters
    ----------
    problem : Problem
        Gives the capacities.
    prices : Prices
        Dual values.
    scarce : pair of bool arrays
        Rows and columns that limit the number of pairs.
    count : int
        How many pairs were chosen.
    check : PriceCheck
        What a look at every pair has shown at these prices.
    """
    most = check.untouched + sum(
        int(capacity[marks].sum()) for capacity, marks in zip(problem.capacities, scarce, strict=True)
    )
    most = most if problem.most_first else count
    value = sum(
        int((capacity * price).sum())
        for capacity, price in zip(problem.capacities, (prices.rows, prices.columns), strict=True)
    )
    return Bounds(most, value + check.excess - prices.bonus * count, check.pairs)


def raised(prices: Prices, check: PriceCheck) -> tuple[Prices, PriceCheck]:
    """Raise the price of every row to what its best pair is worth.

    Returns
    -------
    prices : Prices
        At which no pair is worth more than its prices.
    check : PriceCheck
        What a look at every pair would show at these prices.
    """
    rise = check.row_best
    higher = replace(prices, rows=prices.rows + rise)
    return higher, replace(check, excess=0, row_best=np.zeros_like(rise))


def tightest(
    problem: Problem, prices: Prices, scarce: tuple[BoolArray, BoolArray], count: int, check: PriceCheck
) -> tuple[Prices, Bounds]:
    """Return prices, as they are or raised, and the bounds that they prove, whichever are tighter."""
    as_they_are = bounds(problem, prices, scarce, count, check)
    higher, clean = raised(prices, check)
    when_raised = bounds(problem, higher, scarce, count, clean)
    return (prices, as_they_are) if as_they_are.total <= when_raised.total else (higher, when_raised)


def gap(*reached: tuple[int, int]) -> float:
    """Return how far from the best a choice can be, from 0 to 1; 0 only when every bound is reached.

    Parameters
    ----------
    *reached : pairs of int
        What was reached, and its bound.

    Examples
    --------
    >>> gap((10, 10), (990, 1000))
    0.01
    """
    return max(
        (bound - value) / max(bound, bound - value) if bound > value else 0.0 for value, bound in reached
    )
