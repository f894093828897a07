"""How what is understood of people files is shown on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reverse_match.views.records.look import WORDS, column_cells, file_line, found_line, remark_in_words
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reverse_match.people.look import Look


def look_view(seen: Look, lang: str = "en") -> RenderableType:
    """Return a table for each file, what is open, what was taken silently, and who was found."""
    words = WORDS[lang]
    parts: list[RenderableType] = []
    for file in seen.reading.files:
        shown = Table(title=Text(file_line(file, lang)), title_justify="left")
        for head in words["heads"]:
            shown.add_column(head)
        for column in file.columns:
            shown.add_row(*(Text(str(cell)) for cell in column_cells(column, lang)))
        parts.append(shown)
    for name, remarks in (("faults", seen.faults), ("notes", seen.notes)):
        if remarks:
            colon = language(lang).formatter.spaces.get(" :", ":")
            parts.append(Text(f"\n{words[name]}{colon}", style="bold"))
            parts += [Text(f"  {remark_in_words(remark, lang)}") for remark in remarks]
    parts.append(Text(f"\n{found_line(seen, lang)}", style="bold"))
    return Group(*parts)
