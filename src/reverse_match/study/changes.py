"""The changes of a scenario: read from user input, checked, and applied to people and policy of a study."""

from __future__ import annotations

from math import isfinite
from numbers import Integral, Real
from operator import is_
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from reverse_match.foundation.errors import CohortError, Fault, InputError, PolicyError
from reverse_match.foundation.fixed_point import exact
from reverse_match.foundation.names import did_you_mean, id_key
from reverse_match.foundation.records import PlainData
from reverse_match.people.cohort import unknown_person, with_other_places
from reverse_match.people.participant import MAXIMUM_CAPACITY, least_duos, roles_of
from reverse_match.policy import Objective, Policy, Quota, Rule
from reverse_match.policy.conditions import Condition
from reverse_match.policy.spread import SpreadInput
from reverse_match.policy.values import Pair, Weight, is_none
from reverse_match.scoring.own_data import carry_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant


def _is_empty(value: Any) -> bool:
    return not value


class ScenarioChanges(PlainData):
    """The changes that a scenario makes to the base of its study."""

    refusal: ClassVar[type[InputError]] = PolicyError

    weights: dict[str, Weight] = Field(default_factory=dict, exclude_if=_is_empty)
    """New weights by criterion, as a policy writes them; the other weights stay as they are written."""
    rules: tuple[Rule, ...] | None = Field(default=None, exclude_if=is_none)
    """Rules in place of those of the base."""
    quotas: tuple[Quota, ...] | None = Field(default=None, exclude_if=is_none)
    """Quotas in place of those of the base."""
    fix: tuple[Pair, ...] = Field(default=(), exclude_if=_is_empty)
    """Duos that the scenario demands, mentor first."""
    forbid: tuple[Pair, ...] = Field(default=(), exclude_if=_is_empty)
    """Pairs of people whom the scenario forbids as a duo, whoever would be the mentor."""
    without: tuple[str, ...] = Field(default=(), exclude_if=_is_empty)
    """Ids of people of the base who are left out."""
    joined: tuple[str, ...] = Field(default=(), exclude_if=_is_empty)
    """Ids of people who are added to the base."""
    capacities: dict[str, int] = Field(default_factory=dict, exclude_if=_is_empty)
    """New capacities by id: whole numbers of duos in each role."""
    objective: Objective | None = Field(default=None, exclude_if=is_none)
    """The objective in place of that of the base."""
    as_far_as_possible: Condition | Literal[False] | None = Field(default=None, exclude_if=is_none)
    """What is asked as far as possible in place of what the base asks; ``False`` asks for nothing."""
    spread: SpreadInput | None = Field(default=None, exclude_if=is_none)
    """How duos are spread over people, in place of how the base spreads them."""
    seed: int | None = Field(default=None, exclude_if=is_none)
    """The seed in place of that of the base."""


def read_changes(asked: Mapping[str, Any], name: str) -> ScenarioChanges:
    """Read the changes of a scenario, given as models or as plain data.

    Raises
    ------
    PolicyError
        If the changes are wrong; the error names every fault.
    """
    given = {key: _plain_data(value) for key, value in asked.items() if value is not None}
    try:
        return ScenarioChanges.model_validate(given)
    except PolicyError as error:
        raise error.of(f"scenario '{name}'") from None


