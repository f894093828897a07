"""Criteria as a user writes them: each gives a pair a value from 0 to 1; scores are their weighted means."""

from __future__ import annotations

import operator
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from reverse_match.foundation.errors import CodedError
from reverse_match.policy.own_data import Beside, Digest, FileBeside, PairWithValue
from reverse_match.policy.values import Minutes, Number, PolicyData, Share, SlotMinutes, Weight, is_none

MOST_PAIRS = 1_000_000
"""The largest number of pairs of a table that a policy may list; a file or a program gives more."""

LEAST_RANGE = 0.001
"""The smallest difference between the two cosines that count 0 and 1."""

MOST_CHOICES = 100
"""The largest number of choices that a scale of wishes tells apart."""

Cosine: TypeAlias = Annotated[Number, Field(ge=-1, le=1)]
"""The cosine of an angle."""


def _falling(scale: tuple[Number, ...]) -> tuple[Number, ...]:
    if not scale or list(scale) != sorted(scale, reverse=True) or len(scale) > MOST_CHOICES:
        message = "right would be numbers that do not rise, such as [1, 0.7, 0.4]"
        raise CodedError(message, "out-of-order")
    return scale


class _Criterion(PolicyData):
    kind: str
    """Which kind of criterion this is."""
    name: str = Field(min_length=1)
    """Name of the criterion in contributions."""
    weight: Weight
    """Weight, a number of 0 or more; the weights of a policy are scaled so that they sum to 1."""
    missing: Share | None = Field(default=None, exclude_if=is_none)
    """Value, from 0 to 1, of a pair for which the criterion is not known. If not given, it is the mean over
    the pairs of the cohort for which the criterion is known."""


class Coverage(_Criterion):
    """How well the names that one person offers cover those that the other wants, by level and priority.

    The value is the sum over wanted names of priority x level / 5, divided by the sum of priorities.
    """

    kind: Literal["coverage"] = "coverage"
    offered: str = "offers"
    """Field of rated names that are offered."""
    wanted: str = "seeks"
    """Field of rated names that are wanted."""
    reciprocity: Share = 0
    """Share of the value, from 0 to 1, that comes from the other direction: the mentee offers and the mentor
    wants."""


class Overlap(_Criterion):
    """How alike two sets of names are: the Jaccard index, the size of their intersection over their union."""

    kind: Literal["overlap"] = "overlap"
    field: str
    """Field that holds a list of names."""


class Gap(_Criterion):
    """How well the difference of two numbers, mentee minus mentor, lies in a wanted range.

    The value is a trapezoid: it rises from 0 to 1 between ``from`` and ``to``, stays at 1 up to ``until``,
    and falls to 0 at ``zero_from``.
    """

    kind: Literal["gap"] = "gap"
    field: str
    """Field that holds a number."""
    from_: Number = Field(alias="from")
    """Difference up to which the value is 0."""
    to: Number
    """Difference from which on the value is 1; the value is linear in between."""
    until: Number | None = Field(default=None, exclude_if=is_none)
    """Difference above which the value falls; if not given, it does not fall."""
    zero_from: Number | None = Field(default=None, exclude_if=is_none)
    """Difference from which on the value is 0 again; if not given, the fall is as wide as the rise."""

    @model_validator(mode="after")
    def _in_order(self) -> Gap:
        if self.zero_from is not None and self.until is None:
            message = "zero_from needs until; give both, or neither"
            raise CodedError(message, "incomplete")
        points = [self.from_, self.to, self.until, self.zero_from]
        given = [point for point in points if point is not None]
        if given != sorted(given):
            message = "out of order; right would be from <= to <= until <= zero_from"
            raise CodedError(message, "out-of-order")
        return self


class _Comparison(_Criterion):
    field: str
    """Field that holds a text, or a path such as ``Group/Plant/Workshop``."""
    paths: bool | None = Field(default=None, exclude_if=is_none)
    """Whether ``/`` separates the parts of a path; if not given, it does in every field but ``gender``."""

    @property
    def splits_paths(self) -> bool:
        """Whether texts are compared part by part."""
        return self.field != "gender" if self.paths is None else self.paths


class Difference(_Comparison):
    """Whether two texts differ: 1 if so, else 0; for paths, 1 minus the share of leading parts in common.

    The share is the number of leading parts in common over the number of parts of the longer path.
    """

    kind: Literal["difference"] = "difference"


class Sameness(_Comparison):
    """Whether two texts are the same: 1 if so, else 0; for paths, the share of leading parts in common.

    The share is the number of leading parts in common over the number of parts of the longer path.
    """

    kind: Literal["sameness"] = "sameness"


class Wants(_Criterion):
    """Whether the two people want each other, by their fields ``wants``, which list ids.

    A person counts 1 if their list has the other person, else 0; with a ``scale``, less than 1 if the other
    is not their first choice. The value is the mean over those of the two people whose list is not empty.
    """

    kind: Literal["wants"] = "wants"
    scale: Annotated[tuple[Share, ...], AfterValidator(_falling)] | None = Field(
        default=None, exclude_if=is_none
    )
    """What a first choice counts, a second, and so on, each from 0 to 1 and none more than the one before;
    the last number holds for all later choices. If not given, the order does not matter."""


class Preferences(_Criterion):
    """How far the two people are as the other prefers, by their fields ``prefers``.

    A person's share is the sum over the fields that they speak of, over the most that is possible there. A
    *yes* or a *must* that fits the other's field counts 1, a *maybe* one half; a *no* or a *must not* that
    fits takes 1 away, a *rather not* one half, down to 0. Of several answers about one field the strongest
    counts. Fields that the other leaves empty do not count. The value is the mean of the shares of those of
    the two people who speak of a field that the other fills.
    """

    kind: Literal["preferences"] = "preferences"


