"""What a tool has exported: the files, how a person says what they are, and who has to come out.

A reader is right about an export if one of these holds:

- it reads :attr:`Export.expected` with :attr:`Export.options` alone, or
- it asks, with a fault, and reads them with :attr:`Export.certain` beside, which leaves nothing to ask.

Anything else that it reads is a misreading. Where :attr:`Export.outcome` is ``"fault"``, the file has lost what
nobody can bring back, and to read it at all is the misreading; where it is ``"either"``, a fault is right too,
whatever has been said. Either way each fault is about one of the columns :attr:`Export.about`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from exports.clean import FIELDS, OUTSIDERS, Record
from exports.wording import EN, FR

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

Row: TypeAlias = list[Any]
Cell: TypeAlias = Callable[[Record], Any]
Answer: TypeAlias = Callable[[Record, str], Any]
Options: TypeAlias = dict[str, Any]
Order: TypeAlias = Literal["day-first", "month-first"]

COMPOSED_WITH = "+"
"""What stands between the parts of a composed id."""

FLAGS = {
    "mapping": "--map", "separator": "--separator", "sheet": "--sheet", "heading_row": "--heading-row",
    "latest_by": "--latest-by", "dates": "--dates", "id": "--id", "non_answer": "--non-answer",
    "format": "--people-format",
}  # fmt: skip
"""What a keyword of ``read_cohort`` is called on the command line."""


@dataclass(frozen=True)
class Export:
    """Files of one tool.

    Attributes
    ----------
    tool : str
        Whose shape it is.
    files : dict of str to str or list of str
        Path by role (``mentors``, ``mentees``) or under ``people``; ``#`` and the name of a sheet may follow.
    carries : frozenset of str
        Fields that stand in the files; also ``levels`` and ``priorities``.
    options : dict
        Keywords of ``read_cohort`` that somebody has to say.
    certain : dict
        Further ones, that a reader may ask for where the whole file does not decide.
    outcome : str
        ``"read"``, ``"either"`` (a fault is right, too), ``"fault"``.
    identity : callable
        The id of a person in these files.
    rewritten : callable
        What the tool makes of a record beside what it loses.
    about : tuple of str
        Headings of the columns that a fault may be about where the outcome is not ``"read"``.
    perhaps : frozenset of str
        Ids that may be read or not, as long as that is told: of hidden rows.
    """

    tool: str
    files: Mapping[str, str | list[str]]
    carries: frozenset[str]
    options: Options = field(default_factory=dict)
    certain: Options = field(default_factory=dict)
    outcome: Literal["read", "either", "fault"] = "read"
    identity: Callable[[Record], str] = lambda record: str(record["id"])
    rewritten: Callable[[Record], Record] = lambda record: record
    about: tuple[str, ...] = ()
    perhaps: frozenset[str] = frozenset()

    @property
    def loses(self) -> frozenset[str]:
        """Fields that these files do not carry; also ``levels`` and ``priorities``."""
        return frozenset({*FIELDS, "levels", "priorities"}) - self.carries

    @property
    def arguments(self) -> list[str]:
        """The command line behind the name of a command."""
        return [*self._file_arguments(), *_flags(self.options)]

    @property
    def certain_arguments(self) -> list[str]:
        """The command line that leaves nothing to ask."""
        return [*self._file_arguments(), *_flags(self.certain_options)]

    @property
    def certain_options(self) -> Options:
        """All keywords of ``read_cohort``."""
        return _joined(self.options, self.certain)

    @property
    def sources(self) -> tuple[tuple[str, ...], Options]:
        """The files as ``read_cohort`` takes them: positional ones, and keywords."""
        if "people" in self.files:
            return (str(self.files["people"]),), {}
        return (), dict(self.files)

    @property
    def paths(self) -> list[Path]:
        """Every file, without sheets."""
        named = [part for part in self._file_arguments() if not part.startswith("--")]
        return [Path(path.partition("#")[0]) for path in dict.fromkeys(named)]

    def expected(self, people: Sequence[Record]) -> list[Record]:
        """Return the records that reading must give, in the order of the people."""
        by_id = {record["id"]: record for record in (*people, *OUTSIDERS)}
        return [self._expected(record, by_id) for record in people]

    def _expected(self, record: Record, by_id: Mapping[str, Record]) -> Record:
        manager = by_id.get(record["manager_id"] or "")
        kept = {
            **{name: value for name, value in record.items() if name in self.carries},
            "id": self.identity(record),
            "role": record["role"],
        }
        if "manager_id" in self.carries:
            kept["manager_id"] = self.identity(manager) if manager else None
        for name, ratings, default in (("offers", "levels", 3), ("seeks", "priorities", 2)):
            if name in kept:
                carried = ratings in self.carries
                kept[name] = {skill: rating if carried else default for skill, rating in kept[name].items()}
        return self.rewritten(kept)

    def _file_arguments(self) -> list[str]:
        arguments = []
        for role, paths in self.files.items():
            for path in [paths] if isinstance(paths, str) else paths:
                arguments += [path] if role == "people" else [f"--{role}", path]
        return arguments


def _flags(options: Options) -> list[str]:
    arguments = []
    for keyword, value in options.items():
        values = [value]
        if isinstance(value, dict):
            values = [f"{key}={other}" for key, other in value.items()]
        elif isinstance(value, list):
            values = value
        arguments += [part for one in values for part in (FLAGS[keyword], str(one))]
    return arguments


def _joined(one: Options, other: Options) -> Options:
    joined = {**one, **other}
    for key in one.keys() & other.keys():
        if isinstance(one[key], dict):
            joined[key] = {**one[key], **other[key]}
    return joined


@dataclass(frozen=True)
class Column:
    """A column of a file.

    Attributes
    ----------
    heading : str
        What stands above it.
    cell : callable
        What stands in it, of a record.
    field : str
        The field that it carries, if any.
    said : str
        The heading that has to be mapped to the field, if that has to be said; ``"!"`` is this one.
    """

    heading: str
    cell: Cell
    field: str = ""
    said: str = ""


def one_line(heading: str) -> str:
    """Return a heading as a person would type it."""
    return " ".join(heading.split())


def mapping_of(columns: Sequence[Column]) -> dict[str, str]:
    """Return what has to be mapped."""
    return {
        one_line(column.heading if column.said == "!" else column.said): column.field
        for column in columns
        if column.said
    }


def carried(columns: Sequence[Column], *more: str) -> frozenset[str]:
    """Return the fields that columns carry."""
    return frozenset({"id", "role", *more, *(column.field for column in columns if column.field)})


def rows_of(columns: Sequence[Column], records: Sequence[Record]) -> list[Row]:
    """Return a row for each record."""
    return [[column.cell(record) for column in columns] for record in records]


def headings_of(columns: Sequence[Column]) -> Row:
    """Return the heading row."""
    return [column.heading for column in columns]


def table_of(columns: Sequence[Column], records: Sequence[Record]) -> list[Row]:
    """Return the heading row and a row for each record."""
    return [headings_of(columns), *rows_of(columns, records)]


def write_text(path: Path, text: str, encoding: str = "utf-8") -> str:
    """Write a text as bytes, its line ends as they are."""
    path.write_bytes(text.encode(encoding))
    return str(path)


def csv_text(
    rows: Sequence[Row], separator: str = ",", line_end: str = "\r\n", *, quote_all: bool = False
) -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerows(rows)
    return stream.getvalue()


def write_csv(
    path: Path,
    rows: Sequence[Row],
    separator: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\r\n",
    *,
    quote_all: bool = False,
) -> str:
    """Write rows as CSV."""
    return write_text(path, csv_text(rows, separator, line_end, quote_all=quote_all), encoding)


def given_and_family(record: Record) -> tuple[str, str]:
    """Return the two parts of a name."""
    given, _, family = record["name"].partition(" ")
    return given, family


def given(record: Record) -> str:
    """Return the given name."""
    return given_and_family(record)[0]


def family(record: Record) -> str:
    """Return the family name."""
    return given_and_family(record)[1]


def email_identity(record: Record) -> str:
    """Return the e-mail address, by which forms know a person."""
    return str(record["email"]).lower()


def other_capitals(text: str, random: Random) -> str:
    """Return an e-mail address as somebody else would type it."""
    return random.choice((text.upper(), text.title(), text.capitalize()))


def of_role(people: Sequence[Record], role: str) -> list[Record]:
    """Return who answers the form of a role: those who are both answer either."""
    return [record for record in people if record["role"] in (role, "both")]


def managers_of(people: Sequence[Record]) -> dict[str, Record]:
    """Return who can be a manager, by id."""
    return {record["id"]: record for record in (*people, *OUTSIDERS)}


def manager_cell(people: Sequence[Record], written: Cell, nobody: str = "") -> Cell:
    """Return a cell that names the manager of a record in a given way."""
    by_id = managers_of(people)

    def cell(record: Record) -> Any:
        manager = by_id.get(record["manager_id"] or "")
        return nobody if manager is None else written(manager)

    return cell


def joined(names: Sequence[str], separator: str, *, trailing: bool = False) -> str:
    """Return a list in one cell."""
    text = separator.join(names)
    return text + separator if text and trailing else text


def rated(ratings: Mapping[str, int], separator: str, between: str = ":") -> str:
    """Return skills with their rating behind a colon."""
    return separator.join(f"{name}{between}{rating}" for name, rating in ratings.items())


def list_cell(name: str, separator: str, silence: Callable[[], str] = str, *, trailing: bool = False) -> Cell:
    """Return a cell with the names of a list, or with what stands where there are none."""
    return lambda record: joined(list(record[name]), separator, trailing=trailing) or silence()


def rated_cell(name: str, separator: str, between: str = ":") -> Cell:
    """Return a cell with skills and their ratings."""
    return lambda record: rated(record[name], separator, between)


def ticked(name: str, yes: str | None = None, no: str = "") -> Answer:
    """Return what stands under an option: a mark, or the option itself, where it is in a list."""
    return lambda record, option: (option if yes is None else yes) if option in record[name] else no


def under(option: str, answer: Answer) -> Cell:
    """Return the cell under an option."""
    return lambda record: answer(record, option)


def in_brackets(question: str) -> Callable[[str], str]:
    """Return headings such as ``Question [Python]``."""
    return lambda option: f"{question}[{option}]"


def option_columns(
    headings: Callable[[str], str], name: str, options: Sequence[str], answer: Answer, said: str
) -> list[Column]:
    """Return a column for each option of a question; ``said`` as in :class:`Column`."""
    return [Column(headings(option), under(option, answer), name, said) for option in options]


def all_names(people: Sequence[Record], *fields: str) -> list[str]:
    """Return what is named in lists, in alphabetical order: the options of a form."""
    return sorted({name for record in people for field_name in fields for name in record[field_name]})


def dated(days: Sequence[str], order: Order) -> Options:
    """Return the option that says the order of day and month, where no date of a column does."""
    pairs = [(int(day[8:]), int(day[5:7])) for day in days]
    decided = any(day > 12 for day, _ in pairs)
    both_ways = any(day != month for day, month in pairs)
    return {} if decided or not both_ways else {"dates": order}


def birth_dates(people: Sequence[Record]) -> list[str]:
    """Return the birth dates that are known."""
    return [record["birth_date"] for record in people if record["birth_date"]]


def date_cell(form: str, nothing: Callable[[], str] = str) -> Cell:
    """Return a cell with the birth date in a form such as ``{d}/{m}/{y}``."""

    def cell(record: Record) -> str:
        if not record["birth_date"]:
            return nothing()
        year, month, day = record["birth_date"].split("-")
        return form.format(d=day, m=month, y=year, yy=year[2:])

    return cell


def moment_text(moment: datetime, form: str) -> str:
    """Return a moment without zeros in front of month, day and hour, as forms write them."""
    hour = moment.hour % 12 or 12
    return form.format(
        y=moment.year, yy=moment.year % 100, m=moment.month, d=moment.day, H=moment.hour, h=hour,
        M=f"{moment.minute:02}", S=f"{moment.second:02}", half="AM" if moment.hour < 12 else "PM",
        mm=f"{moment.month:02}", dd=f"{moment.day:02}", HH=f"{moment.hour:02}", hh=f"{hour:02}",
    )  # fmt: skip


def misreadings(
    export: Export, people: Sequence[Record], read: Callable[..., Any], refusal: type[Exception]
) -> list[str]:
    """Return what is wrong about reading an export, one line a value; at best none.

    Parameters
    ----------
    export : Export
        Of the people.
    people : sequence of dict
        Who was written.
    read : callable
        ``read_cohort``.
    refusal : type
        The error that carries faults.
    """
    expected = export.expected(people)
    files, roles = export.sources
    try:
        read_so = read(*files, **roles, **export.options)
    except refusal as error:
        if export.outcome != "read":
            return _beside(str(error), export.about)
    else:
        if export.outcome == "fault":
            return ["was read, though nobody can know who is who"]
        return differences(read_so.participants, expected, export)
    try:
        read_so = read(*files, **roles, **export.certain_options)
    except refusal as error:
        return [f"was refused, though nothing was left to ask: {error}"]
    return differences(read_so.participants, expected, export)


def _beside(message: str, headings: Sequence[str]) -> list[str]:
    """Return the lines of a message that are about other columns."""
    lines = message.splitlines()
    return [f"is no reason to refuse: {line}" for line in lines if not any(one in line for one in headings)]


def differences(participants: Sequence[Any], expected: Sequence[Record], export: Export) -> list[str]:
    """Return how people that were read differ from those that had to be, one line a value; at best none.

    Who is not carried must be empty. Words for gender and language count by what they mean, a name by its
    parts, an e-mail without its capitals, and a manager who is nobody in the file however they are named.
    """
    read = {person.id: person for person in participants}
    ids = {record["id"] for record in expected}
    found = [f"{identity}: is not there" for identity in sorted(ids - read.keys())]
    found += [f"{identity}: should not be there" for identity in sorted(read.keys() - ids - export.perhaps)]
    for record in expected:
        person = read.get(record["id"])
        found += _differences_of(person, record, ids) if person is not None else []
    return found


def _differences_of(person: Any, record: Record, ids: set[str]) -> list[str]:
    lines = []
    for name in FIELDS:
        if name in ("name", "email") and not hasattr(person, name) and name not in record:
            continue
        said, due = _plain(name, getattr(person, name), ids), _plain(name, record.get(name), ids)
        if said != due:
            lines.append(f"{record['id']}, {name}: {said!r}, but {due!r} was written")
    return lines


def _words(table: Callable[[Any], Mapping[str, str]]) -> dict[str, str]:
    return {word.casefold(): value for wording in (EN, FR) for value, word in table(wording).items()}


_GENDER_WORDS = {
    **_words(lambda wording: wording.genders),
    **_words(lambda wording: wording.letters),
}
_LANGUAGE_WORDS = _words(lambda wording: wording.languages)


def _plain(name: str, value: Any, ids: set[str]) -> Any:
    if name in _PLAIN:
        return _PLAIN[name](value)
    if name == "manager_id":
        return value if value in ids else None
    return value or None


def _gender(value: Any) -> str | None:
    return _GENDER_WORDS.get(str(value).casefold(), str(value)) if value else None


def _languages(value: Any) -> list[str]:
    return sorted(_LANGUAGE_WORDS.get(name.casefold(), name) for name in value or ())


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "gender": _gender,
    "languages": _languages,
    "name": lambda value: sorted((value or "").replace(",", " ").casefold().split()),
    "email": lambda value: (value or "").casefold(),
    "birth_date": lambda value: str(value) if value else None,
    "capacity": lambda value: 1 if value is None else value,
    "offers": lambda value: dict(value or {}),
    "seeks": lambda value: dict(value or {}),
    "goals": lambda value: sorted(value or ()),
}
