"""What comes out: duos, who was left out and why, and the proof. Frozen, and the same in JSON.

Numbers are points from 0 to 1 on a grid of millionths: each is the decimal fraction with at most six places
that the exact whole number stands for, so that ``round(1_000_000 * score)`` gives it back and contributions
add up exactly.
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
from reverse_match.matching.results.proof_by_cases import ProofByCases
from reverse_match.matching.results.rotation import Rotation
from reverse_match.matching.results.unmatched import Shortage, Unmatched
from reverse_match.matching.results.upgrading import SCHEMA_VERSION, record_of_data, record_of_json
from reverse_match.policy import Policy
from reverse_match.policy.added import NOTHING_ADDED, Added
from reverse_match.policy.credits import CreditsByDuo
from reverse_match.policy.labels import SITS_OUT, labels_of
from reverse_match.policy.values import is_none
from reverse_match.scoring.name_matches import NameMatch

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from reverse_match.matching.results.explanation import Alternative, Explanation
    from reverse_match.matching.results.rotation import Change
    from reverse_match.matching.results.unmatched import LeftOut
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy.values import Role


def without_duo(matching: Matching) -> list[str]:
    """Return the ids of everybody who has no duo in any role, sorted: people, and not roles or places."""
    have = {duo.mentor for duo in matching.duos} | {duo.mentee for duo in matching.duos}
    return sorted({left.id for left in matching.unmatched} - have)


Part = TypeVar("Part", bound=PlainData)

PricesById: TypeAlias = Annotated[dict[str, float], AfterValidator(by_name)]


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
    credits: dict[str, OnGrid] = Field(default_factory=dict, exclude_if=operator.not_)
    """Points that the duo counts beside its score, by the names of the policy's credits, in their order."""

    def __str__(self) -> str:
        return f"'{self.mentor}' (mentor) and '{self.mentee}' (mentee): {self.score:.3f}"


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
    mentor_prices: PricesById
    """Price of each mentor whose capacity is in the way."""
    mentee_prices: PricesById
    """Price of each mentee whose capacity is in the way."""
    quota_prices: tuple[QuotaPrice, ...]
    """What duos pay for counting in quotas."""
    searched_pairs: int | None = Field(default=None, exclude_if=is_none)
    """If a search has closed what the prices leave open: how many pairs could be in a larger matching."""
    cases: ProofByCases | None = Field(default=None, exclude_if=is_none)
    """And why none of these is larger."""


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
    scores (a full score is worth 1), which are whole multiples of 10^-8; and, with either, the credits that
    duos have beside.
    """

    duos: int
    """Number of duos formed."""
    duos_bound: int
    """No matching has more duos than this."""
    total: float
    """Of the duos: of their scores, or under ``fair`` of their utilities, and of their credits."""
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
    mentor_prices: PricesById
    """Price of each mentor who had capacity: what one more place with them would be worth."""
    mentee_prices: PricesById
    """Price of each mentee who had capacity."""
    scarce_mentors: tuple[str, ...]
    """Mentors whose capacity limits the number of duos; none where quotas do (``duos_proof``)."""
    scarce_mentees: tuple[str, ...]
    """Mentees whose capacity does."""
    equal_optima: bool | None = Field(default=None, exclude_if=is_none)
    """Whether other matchings are as good, so that a lottery under the policy's seed decided; ``None`` where
    it is not proved that none is better, for a round of a plan, which no lottery decides by itself, and for a
    plan in which two people could meet either way."""
    units: int | None = Field(default=None, exclude_if=is_none)
    """Under ``fair``: how many units make 1; totals and prices are whole numbers of units."""
    worst: float | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min``: the lowest score of a duo that the policy did not fix; with those credits that are
    said to count there, such as those of people who had no duo in the rounds before."""
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
    cases: ProofByCases | None = Field(default=None, exclude_if=is_none)
    """And why no matching of these pairs is better."""
    worst_proof: DuosProof | None = Field(default=None, exclude_if=is_none)
    """Under ``max_min`` with quotas: why there cannot be as many duos, all free ones of which score more than
    ``worst_bound``; in place of who is scarce."""
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
    version_1: str | None = Field(default=None, exclude_if=is_none)
    """Of a matching that was read from version 1 of the format: the digest it had then, by which histories of
    that time know it."""
    changes: str | None = Field(default=None, exclude_if=is_none)
    """Of ``added``, ``log`` and ``rotation`` together, where there is any of them."""


