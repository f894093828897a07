"""Balancing by Kempe chains: rounds become equally large and equally good; no pair leaves all rounds.

Take two rounds. Their pairs form paths and circles of copies (:mod:`.edge_colouring`), along each of
which the two rounds alternate: the Kempe chains of two colours. Exchanging the rounds along any of these
leaves everybody with as many pairs. A path of odd length has one pair more of one round; all others have
as many of both. So the two rounds can always be made equally large, up to one pair (McDiarmid 1972; de
Werra 1972): half of the odd paths have more of one round, half more of the other. Which half, and which
way round all others stand, is chosen so that the sums of both rounds come near to each other. Odd paths
are taken two by two, each with the one next to it in worth. Then everything is laid, the heaviest first,
on the side that is lighter (the rule of Graham 1969 for two machines).

That is done for all pairs of rounds until they are equal enough, or nothing becomes better. Where a round
is still worse than the others, as happens with a handful of pairs, some exchanges at random, from a fixed
seed, are tried as new beginnings.

Last, rounds are put in an order in which few people sit out twice in a row. For each two rounds it is
counted who sits out in both. An order costs the sum of these counts over rounds that follow each other;
of two that cost the same, the one comes first in which fewer sit out at the beginning. Up to seven rounds
all orders are tried (5,040). Beyond that each round is followed by the one that costs least after it.
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
"""Sweeps over all pairs of rounds from one beginning; mostly three are enough."""

BEGINNINGS = 24
"""New beginnings that are tried where a round is worse than the others."""

EQUAL_ENOUGH = 2_000
"""A round whose mean is less than a two-thousandth below that of all is as good as the others."""

FEW_PAIRS = 400
"""Pairs of two rounds up to which their paths are walked one by one."""


def balance_rounds(split: Split, rounds: IntArray, worth: IntArray, may: BoolArray | None = None) -> IntArray:
    """Return the round of each pair: sizes differ by one at most, and sums by as little as is found.

    Parameters
    ----------
    split : Split
        The pairs, between copies of rows and columns.
    rounds : int64 array
        A round of each pair, of which no copy has two in one.
    worth : int64 array
        Of each pair.
    may : bool array, shape (pairs, rounds), optional
        In which rounds a pair may be; in any if not given. Then sizes may differ by more.

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
    """Pairs, how much more than the mean each is worth, and where they may be."""

    split: Split
    apart: IntArray
    may: BoolArray


def _lowest(pairs: _Pairs, rounds: IntArray) -> int:
    """Return the lowest sum of a round, of worth less the mean: below 0 where a round is worse."""
    return int(sums_of(rounds, pairs.apart, pairs.split.rounds).min())


def _uneven(pairs: _Pairs, rounds: IntArray) -> int:
    """Return by how many pairs the largest round is larger than the smallest."""
    sizes = np.bincount(rounds, minlength=pairs.split.rounds)
    return int(sizes.max() - sizes.min())


def _rank(pairs: _Pairs, rounds: IntArray) -> tuple[int, int]:
    """Return what is better the higher it is: equal sizes first, then the worst round."""
    return -max(1, _uneven(pairs, rounds)), _lowest(pairs, rounds)


def sums_of(rounds: IntArray, values: IntArray, number: int) -> IntArray:
    """Return the sum of some values in each round."""
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
    number[np.argsort(first, kind="stable")] = np.arange(len(first))  # labels in the order of first pairs
    return pairs, number[inverse]


def _components(split: Split, left: IntArray, right: IntArray) -> IntArray:
    from scipy.sparse import csr_array  # takes long to load
    from scipy.sparse.csgraph import connected_components

    graph = csr_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(split.nodes, split.nodes))
    labels = connected_components(graph, directed=False)[1]
    return labels[left].astype(np.int64)


def _walk(left: IntArray, right: IntArray) -> IntArray:
    """Label the chains of few pairs by joining ends that meet: a sparse matrix takes longer to make."""
    root: dict[int, int] = {}

    def found(node: int) -> int:
        while (above := root.setdefault(node, node)) != node:
            root[node] = node = root.setdefault(above, above)
        return node

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        root[found(one)] = found(other)
    return np.array([found(node) for node in left.tolist()], dtype=np.int64)


def exchange_rounds(rounds: IntArray, pairs: IntArray, one: int, other: int) -> IntArray:
    """Return the rounds with two of them exchanged for some pairs that are in one of the two."""
    after = rounds.copy()
    after[pairs] = one + other - after[pairs]
    return after


def _even_out(pairs: _Pairs, rounds: IntArray, one: int, other: int) -> IntArray:
    """Make two rounds as equal as their Kempe chains allow; return the same array if they are so already."""
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
    """Say along which Kempe chains two rounds are to be exchanged.

    Parameters
    ----------
    larger, richer : int64 arrays
        How many more pairs of each chain the first round has than the second, and how much more worth.
    held : pair of int
        The same, over all chains along which nothing can be exchanged.
    """
    odd, even = np.flatnonzero(larger), np.flatnonzero(larger == 0)
    upright = richer[odd] * larger[odd]  # what each is worth to the round that has more of its pairs
    odd = odd[np.lexsort((odd, -upright))]
    lean = min(len(odd), abs(held[0]))  # so many odd paths have to make up for those that are held
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
    """Return signs with which a sum ends near 0: the heaviest first, each against the sum so far."""
    signs = np.ones(len(weights), dtype=np.int64)
    for place in np.argsort(-np.abs(weights), kind="stable").tolist():
        weight = int(weights[place])
        signs[place] = sign = -1 if (weight > 0) == (total > 0) else 1
        total += sign * weight
    return signs


def _shake(pairs: _Pairs, rounds: IntArray, draw: np.random.Generator) -> IntArray:
    """Exchange each two rounds along about half of their Kempe chains."""
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
"""Rounds of which every order is tried."""


def fewest_in_a_row(sits_out: BoolArray) -> list[int]:
    """Return the rounds in an order in which few sit out in two that follow each other.

    Parameters
    ----------
    sits_out : bool array, shape (people, rounds)
        Who has no pair in which round.

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
