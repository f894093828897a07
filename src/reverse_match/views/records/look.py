"""How what is understood of people files is shown in a notebook, and the words for it.

Columns that are a field stand in a table: what each is taken for, why, and what it holds; the options of one
question are one line. Columns that nothing uses are listed below, with what to type where their heading says
what they may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reverse_match.foundation.errors import CohortError
from reverse_match.foundation.text_safety import shorten, visible
from reverse_match.people.reading.hints import mapping_to_type
from reverse_match.views.html.blocks import Column, block, note, sentences, table
from reverse_match.views.words.faults import faults_in_words
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reverse_match.people.look import Look, Remark
    from reverse_match.people.reading.looked import LookedFile
    from reverse_match.people.reading.stored import ColumnReading, FileReading

_LONGEST = 60
_LONGEST_TYPED = 80
"""Characters of a heading that somebody is asked to type; a longer one is named by its place."""

_LONGEST_LISTED = 40
_KINDS = MappingProxyType({"csv": "CSV", "tsv": "CSV", "txt": "CSV", "xlsx": "Excel", "json": "JSON"})

WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "heads": ("column", "taken for", "because", "holds", "cells"),
        "found": "{people:,} {who}: {mentors:,} can teach, {mentees:,} can learn",
        "rows": "{people:,} {who} in the files",
        "roles": "{people:,} {who} in the files: {mentors:,} can teach, {mentees:,} can learn",
        "unused": "Not used by the standard policy, and kept for rules and criteria of your own: {columns}",
        "left out": "Left out: {columns}",
        "suggested": "Probably meant; nothing of it is read unless you say so",
        "typed": "If a column is taken for the wrong thing: --map 'HEADING=FIELD' or --map 'column C=FIELD'. "
        "Fields are {fields}; another word keeps the column under that name.",
        "options": "{heading} [{count} options]", "titled": "{title}:",
        "faults": "To be said or corrected first",
        "notes": "Taken without being asked",
        "mistakes": "Likely mistakes, which stop nothing",
        "encoding": "in {value}", "separator": "{value} between columns", "sheet": "sheet {value}",
        "headings": "headings in row {value}", "people": "{value} rows of people",
        "person": "1 row of people",
        "role": "everybody is a {value}",
        "list": "a list, separated by {sign}; names: {distinct:,}", "day": "days",
        "id": "ids",
        "option": "an option: a mark or a rating", "level": "a mark below a level",
        "rank": "what is at a rank", "times": "times of the week: {distinct:,}",
        "scale": "words on a scale: {distinct:,}",
        "own words": "an answer in own words", "text": "different values: {distinct:,}",
        "line": "line breaks", "tab": "tabs",
    },
    "fr": {
        "heads": ("colonne", "comprise comme", "parce que", "contient", "cellules"),
        "found": "{people} personne{s} : {mentors} {teach} transmettre, {mentees} {learn} apprendre",
        "rows": "{people} personne{s} dans les fichiers",
        "roles": "{people} personne{s} dans les fichiers : {mentors} {teach} transmettre, {mentees} {learn} "
        "apprendre",
        "unused": "Non utilisées par les règles par défaut, et conservées pour vos règles et critères : "
        "{columns}",
        "left out": "Laissées de côté : {columns}",
        "suggested": "Sans doute utiles ; rien n’en est lu tant que vous ne le dites pas",
        "typed": "Si une colonne est mal comprise : --map \"EN-TÊTE=CHAMP\" ou --map \"colonne C=CHAMP\". "
        "Les champs sont {fields} ; tout autre mot conserve la colonne sous ce nom.",
        "options": "{heading} [{count} options]", "titled": "{title} :",
        "faults": "À préciser ou à corriger d’abord",
        "notes": "Compris sans poser de question",
        "mistakes": "Erreurs probables, qui ne bloquent rien",
        "encoding": "en {value}", "separator": "{value} entre les colonnes", "sheet": "feuille {value}",
        "headings": "en-têtes à la ligne {value}", "people": "{value} lignes de personnes",
        "person": "1 ligne de personnes", "role": "rôle de chaque personne : {value}",
        "list": "une liste séparée par {sign} ; noms différents : {distinct}", "day": "des dates",
        "id": "des identifiants",
        "option": "une option : une coche ou un niveau",
        "level": "une coche sous un niveau",
        "rank": "le choix à un rang", "times": "moments de la semaine : {distinct}",
        "own words": "une réponse libre",
        "scale": "les mots d’une échelle : {distinct}",
        "text": "valeurs différentes : {distinct}",
        "line": "des sauts de ligne", "tab": "des tabulations",
    },
}  # fmt: skip

_REASONS_IN_FRENCH = MappingProxyType(
    {
        "mapped": "vous l’avez indiqué",
        "its name": "c’est le nom du champ",
        "usual heading": "en-tête usuel",
        "holds addresses": "contient des adresses",
        "holds names with addresses": "contient des noms et des adresses",
        "holds roles": "contient des rôles",
        "says a time of the week": "indique un moment de la semaine",
        "empty, and its heading stands twice": "vide, et son en-tête figure deux fois",
        "its heading stands twice": "son en-tête figure deux fois",
        "another column of this heading is mapped": "une autre colonne de cet en-tête est associée",
        "says the same as another column": "répète une autre colonne",
        "says the same as another column of its heading": "répète une autre colonne du même en-tête",
    }
)

_FIELDS = (
    "id, role, name, email, offers, seeks, goals, age, birth_date, gender, department, location, grade, "
    "manager_id, languages, timezone, available, on_site, capacity, wants, avoids"
)


@dataclass(frozen=True)
class Shown:
    """A column of a file, or the options of one question."""

    columns: Sequence[ColumnReading]

    @property
    def first(self) -> ColumnReading:
        """The column that speaks for all."""
        return self.columns[0]

    def heading(self, lang: str, longest: int = _LONGEST) -> str:
        """Return the heading on one line, of several options that of the question."""
        text = f": {self.first.text}" if self.first.text else ""
        if len(self.columns) == 1:
            return shorten(" ".join(f"{self.first.heading}{text}".split()), longest)
        question = shorten(" ".join(f"{self.first.question or ''}{text}".split()), longest)
        return str(WORDS[lang]["options"]).format(heading=question, count=len(self.columns))

    def to_type(self) -> str | None:
        """Return what to type where the heading says what the column may be; ``None`` where it does not."""
        if self.first.suggestion is None:
            return None
        heading = self.first.question if len(self.columns) > 1 and self.first.question else self.first.heading
        if len(heading) > _LONGEST_TYPED and self.first.letter and len(self.columns) == 1:
            heading = f"column {self.first.letter}"
        return mapping_to_type(heading, self.first.suggestion)


def shown_columns(file: FileReading) -> list[Shown]:
    """Return what is shown of a file, the options of one question as one."""
    groups = groupby(
        enumerate(file.columns), lambda pair: (pair[1].question or pair[0], pair[1].field, pair[1].kind)
    )
    return [Shown([column for _, column in group]) for _, group in groups]


def used_rows(columns: Iterable[Shown], lang: str) -> list[list[str | int]]:
    """Return a row of a table for each column that is a field."""
    return [_row(one, lang) for one in columns if one.first.field]


def told_of_others(columns: Sequence[Shown], lang: str) -> list[str]:
    """Return sentences about the columns that are no field."""
    words = WORDS[lang]
    others = [one for one in columns if not one.first.field]
    left = [one for one in others if one.first.why]
    kept = [one for one in others if not one.first.why and one.to_type() is None]
    return [
        _spaced(str(words[name]), lang).format(
            columns=", ".join(one.heading(lang, _LONGEST_LISTED) for one in group)
        )
        for name, group in (("unused", kept), ("left out", left))
        if group
    ]


def suggestions(columns: Iterable[Shown]) -> list[str]:
    """Return what to type so that columns are read that nothing uses."""
    return [typed for one in columns if (typed := one.to_type()) is not None]


def how_to_correct(lang: str) -> str:
    """Return what to type where a column is taken for the wrong thing."""
    return _spaced(str(WORDS[lang]["typed"]), lang).format(fields=_FIELDS)


def notebook(seen: Look, lang: str = "en") -> str:
    """Return the view in a notebook."""
    words = WORDS[lang]
    parts = []
    for file in seen.reading.files:
        columns = shown_columns(file)
        heads = [Column(head) for head in words["heads"][:-1]] + [Column(words["heads"][-1], 0)]
        parts.append(table(heads, used_rows(columns, lang), file_line(file, lang)))
        parts.append(sentences(told_of_others(columns, lang)))
        parts.append(table([Column(words["suggested"])], [[line] for line in suggestions(columns)]))
    faults, mistakes, notes = (
        table([Column(words[title])], [[visible(line)] for line in lines])
        for title, lines in remarks(seen, lang)
    )
    return block([found_line(seen, lang)], faults, *parts, mistakes, notes, note(how_to_correct(lang)))


def remarks(seen: Look, lang: str) -> list[tuple[str, list[str]]]:
    """Return what is open, what is probably wrong and what was taken silently, each under its title."""
    kinds = (("faults", seen.faults), ("mistakes", seen.mistakes), ("notes", seen.notes))
    return [(title, [remark_in_words(remark, lang) for remark in found]) for title, found in kinds]


def remark_in_words(remark: Remark, lang: str) -> str:
    """Return a note or a fault as one line."""
    return faults_in_words(CohortError([remark.as_fault]), lang)


def titled(title: str, lang: str) -> str:
    """Return a title before what stands below it."""
    return _spaced(str(WORDS[lang]["titled"]), lang).format(title=title)


def marked(seen: Look, files: Sequence[LookedFile], lang: str) -> bytes:
    """Return the files as a workbook, with what is wrong in them."""
    from reverse_match.views.spreadsheet.marked_workbook import marked_workbook

    return marked_workbook(seen, files, lang)


def found_line(seen: Look, lang: str) -> str:
    """Return who was found."""
    words = WORDS[lang]
    said = words["found"]
    if seen.faults:
        said = words["roles"] if seen.mentors + seen.mentees else words["rows"]
    return _spaced(str(said), lang).format(
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
        ("encoding", file.encoding),
        ("separator", _sign(file.separator, lang)),
        ("sheet", file.sheet and f"'{file.sheet}'"),
        ("headings", file.heading_row),
        ("person" if file.people == 1 else "people", file.people),
        ("role", file.role),
    ]
    parts = [words[name].format(value=visible(str(value))) for name, value in said if value is not None]
    kind = _KINDS.get(file.kind, file.kind)
    return f"{titled(visible(file.name), lang)} {_spaced(', '.join([kind, *parts]), lang)}"


def _sign(sign: str | None, lang: str) -> str | None:
    if sign is None:
        return None
    names: dict[str, str] = {"\n": WORDS[lang]["line"], "\t": WORDS[lang]["tab"]}
    return names.get(sign, f"'{sign}'" if lang == "en" else language(lang).formatter.quote(sign))


def _spaced(text: str, lang: str) -> str:
    return text if lang == "en" else language(lang).formatter.set_spaces({"": text})[""]


def _row(shown: Shown, lang: str) -> list[str | int]:
    words = WORDS[lang]
    column = shown.first
    sign = _sign(column.separator or ";", lang)
    holds = _spaced(str(words.get(column.kind, words["text"])), lang)
    holds = holds.format(sign=sign, distinct=column.distinct)
    why = _REASONS_IN_FRENCH.get(column.why, column.why) if lang == "fr" else column.why
    filled = sum(one.filled for one in shown.columns)
    field = visible(column.field or "")
    said = language(lang).made_names.fields.get(field, field)
    if lang != "en" and said != field:
        field = f"{said} ({field})"
    return [shown.heading(lang), field, why, holds, filled]
