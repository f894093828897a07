"""A policy: criteria, rules, quotas, objective, seed."""

from __future__ import annotations

import operator
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Strict, Tag, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import CodedError, PolicyError
from reverse_match.foundation.names import name_key
from reverse_match.foundation.records import Day
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.conditions import MinimumScore, RegisteredCondition, counts_months
from reverse_match.policy.credits import MOST_POINTS, Credit
from reverse_match.policy.criteria import Criterion, Custom, default_criteria
from reverse_match.policy.labels import SAME_PERSON, SITS_OUT, labels_of
from reverse_match.policy.load import plain_data_of
from reverse_match.policy.quotas import EachQuota, Quota, conditions_of
from reverse_match.policy.rules import KINDS_OF_RULES, AvoidsRule, Fix, NotInReportingLineRule, Rule
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


class Fair(PolicyData):
    """Most duos, then the highest sum of a fair utility of their scores; fixed duos count, too."""

    kind: Literal["fair"] = "fair"
    alpha: Annotated[Number, Field(ge=0, le=5)] = 1
    """0: the total of the scores; 1: proportional, of their logarithms; larger: the worst duos count most."""


_KNOWN = ("coverage", "total", "max_min")
_RIGHT = """'coverage', 'total', 'max_min', or {"kind": "fair", "alpha": 1}"""


def _check_known(value: object) -> object:
    if not isinstance(value, dict | Fair) and not (isinstance(value, str) and value in _KNOWN):
        message = f"unknown; right would be {_RIGHT}"
        raise CodedError(message, "unknown-value")
    return value


def _form_of_objective(value: object) -> str:
    return "fair" if isinstance(value, dict | Fair) else "named"


Objective: TypeAlias = Annotated[
    Annotated[Literal["coverage", "total", "max_min"], Tag("named")] | Annotated[Fair, Tag("fair")],
    Discriminator(_form_of_objective),
    BeforeValidator(_check_known),
]
"""What is maximised.

``coverage``: most duos, then the highest total score. ``total``: the highest total score, then most duos.
``max_min``: most duos, then the best worst duo of those that the policy does not fix, then the highest total.
"""


class RotationTerms(PolicyData):
    """Terms on which the next round is formed, and thresholds by which feedback is read.

    Examples
    --------
    >>> RotationTerms(charge=0.2).charge
    0.2
    """

    again_after_months: Annotated[int, Field(ge=1, le=1200)] | None = Field(default=None, exclude_if=is_none)
    """Calendar months after the end of their duo from which on two people may meet again; never if not
    given."""
    keep_wanted: bool = True
    """Whether a duo that both want to keep may go on; if not, every duo changes."""
    charge: GivenPoints = 0.1
    """Points that it costs to end a duo that both want to keep."""
    carry_over: GivenPoints = 0.5
    """Points by which duos of somebody count more, for each round in a row in which they had none."""
    carry_over_rounds: Annotated[int, Field(ge=1, le=100)] = 4
    """How many rounds in a row count at most."""
    poor_satisfaction: Annotated[int, Field(ge=1, le=4)] = 2
    """Satisfaction, of 1 to 5, at which or below which a duo had better rotate."""
    many_cancelled: Share = 0.3
    """Share of its sessions that a duo cancelled, from which on another format is proposed."""
    short_session_minutes: Annotated[int, Field(ge=5, le=480)] = 20
    """Length of a session where a shorter format is proposed."""
    learned_join_offers: bool = False
    """Whether what somebody has learned joins what they offer."""
    learned_level: Annotated[int, Field(ge=1, le=5)] = 3
    """At which level it does."""

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
"""Their fields have defaults: nothing is to be checked, so nothing is built while the library is loaded."""


