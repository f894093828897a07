"""A programme's own questions: further columns of a feedback file, each declared with what may stand in it.

A column that nobody has declared stays a fault, since its answers would be lost. So does a declared heading
that looks like one of the form: a typing error would otherwise turn an answer that counts into one that does
not. An own question is answered by a number or by one of some words, never by free text: what people write in
confidence belongs into the comment, which nothing reads.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field, model_validator

from reverse_match.foundation.errors import CodedError, FeedbackError, InputError
from reverse_match.foundation.names import name_key, near_name
from reverse_match.foundation.records import PlainData
from reverse_match.people import cells
from reverse_match.people.cells import CellError
from reverse_match.people.headings import heading_key
from reverse_match.policy.values import is_none
from reverse_match.programme.feedback.columns import FORM, KNOWN, is_shown_beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_QUESTIONS, MOST_ANSWERS, LONGEST_HEADING = 50, 30, 200

LONGEST = 255
"""Characters of all answers together, as a drop-down holds them."""

_BETWEEN = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*\.\.\s*(-?\d+(?:[.,]\d+)?)\s*")


def _heading(value: str) -> str:
    read = cells.text(value)
    if read is None:
        message = "empty; right would be some text"
        raise CodedError(message, "empty")
    if FORM.recognises(read) or is_shown_beside(read):
        message = "the form has this question already; right would be another heading"
        raise CodedError(message, "contradictory")
    if (near := near_name(read, KNOWN)) is not None:
        message = f"looks like the form's own '{near}'; map the column to it, or give it another heading"
        raise CodedError(message, "contradictory")
    return read


class Question(PlainData):
    """A question of a programme's own, with the answers that it takes: numbers, or one of some words.

    Examples
    --------
    >>> Question(heading="Confidence with AI", lowest=1, highest=10).read("7")
    7.0
    >>> Question(heading="Where do you meet?", answers=["online", "on site"]).read("On site")
    'on site'
    """

    refusal: ClassVar[type[InputError]] = FeedbackError

    heading: Annotated[str, Field(max_length=LONGEST_HEADING), AfterValidator(_heading)]
    """Heading of its column, and how the question is named wherever its answers are shown."""
    lowest: float | None = Field(default=None, exclude_if=is_none)
    """Smallest number that is an answer; given together with ``highest``."""
    highest: float | None = Field(default=None, exclude_if=is_none)
    """Largest number that is an answer."""
    answers: Annotated[tuple[str, ...], Field(max_length=MOST_ANSWERS)] = Field(
        default=(), exclude_if=lambda value: not value
    )
    """The words that are answers; without them, answers are numbers."""

    @model_validator(mode="after")
    def _fits(self) -> Question:
        if (self.lowest is None) != (self.highest is None):
            message = "lowest and highest go together"
            raise CodedError(message, "incomplete")
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            message = "highest is not above lowest; right would be such as 1 and 10"
            raise CodedError(message, "out-of-range")
        if self.answers and self.lowest is not None:
            message = "answered by words or by numbers; right would be one of the two"
            raise CodedError(message, "incomplete")
        if any(set(answer) & set(',;"') for answer in self.answers) or len(",".join(self.answers)) > LONGEST:
            message = (
                "no drop-down could offer these answers; right would be short words without comma, semicolon "
                "or quotes"
            )
            raise CodedError(message, "too-long")
        if self.answers and len(self._words) < max(len(self.answers), 2):
            message = "right would be two different answers or more"
            raise CodedError(message, "incomplete")
        return self

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return {name_key(answer): answer for answer in self.answers}

    @classmethod
    def parse(cls, text: str) -> Question:
        """Return the question that a text declares: ``HEADING``, ``HEADING=1..10`` or ``HEADING=a;b``.

        Raises
        ------
        FeedbackError
            If the question is faulty.

        Examples
        --------
        >>> Question.parse("Confidence with AI=1..10").highest
        10.0
        """
        heading, _, allowed = text.partition("=")
        data: dict[str, object] = {"heading": heading.strip()}
        if bounds := _BETWEEN.fullmatch(allowed):
            data["lowest"], data["highest"] = (float(bound.replace(",", ".")) for bound in bounds.groups())
        elif allowed.strip():
            data["answers"] = tuple(word.strip() for word in allowed.split(";") if word.strip())
        return cls.model_validate(data)

    def read(self, value: object) -> float | str | None:
        """Return the answer in a cell; ``None`` if it is empty.

        Raises
        ------
        CellError
            If the cell holds no answer to this question.
        """
        return self._word(value) if self.answers else self._number(value)

    def _number(self, value: object) -> float | None:
        read = cells.number(value)
        if read is None:
            return None
        if self.lowest is not None and self.highest is not None and not self.lowest <= read <= self.highest:
            message = f"out of range; right would be a number from {self.lowest:g} to {self.highest:g}"
            raise CellError(message, "out-of-range")
        return float(read)

    def _word(self, value: object) -> str | None:
        read = cells.text(value)
        if read is None:
            return None
        if (known := self._words.get(name_key(read))) is None:
            *others, last = self.answers
            message = f"unknown answer; right would be {', '.join(others)} or {last}, or an empty cell"
            raise CellError(message, "unknown-value")
        return known


def refuse_repeated(questions: Sequence[Question]) -> None:
    """Refuse two questions of one heading.

    Raises
    ------
    CodedError
        If two headings are the same, but for case and spaces.
    """
    if len({heading_key(question.heading) for question in questions}) < len(questions):
        message = "two questions have one heading; right would be another heading for one of them"
        raise CodedError(message, "contradictory")
