"""Finds the heading rows of a sheet, and which columns are the options of one question.

Rows above the headings (a title, filters) and below the people (a sum, a notice) are left out. Forms write
two or three heading rows: a question stands over the first of its columns only (SurveyMonkey), in a row
above (Drupal), or the code of a question over its text (Qualtrics). HR systems write a technical row over a
readable one. Elsewhere an option stands in brackets behind its question: ``Which can you teach? [Python]``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError, Fault
from reverse_match.people.cells import is_empty
from reverse_match.people.headings import heading_key
from reverse_match.people.reading.choices import LISTS, SEVERAL, FileColumn, fold_heading
from reverse_match.people.reading.cutting import split_option
from reverse_match.people.reading.recognise import field_of_heading, is_recognised
from reverse_match.people.reading.words import LEVELS, NO, ROLES, YES, word_key
from reverse_match.people.weekly_times import has_days_or_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.people.reading.choices import Choices, Findings
    from reverse_match.people.table import Line

_MOST_ABOVE = 12
"""Rows among which the headings are looked for."""

_RESPONSES = frozenset(
    map(word_key, ("Response", "Réponse", "Open-Ended Response", "Réponse ouverte", "Antwort", "Respuesta"))
)
_SUBMISSION = "submission details"
_IMPORT = '{"ImportId"'
_CODE = re.compile(r"(.+?)_(\d+)(_TEXT)?")
_FOOTER = re.compile(
    r"(grand )?totals?\b|sum\b|somme\b|confiden|count\b|nombre\b|source\b|(généré|exporté|édité|extrait)e?s? "
    r"|(generated|exported|created|printed|extracted) |page \d|notes?\s*:|erstellt |end of ",
    re.IGNORECASE,
)
_LONGEST = 1_000
"""Characters of a heading that is looked into."""

_TRIALS = ("Survey Preview", "Survey Test", "1", "2")
"""What Qualtrics writes of answers that somebody gave to try the form, in words and in numbers."""

_MOST_IN_FOOTER = 2
_WORDS_OF_NOTICE = 4
_READABLE = 3
"""Usual headings that make a second row one of headings."""

_FORM_HEADINGS = (
    ("submitdate", "lastpage"),
    ("date submitted", "last page"),
    ("date de soumission", "derniere page"),
    ("datum abgeschickt", "letzte seite"),
    ("fecha de envio", "ultima pagina"),
)
"""When an answer was sent off, and how far somebody had come, as LimeSurvey calls it in five ways."""


PROTECTION = '="'
"""How a cell begins that protects an id from a spreadsheet: ``="007"``."""


@dataclass
class PeopleSheet:
    """Columns below their headings."""

    columns: list[FileColumn]
    rows: list[int]
    heading_row: int | None = None
    typed: bool = False
    """Whether a number in a column of names may be a name that a spreadsheet has made a number."""
    protected: bool = True
    """Whether a cell may begin with :data:`PROTECTION`."""


def text_of(cell: Any) -> str:
    """Return a cell of a heading row as text."""
    return "" if cell is None else str(cell).strip()


def lay_out(lines: Sequence[Line], choices: Choices, findings: Findings) -> PeopleSheet:
    """Return the columns of a file.

    Parameters
    ----------
    lines : sequence of (int, list)
        What stands in rows that hold anything.
    choices : Choices
        What is said about the file.
    findings : Findings
        Gets notes of what was left out.

    Raises
    ------
    CohortError
        If there are no headings, or the cells are no table.
    """
    if not lines:
        message = "empty; right would be a heading row and a row for each person"
        raise CohortError([Fault(message, findings.name, code="empty")])
    place = _heading_place(lines, choices, findings)
    heads, columns, start = _heads(lines, place)
    width = len(lines[place][1])
    body = _without_footers(lines[start:], width, findings)
    columns, cells = _cut_to_width(columns, body, width, findings)
    by_column = list(zip(*cells, strict=True)) if cells else [() for _ in columns]
    filled = [replace(column, cells=list(by_column[at]), place=at + 1) for at, column in enumerate(columns)]
    sheet = PeopleSheet(filled, [row for row, _ in body], lines[place][0])
    findings.heading_row = sheet.heading_row
    _refuse_bad_headings(sheet, findings)
    _name_groups(sheet.columns, choices)
    _leave_out_answers(sheet, findings)
    if heads and lines[heads - 1][0] != lines[0][0] and place:
        findings.note(f"headings are taken from row {lines[place][0]}", code="heading-row")
    return sheet


def _heading_place(lines: Sequence[Line], choices: Choices, findings: Findings) -> int:
    if choices.heading_row is not None:
        found = next((at for at, (row, _) in enumerate(lines) if row == choices.heading_row), None)
        if found is None:
            message = f"row {choices.heading_row} holds nothing; right would be the row of the headings"
            raise CohortError([Fault(message, findings.name, code="no-headings")])
        return found
    named = choices.named
    counts = [_count_known(cells, named) for _, cells in lines[:_MOST_ABOVE]]
    best = max(range(len(counts)), key=lambda at: (counts[at], -at))
    return best if counts[best] > max(counts[0], 1) else 0


def _count_known(cells: Sequence[Any], named: set[str]) -> int:
    return sum(_is_known(text, named) for text in map(text_of, cells) if text)


def _is_known(heading: str, named: set[str]) -> bool:
    if len(heading) > _LONGEST:
        return False
    if is_recognised(heading) or fold_heading(heading) in named:
        return True
    found = split_option(heading)
    return found is not None and any(fold_heading(question) in named for question in found[0])


def _heads(lines: Sequence[Line], place: int) -> tuple[int, list[FileColumn], int]:
    """Return how many rows hold headings, the columns without their cells, and where people begin."""
    first = [text_of(cell) for cell in lines[place][1]]
    for at in range(min(len(lines), place + 3)):
        if any(text_of(cell).startswith(_IMPORT) for cell in lines[at][1]):
            return at + 1, _coded(lines, at), at + 1
    above = [text_of(cell) for cell in lines[place - 1][1]] if place else []
    if _SUBMISSION in [cell.casefold() for cell in above[:1]] and len(above) == len(first):
        return place + 1, _under_questions(above, first), place + 1
    second = [text_of(cell) for cell in lines[place + 1][1]] if place + 1 < len(lines) else []
    if first[0].casefold() == _SUBMISSION and len(second) == len(first):
        return place + 2, _under_questions(first, second), place + 2
    if _has_responses(first, second):
        return place + 2, _under_questions(first, second), place + 2
    if _is_readable(first, second):
        pairs = zip(first, second, strict=True)
        columns = [FileColumn(other or one, [], aliases=(one,) if one else ()) for one, other in pairs]
        return place + 2, columns, place + 2
    return place + 1, [FileColumn(heading, []) for heading in first], place + 1


def _coded(lines: Sequence[Line], last: int) -> list[FileColumn]:
    """Return columns of Qualtrics: codes over texts over ids."""
    codes = [text_of(cell) for cell in lines[0][1]]
    texts = [text_of(cell) for cell in lines[last - 1][1]] if last > 1 else codes
    matches = [_CODE.fullmatch(code) for code in codes]
    counts = Counter(match[1] for match in matches if match)
    heads = _questions_of_codes(texts, matches)
    columns = []
    for code, text, match in zip(codes, texts, matches, strict=True):
        question, dash, option = text.rpartition(" - ")
        head = heads.get(match[1], "") if match else ""
        if match is not None and not match[3] and head and text.startswith(f"{head} - "):
            question, option = head, text.removeprefix(f"{head} - ")
        if match is None or not dash or (counts[match[1]] == 1 and not match[3]):
            columns.append(FileColumn(code, [], aliases=(text,) if text else ()))
            continue
        if match[3]:
            question, _, option = question.rpartition(" - ")
        columns.append(FileColumn(code, [], (match[1], question), option))
    return columns


def _common_start(texts: Sequence[str]) -> str:
    """Return the letters with which all texts begin."""
    first, last = min(texts), max(texts)
    return next((first[:at] for at, sign in enumerate(first) if last[at : at + 1] != sign), first)


def _questions_of_codes(texts: Sequence[str], matches: Sequence[re.Match[str] | None]) -> dict[str, str]:
    """Return the text that all options of a question begin with, by its code."""
    by_code: dict[str, list[str]] = {}
    for text, match in zip(texts, matches, strict=True):
        if match is not None and not match[3]:
            by_code.setdefault(match[1], []).append(text)
    return {
        code: _common_start(group).rpartition(" - ")[0] for code, group in by_code.items() if len(group) > 1
    }


def _has_responses(first: Sequence[str], second: Sequence[str]) -> bool:
    if len(first) != len(second):
        return False
    second = [other if other != one else "" for one, other in zip(first, second, strict=True)]
    if not all(one or other for one, other in zip(first, second, strict=True)):
        return False
    if not any(other and not one for one, other in zip(first, second, strict=True)):
        return any(word_key(cell) in _RESPONSES for cell in second) and not second[0]
    return any(word_key(cell) in _RESPONSES for cell in second) or not second[0]


def _under_questions(questions: Sequence[str], options: Sequence[str]) -> list[FileColumn]:
    """Return columns whose question stands over the first of them only."""
    columns = []
    question = ""
    sections = _sections(questions, options)
    for above, option in zip(questions, options, strict=True):
        question = above or question
        if not option or option == above or word_key(option) in _RESPONSES:
            columns.append(FileColumn(question, []))
        elif question.casefold() == _SUBMISSION or question in sections:
            columns.append(FileColumn(option, [], aliases=(f"{question} [{option}]",)))
        else:
            columns.append(FileColumn(f"{question} [{option}]", [], (question,), option, (option,)))
    return columns


def _sections(questions: Sequence[str], options: Sequence[str]) -> set[str]:
    """Return the titles of Drupal over columns of their own, which are no options of a question."""
    if _SUBMISSION not in [cell.casefold() for cell in questions[:1]]:
        return set()
    below: dict[str, list[str]] = {}
    question = ""
    for above, option in zip(questions, options, strict=True):
        question = above or question
        below.setdefault(question, []).append(option)
    return {title for title, heads in below.items() if sum(map(is_recognised, heads)) > len(heads) / 2}


def _is_readable(first: Sequence[str], second: Sequence[str]) -> bool:
    """Say whether a row below headings holds headings, too."""
    filled = [cell for cell in second if cell]
    if len(filled) < len([cell for cell in first if cell]) or len(first) != len(second):
        return False
    if len(set(filled)) != len(filled):
        return False
    return sum(is_recognised(cell) for cell in filled) >= _READABLE


def _without_footers(body: Sequence[Line], width: int, findings: Findings) -> list[Line]:
    """Return rows without those at the end that only look like one: a sum, a notice."""
    kept = list(body)
    left = 0
    while kept and width > _MOST_IN_FOOTER + 1 and _is_footer(kept):
        kept.pop()
        left += 1
    if left:
        findings.note(
            f"{left} row{'s' if left > 1 else ''} below the people {'are' if left > 1 else 'is'} left out",
            code="rows-left-out",
        )
    return kept


def _is_footer(body: Sequence[Line]) -> bool:
    row, cells = body[-1]
    filled = [text for text in map(text_of, cells) if text]
    if not isinstance(cells[0], str | int | float | None):
        return False  # a cell that cannot be read is a fault of its own
    if len(filled) > _MOST_IN_FOOTER or any(word_key(text) in ROLES for text in filled):
        return False
    if _FOOTER.match(filled[0]) is not None or (len(filled) == 1 and _is_notice(filled[0], body)):
        return True
    gap = len(body) > 1 and row > body[-2][0] + 1
    return gap and "@" not in filled[0] and (len(filled) == 1 or _is_unlike_others(filled[0], body))


def _is_unlike_others(text: str, body: Sequence[Line]) -> bool:
    """Say whether a first cell is several words, which no first cell above is."""
    return " " in text and not any(" " in text_of(cells[0]) for _, cells in body[:-1])


def _is_notice(text: str, body: Sequence[Line]) -> bool:
    """Say whether a row that holds one text alone is about the others: a number of rows, a sentence."""
    words = text.split()
    said = len(words) >= _WORDS_OF_NOTICE or (len(words) > 1 and any(word.isdigit() for word in words))
    others = (sum(not is_empty(cell) for cell in cells) for _, cells in body[:-1])
    return said and "@" not in text and min(others, default=0) > 1


def _cut_to_width(
    columns: list[FileColumn], body: Sequence[Line], width: int, findings: Findings
) -> tuple[list[FileColumn], list[list[Any]]]:
    """Return columns and cells, both without what holds nothing at the end of each row."""
    faults = []
    short = 0
    as_wide = {len(line) for _, line in body} <= {width}  # then there is nothing to cut
    cells = [line for _, line in body] if as_wide else []
    for row, line in body if not as_wide else ():
        if len(line) > width and all(map(is_empty, line[width:])):
            line = line[:width]
        if width / 2 <= len(line) < width and len(line) > 1:
            short += 1
            line = [*line, *[""] * (width - len(line))]
        if len(line) != width:
            message = f"{len(line)} cells, but the heading row has {width}"
            faults.append(Fault(message, findings.name, row, code="ragged-row"))
        cells.append(line)
    if faults:
        raise CohortError(faults)
    if short:
        rows = f"{short} row{'s end' if short > 1 else ' ends'}"
        findings.note(f"{rows} before the last column; what is missing there is empty", code="ragged-row")
    while columns and not columns[-1].heading and all(is_empty(line[len(columns) - 1]) for line in cells):
        columns = columns[:-1]
    return columns, [line[: len(columns)] for line in cells] if len(columns) < width else cells


def _refuse_bad_headings(sheet: PeopleSheet, findings: Findings) -> None:
    faults = []
    for place, column in enumerate(sheet.columns, start=1):
        if not column.heading and not all(map(is_empty, column.cells)):
            message = f"column {place} holds values but has no heading"
            faults.append(Fault(message, findings.name, sheet.heading_row, code="missing-heading"))
    if faults:
        raise CohortError(faults)
    sheet.columns = [column for column in sheet.columns if column.heading]


def _name_groups(columns: list[FileColumn], choices: Choices) -> None:
    """Find out which columns are options of one question, by brackets in their headings."""
    parted = [
        None if column.questions or len(column.heading) > _LONGEST else split_option(column.heading)
        for column in columns
    ]
    counts = Counter(fold_heading(found[0][0]) for found in parted if found)
    said = choices.fields_by_heading
    for column, found in zip(columns, parted, strict=True):
        if found is None:
            continue
        questions, option = found
        questions = (*questions, *_question_around(questions[0]))
        keys = set(map(fold_heading, questions))
        level = word_key(option) in LEVELS or (
            said.get(fold_heading(column.heading)) in LISTS and _holds_marks(column, option)
        )
        many = counts[fold_heading(questions[0])] > 1
        usual = any(field_of_heading(question) in SEVERAL for question in questions)
        if many or level or not keys.isdisjoint(said) or usual:
            column.questions, column.option = questions, option


def _question_around(question: str) -> tuple[str, ...]:
    """Return the question of a grid, of which both a row and a column stand in brackets behind it."""
    found = split_option(question)
    return found[0] if found is not None and has_days_or_times(found[1]) else ()


def _holds_marks(column: FileColumn, option: str) -> bool:
    """Say whether the cells of a column only say whether, or how much: then its heading is an option."""
    marks = YES | NO | LEVELS.keys() | {word_key(option)}
    return all(key in marks or key.isdigit() for key in map(word_key, column.filled()))


def _leave_out_answers(sheet: PeopleSheet, findings: Findings) -> None:
    """Leave out answers that a tool itself says are none: trials, and forms that nobody has sent off."""
    by_heading = {heading_key(column.heading): column for column in sheet.columns}
    keep = [True] * len(sheet.rows)
    sent = next((sent for sent, page in _FORM_HEADINGS if sent in by_heading and page in by_heading), None)
    if sent is not None:
        keep = [not is_empty(cell) for cell in by_heading[sent].cells]
    elif "status" in by_heading and "responseid" in by_heading:
        keep = [text_of(cell) not in _TRIALS for cell in by_heading["status"].cells]
    left = keep.count(False)
    if left:
        message = f"{left} answer{'s' if left > 1 else ''} not sent off, or a trial, left out"
        findings.note(message, code="rows-left-out")
        sheet.rows = [row for row, kept in zip(sheet.rows, keep, strict=True) if kept]
        for column in sheet.columns:
            column.cells = [cell for cell, kept in zip(column.cells, keep, strict=True) if kept]
