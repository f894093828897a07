"""The record of an amendment: its author and reason, its requests, the changes of duos, and their cost."""

from __future__ import annotations

import operator

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import Day, PlainData
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.policy.values import Number, Pair, is_none

KEPT_DUOS = "kept duos"
"""Name of the quota by which an amendment limits its changes: a lower bound on the number of kept duos."""


class Amendment(PlainData):
    """One change of a matching by hand.

    Ended duos have their scores from before the amendment, and new duos their scores from after it. The cost
    is exact: the scores of ended duos, minus the scores of new ones, minus the points that kept duos have
    gained.
    """

    author: str | None = Field(default=None, exclude_if=is_none)
    """Name of the person who asked for the amendment, if given."""
    reason: str | None = Field(default=None, exclude_if=is_none)
    """Reason for the amendment, if given."""
    on: Day | None = Field(default=None, exclude_if=is_none)
    """Day of the amendment, if given; it is never read from a clock."""
    fixed: tuple[Pair, ...] = ()
    """Duos that were requested, mentor first; sorted."""
    forbidden: tuple[Pair, ...] = ()
    """Pairs of people who must not be a duo, whoever would be the mentor; sorted."""
    lifted: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs that may be a duo again from this amendment on, since it allows or requests them; sorted. An
    earlier request by hand, or an earlier record of one of the two people, had forbidden them. Records of
    version 0.1.0 also list requests that it dropped because somebody left and came back."""
    left: tuple[str, ...] = ()
    """Ids of people who left; sorted."""
    joined: tuple[str, ...] = ()
    """Ids of people who joined; sorted. A person whose record was replaced is in both lists."""
    avoided: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids of which the first avoids the second, by the record of somebody who left, and not by a new
    record; sorted. They still count."""
    keeps_away: bool = Field(default=True, exclude_if=bool)
    """Whether requests by hand survive when somebody leaves. It is ``False`` in records of version 0.1.0,
    where leaving ended the requests about a person, and replacing a record ended the person's duos."""
    at_most_changes: int | None = Field(default=None, exclude_if=is_none)
    """The most duos that may end without having to; any number if not given."""
    charge: Number | None = Field(default=None, exclude_if=is_none)
    """Points that each duo costs that ends without having to."""
    charge_gap: float | None = Field(default=None, exclude_if=is_none)
    """With a charge: how far the total minus charges can be from the best possible, as a share of it; 0 if it
    is proved optimal."""
    changes: int
    """Number of duos that ended without having to. A duo has to end if it is forbidden, if one of its people
    left, or if a new record of one of them rules it out."""
    ended: tuple[ScoredDuo, ...]
    """Duos that have ended, sorted by mentor and mentee."""
    new: tuple[ScoredDuo, ...]
    """New duos, sorted by mentor and mentee."""
    total_before: OnGrid
    """Sum of the scores before the amendment."""
    total_after: OnGrid
    """Sum of the scores after the amendment."""
    rescored: OnGrid
    """Points that the kept duos score more than before. Scores change because neutral values are means over
    the cohort; it is 0 if nobody left or joined."""
    cost: OnGrid
    """Points of the total that were lost; below 0 if points were gained."""
    duos_lost: int
    """Number of duos that were lost; below 0 if there are more duos than before."""
