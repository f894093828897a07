"""The files that were looked at, and in which cell of them a fault or a note stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reverse_match.people.reading.files import TEXTS, kind_of_path, split_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from reverse_match.people.reading.choices import Choices, FileColumn, Role
    from reverse_match.people.reading.files import PeopleFile

_LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class LookedFile:
    """A file, or a sheet of one, as it was looked at; no value of a person is in it.

    Attributes
    ----------
    path : Path
        Where it is.
    name : str
        What messages call it.
    role : str or None
        The role of everybody in it.
    sheet : str or None
        The sheet that is named.
    sha256 : str or None
        Digest of what was read; ``None`` where it could not be read as a file of people.
    encoding : str or None
        The encoding that is said.
    heading_row : int or None
        Row of the headings.
    places : mapping of str to int
        Number of the column, from 1, by each heading under which a message may name it.
    most : int
        Largest number of bytes.
    """

    path: Path
    name: str
    role: Role | None
    sheet: str | None
    sha256: str | None
    encoding: str | None
    heading_row: int | None
    places: Mapping[str, int]
    most: int

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook."""
        return kind_of_path(self.path) == ".xlsx"

    @property
    def is_text(self) -> bool:
        """Whether it is text in rows and columns."""
        return kind_of_path(self.path) in TEXTS

    def cell_of(self, row: int | None, column: str | None) -> tuple[int, int] | None:
        """Return row and column of the cell that a message is about; nothing where it is about none.

        What is about a whole column stands at its heading, what is about a whole row at its first cell.
        """
        if not (self.is_workbook or self.is_text):
            return None
        place = None if column is None else self.places.get(_on_one_line(column))
        if row is None:
            return None if place is None or self.heading_row is None else (self.heading_row, place)
        if place is None and column is not None and self.sha256 is None and _LETTERS.fullmatch(column):
            place = _number_of(column)  # a workbook that could not be read has no headings
        return row, place or 1


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def looked_files(
    asked: Iterable[tuple[str, Role | None]], read: Sequence[PeopleFile], choices: Choices, most: int
) -> tuple[LookedFile, ...]:
    """Return the files that were asked for; of those that could be read with the places of their columns.

    Parameters
    ----------
    asked : iterable of (str, str or None)
        Path of each file, and the role of whoever stands in it.
    read : sequence of PeopleFile
        The first of them, as far as they could be read.
    choices : Choices
        What is said about the files.
    most : int
        Largest number of bytes of each.
    """
    looked = [
        LookedFile(
            one.path,
            one.findings.name,
            one.role,
            one.sheet_name,
            one.sha256,
            choices.encoding,
            one.heading_row,
            _places_of(one.laid_out, choices),
            most,
        )
        for one in read
    ]
    for path, role in [*asked][len(read) :]:
        place, sheet = split_sheet(path, choices.sheet)
        looked.append(LookedFile(place, place.name, role, sheet, None, choices.encoding, None, {}, most))
    return tuple(looked)


def _places_of(columns: Sequence[FileColumn], choices: Choices) -> dict[str, int]:
    placed = [(column, column.place) for column in columns if column.place is not None]
    places: dict[str, int] = {}
    for column, place in placed:
        places.setdefault(_on_one_line(column.heading), place)
    for column, place in placed:
        for name in (*column.questions, *column.aliases, column.field):
            if name:
                places.setdefault(_on_one_line(name), place)
    first_part = (choices.id or "").split("+")[0]
    if choices.id and _on_one_line(first_part) in places:
        places.setdefault(choices.id, places[_on_one_line(first_part)])
    return places


def _on_one_line(heading: str) -> str:
    return " ".join(heading.split())
