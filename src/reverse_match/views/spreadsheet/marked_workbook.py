"""A copy of somebody's files in which the cells that are wrong are coloured, with the message as a comment.

A workbook is copied with all of its sheets, as far as openpyxl keeps what is in it. Cells, formats, formulas,
comments, drop-downs and pictures stay. Shapes, slicers and what newer spreadsheets add are lost, and a
formula has no result until a spreadsheet computes it again. Text in rows and columns becomes a sheet of text,
row by row as it stands. A last sheet lists everything, first what stands in no cell.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from reverse_match.foundation.bounded_file import file_bytes
from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.foundation.optional import require_module
from reverse_match.foundation.text_safety import visible
from reverse_match.people.delimited import people_lines
from reverse_match.people.excel import people_sheets, whole_workbook
from reverse_match.people.reading.decoding import decode_text
from reverse_match.views.spreadsheet.form import comment_of, text_cell
from reverse_match.views.spreadsheet.workbook import LINE, LONGEST_CELL, lines_of, safe_title
from reverse_match.views.words.faults import message_in_words
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reverse_match.people.look import Look, Remark
    from reverse_match.people.reading.looked import LookedFile
    from reverse_match.views.words.phrases import Phrases

_WRONG, _NOTED = "FFC7CE", "FFEB9C"
"""Colours of a cell that has to be corrected, and of one that is worth a look."""

_WIDEST, _NARROWEST = 40, 8
_WIDTHS_OF_LIST = (18, 34, 90)
_MOST_ABOVE = 12
"""Rows among which headings are."""

_MARKED = "reverse-match:"
"""Stands above messages in a comment, which may be below what somebody has written."""

_MOST_COMMENTED = 8
"""Messages that one comment holds."""


class Mark(NamedTuple):
    """A fault or a note, and where it stands."""

    remark: Remark
    wrong: bool
    page: Any = None
    cell: tuple[int, int] | None = None


def marked_workbook(seen: Look, files: Sequence[LookedFile], lang: str) -> bytes:
    """Return the files that were looked at as one workbook, with what is wrong in them.

    Parameters
    ----------
    seen : Look
        What was found.
    files : sequence of LookedFile
        The files; they are read again.
    lang : str
        ``"en"`` or ``"fr"``, for messages.

    Raises
    ------
    CohortError
        If a file cannot be read, or has changed since it was looked at.
    MissingExtraError
        If openpyxl is not installed.
    """
    say = language(lang)
    made = _Copy(files, say)
    remarks = [(remark, True) for remark in seen.faults] + [(remark, False) for remark in seen.notes]
    marks = [made.mark(remark, wrong=wrong) for remark, wrong in remarks]
    _put_on_cells(marks, lang)
    _add_list(made.book, marks, lang, say)
    written = io.BytesIO()
    made.book.save(written)
    return written.getvalue()


@dataclass
class _Page:
    """A sheet of the copy, and the file that stands on it."""

    file: LookedFile
    page: Any


class _Copy:
    """The workbook in which all files stand."""

    def __init__(self, files: Sequence[LookedFile], say: Phrases) -> None:
        self._say = say
        self.pages: list[_Page] = []
        books: dict[Path, Any] = {}
        contents = {file.path: content for file in files if (content := _content(file)) is not None}
        for file in files:
            if file.is_workbook and file.path in contents and file.path not in books:
                books[file.path] = whole_workbook(contents[file.path], file.path.name)
        self._styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
        self.book = next(iter(books.values()), None) or self._empty_book()
        for file in files:
            if file.path not in contents:
                continue
            if file.is_workbook:
                self._add_sheet_of(file, contents[file.path], books[file.path])
            elif file.is_text:
                self._add_text(file, contents[file.path])

    @staticmethod
    def _empty_book() -> Any:
        book = require_module("openpyxl", "excel", "writing .xlsx").Workbook()
        book.remove(book.active)
        return book

    def _add_sheet_of(self, file: LookedFile, data: bytes, book: Any) -> None:
        """Find the sheet that was read; of a second workbook it is copied, with what its formulas gave."""
        titles = [file.sheet] if file.sheet else people_sheets(data, file.path.name)
        if len(titles) != 1 or titles[0] not in book.sheetnames:
            return
        page = book[titles[0]]
        if book is not self.book:
            results = whole_workbook(data, file.path.name, results=True)[titles[0]]
            page = _copied(results, self._new_page(file, titles[0]))
        self._add(file, page)

    def _add_text(self, file: LookedFile, data: bytes) -> None:
        name = file.path.name
        try:
            lines = people_lines(decode_text(data, name, file.encoding).text, name).lines
        except CohortError:
            return  # it is no table, which is what the fault says
        page = self._new_page(file, file.path.stem)
        letter_of = require_module("openpyxl.utils", "excel", "writing .xlsx").get_column_letter
        widths: dict[int, int] = defaultdict(int)
        for row, cells in lines:
            for place, text in enumerate(cells, start=1):
                if text:
                    text_cell(page.cell(row, place), _writable(text))
                    widths[place] = max(widths[place], *map(len, text.split("\n")))
        for place, width in widths.items():
            page.column_dimensions[letter_of(place)].width = min(max(width + 2, _NARROWEST), _WIDEST)
        self._add(file, page)

    def _add(self, file: LookedFile, page: Any) -> None:
        """Keep a sheet; of a file that could not be read, its own rows tell where its headings are."""
        if file.sha256 is None:
            places: dict[str, int] = {}
            for row in page.iter_rows(max_row=_MOST_ABOVE):
                for cell in row:
                    if cell.value is not None:
                        places.setdefault(" ".join(str(cell.value).split()), cell.column)
            file = replace(file, places=places)
        _without_marks(page)
        self.pages.append(_Page(file, page))

    def _new_page(self, file: LookedFile, title: str) -> Any:
        """Add a sheet; one of a role is called by it, so that the copy can be corrected and read."""
        title = title if file.role is None else self._say(f"form {file.role}s")
        return self.book.create_sheet(safe_title(title) or "1")

    def mark(self, remark: Remark, *, wrong: bool) -> Mark:
        """Return a remark with its cell, if it is about one of one file."""
        found = [page for page in self.pages if page.file.name == remark.file]
        cell = found[0].file.cell_of(remark.row, remark.column) if len(found) == 1 else None
        if cell is None:
            return Mark(remark, wrong)
        return Mark(remark, wrong, found[0].page, _seen_cell(found[0].page, cell))


def _content(file: LookedFile) -> bytes | None:
    """Return what is in a file; nothing of one that cannot be read, which is what the fault says."""
    try:
        data = file_bytes(file.path, file.most, CohortError)
        if file.sha256 is None and file.is_workbook:
            people_sheets(data, file.path.name)
    except CohortError:
        if file.sha256 is None:
            return None
        raise
    if file.sha256 is not None and hashlib.sha256(data).hexdigest() != file.sha256:
        message = "has changed since it was looked at; look again"
        raise CohortError([Fault(message, file.path.name, code="changed")])
    return data


def _writable(text: str) -> str:
    """Return a text as it stands, but for characters that no workbook can hold, which become codes."""
    illegal = require_module("openpyxl.cell.cell", "excel", "writing .xlsx").ILLEGAL_CHARACTERS_RE
    written: str = illegal.sub(lambda found: visible(found[0]), text[:LONGEST_CELL])
    return written


def _copied(page: Any, new: Any) -> Any:
    """Return a new sheet with the cells of one of another workbook, and their formats."""
    for row in page.iter_rows():
        for cell in row:
            if type(cell).__name__ == "MergedCell" or (cell.value is None and not cell.has_style):
                continue
            made = new.cell(cell.row, cell.column)
            made.value = cell.value
            if isinstance(cell.value, str):
                made.data_type = cell.data_type
            if cell.has_style:
                made.font, made.fill, made.border = copy(cell.font), copy(cell.fill), copy(cell.border)
                made.alignment, made.number_format = copy(cell.alignment), cell.number_format
    for letter, dimension in page.column_dimensions.items():
        new.column_dimensions[letter].width = dimension.width
    for merged in page.merged_cells.ranges:
        new.merge_cells(merged.coord)
    return new


def _seen_cell(page: Any, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the cell that shows another one: of merged cells, the first."""
    row, column = cell
    for merged in page.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return merged.min_row, merged.min_col
    return cell


