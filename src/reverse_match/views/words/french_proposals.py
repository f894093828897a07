"""French, for what should become of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.views.words.french import FIXED, ROLES

if TYPE_CHECKING:
    from reverse_match.views.words.proposal_language import ProposalInWords, ProposalReasonInWords

_PROPOSALS = {
    "keep": "garder le duo",
    "rotate": "chaque personne en rencontre une autre au prochain cycle",
    "end": "mettre fin au duo",
}
_FORMATS = {
    "shorter": "avec des séances plus courtes",
    "other channel": "par un autre canal",
    "different day": "un autre jour",
}
_ASKED = {
    "shorter": "des séances plus courtes",
    "other channel": "un autre canal",
    "different day": "un autre jour",
}
_WISHES = {
    "wants_to_stop": "souhaite arrêter",
    "wants_to_change": "souhaite changer",
    "wants_to_continue": "souhaite continuer",
}


class FrenchProposals:
    """The phrases in French."""

    def proposal(self, proposal: ProposalInWords) -> str:
        """Say what is proposed for a duo."""
        both = f"{_quoted(proposal.mentor)} (mentor) et {_quoted(proposal.mentee)} (mentoré(e))"
        if proposal.format is None:
            what = _PROPOSALS[proposal.proposal]
        else:
            length = "" if proposal.minutes is None else f", de {proposal.minutes}{FIXED}minutes"
            what = f"garder le duo, {_FORMATS[proposal.format]}{length}"
        return f"{both}{FIXED}: {what}."

    def reason(self, reason: ProposalReasonInWords) -> str:
        """Say which answer of one of the two led to it."""
        who, said = f"{_quoted(reason.person)} ({ROLES[reason.role]})", f" ({reason.on:%d/%m/%Y})."
        if reason.code == "poor_satisfaction":
            return f"{who} donne {reason.number} sur 5 en satisfaction{said}"
        if reason.code == "many_cancelled":
            s = "s" * ((reason.number or 0) > 1)
            return f"D'après {who}, {reason.number} séance{s} sur {reason.out_of} annulée{s}{said}"
        if reason.code == "format_not_right":
            return f"{who} demande {_ASKED[reason.format or 'shorter']}{said}"
        return f"{who} {_WISHES[reason.code]}{said}"

    def nothing_against(self) -> str:
        """Say that no answer speaks against the duo."""
        return "Aucune réponse ne va contre ce duo."

    def nothing_said(self) -> str:
        """Say that nobody has answered."""
        return "Aucune des deux personnes n'a répondu."

    def rotation(self, *, may_stay: bool, both: bool) -> str:
        """Say what a rotation does with a duo that had better go on."""
        if may_stay:
            return f"La rotation peut le reconduire{FIXED}: les deux demandent à continuer."
        ends = f"La rotation y mettra fin malgré tout{FIXED}:"
        if both:
            return f"{ends} selon la politique, tous les duos changent."
        return f"{ends} elle ne reconduit que les duos dont les deux personnes demandent à continuer."


def _quoted(text: str) -> str:
    return f"«{FIXED}{text}{FIXED}»"
