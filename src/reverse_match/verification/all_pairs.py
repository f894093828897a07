"""One pass over all pairs, and what it shows: who could have met whom, and what the dual prices prove.

The pass also lists the *tight* pairs, which are worth exactly the prices of their two people. They decide
whether another matching is as good as this one. A matching that is proved best has, like all others as good,
no pair worth less than its prices. Another optimum differs from it by exchanges along a circle: from a mentor
to a mentee by a tight pair that is no duo, from a mentee to a mentor by a tight duo, and through *resting*
where a price is 0. So another optimum exists exactly if some tight pair has both ends in one strongly
connected component of that graph: an optimal flow is unique if its residual graph has no circle of cost 0
(Ahuja, Magnanti & Orlin 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.foundation.errors import Finding
from reverse_match.foundation.fixed_point import ONE
from reverse_match.foundation.names import id_key
from reverse_match.solver.pairs.tiles import Tiling, slices
from reverse_match.verification.conditions import Tile
from reverse_match.verification.exact import exact_sum
from reverse_match.verification.people import as_array, mark_places
from reverse_match.verification.unmatched_all_pairs import LeftOutAudit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.matching.results.matching import Matching
    from reverse_match.scoring.model import ScoreModel
    from reverse_match.verification.additions import Additions
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.objective import CohortObjective
    from reverse_match.verification.people import PeopleIndex, Place, Role
    from reverse_match.verification.quota_proofs import QuotaProofs
    from reverse_match.verification.unmatched_all_pairs import Marks


MOST = 5_000_000
"""Tight pairs that are listed at most. If the listed ones allow no exchange, further ones could."""


class TightPairs:
    """Pairs that are worth exactly the prices of their people, listed tile by tile up to a limit."""

    def __init__(self) -> None:
        self._rows: list[IntArray] = []
        self._columns: list[IntArray] = []
        self._count = 0
        self.complete = True

    def add(self, marks: BoolArray, rows: slice, columns: slice) -> None:
        """List the pairs of a tile that are marked."""
        here, there = np.nonzero(marks)
        if self._count + len(here) > MOST:
            self.complete = False
            return
        self._rows.append(here + rows.start)
        self._columns.append(there + columns.start)
        self._count += len(here)

    @property
    def places(self) -> tuple[IntArray, IntArray]:
        """Rows and columns of the listed pairs."""
        nothing = np.empty(0, np.int64)
        return np.concatenate([nothing, *self._rows]), np.concatenate([nothing, *self._columns])


def tie_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Check the statement on other matchings that are as good; a matching need not make it."""
    stated = matching.certificate.equal_optima
    if stated is None:
        return
    if not matching.certificate.proved:
        yield Finding("equal_optima", "the matching is not proved, and yet says whether others are as good")
        return
    actual = _allow_exchange(demands, audit)
    if stated != actual and (actual or audit.tight.complete):
        others = "there are" if actual else "there is none"
        yield Finding("equal_optima", f"whether other matchings are as good is said to be {stated}: {others}")


def addition_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Check that of equal totals the matching has the most duos, where that is what is asked for.

    With quotas, that no duo can simply be added (:mod:`.additions`). Without, all matchings of the same total
    are made of pairs worth just their prices, so that there would be a path of exchanges from a mentor with a
    place left to a mentee with one (Berge 1957).
    """
    if audit.additions is not None:
        yield from audit.additions.findings()
    elif audit.objective.kind == "total" and matching.certificate.proved and _allow_addition(demands, audit):
        yield Finding("optimality", "one more duo could be formed, by exchanges that cost nothing")


def _allow_addition(demands: Demands, audit: Audit) -> bool:
    from scipy.sparse import csr_array  # take long to load
    from scipy.sparse.csgraph import breadth_first_order

    rows, columns = audit.tight.places
    high, wide = len(demands.left["mentor"]), len(demands.left["mentee"])
    free = np.array(sorted(audit.formed - demands.fixed), dtype=np.int64).reshape(-1, 2)
    is_duo = np.isin(rows * wide + columns, free[:, 0] * wide + free[:, 1])
    tails, heads = np.where(is_duo, columns + high, rows), np.where(is_duo, rows, columns + high)
    start, end = high + wide, high + wide + 1
    begin = np.flatnonzero(np.bincount(free[:, 0], minlength=high) < demands.left["mentor"])
    stop = np.flatnonzero(np.bincount(free[:, 1], minlength=wide) < demands.left["mentee"]) + high
    ways = (
        np.concatenate([tails, np.full(len(begin), start), stop]),
        np.concatenate([heads, begin, np.full(len(stop), end)]),
    )
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(end + 1, end + 1))
    return end in breadth_first_order(graph, start, return_predecessors=False)


def _allow_exchange(demands: Demands, audit: Audit) -> bool:
    from scipy.sparse import csr_array  # take long to load
    from scipy.sparse.csgraph import connected_components

    rows, columns = audit.tight.places
    high, wide = len(demands.left["mentor"]), len(demands.left["mentee"])
    free = np.array(sorted(audit.formed - demands.fixed), dtype=np.int64).reshape(-1, 2)
    is_duo = np.isin(rows * wide + columns, free[:, 0] * wide + free[:, 1])
    tails, heads = np.where(is_duo, columns + high, rows), np.where(is_duo, rows, columns + high)
    mentors = _resting_arcs(demands, audit, "mentor", (rows[is_duo], free[:, 0]), (0, high + wide))
    mentees = _resting_arcs(demands, audit, "mentee", (columns[is_duo], free[:, 1]), (high, high + wide + 1))
    ways = np.concatenate([tails, mentors[0], mentees[1]]), np.concatenate([heads, mentors[1], mentees[0]])
    size = high + wide + 2
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(size, size))
    part = connected_components(graph, connection="strong")[1]
    return bool((part[tails] == part[heads]).any())


def _resting_arcs(
    demands: Demands, audit: Audit, role: Role, ends: tuple[IntArray, IntArray], nodes: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Return tails and heads of the arcs by which mentors may rest instead of teaching, or begin to teach.

    For mentees these arcs lead from their heads to their tails.

    Parameters
    ----------
    demands, audit
        Give capacities and prices.
    role : str
        The side.
    ends : pair of int64 arrays
        Who is in a duo worth just its prices, and who is in any that is not fixed.
    nodes : pair of int
        Those of the first of the side, and of resting.
    """
    first, rest = nodes
    left, may_rest = demands.left[role], audit.price[role] == 0
    in_tied, in_any = (np.bincount(side, minlength=len(left)) for side in ends)
    leaving = first + np.flatnonzero(may_rest & (in_tied > 0))
    joining = first + np.flatnonzero(may_rest & (in_any < left))
    return (
        np.concatenate([leaving, np.full(len(joining), rest)]),
        np.concatenate([np.full(len(leaving), rest), joining]),
    )


