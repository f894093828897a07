"""French: what stands in the calendar of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.calendar_language import CalendarText, DuoInWords
from reverse_match.views.words.french import FIXED, ROLES, THIN

if TYPE_CHECKING:
    from collections.abc import Sequence


class FrenchCalendar:
    """The phrases in French."""

    def framing_meeting(self, duo: DuoInWords, objectives: Sequence[str]) -> CalendarText:
        """Say that the two agree on objectives; those of the programme are given."""
        lines = ["Convenez de deux ou trois objectifs mesurables pour votre duo et signez l'accord."]
        if objectives:
            lines += [f"Objectifs du programme{FIXED}:", *(f"- {objective}" for objective in objectives)]
        return CalendarText(_summary(duo, "réunion de cadrage"), "\n".join(lines))

    def session(self, duo: DuoInWords, number: int, sessions: int) -> CalendarText:
        """Say which session of a round it is."""
        return CalendarText(
            _summary(duo, f"séance {number} sur {sessions}"),
            "Travaillez aux objectifs dont vous avez convenu.",
        )

    def review(self, duo: DuoInWords, number: int, reviews: int) -> CalendarText:
        """Say which review of a round it is, and what is asked."""
        lines = [
            f"Chacun de vous répond aujourd'hui{FIXED}:",
            f"- L'objectif est-il atteint{THIN}?",
            f"- La compétence sert-elle au travail{THIN}?",
            f"- Le format convient-il toujours{THIN}?",
        ]
        return CalendarText(_summary(duo, f"bilan {number} sur {reviews}"), "\n".join(lines))

    def rotation(self, programme: str | None, number: int) -> CalendarText:
        """Say that a round is over and another begins."""
        return CalendarText(
            f"{_title(programme)}{FIXED}: rotation",
            f"La période {number} est terminée{THIN}; la période {number + 1} commence aujourd'hui.",
        )

    def end(self, programme: str | None) -> CalendarText:
        """Say that the programme is over."""
        return CalendarText(
            f"{_title(programme)}{FIXED}: fin du programme", "La dernière période est terminée."
        )


def _title(programme: str | None) -> str:
    return programme or "Mentorat inversé"


def _summary(duo: DuoInWords, what: str) -> str:
    both = f"{duo.mentor} ({ROLES['mentor']}) et {duo.mentee} ({ROLES['mentee']})"
    return f"{_title(duo.programme)}{FIXED}: {what}, {both}"
