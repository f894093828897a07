"""What happens between two rounds of a programme: who may meet again, what counts for how much, and when.

These are choices like criteria and rules, so they stand in the policy; a matching that is no rotation does
not depend on them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.credits import MOST_POINTS
from reverse_match.policy.policy_data import PolicyData
from reverse_match.policy.values import GivenPoints, Share, is_none


class RotationTerms(PolicyData):
    """Terms on which the next round is formed, and thresholds by which feedback is read.

    Examples
    --------
    >>> RotationTerms(charge=0.2).charge
    0.2
    """

    again_after_months: Annotated[int, Field(ge=1, le=1200)] | None = Field(default=None, exclude_if=is_none)
    """Calendar months after the end of their duo from which on two people may meet again; never if not
    given."""
    keep_wanted: bool = True
    """Whether a duo that both want to keep may go on; if not, every duo changes."""
    charge: GivenPoints = 0.1
    """Points that it costs to end a duo that both want to keep."""
    carry_over: GivenPoints = 0.5
    """Points by which duos of somebody count more, for each round in a row in which they had none."""
    carry_over_rounds: Annotated[int, Field(ge=1, le=100)] = 4
    """How many rounds in a row count at most."""
    poor_satisfaction: Annotated[int, Field(ge=1, le=4)] = 2
    """Satisfaction, of 1 to 5, at which or below which a duo had better rotate."""
    many_cancelled: Share = 0.3
    """Share of its sessions that a duo cancelled, from which on another format is proposed."""
    short_session_minutes: Annotated[int, Field(ge=5, le=480)] = 20
    """Length of a session where a shorter format is proposed."""
    learned_join_offers: bool = False
    """Whether what somebody has learned joins what they offer."""
    learned_level: Annotated[int, Field(ge=1, le=5)] = 3
    """At which level it does."""

    @model_validator(mode="after")
    def _not_too_much(self) -> RotationTerms:
        if self.charge + 2 * self.carry_over * self.carry_over_rounds > MOST_POINTS:
            message = (
                "a duo could count too much more than it scores; right would be charge "
                f"+ 2 * carry_over * carry_over_rounds <= {MOST_POINTS}"
            )
            raise CodedError(message, "out-of-range")
        return self
