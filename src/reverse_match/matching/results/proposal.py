"""The record of a proposal: what should become of a duo after a round. A human decides."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from reverse_match.foundation.records import Day, PlainData, WordedRecord
from reverse_match.policy.values import Role, is_none

ProposedFormat: TypeAlias = Literal["shorter", "other channel", "different day"]
Proposed: TypeAlias = Literal["keep", "keep with another format", "rotate", "end"]
KEEPING = ("keep", "keep with another format")
"""The proposals under which a duo continues."""

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
    """A reference to an answer; within a duo, the day and the role identify it."""

    record: int
    """Index of the answer in ``feedback.records``, from 0."""
    on: Day
    """Day of the answer."""
    by: Role
    """Role of the person who answered."""


class ProposalReason(PlainData):
    """A reason for a proposal."""

    code: ReasonCode
    """Code of the reason."""
    by: Role | None = None
    """Role of the person whose answers give the reason; ``None`` for ``nothing_against`` and
    ``nothing_said``."""
    format: ProposedFormat | None = Field(default=None, exclude_if=is_none)
    """For ``format_not_right``: the format that was asked for."""
    number: int | None = Field(default=None, exclude_if=is_none)
    """For ``poor_satisfaction``: the satisfaction, from 1 to 5; for ``many_cancelled``: number of cancelled
    sessions."""
    out_of: int | None = Field(default=None, exclude_if=is_none)
    """For ``many_cancelled``: number of sessions, held and cancelled."""
    because: tuple[Said, ...] = ()
    """The answers that give the reason, earliest first."""


class Proposal(WordedRecord):
    """A proposal of what should become of a duo after a round, with reasons; a human decides.

    Examples
    --------
    >>> import reverse_match as rm
    >>> rm.results.Proposal(mentor="lea", mentee="ada", proposal="rotate", both_want_to_keep=False,
    ...             reasons=[{"code": "nothing_said"}]).sentences()[1]
    'Neither of the two has answered.'
    """

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    proposal: Proposed
    """The proposal: ``keep``, ``keep with another format``, ``rotate`` or ``end``."""
    format: ProposedFormat | None = None
    """The other format, if one is proposed."""
    minutes: int | None = None
    """If shorter sessions are proposed: their length in minutes; ``None`` if sessions are that short
    already."""
    both_want_to_keep: bool
    """Whether both people said last that they wish to continue, whatever is proposed."""
    reasons: tuple[ProposalReason, ...]
    """All reasons of the kind that decided the proposal."""
    may_stay: bool | None = Field(default=None, exclude_if=is_none)
    """Whether :func:`rotate` may keep the duo: keeping it is proposed, both people want to, and the policy
    lets such duos continue. ``None`` if the policy was not consulted."""

    @property
    def because(self) -> tuple[Said, ...]:
        """The answers that led to the proposal, earliest first."""
        said = {one.record: one for reason in self.reasons for one in reason.because}
        return tuple(said[record] for record in sorted(said))
