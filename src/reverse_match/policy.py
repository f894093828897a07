"""Everything that is a choice: criteria, rules, quotas, objective, seed. Plain data for JSON or TOML.

A policy says *what* is wanted; how it is computed stands in ``scoring`` and ``constraints``. The models
refuse unknown names, so that a misspelt key is an error and never a default.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    Strict,
    ValidationError,
    model_validator,
)

from reverse_match.errors import Fault, PolicyError
from reverse_match.names.normalise import name_key
from reverse_match.names.suggestion import did_you_mean
from reverse_match.plain_data import Day, PlainData

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable


def _number(value: object) -> object:
    """Let only finite numbers through: text and true/false are not numbers here."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "not a number"
        raise ValueError(message)
    if not math.isfinite(value):
        message = "NaN or infinite; a finite number is needed"
        raise ValueError(message)
    return value


Number: TypeAlias = Annotated[int | float, BeforeValidator(_number)]


def _share(value: Number) -> Number:
    if not 0 <= value <= 1:
        message = "out of range; right would be a number from 0 to 1"
        raise ValueError(message)
    return value


def _weight(value: Number) -> Number:
    if value < 0:
        message = "negative; right would be 0 or more"
        raise ValueError(message)
    return value


def _pair(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"mentor", "mentee"}:
        return value["mentor"], value["mentee"]
    return value


Share = Annotated[Number, AfterValidator(_share)]
Weight = Annotated[Number, AfterValidator(_weight)]
Pair = Annotated[tuple[str, str], BeforeValidator(_pair)]


def _is_none(value: object) -> bool:
    return value is None


class _Criterion(PlainData):
    kind: str
    """Which kind of criterion this is."""
    name: str = Field(min_length=1)
    """What the criterion is called in contributions."""
    weight: Weight
    """Any number, 0 or more; weights are normalised to sum to 1."""
    missing: Share | None = Field(default=None, exclude_if=_is_none)
    """Value of a pair for which the criterion is not known; the cohort's mean if not given."""


class Coverage(_Criterion):
    """How much of what one side wants the other offers, by level and priority.

    Sum over wanted names of priority x level / 5, divided by the sum of priorities.
    """

    kind: Literal["coverage"] = "coverage"
    offered: str = "offers"
    """Field of rated names that are offered."""
    wanted: str = "seeks"
    """Field of rated names that are wanted."""
    reciprocity: Share = 0
    """Share of the other direction: what the mentee offers and the mentor wants."""


class Overlap(_Criterion):
    """How alike two sets of names are: Jaccard, the shared part of their union."""

    kind: Literal["overlap"] = "overlap"
    field: str
    """Field that holds a list of names."""


class Gap(_Criterion):
    """How well a difference, mentee minus mentor, lies in a wanted range."""

    kind: Literal["gap"] = "gap"
    field: str
    """Field that holds a number."""
    from_: Number = Field(alias="from")
    """Value 0 up to this difference."""
    to: Number
    """Value 1 from this difference on; linear between."""
    until: Number | None = Field(default=None, exclude_if=_is_none)
    """Value 1 up to this difference, then falling; no fall if not given."""
    zero_from: Number | None = Field(default=None, exclude_if=_is_none)
    """Value 0 again from this difference on; if not given, the fall is as wide as the rise."""

    @model_validator(mode="after")
    def _in_order(self) -> Gap:
        if self.zero_from is not None and self.until is None:
            message = "zero_from needs until; give both, or neither"
            raise ValueError(message)
        points = [self.from_, self.to, self.until, self.zero_from]
        given = [point for point in points if point is not None]
        if given != sorted(given):
            message = "out of order; right would be from <= to <= until <= zero_from"
            raise ValueError(message)
        return self


class _Comparison(_Criterion):
    field: str
    """Field that holds a text, or a path such as ``Group/Plant/Workshop``."""
    paths: bool | None = Field(default=None, exclude_if=_is_none)
    """Whether ``/`` separates the parts of a path; if not given, it does, except in ``gender``."""

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender" if self.paths is None else self.paths


class Difference(_Comparison):
    """1 when two texts differ; on paths, one minus the shared part of the longer path."""

    kind: Literal["difference"] = "difference"


class Sameness(_Comparison):
    """1 when two texts are the same; on paths, the shared part of the longer path."""

    kind: Literal["sameness"] = "sameness"


class Custom(_Criterion):
    """A user's own function over columns, registered with ``rm.register_criterion``."""

    kind: Literal["custom"] = "custom"
    function: str
    """Name under which the function was registered."""


class NotInReportingLine(PlainData):
    """No duo of a person and somebody above them in the chain of managers, in either direction."""

    kind: Literal["not_in_reporting_line"] = "not_in_reporting_line"


class Forbid(PlainData):
    """These people form no duo, whoever would be the mentor."""

    kind: Literal["forbid"] = "forbid"
    pairs: tuple[Pair, ...]
    """Pairs of ids."""


class Fix(PlainData):
    """These duos are formed."""

    kind: Literal["fix"] = "fix"
    pairs: tuple[Pair, ...]
    """Pairs of ids, mentor first."""


class MinimumScore(PlainData):
    """No duo scores less than this."""

    kind: Literal["minimum_score"] = "minimum_score"
    at_least: Share
    """Lowest score that is allowed."""


Criterion = Annotated[Coverage | Overlap | Gap | Difference | Sameness | Custom, Field(discriminator="kind")]
Rule = Annotated[NotInReportingLine | Forbid | Fix | MinimumScore, Field(discriminator="kind")]


