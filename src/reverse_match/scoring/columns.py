"""The cohort as columns: for each field a list or an array over all participants, in the cohort's order.

A criterion names a field and needs values of one kind: numbers, texts, names or ratings. This module reads
the field as that kind, and raises every cell of another kind as a fault with file, row and column.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from reverse_match.foundation.errors import CodedError, CohortError, Fault, PolicyError
from reverse_match.foundation.names import LONGEST_SHOWN, did_you_mean, id_key, name_key
from reverse_match.foundation.text_safety import shorten
from reverse_match.people import cells
from reverse_match.people.cells import CellError
from reverse_match.people.headings import FIELDS, field_of_usual_heading
from reverse_match.people.own_columns import text_of
from reverse_match.people.participant import PLACES, SHOWN_ALONE
from reverse_match.people.skill_names import Meanings, meanings_of
from reverse_match.people.vocabulary import gender_of, language_of
from reverse_match.policy.scales import BANDS
from reverse_match.scoring.scales import BandScale, WordScale

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
    from datetime import date

    from reverse_match.foundation.arrays import BoolArray, FloatArray, IntArray
    from reverse_match.people.cohort import Cohort
    from reverse_match.policy import Policy

Value = TypeVar("Value")

_NAMES_WITH_ALIASES = {"offers", "seeks", "goals"}
_LISTS = {"offers", "seeks", "goals", "languages"}
_IDS = {"wants", "avoids"}
_TEXT_OR_NOTHING = (str, type(None))
_TEXTS = {"gender", "department", "location"}
_NAMES_OF_THINGS = {"id", "role", "manager_id", "timezone"}
"""Fields whose texts have no synonyms."""


class Columns:
    """Reads fields of a cohort as columns of the kinds that criteria need.

    Parameters
    ----------
    cohort : Cohort
        The people.
    policy : Policy
        Has the synonyms, and whether typos are corrected.
    day : date or None
        The day on which ages are computed; without one, only ages given as numbers are known.
    """

    def __init__(self, cohort: Cohort, policy: Policy, day: date | None) -> None:
        self._cohort = cohort
        self._policy = policy
        self._day = day
        self._scales: dict[str, WordScale | BandScale] = {}
        self._derived: dict[Hashable, Any] = {}

    @property
    def cohort(self) -> Cohort:
        """The people."""
        return self._cohort

    def numbers(self, field: str) -> FloatArray:
        """Return a column of numbers, NaN where not known.

        Raises
        ------
        PolicyError
            If no column has this name, or if the field cannot hold numbers.
        CohortError
            If a cell of the column is not a number, or a word that its scale does not name.
        """
        if self.has_scale(field):
            return self._places_on_scale(field)
        if field == "age":
            ages = [
                None if self._day is None else person.age_on(self._day)
                for person in self._cohort.participants
            ]
            given = [person.age for person in self._cohort.participants]
            read = [age if known is None else known for age, known in zip(ages, given, strict=True)]
        elif field in FIELDS and field not in ("grade", *PLACES):
            raise self._wrong_kind(field, "numbers; right would be age, grade, or a column of numbers")
        else:
            read = self._read(field, self._number_in_file if self._cohort.reading else cells.number)
        return np.array([np.nan if value is None else float(value) for value in read], dtype=float)

    def has_scale(self, field: str) -> bool:
        """Say whether the policy has a scale for the words of a field, which then count as numbers."""
        return field in self._policy.scales

    def bound_on_scale(self, field: str, bound: str | int | float) -> float:
        """Return the place of a word on the scale of a field, to compare with :meth:`numbers`.

        Parameters
        ----------
        field : str
            The field.
        bound : str or number
            The word; a number stands for the word that is written so.

        Raises
        ------
        PolicyError
            If the field has no scale, or if the scale does not name the word.
        """
        if not self.has_scale(field):
            shown = shorten(field, LONGEST_SHOWN)
            message = f"a word, and '{shown}' has no scale; right would be a number, or a scale in the policy"
            raise PolicyError([Fault(message, code="wrong-type")])
        word = text_of(bound) or ""
        try:
            return self._scale(field).bound_of(self._scale_key(field, word))
        except CodedError as error:
            raise PolicyError([Fault(str(error), code=error.code)]) from None

    def _places_on_scale(self, field: str) -> FloatArray:
        if field in FIELDS and field not in _TEXTS:
            right = "gender, department, location, or a column of texts"
            message = f"'{field}' can have no scale; right would be {right}"
            raise PolicyError([Fault(message, code="wrong-field")])
        texts, faults = self.texts(field), []
        scale, places = self._scale(field), dict[str, float]()
        for index, text in enumerate(texts):
            if text is not None and text not in places:
                try:
                    places[text] = scale.place_of(self._scale_key(field, text))
                except CodedError as error:
                    faults.append(self._cohort.fault(index, field, str(error), error.code))
        if faults:
            raise CohortError(faults)
        return np.array([np.nan if text is None else places[text] for text in texts], dtype=float)

    def _scale(self, field: str) -> WordScale | BandScale:
        words = self._policy.scales[field]
        if field not in self._scales:
            try:
                self._scales[field] = (
                    BandScale.of({text for text in self.texts(field) if text is not None})
                    if words == BANDS
                    else self._word_scale(field, words)
                )
            except CodedError as error:
                raise PolicyError([Fault(str(error), code=error.code)]) from None
        return self._scales[field]

    def _word_scale(self, field: str, words: Sequence[str]) -> WordScale:
        keys = [self._scale_key(field, word) for word in words]
        if len({*keys}) < len(keys):
            message = "two words of the scale mean the same; right would be each once"
            raise CodedError(message, "name-twice")
        return WordScale(words, keys)

    def _scale_key(self, field: str, word: str) -> str:
        return name_key(self.in_one_word(field, word))

    @staticmethod
    def _number_in_file(value: Any) -> cells.Number | None:
        """Read a number; a file may hold words with an order, which can be said where it is read."""
        try:
            return cells.number(value)
        except CellError as error:
            if not isinstance(value, str) or any(map(str.isdigit, value)):
                raise
            message = f"{error}; words with an order can be read as numbers: --scale 'COLUMN=LOW;HIGH'"
            raise CellError(message, error.code) from None

    def texts(self, field: str) -> list[str | None]:
        """Return a column of texts, ``None`` where not known; numbers and truth values become text.

        In a user's own columns a value becomes the same text whatever kind of file it was read from
        (:mod:`.own_columns`).

        Raises
        ------
        PolicyError
            If no column has this name, or if the field holds lists.
        """
        if field in _LISTS | _IDS or field in ("birth_date", "birth_year"):
            raise self._wrong_kind(
                field, "texts; right would be gender, department, location, or a column of texts"
            )

        if field in FIELDS and field not in SHOWN_ALONE:
            said = [getattr(person, field) for person in self._cohort.participants]
            if all(type(text) in _TEXT_OR_NOTHING for text in said):
                return said

        def read(value: Any) -> str | None:
            if isinstance(value, tuple):
                message = "a list of texts; one text is needed"
                raise CellError(message, "wrong-type")
            if value is None or field in FIELDS:
                return None if value is None else str(value)
            return text_of(value)

        return self._read(field, read)

    def compared_texts(self, field: str) -> list[str | None]:
        """Return a column of texts as they are compared: words that mean the same are one word.

        Raises
        ------
        PolicyError
            If no column has this name, or if the field holds lists.
        """
        texts = self.texts(field)
        meant = {text: self.in_one_word(field, text) for text in {*texts} if text is not None}
        return [None if text is None else meant[text] for text in texts]

    def derived(self, what: Hashable, make: Callable[[], Value]) -> Value:
        """Return what follows from a column, made once: a rule may have a hundred statements on one field."""
        if what not in self._derived:
            self._derived[what] = make()
        kept: Value = self._derived[what]
        return kept

    def in_one_word(self, field: str, text: str) -> str:
        """Return the word that stands for all words of a field that mean the same as a text.

        The policy's synonyms hold for the whole text, and for each part of a path. Words for genders are
        known without them (:mod:`.vocabulary`).
        """
        if self._cohort.as_written or field in _NAMES_OF_THINGS:
            return text
        if field == "gender":
            said = self._synonyms.get(name_key(text))
            return gender_of(text) if said is None else gender_of(said)
        if not self._synonyms:
            return text
        whole = self._synonyms.get(name_key(text))
        if whole is not None or "/" not in text:
            return text if whole is None else whole
        return "/".join(self._synonyms.get(name_key(part), part) for part in text.split("/"))

    @cached_property
    def _synonyms(self) -> dict[str, str]:
        """The name that each name of the policy's synonyms stands for."""
        return {
            name_key(other): name
            for name, others in self._policy.synonyms.items()
            for other in (name, *others)
        }

    def names(self, field: str) -> list[tuple[str, ...]]:
        """Return a column of lists of names, empty where not known.

        Raises
        ------
        PolicyError
            If no column has this name, or if the field cannot hold a list.
        CohortError
            If a cell of the column is not a list.
        """
        if field in _LISTS:
            return [tuple(getattr(person, field)) for person in self._cohort.participants]
        if field in FIELDS:
            raise self._wrong_kind(
                field, "lists; right would be goals, languages, offers, seeks, or a column of lists"
            )
        return self._read(field, lambda value: cells.names(_as_in_a_file(value)))

    def one_or_several(self, field: str) -> list[tuple[str, ...]]:
        """Return a column of one text or of a list as lists of texts, empty where not known.

        Raises
        ------
        PolicyError
            If no column has this name, or if the field holds neither.
        CohortError
            If a cell of the column is neither.
        """
        if field in FIELDS and field not in _LISTS:
            return [() if text is None else (text,) for text in self.texts(field)]
        return self.names(field)

    def meant_in_both(self, fields: tuple[str, str], written: Collection[str]) -> dict[str, str]:
        """Return the word that each text stands for where two fields are compared with each other.

        What is known of the words of either field holds for both. Skills, goals and languages have concepts;
        all other fields have the policy's synonyms.
        """
        if not _LISTS.isdisjoint(fields):
            meanings = self.meanings(fields, written)
            return {text: meanings.concept(text) for text in written}
        return {text: self.in_one_word(fields[0], self.in_one_word(fields[1], text)) for text in written}

    def others(self, field: str) -> list[tuple[int, ...] | None]:
        """Return a column of ids as indices into the cohort, ``None`` where the list of ids is empty.

        Ids that are not in the cohort belong to people who have left, and are dropped. A list of only such
        ids becomes an empty tuple.
        """
        position = self._cohort.position
        named = [getattr(person, field) for person in self._cohort.participants]
        return [
            tuple(position[key] for key in map(id_key, ids) if key in position) if ids else None
            for ids in named
        ]

    def known(self, field: str) -> BoolArray:
        """Return a mask of the participants whose field is not empty.

        Raises
        ------
        PolicyError
            If no column has this name.
        """
        if field == "age":
            return ~np.isnan(self.numbers(field))
        return np.array(self._read(field, lambda value: value is not None and value not in ((), {}, "")))

    def rated_names(self, field: str, *, offered: bool) -> list[dict[str, int]]:
        """Return a column of rated names: levels if they are offered, priorities if they are wanted.

        Raises
        ------
        PolicyError
            If no column has this name, or if the field cannot hold rated names.
        CohortError
            If a cell of the column does not hold rated names.
        """
        if field == ("offers" if offered else "seeks"):
            return [getattr(person, field) for person in self._cohort.participants]
        if field in FIELDS and field not in ("goals", "languages"):
            raise self._wrong_kind(field, "offered names" if offered else "wanted names")
        bounds = cells.LEVELS if offered else cells.PRIORITIES
        default = cells.DEFAULT_LEVEL if offered else cells.DEFAULT_PRIORITY
        return self._read(
            field,
            lambda value: cells.rated_names(
                _as_in_a_file(value), bounds, default, "level" if offered else "priority"
            ),
        )

    def meanings(self, fields: Collection[str], written: Iterable[str]) -> Meanings:
        """Return the concept of each name.

        Parameters
        ----------
        fields : collection of str
            Fields of the names. Skills and goals use the table of aliases and the correction of typos. Other
            lists, such as codes of languages, are only normalised, and compared by the policy's synonyms.
        written : iterable of str
            The names, repeated as often as people wrote them.
        """
        names, policy = tuple(written), self._policy
        ladder, languages = not _NAMES_WITH_ALIASES.isdisjoint(fields), "languages" in fields
        # The criterion ``coverage`` and the condition ``teaches`` ask for the same names.
        key = ("meanings", ladder, languages, policy.correct_typos, tuple(policy.synonyms.items()), names)
        return self._cohort.memoise(key, lambda: self._meanings(names, ladder=ladder, languages=languages))

    def _meanings(self, written: Sequence[str], *, ladder: bool, languages: bool) -> Meanings:
        typos = ladder and self._policy.correct_typos
        as_written = self._cohort.as_written
        known: dict[str, str] = {}
        if languages and not as_written:
            found = {name: language_of(name) for name in {*written}}
            known = {name: code for name, code in found.items() if code is not None}
        return meanings_of(
            written,
            self._policy.synonyms,
            table=ladder,
            typos=typos,
            brackets=ladder and not as_written,
            known=known,
        )

    def _read(self, field: str, read: Callable[[Any], Value]) -> list[Value]:
        """Read one column; all its faults are raised together."""
        if field in SHOWN_ALONE:
            raise self._wrong_kind(field, "")
        if field in FIELDS:
            cell_of = [getattr(person, field) for person in self._cohort.participants]
        elif field in self._cohort.attribute_names:
            cell_of = [person.attributes.get(field) for person in self._cohort.participants]
        else:
            message = f"no field '{shorten(field, LONGEST_SHOWN)}' in the people{self._nearest(field)}"
            raise PolicyError([Fault(message, code="unknown-field")])
        values: list[Value] = []
        faults = []
        for index, cell in enumerate(cell_of):
            try:
                values.append(read(cell))
            except CellError as error:
                faults.append(self._cohort.fault(index, field, str(error), error.code))
        if faults:
            raise CohortError(faults)
        return values

    def _nearest(self, field: str) -> str:
        recognised = field_of_usual_heading(field)
        if recognised:
            return f"; a column with that heading is read as '{recognised}', unless it is mapped otherwise"
        return did_you_mean(field, [*FIELDS, *self._cohort.attribute_names])

    def _wrong_kind(self, field: str, needed: str) -> PolicyError:
        message = f"'{field}' does not hold {needed}"
        if field in SHOWN_ALONE:
            message = f"'{field}' is shown beside the id and counts for nothing; no policy can use it"
        return PolicyError([Fault(message, code="wrong-field")])


