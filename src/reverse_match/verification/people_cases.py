"""Checks a proof by cases that no matching is fairer to people, by adding whole numbers and without solving.

A case has the matchings in which numbers of duos lie in certain ranges, and single pairs are duos or not. The
case is closed by prices: of a duo of each person, of a point of each counted person's sum, of quotas, of any
duo, and of what other duos of a person make up for one. Weak duality gives the bound: every pair is worth its
worth less these prices, and every counted person the most that :mod:`.people_terms` leaves them.

Pairs that lack too much for anybody to make up for are left out of a case first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.verification.people import ROLES
from reverse_match.verification.people_terms import IMPOSSIBLE, PersonTerms, at_price
from reverse_match.verification.prices import exact_sum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.people_proof import MadeUp, PeopleCase
    from reverse_match.verification.people import PeopleIndex, Role
    from reverse_match.verification.prices import PricedQuota
    from reverse_match.verification.statements import Tile

HIGHEST = 2**54
"""Largest absolute value of a price."""

TOGETHER = 2**60
"""Largest sum of the absolute values of what a pair may pay; with more, sums could overflow 64 bits."""


MOST_PAIRS = 250_000
"""Largest number of pairs that are collected."""


class _WrongError(Exception):
    """A proof does not prove its claim; the message says why."""


class CountedPerson(NamedTuple):
    """A person who counts: their index in each role (``None`` without it), and what their fixed duos give."""

    places: tuple[int | None, int | None]
    base: tuple[int, int]


@dataclass(frozen=True)
class PossiblePairs:
    """The pairs that could be free duos: rows, columns, scores, credits included in worth, and marks."""

    rows: IntArray
    columns: IntArray
    scores: IntArray
    worth: IntArray
    marks: Sequence[BoolArray | None]


class PairsOfPeople:
    """Collects the possible pairs, tile by tile."""

    def __init__(self) -> None:
        self._parts: list[PossiblePairs] = []
        self.count = 0

    def add(self, tile: Tile, possible: BoolArray, worth: IntArray, marks: list[BoolArray | None]) -> None:
        """Add the possible pairs of a tile, unless there are too many."""
        self.count += int(possible.sum())
        if self.count > MOST_PAIRS:
            return
        row, column = np.nonzero(possible)
        kept = [None if mark is None else mark[row, column] for mark in marks]
        self._parts.append(
            PossiblePairs(
                row + tile.rows.start,
                column + tile.columns.start,
                tile.scores[row, column].astype(np.int64),
                np.broadcast_to(worth, possible.shape)[row, column],
                kept,
            )
        )

    @cached_property
    def together(self) -> PossiblePairs:
        """All pairs."""
        nothing = np.zeros(0, dtype=np.int64)
        rows, columns, scores, worth = (
            np.concatenate([nothing, *(getattr(part, name) for part in self._parts)])
            for name in ("rows", "columns", "scores", "worth")
        )
        marks: list[BoolArray | None] = [
            None if mark is None else np.concatenate([part.marks[place] for part in self._parts])
            for place, mark in enumerate(self._parts[0].marks if self._parts else ())
        ]
        return PossiblePairs(rows, columns, scores, worth, marks)


@dataclass
class _Case:
    least: dict[Role, list[int]]
    most: dict[Role, list[int]]
    out: BoolArray
    taken: BoolArray

    def copy(self) -> _Case:
        return _Case(
            {role: [*bounds] for role, bounds in self.least.items()},
            {role: [*bounds] for role, bounds in self.most.items()},
            self.out.copy(),
            self.taken.copy(),
        )


class PeopleWalk:
    """Walks through the cases of a proof, depth first.

    Parameters
    ----------
    pairs : PossiblePairs
        All possible pairs; ``worth`` is in parts.
    people : PeopleIndex
        The people.
    counted : dict of str to CountedPerson
        The people who count, by the keys of their ids.
    terms : PersonTerms
        What their duos must sum to, or are worth.
    left : dict of role to int64 array
        Capacities beside fixed duos.
    quotas : callable
        Returns the quotas without prices, for matchings of the right number of free duos.
    free : int
        Number of free duos.
    """

    def __init__(
        self,
        pairs: PossiblePairs,
        people: PeopleIndex,
        counted: Mapping[str, CountedPerson],
        terms: PersonTerms,
        left: Mapping[Role, IntArray],
        quotas: Callable[[], list[PricedQuota]],
        free: int,
    ) -> None:
        self._pairs, self._people, self._counted, self._terms = pairs, people, counted, terms
        self._new_quotas, self._free = quotas, free
        self._ends: dict[Role, IntArray] = {"mentor": pairs.rows, "mentee": pairs.columns}
        self._left = {role: [max(0, min(one, free)) for one in left[role].tolist()] for role in ROLES}
        self._of_person = {key: self._pairs_of(person) for key, person in counted.items()}
        self._most_fixed = 1 + max((person.base[1] for person in counted.values()), default=0)
        self._plain: dict[Role, list[int]] = {}
        for side, role in enumerate(ROLES):
            counts = {person.places[side] for person in counted.values()}
            self._plain[role] = [one for one in range(len(self._left[role])) if one not in counts]

    def _pairs_of(self, person: CountedPerson) -> IntArray:
        row, column = person.places
        mine = np.zeros(len(self._pairs.rows), dtype=bool)
        if row is not None:
            mine |= self._pairs.rows == row
        if column is not None:
            mine |= self._pairs.columns == column
        return np.flatnonzero(mine)

    def fault(self, cases: Sequence[PeopleCase], aim: int) -> str | None:
        """Return why a proof does not show that no matching reaches an aim, in parts; ``None`` if it does."""
        nobody = np.zeros(len(self._pairs.rows), dtype=bool)
        none: dict[Role, list[int]] = {role: [0] * len(self._left[role]) for role in ROLES}
        waiting = [_Case(none, {role: [*self._left[role]] for role in ROLES}, nobody, nobody)]
        try:
            for case in cases:
                if not waiting:
                    raise _WrongError("it has cases that belong to none")
                here = waiting.pop()
                if case.most is not None:
                    waiting += reversed(self._split(here, case))
                elif self._bound(here, case) >= aim:
                    raise _WrongError("the prices of a case do not close it")
        except _WrongError as error:
            return str(error)
        return "a case is missing" if waiting else None

    def _place(self, role: Role, name: str) -> int:
        place = self._people.place[role].get(id_key(name))
        if place is None:
            raise _WrongError(f"it names '{name}', who is no {role} of the cohort")
        return place

    def _split(self, case: _Case, node: PeopleCase) -> list[_Case]:
        """Return the two cases of a split."""
        few, many = case.copy(), case.copy()
        most = node.most or 0
        if most < 0 or (node.mentor is None and node.mentee is None):
            raise _WrongError("a case is parted by a number of duos that is none")
        if node.mentor is not None and node.mentee is not None:
            at = self._pair(node.mentor, node.mentee)
            if most:
                raise _WrongError("a case is parted by a number of duos that is none")
            few.out[at], many.taken[at] = True, True
            return [few, many]
        role: Role = "mentor" if node.mentor is not None else "mentee"
        place = self._place(role, node.mentor or node.mentee or "")
        few.most[role][place] = min(few.most[role][place], most)
        many.least[role][place] = max(many.least[role][place], most + 1)
        return [few, many]

    def _pair(self, mentor: str, mentee: str) -> int:
        row, column = self._place("mentor", mentor), self._place("mentee", mentee)
        found = np.flatnonzero((self._pairs.rows == row) & (self._pairs.columns == column))
        if not len(found):
            raise _WrongError("it counts a pair that cannot be a duo")
        return int(found[0])

    def _range(self, case: _Case, person: CountedPerson) -> tuple[int, int]:
        """Return the least and the largest number of free duos of a person in a case."""
        ends = [(role, place) for role, place in zip(ROLES, person.places, strict=True) if place is not None]
        most = sum(case.most[role][place] for role, place in ends)
        return sum(case.least[role][place] for role, place in ends), min(most, self._free)

    # What duos make up for others

    def _lack(self, person: CountedPerson, score: int) -> int:
        """Return what the other free duos of a person must give beside one with this score."""
        threshold, (total, number) = self._terms.threshold or 0, person.base
        if self._terms.of_mean:
            return threshold * (number + 1) - total - score
        return threshold - total - min(score, threshold)

    def _gains(self, scores: IntArray) -> IntArray:
        """Return the most that free duos give to others of the same person."""
        threshold = self._terms.threshold or 0
        gains: IntArray = (
            np.maximum(scores - threshold, 0) if self._terms.of_mean else np.minimum(scores, threshold)
        )
        return gains

    def _narrow(self, case: _Case) -> BoolArray:
        """Mark the pairs of a case that are left once those are out which nothing can make up for."""
        active: BoolArray = ~case.out
        if self._terms.threshold is None:
            return active
        waiting = True
        while waiting:
            waiting = False
            for key, person in self._counted.items():
                mine = self._of_person[key][active[self._of_person[key]]]
                for at in self._hopeless(person, mine, self._range(case, person)[1] - 1):
                    active[at] = False
                    waiting = True
        return active

    def _hopeless(self, person: CountedPerson, mine: IntArray, others: int) -> list[int]:
        """Return the pairs of a person for which even the best others, so many at most, are too few."""
        scores = self._pairs.scores[mine]
        gains = self._gains(scores).tolist()
        best = sorted(gains, reverse=True)
        others = min(max(others, 0), len(best))
        top, edge = sum(best[:others]), best[others - 1] if others else None
        following = best[others] if others < len(best) else 0
        found = []
        for at, score, gain in zip(mine.tolist(), scores.tolist(), gains, strict=True):
            lack = self._lack(person, score)
            among = edge is not None and gain >= edge  # then the next best takes its place
            if lack > 0 and (top - gain + following if among else top) < lack:
                found.append(at)
        return found

    def _made_up(self, case: _Case, active: BoolArray, stated: MadeUp) -> tuple[IntArray, list[int]]:
        """Return pairs, and what each gets for making up for a duo, which itself pays what it lacks."""
        key = id_key(stated.person)
        if key not in self._counted:
            raise _WrongError(f"it names '{stated.person}', who does not count")
        person, at = self._counted[key], self._pair(stated.mentor, stated.mentee)
        mine = self._of_person[key][active[self._of_person[key]]]
        if at not in set(mine.tolist()):
            return np.zeros(0, dtype=np.int64), []
        lack = self._lack(person, int(self._pairs.scores[at]))
        others = mine[mine != at]
        gains = self._gains(self._pairs.scores[others]).tolist()
        room = self._range(case, person)[1] - 2
        beside = sum(sorted(gains, reverse=True)[: max(room, 0)])
        given = [min(gain, lack) if room >= 0 and gain + beside >= lack else 0 for gain in gains]
        if lack <= 0:
            raise _WrongError("a duo is made up for that lacks nothing")
        amounts = [-at_price(stated.price, -amount) for amount in (*given, -lack)]
        return np.append(others, at), amounts

    # Bounds

    def _bound(self, case: _Case, node: PeopleCase) -> int:
        """Return the upper bound that the prices of a case prove, in parts."""
        active = self._narrow(case)
        stated_of = node.mentors, node.mentees
        of = {role: self._prices(role, stated) for role, stated in zip(ROLES, stated_of, strict=True)}
        points = self._points(node.people)
        quotas = self._pay(node)
        self._refuse_large(node, of, points)
        pairs = self._pairs
        left = pairs.worth + node.duo - of["mentor"][pairs.rows] - of["mentee"][pairs.columns]
        paid: IntArray = np.zeros(len(left), dtype=np.int64)
        for key, price in points.items():
            paid[self._of_person[key]] += price
        counted = self._counts_of(pairs.scores)
        whole, rest = np.divmod(-paid, ONE)
        left = left - (whole * counted + rest * counted // ONE)  # rounded up
        for quota, mark in zip(quotas, pairs.marks, strict=False):
            if quota.largest:
                left = left - quota.quota.pick(quota.prices, (pairs.rows, pairs.columns), mark)
        for stated in node.made_up:
            some, amounts = self._made_up(case, active, stated)
            left[some] += np.array(amounts, dtype=np.int64)
        value = exact_sum(left[case.taken])
        value += exact_sum(np.maximum(left[active & ~case.taken], 0)) - node.duo * self._free
        for quota in quotas:
            if not quota.can_hold.all():
                return IMPOSSIBLE
            value += int(quota.most_paid()[0])
        return value + self._of_plain(case, of) + self._of_counted(case, of, points)

    def _counts_of(self, scores: IntArray) -> IntArray:
        """Return what pairs count in sums: no more than the threshold where sums have to reach it."""
        if self._terms.threshold is None or self._terms.of_mean:
            return scores
        return np.minimum(scores, self._terms.threshold)

    def _prices(self, role: Role, stated: Mapping[str, int]) -> IntArray:
        prices = np.zeros(len(self._left[role]), dtype=np.int64)
        for name, price in stated.items():
            prices[self._place(role, name)] = _price(price)
        return prices

    def _points(self, stated: Mapping[str, int]) -> dict[str, int]:
        found = {}
        for name, price in stated.items():
            key = id_key(name)
            if key not in self._counted:
                raise _WrongError(f"it names '{name}', who does not count")
            if _price(price) < 0:
                raise _WrongError(f"the price of a point of '{name}' is below 0")
            found[key] = price
        return found

    def _pay(self, node: PeopleCase) -> list[PricedQuota]:
        quotas = self._new_quotas()
        for price in node.quotas:
            known = 0 <= price.quota < len(quotas)
            if not known or price.group not in quotas[price.quota].quota.place_of_group:
                raise _WrongError("a price is of a quota, or of a group, that there is not")
            if price.group is not None and price.outside:
                raise _WrongError("who is not in a group pays for it")
            paid = quotas[price.quota]
            for index, amount in (
                (paid.quota.place_of_group[price.group], price.inside),
                (-1, price.outside),
            ):
                paid.prices[index] = _price(int(paid.prices[index]) + amount)
        return quotas

    def _refuse_large(self, node: PeopleCase, of: Mapping[Role, IntArray], points: Mapping[str, int]) -> None:
        """Refuse prices that together could overflow, or that would prove falsehoods by their sign."""
        most = abs(_price(node.duo)) + 2 * max(points.values(), default=0)
        most += sum(int(np.abs(prices).max(initial=0)) for prices in of.values())
        most += sum(abs(price.inside) + abs(price.outside) for price in node.quotas)
        for stated in node.made_up:
            if _price(stated.price) < 0:
                raise _WrongError("the price of what duos make up for is below 0")
            most += stated.price * (2 + (self._terms.threshold or 0) * self._most_fixed // ONE)
        if most > TOGETHER:
            raise _WrongError("prices are too large")

    def _of_plain(self, case: _Case, of: Mapping[Role, IntArray]) -> int:
        """Return the most that people who do not count pay for their duos."""
        value = 0
        for role in ROLES:
            for place in self._plain[role]:
                price = int(of[role][place])
                least, most = case.least[role][place], case.most[role][place]
                if least > most:
                    return IMPOSSIBLE
                value += price * (most if price > 0 else least)
        return value

    def _of_counted(self, case: _Case, of: Mapping[Role, IntArray], points: Mapping[str, int]) -> int:
        """Return the most that people who count pay for their duos beyond what these are worth to them."""
        value = 0
        for key, person in self._counted.items():
            ranges, prices = [], []
            for role, place in zip(ROLES, person.places, strict=True):
                if place is None:
                    ranges.append(range(1))
                    prices.append(0)
                else:
                    ranges.append(range(case.least[role][place], case.most[role][place] + 1))
                    prices.append(int(of[role][place]))
            price = points.get(key, 0)
            terms = [
                prices[0] * one + prices[1] * other + self._terms.most(person.base, one + other, price)
                for one in ranges[0]
                for other in ranges[1]
                if one + other <= self._free
            ]
            if not terms:
                return IMPOSSIBLE
            value += max(terms)
        return value


def _price(price: int) -> int:
    if abs(price) > HIGHEST:
        raise _WrongError("a price is too large to be one")
    return price
