"""The record of circles: who is in which, who is in none and why, and the proof; frozen, also as JSON.

Its numbers are written as those of a :class:`.Matching`: scores and points are whole millionths.
"""

from __future__ import annotations

import csv
import io
import operator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.canonical_form import by_name, canonical_digest, in_order
from reverse_match.foundation.errors import InputError, MatchingFileError, UnattachedError
from reverse_match.foundation.fixed_point import ONE, OnGrid, points
from reverse_match.foundation.plural import quantity
from reverse_match.foundation.records import Day, PlainData, WordedRecord, views_of
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.matching.results.matching import CriterionSummary, Digests, Duo
from reverse_match.matching.results.upgrading import SCHEMA_VERSION, record_of_data, record_of_json
from reverse_match.policy import Policy
from reverse_match.policy.values import Role, is_none

if TYPE_CHECKING:
    from reverse_match.people.cohort import Cohort

WhyWithoutCircle = Literal[
    "sits_out", "no_allowed_partner", "below_minimum_score", "no_circle_possible", "no_place_left"
]


class CircleOf(WordedRecord):
    """A circle: one or two mentors with some mentees."""

    mentors: tuple[str, ...]
    """Ids of the mentors, sorted."""
    mentees: tuple[str, ...]
    """Ids of the mentees, sorted."""
    score: OnGrid
    """Sum of the scores of each mentor with each mentee."""
    pairs: tuple[Duo, ...]
    """Each mentor with each mentee, sorted: their score, its contributions, and what matches."""

    @property
    def mean(self) -> float:
        """The mean score of a mentor with a mentee, from 0 to 1."""
        return points(round(self.score * ONE / max(1, len(self.pairs))))

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of all members, the mentors first."""
        return (*self.mentors, *self.mentees)


class WithoutCircle(WordedRecord):
    """A person who is in no circle in a role, and the reason."""

    id: str
    """Id of the person."""
    role: Role
    """Role without a circle; a person with both roles can be in a circle in the other."""
    reason: WhyWithoutCircle
    """Reason: ``sits_out`` (capacity 0); ``no_allowed_partner`` (rules forbid all partners);
    ``below_minimum_score`` (a minimum score alone forbids those that other rules allow);
    ``no_circle_possible`` (no circle with this person keeps sizes, rules and conditions, whoever the others
    are); ``no_place_left`` (there are such circles, but with one of them fewer people would be placed, more
    would be in trios, or the total would not be higher)."""
    allowed_partners: int
    """Number of partners that the rules allow."""
    blocked_by: dict[str, int] = Field(default_factory=dict)
    """Number of partners that each rule forbids, by label of the rule."""


class FormerCircle(PlainData):
    """People who were together before: a circle, or a duo."""

    mentors: tuple[str, ...]
    """Ids of the mentors, sorted."""
    mentees: tuple[str, ...]
    """Ids of the mentees, sorted."""


_WholeById = Annotated[dict[str, int], AfterValidator(by_name)]


class CircleCase(PlainData):
    """A case of a proof: the differences of its prices from those of the case above, and its question.

    Prices are whole numbers of ten-thousandths of a unit: of a millionth of a point, of a person, or of a
    trio. The first case is given as differences from 0.
    """

    mentor: str | None = Field(default=None, exclude_if=is_none)
    """Id of a mentor by whom the case is split; see ``mentee``."""
    mentee: str | None = Field(default=None, exclude_if=is_none)
    """Id of a mentee by whom the case is split. With a mentor or a mentee alone, this person is in no circle
    in the first case below, and in one in the second. With both, the two are not in one circle, or are."""
    number: int | None = Field(default=None, exclude_if=is_none)
    """A number of circles by which the case is split: the first case below has at most so many, the second
    has more."""
    mentors: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Differences of the prices of mentors, by id."""
    mentees: _WholeById = Field(default={}, exclude_if=operator.not_)
    """Differences of the prices of mentees, by id."""
    person: int = Field(default=0, exclude_if=operator.not_)
    """Difference of what one person more in a circle is worth."""
    trio: int = Field(default=0, exclude_if=operator.not_)
    """Difference of the price of a trio."""
    circle: int = Field(default=0, exclude_if=operator.not_)
    """Difference of the price of a circle: above 0 where only so many may exist, below 0 where more must."""

    @property
    def is_split(self) -> bool:
        """Whether there are two cases below."""
        return self.mentor is not None or self.mentee is not None or self.number is not None


