"""The record of a matching: duos, unmatched people with reasons, and the certificate; frozen, also as JSON.

Scores and points are whole millionths, stored as decimal fractions with at most six places. So
``round(1_000_000 * score)`` is the exact whole number, and contributions add up exactly.
"""

from __future__ import annotations

import csv
import io
import operator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, TypeAlias, TypeVar

from pydantic import AfterValidator, Field, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.canonical_form import by_name, canonical_digest, in_order
from reverse_match.foundation.errors import Fault, InputError, MatchingFileError, UnattachedError
from reverse_match.foundation.files import write_whole
from reverse_match.foundation.fixed_point import OnGrid
from reverse_match.foundation.frames import frame_of
from reverse_match.foundation.names import did_you_mean
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.records import Day, PlainData, views_of
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.matching.results.amendment import Amendment
from reverse_match.matching.results.people_proof import PeopleProof
from reverse_match.matching.results.proof_by_cases import ProofByCases
from reverse_match.matching.results.rotation import Rotation
from reverse_match.matching.results.unmatched import Shortage, Unmatched
from reverse_match.matching.results.upgrading import SCHEMA_VERSION, record_of_data, record_of_json
from reverse_match.policy import Policy
from reverse_match.policy.added import NOTHING_ADDED, Added
from reverse_match.policy.conditions import PastDuo
from reverse_match.policy.credits import CreditsByDuo
from reverse_match.policy.labels import SITS_OUT, labels_of
from reverse_match.policy.values import is_none
from reverse_match.scoring.name_matches import NameMatch

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.explanation import Alternative, Explanation
    from reverse_match.matching.results.rotation import Change
    from reverse_match.matching.results.unmatched import LeftOut
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.values import Role


def without_duo(matching: Matching) -> list[str]:
    """Return the ids of all people who have no duo in any role, sorted, each person once."""
    have = {duo.mentor for duo in matching.duos} | {duo.mentee for duo in matching.duos}
    return sorted({left.id for left in matching.unmatched} - have)


Part = TypeVar("Part", bound=PlainData)

PricesById: TypeAlias = Annotated[dict[str, float], AfterValidator(by_name)]


class Duo(PlainData):
    """A mentor and a mentee who are matched."""

    mentor: str
    """Id of the mentor."""
    mentee: str
    """Id of the mentee."""
    score: OnGrid
    """Score of the duo, from 0 to 1."""
    contributions: dict[str, OnGrid]
    """Contribution of each criterion, in points; their sum is exactly the score."""
    missing: tuple[str, ...] = ()
    """Criteria that were not known for this pair and gave it their neutral value."""
    name_matches: tuple[NameMatch, ...] = ()
    """Skills and goals that match, each with the rung by which it was found."""
    common_times: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Weekly times at which both are free, by the mentor's clock, if the policy asks for time in common. If
    it asks for time on site, each ends with its place: ``Mon 09:00-12:00 @Lyon``."""
    matters_most: dict[str, str] = Field(default_factory=dict, exclude_if=operator.not_)
    """The criterion that matters most to the mentor, and to the mentee, by role, if they have named one and
    the weights of the policy follow that."""
    weights: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Weights of this pair, which sum to 1, where they follow what matters most to the two."""
    fixed: bool = False
    """Whether the policy demands this duo."""
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points of credit of the duo, by the names of the policy's credits, in the order of the policy."""
    lacking: bool = Field(default=False, exclude_if=operator.not_)
    """Whether the duo is known to lack what the policy asks as far as possible."""

    def __str__(self) -> str:
        return f"'{self.mentor}' (mentor) and '{self.mentee}' (mentee): {self.score:.3f}"


class QuotaPrice(PlainData):
    """Payments of duos for a quota in a proof, by dual values; a negative payment is a gain."""

    quota: int
    """Index of the quota in the policy, from 0."""
    group: str | None = Field(default=None, exclude_if=is_none)
    """Name of the group, if the quota bounds each of several groups."""
    inside: float
    """Payment of a duo that counts in the quota."""
    outside: float = 0.0
    """Payment of a duo that does not count; only quotas on shares have it."""


