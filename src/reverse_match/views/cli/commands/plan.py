"""``reverse-match plan``: plans several rounds at once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.arguments import MOST_ROUNDS
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.progress_bars import progress_shown


class PlanFormat(StrEnum):
    """Formats in which a plan is shown."""

    table = "table"
    json = "json"


def plan(
    people: opt.PeopleFiles,
    rounds: Annotated[int, opt.option("--rounds", "How many rounds.", min=1, max=MOST_ROUNDS)],
    policy: opt.PolicyFile = None,
    out: Annotated[
        Path | None, opt.option("--out", "Write the plan here; .json (lossless) or .xlsx.")
    ] = None,
    form: Annotated[PlanFormat, typer.Option("--format", help="How the plan is shown.")] = PlanFormat.table,
    all_rows: opt.AllRows = False,
    lang: opt.SentenceLang = opt.LOCALE,
    table: opt.DataFiles = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    as_of: opt.AsOf = None,
    threads: opt.Threads = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
) -> None:
    looks = opt.Looks(lang, anonymous, all_rows=all_rows)
    with exit_codes(lang) as results:
        day = opt.day_of(as_of)
        check_ending(out, (".json", ".xlsx"))
        tables = opt.tables_of(table)
        results.plan(out, reads=(*people.paths, policy, *tables.values()))
        chosen = opt.read_policy_on(policy, day)
        cohort = opt.read_people(people, mapping, chosen.as_of, lang, chosen)
        with progress_shown(lang) as progress:
            made = rm.plan_rotations(
                cohort,
                chosen,
                rounds=rounds,
                threads=threads,
                memory=memory * 2**20,
                progress=progress,
                tables=tables,
            )
        if out is not None:
            results.write(out, _content(made, cohort, out, looks))
        if form is PlanFormat.json:
            results.print_file(made.to_json())
        else:
            results.print(views.terminal.plan_view(made, lang, looks.names_of(cohort)), looks)


def _content(made: rm.RotationPlan, cohort: rm.Cohort, out: Path, looks: opt.Looks) -> str | bytes:
    """Return what a file of a plan holds, by its ending."""
    if out.suffix.lower() != ".xlsx":
        return made.to_json()
    from reverse_match.views.spreadsheet.plan_sheets import plan_sheets
    from reverse_match.views.spreadsheet.workbook import workbook_of

    return workbook_of(plan_sheets(made, cohort.without_names() if looks.anonymous else cohort, looks.lang))
