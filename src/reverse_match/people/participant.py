"""One person of a programme, validated at the border."""

from __future__ import annotations

import operator
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

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import CohortError, InputError
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import PlainData
from reverse_match.people import cells
from reverse_match.people.cells import AttributeValue, CellError, Number
from reverse_match.people.stated_preferences import stated_preferences
from reverse_match.people.weekly_times import times_on_site, weekly_times

Role: TypeAlias = Literal["mentor", "mentee", "both"]
OneRole: TypeAlias = Literal["mentor", "mentee"]

TWO_ROLES: tuple[OneRole, OneRole] = ("mentor", "mentee")

AGES = (14, 100)
MAXIMUM_CAPACITY = 1_000_000
_ROLES = ("mentor", "mentee", "both")
_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\"\\]+@[^@\s<>()\[\],;:\"\\]+")

LEAST_OF = {
    "capacity": "least_duos",
    "capacity_as_mentor": "least_duos_as_mentor",
    "capacity_as_mentee": "least_duos_as_mentee",
    "capacity_in_all": "least_duos_in_all",
}
"""For each capacity, the field with the least number of duos; ``1..3`` as a capacity says both."""
PLACES = (*LEAST_OF, *LEAST_OF.values())
"""Fields that say how many duos somebody can and must have."""
_IN_ONE_ROLE = ("capacity_as_mentor", "capacity_as_mentee")
_RANGE = re.compile(r"([0-9]{1,9})\s*(?:\.\.|…|–|-|to|à)\s*([0-9]{1,9})")

SHOWN_ALONE = ("name", "email")
"""Fields that people are shown, and that count for nothing."""
NAME_PARTS = ("first_name", "last_name")
"""Columns that together are ``name``, where nothing else is."""

_RatedInput: TypeAlias = str | list[str] | dict[str, int] | None
_NamesInput: TypeAlias = str | list[str] | None
_PreferencesInput: TypeAlias = str | list[str | dict[str, Any]] | None


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


def _places(value: object) -> int | None:
    try:
        return cells.whole_number(value, 0, MAXIMUM_CAPACITY)
    except CellError as error:
        if str(error) != "not a number":
            raise
        message = "not a number; right would be a number of duos such as 2, or the least and the most: 1..3"
        raise CellError(message, error.code) from None


def _capacity(value: object) -> int:
    capacity = _places(value)
    return 1 if capacity is None else capacity


def _least(value: object) -> int:
    return _places(value) or 0


def is_range(capacity: str) -> bool:
    """Say whether a capacity is a text such as ``1..3``, which is two numbers.

    Examples
    --------
    >>> is_range(" 1..3"), is_range("3")
    (True, False)
    """
    return _RANGE.fullmatch(capacity.strip()) is not None


def range_in(capacity: object) -> tuple[str, str] | None:
    """Return the least and the largest number of a text such as ``1..3``, ``None`` of anything else.

    Examples
    --------
    >>> range_in(" 1..3"), range_in("3")
    (('1', '3'), None)
    """
    found = _RANGE.fullmatch(capacity.strip()) if isinstance(capacity, str) else None
    return None if found is None else (found[1], found[2])