class DuosProof(PlainData):
    """Prices that prove that there are no more duos of a kind; each is worth 1 here, whatever its score.

    The kind is all duos, those that score more than the worst one, or those that lack nothing of what the
    policy asks as far as possible; any other duo is worth nothing.
    """

    bound: float
    """Upper bound that the prices prove on the number of these duos in a matching that keeps the quotas."""
    duo_price: float = Field(default=0.0, exclude_if=operator.not_)
    """Cardinality dual, where the number of all duos is given: how many more of these duos there could be if
    there were one duo fewer."""
    mentor_prices: PricesById
    """Price of each mentor whose capacity limits the number of duos, by id."""
    mentee_prices: PricesById
    """Price of each mentee whose capacity limits the number of duos, by id."""
    quota_prices: tuple[QuotaPrice, ...]
    """Payments of duos for quotas."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """Number of pairs that a larger matching could have, if the prices leave a gap that a search has
    closed."""
    cases: ProofByCases | None = Field(default=None, exclude_if=is_none)
    """Proof by cases that no matching of these pairs is larger, if a search has closed the gap."""
    spread_weight: int = Field(default=0, exclude_if=operator.not_)
    """Where duos are spread under quotas, in the proof of those that lack nothing: what each two duos that
    share a person cost there, in parts of 100,000 of a duo."""


class BestUnspread(PlainData):
    """The best matching without the spread, with its proof: what spreading costs is the difference."""

    total: float
    """Total of that matching, in points of the objective."""
    lacking: int | None = Field(default=None, exclude_if=is_none)
    """Number of its duos that lack what the policy asks as far as possible, if it asks for something."""
    duo_price: float
    """Cardinality dual of its proof."""
    mentor_prices: PricesById
    """Price of each mentor in its proof, by id; prices of 0 are left out."""
    mentee_prices: PricesById
    """Price of each mentee in its proof, by id; prices of 0 are left out."""
    instead: tuple[tuple[str, str], ...]
    """Duos that it has instead of some of this matching, mentor first, sorted."""
    instead_of: tuple[tuple[str, str], ...]
    """Duos of this matching that it lacks, mentor first, sorted."""
    quota_prices: tuple[QuotaPrice, ...] = Field(default=(), exclude_if=operator.not_)
    """Payments of duos for quotas in its proof."""
    lacking_price: float = Field(default=0.0, exclude_if=operator.not_)
    """Under quotas: payment of a lacking duo in its proof."""
    relaxed_bound: float | None = Field(default=None, exclude_if=is_none)
    """Under quotas: upper bound on the total that the prices prove."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """Number of pairs that a better one could have, if the prices leave a gap that a search has closed."""
    cases: ProofByCases | None = Field(default=None, exclude_if=is_none)
    """Proof by cases that no matching of these pairs is better, if a search has closed the gap."""


class SpreadProof(PlainData):
    """Proof that no matching that is as good before this stage spreads its duos more evenly.

    The measure is the number of pairs of duos that share a person whose duos are spread: 0 where nobody has
    more than one, 1 for a person with two, 3 for one with three. It is lowest where the most people have a
    duo, then the most of these a second, and so on.
    """

    shared: int
    """Number of pairs of duos that share a person."""
    bound: int
    """Lower bound on that number."""
    duo_price: int
    """Dual value of the number of duos in this stage."""
    mentor_prices: dict[str, int]
    """Price of each mentor in this stage, by id, of either sign; prices of 0 are left out."""
    mentee_prices: dict[str, int]
    """Price of each mentee in this stage, by id; prices of 0 are left out."""
    weight: int
    """Multiple of the prices of the earlier stage, spread or total, that counts in the proof of the later
    one. Under quotas: what each two duos that share a person cost in the proof of the total, in its units."""
    under_quotas: DuosProof | None = Field(default=None, exclude_if=is_none)
    """Under quotas the prices stand here, with those of quotas: every duo is worth nothing, each two that
    share a person cost 1, and ``bound`` is an upper bound on minus their number."""
    unspread: BestUnspread | None = Field(default=None, exclude_if=is_none)
    """The best matching without the spread, where the spread comes before the total; ``None`` if none is
    proved to be the best."""


class QuotaResult(PlainData):
    """The number or share of duos that a matching has in a quota."""

    name: str
    """Name of the quota."""
    reached: float | None = Field(default=None, exclude_if=is_none)
    """Number of duos that count, or their share from 0 to 1; ``None`` for a share if there are no duos."""
    lowest: int | None = Field(default=None, exclude_if=is_none)
    """If the quota bounds each of several groups: the lowest number of duos of a group."""
    highest: int | None = Field(default=None, exclude_if=is_none)
    """If the quota bounds each of several groups: the highest number of duos of a group."""


class Certificate(PlainData):
    """Prices that prove how far from the best possible matching this one can be.

    The bounds hold for every matching, and anybody can recompute them from the prices: see ``docs/proof.md``.
    Totals and prices are in points of the objective: scores and credits, or under ``fair`` utilities and
    credits. A full score, and a full utility, is 1 point; utilities are whole multiples of 10^-8. A duo is
    *free* if the policy does not fix it.
    """

    duos: int
    """Number of duos formed."""
    duos_bound: int
    """Upper bound on the number of duos of any matching."""
    total: float
    """Sum over all duos of their scores (under ``fair``, of their utilities) and of their credits."""
    bound: float
    """Upper bound on the total of any matching with as many duos, and with no more lacking ones if the policy
    asks for something as far as possible. Under ``total`` it holds for any number of
    duos; under ``max_min``, for matchings whose free duos all score ``worst`` or more."""
    gap: float
    """How far from the best this matching can be, as a share of the bound; 0 if it is proved optimal. It is
    the largest of the gaps of number of duos, total and worst duo; under ``total``, of the total alone."""
    pairs_checked: int
    """Number of allowed pairs that were looked at. Prices were checked against all of them; under
    ``max_min``, against those that score ``worst`` or more. The scarce people were checked against all
    pairs."""
    duo_price: float
    """Cardinality dual: points that the total would gain with one duo fewer; 0 if none."""
    mentor_prices: PricesById
    """Price of each mentor who had capacity, by id: points that one more place with them would be worth. If
    the policy asks for something as far as possible, one lacking duo fewer is worth ``lacking_price``."""
    mentee_prices: PricesById
    """Price of each mentee who had capacity, by id."""
    scarce_mentors: tuple[str, ...]
    """Ids of mentors whose capacity limits the number of duos; empty if quotas limit it (``duos_proof``)."""
    scarce_mentees: tuple[str, ...]
    """Ids of mentees whose capacity limits the number of duos; empty if quotas limit it."""
    lacking: int | None = Field(default=None, exclude_if=is_none)
    """If the policy asks for something as far as possible: number of duos that are known to lack it."""
    lacking_bound: int | None = Field(default=None, exclude_if=is_none)
    """Lower bound on that number, for any matching with as many duos (under ``max_min``, whose free duos all
    score ``worst`` or more); ``None`` under ``total``, which does not ask for it."""
    lacking_price: float | None = Field(default=None, exclude_if=is_none)
    """Payment of each lacking duo in the proof of the total, in points."""
    lacking_proof: DuosProof | None = Field(default=None, exclude_if=is_none)
    """Proof of ``lacking_bound``, where it does not follow from ``lacking_price``: a matching with k lacking
    duos fewer has a total of ``bound`` minus k times that price at most, and no total is negative."""
    equal_optima: bool | None = Field(default=None, exclude_if=is_none)
    """Whether other matchings are equally good, so that a lottery under the policy's seed has decided.
    ``None`` if the matching is not proved optimal, for a round of a plan, which no lottery decides by itself,
    and for a plan in which two people could meet in either role."""
    units: int | None = Field(default=None, exclude_if=is_none)
    """Under ``fair``: number of units in 1 point; totals and prices are whole numbers of units."""
    worst: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest score of a free duo, with the credits that count there
    (``counts_in_worst``)."""
    worst_bound: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: upper bound on the lowest score of a free duo in any matching with as many duos."""
    worst_scarce_mentors: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: ids of mentors whose capacity limits the number of duos that score more."""
    worst_scarce_mentees: tuple[str, ...] | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: ids of mentees whose capacity limits the number of duos that score more."""
    quota_prices: tuple[QuotaPrice, ...] | None = Field(default=None, exclude_if=is_none)
    """With quotas: payments of duos for quotas. In the proof, a duo is worth its score minus its payments."""
    relaxed_bound: float | None = Field(default=None, exclude_if=is_none)
    """With quotas: upper bound on the total that the prices prove by themselves; cases may lower it to
    ``bound``."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """Number of pairs that a better matching could have, if the prices leave a gap that a search has
    closed."""
    cases: ProofByCases | None = Field(default=None, exclude_if=is_none)
    """Proof by cases that no matching of these pairs is better, if a search has closed the gap."""
    spread: SpreadProof | None = Field(default=None, exclude_if=is_none)
    """Where duos are spread over people: the proof of it. Then, and where people have least numbers of duos,
    prices of people may be negative, and a person's price counts at each number of duos that they may have:
    see ``docs/proof.md``."""
    worst_proof: DuosProof | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min`` with quotas: proof that no matching has as many duos with all free ones scoring more
    than ``worst_bound``; it replaces the lists of scarce people."""
    duos_proof: DuosProof | None = Field(default=None, exclude_if=is_none)
    """If quotas limit the number of duos: proof of ``duos_bound``, which replaces the lists of scarce
    people."""
    people: PeopleProof | None = Field(default=None, exclude_if=is_none)
    """Under an objective over people: what they have, and the proof of it. The prices then are those of
    matchings that are not judged so, and ``relaxed_bound`` is what they prove of the total."""

    @property
    def proved(self) -> bool:
        """Whether the matching is proved to be the best possible."""
        return self.gap == 0

    @property
    def price_of_spread(self) -> float | None:
        """Points of the objective that spreading the duos costs; ``None`` if that is not known.

        It is known where the matching is proved to be the best, and the spread comes before the total.
        """
        if self.spread is None or self.spread.unspread is None or not self.proved:
            return None
        return round(self.spread.unspread.total - self.total, 8)


