"""What somebody says about files, and what was found out about them while they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeVar

from reverse_match.foundation.errors import Fault
from reverse_match.people.headings import heading_key
from reverse_match.people.reading.words import NON_ANSWERS, word_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

Dates: TypeAlias = Literal["day-first", "month-first", "iso"]
Numbers: TypeAlias = Literal["ratings", "ranks", "marks"]
Role: TypeAlias = Literal["mentor", "mentee"]
Said = TypeVar("Said")

LISTS = ("offers", "seeks", "goals", "languages", "wants", "avoids")
"""Fields that hold several names."""

PREFERS = "prefers"
"""The field that holds what people say about others: a question of a form may be about one value each."""

WITH_OPTIONS = (*LISTS, PREFERS)
"""Fields of which a column can stand for one option."""

NAMING = ("wants", "avoids")
"""Of these the ones that name people."""

RATED = ("offers", "seeks")
"""Of these the ones with a level or a priority."""

TIMES = ("available", "on_site")
"""Fields that hold times of the week."""

SEVERAL = (*WITH_OPTIONS, *TIMES)
"""Fields that several columns may make together."""


def fold_heading(heading: str) -> str:
    r"""Return the form in which headings are compared: blanks and line breaks in them do not count.

    Examples
    --------
    >>> fold_heading("What would you\nlike to learn? ")
    'what would you like to learn'
    """
    return heading_key(" ".join(heading.split())) or heading.strip().casefold()


@dataclass(frozen=True)
class Choices:
    """What somebody says about files; headings are compared by :func:`fold_heading`."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    separator: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    latest_by: str | None = None
    dates: Dates | None = None
    date_orders: Mapping[str, Dates] = field(default_factory=dict)
    """By heading or field: which number of a day stands first."""
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By heading or field: names that a form offers; of a column for one option its name."""
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    """By heading, question or field: what numbers under options are."""
    on: date | None = None
    """The day on which people have their age."""
    id: str | None = None
    non_answer: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    format: Literal["scim"] | None = None
    encoding: str | None = None
    elsewhere: frozenset[str] = frozenset()
    """Headings of other files, folded: what is said of these may stand in none of the files at hand."""
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By field: what own words mean, for a role, a level or a priority."""
    scales: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By field or heading: words with an order, the lowest first."""

    @property
    def fields_by_heading(self) -> dict[str, str]:
        """What is mapped, by folded heading."""
        return {fold_heading(heading): name.strip() for heading, name in self.mapping.items()}

    @property
    def parts_of_id(self) -> list[str]:
        """Folded headings of the columns that an id is composed of."""
        return [fold_heading(part) for part in self.id.split("+")] if self.id else []

    @property
    def named(self) -> set[str]:
        """Every heading that is named, folded."""
        latest = {fold_heading(self.latest_by)} if self.latest_by else set()
        return {*self.fields_by_heading, *self.parts_of_id, *latest}

    @property
    def non_answers(self) -> frozenset[str]:
        """Words that say that nothing is known."""
        return (NON_ANSWERS | set(map(word_key, self.non_answer))) - set(map(word_key, self.answer))

    def separator_of(self, *names: str) -> str | None:
        """Return what is said to stand between the parts of a list, by its field or its heading."""
        return _said_of(self.separator, names)

    def order_of(self, *names: str) -> Dates | None:
        """Return which number of a day is said to stand first in a column."""
        return _said_of(self.date_orders, names)

    def options_of(self, *names: str) -> Sequence[str]:
        """Return what is said to be on offer in a column."""
        return _said_of(self.options, names) or ()

    def numbers_of(self, *names: str) -> Numbers | None:
        """Return what numbers under the options of a question are said to be."""
        return _said_of(self.numbers, names)

    def scale_of(self, *names: str) -> list[str]:
        """Return the words of a scale, folded and the lowest first; nothing where none is given."""
        return list(map(word_key, _said_of(self.scales, names) or ()))


def _said_of(said: Mapping[str, Said], names: Sequence[str]) -> Said | None:
    """Return what is said of a column under the first of its names."""
    if not said:
        return None
    by_name = {fold_heading(name): one for name, one in said.items()}
    return next((by_name[key] for key in map(fold_heading, names) if key in by_name), None)


class Beside(Protocol):
    """Knows the names in the lists of all files."""

    def returns(self, part: str, field: str) -> bool:
        """Say whether a part of a cell stands in another cell, too."""


@dataclass
class FileColumn:
    """A column of a file."""

    heading: str
    """As it stands there; of an option, with its question."""
    cells: list[Any]
    questions: tuple[str, ...] = ()
    """Headings that it shares with other columns: the question, or its code."""
    option: str | None = None
    aliases: tuple[str, ...] = ()
    """Further headings of this column alone."""
    place: int | None = None
    """Where it stands in a sheet, from 1: two columns may have one heading."""
    field: str | None = None
    why: str = ""
    kind: str = "text"
    separator: str | None = None
    separator_found: bool = False
    """Whether it stands there, and is not only what a people file has."""
    dates: Dates | None = None
    numbers: Numbers | None = None
    """Of a column of a question with options: what numbers are."""
    beside: Beside | None = None
    """The names in the lists of all files."""

    @property
    def letter(self) -> str:
        """What a spreadsheet calls its place, such as ``AC``."""
        letters, left = "", self.place or 0
        while left:
            left, sign = divmod(left - 1, 26)
            letters = chr(ord("A") + sign) + letters
        return letters

    @property
    def question(self) -> str:
        """The first of its questions, or its heading."""
        return self.questions[0] if self.questions else self.heading

    def texts(self) -> str:
        """Return all texts in its cells as one, to look for a sign that none of them may hold."""
        try:
            return "\x00".join(self.cells)
        except TypeError:  # some cells are no texts
            return "\x00".join(cell for cell in self.cells if isinstance(cell, str))

    def distinct(self) -> set[str]:
        """Return the different texts in its cells, without the empty one."""
        try:
            different = {*self.cells}
        except TypeError:  # lists, which cannot be in a set
            different = {cell for cell in self.cells if isinstance(cell, str)}
        return {cell for cell in different if isinstance(cell, str) and cell}

    def filled(self) -> list[str]:
        """Return the texts in its cells, without those that hold nothing."""
        return list(self.cells_filled())

    def cells_filled(self) -> Iterator[str]:
        """Yield the texts in its cells, without those that hold nothing."""
        return (text for cell in self.cells if cell is not None and (text := str(cell).strip()))

    def is_filled(self) -> bool:
        """Say whether any cell holds something."""
        return next(self.cells_filled(), None) is not None


@dataclass
class Findings:
    """What was decided about one file, and what is to be told of it."""

    name: str
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    heading_row: int | None = None

    def note(self, message: str, column: str | None = None, row: int | None = None, code: str = "") -> None:
        """Keep what was taken without being asked."""
        shown = _shown(column, row)
        self.notes.append(Fault(message, self.name, row, shown, code or "reading"))

    def fault(self, message: str, column: str | None = None, row: int | None = None, code: str = "") -> None:
        """Keep what somebody has to say first."""
        shown = _shown(column, row)
        self.faults.append(Fault(message, self.name, row, shown, code or "undecided"))


def _shown(heading: str | None, row: int | None) -> str | None:
    if heading is None:
        return None
    folded = " ".join(heading.split())
    return folded if row is not None else f"'{folded}'"
