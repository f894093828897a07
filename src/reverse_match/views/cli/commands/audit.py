"""``reverse-match audit``: shows by group who was matched, who was left out, and how well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes

if TYPE_CHECKING:
    from collections.abc import Sequence


def audit(
    *,
    matchings: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Matchings of one or several rounds, as written by match --out, before the people file.",
            show_default=False,
        ),
    ] = None,
    people: opt.PeopleFiles,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="Columns by which people are grouped, with commas between; age-band groups ages, "
            "gender+department crosses two.",
        ),
    ] = "gender,department",
    policy: opt.PolicyFile = None,
    table: opt.DataFiles = None,
    prefix: Annotated[
        int | None,
        opt.option(
            "--prefix", "Leading parts of a path such as Group/Plant/Workshop that name a group.", min=1
        ),
    ] = None,
    bands: Annotated[
        list[str] | None,
        opt.option(
            "--bands",
            "Where bands of a column of numbers begin, as COLUMN=25,35,45; ages begin at 25, 35, 45, 55 and "
            "65 if not given. May be repeated.",
        ),
    ] = None,
    fewest: Annotated[
        int, typer.Option("--fewest", help="Smallest number of people behind a figure.", min=5)
    ] = 5,
    history: Annotated[
        Path | None,
        opt.option("--history", "File of the rounds that have ended, in which people waited, too."),
    ] = None,
    terms: Annotated[
        bool,
        typer.Option(
            "--terms/--no-terms",
            help="Also match again without each term of the policy that uses these columns, age or gender.",
        ),
    ] = True,
    out: Annotated[
        Path | None, opt.option("--out", "Write the audit here; .json (lossless), .csv or .html.")
    ] = None,
    form: opt.Shown = opt.Format.table,
    all_rows: opt.AllRows = False,
    mapping: opt.Map = None,
    threads: opt.Threads = None,
    lang: opt.ShownLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        named = tuple(matchings or ())
        check_ending(out, (".json", ".csv", ".html"))
        tables = opt.tables_of(table)
        results.plan(out, reads=(*named, *people.paths, policy, history, *tables.values()))
        listed = [opt.read_matching(path) for path in _at_least_one(named)]
        chosen = opt.read_policy(policy)
        cohort = opt.read_people(people, mapping, listed[-1].as_of, lang)
        beside = (*named, *people.paths)
        found = rm.audit(
            [opt.with_data(one, cohort, tables, beside) for one in listed],
            cohort,
            [name.strip() for name in by.split(",") if name.strip()],
            chosen,
            prefix=prefix,
            bands=_bands(bands),
            fewest=fewest,
            history=None if history is None else rm.History.load(history),
            terms=terms,
            threads=threads,
            tables=tables,
        )
        if out is not None:
            results.write(out, _text(found, opt.Format(out.suffix.lower()[1:]), lang))
        if form is opt.Format.table:
            from reverse_match.views.terminal_audit import audit_view

            results.print(audit_view(found, lang), opt.Looks(lang, all_rows=all_rows))
        else:
            results.print_file(_text(found, form, lang))


def _at_least_one(named: Sequence[Path]) -> Sequence[Path]:
    if not named:
        message = "right would be a matching, as match --out writes it, and then the people file"
        raise typer.BadParameter(message, param_hint="MATCHINGS")
    return named


def _bands(said: Sequence[str] | None) -> dict[str, list[int]]:
    """Return the numbers at which bands begin, by column."""
    bands = {}
    for entry in said or ():
        name, equals, listed = entry.partition("=")
        edges = [edge.strip() for edge in listed.split(",")]
        if not (equals and name.strip()) or not all(edge.lstrip("-").isdecimal() for edge in edges):
            message = "right would be COLUMN=NUMBERS, for instance age=25,35,45"
            raise typer.BadParameter(message, param_hint="--bands")
        bands[name.strip()] = [int(edge) for edge in edges]
    return bands


def _text(found: rm.Audit, form: opt.Format, lang: str) -> str:
    if form is opt.Format.html:
        return found.to_html(lang)
    return found.to_csv() if form is opt.Format.csv else found.to_json()