def _without_marks(page: Any) -> None:
    """Take the marks of an earlier copy away, which somebody has corrected since."""
    styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
    for row in page.iter_rows():
        for cell in row:
            if cell.comment is None or _MARKED not in cell.comment.text.split("\n"):
                continue
            before = cell.comment.text.rpartition(_MARKED)[0].strip()
            author = cell.comment.author
            cell.comment = comment_of(before) if before else None
            if before:
                cell.comment.author = author
            cell.fill = styles.PatternFill()


def _put_on_cells(marks: Iterable[Mark], lang: str) -> None:
    """Colour cells, and put messages beside what somebody has written on them; what is wrong goes first."""
    by_cell: dict[tuple[Any, tuple[int, int]], list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.cell is not None:
            by_cell[mark.page, mark.cell].append(mark)
    styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
    for (page, (row, column)), here in by_cell.items():
        cell = page.cell(row, column)
        colour = _WRONG if here[0].wrong else _NOTED
        cell.fill = styles.PatternFill("solid", fgColor=colour)
        told = [_message(mark.remark, lang) for mark in here[:_MOST_COMMENTED]]
        before = "" if cell.comment is None else f"{cell.comment.text}\n\n"
        comment = comment_of(f"{before}{_MARKED}\n" + "\n\n".join(dict.fromkeys(told)))
        comment.author = comment.author if cell.comment is None else cell.comment.author
        cell.comment = comment


def _message(remark: Remark, lang: str) -> str:
    said = visible(message_in_words(remark.message, lang))
    return f"{said[:1].upper()}{said[1:]}"


def _add_list(book: Any, marks: Sequence[Mark], lang: str, say: Phrases) -> None:
    """Add the sheet that lists everything, first what stands in no cell."""
    if say("marked sheet") in book.sheetnames:  # of an earlier copy
        del book[say("marked sheet")]
    page = book.create_sheet(say("marked sheet"))
    utils = require_module("openpyxl.utils", "excel", "writing .xlsx")
    styles = require_module("openpyxl.styles", "excel", "writing .xlsx")
    for place, heading in enumerate(("kind", "place", "message"), start=1):
        text_cell(page.cell(1, place), say(f"marked {heading}"))
        page.cell(1, place).font = styles.Font(bold=True)
        page.column_dimensions[utils.get_column_letter(place)].width = _WIDTHS_OF_LIST[place - 1]
    if not marks:
        text_cell(page.cell(2, 3), say("marked nothing"))
    for row, mark in enumerate(sorted(marks, key=lambda one: one.cell is not None), start=2):
        message = _message(mark.remark, lang)
        where = _place(mark, utils)
        kind = say("marked wrong") if mark.wrong else say("marked noted")
        for place, text in enumerate((kind, where, message), start=1):
            cell = page.cell(row, place)
            text_cell(cell, _writable(text))
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
        page.cell(row, 1).fill = styles.PatternFill("solid", fgColor=_WRONG if mark.wrong else _NOTED)
        page.row_dimensions[row].height = LINE * lines_of(message, _WIDTHS_OF_LIST[2])
    page.freeze_panes = "A2"


def _place(mark: Mark, utils: Any) -> str:
    """Return where a mark stands: its sheet and cell, or what the message is about."""
    if mark.cell is not None:
        return f"{mark.page.title}!{utils.get_column_letter(mark.cell[1])}{mark.cell[0]}"
    remark = mark.remark
    return ", ".join(
        visible(str(part)) for part in (remark.file, remark.row, remark.column) if part is not None
    )