class Answers(Protocol):
    """Answers what needs the people beside a matching; see the methods of :class:`Matching`."""

    @property
    def people(self) -> Cohort:
        """Answer :attr:`Matching.people`."""
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
    """All duos, who was left out and why, and the certificate.

    A matching that :func:`match` returns can be asked about its people; one that was read, copied or pickled
    needs them back first: :func:`attach`.

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
    """A slot, since equality, JSON, copies and pickles know nothing but fields."""

    if TYPE_CHECKING:
        _answers: Answers

    refusal: ClassVar[type[InputError]] = MatchingFileError

    schema_version: Literal[2] = SCHEMA_VERSION
    """Version of this format."""
    library_version: str
    """Version of reverse_match that made it."""
    status: Literal["optimal", "feasible"]
    """What the solver said (``feasible`` if time ran out); what was *checked* stands in the certificate."""
    duos: tuple[Duo, ...]
    """Sorted by mentor and mentee."""
    unmatched: tuple[Unmatched, ...]
    """Sorted by id and role."""
    shortages: tuple[Shortage, ...] = ()
    """Who competes for too few partners, where somebody is without for that reason."""
    total: OnGrid
    """Sum of the scores, exactly."""
    quotas: tuple[QuotaResult, ...] = Field(default=(), exclude_if=operator.not_)
    """How each quota of the policy is met."""
    criteria: tuple[CriterionSummary, ...]
    """Weights and neutral values as they were on this cohort."""
    certificate: Certificate
    """The proof."""
    policy: Policy
    """Everything that was a choice, as it was given."""
    added: Added = Field(default=NOTHING_ADDED, exclude_if=operator.not_)
    """What amending, rotating and planning have added to it, and who is away; see :attr:`policy_in_force`."""
    as_of: Day | None
    """The day on which birth dates became ages; ``None`` where no age depended on it."""
    digests: Digests
    """Of the input."""
    log: tuple[Amendment, ...] = Field(default=(), exclude_if=operator.not_)
    """Changes by hand that led here, the first one first; see :func:`amend`."""
    rotation: Rotation | None = Field(default=None, exclude_if=is_none)
    """Where this is a further round: what has become of the duos of the round before; see :func:`rotate`."""

    @model_validator(mode="after")
    def _in_order(self) -> Matching:
        """Put keys in the order in which people are shown them, which databases change."""
        policy, added = self.policy, self.added
        credited = CreditsByDuo((*policy.credits, *added.credits))
        criteria = [one.name for one in self.criteria]
        of_duo = [
            [credit.name for credit in credited(duo.mentor, duo.mentee)] if duo.credits else ()
            for duo in self.duos
        ]
        self.__dict__["duos"] = tuple(
            _order_keys(duo, contributions=criteria, credits=named)
            for duo, named in zip(self.duos, of_duo, strict=True)
        )
        rules = [SITS_OUT, *labels_of((*policy.rules, *added.all_rules))]
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
            What :meth:`to_json` returned.
        source : str
            What to call it in messages.

        Raises
        ------
        MatchingFileError
            If it is not a matching, or one of a newer version. Earlier versions are read.
        """
        return record_of_json(cls, "matching", text, source, rewrite)

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "matching") -> Matching:
        """Read a matching from plain data: what its JSON says, as a database gives it back.

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
        """Digest of the matching: equal matchings have one, whatever the order of keys in their JSON."""
        return canonical_digest(self)

    @property
    def known_as(self) -> frozenset[str]:
        """The digests by which a history may know the matching: its own, and that of an earlier version."""
        return frozenset(filter(None, (self.sha256, self.digests.version_1)))

    @property
    def policy_in_force(self) -> Policy:
        """The policy under which these duos are the best: the given one, what was added, nobody who is away.

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
        """Of a further round: what has become of every duo and of everybody without; else nothing."""
        return () if self.rotation is None else self.rotation.changes

    @property
    def people(self) -> Cohort:
        """The people beside the matching: of a rotation, those whom feedback has changed.

        Raises
        ------
        UnattachedError
            If the matching has no people beside it.
        """
        return self._require_answers().people

    @check_arguments
    def with_log(self, log: tuple[Amendment, ...]) -> Matching:
        """Return the same matching with another log; it can be asked what this one can."""
        return self._copy_with(log=log)

    @check_arguments
    def after(self, rotation: Rotation | None) -> Matching:
        """Return the same matching as one after a rotation; it can be asked what this one can."""
        return self._copy_with(rotation=rotation)

    def with_changes(self) -> Matching:
        """Return the same matching with the digest of what was changed and added; see ``digests``."""
        return self._copy_with()

    def digest_of_changes(self) -> str | None:
        """Return the digest of what was changed and added, ``None`` where nothing was."""
        parts = self.model_dump(mode="json", include={"added", "log", "rotation"})
        if not parts:
            return None
        return canonical_digest(parts)

    def _copy_with(self, **changed: Any) -> Matching:
        if self.digests.version_1 is not None:  # which is of this matching alone
            changed["digests"] = self.digests.model_copy(update={"version_1": None})
        matching = self.model_copy(update=changed)
        if (digest := matching.digest_of_changes()) != self.digests.changes:
            digests = matching.digests.model_copy(update={"changes": digest})
            matching = matching.model_copy(update={"digests": digests})
        answers: Answers | None = getattr(self, "_answers", None)
        return matching if answers is None else matching.with_answers(answers)

    def with_answers(self, answers: Answers) -> Matching:
        """Return the same matching, which can be asked about its people."""
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
        """Explain any pair: why the two are a duo or not, and what it would cost to have it otherwise.

        For a pair that is no duo, the programme is solved again with the duo fixed, as a rule ``fix`` would;
        a rule that forbids the pair counts as waived for these two. For a duo, it is solved again with the
        two forbidden to each other in either direction, as a rule ``forbid`` would; a rule that fixes the
        duo counts as waived. Costs are exact. The first question makes scores ready (and, after
        :func:`attach`, solves once), later ones take a fraction of that.

        Parameters
        ----------
        mentor, mentee : str
            Ids.

        Raises
        ------
        UnattachedError
            If the matching has no people beside it.
        CohortError
            If there is no such mentor or no such mentee.

        Examples
        --------
        >>> import reverse_match as rm
        >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
        >>> answer = matching.explain("adam.levy", "anne.girard")
        >>> answer.matched, answer.cost_of_forcing
        (False, 0.259033)
        >>> sum(answer.contributions.values()) == answer.score
        True
        """
        return self._require_answers().explain(self, mentor, mentee)

    @check_arguments
    def why(self, person: str) -> list[Explanation | LeftOut]:
        """Say why somebody is with whom they are, or with nobody, in each of their roles.

        Parameters
        ----------
        person : str
            Id.

        Returns
        -------
        list of Explanation or LeftOut
            As mentor first: an explanation of each duo, or why there is none.

        Raises
        ------
        UnattachedError
            If the matching has no people beside it.
        CohortError
            If there is no such person.

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
        """Return the next best partners for somebody, with what each would cost the programme, exactly.

        For each, the programme is solved again with the two as a fixed duo; everybody else may change. Best
        first by what the objective puts first: the fewest duos lost, then the fewest points (``total``: the
        other way round; ``max_min``: the best worst duo in between; ``fair``: utility instead of points;
        where the policy has credits, these count beside); between equals the policy's seed decides. Only
        partners whom the rules allow, and beside whom quotas can be kept, are considered.

        Parameters
        ----------
        person : str
            Id.
        n : int
            How many; fewer if there are no more, and none for somebody who may have no other duo (capacity 0,
            or all places fixed by the policy; say then which of them is to be replaced).
        role : str, optional
            ``"mentor"`` or ``"mentee"``, for somebody who is both.
        instead_of : str, optional
            Id of a partner who has declined: the two are then forbidden to each other, in either direction,
            even if the policy fixes them. If not given, whoever costs least to lose makes room, and nobody
            where there is room.

        Raises
        ------
        UnattachedError
            If the matching has no people beside it.
        CohortError
            If there is no such person, or not in this role, or no such partner.

        Examples
        --------
        >>> import reverse_match as rm
        >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
        >>> [(other.partner, other.cost) for other in matching.alternatives("adam.levy", n=2)]
        [('george.mensah', 0.0452), ('ahmed.khelifi', 0.127933)]
        """
        return self._require_answers().alternatives(self, person, n, role, instead_of)

    @check_arguments
    def to_frame(self, kind: str | None = None, what: Literal["duos", "unmatched"] = "duos") -> Any:
        """Return the duos as a data frame, one row each, with the points of each criterion; or who has none.

        Parameters
        ----------
        kind : str, optional
            ``"pandas"``, ``"polars"`` or ``"pyarrow"``. If not given, the kind that the people came
            in; pandas (else polars, else pyarrow, as installed) where they did not come in a frame, and for a
            matching that has no people beside it.
        what : str
            ``"duos"`` (the columns of :meth:`to_csv`, and ``fixed``) or ``"unmatched"``.

        Returns
        -------
        frame

        Raises
        ------
        InputError
            If there is no such kind, or nothing else of that name.
        MissingExtraError
            If the library is not installed.

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
        """Return the report: one page that loads and runs nothing, for a browser, a printer or a mail.

        It tells what the matching holds: duos with what their scores are made of, who was left out and why,
        quotas, changes by hand and by rotation, pictures, the proof, and how to check it. Where the matching
        has people beside it, their names, departments, ages and diversity are in it, too. Nothing is solved
        again. The same matching, people and language give the same text.

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
        r"""Write the report, :meth:`to_html`, to a file, as a whole or not at all.

        Parameters
        ----------
        path : path
            An ``.html`` file.
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            As for :meth:`to_html`.

        Raises
        ------
        InputError
            If the language is not known, or the file is not ``.html`` or cannot be written.
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
        """Return the duos as CSV, one row each, with the points of each criterion.

        Cells that a spreadsheet would take for a formula get an apostrophe in front.
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


def rewrite(data: dict[str, Any]) -> dict[str, Any]:
    """Return the plain data of a matching as it is written now."""
    return Matching.model_validate(data).model_dump(mode="json")


def _order_keys(record: Part, **names: Sequence[str]) -> Part:
    """Return a record, some of whose fields have their keys in the order of some names."""
    right = {field: in_order(getattr(record, field), order) for field, order in names.items()}
    if all(value is getattr(record, field) for field, value in right.items()):
        return record
    return record.model_copy(update=right)
