"""What people ask of the other's fields (column ``prefers``), against what the others have.

Thousands of people state few distinct things about a field, and have few distinct values in it. So each field
has a small table: for every distinct statement (all that a person says about the field) and every distinct
value, how well the value fits. A text fits if it is one of those named, or lies below it as a path; a list,
if it has one of the names; a number, if it lies in the range. A value that is missing is not known.

**The measure of a field** counts in halves. A *yes* or a *must* that fits counts 2, a *maybe* 1; of several
the strongest counts. The strongest objection that fits is subtracted: 2 for a *no* or a *must not*, 1 for a
*rather not*. The result is not below 0. The most that a statement can reach is its strongest wish; of
somebody who has only objections, the strongest of these, which a value without an objection reaches. So the
sum over the fields that are known, over the most that is possible there, lies between 0 and 1.

**Musts.** A must of a field is fulfilled, or not, or not known where the other's value is missing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN, id_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.asked_fields import ASKED, NAMES, NUMBERS, field_meant
from reverse_match.people.headings import FIELDS
from reverse_match.people.own_columns import text_of
from reverse_match.people.stated_preferences import DECIMAL, Preference, preference_of
from reverse_match.scoring.difference import path_of
from reverse_match.scoring.profiles import number_profiles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.people.cells import AttributeValue
    from reverse_match.scoring.columns import Columns
    from reverse_match.scoring.criterion import Sides

    Codes = NDArray[np.int16]
    Fits = Callable[[Preference, int], BoolArray]


class FieldTable(NamedTuple):
    """One field: how well each distinct value fits each distinct statement.

    Attributes
    ----------
    field : str
        The field.
    reached : int16 array, shape (statements, values)
        The measure in halves; 0 where not known.
    most : int16 array, shape (statements, values)
        The most that is possible, in halves; 0 where not known, or where nothing is stated.
    kept : int8 array, shape (statements, values)
        1 where all musts are fulfilled, -1 where one is not, 0 where a must is not known.
    statement_of, value_of : int64 arrays
        The statement and the value of each person.
    """

    field: str
    reached: Codes
    most: Codes
    kept: NDArray[np.int8]
    statement_of: IntArray
    value_of: IntArray


@dataclass(frozen=True)
class Asked:
    """What one side asks of the other: profiles of statements against profiles of values.

    Attributes
    ----------
    fields : tuple of FieldTable
        The fields of which anybody asks something.
    statements : int64 array, shape (profiles of statements, fields)
        The distinct combinations of statements.
    values : int64 array, shape (profiles of values, fields)
        The distinct combinations of values.
    asking, asked : int64 arrays
        Profile of statements of each person who asks, and profile of values of each person of the other side.
    """

    fields: tuple[FieldTable, ...]
    statements: IntArray
    values: IntArray
    asking: IntArray
    asked: IntArray

    @classmethod
    def of(cls, fields: Sequence[FieldTable], asking: Sequence[int], asked: Sequence[int]) -> Asked:
        """Return what some people ask of some others, both given by index."""
        here, there = list(asking), list(asked)
        statements = np.array([field.statement_of[here] for field in fields], dtype=np.int64)
        values = np.array([field.value_of[there] for field in fields], dtype=np.int64)
        combined, asking_as = _distinct(statements.reshape(len(fields), len(here)))
        found, asked_as = _distinct(values.reshape(len(fields), len(there)))
        return cls(tuple(fields), combined, found, asking_as, asked_as)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of profiles of statements and of values."""
        return len(self.statements), len(self.values)

    def measures(self, here: IntArray, there: IntArray, stride: int) -> Codes:
        """Return what is reached and the most that is possible, of every profile with every other one.

        Parameters
        ----------
        here, there : int64 arrays
            Profiles of statements, the rows of the result, and profiles of values, its columns.
        stride : int
            More than :attr:`largest`. A measure is what is reached, times this, plus what is possible: both
            are sums over fields, and so is their measure.
        """
        total = np.zeros((len(here), len(there)), dtype=np.int16)
        for place, field in enumerate(self.fields):
            table = field.reached * np.int16(stride) + field.most
            total += table.take(self.statements[here, place], axis=0).take(self.values[there, place], axis=1)
        return total

    def measures_at(self, here: IntArray, there: IntArray, stride: int) -> Codes:
        """Return the measures of listed pairs of profiles."""
        total = np.zeros(len(here), dtype=np.int16)
        for place, field in enumerate(self.fields):
            table = field.reached * np.int16(stride) + field.most
            total += table[self.statements[here, place], self.values[there, place]]
        return total

    def kept_by_all(self) -> NDArray[np.int8]:
        """Return :meth:`kept` of every profile of statements with every profile of values."""
        kept = np.ones(self.shape, dtype=np.int8)
        for place, field in enumerate(self.fields):
            rows = field.kept.take(self.statements[:, place], axis=0)
            np.minimum(kept, rows.take(self.values[:, place], axis=1), out=kept)
        return kept

    def kept(self, here: IntArray, there: IntArray) -> NDArray[np.int8]:
        """Return whether all musts are fulfilled, for profiles that broadcast: 1, -1, or 0 if not known."""
        kept = np.ones(np.broadcast_shapes(here.shape, there.shape), dtype=np.int8)
        for place, field in enumerate(self.fields):
            np.minimum(kept, field.kept[self.statements[here, place], self.values[there, place]], out=kept)
        return kept

    def part(self, asking: IntArray, asked: IntArray) -> Asked:
        """Return what some of these people ask of some of the others; profiles stay as they are."""
        return Asked(self.fields, self.statements, self.values, self.asking[asking], self.asked[asked])

    @cached_property
    def largest(self) -> int:
        """The most that is possible for anybody, in halves."""
        most = np.zeros(len(self.statements), dtype=np.int64)
        for place, field in enumerate(self.fields):
            most += field.most.max(axis=1, initial=0)[self.statements[:, place]]
        return int(most.max(initial=0))


