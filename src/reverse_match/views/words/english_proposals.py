"""English, for what should become of a duo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.foundation.plural import counted

if TYPE_CHECKING:
    from reverse_match.views.words.proposal_language import ProposalInWords, ProposalReasonInWords

_PROPOSALS = {
    "keep": "keep the duo",
    "rotate": "both meet somebody else in the next round",
    "end": "end the duo",
}
_FORMATS = {
    "shorter": "with shorter sessions",
    "other channel": "through another channel",
    "different day": "on another day",
}
_ASKED = {"shorter": "shorter sessions", "other channel": "another channel", "different day": "another day"}


class EnglishProposals:
    """The phrases in English."""

    def proposal(self, proposal: ProposalInWords) -> str:
        """Say what is proposed for a duo."""
        if proposal.format is None:
            what = _PROPOSALS[proposal.proposal]
        else:
            length = "" if proposal.minutes is None else f" of {proposal.minutes} minutes"
            what = f"keep the duo, {_FORMATS[proposal.format]}{length}"
        return f"'{proposal.mentor}' (mentor) and '{proposal.mentee}' (mentee): {what}."

    def reason(self, reason: ProposalReasonInWords) -> str:
        """Say which answer of one of the two led to it."""
        who, said = f"'{reason.person}' ({reason.role})", f" ({reason.on.isoformat()})."
        if reason.code == "poor_satisfaction":
            return f"{who} gives {reason.number} of 5 for satisfaction{said}"
        if reason.code == "many_cancelled":
            sessions = counted(reason.out_of or 0, "session")
            were = "was" if reason.number == 1 else "were"
            return f"By the answers of {who}, {reason.number} of {sessions} {were} cancelled{said}"
        if reason.code == "format_not_right":
            return f"{who} asks for {_ASKED[reason.format or 'shorter']}{said}"
        wish = {"wants_to_stop": "to stop", "wants_to_change": "a change", "wants_to_continue": "to continue"}
        return f"{who} wants {wish[reason.code]}{said}"

    def nothing_against(self) -> str:
        """Say that no answer speaks against the duo."""
        return "No answer speaks against the duo."

    def nothing_said(self) -> str:
        """Say that nobody has answered."""
        return "Neither of the two has answered."

    def rotation(self, *, may_stay: bool, both: bool) -> str:
        """Say what a rotation does with a duo that had better go on."""
        if may_stay:
            return "Rotation may keep it: both ask to continue."
        if both:
            return "Rotation ends the duo all the same: by the policy every duo changes."
        return "Rotation ends the duo all the same: it keeps only those of which both ask to continue."
