"""Reads the columns of weekly times: one of texts, or a grid of days and parts of the day with marks.

A form may ask for days in its rows and parts of the day in its columns, or the other way round, or for each
of both by a box to tick. Then a heading says a part of each time (``[Monday]``), and its cells say the rest
(``Morning, Afternoon``), or only whether (``x``, ``1``, ``oui``). For days on site, cells may say the place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reverse_match.people.cells import CellError
from reverse_match.people.headings import PEOPLE, heading_key
from reverse_match.people.rating_words import folded_words
from reverse_match.people.reading import words
from reverse_match.people.reading.choices import TIMES
from reverse_match.people.reading.cutting import FULL_WIDTH, split_option, without_bullet, without_frame
from reverse_match.people.reading.lists import note_of_non_answers
from reverse_match.people.reading.words import word_key
from reverse_match.people.weekly_times import (
    Part,
    entry_parts,
    names_part_of_day,
    read_part,
    times_on_site,
    weekly_times,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from reverse_match.people.reading.choices import Choices, FileColumn, Findings

_BETWEEN = re.compile(r"[;\n|•]| / ")
_REMOTE = folded_words(
    (
        *("remote", "remotely", "home", "at home", "home office", "working from home", "work from home"),
        *("wfh", "off", "not in", "away", "télétravail", "en télétravail", "tt", "distanciel", "à distance"),
        *("domicile", "absent", "absente"),
    )
)
"""What cells for a day on site say of somebody who is elsewhere."""
_WHICH = "right would be days with times, such as Mon 9-12;Thu 14:00-17:30"
_BESIDE_HEADING = (
    "neither a mark nor times that go with this heading; right would be x, yes, no, or days and times such "
    "as Mon 9-12"
)


def part_of_heading(column: FileColumn) -> Part | None:
    """Return what the heading of a column says of days and times; ``None`` where it says nothing of them.

    Examples
    --------
    >>> from reverse_match.people.reading.choices import FileColumn
    >>> part_of_heading(FileColumn("Free? [Monday] [Morning]", [], ("Free? [Monday]", "Free?"), "Morning"))
    Part(days=(0,), times=((540, 720),))
    """
    within = [found[1] for question in column.questions[:1] if (found := split_option(question))]
    said = Part((), ())
    for text in [column.heading] if column.option is None else [column.option, *within]:
        part = _part(text)
        together = None if part is None else said.together_with(part)
        if together is None:
            return None
        said = together
    return said


def _part(text: str) -> Part | None:
    try:
        return read_part(text)
    except CellError:
        return None


def find_time_columns(columns: Sequence[FileColumn], findings: Findings) -> None:
    """Take columns called ``Mon am``, ``Tue pm`` and the like for times, if nothing else says times."""
    if any(column.field in TIMES for column in columns):
        return
    found = [
        column for column in columns if column.field is None and column.option is None and _is_of_grid(column)
    ]
    if len(found) < _FEWEST:
        return
    for column in found:
        column.field, column.why = "available", "says a time of the week"
    message = (
        "and the columns like it are taken for times at which people are free; --map 'HEADING=NAME' for each "
        "keeps them as they are"
    )
    findings.note(message, found[0].heading, code="weekly-times")


_FEWEST = 2
"""Columns that make a grid."""


def _is_of_grid(column: FileColumn) -> bool:
    """Say whether a heading has a day of the week, and the cells below it only marks, or parts of a day."""
    part = part_of_heading(column)
    if part is None or not part.days:
        return False
    cells = {word_key(text) for text in column.filled()}
    return all(
        cell in words.YES | words.NO or cell in words.NON_ANSWERS or _part(cell) is not None for cell in cells
    )


def keep_what_says_no_times(columns: Sequence[FileColumn], choices: Choices, findings: Findings) -> None:
    """Let a column of a usual heading be one of the organisation's own if no cell of it says times."""
    for column in columns:
        if column.field not in TIMES or column.option is not None or not _says_nothing(column, choices):
            continue
        if column.why == "usual heading":
            column.field, column.why = None, ""
            message = f"is kept as a column of your own, since no cell holds weekly times; {_WHICH}"
            findings.note(message, column.heading, code="not-weekly-times")
        else:
            message = f"no cell holds weekly times; {_WHICH}, or another name: --map 'HEADING=NAME'"
            findings.fault(message, column.heading, code="not-weekly-times")
            column.cells = [None] * len(column.cells)


def _says_nothing(column: FileColumn, choices: Choices) -> bool:
    reader = _Reader(column, choices)
    cells = [cell for cell in dict.fromkeys(map(_text_of, column.cells)) if cell and reader.answers(cell)]
    return bool(cells) and all(reader.times_of(cell) is None for cell in cells)


