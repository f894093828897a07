"""Whether other matchings are as good, and whether one of these has more duos.

*Ties.* The pass over all pairs lists the *tight* pairs, which are worth exactly the prices of their two
people. A matching that is proved best has, like all others as good, no pair worth less than its prices.
Another optimum differs from it by exchanges along a circle: from a mentor to a mentee by a tight pair that is
no duo, from a mentee to a mentor by a tight duo, and through *resting* where a price is 0. So another optimum
exists exactly if some tight pair has both ends in one strongly connected component of that graph: an optimal
flow is unique if its residual graph has no circle of cost 0 (Ahuja, Magnanti & Orlin 1993).

*One more duo.* Under ``total`` the prices prove the total. They do not prove that no choice of the same total
has more duos. All matchings of the same total are made of tight pairs, so that one with more duos would give
a path of exchanges from a mentor with a place left to a mentee with one (Berge 1957). Under quotas such a
path proves nothing. But two people who both have a place left would give another optimum, if the rules allow
their pair, if it costs nothing and if every quota still holds with it. The verifier demands that there is
neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reverse_match.foundation.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.verification.all_pairs import Audit
    from reverse_match.verification.claim import Claim
    from reverse_match.verification.people import Role


def tie_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    """Check the statement on other matchings that are as good; a matching need not make it."""
    certificate = claim.matching.certificate
    stated = certificate.equal_optima
    if stated is None:
        return
    if not certificate.proved:
        yield Finding("equal_optima", "the matching is not proved, and yet says whether others are as good")
        return
    actual = _allow_exchange(claim, audit)
    if stated != actual and (actual or audit.tight.complete):
        others = "there are" if actual else "there is none"
        yield Finding("equal_optima", f"whether other matchings are as good is said to be {stated}: {others}")


def addition_findings(claim: Claim, audit: Audit) -> Iterator[Finding]:
    """Check that of equal totals the matching has the most duos, where that is what is asked for."""
    if audit.addition is not None:
        mentor, mentee = claim.names(audit.addition)
        message = f"'{mentor}' and '{mentee}' could be a duo beside all others, at no loss"
        yield Finding("optimality", f"{message}: of equal totals the most duos are asked for")
    asked = claim.objective.kind == "total" and claim.matching.certificate.proved and not claim.quotas
    if asked and _allow_addition(claim, audit):
        yield Finding("optimality", "one more duo could be formed, by exchanges that cost nothing")


class _Arcs(NamedTuple):
    """Arcs of the residual graph, of which mentors are the first nodes and mentees the next."""

    tails: IntArray
    heads: IntArray


def _tight_arcs(claim: Claim, audit: Audit) -> tuple[_Arcs, tuple[IntArray, IntArray]]:
    """Return the arcs of tight pairs, a duo's from its mentee to its mentor; and the ends of these duos."""
    rows, columns = audit.tight.places
    high, wide = claim.model.shape
    is_duo = np.isin(rows * wide + columns, claim.free[:, 0] * wide + claim.free[:, 1])
    tails, heads = np.where(is_duo, columns + high, rows), np.where(is_duo, rows, columns + high)
    return _Arcs(tails, heads), (rows[is_duo], columns[is_duo])


def _allow_addition(claim: Claim, audit: Audit) -> bool:
    from scipy.sparse import csr_array  # take long to load
    from scipy.sparse.csgraph import breadth_first_order

    (tails, heads), _ = _tight_arcs(claim, audit)
    high, wide = claim.model.shape
    start, end = high + wide, high + wide + 1
    begin = np.flatnonzero(_free_loads(claim, "mentor") < claim.demands.left["mentor"])
    stop = np.flatnonzero(_free_loads(claim, "mentee") < claim.demands.left["mentee"]) + high
    ways = (
        np.concatenate([tails, np.full(len(begin), start), stop]),
        np.concatenate([heads, begin, np.full(len(stop), end)]),
    )
    graph = csr_array((np.ones(len(ways[0]), dtype=np.int8), ways), shape=(end + 1, end + 1))
    return end in breadth_first_order(graph, start, return_predecessors=False)


def _free_loads(claim: Claim, role: Role) -> IntArray:
    ends = claim.free[:, 0 if role == "mentor" else 1]
    return np.bincount(ends, minlength=len(claim.people.of[role]))


def _allow_exchange(claim: Claim, audit: Audit) -> bool:
    from scipy.sparse import csr_array  # take long to load
    from scipy.sparse.csgraph import connected_components

    (tails, heads), tight_duos = _tight_arcs(claim, audit)
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


def _resting_arcs(claim: Claim, audit: Audit, role: Role, tied: IntArray, nodes: tuple[int, int]) -> _Arcs:
    """Return the arcs by which mentors may rest instead of teaching, or begin to teach.

    For mentees these arcs lead from their heads to their tails.

    Parameters
    ----------
    claim, audit
        Give capacities and prices.
    role : str
        The side.
    tied : int64 array
        Who of it is in a duo worth just its prices.
    nodes : pair of int
        Those of the first of the side, and of resting.
    """
    first, rest = nodes
    left, may_rest = claim.demands.left[role], audit.stages.total.prices.of[role] == 0
    leaving = first + np.flatnonzero(may_rest & (np.bincount(tied, minlength=len(left)) > 0))
    joining = first + np.flatnonzero(may_rest & (_free_loads(claim, role) < left))
    return _Arcs(
        np.concatenate([leaving, np.full(len(joining), rest)]),
        np.concatenate([np.full(len(leaving), rest), joining]),
    )
