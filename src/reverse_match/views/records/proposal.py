"""How it is told what should become of a duo, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.proposal import KEEPING
from reverse_match.views.records import any_record
from reverse_match.views.words.facts import ProposalInWords, ProposalReasonInWords
from reverse_match.views.words.languages import language

if TYPE_CHECKING:
    from reverse_match.matching.results.proposal import Proposal, ProposalReason
    from reverse_match.views.words.phrases import Phrases

notebook = any_record.notebook


def sentences(proposal: Proposal, lang: str) -> list[str]:
    """Return it in plain sentences: the proposal, then each reason."""
    say = language(lang)
    duo = ProposalInWords(
        proposal.mentor, proposal.mentee, proposal.proposal, proposal.format, proposal.minutes
    )
    told = [say.proposal(duo), *(_reason_in_words(proposal, reason, say) for reason in proposal.reasons)]
    if proposal.may_stay is None or proposal.proposal not in KEEPING:
        return told
    return [*told, say.rotation_of_proposed(may_stay=proposal.may_stay, both=proposal.both_want_to_keep)]


def _reason_in_words(proposal: Proposal, reason: ProposalReason, say: Phrases) -> str:
    if reason.by is None:
        return say.nothing_said() if reason.code == "nothing_said" else say.nothing_against()
    return say.reason_of_proposal(
        ProposalReasonInWords(
            reason.code,
            proposal.mentor if reason.by == "mentor" else proposal.mentee,
            reason.by,
            reason.because[-1].on,
            reason.format,
            reason.number,
            reason.out_of,
        )
    )
