"""A round of a programme as an iCalendar file (RFC 5545), which calendar programs can import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.arguments import check_arguments
from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import id_key, near_name
from reverse_match.views.calendar_events import CalendarRequest, RoundEvents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.matching.results.matching import Duo, Matching
    from reverse_match.people.cohort import Cohort
    from reverse_match.programme.arrangements.collection import Arrangements
    from reverse_match.programme.feedback.collection import Feedback
    from reverse_match.programme.programme import Programme


@check_arguments
def calendar(
    matching: Matching,
    programme: Programme,
    round: int = 1,  # noqa: A002 - the word of the programme
    *,
    duo: tuple[str, str] | None = None,
    person: str | None = None,
    lang: str = "en",
    cohort: Cohort | None = None,
    anonymous: bool = False,
    arrangements: Arrangements | None = None,
    feedback: Feedback | None = None,
    organizer: str | None = None,
) -> str:
    """Return the meetings of duos in one round as an iCalendar file.

    The file has for each duo the framing meeting, the sessions, and the monthly reviews as events of a whole
    day. It has one further event on the day on which the round is over.

    Parameters
    ----------
    matching : Matching
        The matching with the duos of the round.
    programme : Programme
        The programme, which sets the times of meetings.
    round : int
        Number of the round, from 1.
    duo : tuple of str, optional
        Ids of a mentor and a mentee, to include only this duo.
    person : str, optional
        Id of a person, to include only their duos.
    lang : str
        ``"en"`` or ``"fr"``.
    cohort : Cohort, optional
        The people that were matched. Events then have their names, and whoever has an e-mail address is an
        attendee. Framing meeting and sessions of two people who state when they are free (``available``) are
        at times in common that are long enough, as near as possible to the times of the programme; they are
        on site if the policy of the matching asks for time in common on site. If not given, events have ids
        alone, and all duos meet at the times of the programme.
    anonymous : bool
        Whether events have ids alone and nobody is invited: people only say when they are free.
    arrangements : Arrangements, optional
        What duos have arranged: length, channel, place or link, day and time of their meetings. It is
        stronger than feedback, times in common and the programme.
    feedback : Feedback, optional
        Answers of the two on the format of sessions. Meetings after the day of an answer are shorter, by
        another channel, or on another day of the week.
    organizer : str, optional
        E-mail address of who invites, with or without a name: ``"HR <hr@example.org>"``. With attendees,
        calendar programs expect one.

    Raises
    ------
    ProgrammeError
        If the programme has no such round, if the file would have more than 200,000 meetings, or if an
        arrangement is of two people who are no duo of the matching.
    InputError
        If the two are no duo, if the person has no duo, if the language is not known, or if the organizer
        has no e-mail address.
    MissingExtraError
        If ``icalendar`` is not installed.

    Examples
    --------
    >>> import reverse_match as rm
    >>> people = [{"id": "lea", "role": "mentor"}, {"id": "ada", "role": "mentee"}]
    >>> matching = rm.match(rm.Cohort.from_records(people))
    >>> programme = rm.Programme(start="2027-01-11", months=4, timezone="Europe/Paris")
    >>> text = rm.calendar(matching, programme)
    >>> text.count("BEGIN:VEVENT")  # framing meeting, 8 sessions, 4 reviews, the end
    14
    """
    asked = duos_asked(matching, duo, person)
    request = CalendarRequest(
        matching, programme, round, lang, cohort, anonymous, arrangements, feedback, organizer
    )
    return RoundEvents(request).text(asked)


def duos_asked(matching: Matching, pair: tuple[str, str] | None, person: str | None) -> Sequence[Duo]:
    """Return the duos of a pair, those of a person, or all.

    Raises
    ------
    InputError
        If there are none of whoever is asked for.
    """
    if pair is not None and person is not None:
        raise InputError([Fault("a duo and a person are asked for; right would be one of them")])
    if pair is not None:
        _refuse_strangers(matching, pair)
        wanted = tuple(map(id_key, pair))
        found = [duo for duo in matching.duos if (id_key(duo.mentor), id_key(duo.mentee)) == wanted]
        if not found:
            message = f"'{pair[0]}' (mentor) and '{pair[1]}' (mentee) are no duo of the matching"
            raise InputError([Fault(message)])
        return found
    if person is not None:
        _refuse_strangers(matching, (person,))
        return [duo for duo in matching.duos if id_key(person) in (id_key(duo.mentor), id_key(duo.mentee))]
    return matching.duos


def _refuse_strangers(matching: Matching, ids: Sequence[str]) -> None:
    """Raise an error if one of the people is in no duo."""
    known = {name for duo in matching.duos for name in (duo.mentor, duo.mentee)}
    keys = set(map(id_key, known))
    faults = []
    for name in ids:
        if id_key(name) not in keys:
            near = near_name(name, known)
            hint = f"; did you mean '{near}'?" if near is not None else ""
            faults.append(Fault(f"'{name}' is in no duo of the matching{hint}"))
    if faults:
        raise InputError(faults)
