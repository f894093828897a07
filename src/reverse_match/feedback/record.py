"""One answer of a mentor or a mentee about their duo: a short form, filled in each month or at the end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from reverse_match import cells
from reverse_match.participant import Names
from reverse_match.plain_data import PlainData

Answer: TypeAlias = Literal["yes", "partly", "no"]
Format: TypeAlias = Literal["yes", "shorter", "other channel", "different day"]
Wish: TypeAlias = Literal["continue", "change", "stop"]


class FeedbackRecord(PlainData):
    """What one of the two says about a duo on one day. Whatever is not answered is ``None``.

    Examples
    --------
    >>> answer = FeedbackRecord(mentor="lea", mentee="ada", on="2026-12-01", by="mentee", objective="partly")
    >>> answer.objective, answer.wish
    ('partly', None)
    """

    mentor: str
    """Id of the one who teaches."""
    mentee: str
    """Id of the one who learns."""
    on: Annotated[date, BeforeValidator(cells.calendar_date, json_schema_input_type=str)]
    """The day of the answer."""
    by: Literal["mentor", "mentee"]
    """Who answers."""
    objective: Answer | None = None
    """Whether the objective was reached."""
    skill_used: Answer | None = None
    """Whether the skill is used at work."""
    format: Format | None = None
    """Whether the format is still right, or what would be."""
    satisfaction: Annotated[int, Field(ge=1, le=5)] | None = None
    """From 1 to 5."""
    acquired: Names = ()
    """Skills that the mentee has acquired since the last answer."""
    sessions_held: Annotated[int, Field(ge=0)] | None = None
    """Since the last answer of the same person."""
    sessions_cancelled: Annotated[int, Field(ge=0)] | None = None
    """Since the last answer of the same person."""
    hours_saved: Annotated[float, Field(ge=0)] | None = None
    """Since the last answer of the same person."""
    wish: Wish | None = None
    """What should become of the duo."""
    comment: str | None = None
    """Free text; never scored, never shown beside figures."""