def _plain_data(value: Any) -> Any:
    """Return plain data as it is, and a model as the plain data from which it can be read."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, str | dict):
        return dict(value) if isinstance(value, dict) else value
    return [_plain_data(part) for part in value] if hasattr(value, "__iter__") else value


_IN_PLACE = ("rules", "quotas", "objective", "as_far_as_possible", "spread", "seed")


def change_policy(policy: Policy, changes: ScenarioChanges, name: str) -> Policy:
    """Return a policy with the changes of a scenario; the same object if they change nothing.

    Raises
    ------
    PolicyError
        If a weight is given to a criterion that the policy lacks, or the changed policy is invalid.
    """
    data = policy.model_dump(mode="json")
    before = policy.model_dump(mode="json")
    _change_weights(data["criteria"], changes.weights, name)
    asked = changes.model_dump(mode="json")
    data |= {key: asked[key] for key in _IN_PLACE if key in asked}
    if changes.as_far_as_possible is False:  # a policy that names its criteria asks for what it says
        data.pop("as_far_as_possible", None)
    lists = [{"kind": kind, "pairs": asked[kind]} for kind in ("forbid", "fix") if asked.get(kind)]
    data["rules"] = [*data["rules"], *lists]
    if data == before:
        return policy
    return carry_data(Policy.from_data(data, f"scenario '{name}'"), policy)


def _change_weights(criteria: Sequence[dict[str, Any]], weights: Mapping[str, float], name: str) -> None:
    by_name = {criterion["name"]: criterion for criterion in criteria}
    unknown = [asked for asked in weights if asked not in by_name]
    if unknown:
        raise PolicyError([unknown_criterion(asked, by_name, f"scenario '{name}'") for asked in unknown])
    for asked, weight in weights.items():
        by_name[asked]["weight"] = weight


def unknown_criterion(asked: str, known: Iterable[str], source: str) -> Fault:
    """Return the fault of naming a criterion that the policy lacks."""
    hint = did_you_mean(asked, known)
    return Fault(f"the policy has no criterion '{asked}'{hint}", source, column="weights")


def with_capacities(cohort: Cohort, capacities: Mapping[str, int]) -> Cohort:
    """Return the cohort with other capacities; the same object if they change nothing.

    Raises
    ------
    CohortError
        If an id is not in the cohort, or a capacity is not a whole number from 0 to a million.

    Examples
    --------
    >>> from reverse_match.people.cohort import Cohort
    >>> people = Cohort.from_records([{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}])
    >>> [person.capacity for person in with_capacities(people, {"lea": 3}).participants]
    [3, 1]
    """
    faults = [
        fault for identity, room in capacities.items() if (fault := _capacity_fault(cohort, identity, room))
    ]
    if faults:
        raise CohortError(faults)
    if not capacities:  # as in most scenarios
        return cohort
    people = list(cohort.participants)
    for identity, room in capacities.items():
        place = cohort.position[id_key(identity)]
        stated = {name: getattr(people[place], name) for name in _OF_ONE_ROLE}
        if people[place].capacity != room or any(value is not None for value in stated.values()):
            people[place] = people[place].model_copy(update={**dict.fromkeys(stated), "capacity": room})
    return _with_people(cohort, people)


_OF_ONE_ROLE = ("capacity_as_mentor", "capacity_as_mentee", "capacity_in_all")


def with_one_more_place(cohort: Cohort, identity: str) -> Cohort:
    """Return the cohort in which a person can have one more duo, in each role.

    Examples
    --------
    >>> from reverse_match.people.cohort import Cohort
    >>> people = Cohort.from_records([{"id": "lea", "role": "both", "capacity_as_mentor": 3}])
    >>> more = with_one_more_place(people, "lea").participants[0]
    >>> more.capacity_as("mentor"), more.capacity_as("mentee")
    (4, 2)
    """
    people, place = list(cohort.participants), cohort.position[id_key(identity)]
    stated = {name: getattr(people[place], name) for name in ("capacity", *_OF_ONE_ROLE)}
    more = {name: most + 1 for name, most in stated.items() if most is not None}
    people[place] = people[place].model_copy(update=more)
    return _with_people(cohort, people)


def _with_people(cohort: Cohort, people: Sequence[Participant]) -> Cohort:
    if all(map(is_, people, cohort.participants)):
        return cohort
    return with_other_places(cohort, people, f"{cohort.source.name} with other capacities")


def _capacity_fault(cohort: Cohort, identity: str, room: object) -> Fault | None:
    place = "capacities"
    if id_key(identity) not in cohort.position:
        return unknown_person(cohort, identity, place)
    if not isinstance(room, int) or isinstance(room, bool) or not 0 <= room <= MAXIMUM_CAPACITY:
        message = f"of '{identity}': right would be a whole number from 0 to {MAXIMUM_CAPACITY:,}"
        return Fault(message, column=place)
    person = cohort.participants[cohort.position[id_key(identity)]]
    least = max((least_duos(person, role) for role in roles_of(person)), default=0)
    if room < max(least, person.least_duos_in_all):
        return Fault(f"of '{identity}': fewer than the least number of duos of this person", column=place)
    return None


def exact_number(value: object) -> Fraction | None:
    """Return a number, of Python or of a library such as numpy, as the exact decimal that a person wrote.

    ``None`` stands for whatever is no finite number.

    Examples
    --------
    >>> exact_number(0.1), exact_number(True)
    (Fraction(1, 10), None)
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        return None
    return exact(int(value) if isinstance(value, Integral) else float(value))
