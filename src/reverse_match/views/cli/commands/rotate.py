"""``reverse-match rotate``: forms the next round of a programme."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.errors import Fault, RotationError
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import PEOPLE_ENDINGS, check_ending
from reverse_match.views.cli.commands.amend import tell_of_people
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.progress_bars import progress_shown

if TYPE_CHECKING:
    from collections.abc import Sequence


def rotate(
    matching: opt.StoredMatching,
    people: opt.PeopleFiles,
    months: Annotated[
        int | None,
        opt.option("--months", "Length of a round; the programme's if not given.", min=1, max=120),
    ] = None,
    policy: opt.PolicyFile = None,
    programme: Annotated[Path | None, opt.option("--programme", "Programme file: .json or .toml.")] = None,
    start: Annotated[
        str | None,
        opt.option(
            "--start",
            "Day on which the first round began, where neither a programme nor the matching says it.",
        ),
    ] = None,
    feedback: Annotated[
        Path | None, opt.option("--feedback", "What duos have said: .csv, .xlsx or .json.")
    ] = None,
    decisions: opt.DecisionFile = None,
    question: opt.Questions = None,
    history: Annotated[
        Path | None,
        opt.option("--history", "File of the rounds that have ended; the one that ends now is added."),
    ] = None,
    on: Annotated[
        str | None, opt.option("--on", "Day on which the next round begins; today if not given.")
    ] = None,
    early: Annotated[bool, typer.Option("--early", help="Also before rotation is due.")] = False,
    reciprocal: opt.Reciprocal = False,
    out: opt.NewMatching = None,
    people_out: Annotated[
        Path | None,
        opt.option(
            "--people-out",
            "Write the people as they are after feedback, for verify and what follows; .json or .csv.",
        ),
    ] = None,
    form: opt.Shown = opt.Format.table,
    all_rows: opt.AllRows = False,
    lang: opt.ShownLang = opt.LOCALE,
    table: opt.DataFiles = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    csv_for: opt.CsvFor = None,
    threads: opt.Threads = None,
    time_limit: opt.TimeLimit = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
) -> None:
    if history is not None and (out is None or out.suffix.lower() != ".json"):
        message = "--history needs --out with a .json file: else the round that begins would be lost"
        raise typer.BadParameter(message)
    if start is not None and months is None and programme is None:
        message = "--start is asked only where --months is given: from both follows whether rotation is due"
        raise typer.BadParameter(message)
    looks = opt.looks_of(lang, anonymous=anonymous, csv_for=csv_for, out=out, all_rows=all_rows)
    with exit_codes(lang) as results:
        from reverse_match.foundation.dates import months_later
        from reverse_match.programme.rotate import history_with_round, refuse_early

        day = opt.day_of(on, "--on") or date.today()
        check_ending(out)
        check_ending(people_out, PEOPLE_ENDINGS)
        tables = opt.tables_of(table)
        read = matching, *people.paths, feedback, decisions, policy, programme, *tables.values()
        results.plan(people_out, out, history, reads=read)
        stored, chosen = opt.read_matching(matching), opt.read_policy(policy)
        before = rm.History.load(history) if history is not None and history.exists() else rm.History()
        plan = _programme(programme, months)
        if plan is None and months is not None and not early:
            began = _begun(stored, before, opt.day_of(start, "--start"))
            refuse_early(day, months_later(began, months), early=early)
        cohort = opt.read_people(people, mapping, day, lang, chosen or stored.policy)
        if chosen is None:
            stored = opt.with_data(stored, cohort, tables, (matching, *people.paths))
        said = _read_feedback(feedback, day, lang, opt.questions_of(question, plan))
        decided = _read_decisions(decisions, lang)
        with progress_shown(lang) as progress:
            rotated = rm.rotate(
                stored,
                cohort,
                chosen,
                on=day,
                programme=plan,
                history=before,
                feedback=said,
                decisions=decided,
                reciprocal=reciprocal,
                early=early,
                threads=threads,
                memory=memory * 2**20,
                time_limit=time_limit,
                progress=progress,
                tables=tables,
            )
        changed = not cohort.has_digest(rotated.digests.cohort) and people_out is None
        tell_of_people(rotated, lang, changed=changed)
        if stored.is_draft:
            tell_note("the matching was never published; it counts as published from its first day", lang)
        results.write_matching(rotated, out, looks, rotated.people, people_out)
        if history is not None:
            ended = history_with_round(stored, day, before, plan)
            results.written_by(history, partial(ended.save, history))
        if form is opt.Format.table and rotated.rotation is not None:
            names = looks.names_of(rotated.people)
            results.print(views.terminal.rotation_view(rotated, rotated.rotation, lang, names), looks)
        else:
            results.show(rotated, form, looks)


def _programme(path: Path | None, months: int | None) -> rm.Programme | None:
    if path is None:
        return None
    read = rm.Programme.load(path)
    return read if months is None else read.model_copy(update={"months": months})


def _read_feedback(
    path: Path | None, day: date, lang: str, questions: Sequence[rm.results.Question]
) -> rm.Feedback | None:
    """Read feedback, and note on standard error how much of it is later than the round that ends."""
    if path is None:
        return None
    said = rm.read_feedback(path, questions=questions)
    if later := sum(record.on > day for record in said.records):
        answers = "1 answer was" if later == 1 else f"{later} answers were"
        tell_note(f"{answers} given after {day}, and will count in the next round", lang)
    return said


def _read_decisions(path: Path | None, lang: str) -> rm.Decisions | None:
    """Read decisions, and note on standard error how many duos are still to be talked about."""
    if path is None:
        return None
    decided = rm.read_decisions(path)
    if open_ := sum(one.decision == "talk first" for one in decided.records):
        duos = "1 duo is" if open_ == 1 else f"{open_} duos are"
        tell_note(f"{duos} still to be talked about first; until then the answers count", lang)
    return decided


def _begun(stored: rm.Matching, before: rm.History, start: date | None) -> date:
    """Return the day on which the ending round began, if no programme gives it.

    The day is that of the last rotation, or the one from which the matching counts as published, or that of
    the history, or ``--start``. For a first round without these, it is the day on which ages were computed.

    Raises
    ------
    RotationError
        If there is no such day, so that it is not known whether rotation is due.
    """
    known = stored.rotation.on if stored.rotation is not None else stored.published
    if known is None and before.rounds:
        known = before.rounds[-1].until
    began = known or start or stored.as_of
    if began is None:
        message = (
            "nothing says when this round began, so it may be too early; right would be the day (--start), a "
            "programme (--programme), or to rotate whenever it was (--early)"
        )
        raise RotationError([Fault(message, column="--months")])
    return began
