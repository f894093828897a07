"""Arguments of phrases that no record holds."""

from __future__ import annotations

from typing import NamedTuple


class PriceInWords(NamedTuple):
    """The loss of the programme that a phrase states."""

    points: float
    duos: int


class CalendarText(NamedTuple):
    """The texts of an event in a calendar."""

    summary: str
    description: str


class DuoInWords(NamedTuple):
    """A duo of a programme that a phrase names."""

    programme: str | None
    mentor: str
    mentee: str


class ProofInWords(NamedTuple):
    """The statement of a certificate that a phrase expresses."""

    objective: str
    """Objective: ``coverage``, ``total``, ``max_min`` (if the worst duo is part of the proof), or
    ``fair``."""
    duos: int
    duos_bound: int
    alpha: float
    quotas: bool
    """Whether the policy has quotas."""
    credits: bool
    """Whether the total includes credits."""
    asks: bool = False
    """Whether the policy asks for something as far as possible."""
    spread_over: str = ""
    """Over whom duos are spread; empty if they are not."""
    spread_last: bool = False
    """Whether they are spread after the total."""
    over: str = ""
    """Under an objective over people: ``mentors``, ``mentees`` or ``people``; empty under others."""
    of: str = ""
    """What counts of a person's duos: ``mean`` or ``sum``."""
