"""Conditions as a user writes them: statements about a pair, each of them true, false, or not known.

A rule demands that its condition is true. ``any_of``, ``all_of`` and ``not`` combine conditions by Kleene's
three-valued logic (S. C. Kleene, "On notation for ordinal numbers", 1938). For instance, ``any_of`` is true
if one part is true, not known if no part is true and one is not known, and else false.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from reverse_match.foundation.data_faults import MOST_NESTED_CONDITIONS, TOO_DEEP
from reverse_match.foundation.errors import CodedError
from reverse_match.foundation.records import Day
from reverse_match.policy.values import (
    Number,
    Pair,
    PolicyData,
    Share,
    TimeOfDay,
    is_none,
    minutes_of,
    one_or_several,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Part = TypeVar("Part", bound=PolicyData)

DEFAULT_HOURS = 4
"""Working hours in common that ``overlapping_hours`` demands by default."""


MOST_PARTS = 1_000
"""The largest number of parts of a path that ``prefix`` may name."""

MOST_NAMES = 1_000_000
"""The largest number of names in common that ``shared`` may demand."""


class ComparedTexts(PolicyData):
    """Two texts, or two paths such as ``Group/Plant/Workshop``, that a condition compares."""

    kind: str
    """Which kind of condition this is."""
    field: str
    """Field that holds a text, or a path such as ``Group/Plant/Workshop``."""
    prefix: Annotated[int, Field(ge=1, le=MOST_PARTS)] | None = Field(default=None, exclude_if=is_none)
    """Number of leading parts of the paths that are compared; if not given, the whole text is compared."""
    paths: bool | None = Field(default=None, exclude_if=is_none)
    """Whether ``/`` separates the parts of a path; if not given, it does in every field but ``gender``."""

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender" if self.paths is None else self.paths

    @model_validator(mode="after")
    def _a_prefix_has_parts(self) -> ComparedTexts:
        if self.prefix is not None and not self.splits_paths:
            message = "prefix counts the parts of a path, and '/' separates none here; leave prefix out"
            raise CodedError(message, "contradictory")
        return self


class Different(ComparedTexts):
    """The two people have different texts in a field. It is not known where one of the texts is missing."""

    kind: Literal["different"] = "different"


class Same(ComparedTexts):
    """The two people have the same text in a field. It is not known where one of the texts is missing."""

    kind: Literal["same"] = "same"


class Shared(PolicyData):
    """The two people have names in common, such as languages. It is not known where one of them has none."""

    kind: Literal["shared"] = "shared"
    field: str
    """Field that holds a list of names."""
    at_least: Annotated[int, Field(ge=1, le=MOST_NAMES)] = 1
    """Lowest number of names in common that is enough."""


class _Bounds(PolicyData):
    kind: str
    """Which kind of condition this is."""
    at_least: Number | None = Field(default=None, exclude_if=is_none)
    """Lowest number that is allowed."""
    at_most: Number | None = Field(default=None, exclude_if=is_none)
    """Highest number that is allowed."""

    @model_validator(mode="after")
    def _in_order(self) -> _Bounds:
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            message = "out of order; right would be at_least <= at_most"
            raise CodedError(message, "out-of-order")
        return self


class GapBetween(_Bounds):
    """The difference of two numbers, mentee minus mentor, is within bounds.

    It is not known where one of the numbers is missing.
    """

    kind: Literal["gap_between"] = "gap_between"
    field: str
    """Field that holds a number."""

    @model_validator(mode="after")
    def _check_bounded(self) -> GapBetween:
        if self.at_least is None and self.at_most is None:
            message = "no bound; give at_least, at_most, or both"
            raise CodedError(message, "incomplete")
        return self


class OverlappingHours(PolicyData):
    """The two people have working hours in common, each in the time zone of their field ``timezone``.

    The hours are counted on 15 January and on 15 July of 2025, and the smaller count decides. So the
    condition holds in summer and in winter, and does not depend on the day of the match. It is not known
    where one of the time zones is missing.
    """

    kind: Literal["overlapping_hours"] = "overlapping_hours"
    at_least: Annotated[Number, Field(gt=0)] = DEFAULT_HOURS
    """Lowest number of hours in common that is enough."""
    from_: TimeOfDay = Field(default="09:00", alias="from")
    """The local time at which work begins."""
    to: TimeOfDay = "17:00"
    """The local time at which work ends."""

    @model_validator(mode="after")
    def _possible(self) -> OverlappingHours:
        length = minutes_of(self.to) - minutes_of(self.from_)
        if length <= 0:
            message = "out of order; right would be from before to, on one day"
            raise CodedError(message, "out-of-order")
        if self.at_least * 60 > length:
            message = "at_least is longer than the working hours; nobody has so many in common"
            raise CodedError(message, "out-of-range")
        return self


class PastDuo(PolicyData):
    """A duo that was formed in the past; its people may have left."""

    mentor: str
    """Id of the person who taught."""
    mentee: str
    """Id of the person who learned."""
    until: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which the duo ended."""


