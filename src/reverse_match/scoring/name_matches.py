"""Matches of names between two people, which explain the value of a criterion."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reverse_match.foundation.records import PlainData
from reverse_match.people.skill_names import Rung


class NameMatch(PlainData):
    """A name written by the mentor and a name written by the mentee that have the same meaning."""

    criterion: str
    """Name of the criterion that compared the two names."""
    mentor: str
    """The name that the mentor wrote."""
    mentee: str
    """The name that the mentee wrote."""
    rung: Rung
    """The way in which the names were found to mean the same: ``exact``, ``alias`` or ``typo``."""
    taught_by: Literal["mentor", "mentee"] | None = None
    """Role of the person who offers the skill; absent for shared goals, which nobody offers."""


class SharedName(NamedTuple):
    """The values of a :class:`NameMatch`, as a tuple that is fast to make."""

    criterion: str
    mentor: str
    mentee: str
    rung: Rung
    taught_by: Literal["mentor", "mentee"] | None = None