@dataclass
class PersonCounts:
    """What one pass over all pairs counts for each person of a side.

    Attributes
    ----------
    allowed : int64 array
        Partners that every rule allows.
    only_score : int64 array
        Partners that only a minimum score takes away.
    violations : dict of str to int64 array
        By label of a rule that lists no pairs: partners with whom a duo would break it.
    """

    allowed: IntArray
    only_score: IntArray
    violations: dict[str, IntArray]


class Audit:
    """One pass over all pairs: who could have met whom, what duos break, and what the prices prove."""

    def __init__(
        self,
        matching: Matching,
        people: PeopleIndex,
        demands: Demands,
        model: ScoreModel,
        objective: CohortObjective,
        proofs: QuotaProofs | None = None,
        *,
        lists: bool = False,
        additions: Additions | None = None,
    ) -> None:
        self.proofs, self.additions = proofs, additions
        self.listed: list[tuple[IntArray, IntArray, IntArray, BoolArray]] | None = [] if lists else None
        rules = [*demands.conditions, *demands.thresholds]
        self.violations: dict[str, set[Place]] = {label: set() for label in rules}
        self.counts: dict[Role, PersonCounts] = {
            role: PersonCounts(
                np.zeros(len(members), dtype=np.int64),
                np.zeros(len(members), dtype=np.int64),
                {label: np.zeros(len(members), dtype=np.int64) for label in rules},
            )
            for role, members in people.of.items()
        }
        certificate = matching.certificate
        self.price = {
            "mentor": _price_column(people, "mentor", certificate.mentor_prices, objective),
            "mentee": _price_column(people, "mentee", certificate.mentee_prices, objective),
        }
        self.scarce = _marks_by_role(people, certificate.scarce_mentors, certificate.scarce_mentees)
        self.worst_scarce = _marks_by_role(
            people, certificate.worst_scarce_mentors or (), certificate.worst_scarce_mentees or ()
        )
        self.worst_bound = round((certificate.worst_bound or 0) * ONE)
        self.objective = objective
        self.duo_price = objective.to_units(certificate.duo_price)
        self.formed = {people.at(duo.mentor, duo.mentee) for duo in matching.duos}
        places = [people.at(duo.mentor, duo.mentee) for duo in matching.duos]
        free = [
            objective.judged_score(round(duo.score * ONE), place)
            for duo, place in zip(matching.duos, places, strict=True)
            if place not in demands.fixed
        ]
        self.lowest = min(free, default=None)
        self._least = (self.lowest or 0) if objective.kind == "max_min" else 0
        self.pairs = self.untouched = self.excess = self.above = 0
        self.tight = TightPairs()
        self.worst: tuple[int, Place] | None = None
        self.left_out = LeftOutAudit(matching, people, demands)
        hard = set().union(demands.same_person, *demands.forbidden.values())
        self._marks = {
            "same_person": as_array(demands.same_person),
            "hard": as_array(hard),
            "fixed": as_array(demands.fixed),
            "formed": as_array(self.formed),
        }
        cut = Tiling(threads=1)
        for columns in slices(model.shape[1], cut.columns):
            block = model.block(columns)
            for rows in slices(model.shape[0], cut.rows):
                self._inspect(rows, columns, demands, block.tile(rows).astype(np.int64))

    def _inspect(self, rows: slice, columns: slice, demands: Demands, scores: IntArray) -> None:
        hard = self._mark("hard", rows, columns)
        hard |= (demands.capacity["mentor"][rows, None] == 0) | (
            demands.capacity["mentee"][None, columns] == 0
        )
        low = np.zeros_like(hard)
        for label, condition in demands.conditions.items():
            hard |= self._note_violations(label, condition.violations(rows, columns, scores), rows, columns)
        for label, threshold in demands.thresholds.items():
            low |= self._note_violations(label, scores < threshold, rows, columns)
        for count, place, axis in self._sides(rows, columns):
            count.allowed[place] += (~hard & ~low).sum(axis=axis)
            count.only_score[place] += (~hard & low).sum(axis=axis)
        spent = (demands.left["mentor"][rows, None] <= 0) | (demands.left["mentee"][None, columns] <= 0)
        possible = ~(hard | low | spent | self._mark("fixed", rows, columns))
        prices = self.price["mentor"][rows, None] + self.price["mentee"][None, columns]
        worth = self.objective.worth_of_tile(rows, columns, scores) + self.duo_price - prices
        self.pairs += int(possible.sum())
        marks: Marks = []
        if self.proofs is not None:
            tile = Tile(rows, columns, scores)
            marks = self.proofs.marks(tile)
            worth = self.proofs.add(tile, possible, marks)
            if self.additions is not None:
                self.additions.look(tile, possible, marks)
        self.untouched += int((possible & ~_mark_either(self.scarce, rows, columns)).sum())
        judged = self.objective.judged_scores(rows, columns, scores)
        above = possible & (judged > self.worst_bound)
        self.above += int((above & ~_mark_either(self.worst_scarce, rows, columns)).sum())
        counted = possible & (judged >= self._least)
        self.excess += exact_sum(np.where(counted, np.maximum(worth, 0), 0))
        if self.listed is not None:
            free = possible & ~_mark_either(self.scarce, rows, columns)
            here, there = np.nonzero(free | (counted & (worth > 0)))
            told = np.maximum(worth[here, there], 0), free[here, there]
            self.listed.append((here + rows.start, there + columns.start, *told))
        nearness = scores if self.objective.kind == "max_min" else worth
        self.left_out.look(rows, columns, possible, nearness, marks)
        self.tight.add(counted & (worth == 0), rows, columns)
        self._keep_worst(np.where(counted & ~self._mark("formed", rows, columns), worth, 0), rows, columns)

    def _sides(self, rows: slice, columns: slice) -> Iterator[tuple[PersonCounts, slice, int]]:
        """Yield for each side its counts, which of its people a tile holds, and what to sum over."""
        yield self.counts["mentor"], rows, 1
        yield self.counts["mentee"], columns, 0

    def _note_violations(self, label: str, broken: BoolArray, rows: slice, columns: slice) -> BoolArray:
        """Count the pairs of a tile that would break a rule, and note the duos that do."""
        apart = broken & ~self._mark("same_person", rows, columns)
        for count, place, axis in self._sides(rows, columns):
            count.violations[label][place] += apart.sum(axis=axis)
        for row, column in np.argwhere(broken & self._mark("formed", rows, columns)).tolist():
            self.violations[label].add((row + rows.start, column + columns.start))
        return broken

    def _keep_worst(self, worth: IntArray, rows: slice, columns: slice) -> None:
        if worth.size and worth.max() > (self.worst[0] if self.worst else 0):
            row, column = np.unravel_index(int(worth.argmax()), worth.shape)
            self.worst = int(worth.max()), (int(row) + rows.start, int(column) + columns.start)

    def _mark(self, kind: str, rows: slice, columns: slice) -> BoolArray:
        return mark_places(self._marks[kind], rows, columns)


def _price_column(
    people: PeopleIndex, role: Role, prices: Mapping[str, float], objective: CohortObjective
) -> IntArray:
    column = np.zeros(len(people.of[role]), dtype=np.int64)
    for name, price in prices.items():
        column[people.place[role][id_key(name)]] = objective.to_units(price)
    return column


def _marks_by_role(
    people: PeopleIndex, mentors: Iterable[str], mentees: Iterable[str]
) -> dict[Role, BoolArray]:
    marks: dict[Role, BoolArray] = {}
    named: tuple[tuple[Role, Iterable[str]], ...] = (("mentor", mentors), ("mentee", mentees))
    for role, names in named:
        marks[role] = np.zeros(len(people.of[role]), dtype=bool)
        for name in names:
            marks[role][people.place[role][id_key(name)]] = True
    return marks


def _mark_either(marks: Mapping[Role, BoolArray], rows: slice, columns: slice) -> BoolArray:
    """Mark the pairs of a tile in which somebody is marked."""
    return marks["mentor"][rows, None] | marks["mentee"][None, columns]
