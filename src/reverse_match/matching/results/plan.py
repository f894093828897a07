"""What a plan over several rounds is: a matching for each, one proof for all, and who sits out when.

Frozen, and the same in JSON, like a :class:`.Matching`.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from reverse_match.foundation.arguments import MOST_ROUNDS, check_arguments
from reverse_match.foundation.canonical_form import by_name, canonical_digest
from reverse_match.foundation.errors import InputError, MatchingFileError
from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.records import Day, PlainData, WordedRecord
from reverse_match.matching.results.matching import Certificate, Digests, Matching, rewrite
from reverse_match.matching.results.upgrading import SCHEMA_VERSION, record_of_json
from reverse_match.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

WhySittingOut = Literal[
    "capacity", "absent", "fewer_partners_than_rounds", "no_allowed_partner", "partners_taken", "quota_full"
]


class SittingOut(WordedRecord):
    """Somebody who has no duo, in a role, in some rounds of a plan, and why."""

    id: str
    """Who."""
    role: Literal["mentor", "mentee"]
    """In which role."""
    rounds: tuple[int, ...]
    """In which rounds, counted from 1."""
    absent: tuple[int, ...] = ()
    """In which of them the person is away."""
    partners: int
    """How many different partners the person has in the other rounds."""
    reason: WhySittingOut
    """``capacity`` (0); ``absent`` (in all these rounds); ``fewer_partners_than_rounds`` (in each round in
    which the person is there, everybody whom they may be with is with them in another round, or away);
    ``no_allowed_partner`` (the rules leave nobody); ``partners_taken`` (others have the possible partners);
    ``quota_full`` (quotas leave no room)."""


class Spread(PlainData):
    """How equal the rounds of a plan are."""

    smallest: int
    """Number of duos of the smallest round."""
    largest: int
    """Of the largest."""
    mean: float | None
    """Mean score of all duos of all rounds; ``None`` where there is none."""
    worst_round: int | None
    """Which round has the lowest mean score, counted from 1."""
    worst_mean: float | None
    """That mean score."""
    best_mean: float | None
    """The highest mean score of a round."""
    worst_share: float | None
    """The lowest mean as a share of the mean of all; 1 where all rounds are equally good."""


class RotationPlan(PlainData):
    """Duos for several rounds, in which no two people meet twice.

    Each round is a matching that verifies by itself: the policy that stands in it forbids the duos of the
    other rounds.

    Examples
    --------
    >>> import reverse_match as rm
    >>> cohort = rm.read_cohort(rm.demo_path())
    >>> plan = rm.plan_rotations(cohort, rounds=3)
    >>> [len(matching.duos) for matching in plan.rounds], plan.certificate.gap
    ([25, 25, 25], 0.0)
    >>> rm.RotationPlan.from_json(plan.to_json()) == plan
    True
    """

    refusal: ClassVar[type[InputError]] = MatchingFileError

    schema_version: Literal[2] = SCHEMA_VERSION
    """Version of this format."""
    library_version: str
    """Version of reverse_match that made it."""
    status: Literal["optimal", "feasible"]
    """``optimal`` where no plan is better, and that is proved."""
    rounds: Annotated[tuple[Matching, ...], Field(max_length=MOST_ROUNDS)]
    """A matching for each round, in their order. Its certificate says how good that round is, given the
    others."""
    total: OnGrid
    """Sum of all scores, exactly."""
    certificate: Certificate
    """Of all rounds together, as if they were one matching in which everybody has their capacity once for
    each round: its bounds hold for every plan."""
    sitting_out: tuple[SittingOut, ...]
    """Who has no duo in which rounds, sorted by id and role."""
    spread: Spread
    """How equal the rounds are."""
    months: tuple[tuple[str, ...], ...] = Field(default=(), exclude_if=operator.not_)
    """The months of each round, where a programme said so."""
    absent: Annotated[dict[str, tuple[int, ...]], AfterValidator(by_name)] = Field(
        default_factory=dict, exclude_if=operator.not_
    )
    """Who is away, by id, and in which rounds."""
    policy: Policy
    """Everything that was a choice."""
    as_of: Day | None
    """The day on which birth dates became ages; ``None`` where no age depended on it."""
    digests: Digests
    """Of the input."""

    def __str__(self) -> str:
        duos = sum(len(matching.duos) for matching in self.rounds)
        proof = "proved optimal" if self.certificate.proved else f"gap {self.certificate.gap:.2e}"
        return (
            f"{quantity(len(self.rounds), 'round')}, {quantity(duos, 'duo')}, total {self.total:.6f}, {proof}"
        )

    def __repr__(self) -> str:
        return f"RotationPlan({self})"

    def to_json(self) -> str:
        """Return the plan as JSON text; :meth:`from_json` gives back an equal one."""
        return self.model_dump_json(indent=2) + "\n"

    @property
    def sha256(self) -> str:
        """Digest of the plan: equal plans have one, whatever the order of keys in their JSON."""
        return canonical_digest(self)

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "plan") -> RotationPlan:
        """Read a plan from JSON text.

        Parameters
        ----------
        text : str or bytes
            What :meth:`to_json` returned.
        source : str
            What to call it in messages.

        Raises
        ------
        MatchingFileError
            If it is not a plan, or one of a newer version. Earlier versions are read.
        """
        return record_of_json(cls, "plan", text, source, rewrite)


def spread_of(rounds: Sequence[Matching]) -> Spread:
    """Return how equal some rounds are."""
    sizes = [len(matching.duos) for matching in rounds]
    means = [
        (round(matching.total / len(matching.duos), 6), -number)
        for number, matching in enumerate(rounds, 1)
        if matching.duos
    ]
    if not means:
        nothing = dict.fromkeys(("mean", "worst_round", "worst_mean", "best_mean", "worst_share"))
        return Spread(smallest=0, largest=0, **nothing)
    mean = round(sum(matching.total for matching in rounds) / sum(sizes), 6)
    worst, best = min(means, key=lambda entry: (entry[0], -entry[1])), max(means)
    return Spread(
        smallest=min(sizes),
        largest=max(sizes),
        mean=mean,
        worst_round=-worst[1],
        worst_mean=worst[0],
        best_mean=best[0],
        worst_share=round(worst[0] / mean, 6) if mean else 1.0,
    )
