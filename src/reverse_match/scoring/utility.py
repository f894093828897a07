r"""The utility of a score to the objective: the score itself, or its alpha-fair utility.

The alpha-fair utility of a score x (J. Mo and J. Walrand, "Fair end-to-end window-based congestion control",
2000) is

    U(x) = x^(1 − α) / (1 − α),   or log x for α = 1.

For alpha 0 it is the score. Alpha 1 is the utility of Nash's bargaining solution. The larger alpha is, the
more the lowest scores count.

Below a tenth of a point the tangent replaces U, since a duo of score 0 must not outweigh all others. The
utility is shifted and scaled, so that score 0 is worth 0 and a full score is worth 10^8 units. It is rounded
to whole units at every thousandth of a point, and interpolated in whole numbers in between. So it is the same
on every machine, and never falls as the score grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE, points
from reverse_match.policy import Fair
from reverse_match.solver.pairs.source import NO_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy import Policy
    from reverse_match.solver.pairs.source import PairBlock, PairSource

FULL_UTILITY = 100_000_000
"""Utility of a full score, in units."""

KNOTS = 1_000
"""Number of equal steps from score 0 to 1; the utility is linear within each."""

STRAIGHT_BELOW = Decimal("0.1")
"""Score, in points, below which the utility is a straight line."""


@dataclass(frozen=True)
class Utility:
    """The utility of scores, equal to another if alpha is equal.

    Attributes
    ----------
    alpha : float
        Parameter of the alpha-fair utility; 0 if the utility is the score.
    table : int32 array or None
        The utility, in units, of every score from 0 to 1,000,000 millionths; ``None`` if it is the score.
    """

    alpha: float = 0
    table: NDArray[np.int32] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, policy: Policy) -> Utility:
        """Return the utility of scores under a policy."""
        alpha = policy.objective.alpha if isinstance(policy.objective, Fair) else 0
        return cls(alpha, fair_utility(alpha)) if alpha else cls()

    @property
    def full(self) -> int:
        """Utility of a full score, in units."""
        return ONE if self.table is None else FULL_UTILITY

    def to_number(self, units: int) -> float:
        """Return a utility in units as the number that is shown and stored: 1 for a full score."""
        return points(units) if self.table is None else units / FULL_UTILITY

    def of_scores(self, scores: IntArray) -> IntArray:
        """Return the utilities, in units, of scores in whole millionths."""
        return scores if self.table is None else self.table[scores].astype(np.int64)

    def of_pairs(self, pairs: PairSource) -> PairSource:
        """Return a source of the utilities of pairs, given a source of their scores."""
        return pairs if self.table is None else _UtilityOfPairs(pairs, self.table)


@lru_cache(maxsize=16)
def fair_utility(alpha: float) -> NDArray[np.int32]:
    """Return the utility, in units, of every score from 0 to 1,000,000 millionths.

    Examples
    --------
    >>> worth = fair_utility(1)
    >>> int(worth[0]), int(worth[1_000_000])
    (0, 100000000)
    >>> bool(worth[500_000] > 70_000_000)  # half the score is worth much more than half
    True
    """
    step = ONE // KNOTS
    with localcontext(Context(prec=40)):
        whole = _utility(Decimal(1), alpha)
        knots = np.array(
            [
                int((FULL_UTILITY * _utility(Decimal(k) / KNOTS, alpha) / whole).to_integral_value())
                for k in range(KNOTS + 1)
            ],
            dtype=np.int64,
        )
    within = np.arange(step)
    between = knots[:-1, None] + (np.diff(knots)[:, None] * within) // step
    table = np.append(between.ravel(), knots[-1]).astype(np.int32)
    table.flags.writeable = False
    return table


def _utility(score: Decimal, alpha: float) -> Decimal:
    """Return the utility of a score in points, shifted to 0 at score 0, and not scaled."""
    power = Decimal(repr(alpha))
    if score <= STRAIGHT_BELOW:
        return score * STRAIGHT_BELOW**-power
    straight = STRAIGHT_BELOW ** (1 - power)
    if power == 1:
        return straight + (score / STRAIGHT_BELOW).ln()
    return straight + (score ** (1 - power) - straight) / (1 - power)


def knots_of_sums(alpha: float, points: int) -> NDArray[np.int64]:
    """Return the utility, in units, at every thousandth of a point, up to some points.

    Parameters
    ----------
    alpha : float
        Parameter of the utility; the utility of one point has the same units as that of a full score.
    points : int
        The largest sum of scores.

    Examples
    --------
    >>> knots_of_sums(0, 2)[[0, 1, 1_000, 2_000]].tolist()
    [0, 100000, 100000000, 200000000]
    """
    with localcontext(Context(prec=40)):
        whole = _utility(Decimal(1), alpha)
        each = (_utility(Decimal(k) / KNOTS, alpha) for k in range(KNOTS * points + 1))
        return np.array([int((FULL_UTILITY * one / whole).to_integral_value()) for one in each])


@dataclass(frozen=True)
class _UtilityOfPairs:
    pairs: PairSource
    table: NDArray[np.int32]

    @property
    def shape(self) -> tuple[int, int]:
        return self.pairs.shape

    def block(self, columns: slice) -> _UtilityBlock:
        return _UtilityBlock(self.pairs.block(columns), self.table)

    def at(self, rows: IntArray, columns: IntArray) -> IntArray:
        return _look_up_utility(self.pairs.at(rows, columns), self.table).astype(np.int64)

    def part(self, rows: IntArray, columns: IntArray) -> _UtilityOfPairs:
        return _UtilityOfPairs(self.pairs.part(rows, columns), self.table)


@dataclass(frozen=True)
class _UtilityBlock:
    block: PairBlock
    table: NDArray[np.int32]

    def tile(self, rows: slice) -> NDArray[np.int32]:
        return _look_up_utility(self.block.tile(rows), self.table).astype(np.int32)


def _look_up_utility(
    scores: NDArray[np.signedinteger], table: NDArray[np.int32]
) -> NDArray[np.signedinteger]:
    real = scores != NO_PAIR
    return np.where(real, table[np.where(real, scores, 0)], NO_PAIR)
