"""What is scored: criteria as a user writes them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.values import Number, PolicyData, Share, Weight, is_none


class _Criterion(PolicyData):
    kind: str
    """Which kind of criterion this is."""
    name: str = Field(min_length=1)
    """What the criterion is called in contributions."""
    weight: Weight
    """Any number, 0 or more; weights are normalised to sum to 1."""
    missing: Share | None = Field(default=None, exclude_if=is_none)
    """Value of a pair for which the criterion is not known; the cohort's mean if not given."""


class Coverage(_Criterion):
    """How much of what one side wants the other offers, by level and priority.

    Sum over wanted names of priority x level / 5, divided by the sum of priorities.
    """

    kind: Literal["coverage"] = "coverage"
    offered: str = "offers"
    """Field of rated names that are offered."""
    wanted: str = "seeks"
    """Field of rated names that are wanted."""
    reciprocity: Share = 0
    """Share of the other direction: what the mentee offers and the mentor wants."""


class Overlap(_Criterion):
    """How alike two sets of names are: Jaccard, the shared part of their union."""

    kind: Literal["overlap"] = "overlap"
    field: str
    """Field that holds a list of names."""


class Gap(_Criterion):
    """How well a difference, mentee minus mentor, lies in a wanted range."""

    kind: Literal["gap"] = "gap"
    field: str
    """Field that holds a number."""
    from_: Number = Field(alias="from")
    """Value 0 up to this difference."""
    to: Number
    """Value 1 from this difference on; linear between."""
    until: Number | None = Field(default=None, exclude_if=is_none)
    """Value 1 up to this difference, then falling; no fall if not given."""
    zero_from: Number | None = Field(default=None, exclude_if=is_none)
    """Value 0 again from this difference on; if not given, the fall is as wide as the rise."""

    @model_validator(mode="after")
    def _in_order(self) -> Gap:
        if self.zero_from is not None and self.until is None:
            message = "zero_from needs until; give both, or neither"
            raise CodedError(message, "incomplete")
        points = [self.from_, self.to, self.until, self.zero_from]
        given = [point for point in points if point is not None]
        if given != sorted(given):
            message = "out of order; right would be from <= to <= until <= zero_from"
            raise CodedError(message, "out-of-order")
        return self


class _Comparison(_Criterion):
    field: str
    """Field that holds a text, or a path such as ``Group/Plant/Workshop``."""
    paths: bool | None = Field(default=None, exclude_if=is_none)
    """Whether ``/`` separates the parts of a path; if not given, it does, except in ``gender``."""

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender" if self.paths is None else self.paths


class Difference(_Comparison):
    """1 when two texts differ; on paths, one minus the shared part of the longer path."""

    kind: Literal["difference"] = "difference"


class Sameness(_Comparison):
    """1 when two texts are the same; on paths, the shared part of the longer path."""

    kind: Literal["sameness"] = "sameness"


class Wants(_Criterion):
    """Whether the two want each other: the mean over those of them who say whom they want, 1 or 0.

    Those whom somebody wants stand in the field ``wants``.
    """

    kind: Literal["wants"] = "wants"


class Custom(_Criterion):
    """A user's own function over columns, registered with ``rm.register_criterion``."""

    kind: Literal["custom"] = "custom"
    function: str
    """Name under which the function was registered."""


Criterion = Annotated[
    Coverage | Overlap | Gap | Difference | Sameness | Wants | Custom, Field(discriminator="kind")
]


def default_criteria() -> tuple[Criterion, ...]:
    """Return the five criteria that a policy has when it names none."""
    return (
        Coverage(name="skills", weight=0.40, reciprocity=0.2),
        Overlap(name="goals", weight=0.25, field="goals"),
        Gap(name="age", weight=0.10, field="age", from_=5, to=20),
        Difference(name="gender", weight=0.10, field="gender"),
        Difference(name="department", weight=0.15, field="department"),
    )
