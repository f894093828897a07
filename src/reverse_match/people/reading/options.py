"""Reads the columns of options: a column for each skill, with a mark, a level, a rank, or the option itself.

What the cells mean is decided for all columns of a question together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reverse_match.people.reading import words
from reverse_match.people.reading.choices import LISTS, RATED, WITH_OPTIONS, fold_heading
from reverse_match.people.reading.lists import (
    BOUNDS,
    DEFAULTS,
    is_doubtful,
    note_of_non_answers,
    ratings_of_words,
)
from reverse_match.people.reading.recognise import field_of_heading
from reverse_match.people.reading.words import word_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from reverse_match.people.reading.choices import Choices, FileColumn, Findings, Numbers

    Answers: TypeAlias = list[dict[str, int | None]]

_RANK = re.compile(
    r"(?:(?:rank|ranking|rang|classement|choice|choix|place|priority|priorité|preference|préférence|top|no|n°)"
    r"\s*#?\s*)?(\d{1,2})|(\d{1,2})\s*(?:st|nd|rd|th|er|ère|re|e|ème|\.)?\s*(?:choice|choix|rank|rang)",
    re.IGNORECASE,
)
_SAYS_RANKS = re.compile(r"\brank|\bclass(?:ez|er|ement)\b|\brang\b|\bin order\b|\bordre\b", re.IGNORECASE)


def is_option(column: FileColumn) -> bool:
    """Say whether a column stands for one option: its cells say whether, or how much."""
    if column.option is not None:
        return True
    key = word_key(column.heading)
    says_more = any(word_key(cell) != key for cell in column.cells_filled())
    return not says_more and column.is_filled()


def mark_lonely_options(columns: Sequence[FileColumn], choices: Choices) -> None:
    """Let a column be an option whose heading is one: several of a list, and each says only its heading.

    What a reading calls an option is one, by that name, whatever its cells say this time.
    """
    for column in columns:
        said = choices.options_of(column.heading, *column.aliases)
        if column.field in WITH_OPTIONS and len(said) == 1:
            column.option = said[0]
    for field in LISTS:
        of_list = [column for column in columns if column.field == field and column.option is None]
        lonely = [column for column in of_list if is_option(column) or not column.is_filled()]
        if len(lonely) > 1 or any(is_option(column) for column in lonely):
            for column in lonely:
                column.option = column.heading
        for column in of_list:
            if column.option is None and column.why == "mapped" and _holds_marks_alone(column):
                column.option = column.heading


def _holds_marks_alone(column: FileColumn) -> bool:
    """Say whether cells only say whether, or how much: then the heading is what they speak of."""
    if field_of_heading(column.heading) == column.field:
        return False
    keys = set(map(word_key, column.filled()))
    marks = words.YES | words.NO | words.LEVELS.keys()
    return bool(keys) and all(key in marks or key.isdigit() for key in keys)


def read_options(
    columns: Sequence[FileColumn], field: str, rows: Sequence[int], choices: Choices, findings: Findings
) -> Answers:
    """Return for each row what is chosen among all options of a field, with its rating if that is said."""
    answers: Answers = [{} for _ in rows]
    for group in _groups(columns):
        if all(word_key(column.option or "") in words.LEVELS for column in group) and field in RATED:
            read = _under_levels
        elif _are_ranks(group):
            read = _under_ranks
        else:
            read = _under_names
        read(group, field, answers, _Context(rows, choices, findings))
    return answers


def _are_ranks(group: Sequence[FileColumn]) -> bool:
    """Say whether columns are the places of a ranking: numbered, and in their cells what stands there."""
    if not all(_RANK.fullmatch(column.option or "") for column in group):
        return False
    bare = all((column.option or "").isdigit() for column in group)
    return not bare or not all(
        key in words.YES or key in words.NO or key.isdigit()
        for column in group
        for key in map(word_key, column.filled())
    )


class _Context:
    """What reading a group needs beside the group."""

    def __init__(self, rows: Sequence[int], choices: Choices, findings: Findings) -> None:
        self.rows, self.choices, self.findings = rows, choices, findings


def _groups(columns: Sequence[FileColumn]) -> list[list[FileColumn]]:
    found: dict[str, list[FileColumn]] = defaultdict(list)
    for column in columns:
        found[fold_heading(column.questions[0]) if column.questions else ""].append(column)
    return list(found.values())


def _under_levels(
    group: Sequence[FileColumn],
    field: str,  # noqa: ARG001 - all readers of a group have it
    answers: Answers,
    context: _Context,
) -> None:
    for column in group:
        column.kind = "level"
        level = words.LEVELS[word_key(column.option or "")]
        for place, cell in enumerate(column.cells):
            if _is_mark(cell, column, context, place):
                answers[place][column.question] = level


def _is_mark(cell: object, column: FileColumn, context: _Context, place: int) -> bool:
    key = word_key("" if cell is None else str(cell))
    if key in words.NO or key in context.choices.non_answers:
        return False
    if key not in words.YES and key != word_key(column.option or ""):
        _ask_for_mark(column, context, place)
    return True


def _ask_for_mark(column: FileColumn, context: _Context, place: int) -> None:
    if any(fault.column == " ".join(column.heading.split()) for fault in context.findings.faults):
        return
    message = (
        "neither a mark nor an answer that is known; right would be x, yes, no, a level from 1 to 5, a word "
        "for one, or the option itself"
    )
    context.findings.fault(message, column.heading, context.rows[place], code="unknown-word")


def _under_ranks(group: Sequence[FileColumn], field: str, answers: Answers, context: _Context) -> None:
    silent = context.choices.non_answers
    for column in group:
        column.kind = "rank"
        match = _RANK.fullmatch(column.option or "")
        rating = _rating_of_rank(int(match[1] or match[2]) if match else 1, field)
        for place, cell in enumerate(column.cells):
            name = "" if cell is None else " ".join(str(cell).split())
            if name and word_key(name) not in silent:
                answers[place].setdefault(name, rating)


def _rating_of_rank(rank: int, field: str) -> int | None:
    table = {"offers": words.RANK_LEVELS, "seeks": words.RANK_PRIORITIES}.get(field)
    return None if table is None else table.get(rank, 1)


def _under_names(group: Sequence[FileColumn], field: str, answers: Answers, context: _Context) -> None:
    own = [column for column in group if word_key(column.option or "").startswith(words.OTHER)]
    for column in own:
        _in_own_words(column, answers, context)
    named = [column for column in group if column not in own]
    values = {word_key(str(cell)) for column in named for cell in column.cells if cell is not None}
    rate = _decide_numbers(named, field, values, context)
    known = ratings_of_words(field, context.choices) if field in RATED else {}
    for column in named:
        column.kind = "option"
        for place, cell in enumerate(column.cells):
            key = word_key("" if cell is None else str(cell))
            if key in known and key not in words.NO:
                answers[place][column.option or ""] = known[key]
            elif rate is not None and key.isdigit() and key != "0":
                answers[place][column.option or ""] = rate(int(key))
            elif field in RATED and is_doubtful(key, field, context.choices):
                _ask_for_mark(column, context, place)
            elif _is_mark(cell, column, context, place):
                answers[place][column.option or ""] = None


def _in_own_words(column: FileColumn, answers: Answers, context: _Context) -> None:
    column.kind = "own words"
    option = word_key(column.option or "")
    silent = context.choices.non_answers | words.NO | {option, *words.OTHER}
    if all(word_key(text) in words.YES or word_key(text) in silent for text in column.filled()):
        return  # marks that there is an answer in own words, which stands elsewhere
    for place, cell in enumerate(column.cells):
        name = "" if cell is None else " ".join(str(cell).split())
        if name and word_key(name) not in silent:
            answers[place].setdefault(name, None)


def _decide_numbers(
    group: Sequence[FileColumn], field: str, values: set[str], context: _Context
) -> Callable[[int], int | None] | None:
    """Return what a number under an option means, ``None`` if it is a mark."""
    numbers = {int(value) for value in values if value.isdigit()} - {0}
    if field not in RATED or not numbers:
        return None
    kind = _kind_of_numbers(group, field, numbers, context)
    for column in group:
        column.numbers = kind
    if kind == "marks":
        return None
    return (lambda rank: _rating_of_rank(rank, field)) if kind == "ranks" else (lambda rating: rating)


def _kind_of_numbers(
    group: Sequence[FileColumn], field: str, numbers: set[int], context: _Context
) -> Numbers:
    """Return what the numbers of a question are: what is said, what the question says, what they can be."""
    first = group[0]
    said = context.choices.numbers_of(*first.questions, first.heading, field)
    if said is not None:
        return said
    if any(_SAYS_RANKS.search(question) for question in first.questions):
        return "ranks"
    if numbers == {1}:
        return "marks"
    if max(numbers) > BOUNDS[field][1]:
        message = f"numbers above {BOUNDS[field][1]}: are they ranks? then say so in the question"
        context.findings.fault(f"{message}; {_IN_A_READING}", first.question)
    elif field == "seeks" and _all_permutations(group):
        message = (
            "are these numbers priorities (3 is most wanted) or ranks (1 is most wanted)? name the question "
            "so that it says 'rank', or write priorities behind the skills"
        )
        context.findings.fault(f"{message}; {_IN_A_READING}", first.question)
    return "ratings"


_IN_A_READING = "a reading can say it, too: [numbers]"


def _all_permutations(group: Sequence[FileColumn]) -> bool:
    rows = zip(*(column.cells for column in group), strict=True)
    for cells in rows:
        numbers = sorted(
            int(text) for cell in cells if cell is not None and (text := str(cell).strip()).isdigit()
        )
        numbers = [number for number in numbers if number]
        if numbers != list(range(1, len(numbers) + 1)):
            return False
    return True


def read_preferences(
    columns: Sequence[FileColumn], rows: int, choices: Choices, findings: Findings
) -> list[list[str] | None]:
    """Return for each row what is said of the values that columns are about, one column for each value.

    A cell is an answer, such as *yes*, *maybe* or *must*; a mark says *yes*, and where there is none, nothing
    is said.
    """
    said: list[list[str]] = [[] for _ in range(rows)]
    for column in columns:
        column.kind = "option"
        silent = 0
        for place, cell in enumerate(column.cells):
            text = "" if cell is None else str(cell).strip()
            key = word_key(text)
            silent += key in choices.non_answers
            if not text or key in choices.non_answers or key in _NO_MARK:
                continue
            answer = "yes" if key in words.YES or key == word_key(column.option or "") else text
            said[place].append(f"{column.option}:{answer}")
        if silent:
            note_of_non_answers(column, silent, findings)
    return [entries or None for entries in said]


_NO_MARK = frozenset(("0", "false", "faux"))
"""A box that is not ticked."""


def written_ratings(chosen: dict[str, int | None], field: str) -> dict[str, int] | list[str] | None:
    """Return what is chosen as a record holds it."""
    if not chosen:
        return None
    if field in RATED:
        return {name: DEFAULTS[field] if rating is None else rating for name, rating in chosen.items()}
    return list(chosen)
