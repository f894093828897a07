"""Balancing by Kempe chains: makes rounds equally large and equally good; no pair leaves all rounds.

The pairs of two rounds form paths and circles of copies (:mod:`.edge_colouring`), along each of which the two
rounds alternate: the Kempe chains of two colours. Exchanging the rounds along any chain keeps everybody's
numbers of pairs. A path of odd length has one pair more of one round; all other chains have as many of both.
So the two rounds can always be made equally large, up to one pair (McDiarmid 1972; de Werra 1972): half of
the odd paths have more of one round, half more of the other. Which half, and the direction of all other
chains, is chosen so that the sums of both rounds come near to each other. Odd paths are taken two by two,
neighbours in the order of worth. Then all chains are placed, the heaviest first, on the lighter side
(Graham's rule of longest processing time for two machines, 1969).

This is repeated for all pairs of rounds until they are equal enough, or nothing improves. If a round is still
worse than the others, as happens with a handful of pairs, the search starts again several times after random
exchanges, from a fixed seed.

Finally rounds are ordered so that few people sit out twice in a row. The cost of an order is the number of
people who sit out in both of two consecutive rounds, summed over these. Between equal costs, the order comes
first in which fewer people sit out at the beginning. Up to seven rounds all orders are tried (5,040). With
more, each round is followed by the one with the least cost after it (a nearest-neighbour tour).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.foundation.arrays import BoolArray, IntArray
    from reverse_match.solver.rounds.edge_colouring import Split


SWEEPS = 12
"""Sweeps over all pairs of rounds from one start; three usually suffice."""

BEGINNINGS = 24
"""Restarts if a round is worse than the others."""

EQUAL_ENOUGH = 2_000
"""Divisor of the mean: a round whose mean is less than this part below that of all is good enough."""

FEW_PAIRS = 400
"""Number of pairs of two rounds up to which their chains are labelled one by one."""


def balance_rounds(split: Split, rounds: IntArray, worth: IntArray, may: BoolArray | None = None) -> IntArray:
    """Return the round of each pair, so that sizes differ by at most one and sums by as little as is found.

    Parameters
    ----------
    split : Split
        The pairs, between copies of rows and columns.
    rounds : int64 array
        A round of each pair, such that no copy has two pairs in one round.
    worth : int64 array
        Worth of each pair.
    may : bool array, shape (pairs, rounds), optional
        The rounds in which a pair may be; all rounds if not given. Otherwise sizes may differ by more than
        one.

    Examples
    --------
    >>> from reverse_match.solver.rounds.edge_colouring import Split
    >>> apart = Split.of(np.arange(4), np.arange(4), rounds=2)
    >>> balance_rounds(apart, np.array([0, 0, 0, 0]), np.array([9, 7, 3, 1])).tolist()
    [0, 1, 1, 0]
    """
    if not len(rounds) or split.rounds == 1:
        return rounds
    apart = worth - int(worth.sum()) // len(worth)
    enough = max(1, int(worth.sum()) // (EQUAL_ENOUGH * split.rounds))
    pairs = _Pairs(split, apart, np.ones((len(rounds), split.rounds), bool) if may is None else may)
    best = _sweep(pairs, rounds, enough)
    draw = np.random.default_rng(0)
    for _ in range(BEGINNINGS):
        if _lowest(pairs, best) >= -enough:
            break
        again = _sweep(pairs, _shake(pairs, best, draw), enough)
        if _rank(pairs, again) > _rank(pairs, best):
            best = again
    return best


@dataclass(frozen=True)
class _Pairs:
    """Pairs, the excess of each over the mean worth, and the rounds in which they may be."""

    split: Split
    apart: IntArray
    may: BoolArray


def _lowest(pairs: _Pairs, rounds: IntArray) -> int:
    """Return the lowest sum of excesses of a round; below 0 if a round is worse than the mean."""
    return int(sums_of(rounds, pairs.apart, pairs.split.rounds).min())


def _uneven(pairs: _Pairs, rounds: IntArray) -> int:
    """Return the difference in size between the largest and the smallest round."""
    sizes = np.bincount(rounds, minlength=pairs.split.rounds)
    return int(sizes.max() - sizes.min())


def _rank(pairs: _Pairs, rounds: IntArray) -> tuple[int, int]:
    """Return the rank of some rounds: equal sizes first, then the lowest sum; higher is better."""
    return -max(1, _uneven(pairs, rounds)), _lowest(pairs, rounds)


def sums_of(rounds: IntArray, values: IntArray, number: int) -> IntArray:
    """Return the sum of the values in each round."""
    sums = np.zeros(number, dtype=np.int64)
    np.add.at(sums, rounds, values)
    return sums


def _sweep(pairs: _Pairs, rounds: IntArray, enough: int) -> IntArray:
    for _ in range(SWEEPS):
        before = rounds
        for one, other in combinations(range(pairs.split.rounds), 2):
            rounds = _even_out(pairs, rounds, one, other)
        equal = _uneven(pairs, rounds) <= 1 and _lowest(pairs, rounds) >= -enough
        if rounds is before or equal:
            break
    return rounds


def kempe_chains(split: Split, rounds: IntArray, one: int, other: int) -> tuple[IntArray, IntArray]:
    """Return the pairs of two rounds, and the number of the Kempe chain that each is in.

    Chains are numbered in the order of their first pairs.
    """
    pairs = np.flatnonzero((rounds == one) | (rounds == other))
    ends = split.left[pairs], split.right[pairs]
    labels = _walk(*ends) if len(pairs) <= FEW_PAIRS else _components(split, *ends)
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))  # numbers in the order of first pairs
    return pairs, number[inverse]


def _components(split: Split, left: IntArray, right: IntArray) -> IntArray:
    from scipy.sparse import csr_array  # takes long to load
    from scipy.sparse.csgraph import connected_components

    graph = csr_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(split.nodes, split.nodes))
    labels = connected_components(graph, directed=False)[1]
    return labels[left].astype(np.int64)


def _walk(left: IntArray, right: IntArray) -> IntArray:
    """Label the chains of few pairs by union-find, which is faster than making a sparse matrix."""
    root: dict[int, int] = {}

    def found(node: int) -> int:
        while (above := root.setdefault(node, node)) != node:
            root[node] = node = root.setdefault(above, above)
        return node

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        root[found(one)] = found(other)
    return np.array([found(node) for node in left.tolist()], dtype=np.int64)


def exchange_rounds(rounds: IntArray, pairs: IntArray, one: int, other: int) -> IntArray:
    """Return the rounds of all pairs after exchanging two rounds for some pairs, all in one of the two."""
    after = rounds.copy()
    after[pairs] = one + other - after[pairs]
    return after


def _even_out(pairs: _Pairs, rounds: IntArray, one: int, other: int) -> IntArray:
    """Make two rounds as equal as their Kempe chains allow; return the same array if nothing improves."""
    found, part = kempe_chains(pairs.split, rounds, one, other)
    if not len(found):
        return rounds
    number = int(part.max()) + 1
    side = np.where(rounds[found] == one, 1, -1)
    larger, richer = sums_of(part, side, number), sums_of(part, side * pairs.apart[found], number)
    loose = sums_of(part, (~pairs.may[found, one + other - rounds[found]]).astype(np.int64), number) == 0
    turned = np.zeros(number, dtype=bool)
    held = int(larger[~loose].sum()), int(richer[~loose].sum())
    turned[loose] = _choose_chains(larger[loose], richer[loose], held)
    signs = np.where(turned, -1, 1)
    sizes = abs(int(larger.sum())), abs(int((signs * larger).sum()))
    sums = abs(int(richer.sum())), abs(int((signs * richer).sum()))
    if (max(1, sizes[1]), sums[1]) >= (max(1, sizes[0]), sums[0]):
        return rounds
    return exchange_rounds(rounds, found[turned[part]], one, other)


def _choose_chains(larger: IntArray, richer: IntArray, held: tuple[int, int]) -> BoolArray:
    """Mark the Kempe chains along which two rounds are exchanged.

    Parameters
    ----------
    larger, richer : int64 arrays
        For each chain, the first round's surplus of pairs over the second, and its surplus of worth.
    held : pair of int
        The same surpluses over all chains along which no exchange is allowed.
    """
    odd, even = np.flatnonzero(larger), np.flatnonzero(larger == 0)
    upright = richer[odd] * larger[odd]  # surplus of worth for the round with more pairs of the chain
    odd = odd[np.lexsort((odd, -upright))]
    lean = min(len(odd), abs(held[0]))  # number of odd paths that compensate for chains without exchange
    against, odd = odd[:lean], odd[lean:]
    single, odd = (odd[-1:], odd[:-1]) if len(odd) % 2 else (odd[:0], odd)
    firsts, seconds = odd[::2], odd[1::2]
    difference = richer[firsts] * larger[firsts] - richer[seconds] * larger[seconds]
    signs = np.ones(len(larger), dtype=np.int64)
    signs[against] = -larger[against] if held[0] > 0 else larger[against]
    total = held[1] + int((signs[against] * richer[against]).sum())
    alone = np.concatenate([even, single])
    kept = _signs(np.concatenate([richer[alone], difference]), total)
    signs[alone] = kept[: len(alone)]
    signs[firsts] = kept[len(alone) :] * larger[firsts]
    signs[seconds] = -kept[len(alone) :] * larger[seconds]
    return signs < 0


def _signs(weights: IntArray, total: int) -> IntArray:
    """Return signs for a sum near 0: the heaviest weight first, each against the sum so far."""
    signs = np.ones(len(weights), dtype=np.int64)
    for place in np.argsort(-np.abs(weights), kind="stable").tolist():
        weight = int(weights[place])
        signs[place] = sign = -1 if (weight > 0) == (total > 0) else 1
        total += sign * weight
    return signs


def _shake(pairs: _Pairs, rounds: IntArray, draw: np.random.Generator) -> IntArray:
    """Exchange every two rounds along a random half of their Kempe chains."""
    for one, other in combinations(range(pairs.split.rounds), 2):
        found, part = kempe_chains(pairs.split, rounds, one, other)
        if len(found):
            number = int(part.max()) + 1
            may = pairs.may[found, one + other - rounds[found]]
            loose = sums_of(part, (~may).astype(np.int64), number) == 0
            chosen = loose & (draw.random(number) < 1 / 2)
            rounds = exchange_rounds(rounds, found[chosen[part]], one, other)
    return rounds


MOST_TRIED = 7
"""Number of rounds up to which every order is tried."""


def fewest_in_a_row(sits_out: BoolArray) -> list[int]:
    """Return the rounds in an order in which few people sit out in two consecutive rounds.

    Parameters
    ----------
    sits_out : bool array, shape (people, rounds)
        Marks of the people without a pair in each round.

    Examples
    --------
    >>> fewest_in_a_row(np.array([[True, True, False], [True, True, False]]))
    [0, 2, 1]
    """
    marks = sits_out.astype(np.int64)
    both = (marks.T @ marks).tolist()
    rounds = list(range(len(both)))
    if len(both) <= MOST_TRIED:
        alone = [both[number][number] for number in rounds]
        costs = [
            (
                sum(both[one][other] for one, other in pairwise(order)),
                [alone[number] for number in order],
                order,
            )
            for order in permutations(rounds)
        ]
        return list(min(costs)[2])
    order = [0]
    while len(order) < len(both):
        last = order[-1]
        left = [number for number in rounds if number not in order]
        order.append(min(left, key=lambda number: (both[last][number], number)))
    return order
