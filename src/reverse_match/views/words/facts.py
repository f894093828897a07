"""What is to be said: the ids, names and numbers that a record hands to a phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from reverse_match.policy.values import Role


class PairInWords(NamedTuple):
    """Two people and a score, to be said."""

    mentor: str
    mentee: str
    score: float


class PartnerInWords(NamedTuple):
    """Somebody and the score with them, to be said."""

    id: str
    score: float


class PriceInWords(NamedTuple):
    """What the programme would lose, to be said."""

    points: float
    duos: int


class DemandInWords(NamedTuple):
    """A demand, to be said."""

    kind: str
    name: str
    counted: str
    measure: str | None
    limit: str | None
    bound: int | float | None
    groups: tuple[str, ...]
    duos: tuple[tuple[str, str], ...]
    role: Role | None
    ids: tuple[str, ...]


class RelaxationInWords(NamedTuple):
    """A change that would do, to be said."""

    kind: str
    name: str
    counted: str
    measure: str | None
    limit: str | None
    bound: int | float | None
    instead_of: int | float | None
    duo: tuple[str, str] | None
    role: Role | None
    id: str | None


class ChangeInWords(NamedTuple):
    """What becomes of a duo or a person, to be said."""

    kind: str
    mentor: str | None
    mentee: str | None
    reason: str
    who: tuple[str, ...]
    rules: tuple[str, ...]
    format: str | None
    minutes: int | None
    rounds_without: int


class ProposalInWords(NamedTuple):
    """What is proposed for a duo, to be said."""

    mentor: str
    mentee: str
    proposal: str
    format: str | None
    minutes: int | None


class ProposalReasonInWords(NamedTuple):
    """Why, to be said: whose answer, and of which day the latest of them is."""

    code: str
    person: str
    role: Role
    on: date
    format: str | None
    number: int | None
    out_of: int | None


class CalendarText(NamedTuple):
    """What an event of a calendar says."""

    summary: str
    description: str


class DuoInWords(NamedTuple):
    """A duo of a programme, to be said."""

    programme: str | None
    mentor: str
    mentee: str


class FigureInWords(NamedTuple):
    """A figure, to be said; without a value where nothing is known, or where it is suppressed."""

    value: float | None
    numerator: float | None
    denominator: int | None
    low: float | None
    high: float | None
    suppressed: bool


class RelationInWords(NamedTuple):
    """How the outcome changes with a criterion, to be said."""

    criterion: str
    change: float
    low: float
    high: float


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
