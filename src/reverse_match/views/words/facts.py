"""What is to be said where no record has it: what a phrase is given beside records, names and numbers."""

from __future__ import annotations

from typing import NamedTuple


class PriceInWords(NamedTuple):
    """What the programme would lose, to be said."""

    points: float
    duos: int


class CalendarText(NamedTuple):
    """What an event of a calendar says."""

    summary: str
    description: str


class DuoInWords(NamedTuple):
    """A duo of a programme, to be said."""

    programme: str | None
    mentor: str
    mentee: str


class ProofInWords(NamedTuple):
    """What no other matching has, to be said."""

    objective: str
    """``coverage``, ``total``, ``max_min`` (where a worst duo is proved), or ``fair``."""
    duos: int
    duos_bound: int
    alpha: float
    quotas: bool
    """Whether quotas have to be kept."""
    credits: bool
    """Whether credits count beside scores."""
