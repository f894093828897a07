"""The record of an amendment: its author and reason, its requests, the changes of duos, and their cost."""

from __future__ import annotations

import operator

from pydantic import Field

from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.records import Day, PlainData
from reverse_match.matching.results.explanation import ScoredDuo
from reverse_match.matching.results.logged_change import LoggedChange, Precedence
from reverse_match.policy.hold_back import HoldBack
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
    corrected: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of people whose records were corrected; sorted. They were there all the time."""
    waiting: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of people who have no duo this time because they asked to wait; sorted. They are free again at the
    next amendment, and come before those who have joined after them."""
    precedence: tuple[Precedence, ...] = Field(default=(), exclude_if=operator.not_)
    """Who came before people that joined later, where both wanted the same places; by role, the earliest
    first."""
    logged: tuple[LoggedChange, ...] = Field(default=(), exclude_if=operator.not_)
    """What a file of changes asked for, as it said it, by person and kind; empty without such a file."""
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
    hold_back: HoldBack | None = Field(default=None, exclude_if=is_none)
    """Lowest score of a new duo that nobody asked for, which falls with waiting, if pairs were held back."""
    waited: dict[str, int] = Field(default_factory=dict, exclude_if=operator.not_)
    """If pairs were held back: days since joining of everybody with free places, by id; sorted."""
    changes: int
    """Number of duos that ended without having to. A duo has to end if it is forbidden, if one of its people
    left or waits, or if a new or corrected record of one of them rules it out."""
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
    the cohort; it is 0 if nobody left, joined or was corrected."""
    cost: OnGrid
    """Points of the total that were lost; below 0 if points were gained."""
    duos_lost: int
    """Number of duos that were lost; below 0 if there are more duos than before."""

    @property
    def changes_people(self) -> bool:
        """Whether somebody left, joined or was corrected, so that scores can be others than before."""
        return bool(self.left or self.joined or self.corrected)