def _split_ranges(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record in which a capacity such as ``1..3`` is two numbers: the most duos, and the least."""
    for capacity, least in LEAST_OF.items():
        given = record.get(capacity)
        found = _RANGE.fullmatch(given.strip()) if isinstance(given, str) else None
        if found is None:
            continue
        stated = record.get(least)
        if not cells.is_empty(stated) and str(stated).strip() not in {found[1], "0"}:
            message = f"{capacity} and {least} say two least numbers of duos; give one of them"
            raise CellError(message, "contradictory")
        _refuse_less_in_one_role(record, capacity, int(found[1]))
        record = {**record, capacity: found[2], least: found[1]}
    return record


def _refuse_less_in_one_role(record: Mapping[str, Any], capacity: str, least: int) -> None:
    """Refuse a range for one role whose least number is below the one for each role, which would count.

    ``capacity`` comes before those of roles, so that its own range is split by then.
    """
    each = str(record.get("least_duos") or 0).strip()
    if capacity in _IN_ONE_ROLE and each.isdecimal() and least < int(each):
        message = f"{capacity} and least_duos say two least numbers of duos; give one of them"
        raise CellError(message, "contradictory")


def _wanted(value: object) -> tuple[str, ...]:
    return cells.ranked_ids(value)[0]


def _split_ranks(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record in which the ranks of wanted people stand apart from their ids."""
    given = record.get("wants")
    if not isinstance(given, str | Mapping) or not cells.is_empty(record.get("wants_ranks")):
        return record
    try:
        ids, ranks = cells.ranked_ids(given)
    except CellError:
        return record  # told with its place, when the field is read
    return {**record, "wants": list(ids), "wants_ranks": ranks} if ranks else {**record, "wants": list(ids)}


def _is_unknown(value: object) -> bool:
    return value is None


def written_name(record: Mapping[str, object]) -> object:
    """Return the name in a record, or what first and last names make.

    What is no text stays, to be refused with its place.
    """
    if not cells.is_empty(name := record.get("name")):
        return name
    given = [part for name in NAME_PARTS if not cells.is_empty(part := record.get(name))]
    strange = [part for part in given if not isinstance(part, str)]
    return strange[0] if strange else " ".join(str(part).strip() for part in given)


_levels = cells.RatedReader(cells.LEVELS, cells.DEFAULT_LEVEL, "level")
_priorities = cells.RatedReader(cells.PRIORITIES, cells.DEFAULT_PRIORITY, "priority")

_Range: TypeAlias = (
    int | Annotated[str, Field(pattern=r"^\s*[0-9]+(\s*(\.\.|…|–|-|to|à)\s*[0-9]+)?\s*$")] | None
)
_Places = Annotated[int | None, BeforeValidator(_places, json_schema_input_type=_Range)]
_Least = Annotated[int, BeforeValidator(_least)]

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
    available: Annotated[
        tuple[str, ...], BeforeValidator(weekly_times, json_schema_input_type=_NamesInput)
    ] = Field(default=(), exclude_if=lambda times: not times)
    """Weekly times at which the person is free, by the clock of ``timezone``: ``Mon 9-12;Thu 14-17:30``."""
    on_site: Annotated[
        tuple[str, ...], BeforeValidator(times_on_site, json_schema_input_type=_NamesInput)
    ] = Field(default=(), exclude_if=operator.not_)
    """Days, or weekly times, at which the person works on site, each with its place: ``Mon;Wed am @Lyon``.
    Without a place, it is the one in ``location``."""
    capacity: Annotated[int, BeforeValidator(_capacity, json_schema_input_type=_Range)] = 1
    """Largest number of duos at the same time, in each role; a person with 0 sits out. A text such as
    ``1..3`` says the least number, too."""
    capacity_as_mentor: _Places = Field(default=None, exclude_if=_is_unknown)
    """Largest number of duos as mentor; ``capacity`` if not given."""
    capacity_as_mentee: _Places = Field(default=None, exclude_if=_is_unknown)
    """Largest number of duos as mentee; ``capacity`` if not given."""
    capacity_in_all: _Places = Field(default=None, exclude_if=_is_unknown)
    """Largest number of duos in both roles together; not limited beside the others if not given."""
    least_duos: _Least = Field(default=0, exclude_if=operator.not_)
    """Least number of duos, in each role."""
    least_duos_as_mentor: _Least = Field(default=0, exclude_if=operator.not_)
    """Least number of duos as mentor; ``least_duos`` if that is larger."""
    least_duos_as_mentee: _Least = Field(default=0, exclude_if=operator.not_)
    """Least number of duos as mentee; ``least_duos`` if that is larger."""
    least_duos_in_all: _Least = Field(default=0, exclude_if=operator.not_)
    """Least number of duos in both roles together."""
    wants: Annotated[tuple[str, ...], BeforeValidator(_wanted, json_schema_input_type=_RatedInput)] = Field(
        default=(), exclude_if=operator.not_
    )
    """Ids of people the person would like to be in a duo with, the first choice first: ``ana;bo=cem;dana``,
    where ``=`` says that two are equally wanted."""
    wants_ranks: Annotated[tuple[int, ...], BeforeValidator(cells.ranks)] = Field(
        default=(), exclude_if=operator.not_
    )
    """Rank of each of these, where they are not 1, 2, 3 and so on."""
    avoids: Ids = Field(default=(), exclude_if=lambda ids: not ids)
    """Ids of people the person must not be in a duo with."""
    prefers: Annotated[
        tuple[str, ...], BeforeValidator(stated_preferences, json_schema_input_type=_PreferencesInput)
    ] = Field(default=(), exclude_if=operator.not_)
    """What the person says about the other's fields: ``gender=female:must;location!=Lyon:maybe``. An answer
    is ``yes``, ``maybe``, ``no``, ``must`` or ``must not``."""
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
        if any(part in record for part in NAME_PARTS):
            known["name"] = written_name(record)
        others = {
            key: value
            for key, value in record.items()
            if key not in fields and key not in NAME_PARTS and value is not nested
        }
        return {**_split_ranges(_split_ranks(known)), "attributes": {**nested, **others}}

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

    @field_validator("wants_ranks")
    @classmethod
    def _a_rank_for_each(cls, ranks: tuple[int, ...], others: ValidationInfo) -> tuple[int, ...]:
        if ranks and (len(ranks) != len(others.data.get("wants", ())) or list(ranks) != sorted(ranks)):
            message = "not a rank for each id in wants, in ascending order"
            raise CellError(message, "contradictory")
        return () if ranks == tuple(range(1, len(ranks) + 1)) else ranks

    @model_validator(mode="after")
    def _age_has_one_source(self) -> Participant:
        given = [name for name in ("age", "birth_year", "birth_date") if getattr(self, name) is not None]
        if len(given) > 1:
            message = f"{' and '.join(given)} are both given; give one of them"
            raise CellError(message, "contradictory")
        return self

    @model_validator(mode="after")
    def _least_fits(self) -> Participant:
        asked = [(least_duos(self, role), most_duos(self, role)) for role in roles_of(self)]
        in_all = self.most_in_all
        asked += [(sum(least for least, _ in asked), in_all), (self.least_duos_in_all, in_all)]
        if any(least > most for least, most in asked):
            message = "the least number of duos exceeds the largest one; right would be a range such as 1..3"
            raise CellError(message, "out-of-order")
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
    def ranks_of_wants(self) -> tuple[int, ...]:
        """The rank of each person in ``wants``, 1 for the first choice.

        Examples
        --------
        >>> Participant(id="lea", role="mentor", wants="ana;bo=cem;dana").ranks_of_wants
        (1, 2, 2, 3)
        """
        return self.wants_ranks or tuple(range(1, len(self.wants) + 1))

    @property
    def teaches(self) -> bool:
        """Whether the person can be the mentor of a duo."""
        return self.role != "mentee"

    @property
    def learns(self) -> bool:
        """Whether the person can be the mentee of a duo."""
        return self.role != "mentor"

    @check_arguments
    def capacity_as(self, role: OneRole) -> int:
        """Return the largest number of duos in a role.

        Examples
        --------
        >>> person = Participant(id="lea", role="both", capacity_as_mentor=3)
        >>> person.capacity_as("mentor"), person.capacity_as("mentee")
        (3, 1)
        """
        return most_duos(self, role)

    @check_arguments
    def least_as(self, role: OneRole) -> int:
        """Return the least number of duos in a role.

        Examples
        --------
        >>> Participant(id="lea", role="mentor", capacity="1..3").least_as("mentor")
        1
        """
        return least_duos(self, role)

    @property
    def most_in_all(self) -> int:
        """The largest number of duos in both roles together."""
        each = sum(most_duos(self, role) for role in roles_of(self))
        return each if self.capacity_in_all is None else min(each, self.capacity_in_all)

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


def roles_of(person: Participant) -> list[OneRole]:
    """Return the roles that a person can have.

    Examples
    --------
    >>> roles_of(Participant(id="lea", role="both"))
    ['mentor', 'mentee']
    """
    can = {"mentor": person.teaches, "mentee": person.learns}
    return [role for role in TWO_ROLES if can[role]]


def most_duos(person: Participant, role: OneRole) -> int:
    """Return the largest number of duos of a person in a role, whether or not they have the role."""
    own = person.capacity_as_mentor if role == "mentor" else person.capacity_as_mentee
    most = person.capacity if own is None else own
    return most if person.capacity_in_all is None else min(most, person.capacity_in_all)


def least_duos(person: Participant, role: OneRole) -> int:
    """Return the least number of duos of a person in a role, whether or not they have the role."""
    own = person.least_duos_as_mentor if role == "mentor" else person.least_duos_as_mentee
    alone = 0 if person.role == "both" else person.least_duos_in_all
    return max(person.least_duos, own, alone)