class CriterionSummary(PlainData):
    """Weight and neutral value of a criterion on this cohort."""

    name: str
    """Name of the criterion in the policy."""
    weight: float
    """Normalised weight; all weights sum to 1."""
    neutral: float | None
    """Value, from 0 to 1, of pairs for which the criterion is not known; ``None`` if it is known for all."""
    known_pairs: int
    """Number of pairs for which the criterion is known."""
    scale: tuple[float, float] | None = Field(default=None, exclude_if=is_none)
    """For a table of scores: the numbers in it that count 0 and 1."""
    forbidden_pairs: int | None = Field(default=None, exclude_if=is_none)
    """For a table of scores that forbids pairs: the number of such pairs among these people."""


class Digests(PlainData):
    """SHA-256 digests of the input, by which a matching can be shown to belong to it."""

    file: str | None
    """Digest of the bytes of the people file, if there was one."""
    cohort: str
    """Digest of the people; it does not depend on their order in the file."""
    policy: str
    """Digest of the policy."""
    version_1: str | None = Field(default=None, exclude_if=is_none)
    """For a matching that was read from version 1 of the format: its digest in that version, by which older
    histories refer to it."""
    changes: str | None = Field(default=None, exclude_if=is_none)
    """Digest of ``added``, ``log``, ``rotation`` and publication together, if the matching has any."""


