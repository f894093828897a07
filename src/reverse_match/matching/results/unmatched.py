"""Why somebody has no duo in a role: what forbids all partners, who was nearest, who competes with them."""

from __future__ import annotations

import operator
from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.records import PlainData, WordedRecord, views_of
from reverse_match.matching.results.explanation import Alternative

Reason: TypeAlias = Literal[
    "sits_out", "no_allowed_partner", "below_minimum_score", "partners_taken", "quota_full"
]


class Nearest(PlainData):
    """The partner whom somebody without a duo came nearest to having."""

    partner: str
    """Id of the allowed partner with the least reduced cost: the prices of the two, and what their duo would
    pay for quotas, minus what it is worth. Where quotas keep apart two who both have a place left: the
    nearest of those who have one; under ``max_min`` the one of them with the highest score."""
    taken_by: tuple[str, ...]
    """Ids of those whom the partner is with, sorted; nobody where only a quota is in the way."""
    by: float | None
    """How much *at least* the programme would lose for this duo, of what its objective adds up, if it is to
    have as many duos: the reduced cost, less what a matching that is not proved optimal may be below the
    best. ``matching.why`` and ``matching.explain`` tell the exact loss. ``None`` where nothing is known."""


class Unmatched(WordedRecord):
    """Somebody who has no duo in a role, and why."""

    id: str
    """Who."""
    role: Literal["mentor", "mentee"]
    """In which role; somebody who is both can be matched in one and not in the other."""
    reason: Reason
    """``sits_out`` (capacity 0), ``no_allowed_partner``, ``below_minimum_score``, ``partners_taken``, or
    ``quota_full`` where quotas keep the nearest partner away."""
    allowed_partners: int
    """How many partners the rules allowed."""
    blocked_by: dict[str, int] = Field(default_factory=dict)
    """How many partners each rule took away."""
    nearest: Nearest | None = None
    """For ``partners_taken`` and ``quota_full``: who came nearest; ``None`` where fixed duos take all
    places of all partners, and under ``max_min`` where all places are taken."""
    quotas: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``quota_full``: names of the quotas that keep the nearest partner away, in the order of the policy.
    Where the partner has a place left: those that would not hold with this duo beside all others. Else those
    that the duo would have to pay for, if it would be worth more than the prices of the two without that."""
    shortage: int | None = None
    """Which of the matching's shortages this person is in, counted from 0."""

    def __str__(self) -> str:
        """Return the reason as a sentence."""
        reason: str = views_of(self).reason(self)
        return reason


class Shortage(WordedRecord):
    """People who compete for too few partners: whatever the choice, some of them stay without (Hall)."""

    role: Literal["mentor", "mentee"]
    """The role in which they compete."""
    people: tuple[str, ...]
    """Ids of those who compete, sorted; some of them have duos."""
    partners: tuple[str, ...]
    """Ids of everybody whom the rules allow to one of them, sorted."""
    wanted: int
    """How many places they want: their capacities, beside fixed duos."""
    places: int
    """How many places the partners have for them: of each the capacity beside fixed duos, but no more than
    the number of these people they may be with. Fewer than wanted."""


class LeftOut(WordedRecord):
    """The answer to "why have I no duo": the reason, and the shortage behind it."""

    unmatched: Unmatched
    """The reason."""
    shortage: Shortage | None
    """Who competes for too few partners, if that is why."""
    alternative: Alternative | None
    """For ``partners_taken`` and ``quota_full``: the partner who would cost the programme least, and what
    exactly; ``None`` where fixed duos take all places of all partners, or quotas cannot be kept with any."""
