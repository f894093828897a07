"""French, for the passage to the next round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.french import FIXED, ROLES, THIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reverse_match.views.words.rotation_language import ChangeInWords

FORMATS = {
    "shorter": "des séances plus courtes",
    "other channel": "un autre canal, par exemple un appel",
    "different day": "un autre jour",
}
KINDS = {"kept": "continue", "ended": "prend fin", "new": "nouveau", "waiting": "attend"}
WHY = {
    "both_want_to_keep": "les deux souhaitent continuer",
    "fixed": "les règles l'imposent",
    "asked_to_end": "l'un des deux a demandé d'y mettre fin",
    "by_hand": "on y a mis fin à la main pendant le cycle",
    "better_otherwise": "les deux souhaitent continuer, mais sans ce duo le cycle est meilleur dans son "
    "ensemble, coût du changement compris",
    "no_allowed_partner": "aucun partenaire n'est permis, hormis les anciens",
    "below_minimum_score": "tous les partenaires possibles sont sous le score minimal",
    "partners_taken": "tous les partenaires possibles sont avec d'autres",
    "quota_full": "les quotas ne laissent plus de place",
}
"""Reasons of which there is nothing more to say."""


class FrenchRotation:
    """The phrases in French."""

    def change(self, change: ChangeInWords) -> str:
        """Say in a sentence what becomes of a duo or a person, and why."""
        why = self.why(change)
        reason = f"{FIXED}: {why}" if why else ""
        if change.kind == "waiting":
            name, role = (change.mentor, "mentor") if change.mentee is None else (change.mentee, "mentee")
            return f"{_name(name)} ({ROLES[role]}) attend{reason}."
        duo = f"{_name(change.mentor)} (mentor) et {_name(change.mentee)} ({ROLES['mentee']})"
        if change.kind == "new":
            return f"Nouveau duo{FIXED}: {duo}{f'{THIN}; {why}' if why else ''}."
        verb = "continue" if change.kind == "kept" else "prend fin"
        return f"Le duo de {duo} {verb}{reason}."

    def kind(self, kind: str) -> str:
        """Say in a word what becomes of a duo or a person."""
        return KINDS[kind]

    def why(self, change: ChangeInWords) -> str:
        """Say why, as a clause without the names of the duo; empty where there is nothing to say."""
        why = _reason(change)
        if change.format is not None:
            length = f" de {change.minutes}{FIXED}minutes" if change.minutes is not None else ""
            why += f"{THIN}; mieux avec {FORMATS[change.format]}{length}"
        if change.kind == "waiting" and change.rounds_without:
            why += f"{THIN}; attendait déjà depuis {_rounds(change.rounds_without)}"
        return why


def _reason(change: ChangeInWords) -> str:
    who, one = _names(change.who), len(change.who) == 1
    if change.reason == "rotates":
        end = f"fin de cycle{THIN}; les deux n'ont pas demandé à continuer"
        return end if change.kind == "ended" else ""
    if change.reason == "person_left":
        return f"{who} {'est parti(e)' if one else 'sont partis'}"
    if change.reason == "no_place":
        return f"{who} {'a' if one else 'ont'} perdu {'sa' if one else 'leur'} place dans ce rôle"
    if change.reason == "ruled_out":
        return f"les deux souhaitent continuer, mais les règles l'excluent ({', '.join(change.rules)})"
    if change.reason == "left_out_before":
        return f"{who} {'attendait' if one else 'attendaient'} depuis {_rounds(change.rounds_without)}"
    if change.reason == "joined":
        return f"{who} {'rejoint' if one else 'rejoignent'} le programme"
    return WHY[change.reason]


def _name(identity: str | None) -> str:
    return f"«{FIXED}{identity}{FIXED}»"


def _names(ids: Sequence[str]) -> str:
    return " et ".join(map(_name, ids))


def _rounds(number: int) -> str:
    return "un cycle" if number == 1 else f"{number}{FIXED}cycles"
