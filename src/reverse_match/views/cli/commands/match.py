"""``reverse-match match``: forms the duos of a people file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import reverse_match as rm
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.progress_bars import progress_shown


def match(
    people: opt.PeopleFiles,
    policy: opt.PolicyFile = None,
    out: Annotated[
        Path | None,
        opt.option(
            "--out",
            "Write the matching here; .json (lossless), .csv (duos), .html (report) or .xlsx (for people).",
        ),
    ] = None,
    form: opt.Shown = opt.Format.table,
    all_rows: opt.AllRows = False,
    table: opt.DataFiles = None,
    past: opt.PastFiles = None,
    programme: Annotated[
        Path | None,
        opt.option(
            "--programme", "Programme file: time in common comes in slots as long as a session, if not said."
        ),
    ] = None,
    purpose: Annotated[
        str | None,
        opt.option(
            "--purpose", "What people are matched for; the policy's if not given. The matching says it."
        ),
    ] = None,
    made_by: Annotated[str | None, opt.option("--by", "Who runs the match; the matching says it.")] = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
    csv_for: opt.CsvFor = None,
    as_of: opt.AsOf = None,
    threads: opt.Threads = None,
    time_limit: opt.TimeLimit = None,
    memory: opt.Memory = opt.DEFAULT_MIB,
    trade: opt.Trades = False,
    lang: opt.ShownLang = opt.LOCALE,
) -> None:
    looks = opt.looks_of(lang, anonymous=anonymous, csv_for=csv_for, out=out, all_rows=all_rows)
    with exit_codes(lang) as results:
        day, tables = opt.day_of(as_of), opt.tables_of(table)
        check_ending(out)
        results.plan(out, reads=(*people.paths, policy, programme, *tables.values(), *(past or ())))
        chosen = opt.read_policy_on(policy, day)
        if programme is not None:
            chosen = rm.Programme.load(programme).with_slots(chosen)
        cohort = opt.read_people(people, mapping, chosen.as_of, lang, chosen)
        chosen = opt.policy_with_past(chosen, past, cohort, lang)
        matching = match_people(
            cohort,
            chosen,
            lang,
            strict=people.strict,
            threads=threads,
            memory=memory * 2**20,
            time_limit=time_limit,
            tables=tables,
            purpose=purpose,
            made_by=made_by,
        )
        results.write_matching(matching, out, looks)
        results.show(matching, form, looks, rm.trade(matching, cohort, threads=threads) if trade else None)


def match_people(
    cohort: rm.Cohort, policy: rm.Policy, lang: str, *, strict: bool = False, **options: Any
) -> rm.Matching:
    """Return a matching, with progress and notes on the result on standard error.

    Raises
    ------
    InputError
        If notes are faults, and there are some.
    """
    with progress_shown(lang) as progress:
        matching = rm.match(cohort, policy, progress=progress, **options)
    from reverse_match.matching.policy_notes import matching_notes  # loaded by the match

    opt.tell_notes(matching_notes(matching, cohort), lang, strict=strict)
    return matching
