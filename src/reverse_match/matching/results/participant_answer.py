"""The record of an answer to a participant: their own outcome, and nothing of anybody but their partner."""

from __future__ import annotations

import operator
from typing import Literal

from pydantic import Field

from reverse_match.foundation.records import PlainData, WordedRecord
from reverse_match.matching.results.explanation import WaivedRule
from reverse_match.policy.values import Role, is_none


class SharedTopic(PlainData):
    """A skill or a goal that counted for a duo, as the participant has written it."""

    name: str
    """The name."""
    taught_by: Literal["you", "partner"] | None = Field(default=None, exclude_if=is_none)
    """Who teaches it; ``None`` for goals and languages that both have."""


class ParticipantAnswer(WordedRecord):
    """An answer to a participant about one duo of theirs, or the lack of one, in one role.

    It holds no score, no reason that depends on others, and of other people the id of the partner alone.

    Examples
    --------
    >>> print(ParticipantAnswer(person="ada", role="mentee", partner="lea").sentences()[0])
    In this round you are the mentee of 'lea'.
    """

    person: str
    """Id of the participant."""
    role: Role
    """Role of the participant."""
    partner: str | None = Field(default=None, exclude_if=is_none)
    """Id of the partner; ``None`` without a duo."""
    sits_out: bool = Field(default=False, exclude_if=operator.not_)
    """Whether the participant's capacity in this role is 0."""
    fixed: bool = Field(default=False, exclude_if=operator.not_)
    """Whether the programme has set this duo."""
    waived: tuple[WaivedRule, ...] = Field(default=(), exclude_if=operator.not_)
    """Rules that would keep the two apart and are waived for them; a reason that names others is left out."""
    shared: tuple[SharedTopic, ...] = ()
    """Skills, goals and languages that counted for the duo."""
    criteria: tuple[str, ...] = ()
    """Names of the criteria that count for everybody, in the order of the policy."""
    used: tuple[str, ...] = ()
    """Fields of the participant's own record that are filled and were used, sorted."""
    not_known: tuple[str, ...] = ()
    """Fields that would have been used and are empty in the participant's own record, sorted."""
    programme: str | None = Field(default=None, exclude_if=is_none)
    """Name of the programme."""
    contact: str | None = Field(default=None, exclude_if=is_none)
    """Whom the participant can ask, as text."""
