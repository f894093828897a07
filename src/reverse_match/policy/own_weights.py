"""Whether the weights of a pair depend on what matters most to its two people."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reverse_match.policy.values import Number, PolicyData, Share

MOST_TIMES = 1_000
"""The largest factor by which what matters most to somebody can count."""


class OwnWeights(PolicyData):
    """People say which criterion matters most to them, and the weights of a pair follow both.

    A person's weights are those of the policy, of which that of the criterion named in their ``field`` is
    multiplied by ``factor``; they are scaled so that they sum to 1. Somebody who names none has the weights
    of the policy. The weights of a pair are a mixture: ``share`` of the mentor's, and the rest of the
    mentee's.

    Examples
    --------
    >>> OwnWeights().factor
    3
    """

    field: str = Field(default="priority", min_length=1)
    """Column that holds the name of the criterion that matters most to each person."""
    factor: Annotated[Number, Field(ge=1, le=MOST_TIMES)] = 3
    """How many times the criterion that matters most to somebody counts, beside the other weights."""
    share: Share = 0.5
    """Share of the mentor's weights in those of the pair, from 0 to 1."""
