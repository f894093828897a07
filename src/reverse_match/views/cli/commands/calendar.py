"""``reverse-match calendar``: writes the meetings of a round as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match.people.person_meant import person_meant
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes


def calendar(
    matching: opt.StoredMatching,
    programme: Annotated[Path, opt.argument("Programme file: .json or .toml.")],
    number: Annotated[int, typer.Option("--round", help="Number of the round, from 1.")] = 1,
    mentor: Annotated[str | None, opt.option("--mentor", "Only the duo of this mentor ...")] = None,
    mentee: Annotated[str | None, opt.option("--mentee", "... with this mentee.")] = None,
    person: Annotated[str | None, opt.option("--person", "Only duos of this person.")] = None,
    lang: Annotated[
        opt.Lang, typer.Option("--lang", help=f"Language of the events; {opt.ELSE}.")
    ] = opt.LOCALE,
    out: Annotated[
        Path | None, opt.option("--out", "Write the calendar here, .ics, and not to standard output.")
    ] = None,
    people: Annotated[
        Path | None,
        opt.option("--people", "People file: events have their names, and whoever has an address attends."),
    ] = None,
    mapping: opt.Map = None,
    anonymous: opt.Anonymous = False,
) -> None:
    pair = opt.pair_of(mentor, mentee)
    if pair is not None and person is not None:
        message = "right would be one of: --mentor with --mentee, --person"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        check_ending(out, (".ics",))
        results.plan(out, reads=(matching, programme, people))
        plan, stored = rm.Programme.load(programme), opt.read_matching(matching)
        cohort = None if people is None else opt.read_people(opt.PeopleFiles(people), mapping, stored.as_of)
        if cohort is not None:
            pair = None if pair is None else opt.pair_meant(cohort, pair)
            person = None if person is None else person_meant(cohort, person, "--person")
        text = rm.calendar(
            stored, plan, number, duo=pair, person=person, lang=lang, cohort=None if anonymous else cohort
        )
        if out is not None:
            results.write(out, text)
        else:
            results.print_file(text)
