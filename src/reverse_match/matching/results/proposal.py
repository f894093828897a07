"""The record of a proposal: what should become of a duo after a round. A human decides."""

from __future__ import annotations

import operator
from typing import Literal, TypeAlias, get_args

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


Decision: TypeAlias = Literal["keep", "change", "end", "talk first"]
"""What somebody can decide on a proposal."""

DECISIONS: tuple[Decision, ...] = get_args(Decision)
"""All decisions, in the order in which a table offers them."""

OutlookReason: TypeAlias = Literal[
    "both_want_to_keep",
    "more_than_places",
    "fixed",
    "decided",
    "not_both_asked",
    "policy_ends_all",
    "person_left",
    "no_place",
    "ruled_out",
    "as_proposed",
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


class Outlook(PlainData):
    """What the rules of the programme will make of a duo in the next round, as far as rules alone say."""

    outcome: Literal["continues", "may continue", "ends"]
    """Whether rotation continues the duo. ``may continue``: it does unless the round as a whole is better
    without it, even after the charge, or a quota leaves no room."""
    reason: OutlookReason
    """``both_want_to_keep``; ``more_than_places``, if somebody has more duos that may continue than places;
    ``fixed`` by the policy; ``decided``; ``not_both_asked``; ``policy_ends_all``; ``person_left``;
    ``no_place``, since a role or capacity has changed; ``ruled_out`` by a rule; ``as_proposed``, if somebody
    asks for it to end or change, or is not satisfied."""
    who: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of the people of the duo to whom the reason applies, sorted: they did not ask to continue, have
    left, or have no place or too few."""
    rules: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``ruled_out``: labels of the rules."""


class DuoDecision(PlainData):
    """What somebody has decided on a duo after a round."""

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    decision: Decision
    """``keep``: a fixed duo of the next round. ``change``: both get somebody else in the next round. ``end``:
    the two are forbidden to each other from now on. ``talk first``: nothing is decided yet."""


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
    did_not_ask: tuple[Role, ...] = Field(default=(), exclude_if=operator.not_)
    """Roles of those whose latest wish is not to continue, for the programme alone. Empty if the wishes were
    not consulted."""
    outlook: Outlook | None = Field(default=None, exclude_if=is_none)
    """What the rules of the programme will make of the duo; ``None`` if people were not consulted."""
    decision: Decision | None = Field(default=None, exclude_if=is_none)
    """What somebody has decided on the proposal; ``None`` if nothing is decided yet."""

    @property
    def asks_to_keep(self) -> bool:
        """Whether the decision, or the proposal where nothing is decided yet, is to keep the duo."""
        if self.decision in (None, "talk first"):
            return self.proposal in KEEPING
        return self.decision == "keep"

    @property
    def because(self) -> tuple[Said, ...]:
        """The answers that led to the proposal, earliest first."""
        said = {one.record: one for reason in self.reasons for one in reason.because}
        return tuple(said[record] for record in sorted(said))
