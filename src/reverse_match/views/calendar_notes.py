"""What is worth a look in the calendar of a round: days that move, and what nothing answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.names import pair_key
from reverse_match.views.spreadsheet.csv_text import ids_at_risk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reverse_match.matching.results.matching import Duo
    from reverse_match.programme.programme import MovedDay
    from reverse_match.views.calendar_events import CalendarRequest

MOST_DAYS_TOLD = 10
"""The most days that move of which each has a note."""

_CALLED = {"framing_meeting": "framing meeting", "session": "session", "review": "review"}


def calendar_notes(request: CalendarRequest, duos: Sequence[Duo]) -> Iterator[str]:
    """Yield notes on the calendar of some duos."""
    yield from _left_out(request)
    yield from _moved(request.programme.moved_days(request.number))
    meetings = request.meetings()
    for duo in duos:
        meetings.of(duo, request.number)
    if count := meetings.without_slot:
        has = "1 duo has" if count == 1 else f"{count} duos have"
        times = f"{request.programme.session.minutes} minutes"
        yield f"{has} no time in common of {times}; the times of the programme stand for them"
    if count := meetings.unanswered["shorter"]:
        asks = "1 duo asks" if count == 1 else f"{count} duos ask"
        minutes = request.matching.policy.rotation.short_session_minutes
        yield (
            f"{asks} for sessions shorter than {minutes} minutes, and nothing says how short; a file of "
            "arrangements does"
        )
    if count := meetings.unanswered["other channel"]:
        asks = "1 duo asks" if count == 1 else f"{count} duos ask"
        yield (
            f"{asks} for another channel, and nothing says which; session.other_channel of the programme or "
            "a file of arrangements does"
        )
    if count := meetings.unanswered["different day"]:
        asks = "1 duo asks" if count == 1 else f"{count} duos ask"
        yield f"{asks} for another day, and no other one is free; a file of arrangements may name one"


def index_notes(duos: Sequence[Duo], name: str) -> Iterator[str]:
    """Yield a note on ids that a spreadsheet takes for numbers when it opens the index of a folder."""
    if count := ids_at_risk({one for duo in duos for one in (duo.mentor, duo.mentee)}):
        what = "1 id is" if count == 1 else f"{count} ids are"
        yield f"{what} changed where a spreadsheet opens {name}, such as 007 to 7; import it as text"


def _left_out(request: CalendarRequest) -> Iterator[str]:
    """Yield a note on answers about other duos than those of the matching."""
    known = set(map(pair_key, request.matching.duos))
    records = () if request.feedback is None else request.feedback.records
    if count := sum(one.duo not in known for one in records):
        what = "1 answer is" if count == 1 else f"{count} answers are"
        yield f"{what} of an earlier round, or of a duo that is none now; left out"


def _moved(days: Sequence[MovedDay]) -> Iterator[str]:
    for one in days[:MOST_DAYS_TOLD]:
        what = f"the {_CALLED[one.kind]} of {one.planned} falls on a closed day or public holiday"
        if one.day is None:
            yield f"{what}; it is left out"
        else:
            yield f"{what}; it is on {one.day}"
    if len(days) > MOST_DAYS_TOLD:
        yield f"{len(days) - MOST_DAYS_TOLD} further days move because they are closed or public holidays"
