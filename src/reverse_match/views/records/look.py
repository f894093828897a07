"""How what is understood of people files is shown in a notebook, and the words for it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.text_safety import shorten, visible
from reverse_match.views.html.blocks import Column, block, note, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reverse_match.people.look import Look
    from reverse_match.people.reading.stored import ColumnReading, FileReading

_LONGEST = 60

WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "heads": ("column", "taken for", "because", "holds", "cells"),
        "found": "{people:,} {who}: {mentors:,} can teach, {mentees:,} can learn",
        "rows": "{people:,} {who} in the files",
        "nothing": "not used by the standard policy",
        "faults": "To be said or corrected first",
        "notes": "Taken without being asked",
        "encoding": "encoding", "separator": "between columns", "sheet": "sheet",
        "headings": "headings in row",
        "role": "everybody is a",
        "list": "a list, separated by {sign}; names: {distinct:,}", "day": "days",
        "id": "ids",
        "option": "an option: a mark or a rating", "level": "a mark below a level",
        "rank": "what is at a rank", "scale": "words on a scale: {distinct:,}",
        "own words": "an answer in own words", "text": "different values: {distinct:,}",
        "line": "line breaks", "tab": "tabs",
    },
    "fr": {
        "heads": ("colonne", "comprise comme", "parce que", "contient", "cellules"),
        "found": "{people} personne{s} : {mentors} {teach} transmettre, {mentees} {learn} apprendre",
        "rows": "{people} personne{s} dans les fichiers",
        "nothing": "n'est pas utilisée par la politique standard",
        "faults": "À préciser ou à corriger d'abord",
        "notes": "Compris sans demander",
        "encoding": "encodage", "separator": "entre les colonnes", "sheet": "feuille",
        "headings": "en-têtes à la ligne", "role": "rôle de chaque personne :",
        "list": "une liste, séparée par {sign} ; noms : {distinct}", "day": "des dates",
        "id": "des identifiants",
        "option": "une option : une marque ou une note",
        "level": "une marque sous un niveau",
        "rank": "ce qui est à un rang", "scale": "mots d'une échelle : {distinct}",
        "own words": "une réponse libre",
        "text": "valeurs différentes : {distinct}",
        "line": "des retours à la ligne", "tab": "des tabulations",
    },
}  # fmt: skip

_REASONS_IN_FRENCH = MappingProxyType(
    {
        "mapped": "vous l'avez dit",
        "its name": "c'est son nom",
        "usual heading": "en-tête usuel",
        "holds addresses": "contient des adresses",
        "empty, and its heading stands twice": "vide, et son en-tête figure deux fois",
    }
)


def notebook(seen: Look, lang: str = "en") -> str:
    """Return the view in a notebook."""
    words = WORDS[lang]
    tables = []
    for file in seen.reading.files:
        heads = [Column(head) for head in words["heads"][:-1]] + [Column(words["heads"][-1], 0)]
        rows = [column_cells(column, lang) for column in file.columns]
        tables.append(table(heads, rows, file_line(file, lang)))
    faults, notes = (
        table([Column(words[title])], [[visible(str(remark))] for remark in remarks])
        for title, remarks in (("faults", seen.faults), ("notes", seen.notes))
    )
    names = ", ".join(visible(one.name) for one in seen.reading.files)
    return block([found_line(seen, lang)], faults, *tables, notes, note(names))


def found_line(seen: Look, lang: str) -> str:
    """Return who was found."""
    words = WORDS[lang]
    said = words["rows"] if seen.faults else words["found"]
    return str(said).format(
        people=seen.people,
        mentors=seen.mentors,
        mentees=seen.mentees,
        who="person" if seen.people == 1 else "people",
        s="s" if seen.people > 1 else "",
        teach="peuvent" if seen.mentors > 1 else "peut",
        learn="peuvent" if seen.mentees > 1 else "peut",
    )


def file_line(file: FileReading, lang: str) -> str:
    """Return what a file is."""
    words = WORDS[lang]
    said = [
        (words["encoding"], file.encoding),
        (words["separator"], _sign(file.separator, lang)),
        (words["sheet"], file.sheet),
        (words["headings"], file.heading_row),
        (words["role"], file.role),
    ]
    parts = [f"{name} {visible(str(value))}" for name, value in said if value is not None]
    return ", ".join([visible(file.name), *parts])


def _sign(sign: str | None, lang: str) -> str | None:
    if sign is None:
        return None
    names: dict[str, str] = {"\n": WORDS[lang]["line"], "\t": WORDS[lang]["tab"]}
    return names.get(sign, f"'{sign}'")


def column_cells(column: ColumnReading, lang: str) -> Sequence[str | int]:
    """Return what a column was taken for, as a row of a table."""
    words = WORDS[lang]
    sign = _sign(column.separator or ";", lang)
    holds = str(words.get(column.kind, words["text"])).format(sign=sign, distinct=column.distinct)
    why = _REASONS_IN_FRENCH.get(column.why, column.why) if lang == "fr" else column.why
    field = visible(column.field) if column.field else "-"
    return [shorten(column.heading, _LONGEST), field, why, holds, column.filled]