def _distinct(columns: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct columns, one a row, and the number of each column's."""
    if not columns.shape[0]:
        return np.zeros((min(1, columns.shape[1]), 0), dtype=np.int64), np.zeros(columns.shape[1], np.int64)
    found, which = np.unique(columns, axis=1, return_inverse=True)
    return np.ascontiguousarray(found.T), which.ravel().astype(np.int64)


def asked_of_both(
    columns: Columns, sides: Sides, *, musts: bool = False, waived: Collection[str] = ()
) -> tuple[Asked, Asked]:
    """Return what mentors ask of mentees, and what mentees ask of mentors.

    Parameters
    ----------
    columns : Columns
        Fields of the people.
    sides : Sides
        The people of rows and of columns.
    musts : bool
        Whether only musts count.
    waived : collection of str
        Keys of the ids of people who count as if they asked for nothing.

    Raises
    ------
    CohortError
        If somebody names a field that there is not, or of which nothing can be asked.
    """
    fields = _field_tables(columns, musts=musts, waived=waived)
    return Asked.of(fields, sides.mentors, sides.mentees), Asked.of(fields, sides.mentees, sides.mentors)


def _field_tables(columns: Columns, *, musts: bool, waived: Collection[str]) -> list[FieldTable]:
    """Return a table for each field of which somebody asks something."""
    people = columns.cohort.participants
    stated: dict[str, dict[int, tuple[Preference, ...]]] = defaultdict(dict)
    for index, said in enumerate(preferences_by_field(columns)):
        for field, statements in said.items():
            kept = tuple(one for one in statements if one.is_must or not musts)
            if kept and id_key(people[index].id) not in waived:
                stated[field][index] = kept
    return [_table_of(field, stated[field], columns) for field in sorted(stated)]


def not_known_for_musts(columns: Columns, sides: Sides) -> dict[str, int]:
    """Return for each field the number of people who leave it empty, though somebody has a must about it."""
    empty: dict[str, set[int]] = defaultdict(set)
    both = asked_of_both(columns, sides, musts=True)
    for asked, others in zip(both, (sides.mentees, sides.mentors), strict=True):
        for place, field in enumerate(asked.fields):
            kept = field.kept[np.unique(asked.statements[asked.asking, place])]
            known = kept[(kept != 0).any(axis=1)]  # whoever does not know their own value asks for nothing
            unknown = (known == 0).any(axis=0)[asked.values[asked.asked, place]]
            empty[field.field].update(np.array(others, dtype=np.int64)[unknown].tolist())
    return {field: len(people) for field, people in sorted(empty.items()) if people}


def vain_wishes(columns: Columns) -> dict[str, int]:
    """Return for each field the number of people who would like a value there that nobody has."""
    vain: dict[str, set[int]] = defaultdict(set)
    stated: dict[str, dict[int, tuple[Preference, ...]]] = defaultdict(dict)
    for index, said in enumerate(preferences_by_field(columns)):
        for field, statements in said.items():
            stated[field][index] = statements
    for field, by_person in stated.items():
        values = _values_of(field, by_person, columns)
        for index, statements in by_person.items():
            wished = [one for one in statements if one.wishes and not one.same]
            if any(not (values.fits(one, -1) & values.known).any() for one in wished):
                vain[field].add(index)
    return {field: len(people) for field, people in sorted(vain.items())}


def preferences_by_field(columns: Columns) -> list[dict[str, tuple[Preference, ...]]]:
    """Return what each person says, by the field that is meant.

    Raises
    ------
    CohortError
        If somebody names a field that there is not, or of which nothing can be asked.
    """
    cohort = columns.cohort
    meant: dict[str, str | Fault] = {}
    found: list[dict[str, tuple[Preference, ...]]] = []
    faults = []
    for index, person in enumerate(cohort.participants):
        by_field: dict[str, tuple[Preference, ...]] = {}
        for preference in map(preference_of, person.prefers):
            field = meant.setdefault(preference.field, field_meant(preference.field, cohort.attribute_names))
            if isinstance(field, Fault):
                faults.append(cohort.fault(index, "prefers", field.message, field.code))
            else:
                by_field[field] = (*by_field.get(field, ()), preference)
        found.append(by_field)
    if faults:
        raise CohortError(faults)
    return found


def _table_of(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> FieldTable:
    """Return the table of one field; a person who says nothing about it has the statement 0."""
    values = _values_of(field, stated, columns)
    none: tuple[Any, ...] = ()
    profiles = [none] * len(values.of_people)
    for index, said in stated.items():
        own = int(values.of_people[index]) if any(one.same for one in said) else -1
        profiles[index] = (said, own)
    distinct, codes = number_profiles([none, *profiles])
    shape = len(distinct), len(values.known)
    reached, most = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.int16)
    kept = np.ones(shape, dtype=np.int8)
    for place, profile in enumerate(distinct):
        if profile:
            _fill(profile, values, (reached[place], most[place], kept[place]))
    return FieldTable(field, reached, most, kept, codes[1:], values.of_people)


def _fill(profile: Any, values: _Values, rows: tuple[Codes, Codes, NDArray[np.int8]]) -> None:
    """Write what one statement says of all values."""
    said, own = profile
    reached, most, kept = rows
    wished, denied = np.zeros(len(reached), np.int16), np.zeros(len(reached), np.int16)
    strongest = {True: 0, False: 0}
    for preference in said:
        if preference.same and not values.known[max(own, 0)]:
            if preference.is_must:  # nobody knows what it asks for
                np.minimum(kept, 0, out=kept)
            continue
        fits = values.fits(preference, own)
        side = wished if preference.wishes else denied
        np.maximum(side, np.where(fits, preference.halves, 0), out=side, casting="unsafe")
        strongest[preference.wishes] = max(strongest[preference.wishes], preference.halves)
        if preference.is_must:
            right = fits if preference.wishes else ~fits
            np.minimum(kept, np.where(values.known, np.where(right, 1, -1), 0), out=kept, casting="unsafe")
    if not strongest[True]:
        wished[:] = strongest[False]
    reached[:] = np.where(values.known, np.maximum(wished - denied, 0), 0)
    most[:] = np.where(values.known, strongest[True] or strongest[False], 0)


@dataclass(frozen=True)
class _Values:
    """The distinct values of a field.

    Attributes
    ----------
    of_people : int64 array
        Number of each person's value.
    known : bool array
        Whether each value is there.
    fits : callable
        Takes a preference and the number of the person's own value; returns which values fit.
    """

    of_people: IntArray
    known: BoolArray
    fits: Fits


def _values_of(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> _Values:
    if field in NUMBERS:
        return _numbers(field, stated, columns)
    _refuse_ranges(field, stated, columns)
    if field in NAMES:
        return _names(field, stated, columns)
    return _texts(field, columns)


def _refuse_ranges(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> None:
    """Refuse a range of words; columns of one's own may hold numbers."""
    message = f"a range of '{field}', which holds words; right would be a word, such as gender=female"
    faults = [
        columns.cohort.fault(index, "prefers", message, "wrong-field")
        for index, said in stated.items()
        if field in ASKED and any(one.is_range for one in said)
    ]
    if faults:
        raise CohortError(faults)


def _numbers(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> _Values:
    _refuse_words(field, stated, columns)
    distinct, codes = np.unique(columns.numbers(field), return_inverse=True)

    def fits(preference: Preference, own: int) -> BoolArray:
        if preference.same or preference.values:
            asked = [distinct[own]] if preference.same else map(_number, preference.values)
            return np.isin(distinct, np.array([*asked], dtype=float))
        return _within(distinct, preference)

    return _Values(codes.ravel().astype(np.int64), ~np.isnan(distinct), fits)


def _within(numbers: FloatArray, preference: Preference) -> BoolArray:
    low, high = preference.lowest, preference.highest
    above = numbers >= (-np.inf if low is None else float(low))
    within: BoolArray = above & (numbers <= (np.inf if high is None else float(high)))
    return within


def _number(value: str) -> float | None:
    return float(value.replace(",", ".")) if DECIMAL.fullmatch(value) else None


def _refuse_words(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> None:
    """Refuse words for a field of numbers."""
    shown = shorten(field, LONGEST_SHOWN)
    message = (
        f"a preference about '{shown}', which holds numbers; right would be a number or a range such as 3..5"
    )
    faults = [
        columns.cohort.fault(index, "prefers", message, "not-a-number")
        for index, said in stated.items()
        if any(_number(value) is None for one in said for value in one.values)
    ]
    if faults:
        raise CohortError(faults)


def _names(field: str, stated: dict[int, tuple[Preference, ...]], columns: Columns) -> _Values:
    names = columns.names(field)
    asked = [value for said in stated.values() for one in said for value in one.values]
    written = [name for person in names for name in person] + asked
    concept = columns.meanings((field,), written).concept
    code = {name: concept(name) for name in dict.fromkeys(written)}
    distinct, codes = number_profiles([frozenset(code[name] for name in person) for person in names])
    return _of_sets(distinct, codes, lambda value: code[value])


def _texts(field: str, columns: Columns) -> _Values:
    """Return the values of a field of texts: of each text the keys of its path, from the top down."""
    splits = field != "gender"
    own = field not in FIELDS

    def keys(text: str) -> set[tuple[str, ...]]:
        parts = path_of(columns.in_one_word(field, text), splits=splits)
        return {parts[: length + 1] for length in range(len(parts))}

    def as_said(value: str) -> str:
        return (text_of(value) or "") if own else value

    said = [_texts_in(person.attributes.get(field)) for person in columns.cohort.participants]
    if not own:
        said = [() if text is None else (text,) for text in columns.texts(field)]
    distinct, codes = number_profiles(said)
    tops = [frozenset().union(*map(keys, texts)) for texts in distinct]
    wholes = [
        frozenset(path_of(columns.in_one_word(field, text), splits=splits) for text in texts) - {()}
        for texts in distinct
    ]

    def asked(value: str) -> tuple[str, ...]:
        return path_of(columns.in_one_word(field, as_said(value)), splits=splits)

    made = _of_sets(tops, codes, asked)
    same = _of_sets(wholes, codes, lambda value: value).fits

    numbers = np.array([_numbers_in(texts) for texts in distinct], dtype=float)

    def fits(preference: Preference, own: int) -> BoolArray:
        if preference.is_range:
            return _within(numbers, preference)
        return same(preference, own) if preference.same else made.fits(preference, own)

    return _Values(made.of_people, made.known, fits)


def _numbers_in(texts: tuple[str, ...]) -> float:
    """Return the number that a cell of a column of one's own holds, NaN where it holds none."""
    number = _number(texts[0]) if len({*texts}) == 1 else None
    return np.nan if number is None else number


def _texts_in(value: AttributeValue) -> tuple[str, ...]:
    """Return the texts in a cell of a column of one's own, of which a list has several."""
    text = None if value is None else text_of(value)
    return () if text is None else tuple(text.split(";"))


def _of_sets(distinct: Sequence[frozenset[Any]], codes: IntArray, key_of: Callable[[str], Any]) -> _Values:
    """Return values that are sets of keys: one fits that has a key that is asked for."""
    having: dict[Any, list[int]] = defaultdict(list)
    for place, keys in enumerate(distinct):
        for key in keys:
            having[key].append(place)

    def fits(preference: Preference, own: int) -> BoolArray:
        marks = np.zeros(len(distinct), dtype=bool)
        asked = distinct[own] if preference.same else [key_of(value) for value in preference.values]
        for key in asked:
            marks[having.get(key, [])] = True
        return marks

    return _Values(codes, np.array([bool(keys) for keys in distinct], dtype=bool), fits)
