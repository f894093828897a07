"""The record of a plan over several rounds: a matching for each round, and one certificate for all.

Like a :class:`.Matching`, the record is frozen, and its JSON holds the same data.
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
    """A person who sits out in a role in some rounds of a plan, and the reason."""

    id: str
    """Id of the person."""
    role: Literal["mentor", "mentee"]
    """Role in which the person has no duo."""
    rounds: tuple[int, ...]
    """Rounds in which the person sits out, counted from 1."""
    absent: tuple[int, ...] = ()
    """Those of the rounds in which the person is away."""
    partners: int
    """Number of different partners of the person in the other rounds."""
    reason: WhySittingOut
    """Reason: ``capacity`` (it is 0); ``absent`` (the person is away in all these rounds);
    ``fewer_partners_than_rounds`` (whenever the person is there, each allowed partner is away, or theirs in
    another round); ``no_allowed_partner`` (rules forbid all partners); ``partners_taken`` (others have all
    possible partners); ``quota_full`` (quotas allow no further duo)."""


class Spread(PlainData):
    """Differences in size and mean score between the rounds of a plan."""

    smallest: int
    """Number of duos of the smallest round."""
    largest: int
    """Number of duos of the largest round."""
    mean: float | None
    """Mean score of all duos of all rounds, from 0 to 1; ``None`` if there are no duos."""
    worst_round: int | None
    """Number of the round with the lowest mean score, counted from 1."""
    worst_mean: float | None
    """Mean score of that round."""
    best_mean: float | None
    """The highest mean score of a round."""
    worst_share: float | None
    """The lowest mean score of a round as a share of ``mean``; 1 if all rounds are equally good."""


class RotationPlan(PlainData):
    """Matchings for several rounds, in which no two people meet twice.

    Each round is a matching that can be verified by itself: its policy in force forbids the duos of the other
    rounds.

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
    """Version of reverse_match that made the plan."""
    status: Literal["optimal", "feasible"]
    """``optimal`` if the plan is proved to be the best possible."""
    rounds: Annotated[tuple[Matching, ...], Field(max_length=MOST_ROUNDS)]
    """The matching of each round, in order. Its certificate proves how good the round is, given the
    others."""
    total: OnGrid
    """Exact sum of the scores of all duos of all rounds."""
    certificate: Certificate
    """Certificate of all rounds together, as one matching in which everybody has their capacity once for each
    round. Its bounds hold for every plan."""
    sitting_out: tuple[SittingOut, ...]
    """People who sit out in some rounds, sorted by id and role."""
    spread: Spread
    """Differences in size and mean score between the rounds."""
    months: tuple[tuple[str, ...], ...] = Field(default=(), exclude_if=operator.not_)
    """Months of each round, if the plan is made for a programme."""
    absent: Annotated[dict[str, tuple[int, ...]], AfterValidator(by_name)] = Field(
        default_factory=dict, exclude_if=operator.not_
    )
    """Rounds in which people are away, by id of the person, counted from 1."""
    policy: Policy
    """The policy as given."""
    as_of: Day | None
    """The day on which ages were computed from birth dates; ``None`` if no age depends on it."""
    digests: Digests
    """Digests of the input."""

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
        """SHA-256 digest; equal plans have the same, whatever the order of keys in their JSON."""
        rounds = tuple(matching.without_language for matching in self.rounds)
        return canonical_digest(
            self.model_copy(update={"policy": self.policy.without_language, "rounds": rounds})
        )

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "plan") -> RotationPlan:
        """Read a plan from JSON text.

        Parameters
        ----------
        text : str or bytes
            JSON text that :meth:`to_json` returned.
        source : str
            Name of the text in messages.

        Raises
        ------
        MatchingFileError
            If the text is not a plan, or one of a newer version. Earlier versions are read.
        """
        return record_of_json(cls, "plan", text, source, rewrite)


def spread_of(rounds: Sequence[Matching]) -> Spread:
    """Return the differences in size and mean score between some rounds."""
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