class NotMetBefore(PolicyData):
    """The two people were no duo in the past, whoever was the mentor, or that duo ended long enough ago.

    It is not known where ``again_after_months`` is given, and the past duo has no day on which it ended.
    """

    kind: Literal["not_met_before"] = "not_met_before"
    duos: tuple[PastDuo, ...]
    """The past duos; ids of people who are not in the cohort are ignored."""
    again_after_months: Annotated[int, Field(ge=1, le=1200)] | None = Field(default=None, exclude_if=is_none)
    """Calendar months after the end of a duo after which the two may meet again; never if not given."""


class Require(_Bounds):
    """A statement about one person of the pair, or about both. It is not known where their field is empty.

    Exactly one of ``equals``, ``under``, bounds (``at_least``, ``at_most``) and ``known`` is given.
    """

    kind: Literal["require"] = "require"
    of: Literal["mentor", "mentee", "both"]
    """The person or people of whom the statement must be true."""
    field: str
    """Field that the statement is about."""
    equals: (
        Annotated[
            tuple[str | int | float, ...],
            BeforeValidator(
                one_or_several, json_schema_input_type=str | float | bool | list[str | float | bool]
            ),
        ]
        | None
    ) = Field(default=None, exclude_if=is_none)
    """A text or a number, or a list of which one must match; texts are compared as criteria compare them."""
    under: (
        Annotated[tuple[str, ...], BeforeValidator(one_or_several, json_schema_input_type=str | list[str])]
        | None
    ) = Field(default=None, exclude_if=is_none)
    """A path such as ``Group/Finance``, or a list of paths: the field is one of them, or begins with one."""
    known: Literal[True] | None = Field(default=None, exclude_if=is_none)
    """Demands that the field is not empty; this is true or false, and never unknown."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Require:
        bounded = self.at_least is not None or self.at_most is not None
        said = [self.equals is not None, self.under is not None, bounded, self.known is not None]
        if said.count(True) != 1:
            message = "say one thing: equals, or under, or at_least and at_most, or known"
            raise CodedError(message, "contradictory")
        return self

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender"


class NotInReportingLine(PolicyData):
    """Neither of the two people stands above the other in the chain of managers."""

    kind: Literal["not_in_reporting_line"] = "not_in_reporting_line"


class Avoids(PolicyData):
    """Neither of the two people avoids the other, by the field ``avoids`` or by ``pairs``."""

    kind: Literal["avoids"] = "avoids"
    pairs: tuple[Pair, ...] = Field(default=(), exclude_if=operator.not_)
    """Pairs of ids of which the first avoids the second, in addition to the field: for instance, by an
    earlier record of the person. Ids of people who are not in the cohort are ignored, as they are in the
    field."""


class MinimumScore(PolicyData):
    """The score of the pair is not below a minimum."""

    kind: Literal["minimum_score"] = "minimum_score"
    at_least: Share
    """Lowest score that is allowed, from 0 to 1."""


class Listed(PolicyData):
    """The pair, as this mentor and this mentee, stands in a list."""

    kind: Literal["listed"] = "listed"
    pairs: tuple[Pair, ...]
    """Pairs of ids, mentor first; all must be ids of the cohort."""


class RegisteredCondition(PolicyData):
    """A user's own function over columns, registered with ``rm.register_rule``."""

    kind: Literal["custom"] = "custom"
    function: str
    """Name under which the function was registered."""


