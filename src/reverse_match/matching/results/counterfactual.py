"""The record of a counterfactual: what somebody would have with other data of their own."""

from __future__ import annotations

import operator

from pydantic import Field

from reverse_match.foundation.records import PlainData, WordedRecord
from reverse_match.matching.results.explanation import Partner
from reverse_match.policy.values import Role


class OwnOutcome(PlainData):
    """The duos of a person in one role, as they are and as they would be."""

    role: Role
    """Role of the person."""
    duos_before: int
    """Number of duos as things are."""
    duos_after: int
    """Number of duos as they would be."""
    kept: int
    """Number of partners who would be the same."""
    before: tuple[Partner, ...] = Field(default=(), exclude_if=operator.not_)
    """Partners as things are, with scores; empty in an answer for the person."""
    after: tuple[Partner, ...] = Field(default=(), exclude_if=operator.not_)
    """Partners as they would be, with scores; empty in an answer for the person."""


class Counterfactual(WordedRecord):
    """The outcome of a person if some of their own data were other, and all else as it is."""

    person: str
    """Id of the person."""
    changes: dict[str, str]
    """The other values, as a people file has them, by field."""
    outcomes: tuple[OwnOutcome, ...]
    """The outcome in each role that the person has before or after, mentor first."""
    others_ended: int | None = Field(default=None)
    """Number of duos of other people that would end; ``None`` in an answer for the person."""

    @property
    def gains_duo(self) -> bool:
        """Whether the person would have more duos."""
        return sum(one.duos_after for one in self.outcomes) > sum(one.duos_before for one in self.outcomes)

    @property
    def improvement(self) -> float:
        """By how much the scores of the person's duos would sum to more, in points."""
        after = sum(partner.score for one in self.outcomes for partner in one.after)
        return round(after - sum(partner.score for one in self.outcomes for partner in one.before), 6)

    def for_participant(self) -> Counterfactual:
        """Return what the person may know: their own outcome alone, without partners, scores or others."""
        own = tuple(one.model_copy(update={"before": (), "after": ()}) for one in self.outcomes)
        return self.model_copy(update={"outcomes": own, "others_ended": None})


class SingleChanges(WordedRecord):
    """Which single changes of a person's own data would give them a duo or a better one.

    Each change was tried by itself, exactly. Nothing is said of changes that were not tried.
    """

    person: str
    """Id of the person."""
    tried: tuple[dict[str, str], ...]
    """All changes that were tried, in their order."""
    helpful: tuple[Counterfactual, ...]
    """Those that give the person one more duo, or duos of a higher score; those with more duos first, then
    by the gain in points."""

    def for_participant(self) -> SingleChanges:
        """Return what the person may know: their own outcomes alone."""
        return self.model_copy(update={"helpful": tuple(one.for_participant() for one in self.helpful)})