class Policy(PolicyData):
    """What a good duo is, what must hold, and what is maximised.

    Examples
    --------
    >>> policy = Policy()
    >>> [criterion.name for criterion in policy.criteria]
    ['skills', 'goals', 'age', 'gender', 'department']
    >>> Policy.model_validate(policy.model_dump(mode="json")) == policy
    True
    """

    criteria: tuple[Criterion, ...] = Field(default_factory=default_criteria, max_length=1_000)
    """What is scored."""
    rules: tuple[Rule, ...] = Field(default=DEFAULT_RULES, max_length=10_000)
    """What forbids or demands a duo."""
    quotas: tuple[Quota, ...] = Field(default=(), max_length=10_000)
    """What all duos together must keep."""
    credits: tuple[Credit, ...] = Field(default=(), exclude_if=operator.not_, max_length=10_000)
    """Points by which some duos count more for the objective than they score; a rotation gives them. No pair
    may have more than 5."""
    objective: Objective = "coverage"
    """What is maximised: ``coverage``, ``total``, ``max_min``, or fairness with an alpha."""
    seed: Annotated[int, Strict(), AfterValidator(whole_number_of_any_use)] = 0
    """Decides between equally good matchings, and nothing else."""
    as_of: Day | None = Field(default=None, exclude_if=is_none)
    """The day on which birth dates become ages, and from which months since past duos are counted."""
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict, exclude_if=operator.not_)
    """A name of a skill or goal, and others that mean the same."""
    correct_typos: bool = Field(default=True, exclude_if=lambda corrects: corrects)
    """Whether names one edit a word apart may mean the same."""
    rotation: RotationTerms = Field(
        default_factory=RotationTerms, exclude_if=lambda terms: terms == RotationTerms()
    )
    """Terms of the next rounds, and thresholds by which feedback is read."""

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
        self._refuse_ambiguous_rules()
        owner: dict[str, str] = {}
        for name, others in self.synonyms.items():
            for other in (name, *others):
                if owner.setdefault(name_key(other), name) != name:
                    message = "a synonym is given for two different names; give it for one"
                    raise CodedError(message, "name-twice")
        return self

    def _refuse_ambiguous_rules(self) -> None:
        """Refuse names of rules that would make it unclear which rule is meant."""
        names = [rule.name for rule in self.rules if not isinstance(rule, Fix) and rule.name]
        unnamed = [rule for rule in self.rules if isinstance(rule, Fix) or not rule.name]
        taken = {SAME_PERSON, SITS_OUT, *KINDS_OF_RULES, *labels_of(unnamed)}
        for name, count in Counter(names).items():
            if count > 1:
                message = f"two rules are called '{shorten(name, 40)}'; names must differ"
                raise CodedError(message, "name-twice")
            if name in taken:
                shown = shorten(name, 40)
                message = f"a rule is called '{shown}', which is a word for another rule; choose another name"
                raise CodedError(message, "name-taken")

    @property
    def rule_labels(self) -> list[str]:
        """What each rule is called in reasons and messages; rules with one label count as one."""
        return labels_of(self.rules)

    @property
    def counts_months(self) -> bool:
        """Whether a rule counts months, so that who may meet depends on the day."""
        return any(map(counts_months, conditions_of(self.rules, self.quotas)))

    @classmethod
    @check_arguments
    def load(cls, path: str | os.PathLike[str]) -> Policy:
        """Read a policy from a ``.json`` or ``.toml`` file.

        Raises
        ------
        PolicyError
            With every fault, its place in the file, and the nearest known name where one is unknown.
        """
        file = Path(path)
        return cls.from_data(plain_data_of(file), file.name)

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "policy") -> Policy:
        """Read a policy from plain data, such as what a ``.json`` file holds.

        Parameters
        ----------
        data : mapping
            With the names of the files.
        source : str
            What to call it in messages.

        Raises
        ------
        PolicyError
            With every fault, its place, its code, and the nearest known name where one is unknown.

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
        """Digest of the policy's content: equal policies have one, whatever the order of keys in a file."""
        return canonical_digest(self)


def fields_of(policy: Policy) -> set[str]:
    """Return the fields of people that criteria, rules and quotas of a policy look at.

    Examples
    --------
    >>> sorted(fields_of(Policy(rules=[], quotas=[{"kind": "each", "by": "mentee.team", "at_most": 2}])))
    ['age', 'department', 'gender', 'goals', 'offers', 'seeks', 'team']
    """
    parts = [*policy.criteria, *conditions_of(policy.rules, policy.quotas)]
    named = {getattr(part, name, None) for part in parts for name in ("field", "offered", "wanted")}
    paths = [path for quota in policy.quotas for path in (getattr(quota, "where", None) or ())]
    paths += [quota.by for quota in policy.quotas if isinstance(quota, EachQuota)]
    return {name for name in named if name} | {path.partition(".")[2] for path in paths}


def functions_of(policy: Policy) -> set[str]:
    """Return the names of the functions of a user's own that criteria, rules and quotas of a policy call."""
    parts = [*policy.criteria, *conditions_of(policy.rules, policy.quotas)]
    return {part.function for part in parts if isinstance(part, Custom | RegisteredCondition)}


def looks_at_scores(policy: Policy) -> bool:
    """Say whether a rule or a quota depends on what pairs score."""
    return any(isinstance(part, MinimumScore) for part in conditions_of(policy.rules, policy.quotas))
