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
from reverse_match.foundation.names import name_key
from reverse_match.foundation.records import Day
from reverse_match.policy.values import (
    MINUTES_OF_A_DAY,
    Minutes,
    Number,
    NumberOrWord,
    Pair,
    Path,
    PolicyData,
    Share,
    SlotMinutes,
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


Level: TypeAlias = Annotated[int, Field(ge=1, le=5)]


class SkillAtLevel(PolicyData):
    """A skill, and the lowest level that is enough."""

    skill: Annotated[str, Field(min_length=1)]
    """Name of the skill."""
    at_level: Level = 1
    """Lowest level that is enough."""


class SkillTerms(PolicyData):
    """What it takes to teach and to learn one skill."""

    skill: Annotated[str, Field(min_length=1)]
    """Name of the skill."""
    at_level: Level | None = Field(default=None, exclude_if=is_none)
    """Lowest level to teach the skill; that of the condition if not given."""
    needs: tuple[SkillAtLevel, ...] = Field(default=(), exclude_if=operator.not_)
    """Skills that whoever learns this one must offer themselves, each with its lowest level."""


class Teaches(PolicyData):
    """Whoever teaches offers skills that the other person seeks, at a level that is enough.

    It is not known where whoever teaches offers no skill, or where the other person seeks none. Skills are
    compared as the criterion ``coverage`` compares them.
    """

    kind: Literal["teaches"] = "teaches"
    of: Literal["mentor", "mentee", "both", "either"] = "mentor"
    """Who teaches: the mentor, the mentee, both of them, or at least one of the two."""
    at_least: Annotated[int, Field(ge=1, le=MOST_NAMES)] = 1
    """Lowest number of skills that is enough."""
    at_level: Level = 1
    """Lowest level at which a skill must be offered to count."""
    at_priority: Annotated[int, Field(ge=1, le=3)] = 1
    """Lowest priority with which a skill must be sought to count; 3 is the highest there is."""
    skills: tuple[SkillTerms, ...] = Field(default=(), exclude_if=operator.not_, max_length=10_000)
    """Terms of single skills: another lowest level, and what whoever learns them must already know. If that
    person offers no skill at all, it is not known what they know."""
    offered: str = "offers"
    """Field of rated names that are offered."""
    wanted: str = "seeks"
    """Field of rated names that are sought."""

    @model_validator(mode="after")
    def _each_skill_once(self) -> Teaches:
        keys = [name_key(terms.skill) for terms in self.skills]
        if len(set(keys)) < len(keys):
            message = "a skill has terms twice; give all its terms at once"
            raise CodedError(message, "name-twice")
        return self


class Among(PolicyData):
    """What one of the two people has in a field stands in a list that the other one has in another field.

    For instance, the mentor's ``location`` is among the mentee's ``wanted_sites``. A listed path such as
    ``France/Lyon`` stands for all that lies under it. Either field may hold one text or a list. It is not
    known where one of the two fields is empty.

    Examples
    --------
    >>> near = Among(value="mentor.location", listed_in="mentee.wanted_sites")
    >>> near.sides
    ('mentor', 'mentee')
    """

    kind: Literal["among"] = "among"
    value: Path
    """Field of one of the two people, such as ``mentor.location``."""
    listed_in: Path
    """Field of the other one, with what the value may be, such as ``mentee.wanted_sites``."""
    at_least: Annotated[int, Field(ge=1, le=MOST_NAMES)] = 1
    """Lowest number of values that stand in the list, where the first field holds a list, too."""
    paths: bool | None = Field(default=None, exclude_if=is_none)
    """Whether ``/`` separates the parts of a path; if not given, it does, but for genders, languages, skills
    and goals."""

    @model_validator(mode="after")
    def _of_both_sides(self) -> Among:
        if len({*self.sides}) == 1:
            message = "both fields are of one person; right would be one of the mentor and one of the mentee"
            raise CodedError(message, "contradictory")
        return self

    @property
    def sides(self) -> tuple[str, str]:
        """Who has the value, and who has the list."""
        return self.value.partition(".")[0], self.listed_in.partition(".")[0]

    @property
    def fields(self) -> tuple[str, str]:
        """The fields of the value and of the list, without their sides."""
        return self.value.partition(".")[2], self.listed_in.partition(".")[2]

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return _WITHOUT_PATHS.isdisjoint(self.fields) if self.paths is None else self.paths


_WITHOUT_PATHS = frozenset(("gender", "languages", "offers", "seeks", "goals"))


class _Bounds(PolicyData):
    kind: str
    """Which kind of condition this is."""
    at_least: Number | None = Field(default=None, exclude_if=is_none)
    """Lowest number that is allowed."""
    at_most: Number | None = Field(default=None, exclude_if=is_none)
    """Highest number that is allowed."""

    @model_validator(mode="after")
    def _in_order(self) -> _Bounds:
        refuse_disorder(self.at_least, self.at_most)
        return self


def refuse_disorder(at_least: float | str | None, at_most: float | str | None) -> None:
    """Refuse two numbers as bounds that no number keeps; the order of words is that of their scale."""
    numbers = [bound for bound in (at_least, at_most) if isinstance(bound, int | float)]
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        message = "out of order; right would be at_least <= at_most"
        raise CodedError(message, "out-of-order")


class GapBetween(_Bounds):
    """The difference of two numbers, mentee minus mentor, is within bounds.

    In a field whose words have a scale in the policy, the numbers are their places on it: the difference
    counts steps.

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


class HasCommonTime(PolicyData):
    """The two people have time in common in their weeks, by their fields ``available``.

    Each states times by the clock of their own time zone. Minutes are counted for a week in winter and for
    one in summer, and the smaller number decides. It is not known where one of the two has stated no times,
    or where only one of them has a time zone, or where only one has named the places of their times on site.
    """

    kind: Literal["common_time"] = "common_time"
    at_least: Minutes
    """Lowest number of minutes in common a week that is enough."""
    slot: SlotMinutes | None = Field(default=None, exclude_if=is_none)
    """Shortest time in common that counts, in minutes. If not given, the minutes must be in one piece, which
    may not be longer than a day."""
    on_site: bool = Field(default=False, exclude_if=operator.not_)
    """Whether only times count at which both are on site at the same place, by their fields ``on_site`` and
    ``location``; whoever has also stated when they are free is there at these times only."""

    @property
    def shortest(self) -> int:
        """Shortest time in common that counts, in minutes."""
        return min(self.at_least, MINUTES_OF_A_DAY) if self.slot is None else self.slot

    @model_validator(mode="after")
    def _slots_fit(self) -> HasCommonTime:
        if self.slot is not None and self.slot > self.at_least:
            message = "slot is longer than at_least; right would be slot <= at_least"
            raise CodedError(message, "out-of-order")
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


class Require(PolicyData):
    """A statement about one person of the pair, or about both. It is not known where their field is empty.

    Exactly one of ``equals``, ``under``, bounds (``at_least``, ``at_most``) and ``known`` is given.
    """

    kind: Literal["require"] = "require"
    at_least: NumberOrWord | None = Field(default=None, exclude_if=is_none)
    """Lowest number that is allowed, or the lowest word, where the policy has a scale for the field."""
    at_most: NumberOrWord | None = Field(default=None, exclude_if=is_none)
    """Highest number that is allowed, or the highest word of a scale."""
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
        refuse_disorder(self.at_least, self.at_most)
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


class PersonalRules(PolicyData):
    """All musts that the two people have stated about each other are fulfilled (field ``prefers``).

    It is not known where a must is about a field that the other leaves empty.
    """

    kind: Literal["personal_rules"] = "personal_rules"
    of: Literal["mentor", "mentee", "both"] = Field(default="both", exclude_if=lambda of: of == "both")
    """The person or people whose musts count."""
    waived: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids of people whose musts do not count; ids of people who are not in the cohort are ignored."""


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
    | Teaches
    | Among
    | GapBetween
    | OverlappingHours
    | HasCommonTime
    | NotMetBefore
    | Require
    | NotInReportingLine
    | Avoids
    | PersonalRules
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
