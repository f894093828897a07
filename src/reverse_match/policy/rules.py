"""What forbids or demands a duo: rules as a user writes them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reverse_match.plain_data import PlainData
from reverse_match.policy.values import Pair, Share


class NotInReportingLine(PlainData):
    """No duo of a person and somebody above them in the chain of managers, in either direction."""

    kind: Literal["not_in_reporting_line"] = "not_in_reporting_line"


class Forbid(PlainData):
    """These people form no duo, whoever would be the mentor."""

    kind: Literal["forbid"] = "forbid"
    pairs: tuple[Pair, ...]
    """Pairs of ids."""


class Fix(PlainData):
    """These duos are formed."""

    kind: Literal["fix"] = "fix"
    pairs: tuple[Pair, ...]
    """Pairs of ids, mentor first."""


class MinimumScore(PlainData):
    """No duo scores less than this."""

    kind: Literal["minimum_score"] = "minimum_score"
    at_least: Share
    """Lowest score that is allowed."""


Rule = Annotated[NotInReportingLine | Forbid | Fix | MinimumScore, Field(discriminator="kind")]
