"""Records of people without a duo in a role: the reason, the nearest partner, and the shortage behind it."""

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
    """The nearest partner of a person without a duo: the one whose duo would cost the programme least."""

    partner: str
    """Id of the allowed partner with the lowest reduced cost: the prices of the two people plus the payments
    of their duo for quotas, minus the worth of the duo. If quotas alone keep the person from partners with a
    place left, it is the nearest of these; under ``max_min``, the one of them with the highest score."""
    taken_by: tuple[str, ...]
    """Ids of the present partners of this partner, sorted; empty if only a quota is in the way."""
    by: float | None
    """Lower bound, in points of the objective, on what this duo would cost the programme with as many duos:
    the reduced cost, minus the gap of a matching that is not proved optimal. A duo that lacks what the policy
    asks as far as possible costs ``lacking_price`` more. ``matching.why`` and
    ``matching.explain`` give the exact cost. ``None`` if no bound is known."""


class Unmatched(WordedRecord):
    """A person who has no duo in a role, and the reason."""

    id: str
    """Id of the person."""
    role: Literal["mentor", "mentee"]
    """Role without a duo; a person with both roles can have a duo in the other."""
    reason: Reason
    """Reason: ``sits_out`` (capacity 0), ``no_allowed_partner``, ``below_minimum_score``, ``partners_taken``,
    or ``quota_full`` if quotas rule out the duo with the nearest partner."""
    allowed_partners: int
    """Number of partners that the rules allow."""
    blocked_by: dict[str, int] = Field(default_factory=dict)
    """Number of partners that each rule forbids, by label of the rule."""
    nearest: Nearest | None = None
    """For ``partners_taken`` and ``quota_full``: the nearest partner. ``None`` if fixed duos take all places
    of all partners, and under ``max_min`` if all places are taken."""
    quotas: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``quota_full``: names of the quotas in the way of the nearest partner, in the order of the policy.
    If the partner has a place left: quotas that would be broken by adding this duo to all others. If not:
    quotas for which the duo would pay, if without these payments it would be worth more than the prices of
    the two people."""
    shortage: int | None = None
    """Index, in the matching's ``shortages``, of the shortage of this person, from 0."""

    def __str__(self) -> str:
        """Return the reason as a sentence."""
        reason: str = views_of(self).reason(self)
        return reason


class Shortage(WordedRecord):
    """People who want more places than all their allowed partners have, so that some stay without a duo.

    It is a violator of Hall's condition (P. Hall, "On representatives of subsets", 1935).
    """

    role: Literal["mentor", "mentee"]
    """Role of the people who compete."""
    people: tuple[str, ...]
    """Ids of the people who compete, sorted; some of them have duos."""
    partners: tuple[str, ...]
    """Ids of all partners whom the rules allow to any of these people, sorted."""
    wanted: int
    """Number of places that these people want: the sum of their capacities, without fixed duos."""
    places: int
    """Number of places that the partners have for these people. Each partner counts with their capacity
    without fixed duos, but at most with the number of these people whom the rules allow them. It is below
    ``wanted``."""


class LeftOut(WordedRecord):
    """The answer to "why have I no duo": the reason, the shortage behind it, and the best other partner."""

    unmatched: Unmatched
    """The person, the role and the reason."""
    shortage: Shortage | None
    """The shortage of partners, if that is the reason."""
    alternative: Alternative | None
    """For ``partners_taken`` and ``quota_full``: the partner who would cost the programme least, with the
    exact cost. ``None`` if fixed duos take all places of all partners, or if quotas cannot be kept with
    any."""
