"""English, for the passage to the next round."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.words.rotation_language import ChangeInWords

FORMATS = {
    "shorter": "shorter sessions",
    "other channel": "another channel, such as a call",
    "different day": "another day",
}
KINDS = {"kept": "kept", "ended": "ended", "new": "new", "waiting": "waiting"}
WHY = {
    "both_want_to_keep": "both want to keep it",
    "fixed": "the policy fixes it",
    "asked_to_end": "one of the two asked to end it",
    "by_hand": "it was ended by hand in the round",
    "better_otherwise": "both want to keep it, but the round as a whole is better without it, charge and all",
    "no_allowed_partner": "no partner is allowed, beside former ones",
    "below_minimum_score": "every possible partner is below the minimum score",
    "partners_taken": "all possible partners are with others",
    "quota_full": "quotas leave no room",
}
"""Reasons of which there is nothing more to say."""


class EnglishRotation:
    """The phrases in English."""

    def change(self, change: ChangeInWords) -> str:
        """Say in a sentence what becomes of a duo or a person, and why."""
        why = self.why(change)
        reason = f": {why}" if why else ""
        if change.kind == "waiting":
            person, role = (change.mentor, "mentor") if change.mentee is None else (change.mentee, "mentee")
            return f"'{person}' ({role}) waits{reason}."
        duo = f"'{change.mentor}' (mentor) and '{change.mentee}' (mentee)"
        if change.kind == "new":
            return f"New: {duo}{reason}."
        verb = "goes on" if change.kind == "kept" else "ends"
        return f"The duo of {duo} {verb}{reason}."

    def kind(self, kind: str) -> str:
        """Say in a word what becomes of a duo or a person."""
        return KINDS[kind]

    def why(self, change: ChangeInWords) -> str:
        """Say why, as a clause without the names of the duo; empty where there is nothing to say."""
        why = _reason(change)
        if change.format is not None:
            length = f" of {change.minutes} minutes" if change.minutes is not None else ""
            why += f"; better with {FORMATS[change.format]}{length}"
        if change.kind == "waiting" and change.rounds_without:
            why += f"; has waited {_rounds(change.rounds_without)} before this one"
        return why


def _reason(change: ChangeInWords) -> str:
    who, have = _names(change.who), "has" if len(change.who) == 1 else "have"
    if change.reason == "rotates":
        return "time to change; not both asked to keep it" if change.kind == "ended" else ""
    if change.reason == "person_left":
        return f"{who} {have} left"
    if change.reason == "no_place":
        return f"{who} {have} no place in this role any more"
    if change.reason == "ruled_out":
        return f"both want to keep it, but it is ruled out by {', '.join(change.rules)}"
    if change.reason == "left_out_before":
        return f"{who} {have} waited {_rounds(change.rounds_without)}"  # maybe in one of two roles
    if change.reason == "joined":
        return f"{who} {have} joined"
    return WHY[change.reason]


def _names(ids: Sequence[str]) -> str:
    return " and ".join(f"'{identity}'" for identity in ids)


def _rounds(number: int) -> str:
    return "a round" if number == 1 else f"{number} rounds"
