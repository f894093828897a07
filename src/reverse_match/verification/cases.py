"""Checks a proof by cases that no matching is better, by adding whole numbers and without solving.

The audit lists the candidate pairs, which alone could be in a better matching. The proof divides the
matchings of these pairs into cases, as the tree of a branch and bound does (Land and Doig 1960). It branches
on the number of duos among some counted pairs: at most a certain number in the first case, at least one more
in the second. So the two cases together cover all matchings of the case above.

Prices bound the worth of every matching of a case: prices of people, of a duo, of the payments for quotas,
and of the counted pairs of the cases above. A case must be closed by a bound below the aim, or be divided
again. When it is divided, pairs are left out whose loss against its bound is larger than the distance of the
bound from the aim, since no better matching contains them (reduced-cost fixing).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import id_key
from reverse_match.verification.prices import exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.proof_by_cases import CaseNode, CountedPairs, ProofByCases
    from reverse_match.verification.people import PeopleIndex, Role
    from reverse_match.verification.prices import StagePrices

FINER = 10_000
"""Number of price steps in a unit: prices of cases are whole numbers of these steps."""

HIGHEST = 2**50
"""Largest absolute value of a price; with larger ones, sums could overflow 64 bits."""

DEEPEST = 2_000
"""Largest depth of nested cases; with more, sums could overflow 64 bits."""

NEVER = -(2**62)
"""The bound of a case in which no number of duos keeps the quotas."""


class _WrongError(Exception):
    """A proof by cases does not prove its claim; the message says why."""


@dataclass(frozen=True)
class CandidatePairs:
    """The candidate pairs, which alone could be in a better matching.

    Attributes
    ----------
    rows, columns, worth : int64 arrays
        Row, column, and worth in units of each pair.
    marks : list of bool arrays
        For each quota of the policy, the pairs that count in it; ``None`` where that does not depend on
        pairs.
    """

    rows: IntArray
    columns: IntArray
    worth: IntArray
    marks: Sequence[BoolArray | None]


class CaseWalk:
    """Walks through the cases of a proof, depth first.

    Parameters
    ----------
    pairs : CandidatePairs
        The candidate pairs.
    prices : StagePrices
        The prices of the certificate; the first case starts from them.
    people : PeopleIndex
        Index of people to rows and columns.
    """

    def __init__(self, pairs: CandidatePairs, prices: StagePrices, people: PeopleIndex) -> None:
        self._pairs, self._people = pairs, people
        self._prices = prices.scaled(FINER)
        self._worth = pairs.worth * FINER
        self._of_people = self._prices.of_places
        self._bends = self._prices.loads.bends
        self._above: list[_BranchingCount] = []

    def fault(self, proof: ProofByCases, aim: int) -> str | None:
        """Return why a proof does not show that no matching reaches an aim, in units; ``None`` if it does."""
        try:
            for largest in self._initial_sizes():
                _price(largest)
            self._walk(proof, aim * FINER)
        except _WrongError as error:
            return str(error)
        return None

    def _initial_sizes(self) -> Iterator[int]:
        yield abs(self._prices.duo)
        for price in self._prices.of.values():
            yield int(price.max(initial=0))
        for priced in self._prices.quotas:
            yield priced.largest

    def _walk(self, proof: ProofByCases, aim: int) -> None:
        marked = [self._marks_of(counted) for counted in proof.counted]
        path: list[CaseNode] = []
        waiting: list[tuple[int, IntArray]] = []
        active: IntArray | None = np.arange(len(self._pairs.rows))
        for node in proof.nodes:
            if active is None:
                raise _WrongError("it has cases that belong to none")
            self._shift_prices(node, 1)
            path.append(node)
            bound, excess = self._bound(active)
            if len(path) > DEEPEST:
                raise _WrongError("its cases are too deep")
            if node.counts is not None:
                cases = self._branch(node, marked)
                active = active[excess >= aim - bound]
                waiting.append((len(path), active))
                self._above.append(cases)
                active = active if cases.most else active[~cases.marked[active]]
                continue
            if bound >= aim:
                raise _WrongError("the prices of a case do not close it")
            active = self._backtrack(path, waiting)
        if active is not None:
            raise _WrongError("a case is missing")

    def _backtrack(self, path: list[CaseNode], waiting: list[tuple[int, IntArray]]) -> IntArray | None:
        """Return to the innermost case whose second part is still open; return the pairs of that part."""
        if not waiting:
            return None
        depth, active = waiting.pop()
        while len(path) > depth:
            self._shift_prices(path.pop(), -1)
        del self._above[depth:]
        self._above[depth - 1] = self._above[depth - 1].complement
        return active

    def _marks_of(self, counted: CountedPairs) -> BoolArray:
        marked = self._marks_of_quota(counted.quota)
        sides: tuple[tuple[Role, IntArray, tuple[str, ...] | None], ...] = (
            ("mentor", self._pairs.rows, counted.mentors),
            ("mentee", self._pairs.columns, counted.mentees),
        )
        for role, ends, names in sides:
            if names is not None:
                among = np.zeros(len(self._people.of[role]), dtype=bool)
                among[[self._place(role, name) for name in names]] = True
                marked &= among[ends]
        return marked

    def _marks_of_quota(self, quota: int | None) -> BoolArray:
        if quota is None:
            return np.ones(len(self._pairs.rows), dtype=bool)
        marks = self._pairs.marks[quota] if 0 <= quota < len(self._pairs.marks) else None
        if marks is None:
            raise _WrongError("it counts pairs by a quota in which no pair counts by itself")
        return marks.copy()

    def _place(self, role: Role, name: str) -> int:
        place = self._people.place[role].get(id_key(name))
        if place is None:
            raise _WrongError(f"it names '{name}', who is no {role} of the cohort")
        return place

    def _branch(self, node: CaseNode, marked: Sequence[BoolArray]) -> _BranchingCount:
        known = node.counts is not None and 0 <= node.counts < len(marked)
        if node.counts is None or not known or node.most is None or not 0 <= node.most < HIGHEST:
            raise _WrongError("a case is parted by a number of pairs that is none")
        return _BranchingCount(marked[node.counts], 0, node.most)

    def _shift_prices(self, node: CaseNode, sign: int) -> None:
        """Add the price changes of a case (``sign`` 1), or take them back (``sign`` -1)."""
        self._shift_people_prices("mentor", node.mentors, sign)
        self._shift_people_prices("mentee", node.mentees, sign)
        self._prices.duo = _price(self._prices.duo + sign * node.duo)
        for price in node.quotas:
            self._pay(price.quota, price.group, sign * price.inside, sign * price.outside)
        for depth, change in node.above:
            if not 0 <= depth < len(self._above):
                raise _WrongError("a price is of a case that is not above")
            self._above[depth].price = _price(self._above[depth].price + sign * change)

    def _shift_people_prices(self, role: Role, changes: Mapping[str, int], sign: int) -> None:
        prices, left = self._prices.of[role], self._prices.loads.left[role]
        for name, change in changes.items():
            place = self._place(role, name)
            prices[place] = _price(int(prices[place]) + sign * change)
            if prices[place] < 0:
                raise _WrongError(f"the price of {role} '{name}' is below 0")
            if not self._bends:
                self._of_people += sign * change * int(left[place])
        if changes and self._bends:  # what people are worth is then no sum of price times places
            self._of_people = self._prices.of_places

    def _pay(self, place: int, group: str | None, inside: int, outside: int) -> None:
        priced = self._prices.quotas[place] if 0 <= place < len(self._prices.quotas) else None
        if priced is None or group not in priced.quota.place_of_group:
            raise _WrongError("a price is of a quota, or of a group, that there is not")
        if group is not None and outside:
            raise _WrongError("who is not in a group pays for it")
        for index, change in ((priced.quota.place_of_group[group], inside), (-1, outside)):
            priced.prices[index] = _price(int(priced.prices[index]) + change)

    def _bound(self, active: IntArray) -> tuple[int, IntArray]:
        """Return an upper bound on the matchings of this case, and the excesses of its pairs over prices."""
        ends = self._pairs.rows[active], self._pairs.columns[active]
        marks = [None if mark is None else mark[active] for mark in self._pairs.marks]
        excess = self._prices.excess(self._worth[active], ends, marks)
        value = self._of_people + sum(above.most_paid for above in self._above)
        for above in self._above:
            if above.price:
                excess -= above.price * above.marked[active]
        most_paid = self._prices.most_paid
        return value + exact_sum(np.maximum(excess, 0)) + (NEVER if most_paid is None else most_paid), excess


@dataclass
class _BranchingCount:
    """The counted pairs of a case above, the bounds on the number of duos among them, and their price."""

    marked: BoolArray
    least: int
    most: int | None
    price: int = 0

    @property
    def complement(self) -> _BranchingCount:
        """The second case for the same pairs: at least one more."""
        return _BranchingCount(self.marked, (self.most or 0) + 1, None)

    @property
    def most_paid(self) -> int:
        """The largest payment of these pairs together."""
        if self.price > 0:
            return self.price * (int(self.marked.sum()) if self.most is None else self.most)
        return self.price * self.least


def _price(price: int) -> int:
    if abs(price) > HIGHEST:
        raise _WrongError("a price is too large to be one")
    return price
