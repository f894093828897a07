"""One answer of a mentor or a mentee about their duo: a short form, filled in each month or at the end.

A field accepts the value of a cell, text as well as numbers, and French words beside English ones. The
comment is free text that people wrote in confidence: no code reads it, and no repr shows it.
"""

from __future__ import annotations

import operator
import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from reverse_match.foundation.errors import FeedbackError, InputError
from reverse_match.foundation.names import id_key, name_key, pair_key
from reverse_match.foundation.records import PlainData
from reverse_match.people import cells
from reverse_match.people.cells import CellError
from reverse_match.policy.values import is_none

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer: TypeAlias = Literal["yes", "partly", "no"]
Format: TypeAlias = Literal["yes", "shorter", "other channel", "different day"]
Wish: TypeAlias = Literal["continue", "change", "stop"]
By: TypeAlias = Literal["mentor", "mentee"]

MOST_SESSIONS = 1_000
"""Largest number of sessions since the last answer; a larger one is taken for a typing error."""
MOST_HOURS = 8_784
"""Largest number of hours saved: those of a leap year."""

MOST_LETTERS = 20_000
"""Largest number of characters of a comment: some ten pages."""

_ANSWERS = {
    "yes": "yes", "oui": "yes",
    "partly": "partly", "partially": "partly", "en partie": "partly", "partiellement": "partly",
    "no": "no", "non": "no",
}  # fmt: skip
_FORMATS = {
    "yes": "yes", "oui": "yes",
    "shorter": "shorter", "plus court": "shorter", "plus courte": "shorter", "plus courtes": "shorter",
    "other channel": "other channel", "another channel": "other channel", "autre canal": "other channel",
    "un autre canal": "other channel",
    "different day": "different day", "another day": "different day", "autre jour": "different day",
    "un autre jour": "different day",
}  # fmt: skip
_WISHES = {
    "continue": "continue", "continuer": "continue",
    "change": "change", "changer": "change",
    "stop": "stop", "arreter": "stop",
}  # fmt: skip
_SIDES = {
    "mentor": "mentor",
    "mentee": "mentee", "mentore": "mentee", "mentoree": "mentee", "mentore(e)": "mentee",
}  # fmt: skip

_RATING = re.compile(r":\s*\d*\s*$")


def _missing() -> CellError:
    return CellError("missing; every answer needs one", "missing")


def _id(value: object) -> str:
    read = cells.text(value)
    if read is None:
        raise _missing()
    return read


def _day(value: object) -> date:
    read = cells.calendar_date(value)
    if read is None:
        raise _missing()
    return read


def _word(value: object, words: Mapping[str, str]) -> str | None:
    read = cells.text(value)
    if read is None:
        return None
    if (known := words.get(name_key(read))) is None:
        *others, last = dict.fromkeys(words.values())
        message = f"unknown answer; right would be {', '.join(others)} or {last}, or an empty cell"
        raise CellError(message, "unknown-value")
    return known


def _side(value: object) -> str:
    read = cells.text(value)
    if read is None:
        raise _missing()
    if (known := _SIDES.get(name_key(read))) is None:
        message = "unknown; right would be mentor or mentee, whoever of the two answers"
        raise CellError(message, "unknown-value")
    return known


def _hours(value: object) -> float | None:
    read = cells.number(value)
    if read is not None and not 0 <= read <= MOST_HOURS:
        message = f"out of range; right would be hours from 0 to {MOST_HOURS}"
        raise CellError(message, "out-of-range")
    return read


def _skills(value: object) -> tuple[str, ...]:
    read = cells.names(value)
    if any(_RATING.search(name) for name in read):
        message = "a level or a priority has no place here; right would be names separated by ';'"
        raise CellError(message, "wrong-type")
    return read


def _free_text(value: object) -> str | None:
    """Accept any text, with line breaks, except characters that no file can hold."""
    if cells.is_empty(value):
        return None
    if not isinstance(value, str):
        message = "not text; write it in quotes"
        raise CellError(message, "wrong-type")
    if len(value) > MOST_LETTERS:
        message = f"longer than a comment is; right would be up to {MOST_LETTERS:,} letters"
        raise CellError(message, "too-long")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        message = "holds half of a character (a lone surrogate); write it again"
        raise CellError(message)
    return value.strip()


