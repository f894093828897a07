"""Asks of every pair whether the musts that the two people have stated are fulfilled, must by must.

A must is compared with each value of the other side once; then a tile is filled row by row, or column by
column, for whoever has a must.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import id_key, name_key
from reverse_match.people.asked_fields import NAMES, NUMBERS, field_meant
from reverse_match.people.headings import FIELDS
from reverse_match.people.own_columns import text_of
from reverse_match.people.stated_preferences import DECIMAL, Preference, preference_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import IntArray
    from reverse_match.policy.conditions import PersonalRules
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

    Kept = Callable[[slice, slice], NDArray[np.int8]]


class _Must(NamedTuple):
    """A must, the field that it is about, and the person's own value there."""

    preference: Preference
    field: str
    own: Any


def musts_are_kept(condition: PersonalRules, columns: Columns, sides: Sides) -> Kept:
    """Return the function that evaluates a condition on tiles of pairs, given by rows and columns."""
    waived = set(map(id_key, condition.waived))
    fields = _Fields(columns)
    musts = [
        [] if id_key(one.id) in waived else fields.musts_of(one.prefers, place)
        for place, one in enumerate(columns.cohort.participants)
    ]
    mentors, mentees = ([musts[place] for place in side] for side in (sides.mentors, sides.mentees))
    asked = {
        "mentor": _Answers(fields, mentors, sides.mentees),
        "mentee": _Answers(fields, mentees, sides.mentors),
    }

    def kept(here: slice, there: slice) -> NDArray[np.int8]:
        truth = np.ones((here.stop - here.start, there.stop - there.start), dtype=np.int8)
        if condition.of != "mentee":
            asked["mentor"].lower(truth, here, there)
        if condition.of != "mentor":
            asked["mentee"].lower(truth.T, there, here)
        return truth

    return kept


class _Answers:
    """Whether the musts of people on one side are fulfilled by people of the other."""

    def __init__(self, fields: _Fields, musts: Sequence[list[_Must]], others: Sequence[int]) -> None:
        self._fields, self._musts, self._others = fields, musts, np.array(others, dtype=np.int64)
        self._found: dict[_Must, NDArray[np.int8]] = {}

    def lower(self, truth: NDArray[np.int8], asking: slice, others: slice) -> None:
        """Lower the truth of a tile, whose rows are people who ask, in place."""
        for row, musts in enumerate(self._musts[asking]):
            for must in musts:
                if must not in self._found:
                    self._found[must] = self._fields.answers(must)
                answers = self._found[must][self._fields.number[must.field][self._others[others]]]
                np.minimum(truth[row], answers, out=truth[row])


class _Fields:
    """The values of everybody in the fields of which somebody asks something."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._values: dict[str, list[Any]] = {}
        self.number: dict[str, IntArray] = {}
        self._alike: dict[str, Callable[[str], Any]] = {}

    def musts_of(self, prefers: Sequence[str], place: int) -> list[_Must]:
        """Return the musts of one person, by place in the cohort."""
        found = []
        for preference in map(preference_of, prefers):
            field = field_meant(preference.field, self._columns.cohort.attribute_names)
            if isinstance(field, Fault):
                raise CohortError([self._columns.cohort.fault(place, "prefers", field.message, field.code)])
            if preference.is_must:
                own = self._of_everybody(field)[place]
                found.append(_Must(preference, field, own if preference.same else None))
        return found

    def answers(self, must: _Must) -> NDArray[np.int8]:
        """Return for each distinct value of a field whether it fulfils a must: 1, -1, or 0 if not known."""
        distinct = list(dict.fromkeys(self._values[must.field]))
        return np.array([self._answer(must, value) for value in distinct], dtype=np.int8)

    def _answer(self, must: _Must, value: Any) -> int:
        preference = must.preference
        if not value or (preference.same and not must.own):
            return 0
        return 1 if self._fits(must, value) == preference.wishes else -1

    def _fits(self, must: _Must, value: Any) -> bool:
        preference = must.preference
        if preference.same:
            return bool(value & must.own)
        if not preference.values:
            return _lies_within(preference, value)
        asked = {self._alike[must.field](text) for text in preference.values}
        if must.field in NAMES or must.field in NUMBERS:
            return bool(value & asked)
        return any(path[: len(top)] == top for path in value for top in asked if top)

    def _of_everybody(self, field: str) -> list[Any]:
        """Return what each person has in a field, as a set: empty where nothing is known."""
        if field not in self._values:
            self._read(field)
        return self._values[field]

    def _read(self, field: str) -> None:
        if field in NUMBERS:
            numbers = self._columns.numbers(field)
            found = [frozenset() if number != number else frozenset((number,)) for number in numbers.tolist()]
            self._alike[field] = lambda text: float(text.replace(",", "."))
        elif field in NAMES:
            names = self._columns.names(field)
            asked = [text for one in self._asked(field) for text in one.values]
            written = [name for person in names for name in person]
            concept = self._columns.meanings((field,), [*written, *asked]).concept
            found = [frozenset(map(concept, person)) for person in names]
            self._alike[field] = concept
        else:
            found = self._paths(field)
            self._alike[field] = lambda text: self._path(field, text)
        self._values[field] = found
        number = {value: place for place, value in enumerate(dict.fromkeys(found))}
        self.number[field] = np.array([number[value] for value in found], dtype=np.int64)

    def _paths(self, field: str) -> list[Any]:
        if field in FIELDS:
            texts = [[] if text is None else [text] for text in self._columns.texts(field)]
        else:
            cells = [person.attributes.get(field) for person in self._columns.cohort.participants]
            texts = [[] if cell is None else (text_of(cell) or "").split(";") for cell in cells]
        return [frozenset(path for text in some if (path := self._path(field, text))) for some in texts]

    def _path(self, field: str, text: str) -> tuple[str, ...]:
        text = text if field in FIELDS else text_of(text) or ""
        word = self._columns.in_one_word(field, text)
        return tuple(filter(None, map(name_key, [word] if field == "gender" else word.split("/"))))

    def _asked(self, field: str) -> list[Preference]:
        """Return the musts about a field, whoever states them."""
        cohort = self._columns.cohort
        everything = (preference_of(text) for person in cohort.participants for text in person.prefers)
        return [
            one
            for one in everything
            if one.is_must and field_meant(one.field, cohort.attribute_names) == field
        ]


def _lies_within(preference: Preference, value: Any) -> bool:
    """Say whether the only thing in a field is a number within a range."""
    said = next(iter(value))
    text = "/".join(said) if isinstance(said, tuple) else str(said)
    if not DECIMAL.fullmatch(text):
        return False
    number = float(text.replace(",", "."))
    low, high = preference.lowest, preference.highest
    return len(value) == 1 and (low is None or number >= low) and (high is None or number <= high)
