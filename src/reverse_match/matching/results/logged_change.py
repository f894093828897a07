"""Records of what a file of changes asked for, as the log keeps it, and of who came first at an amendment."""

from __future__ import annotations

import operator
from collections import Counter
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from pydantic import Field

from reverse_match.foundation.records import PlainData
from reverse_match.policy.values import is_none

if TYPE_CHECKING:
    from collections.abc import Iterable

KindOfChange: TypeAlias = Literal["declined", "left", "returned", "joined", "corrected", "waiting"]
ReasonOfChange: TypeAlias = Literal[
    "no_time", "no_common_dates", "not_the_right_skills", "knows_the_person", "other"
]

KINDS_OF_CHANGES: tuple[KindOfChange, ...] = get_args(KindOfChange)
REASONS_OF_CHANGES: tuple[ReasonOfChange, ...] = get_args(ReasonOfChange)


class LoggedChange(PlainData):
    """One change that a file of changes asked for.

    Examples
    --------
    >>> LoggedChange(person="ada", kind="declined", partner="lea", reason="no_time").partner
    'lea'
    """

    person: str
    """Id of the person who changes something."""
    kind: KindOfChange
    """Kind of the change: the person ``declined`` a partner, ``left``, ``returned``, ``joined``, was
    ``corrected`` in some fields, or is ``waiting`` without a duo this time."""
    partner: str | None = Field(default=None, exclude_if=is_none)
    """For ``declined``: id of the partner."""
    reason: ReasonOfChange | None = Field(default=None, exclude_if=is_none)
    """Code of the reason, if one was given; ``other`` also stands for a reason in own words."""
    fields: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """For ``corrected``: names of the fields and columns that were corrected, sorted; not what they hold."""
    comment: str | None = Field(default=None, exclude_if=is_none)
    """Reason or comment in own words, only where the amendment was told to keep it."""


class Precedence(PlainData):
    """People who came before those who joined the programme later, in one role.

    They were there when the later ones joined, and had no duo that stayed. A quota of the amended matching
    gives them as many duos as they can have, whoever else wants the places.
    """

    role: Literal["mentor", "mentee"]
    """Role in which they want a duo."""
    joined_by: int
    """Number of amendments of this round after which they were all there; 0 if they were there from its
    beginning."""
    people: tuple[str, ...]
    """Ids of these people, sorted; without those who are ``beside``."""
    at_least: int
    """Number of their duos that the quota demands."""
    beside: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Ids, sorted, of such of these people who have several places and might have several of the demanded
    duos. They count as one each, so the others must have as many duos as are missing then."""


def names_of_precedence(asked: Iterable[Precedence]) -> list[str]:
    """Return the names of the quotas by which people come before those who joined after an amendment.

    Examples
    --------
    >>> first = [{"role": "mentee", "joined_by": 0}, {"role": "mentor", "joined_by": 2}]
    >>> first.append({"role": "mentor", "joined_by": 2, "beside": ["ada"]})
    >>> names_of_precedence(Precedence(people=("lea",), at_least=1, **one) for one in first)
    ['mentees who wait', 'mentors who wait (2)', 'mentors who wait, each once (1)']
    """
    names: list[str] = []
    cuts: Counter[str] = Counter()
    for one in asked:
        if one.beside:
            cuts[one.role] += 1
            names.append(f"{one.role}s who wait, each once ({cuts[one.role]})")
        else:
            names.append(f"{one.role}s who wait" + (f" ({one.joined_by})" if one.joined_by else ""))
    return names