class CircleStage(PlainData):
    """A stage of the objective: what is reached, and what the cases prove."""

    stage: Literal["people", "trios", "total"]
    """``people``: most people in circles, counted in each role; ``trios``: fewest trios with as many people;
    ``total``: highest sum of scores with as many people, and no more trios."""
    reached: float
    """Number of people, number of trios, or points."""
    bound: float
    """What no circles can exceed: the largest number or sum; for ``trios`` the smallest number."""
    cases: tuple[CircleCase, ...]
    """The cases in preorder: each case, then its first case below with all below that, then its second."""

    @property
    def gap(self) -> float:
        """How far ``reached`` is from the bound, in its own unit; 0 if it is proved to be the best."""
        units = abs(round(self.bound * ONE) - round(self.reached * ONE))
        return points(units)


class CircleCertificate(PlainData):
    """The proof of circles, stage by stage; ``docs/circles.md`` says how to check it."""

    stages: tuple[CircleStage, ...]
    """The stages in order."""

    @property
    def bound(self) -> float:
        """Upper bound, in points, on the total of any circles with as many people, and no more trios."""
        return self.stages[-1].bound

    @property
    def gap(self) -> float:
        """How far the total is from its bound, in points."""
        return self.stages[-1].gap

    @property
    def proved(self) -> bool:
        """Whether the circles are proved to be the best possible."""
        return all(stage.gap == 0 for stage in self.stages)