def _refuse_deep(composition: PolicyData) -> None:
    """Refuse conditions that are nested too deeply, before any recursion over them."""
    level: list[PolicyData] = [composition]
    for _ in range(MOST_NESTED_CONDITIONS + 1):
        level = [part for one in level for part in direct_parts(one)]
        if not level:
            return
    raise CodedError(TOO_DEEP, "too-deep")


def direct_parts(condition: PolicyData) -> tuple[PolicyData, ...]:
    """Return the direct parts of a condition; only ``all_of``, ``any_of`` and ``not`` have any."""
    if isinstance(condition, AllOf | AnyOf):
        return condition.conditions
    return (condition.condition,) if isinstance(condition, Not) else ()


class _Composition(PolicyData):
    @model_validator(mode="after")
    def _shallow(self) -> _Composition:
        _refuse_deep(self)
        return self


def _some(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    if not conditions:
        message = "empty; at least one condition is needed"
        raise CodedError(message, "empty")
    return conditions


class AllOf(_Composition):
    """All conditions of a list are true."""

    kind: Literal["all_of"] = "all_of"
    conditions: Conditions
    """The conditions."""


class AnyOf(_Composition):
    """At least one condition of a list is true."""

    kind: Literal["any_of"] = "any_of"
    conditions: Conditions
    """The conditions."""


class Not(_Composition):
    """Another condition is false. It is not known where that condition is not known."""

    kind: Literal["not"] = "not"
    condition: Condition
    """The condition."""


Condition: TypeAlias = Annotated[
    Different
    | Same
    | Shared
    | GapBetween
    | OverlappingHours
    | NotMetBefore
    | Require
    | NotInReportingLine
    | Avoids
    | MinimumScore
    | Listed
    | RegisteredCondition
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="kind"),
]
"""A statement about a pair."""

Conditions: TypeAlias = Annotated[
    tuple[Condition, ...], AfterValidator(_some), Field(json_schema_extra={"minItems": 1})
]
"""A list of one or more conditions."""


def parts_of(condition: PolicyData, place: str = "") -> Iterator[tuple[str, PolicyData]]:
    """Yield a condition and all its parts at any depth, each with its place.

    Examples
    --------
    >>> without = Not(condition=AnyOf(conditions=[Same(field="location"), Avoids()]))
    >>> [(place, part.kind) for place, part in parts_of(without, "rules[0]")][2:]
    [('rules[0].condition.conditions[0]', 'same'), ('rules[0].condition.conditions[1]', 'avoids')]
    """
    yield place, condition
    if isinstance(condition, AllOf | AnyOf):
        for index, part in enumerate(condition.conditions):
            yield from parts_of(part, f"{place}.conditions[{index}]")
    elif isinstance(condition, Not):
        yield from parts_of(condition.condition, f"{place}.condition")


def change_parts(condition: Part, change: Callable[[PolicyData], PolicyData]) -> Part:
    """Return a condition in which each part that has no parts of its own is changed.

    Parameters
    ----------
    condition : Condition
        The condition, which is not changed.
    change : callable
        Takes a condition without parts, and returns one of the same kind: the same object for no change.

    Examples
    --------
    >>> without = Not(condition=AnyOf(conditions=[Same(field="location"), Avoids()]))
    >>> elsewhere = {"same": Same(field="team")}
    >>> change_parts(without, lambda part: elsewhere.get(part.kind, part)).condition.conditions[0].field
    'team'
    """
    parts = direct_parts(condition)
    if not parts:
        return cast("Part", change(condition))
    changed = tuple(change_parts(part, change) for part in parts)
    if all(map(operator.is_, parts, changed)):
        return condition
    update = {"condition": changed[0]} if isinstance(condition, Not) else {"conditions": changed}
    return condition.model_copy(update=update)


def counts_months(condition: PolicyData) -> bool:
    """Say whether a condition counts months, and so depends on the day of the match."""
    return any(
        isinstance(part, NotMetBefore) and part.again_after_months is not None
        for _, part in parts_of(condition)
    )
