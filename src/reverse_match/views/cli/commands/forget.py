"""``reverse-match forget``: erases a person from the files of a programme."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

import reverse_match as rm
from reverse_match import views
from reverse_match.foundation.bounded_file import RECORD_BYTES, file_bytes
from reverse_match.foundation.errors import CohortError, Fault, HistoryError, InputError
from reverse_match.foundation.files import replace
from reverse_match.foundation.files_together import finish_replacing, replace_together
from reverse_match.foundation.json_values import json_value
from reverse_match.foundation.names import id_key
from reverse_match.people.person_meant import person_meant
from reverse_match.views.cli import options as opt
from reverse_match.views.cli.exit_codes import exit_codes
from reverse_match.views.cli.terminal import tell_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.programme.forget import Eraser

MOST_TOLD = 20
"""Other files that still name the person, by name in a note."""


def forget(
    person: Annotated[str, opt.argument("Whom to erase: id, name or e-mail address.")],
    matching: Annotated[
        list[Path] | None,
        opt.option("--matching", "A matching, a plan or circles with the person; may be repeated."),
    ] = None,
    history: Annotated[Path | None, opt.option("--history", "File of the rounds that have ended.")] = None,
    people: Annotated[
        Path | None, opt.option("--people", "People file, .csv or .json: the row goes, and wishes for it.")
    ] = None,
    feedback: Annotated[
        list[Path] | None, opt.option("--feedback", "Answers, .csv or .json; may be repeated.")
    ] = None,
    past: Annotated[
        list[Path] | None, opt.option("--past", "Former duos, .csv or .json pairs; may be repeated.")
    ] = None,
    rows: Annotated[
        list[Path] | None,
        opt.option(
            "--rows",
            "Decisions, changes or arrangements, .csv or .json: each row that names the person goes; may be "
            "repeated.",
        ),
    ] = None,
    called: Annotated[
        list[str] | None,
        opt.option(
            "--called", "What else the person is called, where no people file says it; may be repeated."
        ),
    ] = None,
    mapping: opt.Map = None,
    lang: opt.FaultLang = opt.LOCALE,
) -> None:
    pairs, matchings = [*(feedback or ()), *(past or ()), *(rows or ())], matching or []
    files = [*([history] if history else []), *matchings, *([people] if people else []), *pairs]
    if not files:
        message = "right would be at least one of --matching, --history, --people, --feedback, --past, --rows"
        raise typer.BadParameter(message)
    with exit_codes(lang) as results:
        results.plan(*files)
        finished = finish_replacing(files)
        if finished:
            tell_note("an earlier command was stopped between two files, and has been finished", lang)
        stored = [opt.read_stored(path) for path in matchings]
        there = b"" if history is None else _bytes_of(history)
        before = None if history is None else rm.History.from_json(there, history.name)
        options = opt.mapping_of(mapping)
        day = next((one.as_of for one in stored), None)
        cohort = None if people is None else opt.PeopleFiles(people).read(options, day)
        records: list[Any] = [*stored, *([before] if before else []), *([cohort] if cohort else [])]
        try:
            eraser = _eraser(person, records, cohort, called or [])
            contents = _pair_contents(pairs, eraser)
            digests: dict[str, str] = {}
            if people is not None and cohort is not None:
                contents[people], after = _people_content(people, cohort, eraser, options)
                digests[cohort.sha256] = after.sha256
            _add_records(contents, eraser, records, (*matchings, *([history] if history else [])), digests)
            contents = {path: contents[path] for path in files if contents[path] != _bytes_of(path)}
            _refuse_what_is_left(contents, eraser)
        except CohortError as error:
            if finished and all(fault.code == "unknown-id" for fault in error.faults):
                return  # the earlier command was to erase the same person
            raise

        def write(path: Path, content: bytes) -> None:
            if path == history:
                results.written_by(path, partial(_replace_history, path, content, there))
            else:
                results.write(path, content)

        replace_together(contents, write)
        told = sorted({path.name for path in contents})
        results.print_text(views.terminal.forgotten_text(told, eraser.tombstone, lang))
        known = cohort is not None and id_key(eraser.person) in cohort.position
        _tell(stored, eraser, lang, known=known or bool(called))
        _tell_of_others(eraser, files, lang)


def _eraser(said: str, records: Sequence[Any], cohort: rm.Cohort | None, called: Sequence[str]) -> Eraser:
    """Return what erases the person who is meant, who may have left the people already."""
    from reverse_match.programme.forget import Eraser, called_in, next_tombstone

    person = said
    try:
        person = said if cohort is None else person_meant(cohort, said, "PERSON")
    except CohortError as error:
        known = Eraser(said, (), "")
        stored = [one for one in records if not isinstance(one, rm.Cohort)]
        several = any(fault.code == "several-people" for fault in error.faults)
        if several or not any(known.may_name(one.to_json()) for one in stored):
            raise
    return Eraser(person, [*called_in(person, records), *called], next_tombstone(records))


def _bytes_of(path: Path) -> bytes:
    return file_bytes(path, RECORD_BYTES)


def _pair_contents(files: Sequence[Path], eraser: Eraser) -> dict[Path, bytes]:
    from reverse_match.programme.forget_in_files import file_without

    return {path: file_without(path, _bytes_of(path), eraser) for path in files}


def _people_content(
    people: Path, cohort: rm.Cohort, eraser: Eraser, mapping: dict[str, str]
) -> tuple[bytes, rm.Cohort]:
    """Return the people file without the person, and the people as it will be read."""
    from reverse_match.programme.forget_in_files import file_without

    rows = {
        row
        for row, one in zip(cohort.source.rows, cohort.participants, strict=True)
        if eraser.is_person(one.id)
    }
    content = file_without(people, _bytes_of(people), eraser, rows)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / people.name
        copy.touch(0o600)
        copy.write_bytes(content)
        return content, opt.PeopleFiles(copy).read(mapping, cohort.as_of)


def _add_records(
    contents: dict[Path, bytes],
    eraser: Eraser,
    records: Sequence[Any],
    files: Sequence[Path],
    digests: dict[str, str],
) -> None:
    from reverse_match.programme.forget import erase

    stored = [one for one in records if not isinstance(one, rm.Cohort)]
    erased = erase(eraser, stored, digests)
    for path, old, new in zip(files, stored, erased, strict=True):
        contents[path] = _bytes_of(path) if new == old else new.to_json().encode("utf-8")


def _refuse_what_is_left(contents: dict[Path, bytes], eraser: Eraser) -> None:
    """Raise an error, before anything is written, if the person stands nowhere, or would still be there."""
    if not contents:
        message = "this person stands in none of these files; right would be an id, or a whole name"
        raise CohortError([Fault(message, column="PERSON", code="unknown-id")])
    for path, content in contents.items():
        if _still_names(path, content, eraser):
            message = (
                "the person would still be named in it, in a place that is not known; nothing was written"
            )
            raise InputError([Fault(message, path.name, code="unknown-id")])


def _still_names(path: Path, content: bytes, eraser: Eraser) -> bool:
    text = content.decode("utf-8-sig", "replace")
    if path.suffix.lower() != ".json":
        return eraser.names_person(text)
    data = json_value(text)
    left: bool = eraser.in_data(data) != data
    return left


def _replace_history(path: Path, content: bytes, there: bytes) -> None:
    """Write a history that has been made anew, unless another process has changed it meanwhile."""

    def check(now: bytes) -> None:
        if now != there:
            message = "was changed since it was read; right would be to begin again; it was not written"
            raise HistoryError([Fault(message, path.name)])

    replace(path, content.decode("utf-8"), check)


def _tell(stored: Sequence[Any], eraser: Eraser, lang: str, *, known: bool) -> None:
    """Note what is not checkable any more, and which files this command does not know."""
    if not known:
        tell_note(
            "no people file says what else the person is called, so that only the id was looked for; "
            "--called says it",
            lang,
        )
    if any(not eraser.apart(pair) for one in stored for pair in _pairs_of(one)):
        tell_note(
            "the person was in a duo of a matching, whose proof cannot be checked any more; where they leave "
            "first (amend --leave), it can",
            lang,
        )
    tell_note(
        "reports, calendars, workbooks, forms, policy files and copies are not touched; delete those that "
        "name the person",
        lang,
    )


def _pairs_of(record: Any) -> list[tuple[str, str]]:
    """Return the pairs of a matching, of all rounds of a plan, or of circles."""
    if isinstance(record, rm.CircleMatching):
        return [(pair.mentor, pair.mentee) for circle in record.circles for pair in circle.pairs]
    rounds = record.rounds if isinstance(record, rm.RotationPlan) else (record,)
    return [(duo.mentor, duo.mentee) for one in rounds for duo in one.duos]


def _tell_of_others(eraser: Eraser, files: Sequence[Path], lang: str) -> None:
    """Note which other files in the folders of these, and below them, still name the person."""
    from reverse_match.programme.files_that_name import files_that_name

    folders = {path.resolve().parent for path in files}
    found, whole = files_that_name(eraser, folders, files)
    if not whole:
        tell_note(
            "not everything in these folders could be searched: there are too many files, or some are "
            "damaged, protected, too large or too deep; look for the person in these yourself",
            lang,
        )
    if not found:
        return
    names = [_told(path, folders) for path in found[:MOST_TOLD]]
    listed = ", ".join(names) + (f", +{len(found) - MOST_TOLD}" if len(found) > MOST_TOLD else "")
    tell_note(f"the person still stands in {listed}; delete these files, or make them anew", lang)


def _told(path: Path, folders: set[Path]) -> str:
    """Return a path as seen from the folder in which it was found."""
    return next(str(path.relative_to(one)) for one in sorted(folders) if path.is_relative_to(one))
