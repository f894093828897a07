r"""The utility of a score to the objective: the score itself, or a fair utility of it.

The alpha-fair utility of a score x (Mo & Walrand 2000; alpha 0: the score, 1: its logarithm, as in Nash's
bargaining, larger: the worst duo counts most) is

    U(x) = x^(1 − α) / (1 − α),   or log x for α = 1,

from a tenth of a point on, and below it the straight line that continues it: a duo that scores nothing must
not outweigh all others. It is scaled so that no score is worth nothing and a full score is worth 10^8 units,
and rounded at every thousandth of a point; between these it is interpolated in whole numbers. So it is the
same on every machine, it never falls as the score grows, and it is as concave as its knots. For alpha 0 the
utility is the score, and scores stay what they are.
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
"""Units that a full score is worth."""

KNOTS = 1_000
"""Steps from score 0 to 1 at which the utility is computed; linear between."""

STRAIGHT_BELOW = Decimal("0.1")
"""Score below which the utility is a straight line."""


@dataclass(frozen=True)
class Utility:
    """The utility of scores. Two are equal when every score has the same utility in both.

    Attributes
    ----------
    alpha : float
        Of the fair utility; 0 where the utility is the score.
    table : int32 array or None
        The utility of every score from 0 to a million millionths; ``None`` where it is the score.
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
        """Units that a full score is worth."""
        return ONE if self.table is None else FULL_UTILITY

    def to_number(self, units: int) -> float:
        """Return units as the number that is shown and stored: a full score is worth 1."""
        return points(units) if self.table is None else units / FULL_UTILITY

    def of_scores(self, scores: IntArray) -> IntArray:
        """Return the utilities of scores in whole millionths."""
        return scores if self.table is None else self.table[scores].astype(np.int64)

    def of_pairs(self, pairs: PairSource) -> PairSource:
        """Return a source of utilities instead of scores."""
        return pairs if self.table is None else _UtilityOfPairs(pairs, self.table)


@lru_cache(maxsize=16)
def fair_utility(alpha: float) -> NDArray[np.int32]:
    """Return the utility of every score from 0 to a million millionths.

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
    """Return the utility, 0 for score 0."""
    power = Decimal(repr(alpha))
    if score <= STRAIGHT_BELOW:
        return score * STRAIGHT_BELOW**-power
    straight = STRAIGHT_BELOW ** (1 - power)
    if power == 1:
        return straight + (score / STRAIGHT_BELOW).ln()
    return straight + (score ** (1 - power) - straight) / (1 - power)


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
