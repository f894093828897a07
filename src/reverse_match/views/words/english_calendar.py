"""English: what stands in the calendar of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.calendar_language import CalendarText, DuoInWords

if TYPE_CHECKING:
    from collections.abc import Sequence


class EnglishCalendar:
    """The phrases in English."""

    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        """Say that the two agree on objectives; those of the programme are given."""
        lines = ["Agree on two or three measurable objectives of your duo, and sign the agreement."]
        if objectives:
            lines += ["Objectives of the programme:", *(f"- {objective}" for objective in objectives)]
        return CalendarText(_summary(duo, "framing meeting"), "\n".join(lines))

    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        """Say which session of a round it is."""
        return CalendarText(
            _summary(duo, f"session {number} of {sessions}"),
            "Work on the objectives that you agreed on.",
        )

    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        """Say which review of a round it is, and what is asked."""
        lines = [
            "Each of you answers today:",
            "- Has the objective been reached?",
            "- Is the skill used at work?",
            "- Is the format still right?",
        ]
        return CalendarText(_summary(duo, f"review {number} of {reviews}"), "\n".join(lines))

    def rotation(self, programme: str | None, number: int) -> CalendarText:
        """Say that a round is over and another begins."""
        return CalendarText(
            f"{_title(programme)}: rotation",
            f"Round {number} is over; round {number + 1} begins today.",
        )

    def end(self, programme: str | None) -> CalendarText:
        """Say that the programme is over."""
        return CalendarText(f"{_title(programme)}: end of the programme", "The last round is over.")


def _title(programme: str | None) -> str:
    return programme or "Reverse mentoring"


def _summary(duo: DuoInWords, what: str) -> str:
    return f"{_title(duo.programme)}: {what}, {duo.mentor} (mentor) and {duo.mentee} (mentee)"
