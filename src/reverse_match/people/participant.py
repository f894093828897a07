"""One person of a programme, validated at the border."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from reverse_match.foundation.errors import CohortError, InputError
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import PlainData
from reverse_match.people import cells
from reverse_match.people.cells import AttributeValue, CellError, Number

Role: TypeAlias = Literal["mentor", "mentee", "both"]

AGES = (14, 100)
MAXIMUM_CAPACITY = 1_000_000
_ROLES = ("mentor", "mentee", "both")
_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s<>()\[\],;:\"\\]+")

SHOWN_ALONE = ("name", "email")
"""Fields that people are shown, and that count for nothing."""
NAME_PARTS = ("first_name", "last_name")
"""Columns that together are ``name``, where nothing else is."""

_RatedInput: TypeAlias = str | list[str] | dict[str, int] | None
_NamesInput: TypeAlias = str | list[str] | None


def _required_text(value: object) -> str:
    read = cells.text(value)
    if read is None:
        message = "missing; every person needs one"
        raise CellError(message, "missing")
    return read


def _role(value: object) -> str:
    role = _required_text(value).casefold()
    if role not in _ROLES:
        message = "unknown role; right would be mentor, mentee or both"
        raise CellError(message, "unknown-value")
    return role


def _age(value: object) -> Number | None:
    age = cells.number(value)
    if age is not None and not AGES[0] <= age <= AGES[1]:
        message = f"impossible age; right would be years from {AGES[0]} to {AGES[1]}"
        raise CellError(message, "out-of-range")
    return age


def _capacity(value: object) -> int:
    capacity = cells.whole_number(value, 0, MAXIMUM_CAPACITY)
    return 1 if capacity is None else capacity


def _is_unknown(value: object) -> bool:
    return value is None


def _full_name(parts: Mapping[str, object]) -> object:
    """Return the name that first and last names make; what is no text stays, to be refused with its place."""
    given = [part for name in NAME_PARTS if not cells.is_empty(part := parts.get(name))]
    strange = [part for part in given if not isinstance(part, str)]
    return strange[0] if strange else " ".join(str(part).strip() for part in given)


_levels = partial(cells.rated_names, bounds=cells.LEVELS, default=cells.DEFAULT_LEVEL, word="level")
_priorities = partial(
    cells.rated_names, bounds=cells.PRIORITIES, default=cells.DEFAULT_PRIORITY, word="priority"
)

Text = Annotated[str | None, BeforeValidator(cells.text)]
Ids = Annotated[tuple[str, ...], BeforeValidator(cells.ids, json_schema_input_type=_NamesInput)]
Names = Annotated[tuple[str, ...], BeforeValidator(cells.names, json_schema_input_type=_NamesInput)]


class Participant(PlainData):
    """One person: the skills they teach and want to learn, and everything else that a policy may look at.

    Keys that are not fields below are kept as ``attributes``, which criteria can use by their name.

    Examples
    --------
    >>> person = Participant(id="lea", role="mentor", offers="Python:4;Notion", years=3)
    >>> person.offers, person.attributes
    ({'Python': 4, 'Notion': 3}, {'years': 3})
    """

    model_config = ConfigDict(json_schema_extra={"additionalProperties": True})
    refusal: ClassVar[type[InputError]] = CohortError
    keys_beside: ClassVar[str] = "attributes"

    id: Annotated[str, BeforeValidator(_required_text)]
    """Id of the person: text that nobody else in the cohort has."""
    role: Annotated[Role, BeforeValidator(_role)]
    """Role in the programme: ``mentor``, ``mentee`` or ``both``."""
    name: Text = Field(default=None, exclude_if=_is_unknown)
    """Name of the person, shown beside the id; columns of first and last names make it, too. It is never
    scored, and in no digest."""
    email: Text = Field(default=None, exclude_if=_is_unknown)
    """E-mail address of the person. It is shown, never scored, and in no digest."""
    offers: Annotated[dict[str, int], BeforeValidator(_levels, json_schema_input_type=_RatedInput)] = Field(
        default_factory=dict
    )
    """Skills taught, each with a level from 1 to 5 (3 if not given)."""
    seeks: Annotated[dict[str, int], BeforeValidator(_priorities, json_schema_input_type=_RatedInput)] = (
        Field(default_factory=dict)
    )
    """Skills wanted, each with a priority from 1 to 3 (2 if not given)."""
    goals: Names = ()
    """Goals of the person in the programme."""
    age: Annotated[Number | None, BeforeValidator(_age)] = None
    """Age in years; give one of ``age``, ``birth_year`` and ``birth_date``."""
    birth_year: Annotated[int | None, BeforeValidator(partial(cells.whole_number, what="a year"))] = None
    """Year of birth; the age is the one reached in the year of ``as_of``."""
    birth_date: Annotated[
        date | None, BeforeValidator(cells.calendar_date, json_schema_input_type=str | None)
    ] = None
    """Day of birth; the age is in completed years on ``as_of``."""
    gender: Text = None
    """Gender as the organisation records it; never guessed."""
    department: Text = None
    """A name, or a path such as ``Group/Plant/Workshop``."""
    location: Text = None
    """A name, or a path such as ``Country/City/Site``."""
    grade: Annotated[int | None, BeforeValidator(cells.whole_number)] = None
    """Whole number; a higher one is more senior."""
    manager_id: Text = None
    """Id of the manager, who may be outside the cohort."""
    languages: Names = ()
    """Languages, as codes or names."""
    timezone: Annotated[str | None, BeforeValidator(cells.timezone)] = None
    """Time zone, as an IANA name such as ``Europe/Paris``."""
    capacity: Annotated[int, BeforeValidator(_capacity)] = 1
    """Largest number of duos at the same time, in each role; a person with 0 sits out."""
    wants: Ids = Field(default=(), exclude_if=lambda ids: not ids)
    """Ids of people the person would like to be in a duo with."""
    avoids: Ids = Field(default=(), exclude_if=lambda ids: not ids)
    """Ids of people the person must not be in a duo with."""
    attributes: dict[
        str,
        Annotated[AttributeValue, BeforeValidator(cells.attribute)],
    ] = Field(default_factory=dict)
    """Values of all other columns, by name."""

    @model_validator(mode="before")
    @classmethod
    def _keep_other_keys_as_attributes(cls, record: Any) -> Any:
        if not isinstance(record, Mapping):
            return record
        given = record.get("attributes")
        nested = given if isinstance(given, Mapping) else {}
        fields = cls.model_fields.keys() - ({"attributes"} if given is not None else set())
        known = {key: value for key, value in record.items() if key in fields}
        if cells.is_empty(known.get("name")) and not record.keys().isdisjoint(NAME_PARTS):
            known["name"] = _full_name(record)
        others = {
            key: value
            for key, value in record.items()
            if key not in fields and key not in NAME_PARTS and value is not nested
        }
        return {**known, "attributes": {**nested, **others}}

    @field_validator("wants", "avoids")
    @classmethod
    def _names_others(cls, ids: tuple[str, ...], others: ValidationInfo) -> tuple[str, ...]:
        named = {id_key(identity) for identity in ids}
        if id_key(others.data.get("id", "")) in named:
            message = "names the person's own id; right would be ids of other people"
            raise CellError(message, "contradictory")
        if not named.isdisjoint(map(id_key, others.data.get("wants", ()))):
            message = "names somebody who stands in wants, too; keep one of the two"
            raise CellError(message, "contradictory")
        return ids

    @model_validator(mode="after")
    def _age_has_one_source(self) -> Participant:
        given = [name for name in ("age", "birth_year", "birth_date") if getattr(self, name) is not None]
        if len(given) > 1:
            message = f"{' and '.join(given)} are both given; give one of them"
            raise CellError(message, "contradictory")
        return self

    def __eq__(self, other: object) -> bool:
        """Say whether all fields are equal; here true differs from 1, although they are equal in Python."""
        if not isinstance(other, Participant) or not super().__eq__(other):
            return False
        theirs = other.attributes
        return all(
            isinstance(value, bool) == isinstance(theirs[name], bool)
            for name, value in self.attributes.items()
        )

    __hash__ = None  # type: ignore[assignment]  # of fields that are mappings

    @property
    def teaches(self) -> bool:
        """Whether the person can be the mentor of a duo."""
        return self.role != "mentee"

    @property
    def learns(self) -> bool:
        """Whether the person can be the mentee of a duo."""
        return self.role != "mentor"

    @property
    def address(self) -> str | None:
        """Where mail reaches the person: ``email``, or an id that is an address; ``None`` where neither is.

        Examples
        --------
        >>> Participant(id="lea@example.org", role="mentor", email="anonymous").address
        'lea@example.org'
        """
        return next((text for text in (self.email, self.id) if text and _ADDRESS.fullmatch(text)), None)

    def age_on(self, day: date) -> Number | None:
        """Return the age on a day in years; ``None`` where the record does not say it.

        Examples
        --------
        >>> Participant(id="a", role="mentee", birth_date="2000-02-29").age_on(date(2026, 2, 28))
        25
        """
        if self.birth_date is not None:
            before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
            return day.year - self.birth_date.year - before_birthday
        if self.birth_year is not None:
            return day.year - self.birth_year
        return self.age
