"""``reverse-match calendar``: the meetings of a round."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
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
    lang: Annotated[opt.Lang, typer.Option("--lang", help="Language of the events.")] = opt.LOCALE,
    out: Annotated[
        Path | None, opt.option("--out", "Write the calendar here, .ics, and not to standard output.")
    ] = None,
) -> None:
    pair = opt.pair_of(mentor, mentee)
    if pair is not None and person is not None:
        message = "right would be one of: --mentor with --mentee, --person"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        check_ending(out, (".ics",))
        results.plan(out, reads=(matching, programme))
        plan = rm.Programme.load(programme)
        text = rm.calendar(opt.read_matching(matching), plan, number, duo=pair, person=person, lang=lang)
        if out is not None:
            results.write(out, text)
        else:
            results.print_file(text)
