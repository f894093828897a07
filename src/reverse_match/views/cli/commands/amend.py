"""``reverse-match amend``: changes a matching by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.names import id_key
from reverse_match.people.cohort import Source, amended_cohort
from reverse_match.people.person_meant import person_meant
from reverse_match.programme.changes.rows import rows_of
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.command_results import PEOPLE_ENDINGS, check_ending
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.people_options import file_of
from reverse_match.views.cli.terminal import tell_note
from reverse_match.views.progress_bars import progress_shown

if TYPE_CHECKING:
    from datetime import date

    from reverse_match.people.participant import Participant
    from reverse_match.programme.changes.rows import ChangeRows


def amend(
    matching: opt.StoredMatching,
    people: opt.PeopleFiles,
    policy: opt.PolicyFile = None,
    fix: Annotated[
        list[str] | None, opt.option("--fix", "This duo must be, as MENTOR=MENTEE; may be repeated.")
    ] = None,
    forbid: Annotated[
        list[str] | None, opt.option("--forbid", "These two must be no duo, as A=B; may be repeated.")
    ] = None,
    allow: Annotated[
        list[str] | None,
        opt.option(
            "--allow",
            "These two may be a duo again, though it was forbidden by hand, as A=B; may be repeated.",
        ),
    ] = None,
    leave: Annotated[list[str] | None, opt.option("--leave", "This person leaves; may be repeated.")] = None,
    join: Annotated[Path | None, opt.option("--join", "People file of those who join.")] = None,
    join_reading: Annotated[
        Path | None, opt.option("--join-reading", "A reading of that file, as look --out writes it.")
    ] = None,
    changes: Annotated[
        Path | None,
        opt.option("--changes", "Changes as a table, one row each: who declines, leaves, joins, waits, ..."),
    ] = None,
    returning: Annotated[
        Path | None,
        opt.option("--returning", "A people file that still has those who return by --changes."),
    ] = None,
    with_comments: Annotated[
        bool,
        opt.option("--with-comments", "The log keeps reasons and comments of --changes in own words, too."),
    ] = False,
    at_most_changes: Annotated[
        int | None,
        opt.option("--at-most-changes", "So many other duos may end; any number if not given.", min=0),
    ] = None,
    charge: Annotated[
        float | None, opt.option("--charge", "Instead: points, from 0 to 1, that each of these costs.")
    ] = None,
    hold_back: opt.HoldBackFrom = None,
    joined: Annotated[
        str | None,
        opt.option("--joined", "With --hold-back: the column with joining days.", metavar="COLUMN"),
    ] = None,
    author: Annotated[str | None, opt.option("--author", "Who asks, for the log.")] = None,
    reason: Annotated[str | None, opt.option("--reason", "Why, for the log.")] = None,
    on: Annotated[str | None, opt.option("--on", "The day, for the log.")] = None,
    out: opt.NewMatching = None,
    people_out: Annotated[
        Path | None,
        opt.option(
            "--people-out", "Write the people as they are now, for verify and what follows; .json or .csv."
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
    fixed, forbidden, allowed = _pairs(fix, "--fix"), _pairs(forbid, "--forbid"), _pairs(allow, "--allow")
    looks = opt.looks_of(lang, anonymous=anonymous, csv_for=csv_for, out=out, all_rows=all_rows)
    with exit_codes(lang) as results:
        check_ending(out)
        check_ending(people_out, PEOPLE_ENDINGS)
        tables = opt.tables_of(table)
        beside = _files(join, join_reading, changes, returning)
        reads = (matching, *people.paths, policy, *beside, *tables.values())
        results.plan(people_out, out, reads=reads)
        stored, chosen = opt.read_matching(matching), opt.read_policy(policy)
        headings = opt.mapping_of(mapping)
        rows = None if changes is None else rows_of(changes, people.headings_said(headings))
        before, joining, source = _read(people, headings, stored.as_of, (join, join_reading), rows)
        before = before.with_digest(stored.digests.cohort)
        opt.tell_notes_on(before, lang)
        stored = opt.with_data(stored, before, tables, (matching, *people.paths))
        fixed = _ids(before, fixed, "--fix")
        forbidden, allowed = _ids(before, forbidden, "--forbid"), _ids(before, allowed, "--allow")
        leaving = [person_meant(before, person, "--leave") for person in leave or []]
        amended_cohort(before, leaving, joining, source)  # its faults have the rows of the file
        for note in source.notes:
            tell_note(str(note), lang)
        back = _returning(returning, rows, before, people, headings)
        with progress_shown(lang) as progress:
            amended = rm.amend(
                stored,
                before,
                chosen,
                fix=fixed,
                forbid=forbidden,
                allow=allowed,
                leave=leaving,
                join=[*joining.values(), *back],
                changes=rows,
                with_comments=with_comments,
                at_most_changes=at_most_changes,
                charge=charge,
                hold_back=hold_back,
                joined=joined,
                author=author,
                reason=reason,
                on=on,
                threads=threads,
                memory=memory * 2**20,
                time_limit=time_limit,
                progress=progress,
                tables=tables,
            )
        after = amended.people
        for note in after.source.notes:
            if note not in before.source.notes:
                tell_note(str(note), lang)
        tell_of_people(amended, lang, changed=amended.log[-1].changes_people and people_out is None)
        results.write_matching(amended, out, looks, after, people_out)
        if form is opt.Format.table:
            names = {**looks.names_of(before), **looks.names_of(after)}  # who has left is shown, too
            results.print(views.terminal.amendment_view(amended, lang, names), looks)
        else:
            results.show(amended, form, looks)


def _pairs(said: list[str] | None, name: str) -> list[tuple[str, str]]:
    pairs = []
    for entry in said or []:
        one, equals, other = entry.partition("=")
        if not (equals and one.strip() and other.strip()) or "=" in other:
            message = "right would be two ids with = between them, for instance lea=ada"
            raise typer.BadParameter(message, param_hint=name)
        pairs.append((one.strip(), other.strip()))
    return pairs


def _ids(people: rm.Cohort, pairs: list[tuple[str, str]], place: str) -> list[tuple[str, str]]:
    """Return pairs as ids, whether people are named by these or otherwise."""
    return [(person_meant(people, one, place), person_meant(people, other, place)) for one, other in pairs]


def _files(*paths: Path | None) -> tuple[Path, ...]:
    return tuple(file_of(path) for path in paths if path is not None)


def _read(
    people: opt.PeopleFiles,
    mapping: dict[str, str],
    day: date | None,
    joining: tuple[Path | None, Path | None],
    rows: ChangeRows | None,
) -> tuple[rm.Cohort, dict[int, Participant], Source]:
    """Return the people, and by row those who join, with what their file is.

    What is said of a heading holds for the file that has it: people, who joins, or changes.
    """
    elsewhere = () if rows is None else rows.headings
    join, reading = joining
    if join is None:
        return people.read(mapping, day, elsewhere), {}, Source("nobody", ())
    return people.read_with_joining(mapping, day, join, reading, elsewhere)


def _returning(
    file: Path | None,
    rows: ChangeRows | None,
    before: rm.Cohort,
    people: opt.PeopleFiles,
    mapping: dict[str, str],
) -> list[Participant]:
    """Return the records, in a file of people, of those who return by a row of the changes."""
    if file is None:
        return []
    if rows is None:
        message = "goes with --changes, in which rows say who returns"
        raise typer.BadParameter(message, param_hint="--returning")
    ids = set(map(id_key, rows.who_returns(before)))
    known = replace(people, path=file, mentors=(), mentees=(), more=())
    found = known.read(mapping, before.as_of, rows.headings).participants
    return [person for person in found if id_key(person.id) in ids]


def tell_of_people(matching: rm.Matching, lang: str, *, changed: bool) -> None:
    """Note on standard error that changed people were not written, and that people away are left aside."""
    if changed:
        tell_note("the people have changed; --people-out writes them, for verify", lang)
    if count := len(matching.added.away):
        who = "1 person who is" if count == 1 else f"{count} people who are"
        tell_note(f"rules or credits name {who} away; they count again when who is away is back", lang)
