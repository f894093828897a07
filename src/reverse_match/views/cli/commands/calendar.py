"""``reverse-match calendar``: writes the meetings of a round as calendar files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import reverse_match as rm
from reverse_match.foundation.files import refuse_full_folder, write_folder
from reverse_match.people.person_meant import person_meant
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note


def calendar(
    matching: Annotated[
        Path,
        opt.argument("Matching, as written by match --out, or plan, of which --round names the round."),
    ],
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
    folder: Annotated[
        Path | None,
        opt.option(
            "--all",
            "Write a new folder: a calendar for each person, everybody.ics, and index.csv, which says whose "
            "file is which.",
        ),
    ] = None,
    people: Annotated[
        Path | None,
        opt.option(
            "--people",
            "People file: events have their names, whoever has an address attends, and duos meet when both "
            "are free.",
        ),
    ] = None,
    mapping: opt.Map = None,
    arrangements: Annotated[
        Path | None,
        opt.option(
            "--arrangements",
            "What duos have arranged: a file with mentor, mentee, minutes, channel, place, link, day, time.",
        ),
    ] = None,
    feedback: Annotated[
        Path | None,
        opt.option(
            "--feedback",
            "What duos have said: meetings after an answer are shorter, by another channel, or on another "
            "day.",
        ),
    ] = None,
    organizer: Annotated[
        str | None, opt.option("--organizer", "Who invites: an e-mail address, or 'HR <hr@example.org>'.")
    ] = None,
    anonymous: opt.Anonymous = False,
) -> None:
    pair = opt.pair_of(mentor, mentee)
    _refuse_two_answers(person, out, folder, pair)
    with exit_codes(lang) as results:
        check_ending(out, (".ics",))
        results.plan(out, folder, reads=(matching, programme, people, arrangements, feedback))
        if folder is not None:
            refuse_full_folder(folder)
        from reverse_match.views.calendar_events import CalendarRequest, RoundEvents  # loads numpy
        from reverse_match.views.calendar_file import duos_asked
        from reverse_match.views.calendar_folder import INDEX, calendar_files
        from reverse_match.views.calendar_notes import calendar_notes, index_notes

        of_people, of_arrangements = _mappings(mapping, arrangements)
        plan, stored = rm.Programme.load(programme), opt.read_round(matching, number)
        cohort = None if people is None else opt.read_people(opt.PeopleFiles(people), of_people, stored.as_of)
        if cohort is not None:
            pair = None if pair is None else opt.pair_meant(cohort, pair)
            person = None if person is None else person_meant(cohort, person, "--person")
        request = CalendarRequest(
            stored,
            plan,
            number,
            lang,
            cohort,
            anonymous,
            None if arrangements is None else rm.read_arrangements(arrangements, mapping=of_arrangements),
            None if feedback is None else rm.read_feedback(feedback, questions=plan.questions),
            organizer,
        )
        duos = duos_asked(stored, pair, person)
        if folder is not None:
            files = calendar_files(request)
            results.written_by(folder, lambda: write_folder(folder, files))
        elif out is not None:
            results.write(out, RoundEvents(request).text(duos))
        else:
            results.print_file(RoundEvents(request).text(duos))
        of_index = () if folder is None else index_notes(duos, INDEX)
        for note in (*calendar_notes(request, duos), *of_index):
            tell_note(note, lang)


def _refuse_two_answers(
    person: str | None, out: Path | None, folder: Path | None, pair: tuple[str, str] | None
) -> None:
    """Refuse options of which only one can be followed."""
    whose = [pair is not None, person is not None, folder is not None]
    if sum(whose) > 1:
        message = "right would be one of: --mentor with --mentee, --person, --all"
        raise typer.BadParameter(message)
    if out is not None and folder is not None:
        message = "right would be one of: --out, --all"
        raise typer.BadParameter(message)


def _mappings(mapping: list[str] | None, arrangements: Path | None) -> tuple[list[str], dict[str, str]]:
    """Return what ``--map`` says of the people, and of the arrangements, by the fields it names."""
    if arrangements is None:
        return mapping or [], {}
    from reverse_match.programme.arrangements.collection import FIELDS

    of_arrangements = {
        heading: field for heading, field in opt.mapping_of(mapping).items() if field in FIELDS
    }
    of_people = [one for one in mapping or [] if one.rpartition("=")[2].strip() not in FIELDS]
    return of_people, of_arrangements
