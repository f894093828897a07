"""The names that matched between two people, which explain the value of a criterion."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reverse_match.foundation.records import PlainData
from reverse_match.people.skill_names import Rung


class NameMatch(PlainData):
    """A name that the mentor wrote and one that the mentee wrote, taken to mean the same."""

    criterion: str
    """Name of the criterion that compared them."""
    mentor: str
    """As the mentor wrote it."""
    mentee: str
    """As the mentee wrote it."""
    rung: Rung
    """How they were found to mean the same: ``exact``, ``alias`` or ``typo``."""
    taught_by: Literal["mentor", "mentee"] | None = None
    """Who offers it, for skills; nobody, for shared goals."""


class SharedName(NamedTuple):
    """What a :class:`NameMatch` is made of: as found, by the thousand."""

    criterion: str
    mentor: str
    mentee: str
    rung: Rung
    taught_by: Literal["mentor", "mentee"] | None = None