_Id: TypeAlias = Annotated[str, BeforeValidator(_id)]
_Answer: TypeAlias = Annotated[Answer | None, BeforeValidator(partial(_word, words=_ANSWERS))]
_Sessions: TypeAlias = Annotated[
    Annotated[int, Field(ge=0, le=MOST_SESSIONS)] | None,
    BeforeValidator(partial(cells.whole_number, lowest=0, highest=MOST_SESSIONS)),
]


_Level: TypeAlias = Annotated[
    Annotated[int, Field(ge=1, le=5)] | None,
    BeforeValidator(partial(cells.whole_number, lowest=1, highest=5)),
]


class FeedbackRecord(PlainData):
    """One person's answers about a duo on one day. A question without an answer is ``None``.

    Examples
    --------
    >>> answer = FeedbackRecord(mentor="lea", mentee="ada", on="1/12/2026", by="mentee", objective="Partly")
    >>> answer.objective, answer.wish
    ('partly', None)
    """

    refusal: ClassVar[type[InputError]] = FeedbackError

    mentor: _Id
    """Id of the mentor."""
    mentee: _Id
    """Id of the mentee."""
    on: Annotated[date, BeforeValidator(_day, json_schema_input_type=str)]
    """The day of the answer."""
    by: Annotated[By, BeforeValidator(_side)]
    """Role of the person who answers."""
    objective: _Answer = None
    """Whether the objective of the duo was reached."""
    skill_used: _Answer = None
    """Whether the skill is used at work."""
    format: Annotated[Format | None, BeforeValidator(partial(_word, words=_FORMATS))] = None
    """Whether the format of the sessions is still right, or which one would be."""
    satisfaction: Annotated[
        Annotated[int, Field(ge=1, le=5)] | None,
        BeforeValidator(partial(cells.whole_number, lowest=1, highest=5)),
    ] = None
    """Satisfaction, from 1 to 5."""
    acquired: Annotated[
        tuple[str, ...], BeforeValidator(_skills, json_schema_input_type=str | list[str] | None)
    ] = ()
    """Skills that the mentee has acquired since the last answer."""
    sessions_held: _Sessions = None
    """Number of sessions held since the last answer of the same person."""
    sessions_cancelled: _Sessions = None
    """Number of sessions cancelled since the last answer of the same person."""
    hours_saved: Annotated[Annotated[float, Field(ge=0, le=MOST_HOURS)] | None, BeforeValidator(_hours)] = (
        None
    )
    """Hours saved since the last answer of the same person."""
    level_before: _Level = Field(default=None, exclude_if=is_none)
    """Own level, from 1 to 5, in what the duo is about, as it was before: said by the person who answers."""
    level_after: _Level = Field(default=None, exclude_if=is_none)
    """Own level, from 1 to 5, in what the duo is about, as it is now."""
    wish: Annotated[Wish | None, BeforeValidator(partial(_word, words=_WISHES))] = None
    """Wish for the future of the duo: to continue, to change, or to stop."""
    own: dict[str, float | str] = Field(default_factory=dict, exclude_if=operator.not_)
    """Answers to the programme's own questions, by heading: numbers, or words that were declared."""
    comment: Annotated[str | None, BeforeValidator(_free_text)] = Field(default=None, repr=False)
    """Free text; never scored, never shown beside figures."""

    @model_validator(mode="after")
    def _is_of_two(self) -> FeedbackRecord:
        if id_key(self.mentor) == id_key(self.mentee):
            message = "mentor and mentee are one person; right would be the ids of two"
            raise CellError(message)
        return self

    @property
    def duo(self) -> tuple[str, str]:
        """Keys of the ids of mentor and mentee."""
        return pair_key(self)

    @property
    def says_something(self) -> bool:
        """Whether at least one question was answered; a comment is no answer."""
        return bool(self.acquired or self.own) or any(getattr(self, name) is not None for name in QUESTIONS)


REQUIRED = ("mentor", "mentee", "on", "by")
"""Fields that every record has."""
QUESTIONS = tuple(
    name for name in FeedbackRecord.model_fields if name not in (*REQUIRED, "acquired", "own", "comment")
)
"""Questions that may be left unanswered; they are ``None`` then."""
