"""The options of every command that takes people: which files, and how they are to be read.

A command says ``people: opt.PeopleFiles`` and gets what was said in one object. Here its parameters are put
in place of that one, so that no command repeats them.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import reverse_match as rm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from reverse_match.people.cohort import Source
    from reverse_match.people.participant import Participant


@dataclass(frozen=True)
class PeopleFiles:
    """What was said about the files of people."""

    path: Path | None = None
    mentors: tuple[Path, ...] = ()
    mentees: tuple[Path, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    """Of ``read_cohort``, beside the mapping."""
    reading_file: Path | None = None
    more: tuple[Path, ...] = ()
    """Further files of people, whose roles are in them."""

    @property
    def strict(self) -> bool:
        """Whether notes are faults."""
        return bool(self.keywords.get("strict"))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that is read, without sheets."""
        named = [path for path in (self.path, *self.more, *self.mentors, *self.mentees) if path is not None]
        return (*dict.fromkeys(map(file_of, named)), *([self.reading_file] if self.reading_file else []))

    def headings_said(self, mapping: Mapping[str, str]) -> dict[str, str]:
        """Return what headings mean, of whichever file has them: by ``--reading``, and by ``--map``."""
        stored = {} if self.reading_file is None else rm.Reading.load(self.reading_file).mapping
        return {**stored, **mapping}

    def read(self, mapping: Mapping[str, str], day: date | None, elsewhere: Sequence[str] = ()) -> rm.Cohort:
        """Return the people; what is said of headings ``elsewhere`` may be of other files."""
        from reverse_match.people.headings import heading_key

        others = set(map(heading_key, elsewhere))
        if not others.intersection(map(heading_key, self.headings_said(mapping))):
            return rm.read_cohort(self.path, **self._given(mapping, day))
        cohort, _, _ = self._read(mapping, day, (None, None), elsewhere)
        return cohort

    def read_with_joining(
        self,
        mapping: Mapping[str, str],
        day: date | None,
        join: Path,
        reading_file: Path | None,
        elsewhere: Sequence[str] = (),
    ) -> tuple[rm.Cohort, dict[int, Participant], Source]:
        """Return the people, and by row those of another file who join them, with its source.

        What is said of a heading holds for the file that has it, one of headings ``elsewhere`` perhaps for
        another file. A sheet and a row of headings are those of the people's own file.
        """
        return self._read(mapping, day, (join, reading_file), elsewhere)

    def _read(
        self,
        mapping: Mapping[str, str],
        day: date | None,
        joining_files: tuple[Path | None, Path | None],
        elsewhere: Sequence[str],
    ) -> tuple[rm.Cohort, dict[int, Participant], Source]:
        from reverse_match.people import together
        from reverse_match.people.cohort import Source
        from reverse_match.people.read import MAXIMUM_BYTES, choices_of, files_of, people_of
        from reverse_match.people.reading.choices import fold_heading

        given = self._given(mapping, day)
        reading, form = given.pop("reading"), given.pop("format", None)
        strict, as_of = given.pop("strict", False), given.pop("as_of")
        files = files_of(self.path, given.pop("mentors", None), given.pop("mentees", None))
        of_people = choices_of(reading, form, given)
        others = frozenset(map(fold_heading, elsewhere))
        join, reading_file = joining_files
        if join is None:
            alone = people_of(files, replace(of_people, elsewhere=others), as_of, MAXIMUM_BYTES)
            if strict and alone.notes:
                raise rm.errors.CohortError(alone.notes)
            return alone, {}, Source("nobody", ())
        own = reading if reading_file is None else rm.Reading.load(reading_file)
        of_joining = choices_of(own, form, given)
        if reading_file is None:
            of_joining = replace(of_joining, sheet=None, heading_row=None)
        joining = together.load_joining(str(join), of_joining, MAXIMUM_BYTES)
        of_people = replace(of_people, elsewhere=together.headings_in(joining) | others)
        cohort = people_of(files, of_people, as_of, MAXIMUM_BYTES)
        people, source = together.read_joining(joining, cohort, of_joining)
        if strict and (notes := [*cohort.notes, *source.notes]):
            raise rm.errors.CohortError(notes)
        return cohort, people, source

    def look(self, mapping: Mapping[str, str], day: date | None) -> Any:
        """Return what is understood of the files."""
        given = self._given(mapping, day)
        given.pop("strict", None)
        return rm.look([self.path, *self.more] if self.path else None, **given)

    def _given(self, mapping: Mapping[str, str], day: date | None) -> dict[str, Any]:
        roles = {
            name: files for name, files in (("mentors", self.mentors), ("mentees", self.mentees)) if files
        }
        reading = None if self.reading_file is None else rm.Reading.load(self.reading_file)
        return {**self.keywords, **roles, "reading": reading, "mapping": mapping, "as_of": day}


def file_of(path: Path) -> Path:
    """Return the file of a path that may name a sheet.

    Examples
    --------
    >>> file_of(Path("people.xlsx#Mentors")).name
    'people.xlsx'
    """
    before, sheet, _ = str(path).partition(".xlsx#")
    return Path(f"{before}.xlsx") if sheet else path


def _option(name: str, text: str) -> Any:
    return typer.Option(name, help=text, show_default=False, rich_help_panel="Reading people")


