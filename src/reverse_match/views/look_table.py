"""How what is understood of people files is shown on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.records.look import (
    WORDS,
    file_line,
    found_line,
    how_to_correct,
    remarks,
    shown_columns,
    suggestions,
    titled,
    told_of_others,
    used_rows,
)
from reverse_match.views.text_table import (
    BOLD,
    DIM,
    RowsOf,
    TextColumn,
    TextLine,
    TextList,
    lines_of,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reverse_match.people.look import Look
    from reverse_match.people.reading.stored import FileReading
    from reverse_match.views.text_table import Part


def look_view(seen: Look, lang: str = "en") -> list[Part]:
    """Return a table for each file, what is open, what was taken silently, and who was found."""
    words = WORDS[lang]
    parts: list[Part] = []
    for place, file in enumerate(seen.reading.files):
        parts += [TextLine("")] if place else []
        parts += _of_file(file, lang)
    for title, lines in remarks(seen, lang):
        parts += _listed(words[title], lines, lang)
    parts += [TextLine(""), TextLine(how_to_correct(lang), DIM)]
    return [*parts, TextLine(""), TextLine(found_line(seen, lang), BOLD)]


def _of_file(file: FileReading, lang: str) -> Iterator[Part]:
    words = WORDS[lang]
    columns = shown_columns(file)
    heads = words["heads"]
    named = [TextColumn(head, number=place == len(heads) - 1) for place, head in enumerate(heads)]
    rows = [list(map(str, row)) for row in used_rows(columns, lang)]
    yield table_of(file_line(file, lang), named, rows)
    yield from lines_of(told_of_others(columns, lang))
    yield from _listed(words["suggested"], suggestions(columns), lang)


def _listed(title: str, lines: Iterable[str], lang: str) -> Iterator[Part]:
    """Yield lines below a title, and nothing where there are none."""
    listed = [f"  {line}" for line in lines]
    if listed:
        yield TextLine("")
        yield TextLine(titled(title, lang), BOLD)
        yield TextList(RowsOf(listed), "  ")