_STATED = ("purpose", "made_by", "data_used", "data_not_used")
"""What a matching says of its purpose and its data, for whoever has to answer for it."""

_CHANGES = {"added", "log", "rotation", "published", "amended_as_draft", "forgotten", *_STATED}
"""What may be changed after the duos are formed, or was said by a person."""


class Answers(Protocol):
    """Answers questions that need the people of a matching; see the methods of :class:`Matching`."""

    @property
    def people(self) -> Cohort:
        """Answer :attr:`Matching.people`."""
        ...

    def notes(self, matching: Matching) -> tuple[Fault, ...]:
        """Answer :attr:`Matching.notes`."""
        ...

    def explain(self, matching: Matching, mentor: str, mentee: str) -> Explanation:
        """Answer :meth:`Matching.explain`."""
        ...

    def why(self, matching: Matching, person: str) -> list[Explanation | LeftOut]:
        """Answer :meth:`Matching.why`."""
        ...

    def alternatives(
        self, matching: Matching, person: str, n: int, role: Role | None, instead_of: str | None
    ) -> list[Alternative]:
        """Answer :meth:`Matching.alternatives`."""
        ...


class Matching(PlainData):
    """A matching: all duos, the unmatched people with reasons, and the certificate.

    A matching that :func:`match` returns is attached: it can answer questions about its people. A matching
    that was read, copied or pickled must be attached to them again first, by :func:`attach`.

    Examples
    --------
    >>> import reverse_match as rm
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> matching.certificate.gap
    0.0
    >>> rm.Matching.from_json(matching.to_json()) == matching
    True
    """

    __slots__ = ("_answers",)
    """The answers are a slot, and no field: so equality, JSON, copies and pickles leave them out."""

    if TYPE_CHECKING:
        _answers: Answers

    refusal: ClassVar[type[InputError]] = MatchingFileError

    schema_version: Literal[2] = SCHEMA_VERSION
    """Version of this format."""
    library_version: str
    """Version of reverse_match that made the matching."""
    status: Literal["optimal", "feasible"]
    """Status that the solver reported (``feasible`` if time ran out); the certificate holds what was
    *checked*."""
    duos: tuple[Duo, ...]
    """All duos, sorted by mentor and mentee."""
    unmatched: tuple[Unmatched, ...]
    """People without a duo in a role, with reasons; sorted by id and role."""
    shortages: tuple[Shortage, ...] = ()
    """Shortages of partners that leave somebody without a duo."""
    total: OnGrid
    """Exact sum of the scores of all duos."""
    quotas: tuple[QuotaResult, ...] = Field(default=(), exclude_if=operator.not_)
    """The number or share that is reached in each quota of the policy."""
    criteria: tuple[CriterionSummary, ...]
    """Weights and neutral values of the criteria on this cohort."""
    certificate: Certificate
    """The proof of optimality, or of the gap."""
    policy: Policy
    """The policy as given."""
    added: Added = Field(default=NOTHING_ADDED, exclude_if=operator.not_)
    """Additions to the policy by amendments, rotations and plans, and the people who are away; see
    :attr:`policy_in_force`."""
    as_of: Day | None
    """The day on which ages were computed from birth dates; ``None`` if no age depends on it."""
    digests: Digests
    """Digests of the input."""
    log: tuple[Amendment, ...] = Field(default=(), exclude_if=operator.not_)
    """Amendments of the matching, the first one first; see :func:`amend`."""
    rotation: Rotation | None = Field(default=None, exclude_if=is_none)
    """For a further round: the rotation from the round before; see :func:`rotate`."""
    published: Day | None = Field(default=None, exclude_if=is_none)
    """The day from which the duos count; ``None`` for a draft, and for a round that says in ``rotation`` when
    it begins; see :func:`publish`."""
    amended_as_draft: int = Field(default=0, ge=0, exclude_if=operator.not_)
    """Number of amendments that were made before the matching was published: the first ones of ``log``."""

    purpose: str | None = Field(default=None, max_length=10_000, exclude_if=is_none)
    """Purpose for which people are matched, if whoever matched them, or the policy, has said it."""
    made_by: str | None = Field(default=None, max_length=10_000, exclude_if=is_none)
    """Name of whoever ran the match, if given."""
    data_used: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Columns of people that the policy uses, sorted, where a purpose or a name is stated. Every match reads
    ids, roles, and numbers of duos besides."""
    data_not_used: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Columns that the people fill, and that the policy does not use, sorted, where a purpose or a name is
    stated."""
    forgotten: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """What stands in the place of people who were erased (:func:`forget`): ``forgotten-1`` and so on."""

    @model_validator(mode="after")
    def _in_order(self) -> Matching:
        """Restore the order of keys in which views show them; databases may change that order."""
        policy, added = self.policy, self.added
        credited = CreditsByDuo((*policy.credits, *added.credits))
        criteria = [one.name for one in self.criteria]
        of_duo = [
            [credit.name for credit in credited(duo.mentor, duo.mentee)] if duo.credits else ()
            for duo in self.duos
        ]
        self.__dict__["duos"] = tuple(
            duo  # of a match: a what-if asks this of thousands
            if not named and list(duo.contributions) == criteria
            else _order_keys(duo, contributions=criteria, credits=named)
            for duo, named in zip(self.duos, of_duo, strict=True)
        )
        rules = [SITS_OUT, *labels_of((*policy.rules, *added.all_rules)), *policy.table_labels]
        self.__dict__["unmatched"] = tuple(_order_keys(left, blocked_by=rules) for left in self.unmatched)
        return self

    def __str__(self) -> str:
        proof = "proved optimal" if self.certificate.proved else f"gap {self.certificate.gap:.2e}"
        summary = f"{quantity(len(self.duos), 'duo')}, total {self.total:.6f}"
        return f"{summary}, {len(without_duo(self))} without a duo, {proof}"

    def __repr__(self) -> str:
        return f"Matching({self})"

    def to_json(self) -> str:
        """Return the matching as JSON text; :meth:`from_json` gives back an equal one."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "matching") -> Matching:
        """Read a matching from JSON text.

        Parameters
        ----------
        text : str or bytes
            JSON text that :meth:`to_json` returned.
        source : str
            Name of the text in messages.

        Raises
        ------
        MatchingFileError
            If the text is not a matching, or one of a newer version. Earlier versions are read.
        """
        return record_of_json(cls, "matching", text, source, rewrite)

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "matching") -> Matching:
        """Read a matching from plain data: parsed JSON, as a database returns it.

        Raises
        ------
        MatchingFileError
            As for :meth:`from_json`.

        Examples
        --------
        >>> import json
        >>> import reverse_match as rm
        >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
        >>> matching = rm.match(rm.Cohort.from_records(people))
        >>> rm.Matching.from_data(json.loads(matching.to_json())) == matching
        True
        """
        return record_of_data(cls, "matching", data, source, rewrite)

    @property
    def sha256(self) -> str:
        """SHA-256 digest; equal matchings have the same, whatever the order of keys in their JSON."""
        return canonical_digest(self.without_language)

    @property
    def without_language(self) -> Matching:
        """The matching without the language of its policy, which no digest holds."""
        if self.policy.language is None:
            return self
        return self.model_copy(update={"policy": self.policy.without_language})

    @property
    def known_as(self) -> frozenset[str]:
        """Digests by which a history may refer to the matching: its own, and that of version 1, if any."""
        return frozenset(filter(None, (self.sha256, self.digests.version_1)))

    @property
    def policy_in_force(self) -> Policy:
        """The policy under which these duos are best: the given one with additions, without people away.

        Examples
        --------
        >>> import reverse_match as rm
        >>> cohort = rm.read_cohort(rm.demo_path())
        >>> matching = rm.match(cohort)
        >>> duo = matching.duos[0]
        >>> amended = rm.amend(matching, cohort, forbid=[(duo.mentor, duo.mentee)])
        >>> amended.policy == matching.policy, amended.policy_in_force.rules[-1].kind
        (True, 'forbid')
        """
        return self.added.in_force(self.policy)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes from the round before; empty for a first round."""
        return () if self.rotation is None else self.rotation.changes

    @property
    def ended_by_hand(self) -> tuple[PastDuo, ...]:
        """The duos that amendments have ended, each with the day of the amendment, if it was given.

        What was tried before the matching was published, or before the day on which its round begins, never
        was and is left out.
        """
        begins = self.published if self.rotation is None else self.rotation.on
        return tuple(
            PastDuo(mentor=duo.mentor, mentee=duo.mentee, until=change.on)
            for change in self.log[self.amended_as_draft :]
            if begins is None or change.on is None or change.on >= begins
            for duo in change.ended
        )

    @property
    def is_draft(self) -> bool:
        """Whether the matching is a draft: neither published, nor formed for a day by a rotation."""
        return self.published is None and self.rotation is None

    @property
    def people(self) -> Cohort:
        """The people of the matching; after a rotation, with the changes that follow from feedback.

        Raises
        ------
        UnattachedError
            If the matching is not attached to its people.
        """
        return self._require_answers().people

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is worth knowing before anybody relies on the matching, beside the notes on its people.

        A criterion, a rule or a quota may look at a column that is empty, people may be left without any
        allowed partner, or managers may not be in the file. None of this is a fault.

        Raises
        ------
        UnattachedError
            If the matching is not attached to its people.

        Examples
        --------
        >>> import reverse_match as rm
        >>> people = [{"id": "lea", "role": "mentor", "team": "a"}, {"id": "ada", "role": "mentee"}]
        >>> policy = rm.Policy(rules=[{"kind": "different", "field": "team"}])
        >>> matching = rm.match(rm.Cohort.from_records(people), policy)
        >>> [str(note) for note in matching.notes if note.column]  # doctest: +NORMALIZE_WHITESPACE
        ["rules[0]: no mentee fills 'team', so that the rule forbids every pair",
         'rules[0]: forbids every pair, so that no duo is possible']
        """
        return self._require_answers().notes(self)

    @check_arguments
    def with_policy(self, policy: Policy) -> Matching:
        """Return the matching with an equal policy, which has the data of its criteria beside it."""
        if policy is self.policy:
            return self
        matching = self.model_copy(update={"policy": policy})
        answers: Answers | None = getattr(self, "_answers", None)
        return matching if answers is None else matching.with_answers(answers)

    @check_arguments
    def with_log(self, log: tuple[Amendment, ...]) -> Matching:
        """Return the matching with another log, attached if this one is."""
        return self._copy_with(log=log)

    @check_arguments
    def after(self, rotation: Rotation | None) -> Matching:
        """Return the matching with another rotation, attached if this one is."""
        return self._copy_with(rotation=rotation)

    @check_arguments
    def as_published(self, on: date | None, amended_as_draft: int = 0) -> Matching:
        """Return the matching published on a day, after so many amendments; see :func:`publish`."""
        return self._copy_with(published=on, amended_as_draft=amended_as_draft)

    def with_changes(self) -> Matching:
        """Return the matching with an up-to-date digest of additions, log and rotation; see ``digests``."""
        return self._copy_with()

    def digest_of_changes(self) -> str | None:
        """Return the digest of additions, log and rotation, or ``None`` if there are none."""
        parts = self.model_dump(mode="json", include=_CHANGES)
        if not parts:
            return None
        return canonical_digest(parts)

    def _copy_with(self, **changed: Any) -> Matching:
        if self.digests.version_1 is not None:  # this digest belongs to the unchanged matching alone
            changed["digests"] = self.digests.model_copy(update={"version_1": None})
        matching = self.model_copy(update=changed)
        if (digest := matching.digest_of_changes()) != self.digests.changes:
            digests = matching.digests.model_copy(update={"changes": digest})
            matching = matching.model_copy(update={"digests": digests})
        answers: Answers | None = getattr(self, "_answers", None)
        return matching if answers is None else matching.with_answers(answers)

    def with_answers(self, answers: Answers) -> Matching:
        """Return the matching, attached to its people by an object that answers questions about them."""
        matching = self.model_copy()
        object.__setattr__(matching, "_answers", answers)
        return matching

    def _require_answers(self) -> Answers:
        answers: Answers | None = getattr(self, "_answers", None)
        if answers is None:
            message = (
                "this matching has no people beside it (it was read, copied or pickled); "
                "right would be rm.attach(matching, cohort), with the people it was formed of"
            )
            raise UnattachedError(message)
        return answers

    @check_arguments
    def explain(self, mentor: str, mentee: str) -> Explanation:
        """Explain any pair: why the two are a duo or not, and what the opposite would cost the programme.

        If the pair is no duo, the programme is solved again with the duo fixed, as by a rule ``fix``; rules
        that forbid the pair are waived for these two. If the pair is a duo, the programme is solved again
        with the pair forbidden in both roles, as by a rule ``forbid``; a rule that fixes the duo is waived.
        Costs are exact. The first question computes scores (and, after :func:`attach`, solves once); later
        questions take a fraction of that time.

        Parameters
        ----------
        mentor, mentee : str
            Ids of the two people.

        Raises
        ------
        UnattachedError
            If the matching is not attached to its people.
        CohortError
            If no mentor or no mentee has this id.

        Examples
        --------
        >>> import reverse_match as rm
        >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
        >>> answer = matching.explain("adam.levy", "anne.girard")
        >>> answer.matched, answer.cost_of_forcing
        (False, 0.312033)
        >>> sum(answer.contributions.values()) == answer.score
        True
        """
        return self._require_answers().explain(self, mentor, mentee)

    @check_arguments
    def why(self, person: str) -> list[Explanation | LeftOut]:
        """Explain the duos of a person, or why they have none, in each of their roles.

        Parameters
        ----------
        person : str
            Id of the person.

        Returns
        -------
        list of Explanation or LeftOut
            For each role, mentor first: an explanation of each duo, or the reason why there is none.

        Raises
        ------
        UnattachedError
            If the matching is not attached to its people.
        CohortError
            If nobody in the cohort has this id.

        Examples
        --------
        >>> import reverse_match as rm
        >>> people = [{"id": "m", "role": "mentor"}, {"id": "e", "role": "mentee", "capacity": 0}]
        >>> matching = rm.match(rm.Cohort.from_records(people))
        >>> print(matching.why("e")[0])
        'e' sits out as mentee: capacity 0.
        """
        return self._require_answers().why(self, person)

    @check_arguments
    def alternatives(
        self, person: str, n: int = 3, role: Role | None = None, *, instead_of: str | None = None
    ) -> list[Alternative]:
        """Return the best other partners for a person, each with its exact cost to the programme.

        For each partner, the programme is solved again with the two as a fixed duo, and everybody else may
        change. Only partners are considered whom the rules allow and with whom quotas can be kept.

        The partners are sorted by the stages of the objective: under ``coverage`` the fewest duos lost, then
        the fewest points. ``total`` reverses these two, ``max_min`` puts the highest worst duo in between,
        and ``fair`` compares utilities instead of points. Credits of the policy count in addition. The
        policy's seed decides between equals.

        Parameters
        ----------
        person : str
            Id of the person.
        n : int
            The most partners to return. The result is empty if the person cannot have another duo: their
            capacity is 0, or the policy fixes all their places and ``instead_of`` is not given.
        role : str, optional
            ``"mentor"`` or ``"mentee"``; it is needed if the person has both roles.
        instead_of : str, optional
            Id of a partner who has declined. The two are then forbidden to each other in both roles, even if
            the policy fixes them. If not given, and if the person has no place left, the partner whose loss
            costs least is replaced.

        Raises
        ------
        UnattachedError
            If the matching is not attached to its people.
        CohortError
            If nobody has this id or this role, or if ``instead_of`` is no partner.

        Examples
        --------
        >>> import reverse_match as rm
        >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
        >>> [(other.partner, other.cost) for other in matching.alternatives("adam.levy", n=2)]
        [('george.mensah', 0.0756), ('ahmed.khelifi', 0.119333)]
        """
        return self._require_answers().alternatives(self, person, n, role, instead_of)

    @check_arguments
    def to_frame(self, kind: str | None = None, what: Literal["duos", "unmatched"] = "duos") -> Any:
        """Return the duos, or the unmatched people, as a data frame.

        Parameters
        ----------
        kind : str, optional
            ``"pandas"``, ``"polars"`` or ``"pyarrow"``. If not given, it is the kind of the frame from which
            the people were read. If they were not read from a frame, or if the matching is not attached, it
            is the first of pandas, polars and pyarrow that is installed.
        what : str
            ``"duos"``: one row for each duo, with the columns of :meth:`to_csv` and ``fixed``.
            ``"unmatched"``: one row for each person without a duo in a role.

        Returns
        -------
        frame
            A frame of the library ``kind``.

        Raises
        ------
        InputError
            If ``kind`` or ``what`` is none of these names.
        MissingExtraError
            If the library ``kind`` is not installed.

        Examples
        --------
        >>> import reverse_match as rm
        >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
        >>> frame = rm.match(rm.Cohort.from_records(people)).to_frame("polars")
        >>> frame.select("mentor", "mentee").rows()
        [('lea', 'ada')]
        """
        answers: Answers | None = getattr(self, "_answers", None)
        if kind is None and answers is not None:
            kind = answers.people.source.frame_kind
        tables = {"duos": self._duo_columns, "unmatched": self._unmatched_columns}
        if what not in tables:
            raise InputError([Fault(f"unknown table{did_you_mean(what, tables)}", column="what")])
        return frame_of(tables[what](), kind)

    def _duo_columns(self) -> dict[str, tuple[type, list[Any]]]:
        columns: dict[str, tuple[type, list[Any]]] = {
            "mentor": (str, [duo.mentor for duo in self.duos]),
            "mentee": (str, [duo.mentee for duo in self.duos]),
            "score": (float, [float(duo.score) for duo in self.duos]),
        }
        own = {*columns, "missing", "fixed"}
        for name in (criterion.name for criterion in self.criteria):
            heading = f"points of {name}" if name in own else name
            columns[heading] = (float, [float(duo.contributions[name]) for duo in self.duos])
        columns["missing"] = (str, [";".join(duo.missing) for duo in self.duos])
        columns["fixed"] = (bool, [duo.fixed for duo in self.duos])
        return columns

    def _unmatched_columns(self) -> dict[str, tuple[type, list[Any]]]:
        near = [left.nearest for left in self.unmatched]
        return {
            "id": (str, [left.id for left in self.unmatched]),
            "role": (str, [left.role for left in self.unmatched]),
            "reason": (str, [left.reason for left in self.unmatched]),
            "why": (str, [str(left) for left in self.unmatched]),
            "allowed_partners": (int, [left.allowed_partners for left in self.unmatched]),
            "nearest": (str, [one and one.partner for one in near]),
            "taken_by": (str, [one and ";".join(one.taken_by) for one in near]),
            "by": (float, [one and one.by for one in near]),
        }

    @check_arguments
    def to_html(self, lang: str = "en", *, anonymous: bool = False) -> str:
        """Return the report as one HTML page without scripts or external resources.

        The report shows the matching: duos with their contributions, unmatched people with reasons, quotas,
        changes by amendments and rotations, charts, the proof, and how to check it. If the matching is
        attached, the report also shows names, departments, ages and diversity. Nothing is solved again. The
        same matching, people and language give the same text.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            Whether names are left out: people are then shown by their ids alone.

        Raises
        ------
        InputError
            If the language is not known.
        MissingExtraError
            If matplotlib is not installed (extra ``report``).

        Examples
        --------
        >>> import reverse_match as rm
        >>> people = [{"id": "<lea>", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
        >>> page = rm.match(rm.Cohort.from_records(people)).to_html()
        >>> "<bdi>&lt;lea&gt;</bdi>" in page, "<lea>" in page
        (True, False)
        """
        answers: Answers | None = getattr(self, "_answers", None)
        people = None if answers is None else answers.people
        page: str = views_of(self).page(self, people, lang, anonymous=anonymous)
        return page

    @check_arguments
    def report(self, path: str | os.PathLike[str], lang: str = "en", *, anonymous: bool = False) -> None:
        r"""Write the report (:meth:`to_html`) to a file, completely or not at all.

        Parameters
        ----------
        path : path
            Path of an ``.html`` file.
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            As for :meth:`to_html`.

        Raises
        ------
        InputError
            If the language is not known, if the name does not end in ``.html``, or if the file cannot be
            written.
        MissingExtraError
            If matplotlib is not installed (extra ``report``).

        Examples
        --------
        >>> import reverse_match as rm
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
        >>> with TemporaryDirectory() as folder:
        ...     matching.report(Path(folder) / "duos.html", lang="fr")
        ...     (Path(folder) / "duos.html").read_text("utf-8")[:32]
        '<!DOCTYPE html>\n<html lang="fr">'
        """
        file = Path(path)
        if file.suffix.lower() not in (".html", ".htm"):
            message = "a report is written as HTML; right would be a name that ends in .html"
            raise InputError([Fault(message, file.name)])
        write_whole(file, self.to_html(lang, anonymous=anonymous))

    @check_arguments
    def to_workbook(self, lang: str = "en", *, anonymous: bool = False) -> bytes:
        """Return the matching as a workbook (.xlsx), for people who work in a spreadsheet.

        The first sheet has a row for each duo: ids, names and e-mail addresses of the two, the score, and
        what each can teach the other. Further sheets tell who has no duo and why, the figures, and what a
        reader should know. Ids are text, and nothing is a formula. The same matching, people and language
        give the same bytes.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            Whether names and e-mail addresses are left out.

        Raises
        ------
        UnattachedError
            If the matching has no people beside it.
        InputError
            If the language is not known, or there are more duos than a sheet has rows.
        MissingExtraError
            If openpyxl is not installed (extra ``excel``).

        Examples
        --------
        >>> import reverse_match as rm
        >>> rm.match(rm.read_cohort(rm.demo_path())).to_workbook()[:2]
        b'PK'
        """
        people = self._require_answers().people
        written: bytes = views_of(self).workbook(self, people, lang, anonymous=anonymous)
        return written

    def to_csv(self) -> str:
        """Return the duos as CSV: one row for each duo, with the contribution of each criterion in points.

        A cell that a spreadsheet would take for a formula begins with an apostrophe.
        """
        names = [criterion.name for criterion in self.criteria]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([safe_cell(name) for name in ("mentor", "mentee", "score", *names, "missing")])
        for duo in self.duos:
            points = [duo.contributions.get(name, "") for name in names]
            missing = safe_cell(";".join(duo.missing))
            writer.writerow([safe_cell(duo.mentor), safe_cell(duo.mentee), duo.score, *points, missing])
        return text.getvalue()


def stating(matching: Matching, stated: Mapping[str, Any]) -> Matching:
    """Return a matching that states its purpose, who made it, and which columns of people it uses."""
    return matching._copy_with(**stated) if any(stated.values()) else matching


def statement_of(matching: Matching) -> dict[str, Any]:
    """Return what a matching states of its purpose, its maker and its columns, by field."""
    return {name: getattr(matching, name) for name in _STATED}


def rewrite(data: dict[str, Any]) -> dict[str, Any]:
    """Return the plain data of a matching as this version writes it."""
    return Matching.model_validate(data).model_dump(mode="json")


def _order_keys(record: Part, **names: Sequence[str]) -> Part:
    """Return a record with the keys of the named fields in the given orders."""
    right = {field: in_order(getattr(record, field), order) for field, order in names.items()}
    if all(value is getattr(record, field) for field, value in right.items()):
        return record
    return record.model_copy(update=right)


def policy_as_then(policy: Policy, matching: Matching) -> Policy:
    """Return a policy as it was meant when a matching was stored.

    When version 1 of the format was written, no policy asked for anything by default.
    """
    if matching.digests.version_1 is not None and policy.asks_by_default:
        return policy.model_copy(update={"as_far_as_possible": None})
    return policy
