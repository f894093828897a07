"""A folder of calendars: one file for each person of a round, one of all duos, and an index.

The name of a file is a number: an id or a name of somebody in it would be seen by whoever sees the folder or
an attachment. The index says whose file is which, and people are numbered in the order of their ids.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.files import refuse_full_folder, write_folder
from reverse_match.foundation.names import id_key
from reverse_match.views.calendar_events import CalendarRequest, RoundEvents

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.people.participant import Participant
    from reverse_match.programme.arrangements.collection import Arrangements
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.programme import Programme
    from reverse_match.views.spreadsheet.sheets import Cell

EVERYBODY, INDEX = "everybody.ics", "index.csv"
"""Names of the file with the meetings of all duos, and of the index."""


@check_arguments
def write_calendars(
    path: str | os.PathLike[str],
    matching: Matching,
    programme: Programme,
    round: int = 1,  # noqa: A002 - the word of the programme
    *,
    lang: str = "en",
    cohort: Cohort | None = None,
    anonymous: bool = False,
    arrangements: Arrangements | None = None,
    feedback: Feedback | None = None,
    organizer: str | None = None,
) -> None:
    """Write a folder with a calendar for each person of a round, one of all duos, and an index.

    The folder has ``everybody.ics``, and ``001.ics``, ``002.ics`` and so on, one for each person with a duo.
    ``index.csv`` has a row for each person: file, id, name and e-mail address. The same meeting has the same
    UID in all of them. The folder is written whole or not at all.

    Parameters
    ----------
    path : path
        A new folder, or an empty one. A folder that holds something is never written over.
    matching : Matching
        The matching with the duos of the round.
    programme : Programme
        The programme, which sets the times of meetings.
    round : int
        Number of the round, from 1.
    lang : str
        ``"en"`` or ``"fr"``, for events and the index. The index has a semicolon between columns in French.
    cohort : Cohort, optional
        The people that were matched; see :func:`calendar`.
    anonymous : bool
        Whether events and the index have ids alone and nobody is invited.
    arrangements : Arrangements, optional
        What duos have arranged; see :func:`calendar`.
    feedback : Feedback, optional
        Answers on the format of sessions; see :func:`calendar`.
    organizer : str, optional
        E-mail address of who invites, with or without a name.

    Raises
    ------
    ProgrammeError
        If the programme has no such round, if a file would have more than 200,000 meetings, or if an
        arrangement is of two people who are no duo of the matching.
    InputError
        If the folder holds something already or cannot be written, if the language is not known, or if the
        organizer has no e-mail address.
    MissingExtraError
        If ``icalendar`` is not installed.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    >>> matching = rm.match(rm.Cohort.from_records(people))
    >>> programme = rm.Programme(start="2027-01-11", months=4, timezone="Europe/Paris")
    >>> with TemporaryDirectory() as folder:
    ...     rm.write_calendars(Path(folder) / "calendars", matching, programme)
    ...     sorted(file.name for file in (Path(folder) / "calendars").iterdir())
    ['001.ics', '002.ics', 'everybody.ics', 'index.csv']
    """
    folder = Path(path)
    refuse_full_folder(folder)
    request = CalendarRequest(
        matching, programme, round, lang, cohort, anonymous, arrangements, feedback, organizer
    )
    write_folder(folder, calendar_files(request))


def calendar_files(request: CalendarRequest) -> Mapping[str, str]:
    """Return the content of each file of the folder, by its name."""
    events, duos = RoundEvents(request), request.matching.duos
    files = {EVERYBODY: events.text(duos)}
    of_people: dict[str, list[Duo]] = {}
    for duo in duos:
        for identity in (duo.mentor, duo.mentee):
            of_people.setdefault(identity, []).append(duo)
    digits = max(3, len(str(len(of_people))))
    named = {identity: f"{number:0{digits}}.ics" for number, identity in enumerate(sorted(of_people), 1)}
    for identity, name in named.items():
        files[name] = events.text(of_people[identity])
    files[INDEX] = _index(request, named)
    return files


def _index(request: CalendarRequest, named: Mapping[str, str]) -> str:
    """Return the table that says whose file is which."""
    from reverse_match.views.spreadsheet.csv_text import csv_text
    from reverse_match.views.spreadsheet.sheets import Sheet, SheetColumn
    from reverse_match.views.words.languages import language

    say = language(request.lang)
    told = None if request.anonymous else request.cohort
    heads = ["sheet file", "sheet id", *(["sheet name", "sheet email"] if told is not None else [])]
    rows: list[Sequence[Cell]] = []
    for identity, name in named.items():
        person = _person(told, identity)
        beside: list[Cell] = [None, None] if person is None else [person.name, person.address]
        rows.append([name, identity, *(beside if told is not None else [])])
    sheet = Sheet(say("sheet duos"), [SheetColumn(say(head)) for head in heads], rows)
    return csv_text(sheet, request.lang)


def _person(people: Cohort | None, identity: str) -> Participant | None:
    place = None if people is None else people.position.get(id_key(identity))
    return None if people is None or place is None else people.participants[place]
