"""A policy: criteria, rules, quotas, objective, seed."""

from __future__ import annotations

import operator
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Strict, Tag, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import CodedError, PolicyError
from reverse_match.foundation.names import name_key
from reverse_match.foundation.records import Day
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.circles import Circles
from reverse_match.policy.conditions import (
    Among,
    ComparedTexts,
    Condition,
    MinimumScore,
    RegisteredCondition,
    Teaches,
    counts_months,
)
from reverse_match.policy.credits import MOST_POINTS, Credit
from reverse_match.policy.criteria import Criterion, Custom, OwnData, Table, default_criteria
from reverse_match.policy.labels import SAME_PERSON, SITS_OUT, labels_of, table_label
from reverse_match.policy.load import plain_data_of
from reverse_match.policy.over_people import OVER_PEOPLE, FairToPeople, WorstPerson
from reverse_match.policy.own_data import Beside
from reverse_match.policy.own_weights import OwnWeights
from reverse_match.policy.quotas import EachQuota, Quota, conditions_of
from reverse_match.policy.rules import KINDS_OF_RULES, AvoidsRule, Fix, NotInReportingLineRule, Rule
from reverse_match.policy.scales import Scale
from reverse_match.policy.spread import SpreadInput
from reverse_match.policy.values import (
    GivenPoints,
    Number,
    PolicyData,
    Share,
    is_none,
    whole_number_of_any_use,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator


class Fair(PolicyData):
    """The most duos, then the highest sum of a concave utility of their scores, fixed duos included.

    The utility is alpha-fair (Mo and Walrand, "Fair end-to-end window-based congestion control", 2000).
    """

    kind: Literal["fair"] = "fair"
    alpha: Annotated[Number, Field(ge=0, le=5)] = 1
    """How strongly low scores count: 0 is the total of the scores, 1 the sum of their logarithms
    (proportional fairness), and the larger it is, the more the worst duos count."""


_KNOWN = ("coverage", "total", "max_min")
_RIGHT = """'coverage', 'total', 'max_min', or {"kind": "fair", "alpha": 1}"""


def _check_known(value: object) -> object:
    if not isinstance(value, (dict, Fair, *OVER_PEOPLE)) and not (isinstance(value, str) and value in _KNOWN):
        message = f"unknown; right would be {_RIGHT}"
        raise CodedError(message, "unknown-value")
    return value


def _form_of_objective(value: object) -> str:
    if isinstance(value, WorstPerson) or (isinstance(value, dict) and value.get("kind") == "max_min"):
        return "worst person"
    if isinstance(value, FairToPeople) or (isinstance(value, dict) and not {"over", "of"}.isdisjoint(value)):
        return "fair to people"
    return "fair" if isinstance(value, dict | Fair) else "named"


Objective: TypeAlias = Annotated[
    Annotated[Literal["coverage", "total", "max_min"], Tag("named")]
    | Annotated[Fair, Tag("fair")]
    | Annotated[WorstPerson, Tag("worst person")]
    | Annotated[FairToPeople, Tag("fair to people")],
    Discriminator(_form_of_objective),
    BeforeValidator(_check_known),
]
"""The objective, as a list of stages that are maximised one after the other.

``coverage``: the most duos, then the highest total score. ``total``: the highest total score, then the most
duos. ``max_min``: the most duos, then the highest lowest score among duos that the policy does not fix, then
the highest total score. For :class:`Fair`, and the objectives over people :class:`WorstPerson` and
:class:`FairToPeople`, see there.
"""


def _nothing(value: object) -> object:
    return None if value is False else value  # TOML has no null


Asked: TypeAlias = Annotated[
    Condition | None, BeforeValidator(_nothing, json_schema_input_type=Condition | Literal[False] | None)
]
"""A condition that is asked as far as possible, or nothing."""


class RotationTerms(PolicyData):
    """Terms of the next round, and thresholds by which feedback becomes proposals.

    Examples
    --------
    >>> RotationTerms(charge=0.2).charge
    0.2
    """

    again_after_months: Annotated[int, Field(ge=1, le=1200)] | None = Field(default=None, exclude_if=is_none)
    """Calendar months after the end of a duo after which its two people may meet again; never if not
    given."""
    keep_wanted: bool = True
    """Whether a duo that both people want to keep may continue; if not, every duo changes."""
    charge: GivenPoints = 0.1
    """Points that it costs to end a duo that both people want to keep; a full score is worth 1 point."""
    carry_over: GivenPoints = 0.5
    """Points of credit for duos of a person who had none, for each round in a row without one."""
    carry_over_rounds: Annotated[int, Field(ge=1, le=100)] = 4
    """The most rounds in a row for which ``carry_over`` is given."""
    poor_satisfaction: Annotated[int, Field(ge=1, le=4)] = 2
    """Satisfaction, on a scale from 1 to 5, at or below which the proposal for a duo is to rotate."""
    many_cancelled: Share = 0.3
    """Share of cancelled sessions, from 0 to 1, at or above which another format is proposed to a duo."""
    short_session_minutes: Annotated[int, Field(ge=5, le=480)] = 20
    """Minutes of a session in the shorter format that is proposed."""
    learned_join_offers: bool = False
    """Whether a skill that a person has learned is added to the skills that they offer."""
    learned_level: Annotated[int, Field(ge=1, le=5)] = 3
    """Level, from 1 to 5, at which a learned skill is added."""

    @model_validator(mode="after")
    def _not_too_much(self) -> RotationTerms:
        if self.charge + 2 * self.carry_over * self.carry_over_rounds > MOST_POINTS:
            message = (
                "a duo could count too much more than it scores; right would be charge "
                f"+ 2 * carry_over * carry_over_rounds <= {MOST_POINTS}"
            )
            raise CodedError(message, "out-of-range")
        return self


DEFAULT_RULES = NotInReportingLineRule.model_construct(), AvoidsRule.model_construct()
"""The rules of a policy that does not name rules. They hold only defaults and need no validation, so that
loading the library builds no pydantic model for them."""


def asked_by_default() -> Condition | None:
    """Return what a policy asks as far as possible that names neither criteria, nor credits, nor that."""
    return Teaches()


class Policy(PolicyData):
    """Choices of a programme: criteria of a good duo, rules and quotas to keep, and the objective.

    Examples
    --------
    >>> policy = Policy()
    >>> [criterion.name for criterion in policy.criteria]
    ['skills', 'goals', 'age', 'gender', 'department']
    >>> Policy.model_validate(policy.model_dump(mode="json")) == policy
    True
    """

    criteria: tuple[Criterion, ...] = Field(default_factory=default_criteria, max_length=1_000)
    """Criteria, whose weighted mean is the score of a pair."""
    rules: tuple[Rule, ...] = Field(default=DEFAULT_RULES, max_length=10_000)
    """Rules, which forbid or demand pairs."""
    quotas: tuple[Quota, ...] = Field(default=(), max_length=10_000)
    """Quotas, which bound a number or a share over all duos."""
    credits: tuple[Credit, ...] = Field(default=(), exclude_if=operator.not_, max_length=10_000)
    """Credits: points that the objective adds to the scores of some duos; a rotation gives them. The credits
    of a pair sum to 5 points at most."""
    as_far_as_possible: Asked = Field(default=None, exclude_if=is_none)
    """A condition that is asked of duos as far as it costs no duo: of all matchings with as many duos (under
    ``max_min``: and as good a worst duo), those come first in which the fewest duos are known not to satisfy
    it. Under ``total`` it changes nothing. ``null`` or ``false`` asks for nothing. A policy that names
    neither criteria, nor credits, nor this asks that the mentor teaches something that the mentee seeks."""
    objective: Objective = "coverage"
    """The objective that is maximised: ``coverage``, ``total``, ``max_min``, or ``fair`` with an alpha; the
    last two also over people in place of duos."""
    spread: SpreadInput | None = Field(default=None, exclude_if=is_none)
    """How duos are spread over people who can have several: ``mentors``, ``mentees`` or ``both``; not at all
    if not given."""
    own_weights: OwnWeights | None = Field(default=None, exclude_if=is_none)
    """How the weights of a pair follow what matters most to its two people; not at all if not given."""
    seed: Annotated[int, Strict(), AfterValidator(whole_number_of_any_use)] = 0
    """Seed of the lottery between equally good matchings; it changes nothing else."""
    as_of: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which ages are computed from birth dates, and from which months are counted back."""
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict, exclude_if=operator.not_)
    """Names of skills or goals, and texts of other columns, each with others that mean the same."""
    scales: dict[str, Scale] = Field(default_factory=dict, exclude_if=operator.not_)
    """Columns whose words have an order, each with its words, the lowest first, or with ``"bands"`` where
    they are bands such as ``25-34``. What needs numbers then counts steps on the scale."""
    correct_typos: bool = Field(default=True, exclude_if=lambda corrects: corrects)
    """Whether two names that differ by one edit a word may count as the same."""
    rotation: RotationTerms = Field(
        default_factory=RotationTerms, exclude_if=lambda terms: terms == RotationTerms()
    )
    """Terms of the next rounds, and thresholds by which feedback is read."""
    circles: Circles | None = Field(default=None, exclude_if=is_none)
    """Sizes of circles and what holds within them, for :func:`form_circles`; a match forms duos and does not
    look at it."""
    log: Literal["signed"] | None = Field(default=None, exclude_if=is_none)
    """``signed``: whoever changes a matching by hand must say who asks for it, and why."""
    language: Literal["en", "fr"] | None = Field(default=None, exclude_if=is_none)
    """The language of the people who read what comes of it: that of commands which are not told another. It
    changes no duo, so it counts neither in the digest nor where policies are compared."""
    purpose: str | None = Field(default=None, exclude_if=is_none)
    """Purpose for which people are matched: a sentence for whoever asks. The matching states it."""

    @model_validator(mode="before")
    @classmethod
    def _says_all_itself(cls, data: object) -> object:
        """Refuse the name of a preset: the meaning of a policy would change whenever the preset does."""
        if isinstance(data, dict) and "preset" in data:
            message = (
                "a policy names no preset; right would be all that the preset says, as reverse-match policy "
                "--show NAME --out FILE writes it"
            )
            raise CodedError(message, "unknown-name")
        return data

    @model_validator(mode="after")
    def _ask_by_default(self) -> Policy:
        """Ask for something to learn, where the default criteria are taken and nothing else is said.

        A policy that names its criteria, as every stored one does, asks for what it says. So does one with
        credits: they say what counts more than scores, and what is asked would come before them.
        """
        if self.asks_by_default:
            self.__dict__["as_far_as_possible"] = asked_by_default()
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Policy:
        if not self.criteria:
            message = "no criteria; at least one is needed"
            raise CodedError(message, "empty")
        repeated = [name for name, count in Counter(c.name for c in self.criteria).items() if count > 1]
        if repeated:
            message = f"two criteria are called '{shorten(repeated[0], 40)}'; names must differ"
            raise CodedError(message, "name-twice")
        if not any(criterion.weight > 0 for criterion in self.criteria):
            message = "all weights are 0; at least one must be positive"
            raise CodedError(message, "out-of-range")
        if self.spread is not None and self.objective == "total" and not self.spread.after_total:
            message = (
                "spread comes before the total, which the objective 'total' puts first; give it after_total, "
                "or choose another objective"
            )
            raise CodedError(message, "contradictory")
        if self.spread is not None and isinstance(self.objective, OVER_PEOPLE):
            message = (
                "an objective over people does not go with spread; right would be one of the two, or "
                "'max_min' or 'fair' over duos with spread"
            )
            raise CodedError(message, "contradictory")
        self._refuse_ambiguous_rules()
        owner: dict[str, str] = {}
        for name, others in self.synonyms.items():
            for other in (name, *others):
                if owner.setdefault(name_key(other), name) != name:
                    message = "a synonym is given for two different names; give it for one"
                    raise CodedError(message, "name-twice")
        return self

    def _refuse_ambiguous_rules(self) -> None:
        """Refuse a name of a rule that another rule has, or that labels another rule."""
        names = [rule.name for rule in self.rules if not isinstance(rule, Fix) and rule.name]
        unnamed = [rule for rule in self.rules if isinstance(rule, Fix) or not rule.name]
        taken = {SAME_PERSON, SITS_OUT, *KINDS_OF_RULES, *labels_of(unnamed), *self.table_labels}
        for name, count in Counter(names).items():
            if count > 1:
                message = f"two rules are called '{shorten(name, 40)}'; names must differ"
                raise CodedError(message, "name-twice")
            if name in taken:
                shown = shorten(name, 40)
                message = f"a rule is called '{shown}', which is a word for another rule; choose another name"
                raise CodedError(message, "name-taken")

    @property
    def asks_by_default(self) -> bool:
        """Whether the policy itself does not say what it asks as far as possible."""
        return not self.credits and self.model_fields_set.isdisjoint(("criteria", "as_far_as_possible"))

    @property
    def rule_labels(self) -> list[str]:
        """The label of each rule in reasons and messages; rules with the same label count as one."""
        return labels_of(self.rules)

    @property
    def table_labels(self) -> list[str]:
        """The label of each table of scores, for the pairs that it forbids."""
        return [table_label(one.name) for one in self.criteria if isinstance(one, Table)]

    @property
    def counts_months(self) -> bool:
        """Whether a rule or a quota counts months, so that it depends on the day of the match."""
        return any(map(counts_months, self.conditions))

    @property
    def conditions(self) -> Iterator[PolicyData]:
        """The conditions of rules, of quotas, and of what is asked as far as possible, with their parts."""
        asked = () if self.as_far_as_possible is None else (self.as_far_as_possible,)
        return conditions_of((*self.rules, *asked), self.quotas)

    @classmethod
    @check_arguments
    def preset(cls, name: str) -> Policy:
        """Return a policy that is ready to be used.

        Parameters
        ----------
        name : str
            ``"mission"``: the default policy. ``"evidence"``: skills, goals, people's own wishes and time in
            common, as research on mentoring suggests. ``"no-personal-traits"``: skills and goals alone,
            without age, gender, or anything that stands for them.

        Raises
        ------
        PolicyError
            If there is no such preset; the message names the nearest one.

        Examples
        --------
        >>> Policy.preset("mission") == Policy()
        True
        >>> [criterion.name for criterion in Policy.preset("no-personal-traits").criteria]
        ['skills', 'goals']
        """
        from reverse_match.policy.presets import parts_of_preset  # most programs use none

        return cls(**parts_of_preset(name))

    @classmethod
    @check_arguments
    def load(cls, path: str | os.PathLike[str]) -> Policy:
        """Read a policy from a ``.json`` or ``.toml`` file.

        Raises
        ------
        PolicyError
            If the file is faulty: with every fault, its place in the file, and the nearest known name for
            each unknown one.
        """
        file = Path(path)
        if not file.suffix:
            from reverse_match.policy.presets import refuse_preset_as_file

            refuse_preset_as_file(str(file))
        policy = cls.from_data(plain_data_of(file), file.name)
        if not any(isinstance(one, OwnData) for one in policy.criteria):
            return policy
        beside = Beside(folder=str(file.parent))
        criteria = tuple(
            one.with_beside(beside) if isinstance(one, OwnData) else one for one in policy.criteria
        )
        return policy.model_copy(update={"criteria": criteria})

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "policy") -> Policy:
        """Read a policy from plain data, such as the content of a ``.json`` file.

        Parameters
        ----------
        data : mapping
            The policy, with the same keys as in a file.
        source : str
            Name of the data in messages.

        Raises
        ------
        PolicyError
            If the data is faulty: with every fault, its place, its code, and the nearest known name for each
            unknown one.

        Examples
        --------
        >>> Policy.from_data({"seed": 7}).seed
        7
        >>> try:
        ...     Policy.from_data({"criteria": [{"kind": "wants", "name": "wishes", "weight": -1}]})
        ... except PolicyError as error:
        ...     print(error.faults[0], error.faults[0].code)
        policy, criteria[0].weight: negative; right would be 0 or more out-of-range
        """
        try:
            return cls.model_validate(data)
        except PolicyError as error:
            raise error.of(source) from None

    @property
    def sha256(self) -> str:
        """SHA-256 digest of the policy; equal policies have the same, whatever the order of their keys."""
        default, digest = _default_with_digest()
        return digest if self == default else canonical_digest(self.without_language)

    @property
    def without_language(self) -> Policy:
        """The policy as far as it decides anything.

        Examples
        --------
        >>> french = Policy(language="fr")
        >>> french == Policy(), french.sha256 == Policy().sha256, french.without_language.language
        (True, True, None)
        """
        return self if self.language is None else self.model_copy(update={"language": None})

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Policy) and self.language != other.language:
            return self.without_language == other.without_language
        return super().__eq__(other)


@cache
def _default_with_digest() -> tuple[Policy, str]:
    """Return the default policy and its digest; it holds nobody's data."""
    default = Policy()
    return default, canonical_digest(default)


def default_policy() -> Policy:
    """Return a new default policy, without validating its defaults again.

    Most small cohorts are matched by it, each in a call of its own. It shares frozen parts with other default
    policies, and no mapping.

    Examples
    --------
    >>> default_policy() == Policy(), default_policy().synonyms is default_policy().synonyms
    (True, False)
    """
    default, _ = _default_with_digest()
    return Policy.of_checked({**vars(default), "synonyms": {}, "scales": {}}, given=set())


def fields_of(policy: Policy) -> set[str]:
    """Return the fields of people that criteria, rules and quotas of a policy read.

    Examples
    --------
    >>> sorted(fields_of(Policy(rules=[], quotas=[{"kind": "each", "by": "mentee.team", "at_most": 2}])))
    ['age', 'department', 'gender', 'goals', 'offers', 'seeks', 'team']
    """
    parts = [*policy.criteria, *policy.conditions]
    named = {getattr(part, name, None) for part in parts for name in ("field", "offered", "wanted")}
    named |= {field for part in parts if isinstance(part, Among) for field in part.fields}
    paths = [path for quota in policy.quotas for path in (getattr(quota, "where", None) or ())]
    paths += [path for quota in policy.quotas if isinstance(quota, EachQuota) for path in quota.paths]
    within = () if policy.circles is None else policy.circles.within
    named |= {condition.field for condition in within if isinstance(condition, ComparedTexts)}
    if policy.own_weights is not None:
        named.add(policy.own_weights.field)
    return {name for name in named if name} | {path.partition(".")[2] for path in paths}


def functions_of(policy: Policy) -> set[str]:
    """Return the names of registered functions that criteria, rules and quotas of a policy call."""
    parts = [*policy.criteria, *policy.conditions]
    return {part.function for part in parts if isinstance(part, Custom | RegisteredCondition)}


def looks_at_scores(policy: Policy) -> bool:
    """Say whether a rule or a quota depends on the scores of pairs."""
    return any(isinstance(part, MinimumScore) for part in policy.conditions)
