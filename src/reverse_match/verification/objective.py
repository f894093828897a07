r"""The objective of a policy for a cohort, computed from its definition in ``docs/policy.md``.

Under ``fair`` the worth of a score is its utility: the integral of x^−α above a tenth of a point (Atkinson's
isoelastic utility), and below it the tangent there. The utility is scaled so that a full score is worth 10^8
units, rounded at every thousandth of a point, and interpolated linearly in between, rounded down. Credits are
added: a point of credit is worth as much as a full score.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.policy import Fair
from reverse_match.verification.demands import Credits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray, NarrowIntArray
    from reverse_match.matching.results.matching import Duo
    from reverse_match.policy import Policy
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.people import PeopleIndex, Place
    from reverse_match.verification.statements import Tile

UNITS = 10**8
THOUSANDTH = 1_000
"""A thousandth of a point, in millionths."""


class CohortObjective:
    """An objective for the people of a cohort, in the whole units of totals, prices and bounds.

    Parameters
    ----------
    policy : Policy
        The policy with the objective.
    people : PeopleIndex, optional
        The people to whom credits go; no credits count if not given.

    Attributes
    ----------
    kind : str
        Kind of the objective; for one over people it is ``coverage``, whose bounds hold under it as well.
    units : int
        Number of units that make 1; all sums are whole numbers of units.
    """

    def __init__(self, policy: Policy, people: PeopleIndex | None = None) -> None:
        self._policy, self._people = policy, people
        objective = policy.objective
        alpha = objective.alpha if isinstance(objective, Fair) else 0
        self.kind = "fair" if isinstance(objective, Fair) else "coverage"
        if isinstance(objective, str):
            self.kind = objective
        self.units = UNITS if alpha else ONE
        self._knots = np.array(_utilities(Decimal(str(alpha))), dtype=np.int64) if alpha else None

    @cached_property
    def credits(self) -> Credits | None:
        """The credits of duos, ``None`` without credits. All people whom they name must be in the cohort."""
        if not self._policy.credits or self._people is None:
            return None
        return Credits(self._policy, self._people)

    @cached_property
    def credits_in_worst(self) -> Credits | None:
        """The credits that count when the worst duo is judged; ``None`` without such credits."""
        counting = tuple(credit for credit in self._policy.credits if credit.counts_in_worst)
        if self.kind != "max_min" or not counting or self._people is None:
            return None
        return Credits(self._policy.model_copy(update={"credits": counting}), self._people)

    def judged_scores(self, tile: Tile) -> NarrowIntArray:
        """Return the judged scores of a tile, in millionths; the duo with the lowest one is the worst."""
        if self.credits_in_worst is None:
            return tile.scores
        return tile.scores + self.credits_in_worst.tile(tile.rows, tile.columns)

    def judged_score(self, score: int, place: Place) -> int:
        """Return the judged score of one pair, in millionths."""
        if self.credits_in_worst is None:
            return score
        return score + int(self.credits_in_worst.of_places([place])[0])

    def worth(self, scores: IntArray) -> IntArray:
        """Return the worth of scores (in millionths), in units, without credits."""
        if self._knots is None:
            return scores
        below, beyond = np.divmod(scores, THOUSANDTH)
        above = np.minimum(below + 1, len(self._knots) - 1)
        rise: IntArray = (self._knots[above] - self._knots[below]) * beyond // THOUSANDTH
        return self._knots[below] + rise

    @cached_property
    def _worth_by_score(self) -> NDArray[np.int32]:
        """The worth of every score that there is, from 0 to a full one."""
        return self.worth(np.arange(ONE + 1)).astype(np.int32)

    def worth_of_tile(self, tile: Tile) -> NarrowIntArray:
        """Return the worth of the pairs of a tile, in units, with their credits."""
        worth = tile.scores if self._knots is None else self._worth_by_score[tile.scores]
        if self.credits is None:
            return worth
        return worth + self.credits.tile(tile.rows, tile.columns) * (self.units // ONE)

    def worth_of(self, duos: Sequence[Duo]) -> int:
        """Return the worth of some duos together, in units: that of their stated scores, plus credits."""
        return int(self.worth_of_each(duos).sum())

    def worth_of_each(self, duos: Sequence[Duo]) -> IntArray:
        """Return the worth of each of some duos, in units: that of its stated score, plus credits."""
        worth = self.worth(np.array([round(duo.score * ONE) for duo in duos], dtype=np.int64))
        if self.credits is None or self._people is None:
            return worth
        places = [self._people.at(duo.mentor, duo.mentee) for duo in duos]
        return worth + self.credits.of_places(places) * (self.units // ONE)

    def worth_of_places(self, places: Sequence[Place], model: ScoreModel) -> int:
        """Return the worth of some pairs together, in units."""
        rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
        worth = int(self.worth(model.at(rows, columns).astype(np.int64)).sum())
        if self.credits is None:
            return worth
        return worth + int(self.credits.of_places(places).sum()) * (self.units // ONE)

    def to_units(self, number: float) -> int:
        """Return a number of the certificate in units."""
        return round(number * self.units)

    def from_units(self, whole: int) -> float:
        """Return units as a number that the certificate shows."""
        return whole / self.units

    def is_whole(self, number: float) -> bool:
        """Say whether a number of the certificate is a whole number of units."""
        return self.from_units(self.to_units(number)) == number


def utilities_up_to(alpha: float, points: int) -> list[int]:
    """Return the utility, in units, at every thousandth of a point, up to some points."""
    return _utilities(Decimal(str(alpha)), points)


@lru_cache(maxsize=16)
def _utilities(alpha: Decimal, points: int = 1) -> list[int]:
    """Return the utility, in units, at every thousandth of a point."""
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_HALF_EVEN
        begin = Decimal(1) / 10
        slope = _power(begin, -alpha)

        def area(score: Decimal) -> Decimal:
            if score <= begin:
                return score * slope
            if alpha == 1:
                return begin * slope + score.ln() - begin.ln()
            return begin * slope + (_power(score, 1 - alpha) - _power(begin, 1 - alpha)) / (1 - alpha)

        full = area(Decimal(1))
        return [round(UNITS * area(Decimal(place) / 1000) / full) for place in range(1000 * points + 1)]


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return (exponent * base.ln()).exp()
