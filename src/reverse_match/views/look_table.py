"""How what is understood of people files is shown on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reverse_match.foundation.text_safety import visible
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from reverse_match.people.look import Look
    from reverse_match.people.reading.stored import FileReading


def look_view(seen: Look, lang: str = "en") -> RenderableType:
    """Return a table for each file, what is open, what was taken silently, and who was found."""
    words = WORDS[lang]
    parts: list[RenderableType] = []
    for place, file in enumerate(seen.reading.files):
        parts += [Text("")] if place else []
        parts += _of_file(file, lang)
    for title, lines in remarks(seen, lang):
        parts += _listed(words[title], lines, lang)
    parts.append(Text(f"\n{how_to_correct(lang)}", style="dim"))
    parts.append(Text(f"\n{found_line(seen, lang)}", style="bold"))
    return Group(*parts)


def _of_file(file: FileReading, lang: str) -> Iterator[RenderableType]:
    words = WORDS[lang]
    columns = shown_columns(file)
    yield Text(file_line(file, lang), style="bold")
    shown = Table()
    for head in words["heads"][:-1]:
        shown.add_column(head, overflow="fold")
    shown.add_column(words["heads"][-1], justify="right", no_wrap=True)
    for row in used_rows(columns, lang):
        shown.add_row(*(Text(str(cell)) for cell in row))
    yield shown
    for sentence in told_of_others(columns, lang):
        yield Text(visible(sentence))
    yield from _listed(words["suggested"], suggestions(columns), lang)


def _listed(title: str, lines: Iterable[str], lang: str) -> Iterator[RenderableType]:
    """Yield lines below a title, and nothing where there are none."""
    listed = list(lines)
    if listed:
        heading = titled(title, lang)
        yield Text(f"\n{heading}", style="bold")
        yield from (Text(f"  {visible(line)}", overflow="fold") for line in listed)
