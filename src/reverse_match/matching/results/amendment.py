"""The record of a change by hand: who, why, what was asked, what has changed, and what it cost."""

from __future__ import annotations

import operator

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import Day, PlainData
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.policy.values import Number, Pair, is_none

KEPT_DUOS = "kept duos"
"""What the quota is called by which a policy keeps all but so many of the duos there were."""


class Amendment(PlainData):
    """One change of a matching by hand.

    Ended duos have the scores that they had before, new ones those that they have after. The cost is exact:
    the sum of the scores of ended duos, less that of new ones, less what the others score more.
    """

    author: str | None = Field(default=None, exclude_if=is_none)
    """Who asked for it, if the caller says."""
    reason: str | None = Field(default=None, exclude_if=is_none)
    """Why, if the caller says."""
    on: Day | None = Field(default=None, exclude_if=is_none)
    """The day, if the caller says; never read from a clock."""
    fixed: tuple[Pair, ...] = ()
    """Duos that were asked for, mentor first; sorted."""
    forbidden: tuple[Pair, ...] = ()
    """Pairs of people who should be no duo, whoever would be the mentor; sorted."""
    lifted: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that could be no duo because somebody had forbidden it by hand, or because of an earlier record
    of one of them, and that may be one from here on: they were allowed to, or asked for; sorted. In records
    of 0.1.0 also what it dropped because somebody left and came back."""
    left: tuple[str, ...] = ()
    """Ids of those who left; sorted."""
    joined: tuple[str, ...] = ()
    """Ids of those who joined; sorted. Whoever stands in both came with a new record."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Who avoids whom by the record of somebody who left, and not by a new one; sorted. It still counts."""
    keeps_away: bool = Field(default=True, exclude_if=bool)
    """``False`` in records of 0.1.0 in which somebody left: there what was asked by hand ended with who left,
    and so did the duos of who came with a new record."""
    at_most_changes: int | None = Field(default=None, exclude_if=is_none)
    """How many duos beside those that had to end were allowed to; any number if not given."""
    charge: Number | None = Field(default=None, exclude_if=is_none)
    """Points that each such duo was charged."""
    charge_gap: float | None = Field(default=None, exclude_if=is_none)
    """With a charge: how far the total less charges can be from the best, as a share; 0 if it is."""
    changes: int
    """How many duos have ended that did not have to: neither forbidden, nor of somebody who left, nor, where
    somebody came with a new record, ruled out by it."""
    ended: tuple[ScoredDuo, ...]
    """Duos that were and are no more, sorted by mentor and mentee."""
    new: tuple[ScoredDuo, ...]
    """Duos that were not and are, sorted by mentor and mentee."""
    total_before: OnGrid
    """Sum of the scores before."""
    total_after: OnGrid
    """Sum of the scores after."""
    rescored: OnGrid
    """Points that the duos which stay score more than before: neutral values are means over the people, and
    change with them. 0 where nobody left or joined."""
    cost: OnGrid
    """Points of the total lost; below 0 where some were gained."""
    duos_lost: int
    """How many duos fewer there are; below 0 where there are more."""
