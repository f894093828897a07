"""Who held how many sessions: a list for certificates of attendance, for those who run the programme.

Unlike indicators it names people, and nothing in it is suppressed. Sessions are counted as in indicators: of
each duo and round what the mentee's answers add up to, or the mentor's, whichever is larger.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.names import id_key
from reverse_match.foundation.records import Day, PlainData
from reverse_match.foundation.text_safety import safe_cell
from reverse_match.policy.values import Role
from reverse_match.programme.indicators.answers_by_round import place_answers, tuple_of_matchings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from reverse_match.matching.results.matching import Matching
    from reverse_match.programme.indicators.answers_by_round import Feedback, PlacedAnswer


class Attendance(PlainData):
    """The sessions that a person has held in a role, over all rounds."""

    id: str
    """Id of the person."""
    role: Role
    """Role in which the sessions were held."""
    rounds: int
    """Number of rounds in which the person had a duo in this role."""
    sessions: int | None
    """Number of sessions held; ``None`` if neither of the two ever said."""
    first: Day | None
    """Day of the first answer about a duo of the person in this role."""
    last: Day | None
    """Day of the last answer."""


@check_arguments
def attendance(
    matchings: Matching | Iterable[Matching],
    feedback: Feedback,
    *,
    ends: Sequence[date | str] | None = None,
) -> tuple[Attendance, ...]:
    """Return who held how many sessions, as a list for certificates of attendance.

    It names people: it is for those who run the programme.

    Parameters
    ----------
    matchings : iterable of Matching
        The matching of each round, in order.
    feedback : iterable of FeedbackRecord, or what has ``records``
        All answers, in any order.
    ends : sequence of date or str, optional
        The last day of each round, as for :func:`.indicators`.

    Raises
    ------
    InputError
        If answers do not fit the matchings.

    Returns
    -------
    tuple of Attendance
        One for each person and role with a duo, by id and role.

    Examples
    --------
    >>> import reverse_match as rm
    >>> from reverse_match.programme.feedback.record import FeedbackRecord
    >>> matching = rm.match(rm.read_cohort(rm.demo_path()))
    >>> duo = matching.duos[0]
    >>> two = {"mentor": duo.mentor, "mentee": duo.mentee}
    >>> said = [FeedbackRecord(**two, on="2026-12-01", by="mentee", sessions_held=3)]
    >>> [one.sessions for one in attendance(matching, said) if one.id == duo.mentee]
    [3]
    """
    listed = tuple_of_matchings(matchings)
    answers = place_answers(listed, feedback, ends)
    by_unit = {unit: list(some) for unit, some in groupby(answers, key=lambda one: one.unit)}
    found: dict[tuple[str, Role], list[tuple[int, list[PlacedAnswer]]]] = defaultdict(list)
    written: dict[str, str] = {}
    for number, matching in enumerate(listed):
        for duo in matching.duos:
            key = (id_key(duo.mentor), id_key(duo.mentee))
            said = by_unit.get((number, key), [])
            sides: tuple[tuple[str, Role], ...] = ((duo.mentor, "mentor"), (duo.mentee, "mentee"))
            for person, role in sides:
                written.setdefault(id_key(person), person)
                found[id_key(person), role].append((number, said))
    rows = (_attendance(written[person], role, units) for (person, role), units in found.items())
    return tuple(sorted(rows, key=lambda one: (one.id, one.role)))


def _attendance(person: str, role: Role, units: Sequence[tuple[int, list[PlacedAnswer]]]) -> Attendance:
    days = [one.record.on for _, said in units for one in said]
    counts = [count for _, said in units if (count := _sessions(said)) is not None]
    return Attendance(
        id=person,
        role=role,
        rounds=len({number for number, _ in units}),
        sessions=sum(counts) if counts else None,
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _sessions(said: Sequence[PlacedAnswer]) -> int | None:
    """Return the sessions of a duo in a round: the larger of what the two people say."""
    by_side: dict[str, int] = defaultdict(int)
    for one in said:
        if one.record.sessions_held is not None:
            by_side[one.record.by] += one.record.sessions_held
    return max(by_side.values(), default=None)


def attendance_csv(rows: Sequence[Attendance], names: Mapping[str, str]) -> str:
    """Return a list of attendance as CSV; ``names`` are shown beside ids."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "name", "role", "rounds", "sessions", "first_answer", "last_answer"))
    for one in rows:
        known = ("" if cell is None else cell for cell in (one.sessions, one.first, one.last))
        shown = safe_cell(names.get(one.id, ""))
        writer.writerow((safe_cell(one.id), shown, one.role, one.rounds, *known))
    return text.getvalue()
