"""A reading: what was decided about files, as data that a person can look at, correct and keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, field_validator

from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import CodedError, CohortError, Fault, InputError
from reverse_match.foundation.files import write_whole
from reverse_match.foundation.records import PlainData
from reverse_match.people.cells import CellError
from reverse_match.people.reading.choices import WITH_OPTIONS
from reverse_match.people.reading.hints import suggested_field
from reverse_match.people.weekly_times import times_on_site, weekly_times

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from reverse_match.people.reading.choices import Choices, FileColumn
    from reverse_match.people.reading.files import PeopleFile

Dates = Literal["day-first", "month-first", "iso"]
Numbers = Literal["ratings", "ranks", "marks"]

_MEANINGS: dict[str, tuple[str | int, ...]] = {
    "role": ("mentor", "mentee", "both"),
    "offers": (1, 2, 3, 4, 5),
    "seeks": (1, 2, 3),
}
_TIMES = {"available": weekly_times, "on_site": times_on_site}
"""Reads what own words of a field with times mean."""
"""What own words of a field can mean."""


class ColumnReading(PlainData):
    """What one column was taken for."""

    refusal: ClassVar[type[InputError]] = CohortError

    heading: str
    """As it stands in the file."""
    field: str | None = None
    """The field that it is; nothing makes it a column of the organisation's own."""
    why: str = ""
    """Mapped, its name, a usual heading, or what it holds."""
    kind: str = "text"
    """A text, a list, an option, a rank, a level, a day, an id, or an answer in own words."""
    separator: str | None = None
    """What stands between the names of a list."""
    dates: Dates | None = None
    """Which number of a day stands first."""
    filled: int = 0
    """Cells that hold something."""
    distinct: int = 0
    """Different values, or names of a list."""
    letter: str | None = None
    """What a spreadsheet calls its place."""
    question: str | None = None
    """Of an option: the question that it answers."""
    text: str | None = None
    """The text of the question, where the heading is a code."""
    suggestion: str | None = None
    """The field that a column of no field may be, by its heading."""


class FileReading(PlainData):
    """What one file was taken for."""

    refusal: ClassVar[type[InputError]] = CohortError

    name: str
    """Without its folder."""
    role: Literal["mentor", "mentee"] | None = None
    """Of everybody in it."""
    kind: str = ""
    """The ending that says what it is."""
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    heading_row: int | None = None
    people: int = 0
    """Rows that hold somebody."""
    columns: tuple[ColumnReading, ...] = ()