class CommonTime(_Criterion):
    """How many minutes of a week the two people have in common, by their fields ``available``, up to enough.

    The value is the number of minutes over ``enough``. A person who has stated fewer minutes is measured by
    these: stating little is neither rewarded nor punished. It is not known where one of the two has stated
    none, or where only one of them has a time zone.
    """

    kind: Literal["common_time"] = "common_time"
    enough: Minutes = 120
    """Minutes in common a week that are enough for the value 1."""
    slot: SlotMinutes = 30
    """Shortest time in common that counts, in minutes."""
    on_site: bool = Field(default=False, exclude_if=operator.not_)
    """Whether only times count at which both are on site at the same place, by their fields ``on_site`` and
    ``location``."""


class Custom(_Criterion):
    """A user's own function over columns, registered with ``rm.register_criterion``."""

    kind: Literal["custom"] = "custom"
    function: str
    """Name under which the function was registered."""


class OwnData(_Criterion):
    """A criterion over data that stands in a file, or that a program gives."""

    file: FileBeside | None = Field(default=None, exclude_if=is_none)
    """Name of the file with the data, in the folder of the policy."""
    sha256: Digest | None = Field(default=None, exclude_if=is_none)
    """SHA-256 digest of the data, whatever form it came in; a match writes it, and other data is refused."""
    _beside: Beside = PrivateAttr(default_factory=Beside)

    @property
    def beside(self) -> Beside:
        """The data, if it is at hand, and the folder of its file."""
        return self._beside

    @property
    def data_name(self) -> str:
        """Name under which a program gives the data."""
        return self.name

    @property
    def stated(self) -> tuple[object, ...]:
        """What this criterion states of its data."""
        return (self.sha256,)

    @property
    def data(self) -> Any:
        """The data, or ``None`` where it is not at hand, or is not what the criterion states."""
        beside = self._beside
        return beside.data if beside.data is not None and beside.stated == self.stated else None

    def with_data(self, data: Any, sha256: str | None = None) -> Self:
        """Return the criterion with data beside it, and with its digest, if one is given."""
        made = self.model_copy(update={} if sha256 is None else {"sha256": sha256})
        made._beside = Beside(data, self._beside.folder, made.stated)
        return made

    def with_beside(self, beside: Beside) -> Self:
        """Return the criterion with something else beside it."""
        made = self.model_copy()
        made._beside = beside
        return made


class Table(OwnData):
    """Scores of pairs from outside, such as those of interviews, or of a model of your own.

    A pair without an entry is not known. The numbers may lie in any range: ``from`` counts 0, ``to`` counts
    1, and the value is linear in between.
    """

    kind: Literal["table"] = "table"
    pairs: Annotated[tuple[PairWithValue, ...], Field(max_length=MOST_PAIRS)] | None = Field(
        default=None, exclude_if=is_none
    )
    """Pairs of ids, mentor first, each with its number, or with null: then the pair is forbidden."""
    from_: Number | None = Field(default=None, alias="from", exclude_if=is_none)
    """Number that counts 0. If not given: 0 where all numbers lie from 0 to 1, else the lowest of them."""
    to: Number | None = Field(default=None, exclude_if=is_none)
    """Number that counts 1; it is below ``from`` where less is better. If not given: 1 where all numbers lie
    from 0 to 1, else the highest of them."""

    @property
    def stated(self) -> tuple[object, ...]:
        """What this criterion states of its data."""
        return self.sha256, self.pairs, self.from_, self.to

    @model_validator(mode="after")
    def _stated_once(self) -> Table:
        if self.pairs is not None and (self.file is not None or self.sha256 is not None):
            message = "pairs beside a file or a digest; give the scores once"
            raise CodedError(message, "given-twice")
        if (self.from_ is None) != (self.to is None):
            message = "from needs to; give both, or neither"
            raise CodedError(message, "incomplete")
        if self.from_ is not None and self.from_ == self.to:
            message = "from and to are equal; right would be two different numbers"
            raise CodedError(message, "out-of-order")
        return self


class Similarity(OwnData):
    """How alike two people's vectors are: the cosine of the angle between them.

    The value is linear in the cosine: ``from`` counts 0, ``to`` counts 1, and less or more than these counts
    no more than they do.
    """

    kind: Literal["similarity"] = "similarity"
    vectors: str = Field(min_length=1)
    """Name under which a program gives the vectors; an embedder reads the column of this name."""
    from_: Cosine = Field(default=0, alias="from")
    """Cosine up to which the value is 0."""
    to: Cosine = 1
    """Cosine from which on the value is 1."""

    @property
    def data_name(self) -> str:
        """Name under which a program gives the data."""
        return self.vectors

    @model_validator(mode="after")
    def _rising(self) -> Similarity:
        if self.to - self.from_ < LEAST_RANGE:
            message = f"out of order or too near; right would be from at least {LEAST_RANGE} below to"
            raise CodedError(message, "out-of-order")
        return self


Criterion = Annotated[
    Coverage
    | Overlap
    | Gap
    | Difference
    | Sameness
    | Wants
    | Preferences
    | CommonTime
    | Table
    | Similarity
    | Custom,
    Field(discriminator="kind"),
]


def default_criteria() -> tuple[Criterion, ...]:
    """Return the five criteria of a policy that does not name criteria."""
    return (
        Coverage(name="skills", weight=0.40, reciprocity=0.2),
        Overlap(name="goals", weight=0.25, field="goals"),
        Gap(name="age", weight=0.10, field="age", from_=5, to=20),
        Difference(name="gender", weight=0.10, field="gender"),
        Difference(name="department", weight=0.15, field="department"),
    )