def _default_criteria() -> tuple[Criterion, ...]:
    return (
        Coverage(name="skills", weight=0.40, reciprocity=0.2),
        Overlap(name="goals", weight=0.25, field="goals"),
        Gap(name="age", weight=0.10, field="age", from_=5, to=20),
        Difference(name="gender", weight=0.10, field="gender"),
        Difference(name="department", weight=0.15, field="department"),
    )


class Policy(PlainData):
    """What a good duo is, what must hold, and what is maximised.

    Examples
    --------
    >>> policy = Policy()
    >>> [criterion.name for criterion in policy.criteria]
    ['skills', 'goals', 'age', 'gender', 'department']
    >>> Policy.model_validate(policy.model_dump(mode="json")) == policy
    True
    """

    criteria: tuple[Criterion, ...] = Field(default_factory=_default_criteria)
    """What is scored."""
    rules: tuple[Rule, ...] = (NotInReportingLine(),)
    """What forbids or demands a duo."""
    quotas: tuple[Any, ...] = Field(default=(), max_length=0)
    """Bounds over all duos; none can be given in this version."""
    objective: Literal["coverage"] = "coverage"
    """Most duos first, then the highest total score."""
    seed: Annotated[int, Strict()] = 0
    """Decides between equally good matchings, and nothing else."""
    as_of: Day | None = Field(default=None, exclude_if=_is_none)
    """The day on which birth dates become ages."""
    synonyms: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, exclude_if=lambda synonyms: not synonyms
    )
    """A name of a skill or goal, and others that mean the same."""
    correct_typos: bool = Field(default=True, exclude_if=lambda corrects: corrects)
    """Whether names one edit a word apart may mean the same."""

    @model_validator(mode="after")
    def _consistent(self) -> Policy:
        if not self.criteria:
            message = "no criteria; at least one is needed"
            raise ValueError(message)
        repeated = [name for name, count in Counter(c.name for c in self.criteria).items() if count > 1]
        if repeated:
            message = f"two criteria are called '{repeated[0]}'; names must differ"
            raise ValueError(message)
        if not any(criterion.weight > 0 for criterion in self.criteria):
            message = "all weights are 0; at least one must be positive"
            raise ValueError(message)
        owner: dict[str, str] = {}
        for name, others in self.synonyms.items():
            for other in (name, *others):
                if owner.setdefault(name_key(other), name) != name:
                    message = "a synonym is given for two different names; give it for one"
                    raise ValueError(message)
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Policy:
        """Read a policy from a ``.json`` or ``.toml`` file.

        Raises
        ------
        PolicyError
            With every fault, its place in the file, and the nearest known name where one is unknown.
        """
        file = Path(path)
        try:
            return cls.model_validate(_plain_data_of(file))
        except ValidationError as error:
            raise PolicyError(_faults(error, file.name)) from None

    @property
    def sha256(self) -> str:
        """Digest of the policy's content."""
        return hashlib.sha256(json.dumps(self.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


def _plain_data_of(file: Path) -> object:
    try:
        data = file.read_bytes()
        if file.suffix.lower() == ".toml":
            return tomllib.loads(data.decode("utf-8-sig"))
        if file.suffix.lower() == ".json":
            return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_repeated_keys)
    except OSError as error:
        raise PolicyError([Fault(f"cannot be read: {error.strerror}", file.name)]) from None
    except UnicodeDecodeError:
        raise PolicyError([Fault("not text in UTF-8", file.name)]) from None
    except ValueError as error:
        raise PolicyError([Fault(f"not valid {file.suffix[1:].upper()}: {error}", file.name)]) from None
    raise PolicyError([Fault("unknown kind of file; right would be .json or .toml", file.name)])


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        message = f"the key '{repeated[0]}' stands twice in one object"
        raise ValueError(message)
    return dict(pairs)


_MODELS: dict[str, type[PlainData]] = {
    model.model_fields["kind"].default: model
    for model in (
        Coverage,
        Overlap,
        Gap,
        Difference,
        Sameness,
        Custom,
        NotInReportingLine,
        Forbid,
        Fix,
        MinimumScore,
    )
}
_CRITERION_KINDS = ("coverage", "overlap", "gap", "difference", "sameness", "custom")
_RULE_KINDS = ("not_in_reporting_line", "forbid", "fix", "minimum_score")


def _faults(error: ValidationError, source: str) -> list[Fault]:
    return [
        Fault(_message(detail), source, column=_place(detail["loc"]) or None)
        for detail in error.errors(include_url=False, include_input=False)
    ]


def _place(location: tuple[int | str, ...]) -> str:
    """Write a pydantic location the way a person reads a file: ``criteria[2].from``."""
    place = ""
    for position, part in enumerate(location):
        if isinstance(part, int):
            place += f"[{part}]"
        elif not (position == 2 and part in _MODELS):
            place += f".{part}" if place else part
    return place


def _message(detail: Any) -> str:
    location, context = detail["loc"], detail.get("ctx", {})
    if detail["type"] == "union_tag_invalid":
        kinds = _RULE_KINDS if location[0] == "rules" else _CRITERION_KINDS
        return f"unknown kind '{context['tag']}'{did_you_mean(context['tag'], kinds)}"
    if detail["type"] == "extra_forbidden":
        return f"unknown name{did_you_mean(str(location[-1]), _names_at(location))}"
    if location[:1] == ("quotas",):
        return "quotas are not part of this version; leave the list empty"
    if detail["type"] == "literal_error":
        return f"unknown; right would be {context['expected']}"
    return str(context.get("error", detail["msg"]))


def _names_at(location: tuple[int | str, ...]) -> Iterable[str]:
    tags = [part for part in location if part in _MODELS]
    model = _MODELS[str(tags[0])] if tags else Policy
    return [field.alias or name for name, field in model.model_fields.items()]
