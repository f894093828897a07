"""``reverse-match circles``: forms circles of mentors and several mentees, or duos with a few trios."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import reverse_match as rm
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import InputError, MatchingFileError
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.progress_bars import progress_shown

if TYPE_CHECKING:
    from reverse_match.views.cli.options import Looks


def circles(
    people: opt.PeopleFiles,
    policy: opt.PolicyFile = None,
    table: opt.DataFiles = None,
    past: Annotated[
        list[Path] | None,
        opt.option(
            "--past",
            "Former circles, matching, history or file of pairs, who do not meet again; may be repeated.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        opt.option("--out", "Write the circles here; .json (lossless), .csv, .html or .xlsx."),
    ] = None,
    form: opt.Shown = opt.Format.table,
    all_rows: opt.AllRows = False,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    csv_for: opt.CsvFor = None,
    as_of: opt.AsOf = None,
    threads: opt.Threads = None,
    time_limit: Annotated[
        float | None,
        opt.option(
            "--time-limit", "Seconds after which the best circles so far are given, with their gap.", min=0
        ),
    ] = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
    lang: opt.ShownLang = opt.LOCALE,
) -> None:
    looks = opt.looks_of(lang, anonymous=anonymous, csv_for=csv_for, out=out, all_rows=all_rows)
    with exit_codes(lang) as results:
        day, tables = opt.day_of(as_of), opt.tables_of(table)
        check_ending(out)
        former = tuple(past or ())
        results.plan(out, reads=(*people.paths, policy, *former, *tables.values()))
        chosen = opt.read_policy_on(policy, day)
        cohort = opt.read_people(people, mapping, chosen.as_of, lang, chosen)
        with progress_shown(lang) as progress:
            found = rm.form_circles(
                cohort,
                chosen,
                past=[one for path in former for one in _read_past(path, cohort, lang)],
                time_limit=time_limit,
                threads=threads,
                memory=memory * 2**20,
                progress=progress,
                tables=tables,
            )
        from reverse_match.matching.circles.notes import circle_notes  # loaded with the circles

        opt.tell_notes(circle_notes(found, cohort), lang, strict=people.strict)
        if out is not None:
            results.write(out, _content(found, out, looks))
        if form is opt.Format.table:
            from reverse_match.views.terminal_circles import circles_view

            results.print(circles_view(found, lang, looks.names_of(cohort)), looks)
        else:
            results.print_file(_text(found, form, looks))


def _read_past(path: Path, people: rm.Cohort, lang: str) -> list[Any]:
    """Read circles, a matching, a history or pairs; the error for other JSON says that it is none of them."""
    if path.suffix.lower() != ".json":
        pairs = rm.read_past(path, people)
        for note in pairs.notes:
            tell_note(str(note), lang)
        return [(duo.mentor, duo.mentee) for duo in pairs]
    data = file_bytes(path, RECORD_BYTES)
    for read in (rm.CircleMatching.from_json, rm.Matching.from_json, rm.History.from_json):
        with suppress(InputError):
            return [read(data, path.name)]
    message = "neither circles nor a matching nor a history that this library has written"
    raise MatchingFileError([rm.errors.Fault(message, path.name, code="not-a-record")])


def _content(found: rm.CircleMatching, out: Path, looks: Looks) -> str | bytes:
    """Return what a file of circles holds, by its ending."""
    ending = out.suffix.lower()
    if ending == ".xlsx":
        return found.to_workbook(looks.lang, anonymous=looks.anonymous)
    people = found.people_beside
    if ending == ".csv" and looks.csv_for is not None and people is not None:
        from reverse_match.views.spreadsheet.circle_sheets import members_sheet
        from reverse_match.views.spreadsheet.csv_text import csv_text

        shown = people.without_names() if looks.anonymous else people
        return csv_text(members_sheet(found, shown, looks.lang), looks.csv_for)
    return _text(found, opt.Format(ending[1:]), looks)


def _text(found: rm.CircleMatching, form: opt.Format, looks: Looks) -> str:
    if form is opt.Format.html:
        return found.to_html(looks.lang, anonymous=looks.anonymous)
    return found.to_csv() if form is opt.Format.csv else found.to_json()
