"""Searches for a matching better than the one that is checked, among the pairs that could be in one.

The programme is written straight from the policy: a variable for each pair, capacities and quotas as rows,
the number of duos as an equation where it is given. Whoever has a price above what a better matching can lose
must be used up. HiGHS solves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from reverse_match.policy import EachQuota, ShareQuota
from reverse_match.verification.quotas import NO_BOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reverse_match.arrays import FloatArray, IntArray
    from reverse_match.verification.demands import Demands
    from reverse_match.verification.people import Role
    from reverse_match.verification.quotas import Quotas


@dataclass(frozen=True)
class Searched:
    """The pairs that could be in a better matching.

    Attributes
    ----------
    rows, columns, worth : int64 arrays
        Of each pair, in units.
    marks : list of bool arrays
        For each quota of the policy, which of the pairs count; ``None`` where that does not depend on pairs.
    price : dict of role to int64 array
        Of everybody.
    spare : int
        What a better matching can lose against the bound.
    """

    rows: IntArray
    columns: IntArray
    worth: IntArray
    marks: list[Any]
    price: dict[Role, IntArray]
    spare: int


def better_exists(pairs: Searched, demands: Demands, quotas: Quotas, count: int | None, reached: int) -> bool:
    """Say whether some of the pairs are a matching of free duos that is worth more than was reached.

    Parameters
    ----------
    pairs : Searched
        Those that could be in one.
    demands : Demands
        Gives capacities, and the fixed duos that count in quotas.
    quotas : Quotas
        What has to hold.
    count : int or None
        How many free duos there have to be.
    reached : int
        What the free duos of the matching are worth.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, vstack

    size = len(pairs.rows)
    if not size:
        return False
    lines = [*_people_lines(pairs, demands), *_quota_lines(pairs, demands, quotas)]
    if count is not None:
        lines.append((np.ones((1, size)), np.array([count]), np.array([count])))
    matrix = vstack([csr_array(line) for line, _, _ in lines], format="csc")
    lower, upper = (np.concatenate([line[end] for line in lines]).astype(float) for end in (1, 2))
    found = milp(
        -pairs.worth.astype(float),
        constraints=LinearConstraint(matrix, lower, upper),
        bounds=Bounds(0, 1),
        integrality=np.ones(size, dtype=np.int64),
        options={"mip_rel_gap": 0.0},
    )
    return found.x is not None and int(pairs.worth[found.x > 1 / 2].sum()) > reached


Lines: TypeAlias = tuple[Any, Any, Any]
"""Rows of the programme: coefficients, and their bounds."""


def _people_lines(pairs: Searched, demands: Demands) -> Iterator[Lines]:
    sides: tuple[tuple[Role, IntArray], ...] = (("mentor", pairs.rows), ("mentee", pairs.columns))
    for role, ends in sides:
        capacity, price = np.maximum(demands.left[role], 0), pairs.price[role]
        lowest = np.where(price > 0, np.maximum(0, capacity - pairs.spare // np.maximum(price, 1)), 0)
        yield _counting(ends, len(capacity)), lowest, capacity


def _counting(groups: IntArray, number: int) -> Any:
    """Return a row for each group, in which each of its pairs counts 1; pairs below 0 are in none."""
    from scipy.sparse import csr_array

    counted = np.flatnonzero(groups >= 0)
    places = groups[counted], counted
    return csr_array((np.ones(len(counted)), places), shape=(number, len(groups)))


def _quota_lines(pairs: Searched, demands: Demands, quotas: Quotas) -> Iterator[Lines]:
    fixed = sorted(demands.fixed)
    for place, asked in enumerate(quotas.asked):
        quota = asked.quota
        least = -np.inf if quota.at_least is None else float(quota.at_least)
        most = float(NO_BOUND if quota.at_most is None else quota.at_most)
        if isinstance(quota, EachQuota):
            ends = pairs.rows if asked.role == "mentor" else pairs.columns
            number = {key: index for index, key in enumerate(asked.spelling)}
            group = np.array([number.get(key or "", -1) for key in asked.group], dtype=np.int64)
            side = 0 if asked.role == "mentor" else 1
            taken = group[np.array([duo[side] for duo in fixed], dtype=np.int64)]
            spent = np.bincount(taken[taken >= 0], minlength=len(number))
            yield _counting(group[ends], len(number)), least - spent, most - spent
            continue
        counts = np.ones(len(pairs.rows)) if pairs.marks[place] is None else pairs.marks[place].astype(float)
        spent_by_fixed = sum(quotas.counted(fixed, asked))
        if isinstance(quota, ShareQuota):
            yield from _share_lines(quota, counts, spent_by_fixed, len(fixed))
        else:
            yield counts[None, :], np.array([least - spent_by_fixed]), np.array([most - spent_by_fixed])


def _share_lines(quota: ShareQuota, counts: FloatArray, spent: int, fixed: int) -> Iterator[Lines]:
    for part, sign in ((quota.lowest, 1), (quota.highest, -1)):
        if part is not None:
            line = sign * (part.denominator * counts - part.numerator)
            left = -sign * (part.denominator * spent - part.numerator * fixed)
            yield line[None, :], np.array([float(left)]), np.array([np.inf])
