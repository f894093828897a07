"""``reverse-match match``: duos of a people file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import reverse_match as rm
from reverse_match import views
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.options import (
    DEFAULT_MIB,
    AsOf,
    Format,
    Lang,
    Map,
    Memory,
    People,
    PolicyFile,
    Shown,
    ShownLang,
    Threads,
    TimeLimit,
    Trades,
    day_of,
    mapping_of,
    option,
    read_policy_on,
)
from reverse_match.views.cli.terminal import say
from reverse_match.views.progress_bars import progress_shown


def match(
    people: People,
    policy: PolicyFile = None,
    out: Annotated[
        Path | None,
        option("--out", "Write the matching here; .json (lossless), .csv (duos) or .html (report)."),
    ] = None,
    form: Shown = Format.table,
    mapping: Map = None,
    as_of: AsOf = None,
    threads: Threads = None,
    time_limit: TimeLimit = None,
    memory: Memory = DEFAULT_MIB,
    trade: Trades = False,
    lang: ShownLang = Lang.en,
) -> None:
    with exit_codes(lang) as results:
        day = day_of(as_of)
        check_ending(out)
        results.plan(out, reads=(people, policy))
        chosen = read_policy_on(policy, day)
        cohort = rm.read_cohort(people, mapping=mapping_of(mapping), as_of=chosen.as_of)
        matching = match_people(cohort, chosen, threads=threads, memory=memory * 2**20, time_limit=time_limit)
        results.write_matching(matching, out, lang)
        results.show(matching, form, lang, rm.trade(matching, cohort, threads=threads) if trade else None)


def match_people(cohort: rm.Cohort, policy: rm.Policy, **options: Any) -> rm.Matching:
    """Match with progress shown, and say what a reader should know of the result."""
    with progress_shown() as progress:
        matching = rm.match(cohort, policy, progress=progress, **options)
    for note in views.terminal.notes(matching, cohort):
        say(f"note: {note}", err=True)
    return matching
