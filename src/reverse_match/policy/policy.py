"""A policy: criteria, rules, quotas, objective, seed."""

from __future__ import annotations

import operator
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, Strict, model_validator

from reverse_match.foundation.arguments import checked
from reverse_match.foundation.canonical_form import canonical_digest
from reverse_match.foundation.errors import CodedError, PolicyError
from reverse_match.foundation.names import name_key
from reverse_match.foundation.records import Day
from reverse_match.foundation.text_safety import shorten
from reverse_match.policy.conditions import counts_months
from reverse_match.policy.credits import Credit
from reverse_match.policy.criteria import Criterion, default_criteria
from reverse_match.policy.labels import SAME_PERSON, SITS_OUT, labels_of
from reverse_match.policy.load import plain_data_of
from reverse_match.policy.objective import Objective
from reverse_match.policy.policy_data import PolicyData
from reverse_match.policy.quotas import CountQuota, Quota, ShareQuota
from reverse_match.policy.rotation_terms import RotationTerms
from reverse_match.policy.rules import KINDS_OF_RULES, AvoidsRule, Fix, NotInReportingLineRule, Rule
from reverse_match.policy.values import is_none, whole_number_of_any_use

if TYPE_CHECKING:
    import os


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
    synonyms: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, exclude_if=lambda synonyms: not synonyms
    )
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
        conditions = [quota.condition for quota in self.quotas if isinstance(quota, CountQuota | ShareQuota)]
        return any(counts_months(part) for part in (*self.rules, *conditions))

    @classmethod
    @checked
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
    @checked
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
