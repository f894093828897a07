"""Checks whether other matchings are as good, and whether one of these has more duos.

*Ties.* The pass over all pairs lists the *tight* pairs, whose worth equals the prices of their two people. By
complementary slackness no optimal matching has a pair that is worth less than its prices. Two optimal
matchings therefore differ by exchanges along a circle of the residual graph: from a mentor to a mentee by a
tight pair that is no duo, from a mentee to a mentor by a tight duo, and through the node *resting* where a
price is 0. So another optimum exists exactly if some tight pair has both ends in one strongly connected
component of that graph: an optimal flow is unique if its residual graph has no circle of cost 0 (Ahuja,
Magnanti and Orlin 1993).

*One more duo.* Under ``total`` the prices prove the total, but not that no matching of the same total has
more duos. All matchings of the same total consist of tight pairs. So one with more duos would give an
augmenting path from a mentor with a place left to a mentee with a place left (Berge 1957), and the verifier
refuses a matching with such a path. Under quotas a path may break a quota, so only its shortest form is
refused: a pair of two people with a place left, which the rules allow, which costs nothing, and with which
every quota still holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.verification.all_pairs import PairExamination, TightPairs
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Role
    from reverse_match.verification.stages import Stage


def tie_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check the statement whether other matchings are as good; a matching need not make it."""
    certificate = claim.matching.certificate
    stated = certificate.equal_optima
    if stated is None:
        return
    if not certificate.proved:
        yield Finding("equal_optima", "the matching is not proved, and yet says whether others are as good")
        return
    actual = _allow_exchange(claim, audit)
    if stated != actual and (actual or audit.tight_at_last.complete):
        others = "there are" if actual else "there is none"
        yield Finding("equal_optima", f"whether other matchings are as good is said to be {stated}: {others}")


def addition_findings(claim: Claim, audit: PairExamination) -> Iterator[Finding]:
    """Check under ``total`` that no other matching with the same total has more duos."""
    if audit.addition is not None:
        mentor, mentee = claim.names(audit.addition)
        message = f"'{mentor}' and '{mentee}' could be a duo beside all others, at no loss"
        yield Finding("optimality", f"{message}: of equal totals the most duos are asked for")
    asked = claim.objective.kind == "total" and claim.matching.certificate.proved and not claim.quotas
    if asked and _allow_addition(claim, audit):
        yield Finding("optimality", "one more duo could be formed, by exchanges that cost nothing")


class _Arcs(NamedTuple):
    """Arcs of the residual graph, by node: first the mentors, then the mentees."""

    tails: IntArray
    heads: IntArray


def _tight_arcs(claim: Claim, tight: TightPairs) -> tuple[_Arcs, tuple[IntArray, IntArray]]:
    """Return the arcs of tight pairs, and the ends of the tight duos.

    The arc of a duo leads from its mentee to its mentor; that of any other pair leads the other way.
    """
    rows, columns = tight.places
    high, wide = claim.model.shape
    is_duo = np.isin(rows * wide + columns, claim.free[:, 0] * wide + claim.free[:, 1])
    tails, heads = np.where(is_duo, columns + high, rows), np.where(is_duo, rows, columns + high)
    return _Arcs(tails, heads), (rows[is_duo], columns[is_duo])


def _allow_addition(claim: Claim, audit: PairExamination) -> bool:
    from scipy.sparse import csr_array  # these take long to load
    from scipy.sparse.csgraph import breadth_first_order

    (tails, heads), _ = _tight_arcs(claim, audit.tight)
    high, wide = claim.model.shape
    start, end = high + wide, high + wide + 1
    begin = np.flatnonzero(_can_change(claim, audit.stages.total, "mentor", 1))
    stop = np.flatnonzero(_can_change(claim, audit.stages.total, "mentee", 1)) + high
    ways = (
        np.concatenate([tails, np.full(len(begin), start), stop]),
        np.concatenate([heads, begin, np.full(len(stop), end)]),
    )
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(end + 1, end + 1))
    return end in breadth_first_order(graph, start, return_predecessors=False)


def _free_loads(claim: Claim, role: Role) -> IntArray:
    ends = claim.free[:, 0 if role == "mentor" else 1]
    return np.bincount(ends, minlength=len(claim.people.of[role]))


def _can_change(claim: Claim, stage: Stage, role: Role, by: int) -> BoolArray:
    """Mark people who could have one duo more or fewer at no loss."""
    prices = stage.prices
    return prices.loads.can_change(role, prices.of[role], _free_loads(claim, role), by)


def _allow_exchange(claim: Claim, audit: PairExamination) -> bool:
    from scipy.sparse import csr_array  # these take long to load
    from scipy.sparse.csgraph import connected_components

    (tails, heads), tight_duos = _tight_arcs(claim, audit.tight_at_last)
    high, wide = claim.model.shape
    mentors = _resting_arcs(claim, audit, "mentor", tight_duos[0], (0, high + wide))
    mentees = _resting_arcs(claim, audit, "mentee", tight_duos[1], (high, high + wide + 1))
    ways = (
        np.concatenate([tails, mentors.tails, mentees.heads]),
        np.concatenate([heads, mentors.heads, mentees.tails]),
    )
    size = high + wide + 2
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(size, size))
    part = connected_components(graph, connection="strong")[1]
    return bool((part[tails] == part[heads]).any())


def _resting_arcs(
    claim: Claim, audit: PairExamination, role: Role, tied: IntArray, nodes: tuple[int, int]
) -> _Arcs:
    """Return the arcs between mentors and the node *resting*: out of a duo, or into a first or further one.

    For mentees the arcs have the opposite direction: the caller exchanges tails and heads.

    Parameters
    ----------
    claim, audit
        The source of capacities and prices.
    role : str
        The side.
    tied : int64 array
        Index of the person of this side in each tight duo.
    nodes : pair of int
        Numbers of the node of the first person of the side, and of *resting*.
    """
    first, rest = nodes
    last, tight_duos = audit.stages.last, np.bincount(tied, minlength=len(claim.people.of[role]))
    leaving = first + np.flatnonzero(_can_change(claim, last, role, -1) & (tight_duos > 0))
    joining = first + np.flatnonzero(_can_change(claim, last, role, 1))
    return _Arcs(
        np.concatenate([leaving, np.full(len(joining), rest)]),
        np.concatenate([np.full(len(leaving), rest), joining]),
    )
