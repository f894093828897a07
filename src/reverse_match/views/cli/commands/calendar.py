"""``reverse-match calendar``: the meetings of a round."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.options import Lang, StoredMatching, argument, option, pair_of, read_matching


def calendar(
    matching: StoredMatching,
    programme: Annotated[Path, argument("Programme file: .json or .toml.")],
    number: Annotated[int, typer.Option("--round", help="Number of the round, from 1.")] = 1,
    mentor: Annotated[str | None, option("--mentor", "Only the duo of this mentor ...")] = None,
    mentee: Annotated[str | None, option("--mentee", "... with this mentee.")] = None,
    person: Annotated[str | None, option("--person", "Only duos of this person.")] = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language of the events.")] = Lang.en,
    out: Annotated[
        Path | None, option("--out", "Write the calendar here, .ics, and not to standard output.")
    ] = None,
) -> None:
    pair = pair_of(mentor, mentee)
    if pair is not None and person is not None:
        message = "right would be one of: --mentor with --mentee, --person"
        raise typer.BadParameter(message)
    with exit_codes() as results:
        check_ending(out, (".ics",))
        results.plan(out, reads=(matching, programme))
        plan = rm.Programme.load(programme)
        text = rm.calendar(read_matching(matching), plan, number, duo=pair, person=person, lang=lang)
        if out is not None:
            results.write(out, text)
        else:
            results.print_file(text)
