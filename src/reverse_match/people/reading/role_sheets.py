"""Finds the sheets of a workbook that are called by a role: *Mentors* and *Mentees* stand in one file.

They are read like a file of each role. Other sheets that a person sees are left out, with a note; a guide to
the workbook, which is known by its title, is left out without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from reverse_match.foundation.bounded_file import file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.names import LONGEST_SHOWN
from reverse_match.foundation.text_safety import shorten
from reverse_match.people.reading.files import split_sheet
from reverse_match.people.reading.words import ROLES, word_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reverse_match.people.reading.choices import Choices, Role

_MOST_NAMED = 10


class RoleSheets(NamedTuple):
    """Files of a role each, and what is to be told of sheets that are left out."""

    files: list[tuple[str, Role | None]]
    notes: list[Fault]


def find_role_sheets(files: Sequence[tuple[str, Role | None]], choices: Choices, most: int) -> RoleSheets:
    """Return files with the sheets of each role in place of a workbook that has both.

    Parameters
    ----------
    files : sequence of (str, str or None)
        Path of each file, and the role of whoever stands in it.
    choices : Choices
        What is said about the files; a sheet that is named is that sheet.
    most : int
        Larger files are refused.

    Raises
    ------
    CohortError
        If a workbook cannot be read.
    """
    found = RoleSheets([], [])
    for path, role in files:
        place, sheet = split_sheet(path, choices.sheet)
        if role is not None or sheet is not None or place.suffix.lower() != ".xlsx":
            found.files.append((path, role))
        else:
            _divide(place, found, most)
    return found


def _divide(place: Path, found: RoleSheets, most: int) -> None:
    from reverse_match.people.excel import people_sheets  # most people files are no workbooks

    titles = people_sheets(file_bytes(place, most, CohortError), place.name)
    roles = {title: role for title in titles if (role := role_of_sheet(title)) is not None}
    if {"mentor", "mentee"} - {*roles.values()}:
        found.files.append((str(place), None))
        return
    found.files.extend((f"{place}#{title}", role) for title, role in roles.items())
    left = [title for title in titles if title not in roles]
    if left:
        sheets = ", ".join(f"'{shorten(title, LONGEST_SHOWN)}'" for title in left[:_MOST_NAMED])
        message = f"people are read from the sheets that roles name; left out: {sheets}"
        found.notes.append(Fault(message, place.name, code="sheets-left-out"))


def role_of_sheet(title: str) -> Role | None:
    """Return the role of whoever stands in a sheet, by its title.

    Examples
    --------
    >>> role_of_sheet("Mentors"), role_of_sheet("Mentoré(e)s"), role_of_sheet("Sheet1")
    ('mentor', 'mentee', None)
    """
    role = ROLES.get(word_key(title))
    return cast("Role", role) if role in ("mentor", "mentee") else None
