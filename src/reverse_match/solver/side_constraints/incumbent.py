r"""Finds an incumbent by HiGHS's branch and bound, among the pairs that reduced-cost fixing leaves.

Let prices prove the bound U (:mod:`.lagrangian_pairs`). The total of every choice that keeps the quotas is U
minus its *losses*:

* for each chosen pair, the amount by which its worth is below its prices;
* for each pair that is not chosen, the amount by which its worth is above its prices;
* for each unit of capacity left unused, the price of the person;
* for each unit between a sum and the bound at which it is priced, the price of the sum.

No loss is negative. So a choice that is better than U − g has no single loss above g. Pairs with a larger
loss are left out, and people with a larger price are used up. Often a few hundred pairs remain (reduced-cost
fixing: Dantzig, Fulkerson and Johnson 1954).

HiGHS minimises the loss. The numbers are small and whole, so doubles hold them exactly. This module checks
that the result is a choice; :mod:`.branch_and_bound` proves that it is the best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.solver.side_constraints.highs import WholeProgramme, seconds_of, solve_whole

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.foundation.progress import Watch
    from reverse_match.solver.assignment.dual_values import DualValues
    from reverse_match.solver.pairs.problem import Arcs
    from reverse_match.solver.side_constraints.lagrangian_pairs import QuotaDualValues
    from reverse_match.solver.side_constraints.restricted_master import RestrictedProblem
    from reverse_match.solver.tuning import Tuning


def find_incumbent(
    problem: RestrictedProblem,
    prices: tuple[DualValues, QuotaDualValues],
    most_loss: int | None,
    watch: Watch,
    tuning: Tuning,
) -> Arcs | None:
    """Return the choice with the least loss that HiGHS finds; ``None`` if it finds none.

    The result proves nothing: neither that no choice exists, nor that none is better.

    Parameters
    ----------
    problem : RestrictedProblem
        Candidate pairs with their scores, and the demands.
    prices : pair of DualValues and QuotaDualValues
        Prices of people (for scores minus payments), and of quotas.
    most_loss : int or None
        Largest total loss of a choice, in whole millionths; no limit if ``None``.
    watch, tuning
        Limits on the seconds and on the nodes of HiGHS's tree.
    """
    of_people, of_quotas = prices
    worth = of_people.reduced_profits(problem.arcs) - of_quotas.paid(problem.quotas, problem.arcs)
    if most_loss is not None:
        possible = worth >= -most_loss
        problem, worth = problem.where(possible), worth[possible]
    programme = _LeastLossProgramme(problem, worth, most_loss)
    programme.bound_people(of_people)
    if problem.quotas:
        programme.bound_sums(of_quotas)
    if problem.count is not None:
        programme.bound_count(problem.count)
    picked = programme.solve(tuning.search_nodes, seconds_of(watch.seconds_left))
    chosen = None if picked is None else problem.arcs.where(picked)
    return chosen if chosen is not None and problem.is_choice(chosen) else None


class _LeastLossProgramme:
    """The integer programme of least loss: a column for each pair, and for each slack that has a cost."""

    def __init__(self, problem: RestrictedProblem, worth: IntArray, most_loss: int | None) -> None:
        self._problem, self._worth, self._most_loss = problem, worth, most_loss
        self._rows: list[csr_array] = []
        self._lower: list[FloatArray] = []
        self._upper: list[FloatArray] = []
        self._slack_row: list[IntArray] = []
        self._slack_cost: list[FloatArray] = []
        self._slack_most: list[FloatArray] = []
        self._height = 0

    def bound_people(self, prices: DualValues) -> None:
        """Bound the pairs of each person by their capacity, at the cost of unused capacity."""
        limits = np.concatenate(self._problem.capacities).astype(float)
        price = np.maximum(np.concatenate([prices.rows, prices.columns]), 0)
        self._add(self._problem.people, np.zeros(len(limits)), limits, price)

    def bound_sums(self, prices: QuotaDualValues) -> None:
        """Keep every sum within its bounds, at the cost of its distance from a priced bound."""
        rows = self._problem.sums
        price = np.concatenate(prices.of_sums)
        above = price >= 0
        self._add(rows.matrix[np.flatnonzero(above)], rows.lower[above], rows.upper[above], price[above])
        below = np.flatnonzero(~above)
        self._add(-rows.matrix[below], -rows.upper[below], -rows.lower[below], -price[below])

    def bound_count(self, count: int) -> None:
        """Choose exactly ``count`` pairs."""
        from scipy.sparse import csr_array

        each = csr_array(np.ones((1, len(self._worth))))
        self._add(each, np.array([float(count)]), np.array([float(count)]), np.zeros(1, dtype=np.int64))

    def _add(self, matrix: csr_array, lower: FloatArray, upper: FloatArray, price: IntArray) -> None:
        """Add rows; where a price is above 0, each unit below the upper bound costs it."""
        priced = np.flatnonzero((price > 0) & np.isfinite(upper))
        lower = lower.copy()
        if self._most_loss is not None:
            lower[priced] = np.maximum(lower[priced], upper[priced] - self._most_loss // price[priced])
        open_rows = priced[lower[priced] < upper[priced]]
        self._slack_row.append(open_rows + self._height)
        self._slack_cost.append(price[open_rows].astype(float))
        self._slack_most.append(upper[open_rows] - lower[open_rows])
        self._rows.append(matrix)
        # A priced row with its slack is an equation.
        lower[open_rows] = upper[open_rows]
        self._lower.append(lower)
        self._upper.append(upper)
        self._height += matrix.shape[0]

    def solve(self, most_nodes: int, seconds: float) -> BoolArray | None:
        """Return marks of the chosen pairs; ``None`` if HiGHS finds no choice."""
        from scipy.sparse import csr_array, hstack, vstack

        pairs = len(self._worth)
        slack_row, slack_cost = np.concatenate(self._slack_row), np.concatenate(self._slack_cost)
        if not pairs and not len(slack_row):
            return np.zeros(0, dtype=bool)
        slacks = csr_array(
            (np.ones(len(slack_row)), (slack_row, np.arange(len(slack_row)))),
            shape=(self._height, len(slack_row)),
        )
        least = np.zeros(pairs + len(slack_row))
        if self._most_loss is not None:
            least[:pairs] = self._worth > self._most_loss
        programme = WholeProgramme(
            np.concatenate([-self._worth.astype(float), slack_cost]),
            hstack([vstack(self._rows), slacks], format="csc"),
            np.concatenate(self._lower),
            np.concatenate(self._upper),
            least,
            np.concatenate([np.ones(pairs), *self._slack_most]),
        )
        found = solve_whole(programme, most_nodes, seconds)
        return None if found is None else found[:pairs] > 1 / 2
