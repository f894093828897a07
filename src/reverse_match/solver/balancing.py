r"""Makes rounds equally large and equally good, without changing which pairs are in some round.

Take two rounds. Their pairs form paths and circles of copies (:mod:`.edge_colouring`), along each of which
the two rounds alternate; exchanging them along any of these leaves everybody with what they had. A path of
odd length has one pair more of one round, all others have as many of both. So the two can always be made
equally large, up to one pair (McDiarmid 1972; de Werra 1972): half of the odd paths have more of one round,
half more of the other. Which half, and which way round all others stand, is chosen so that the sums of both
rounds come near to each other: odd paths are taken two by two, each with the one next to it in worth, and
then everything is laid, the heaviest first, on the side that is lighter (the rule of Graham 1969 for two
machines).

That is done for all pairs of rounds until they are equal enough, or nothing becomes better. Where a round is still worse than the
others, as happens with a handful of pairs, some exchanges at random, from a fixed seed, are tried as new
beginnings.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reverse_match.arrays import BoolArray, IntArray
    from reverse_match.solver.edge_colouring import Split

SWEEPS = 12
"""Times that all pairs of rounds are looked at from one beginning; mostly three are enough."""

BEGINNINGS = 24
"""New beginnings, where a round is worse than the others."""

EQUAL_ENOUGH = 10_000
"""A round whose mean is less than a ten-thousandth below that of all is as good as the others."""

FEW_PAIRS = 400
"""Pairs of two rounds up to which their paths are walked one by one."""


def balanced(split: Split, rounds: IntArray, worth: IntArray) -> IntArray:
    """Return the round of each pair, such that sizes differ by one at most and sums as little as is found.

    Parameters
    ----------
    split : Split
        The pairs, between copies of rows and columns.
    rounds : int64 array
        A round of each pair, of which no copy has two in one.
    worth : int64 array
        Of each pair.

    Examples
    --------
    >>> from reverse_match.solver.edge_colouring import Split
    >>> apart = Split.of(np.arange(4), np.arange(4), rounds=2)
    >>> balanced(apart, np.array([0, 0, 0, 0]), np.array([9, 7, 3, 1])).tolist()
    [0, 1, 1, 0]
    """
    if not len(rounds) or split.rounds == 1:
        return rounds
    apart = worth - int(worth.sum()) // len(worth)
    enough = max(1, int(worth.sum()) // (EQUAL_ENOUGH * split.rounds))
    best = _swept(split, rounds, apart, enough)
    draw = np.random.default_rng(0)
    for _ in range(BEGINNINGS):
        if _lowest(split, best, apart) >= -enough:
            break
        again = _swept(split, _shaken(split, best, draw), apart, enough)
        if _lowest(split, again, apart) > _lowest(split, best, apart):
            best = again
    return best


def _lowest(split: Split, rounds: IntArray, apart: IntArray) -> int:
    """Return by how much the worst round is above the mean; below 0 where it is not."""
    return int(sums_of(rounds, apart, split.rounds).min())


def _are_equal(split: Split, rounds: IntArray, apart: IntArray, enough: int) -> bool:
    """Say whether all rounds are as large and as good as each other."""
    sizes = np.bincount(rounds, minlength=split.rounds)
    return int(sizes.max() - sizes.min()) <= 1 and _lowest(split, rounds, apart) >= -enough


def sums_of(rounds: IntArray, values: IntArray, number: int) -> IntArray:
    """Return the sum of some values in each round."""
    sums = np.zeros(number, dtype=np.int64)
    np.add.at(sums, rounds, values)
    return sums


def _swept(split: Split, rounds: IntArray, apart: IntArray, enough: int) -> IntArray:
    for _ in range(SWEEPS):
        before = rounds
        for one, other in combinations(range(split.rounds), 2):
            rounds = _evened(split, rounds, apart, one, other)
        if rounds is before or _are_equal(split, rounds, apart, enough):
            break
    return rounds


def parts_of(split: Split, rounds: IntArray, one: int, other: int) -> tuple[IntArray, IntArray]:
    """Return the pairs of two rounds, and the number of the path or circle that each is in.

    Numbers follow the first pair of each.
    """
    pairs = np.flatnonzero((rounds == one) | (rounds == other))
    ends = split.left[pairs], split.right[pairs]
    labels = _walked(*ends) if len(pairs) <= FEW_PAIRS else _components(split, *ends)
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    return pairs, number[inverse]


def _components(split: Split, left: IntArray, right: IntArray) -> IntArray:
    from scipy.sparse import csr_array  # takes long to load
    from scipy.sparse.csgraph import connected_components

    graph = csr_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(split.nodes, split.nodes))
    labels: IntArray = connected_components(graph, directed=False)[1][left]
    return labels


def _walked(left: IntArray, right: IntArray) -> IntArray:
    """Return the same for few pairs, by joining what meets: a sparse matrix takes longer to make."""
    root: dict[int, int] = {}

    def found(node: int) -> int:
        while (above := root.setdefault(node, node)) != node:
            root[node] = node = root.setdefault(above, above)
        return node

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        root[found(one)] = found(other)
    return np.array([found(node) for node in left.tolist()], dtype=np.int64)


def exchanged(rounds: IntArray, pairs: IntArray, one: int, other: int) -> IntArray:
    """Return the rounds with two of them exchanged for some pairs that are in one of the two."""
    after = rounds.copy()
    after[pairs] = one + other - after[pairs]
    return after


def _evened(split: Split, rounds: IntArray, apart: IntArray, one: int, other: int) -> IntArray:
    """Make two rounds as equal as their paths and circles allow; the same array if they are so already."""
    pairs, part = parts_of(split, rounds, one, other)
    if not len(pairs):
        return rounds
    side = np.where(rounds[pairs] == one, 1, -1)
    larger, richer = sums_of(part, side, int(part.max()) + 1), sums_of(part, side * apart[pairs], part.max() + 1)
    turned = _turned(larger, richer)
    signs = np.where(turned, -1, 1)
    even_now = abs(int(larger.sum())) <= 1
    if even_now and abs(int((signs * richer).sum())) >= abs(int(richer.sum())):
        return rounds
    return exchanged(rounds, pairs[turned[part]], one, other)


def _turned(larger: IntArray, richer: IntArray) -> BoolArray:
    """Say along which paths and circles two rounds are to be exchanged.

    Parameters
    ----------
    larger, richer : int64 arrays
        Of each, how many pairs more and how much worth more of it the first round has.
    """
    odd, even = np.flatnonzero(larger), np.flatnonzero(larger == 0)
    upright = richer[odd] * larger[odd]  # what each is worth to the round that has more of its pairs
    odd = odd[np.lexsort((odd, -upright))]
    if len(odd) % 2:
        odd, single = odd[:-1], odd[-1:]
    else:
        single = odd[:0]
    firsts, seconds = odd[::2], odd[1::2]
    difference = richer[firsts] * larger[firsts] - richer[seconds] * larger[seconds]
    weights = np.concatenate([richer[even], richer[single], difference])
    kept = _signs(weights)
    signs = np.ones(len(larger), dtype=np.int64)
    alone = len(even) + len(single)
    signs[np.concatenate([even, single])] = kept[:alone]
    signs[firsts], signs[seconds] = kept[alone:] * larger[firsts], -kept[alone:] * larger[seconds]
    return signs < 0


def _signs(weights: IntArray) -> IntArray:
    """Return signs with which weights sum to little: the heaviest first, each against the sum so far."""
    signs, total = np.ones(len(weights), dtype=np.int64), 0
    for place in np.argsort(-np.abs(weights), kind="stable").tolist():
        weight = int(weights[place])
        signs[place] = sign = -1 if (weight > 0) == (total > 0) else 1
        total += sign * weight
    return signs


def _shaken(split: Split, rounds: IntArray, draw: np.random.Generator) -> IntArray:
    """Exchange all pairs of rounds along about half of their paths and circles."""
    for one, other in combinations(range(split.rounds), 2):
        pairs, part = parts_of(split, rounds, one, other)
        if len(pairs):
            chosen = draw.random(int(part.max()) + 1) < 1 / 2
            rounds = exchanged(rounds, pairs[chosen[part]], one, other)
    return rounds