def _group(
    people: Annotated[
        Path | None,
        typer.Argument(
            help="People file: .csv, .json, .xlsx or .parquet; people.xlsx#Sheet names a sheet.",
            show_default=False,
        ),
    ] = None,
    mentors: Annotated[
        list[Path] | None, _option("--mentors", "Instead, a file of mentors; may be repeated.")
    ] = None,
    mentees: Annotated[
        list[Path] | None, _option("--mentees", "Instead, a file of mentees; may be repeated.")
    ] = None,
    reading: Annotated[Path | None, _option("--reading", "A reading, as look --out writes it.")] = None,
    separator: Annotated[
        list[str] | None,
        _option("--separator", "What stands between names of a list, as FIELD=SIGN; may be repeated."),
    ] = None,
    sheet: Annotated[str | None, _option("--sheet", "Sheet of a workbook.")] = None,
    heading_row: Annotated[
        int | None, _option("--heading-row", "Row of the headings, as a spreadsheet counts.")
    ] = None,
    latest_by: Annotated[
        str | None,
        _option("--latest-by", "Column that says when somebody answered: the latest answer counts."),
    ] = None,
    dates: Annotated[
        list[str] | None,
        _option(
            "--dates",
            "Which stands first in dates, where no day of a column is above 12: day-first, month-first or "
            "iso; of one column as HEADING=day-first. May be repeated.",
        ),
    ] = None,
    identity: Annotated[
        str | None, _option("--id", "Column of ids, or several that make one, as 'A+B'.")
    ] = None,
    non_answer: Annotated[
        list[str] | None, _option("--non-answer", "A further word for 'not known'; may be repeated.")
    ] = None,
    answer: Annotated[
        list[str] | None, _option("--answer", "A word that is an answer after all; may be repeated.")
    ] = None,
    scale: Annotated[
        list[str] | None,
        _option("--scale", "Words with an order, the lowest first, as FIELD=LOW;HIGH; may be repeated."),
    ] = None,
    people_format: Annotated[
        Literal["scim"] | None, _option("--people-format", "scim: users of SCIM 2.0.")
    ] = None,
    encoding: Annotated[
        str | None,
        _option("--encoding", "Of text that is not UTF-8, such as cp1252 or mac_roman."),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Notes on people and on what a policy makes of them are faults.",
            rich_help_panel="Reading people",
        ),
    ] = False,
) -> PeopleFiles:
    keywords = {
        "separator": _separators(separator),
        "sheet": sheet,
        "heading_row": heading_row,
        "latest_by": latest_by,
        "dates": _orders(dates),
        "id": identity,
        "non_answer": non_answer or (),
        "answer": answer or (),
        "scales": _scales(scale),
        "format": people_format,
        "encoding": encoding,
        "strict": strict,
    }
    if (people is None) == (not mentors and not mentees):
        message = "right would be one people file, or --mentors with --mentees"
        raise typer.BadParameter(message, param_hint="PEOPLE")
    return PeopleFiles(people, tuple(mentors or ()), tuple(mentees or ()), keywords, reading)


def _orders(said: Sequence[str] | None) -> Any:
    """Return the order of days in all columns, or by heading."""
    orders = {}
    for entry in said or ():
        heading, equals, order = entry.rpartition("=")
        if order.strip() not in ("day-first", "month-first", "iso") or bool(equals) != bool(heading.strip()):
            message = "right would be day-first, month-first or iso, or for one column HEADING=day-first"
            raise typer.BadParameter(message, param_hint="--dates")
        orders[heading.strip()] = order.strip()
    return orders.get("") if [*orders] == [""] else orders or None


def _separators(said: Sequence[str] | None) -> dict[str, str]:
    separators = {}
    for entry in said or ():
        name, equals, sign = entry.partition("=")
        if not (equals and name.strip() and sign):
            message = "right would be FIELD=SIGN, for instance 'offers=, '"
            raise typer.BadParameter(message, param_hint="--separator")
        separators[name.strip()] = sign
    return separators


def _scales(said: Sequence[str] | None) -> dict[str, list[str]]:
    scales = {}
    for entry in said or ():
        name, equals, words = entry.partition("=")
        if not (equals and name.strip() and words.strip()):
            message = "right would be FIELD=LOW;HIGH, for instance 'grade=junior;senior;head'"
            raise typer.BadParameter(message, param_hint="--scale")
        scales[name.strip()] = [word.strip() for word in words.split(";")]
    return scales


def with_people(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command with the options of this group in place of its parameter ``people``."""
    own = inspect.signature(command, eval_str=True).parameters
    if "people" not in own or own["people"].annotation is not PeopleFiles:
        return command
    group = inspect.signature(_group, eval_str=True).parameters

    @wraps(command)
    def call(**given: Any) -> Any:
        of_group = {name: given.pop(name) for name in group}
        if "matchings" in given and (of_group["mentors"] or of_group["mentees"]):
            # Files of matchings come before that of the people; where there is none, the last is a matching.
            last, of_group["people"] = of_group["people"], None
            given["matchings"] = [*(given["matchings"] or ()), *([last] if last else [])]
        return command(people=_group(**of_group), **given)

    ordered = [group["people"] if name == "people" else parameter for name, parameter in own.items()]
    ordered += [parameter for name, parameter in group.items() if name != "people"]
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in ordered]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return call
