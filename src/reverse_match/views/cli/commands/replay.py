"""``reverse-match replay``: what the same people would have got, had they been matched more or less often."""

from __future__ import annotations

import io
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.progress_bars import progress_shown

if TYPE_CHECKING:
    from reverse_match.study.intake.record import Replay


class ReplayFormat(StrEnum):
    """Formats in which a replay is shown."""

    table = "table"
    json = "json"
    csv = "csv"


ENDINGS = (".json", ".csv", ".xlsx")
PLOT_ENDINGS = (".svg", ".png")


def replay(
    people: opt.PeopleFiles,
    joined: Annotated[
        str, opt.option("--joined", "Column with the day on which each person joined.", metavar="COLUMN")
    ],
    every: Annotated[
        list[str],
        opt.option("--every", "How often people are matched, such as 7d, 2w or 1month; several with commas."),
    ],
    policy: opt.PolicyFile = None,
    start: Annotated[
        str | None,
        opt.option("--from", "First day on which people are matched; the first joining day if not given."),
    ] = None,
    until: Annotated[
        str | None, opt.option("--until", "Last day of the replay; the last joining day if not given.")
    ] = None,
    hold_back: opt.HoldBackFrom = None,
    form: Annotated[
        ReplayFormat,
        typer.Option("--format", help="Tables and sentences, all data, or the figures alone."),
    ] = ReplayFormat.table,
    all_rows: opt.AllRows = False,
    out: Annotated[
        Path | None, opt.option("--out", "Write it here: .json (all data), .csv (figures) or .xlsx.")
    ] = None,
    plot: Annotated[Path | None, opt.option("--plot", "Draw the waiting here: .svg or .png.")] = None,
    mapping: opt.Map = None,
    table: opt.DataFiles = None,
    as_of: opt.AsOf = None,
    threads: opt.Threads = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
    time_limit: opt.TimeLimit = None,
    anonymous: opt.Anonymous = False,
    lang: opt.ShownLang = opt.LOCALE,
) -> None:
    with exit_codes(lang) as results:
        day, tables = opt.day_of(as_of), opt.tables_of(table)
        first, last = opt.day_of(start, "--from"), opt.day_of(until, "--until")
        check_ending(out, ENDINGS)
        check_ending(plot, PLOT_ENDINGS)
        results.plan(out, plot, reads=(*people.paths, policy, *tables.values()))
        chosen = opt.read_policy_on(policy, day)
        cohort = opt.read_people(people, mapping, chosen.as_of, lang, chosen)
        cohort = cohort.without_names() if anonymous else cohort
        with progress_shown(lang) as progress:
            found = rm.replay(
                cohort,
                chosen,
                joined=joined,
                every=[part for said in every for part in said.split(",")],
                start=first,
                until=last,
                hold_back=hold_back,
                threads=threads,
                memory=memory * 2**20,
                time_limit=time_limit,
                progress=progress,
                tables=tables,
            )
        opt.tell_notes(found.faults_to_note(), lang, strict=people.strict)
        if plot is not None:
            results.write(plot, _picture(found, plot, lang))
        if out is not None:
            results.write(out, _content(found, out, lang))
        if form is ReplayFormat.table:
            from reverse_match.views.terminal_replay import replay_view

            results.print(replay_view(found, lang), opt.Looks(lang, all_rows=all_rows))
        else:
            results.print_file(found.to_csv() if form is ReplayFormat.csv else found.to_json())


def _content(found: Replay, out: Path, lang: str) -> str | bytes:
    """Return what a file of a replay holds, by its ending."""
    ending = out.suffix.lower()
    if ending == ".xlsx":
        from reverse_match.views.spreadsheet.replay_sheets import replay_sheets
        from reverse_match.views.spreadsheet.workbook import workbook_of

        return workbook_of(replay_sheets(found, lang))
    return found.to_csv() if ending == ".csv" else found.to_json()


def _picture(found: Replay, plot: Path, lang: str) -> str | bytes:
    """Return the plot of a replay as SVG or PNG: the same bytes for the same replay."""
    from reverse_match.foundation.optional import require_module

    pyplot = require_module("matplotlib.pyplot", "plot", "a picture")
    pyplot.switch_backend("agg")
    ax = rm.plots.waiting(found, lang=lang)
    figure: Any = ax.figure
    try:
        if plot.suffix.lower() == ".svg":
            return f"{rm.plots.as_svg(ax)}\n"
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=200, metadata={"Software": None})
        return drawn.getvalue()
    finally:
        pyplot.close(figure)
