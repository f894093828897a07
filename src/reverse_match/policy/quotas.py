"""Quotas as a user writes them: bounds on a number or a share over all duos.

A quota counts the duos that satisfy a condition (``of``), a list of fields and values (``where``), or both. A
duo for which this is not known does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.conditions import (
    MOST_PARTS,
    AllOf,
    Condition,
    Require,
    change_parts,
    parts_of,
    refuse_disorder,
)
from reverse_match.policy.shares import ShareBound, share_of
from reverse_match.policy.values import (
    NumberOrWord,
    Path,
    PolicyData,
    field_of_a_side,
    is_none,
    one_or_several,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from fractions import Fraction

NUMBER_OF_DUOS = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]

_OTHER_NAMES = {"difference": "different", "sameness": "same"}
"""Kinds of criteria that ``of`` accepts as names of the conditions with the same meaning."""


def _as_condition(value: object) -> object:
    kind = value.get("kind") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(kind, str) and kind in _OTHER_NAMES:
        return {**value, "kind": _OTHER_NAMES[kind]}
    return value


def _where(value: dict[str, Any]) -> dict[str, Any]:
    for path in value:
        field_of_a_side(path)
    if not value:
        message = "empty; right would be a field and what it is, such as {'mentee.department': 'Finance'}"
        raise CodedError(message, "empty")
    return dict(sorted(value.items()))  # quota names list these fields, so their order must be fixed


class Between(PolicyData):
    """What a field is, by bounds: numbers, or words of a scale of the policy."""

    at_least: NumberOrWord | None = Field(default=None, exclude_if=is_none)
    """Lowest number, or lowest word."""
    at_most: NumberOrWord | None = Field(default=None, exclude_if=is_none)
    """Highest number, or highest word."""

    @model_validator(mode="after")
    def _check_bounded(self) -> Between:
        if self.at_least is None and self.at_most is None:
            message = "no bound; give at_least, at_most, or both"
            raise CodedError(message, "incomplete")
        refuse_disorder(self.at_least, self.at_most)
        return self

    def __str__(self) -> str:
        """Return the bounds as the names of quotas show them."""
        bounds = (("at_least", self.at_least), ("at_most", self.at_most))
        return " ".join(f"{name} {bound}" for name, bound in bounds if bound is not None)


def _form_of_worth(value: object) -> str:
    return "bounds" if isinstance(value, dict | Between) else "values"


BETWEEN_FIELDS = " × "
"""Stands between fields, and between their values, in the names of quotas and groups."""

MOST_FIELDS = 5
"""The largest number of fields by which groups can be told apart together."""


def _paths(value: tuple[str, ...]) -> tuple[str, ...]:
    if not 2 <= len({*value}) == len(value) <= MOST_FIELDS:
        message = f"right would be one field, or a list of 2 to {MOST_FIELDS} different ones"
        raise CodedError(message, "out-of-range")
    return value


def _form_of_groups(value: object) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


Groups: TypeAlias = Annotated[
    Annotated[Path, Tag("one")] | Annotated[tuple[Path, ...], AfterValidator(_paths), Tag("several")],
    Discriminator(_form_of_groups),
]
Counted: TypeAlias = Annotated[Condition, BeforeValidator(_as_condition)]
Values: TypeAlias = Annotated[
    tuple[str | int | float, ...],
    BeforeValidator(one_or_several, json_schema_input_type=str | float | bool | list[str | float | bool]),
]
Worth: TypeAlias = Annotated[
    Annotated[Values, Tag("values")] | Annotated[Between, Tag("bounds")], Discriminator(_form_of_worth)
]
Where: TypeAlias = Annotated[dict[str, Worth], AfterValidator(_where)]


def worth_in_words(worth: tuple[str | int | float, ...] | Between) -> str:
    """Return what a field must be as the names of quotas show it.

    Examples
    --------
    >>> worth_in_words(("Finance", "IT")), worth_in_words(Between(at_least="B2"))
    ('Finance or IT', 'at_least B2')
    """
    return str(worth) if isinstance(worth, Between) else " or ".join(map(str, worth))


def requirement_of(path: str, worth: tuple[str | int | float, ...] | Between) -> Require:
    """Return the condition that a field of one side, such as ``mentee.grade``, is what ``where`` says."""
    side, _, field = path.partition(".")
    said: dict[str, Any] = (
        worth.model_dump(exclude_none=True)
        if isinstance(worth, Between)
        else {"under" if isinstance(worth[0], str) else "equals": worth}
    )
    return Require.model_validate({"of": side, "field": field, **said})


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
    """Fields such as ``mentee.department``, each with a value, a list of values, or bounds. A duo counts if
    each field has one of its values, or lies within its bounds. A path such as ``Group/Finance`` includes all
    paths under it."""

    @model_validator(mode="after")
    def _says_which(self) -> _CountingQuota:
        if self.of is None and self.where is None:
            message = "does not say which duos count; give of, where, or both"
            raise CodedError(message, "incomplete")
        return self

    @property
    def condition(self) -> PolicyData:
        """The condition that is true of the duos that count."""
        return _all_of([*requirements_of(self)])


def _all_of(parts: Sequence[Any]) -> PolicyData:
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

    Examples
    --------
    >>> each = EachQuota(by=["mentor.id", "mentee.department"], at_most=1)  # no mentor has two of one
    >>> each.paths
    ('mentor.id', 'mentee.department')
    """

    kind: Literal["each"] = "each"
    by: Groups
    """Field of the mentor or of the mentee whose values are the groups, such as ``mentee.department``; or a
    list of fields, of which every combination of values is a group."""
    of: Counted | None = Field(default=None, exclude_if=is_none)
    """Condition that is true of the duos that count; if not given, all duos of a group do."""
    where: Where | None = Field(default=None, exclude_if=is_none)
    """Fields such as ``mentee.grade``, each with a value, a list of values, or bounds: only these people are
    in a group. A field of the side that ``by`` does not name tells which duos count."""
    prefix: Annotated[int, Field(ge=1, le=MOST_PARTS)] | None = Field(default=None, exclude_if=is_none)
    """Number of leading parts of a path that define the group; if not given, all parts do."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields whose values are the groups."""
        return (self.by,) if isinstance(self.by, str) else self.by

    @property
    def condition(self) -> PolicyData | None:
        """The condition by which the quota counts duos or chooses people, if there is one."""
        parts = [*requirements_of(self)]
        return _all_of(parts) if parts else None


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


def requirements_of(quota: PolicyData) -> Iterator[PolicyData]:
    """Yield the conditions that a quota counts by: ``of``, and one for each field of ``where``."""
    if isinstance(quota, EachQuota | _CountingQuota):
        if quota.of is not None:
            yield quota.of
        for path, worth in (quota.where or {}).items():
            yield requirement_of(path, worth)


def conditions_of(rules: Iterable[PolicyData], quotas: Iterable[PolicyData] = ()) -> Iterator[PolicyData]:
    """Yield the conditions of rules and quotas, with their parts at any depth."""
    counted = (quota.of for quota in quotas if isinstance(quota, EachQuota | _CountingQuota))
    for whole in (*rules, *filter(None, counted)):
        for _, part in parts_of(whole):
            yield part


def change_quota(quota: Quota, change: Callable[[PolicyData], PolicyData]) -> Quota:
    """Return a quota with its condition ``of`` changed; see :func:`.change_parts`."""
    if not isinstance(quota, EachQuota | CountQuota | ShareQuota) or quota.of is None:
        return quota
    of = change_parts(quota.of, change)
    return quota if of is quota.of else quota.model_copy(update={"of": of})
