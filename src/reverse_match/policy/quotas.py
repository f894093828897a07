"""Quotas as a user writes them: bounds on a number or a share over all duos.

A quota counts the duos that satisfy a condition (``of``), a list of fields and values (``where``), or both. A
duo for which this is not known does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.conditions import MOST_PARTS, AllOf, Condition, Require, change_parts, parts_of
from reverse_match.policy.shares import ShareBound, share_of
from reverse_match.policy.values import PolicyData, is_none, one_or_several

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

NUMBER_OF_DUOS = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]

_SIDES = ("mentor", "mentee")
_OTHER_NAMES = {"difference": "different", "sameness": "same"}
"""Kinds of criteria that ``of`` accepts as names of the conditions with the same meaning."""


def _as_condition(value: object) -> object:
    kind = value.get("kind") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(kind, str) and kind in _OTHER_NAMES:
        return {**value, "kind": _OTHER_NAMES[kind]}
    return value


def _path(value: str) -> str:
    side, dot, field = value.partition(".")
    if side not in _SIDES or not dot or not field:
        shown = shorten(value, 40)
        message = f"not a field of one side; right would be mentor.FIELD or mentee.FIELD, not '{shown}'"
        raise CodedError(message, "not-a-field")
    return value


def _where(value: dict[str, Any]) -> dict[str, Any]:
    for path in value:
        _path(path)
    if not value:
        message = "empty; right would be a field and what it is, such as {'mentee.department': 'Finance'}"
        raise CodedError(message, "empty")
    return dict(sorted(value.items()))  # quota names list these fields, so their order must be fixed


Path: TypeAlias = Annotated[str, AfterValidator(_path)]
Counted: TypeAlias = Annotated[Condition, BeforeValidator(_as_condition)]
Values: TypeAlias = Annotated[
    tuple[str | int | float, ...],
    BeforeValidator(one_or_several, json_schema_input_type=str | float | bool | list[str | float | bool]),
]
Where: TypeAlias = Annotated[dict[str, Values], AfterValidator(_where)]


class _NamedQuota(PolicyData):
    name: Annotated[str, Field(min_length=1)] | None = Field(default=None, exclude_if=is_none)
    """Name of the quota in reasons and messages."""


class _NumberedQuota(_NamedQuota):
    at_least: NUMBER_OF_DUOS | None = Field(default=None, exclude_if=is_none)
    """Lowest number of duos that is allowed."""
    at_most: NUMBER_OF_DUOS | None = Field(default=None, exclude_if=is_none)
    """Highest number of duos that is allowed."""

    @model_validator(mode="after")
    def _check_bounded(self) -> _NumberedQuota:
        _check_bounds(self.at_least, self.at_most)
        return self

    @property
    def lowest(self) -> int | None:
        """The lowest number of duos that is allowed."""
        return self.at_least

    @property
    def highest(self) -> int | None:
        """The highest number of duos that is allowed."""
        return self.at_most


class _CountingQuota(PolicyData):
    of: Counted | None = Field(default=None, exclude_if=is_none)
    """Condition that is true of the duos that count."""
    where: Where | None = Field(default=None, exclude_if=is_none)
    """Fields such as ``mentee.department``, each with a value or a list of values. A duo counts if each field
    has one of its values. A path such as ``Group/Finance`` includes all paths under it."""

    @model_validator(mode="after")
    def _says_which(self) -> _CountingQuota:
        if self.of is None and self.where is None:
            message = "does not say which duos count; give of, where, or both"
            raise CodedError(message, "incomplete")
        return self

    @property
    def condition(self) -> PolicyData:
        """The condition that is true of the duos that count."""
        parts: list[Any] = [] if self.of is None else [self.of]
        for path, value in (self.where or {}).items():
            side, _, field = path.partition(".")
            asked = "under" if isinstance(value[0], str) else "equals"
            parts.append(Require.model_validate({"of": side, "field": field, asked: value}))
        whole: PolicyData = parts[0] if len(parts) == 1 else AllOf(conditions=tuple(parts))
        return whole


def _check_bounds(at_least: int | Fraction | None, at_most: int | Fraction | None) -> None:
    if at_least is None and at_most is None:
        message = "no bound; give at_least, at_most, or both"
        raise CodedError(message, "incomplete")
    if at_least is not None and at_most is not None and at_least > at_most:
        message = "out of order; right would be at_least <= at_most"
        raise CodedError(message, "out-of-order")


class DuosQuota(_NumberedQuota):
    """Bounds the number of all duos; with ``at_most`` 20 a pilot has the best 20."""

    kind: Literal["duos"] = "duos"


class CountQuota(_NumberedQuota, _CountingQuota):
    """Bounds the number of duos of some kind."""

    kind: Literal["count"] = "count"


class EachQuota(_NumberedQuota):
    """Bounds the number of duos of each group, such as each department of the mentees, or each mentor.

    People whose field is empty are in no group.
    """

    kind: Literal["each"] = "each"
    by: Path
    """Field of the mentor or of the mentee whose values are the groups, such as ``mentee.department``."""
    prefix: Annotated[int, Field(ge=1, le=MOST_PARTS)] | None = Field(default=None, exclude_if=is_none)
    """Number of leading parts of a path that define the group; if not given, all parts do."""


class ShareQuota(_NamedQuota, _CountingQuota):
    """Bounds the share of duos of some kind.

    A bound that only a matching without duos keeps is a conflict.
    """

    kind: Literal["share"] = "share"
    at_least: ShareBound | None = Field(default=None, exclude_if=is_none)
    """Lowest share that is allowed: a number from 0 to 1, or a fraction such as ``1/3``."""
    at_most: ShareBound | None = Field(default=None, exclude_if=is_none)
    """Highest share that is allowed: a number from 0 to 1, or a fraction such as ``1/3``."""

    @model_validator(mode="after")
    def _check_bounded(self) -> ShareQuota:
        _check_bounds(self.lowest, self.highest)
        return self

    @property
    def lowest(self) -> Fraction | None:
        """The lowest share that is allowed, as an exact fraction."""
        return None if self.at_least is None else share_of(self.at_least)

    @property
    def highest(self) -> Fraction | None:
        """The highest share that is allowed, as an exact fraction."""
        return None if self.at_most is None else share_of(self.at_most)


Quota = Annotated[DuosQuota | CountQuota | EachQuota | ShareQuota, Field(discriminator="kind")]


def conditions_of(rules: Iterable[PolicyData], quotas: Iterable[PolicyData] = ()) -> Iterator[PolicyData]:
    """Yield the conditions of rules and quotas, with their parts at any depth."""
    counted = (quota.of for quota in quotas if isinstance(quota, CountQuota | ShareQuota))
    for whole in (*rules, *filter(None, counted)):
        for _, part in parts_of(whole):
            yield part


def change_quota(quota: Quota, change: Callable[[PolicyData], PolicyData]) -> Quota:
    """Return a quota with its condition ``of`` changed; see :func:`.change_parts`."""
    if not isinstance(quota, CountQuota | ShareQuota) or quota.of is None:
        return quota
    of = change_parts(quota.of, change)
    return quota if of is quota.of else quota.model_copy(update={"of": of})
