"""What comes out: duos, who was left out and why, and the proof. Frozen, and the same in JSON.

Numbers are points from 0 to 1 on a grid of millionths: each is the decimal fraction with at most six places
that the exact whole number stands for, so that ``round(1_000_000 * score)`` gives it back and contributions
add up exactly.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field, ValidationError

from reverse_match.errors import Fault, MatchingFileError
from reverse_match.plain_data import Day, PlainData
from reverse_match.policy import Policy
from reverse_match.policy.values import is_none
from reverse_match.scoring.evidence import NameMatch
from reverse_match.scoring.grid import Points

SCHEMA_VERSION = 1

OnGrid: TypeAlias = Annotated[float, AfterValidator(Points)]
Reason: TypeAlias = Literal["sits_out", "no_allowed_partner", "below_minimum_score", "partners_taken"]


class Duo(PlainData):
    """A mentor and a mentee who are matched."""

    mentor: str
    """Id of the one who teaches."""
    mentee: str
    """Id of the one who learns."""
    score: OnGrid
    """From 0 to 1."""
    contributions: dict[str, OnGrid]
    """Points of each criterion; they sum to the score, exactly."""
    missing: tuple[str, ...] = ()
    """Criteria that were not known for this pair and gave it their neutral value."""
    name_matches: tuple[NameMatch, ...] = ()
    """Skills and goals that matched, and by which rung of the ladder."""
    fixed: bool = False
    """Whether the policy demanded this duo."""


class Unmatched(PlainData):
    """Somebody who has no duo in a role, and why."""

    id: str
    """Who."""
    role: Literal["mentor", "mentee"]
    """In which role; somebody who is both can be matched in one and not in the other."""
    reason: Reason
    """``sits_out`` (capacity 0), ``no_allowed_partner``, ``below_minimum_score``, or ``partners_taken``."""
    allowed_partners: int
    """How many partners the rules allowed."""
    blocked_by: dict[str, int] = Field(default_factory=dict)
    """How many partners each rule took away."""

    def __str__(self) -> str:
        """Return the reason as a sentence."""
        if self.reason == "sits_out":
            return "sits out: capacity 0"
        if self.reason == "partners_taken":
            plural = "s" * (self.allowed_partners != 1)
            return f"{self.allowed_partners} possible partner{plural}, all taken by others"
        rules = ", ".join(f"{rule} ({count})" for rule, count in self.blocked_by.items())
        if self.reason == "below_minimum_score":
            return f"every possible partner is below the minimum score: {rules}"
        return (
            f"no allowed partner: {rules}"
            if rules
            else "no allowed partner: there is nobody else on the other side"
        )


class QuotaPrice(PlainData):
    """What duos pay, in a proof, for counting in a quota. Below 0: what they get."""

    quota: int
    """Place of the quota in the policy, from 0."""
    group: str | None = Field(default=None, exclude_if=is_none)
    """Of which group, where the quota is on each of some."""
    inside: float
    """What a duo that counts pays."""
    outside: float = 0.0
    """What another duo pays; only shares have it."""


class DuosProof(PlainData):
    """Prices that prove that quotas allow no more duos. Each duo is worth 1, whatever its score."""

    bound: float
    """What these prices prove: no matching that keeps the quotas has more duos."""
    mentor_prices: dict[str, float]
    """Price of each mentor whose capacity is in the way."""
    mentee_prices: dict[str, float]
    """Price of each mentee whose capacity is in the way."""
    quota_prices: tuple[QuotaPrice, ...]
    """What duos pay for counting in quotas."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """If a search has closed what the prices leave open: how many pairs could be in a larger matching."""


class QuotaResult(PlainData):
    """How a quota is met."""

    name: str
    """What it is called."""
    reached: float | None = Field(default=None, exclude_if=is_none)
    """The number of duos that count, or their share; ``None`` where no duo is formed to have a share in."""
    lowest: int | None = Field(default=None, exclude_if=is_none)
    """Where each of some groups has a bound: the lowest number of duos of a group."""
    highest: int | None = Field(default=None, exclude_if=is_none)
    """And the highest."""


class Certificate(PlainData):
    """Prices that prove how far from the best possible matching this one can be.

    The bounds hold for every matching, and anybody can recompute them from the prices: see ``docs/proof.md``.
    Totals and prices are of what the policy's objective adds up: scores, and under ``fair`` utilities of
    scores (a full score is worth 1), which are whole multiples of 10^-8.
    """

    duos: int
    """Number of duos formed."""
    duos_bound: int
    """No matching has more duos than this."""
    total: float
    """Of the duos: of their scores, or under ``fair`` of their utilities."""
    bound: float
    """No matching of as many duos has a higher total; under ``total`` none at all, and under ``max_min`` none
    whose free duos all score what the worst of this one does."""
    gap: float
    """How far from the best this matching can be, as a share of the bound; 0 when proved optimal. The largest
    of the shares for duos, total and worst duo; under ``total`` the number of duos does not count."""
    pairs_checked: int
    """Number of allowed pairs that were looked at. Prices were checked against all of them; under ``max_min``
    against those that score what the worst duo does, and who is scarce against all."""
    duo_price: float
    """What one duo fewer would gain; 0 if nothing."""
    mentor_prices: dict[str, float]
    """Price of each mentor who had capacity: what one more place with them would be worth."""
    mentee_prices: dict[str, float]
    """Price of each mentee who had capacity."""
    scarce_mentors: tuple[str, ...]
    """Mentors whose capacity limits the number of duos."""
    scarce_mentees: tuple[str, ...]
    """Mentees whose capacity limits the number of duos."""
    equal_optima: bool | None = Field(default=None, exclude_if=is_none)
    """Whether other matchings are as good, so that a lottery under the policy's seed decided; ``None`` where
    it is not proved that none is better."""
    units: int | None = Field(default=None, exclude_if=is_none)
    """Under ``fair``: how many units make 1; totals and prices are whole numbers of units."""
    worst: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest score of a duo that the policy did not fix."""
    worst_bound: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: in no matching of as many duos do all free ones score more than this."""
    worst_scarce_mentors: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: mentors whose capacity limits the number of duos that score more."""
    worst_scarce_mentees: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: mentees whose capacity does."""
    quota_prices: tuple[QuotaPrice, ...] | None = Field(default=None, exclude_if=is_none)
    """With quotas: what duos pay for counting in them. A duo is then worth its score less what it pays."""
    relaxed_bound: float | None = Field(default=None, exclude_if=is_none)
    """With quotas: what prices alone prove, in place of ``bound``."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """If a search has closed what the prices leave open: how many pairs could be in a better matching."""
    duos_proof: DuosProof | None = Field(default=None, exclude_if=is_none)
    """Where quotas limit the number of duos, and not who is scarce: why there cannot be more."""

    @property
    def proved(self) -> bool:
        """Whether the matching is proved to be the best possible."""
        return self.gap == 0


class CriterionSummary(PlainData):
    """What a criterion was on this cohort."""

    name: str
    """As in the policy."""
    weight: float
    """Normalised: all weights sum to 1."""
    neutral: float | None
    """The value that pairs got for which it was not known; ``None`` when it was known for all."""
    known_pairs: int
    """For how many pairs it was known."""


class Digests(PlainData):
    """SHA-256 of what went in, so that a matching can be told to belong to it."""

    file: str | None
    """Of the bytes of the people file, if there was one."""
    cohort: str
    """Of the people, whatever the order of the file."""
    policy: str
    """Of the policy."""


class Matching(PlainData):
    """All duos, who was left out and why, and the certificate.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> matching.certificate.gap
    0.0
    >>> rm.Matching.from_json(matching.to_json()) == matching
    True
    """

    schema_version: Literal[1] = 1
    """Version of this format."""
    library_version: str
    """Version of reverse_match that made it."""
    status: Literal["optimal", "feasible"]
    """What the solver said (``feasible`` if time ran out); what was *checked* stands in the certificate."""
    duos: tuple[Duo, ...]
    """Sorted by mentor and mentee."""
    unmatched: tuple[Unmatched, ...]
    """Sorted by id and role."""
    total: OnGrid
    """Sum of the scores, exactly."""
    quotas: tuple[QuotaResult, ...] = Field(default=(), exclude_if=lambda quotas: not quotas)
    """How each quota of the policy is met."""
    criteria: tuple[CriterionSummary, ...]
    """Weights and neutral values as they were on this cohort."""
    certificate: Certificate
    """The proof."""
    policy: Policy
    """Everything that was a choice."""
    as_of: Day | None
    """The day on which birth dates became ages; ``None`` where no age depended on it."""
    digests: Digests
    """Of the input."""

    def __str__(self) -> str:
        proof = "proved optimal" if self.certificate.proved else f"gap {self.certificate.gap:.2e}"
        return f"{len(self.duos)} duos, total {self.total:.6f}, {len(self.unmatched)} unmatched, {proof}"

    def __repr__(self) -> str:
        return f"Matching({self})"

    def to_json(self) -> str:
        """Return the matching as JSON text; :meth:`from_json` gives back an equal one."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, source: str = "matching") -> Matching:
        """Read a matching from JSON text.

        Parameters
        ----------
        text : str or bytes
            What :meth:`to_json` returned.
        source : str
            What to call it in messages.

        Raises
        ------
        MatchingFileError
            If it is not a matching, or of a version that this one cannot read.
        """
        try:
            data = json.loads(text)
        except ValueError:
            raise MatchingFileError(
                [Fault("not JSON; right would be a matching written by match", source)]
            ) from None
        version = data.get("schema_version") if isinstance(data, dict) else None
        if version != SCHEMA_VERSION:
            message = f"schema_version is not {SCHEMA_VERSION}: not a matching that this version can read"
            raise MatchingFileError([Fault(message, source)])
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise MatchingFileError([_fault(detail, source) for detail in error.errors()]) from None

    def to_csv(self) -> str:
        """Return the duos as CSV, one row each, with the points of each criterion.

        Cells that a spreadsheet would take for a formula get an apostrophe in front.
        """
        names = [criterion.name for criterion in self.criteria]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([_safe_cell(name) for name in ("mentor", "mentee", "score", *names, "missing")])
        for duo in self.duos:
            points = [duo.contributions.get(name, "") for name in names]
            missing = _safe_cell(";".join(duo.missing))
            writer.writerow([_safe_cell(duo.mentor), _safe_cell(duo.mentee), duo.score, *points, missing])
        return text.getvalue()


def _safe_cell(text: str) -> str:
    """Neutralise what a spreadsheet would run: a cell that begins with ``= + - @``, a tab or a line break."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _fault(detail: Any, source: str) -> Fault:
    place = ".".join(str(part) for part in detail["loc"])
    return Fault(str(detail["msg"]), source, column=place or None)
