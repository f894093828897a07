"""Circles as a user writes them: how many mentors and mentees are in one, and what holds among them."""

from __future__ import annotations

import operator
import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.conditions import ComparedTexts
from reverse_match.policy.values import PolicyData

MOST_MENTORS = 2
"""The largest number of mentors of a circle."""

MOST_MENTEES = 50
"""The largest number of mentees of a circle."""

_BOUNDS = re.compile(r"\s*([0-9]{1,6})\s*(?:\.\.|-|–|to|à)\s*([0-9]{1,6})\s*")


def _bounds(value: object) -> object:
    """Read a whole number, or two with dots between them; equal ones are one number."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value)
    found = _BOUNDS.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        low, high = map(int, found.groups())
    elif isinstance(value, int) and not isinstance(value, bool):
        low = high = value
    else:
        message = 'not a number of people; right would be a number such as 4, or bounds such as "3..6"'
        raise CodedError(message, "wrong-type")
    if low > high:
        message = 'out of order; right would be the smaller number first, such as "3..6"'
        raise CodedError(message, "out-of-order")
    if low < 1:
        message = "less than 1; a circle has at least one mentor and one mentee"
        raise CodedError(message, "out-of-range")
    return low if low == high else f"{low}..{high}"


Bounds: TypeAlias = Annotated[int | str, BeforeValidator(_bounds, json_schema_input_type=int | str)]

Members: TypeAlias = Literal["mentees", "mentors", "everybody"]


class _Within(ComparedTexts):
    of: Members = Field(default="mentees", exclude_if=lambda of: of == "mentees")
    """Whose values count: those of the ``mentees`` of a circle, its ``mentors``, or ``everybody``."""


class DifferentWithin(_Within):
    """Not more than one member of a circle has one text in a field (or ``at_most`` so many)."""

    kind: Literal["different"] = "different"
    at_most: Annotated[int, Field(ge=1, le=MOST_MENTEES)] = Field(
        default=1, exclude_if=lambda number: number == 1
    )
    """Largest number of members with one text."""
    if_unknown: Literal["allow", "forbid"] = Field(
        default="allow", exclude_if=lambda answer: answer == "allow"
    )
    """What a missing text means: it clashes with nobody, or it could be that of anybody, so that it clashes
    with everybody."""


class AtLeastValues(_Within):
    """The members of a circle have at least so many different texts in a field; a missing one is none."""

    kind: Literal["at_least_values"] = "at_least_values"
    at_least: Annotated[int, Field(ge=2, le=MOST_MENTEES)] = 2
    """Smallest number of different texts."""


class _Apart(PolicyData):
    of: Members = Field(default="everybody", exclude_if=lambda of: of == "everybody")
    """Whom it concerns: every two ``mentees`` of a circle, its ``mentors``, or ``everybody``."""


class NotInReportingLineWithin(_Apart):
    """No two members of a circle are a person and somebody above them in the chain of managers."""

    kind: Literal["not_in_reporting_line"] = "not_in_reporting_line"


class NotMetBeforeWithin(_Apart):
    """No two members of a circle were together in a former circle or duo."""

    kind: Literal["not_met_before"] = "not_met_before"


Within: TypeAlias = Annotated[
    DifferentWithin | AtLeastValues | NotInReportingLineWithin | NotMetBeforeWithin,
    Field(discriminator="kind"),
]


class Circles(PolicyData):
    """Sizes of circles, and conditions within each of them.

    Examples
    --------
    >>> circles = Circles(mentees="3..6", within=[{"kind": "different", "field": "department"}])
    >>> circles.bounds_of_mentors, circles.bounds_of_mentees, circles.most_people
    ((1, 1), (3, 6), 7)
    >>> Circles(trios=True).bounds_of_mentees
    (1, 2)
    """

    mentors: Bounds = 1
    """Number of mentors of a circle: 1, 2, or ``1..2``."""
    mentees: Bounds | None = Field(default=None, exclude_if=lambda bounds: bounds is None)
    """Number of mentees of a circle, such as ``3..6``: a mentor has none, or a number within the bounds."""
    within: tuple[Within, ...] = Field(default=(), exclude_if=operator.not_, max_length=100)
    """Conditions that hold within each circle."""
    trios: bool = Field(default=False, exclude_if=operator.not_)
    """Whether people are in duos, and in as few trios as possible where somebody would be left over."""

    @model_validator(mode="after")
    def _consistent(self) -> Circles:
        if self.mentees is None and not self.trios:
            message = 'does not say how many mentees are in a circle; right would be mentees = "3..6"'
            raise CodedError(message, "incomplete")
        if self.bounds_of_mentors[1] > MOST_MENTORS:
            message = f"more than {MOST_MENTORS} mentors in one circle; right would be 1, 2 or 1..2"
            raise CodedError(message, "out-of-range")
        if self.bounds_of_mentees[1] > MOST_MENTEES:
            message = f"more than {MOST_MENTEES} mentees in one circle; right would be fewer"
            raise CodedError(message, "out-of-range")
        if self.trios and (self.bounds_of_mentors[0] > 1 or self.bounds_of_mentees not in ((1, 1), (1, 2))):
            message = 'trios are of three people; right would be mentees = "1..2", mentors = 1 or "1..2"'
            raise CodedError(message, "contradictory")
        for condition in self.within:
            if isinstance(condition, AtLeastValues) and condition.at_least > self.most_members(condition.of):
                message = "at_least asks for more values than a circle can have members; lower it"
                raise CodedError(message, "contradictory")
        return self

    @property
    def bounds_of_mentors(self) -> tuple[int, int]:
        """Smallest and largest number of mentors of a circle."""
        return _numbers(self.mentors)

    @property
    def bounds_of_mentees(self) -> tuple[int, int]:
        """Smallest and largest number of mentees of a circle."""
        return (1, 2) if self.mentees is None else _numbers(self.mentees)

    @property
    def most_people(self) -> int:
        """Largest number of people in a circle."""
        most = self.bounds_of_mentors[1] + self.bounds_of_mentees[1]
        return min(3, most) if self.trios else most

    def most_members(self, of: Members) -> int:
        """Return the largest number of members that a condition can concern."""
        most = {"mentors": self.bounds_of_mentors[1], "mentees": self.bounds_of_mentees[1]}
        return most.get(of, self.most_people)


def _numbers(bounds: int | str) -> tuple[int, int]:
    if isinstance(bounds, int):
        return bounds, bounds
    low, high = bounds.split("..")
    return int(low), int(high)
