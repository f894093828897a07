"""What a language has to say in the report: headings, columns and sentences, and how it writes numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reverse_match.policy.values import Role
    from reverse_match.scoring.name_matches import NameMatch


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


class ReportLanguage(Protocol):
    """The phrases of one language."""

    def __call__(self, phrase: str, **values: str) -> str:
        """Return a heading, a column or a sentence, with values in its places."""
        ...

    def count(self, number: int) -> str:
        """Write a whole number."""
        ...

    def number(self, value: float, places: int = 3) -> str:
        """Write a number with so many decimal places."""
        ...

    def share(self, value: float, places: int = 1) -> str:
        """Write a share as so many of a hundred."""
        ...

    def day(self, day: date) -> str:
        """Write a day."""
        ...

    def criterion(self, name: str) -> str:
        """Say what a criterion is called."""
        ...

    def rule(self, label: str) -> str:
        """Say what a rule is called."""
        ...

    def of(self, part: int, whole: int) -> str:
        """Say that so many of so many."""
        ...

    def duos(self, number: int) -> str:
        """Count duos."""
        ...

    def people(self, number: int) -> str:
        """Count people."""
        ...

    def allowed_pairs(self, number: int) -> str:
        """Count the allowed pairs that a proof has looked at."""
        ...

    def is_one(self, number: int) -> bool:
        """Say whether a noun of so many is in the singular."""
        ...

    def matched(self, taught_by: Role | None, names: Sequence[NameMatch]) -> str:
        """Say which names match between two people: what one of them teaches, or what both have."""
        ...

    def best(self, proof: ProofInWords) -> str:
        """Say in a clause what no other matching has."""
        ...

    def round(self, number: int, day: str) -> str:
        """Say which round begins, and when."""
        ...

    def passage(self, kept: int, ended: int, new: int, waiting: int) -> str:
        """Say how many duos go on, end and are new, and how many people wait."""
        ...

    def learned(self, skills: int) -> str:
        """Say how many skills were learned."""
        ...
