"""Puts the parts of a proposal into words that sentences and tables share: its reasons, and its outlook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reverse_match.matching.results.proposal import KEEPING, Outlook

if TYPE_CHECKING:
    from reverse_match.matching.results.proposal import Proposal, ProposalReason
    from reverse_match.views.words.phrases import Phrases


def outlook_worth_saying(proposal: Proposal) -> Outlook | None:
    """Return what rotation makes of a duo, where neither the proposal nor the decision says it already."""
    outlook = proposal.outlook or _outlook_of_wishes(proposal)
    if outlook is None:
        return None
    return outlook if proposal.asks_to_keep or outlook.outcome != "ends" else None


def _outlook_of_wishes(proposal: Proposal) -> Outlook | None:
    """Return the outlook as far as wishes and the policy alone say it; ``None`` where they do not."""
    if proposal.may_stay is None or proposal.proposal not in KEEPING:
        return None
    if proposal.may_stay:
        return Outlook(outcome="may continue", reason="both_want_to_keep")
    if proposal.both_want_to_keep:
        return Outlook(outcome="ends", reason="policy_ends_all")
    people = {"mentor": proposal.mentor, "mentee": proposal.mentee}
    who = tuple(sorted(people[role] for role in proposal.did_not_ask))
    return Outlook(outcome="ends", reason="not_both_asked", who=who)


def reasons_in_words(proposal: Proposal, say: Phrases) -> list[str]:
    """Return the reasons of a proposal in sentences."""
    return [_reason_in_words(proposal, reason, say) for reason in proposal.reasons]


def _reason_in_words(proposal: Proposal, reason: ProposalReason, say: Phrases) -> str:
    if reason.by is None:
        return say("no answer" if reason.code == "nothing_said" else "nothing against")
    return say.reason_of_proposal(reason, proposal.mentor if reason.by == "mentor" else proposal.mentee)
