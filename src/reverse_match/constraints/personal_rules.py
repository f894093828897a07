"""Personal rules: what people say that the other must be, or must not be (column ``prefers``).

Musts are compared by profile, as :mod:`reverse_match.scoring.asked_of_others` does: distinct statements
against distinct values. Of a pair, the musts of both people must be fulfilled.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reverse_match.constraints.condition import PairCondition
from reverse_match.foundation.names import id_key
from reverse_match.scoring.asked_of_others import asked_of_both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reverse_match.constraints.condition import Scores, Truth
    from reverse_match.constraints.rows_and_columns import CompilationContext
    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy.conditions import PersonalRules
    from reverse_match.policy.rules import PersonalRulesRule
    from reverse_match.scoring.asked_of_others import Asked

LARGEST_TABLE = 32_000_000
"""Largest table of profiles, of one byte each, that is kept."""


def compile_personal_rules(condition: PersonalRules, context: CompilationContext) -> PairCondition:
    """Compile ``personal_rules``: true where all musts of the people who count are fulfilled."""
    waived = frozenset(map(id_key, condition.waived))
    forward, backward = asked_of_both(context.columns, context.sides, musts=True, waived=waived)
    sides = []
    if condition.of in ("mentor", "both") and forward.fields:
        sides.append((forward, _table_of(forward), False))
    if condition.of in ("mentee", "both") and backward.fields:
        sides.append((backward, _table_of(backward), True))
    return PairCondition(partial(_truth, tuple(sides)))


def _table_of(asked: Asked) -> NDArray[np.int8] | None:
    """Return whether the musts of each profile are fulfilled by each other one; ``None`` if too many."""
    here, there = asked.shape
    if here * there > LARGEST_TABLE:
        return None
    return asked.kept_by_all()


def _truth(
    sides: tuple[tuple[Asked, NDArray[np.int8] | None, bool], ...],
    rows: IntArray,
    columns: IntArray,
    _: Scores,
) -> Truth:
    truth = np.ones(np.broadcast_shapes(rows.shape, columns.shape), dtype=np.int8)
    for asked, table, of_columns in sides:
        here = asked.asking[columns if of_columns else rows]
        there = asked.asked[rows if of_columns else columns]
        if table is None:
            kept = asked.kept(here, there)
        elif rows.ndim != 2:  # listed pairs
            kept = table[here, there]
        else:
            kept = _tile(table.T, there, here) if of_columns else _tile(table, here, there)
        np.minimum(truth, kept, out=truth)
    return truth


def _tile(table: NDArray[np.int8], rows: IntArray, columns: IntArray) -> Truth:
    """Return the entries of a table for a tile: whole rows of it, and of these the columns."""
    return table.take(rows.ravel(), axis=0).take(columns.ravel(), axis=1)


def broken_musts(
    rule: PersonalRulesRule, context: CompilationContext, place: tuple[int, int]
) -> Iterator[tuple[int, str, bool]]:
    """Yield the musts by which a rule forbids a pair, given by row and column.

    Yields
    ------
    (int, str, bool)
        Whose must it is (0 the mentor's, 1 the mentee's), the field that it is about, and whether the other's
        value is known.
    """
    waived = frozenset(map(id_key, rule.waived))
    both = asked_of_both(context.columns, context.sides, musts=True, waived=waived)
    forbidden = (-1, 0) if rule.if_unknown == "forbid" else (-1,)
    for side, (role, asked) in enumerate(zip(("mentor", "mentee"), both, strict=True)):
        if rule.of not in (role, "both"):
            continue
        stated = asked.statements[asked.asking[place[side]]]
        values = asked.values[asked.asked[place[1 - side]]]
        for field, statement, value in zip(asked.fields, stated.tolist(), values.tolist(), strict=True):
            kept = int(field.kept[statement, value])
            if kept in forbidden:
                yield side, field.field, kept < 0
