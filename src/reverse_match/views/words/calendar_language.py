"""What a language has to say in the calendar of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class CalendarText(NamedTuple):
    """What an event of a calendar says."""

    summary: str
    description: str


class DuoInWords(NamedTuple):
    """A duo of a programme, to be said."""

    programme: str | None
    mentor: str
    mentee: str


class CalendarLanguage(Protocol):
    """The phrases of one language: what an event is called, and what to do."""

    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        """Say that the two agree on objectives; those of the programme are given."""
        ...

    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        """Say which session of a round it is."""
        ...

    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        """Say which review of a round it is, and what is asked."""
        ...

    def rotation(self, programme: str | None, number: int) -> CalendarText:
        """Say that a round is over and another begins."""
        ...

    def end(self, programme: str | None) -> CalendarText:
        """Say that the programme is over."""
        ...