class CircleMatching(WordedRecord):
    """Circles: who is in which, who is in none and why, and the proof.

    Examples
    --------
    >>> import reverse_match as rm
    >>> policy = rm.Policy(circles={"mentees": "2..3"})
    >>> circles = rm.form_circles(rm.read_cohort(rm.demo_path()), policy)
    >>> len(circles.circles), len(circles.unmatched), circles.certificate.proved
    (12, 26, True)
    >>> rm.CircleMatching.from_json(circles.to_json()) == circles
    True
    """

    __slots__ = ("_people",)
    """The people are a slot, and no field: so equality, JSON, copies and pickles leave them out."""

    if TYPE_CHECKING:
        _people: Cohort

    refusal: ClassVar[type[InputError]] = MatchingFileError

    kind: Literal["circles"] = "circles"
    """Says that this is a file of circles."""
    schema_version: Literal[2] = SCHEMA_VERSION
    """Version of this format."""
    library_version: str
    """Version of reverse_match that made the circles."""
    status: Literal["optimal", "feasible"]
    """``optimal`` if the circles are proved to be the best possible."""
    circles: tuple[CircleOf, ...]
    """All circles, sorted by mentors."""
    unmatched: tuple[WithoutCircle, ...]
    """People in no circle in a role, with reasons; sorted by id and role."""
    total: OnGrid
    """Exact sum of the scores of all circles."""
    criteria: tuple[CriterionSummary, ...]
    """Weights and neutral values of the criteria on this cohort."""
    certificate: CircleCertificate
    """The proof."""
    past: tuple[FormerCircle, ...] = Field(default=(), exclude_if=operator.not_)
    """Who was together before: no mentor meets a mentee again, in whatever role."""
    forgotten: tuple[str, ...] = Field(default=(), exclude_if=operator.not_)
    """Tombstones of people who were erased; see :func:`forget`."""
    policy: Policy
    """The policy as given."""
    as_of: Day | None
    """The day on which ages were computed from birth dates; ``None`` if no age depends on it."""
    digests: Digests
    """Digests of the input."""

    @model_validator(mode="after")
    def _in_order(self) -> CircleMatching:
        """Restore the order of keys in which views show them; databases may change that order."""
        names = [one.name for one in self.criteria]
        self.__dict__["circles"] = tuple(
            circle.model_copy(update={"pairs": tuple(_ordered(pair, names) for pair in circle.pairs)})
            for circle in self.circles
        )
        return self

    def __str__(self) -> str:
        gaps = [f"{stage.gap:g} {_UNITS[stage.stage]}" for stage in self.certificate.stages if stage.gap]
        proof = f"gap of {' and '.join(gaps)}" if gaps else "proved optimal"
        told = f"{quantity(len(self.circles), 'circle')}, total {self.total:.6f}"
        return f"{told}, {len(self.without_circle)} in no circle, {proof}"

    def __repr__(self) -> str:
        return f"CircleMatching({self})"

    @property
    def people_placed(self) -> int:
        """Number of people in circles, counted in each role."""
        return sum(len(circle.people) for circle in self.circles)

    @property
    def without_circle(self) -> tuple[str, ...]:
        """Ids of all people who are in no circle in any role, sorted."""
        placed = {name for circle in self.circles for name in circle.people}
        return tuple(sorted({left.id for left in self.unmatched} - placed))

    @property
    def former_circles(self) -> tuple[FormerCircle, ...]:
        """These circles and those before them, as the past of the next ones."""
        now = {FormerCircle(mentors=one.mentors, mentees=one.mentees) for one in self.circles}
        return tuple(sorted({*now, *self.past}, key=lambda one: (one.mentors, one.mentees)))

    def to_json(self) -> str:
        """Return the circles as JSON text; :meth:`from_json` gives back an equal record."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    @check_arguments
    def from_json(cls, text: str | bytes, source: str = "circles") -> CircleMatching:
        """Read circles from JSON text.

        Parameters
        ----------
        text : str or bytes
            JSON text that :meth:`to_json` returned.
        source : str
            Name of the text in messages.

        Raises
        ------
        MatchingFileError
            If the text holds no circles, or those of a newer version.
        """
        return record_of_json(cls, "circles", text, source, dict)

    @classmethod
    @check_arguments
    def from_data(cls, data: object, source: str = "circles") -> CircleMatching:
        """Read circles from plain data: parsed JSON, as a database returns it.

        Raises
        ------
        MatchingFileError
            As for :meth:`from_json`.
        """
        return record_of_data(cls, "circles", data, source, dict)

    @property
    def sha256(self) -> str:
        """SHA-256 digest; equal circles have the same, whatever the order of keys in their JSON."""
        return canonical_digest(self.model_copy(update={"policy": self.policy.without_language}))

    def with_people(self, cohort: Cohort) -> CircleMatching:
        """Return the circles with their people beside them, whose names views show."""
        circles = self.model_copy()
        object.__setattr__(circles, "_people", cohort)
        return circles

    @property
    def people_beside(self) -> Cohort | None:
        """The people, where the circles were just formed, or were given them."""
        return getattr(self, "_people", None)

    def to_csv(self) -> str:
        """Return the circles as CSV: one row for each member, with the number of the circle.

        A cell that a spreadsheet would take for a formula begins with an apostrophe.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["circle", "role", "id", "score", "mean"])
        for number, circle in enumerate(self.circles, 1):
            for role, members in (("mentor", circle.mentors), ("mentee", circle.mentees)):
                for name in members:
                    writer.writerow([number, role, safe_cell(name), circle.score, circle.mean])
        return text.getvalue()

    @check_arguments
    def to_html(self, lang: str = "en", *, anonymous: bool = False) -> str:
        """Return the circles as one HTML page without scripts or external resources.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            Whether names are left out: people are then shown by their ids alone.
        """
        page: str = views_of(self).page(self, self.people_beside, lang, anonymous=anonymous)
        return page

    @check_arguments
    def to_workbook(self, lang: str = "en", *, anonymous: bool = False) -> bytes:
        """Return the circles as a workbook (.xlsx): a row for each member, and for each person in none.

        Parameters
        ----------
        lang : str
            ``"en"`` or ``"fr"``.
        anonymous : bool
            Whether names and e-mail addresses are left out.

        Raises
        ------
        UnattachedError
            If the circles have no people beside them.
        MissingExtraError
            If openpyxl is not installed (extra ``excel``).
        """
        people = self.people_beside
        if people is None:
            message = (
                "these circles have no people beside them (they were read, copied or pickled); right would "
                "be circles.with_people(cohort)"
            )
            raise UnattachedError(message)
        written: bytes = views_of(self).workbook(self, people, lang, anonymous=anonymous)
        return written


_UNITS = {"people": "people", "trios": "trios", "total": "points"}


def _ordered(pair: Duo, names: list[str]) -> Duo:
    found: dict[str, Any] = in_order(pair.contributions, names)
    return pair if found is pair.contributions else pair.model_copy(update={"contributions": found})
