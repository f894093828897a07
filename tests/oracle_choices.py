"""A second opinion on the best choice of duos: a programme in whole numbers over all pairs, by HiGHS.

What HiGHS says is checked here in whole numbers before it is believed: so an answer can only be too low, and
whoever has a better one that keeps everything has found a fault of this oracle, not of the library.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Pair = tuple[str, str]
Goal = tuple[int, ...]


class Row(NamedTuple):
    """Whole numbers for pairs, the sum of which over all duos must lie between two others."""

    counts: dict[Pair, int]
    low: int | None
    high: int | None

    def holds(self, duos: Iterable[Pair]) -> bool:
        total = sum(self.counts.get(duo, 0) for duo in duos)
        return (self.low is None or total >= self.low) and (self.high is None or total <= self.high)


class Programme(NamedTuple):
    """Pairs that may be duos, those that must be, what duos must keep, and what they are worth."""

    pairs: list[Pair]
    fixed: frozenset[Pair]
    rows: list[Row]
    scores: dict[Pair, int]
    worth: dict[Pair, int]
    objective: Any
    lacking: frozenset[Pair] = frozenset()

    def goal(self, duos: Iterable[Pair]) -> Goal:
        """Return what is maximised, first things first, of duos that are not fixed."""
        free = [duo for duo in duos if duo not in self.fixed]
        total = sum(self.worth[duo] for duo in free)
        if self.objective == "total":
            return total, len(free)
        few = -len(self.lacking & set(free))
        if self.objective == "max_min":
            return len(free), min((self.scores[duo] for duo in free), default=1_000_000), few, total
        return len(free), few, total

    def keeps(self, duos: Iterable[Pair]) -> bool:
        """Say whether duos keep everything."""
        chosen = set(duos)
        return (
            self.fixed <= chosen
            and chosen <= {*self.pairs, *self.fixed}
            and all(row.holds(chosen) for row in self.rows)
        )

    def best(self) -> list[Pair] | None:
        """Return the best duos, ``None`` where none keep everything."""
        if self.objective == "total":
            # Of equal totals the most duos: a duo counts less than the least difference of totals.
            factor = len(self.pairs) + 1
            return self._most(lambda pair: self.worth[pair] * factor + 1, [])
        most = self._most(lambda pair: 1, [])
        if most is None:
            return None
        as_many = Row(dict.fromkeys([*self.pairs, *self.fixed], 1), len(most), None)
        least = self._best_worst(as_many, most) if self.objective == "max_min" else 0
        usable = [pair for pair in self.pairs if self.scores[pair] >= least or pair in self.fixed]
        above = self._replace(pairs=usable)
        fewest = above._most(lambda pair: int(pair not in self.lacking), [as_many])
        if fewest is None:  # not before fixed duos are the only ones
            return None
        counts = dict.fromkeys(self.lacking - self.fixed, 1)
        few = Row(counts, None, len((self.lacking - self.fixed) & set(fewest)))
        return above._most(lambda pair: self.worth[pair], [as_many, few])

    def _best_worst(self, as_many: Row, most: list[Pair]) -> int:
        """Return what the worst free duo of as many can score at best, by halving."""
        floor = self.goal(most)[1]
        levels = sorted({self.scores[pair] for pair in self.pairs if self.scores[pair] > floor})
        low, high = -1, len(levels)
        while high - low > 1:
            middle = (low + high) // 2
            usable = [pair for pair in self.pairs if self.scores[pair] >= levels[middle]]
            reachable = self._replace(pairs=usable)._most(lambda pair: 1, [as_many]) is not None
            low, high = (middle, high) if reachable else (low, middle)
        return levels[low] if low >= 0 else floor

    def another_as_good(self, duos: list[Pair]) -> bool:
        """Say whether other duos are as good as the best ones."""
        chosen = set(duos)
        cut = Row(
            {pair: 1 if pair in chosen else -1 for pair in self.pairs}, None, len(chosen & {*self.pairs}) - 1
        )
        other = self._replace(rows=[*self.rows, cut]).best()
        return other is not None and self.goal(other) == self.goal(duos)

    def _most(self, value: Callable[[Pair], int], more: list[Row]) -> list[Pair] | None:
        """Return duos of the highest value."""
        free = [pair for pair in self.pairs if pair not in self.fixed]
        rows = [*self.rows, *more]
        if not free:
            return sorted(self.fixed) if all(row.holds(self.fixed) for row in rows) else None
        matrix = np.array([[row.counts.get(pair, 0) for pair in free] for row in rows], dtype=float)
        beside = [sum(row.counts.get(pair, 0) for pair in self.fixed) for row in rows]
        low = [-np.inf if row.low is None else row.low - now for row, now in zip(rows, beside, strict=True)]
        high = [np.inf if row.high is None else row.high - now for row, now in zip(rows, beside, strict=True)]
        values = np.array([value(pair) for pair in free], dtype=float)
        answers = [_solve(values, matrix, low, high, presolve=True)]
        if np.abs(values).max() > MANY:
            answers.append(_solve(values, matrix, low, high, presolve=False))
        if None in answers:
            assert answers == [None] * len(answers), "the oracle contradicts itself"
            return None
        chosen = max(
            ([free[place] for place in answer] for answer in answers if answer is not None),
            key=lambda duos: sum(value(pair) for pair in duos),
        )
        assert all(row.holds([*chosen, *self.fixed]) for row in rows), "the oracle's answer breaks a row"
        return sorted({*chosen, *self.fixed})


MANY = 10_000_000
"""Values from which HiGHS is asked twice: it has taken less for the best, at a gap of 0 by its own word."""


def _solve(
    values: Any, matrix: Any, low: list[float], high: list[float], *, presolve: bool
) -> list[int] | None:
    """Return the places of the pairs that HiGHS chooses, ``None`` where none can be."""
    found = None
    for presolved in (presolve, not presolve):
        found = milp(
            -values,
            constraints=LinearConstraint(matrix, low, high) if len(matrix) else None,
            bounds=Bounds(0, 1),
            integrality=np.ones(len(values), dtype=np.int64),
            options={"mip_rel_gap": 0, "presolve": presolved},
        )
        if found.status in (0, 2):
            break
    assert found is not None
    if found.status == 2:
        return None
    assert found.status == 0, f"the oracle gets no answer: {found.message}"
    return [place for place, taken in enumerate(found.x.tolist()) if taken > 0.5]


def capacity_rows(pairs: Iterable[Pair], capacity: dict[str, int]) -> list[Row]:
    """Return a row for each person in each role."""
    made: dict[tuple[int, str], dict[Pair, int]] = {}
    for pair in pairs:
        for side in (0, 1):
            made.setdefault((side, pair[side]), {})[pair] = 1
    return [Row(counts, None, capacity[name]) for (_, name), counts in made.items()]


def share_rows(marked: dict[Pair, bool], low: float | None, high: float | None) -> list[Row]:
    """Return rows for a share of all duos: in whole numbers, multiplied by the denominator of the bound."""
    rows = []
    for bound, is_low in ((low, True), (high, False)):
        if bound is not None:
            share = Fraction(str(bound))
            counts = {pair: share.denominator * on - share.numerator for pair, on in marked.items()}
            rows.append(Row(counts, 0 if is_low else None, None if is_low else 0))
    return rows
