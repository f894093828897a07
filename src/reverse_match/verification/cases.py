"""Checks a proof by cases that no matching is better: it adds up whole numbers, and solves nothing.

The audit lists the pairs that could be in a better matching; the proof divides the matchings of these pairs
into cases. A matching has at most a certain number of some pairs, or at least one more, so the two cases
below a case cover all its matchings. Prices bound what a matching of a case can be worth: prices of people,
of a duo, of what duos pay for quotas, and of the pairs that the cases above count. A case must be closed by a
bound below the aim, or be divided again. In the cases below it, pairs that lose more against its bound than
the aim leaves are left out, since no better matching has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.names import id_key
from reverse_match.policy import EachQuota
from reverse_match.verification.exact import exact_product, exact_sum, wide
from reverse_match.verification.quotas import allowed_counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.proof_by_cases import CaseNode, CountedPairs, ProofByCases
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import PeopleIndex, Role
    from reverse_match.verification.quotas import CohortQuota, Payment, Quotas

FINER = 10_000
"""Prices of cases are whole parts of a unit, so many to one."""

HIGHEST = 2**50
"""Prices beyond this, either way, are no prices: with them, sums would not fit into 64 bits."""

DEEPEST = 2_000
"""Cases below cases, at most: for the same reason."""


class _WrongError(Exception):
    """A proof by cases does not prove what it should; the message says why."""


@dataclass(frozen=True)
class CandidatePairs:
    """The pairs that could be in a better matching.

    Attributes
    ----------
    rows, columns, worth : int64 arrays
        Of each pair; worth in units.
    marks : list of bool arrays
        For each quota of the policy, which of the pairs count; ``None`` where that does not depend on pairs.
    """

    rows: IntArray
    columns: IntArray
    worth: IntArray
    marks: Sequence[BoolArray | None]


@dataclass(frozen=True)
class InitialPrices:
    """The prices of the certificate, in units; the first case changes them."""

    price: Mapping[Role, IntArray]
    duo_price: int
    payments: Sequence[Payment]


class _PricedQuota:
    """One quota with its prices: which pairs count, how many duos may, and what they pay for it."""

    def __init__(
        self, place: int, pairs: CandidatePairs, demands: Demands, quotas: Quotas, numbers: IntArray
    ) -> None:
        self._quota: CohortQuota = quotas.of_cohort[place]
        fixed = sorted(demands.fixed)
        self.groups: dict[str | None, int] = {None: 0}
        if isinstance(self._quota.quota, EachQuota):
            named = sorted(set(self._quota.spelling.values()))
            self.groups = {group: index for index, group in enumerate(named)}
            of_person = [self._quota.name_of(person) for person in range(len(self._quota.group))]
            number = np.array([self.groups.get(group, len(named)) for group in of_person], dtype=np.int64)
            side = 0 if self._quota.role == "mentor" else 1
            self._group = number[(pairs.rows, pairs.columns)[side]]
            taken = number[np.array([duo[side] for duo in fixed], dtype=np.int64)]
            spent = np.bincount(taken, minlength=len(named) + 1)[: len(named)].tolist()
        else:
            marked = pairs.marks[place]
            self._group = np.zeros(len(pairs.rows), dtype=np.int64) if marked is None else 1 - marked
            spent = [sum(quotas.which_count(fixed, self._quota))]
        # For each group and each number of free duos: how many of them may count.
        self._least, self._most = allowed_counts(self._quota, len(fixed), spent, numbers)
        self._can_hold: BoolArray = np.all(self._least <= self._most, axis=0)
        self._numbers = numbers
        self.inside = np.zeros(len(self.groups), dtype=np.int64)
        self.outside = 0

    @property
    def largest(self) -> int:
        """The highest price, either way."""
        return max(int(np.abs(self.inside).max(initial=0)), abs(self.outside))

    def payments(self, active: IntArray) -> IntArray:
        """Return what each of some pairs pays."""
        paid: IntArray = np.append(self.inside, self.outside)[self._group[active]]
        return paid

    def most_paid(self) -> tuple[IntArray, BoolArray]:
        """Return, for each number of free duos, the most that they pay if the quota holds, and if it can."""
        inside, highest = self.inside[:, None], self.largest * len(self.inside)
        numbers = wide(self._numbers, highest)
        ends = [
            wide(count, highest) * inside + (numbers - count) * self.outside
            for count in (self._least, self._most)
        ]
        return np.maximum(*ends).sum(axis=0), self._can_hold


class CaseWalk:
    """Walks through the cases of a proof.

    Parameters
    ----------
    pairs : CandidatePairs
        Those that could be in a better matching.
    initial : InitialPrices
        Prices of the certificate.
    people, demands, quotas
        Who is who, capacities and fixed duos, and what has to hold.
    numbers : int64 array
        How many free duos there can be.
    """

    def __init__(
        self,
        pairs: CandidatePairs,
        initial: InitialPrices,
        people: PeopleIndex,
        demands: Demands,
        quotas: Quotas,
        numbers: IntArray,
    ) -> None:
        self._pairs, self._people, self._numbers, self._initial = pairs, people, numbers, initial
        self._left: dict[Role, IntArray] = {role: np.maximum(left, 0) for role, left in demands.left.items()}
        self._price = {role: price * FINER for role, price in initial.price.items()}
        self._worth = pairs.worth * FINER
        self._duo = initial.duo_price * FINER
        self._of_people = sum(exact_product(self._left[role], prices) for role, prices in self._price.items())
        self._priced = [
            _PricedQuota(place, pairs, demands, quotas, numbers) for place in range(len(quotas.of_cohort))
        ]
        self._above: list[_BranchingCount] = []

    def fault(self, proof: ProofByCases, aim: int) -> str | None:
        """Return why a proof does not show that no matching reaches an aim, in units; ``None`` if it does."""
        try:
            self._load_initial_prices()
            self._walk(proof, aim * FINER)
        except _WrongError as error:
            return str(error)
        return None

    def _load_initial_prices(self) -> None:
        _price(max(int(price.max(initial=0)) for price in self._price.values()))
        _price(self._duo)
        for payment in self._initial.payments:
            self._pay(payment.place, payment.group, payment.inside * FINER, payment.outside * FINER)

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
        """Go back to the last case of which the second part waits, and return its pairs."""
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
                among = np.zeros(len(self._price[role]), dtype=bool)
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
        """Change all prices as a case says, or back again."""
        self._shift_people_prices("mentor", node.mentors, sign)
        self._shift_people_prices("mentee", node.mentees, sign)
        self._duo = _price(self._duo + sign * node.duo)
        for price in node.quotas:
            self._pay(price.quota, price.group, sign * price.inside, sign * price.outside)
        for depth, change in node.above:
            if not 0 <= depth < len(self._above):
                raise _WrongError("a price is of a case that is not above")
            self._above[depth].price = _price(self._above[depth].price + sign * change)

    def _shift_people_prices(self, role: Role, changes: Mapping[str, int], sign: int) -> None:
        prices, left = self._price[role], self._left[role]
        for name, change in changes.items():
            place = self._place(role, name)
            prices[place] = _price(int(prices[place]) + sign * change)
            if prices[place] < 0:
                raise _WrongError(f"the price of {role} '{name}' is below 0")
            self._of_people += sign * change * int(left[place])

    def _pay(self, place: int, group: str | None, inside: int, outside: int) -> None:
        if not 0 <= place < len(self._priced) or group not in self._priced[place].groups:
            raise _WrongError("a price is of a quota, or of a group, that there is not")
        priced = self._priced[place]
        if group is not None and outside:
            raise _WrongError("who is not in a group pays for it")
        index = priced.groups[group]
        priced.inside[index] = _price(int(priced.inside[index]) + inside)
        priced.outside = _price(priced.outside + outside)

    def _bound(self, active: IntArray) -> tuple[int, IntArray]:
        """Return what no matching of this case exceeds, and what its pairs are worth above all prices."""
        excess = self._worth[active] + self._duo
        excess -= self._price["mentor"][self._pairs.rows[active]]
        excess -= self._price["mentee"][self._pairs.columns[active]]
        most, can_be = -self._duo * wide(self._numbers, self._duo), np.ones(len(self._numbers), dtype=bool)
        for priced in self._priced:
            if priced.largest:
                excess -= priced.payments(active)
                paid, can_hold = priced.most_paid()
                most, can_be = most + paid, can_be & can_hold
        value = self._of_people + sum(above.most_paid for above in self._above)
        for above in self._above:
            if above.price:
                excess -= above.price * above.marked[active]
        value += exact_sum(np.maximum(excess, 0))
        most_paid = int(most[can_be].max()) if can_be.any() else -(2**62)
        return value + most_paid, excess


@dataclass
class _BranchingCount:
    """The pairs that a case above counts, their bounds there, and what they pay."""

    marked: BoolArray
    least: int
    most: int | None
    price: int = 0

    @property
    def complement(self) -> _BranchingCount:
        """The same for the second part: at least one more."""
        return _BranchingCount(self.marked, (self.most or 0) + 1, None)

    @property
    def most_paid(self) -> int:
        """The most that these pairs can pay together."""
        if self.price > 0:
            return self.price * (int(self.marked.sum()) if self.most is None else self.most)
        return self.price * self.least


def _price(price: int) -> int:
    if abs(price) > HIGHEST:
        raise _WrongError("a price is too large to be one")
    return price
