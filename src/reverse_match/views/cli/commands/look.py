"""``reverse-match look``: what is understood of people files, before anything is matched."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes


class LookFormat(StrEnum):
    """How it is shown."""

    table = "table"
    json = "json"
    html = "html"


def look(
    people: opt.PeopleFiles,
    more: Annotated[
        list[Path] | None, typer.Argument(help="Further people files, which are read as one with the first.")
    ] = None,
    out: Annotated[
        Path | None,
        opt.option("--out", "Write what was decided here, .toml: a reading, to be corrected and kept."),
    ] = None,
    faults: Annotated[
        Path | None,
        opt.option("--faults", "Write a copy of the files here, .xlsx, in which what is wrong is marked."),
    ] = None,
    form: Annotated[LookFormat, typer.Option("--format", help="How it is shown.")] = LookFormat.table,
    all_rows: opt.AllRows = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    lang: opt.ShownLang = opt.LOCALE,
    mapping: opt.Map = None,
    as_of: opt.AsOf = None,
) -> None:
    with exit_codes(lang) as results:
        from reverse_match.views.look_table import look_view
        from reverse_match.views.records.look import notebook

        day = opt.day_of(as_of)
        check_ending(out, (".toml",))
        check_ending(faults, (".xlsx",))
        people = replace(people, more=tuple(more or ()))
        results.plan(out, faults, reads=people.paths)
        seen = people.look(opt.mapping_of(mapping), day)
        if out is not None:
            results.write(out, seen.reading.to_toml())
        if faults is not None:
            results.written_by(faults, lambda: seen.write_faults(faults, lang))
        if as_json or form is LookFormat.json:
            results.print_file(f"{seen.to_json()}\n")
        elif form is LookFormat.html:
            results.print_file(f"{notebook(seen, lang)}\n")
        else:
            results.print(look_view(seen, lang), opt.Looks(lang, all_rows=all_rows))
        if seen.faults or (people.strict and seen.notes):
            raise typer.Exit(2)
