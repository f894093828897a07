"""Whether other matchings are as good as this one: what a certificate says of the lottery.

A matching that is proved best has, like all others as good, no pair worth less than its prices. Another one
differs from it in exchanges along a circle: from a mentor to a mentee by a pair that is worth just its prices
and is no duo, from a mentee to a mentor by a duo worth just its prices, and by way of resting where a price
is 0. So there is another one exactly if some pair worth just its prices has both ends in one strongly
connected part of that graph (a flow is unique if its residual graph has no circle: Ahuja, Magnanti & Orlin
1993).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reverse_match.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.matching import Matching
    from reverse_match.verification.audit import Audit
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import Role

MOST = 5_000_000
"""Pairs worth just their prices that are listed. If these allow no exchange, more of them could."""


class Ties:
    """Pairs worth just their prices, listed tile by tile up to a limit."""

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
        """Rows and columns of what is listed."""
        nothing = np.empty(0, np.int64)
        return np.concatenate([nothing, *self._rows]), np.concatenate([nothing, *self._columns])


def tie_findings(matching: Matching, demands: Demands, audit: Audit) -> Iterator[Finding]:
    """Check what is said of other matchings that are as good; a matching need not say it."""
    stated = matching.certificate.equal_optima
    if stated is None:
        return
    if not matching.certificate.proved:
        yield Finding("equal_optima", "the matching is not proved, and yet says whether others are as good")
        return
    actual = _allow_exchange(demands, audit)
    if stated != actual and (actual or audit.ties.complete):
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
    elif audit.goal.kind == "total" and matching.certificate.proved and _allow_addition(demands, audit):
        yield Finding("optimality", "one more duo could be formed, by exchanges that cost nothing")


def _allow_addition(demands: Demands, audit: Audit) -> bool:
    from scipy.sparse import csr_array  # take long to load
    from scipy.sparse.csgraph import breadth_first_order

    rows, columns = audit.ties.places
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

    rows, columns = audit.ties.places
    high, wide = len(demands.left["mentor"]), len(demands.left["mentee"])
    free = np.array(sorted(audit.formed - demands.fixed), dtype=np.int64).reshape(-1, 2)
    is_duo = np.isin(rows * wide + columns, free[:, 0] * wide + free[:, 1])
    tails, heads = np.where(is_duo, columns + high, rows), np.where(is_duo, rows, columns + high)
    mentors = _resting(demands, audit, "mentor", (rows[is_duo], free[:, 0]), (0, high + wide))
    mentees = _resting(demands, audit, "mentee", (columns[is_duo], free[:, 1]), (high, high + wide + 1))
    ways = np.concatenate([tails, mentors[0], mentees[1]]), np.concatenate([heads, mentors[1], mentees[0]])
    size = high + wide + 2
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(size, size))
    part = connected_components(graph, connection="strong")[1]
    return bool((part[tails] == part[heads]).any())


def _resting(
    demands: Demands, audit: Audit, role: Role, ends: tuple[IntArray, IntArray], nodes: tuple[int, int]
) -> tuple[IntArray, IntArray]:
    """Return where ways begin and end by which mentors may rest instead of teaching, or the other way round.

    For mentees these ways lead from their ends to their beginnings.

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