def _text_of(cell: object) -> str:
    """Return a cell as text: a list as its entries, and nothing where a record has no such key."""
    if isinstance(cell, list | tuple):
        return ";".join(map(str, cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if isinstance(cell, str | int | float) else ""


def read_times(
    columns: Sequence[FileColumn], rows: Sequence[int], choices: Choices, findings: Findings
) -> list[Any]:
    """Return for each row the times of all columns of a field, as a record holds them.

    Parameters
    ----------
    columns : sequence of FileColumn
        Those of the field.
    rows : sequence of int
        Row of each person.
    choices : Choices
        What is said about the file.
    findings : Findings
        Gets a fault for each cell that cannot be read.
    """
    found: list[list[str]] = [[] for _ in rows]
    usual: set[str] = set()
    for column in columns:
        column.kind = "times"
        reader = _Reader(column, choices)
        for place, cell in enumerate(column.cells):
            said = reader.times_of(cell)
            if said is None:
                findings.fault(reader.fault_of(cell), column.heading, rows[place], "not-weekly-times")
            found[place] += said or []
        if reader.left_out:
            note_of_non_answers(column, reader.left_out, findings)
        usual |= reader.usual
    for message in sorted(usual, reverse=True):
        findings.note(message, columns[0].question, code="weekly-times")
    return [entries or None for entries in found]


_USUAL_PARTS = (
    "mornings are read as 9 to 12, noon as 12 to 14, afternoons as 14 to 17, and evenings as 17 to 20"
)
_USUAL_DAYS = "days without times are read as 9 to 17"


class _Reader:
    """Reads the cells of one column."""

    def __init__(self, column: FileColumn, choices: Choices) -> None:
        self._field = column.field or ""
        self._read_times = times_on_site if self._field == "on_site" else weekly_times
        self._heading = _heading_of(column)
        self._label = word_key(column.option or column.heading)
        self._silent = choices.non_answers
        own = choices.words.get(self._field, {})
        self._words = {word_key(word): str(times) for word, times in own.items()}
        self._known: dict[str, list[str] | None] = {}
        self.left_out = 0
        """Cells that hold no answer."""
        self.usual: set[str] = set()
        """What was taken for the hours of times that are only named."""

    def answers(self, cell: str) -> bool:
        """Say whether a cell holds an answer."""
        return word_key(cell) not in self._silent

    def fault_of(self, cell: object) -> str:
        """Return what is wrong with a cell that cannot be read."""
        if self._heading is not None:
            return _BESIDE_HEADING
        try:
            for entry in self._entries(_text_of(cell)):
                self._read_times(entry)
            self._read_times(self._entries(_text_of(cell)))
        except CellError as error:
            return str(error)
        return f"not weekly times; {_WHICH}"

    def times_of(self, cell: object) -> list[str] | None:
        """Return the times that a cell says; ``None`` where it cannot be read."""
        text = _text_of(cell)
        if not text:
            return []
        if word_key(text) in self._silent and (self._heading is None or word_key(text) not in words.NO):
            self.left_out += 1
            return []
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> list[str] | None:
        if self._heading is not None:
            if word_key(text) in words.NO:
                return []
            if word_key(text) in words.YES or word_key(text) == self._label:
                self._note_hours(self._heading, self._label)
                return self._heading.entries
        found: list[str] = []
        for entry in self._entries(text):
            times = self._beside_heading(entry) if self._heading is not None else self._alone(entry)
            if times is None:
                return None
            found += times
        try:
            self._read_times(found)
        except CellError:
            return None
        return found

    def _entries(self, text: str) -> list[str]:
        """Return the entries of a cell, own words as what they mean."""
        plain = without_frame(text.translate(FULL_WIDTH))
        whole = self._words.get(word_key(plain))
        if whole is not None:
            return _BETWEEN.split(whole)
        parts = [without_bullet(part.strip()) for part in _BETWEEN.split(plain)]
        return [
            one
            for part in parts
            if part and word_key(part) not in self._silent
            for one in _BETWEEN.split(self._words.get(word_key(part), part))
        ]

    def _alone(self, entry: str) -> list[str] | None:
        if self._field == "on_site" and word_key(entry) in _REMOTE:
            return []
        try:
            times = list(self._read_times(entry))
            when = entry.partition("@")[0]
            for part in entry_parts(when):
                self._note_hours(part, when)
        except CellError:
            return None
        return times

    def _note_hours(self, part: Part, *said: str) -> None:
        if any(map(names_part_of_day, said)):
            self.usual.add(_USUAL_PARTS)
        if not part.times and self._field == "available":
            self.usual.add(_USUAL_DAYS)

    def _beside_heading(self, entry: str) -> list[str] | None:
        """Return the times of an entry that says what its heading leaves open."""
        heading = self._heading or Part((), ())
        part = _part(entry)
        if part is not None:
            together = heading.together_with(part)
            if together is None or not together.days:
                return None
            self._note_hours(together, *([entry] if part.times else [self._label]))
            return together.entries
        if self._field == "on_site" and heading.days:  # where somebody is on that day
            if word_key(entry) in _REMOTE:
                return []
            return [f"{one} @{entry.removeprefix('@').strip()}" for one in heading.entries]
        if "," in entry:
            several = [self._beside_heading(piece.strip()) for piece in entry.split(",")]
            return None if None in several else [one for times in several for one in times or ()]
        return None


def _heading_of(column: FileColumn) -> Part | None:
    """Return what a heading says of times, if the column is one of a grid; a heading of a field says none."""
    if column.option is None and heading_key(column.heading) in PEOPLE.by_own_name:
        return None
    return part_of_heading(column)
