"""Assigns answers to rounds, and decides which of two answers about a duo counts.

An answer belongs to the round whose matching has its duo. If a duo is in several rounds, their last days are
needed: then the answer belongs to the latest round of the duo that had begun on the day of the answer. So a
late answer about a duo that has ended still belongs to the duo's last round.

Both people may answer the same question about their duo. The mentee is the one who learns, so the latest
answer of the mentee counts, and that of the mentor where the mentee gives none. Nobody answers twice about a
duo on one day, so the latest answer does not depend on the order of the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from reverse_match.foundation.errors import Fault, InputError
from reverse_match.foundation.names import pair_key
from reverse_match.matching.results.matching import Matching
from reverse_match.people import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reverse_match.programme.feedback.record import FeedbackRecord

DuoKey: TypeAlias = tuple[str, str]
"""Keys of the ids of mentor and mentee."""


@runtime_checkable
class HasRecords(Protocol):
    """A collection whose answers are its ``records``."""

    @property
    def records(self) -> tuple[FeedbackRecord, ...]:
        """The answers."""
        ...


Feedback: TypeAlias = "Iterable[FeedbackRecord] | HasRecords"


@dataclass(frozen=True)
class PlacedAnswer:
    """An answer, with its round and its duo.

    Attributes
    ----------
    round : int
        Index of the round, from 0.
    duo : pair of str
        Keys of the ids of mentor and mentee.
    record : FeedbackRecord
        The answer.
    """

    round: int
    duo: DuoKey
    record: FeedbackRecord

    @property
    def unit(self) -> tuple[int, DuoKey]:
        """The round and the duo of the answer."""
        return self.round, self.duo

    @property
    def person(self) -> str:
        """Key of the id of the person who answers."""
        return self.duo[0] if self.record.by == "mentor" else self.duo[1]

    @property
    def month(self) -> str:
        """Month of the answer, such as ``2026-11``."""
        return self.record.on.isoformat()[:7]


def tuple_of_matchings(matchings: Matching | Iterable[Matching]) -> tuple[Matching, ...]:
    """Return the matchings of the rounds.

    Raises
    ------
    InputError
        If no matching is given.
    """
    listed = (matchings,) if isinstance(matchings, Matching) else tuple(matchings)
    if not listed:
        raise InputError([Fault("no matching; right would be that of each round, the first one first")])
    return listed


def records_of(feedback: Feedback) -> tuple[FeedbackRecord, ...]:
    """Return the records of a collection of answers."""
    # This comes first, since a collection that is a pydantic model would be iterated over by its fields.
    if isinstance(feedback, HasRecords):
        return tuple(feedback.records)
    return tuple(feedback)


def duos_of(matching: Matching) -> list[DuoKey]:
    """Return the duos of a matching as keys, in the order of the matching."""
    return [pair_key(duo) for duo in matching.duos]


def place_answers(
    matchings: Sequence[Matching], feedback: Feedback, ends: Sequence[date | str] | None = None
) -> tuple[PlacedAnswer, ...]:
    """Return all answers with the round of each, in the order of round, duo and day.

    Parameters
    ----------
    matchings : sequence of Matching
        The matching of each round, in order.
    feedback : iterable of FeedbackRecord, or what has ``records``
        The answers, in any order.
    ends : sequence of date or str, optional
        The last day of each round; that of the last round may be left out. Needed if a duo is in several
        rounds.

    Raises
    ------
    InputError
        With every fault: a duo that is in no matching, or in several without ``ends``; two answers of one
        person about a duo on one day; days that do not fit.
    """
    days = _days(ends, len(matchings))
    rounds: dict[DuoKey, list[int]] = {}
    for place, matching in enumerate(matchings):
        for duo in duos_of(matching):
            rounds.setdefault(duo, []).append(place)
    records = records_of(feedback)
    keys = [record.duo for record in records]
    faults = [
        fault
        for place, (record, duo) in enumerate(zip(records, keys, strict=True), start=1)
        if (fault := _fault(record, duo, rounds, place, known_days=days is not None)) is not None
    ]
    faults += _repeated_answers(records, keys)
    if faults:
        raise InputError(faults)
    found = [
        PlacedAnswer(_round(record, rounds[duo], days or ()), duo, record)
        for record, duo in zip(records, keys, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.unit, one.record.on, one.record.by)))


def latest_by_side(answers: Iterable[PlacedAnswer], question: str) -> dict[str, PlacedAnswer]:
    """Return the latest answer of each person to a question; ``answers`` are about one duo."""
    return {one.record.by: one for one in answers if getattr(one.record, question) is not None}


def decisive_answer(answers: Iterable[PlacedAnswer], question: str) -> PlacedAnswer | None:
    """Return the answer about one duo that counts: the latest of the mentee, else that of the mentor."""
    found = latest_by_side(answers, question)
    return found.get("mentee", found.get("mentor"))


def _days(ends: Sequence[date | str] | None, rounds: int) -> tuple[date, ...] | None:
    if ends is None:
        return None
    try:
        read = [cells.calendar_date(end) for end in ends]
    except cells.CellError as error:
        raise InputError([Fault(str(error), column="ends")]) from None
    days = tuple(day for day in read if day is not None)
    if len(days) != len(read) or len(days) not in (rounds - 1, rounds):
        message = f"right would be the last day of each of the {rounds} rounds; the last may be left out"
        raise InputError([Fault(message, column="ends")])
    if any(one >= other for one, other in pairwise(days)):
        message = "out of order; right would be each round ending after the one before"
        raise InputError([Fault(message, column="ends")])
    return days


def _fault(
    record: FeedbackRecord, duo: DuoKey, rounds: dict[DuoKey, list[int]], place: int, *, known_days: bool
) -> Fault | None:
    pair = f"'{record.mentor}' (mentor) and '{record.mentee}' (mentee)"
    if duo not in rounds:
        hint = "; the other way round they are one" if duo[::-1] in rounds else ""
        return Fault(f"{pair} are a duo of none of the matchings{hint}", "feedback", place)
    if len(rounds[duo]) > 1 and not known_days:
        message = f"{pair} are a duo of several rounds; say the last days of the rounds (ends)"
        return Fault(message, "feedback", place)
    return None


def _repeated_answers(records: Sequence[FeedbackRecord], keys: Sequence[DuoKey]) -> list[Fault]:
    first: dict[object, int] = {}
    faults = []
    for place, (record, duo) in enumerate(zip(records, keys, strict=True), start=1):
        earlier = first.setdefault((duo, record.by, record.on), place)
        if earlier != place:
            message = f"the same person about the same duo on the same day as record {earlier}; keep one"
            faults.append(Fault(message, "feedback", place))
    return faults


def _round(record: FeedbackRecord, rounds: Sequence[int], days: Sequence[date]) -> int:
    begun = [place for place in rounds if place == 0 or (days and record.on > days[place - 1])]
    return rounds[0] if len(rounds) == 1 or not begun else begun[-1]
