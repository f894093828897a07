"""Criteria as a user writes them: each gives a pair a value from 0 to 1; scores are their weighted means."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.values import Number, PolicyData, Share, Weight, is_none


class _Criterion(PolicyData):
    kind: str
    """Which kind of criterion this is."""
    name: str = Field(min_length=1)
    """Name of the criterion in contributions."""
    weight: Weight
    """Weight, a number of 0 or more; the weights of a policy are scaled so that they sum to 1."""
    missing: Share | None = Field(default=None, exclude_if=is_none)
    """Value, from 0 to 1, of a pair for which the criterion is not known. If not given, it is the mean over
    the pairs of the cohort for which the criterion is known."""


class Coverage(_Criterion):
    """How well the names that one person offers cover those that the other wants, by level and priority.

    The value is the sum over wanted names of priority x level / 5, divided by the sum of priorities.
    """

    kind: Literal["coverage"] = "coverage"
    offered: str = "offers"
    """Field of rated names that are offered."""
    wanted: str = "seeks"
    """Field of rated names that are wanted."""
    reciprocity: Share = 0
    """Share of the value, from 0 to 1, that comes from the other direction: the mentee offers and the mentor
    wants."""


class Overlap(_Criterion):
    """How alike two sets of names are: the Jaccard index, the size of their intersection over their union."""

    kind: Literal["overlap"] = "overlap"
    field: str
    """Field that holds a list of names."""


class Gap(_Criterion):
    """How well the difference of two numbers, mentee minus mentor, lies in a wanted range.

    The value is a trapezoid: it rises from 0 to 1 between ``from`` and ``to``, stays at 1 up to ``until``,
    and falls to 0 at ``zero_from``.
    """

    kind: Literal["gap"] = "gap"
    field: str
    """Field that holds a number."""
    from_: Number = Field(alias="from")
    """Difference up to which the value is 0."""
    to: Number
    """Difference from which on the value is 1; the value is linear in between."""
    until: Number | None = Field(default=None, exclude_if=is_none)
    """Difference above which the value falls; if not given, it does not fall."""
    zero_from: Number | None = Field(default=None, exclude_if=is_none)
    """Difference from which on the value is 0 again; if not given, the fall is as wide as the rise."""

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
    """Whether ``/`` separates the parts of a path; if not given, it does in every field but ``gender``."""

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender" if self.paths is None else self.paths


class Difference(_Comparison):
    """Whether two texts differ: 1 if so, else 0; for paths, 1 minus the share of leading parts in common.

    The share is the number of leading parts in common over the number of parts of the longer path.
    """

    kind: Literal["difference"] = "difference"


class Sameness(_Comparison):
    """Whether two texts are the same: 1 if so, else 0; for paths, the share of leading parts in common.

    The share is the number of leading parts in common over the number of parts of the longer path.
    """

    kind: Literal["sameness"] = "sameness"


class Wants(_Criterion):
    """Whether the two people want each other, by their fields ``wants``, which list ids.

    A person counts 1 if their list has the other person, else 0. The value is the mean over those of the two
    people whose list is not empty.
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
    """Return the five criteria of a policy that does not name criteria."""
    return (
        Coverage(name="skills", weight=0.40, reciprocity=0.2),
        Overlap(name="goals", weight=0.25, field="goals"),
        Gap(name="age", weight=0.10, field="age", from_=5, to=20),
        Difference(name="gender", weight=0.10, field="gender"),
        Difference(name="department", weight=0.15, field="department"),
    )