class Reading(PlainData):
    """What is decided about files of people; :func:`look` makes it, ``read_cohort`` takes it.

    Examples
    --------
    >>> reading = Reading(mapping={"Which can you teach?": "offers"}, separator={"offers": ", "})
    >>> print(reading.to_toml().splitlines()[0])
    format_version = 1
    >>> Reading.from_toml(reading.to_toml()) == reading
    True
    """

    refusal: ClassVar[type[InputError]] = CohortError

    format_version: Literal[1] = 1
    mapping: dict[str, str] = Field(default_factory=dict)
    """Field by heading."""
    separator: dict[str, str] = Field(default_factory=dict)
    """What stands between the names of a list, by field or heading."""
    sheet: str | None = None
    heading_row: int | None = None
    latest_by: str | None = None
    """Heading of the column that says which of two answers of a person is the later one."""
    dates: Dates | None = None
    date_orders: dict[str, Dates] = Field(default_factory=dict)
    """Which number of a day stands first, by heading."""
    options: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Names that a form offers, by heading or field, where one of them holds the separator; of a column for
    one option its name."""
    numbers: dict[str, Numbers] = Field(default_factory=dict)
    """What numbers under the options of a question are, by heading: ratings, ranks, or marks."""
    id: str | None = None
    """Headings of the columns that make an id, joined by ``+``."""
    non_answer: tuple[str, ...] = ()
    """Further words that say that there is no answer."""
    answer: tuple[str, ...] = ()
    """Words that are answers, though they are usually none."""
    format: Literal["scim"] | None = None
    """Of files whose ending does not say it."""
    encoding: str | None = None
    """Of text that is neither UTF-8 nor what it would be taken for."""
    words: dict[str, dict[str, str | int]] = Field(default_factory=dict)
    """Own words by field: for ``role``, for levels (``offers``) and for priorities (``seeks``)."""
    scales: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words with an order by field or heading, the lowest first."""
    files: tuple[FileReading, ...] = ()
    """What was found in each file; it tells, and decides nothing."""

    @field_validator("words")
    @classmethod
    def _mean_something(cls, words: dict[str, dict[str, str | int]]) -> dict[str, dict[str, str | int]]:
        for field, meanings in words.items():
            if field in _TIMES:
                _refuse_no_times(field, meanings)
                continue
            right = _MEANINGS.get(field)
            if right is None:
                message = f"no field with own words; right would be {', '.join((*_MEANINGS, *_TIMES))}"
                raise CodedError(message, "unknown-name")
            if any(meaning not in right for meaning in meanings.values()):
                message = f"words of {field} mean something else; right would be {', '.join(map(str, right))}"
                raise CodedError(message, "unknown-value")
        return words

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a reading from a TOML file.

        Raises
        ------
        CohortError
            If the file holds no reading.
        """
        place = Path(path)
        data = file_bytes(place, RECORD_BYTES, CohortError)
        try:
            return cls.from_toml(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise CohortError([Fault("not text in UTF-8", place.name, code="not-text")]) from None
        except InputError as error:
            raise CohortError(error.of(place.name).faults) from None

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Make a reading of text.

        Raises
        ------
        CohortError
            If it says no reading.
        """
        import tomllib  # most files are read without a reading

        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CohortError([Fault(f"not valid TOML: {error}", code="not-toml")]) from None
        return cls.model_validate(data)

    def to_toml(self) -> str:
        """Return the reading as text that a person can correct."""
        data = self.model_dump(mode="json", exclude_none=True)
        return "\n".join(_toml_lines(data, "")) + "\n"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the reading to a TOML file."""
        write_whole(Path(path), self.to_toml())


def _refuse_no_times(field: str, meanings: Mapping[str, str | int]) -> None:
    try:
        for meaning in meanings.values():
            _TIMES[field](str(meaning))
    except CellError:
        message = f"words of {field} mean something else; right would be weekly times such as Mon-Fri 6-14"
        raise CodedError(message, "unknown-value") from None


def _toml_lines(data: dict[str, Any], above: str) -> Iterator[str]:
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    lists = {key: value for key, value in data.items() if _is_list_of_tables(value)}
    for key, value in data.items():
        if key not in tables and key not in lists:
            yield f"{_key(key)} = {_toml_value(value)}"
    for key, value in tables.items():
        if value:
            yield ""
            yield f"[{above}{_key(key)}]"
            yield from _toml_lines(value, f"{above}{_key(key)}.")
    for key, values in lists.items():
        for value in values:
            yield ""
            yield f"[[{above}{_key(key)}]]"
            yield from _toml_lines(value, f"{above}{_key(key)}.")


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()
    return key if plain else _toml_value(key)


def _toml_value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def reading_of(read: Sequence[PeopleFile], choices: Choices, *, counts: bool = False) -> Reading:
    """Return what was decided about files, so that it decides the same when it is read again.

    Parameters
    ----------
    read : sequence of PeopleFile
        Of which each column knows what it is.
    choices : Choices
        What was said about them.
    counts : bool
        Whether values are counted: whoever looks wants that, whoever matches has no time for it.
    """
    first = next((one for one in read if one.heading_row is not None), None)
    return Reading(
        mapping=_mapping_of(read, choices),
        separator=_separators_of(read, choices),
        sheet=choices.sheet,
        heading_row=choices.heading_row if first is None or len(read) > 1 else first.heading_row,
        latest_by=choices.latest_by,
        dates=choices.dates,
        date_orders={**_said_by_columns(read, "dates"), **choices.date_orders},
        options={**_options_of(read), **{name: tuple(names) for name, names in choices.options.items()}},
        numbers={**_numbers_of(read), **choices.numbers},
        id=choices.id or _id_of(read),
        non_answer=choices.non_answer,
        answer=choices.answer,
        format=choices.format,
        encoding=choices.encoding,
        words={field: dict(words) for field, words in choices.words.items()},
        scales={name: tuple(words) for name, words in choices.scales.items()},
        files=tuple(_file_reading(one, counts=counts) for one in read),
    )


def _mapping_of(read: Sequence[PeopleFile], choices: Choices) -> dict[str, str]:
    mapping = dict(choices.mapping)
    for one in read:
        for column in one.columns:
            if (
                column.field
                and not _is_address_id(column)
                and not column.questions
                and column.why != "mapped"
            ):
                mapping.setdefault(column.heading, column.field)
    return mapping


def _is_address_id(column: FileColumn) -> bool:
    return column.kind == "id" and column.field != "id"


def _separators_of(read: Sequence[PeopleFile], choices: Choices) -> dict[str, str]:
    found = {
        column.heading: column.separator
        for one in read
        for column in one.columns
        if column.separator and column.separator_found
    }
    return {**found, **choices.separator}


def _said_by_columns(read: Sequence[PeopleFile], what: str) -> dict[str, Any]:
    """Return by heading what was decided about columns, where something was."""
    return {
        column.heading: decided
        for one in read
        for column in one.columns
        if (decided := getattr(column, what)) is not None
    }


def _numbers_of(read: Sequence[PeopleFile]) -> dict[str, Any]:
    return {
        column.question: column.numbers
        for one in read
        for column in one.columns
        if column.numbers is not None
    }


def _options_of(read: Sequence[PeopleFile]) -> dict[str, tuple[str, ...]]:
    """Return the name of each option that has a column of its own, without a question that says so."""
    return {
        column.heading: (column.option,)
        for one in read
        for column in one.columns
        if column.option is not None and not column.questions and column.field in WITH_OPTIONS
    }


def _id_of(read: Sequence[PeopleFile]) -> str | None:
    headings = {column.heading for one in read for column in one.columns if _is_address_id(column)}
    return headings.pop() if len(headings) == 1 else None


def _file_reading(read: PeopleFile, *, counts: bool) -> FileReading:
    return FileReading(
        name=read.findings.name,
        role=read.role,
        kind=read.kind.removeprefix("."),
        encoding=read.encoding,
        separator=read.separator,
        sheet=read.sheet_name,
        heading_row=read.heading_row,
        people=len(read.numbers),
        columns=tuple(_column_readings(read.columns, read.role, counts=counts)),
    )


def _column_readings(
    columns: Sequence[FileColumn], role: str | None, *, counts: bool
) -> Iterator[ColumnReading]:
    of_file = {"role"} if role else set()
    taken = frozenset({column.field for column in columns if column.field} | of_file)
    for column in columns:
        yield _column_reading(column, suggested_field(column, taken) if counts else None, counts=counts)


def _text_of(column: FileColumn) -> str | None:
    """Return the text of a question whose heading is a code."""
    shown = column.question if column.option is not None else column.heading
    text = max((*column.aliases, *column.questions), key=len, default="")
    same = _letters(text) == _letters(shown)
    return text if len(text) > len(shown) and not same and not text.endswith(f"[{column.heading}]") else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _column_reading(column: FileColumn, suggestion: str | None, *, counts: bool) -> ColumnReading:
    filled = [str(cell) for cell in column.cells if cell is not None and str(cell).strip()] if counts else []
    values = (
        [part.strip() for cell in filled for part in cell.split(";")]
        if column.kind in ("list", "times")
        else filled
    )
    return ColumnReading(
        heading=column.heading,
        field=column.field or None,
        why=column.why,
        kind=column.kind,
        separator=column.separator,
        dates=column.dates,
        filled=len(filled),
        distinct=len({value for value in values if value}),
        letter=column.letter or None,
        question=column.question if column.option is not None and column.questions else None,
        text=_text_of(column),
        suggestion=suggestion,
    )
