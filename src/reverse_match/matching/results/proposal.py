"""What should become of a duo after a round, as a record that tells itself. A human decides."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.records import Day, PlainData, WordedRecord
from reverse_match.policy.values import Role, is_none

ProposedFormat: TypeAlias = Literal["shorter", "other channel", "different day"]
Proposed: TypeAlias = Literal["keep", "keep with another format", "rotate", "end"]
KEEPING = ("keep", "keep with another format")
"""What is proposed where a duo had better go on."""

ReasonCode: TypeAlias = Literal[
    "wants_to_stop",
    "wants_to_change",
    "poor_satisfaction",
    "format_not_right",
    "many_cancelled",
    "wants_to_continue",
    "nothing_against",
    "nothing_said",
]


class Said(PlainData):
    """Which answer is meant: with the duo, day and person are those of one record alone."""

    record: int
    """Its place in ``feedback.records``."""
    on: Day
    """The day."""
    by: Role
    """Who answered."""


class ProposalReason(PlainData):
    """Why something is proposed."""

    code: ReasonCode
    """What was found."""
    by: Role | None = None
    """Whose answers; ``None`` for ``nothing_against`` and ``nothing_said``."""
    format: ProposedFormat | None = Field(default=None, exclude_if=is_none)
    """For ``format_not_right``: what was asked for."""
    number: int | None = Field(default=None, exclude_if=is_none)
    """For ``poor_satisfaction``: the satisfaction, of 5; for ``many_cancelled``: cancelled sessions."""
    out_of: int | None = Field(default=None, exclude_if=is_none)
    """For ``many_cancelled``: sessions held and cancelled."""
    because: tuple[Said, ...] = ()
    """The answers it was found in, earliest first."""


class Proposal(WordedRecord):
    """What should become of a duo after a round, and why; a human decides.

    Examples
    --------
    >>> import reverse_match as rm
    >>> rm.results.Proposal(mentor="lea", mentee="ada", proposal="rotate", both_want_to_keep=False,
    ...             reasons=[{"code": "nothing_said"}]).sentences()[1]
    'Neither of the two has answered.'
    """

    mentor: str
    """Id of the one who teaches."""
    mentee: str
    """Id of the one who learns."""
    proposal: Proposed
    """``keep``, ``keep with another format``, ``rotate`` or ``end``."""
    format: ProposedFormat | None = None
    """Which other format, if one is proposed."""
    minutes: int | None = None
    """How long a session had better be, where shorter ones are proposed; ``None`` where they already are."""
    both_want_to_keep: bool
    """Whether the latest wish of both is to continue, whatever is proposed."""
    reasons: tuple[ProposalReason, ...]
    """Why: everything that was found of the kind that decided."""
    may_stay: bool | None = Field(default=None, exclude_if=is_none)
    """Whether :func:`rotate` may keep the duo: only where it is proposed, both want to, and the policy lets
    such duos go on. ``None`` where it was not asked."""

    @property
    def because(self) -> tuple[Said, ...]:
        """The answers that led to the proposal, earliest first."""
        said = {one.record: one for reason in self.reasons for one in reason.because}
        return tuple(said[record] for record in sorted(said))