def _as_in_a_file(value: Any) -> Any:
    """Return a value as a CSV file would hold it: a number or a truth value becomes text, and so a name."""
    return text_of(value) if isinstance(value, bool | int | float) else value


class People:
    """Some participants as columns, as they are passed to a user's own criterion or rule.

    Examples
    --------
    >>> def same_country(mentors, mentees):
    ...     here = np.array(mentors.texts("country"), dtype=object)
    ...     there = np.array(mentees.texts("country"), dtype=object)
    ...     return (here[:, None] == there[None, :]).astype(float)
    """

    def __init__(self, columns: Columns, indices: list[int]) -> None:
        self._columns = columns
        self._indices = indices

    def __len__(self) -> int:
        return len(self._indices)

    @cached_property
    def _cache(self) -> dict[tuple[str, str], Any]:
        return {}

    def numbers(self, field: str) -> FloatArray:
        """Return a field of these people as numbers, NaN where not known."""
        return self._column("numbers", field)[self._indices]  # type: ignore[no-any-return]

    def texts(self, field: str) -> list[str | None]:
        """Return a field of these people as texts, ``None`` where not known."""
        column = self._column("texts", field)
        return [column[index] for index in self._indices]

    def names(self, field: str) -> list[tuple[str, ...]]:
        """Return a field of these people as tuples of names, empty where not known."""
        column = self._column("names", field)
        return [column[index] for index in self._indices]

    def part(self, chosen: slice) -> People:
        """Return a range of these people; all parts share the columns that have been read."""
        return self._at_indices(self._indices[chosen])

    def at(self, places: IntArray) -> People:
        """Return some of these people, by index; all parts share the columns that have been read."""
        return self._at_indices([self._indices[place] for place in places.tolist()])

    def _at_indices(self, indices: list[int]) -> People:
        part = People(self._columns, indices)
        part.__dict__["_cache"] = self._cache
        return part

    def _column(self, kind: str, field: str) -> Any:
        if (kind, field) not in self._cache:
            self._cache[kind, field] = getattr(self._columns, kind)(field)
        return self._cache[kind, field]
