"""How duos are spread over people who can have several: the stage of the objective for a fair share."""

from __future__ import annotations

import operator
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.values import PolicyData

_SIDES = ("mentors", "mentees", "both")


class Spread(PolicyData):
    """Spreads duos over people: the most have one, then the most of these have a second, and so on.

    It counts in its place among the stages of the objective. In a file the side alone may stand in its place:
    ``"spread": "mentors"``.

    Examples
    --------
    >>> Spread(of="mentors").after_total
    False
    """

    of: Literal["mentors", "mentees", "both"]
    """Whose duos are spread: those of ``mentors``, of ``mentees``, or of ``both``."""
    after_total: bool = Field(default=False, exclude_if=operator.not_)
    """Whether the highest total comes first, so that only equally good matchings are compared. If not, the
    total gives way: it is the highest of the matchings that spread the duos best."""

    @property
    def sides(self) -> tuple[bool, bool]:
        """Whether the duos of mentors, and those of mentees, are spread."""
        return self.of != "mentees", self.of != "mentors"


def _as_spread(value: object) -> object:
    if isinstance(value, str):
        value = {"of": value}
    if isinstance(value, dict) and value.get("of") not in _SIDES:
        message = (
            "unknown; right would be 'mentors', 'mentees', 'both', or "
            '{"of": "mentors", "after_total": true}'
        )
        raise CodedError(message, "unknown-value")
    return value


SpreadInput: TypeAlias = Annotated[
    Spread, BeforeValidator(_as_spread, json_schema_input_type=Literal["mentors", "mentees", "both"] | Spread)
]
"""A spread as a policy reads it: an object, or the side alone."""
